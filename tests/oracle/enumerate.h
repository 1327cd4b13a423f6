/* enumerate.h: posteriors by adding up every state of the causes, in long double. */
#ifndef CH_ORACLE_ENUMERATE_H
#define CH_ORACLE_ENUMERATE_H

#include "infer/infer.h"

/* For n_causes <= 16. Cost: 2^n_causes * links of the evidence. */
void oracle_enumerate(const ch_net *net, const double *prior,
                      const ch_evidence *evidence, double *posterior,
                      double *log_evidence);

#endif
