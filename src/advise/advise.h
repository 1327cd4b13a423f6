/* advise.h: what to do, what not to do, which test and clinic: for one situation.
 *
 * Advice never decides about safety: it is told which actions are forbidden and why,
 * and only sorts remedies into offered and struck out.
 */
#ifndef CH_ADVISE_ADVISE_H
#define CH_ADVISE_ADVISE_H

#include "kb/facts.h"

/* What is known by the time advice is asked for. */
typedef struct ch_situation {
    const ch_facts *facts;
    charley_urgency urgency;
    const double *probability;      /* [n_conditions] as shown */
    const uint8_t *rule_counts;     /* [n_rules] 1 = fired or raised */
    const uint32_t *action_caution; /* [n_actions] what forbids it, or CH_NONE */
    const uint8_t *is_listed;       /* [n_actions] 1 = to be named by itself */
} ch_situation;

typedef struct ch_remedies {
    charley_remedy *item;
    size_t n;
} ch_remedies;

typedef struct ch_items {
    charley_item *item;
    size_t n;
} ch_items;

/* Remedies of one kind, best first, that fit the situation and are not struck out.
 * Returns false when the arena is full. */
bool ch_advise_offered(const ch_situation *situation, ch_remedy_kind kind,
                       ch_arena *arena, ch_remedies *out);

/* Everything not to do: actions whose danger is suspected (or that are always shown),
 * and remedies that would be offered but for a danger not yet excluded, their own
 * contraindication, or grade X. */
bool ch_advise_struck_out(const ch_situation *situation, ch_arena *arena,
                          ch_remedies *out);

/* Tests and clinics of the rules at the shown urgency, then of the likely conditions.
 */
bool ch_advise_tests(const ch_situation *situation, ch_arena *arena, ch_items *out);
bool ch_advise_clinics(const ch_situation *situation, ch_arena *arena, ch_items *out);

/* Things people read that fit the situation, with our verdict. */
bool ch_advise_claims(const ch_situation *situation, ch_arena *arena, ch_items *out);

typedef struct ch_medicines {
    charley_medicine *item;
    size_t n;
} ch_medicines;

typedef struct ch_interactions {
    charley_interaction *item;
    size_t n;
} ch_interactions;

/* ---- medicines.c ---- */

/* How files and documents spell them. */
charley_text ch_drug_effect_name(uint32_t effect);
charley_text ch_interaction_level_name(uint32_t level);

/* The person's medicines that matter, the gravest first; of a class and a narrower one
 * only the narrower. */
bool ch_advise_medicines(const ch_facts *facts, ch_arena *arena, ch_medicines *out);
/* Medicines of the person that clash, the most pressing first. */
bool ch_advise_interactions(const ch_facts *facts, ch_arena *arena,
                            ch_interactions *out);

/* Source ids of a run in LISTS as an array of texts; NULL when n is 0 or no room. */
const charley_text *ch_source_ids(const charley_kb *kb, ch_run sources,
                                  ch_arena *arena);

#endif
