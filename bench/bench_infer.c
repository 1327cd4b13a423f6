/* bench_infer.c: what a posterior, a sweep and a set of draws cost, beside two peers.
 *
 *     bench_infer [rounds]
 *
 * Networks of 45 causes and 150 findings (3 to 8 causes each), m present and 30 absent
 * findings, all posteriors. Everything is measured in one run, in turn: each round
 * times every program once on every question. Figures are microseconds a question: the
 * mean over the questions of the best round, and of the median round. The peers are the
 * oracles of the tests: bucket elimination with dense factors on the pruned network,
 * and Quickscore, both in doubles. One thread. Nothing is asserted about time.
 */
#define _POSIX_C_SOURCE 199309L

#include "infer/infer.h"
#include "oracle/plain_elimination.h"
#include "oracle/quickscore.h"
#include "oracle/random_net.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    N_QUESTIONS = 10,
    MAX_ROUNDS = 999,
    DEFAULT_ROUNDS = 31,
    MEMORY = 256 << 20,
    N_CAUSES = 45,
    N_FINDINGS = 150,
    MAX_LINKS = N_FINDINGS * 8,
    PLAIN_MAX_WIDTH = 22, /* wider dense buckets are left out, and counted */
    QUICKSCORE_MAX_PRESENT = 15
};

/* A question with everything that may be prepared before the clock starts. */
typedef struct question {
    random_net made;
    random_evidence evidence;
    ch_plan *plan;
    uint32_t candidate[N_FINDINGS];
    uint32_t n_candidates;
    double truth[N_CAUSES]; /* by the plain elimination in 128 bits, where affordable */
    bool has_truth;
} question;

typedef struct workshop {
    ch_arena arena; /* holds the plans; everything above the mark is scratch */
    double posterior[N_FINDINGS * N_CAUSES];
    double p_absent[N_FINDINGS];
    double lanes[N_CAUSES * CH_N_LANES];
    double prior[N_CAUSES * CH_N_LANES], leak[N_FINDINGS * CH_N_LANES];
    double strength[MAX_LINKS * CH_N_LANES], factors[MAX_LINKS * CH_N_LANES];
} workshop;

/* One program under test. Returns false when it does not do this question. */
typedef bool program(workshop *w, const question *q);

static double microseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec * 1e-3;
}

static void must(charley_status status)
{
    if (status != CHARLEY_OK) {
        fprintf(stderr, "bench_infer: inference failed with status %d\n", (int)status);
        exit(1);
    }
}

/* ---- the programs -------------------------------------------------------------------
 */

static bool run_with(workshop *w, const question *q, const ch_plan *plan)
{
    must(ch_infer_run(&q->made.net, q->made.prior, &q->evidence.evidence, plan,
                      &w->arena, w->posterior, NULL, NULL));
    return true;
}

static bool warm(workshop *w, const question *q)
{
    return run_with(w, q, q->plan);
}

static bool cold(workshop *w, const question *q)
{
    size_t mark = ch_arena_mark(&w->arena);
    ch_plan *plan;
    must(ch_plan_make(&q->made.net, q->evidence.present, q->evidence.evidence.n_present,
                      CH_MAX_WIDTH, &w->arena, &plan, NULL));
    run_with(w, q, plan);
    ch_arena_rewind(&w->arena, mark);
    return true;
}

static bool sweep(workshop *w, const question *q)
{
    must(ch_infer_sweep(&q->made.net, q->made.prior, &q->evidence.evidence, q->plan,
                        q->candidate, q->n_candidates, &w->arena, w->p_absent,
                        w->posterior, NULL));
    return true;
}

/* 64 draws, from parameters that lie ready. */
static bool draws(workshop *w, const question *q)
{
    ch_draws given = {w->prior, w->strength, w->factors, w->factors, w->leak};
    for (int block = 0; block < CH_N_DRAWS / CH_N_LANES; block++)
        must(ch_infer_draws(&q->made.net, &given, &q->evidence.evidence, q->plan,
                            &w->arena, w->lanes, NULL, NULL));
    return true;
}

static bool quickscore(workshop *w, const question *q)
{
    if (q->evidence.evidence.n_present > QUICKSCORE_MAX_PRESENT)
        return false;
    oracle_quickscore_double(&q->made.net, q->made.prior, &q->evidence.evidence,
                             w->posterior);
    return true;
}

static bool plain_elimination(workshop *w, const question *q)
{
    return oracle_plain_elimination_double(&q->made.net, q->made.prior,
                                           &q->evidence.evidence, PLAIN_MAX_WIDTH,
                                           w->posterior);
}

enum { COLD, WARM, SWEEP, DRAWS, PLAIN, QUICK, N_PROGRAMS };
static program *const PROGRAMS[N_PROGRAMS] = {
    cold, warm, sweep, draws, plain_elimination, quickscore};

