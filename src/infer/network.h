/* network.h: from the knowledge image and one person's facts to a query, and back to
 * probabilities with intervals.
 *
 * The network of infer.h has one finding an atom and one cause a condition, under the
 * same indexes. Dependent findings are declared as clusters; of each cluster only one
 * member enters: the first that is yes by rank, else the first that is no.
 */
#ifndef CH_INFER_NETWORK_H
#define CH_INFER_NETWORK_H

#include "infer/infer.h"
#include "kb/facts.h"

typedef struct ch_network {
    const charley_kb *kb;
    ch_net net;
} ch_network;

/* Lays out the network of an image. Returns false when the arena is full. */
bool ch_network_init(ch_network *network, const charley_kb *kb, ch_arena *arena);

typedef struct ch_query {
    double *prior; /* [n_conditions] */
    uint32_t *present, *absent, *left_out;
    uint32_t n_present, n_absent, n_left_out;
    const ch_plan *plan;
} ch_query;

/* Memory for one query. */
bool ch_query_init(ch_query *query, const charley_kb *kb, ch_arena *arena);

/* Turns facts into a query and plans it. When the plan would be wider than max_width
 * the present findings that say least are left out, one by one, and listed. arena keeps
 * the plan Returns  E_MEMORY. */
charley_status ch_query_make(const ch_network *network, const ch_facts *facts,
                             uint32_t max_width, ch_arena *arena, ch_query *query,
                             charley_error *error);

/* Probability of every condition, without intervals and without floors.
 *   posterior  out, [n_conditions] */
charley_status ch_query_posterior(const ch_network *network, const ch_query *query,
                                  ch_arena *scratch, double *posterior,
                                  charley_error *error);

/* The same with 90 % intervals from CH_N_DRAWS fixed draws of all parameters (ADR
 * 0005), and floors put in (a condition that an objective test has excluded has none).
 *   probability  out, [n_conditions]
 *   at_floor     out, [n_conditions], 1 where the floor is what is shown */
charley_status ch_query_intervals(const ch_network *network, const ch_facts *facts,
                                  const ch_query *query, ch_arena *scratch,
                                  charley_probability *probability, uint8_t *at_floor,
                                  charley_error *error);

/* The same posterior under CH_N_LANES other sets of parameters, drawn afresh from their
 * passports by a seed: a stream of its own, to try the intervals against.
 *   posterior  out, [n_conditions][CH_N_LANES] */
charley_status ch_query_redraw(const ch_network *network, const ch_facts *facts,
                               const ch_query *query, uint64_t seed, ch_arena *scratch,
                               double *posterior, charley_error *error);

/* Probabilities from a posterior without intervals (low = high = p), floors put in. */
void ch_query_floors(const ch_facts *facts, const double *posterior,
                     charley_probability *probability, uint8_t *at_floor);

/* Natural log of the likelihood ratio that one answer alone carries for a condition. */
double ch_link_weight(const charley_kb *kb, const ch_link *link, charley_answer answer);

/* The prior that holds for these facts: the first stratum that is yes, else the base;
 * and its log odds with all context factors that are known. */
const ch_prior *ch_prior_of(const ch_facts *facts, const ch_condition *condition);
double ch_prior_logit(const ch_facts *facts, const ch_condition *condition);

/* Is this atom the one that speaks for its cluster (or in no cluster)? */
bool ch_speaks(const ch_facts *facts, uint32_t atom);

#endif
