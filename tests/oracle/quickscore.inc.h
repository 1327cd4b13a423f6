/* quickscore.inc.h: Quickscore in the number type REAL; included by quickscore.c. */

typedef struct NAME(quickscore) {
    const ch_net *net;
    const ch_evidence *evidence;
    REAL with[CH_MAX_CONDITIONS], without[CH_MAX_CONDITIONS];
    REAL total;
    REAL joint[CH_MAX_CONDITIONS];
} NAME(quickscore);

/* Evidence other than "present through this cause" goes into the weights. */
static void NAME(fold)(NAME(quickscore) * q, const double *prior)
{
    const ch_net *net = q->net;
    for (uint32_t c = 0; c < net->n_causes; c++) {
        q->with[c] = prior[c];
        q->without[c] = (REAL)1 - (REAL)prior[c];
    }
    for (uint32_t i = 0; i < q->evidence->n_absent; i++) {
        uint32_t f = q->evidence->absent[i];
        for (uint32_t k = net->first_link[f]; k < net->first_link[f + 1]; k++)
            q->with[net->cause[k]] *=
                ((REAL)1 - (REAL)net->strength[k]) * (REAL)net->if_absent[k];
    }
    for (uint32_t i = 0; i < q->evidence->n_present; i++) {
        uint32_t f = q->evidence->present[i];
        for (uint32_t k = net->first_link[f]; k < net->first_link[f + 1]; k++)
            q->with[net->cause[k]] *= (REAL)net->if_present[k];
    }
}

/* Adds one subset's term: sign and leaks in `factor`, weights of "present" in `with`.
 */
static void NAME(add_term)(NAME(quickscore) * q, REAL factor, const REAL *with)
{
    REAL term = factor;
    for (uint32_t c = 0; c < q->net->n_causes; c++)
        term *= with[c] + q->without[c];
    q->total += term;
    for (uint32_t c = 0; c < q->net->n_causes; c++)
        q->joint[c] += term * (with[c] / (with[c] + q->without[c]));
}

/* Every subset of the present findings from `at` on: finding `at` out, then in. */
static void NAME(visit)(NAME(quickscore) * q, uint32_t at, REAL factor,
                        const REAL *with)
{
    if (at == q->evidence->n_present) {
        NAME(add_term)(q, factor, with);
        return;
    }
    NAME(visit)(q, at + 1, factor, with);
    const ch_net *net = q->net;
    uint32_t f = q->evidence->present[at];
    REAL reduced[CH_MAX_CONDITIONS];
    for (uint32_t c = 0; c < net->n_causes; c++)
        reduced[c] = with[c];
    for (uint32_t k = net->first_link[f]; k < net->first_link[f + 1]; k++)
        reduced[net->cause[k]] *= (REAL)1 - (REAL)net->strength[k];
    NAME(visit)(q, at + 1, -factor * ((REAL)1 - (REAL)net->leak[f]), reduced);
}

void NAME(oracle_quickscore)(const ch_net *net, const double *prior,
                             const ch_evidence *evidence, double *posterior)
{
    NAME(quickscore) q = {.net = net, .evidence = evidence};
    NAME(fold)(&q, prior);
    NAME(visit)(&q, 0, 1, q.with);
    for (uint32_t c = 0; c < net->n_causes; c++)
        posterior[c] = (double)(q.joint[c] / q.total);
}
