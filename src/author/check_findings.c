/* check_findings.c: findings, the clusters and screens they stand in, and comparisons.
 */
#include "author/check.h"

#include "base/view.h"
#include "text/unit.h"

static bool is_kind(const ch_finding_entry *finding, ch_finding_kind kind)
{
    return finding->kind == 1 + (int)kind;
}

/* ---- keys that fit the kind ---- */

static void refuse_if(ch_bookshelf *shelf, const ch_finding_entry *finding,
                      bool is_misplaced, const char *key)
{
    if (!is_misplaced)
        return;
    const ch_node *value = ch_node_get(finding->entry.node, key);
    ch_report(&shelf->desk, CH_LINT_KEY_DOES_NOT_FIT,
              value && value->key ? value->key : finding->entry.node,
              "the key \"%s\" does not fit this kind of finding", key);
}

static void demand(ch_bookshelf *shelf, const ch_finding_entry *finding, bool is_there,
                   const char *key)
{
    if (!is_there)
        ch_report(&shelf->desk, CH_LINT_KEY_DOES_NOT_FIT, finding->entry.node,
                  "this kind of finding needs the key \"%s\"", key);
}

static void check_keys(ch_bookshelf *shelf, const ch_finding_entry *finding)
{
    bool is_number = is_kind(finding, CH_FK_NUMBER);
    bool is_choice = is_kind(finding, CH_FK_ONE_OF);
    bool is_derived = is_kind(finding, CH_FK_DERIVED);
    refuse_if(shelf, finding, !is_choice && finding->options.n, "options");
    refuse_if(shelf, finding, !is_number && finding->unit, "unit");
    refuse_if(shelf, finding, !is_number && finding->also_units.n, "also_units");
    refuse_if(shelf, finding, !is_number && finding->range, "range");
    refuse_if(shelf, finding, !is_number && finding->substance, "substance");
    refuse_if(shelf, finding, !is_derived && finding->when, "when");
    refuse_if(shelf, finding, (is_derived || is_number) && finding->not_if, "not_if");
    refuse_if(shelf, finding, (is_choice || is_number) && finding->leak, "leak");
    refuse_if(shelf, finding, is_derived && finding->who, "who");
    demand(shelf, finding, !is_choice || finding->options.n >= 2, "options");
    demand(shelf, finding, !is_number || finding->unit, "unit");
    demand(shelf, finding, !is_number || finding->range, "range");
    demand(shelf, finding, !is_derived || finding->when, "when");
    demand(shelf, finding, is_derived || finding->who, "who");
}

/* ---- units ---- */

static charley_text substance_of(const ch_finding_entry *finding)
{
    return finding->substance ? finding->substance->text : (charley_text){NULL, 0};
}

static void check_also_unit(ch_bookshelf *shelf, const ch_finding_entry *finding,
                            const ch_node *unit)
{
    charley_error error;
    double converted;
    if (ch_unit_convert(1, unit->text, finding->unit->text, substance_of(finding),
                        &converted, &error) != CHARLEY_OK)
        ch_report(&shelf->desk, CH_LINT_UNIT, unit, "\"%.*s\" cannot be offered: %s",
                  CH_ARG(unit->text), error.text);
}

static void check_units(ch_bookshelf *shelf, const ch_finding_entry *finding)
{
    const ch_node *unit = finding->unit;
    if (!unit || !is_kind(finding, CH_FK_NUMBER))
        return;
    charley_text canonical = ch_unit_canonical(unit->text);
    if (canonical.size == 0) {
        ch_report(&shelf->desk, CH_LINT_UNIT, unit, "\"%.*s\" is not a known unit",
                  CH_ARG(unit->text));
        return;
    }
    if (!ch_view_equal(canonical, unit->text))
        ch_report(&shelf->desk, CH_LINT_UNIT, unit, "write \"%.*s\" for \"%.*s\"",
                  CH_ARG(canonical), CH_ARG(unit->text));
    for (uint32_t i = 0; i < finding->also_units.n; i++)
        check_also_unit(shelf, finding, finding->also_units.items[i]);
}

