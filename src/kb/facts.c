/* facts.c: see facts.h. */
#include "kb/facts.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/kleene.h"
#include "base/limits.h"
#include "base/real.h"

bool ch_facts_init(ch_facts *facts, const charley_kb *kb, ch_arena *arena)
{
    facts->kb = kb;
    facts->region = CH_NONE;
    facts->given = CH_TAKE(arena, ch_kb_n(kb, CH_S_ATOMS), uint8_t);
    facts->value = CH_TAKE(arena, ch_kb_n(kb, CH_S_ATOMS), uint8_t);
    facts->numbers = CH_TAKE(arena, ch_kb_n(kb, CH_S_NUMBERS), double);
    if (!facts->given || !facts->value || !facts->numbers)
        return false;
    ch_facts_clear(facts);
    return true;
}

charley_text ch_facts_word(const ch_facts *facts, uint32_t word)
{
    return ch_kb_word_in(facts->kb, word, facts->region);
}

void ch_facts_clear(ch_facts *facts)
{
    memset(facts->given, 0, ch_kb_n(facts->kb, CH_S_ATOMS));
    memset(facts->value, 0, ch_kb_n(facts->kb, CH_S_ATOMS));
    for (uint32_t i = 0; i < ch_kb_n(facts->kb, CH_S_NUMBERS); i++)
        facts->numbers[i] = (double)NAN;
}

void ch_facts_copy(ch_facts *to, const ch_facts *from)
{
    memcpy(to->given, from->given, ch_kb_n(from->kb, CH_S_ATOMS));
    memcpy(to->value, from->value, ch_kb_n(from->kb, CH_S_ATOMS));
    memcpy(to->numbers, from->numbers,
           ch_kb_n(from->kb, CH_S_NUMBERS) * sizeof *to->numbers);
}

void ch_facts_set(ch_facts *facts, uint32_t atom, charley_answer answer)
{
    const ch_finding *finding =
        &ch_kb_findings(facts->kb)[ch_kb_atoms(facts->kb)[atom].finding];
    bool was_chosen = facts->given[atom] == CHARLEY_YES;
    if (finding->atoms.n > 1 && (answer == CHARLEY_YES || was_chosen)) {
        const uint32_t *sister = ch_kb_list(facts->kb, finding->atoms);
        uint8_t other = answer == CHARLEY_YES ? CHARLEY_NO : CHARLEY_UNKNOWN;
        for (uint32_t i = 0; i < finding->atoms.n; i++)
            facts->given[sister[i]] = other;
    }
    facts->given[atom] = (uint8_t)answer;
}

/* ---- evaluation ---- */

static charley_answer compare(double a, ch_comparison comparison, double b)
{
    if (a != a || b != b)
        return CHARLEY_UNKNOWN;
    switch (comparison) {
    case CH_AT_LEAST:
        return ch_truth(a >= b);
    case CH_ABOVE:
        return ch_truth(a > b);
    case CH_AT_MOST:
        return ch_truth(a <= b);
    case CH_BELOW:
        return ch_truth(a < b);
    }
    return CHARLEY_UNKNOWN;
}

/* A range [low, high] compared with a value: known when both ends agree. */
static charley_answer compare_score(const ch_facts *facts, const ch_expr *node)
{
    ch_score_value score = ch_score_eval(facts, node->a);
    if (!score.applies)
        return CHARLEY_UNKNOWN;
    charley_answer low = compare(score.low, node->comparison, node->value);
    charley_answer high = compare(score.high, node->comparison, node->value);
    return low == high ? low : CHARLEY_UNKNOWN;
}

static charley_answer eval_leaf(const ch_facts *facts, const ch_expr *node)
{
    switch (node->op) {
    case CH_OP_ATOM:
        return facts->value[node->a];
    case CH_OP_NUMBER:
        return compare(facts->numbers[node->a], node->comparison, node->value);
    case CH_OP_TWO_NUMBERS:
        return compare(facts->numbers[node->a], node->comparison,
                       facts->numbers[node->b] * node->value);
    default:
        return compare_score(facts, node);
    }
}

static charley_answer eval_branch(const ch_expr *node, const uint8_t *operands)
{
    unsigned n_yes = 0;
    unsigned n_unknown = 0;
    for (uint32_t i = 0; i < node->n; i++) {
        n_yes += operands[i] == CHARLEY_YES;
        n_unknown += operands[i] == CHARLEY_UNKNOWN;
    }
    switch (node->op) {
    case CH_OP_ALL:
        return ch_at_least(node->n, n_yes, n_unknown);
    case CH_OP_ANY:
        return ch_at_least(1, n_yes, n_unknown);
    case CH_OP_NOT:
        return ch_not((charley_answer)operands[0]);
    default:
        return ch_at_least(node->a, n_yes, n_unknown);
    }
}

