/* simulate.c: `charley simulate`: a report on simulated people, and calibration.
 *
 * The engine draws, interviews and counts; here is only the page. Its words are for
 * those who work on Charley, not for a patient, so they stand here and not among the
 * words of the knowledge.
 */
#include <stdlib.h>

#include "command_line.h"
#include "commands.h"
#include "desk.h"

enum {
    MOST_PEOPLE = 10000000,
    USUAL_PEOPLE = 1000,
    USUAL_TARGET_PEOPLE = 100,
    MOST_QUESTIONS = 60
};

static double share(uint64_t n, uint64_t of)
{
    return of ? 100.0 * (double)n / (double)of : 0;
}

#define PUT(text) (int)(text).size, (text).bytes

/* ---- the report --------------------------------------------------------------- */

static void print_stories(const charley_trial_report *report)
{
    puts("\nInterviews                    people  screens: mean  10 % median  90 %"
         "  longest  danger open  less urgent  more urgent  first  in three");
    for (size_t i = 0; i < report->n_stories; i++) {
        const charley_trial_story *s = &report->stories[i];
        charley_text id = i ? s->id : CHARLEY_TEXT("all");
        printf("  %-26.*s %7llu  %13.1f %5u %6u %5u %8u %10.1f %% %10.1f %% %10.1f %% "
               "%4.0f %% %6.0f %%\n",
               PUT(id), (unsigned long long)s->n, s->mean, s->tenth, s->median,
               s->ninetieth, s->longest, share(s->n_open, s->n),
               share(s->n_under, s->n), share(s->n_over, s->n),
               share(s->n_first, s->n_caused), share(s->n_third, s->n_caused));
    }
    puts("  first, in three: a true cause was the likeliest, among the three likeliest;"
         " of people with a cause");
}

static void print_screens(const charley_trial_report *report)
{
    puts("\nInterviews by screens asked");
    for (unsigned i = 0; i <= CHARLEY_TRIAL_SCREENS; i++)
        if (report->screens[i])
            printf("  %3u%s %6llu\n", i, i == CHARLEY_TRIAL_SCREENS ? "+" : " ",
                   (unsigned long long)report->screens[i]);
}

static void print_urgency(const charley_trial_report *report)
{
    puts("\nUrgency: rows with complete answers, columns after the interview");
    printf("  %-18s", "");
    for (unsigned k = CHARLEY_N_URGENCIES; k-- > 0;)
        printf(" %11.11s", charley_urgency_name((charley_urgency)k).bytes);
    putchar('\n');
    for (unsigned i = CHARLEY_N_URGENCIES; i-- > 0;) {
        printf("  %-18.*s", PUT(charley_urgency_name((charley_urgency)i)));
        for (unsigned k = CHARLEY_N_URGENCIES; k-- > 0;)
            printf(" %11llu", (unsigned long long)report->urgency[i][k]);
        putchar('\n');
    }
}

static void print_causes(const char *title, const charley_trial_cause *causes, size_t n)
{
    printf("\n%-34s people  first  in three  less urgent than its class: interview, "
           "complete\n",
           title);
    for (size_t i = 0; i < n; i++) {
        const charley_trial_cause *c = &causes[i];
        if (c->n == 0)
            continue;
        printf("  %-32.*s %6llu %4.0f %% %7.0f %% %34.1f %% %8.1f %%\n", PUT(c->id),
               (unsigned long long)c->n, share(c->n_first, c->n),
               share(c->n_third, c->n), share(c->n_under, c->n),
               share(c->n_under_complete, c->n));
    }
}

static void print_questions(const charley_trial_report *report)
{
    puts("\nScreens                            asked  of people  not known  changed "
         "urgency  first cause  mean greatest change");
    for (size_t i = 0; i < report->n_questions && i < MOST_QUESTIONS; i++) {
        const charley_trial_screen *q = &report->questions[i];
        printf("  %-30.*s %8llu %8.1f %% %8.1f %% %14.1f %% %10.1f %% %16.3f\n",
               PUT(q->id), (unsigned long long)q->n_asked, share(q->n_asked, report->n),
               share(q->n_unknown, q->n_asked), share(q->n_urgency, q->n_asked),
               share(q->n_first, q->n_asked), q->moved);
    }
}