static void check_finding(ch_bookshelf *shelf, const ch_finding_entry *finding)
{
    check_keys(shelf, finding);
    check_units(shelf, finding);
    if (finding->range && !(finding->range->from.value < finding->range->to.value))
        ch_report(&shelf->desk, CH_LINT_RANGE, finding->range->node,
                  "the range must ascend");
}

/* ---- comparisons ---- */

static const ch_finding_entry *number_of(ch_bookshelf *shelf, const ch_ref *ref)
{
    const ch_finding_entry *finding =
        (const ch_finding_entry *)(const void *)ref->entry;
    if (!finding || finding->entry.is_faulty)
        return NULL;
    if (is_kind(finding, CH_FK_NUMBER) && finding->unit && finding->range)
        return finding;
    ch_report(&shelf->desk, CH_LINT_EXPRESSION, ref->node,
              "\"%.*s\" is not a number and cannot be compared",
              CH_ARG(ref->node->text));
    return NULL;
}

/* Two numbers are compared in the unit of the first. Units that share no zero (degrees
 * Celsius and Fahrenheit) have no factor between them. */
static void check_two_numbers(ch_bookshelf *shelf, ch_term *term)
{
    const ch_finding_entry *number = number_of(shelf, &term->subject);
    const ch_finding_entry *other = number_of(shelf, &term->other);
    if (!number || !other)
        return;
    charley_text to = number->unit->text;
    charley_text from = other->unit->text;
    charley_text nothing = {NULL, 0};
    double zero;
    if (ch_unit_convert(0, from, to, nothing, &zero, NULL) != CHARLEY_OK || zero != 0 ||
        ch_unit_convert(1, from, to, nothing, &term->factor, NULL) != CHARLEY_OK)
        ch_report(&shelf->desk, CH_LINT_COMPARISON_UNIT, term->node,
                  "%.*s cannot be compared with %.*s", CH_ARG(from), CH_ARG(to));
}

static void check_comparison(ch_bookshelf *shelf, ch_term *term)
{
    const ch_finding_entry *number = number_of(shelf, &term->subject);
    if (!number)
        return;
    if (!term->unit) {
        ch_report(&shelf->desk, CH_LINT_COMPARISON_UNIT, term->node,
                  "say the unit, for instance unit: %.*s", CH_ARG(number->unit->text));
        return;
    }
    for (uint32_t i = 0; i < term->n_bounds; i++) {
        ch_bound *bound = &term->bounds[i];
        charley_error error;
        if (ch_unit_convert(bound->value.value, term->unit->text, number->unit->text,
                            substance_of(number), &bound->converted,
                            &error) != CHARLEY_OK) {
            ch_report(&shelf->desk, CH_LINT_COMPARISON_UNIT, term->unit, "%s",
                      error.text);
            return;
        }
        if (bound->converted < number->range->from.value ||
            bound->converted > number->range->to.value)
            ch_report(&shelf->desk, CH_LINT_COMPARISON_RANGE, bound->value.node,
                      "%g %.*s is outside the range of \"%.*s\", %g to %g",
                      bound->converted, CH_ARG(number->unit->text),
                      CH_ARG(number->entry.id), number->range->from.value,
                      number->range->to.value);
    }
}

static void check_comparisons(ch_bookshelf *shelf)
{
    for (uint32_t i = 0; i < shelf->comparisons.n; i++) {
        ch_term *term = CH_ITEM(shelf->comparisons, i, ch_term);
        if (term->op == CH_OP_TWO_NUMBERS)
            check_two_numbers(shelf, term);
        else if (term->op == CH_OP_NUMBER)
            check_comparison(shelf, term);
    }
}

static void check_formula(ch_bookshelf *shelf, const ch_sum *sum)
{
    if (sum->op == CH_F_NUMBER)
        (void)number_of(shelf, &sum->number);
    for (const ch_sum *operand = sum->first; operand; operand = operand->next)
        check_formula(shelf, operand);
}

