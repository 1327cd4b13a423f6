/* interval.c: how sure each probability is (ADR 0005).
 *
 * Every parameter is a Beta, kept as the mean and spread of its log odds. CH_N_DRAWS
 * sets of parameters are drawn from a fixed sequence, the posterior is computed exactly
 * for each, and the 5th and 95th percentiles are the interval. The sequence: for each
 * parameter the draws go through 32 strata of the half normal in an order of its own,
 * each with both signs (antithetic), so that 64 draws cover every margin evenly. No
 * random source is read; equal answers give equal bits.
 */
#include "infer/network.h"

#include <string.h>

#include "base/fail.h"
#include "base/real.h"

enum { N_STRATA = CH_N_DRAWS / 2 };

/* Which list a parameter is from: keeps the sequences of equal indexes apart. */
typedef enum parameter_kind { OF_PRIOR, OF_FACTOR, OF_LINK, OF_LEAK } parameter_kind;

typedef struct draws {
    const ch_network *network;
    const ch_facts *facts;
    const ch_query *query;
    const uint64_t *seed;      /* NULL: the fixed sequence */
    double quantile[N_STRATA]; /* of the half normal, at the middle of each stratum */
    double *prior;             /* all [index][CH_N_LANES] */
    double *strength, *if_present, *if_absent;
    double *leak;
} draws;

/* A finalising hash (splitmix64's): every bit of the result depends on all of x. */
static uint64_t scramble(uint64_t x)
{
    x += UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return x ^ x >> 31;
}

/* Standard normal value of one parameter in one draw. An odd multiplier and an offset
 * permute the strata; one bit a pair picks which draw of the pair is positive. */
static double normal_of(const draws *d, parameter_kind kind, uint32_t index,
                        uint32_t draw)
{
    uint64_t bits = scramble((uint64_t)kind << 32 | index);
    if (d->seed) {
        bits = scramble(scramble(*d->seed ^ bits) + draw);
        return ch_normal_quantile(((double)(bits >> 12) + 0.5) / 4503599627370496.0);
    }
    uint32_t pair = draw / 2;
    uint32_t stratum = (pair * (uint32_t)(bits | 1) + (uint32_t)(bits >> 8)) % N_STRATA;
    bool is_negative = (draw & 1) ^ (bits >> (32 + pair % 32) & 1);
    return is_negative ? -d->quantile[stratum] : d->quantile[stratum];
}

static bool take_draws(draws *d, ch_arena *arena)
{
    const ch_net *net = &d->network->net;
    d->prior = ch_arena_take_raw(arena, net->n_causes, sizeof(double) * CH_N_LANES);
    d->leak = ch_arena_take_raw(arena, net->n_findings, sizeof(double) * CH_N_LANES);
    d->strength = ch_arena_take_raw(arena, net->n_links, sizeof(double) * CH_N_LANES);
    d->if_present = ch_arena_take_raw(arena, net->n_links, sizeof(double) * CH_N_LANES);
    d->if_absent = ch_arena_take_raw(arena, net->n_links, sizeof(double) * CH_N_LANES);
    for (uint32_t i = 0; i < N_STRATA; i++)
        d->quantile[i] = ch_normal_quantile(0.5 + (i + 0.5) / (2.0 * N_STRATA));
    return d->prior && d->leak && d->strength && d->if_present && d->if_absent;
}

static void draw_prior(draws *d, uint32_t condition, uint32_t first_draw)
{
    const charley_kb *kb = d->network->kb;
    const ch_condition *record = &ch_kb_conditions(kb)[condition];
    const ch_prior *prior = ch_prior_of(d->facts, record);
    uint32_t index = (uint32_t)(prior - ch_kb_priors(kb));
    double logit = ch_prior_logit(d->facts, record);
    double drawn[CH_N_LANES];
    for (uint32_t lane = 0; lane < CH_N_LANES; lane++)
        drawn[lane] =
            logit + prior->sd * normal_of(d, OF_PRIOR, index, first_draw + lane);
    for (uint32_t i = 0; i < record->factors.n; i++) {
        uint32_t f = record->factors.first + i;
        const ch_factor *factor = &ch_kb_factors(kb)[f];
        if (factor->sd == 0 || ch_eval(d->facts, factor->when) != CHARLEY_YES)
            continue;
        for (uint32_t lane = 0; lane < CH_N_LANES; lane++)
            drawn[lane] += factor->sd * normal_of(d, OF_FACTOR, f, first_draw + lane);
    }
    for (uint32_t lane = 0; lane < CH_N_LANES; lane++)
        d->prior[condition * CH_N_LANES + lane] = ch_logistic(drawn[lane]);
}

