/* test_infer.c: exact inference against independent oracles on seeded random networks.
 *
 * Oracles: enumeration of all states in long double (small nets), Quickscore in 128
 * bits (few present findings), bucket elimination with dense factors in 128 bits (any
 * number it can afford): three algorithms, none of them the engine's. */
#include "infer/infer.h"
#include "oracle/enumerate.h"
#include "oracle/plain_elimination.h"
#include "oracle/quickscore.h"
#include "oracle/random_net.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MEMORY = 96 << 20, MAX_N = 64 };

static const double CLOSE = 1e-12; /* relative, against every oracle */

/* Memory shared by all tests. */
typedef struct bench {
    unsigned char *memory;
    ch_arena arena;
} bench;

static int set_up(void **state)
{
    bench *b = calloc(1, sizeof *b);
    b->memory = malloc(MEMORY);
    *state = b;
    return b->memory ? 0 : -1;
}

static int tear_down(void **state)
{
    bench *b = *state;
    free(b->memory);
    free(b);
    return 0;
}

static ch_arena *fresh_arena(void **state)
{
    bench *b = *state;
    ch_arena_init(&b->arena, b->memory, MEMORY);
    return &b->arena;
}

static void assert_close(double got, double wanted, double tolerance)
{
    if (!(fabs(got - wanted) <= tolerance * fabs(wanted)))
        fail_msg("%.17g is not within %g of %.17g", got, tolerance, wanted);
}

static void assert_all_close(const double *got, const double *wanted, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        assert_close(got[i], wanted[i], CLOSE);
}

static ch_plan *plan_for(const ch_net *net, const ch_evidence *evidence,
                         ch_arena *arena)
{
    charley_error error = {0};
    ch_plan *plan = NULL;
    if (ch_plan_make(net, evidence->present, evidence->n_present, CH_MAX_WIDTH, arena,
                     &plan, &error) != CHARLEY_OK)
        fail_msg("%s", error.text);
    return plan;
}

static void run(const random_net *made, const ch_evidence *evidence,
                const ch_plan *plan, ch_arena *arena, double *posterior,
                double *log_evidence)
{
    charley_error error = {0};
    size_t before = ch_arena_mark(arena);
    if (ch_infer_run(&made->net, made->prior, evidence, plan, arena, posterior,
                     log_evidence, &error) != CHARLEY_OK)
        fail_msg("%s", error.text);
    assert_int_equal(ch_arena_mark(arena), before);
}

/* ---- against the oracles ------------------------------------------------------------
 */

static net_shape small_shape(random_state *r, bool with_against)
{
    uint32_t min_parents = random_below(r, 3);
    return (net_shape){
        .n_causes = 1 + random_below(r, 11),
        .n_findings = 1 + random_below(r, 14),
        .min_parents = min_parents,
        .max_parents = min_parents + random_below(r, 5),
        .min_leak = random_below(r, 4) ? 1e-4 : 1e-12,
        .max_leak = 0.3,
        .min_strength = 0,
        .max_strength = 0.999,
        .min_prior = 1e-6,
        .max_prior = 0.7,
        .with_against = with_against,
    };
}

static void small_nets_equal_enumeration(void **state)
{
    random_state r = {1};
    for (int trial = 0; trial < 4000; trial++) {
        net_shape shape = small_shape(&r, trial % 2);
        random_net made = random_net_make(&shape, &r);
        uint32_t n_present = random_below(&r, shape.n_findings + 1);
        uint32_t n_absent = random_below(&r, shape.n_findings - n_present + 1);
        random_evidence e;
        random_evidence_make(&made.net, n_present, n_absent, &r, &e);
        ch_arena *arena = fresh_arena(state);
        ch_plan *plan = plan_for(&made.net, &e.evidence, arena);
        double got[MAX_N], wanted[MAX_N], log_got, log_wanted;
        run(&made, &e.evidence, plan, arena, got, &log_got);
        oracle_enumerate(&made.net, made.prior, &e.evidence, wanted, &log_wanted);
        assert_all_close(got, wanted, shape.n_causes);
        for (uint32_t c = 0; c < shape.n_causes; c++)
            assert_true(got[c] >= 0 && got[c] <= 1);
        assert_true(fabs(log_got - log_wanted) <= 1e-12 * (1 + fabs(log_wanted)));
        random_net_free(&made);
    }
}

