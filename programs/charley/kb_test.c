/* kb_test.c: see kb_test.h.
 *
 * Puts every case to the engine, prints each expectation that is not met, then how
 * often the engine was right and what no case covers. A case that is not met, a
 * `covers` that is not true, and a rule of the top three levels that no case makes
 * speak are failures.
 */
#include "kb_test.h"

#include "case_coverage.h"
#include "command_line.h"

/* Everything the command puts together before it prints. */
typedef struct test_run {
    case_report report;
    case_set set;
    cli_desk desk;
    case_figures figures;
    case_coverage coverage;
    size_t n_danger_holes;
} test_run;

/* ---- running ---------------------------------------------------------------- */

static cli_exit run_case(test_run *test, const ch_node *test_case)
{
    size_t n_before = test->report.n;
    case_run run;
    cli_exit code = case_run_open(&run, test->desk.kb, test_case, &test->report);
    if (code == CLI_DONE) {
        case_run_compare(&run);
        case_coverage_add(&test->coverage, &run);
        case_figures_add(&test->figures, &run, test->report.n == n_before);
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
    case_coverage_open(&test->coverage, test->desk.kb);
    for (size_t i = 0; i < test->set.n_cases && code == CLI_DONE; i++)
        code = run_case(test, test->set.cases[i]);
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
    printf("%-24s %4zu of %zu", what, n, of);
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

static void list_hole(test_run *test, charley_kind kind, charley_text id,
                      cli_phrase *list)
{
    bool is_danger = kind == CHARLEY_RULE && case_is_danger_rule(test->desk.kb, id);
    test->n_danger_holes += is_danger;
    if (test->report.is_json) {
        phrase_add(list, list->size ? CHARLEY_TEXT(", ") : CHARLEY_TEXT(""));
        case_add_json(list, id);
        return;
    }
    phrase_add_format(list, "  %.*s%s\n", CH_ARG(id), is_danger ? " (FAILURE)" : "");
}

/* The entries of a kind that no case covers; returns how many are covered. */
static size_t list_holes(test_run *test, charley_kind kind, cli_phrase *list)
{
    size_t n_covered = 0;
    for (size_t i = 0; i < charley_kb_count(test->desk.kb, kind); i++) {
        if (test->coverage.times[kind][i] > 0)
            n_covered++;
        else
            list_hole(test, kind, charley_kb_id(test->desk.kb, kind, i), list);
    }
    return n_covered;
}

static void print_coverage(test_run *test)
{
    puts("\nCovered by a case:");
    for (const charley_kind *kind = case_covered_kinds; *kind != CHARLEY_N_KINDS;
         kind++) {
        cli_phrase list = {0};
        size_t n_covered = list_holes(test, *kind, &list);
        char what[32];
        snprintf(what, sizeof what, "%ss", case_kind_name(*kind));
        print_share(what, n_covered, charley_kb_count(test->desk.kb, *kind));
        if (list.size > 0)
            printf("%.*s", CH_ARG(phrase_text(&list)));
        phrase_free(&list);
    }
    if (test->n_danger_holes > 0)
        printf("%zu rules of the top three levels are not covered\n",
               test->n_danger_holes);
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

static void json_coverage(test_run *test)
{
    fputs("  \"coverage\": {", stdout);
    for (const charley_kind *kind = case_covered_kinds; *kind != CHARLEY_N_KINDS;
         kind++) {
        cli_phrase list = {0};
        size_t n_covered = list_holes(test, *kind, &list);
        printf("%s\n    \"%s\": {\"n\": %zu, \"covered\": %zu, \"holes\": [%.*s]}",
               kind == case_covered_kinds ? "" : ",", case_kind_name(*kind),
               charley_kb_count(test->desk.kb, *kind), n_covered,
               CH_ARG(phrase_text(&list)));
        phrase_free(&list);
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
    if (code == CLI_DONE && test.report.is_json) {
        print_json(&test);
    } else if (code == CLI_DONE) {
        print_figures(&test.figures);
        print_coverage(&test);
    }
    if (code == CLI_DONE && (test.report.n > 0 || test.n_danger_holes > 0))
        code = CLI_BAD_DATA;
    case_coverage_close(&test.coverage);
    case_set_free(&test.set);
    desk_close(&test.desk);
    phrase_free(&test.report.json);
    return code;
}
