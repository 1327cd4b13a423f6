/* facts.h: one person's answers laid over the knowledge, and three-valued expressions.
 *
 * Given answers are kept apart from resolved values. Resolving fills in what follows:
 * a derived finding from its expression; "no" for an unanswered finding whose `not_if`
 * is yes (a man is not pregnant). Unknown and not asked are one and the same.
 */
#ifndef CH_KB_FACTS_H
#define CH_KB_FACTS_H

#include "base/arena.h"
#include "kb/kb.h"

typedef struct ch_facts {
    const charley_kb *kb;
    uint8_t *given;  /* [n_atoms] charley_answer as answered */
    uint8_t *value;  /* [n_atoms] charley_answer as resolved */
    double *numbers; /* [n_numbers] in the finding's own unit; NaN = unknown */
    uint32_t region; /* REGIONS index of where the person is, or CH_NONE */
} ch_facts;

/* Facts with no answers. Returns false when the arena is full. */
bool ch_facts_init(ch_facts *facts, const charley_kb *kb, ch_arena *arena);
void ch_facts_clear(ch_facts *facts);
/* Copies the given answers and numbers (of the same kb) and the resolved values. */
void ch_facts_copy(ch_facts *to, const ch_facts *from);

/* Answers one atom; for an option, yes says no to its sisters and taking a yes back
 * forgets what it said about them. */
void ch_facts_set(ch_facts *facts, uint32_t atom, charley_answer answer);

/* Recomputes `value`. Cost: one pass over atoms and their expressions. */
void ch_facts_resolve(ch_facts *facts);

/* The resolved facts as they would be if no red flag had been answered yes: what
 * probabilities may look at when they speak about urgency (SAFETY.md). */
void ch_facts_without_red_flags(ch_facts *to, const ch_facts *from);

/* First contradiction among the answers: a finding answered yes that cannot be, two
 * options of one choice, or an entry of conflicts.yaml. Needs resolved facts.
 * Returns E_CONFLICT with the sentence of the conflict, or OK. */
charley_status ch_facts_check(const ch_facts *facts, charley_error *error);

/* WORDS index `word` as it is said where the person is; empty for CH_NONE. */
charley_text ch_facts_word(const ch_facts *facts, uint32_t word);

/* Value of an expression; the empty run is yes. Cost: linear in its nodes. */
charley_answer ch_eval(const ch_facts *facts, ch_run expr);

/* Has the objective test of a condition (`excluded_by`) come back clean? */
bool ch_is_excluded(const ch_facts *facts, uint32_t condition);

typedef struct ch_score_value {
    bool applies;  /* false: switched off for this person */
    bool complete; /* no item that counts is unknown */
    double low, high;
} ch_score_value;

/* Value of a score; an item that only a clinician can answer and that
 * lowers the score counts only when it is answered.
 * An item by number adds the number; a ladder has the value of its first rung that is
 * yes. While these hang on what is unknown, low and high say the span.
 * A formula is rounded to the score's decimals. One with an unknown number (or a
 * division by zero, or a power that does not exist) is not complete, with low =
 * -infinity and high = infinity. */
ch_score_value ch_score_eval(const ch_facts *facts, uint32_t score);

/* Marks every unanswered atom and number that can still change the value of an unknown
 * expression; known parts are passed over, derived findings are traced to their roots.
 *   atoms    [n_atoms], numbers [n_numbers]: set to 1 where open, else untouched */
void ch_open_inputs(const ch_facts *facts, ch_run expr, uint8_t *atoms,
                    uint8_t *numbers);

#endif
