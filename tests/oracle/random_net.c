/* random_net.c: see random_net.h. */
#include "oracle/random_net.h"

#include <math.h>
#include <stdlib.h>

const net_shape SHAPE_45_BY_150 = {
    .n_causes = 45,
    .n_findings = 150,
    .min_parents = 3,
    .max_parents = 8,
    .min_leak = 0.001,
    .max_leak = 0.05,
    .min_strength = 0.1,
    .max_strength = 0.9,
    .min_prior = 1e-4,
    .max_prior = 0.2,
};

uint64_t random_bits(random_state *r)
{
    uint64_t z = r->x += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

double random_unit(random_state *r)
{
    return (double)(random_bits(r) >> 11) * 0x1p-53;
}

uint32_t random_below(random_state *r, uint32_t n)
{
    return (uint32_t)((random_bits(r) >> 32) * n >> 32);
}

static double between(random_state *r, double low, double high)
{
    return low + (high - low) * random_unit(r);
}

static double between_logs(random_state *r, double low, double high)
{
    return exp(between(r, log(low), log(high)));
}

/* `wanted` different numbers below n, ascending, by one pass of selection sampling. */
static void choose(random_state *r, uint32_t n, uint32_t wanted, uint32_t *out)
{
    for (uint32_t i = 0; i < n && wanted; i++)
        if (random_below(r, n - i) < wanted) {
            *out++ = i;
            wanted--;
        }
}

static void fill_link(random_state *r, const net_shape *shape, double *strength,
                      double *if_present, double *if_absent)
{
    *strength = between(r, shape->min_strength, shape->max_strength);
    *if_present = *if_absent = 1;
    if (!shape->with_against || random_below(r, 4))
        return;
    if (random_below(r, 2))
        *strength = 0;
    *if_present = between(r, 0.05, 1);
    *if_absent = between(r, 1, 4);
}

random_net random_net_make(const net_shape *shape, random_state *r)
{
    uint32_t max_links = shape->n_findings * shape->max_parents;
    size_t n_doubles = 3 * (size_t)max_links + shape->n_findings + shape->n_causes;
    size_t n_indexes = (size_t)max_links + shape->n_findings + 1;
    double *numbers =
        calloc(1, n_doubles * sizeof(double) + n_indexes * sizeof(uint32_t));
    if (!numbers)
        abort();
    double *strength = numbers, *if_present = strength + max_links;
    double *if_absent = if_present + max_links, *leak = if_absent + max_links;
    double *prior = leak + shape->n_findings;
    uint32_t *first = (uint32_t *)(prior + shape->n_causes);
    uint32_t *cause = first + shape->n_findings + 1;

    uint32_t n_links = 0;
    for (uint32_t f = 0; f < shape->n_findings; f++) {
        first[f] = n_links;
        uint32_t n = shape->min_parents +
                     random_below(r, shape->max_parents - shape->min_parents + 1);
        n = n < shape->n_causes ? n : shape->n_causes;
        choose(r, shape->n_causes, n, cause + n_links);
        for (uint32_t i = 0; i < n; i++, n_links++)
            fill_link(r, shape, &strength[n_links], &if_present[n_links],
                      &if_absent[n_links]);
        leak[f] = between_logs(r, shape->min_leak, shape->max_leak);
    }
    first[shape->n_findings] = n_links;
    for (uint32_t c = 0; c < shape->n_causes; c++)
        prior[c] = between_logs(r, shape->min_prior, shape->max_prior);
    return (random_net){
        .net = {shape->n_causes, shape->n_findings, n_links, first, cause, strength,
                if_present, if_absent, leak},
        .prior = prior,
        .memory = numbers,
    };
}

void random_net_free(random_net *made)
{
    free(made->memory);
    *made = (random_net){0};
}

void random_evidence_make(const ch_net *net, uint32_t n_present, uint32_t n_absent,
                          random_state *r, random_evidence *made)
{
    uint32_t both[512], n = n_present + n_absent, left = n_present;
    choose(r, net->n_findings, n, both);
    uint32_t *present = made->present, *absent = made->absent;
    for (uint32_t i = 0; i < n; i++) {
        if (random_below(r, n - i) < left) {
            *present++ = both[i];
            left--;
        } else {
            *absent++ = both[i];
        }
    }
    made->evidence = (ch_evidence){made->present, made->absent, n_present, n_absent};
}