/* ---- measuring ----------------------------------------------------------------------
 */

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

typedef struct timing {
    double best, median; /* means over the questions that were done */
    double
        worst_error; /* relative, of any posterior; sweeps and draws are not checked */
    int n_done;
} timing;

/* Short programs are repeated within a round until the clock's grain does not matter.
 */
static bool time_once(program *run, workshop *w, const question *q, double *elapsed)
{
    double start = microseconds(), end;
    int n = 0;
    do {
        if (!run(w, q))
            return false;
        n++;
        end = microseconds();
    } while (end - start < 20);
    *elapsed = (end - start) / n;
    return true;
}

static double worst_error(const workshop *w, const question *q)
{
    double worst = 0;
    for (int c = 0; q->has_truth && c < N_CAUSES; c++)
        worst = fmax(worst, fabs(w->posterior[c] - q->truth[c]) / q->truth[c]);
    return worst;
}

/* Every round does every program on every question once; slow pairs get fewer rounds.
 */
static void measure(workshop *w, const question *questions, int n_questions, int rounds,
                    timing *out)
{
    static double sample[N_PROGRAMS][N_QUESTIONS][MAX_ROUNDS];
    int n[N_PROGRAMS][N_QUESTIONS] = {{0}};
    memset(out, 0, N_PROGRAMS * sizeof *out);
    for (int round = 0; round < rounds; round++)
        for (int i = 0; i < n_questions; i++)
            for (int p = 0; p < N_PROGRAMS; p++) {
                int *done = &n[p][i];
                if (*done >= 3 && sample[p][i][0] > 20000)
                    continue;
                if (!time_once(PROGRAMS[p], w, &questions[i], &sample[p][i][*done]))
                    continue;
                if (++*done == 1 && p != SWEEP && p != DRAWS)
                    out[p].worst_error =
                        fmax(out[p].worst_error, worst_error(w, &questions[i]));
            }
    for (int p = 0; p < N_PROGRAMS; p++) {
        for (int i = 0; i < n_questions; i++) {
            if (!n[p][i])
                continue;
            qsort(sample[p][i], (size_t)n[p][i], sizeof(double), compare);
            out[p].best += sample[p][i][0];
            out[p].median += sample[p][i][n[p][i] / 2];
            out[p].n_done++;
        }
        if (out[p].n_done) {
            out[p].best /= out[p].n_done;
            out[p].median /= out[p].n_done;
        }
    }
}

/* ---- questions ----------------------------------------------------------------------
 */

static void prepare(workshop *w, question *q, uint32_t n_present, uint32_t n_absent,
                    bool wants_truth, random_state *r)
{
    q->made = random_net_make(&SHAPE_45_BY_150, r);
    random_evidence_make(&q->made.net, n_present, n_absent, r, &q->evidence);
    must(ch_plan_make(&q->made.net, q->evidence.present, n_present, CH_MAX_WIDTH,
                      &w->arena, &q->plan, NULL));
    uint32_t present = 0, absent = 0;
    q->n_candidates = 0;
    for (uint32_t f = 0; f < N_FINDINGS; f++) {
        if (present < n_present && q->evidence.present[present] == f)
            present++;
        else if (absent < n_absent && q->evidence.absent[absent] == f)
            absent++;
        else
            q->candidate[q->n_candidates++] = f;
    }
    q->has_truth = wants_truth &&
                   oracle_plain_elimination_quad(&q->made.net, q->made.prior,
                                                 &q->evidence.evidence, 19, q->truth);
}

/* Parameters around the first question's; what a draw costs does not depend on them. */
static void fill_draws(workshop *w, random_state *r)
{
    for (size_t i = 0; i < sizeof w->prior / sizeof *w->prior; i++)
        w->prior[i] = 0.001 + 0.1 * random_unit(r);
    for (size_t i = 0; i < sizeof w->leak / sizeof *w->leak; i++)
        w->leak[i] = 0.001 + 0.05 * random_unit(r);
    for (size_t i = 0; i < sizeof w->strength / sizeof *w->strength; i++) {
        w->strength[i] = 0.1 + 0.8 * random_unit(r);
        w->factors[i] = 1;
    }
}

/* ---- tables -------------------------------------------------------------------------
 */

static void print_pair(const timing *t)
{
    if (t->n_done)
        printf(" | %8.2f %8.2f", t->best, t->median);
    else
        printf(" | %8s %8s", "-", "-");
}

