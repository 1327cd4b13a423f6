/* test_author_cutoffs.c: each limit of the checker below, at and above, and the ways in
 * which a red flag may and may not be read. A row changes one place of the good
 * bookshelf and gives the complete list of lints that must follow. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "author/directory.h"
#include "author/memory.h"
#include "base/view.h"

#include <stdio.h>
#include <string.h>

#define GOOD         CH_SOURCE_DIR "/tests/kb_good"
#define N_ROWS(rows) (sizeof(rows) / sizeof *(rows))

typedef struct row {
    const char *path;
    const char *from; /* stands there exactly once */
    const char *to;
    const char *lints; /* of all faults that follow, with a space between */
} row;

static void note_lint(void *user, const ch_fault *fault)
{
    char *lints = user;
    strcat(lints, lints[0] ? " " : "");
    strcat(lints, fault->lint);
    assert_in_range(strlen(lints), 1, 200);
}

/* The file with `from` replaced by `to`. */
static charley_text patched(ch_pool *pool, charley_text bytes, const row *change)
{
    ch_buffer text = {.pool = pool};
    size_t size = strlen(change->from);
    for (size_t at = 0; at < bytes.size; at++) {
        charley_text rest = ch_view_part(bytes, at, bytes.size);
        if (!ch_view_starts_with(rest, change->from))
            continue;
        ch_buffer_add(&text, ch_view_part(bytes, 0, at));
        ch_buffer_add(&text, ch_view(change->to));
        ch_buffer_add(&text, ch_view_part(bytes, at + size, bytes.size));
        assert_false(text.is_failed);
        return (charley_text){text.bytes, text.size};
    }
    fail_msg("\"%s\" does not stand in %s", change->from, change->path);
    return bytes;
}

static void check_row(const row *change)
{
    char lints[256] = "";
    ch_pool pool;
    ch_pool_init(&pool, ch_author_heap());
    ch_desk desk = {.report = note_lint, .user = lints};
    ch_vector files = CH_VECTOR(ch_author_file);
    assert_int_equal(ch_directory_read(&pool, &desk, GOOD, &files), CHARLEY_OK);
    for (uint32_t i = 0; i < files.n; i++) {
        ch_author_file *file = CH_AT(files, i, ch_author_file);
        if (ch_view_is(file->path, change->path))
            file->bytes = patched(&pool, file->bytes, change);
    }
    ch_bookshelf *shelf = NULL;
    charley_status status =
        ch_author_load_files(ch_author_heap(), CH_AT(files, 0, ch_author_file), files.n,
                             note_lint, lints, &shelf);
    assert_true(status == CHARLEY_OK || status == CHARLEY_E_DATA);
    status = ch_author_check(shelf);
    assert_true(status == CHARLEY_OK || status == CHARLEY_E_DATA);
    if (strcmp(lints, change->lints) != 0)
        fail_msg("\"%s\": \"%s\" is not \"%s\"", change->to, lints, change->lints);
    ch_author_free(shelf);
    ch_pool_free(&pool);
}

static void check_rows(const row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        check_row(&rows[i]);
}

#define MEASURED "findings/measured.yaml"
#define ASKED    "findings/asked.yaml"
#define AXLE     "conditions/broken_axle.yaml"
#define PROFILE  "profiles/plain_noise.yaml"
#define SCORES   "scores/all.yaml"

/* ---- numbers ---- */

#define LEAK "{p: 0.1, mark: estimate, why: \"a guess\"}"

