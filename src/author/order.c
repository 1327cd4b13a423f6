/* order.c: what follows from what, and in which sense red flags are read.
 *
 * Findings and scores read each other: a derived finding its `when`, a finding its
 * `not_if`, a score the expressions of its items. One depth-first search finds circles
 * and yields an order in which each is resolved after what it reads.
 *
 * On the way back it notes for each whether a red flag can help it to yes (flag_up) or
 * to no (flag_down). A rule may read only what red flags help to yes: then, Kleene's
 * logic being monotone, an unknown red flag that becomes yes never lowers the rule. The
 * same holds for modifiers, cautions, what a remedy is not for, when a screen is asked,
 * and what is a complaint at all. A `not_if` closes a finding when yes, so there a red
 * flag must help to no.
 */
#include "author/check.h"

enum { VISIT_NEW, VISIT_OPEN, VISIT_DONE };

typedef struct flags {
    ch_finding_entry *up;
    ch_finding_entry *down;
} flags;

static void visit_finding(ch_bookshelf *shelf, ch_finding_entry *finding,
                          const ch_node *reader);
static void visit_score(ch_bookshelf *shelf, ch_score_entry *score,
                        const ch_node *reader);

static ch_finding_entry *finding_of(const ch_term *term)
{
    return term->subject.entry ? ((ch_atom_entry *)(void *)term->subject.entry)->finding
                               : NULL;
}

static ch_score_entry *score_of(const ch_term *term)
{
    return (ch_score_entry *)(void *)term->subject.entry;
}

/* ---- the search ---- */

static void visit_term(ch_bookshelf *shelf, const ch_term *term)
{
    if (term->op == CH_OP_ATOM && finding_of(term))
        visit_finding(shelf, finding_of(term), term->node);
    if (term->op == CH_OP_SCORE && score_of(term))
        visit_score(shelf, score_of(term), term->node);
    for (const ch_term *operand = term->first; operand; operand = operand->next)
        visit_term(shelf, operand);
}

static void add_flags(flags *to, ch_finding_entry *up, ch_finding_entry *down)
{
    if (!to->up)
        to->up = up;
    if (!to->down)
        to->down = down;
}

/* Adds what red flags do to an expression, or to its negation. */
static void collect(const ch_term *term, bool is_negated, flags *found)
{
    flags own = {NULL, NULL};
    if (term->op == CH_OP_ATOM && finding_of(term)) {
        add_flags(&own, finding_of(term)->flag_up, finding_of(term)->flag_down);
    } else if (term->op == CH_OP_SCORE && score_of(term)) {
        const ch_score_entry *score = score_of(term);
        for (uint32_t i = 0; i < term->n_bounds; i++) {
            bool is_lower = term->bounds[i].comparison <= CH_ABOVE;
            add_flags(&own, is_lower ? score->flag_up : score->flag_down,
                      is_lower ? score->flag_down : score->flag_up);
        }
    }
    add_flags(found, is_negated ? own.down : own.up, is_negated ? own.up : own.down);
    bool negates = term->op == CH_OP_NOT;
    for (const ch_term *operand = term->first; operand; operand = operand->next)
        collect(operand, is_negated != negates, found);
}

static void report_cycle(ch_bookshelf *shelf, const ch_entry *entry,
                         const ch_node *reader)
{
    ch_report(&shelf->desk, CH_LINT_CYCLE, reader, "\"%.*s\" follows from itself here",
              CH_ARG(entry->id));
}

static void visit_finding(ch_bookshelf *shelf, ch_finding_entry *finding,
                          const ch_node *reader)
{
    if (finding->visit == VISIT_OPEN)
        report_cycle(shelf, &finding->entry, reader);
    if (finding->visit != VISIT_NEW)
        return;
    finding->visit = VISIT_OPEN;
    if (finding->when)
        visit_term(shelf, finding->when);
    if (finding->not_if)
        visit_term(shelf, finding->not_if);
    flags found = {finding->red_flag ? finding : NULL, NULL};
    if (finding->when)
        collect(finding->when, false, &found);
    finding->flag_up = found.up;
    finding->flag_down = found.down;
    finding->visit = VISIT_DONE;
    shelf->order[shelf->n_order++] = finding;
}

/* Scores in scores are refused, not followed: the engine values a score in one go. */
static void visit_score_part(ch_bookshelf *shelf, const ch_term *term)
{
    if (term->op == CH_OP_SCORE)
        ch_report(&shelf->desk, CH_LINT_SCORE_IN_SCORE, term->node,
                  "a score's own expressions cannot read a score");
    if (term->op == CH_OP_ATOM && finding_of(term))
        visit_finding(shelf, finding_of(term), term->node);
    for (const ch_term *operand = term->first; operand; operand = operand->next)
        visit_score_part(shelf, operand);
}

