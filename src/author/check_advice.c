/* check_advice.c: conditions, rules, modifiers and scores; and what nobody uses. */
#include "author/check.h"

#include "base/view.h"

#include <string.h>

/* ---- conditions ---- */

static void check_factor_ids(ch_bookshelf *shelf, const ch_prior_entry *prior)
{
    for (uint32_t i = 0; i < prior->factors.n; i++) {
        const ch_factor_entry *factor = CH_ITEM(prior->factors, i, ch_factor_entry);
        for (uint32_t k = 0; k < i; k++) {
            const ch_factor_entry *other = CH_ITEM(prior->factors, k, ch_factor_entry);
            if (factor->entry.id_node &&
                ch_view_equal(factor->entry.id, other->entry.id))
                ch_report(&shelf->desk, CH_LINT_DUPLICATE_ID, factor->entry.id_node,
                          "the factor \"%.*s\" stands here already",
                          CH_ARG(factor->entry.id));
        }
    }
}

static void check_condition(ch_bookshelf *shelf, ch_condition_entry *condition)
{
    condition->is_helped |= condition->tests.n > 0 || condition->clinics.n > 0;
    if (condition->must_not_miss && !condition->floor)
        ch_report(&shelf->desk, CH_LINT_NO_FLOOR, condition->entry.node,
                  "what must not be missed needs a floor");
    if (condition->excluded_by.node && !condition->floor)
        ch_report(&shelf->desk, CH_LINT_KEY_DOES_NOT_FIT, condition->excluded_by.node,
                  "without a floor there is nothing to be excluded by");
    if (condition->prior)
        check_factor_ids(shelf, condition->prior);
    if (condition->profile.entry)
        ((ch_profile_entry *)(void *)condition->profile.entry)->is_used = true;
}

static void note_help(const ch_refs *conditions)
{
    for (uint32_t i = 0; i < conditions->n; i++)
        if (conditions->items[i].entry)
            ((ch_condition_entry *)(void *)conditions->items[i].entry)->is_helped =
                true;
}

static void check_remedy(const ch_remedy_entry *remedy)
{
    if (remedy->grade != 'X') /* a refusal helps nobody on */
        note_help(&remedy->conditions);
}

/* ---- rules ---- */

static void check_rule(ch_bookshelf *shelf, const ch_rule_entry *rule)
{
    if (rule->tests.n || rule->clinics.n)
        note_help(&rule->suspects);
    if (rule->raise_if && rule->unknown != 1 + CH_UNKNOWN_RAISE)
        ch_report(&shelf->desk, CH_LINT_KEY_DOES_NOT_FIT, rule->raise_if->node,
                  "raise_if belongs to unknown: raise");
    if (rule->level < CHARLEY_SAME_DAY)
        return;
    if (!rule->hazard)
        ch_report(&shelf->desk, CH_LINT_RULE_INCOMPLETE, rule->entry.node,
                  "a rule of this level names its hazard");
    if (rule->suspects.n == 0)
        ch_report(&shelf->desk, CH_LINT_RULE_INCOMPLETE, rule->entry.node,
                  "a rule of this level says what it suspects");
}

static void check_modifier(ch_bookshelf *shelf, const ch_modifier_entry *modifier)
{
    if (modifier->from > modifier->at_most)
        ch_report(&shelf->desk, CH_LINT_OUT_OF_RANGE, modifier->entry.node,
                  "from must not be more urgent than at_most");
}

/* ---- scores ---- */

static ch_real lower_of(const ch_band_entry *band)
{
    return band->at_least.node ? band->at_least : band->above;
}

static ch_real upper_of(const ch_band_entry *band)
{
    return band->at_most.node ? band->at_most : band->below;
}

static void check_band_form(ch_bookshelf *shelf, const ch_band_entry *band,
                            bool is_first, bool is_last)
{
    const char *fault = NULL;
    if ((band->at_least.node && band->above.node) ||
        (band->at_most.node && band->below.node))
        fault = "a band has at most one bound on each side";
    else if (is_first == (lower_of(band).node != NULL))
        fault = is_first ? "the first band has no lower bound"
                         : "a band after the first has a lower bound";
    else if (is_last == (upper_of(band).node != NULL))
        fault = is_last ? "the last band has no upper bound"
                        : "a band before the last has an upper bound";
    else if (lower_of(band).value >= upper_of(band).value)
        fault = "no value lies within this band";
    if (fault)
        ch_report(&shelf->desk, CH_LINT_BANDS, band->entry.node, "%s", fault);
}

static void check_bands(ch_bookshelf *shelf, const ch_score_entry *score)
{
    for (uint32_t i = 0; i < score->bands.n; i++) {
        const ch_band_entry *band = CH_ITEM(score->bands, i, ch_band_entry);
        check_band_form(shelf, band, i == 0, i + 1 == score->bands.n);
        if (i == 0)
            continue;
        const ch_band_entry *below = CH_ITEM(score->bands, i - 1, ch_band_entry);
        if (!lower_of(band).node || !upper_of(below).node)
            continue;
        double end = upper_of(below).value;
        double start = lower_of(band).value;
        bool meets_once = (below->below.node != NULL) == (band->at_least.node != NULL);
        if (start > end || (start == end && !meets_once && below->below.node))
            ch_report(&shelf->desk, CH_LINT_BANDS, band->entry.node,
                      "values between this band and the one before belong to none");
        else if (start < end || !meets_once)
            ch_report(&shelf->desk, CH_LINT_BANDS, band->entry.node,
                      "values of this band belong to the one before as well");
    }
}