static void test_numbers_at_their_limits(void **state)
{
    (void)state;
    static const row ROWS[] = {
        {MEASURED, LEAK, "{p: 0, mark: estimate, why: x}", "KB-031"},
        {MEASURED, LEAK, "{p: 0.0000001, mark: estimate, why: x}", "KB-035 KB-036"},
        {MEASURED, LEAK, "{p: 0.9, mark: estimate, why: x}", "KB-036"},
        {MEASURED, LEAK, "{p: 1, mark: estimate, why: x}", "KB-031"},
        {MEASURED, LEAK, "{p: 0.1, weight: 0, mark: estimate, why: x}", "KB-032"},
        {MEASURED, LEAK, "{p: 0.1, weight: 20, mark: estimate, why: x}", ""},
        {MEASURED, LEAK, "{p: 0.1, weight: 20.1, mark: estimate, why: x}", "KB-032"},
        {MEASURED, LEAK, "{p: 0.1, weight: 21, mark: shown, source: wheel2001}", ""},
        {MEASURED, LEAK, "{p: 0.1, weight: 1000000, mark: shown, source: wheel2001}",
         ""},
        {MEASURED, LEAK, "{p: 0.1, weight: 1000001, mark: shown, source: wheel2001}",
         "KB-032"},
        {MEASURED, LEAK, "{n: 0, of: 4, mark: estimate, why: x}", ""},
        {MEASURED, LEAK, "{n: 1, mark: estimate, why: x}", "KB-030"},
        {MEASURED, LEAK, "{of: 1, mark: estimate, why: x}", "KB-030"},
        {MEASURED, LEAK, "{n: 9, of: 9, mark: estimate, why: x}", "KB-036"},
        {MEASURED, LEAK, "{n: 10, of: 9, mark: estimate, why: x}", "KB-030"},
        {MEASURED, LEAK, "{n: -1, of: 9, mark: estimate, why: x}", "KB-030"},
        {MEASURED, LEAK, "{n: 0.5, of: 4, mark: estimate, why: x}", "KB-030 KB-036"},
        {MEASURED, LEAK, "{p: 0.1, n: 1, of: 9, mark: estimate, why: x}", "KB-034"},
        {MEASURED, LEAK, "{mark: estimate, why: x}", "KB-034"},
        {MEASURED, LEAK, "{p: 0.1, interval: [0.1, 0.1], mark: estimate, why: x}",
         "KB-033"},
        {MEASURED, LEAK, "{p: 0.1, interval: [0.1, 0.2], mark: estimate, why: x}", ""},
        {MEASURED, LEAK, "{p: 0.1, interval: [0, 0.2], mark: estimate, why: x}",
         "KB-033"},
        {MEASURED, LEAK, "{p: 0.1, interval: [0.05, 1], mark: estimate, why: x}",
         "KB-033"},
        {MEASURED, LEAK, "{p: 0.1, interval: [0.05], mark: estimate, why: x}",
         "KB-013"},
        {MEASURED, LEAK, "{p: \"0.1\", mark: estimate, why: x}", "KB-013"},
        {MEASURED, LEAK, "{p: 1e400, mark: estimate, why: x}", "KB-013"},
        {MEASURED, LEAK, "{p: .1, mark: estimate, why: x}", "KB-013"},
        {MEASURED, LEAK, "{p: 0.1, mark: shown, why: x}", "KB-023"},
        {MEASURED, LEAK, "{p: 0.1, mark: estimate}", "KB-029"},
        {MEASURED, LEAK, "{p: 0.1, mark: estimate, why: x, why: y}", "KB-010"},
    };
    check_rows(ROWS, N_ROWS(ROWS));
}