/* A drawn link keeps its nature: one that explains (strength > 0) never turns into one
 * that speaks against, and the other way round; at the border it says nothing. */
static void draw_link(draws *d, uint32_t index, uint32_t first_draw)
{
    const ch_link *link = &ch_kb_links(d->network->kb)[index];
    double least = 1.0 / ch_kb_meta(d->network->kb)->cap_lr;
    for (uint32_t lane = 0; lane < CH_N_LANES; lane++) {
        size_t at = (size_t)index * CH_N_LANES + lane;
        double p = ch_logistic(
            link->logit + link->sd * normal_of(d, OF_LINK, index, first_draw + lane));
        double leak = d->leak[link->atom * CH_N_LANES + lane];
        d->strength[at] = 0;
        d->if_present[at] = d->if_absent[at] = 1;
        if (link->kind == CH_LINK_STRENGTH) {
            d->strength[at] = p < 1 - least ? p : 1 - least;
        } else if (link->strength > 0 && p > leak) {
            d->strength[at] = 1 - (1 - p) / (1 - leak);
        } else if (link->strength == 0 && p < leak) {
            d->if_present[at] = p / leak > least ? p / leak : least;
            d->if_absent[at] = (1 - p) / (1 - leak);
        }
    }
}

static void draw_finding(draws *d, uint32_t a, uint32_t first_draw)
{
    const ch_atom *atom = &ch_kb_atoms(d->network->kb)[a];
    for (uint32_t lane = 0; lane < CH_N_LANES; lane++)
        d->leak[a * CH_N_LANES + lane] =
            ch_logistic(atom->leak_logit +
                        atom->leak_sd * normal_of(d, OF_LEAK, a, first_draw + lane));
    for (uint32_t i = 0; i < atom->links.n; i++)
        draw_link(d, atom->links.first + i, first_draw);
}

static void draw_all(draws *d, uint32_t first_draw)
{
    for (uint32_t c = 0; c < d->network->net.n_causes; c++)
        draw_prior(d, c, first_draw);
    for (uint32_t i = 0; i < d->query->n_present; i++)
        draw_finding(d, d->query->present[i], first_draw);
    for (uint32_t i = 0; i < d->query->n_absent; i++)
        draw_finding(d, d->query->absent[i], first_draw);
}

/* Runs CH_N_LANES draws; sample is [n_conditions][CH_N_DRAWS]. */
static charley_status run_draws(draws *d, uint32_t first_draw, ch_arena *scratch,
                                double *posterior, double *sample, charley_error *error)
{
    const ch_net *net = &d->network->net;
    ch_evidence evidence = {d->query->present, d->query->absent, d->query->n_present,
                            d->query->n_absent};
    ch_draws lanes = {d->prior, d->strength, d->if_present, d->if_absent, d->leak};
    draw_all(d, first_draw);
    CH_TRY(ch_infer_draws(net, &lanes, &evidence, d->query->plan, scratch, posterior,
                          NULL, error));
    for (uint32_t c = 0; c < net->n_causes; c++)
        memcpy(sample + (size_t)c * CH_N_DRAWS + first_draw, posterior + c * CH_N_LANES,
               CH_N_LANES * sizeof *sample);
    return CHARLEY_OK;
}

/* Insertion sort: 64 values, nearly always cheaper than anything clever. */
static void sort(double *values, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++) {
        double value = values[i];
        uint32_t k = i;
        for (; k > 0 && values[k - 1] > value; k--)
            values[k] = values[k - 1];
        values[k] = value;
    }
}