static void visit_score(ch_bookshelf *shelf, ch_score_entry *score,
                        const ch_node *reader)
{
    if (score->visit == VISIT_OPEN)
        report_cycle(shelf, &score->entry, reader);
    if (score->visit != VISIT_NEW)
        return;
    score->visit = VISIT_OPEN;
    flags found = {NULL, NULL};
    if (score->applies) {
        visit_score_part(shelf, score->applies);
        /* Whether a score applies may switch a comparison either way. */
        collect(score->applies, false, &found);
        collect(score->applies, true, &found);
    }
    for (uint32_t i = 0; i < score->items.n; i++) {
        const ch_score_item_entry *item = CH_ITEM(score->items, i, ch_score_item_entry);
        if (!item->when)
            continue;
        visit_score_part(shelf, item->when);
        collect(item->when, item->points.value < 0, &found);
    }
    for (uint32_t i = 0; i < score->ladder.n; i++) {
        const ch_rung_entry *rung = CH_ITEM(score->ladder, i, ch_rung_entry);
        if (!rung->when)
            continue;
        visit_score_part(shelf, rung->when);
        collect(rung->when, false, &found);
    }
    score->flag_up = found.up;
    score->flag_down = found.down;
    score->visit = VISIT_DONE;
}

charley_status ch_order_find(ch_bookshelf *shelf)
{
    uint32_t n = shelf->entries[CH_E_FINDING].n;
    shelf->order = ch_pool_take(&shelf->pool, n, sizeof(ch_finding_entry *));
    if (!shelf->order)
        return CHARLEY_E_MEMORY;
    for (uint32_t i = 0; i < n; i++) {
        ch_entry *entry = ch_entry_at(shelf, CH_E_FINDING, i);
        visit_finding(shelf, (ch_finding_entry *)(void *)entry, entry->node);
    }
    for (uint32_t i = 0; i < shelf->entries[CH_E_SCORE].n; i++) {
        ch_entry *entry = ch_entry_at(shelf, CH_E_SCORE, i);
        visit_score(shelf, (ch_score_entry *)(void *)entry, entry->node);
    }
    return CHARLEY_OK;
}

/* ---- red flags ---- */

/* Reports each name in `term` through which a red flag would speak against it. */
static void check_flags(ch_bookshelf *shelf, const ch_term *term, bool is_negated)
{
    if (term->op == CH_OP_ATOM || term->op == CH_OP_SCORE) {
        flags own = {NULL, NULL};
        collect(term, is_negated, &own);
        if (own.down && term->op == CH_OP_ATOM && own.down == finding_of(term))
            ch_report(&shelf->desk, CH_LINT_RED_FLAG_NEGATED, term->node,
                      "a yes to the red flag \"%.*s\" would speak against this here",
                      CH_ARG(own.down->entry.id));
        else if (own.down)
            ch_report(&shelf->desk, CH_LINT_RED_FLAG_NEGATED, term->node,
                      "through \"%.*s\" a yes to the red flag \"%.*s\" would speak "
                      "against this here",
                      CH_ARG(term->subject.entry->id), CH_ARG(own.down->entry.id));
    }
    bool negates = term->op == CH_OP_NOT;
    for (const ch_term *operand = term->first; operand; operand = operand->next)
        check_flags(shelf, operand, is_negated != negates);
}

static void check_if_counts(ch_bookshelf *shelf, const ch_entry *entry,
                            const ch_term *term)
{
    if (term && ch_entry_counts(entry))
        check_flags(shelf, term, false);
}

static void check_condition(ch_bookshelf *shelf, const ch_condition_entry *condition)
{
    if (!condition->excluded_by.entry || !ch_entry_counts(&condition->entry))
        return;
    const ch_atom_entry *atom =
        (const ch_atom_entry *)(const void *)condition->excluded_by.entry;
    if (atom->finding->flag_up)
        ch_report(&shelf->desk, CH_LINT_RED_FLAG_NEGATED, condition->excluded_by.node,
                  "a yes to the red flag \"%.*s\" would lift the floor",
                  CH_ARG(atom->finding->flag_up->entry.id));
}

void ch_check_red_flags(ch_bookshelf *shelf)
{
    for (uint32_t i = 0; i < shelf->entries[CH_E_FINDING].n; i++) {
        const ch_finding_entry *finding =
            CH_ENTRY(shelf, CH_E_FINDING, i, ch_finding_entry);
        if (finding->not_if && ch_entry_counts(&finding->entry))
            check_flags(shelf, finding->not_if, true);
    }
    for (unsigned kind = 0; kind < CH_N_ENTRY_KINDS; kind++) {
        for (uint32_t i = 0; i < shelf->entries[kind].n; i++) {
            ch_entry *entry = ch_entry_at(shelf, (ch_entry_kind)kind, i);
            if (kind == CH_E_RULE) {
                check_if_counts(shelf, entry, ((ch_rule_entry *)(void *)entry)->when);
                check_if_counts(shelf, entry,
                                ((ch_rule_entry *)(void *)entry)->raise_if);
            }
            if (kind == CH_E_MODIFIER)
                check_if_counts(shelf, entry,
                                ((ch_modifier_entry *)(void *)entry)->when);
            if (kind == CH_E_CAUTION)
                check_if_counts(shelf, entry,
                                ((ch_caution_entry *)(void *)entry)->when);
            if (kind == CH_E_REMEDY)
                check_if_counts(shelf, entry,
                                ((ch_remedy_entry *)(void *)entry)->not_for);
            if (kind == CH_E_SCREEN)
                check_if_counts(shelf, entry, ((ch_screen_entry *)(void *)entry)->when);
            if (kind == CH_E_CONDITION)
                check_condition(shelf, (ch_condition_entry *)(void *)entry);
        }
    }
    /* Without a complaint nothing but a rule speaks. */
    if (shelf->meta && shelf->meta->complaints)
        check_flags(shelf, shelf->meta->complaints, false);
}