static void test_likelihoods_at_their_limits(void **state)
{
    (void)state;
    static const char SQUEAK[] = "{id: squeak, p: 0.8, weight: 50, mark: recalled, "
                                 "source: chain1999}";
    /* The leak of smoke is 0.05, the cap 20. */
    static const row ROWS[] = {
        {PROFILE, SQUEAK, "{id: smoke, p: 0.999, mark: estimate, why: x}", ""},
        {PROFILE, SQUEAK, "{id: smoke, lr: {positive: 20}, mark: estimate, why: x}",
         ""},
        {PROFILE, SQUEAK, "{id: smoke, lr: {positive: 20.1}, mark: estimate, why: x}",
         "KB-035"},
        {PROFILE, SQUEAK, "{id: smoke, lr: {positive: 0.5}, mark: estimate, why: x}",
         ""},
        {PROFILE, SQUEAK,
         "{id: smoke, lr: {positive: 1, negative: 0.5}, mark: estimate, why: x}",
         "KB-037"},
        {PROFILE, SQUEAK,
         "{id: smoke, lr: {positive: 2, negative: 1}, mark: estimate, why: x}",
         "KB-037"},
        /* Implied by 0.5: (1 - 0.5 * 0.95) / 0.05 = 10.5; a quarter about it. */
        {PROFILE, SQUEAK,
         "{id: smoke, lr: {positive: 8.41, negative: 0.5}, mark: estimate, why: x}",
         ""},
        {PROFILE, SQUEAK,
         "{id: smoke, lr: {positive: 8.39, negative: 0.5}, mark: estimate, why: x}",
         "KB-036"},
        {PROFILE, SQUEAK,
         "{id: smoke, lr: {positive: 13.9, negative: 0.5}, mark: estimate, why: x}",
         ""},
        {PROFILE, SQUEAK,
         "{id: smoke, lr: {positive: 14.1, negative: 0.5}, mark: estimate, why: x}",
         "KB-036"},
        {PROFILE, SQUEAK, "{id: smoke, mark: estimate, why: x}", "KB-034"},
        {PROFILE, SQUEAK,
         "{id: smoke, p: 0.5, lr: {positive: 2}, mark: estimate, why: x}", "KB-034"},
        {PROFILE, SQUEAK, "{id: onset, p: 0.5, mark: estimate, why: x}", "KB-026"},
        {PROFILE, SQUEAK, "{id: age, p: 0.5, mark: estimate, why: x}", "KB-026"},
        {PROFILE, SQUEAK, "{id: rust, p: 0.5, mark: estimate, why: x}", "KB-039"},
        {PROFILE, SQUEAK,
         "{id: rust, p: 0.5, mark: estimate, why: x, status: retired, reason: y}", ""},
    };
    check_rows(ROWS, N_ROWS(ROWS));
}

/* ---- forms ---- */

static void test_forms_of_texts_and_ids(void **state)
{
    (void)state;
    static const char TEST[] = "tests: [{id: wheel_scan, source: [wheel2001]}]";
    static const row ROWS[] = {
        {"tests.yaml", TEST, "tests: [{id: wheel_scan, at: x}]", ""},
        {"tests.yaml", TEST, "tests: [{id: wheel_scan, at: \"\"}]", "KB-019"},
        {"tests.yaml", TEST, "tests: [{id: wheel_scan, at: \" x\"}]", "KB-019"},
        {"tests.yaml", TEST, "tests: [{id: wheel_scan, at: \"x\\ny\"}]", "KB-019"},
        {"tests.yaml", TEST, "tests: [{id: wheel_scan, at: \"x TODO\"}]", "KB-019"},
        {"tests.yaml", TEST, "tests: [{id: wheel_scan, at: [x]}]", "KB-013"},
        {"tests.yaml", TEST, "tests: [{id: wheel_scan, source: []}]", "KB-013"},
        {"tests.yaml", TEST, "tests: {id: wheel_scan}", "KB-013"},
        {"tests.yaml", TEST, "tets: [{id: wheel_scan}]", "KB-011"},
        {"claims.yaml", "S0-02", "S0-2", "KB-018"},
        {"claims.yaml", "S0-02", "s0-02", "KB-018"},
        {"rules/danger.yaml", "H-001", "H-01", "KB-018"},
        {"screens.yaml", "order: 2", "order: 0", "KB-014"},
        {"screens.yaml", "order: 2", "order: 1.5", "KB-013"},
        {"screens.yaml", "cost: 3", "cost: 10", "KB-014"},
        {"screens.yaml", "danger: true", "danger: yes", "KB-013"},
        {"screens.yaml", "danger: true", "danger: \"true\"", "KB-013"},
    };
    check_rows(ROWS, N_ROWS(ROWS));
}

