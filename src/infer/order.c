/* order.c: the order in which the core's causes are eliminated.
 *
 * The cost of a step doubles with every open finding, so the order is worth a search.
 * One greedy walk picks, again and again, the finding that can be closed by opening the
 * fewest new ones, then the causes it needs. Further walks break ties (and now and then
 * prefer the second best) by a fixed sequence of numbers, and stop as soon as they cost
 * more than the best walk so far. The number of walks is scaled to what the inference
 * will cost, so that planning never outweighs it by much.
 */
#include "infer/lanes.h"
#include "infer/plan.h"

#include <string.h>

enum {
    MAX_WALKS = 48,
    CELLS_PER_CAUSE = 300, /* one walk takes as long as this many cells, a cause */
    STEP_CELLS = 32,       /* fixed cost of a step, in cells */
    NEW_FINDING = 1024, /* weight of one more open finding in the choice of the next */
    CAUSE_LEFT = 16,    /* the same of one more cause to eliminate */
    NOISE = 256,        /* unit of what a loose walk adds at most to such a weight */
    MAX_LOOSENESS = 8
};

typedef struct walk {
    uint64_t open;    /* findings touched and not yet closed */
    uint64_t touched; /* findings open or closed */
    uint64_t last;    /* findings with one cause left */
    uint64_t cost;    /* cells visited so far */
    uint32_t n_done;
    uint16_t order[CH_MAX_CONDITIONS]; /* [n_done] */
    bool is_done[CH_MAX_CONDITIONS];
    uint16_t n_left[CH_MAX_CORE]; /* causes of each finding not yet done */
} walk;

CH_INLINE unsigned count_bits(uint64_t set)
{
    set -= (set >> 1) & UINT64_C(0x5555555555555555);
    set = (set & UINT64_C(0x3333333333333333)) +
          ((set >> 2) & UINT64_C(0x3333333333333333));
    set = (set + (set >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    return (unsigned)((set * UINT64_C(0x0101010101010101)) >> 56);
}

/* Position of the lowest member of a set that is not empty. */
static unsigned lowest(uint64_t set)
{
    return (unsigned)__builtin_ctzll(set);
}

static void walk_begin(walk *w, const ch_core *core)
{
    w->open = w->touched = w->last = w->cost = 0;
    w->n_done = 0;
    memset(w->is_done, 0, core->n_causes * sizeof *w->is_done);
    for (uint32_t f = 0; f < core->n_findings; f++)
        w->n_left[f] = (uint16_t)(core->first_cause[f + 1] - core->first_cause[f]);
}

/* Eliminates one cause and counts the cells that its step visits. */
static void take(walk *w, const ch_core *core, uint16_t cause)
{
    w->is_done[cause] = true;
    w->order[w->n_done++] = cause;
    uint64_t findings = core->findings[cause], closing = findings & w->last;
    for (uint64_t set = findings; set; set &= set - 1) {
        unsigned f = lowest(set);
        w->n_left[f]--;
        w->last |= (uint64_t)(w->n_left[f] == 1) << f;
    }
    uint64_t between = w->open & ~closing;
    w->cost += ((uint64_t)1 << count_bits(w->open)) + STEP_CELLS +
               ((uint64_t)count_bits(findings & between) << count_bits(between));
    w->touched |= findings;
    w->last &= ~closing;
    w->open = (w->open | findings) & ~closing;
    w->cost += (uint64_t)1 << count_bits(w->open);
}

/* Cost of a whole given order, or `limit` when it is not below it. */
static uint64_t replay(walk *w, const ch_core *core, const uint16_t *order,
                       uint64_t limit)
{
    walk_begin(w, core);
    for (uint32_t i = 0; i < core->n_causes && w->cost < limit; i++)
        take(w, core, order[i]);
    return w->cost < limit ? w->cost : limit;
}

/* A number below `limit` (at most 2^16) that looks random, from a seed and an index. */
CH_INLINE uint32_t noise(uint32_t seed, uint32_t index, uint32_t limit)
{
    uint32_t x = seed + index * UINT32_C(0x9E3779B9);
    x = (x ^ (x >> 15)) * UINT32_C(0x85EBCA6B);
    x ^= x >> 13;
    return (x >> 16) * limit >> 16;
}

/* The finding to close next: the one whose causes open the fewest new findings. Causes
 * already done need no exception, as their findings are touched. */
CH_INLINE unsigned pick_finding(const walk *w, const ch_core *core, uint32_t seed,
                                uint32_t looseness)
{
    uint32_t best = UINT32_MAX;
    for (uint32_t f = 0; f < core->n_findings; f++) {
        uint32_t weight = count_bits(core->needs[f] & ~w->touched) * NEW_FINDING +
                          (uint32_t)w->n_left[f] * CAUSE_LEFT +
                          noise(seed, f, looseness * NOISE);
        uint32_t key = weight * CH_MAX_CORE + f;
        key = w->n_left[f] ? key : UINT32_MAX;
        best = key < best ? key : best;
    }
    return best % CH_MAX_CORE;
}

/* Among the causes of `finding`, the one that widens the table least. */
static uint16_t pick_cause(const walk *w, const ch_core *core, unsigned finding)
{
    uint16_t best = 0;
    int least = CH_MAX_CORE + 1;
    for (uint32_t i = core->first_cause[finding]; i < core->first_cause[finding + 1];
         i++) {
        uint16_t cause = core->causes[i];
        uint64_t findings = core->findings[cause];
        int wider = (int)count_bits(findings & ~w->touched) -
                    (int)count_bits(findings & w->last);
        if (!w->is_done[cause] && wider < least) {
            least = wider;
            best = cause;
        }
    }
    return best;
}

/* One greedy walk, given up at `limit` cells. */
CH_WIDEST static uint64_t stroll(walk *w, const ch_core *core, uint32_t seed,
                                 uint32_t looseness, uint64_t limit)
{
    walk_begin(w, core);
    while (w->n_done < core->n_causes) {
        unsigned finding = pick_finding(w, core, seed++, looseness);
        while (w->n_left[finding]) {
            take(w, core, pick_cause(w, core, finding));
            if (w->cost >= limit)
                return limit;
        }
    }
    return w->cost;
}

void ch_order_search(const ch_core *core, const uint16_t *known, uint16_t *order)
{
    walk w;
    uint64_t best = stroll(&w, core, 0, 0, UINT64_MAX);
    memcpy(order, w.order, core->n_causes * sizeof *order);
    if (known) {
        uint64_t cost = replay(&w, core, known, best);
        if (cost < best) {
            memcpy(order, known, core->n_causes * sizeof *order);
            best = cost;
        }
    }
    uint64_t walk_cost = (uint64_t)core->n_causes * CELLS_PER_CAUSE;
    for (uint32_t i = 1; i < MAX_WALKS && i * walk_cost < best; i++) {
        uint32_t looseness = 1 + i % MAX_LOOSENESS;
        uint64_t cost = stroll(&w, core, i << 8, looseness, best);
        if (cost < best) {
            memcpy(order, w.order, core->n_causes * sizeof *order);
            best = cost;
        }
    }
}