static void few_present_equal_quickscore(void **state)
{
    random_state r = {2};
    for (uint32_t n_present = 0; n_present <= 8; n_present++)
        for (int trial = 0; trial < 4; trial++) {
            random_net made = random_net_make(&SHAPE_45_BY_150, &r);
            random_evidence e;
            random_evidence_make(&made.net, n_present, 30, &r, &e);
            ch_arena *arena = fresh_arena(state);
            double got[MAX_N], wanted[MAX_N];
            run(&made, &e.evidence, plan_for(&made.net, &e.evidence, arena), arena, got,
                NULL);
            oracle_quickscore_quad(&made.net, made.prior, &e.evidence, wanted);
            assert_all_close(got, wanted, 45);
            random_net_free(&made);
        }
}

/* Nets whose dense buckets are too wide for the oracle are passed over, and counted. */
static void many_present_equal_elimination(void **state)
{
    random_state r = {3};
    net_shape with_against = SHAPE_45_BY_150;
    with_against.with_against = true;
    int n_compared = 0;
    for (uint32_t n_present = 6; n_present <= 22; n_present++)
        for (int trial = 0; trial < 6; trial++) {
            random_net made =
                random_net_make(trial % 2 ? &with_against : &SHAPE_45_BY_150, &r);
            random_evidence e;
            random_evidence_make(&made.net, n_present, 30, &r, &e);
            ch_arena *arena = fresh_arena(state);
            double got[MAX_N], wanted[MAX_N];
            run(&made, &e.evidence, plan_for(&made.net, &e.evidence, arena), arena, got,
                NULL);
            if (oracle_plain_elimination_quad(&made.net, made.prior, &e.evidence, 17,
                                              wanted)) {
                assert_all_close(got, wanted, 45);
                n_compared++;
            }
            random_net_free(&made);
        }
    print_message("compared %d of 102 nets\n", n_compared);
    assert_true(n_compared >= 80);
}

/* ---- lanes --------------------------------------------------------------------------
 */

enum { MAX_LINKS = 150 * 8, N_DRAWS = CH_N_LANES };

/* Parameters of every lane, and the same as networks of their own. */
typedef struct drawn {
    double prior[MAX_N * N_DRAWS], leak[150 * N_DRAWS];
    double strength[MAX_LINKS * N_DRAWS];
    double if_present[MAX_LINKS * N_DRAWS], if_absent[MAX_LINKS * N_DRAWS];
} drawn;

static void draw_around(const random_net *made, random_state *r, drawn *d)
{
    const ch_net *net = &made->net;
    for (uint32_t lane = 0; lane < N_DRAWS; lane++) {
        for (uint32_t c = 0; c < net->n_causes; c++)
            d->prior[c * N_DRAWS + lane] = made->prior[c] * random_unit(r);
        for (uint32_t f = 0; f < net->n_findings; f++)
            d->leak[f * N_DRAWS + lane] = net->leak[f] * (1 - 0.9 * random_unit(r));
        for (uint32_t k = 0; k < net->n_links; k++) {
            d->strength[k * N_DRAWS + lane] = net->strength[k] * random_unit(r);
            d->if_present[k * N_DRAWS + lane] = net->if_present[k];
            d->if_absent[k * N_DRAWS + lane] = net->if_absent[k];
        }
    }
}

/* The network whose parameters are lane `lane` of the draws; structure is shared. */
static random_net lane_net(const random_net *made, const drawn *d, uint32_t lane)
{
    const ch_net *net = &made->net;
    double *memory =
        calloc(net->n_causes + net->n_findings + net->n_links, sizeof *memory);
    double *prior = memory, *leak = prior + net->n_causes;
    double *strength = leak + net->n_findings;
    for (uint32_t c = 0; c < net->n_causes; c++)
        prior[c] = d->prior[c * N_DRAWS + lane];
    for (uint32_t f = 0; f < net->n_findings; f++)
        leak[f] = d->leak[f * N_DRAWS + lane];
    for (uint32_t k = 0; k < net->n_links; k++)
        strength[k] = d->strength[k * N_DRAWS + lane];
    random_net out = {*net, prior, memory};
    out.net.leak = leak;
    out.net.strength = strength;
    return out;
}