static void test_forms_of_medicines(void **state)
{
    (void)state;
    static const char NAMES[] = "names: [petrol]";
    static const char INTERVAL[] = "interval: [1.5, 3]";
    static const row ROWS[] = {
        {"drugs.yaml", NAMES, "names: [petrol, tar]", ""},
        {"drugs.yaml", NAMES, "names: [Petrol]", "KB-061"},
        {"drugs.yaml", NAMES, "names: [pe/trol]", "KB-061"},
        {"drugs.yaml", NAMES, "names: [wax  oil]", "KB-061"},
        {"drugs.yaml", NAMES, "names: [petrol, petrol]", "KB-061"},
        {"drugs.yaml", NAMES, "names: [wax]", "KB-061"},
        {"drugs.yaml", "of: polish", "of: thick_polish", "KB-024"},
        {"drugs.yaml", "of: polish", "of: polsh", "KB-026"},
        {"drugs.yaml", INTERVAL, "interval: [2, 3]", ""},
        {"drugs.yaml", INTERVAL, "interval: [2.1, 3]", "KB-033"},
        {"drugs.yaml", INTERVAL, "interval: [3, 2]", "KB-033"},
        {"drugs.yaml", "value: 2,", "value: 0,", "KB-014"},
        {"drugs.yaml", INTERVAL, "n: 1, of: 2", "KB-034"},
        {"drugs.yaml", "when: rust, level", "level", "KB-024"},
        {"drugs.yaml", "level: hours_apart", "level: never", "KB-015"},
        {"drugs.yaml", "effect: clot,", "effect: clott,", "KB-015"},
        {"regions.yaml", "\"56\"", "\"5-6\"", "KB-019"},
        {"regions.yaml", "\"56\"", "\"5 6\"", ""},
    };
    check_rows(ROWS, N_ROWS(ROWS));
}

static void test_forms_of_expressions(void **state)
{
    (void)state;
    static const char WHEN[] = "{number: ride, above_number: rest}";
    static const row ROWS[] = {
        {MEASURED, WHEN, "{all: []}", "KB-020"},
        {MEASURED, WHEN, "[squeak, rust]", "KB-020"},
        {MEASURED, WHEN, "{all: [squeak], any: [rust]}", "KB-020"},
        {MEASURED, WHEN, "{at_least: 0, of: [squeak]}", "KB-020"},
        {MEASURED, WHEN, "{at_least: 1, of: [squeak]}", ""},
        {MEASURED, WHEN, "{at_least: 2, of: [squeak]}", "KB-020"},
        {MEASURED, WHEN, "{at_least: 1.5, of: [squeak, rust]}", "KB-020"},
        {MEASURED, WHEN, "{number: age, unit: a}", "KB-020"},
        {MEASURED, WHEN, "{number: age, at_least: 5, above: 4, unit: a}", "KB-020"},
        {MEASURED, WHEN, "{number: age, at_least: 5, at_most: 5, unit: a}", "KB-020"},
        {MEASURED, WHEN, "{number: age, at_least: 5, at_mots: 6, unit: a}", "KB-020"},
        {MEASURED, WHEN, "{number: age, at_least: 5}", "KB-042"},
        {MEASURED, WHEN, "{number: age, at_least: 0, unit: a}", ""},
        {MEASURED, WHEN, "{number: age, at_least: 120, unit: a}", ""},
        {MEASURED, WHEN, "{number: age, at_least: 121, unit: a}", "KB-043"},
        {MEASURED, WHEN, "{number: age, at_least: -1, unit: a}", "KB-043"},
        {MEASURED, WHEN, "{number: ride, at_least: 24, unit: h}", ""},
        {MEASURED, WHEN, "{number: ride, at_least: 25, unit: h}", "KB-043"},
        {MEASURED, WHEN, "{number: squeak, at_least: 1, unit: a}", "KB-020"},
        {MEASURED, WHEN, "{number: ride, above_number: age}", ""},
        {MEASURED, WHEN, "{number: ride, above_number: gap}", "KB-042"},
        {MEASURED, WHEN, "{number: ride, above_number: squeak}", "KB-020"},
        {MEASURED, WHEN, "{score: ride_ratio, above: 1, unit: a}", "KB-020"},
        {MEASURED, WHEN, "{score: rideratio, above: 1}", "KB-026"},
        {MEASURED, WHEN, "onset", "KB-026"},
        {MEASURED, WHEN, "\"onset=suden\"", "KB-026"},
        {MEASURED, WHEN, "age", "KB-026"},
        {MEASURED, WHEN, "bell", "KB-027"},
        {MEASURED, WHEN, "rode_long", "KB-044"},
        {SCORES, "{multiply: [{least: [1, 2]}, {subtract: [3, 2]}]}",
         "{number: squeak}", "KB-020"},
        {SCORES, "{least: [1, 2]}", "{least: [1, 2, 3]}", "KB-020"},
        {SCORES, "{least: [1, 2]}", "{power: [1, 2]}", ""},
        {SCORES, "{least: [1, 2]}", "{root: [1, 2]}", "KB-020"},
    };
    check_rows(ROWS, N_ROWS(ROWS));
}