/* Values of all nodes of an expression into values [expr.n]; the root is the last. */
static void eval_nodes(const ch_facts *facts, ch_run expr, uint8_t *values)
{
    const ch_expr *nodes = ch_kb_exprs(facts->kb) + expr.first;
    uint8_t operands[CH_MAX_EXPR_NODES];
    for (uint32_t i = 0; i < expr.n; i++) {
        if (nodes[i].op == CH_OP_ATOM || nodes[i].op >= CH_OP_NUMBER) {
            values[i] = (uint8_t)eval_leaf(facts, &nodes[i]);
            continue;
        }
        uint32_t child = i;
        for (uint32_t k = 0; k < nodes[i].n; k++) {
            child -= k == 0 ? 1 : nodes[child].size;
            operands[k] = values[child];
        }
        values[i] = (uint8_t)eval_branch(&nodes[i], operands);
    }
}

charley_answer ch_eval(const ch_facts *facts, ch_run expr)
{
    if (expr.n == 0)
        return CHARLEY_YES;
    uint8_t values[CH_MAX_EXPR_NODES];
    eval_nodes(facts, expr, values);
    return (charley_answer)values[expr.n - 1];
}

bool ch_is_excluded(const ch_facts *facts, uint32_t condition)
{
    uint32_t test = ch_kb_conditions(facts->kb)[condition].excluded_by;
    return test != CH_NONE && facts->value[test] == CHARLEY_YES;
}

/* ---- scores ---- */

/* NaN where a real power does not exist. */
static double power(double base, double exponent)
{
    if (base == 0 && exponent > 0)
        return 0;
    return base > 0 ? ch_exp(exponent * ch_log(base)) : (double)NAN;
}

static double eval_formula(const ch_facts *facts, ch_run run)
{
    const ch_formula *nodes = ch_kb_formulas(facts->kb) + run.first;
    double stack[CH_MAX_EXPR_DEPTH + 1];
    uint32_t top = 0;
    for (uint32_t i = 0; i < run.n; i++) {
        if (nodes[i].op == CH_F_CONSTANT) {
            stack[top++] = nodes[i].value;
            continue;
        }
        if (nodes[i].op == CH_F_NUMBER) {
            stack[top++] = facts->numbers[nodes[i].a];
            continue;
        }
        double b = stack[--top];
        double a = stack[top - 1];
        double *out = &stack[top - 1];
        switch (nodes[i].op) {
        case CH_F_ADD:
            *out = a + b;
            break;
        case CH_F_SUBTRACT:
            *out = a - b;
            break;
        case CH_F_MULTIPLY:
            *out = a * b;
            break;
        case CH_F_DIVIDE:
            *out = b != 0 ? a / b : (double)NAN;
            break;
        case CH_F_GREATEST: /* of what is known: one ankle artery may be enough */
            *out = a != a ? b : b != b ? a : a > b ? a : b;
            break;
        case CH_F_LEAST:
            *out = a != a ? b : b != b ? a : a < b ? a : b;
            break;
        default:
            *out = power(a, b);
            break;
        }
    }
    return stack[0];
}

/* Adds the number itself; while it is unknown, anything in its range. */
static void add_number(const ch_facts *facts, uint32_t number, ch_score_value *out)
{
    double value = facts->numbers[number];
    bool is_known = value == value;
    out->complete &= is_known;
    out->low += is_known ? value : ch_kb_numbers(facts->kb)[number].minimum;
    out->high += is_known ? value : ch_kb_numbers(facts->kb)[number].maximum;
}

static ch_score_value sum_items(const ch_facts *facts, const ch_score *score)
{
    ch_score_value out = {.applies = true, .complete = true};
    const ch_score_item *items = ch_kb_score_items(facts->kb) + score->items.first;
    for (uint32_t i = 0; i < score->items.n; i++) {
        if (items[i].number != CH_NONE) {
            add_number(facts, items[i].number, &out);
            continue;
        }
        charley_answer answer = ch_eval(facts, items[i].when);
        /* Without a clinician a score cannot be brought down; what would bring it up is
         * missing like any other answer. */
        if (answer == CHARLEY_UNKNOWN && items[i].clinician_only && items[i].points < 0)
            continue;
        if (answer == CHARLEY_UNKNOWN)
            out.complete = false;
        if (answer == CHARLEY_YES || (answer == CHARLEY_UNKNOWN && items[i].points < 0))
            out.low += items[i].points;
        if (answer == CHARLEY_YES || (answer == CHARLEY_UNKNOWN && items[i].points > 0))
            out.high += items[i].points;
    }
    return out;
}