static void draws_equal_single_runs_bit_for_bit(void **state)
{
    random_state r = {4};
    drawn *d = calloc(1, sizeof *d);
    for (uint32_t n_present = 0; n_present <= 20; n_present++) {
        net_shape shape = SHAPE_45_BY_150;
        shape.with_against = n_present % 2;
        random_net made = random_net_make(&shape, &r);
        draw_around(&made, &r, d);
        random_evidence e;
        random_evidence_make(&made.net, n_present, 30, &r, &e);
        ch_arena *arena = fresh_arena(state);
        ch_plan *plan = plan_for(&made.net, &e.evidence, arena);
        ch_draws draws = {d->prior, d->strength, d->if_present, d->if_absent, d->leak};
        double got[MAX_N * N_DRAWS], log_got[N_DRAWS];
        assert_int_equal(ch_infer_draws(&made.net, &draws, &e.evidence, plan, arena,
                                        got, log_got, NULL),
                         CHARLEY_OK);
        for (uint32_t lane = 0; lane < N_DRAWS; lane++) {
            random_net own = lane_net(&made, d, lane);
            double wanted[MAX_N], log_wanted;
            run(&own, &e.evidence, plan, arena, wanted, &log_wanted);
            for (uint32_t c = 0; c < 45; c++)
                assert_memory_equal(&got[c * N_DRAWS + lane], &wanted[c], sizeof *got);
            assert_memory_equal(&log_got[lane], &log_wanted, sizeof log_wanted);
            random_net_free(&own);
        }
        random_net_free(&made);
    }
    free(d);
}

/* The evidence with one more absent finding. */
static void add_absent(const random_evidence *from, uint32_t finding,
                       random_evidence *to)
{
    *to = *from;
    uint32_t at = from->evidence.n_absent;
    for (; at > 0 && to->absent[at - 1] > finding; at--)
        to->absent[at] = to->absent[at - 1];
    to->absent[at] = finding;
    to->evidence = (ch_evidence){to->present, to->absent, from->evidence.n_present,
                                 from->evidence.n_absent + 1};
}

static uint32_t unanswered(const ch_net *net, const ch_evidence *evidence,
                           uint32_t *out)
{
    uint32_t n = 0;
    for (uint32_t f = 0; f < net->n_findings; f++) {
        bool is_answered = false;
        for (uint32_t i = 0; i < evidence->n_present; i++)
            is_answered |= evidence->present[i] == f;
        for (uint32_t i = 0; i < evidence->n_absent; i++)
            is_answered |= evidence->absent[i] == f;
        if (!is_answered)
            out[n++] = f;
    }
    return n;
}

static void sweep_equals_direct_recomputation(void **state)
{
    random_state r = {5};
    static double posterior[150 * 45], p_absent[150];
    /* From no present finding to plans above the limit for lanes. */
    static const uint32_t counts[] = {0, 1, 5, 9, 13, 16, 19, 22};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        net_shape shape = SHAPE_45_BY_150;
        shape.with_against = i % 2;
        random_net made = random_net_make(&shape, &r);
        random_evidence e, with_one;
        random_evidence_make(&made.net, counts[i], 30, &r, &e);
        ch_arena *arena = fresh_arena(state);
        ch_plan *plan = plan_for(&made.net, &e.evidence, arena);
        uint32_t candidate[150];
        uint32_t n = unanswered(&made.net, &e.evidence, candidate);
        assert_int_equal(ch_infer_sweep(&made.net, made.prior, &e.evidence, plan,
                                        candidate, n, arena, p_absent, posterior, NULL),
                         CHARLEY_OK);
        double wanted[MAX_N], log_before, log_after;
        run(&made, &e.evidence, plan, arena, wanted, &log_before);
        for (uint32_t j = 0; j < n; j++) {
            add_absent(&e, candidate[j], &with_one);
            run(&made, &with_one.evidence, plan, arena, wanted, &log_after);
            assert_all_close(&posterior[j * 45], wanted, 45);
            assert_close(p_absent[j], exp(log_after - log_before), 1e-11);
        }
        random_net_free(&made);
    }
}