/* The ride ratio as a class instead. */
static void test_ladders(void **state)
{
    (void)state;
    static const char FORMULA[] =
        "    formula: {divide: [{greatest: [{number: ride}, 1]}, {add: [{number: "
        "rest}, "
        "{multiply: [{least: [1, 2]}, {subtract: [3, 2]}]}]}]}\n"
        "    decimals: 3\n"
        "    bands: [{id: any}]\n";
#define LADDER(rungs) "    ladder: [" rungs "]\n"
    static const row ROWS[] = {
        /* The only rung has the name, and so the word, of the band it replaces. */
        {SCORES, FORMULA, LADDER("{id: any, value: 1}"), ""},
        {SCORES, FORMULA, LADDER("{id: any, when: rust, value: 1}"), "KB-055"},
        {SCORES, FORMULA, LADDER("{id: any, value: 1}, {id: any, value: 0}"),
         "KB-055 KB-025"},
        {SCORES, FORMULA, LADDER("{id: any, value: 1}") "    bands: [{id: any}]\n",
         "KB-024"},
        {SCORES, "    bands: [{id: any}]\n", "", "KB-024 KB-058 KB-058"},
        {SCORES, FORMULA, "    bands: [{id: any}]\n", "KB-024"},
    };
#undef LADDER
    check_rows(ROWS, N_ROWS(ROWS));
}

static void test_depth_of_expressions(void **state)
{
    (void)state;
    for (unsigned depth = 15; depth <= 17; depth++) {
        char text[256] = "";
        for (unsigned i = 1; i < depth; i++)
            strcat(text, "{not: ");
        strcat(text, "squeak");
        for (unsigned i = 1; i < depth; i++)
            strcat(text, "}");
        row change = {MEASURED, "{number: ride, above_number: rest}", text,
                      depth <= 16 ? "" : "KB-021"};
        check_row(&change);
    }
}

static void test_bands(void **state)
{
    (void)state;
    static const char BANDS[] = "[{id: low, below: 1}, {id: middle, at_least: 1, "
                                "at_most: 2}, {id: high, above: 2}]";
#define THREE(low, middle, high)                                                       \
    "[{id: low" low "}, {id: middle" middle "}, {id: high" high "}]"
    static const row ROWS[] = {
        {SCORES, BANDS, THREE(", at_most: 1", ", above: 1, below: 2", ", at_least: 2"),
         ""},
        {SCORES, BANDS, THREE(", below: 1", ", above: 1, below: 2", ", at_least: 2"),
         "KB-055"},
        {SCORES, BANDS,
         THREE(", at_most: 1", ", at_least: 1, below: 2", ", at_least: 2"), "KB-055"},
        {SCORES, BANDS,
         THREE(", below: 1", ", at_least: 1.1, below: 2", ", at_least: 2"), "KB-055"},
        {SCORES, BANDS,
         THREE(", below: 1.1", ", at_least: 1, below: 2", ", at_least: 2"), "KB-055"},
        {SCORES, BANDS,
         THREE(", below: 1", ", at_least: 1, below: 2", ", at_least: 2, below: 9"),
         "KB-055"},
        {SCORES, BANDS,
         THREE(", at_least: 0, below: 1", ", at_least: 1, below: 2", ", at_least: 2"),
         "KB-055"},
        {SCORES, BANDS, THREE(", below: 1", ", at_least: 1", ", at_least: 2"),
         "KB-055"},
        {SCORES, BANDS,
         THREE(", below: 1", ", at_least: 1, above: 1, below: 2", ", at_least: 2"),
         "KB-055"},
        /* An item by number, and nothing beside it. */
        {SCORES, "when: rust, points: 1", "points_from: ride", ""},
        {SCORES, "when: rust, points: 1", "points_from: ride, points: 1", "KB-024"},
        {SCORES, "when: rust, points: 1", "points_from: rust", "KB-020"},
        {SCORES, "when: rust, points: 1", "when: rust", "KB-024"},
        {SCORES, "when: rust, points: 1", "points: 1", "KB-024"},
    };
#undef THREE
    check_rows(ROWS, N_ROWS(ROWS));
}

