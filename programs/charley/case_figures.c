/* case_figures.c: see case_figures.h. */
#include "case_figures.h"
static bool urgency_expected(const case_run *run, const char *key, charley_urgency *out)
{
    for (int u = CHARLEY_COULD_NOT_ASSESS; u <= CHARLEY_AMBULANCE; u++)
        if (case_expects(run, key, charley_urgency_name((charley_urgency)u))) {
            *out = (charley_urgency)u;
            return true;
        }
    return false;
}

static void add_urgency(case_figures *figures, const case_run *run)
{
    charley_urgency expected;
    charley_urgency got = run->result->urgency;
    if (urgency_expected(run, "urgency", &expected))
        figures->urgency[expected][got]++;
    if (urgency_expected(run, "urgency_at_least", &expected)) {
        figures->n_bounds++;
        figures->n_bounds_met += got >= expected;
        figures->n_bounds_under += got < expected;
    }
    if (urgency_expected(run, "urgency_at_most", &expected)) {
        figures->n_bounds++;
        figures->n_bounds_met += got <= expected && got != CHARLEY_COULD_NOT_ASSESS;
    }
}

static bool is_first_three(const case_run *run, charley_text id)
{
    size_t place = case_cause_place(run, id);
    return place < 3 && place < run->result->n_causes;
}

static void add_causes(case_figures *figures, const case_run *run)
{
    const ch_node *expect = ch_node_get(run->test_case, "expect");
    const ch_node *likeliest = ch_node_get(expect, "likeliest");
    const ch_node *top = likeliest ? likeliest : ch_node_get(expect, "top");
    const ch_node *top3 = ch_node_get(expect, "top3");
    if (top && top->kind == CH_NODE_SCALAR) {
        figures->n_top++;
        figures->n_top1_met += likeliest ? case_is_likeliest(run, top->text)
                                         : run->result->n_causes > 0 &&
                                               case_cause_place(run, top->text) == 0;
        figures->n_top3++;
        figures->n_top3_met += is_first_three(run, top->text);
    }
    if (!top3)
        return;
    bool is_met = top3->kind == CH_NODE_LIST || is_first_three(run, top3->text);
    for (const ch_node *node = top3->first; node; node = node->next)
        is_met &= is_first_three(run, node->text);
    figures->n_top3++;
    figures->n_top3_met += is_met;
}

void case_figures_add(case_figures *figures, const case_run *run, bool is_passed)
{
    figures->n_cases++;
    figures->n_passed += is_passed;
    if (!run->result)
        return;
    add_urgency(figures, run);
    add_causes(figures, run);
}
