/* expression.c: three-valued expressions and formulas, from the tree to terms.
 *
 * The forms are those of knowledge/README.md, "Expressions". What a name means (is it a
 * finding, in which unit?) is checked later, when all files are read.
 */
#include "author/shape.h"

#include "base/limits.h"
#include "base/view.h"

#include <math.h>

/* What an expression costs in the image; a range is three nodes. */
typedef struct size_count {
    uint32_t n;
    uint32_t depth;
} size_count;

static const struct bound_key {
    const char *key;
    ch_comparison comparison;
} BOUND_KEYS[] = {{"at_least", CH_AT_LEAST},
                  {"above", CH_ABOVE},
                  {"at_most", CH_AT_MOST},
                  {"below", CH_BELOW}};

enum { N_BOUND_KEYS = sizeof BOUND_KEYS / sizeof *BOUND_KEYS };

static charley_status read_term(ch_bookshelf *shelf, const ch_node *node,
                                ch_term **term);

static void refuse(ch_bookshelf *shelf, const ch_node *node, const char *text)
{
    if (node->kind != CH_NODE_FAULTY)
        ch_report(&shelf->desk, CH_LINT_EXPRESSION, node, "%s", text);
}

static ch_term *new_term(ch_bookshelf *shelf, ch_op op, const ch_node *node)
{
    ch_term *term = CH_NEW(&shelf->pool, ch_term);
    if (!term)
        return NULL;
    term->op = op;
    term->node = node;
    return term;
}

/* Every key of `node` must be among `allowed` (ends with NULL). */
static bool has_only(ch_bookshelf *shelf, const ch_node *node,
                     const char *const *allowed)
{
    for (const ch_node *value = node->first; value; value = value->next) {
        bool is_known = false;
        ch_guess guess = ch_guess_start(value->key->text);
        for (size_t i = 0; allowed[i]; i++) {
            is_known |= ch_view_is(value->key->text, allowed[i]);
            ch_guess_try(&guess, ch_view(allowed[i]));
        }
        char hint[CH_HINT_SIZE];
        if (!is_known) {
            ch_report(&shelf->desk, CH_LINT_EXPRESSION, value->key,
                      "\"%.*s\" does not fit into this expression%s",
                      CH_ARG(value->key->text), ch_guess_hint(&guess, hint));
            return false;
        }
    }
    return true;
}

/* ---- operands ---- */

static charley_status read_operands(ch_bookshelf *shelf, const ch_node *list,
                                    ch_term *parent)
{
    ch_term **slot = &parent->first;
    for (const ch_node *item = list->first; item; item = item->next) {
        CH_TRY(read_term(shelf, item, slot));
        if (*slot) {
            slot = &(*slot)->next;
            parent->n++;
        }
    }
    return CHARLEY_OK;
}

static charley_status read_group(ch_bookshelf *shelf, const ch_node *node, ch_op op,
                                 const ch_node *list, ch_term **term)
{
    if (list->kind != CH_NODE_LIST || list->n == 0) {
        refuse(shelf, list, "expected a list of at least one expression");
        return CHARLEY_OK;
    }
    *term = new_term(shelf, op, node);
    if (!*term)
        return CHARLEY_E_MEMORY;
    return read_operands(shelf, list, *term);
}

static charley_status read_not(ch_bookshelf *shelf, const ch_node *node,
                               const ch_node *operand, ch_term **term)
{
    ch_term *inner = NULL;
    CH_TRY(read_term(shelf, operand, &inner));
    if (!inner)
        return CHARLEY_OK;
    *term = new_term(shelf, CH_OP_NOT, node);
    if (!*term)
        return CHARLEY_E_MEMORY;
    (*term)->first = inner;
    (*term)->n = 1;
    return CHARLEY_OK;
}

static charley_status read_at_least(ch_bookshelf *shelf, const ch_node *node,
                                    ch_term **term)
{
    const ch_node *wanted = ch_node_get(node, "at_least");
    const ch_node *list = ch_node_get(node, "of");
    double value;
    if (!wanted || !list) {
        refuse(shelf, node, "expected {at_least: how many, of: [...]}");
        return CHARLEY_OK;
    }
    if (!ch_scalar_real(shelf, wanted, "at_least", &value))
        return CHARLEY_OK;
    if (value != floor(value) || value < 1 || value > list->n) {
        refuse(shelf, wanted, "at_least must be from 1 to the number of expressions");
        return CHARLEY_OK;
    }
    CH_TRY(read_group(shelf, node, CH_OP_AT_LEAST, list, term));
    if (*term)
        (*term)->wanted = (uint32_t)value;
    return CHARLEY_OK;
}

/* ---- comparisons ---- */