static void check_part_ids(ch_bookshelf *shelf, const ch_vector *parts,
                           const char *what)
{
    for (uint32_t i = 0; i < parts->n; i++) {
        const ch_entry *part = CH_ITEM(*parts, i, ch_entry);
        for (uint32_t k = 0; k < i; k++)
            if (ch_view_equal(part->id, CH_ITEM(*parts, k, ch_entry)->id))
                ch_report(&shelf->desk, CH_LINT_DUPLICATE_ID, part->id_node,
                          "the %s \"%.*s\" stands here already", what,
                          CH_ARG(part->id));
    }
}

static void check_item(ch_bookshelf *shelf, const ch_score_item_entry *item)
{
    bool is_by_number = item->points_from.node != NULL;
    if (is_by_number == (item->when != NULL) ||
        is_by_number == (item->points.node != NULL))
        ch_report(&shelf->desk, CH_LINT_KEY_DOES_NOT_FIT, item->entry.node,
                  "an item has when and points, or points_from");
}

static void check_ladder(ch_bookshelf *shelf, const ch_score_entry *score)
{
    for (uint32_t i = 0; i < score->ladder.n; i++) {
        const ch_rung_entry *rung = CH_ITEM(score->ladder, i, ch_rung_entry);
        bool is_last = i + 1 == score->ladder.n;
        if ((rung->when == NULL) != is_last)
            ch_report(&shelf->desk, CH_LINT_BANDS, rung->entry.node,
                      is_last ? "the last rung is for everybody else, without when"
                              : "a rung above the last needs when");
        if (is_last)
            break;
        const ch_rung_entry *next = CH_ITEM(score->ladder, i + 1, ch_rung_entry);
        if (rung->value.value <= next->value.value)
            ch_report(&shelf->desk, CH_LINT_BANDS, next->entry.node,
                      "the values of a ladder fall from rung to rung");
    }
}

static void check_score(ch_bookshelf *shelf, const ch_score_entry *score)
{
    bool is_ladder = score->ladder.n > 0;
    if ((score->items.n > 0) + is_ladder + (score->formula != NULL) != 1)
        ch_report(&shelf->desk, CH_LINT_KEY_DOES_NOT_FIT, score->entry.node,
                  "a score has either items, a ladder or a formula");
    if (is_ladder == (score->bands.n > 0))
        ch_report(&shelf->desk, CH_LINT_KEY_DOES_NOT_FIT, score->entry.node,
                  is_ladder ? "the rungs of a ladder are its bands"
                            : "a score has bands");
    for (uint32_t i = 0; i < score->items.n; i++)
        check_item(shelf, CH_ITEM(score->items, i, ch_score_item_entry));
    check_ladder(shelf, score);
    check_part_ids(shelf, &score->ladder, "rung");
    check_part_ids(shelf, &score->items, "item");
    check_part_ids(shelf, &score->bands, "band");
    check_bands(shelf, score);
}

/* ---- contradictions ---- */

static void check_contradiction(ch_bookshelf *shelf,
                                const ch_contradiction_entry *contradiction)
{
    for (uint32_t i = 0; i < contradiction->one.n; i++)
        for (uint32_t k = 0; k < contradiction->other.n; k++)
            if (ch_view_equal(contradiction->one.items[i].node->text,
                              contradiction->other.items[k].node->text))
                ch_report(&shelf->desk, CH_LINT_LISTED_TWICE,
                          contradiction->other.items[k].node,
                          "a claim does not contradict itself");
}

/* ---- what nobody uses ---- */

static void check_use(ch_bookshelf *shelf, unsigned kind, const ch_entry *entry)
{
    const void *e = entry;
    if (kind == CH_E_SOURCE && !((const ch_source_entry *)e)->is_used)
        ch_report(&shelf->desk, CH_LINT_SOURCE_UNUSED, entry->id_node,
                  "nothing rests on the source \"%.*s\"", CH_ARG(entry->id));
    if (kind == CH_E_PROFILE && !((const ch_profile_entry *)e)->is_used)
        ch_report(&shelf->desk, CH_LINT_PROFILE_UNUSED, entry->id_node,
                  "no condition takes the profile \"%.*s\"", CH_ARG(entry->id));
    if (kind == CH_E_CONDITION && !((const ch_condition_entry *)e)->is_helped)
        ch_report(&shelf->desk, CH_LINT_NO_HELP, entry->id_node,
                  "no remedy, test or clinic leads on from \"%.*s\"",
                  CH_ARG(entry->id));
}

static void check_entry(ch_bookshelf *shelf, unsigned kind, ch_entry *entry)
{
    void *e = entry;
    switch (kind) {
    case CH_E_CONDITION:
        check_condition(shelf, e);
        break;
    case CH_E_REMEDY:
        check_remedy(e);
        break;
    case CH_E_RULE:
        check_rule(shelf, e);
        break;
    case CH_E_MODIFIER:
        check_modifier(shelf, e);
        break;
    case CH_E_SCORE:
        check_score(shelf, e);
        break;
    case CH_E_CONTRADICTION:
        check_contradiction(shelf, e);
        break;
    default:
        break;
    }
}

void ch_check_advice(ch_bookshelf *shelf)
{
    for (unsigned kind = 0; kind < CH_E_ATOM; kind++) {
        for (uint32_t i = 0; i < shelf->entries[kind].n; i++) {
            ch_entry *entry = ch_entry_at(shelf, (ch_entry_kind)kind, i);
            if (ch_entry_counts(entry))
                check_entry(shelf, kind, entry);
        }
    }
    if (shelf->has_faulty_entry)
        return;
    for (unsigned kind = 0; kind < CH_E_ATOM; kind++) {
        for (uint32_t i = 0; i < shelf->entries[kind].n; i++) {
            const ch_entry *entry = ch_entry_at(shelf, (ch_entry_kind)kind, i);
            if (ch_entry_counts(entry))
                check_use(shelf, kind, entry);
        }
    }
}
