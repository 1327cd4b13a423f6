/* cutoffs.c: every value at which an expression or a band of a score turns, in one list
 * (charley_kb_cutoff). */
#include <math.h>

#include "base/view.h"
#include "kb/kb.h"

/* A walk through all entries that stops at the wanted cut-off. */
typedef struct walk {
    const charley_kb *kb;
    charley_kind kind;
    ch_string id;
    size_t left; /* cut-offs still to be passed over */
    charley_cutoff *out;
} walk;

/* ---- one cut-off ---- */

static charley_text number_id(const charley_kb *kb, uint32_t number)
{
    uint32_t finding = ch_kb_numbers(kb)[number].finding;
    return ch_kb_string(kb, ch_kb_findings(kb)[finding].id);
}

static charley_cutoff describe(const walk *w, const ch_expr *node)
{
    const charley_kb *kb = w->kb;
    charley_cutoff out = {.kind = w->kind,
                          .id = ch_kb_string(kb, w->id),
                          .is_score = node->op == CH_OP_SCORE,
                          .value = node->value,
                          .minimum = -HUGE_VAL,
                          .maximum = HUGE_VAL};
    if (out.is_score) {
        out.subject = ch_kb_string(kb, ch_kb_scores(kb)[node->a].id);
        return out;
    }
    const ch_number *number = &ch_kb_numbers(kb)[node->a];
    out.subject = number_id(kb, node->a);
    if (node->op == CH_OP_TWO_NUMBERS) {
        out.per = number_id(kb, node->b);
        return out;
    }
    out.unit = ch_kb_string(kb, number->unit);
    out.minimum = number->minimum;
    out.maximum = number->maximum;
    return out;
}

/* ---- expressions ---- */

static bool is_cutoff(const ch_expr *node)
{
    return node->op >= CH_OP_NUMBER;
}

static bool is_same(const ch_expr *a, const ch_expr *b)
{
    return a->op == b->op && a->a == b->a && a->b == b->b && a->value == b->value;
}

/* Does it stand in one of `runs` before run `r`, node `i`? */
static bool is_repeated(const charley_kb *kb, const ch_run *runs, size_t r, uint32_t i)
{
    const ch_expr *node = &ch_kb_exprs(kb)[runs[r].first + i];
    for (size_t k = 0; k <= r; k++)
        for (uint32_t j = 0; j < (k < r ? runs[k].n : i); j++)
            if (is_same(&ch_kb_exprs(kb)[runs[k].first + j], node))
                return true;
    return false;
}

/* Returns true when the wanted one was among them. */
static bool pass_runs(walk *w, charley_kind kind, ch_string id, const ch_run *runs,
                      size_t n_runs)
{
    w->kind = kind;
    w->id = id;
    for (size_t r = 0; r < n_runs; r++)
        for (uint32_t i = 0; i < runs[r].n; i++) {
            const ch_expr *node = &ch_kb_exprs(w->kb)[runs[r].first + i];
            if (!is_cutoff(node) || is_repeated(w->kb, runs, r, i))
                continue;
            if (w->left == 0) {
                *w->out = describe(w, node);
                return true;
            }
            w->left--;
        }
    return false;
}

/* ---- entries ---- */

static bool pass_rules(walk *w)
{
    for (uint32_t i = 0; i < ch_kb_n(w->kb, CH_S_RULES); i++) {
        const ch_rule *rule = &ch_kb_rules(w->kb)[i];
        ch_run runs[] = {rule->when, rule->raise_if};
        if (pass_runs(w, CHARLEY_RULE, rule->id, runs, 2))
            return true;
    }
    return false;
}

static bool pass_cautions(walk *w)
{
    for (uint32_t i = 0; i < ch_kb_n(w->kb, CH_S_CAUTIONS); i++) {
        const ch_caution *caution = &ch_kb_cautions(w->kb)[i];
        if (pass_runs(w, CHARLEY_CAUTION, caution->id, &caution->when, 1))
            return true;
    }
    return false;
}

static bool pass_modifiers_and_conflicts(walk *w)
{
    const charley_kb *kb = w->kb;
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_MODIFIERS); i++) {
        const ch_modifier *modifier = &ch_kb_modifiers(kb)[i];
        if (pass_runs(w, CHARLEY_MODIFIER, modifier->id, &modifier->when, 1))
            return true;
    }
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_CONFLICTS); i++) {
        const ch_conflict *conflict = &ch_kb_conflicts(kb)[i];
        if (pass_runs(w, CHARLEY_CONFLICT, conflict->id, &conflict->when, 1))
            return true;
    }
    return false;
}

static bool pass_findings(walk *w)
{
    for (uint32_t a = 0; a < ch_kb_n(w->kb, CH_S_ATOMS); a++) {
        const ch_atom *atom = &ch_kb_atoms(w->kb)[a];
        if (pass_runs(w, CHARLEY_FINDING, atom->id, &atom->derive, 1))
            return true;
    }
    return false;
}

static bool pass_remedies_and_claims(walk *w)
{
    const charley_kb *kb = w->kb;
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_REMEDIES); i++) {
        const ch_remedy *remedy = &ch_kb_remedies(kb)[i];
        ch_run runs[] = {remedy->when, remedy->not_for};
        if (pass_runs(w, CHARLEY_REMEDY, remedy->id, runs, 2))
            return true;
    }
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_CLAIMS); i++) {
        const ch_claim *claim = &ch_kb_claims(kb)[i];
        if (pass_runs(w, CHARLEY_CLAIM, claim->id, &claim->when, 1))
            return true;
    }
    return false;
}

/* Where a score applies, what earns a point, and where one band ends. */
static bool pass_score(walk *w, uint32_t index)
{
    const charley_kb *kb = w->kb;
    const ch_score *score = &ch_kb_scores(kb)[index];
    const ch_score_item *items = ch_kb_score_items(kb) + score->items.first;
    const ch_band *bands = ch_kb_bands(kb) + score->bands.first;
    if (pass_runs(w, CHARLEY_SCORE, score->id, &score->applies, 1))
        return true;
    for (uint32_t i = 0; i < score->items.n; i++)
        if (pass_runs(w, CHARLEY_SCORE, score->id, &items[i].when, 1))
            return true;
    for (uint32_t i = 0; i + 1 < score->bands.n; i++) {
        ch_expr end = {.op = CH_OP_SCORE, .a = index, .value = bands[i].upper};
        if (w->left == 0) {
            *w->out = describe(w, &end);
            return true;
        }
        w->left--;
    }
    return false;
}

static bool pass_scores(walk *w)
{
    for (uint32_t i = 0; i < ch_kb_n(w->kb, CH_S_SCORES); i++)
        if (pass_score(w, i))
            return true;
    return false;
}

bool charley_kb_cutoff(const charley_kb *kb, size_t index, charley_cutoff *cutoff)
{
    walk w = {.kb = kb, .left = index, .out = cutoff};
    return pass_rules(&w) || pass_cautions(&w) || pass_modifiers_and_conflicts(&w) ||
           pass_findings(&w) || pass_scores(&w) || pass_remedies_and_claims(&w);
}