/* The first rung that is yes; one above it that is unknown may still be. The last one
 * has no expression and is yes. */
static ch_score_value climb(const ch_facts *facts, const ch_score *score)
{
    ch_score_value out = {.applies = true, .complete = true};
    const ch_score_item *rungs = ch_kb_score_items(facts->kb) + score->items.first;
    bool is_high_known = false;
    for (uint32_t i = 0; i < score->items.n; i++) {
        charley_answer answer = ch_eval(facts, rungs[i].when);
        if (answer == CHARLEY_NO)
            continue;
        if (!is_high_known)
            out.high = rungs[i].points;
        is_high_known = true;
        out.low = rungs[i].points;
        if (answer == CHARLEY_YES)
            break;
        out.complete = false;
    }
    return out;
}

/* A formula counts as it is read: rounded to its decimals, halves up, before bands and
 * rules see it, so that no patient is in one band by the number shown and in another by
 * the number hidden. */
static double round_to(double value, uint32_t decimals)
{
    double scale = 1;
    for (uint32_t i = 0; i < decimals; i++)
        scale *= 10;
    return floor(value * scale + 0.5) / scale;
}

ch_score_value ch_score_eval(const ch_facts *facts, uint32_t index)
{
    const ch_score *score = &ch_kb_scores(facts->kb)[index];
    if (ch_eval(facts, score->applies) == CHARLEY_NO)
        return (ch_score_value){.applies = false};
    if (score->is_ladder)
        return climb(facts, score);
    if (score->items.n)
        return sum_items(facts, score);
    double value = round_to(eval_formula(facts, score->formula), score->decimals);
    if (!isfinite(value))
        return (ch_score_value){true, false, -HUGE_VAL, HUGE_VAL};
    return (ch_score_value){true, true, value, value};
}

/* ---- resolving ---- */

void ch_facts_resolve(ch_facts *facts)
{
    const charley_kb *kb = facts->kb;
    const uint32_t *order = ch_kb_atom_order(kb);
    uint32_t n = ch_kb_n(kb, CH_S_ATOMS);
    memset(facts->value, CHARLEY_UNKNOWN, n);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t a = order[i];
        const ch_atom *atom = &ch_kb_atoms(kb)[a];
        const ch_finding *finding = &ch_kb_findings(kb)[atom->finding];
        if (atom->derive.n)
            facts->value[a] = (uint8_t)ch_eval(facts, atom->derive);
        else if (facts->given[a] != CHARLEY_UNKNOWN || !finding->not_if.n)
            facts->value[a] = facts->given[a];
        else if (ch_eval(facts, finding->not_if) == CHARLEY_YES)
            facts->value[a] = CHARLEY_NO;
    }
}

void ch_facts_without_red_flags(ch_facts *to, const ch_facts *from)
{
    ch_facts_copy(to, from);
    const ch_atom *atoms = ch_kb_atoms(from->kb);
    for (uint32_t a = 0; a < ch_kb_n(from->kb, CH_S_ATOMS); a++)
        if (to->given[a] == CHARLEY_YES &&
            ch_kb_findings(from->kb)[atoms[a].finding].red_flag)
            to->given[a] = CHARLEY_UNKNOWN;
    ch_facts_resolve(to);
}

static charley_status fail_conflict(const ch_facts *facts, charley_text id,
                                    uint32_t word, charley_error *error)
{
    ch_fail_about(error, CHARLEY_E_CONFLICT, id, "the answers contradict each other: ");
    charley_text sentence = ch_facts_word(facts, word);
    ch_fail_append(error, sentence.size ? sentence : id);
    return CHARLEY_E_CONFLICT;
}

charley_status ch_facts_check(const ch_facts *facts, charley_error *error)
{
    const charley_kb *kb = facts->kb;
    for (uint32_t a = 0; a < ch_kb_n(kb, CH_S_ATOMS); a++) {
        if (facts->given[a] != CHARLEY_YES)
            continue;
        const ch_finding *finding = &ch_kb_findings(kb)[ch_kb_atoms(kb)[a].finding];
        if (finding->not_if.n && ch_eval(facts, finding->not_if) == CHARLEY_YES)
            return fail_conflict(facts, ch_kb_string(kb, finding->id),
                                 ch_kb_atoms(kb)[a].word_label, error);
    }
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_CONFLICTS); i++) {
        const ch_conflict *conflict = &ch_kb_conflicts(kb)[i];
        if (ch_eval(facts, conflict->when) == CHARLEY_YES)
            return fail_conflict(facts, ch_kb_string(kb, conflict->id), conflict->word,
                                 error);
    }
    return CHARLEY_OK;
}

