/* plain_elimination.c: see plain_elimination.h. Buckets and their order; the arithmetic
 * is in plain_elimination.inc.h. */
#include "oracle/plain_elimination.h"

#include <stdlib.h>
#include <string.h>

__extension__ typedef __float128 quad;

enum { MAX_CAUSES = 64 };

static unsigned count(uint64_t set)
{
    return (unsigned)__builtin_popcountll(set);
}

static uint64_t member(uint32_t cause)
{
    return (uint64_t)1 << cause;
}

/* Pairs of neighbours of `cause` that are not joined yet. */
static unsigned fill_in(const uint64_t *neighbours, uint32_t cause)
{
    unsigned missing = 0;
    for (uint64_t set = neighbours[cause]; set; set &= set - 1) {
        uint32_t other = (uint32_t)__builtin_ctzll(set);
        missing += count(neighbours[cause] & ~neighbours[other] & ~member(other));
    }
    return missing / 2;
}

/* Min-fill order of the causes; bucket[i] is the scope of the i-th, itself included. */
static void min_fill(uint64_t *neighbours, uint32_t n_causes, uint32_t *order,
                     uint64_t *bucket)
{
    uint64_t left = n_causes == 64 ? ~(uint64_t)0 : member(n_causes) - 1;
    for (uint32_t i = 0; i < n_causes; i++) {
        uint32_t best = 0;
        unsigned best_fill = 1u << 30;
        for (uint64_t set = left; set; set &= set - 1) {
            uint32_t c = (uint32_t)__builtin_ctzll(set);
            unsigned fill = fill_in(neighbours, c) * 64 + count(neighbours[c]);
            if (fill < best_fill) {
                best_fill = fill;
                best = c;
            }
        }
        order[i] = best;
        bucket[i] = neighbours[best] | member(best);
        left &= ~member(best);
        for (uint64_t set = neighbours[best]; set; set &= set - 1) {
            uint32_t c = (uint32_t)__builtin_ctzll(set);
            neighbours[c] |= neighbours[best];
            neighbours[c] &= ~member(best) & ~member(c);
        }
    }
}

/* Causes that can explain a finding. */
static uint64_t scope_of(const ch_net *net, uint32_t finding)
{
    uint64_t scope = 0;
    for (uint32_t k = net->first_link[finding]; k < net->first_link[finding + 1]; k++)
        if (net->strength[k] > 0)
            scope |= member(net->cause[k]);
    return scope;
}

/* step[j]: what the j-th variable of `bucket`, when it turns to 1, adds to the index
 * into a table over `scope` (variables ascending, the lowest at bit 0). */
static void index_steps(uint64_t bucket, uint64_t scope, uint32_t *step)
{
    for (; bucket; bucket &= bucket - 1) {
        uint64_t variable = bucket & -bucket;
        *step++ = scope & variable ? 1u << count(scope & (variable - 1)) : 0;
    }
}

/* change[j]: what to add to the index into `scope` when the index into `bucket` goes up
 * by one and its lowest 0 is at bit j. Unsigned, so that it may wrap downwards. */
static void index_changes(uint64_t bucket, uint64_t scope, uint32_t *change)
{
    uint32_t step[MAX_CAUSES], below = 0;
    index_steps(bucket, scope, step);
    for (unsigned j = 0; j < count(bucket); j++) {
        change[j] = step[j] - below;
        below += step[j];
    }
    change[count(bucket)] = 0;
}

#define REAL    double
#define NAME(x) x##_double
#include "oracle/plain_elimination.inc.h"
#undef REAL
#undef NAME

#define REAL    quad
#define NAME(x) x##_quad
#include "oracle/plain_elimination.inc.h"
