/* infer.h: exact inference in a two-layer noisy-OR network (causes -> findings).
 *
 * Every cause is present or absent on its own, with a prior. A finding f is present
 * with probability 1 - (1 - leak_f) * product over present linked causes (1 - q_fc).
 * A link may also carry plain factors on its cause (if_present, if_absent): that is how
 * a finding can speak against a cause.
 *
 * Absent findings only multiply the weight of "cause present" and are free. Present
 * findings are eliminated along a plan (an order of the causes); the plan holds the
 * structure and is reused as long as the set of present findings stays the same. All
 * terms added are non-negative, so nothing cancels: relative error of every posterior
 * is about 1e-15 a step. It holds for leaks down to 1e-12.
 *
 *     ch_plan *plan;
 *     CH_TRY(ch_plan_make(&net, present, n_present, max_width, arena, &plan, error));
 *     CH_TRY(ch_infer_run(&net, prior, &evidence, plan, scratch, posterior,
 *                         &log_evidence, error));
 *
 * Results are the same bits with every compiler and vector width, because sums are
 * taken in one written order (compile with -ffp-contract=off).
 */
#ifndef CH_INFER_INFER_H
#define CH_INFER_INFER_H

#include "base/arena.h"
#include "base/limits.h"
#include "charley/charley.h"

/* The network, lent by the caller. Links are sorted by finding; a finding names each
 * cause at most once. */
typedef struct ch_net {
    uint32_t n_causes; /* <= CH_MAX_CONDITIONS */
    uint32_t n_findings;
    uint32_t n_links;
    const uint32_t *first_link; /* [n_findings + 1], into the link arrays */
    const uint32_t *cause;      /* [n_links] */
    const double *strength;     /* [n_links] q in [0, 1); 0: only the factors count */
    const double *if_present;   /* [n_links] > 0, on the cause when f is present */
    const double *if_absent;    /* [n_links] > 0, on the cause when f is absent */
    const double *leak;         /* [n_findings] in (0, 1) */
} ch_net;

/* Finding indexes, each list strictly ascending, no finding in both. */
typedef struct ch_evidence {
    const uint32_t *present;
    const uint32_t *absent;
    uint32_t n_present;
    uint32_t n_absent;
} ch_evidence;

/* How to eliminate the causes for one set of present findings. */
typedef struct ch_plan ch_plan;

/* Makes the plan for a set of present findings; depends on nothing but the set.
 *   max_width  the widest table may have 2^max_width cells; 0 = CH_DEFAULT_WIDTH
 *   arena      keeps the plan; ch_plan_size bytes are always enough
 * Returns  E_LIMIT (needs a wider table, or more than 64 entangled present findings),
 *          E_MEMORY, E_MISUSE (not ascending, out of range, max_width > CH_MAX_WIDTH),
 *          E_DATA (a finding names a cause twice). On error the arena is as before.
 * Cost     microseconds; more is spent on a better order only where it pays back. */
CHARLEY_MUST_USE charley_status ch_plan_make(const ch_net *net, const uint32_t *present,
                                             uint32_t n_present, uint32_t max_width,
                                             ch_arena *arena, ch_plan **plan,
                                             charley_error *error);

/* The plan for `old`'s set and one more finding, keeping old's order where that is no
 * worse. Depends on the way the set was reached: posteriors may differ in the last
 * bits from those of ch_plan_make. For ranking questions, not for the shown result. */
CHARLEY_MUST_USE charley_status ch_plan_extend(const ch_net *net, const ch_plan *old,
                                               uint32_t finding, uint32_t max_width,
                                               ch_arena *arena, ch_plan **plan,
                                               charley_error *error);

/* Is this the plan for exactly this set? */
bool ch_plan_matches(const ch_plan *plan, const uint32_t *present, uint32_t n_present);
/* log2 of the cells in the widest table. */
uint32_t ch_plan_width(const ch_plan *plan);
/* Arena bytes that making or extending any plan of this size may take. */
size_t ch_plan_size(const ch_net *net, uint32_t n_present);

/* Scratch bytes of ch_infer_run (n_lanes = 1) or of ch_infer_sweep and ch_infer_draws
 * (n_lanes = CH_N_LANES). */
size_t ch_infer_scratch_size(const ch_net *net, const ch_plan *plan, uint32_t n_lanes);

/* P(cause | evidence) for every cause, and ln P(evidence).
 *   prior         [n_causes] in [0, 1)
 *   scratch       working memory, rewound before returning
 *   posterior     [n_causes] out
 *   log_evidence  out; may be NULL
 * Returns  E_MEMORY, E_MISUSE (plan made for another set, evidence not ascending). */
CHARLEY_MUST_USE charley_status ch_infer_run(const ch_net *net, const double *prior,
                                             const ch_evidence *evidence,
                                             const ch_plan *plan, ch_arena *scratch,
                                             double *posterior, double *log_evidence,
                                             charley_error *error);

/* What if: each candidate finding absent on top of the evidence, CH_N_LANES at a time.
 *   candidate  [n_candidates] findings not in the evidence, any order
 *   p_absent   [n_candidates] out: P(candidate absent | evidence)
 *   posterior  [n_candidates][n_causes] out: given evidence and candidate absent
 * The posterior under "present" is (now - p_absent * posterior) / (1 - p_absent). That
 * subtraction loses about -log10(1 - p_absent) digits: good for ranking questions, not
 * for a result that is shown. A link whose if_present or if_absent is not 1 changes
 * the total mass too; then "present" must be computed by a run of its own. */
CHARLEY_MUST_USE charley_status ch_infer_sweep(
    const ch_net *net, const double *prior, const ch_evidence *evidence,
    const ch_plan *plan, const uint32_t *candidate, uint32_t n_candidates,
    ch_arena *scratch, double *p_absent, double *posterior, charley_error *error);

/* CH_N_LANES sets of parameters side by side: value of lane j is at [index][j]. A link
 * of strength 0 in the net must have strength 0 in every lane. */
typedef struct ch_draws {
    const double *prior;      /* [n_causes][CH_N_LANES] */
    const double *strength;   /* [n_links][CH_N_LANES] */
    const double *if_present; /* [n_links][CH_N_LANES] */
    const double *if_absent;  /* [n_links][CH_N_LANES] */
    const double *leak;       /* [n_findings][CH_N_LANES] */
} ch_draws;

/* ch_infer_run for CH_N_LANES parameter draws at once; each lane is bit for bit what
 * ch_infer_run gives for its parameters. Only entries that the evidence touches are
 * read. Where the scratch has no room for tables in all lanes, one follows the other.
 *   posterior     [n_causes][CH_N_LANES] out
 *   log_evidence  [CH_N_LANES] out; may be NULL */
CHARLEY_MUST_USE charley_status ch_infer_draws(const ch_net *net, const ch_draws *draws,
                                               const ch_evidence *evidence,
                                               const ch_plan *plan, ch_arena *scratch,
                                               double *posterior, double *log_evidence,
                                               charley_error *error);

#endif