/* ---- red flags ---- */

static void test_red_flags_are_read_in_one_sense(void **state)
{
    (void)state;
    static const char NOT_IF[] = "not_if: {not: smoke}";
    static const char MODIFIER[] = "when: rode_long";
    static const row ROWS[] = {
        {"modifiers.yaml", MODIFIER, "when: smoke", ""},
        {"modifiers.yaml", MODIFIER, "when: {not: smoke}", "KB-051"},
        {"modifiers.yaml", MODIFIER, "when: {not: {not: smoke}}", ""},
        {"modifiers.yaml", MODIFIER, "when: {at_least: 1, of: [smoke, {not: sparks}]}",
         "KB-051"},
        {"modifiers.yaml", MODIFIER, "when: {not: {all: [smoke, sparks]}}",
         "KB-051 KB-051"},
        {MEASURED, "{number: ride, above_number: rest}", "{not: smoke}", "KB-051"},
        {MEASURED, "{number: ride, above_number: rest}", "{any: [smoke, rust]}", ""},
        /* Where a yes closes a finding, a red flag must not help it to yes. */
        {ASKED, NOT_IF, "not_if: smoke", "KB-051"},
        {ASKED, NOT_IF, "not_if: {not: {not: smoke}}", "KB-051"},
        {ASKED, NOT_IF, "not_if: {any: [{not: smoke}, rust]}", ""},
        {"screens.yaml", "when: squeak", "when: smoke", ""},
        {"screens.yaml", "when: squeak", "when: {not: smoke}", "KB-051"},
        {"remedies/all.yaml", "not_for: smoke", "not_for: {not: smoke}", "KB-051"},
        {"remedies/all.yaml", "when: squeak", "when: {not: smoke}", ""},
        {AXLE, "excluded_by: scan_fine", "excluded_by: smoke", "KB-051"},
        /* Through a score: middling, read by a caution, needs 1 to 3 points. */
        {SCORES, "{id: rust, when: rust, points: 1}",
         "{id: rust, when: smoke, points: 1}", "KB-051"},
        {SCORES, "{id: rust, when: rust, points: 1}",
         "{id: rust, when: smoke, points: -1}", "KB-051 KB-051"},
        {ASKED, "{id: frame_fine, kind: yes_no, who: look}",
         "{id: frame_fine, kind: yes_no, who: look, red_flag: true}",
         "KB-051 KB-051 KB-051 KB-051"},
        {MEASURED, "{id: age, kind: number,", "{id: age, kind: number, red_flag: true,",
         "KB-050"},
        {MEASURED, "{id: rode_long, kind: derived,",
         "{id: rode_long, kind: derived, red_flag: true,", "KB-050"},
    };
    check_rows(ROWS, N_ROWS(ROWS));
}

/* ---- what must go together ---- */