/* P(c | e) = P(absent | e) P(c | e, absent) + P(present | e) P(c | e, present). */
static void present_follows_by_subtraction(void **state)
{
    random_state r = {6};
    random_net made = random_net_make(&SHAPE_45_BY_150, &r);
    random_evidence e;
    random_evidence_make(&made.net, 6, 10, &r, &e);
    ch_arena *arena = fresh_arena(state);
    ch_plan *plan = plan_for(&made.net, &e.evidence, arena), *longer;
    uint32_t candidate[150], n = unanswered(&made.net, &e.evidence, candidate);
    static double posterior[150 * 45], p_absent[150];
    double now[MAX_N], wanted[MAX_N];
    run(&made, &e.evidence, plan, arena, now, NULL);
    assert_int_equal(ch_infer_sweep(&made.net, made.prior, &e.evidence, plan, candidate,
                                    n, arena, p_absent, posterior, NULL),
                     CHARLEY_OK);
    for (uint32_t j = 0; j < n; j++) {
        size_t mark = ch_arena_mark(arena);
        assert_int_equal(
            ch_plan_extend(&made.net, plan, candidate[j], 0, arena, &longer, NULL),
            CHARLEY_OK);
        uint32_t present[7], at = 0;
        for (; at < 6 && e.present[at] < candidate[j]; at++)
            present[at] = e.present[at];
        present[at] = candidate[j];
        memcpy(&present[at + 1], &e.present[at], (6 - at) * sizeof *present);
        ch_evidence more = {present, e.absent, 7, 10};
        run(&made, &more, longer, arena, wanted, NULL);
        for (uint32_t c = 0; c < 45; c++) {
            double by_subtraction =
                (now[c] - p_absent[j] * posterior[j * 45 + c]) / (1 - p_absent[j]);
            assert_true(fabs(by_subtraction - wanted[c]) < 1e-10);
        }
        ch_arena_rewind(arena, mark);
    }
    random_net_free(&made);
}

/* ---- plans --------------------------------------------------------------------------
 */

/* Whatever the way to a set, posteriors agree; ch_plan_make gives equal bits. */
static void extension_agrees_with_a_fresh_plan(void **state)
{
    random_state r = {7};
    for (int trial = 0; trial < 20; trial++) {
        random_net made = random_net_make(&SHAPE_45_BY_150, &r);
        random_evidence e;
        random_evidence_make(&made.net, 16, 30, &r, &e);
        ch_arena *arena = fresh_arena(state);
        uint32_t order[16];
        for (uint32_t i = 0; i < 16; i++) { /* a random order of arrival */
            uint32_t j = random_below(&r, i + 1);
            order[i] = order[j];
            order[j] = e.present[i];
        }
        ch_evidence none = {NULL, NULL, 0, 0};
        ch_plan *plan = plan_for(&made.net, &none, arena);
        for (uint32_t i = 0; i < 16; i++)
            assert_int_equal(ch_plan_extend(&made.net, plan, order[i], CH_MAX_WIDTH,
                                            arena, &plan, NULL),
                             CHARLEY_OK);
        assert_true(ch_plan_matches(plan, e.present, 16));
        ch_plan *fresh = plan_for(&made.net, &e.evidence, arena);
        ch_plan *again = plan_for(&made.net, &e.evidence, arena);
        assert_true(ch_plan_width(plan) <= ch_plan_width(fresh) + 2);
        double got[MAX_N], wanted[MAX_N], repeated[MAX_N];
        run(&made, &e.evidence, plan, arena, got, NULL);
        run(&made, &e.evidence, fresh, arena, wanted, NULL);
        run(&made, &e.evidence, again, arena, repeated, NULL);
        assert_all_close(got, wanted, 45);
        assert_memory_equal(wanted, repeated, 45 * sizeof *wanted);
        random_net_free(&made);
    }
}