/* False when a bound is no number, or the bounds make neither a limit nor a range. */
static bool read_bounds(ch_bookshelf *shelf, const ch_node *node, ch_term *term)
{
    uint32_t n_lower = 0;
    uint32_t n_upper = 0;
    for (size_t i = 0; i < N_BOUND_KEYS; i++) {
        const ch_node *bound = ch_node_get(node, BOUND_KEYS[i].key);
        if (!bound)
            continue;
        double value;
        if (!ch_scalar_real(shelf, bound, BOUND_KEYS[i].key, &value))
            return false;
        bool is_lower = i < 2;
        if ((is_lower ? n_lower++ : n_upper++) > 0) {
            refuse(shelf, bound, "two bounds on the same side");
            return false;
        }
        term->bounds[term->n_bounds++] =
            (ch_bound){BOUND_KEYS[i].comparison, {bound, value}, value};
    }
    if (term->n_bounds == 0)
        refuse(shelf, node, "a comparison needs at_least, above, at_most or below");
    if (term->n_bounds == 2 &&
        term->bounds[0].value.value >= term->bounds[1].value.value) {
        refuse(shelf, node, "no value lies within this range");
        return false;
    }
    return term->n_bounds > 0;
}

static charley_status read_two_numbers(ch_bookshelf *shelf, const ch_node *node,
                                       ch_term *term)
{
    static const char *const KEYS[] = {"number", "above_number", NULL};
    const ch_node *number = ch_node_get(node, "number");
    const ch_node *other = ch_node_get(node, "above_number");
    if (!has_only(shelf, node, KEYS) || !ch_scalar_text(shelf, number, "number") ||
        !ch_scalar_text(shelf, other, "above_number"))
        return CHARLEY_OK;
    term->op = CH_OP_TWO_NUMBERS;
    CH_TRY(ch_ref_note(shelf, &term->subject, CH_E_FINDING, number));
    return ch_ref_note(shelf, &term->other, CH_E_FINDING, other);
}

static charley_status read_comparison(ch_bookshelf *shelf, const ch_node *node,
                                      ch_term **term)
{
    static const char *const NUMBER_KEYS[] = {"number", "at_least", "above", "at_most",
                                              "below",  "unit",     NULL};
    static const char *const SCORE_KEYS[] = {"score",   "at_least", "above",
                                             "at_most", "below",    NULL};
    const ch_node *subject = ch_node_get(node, "number");
    bool is_score = subject == NULL;
    if (is_score)
        subject = ch_node_get(node, "score");
    ch_term *made = new_term(shelf, is_score ? CH_OP_SCORE : CH_OP_NUMBER, node);
    if (!made)
        return CHARLEY_E_MEMORY;
    if (ch_node_get(node, "above_number")) {
        CH_TRY(read_two_numbers(shelf, node, made));
    } else if (has_only(shelf, node, is_score ? SCORE_KEYS : NUMBER_KEYS) &&
               read_bounds(shelf, node, made) &&
               ch_scalar_text(shelf, subject, is_score ? "score" : "number")) {
        const ch_node *unit = ch_node_get(node, "unit");
        if (unit && ch_scalar_text(shelf, unit, "unit"))
            made->unit = unit;
        CH_TRY(ch_ref_note(shelf, &made->subject, is_score ? CH_E_SCORE : CH_E_FINDING,
                           subject));
    }
    if (!made->subject.node)
        return CHARLEY_OK;
    *term = made;
    ch_term **slot = ch_vector_add(&shelf->pool, &shelf->comparisons);
    if (!slot)
        return CHARLEY_E_MEMORY;
    *slot = made;
    return CHARLEY_OK;
}

/* ---- the forms ---- */

static charley_status read_atom(ch_bookshelf *shelf, const ch_node *node,
                                ch_term **term)
{
    if (!ch_scalar_text(shelf, node, "a finding in an expression"))
        return CHARLEY_OK;
    *term = new_term(shelf, CH_OP_ATOM, node);
    if (!*term)
        return CHARLEY_E_MEMORY;
    return ch_ref_note(shelf, &(*term)->subject, CH_E_ATOM, node);
}

static charley_status read_form(ch_bookshelf *shelf, const ch_node *node,
                                ch_term **term)
{
    static const char *const AT_LEAST_KEYS[] = {"at_least", "of", NULL};
    const ch_node *all = ch_node_get(node, "all");
    const ch_node *any = ch_node_get(node, "any");
    const ch_node *negated = ch_node_get(node, "not");
    if (node->n == 1 && all)
        return read_group(shelf, node, CH_OP_ALL, all, term);
    if (node->n == 1 && any)
        return read_group(shelf, node, CH_OP_ANY, any, term);
    if (node->n == 1 && negated)
        return read_not(shelf, node, negated, term);
    if (ch_node_get(node, "number") || ch_node_get(node, "score"))
        return read_comparison(shelf, node, term);
    if (ch_node_get(node, "of"))
        return has_only(shelf, node, AT_LEAST_KEYS) ? read_at_least(shelf, node, term)
                                                    : CHARLEY_OK;
    refuse(shelf, node,
           "an expression is a finding, or {all: [...]}, {any: [...]}, {not: ...}, "
           "{at_least: n, of: [...]}, {number: ...} or {score: ...}");
    return CHARLEY_OK;
}

