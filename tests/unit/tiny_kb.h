/* tiny_kb.h: a knowledge image of a few records, made by hand for unit tests.
 *
 * Findings: yes/no a, b, c (atoms 0..2), the choice d with the options x, y (atoms 3,
 * 4), the derived e (atom 5), the number n in cm from 0 to 100, number m the same.
 * Tests put their own expressions, rules, modifiers and cautions into the room left for
 * them. The image is not sealed: it never goes through charley_kb_open.
 */
#ifndef TESTS_UNIT_TINY_KB_H
#define TESTS_UNIT_TINY_KB_H

#include "kb/facts.h"

enum { TINY_ATOMS = 6, TINY_FINDINGS = 7, TINY_NUMBERS = 2, TINY_ROOM = 64 };

typedef struct tiny_kb {
    struct charley_kb kb;
    ch_expr exprs[TINY_ROOM];
    ch_atom atoms[TINY_ATOMS];
    ch_finding findings[TINY_FINDINGS];
    ch_number numbers[TINY_NUMBERS];
    ch_rule rules[TINY_ROOM];
    ch_modifier modifiers[TINY_ROOM];
    ch_caution cautions[TINY_ROOM];
    ch_condition conditions[1];
    ch_score scores[1];
    ch_score_item score_items[TINY_ROOM];
    ch_formula formulas[TINY_ROOM];
    uint32_t lists[TINY_ROOM];
    uint32_t atom_order[TINY_ATOMS];
    uint32_t n_exprs;
} tiny_kb;

/* Fills the findings; no rules, modifiers, cautions or scores yet. */
void tiny_kb_make(tiny_kb *tiny);
void tiny_kb_count(tiny_kb *tiny, ch_section section, uint32_t n);

/* Adds expressions, postfix; each returns the run of the whole expression so far. */
ch_run tiny_atom(tiny_kb *tiny, uint32_t atom);
/* A node over the last `n` expressions added, which must lie one after the other. */
ch_run tiny_node(tiny_kb *tiny, ch_op op, uint32_t n, uint32_t at_least);
ch_run tiny_number(tiny_kb *tiny, ch_comparison comparison, double value);

/* Facts in static memory, cleared. */
ch_facts tiny_facts(const tiny_kb *tiny);

#endif