static void plans_match_their_own_set_only(void **state)
{
    random_state r = {8};
    random_net made = random_net_make(&SHAPE_45_BY_150, &r);
    ch_arena *arena = fresh_arena(state);
    const uint32_t set[] = {3, 7, 90}, other[] = {3, 8, 90};
    ch_evidence e = {set, NULL, 3, 0};
    ch_plan *plan = plan_for(&made.net, &e, arena);
    assert_true(ch_plan_matches(plan, set, 3));
    assert_false(ch_plan_matches(plan, set, 2));
    assert_false(ch_plan_matches(plan, other, 3));
    double posterior[MAX_N] = {-1};
    e.present = other;
    assert_int_equal(
        ch_infer_run(&made.net, made.prior, &e, plan, arena, posterior, NULL, NULL),
        CHARLEY_E_MISUSE);
    assert_true(posterior[0] == -1);
    random_net_free(&made);
}

/* ---- limits and misuse --------------------------------------------------------------
 */

static bool would_fit(const ch_net *net, const uint32_t *present, uint32_t n_present,
                      uint32_t max_width, ch_arena *arena)
{
    size_t before = ch_arena_mark(arena);
    ch_plan *plan;
    bool fits = ch_plan_make(net, present, n_present, max_width, arena, &plan, NULL) ==
                CHARLEY_OK;
    ch_arena_rewind(arena, before);
    return fits;
}

static void width_limit_below_at_above(void **state)
{
    random_state r = {9};
    random_net made = random_net_make(&SHAPE_45_BY_150, &r);
    random_evidence e;
    random_evidence_make(&made.net, 15, 0, &r, &e);
    ch_arena *arena = fresh_arena(state);
    uint32_t width = ch_plan_width(plan_for(&made.net, &e.evidence, arena));
    assert_in_range(width, 3, CH_DEFAULT_WIDTH);
    size_t before = ch_arena_mark(arena);
    ch_plan *untouched = (ch_plan *)&made, *plan = untouched;
    charley_error error = {0};
    assert_int_equal(
        ch_plan_make(&made.net, e.present, 15, width - 1, arena, &plan, &error),
        CHARLEY_E_LIMIT);
    assert_int_equal(error.status, CHARLEY_E_LIMIT);
    assert_ptr_equal(plan, untouched);
    assert_int_equal(ch_arena_mark(arena), before);
    assert_false(would_fit(&made.net, e.present, 15, width - 1, arena));
    assert_true(would_fit(&made.net, e.present, 15, width, arena));
    assert_true(would_fit(&made.net, e.present, 15, width + 1, arena));
    assert_true(would_fit(&made.net, e.present, 15, 0, arena));
    assert_int_equal(ch_arena_mark(arena), before);
    assert_int_equal(
        ch_plan_make(&made.net, e.present, 15, CH_MAX_WIDTH + 1, arena, &plan, NULL),
        CHARLEY_E_MISUSE);
    random_net_free(&made);
}

/* Findings 0 .. n-1 in a ring: finding i has causes i and i + 1 modulo n. */
static random_net ring_net(uint32_t n)
{
    random_state r = {10};
    net_shape shape = {.n_causes = n,
                       .n_findings = n,
                       .min_parents = 2,
                       .max_parents = 2,
                       .min_leak = 0.01,
                       .max_leak = 0.1,
                       .min_strength = 0.1,
                       .max_strength = 0.9,
                       .min_prior = 0.01,
                       .max_prior = 0.3};
    random_net made = random_net_make(&shape, &r);
    uint32_t *cause = (uint32_t *)made.net.cause;
    for (uint32_t f = 0; f < n; f++) {
        cause[2 * f] = f + 1 < n ? f : 0;
        cause[2 * f + 1] = f + 1 < n ? f + 1 : f;
    }
    return made;
}