static void compare_programs(workshop *w, int rounds)
{
    static question questions[N_QUESTIONS];
    static const uint32_t counts[] = {5, 10, 15, 20};
    printf("Microseconds a question, best and median of %d rounds, mean of %d "
           "questions, 30 absent findings.\n\n",
           rounds, N_QUESTIONS);
    printf(" m width | %-17s | %-17s | %-17s | %-17s | %-17s | %-17s\n", "plan + run",
           "run, plan ready", "sweep of the rest", "64 draws", "plain elimination",
           "Quickscore");
    timing row[4][N_PROGRAMS];
    for (int i = 0; i < 4; i++) {
        size_t mark = ch_arena_mark(&w->arena);
        random_state r = {counts[i]};
        uint32_t width = 0;
        for (int j = 0; j < N_QUESTIONS; j++) {
            prepare(w, &questions[j], counts[i], 30, true, &r);
            uint32_t wide = ch_plan_width(questions[j].plan);
            width = wide > width ? wide : width;
        }
        measure(w, questions, N_QUESTIONS, rounds, row[i]);
        printf("%2u %5u", (unsigned)counts[i], (unsigned)width);
        for (int p = 0; p < N_PROGRAMS; p++)
            print_pair(&row[i][p]);
        printf("\n");
        for (int j = 0; j < N_QUESTIONS; j++)
            random_net_free(&questions[j].made);
        ch_arena_rewind(&w->arena, mark);
    }
    printf(
        "\nRatios of the best, and worst relative error of a posterior "
        "(against 128 bits):\n m | plain / cold | plain / warm | Quickscore / warm | "
        "plain done | error: engine | plain   | Quickscore\n");
    for (int i = 0; i < 4; i++) {
        const timing *t = row[i];
        printf("%2u | %12.0f | %12.0f | %17.0f | %7d/%d | %13.1e | %7.1e | %7.1e\n",
               (unsigned)counts[i], t[PLAIN].best / t[COLD].best,
               t[PLAIN].best / t[WARM].best,
               t[QUICK].n_done ? t[QUICK].best / t[WARM].best : (double)NAN,
               t[PLAIN].n_done, N_QUESTIONS, t[WARM].worst_error, t[PLAIN].worst_error,
               t[QUICK].n_done ? t[QUICK].worst_error : (double)NAN);
    }
}

static double best_warm(workshop *w, const question *q, int rounds)
{
    double best = INFINITY, elapsed;
    for (int round = 0; round < rounds; round++)
        if (time_once(warm, w, q, &elapsed))
            best = fmin(best, elapsed);
    return best;
}

static void vary_absent(workshop *w, int rounds)
{
    static const uint32_t counts[] = {0, 30, 65, 130};
    printf("\nFlat in the absent findings (m = 15, best run): ");
    size_t mark = ch_arena_mark(&w->arena);
    question q;
    random_state r = {1};
    prepare(w, &q, 15, 130, false, &r);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        q.evidence.evidence.n_absent = counts[i];
        printf(" %u: %.2f us", (unsigned)counts[i], best_warm(w, &q, rounds));
    }
    printf("\n");
    random_net_free(&q.made);
    ch_arena_rewind(&w->arena, mark);
}

/* Finding i can be explained by causes i, i + 1 and i + 2: the width does not grow. */
static void vary_length(workshop *w, int rounds)
{
    printf("Linear in the present findings at fixed width (ladder, best run):");
    for (uint32_t n = 8; n <= 64; n *= 2) {
        size_t mark = ch_arena_mark(&w->arena);
        random_state r = {n};
        net_shape shape = SHAPE_45_BY_150;
        shape.n_findings = n;
        shape.n_causes = n + 2;
        shape.min_parents = shape.max_parents = 3;
        question q = {.made = random_net_make(&shape, &r)};
        uint32_t *cause = (uint32_t *)q.made.net.cause;
        for (uint32_t f = 0; f < n; f++) {
            q.evidence.present[f] = f;
            for (uint32_t j = 0; j < 3; j++)
                cause[3 * f + j] = f + j;
        }
        q.evidence.evidence = (ch_evidence){q.evidence.present, NULL, n, 0};
        must(ch_plan_make(&q.made.net, q.evidence.present, n, CH_MAX_WIDTH, &w->arena,
                          &q.plan, NULL));
        printf(" m=%u width %u: %.2f us", (unsigned)n, (unsigned)ch_plan_width(q.plan),
               best_warm(w, &q, rounds));
        random_net_free(&q.made);
        ch_arena_rewind(&w->arena, mark);
    }
    printf("\n");
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : DEFAULT_ROUNDS;
    if (rounds < 1 || rounds > MAX_ROUNDS) {
        fprintf(stderr, "usage: bench_infer [rounds 1..%d]\n", MAX_ROUNDS);
        return 2;
    }
    workshop *w = calloc(1, sizeof *w);
    void *memory = malloc(MEMORY);
    if (!w || !memory)
        return 1;
    memset(memory, 0, MEMORY); /* no page is touched for the first time on the clock */
    ch_arena_init(&w->arena, memory, MEMORY);
    random_state r = {64};
    fill_draws(w, &r);
    compare_programs(w, rounds);
    vary_absent(w, rounds);
    vary_length(w, rounds);
    free(memory);
    free(w);
    return 0;
}