static void print_reasons(const charley_trial_report *report)
{
    puts("\nWhat the urgency rests on             level        complete  interview  "
         "lost");
    for (size_t i = 0; i < report->n_reasons; i++) {
        const charley_trial_reason *r = &report->reasons[i];
        charley_text level = r->urgency == CHARLEY_COULD_NOT_ASSESS
                                 ? CHARLEY_TEXT("one higher")
                                 : charley_urgency_name(r->urgency);
        printf("  %-34.*s  %-12.*s %8llu %10llu %5llu\n", PUT(r->id), PUT(level),
               (unsigned long long)r->n_complete, (unsigned long long)r->n_interview,
               (unsigned long long)r->n_lost);
    }
}

static void print_reliability(const char *title, const charley_trial_reliability *r)
{
    printf("\n%s: Brier score %.4f, expected calibration error %.4f\n", title, r->brier,
           r->expected_error);
    puts("  stated probability      n   mean  found");
    for (unsigned i = 0; i < CHARLEY_TRIAL_BINS; i++)
        if (r->bins[i].n)
            printf("  %3.0f to %3.0f %% %12llu  %.3f  %.3f\n", 100 * r->bins[i].from,
                   100 * r->bins[i].to, (unsigned long long)r->bins[i].n,
                   r->bins[i].stated, r->bins[i].found);
}

static void print_coverage(const charley_trial_report *report)
{
    puts("\nThe 90 % interval holds the probability under parameters drawn afresh");
    puts("  stated probability      n   inside    below    above");
    for (unsigned i = 0; i < CHARLEY_TRIAL_BANDS; i++) {
        const charley_trial_coverage *c = &report->coverage[i];
        if (c->n)
            printf("  %3.0f to %3.0f %% %12llu %6.1f %% %6.1f %% %6.1f %%\n",
                   100 * c->from, 100 * c->to, (unsigned long long)c->n,
                   share(c->n_inside, c->n), share(c->n_below, c->n),
                   share(c->n_above, c->n));
    }
}

static void print_report(const charley_trial_report *report)
{
    printf("%llu simulated people, seed %llu, population %.*s, knowledge %.*s %.12s\n",
           (unsigned long long)report->n, (unsigned long long)report->seed,
           PUT(report->population.size ? report->population : CHARLEY_TEXT("everyone")),
           PUT(report->kb_version), report->kb_hash.bytes);
    printf("They are drawn from the model itself: this measures the interview, not the "
           "truth of the model.\n");
    printf("%llu have none of our causes; %llu gave contradictory answers; %llu were "
           "drawn again; %llu stories were kept as first told.\n",
           (unsigned long long)report->n_without_cause,
           (unsigned long long)report->n_conflicts,
           (unsigned long long)report->n_refused, (unsigned long long)report->n_kept);
    print_stories(report);
    print_urgency(report);
    print_causes("Families", report->families, report->n_families);
    print_causes("Causes", report->causes, report->n_causes);
    print_questions(report);
    print_reasons(report);
    print_reliability("Calibration after the interview", &report->after_interview);
    print_reliability("Calibration with complete answers", &report->when_complete);
    print_coverage(report);
    print_screens(report);
}

static charley_status write_report(const void *what, char *json, size_t capacity,
                                   size_t *size, charley_error *error)
{
    return charley_trial_write(what, json, capacity, size, error);
}

/* ---- calibration ---------------------------------------------------------------- */

typedef struct comparison {
    const charley_kb *kb;
    charley_trial_target *targets;
    size_t n;
} comparison;

static charley_status write_targets(const void *what, char *json, size_t capacity,
                                    size_t *size, charley_error *error)
{
    const comparison *c = what;
    return charley_trial_targets_write(c->kb, c->targets, c->n, json, capacity, size,
                                       error);
}