static void core_limit_at_and_above(void **state)
{
    uint32_t present[66];
    for (uint32_t i = 0; i < 66; i++)
        present[i] = i;
    ch_arena *arena = fresh_arena(state);
    random_net at = ring_net(64), above = ring_net(65);
    assert_true(would_fit(&at.net, present, 64, 0, arena));
    assert_false(would_fit(&above.net, present, 65, 0, arena));
    /* One finding less opens the ring: it peels, whatever its size. */
    assert_true(would_fit(&above.net, present, 64, 1, arena));
    random_net_free(&at);
    random_net_free(&above);
}

/* A long ring passes many rescalings; the answer is a product of 2 by 2 matrices. */
static void long_rings_do_not_underflow(void **state)
{
    random_net made = ring_net(64);
    double *leak = (double *)made.net.leak;
    uint32_t present[64];
    for (uint32_t i = 0; i < 64; i++) {
        leak[i] = 1e-12;
        made.prior[i] = 1e-9;
        present[i] = i;
    }
    random_evidence e = {.evidence = {present, NULL, 64, 0}};
    ch_arena *arena = fresh_arena(state);
    double got[MAX_N], wanted[MAX_N], log_got;
    run(&made, &e.evidence, plan_for(&made.net, &e.evidence, arena), arena, got,
        &log_got);
    assert_true(
        oracle_plain_elimination_quad(&made.net, made.prior, &e.evidence, 8, wanted));
    assert_all_close(got, wanted, 64);
    assert_true(log_got < -600 && log_got > -1400);
    random_net_free(&made);
}

static void too_little_memory_leaves_outputs_alone(void **state)
{
    random_state r = {11};
    random_net made = random_net_make(&SHAPE_45_BY_150, &r);
    random_evidence e;
    random_evidence_make(&made.net, 12, 30, &r, &e);
    bench *b = *state;
    ch_arena *arena = fresh_arena(state);
    ch_plan *plan = plan_for(&made.net, &e.evidence, arena);
    assert_true(arena->peak <= ch_plan_size(&made.net, 12));
    double posterior[MAX_N * CH_N_LANES] = {-1}, log_evidence = -7, p_absent = -1;
    static const uint32_t lanes[] = {1, CH_N_LANES};
    for (int i = 0; i < 2; i++) {
        /* The tables only just fit, and miss by one vector. */
        size_t enough = ch_infer_scratch_size(&made.net, plan, lanes[i]);
        unsigned char *block = b->memory + MEMORY / 2;
        ch_arena scratch;
        uint32_t candidate[150];
        unanswered(&made.net, &e.evidence, candidate);
        ch_arena_init(&scratch, block, enough - 3 * 64);
        charley_status status =
            i ? ch_infer_sweep(&made.net, made.prior, &e.evidence, plan, candidate, 1,
                               &scratch, &p_absent, posterior, NULL)
              : ch_infer_run(&made.net, made.prior, &e.evidence, plan, &scratch,
                             posterior, &log_evidence, NULL);
        assert_int_equal(status, CHARLEY_E_MEMORY);
        assert_int_equal(scratch.used, 0);
        assert_true(posterior[0] == -1 && log_evidence == -7 && p_absent == -1);
    }
    for (int i = 0; i < 2; i++) {
        ch_arena scratch;
        uint32_t candidate[150];
        unanswered(&made.net, &e.evidence, candidate);
        ch_arena_init(&scratch, b->memory + MEMORY / 2 + 8,
                      ch_infer_scratch_size(&made.net, plan, lanes[i]));
        assert_int_equal(i ? ch_infer_sweep(&made.net, made.prior, &e.evidence, plan,
                                            candidate, 1, &scratch, &p_absent,
                                            posterior, NULL)
                           : ch_infer_run(&made.net, made.prior, &e.evidence, plan,
                                          &scratch, posterior, &log_evidence, NULL),
                         CHARLEY_OK);
    }
    for (size_t size = 0; size < ch_plan_size(&made.net, 12); size += 512) {
        ch_arena small;
        ch_plan *none = NULL;
        ch_arena_init(&small, b->memory + MEMORY / 2, size);
        charley_status status =
            ch_plan_make(&made.net, e.present, 12, 0, &small, &none, NULL);
        assert_true(status == CHARLEY_OK || (status == CHARLEY_E_MEMORY && !none));
    }
    random_net_free(&made);
}