static void check_numbers_of(ch_bookshelf *shelf, const ch_score_entry *score)
{
    if (score->formula)
        check_formula(shelf, score->formula);
    for (uint32_t i = 0; i < score->items.n; i++)
        (void)number_of(shelf,
                        &CH_ITEM(score->items, i, ch_score_item_entry)->points_from);
}

/* ---- clusters and screens ---- */

static void check_cluster(ch_bookshelf *shelf, ch_cluster_entry *cluster)
{
    for (uint32_t i = 0; i < cluster->atoms.n; i++) {
        const ch_ref *ref = &cluster->atoms.items[i];
        ch_atom_entry *atom = (ch_atom_entry *)(void *)ref->entry;
        if (!atom)
            continue;
        if (atom->cluster)
            ch_report(&shelf->desk, CH_LINT_CLUSTER_TWICE, ref->node,
                      "\"%.*s\" is in the cluster \"%.*s\" already",
                      CH_ARG(atom->entry.id), CH_ARG(atom->cluster->entry.id));
        else
            atom->cluster = cluster;
        atom->cluster_rank = i;
    }
}

static const struct screen_form {
    ch_finding_kind finding;
    bool is_single;
    const char *wanted;
} SCREEN_FORMS[] = {
    [CHARLEY_ASK_YES_NO] = {CH_FK_YES_NO, true, "one yes/no finding"},
    [CHARLEY_ASK_ONE] = {CH_FK_ONE_OF, true, "one choice"},
    [CHARLEY_ASK_MANY] = {CH_FK_YES_NO, false, "yes/no findings"},
    [CHARLEY_ASK_NUMBER] = {CH_FK_NUMBER, true, "one number"},
    [CHARLEY_ASK_GROUPS] = {CH_FK_ONE_OF, false, "choices"},
};

static void check_screen(ch_bookshelf *shelf, ch_screen_entry *screen)
{
    if (!screen->kind) /* missing or unknown: told already */
        return;
    const struct screen_form *form = &SCREEN_FORMS[screen->kind - 1];
    if (form->is_single && screen->findings.n != 1)
        ch_report(&shelf->desk, CH_LINT_SCREEN_KIND, screen->entry.node,
                  "a screen of this kind asks %s", form->wanted);
    if (screen->is_short &&
        (screen->kind != 1 + CHARLEY_ASK_MANY || !screen->when || !screen->order.node))
        ch_report(&shelf->desk, CH_LINT_SCREEN_KIND, screen->entry.node,
                  "a short screen is of the kind many, with \"order\" and \"when\"");
    for (uint32_t i = 0; i < screen->findings.n; i++) {
        const ch_ref *ref = &screen->findings.items[i];
        ch_finding_entry *finding = (ch_finding_entry *)(void *)ref->entry;
        if (!finding)
            continue;
        if (!finding->entry.is_faulty && !is_kind(finding, form->finding))
            ch_report(&shelf->desk, CH_LINT_SCREEN_KIND, ref->node,
                      "a screen of this kind asks %s", form->wanted);
        if (screen->is_short)
            continue; /* each of its findings still needs a screen of its own */
        if (finding->screen)
            ch_report(&shelf->desk, CH_LINT_TWO_SCREENS, ref->node,
                      "\"%.*s\" is asked by the screen \"%.*s\" already",
                      CH_ARG(finding->entry.id), CH_ARG(finding->screen->entry.id));
        else
            finding->screen = screen;
    }
}

/* Only yes/no findings can be red flags: a derived one is never answered, whether a
 * number alarms is for a comparison to say, and a yes to an option says no to its
 * sisters, which could lower the urgency that these had raised. */
static void check_asked(ch_bookshelf *shelf, const ch_finding_entry *finding)
{
    bool can_be_flag = is_kind(finding, CH_FK_YES_NO);
    if (finding->red_flag && !(can_be_flag && finding->screen))
        ch_report(&shelf->desk, CH_LINT_RED_FLAG_NOT_ASKED, finding->red_flag_node,
                  can_be_flag ? "no screen asks this red flag"
                              : "only yes/no findings can be red flags");
    else if (!finding->screen && !is_kind(finding, CH_FK_DERIVED))
        ch_report(&shelf->desk, CH_LINT_NOT_ASKED, finding->entry.id_node,
                  "no screen asks \"%.*s\"", CH_ARG(finding->entry.id));
}

