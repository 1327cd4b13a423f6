/* plain_elimination.h: exact posteriors the textbook way, with another algorithm than
 * the engine's: bucket elimination over the causes with dense factors.
 *
 * Negative findings are folded into the priors and findings that are not evidence are
 * left out, as any good user of a general package would do; every present finding
 * becomes a dense factor over its causes. Causes are eliminated in min-fill order, and
 * a second pass over the buckets (as in a junction tree) gives all posteriors. Nothing
 * is subtracted, so the 128-bit version is an oracle for any number of present findings
 * that it can afford; the double version is the peer that the bench compares.
 */
#ifndef CH_ORACLE_PLAIN_ELIMINATION_H
#define CH_ORACLE_PLAIN_ELIMINATION_H

#include "infer/infer.h"

/* Returns false, and writes nothing, when a bucket would have more than max_width
 * causes. */
bool oracle_plain_elimination_quad(const ch_net *net, const double *prior,
                                   const ch_evidence *evidence, uint32_t max_width,
                                   double *posterior);
bool oracle_plain_elimination_double(const ch_net *net, const double *prior,
                                     const ch_evidence *evidence, uint32_t max_width,
                                     double *posterior);

#endif