static void evidence_must_be_ascending_and_apart(void **state)
{
    random_state r = {12};
    random_net made = random_net_make(&SHAPE_45_BY_150, &r);
    ch_arena *arena = fresh_arena(state);
    static const struct {
        uint32_t present[3], absent[3];
        bool plans, runs;
    } rows[] = {
        {{1, 2, 3}, {4, 5, 6}, true, true},     {{1, 2, 3}, {0, 5, 149}, true, true},
        {{2, 1, 3}, {4, 5, 6}, false, false},   {{1, 1, 3}, {4, 5, 6}, false, false},
        {{1, 2, 150}, {4, 5, 6}, false, false}, {{1, 2, 3}, {5, 4, 6}, true, false},
        {{1, 2, 3}, {4, 4, 6}, true, false},    {{1, 2, 3}, {4, 5, 150}, true, false},
        {{1, 2, 3}, {3, 5, 6}, true, false},    {{1, 2, 6}, {3, 5, 6}, true, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ch_plan *plan = NULL;
        charley_status status =
            ch_plan_make(&made.net, rows[i].present, 3, 0, arena, &plan, NULL);
        assert_int_equal(status, rows[i].plans ? CHARLEY_OK : CHARLEY_E_MISUSE);
        if (!rows[i].plans)
            continue;
        ch_evidence e = {rows[i].present, rows[i].absent, 3, 3};
        double posterior[MAX_N];
        status =
            ch_infer_run(&made.net, made.prior, &e, plan, arena, posterior, NULL, NULL);
        assert_int_equal(status, rows[i].runs ? CHARLEY_OK : CHARLEY_E_MISUSE);
    }
    const uint32_t present[] = {1, 2, 3}, candidates[] = {0, 2, 5, 150};
    const bool fits[] = {true, false, false, false};
    const uint32_t absent[] = {5};
    ch_evidence e = {present, absent, 3, 1};
    ch_plan *plan = plan_for(&made.net, &e, arena);
    for (size_t i = 0; i < sizeof fits / sizeof *fits; i++) {
        double posterior[MAX_N], p_absent;
        assert_int_equal(ch_infer_sweep(&made.net, made.prior, &e, plan, &candidates[i],
                                        1, arena, &p_absent, posterior, NULL),
                         fits[i] ? CHARLEY_OK : CHARLEY_E_MISUSE);
    }
    random_net_free(&made);
}

static void a_cause_named_twice_is_refused(void **state)
{
    random_net made = ring_net(4);
    ((uint32_t *)made.net.cause)[5] = made.net.cause[4];
    const uint32_t present[] = {0, 2};
    ch_plan *plan = NULL;
    assert_int_equal(
        ch_plan_make(&made.net, present, 1, 0, fresh_arena(state), &plan, NULL),
        CHARLEY_OK);
    plan = NULL;
    assert_int_equal(
        ch_plan_make(&made.net, present, 2, 0, fresh_arena(state), &plan, NULL),
        CHARLEY_E_DATA);
    assert_null(plan);
    random_net_free(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_nets_equal_enumeration),
        cmocka_unit_test(few_present_equal_quickscore),
        cmocka_unit_test(many_present_equal_elimination),
        cmocka_unit_test(draws_equal_single_runs_bit_for_bit),
        cmocka_unit_test(sweep_equals_direct_recomputation),
        cmocka_unit_test(present_follows_by_subtraction),
        cmocka_unit_test(extension_agrees_with_a_fresh_plan),
        cmocka_unit_test(plans_match_their_own_set_only),
        cmocka_unit_test(width_limit_below_at_above),
        cmocka_unit_test(core_limit_at_and_above),
        cmocka_unit_test(long_rings_do_not_underflow),
        cmocka_unit_test(too_little_memory_leaves_outputs_alone),
        cmocka_unit_test(evidence_must_be_ascending_and_apart),
        cmocka_unit_test(a_cause_named_twice_is_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