/* ---- draws ---- */

static void check_drawn_number(ch_bookshelf *shelf, const ch_draw_entry *draw)
{
    const ch_finding_entry *number = number_of(shelf, &draw->number);
    if (!draw->from.node || !draw->to.node) {
        ch_report(&shelf->desk, CH_LINT_KEY_DOES_NOT_FIT, draw->entry.node,
                  "a drawn number needs \"from\" and \"to\"");
        return;
    }
    if (number && !(number->range->from.value <= draw->from.value &&
                    draw->from.value <= draw->to.value &&
                    draw->to.value <= number->range->to.value))
        ch_report(&shelf->desk, CH_LINT_RANGE, draw->from.node,
                  "the values must ascend inside the range of \"%.*s\"",
                  CH_ARG(number->entry.id));
}

static void check_draw(ch_bookshelf *shelf, const ch_draw_entry *draw)
{
    bool is_atom = draw->atom.node != NULL;
    if (is_atom == (draw->number.node != NULL)) {
        ch_report(&shelf->desk, CH_LINT_KEY_DOES_NOT_FIT, draw->entry.node,
                  "a draw is about either a finding or a number");
        return;
    }
    if (!is_atom) {
        check_drawn_number(shelf, draw);
        return;
    }
    if (draw->from.node || draw->to.node)
        ch_report(&shelf->desk, CH_LINT_KEY_DOES_NOT_FIT, draw->entry.node,
                  "\"from\" and \"to\" are for numbers");
    const ch_atom_entry *atom = (const ch_atom_entry *)(const void *)draw->atom.entry;
    if (atom && is_kind(atom->finding, CH_FK_DERIVED) && !atom->leak)
        ch_report(&shelf->desk, CH_LINT_KEY_DOES_NOT_FIT, draw->atom.node,
                  "\"%.*s\" follows from other findings and cannot be drawn",
                  CH_ARG(atom->entry.id));
}

void ch_check_findings(ch_bookshelf *shelf)
{
    for (uint32_t i = 0; i < shelf->entries[CH_E_FINDING].n; i++) {
        const ch_finding_entry *finding =
            CH_ENTRY(shelf, CH_E_FINDING, i, ch_finding_entry);
        if (ch_entry_counts(&finding->entry))
            check_finding(shelf, finding);
    }
    check_comparisons(shelf);
    for (uint32_t i = 0; i < shelf->entries[CH_E_DRAW].n; i++) {
        const ch_draw_entry *draw = CH_ENTRY(shelf, CH_E_DRAW, i, ch_draw_entry);
        if (ch_entry_counts(&draw->entry))
            check_draw(shelf, draw);
    }
    for (uint32_t i = 0; i < shelf->entries[CH_E_SCORE].n; i++) {
        const ch_score_entry *score = CH_ENTRY(shelf, CH_E_SCORE, i, ch_score_entry);
        if (ch_entry_counts(&score->entry))
            check_numbers_of(shelf, score);
    }
    for (uint32_t i = 0; i < shelf->entries[CH_E_CLUSTER].n; i++) {
        ch_cluster_entry *cluster = CH_ENTRY(shelf, CH_E_CLUSTER, i, ch_cluster_entry);
        if (ch_entry_counts(&cluster->entry))
            check_cluster(shelf, cluster);
    }
    for (uint32_t i = 0; i < shelf->entries[CH_E_SCREEN].n; i++) {
        ch_screen_entry *screen = CH_ENTRY(shelf, CH_E_SCREEN, i, ch_screen_entry);
        if (ch_entry_counts(&screen->entry))
            check_screen(shelf, screen);
    }
    for (uint32_t i = 0; i < shelf->entries[CH_E_FINDING].n; i++) {
        const ch_finding_entry *finding =
            CH_ENTRY(shelf, CH_E_FINDING, i, ch_finding_entry);
        if (ch_entry_counts(&finding->entry) && !shelf->has_faulty_entry)
            check_asked(shelf, finding);
    }
}