static void test_entries_that_need_each_other(void **state)
{
    (void)state;
    static const row ROWS[] = {
        {"rules/danger.yaml", "    suspects: [broken_axle]\n", "", "KB-053"},
        {"rules/danger.yaml", "    unknown: raise\n", "", "KB-022"},
        {"words/en/entries.yaml", "rule.fire.now:", "rule.fire.then:", "KB-053 KB-058"},
        {"words/en/entries.yaml", "  finding.age.ask: \"About finding age ask\"\n", "",
         "KB-057"},
        {"words/en/entries.yaml",
         "  finding.squeak.how: \"About finding squeak how\"\n", "", ""},
        {"words/en/entries.yaml",
         "  remedy.oil_it.population: \"About remedy oil it population\"\n", "",
         "KB-057"},
        {"words/en/entries.yaml",
         "  remedy.oil_it.effect: \"About remedy oil it effect\"\n", "", "KB-057"},
        {"words/en/entries.yaml",
         "  remedy.oil_it.harms: \"About remedy oil it harms\"\n", "", "KB-057"},
        {"words/en/entries.yaml",
         "  remedy.oil_it.who_not: \"About remedy oil it who not\"\n", "", "KB-057"},
        {"words/en/entries.yaml",
         "  remedy.oil_it.dose: \"About remedy oil it dose\"\n", "", ""},
        {"rules/danger.yaml", "    unknown: raise\n", "    unknown: ask\n", "KB-024"},
        {"rules/danger.yaml", "    raise_if: {any: [squeak, rust]}\n", "", ""},
        {"rules/danger.yaml", "raise_if: {any: [squeak, rust]}",
         "raise_if: {not: smoke}", "KB-051"},
        {"cautions/riding.yaml", "unknown: raise", "unknown: ask", "KB-015"},
        {"modifiers.yaml", "at_most: emergency", "at_most: self_care", ""},
        {"modifiers.yaml", "from: self_care, at_most: emergency",
         "from: emergency, at_most: same_day", "KB-014"},
        {AXLE, "must_not_miss: true\n", "", ""},
        {AXLE, "floor: {n: 1, of: 199, mark: shown, source: wheel2001}\n", "",
         "KB-052 KB-024"},
        {SCORES, "    decimals: 3\n", "    decimals: 7\n", "KB-014"},
        {SCORES, "{id: scan, when: scan_fine,", "{id: bent, when: scan_fine,",
         "KB-025 KB-058 KB-058"},
        {AXLE, "{id: rust, when: rust, odds_ratio: 3, prevalence: 0.5,",
         "{id: rust, when: rust, odds_ratio: 3, prevalence: 1,", "KB-031"},
        {AXLE, "{id: rust, when: rust, odds_ratio: 3,",
         "{id: age, when: rust, odds_ratio: 3,", "KB-025"},
        {AXLE, "odds_ratio: 2, interval: [1, 4]", "odds_ratio: 5, interval: [1, 4]",
         "KB-033"},
        {ASKED, "      - {id: gradual}\n      - {id: unsure}\n", "",
         "KB-024 KB-058 KB-058 KB-058 KB-058"},
        {ASKED, "{id: frame_fine, kind: yes_no, who: look}",
         "{id: frame_fine, kind: yes_no}", "KB-024"},
        {"sources.yaml", "{id: bicycle_page,", "{id: bicycle_page, status: rejected,",
         "KB-027 KB-027 KB-027"},
        {"meta.yaml", "language: en", "language: fr", "KB-057"},
    };
    check_rows(ROWS, N_ROWS(ROWS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_at_their_limits),
        cmocka_unit_test(test_likelihoods_at_their_limits),
        cmocka_unit_test(test_forms_of_texts_and_ids),
        cmocka_unit_test(test_forms_of_medicines),
        cmocka_unit_test(test_forms_of_expressions),
        cmocka_unit_test(test_depth_of_expressions),
        cmocka_unit_test(test_ladders),
        cmocka_unit_test(test_bands),
        cmocka_unit_test(test_red_flags_are_read_in_one_sense),
        cmocka_unit_test(test_entries_that_need_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
