/* quickscore.h: Heckerman's Quickscore (UAI 1989), the classic way to a noisy-OR
 * posterior: a signed sum over all subsets of the present findings.
 *
 * It cancels: about -log10 P(evidence) digits are lost. In 128 bits it is an oracle up
 * to some eight findings; in doubles it serves as the peer that the bench compares. */
#ifndef CH_ORACLE_QUICKSCORE_H
#define CH_ORACLE_QUICKSCORE_H

#include "infer/infer.h"

/* All posteriors. Cost: 2^n_present * n_causes. */
void oracle_quickscore_quad(const ch_net *net, const double *prior,
                            const ch_evidence *evidence, double *posterior);
void oracle_quickscore_double(const ch_net *net, const double *prior,
                              const ch_evidence *evidence, double *posterior);

#endif
