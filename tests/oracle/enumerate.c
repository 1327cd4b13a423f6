/* enumerate.c: see enumerate.h. The model as it is defined. */
#include "oracle/enumerate.h"

#include <math.h>

/* P(finding = is_present | causes in `state`), with the link's plain factors. 1 -
 * missed is added up cause by cause: by subtraction, a leak of 1e-12 would lose 12
 * digits. */
static long double finding_factor(const ch_net *net, uint32_t finding, bool is_present,
                                  uint32_t state)
{
    long double explained = net->leak[finding], missed = 1 - explained, factors = 1;
    for (uint32_t k = net->first_link[finding]; k < net->first_link[finding + 1]; k++) {
        if (!(state >> net->cause[k] & 1))
            continue;
        explained += missed * net->strength[k];
        missed *= 1 - (long double)net->strength[k];
        factors *= is_present ? net->if_present[k] : net->if_absent[k];
    }
    return factors * (is_present ? explained : missed);
}

void oracle_enumerate(const ch_net *net, const double *prior,
                      const ch_evidence *evidence, double *posterior,
                      double *log_evidence)
{
    long double total = 0, joint[16] = {0};
    for (uint32_t state = 0; state >> net->n_causes == 0; state++) {
        long double p = 1;
        for (uint32_t c = 0; c < net->n_causes; c++)
            p *= state >> c & 1 ? (long double)prior[c] : 1.0L - prior[c];
        for (uint32_t i = 0; i < evidence->n_present; i++)
            p *= finding_factor(net, evidence->present[i], true, state);
        for (uint32_t i = 0; i < evidence->n_absent; i++)
            p *= finding_factor(net, evidence->absent[i], false, state);
        total += p;
        for (uint32_t c = 0; c < net->n_causes; c++)
            if (state >> c & 1)
                joint[c] += p;
    }
    for (uint32_t c = 0; c < net->n_causes; c++)
        posterior[c] = (double)(joint[c] / total);
    *log_evidence = (double)logl(total);
}
