/* expression_json.c: see expression_json.h. */
#include "session/expression_json.h"

#include "session/put.h"

static const char *const COMPARISON[] = {"at_least", "above", "at_most", "below"};
static const char *const TWO_NUMBERS[] = {"at_least_number", "above_number",
                                          "at_most_number", "below_number"};

static charley_text number_id(const charley_kb *kb, uint32_t number)
{
    const ch_number *record = &ch_kb_numbers(kb)[number];
    return ch_kb_string(kb, ch_kb_findings(kb)[record->finding].id);
}

static void put_bound(ch_json_writer *out, const ch_expr *node)
{
    ch_json_put_name(out, ch_view(COMPARISON[node->comparison]));
    ch_json_put_number(out, node->value);
}

/* The root of operand `which` (0 = the first) of the node at `root`. */
static uint32_t operand_root(const ch_expr *nodes, uint32_t root, uint32_t which)
{
    uint32_t operand = root - 1;
    for (uint32_t last = nodes[root].n - 1u; last > which; last--)
        operand -= nodes[operand].size;
    return operand;
}

/* Depth is bounded by the compiler's limit on nesting. */
static void put_node(ch_json_writer *out, const charley_kb *kb, uint32_t root)
{
    const ch_expr *nodes = ch_kb_exprs(kb);
    const ch_expr *node = &nodes[root];
    if (node->op == CH_OP_ATOM) {
        ch_json_put_string(out, ch_kb_string(kb, ch_kb_atoms(kb)[node->a].id));
        return;
    }
    ch_json_put_object(out);
    switch ((ch_op)node->op) {
    case CH_OP_NUMBER:
        ch_put_text(out, "number", number_id(kb, node->a));
        put_bound(out, node);
        ch_put_text(out, "unit", ch_kb_string(kb, ch_kb_numbers(kb)[node->a].unit));
        break;
    case CH_OP_TWO_NUMBERS:
        ch_put_text(out, "number", number_id(kb, node->a));
        ch_put_text(out, TWO_NUMBERS[node->comparison], number_id(kb, node->b));
        break;
    case CH_OP_SCORE:
        ch_put_text(out, "score", ch_kb_string(kb, ch_kb_scores(kb)[node->a].id));
        put_bound(out, node);
        break;
    case CH_OP_NOT:
        ch_json_put_name(out, CHARLEY_TEXT("not"));
        put_node(out, kb, root - 1);
        break;
    case CH_OP_AT_LEAST:
        ch_json_put_name(out, CHARLEY_TEXT("at_least"));
        ch_json_put_integer(out, node->a);
        ch_json_put_name(out, CHARLEY_TEXT("of"));
        break;
    case CH_OP_ATOM:
    case CH_OP_ALL:
    case CH_OP_ANY:
        ch_json_put_name(out, ch_view(node->op == CH_OP_ALL ? "all" : "any"));
        break;
    }
    if (node->op == CH_OP_ALL || node->op == CH_OP_ANY || node->op == CH_OP_AT_LEAST) {
        ch_json_put_array(out);
        for (uint32_t i = 0; i < node->n; i++)
            put_node(out, kb, operand_root(nodes, root, i));
        ch_json_put_end(out);
    }
    ch_json_put_end(out);
}

void ch_put_expression_json(ch_json_writer *out, const charley_kb *kb, ch_run expr)
{
    if (expr.n) {
        put_node(out, kb, expr.first + expr.n - 1);
        return;
    }
    ch_json_put_object(out);
    ch_put_array(out, "all");
    ch_json_put_end(out);
    ch_json_put_end(out);
}