static charley_status read_term(ch_bookshelf *shelf, const ch_node *node,
                                ch_term **term)
{
    if (node->kind == CH_NODE_SCALAR)
        return read_atom(shelf, node, term);
    if (node->kind == CH_NODE_MAPPING)
        return read_form(shelf, node, term);
    refuse(shelf, node,
           "a list is not an expression; say {all: [...]} or {any: [...]}");
    return CHARLEY_OK;
}

/* Adds the nodes of a subtree as the compiler writes them. */
static void count(const ch_term *term, uint32_t depth, size_count *size)
{
    bool is_range = term->n_bounds == 2;
    size->n += is_range ? 3 : 1;
    if (depth + is_range > size->depth)
        size->depth = depth + is_range;
    for (const ch_term *operand = term->first; operand; operand = operand->next)
        count(operand, depth + 1, size);
}

charley_status ch_expression_read(ch_bookshelf *shelf, const ch_node *node,
                                  ch_term **term)
{
    ch_term *made = NULL;
    CH_TRY(read_term(shelf, node, &made));
    if (!made)
        return CHARLEY_OK;
    size_count size = {0};
    count(made, 1, &size);
    if (size.n > CH_MAX_EXPR_NODES || size.depth > CH_MAX_EXPR_DEPTH) {
        ch_report(&shelf->desk, CH_LINT_EXPRESSION_SIZE, node,
                  "an expression has at most %d parts and %d levels; this one has %u "
                  "and %u",
                  CH_MAX_EXPR_NODES, CH_MAX_EXPR_DEPTH, size.n, size.depth);
        return CHARLEY_OK;
    }
    *term = made;
    return CHARLEY_OK;
}

/* ---- formulas ---- */

static const struct formula_key {
    const char *key;
    ch_formula_op op;
} FORMULA_KEYS[] = {{"add", CH_F_ADD},           {"subtract", CH_F_SUBTRACT},
                    {"multiply", CH_F_MULTIPLY}, {"divide", CH_F_DIVIDE},
                    {"greatest", CH_F_GREATEST}, {"least", CH_F_LEAST},
                    {"power", CH_F_POWER}};

enum { N_FORMULA_KEYS = sizeof FORMULA_KEYS / sizeof *FORMULA_KEYS };

static charley_status read_sum(ch_bookshelf *shelf, const ch_node *node, ch_sum **sum);

static charley_status read_operation(ch_bookshelf *shelf, const ch_node *list,
                                     ch_formula_op op, ch_sum *sum)
{
    sum->op = op;
    if (list->kind != CH_NODE_LIST || list->n != 2) {
        refuse(shelf, list, "an operation has two operands");
        return CHARLEY_OK;
    }
    CH_TRY(read_sum(shelf, list->first, &sum->first));
    if (!sum->first)
        return CHARLEY_OK;
    return read_sum(shelf, list->first->next, &sum->first->next);
}

static charley_status read_sum(ch_bookshelf *shelf, const ch_node *node, ch_sum **sum)
{
    ch_sum *made = CH_NEW(&shelf->pool, ch_sum);
    if (!made)
        return CHARLEY_E_MEMORY;
    made->node = node;
    if (node->kind == CH_NODE_SCALAR) {
        made->op = CH_F_CONSTANT;
        if (ch_scalar_real(shelf, node, "a constant", &made->value))
            *sum = made;
        return CHARLEY_OK;
    }
    const ch_node *number = ch_node_get(node, "number");
    if (node->kind == CH_NODE_MAPPING && node->n == 1 && number) {
        made->op = CH_F_NUMBER;
        *sum = made;
        return ch_scalar_text(shelf, number, "number")
                   ? ch_ref_note(shelf, &made->number, CH_E_FINDING, number)
                   : CHARLEY_OK;
    }
    for (size_t i = 0; node->kind == CH_NODE_MAPPING && i < N_FORMULA_KEYS; i++) {
        const ch_node *operands = ch_node_get(node, FORMULA_KEYS[i].key);
        if (node->n == 1 && operands) {
            *sum = made;
            return read_operation(shelf, operands, FORMULA_KEYS[i].op, made);
        }
    }
    refuse(shelf, node,
           "a formula is a number, {number: ...}, or add, subtract, multiply, divide, "
           "greatest, least or power with two operands");
    return CHARLEY_OK;
}

static uint32_t count_sum(const ch_sum *sum)
{
    uint32_t n = 1;
    for (const ch_sum *operand = sum->first; operand; operand = operand->next)
        n += count_sum(operand);
    return n;
}

charley_status ch_formula_read(ch_bookshelf *shelf, const ch_node *node, ch_sum **sum)
{
    ch_sum *made = NULL;
    CH_TRY(read_sum(shelf, node, &made));
    if (made && count_sum(made) > CH_MAX_EXPR_NODES)
        ch_report(&shelf->desk, CH_LINT_EXPRESSION_SIZE, node,
                  "a formula has at most %d parts", CH_MAX_EXPR_NODES);
    else
        *sum = made;
    return CHARLEY_OK;
}
