/* person.h: draws one simulated person: who they are, what they have, what is true.
 *
 * In order: the context rows of population.yaml; causes, each on its own, from their
 * priors; findings from the noisy-OR of those causes and their leaks; the rows that are
 * drawn after the findings; what is derived from all that. People without a leg
 * complaint, with contradictory facts or outside the population are drawn again.
 *
 * Some priors hang on the story (cramps that come and go make a clot less likely). The
 * story is not known before it is drawn, so it is drawn twice: once from the priors of
 * the context, which says what story it is; then again from the priors that the engine
 * uses for that story, until the same story comes out (at most MOST_RETELLINGS times;
 * a story that rare is kept as first told).
 *
 * Where this differs from what the engine assumes:
 * - a finding without a cause is as common as population.yaml says, where it says so,
 *   not as its leak, which is kept high for the likelihood cap;
 * - findings of a cluster are drawn with one common number, so that the rarer implies
 *   the commoner; the engine lets one of them speak;
 * - a number with derived findings on it (calf difference) is drawn through their
 *   thresholds, also with one number;
 * - other derived findings follow from their parts, though conditions also give
 *   likelihoods for them;
 * - one option of a choice is always true, in proportion to the odds of each;
 * - a finding that speaks against a cause and is explained by another is drawn in
 *   proportion; the engine multiplies both.
 */
#ifndef CH_TRIAL_PERSON_H
#define CH_TRIAL_PERSON_H

#include "infer/network.h"
#include "kb/facts.h"

/* A number that is drawn through a derived finding on it. */
typedef struct ch_rung {
    uint32_t atom, number;
    double threshold;
} ch_rung;

typedef struct ch_person {
    const charley_kb *kb;
    const ch_population *population; /* NULL: everyone */
    uint64_t seed, index;
    uint64_t n_used;      /* random numbers so far */
    ch_facts facts;       /* the whole truth, resolved */
    ch_facts context;     /* what is drawn before the causes */
    ch_facts story;       /* as first told */
    uint8_t *has;         /* [n_conditions] 1 = present */
    double *prior;        /* [n_conditions] log odds the causes were drawn from */
    bool uses_leaks;      /* no background rates: exactly what the engine assumes */
    double *leak;         /* [n_atoms] background rates */
    double *cluster;      /* [n_clusters] */
    double *least, *most; /* [n_numbers] what the rungs say */
    ch_rung *rungs;       /* by number, highest threshold first */
    uint32_t n_rungs;
    uint64_t n_kept;    /* stories kept as first told */
    uint64_t n_refused; /* people drawn again */
} ch_person;

/* Returns false when the arena is full. */
bool ch_person_init(ch_person *person, const charley_kb *kb,
                    const ch_population *population, uint64_t seed, ch_arena *arena);
size_t ch_person_size(const charley_kb *kb);

/* Draws person number `index`.
 * Returns  E_LIMIT when nobody like that is found. */
charley_status ch_person_draw(ch_person *person, uint64_t index, charley_error *error);

/* P(finding yes | the causes present) for an atom with links. */
double ch_person_chance(const ch_person *person, uint32_t atom);

#endif