/* ---- what is still open ---- */

/* Derived atoms are marked with NEEDED first and traced later, so that nothing
 * recurses: in the reverse of the resolving order every mark is set before its atom is
 * visited. */
enum { OPEN = 1, NEEDED = 2 };

static void open_expr(const ch_facts *facts, ch_run expr, uint8_t *atoms,
                      uint8_t *numbers);

static void open_number(const ch_facts *facts, uint32_t number, uint8_t *numbers)
{
    if (facts->numbers[number] != facts->numbers[number])
        numbers[number] = OPEN;
}

/* Items and formulas hold no score nodes (verified), so this goes one level deep. */
static void open_score(const ch_facts *facts, uint32_t index, uint8_t *atoms,
                       uint8_t *numbers)
{
    const ch_score *score = &ch_kb_scores(facts->kb)[index];
    const ch_score_item *items = ch_kb_score_items(facts->kb) + score->items.first;
    if (ch_eval(facts, score->applies) == CHARLEY_NO)
        return; /* whatever is learnt, it stays off */
    open_expr(facts, score->applies, atoms, numbers);
    for (uint32_t i = 0; i < score->items.n; i++) {
        if (items[i].clinician_only)
            continue;
        open_expr(facts, items[i].when, atoms, numbers);
        if (items[i].number != CH_NONE)
            open_number(facts, items[i].number, numbers);
        if (score->is_ladder && ch_eval(facts, items[i].when) == CHARLEY_YES)
            break;
    }
    const ch_formula *nodes = ch_kb_formulas(facts->kb) + score->formula.first;
    for (uint32_t i = 0; i < score->formula.n; i++)
        if (nodes[i].op == CH_F_NUMBER)
            open_number(facts, nodes[i].a, numbers);
}

static void open_leaf(const ch_facts *facts, const ch_expr *node, uint8_t *atoms,
                      uint8_t *numbers)
{
    switch (node->op) {
    case CH_OP_ATOM:
        if (ch_kb_atoms(facts->kb)[node->a].derive.n)
            atoms[node->a] |= NEEDED;
        else
            atoms[node->a] |= OPEN;
        break;
    case CH_OP_TWO_NUMBERS:
        open_number(facts, node->b, numbers);
        open_number(facts, node->a, numbers);
        break;
    case CH_OP_NUMBER:
        open_number(facts, node->a, numbers);
        break;
    default:
        open_score(facts, node->a, atoms, numbers);
        break;
    }
}

/* Goes down from the root through unknown nodes only. */
static void open_expr(const ch_facts *facts, ch_run expr, uint8_t *atoms,
                      uint8_t *numbers)
{
    if (expr.n == 0)
        return;
    const ch_expr *nodes = ch_kb_exprs(facts->kb) + expr.first;
    uint8_t values[CH_MAX_EXPR_NODES];
    uint8_t reached[CH_MAX_EXPR_NODES] = {0};
    eval_nodes(facts, expr, values);
    reached[expr.n - 1] = 1;
    for (uint32_t i = expr.n; i-- > 0;) {
        if (!reached[i] || values[i] != CHARLEY_UNKNOWN)
            continue;
        if (nodes[i].op == CH_OP_ATOM || nodes[i].op >= CH_OP_NUMBER) {
            open_leaf(facts, &nodes[i], atoms, numbers);
            continue;
        }
        uint32_t child = i;
        for (uint32_t k = 0; k < nodes[i].n; k++) {
            child -= k == 0 ? 1 : nodes[child].size;
            reached[child] = 1;
        }
    }
}

void ch_open_inputs(const ch_facts *facts, ch_run expr, uint8_t *atoms,
                    uint8_t *numbers)
{
    open_expr(facts, expr, atoms, numbers);
    const uint32_t *order = ch_kb_atom_order(facts->kb);
    for (uint32_t i = ch_kb_n(facts->kb, CH_S_ATOMS); i-- > 0;) {
        uint32_t a = order[i];
        if (!(atoms[a] & NEEDED))
            continue;
        atoms[a] &= (uint8_t)~NEEDED;
        open_expr(facts, ch_kb_atoms(facts->kb)[a].derive, atoms, numbers);
    }
}
