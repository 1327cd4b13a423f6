/* infer.c: posteriors along a plan, one at a time and eight side by side. See infer.h
 * for the model, plan.h for the plan, passes.h for the arithmetic. */
#include "infer/infer.h"

#include "base/fail.h"
#include "base/real.h"
#include "infer/plan.h"
#include "infer/table.h"

#include <string.h>

enum {
    MANTISSA_BITS = 52,
    EXPONENT_BIAS = 1023,
    FACTORS_A_BATCH = 8, /* multiplied before the exponent is taken out: each is above
                           1e-16, so no product of eight is subnormal */
    /* Wider tables in eight lanes would leave the second-level cache; one candidate
     * at a time is then as fast and needs an eighth of the memory. */
    MAX_CELLS_IN_LANES = 8192
};
static const int64_t MANTISSA_MASK = INT64_C(0x000FFFFFFFFFFFFF);
static const int64_t ONE_BITS = INT64_C(0x3FF0000000000000);
static const double LN2 = 0.693147180559945309417;

/* Of a positive normal number. */
static int64_t exponent_of(double x)
{
    int64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return (bits >> MANTISSA_BITS) - EXPONENT_BIAS;
}

/* 2^k; below and above what a normal number can hold, the nearest that it can. */
static double power_of_two(int64_t k)
{
    k = k < 1 - EXPONENT_BIAS ? 1 - EXPONENT_BIAS
        : k > EXPONENT_BIAS   ? EXPONENT_BIAS
                              : k;
    int64_t bits = (k + EXPONENT_BIAS) << MANTISSA_BITS;
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

#define REAL       double
#define BITS       int64_t
#define NAME(x)    x##_plain
#define LOAD(p, i) ((p)[(size_t)(i)*f->apart])
#ifdef CH_ONE_CELL
#define INNER        0
#define TO_VECTOR(x) (x)
#else
#define INNER        CH_INNER_BITS
#define TO_VECTOR(x) CH_SPREAD(x)
#endif
#include "infer/passes.h"

#ifndef CH_ONE_CELL
#undef REAL
#undef BITS
#undef NAME
#undef LOAD
#undef INNER
#undef TO_VECTOR
#define REAL         ch_lanes
#define BITS         ch_lanes_bits
#define NAME(x)      x##_lanes
#define LOAD(p, i)   (*(const ch_lanes_loose *)((p) + (size_t)(i)*CH_N_LANES))
#define INNER        0
#define TO_VECTOR(x) (x)
#include "infer/passes.h"
#endif

/* ---- checks and memory ----------------------------------------------------------- */

static bool is_ascending(const uint32_t *list, uint32_t n, uint32_t limit)
{
    for (uint32_t i = 1; i < n; i++)
        if (list[i] <= list[i - 1])
            return false;
    return !n || list[n - 1] < limit;
}

static bool is_in(const uint32_t *list, uint32_t n, uint32_t wanted)
{
    uint32_t low = 0;
    while (n) {
        uint32_t half = n / 2;
        if (list[low + half] < wanted) {
            low += half + 1;
            n -= half + 1;
        } else {
            n = half;
            if (list[low + n] == wanted)
                return true;
        }
    }
    return false;
}

static charley_status check(const ch_net *net, const ch_evidence *evidence,
                            const ch_plan *plan, charley_error *error)
{
    if (!ch_plan_matches(plan, evidence->present, evidence->n_present))
        return ch_fail(error, CHARLEY_E_MISUSE,
                       "the plan was made for another set of present findings");
    if (!is_ascending(evidence->absent, evidence->n_absent, net->n_findings))
        return ch_fail(error, CHARLEY_E_MISUSE,
                       "absent findings must be ascending and in range");
    for (uint32_t i = 0; i < evidence->n_present; i++)
        if (is_in(evidence->absent, evidence->n_absent, evidence->present[i]))
            return ch_fail(error, CHARLEY_E_MISUSE,
                           "finding %u is both present and absent",
                           (unsigned)evidence->present[i]);
    return CHARLEY_OK;
}

static charley_status no_memory(charley_error *error)
{
    return ch_fail(error, CHARLEY_E_MEMORY, "no room for the inference tables");
}

/* What fold sets of a frame, but for the strengths, is one block of so many numbers. */
static size_t n_folded(const ch_plan *plan, size_t n_causes)
{
    const size_t whole = CH_N_LANES - 1;
    return 2 *
           (((n_causes + 1 + whole) & ~whole) + ((plan->n_present + whole) & ~whole));
}

#ifdef CH_ONE_CELL
static size_t n_in_lanes(const ch_net *net, const ch_plan *plan)
{
    (void)net;
    (void)plan;
    return 0;
}
#else
static size_t n_in_lanes(const ch_net *net, const ch_plan *plan)
{
    frame_lanes f;
    return lay_out_lanes(&f, plan, net->n_causes, NULL);
}

static bool take_lanes(frame_lanes *f, const ch_net *net, const ch_plan *plan,
                       ch_arena *scratch)
{
    size_t n = lay_out_lanes(f, plan, net->n_causes, NULL);
    ch_lanes *memory = ch_arena_take_raw(scratch, n, sizeof *memory);
    if (memory)
        lay_out_lanes(f, plan, net->n_causes, memory);
    return memory;
}
#endif

size_t ch_infer_scratch_size(const ch_net *net, const ch_plan *plan, uint32_t n_lanes)
{
    frame_plain f;
    size_t n = lay_out_plain(&f, plan, net->n_causes, NULL);
    if (n_lanes > 1) /* the sweep also needs the plain frame, and its evidence twice */
        n += n_folded(plan, net->n_causes) + n_in_lanes(net, plan) * CH_N_LANES;
    return n * sizeof(double) + 2 * sizeof(ch_lanes); /* alignment of the block */
}

static bool take_plain(frame_plain *f, const ch_net *net, const ch_plan *plan,
                       ch_arena *scratch)
{
    size_t n = lay_out_plain(f, plan, net->n_causes, NULL);
    double *memory = ch_arena_take_raw(scratch, n, sizeof *memory);
    if (memory)
        lay_out_plain(f, plan, net->n_causes, memory);
    return memory;
}

/* ---- one posterior ------------------------------------------------------------------
 */

static ch_draws own_parameters(const ch_net *net, const double *prior)
{
    return (ch_draws){prior, net->strength, net->if_present, net->if_absent, net->leak};
}

static void run_plain(frame_plain *f, const ch_net *net, const ch_draws *given,
                      const ch_evidence *evidence)
{
    fold_plain(f, net, given, evidence);
    normalise_plain(f);
    run_backward_plain(f, run_forward_plain(f));
}

charley_status ch_infer_run(const ch_net *net, const double *prior,
                            const ch_evidence *evidence, const ch_plan *plan,
                            ch_arena *scratch, double *posterior, double *log_evidence,
                            charley_error *error)
{
    CH_TRY(check(net, evidence, plan, error));
    size_t mark = ch_arena_mark(scratch);
    frame_plain f;
    if (!take_plain(&f, net, plan, scratch))
        return no_memory(error);
    ch_draws given = own_parameters(net, prior);
    run_plain(&f, net, &given, evidence);
    memcpy(posterior, f.posterior, f.n_causes * sizeof *posterior);
    if (log_evidence)
        *log_evidence = ch_log(f.mantissa) + (double)f.exponent * LN2;
    ch_arena_rewind(scratch, mark);
    return CHARLEY_OK;
}

/* ---- what if ---------------------------------------------------------------- */

/* One sweep: the question, the evidence folded in, and P(evidence) to divide by. */
typedef struct sweep {
    const ch_net *net;
    const double *folded; /* [n_folded] */
    double folded_mantissa;
    int64_t folded_exponent;
    const uint32_t *candidate;
    uint32_t n_candidates;
    double mantissa;
    int64_t exponent;
    double *p_absent;
    double *posterior;
} sweep;

/* P(candidate absent | evidence) from P(evidence, candidate absent). */
static double divide(const sweep *w, double mantissa, int64_t exponent)
{
    return mantissa / w->mantissa * power_of_two(exponent - w->exponent);
}

/* What candidate absent multiplies the weight of "present" by, at one of its links. */
static double absent_factor(const ch_net *net, uint32_t link)
{
    return (1.0 - net->strength[link]) * net->if_absent[link];
}

/* The evidence as it was folded into the frame: a run uses its weights up. */
static void restore(frame_plain *f, const sweep *w)
{
    memcpy(f->with, w->folded, n_folded(f->plan, f->n_causes) * sizeof *f->with);
    f->mantissa = w->folded_mantissa;
    f->exponent = w->folded_exponent;
}

static void sweep_one(const sweep *w, frame_plain *f, uint32_t at)
{
    const ch_net *net = w->net;
    uint32_t finding = w->candidate[at], end = net->first_link[finding + 1];
    restore(f, w);
    for (uint32_t k = net->first_link[finding]; k < end; k++)
        f->with[net->cause[k]] *= absent_factor(net, k);
    double missed = 1.0 - net->leak[finding];
    multiply_plain(f, &missed);
    normalise_plain(f);
    run_backward_plain(f, run_forward_plain(f));
    memcpy(w->posterior + (size_t)at * f->n_causes, f->posterior,
           f->n_causes * sizeof *f->posterior);
    w->p_absent[at] = divide(w, f->mantissa, f->exponent);
}

#ifndef CH_ONE_CELL
/* The plain frame's folded evidence into every lane. Strengths stay over all groups. */
CH_WIDEST static void spread_evidence(frame_lanes *f, const frame_plain *base)
{
    f->mantissa = CH_SPREAD(base->mantissa);
    f->exponent = (ch_lanes_bits){0} + base->exponent;
    for (size_t c = 0; c < f->n_causes; c++) {
        f->with[c] = CH_SPREAD(base->with[c]);
        f->without[c] = CH_SPREAD(base->without[c]);
    }
    for (uint32_t i = 0; i < f->plan->n_present; i++) {
        f->explained[i] = CH_SPREAD(base->explained[i]);
        f->unexplained[i] = CH_SPREAD(base->unexplained[i]);
    }
}

static void spread_strengths(frame_lanes *f, const frame_plain *base)
{
    for (uint32_t i = 0; i <= f->plan->n_arcs; i++)
        f->strength[i] = CH_SPREAD(base->strength[i]);
}

/* The same bits: candidate `first + j` absent in lane j; lanes without one repeat the
 * evidence. */
static void sweep_group(const sweep *w, frame_lanes *f, const frame_plain *base,
                        uint32_t first)
{
    const ch_net *net = w->net;
    uint32_t n = w->n_candidates - first;
    n = n < CH_N_LANES ? n : CH_N_LANES;
    spread_evidence(f, base);
    ch_lanes missed = CH_SPREAD(1.0);
    for (uint32_t lane = 0; lane < n; lane++) {
        uint32_t finding = w->candidate[first + lane];
        uint32_t end = net->first_link[finding + 1];
        for (uint32_t k = net->first_link[finding]; k < end; k++)
            f->with[net->cause[k]][lane] *= absent_factor(net, k);
        missed[lane] = 1.0 - net->leak[finding];
    }
    multiply_lanes(f, &missed);
    normalise_lanes(f);
    run_backward_lanes(f, run_forward_lanes(f));
    for (uint32_t lane = 0; lane < n; lane++) {
        double *out = w->posterior + (size_t)(first + lane) * f->n_causes;
        for (size_t c = 0; c < f->n_causes; c++)
            out[c] = f->posterior[c][lane];
        w->p_absent[first + lane] = divide(w, f->mantissa[lane], f->exponent[lane]);
    }
}
#endif

/* In lanes where there are any and the tables are not too wide for them. */
static charley_status sweep_all(const sweep *w, frame_plain *f, ch_arena *scratch,
                                charley_error *error)
{
#ifndef CH_ONE_CELL
    if (f->plan->n_stored <= MAX_CELLS_IN_LANES) {
        frame_lanes lanes;
        if (!take_lanes(&lanes, w->net, f->plan, scratch))
            return no_memory(error);
        restore(f, w);
        spread_strengths(&lanes, f);
        for (uint32_t first = 0; first < w->n_candidates; first += CH_N_LANES)
            sweep_group(w, &lanes, f, first);
        return CHARLEY_OK;
    }
#endif
    (void)scratch;
    (void)error;
    for (uint32_t at = 0; at < w->n_candidates; at++)
        sweep_one(w, f, at);
    return CHARLEY_OK;
}

static charley_status check_candidates(const ch_net *net, const ch_evidence *evidence,
                                       const uint32_t *candidate, uint32_t n,
                                       charley_error *error)
{
    for (uint32_t i = 0; i < n; i++)
        if (candidate[i] >= net->n_findings ||
            is_in(evidence->present, evidence->n_present, candidate[i]) ||
            is_in(evidence->absent, evidence->n_absent, candidate[i]))
            return ch_fail(error, CHARLEY_E_MISUSE,
                           "candidate %u is out of range or already answered",
                           (unsigned)candidate[i]);
    return CHARLEY_OK;
}

charley_status ch_infer_sweep(const ch_net *net, const double *prior,
                              const ch_evidence *evidence, const ch_plan *plan,
                              const uint32_t *candidate, uint32_t n_candidates,
                              ch_arena *scratch, double *p_absent, double *posterior,
                              charley_error *error)
{
    CH_TRY(check(net, evidence, plan, error));
    CH_TRY(check_candidates(net, evidence, candidate, n_candidates, error));
    size_t mark = ch_arena_mark(scratch);
    frame_plain f;
    double *folded =
        ch_arena_take_raw(scratch, n_folded(plan, net->n_causes), sizeof *folded);
    if (!folded || !take_plain(&f, net, plan, scratch)) {
        ch_arena_rewind(scratch, mark);
        return no_memory(error);
    }
    ch_draws given = own_parameters(net, prior);
    fold_plain(&f, net, &given, evidence);
    memcpy(folded, f.with, n_folded(plan, net->n_causes) * sizeof *folded);
    sweep w = {.net = net,
               .folded = folded,
               .folded_mantissa = f.mantissa,
               .folded_exponent = f.exponent,
               .candidate = candidate,
               .n_candidates = n_candidates,
               .p_absent = p_absent,
               .posterior = posterior};
    normalise_plain(&f);
    run_forward_plain(&f);
    w.mantissa = f.mantissa;
    w.exponent = f.exponent;
    charley_status status = sweep_all(&w, &f, scratch, error);
    ch_arena_rewind(scratch, mark);
    return status;
}

/* ---- parameter draws ----------------------------------------------------------------
 */

/* The parameters of one draw are one lane of all. */
static void draw_one(frame_plain *f, const ch_net *net, const ch_draws *draws,
                     const ch_evidence *evidence, uint32_t lane)
{
    ch_draws given = {draws->prior + lane, draws->strength + lane,
                      draws->if_present + lane, draws->if_absent + lane,
                      draws->leak + lane};
    f->apart = CH_N_LANES;
    run_plain(f, net, &given, evidence);
}

static charley_status draws_one_by_one(const ch_net *net, const ch_draws *draws,
                                       const ch_evidence *evidence, const ch_plan *plan,
                                       ch_arena *scratch, double *posterior,
                                       double *log_evidence, charley_error *error)
{
    frame_plain f;
    if (!take_plain(&f, net, plan, scratch))
        return no_memory(error);
    for (uint32_t lane = 0; lane < CH_N_LANES; lane++) {
        draw_one(&f, net, draws, evidence, lane);
        for (size_t c = 0; c < f.n_causes; c++)
            posterior[c * CH_N_LANES + lane] = f.posterior[c];
        if (log_evidence)
            log_evidence[lane] = ch_log(f.mantissa) + (double)f.exponent * LN2;
    }
    return CHARLEY_OK;
}

charley_status ch_infer_draws(const ch_net *net, const ch_draws *draws,
                              const ch_evidence *evidence, const ch_plan *plan,
                              ch_arena *scratch, double *posterior,
                              double *log_evidence, charley_error *error)
{
    CH_TRY(check(net, evidence, plan, error));
    size_t mark = ch_arena_mark(scratch);
    charley_status status = CHARLEY_OK;
#ifndef CH_ONE_CELL
    frame_lanes f;
    if (take_lanes(&f, net, plan, scratch)) {
        fold_lanes(&f, net, draws, evidence);
        normalise_lanes(&f);
        run_backward_lanes(&f, run_forward_lanes(&f));
        memcpy(posterior, f.posterior, f.n_causes * sizeof *f.posterior);
        for (size_t lane = 0; log_evidence && lane < CH_N_LANES; lane++)
            log_evidence[lane] =
                ch_log(f.mantissa[lane]) + (double)f.exponent[lane] * LN2;
    } else
#endif
        status = draws_one_by_one(net, draws, evidence, plan, scratch, posterior,
                                  log_evidence, error);
    ch_arena_rewind(scratch, mark);
    return status;
}
