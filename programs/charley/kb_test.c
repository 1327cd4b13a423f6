/* kb_test.c: see kb_test.h.
 *
 * Puts every case to the engine, prints each expectation that is not met, then how
 * often the engine was right and what no case shows. A case that is not met, a `covers`
 * that is not true, and a rule of the top three levels that no case makes speak are
 * failures; with --strict every hole is.
 */
#include "kb_test.h"

#include "case_coverage.h"
#include "case_covers.h"
#include "case_figures.h"
#include "case_write.h"
#include "command_line.h"

/* Everything the command puts together before it prints. */
typedef struct test_run {
    case_report report;
    case_set set;
    cli_desk desk;
    case_figures figures;
    case_coverage coverage;
    case_writer writer; /* with --write */
    size_t n_holes, n_danger_holes;
} test_run;

/* ---- running ---------------------------------------------------------------- */

static cli_exit run_case(test_run *test, const ch_node *test_case)
{
    size_t n_before = test->report.n;
    case_run run;
    cli_exit code = case_run_open(&run, test->desk.kb, test_case, &test->report);
    if (code == CLI_DONE) {
        case_run_compare(&run);
        case_covers_check(&run);
        case_coverage_add(&test->coverage, &run);
        case_figures_add(&test->figures, &run, test->report.n == n_before);
        if (test->writer.folder)
            code = case_write(&test->writer, &run);
    }
    case_run_close(&run);
    return code;
}

static cli_exit run_all(test_run *test, const cli_call *call)
{
    cli_exit code = desk_open_path(&test->desk, call->arguments[0]);
    for (int i = 1; i < call->n_arguments && code == CLI_DONE; i++)
        code = case_set_read(&test->set, call->arguments[i]);
    if (code != CLI_DONE)
        return code;
    if (call->values[CLI_WRITE])
        code = case_write_open(&test->writer, call->values[CLI_WRITE]);
    case_coverage_open(&test->coverage, test->desk.kb);
    for (size_t i = 0; i < test->set.n_cases && code == CLI_DONE; i++)
        code = run_case(test, test->set.cases[i]);
    if (test->writer.folder && code == CLI_DONE)
        code = case_write_close(&test->writer);
    return code;
}

/* ---- figures ---------------------------------------------------------------- */

typedef struct triage_counts {
    size_t n, n_exact, n_over, n_under;
} triage_counts;

static triage_counts count_triage(const case_figures *figures)
{
    triage_counts counts = {0};
    for (int expected = 0; expected < CASE_N_URGENCIES; expected++)
        for (int got = 0; got < CASE_N_URGENCIES; got++) {
            size_t n = figures->urgency[expected][got];
            counts.n += n;
            counts.n_exact += got == expected ? n : 0;
            counts.n_over += got > expected ? n : 0;
            counts.n_under += got < expected ? n : 0;
        }
    return counts;
}

static void print_share(const char *what, size_t n, size_t of)
{
    printf("%-31s %4zu of %zu", what, n, of);
    if (of > 0)
        printf(" (%.1f %%)", 100.0 * (double)n / (double)of);
    putchar('\n');
}

static void print_matrix(const case_figures *figures)
{
    printf("\nUrgency, expected (rows) and got (columns):\n%-18s", "");
    for (int got = CHARLEY_AMBULANCE; got >= 0; got--)
        printf(" %.4s", charley_urgency_name((charley_urgency)got).bytes);
    putchar('\n');
    for (int expected = CHARLEY_AMBULANCE; expected >= 0; expected--) {
        charley_text name = charley_urgency_name((charley_urgency)expected);
        printf("%-18.*s", CH_ARG(name));
        for (int got = CHARLEY_AMBULANCE; got >= 0; got--) {
            size_t n = figures->urgency[expected][got];
            if (n > 0)
                printf(" %4zu", n);
            else
                fputs("    .", stdout);
        }
        putchar('\n');
    }
    putchar('\n');
}

static void print_figures(const case_figures *figures)
{
    triage_counts triage = count_triage(figures);
    print_matrix(figures);
    print_share("cases passed", figures->n_passed, figures->n_cases);
    print_share("urgency exactly right", triage.n_exact, triage.n);
    print_share("  over-triaged", triage.n_over, triage.n);
    print_share("  under-triaged", triage.n_under, triage.n);
    print_share("urgency bounds kept", figures->n_bounds_met, figures->n_bounds);
    print_share("  under-triaged", figures->n_bounds_under, figures->n_bounds);
    print_share("first cause right", figures->n_top1_met, figures->n_top);
    print_share("first three right", figures->n_top3_met, figures->n_top3);
}

/* ---- holes ------------------------------------------------------------------ */

static void count_holes(test_run *test)
{
    for (size_t aspect = 0; aspect < case_n_aspects(); aspect++) {
        const coverage_list *list = &test->coverage.lists[aspect];
        test->n_holes += list->n - list->n_shown;
        for (size_t i = 0; i < list->n; i++)
            test->n_danger_holes += case_is_danger_hole(&test->coverage, aspect, i);
    }
}

