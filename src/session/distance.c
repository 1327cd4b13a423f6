/* distance.c: what is known of a fact, and how near the answers are to what an entry
 * speaks on. For tests of the knowledge; nothing a person is shown depends on it. */
#include "session/session.h"

#include <math.h>

#include "base/limits.h"
#include "base/view.h"

charley_answer charley_session_value(const charley_session *session, charley_text id)
{
    uint32_t atom = ch_kb_find_atom(session->kb, id);
    return atom == CH_NONE ? CHARLEY_UNKNOWN
                           : (charley_answer)session->facts.value[atom];
}

double charley_session_number(const charley_session *session, charley_text id)
{
    uint32_t finding = ch_kb_find_finding(session->kb, id);
    uint32_t number =
        finding == CH_NONE ? CH_NONE : ch_kb_findings(session->kb)[finding].number;
    return number == CH_NONE ? (double)NAN : session->facts.numbers[number];
}

/* ---- distance ---- */

/* More than all facts together: "never". Sums of it stay far from overflow. */
enum { NEVER = 1 << 16 };

/* Parts that would have to turn out otherwise for a yes, and for a no. */
typedef struct cost {
    uint32_t yes, no;
} cost;

static cost cost_of(charley_answer value)
{
    return (cost){value != CHARLEY_YES, value != CHARLEY_NO};
}

static uint32_t capped(uint32_t sum)
{
    return sum < NEVER ? sum : NEVER;
}

/* Sum of the `wanted` smallest of `n` costs, which are put in order. */
static uint32_t cheapest(uint32_t *costs, uint32_t n, uint32_t wanted)
{
    if (wanted > n)
        return NEVER;
    uint32_t sum = 0;
    for (uint32_t k = 0; k < wanted; k++) {
        for (uint32_t i = k + 1; i < n; i++)
            if (costs[i] < costs[k]) {
                uint32_t smaller = costs[i];
                costs[i] = costs[k];
                costs[k] = smaller;
            }
        sum = capped(sum + costs[k]);
    }
    return sum;
}

/* At least `wanted` of n: a yes needs the cheapest of them, a no all but wanted - 1. */
static cost cost_of_branch(const ch_expr *node, const cost *operands)
{
    uint32_t yes[CH_MAX_EXPR_NODES];
    uint32_t no[CH_MAX_EXPR_NODES];
    for (uint32_t i = 0; i < node->n; i++) {
        yes[i] = operands[i].yes;
        no[i] = operands[i].no;
    }
    uint32_t wanted = node->op == CH_OP_ALL   ? node->n
                      : node->op == CH_OP_ANY ? 1
                                              : node->a;
    if (node->op == CH_OP_NOT)
        return (cost){no[0], yes[0]};
    return (cost){cheapest(yes, node->n, wanted),
                  wanted > 0 ? cheapest(no, node->n, node->n + 1 - wanted) : NEVER};
}

static cost cost_of_run(const ch_facts *facts, const cost *atoms, ch_run run)
{
    const ch_expr *nodes = ch_kb_exprs(facts->kb) + run.first;
    cost costs[CH_MAX_EXPR_NODES];
    cost operands[CH_MAX_EXPR_NODES];
    if (run.n == 0)
        return (cost){0, NEVER};
    for (uint32_t i = 0; i < run.n; i++) {
        if (nodes[i].op == CH_OP_ATOM) {
            costs[i] = atoms[nodes[i].a];
            continue;
        }
        if (nodes[i].op >= CH_OP_NUMBER) {
            costs[i] = cost_of(ch_eval(facts, (ch_run){run.first + i, 1}));
            continue;
        }
        uint32_t child = i;
        for (uint32_t k = 0; k < nodes[i].n; k++) {
            child -= k == 0 ? 1 : nodes[child].size;
            operands[k] = costs[child];
        }
        costs[i] = cost_of_branch(&nodes[i], operands);
    }
    return costs[run.n - 1];
}

/* The expression on which an entry speaks; false when there is no such entry, or when
 * it speaks on nothing or always. */
static bool condition_of(const charley_kb *kb, charley_kind kind, charley_text id,
                         ch_run *when)
{
    size_t i;
    uint32_t atom = kind == CHARLEY_FINDING ? ch_kb_find_atom(kb, id) : CH_NONE;
    *when = (ch_run){0, 0};
    if (atom != CH_NONE)
        *when = ch_kb_atoms(kb)[atom].derive;
    else if (charley_kb_find(kb, kind, id, &i, NULL) != CHARLEY_OK)
        return false;
    else if (kind == CHARLEY_RULE)
        *when = ch_kb_rules(kb)[i].when;
    else if (kind == CHARLEY_CAUTION)
        *when = ch_kb_cautions(kb)[i].when;
    else if (kind == CHARLEY_MODIFIER)
        *when = ch_kb_modifiers(kb)[i].when;
    else if (kind == CHARLEY_CONFLICT)
        *when = ch_kb_conflicts(kb)[i].when;
    else if (kind == CHARLEY_REMEDY)
        *when = ch_kb_remedies(kb)[i].when;
    else if (kind == CHARLEY_CLAIM)
        *when = ch_kb_claims(kb)[i].when;
    return when->n > 0;
}

size_t charley_session_distance(const charley_session *session, charley_kind kind,
                                charley_text id)
{
    const charley_kb *kb = session->kb;
    const uint32_t *order = ch_kb_atom_order(kb);
    cost atoms[CH_MAX_ATOMS];
    ch_run when;
    if (!condition_of(kb, kind, id, &when))
        return SIZE_MAX;
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_ATOMS); i++) {
        ch_run derive = ch_kb_atoms(kb)[order[i]].derive;
        atoms[order[i]] = derive.n
                              ? cost_of_run(&session->facts, atoms, derive)
                              : cost_of((charley_answer)session->facts.value[order[i]]);
    }
    uint32_t distance = cost_of_run(&session->facts, atoms, when).yes;
    return distance < NEVER ? distance : SIZE_MAX;
}