static void print_targets(const comparison *c)
{
    size_t n_hits = 0, n_with_interval = 0;
    puts("Published tables against the model (per cent). A miss is a question to the "
         "knowledge, not a fault of the program.\n");
    printf("  %-30s %9s  %-13s %9s %9s %7s\n", "target", "published", "interval",
           "stated", "simulated", "people");
    for (size_t i = 0; i < c->n; i++) {
        const charley_trial_target *t = &c->targets[i];
        char interval[32] = "none";
        bool has_interval = t->low <= t->high; /* not with a NaN */
        if (has_interval)
            snprintf(interval, sizeof interval, "%.1f - %.1f", 100 * t->low,
                     100 * t->high);
        n_hits += t->is_hit;
        n_with_interval += has_interval;
        printf("  %-30.*s %9.1f  %-13s %9.1f %9.1f %7llu  %s  %.*s\n", PUT(t->id),
               100 * t->published, interval, 100 * t->stated, share(t->n_found, t->n),
               (unsigned long long)t->n,
               t->is_hit      ? "hit "
               : has_interval ? "MISS"
                              : "-   ",
               PUT(t->source));
    }
    printf("\n%zu of %zu inside the published interval. Stated: mean probability on "
           "complete answers.\n",
           n_hits, n_with_interval);
}

static charley_status compare(charley_trial *trial, comparison *c, uint64_t n_people,
                              charley_error *error)
{
    for (size_t i = 0; i < c->n; i++) {
        charley_status status =
            charley_trial_compare(trial, i, n_people, &c->targets[i], error);
        if (status != CHARLEY_OK)
            return status;
    }
    return CHARLEY_OK;
}

/* ---- the command ---------------------------------------------------------------- */

static void put_document(const cli_phrase *json)
{
    fwrite(json->bytes, 1, json->size, stdout);
    if (json->size > 0 && json->bytes[json->size - 1] != '\n')
        putchar('\n');
}

static charley_status simulate(const cli_call *call, const charley_kb *kb,
                               charley_trial *trial, unsigned n_people,
                               charley_error *error)
{
    bool is_json = call->values[CLI_JSON] != NULL;
    cli_phrase json = {0};
    charley_status status;
    if (call->values[CLI_CALIBRATION]) {
        comparison c = {.kb = kb, .n = charley_trial_n_targets(kb)};
        c.targets = cli_allocate(c.n, sizeof *c.targets);
        status = compare(trial, &c, n_people, error);
        if (status == CHARLEY_OK && is_json)
            status = desk_write(write_targets, &c, &json, error);
        else if (status == CHARLEY_OK)
            print_targets(&c);
        free(c.targets);
    } else {
        status = charley_trial_run(trial, n_people, error);
        const charley_trial_report *report = charley_trial_tell(trial);
        if (status == CHARLEY_OK && is_json)
            status = desk_write(write_report, report, &json, error);
        else if (status == CHARLEY_OK)
            print_report(report);
    }
    if (status == CHARLEY_OK && is_json)
        put_document(&json);
    phrase_free(&json);
    return status;
}

cli_exit cli_simulate(const cli_call *call)
{
    unsigned seed, n_people;
    unsigned usual = call->values[CLI_CALIBRATION] ? USUAL_TARGET_PEOPLE : USUAL_PEOPLE;
    if (!cli_number_value(call, CLI_SEED, 0, UINT32_MAX, 1, &seed) ||
        !cli_number_value(call, CLI_CASES, 1, MOST_PEOPLE, usual, &n_people))
        return CLI_USAGE;
    cli_desk desk = {0};
    cli_exit code = desk_open_knowledge(&desk, call);
    if (code != CLI_DONE)
        return code;
    charley_trial_options options = {
        .seed = seed,
        .population = cli_text(call->values[CLI_POPULATION]),
        .clinician = call->values[CLI_CLINICIAN] != NULL,
    };
    size_t size = charley_trial_size(desk.kb, &options);
    void *memory = cli_allocate(1, size);
    charley_trial *trial;
    charley_error error;
    charley_status status =
        charley_trial_init(memory, size, desk.kb, &options, &trial, &error);
    if (status == CHARLEY_OK)
        status = simulate(call, desk.kb, trial, n_people, &error);
    if (status != CHARLEY_OK)
        code = cli_report(NULL, &error);
    free(memory);
    desk_close(&desk);
    return code;
}