static void print_hole(const test_run *test, size_t aspect, size_t item)
{
    cli_phrase hole = {0};
    case_add_hole(&test->coverage, aspect, item, &hole);
    printf("  %.*s%s\n", CH_ARG(phrase_text(&hole)),
           case_is_danger_hole(&test->coverage, aspect, item) ? " (FAILURE)" : "");
    phrase_free(&hole);
}

static void print_coverage(const test_run *test)
{
    puts("\nShown by a case:");
    for (size_t aspect = 0; aspect < case_n_aspects(); aspect++) {
        const coverage_list *list = &test->coverage.lists[aspect];
        print_share(case_aspect_name(aspect), list->n_shown, list->n);
        for (size_t i = 0; i < list->n; i++)
            if (!list->items[i].is_shown)
                print_hole(test, aspect, i);
    }
    printf("%-31s %4zu\n", "holes in all", test->n_holes);
    if (test->n_danger_holes > 0)
        printf("%zu rules of the top three levels never speak\n", test->n_danger_holes);
}

/* ---- JSON ------------------------------------------------------------------- */

static void json_matrix(const case_figures *figures)
{
    fputs("  \"urgency\": {", stdout);
    for (int expected = 0; expected < CASE_N_URGENCIES; expected++) {
        charley_text name = charley_urgency_name((charley_urgency)expected);
        printf("%s\n    \"%.*s\": {", expected ? "," : "", CH_ARG(name));
        bool is_first = true;
        for (int got = 0; got < CASE_N_URGENCIES; got++) {
            charley_text got_name = charley_urgency_name((charley_urgency)got);
            if (figures->urgency[expected][got] == 0)
                continue;
            printf("%s\"%.*s\": %zu", is_first ? "" : ", ", CH_ARG(got_name),
                   figures->urgency[expected][got]);
            is_first = false;
        }
        putchar('}');
    }
    puts("},");
}

static void json_figures(const case_figures *figures)
{
    triage_counts triage = count_triage(figures);
    printf("  \"cases\": %zu,\n  \"passed\": %zu,\n", figures->n_cases,
           figures->n_passed);
    json_matrix(figures);
    printf(
        "  \"triage\": {\"n\": %zu, \"exact\": %zu, \"over\": %zu, \"under\": %zu},\n",
        triage.n, triage.n_exact, triage.n_over, triage.n_under);
    printf("  \"bounds\": {\"n\": %zu, \"kept\": %zu, \"under\": %zu},\n",
           figures->n_bounds, figures->n_bounds_met, figures->n_bounds_under);
    printf("  \"first_cause\": {\"n\": %zu, \"right\": %zu},\n", figures->n_top,
           figures->n_top1_met);
    printf("  \"first_three\": {\"n\": %zu, \"right\": %zu},\n", figures->n_top3,
           figures->n_top3_met);
}

static void json_holes(const test_run *test, size_t aspect)
{
    const coverage_list *list = &test->coverage.lists[aspect];
    bool is_first = true;
    for (size_t i = 0; i < list->n; i++) {
        if (list->items[i].is_shown)
            continue;
        cli_phrase hole = {0};
        cli_phrase quoted = {0};
        case_add_hole(&test->coverage, aspect, i, &hole);
        case_add_json(&quoted, phrase_text(&hole));
        printf("%s%.*s", is_first ? "" : ", ", CH_ARG(phrase_text(&quoted)));
        phrase_free(&hole);
        phrase_free(&quoted);
        is_first = false;
    }
}

static void json_coverage(const test_run *test)
{
    fputs("  \"coverage\": {", stdout);
    for (size_t aspect = 0; aspect < case_n_aspects(); aspect++) {
        const coverage_list *list = &test->coverage.lists[aspect];
        printf("%s\n    \"%s\": {\"n\": %zu, \"shown\": %zu, \"holes\": [",
               aspect ? "," : "", case_aspect_name(aspect), list->n, list->n_shown);
        json_holes(test, aspect);
        fputs("]}", stdout);
    }
    puts("},");
}

static void print_json(test_run *test)
{
    puts("{");
    json_figures(&test->figures);
    json_coverage(test);
    printf("  \"failures\": [%.*s]\n}\n", CH_ARG(phrase_text(&test->report.json)));
}

/* ---- command ---------------------------------------------------------------- */

cli_exit kb_test(const cli_call *call)
{
    test_run test = {.report = {.is_json = call->values[CLI_JSON] != NULL}};
    test.set.report = &test.report;
    cli_exit code = run_all(&test, call);
    if (code == CLI_DONE)
        count_holes(&test);
    if (code == CLI_DONE && test.report.is_json) {
        print_json(&test);
    } else if (code == CLI_DONE) {
        print_figures(&test.figures);
        print_coverage(&test);
    }
    bool is_strict = call->values[CLI_STRICT] != NULL;
    if (code == CLI_DONE && (test.report.n > 0 || test.n_danger_holes > 0 ||
                             (is_strict && test.n_holes > 0)))
        code = CLI_BAD_DATA;
    case_coverage_close(&test.coverage);
    case_set_free(&test.set);
    desk_close(&test.desk);
    phrase_free(&test.report.json);
    phrase_free(&test.writer.index);
    return code;
}