/* The q-quantile of sorted values, linear between neighbours. */
static double quantile_of(const double *sorted, uint32_t n, double q)
{
    double at = q * (n - 1);
    uint32_t i = (uint32_t)at;
    if (i + 1 >= n)
        return sorted[n - 1];
    return sorted[i] + (at - i) * (sorted[i + 1] - sorted[i]);
}

static void apply_floor(const ch_facts *facts, const ch_condition *condition,
                        charley_probability *probability, uint8_t *at_floor)
{
    bool is_excluded = condition->excluded_by != CH_NONE &&
                       facts->value[condition->excluded_by] == CHARLEY_YES;
    *at_floor = !is_excluded && probability->p < condition->floor;
    if (!*at_floor)
        return;
    probability->p = condition->floor;
    if (probability->low > probability->p)
        probability->low = probability->p;
    if (probability->high < probability->p)
        probability->high = probability->p;
}

void ch_query_floors(const ch_facts *facts, const double *posterior,
                     charley_probability *probability, uint8_t *at_floor)
{
    for (uint32_t c = 0; c < ch_kb_n(facts->kb, CH_S_CONDITIONS); c++) {
        probability[c] =
            (charley_probability){posterior[c], posterior[c], posterior[c]};
        apply_floor(facts, &ch_kb_conditions(facts->kb)[c], &probability[c],
                    &at_floor[c]);
    }
}

charley_status ch_query_intervals(const ch_network *network, const ch_facts *facts,
                                  const ch_query *query, ch_arena *scratch,
                                  charley_probability *probability, uint8_t *at_floor,
                                  charley_error *error)
{
    uint32_t n = network->net.n_causes;
    size_t mark = ch_arena_mark(scratch);
    draws d = {.network = network, .facts = facts, .query = query};
    double *mean = CH_TAKE(scratch, n, double);
    double *posterior = CH_TAKE(scratch, n * CH_N_LANES, double);
    double *sample = CH_TAKE(scratch, n * CH_N_DRAWS, double);
    charley_status status = CHARLEY_E_MEMORY;
    if (!mean || !posterior || !sample || !take_draws(&d, scratch))
        goto done;
    status = ch_query_posterior(network, query, scratch, mean, error);
    for (uint32_t draw = 0; status == CHARLEY_OK && draw < CH_N_DRAWS;
         draw += CH_N_LANES)
        status = run_draws(&d, draw, scratch, posterior, sample, error);
    if (status != CHARLEY_OK)
        goto done;
    for (uint32_t c = 0; c < n; c++) {
        double *values = sample + (size_t)c * CH_N_DRAWS;
        sort(values, CH_N_DRAWS);
        double low = quantile_of(values, CH_N_DRAWS, 0.05);
        double high = quantile_of(values, CH_N_DRAWS, 0.95);
        probability[c].p = mean[c];
        probability[c].low = low < mean[c] ? low : mean[c];
        probability[c].high = high > mean[c] ? high : mean[c];
        apply_floor(facts, &ch_kb_conditions(network->kb)[c], &probability[c],
                    &at_floor[c]);
    }
done:
    ch_arena_rewind(scratch, mark);
    if (status == CHARLEY_E_MEMORY)
        return ch_fail(error, status, "the session's memory is too small");
    return status;
}

charley_status ch_query_redraw(const ch_network *network, const ch_facts *facts,
                               const ch_query *query, uint64_t seed, ch_arena *scratch,
                               double *posterior, charley_error *error)
{
    uint32_t n = network->net.n_causes;
    size_t mark = ch_arena_mark(scratch);
    draws d = {.network = network, .facts = facts, .query = query, .seed = &seed};
    double *sample = CH_TAKE(scratch, n * CH_N_DRAWS, double);
    charley_status status = CHARLEY_E_MEMORY;
    if (sample && take_draws(&d, scratch))
        status = run_draws(&d, 0, scratch, posterior, sample, error);
    ch_arena_rewind(scratch, mark);
    if (status == CHARLEY_E_MEMORY)
        return ch_fail(error, status, "the session's memory is too small");
    return status;
}
