/* kb_diff.c: see kb_diff.h.
 *
 * Compares what the two sides explain about each id, kind by kind, so that only what
 * means something differently is shown: not order, layout or comments. Numbers are
 * compared by their claim. With --cases also which cases get another urgency or another
 * first cause.
 */
#include "kb_diff.h"

#include "case_run.h"
#include "command_line.h"
#include "desk.h"
#include "explain.h"
#include "json_view.h"

/* In the order of charley_kind. */
static const char *const kind_names[CHARLEY_N_KINDS] = {
    "finding", "condition", "rule",     "caution",      "remedy",
    "test",    "clinic",    "score",    "claim",        "source",
    "screen",  "modifier",  "conflict", "contradiction"};

/* ---- members of one id ------------------------------------------------------ */

/* The heading of an entry, printed before its first difference only. */
typedef struct diff_entry {
    const char *kind;
    charley_text id;
    bool is_named;
} diff_entry;

static void name_entry(diff_entry *entry, char sign)
{
    if (!entry->is_named)
        printf("%c %s %.*s\n", sign, entry->kind, (int)entry->id.size, entry->id.bytes);
    entry->is_named = true;
}

static void add_value(cli_phrase *out, charley_text value)
{
    charley_text element;
    if (json_kind_of(value) != JSON_ARRAY) {
        json_add_plain(out, value);
        return;
    }
    for (size_t i = 0; json_next(&value, NULL, &element); i++) {
        phrase_add(out, i > 0 ? CHARLEY_TEXT(" | ") : CHARLEY_TEXT(""));
        json_add_plain(out, element);
    }
}

static void put_value(charley_text value)
{
    cli_phrase plain = {0};
    add_value(&plain, value);
    if (plain.size == 0)
        phrase_add(&plain, CHARLEY_TEXT("(nothing)"));
    cli_put_clean(stdout, phrase_text(&plain));
    phrase_free(&plain);
}

static void put_change(diff_entry *entry, charley_text what, charley_text before,
                       charley_text after)
{
    name_entry(entry, '~');
    printf("    %.*s: ", (int)what.size, what.bytes);
    put_value(before);
    fputs(" -> ", stdout);
    put_value(after);
    putchar('\n');
}

/* The number of a claim in a list of numbers; empty when it is not there. */
static charley_text find_number(charley_text numbers, charley_text claim)
{
    charley_text number;
    while (json_next(&numbers, NULL, &number))
        if (cli_text_equal(json_member(number, "claim"), claim))
            return number;
    return (charley_text){0};
}

/* Without the quotes of a JSON string that has no escapes: ids. */
static charley_text bare(charley_text string)
{
    return string.size < 2 ? string : (charley_text){string.bytes + 1, string.size - 2};
}

/* The value first, then its passport. */
static void compare_number(diff_entry *entry, charley_text claim, charley_text before,
                           charley_text after)
{
    static const char *const members[] = {"value", "published", "n",      "of",
                                          "mark",  "evidence",  "source", "at",
                                          "note",  "derivation"};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        charley_text old_value = json_member(before, members[i]);
        charley_text new_value = json_member(after, members[i]);
        if (cli_text_equal(old_value, new_value))
            continue;
        cli_phrase what = {0};
        phrase_add_format(&what, "%.*s %s", (int)claim.size, claim.bytes, members[i]);
        put_change(entry, phrase_text(&what), old_value, new_value);
        phrase_free(&what);
    }
}

static void compare_numbers(diff_entry *entry, charley_text before, charley_text after)
{
    charley_text rest = before;
    charley_text number;
    while (json_next(&rest, NULL, &number)) {
        charley_text claim = json_member(number, "claim");
        compare_number(entry, bare(claim), number, find_number(after, claim));
    }
    rest = after;
    while (json_next(&rest, NULL, &number)) {
        charley_text claim = json_member(number, "claim");
        if (find_number(before, claim).size == 0)
            compare_number(entry, bare(claim), (charley_text){0}, number);
    }
}

static void compare_entry(diff_entry *entry, charley_text before, charley_text after)
{
    charley_text rest = before;
    charley_text key;
    charley_text value;
    compare_numbers(entry, json_member(before, "numbers"),
                    json_member(after, "numbers"));
    while (json_next(&rest, &key, &value)) {
        char name[64];
        snprintf(name, sizeof name, "%.*s", (int)key.size, key.bytes);
        charley_text new_value = json_member(after, name);
        /* Sources have entries of their own. */
        if (cli_text_is(key, "numbers") || cli_text_is(key, "sources"))
            continue;
        if (!cli_text_equal(value, new_value))
            put_change(entry, key, value, new_value);
    }
    rest = after;
    while (json_next(&rest, &key, &value)) {
        char name[64];
        snprintf(name, sizeof name, "%.*s", (int)key.size, key.bytes);
        if (!cli_text_is(key, "numbers") && !cli_text_is(key, "sources") &&
            json_member(before, name).size == 0)
            put_change(entry, key, (charley_text){0}, value);
    }
}

/* ---- ids -------------------------------------------------------------------- */

static bool has_id(const charley_kb *kb, charley_kind kind, charley_text id)
{
    size_t index;
    return charley_kb_find(kb, kind, id, &index, NULL) == CHARLEY_OK;
}

static cli_exit compare_id(const charley_kb *before, const charley_kb *after,
                           diff_entry *entry)
{
    cli_phrase old_json = {0};
    cli_phrase new_json = {0};
    charley_error error;
    charley_status status = explain_json(before, entry->id, &old_json, &error);
    if (status == CHARLEY_OK)
        status = explain_json(after, entry->id, &new_json, &error);
    if (status == CHARLEY_OK)
        compare_entry(entry, phrase_text(&old_json), phrase_text(&new_json));
    phrase_free(&old_json);
    phrase_free(&new_json);
    return status == CHARLEY_OK ? CLI_DONE : cli_report(NULL, &error);
}

static cli_exit compare_kind(const charley_kb *before, const charley_kb *after,
                             charley_kind kind)
{
    cli_exit code = CLI_DONE;
    for (size_t i = 0; i < charley_kb_count(before, kind) && code == CLI_DONE; i++) {
        diff_entry old_entry = {kind_names[kind], charley_kb_id(before, kind, i),
                                false};
        if (!has_id(after, kind, old_entry.id))
            name_entry(&old_entry, '-');
        else if (kind != CHARLEY_SCREEN) /* the order of asking: nothing clinical */
            code = compare_id(before, after, &old_entry);
    }
    for (size_t i = 0; i < charley_kb_count(after, kind); i++) {
        diff_entry new_entry = {kind_names[kind], charley_kb_id(after, kind, i), false};
        if (!has_id(before, kind, new_entry.id))
            name_entry(&new_entry, '+');
    }
    return code;
}

/* ---- cases ------------------------------------------------------------------ */

/* What a case comes to, in a few words. Names that one of the two sides does not have
 * are part of the difference, not a fault to be reported: the report is not printed. */
static cli_exit add_verdict(cli_phrase *verdict, const charley_kb *kb,
                            const ch_node *test_case)
{
    case_report report = {.is_json = true};
    case_run run;
    cli_exit code = case_run_open(&run, kb, test_case, &report);
    if (code == CLI_DONE && run.result) {
        phrase_add(verdict, charley_urgency_name(run.result->urgency));
        if (run.result->n_causes > 0) {
            phrase_add(verdict, CHARLEY_TEXT(", "));
            phrase_add(verdict, run.result->causes[0].id);
        }
    } else if (code == CLI_DONE) {
        phrase_add_format(verdict, "refused (%s)", run.refusal.text);
    }
    case_run_close(&run);
    phrase_free(&report.json);
    return code;
}

static cli_exit compare_case(const cli_desk *before, const cli_desk *after,
                             const ch_node *test_case)
{
    cli_phrase old_verdict = {0};
    cli_phrase new_verdict = {0};
    cli_exit code = add_verdict(&old_verdict, before->kb, test_case);
    if (code == CLI_DONE)
        code = add_verdict(&new_verdict, after->kb, test_case);
    if (code == CLI_DONE &&
        !cli_text_equal(phrase_text(&old_verdict), phrase_text(&new_verdict))) {
        fputs("~ case ", stdout);
        cli_put_clean(stdout, case_id(test_case));
        fputs("\n    verdict: ", stdout);
        cli_put_clean(stdout, phrase_text(&old_verdict));
        fputs(" -> ", stdout);
        cli_put_clean(stdout, phrase_text(&new_verdict));
        putchar('\n');
    }
    phrase_free(&old_verdict);
    phrase_free(&new_verdict);
    return code;
}

static cli_exit compare_cases(const cli_desk *before, const cli_desk *after,
                              const char *path)
{
    case_report report = {0};
    case_set set = {.report = &report};
    cli_exit code = case_set_read(&set, path);
    for (size_t i = 0; i < set.n_cases && code == CLI_DONE; i++)
        code = compare_case(before, after, set.cases[i]);
    if (code == CLI_DONE && report.n > 0)
        code = CLI_BAD_DATA;
    case_set_free(&set);
    return code;
}

/* ---- command ---------------------------------------------------------------- */

cli_exit kb_diff(const cli_call *call)
{
    cli_desk before;
    cli_desk after;
    cli_exit code = desk_open_path(&before, call->arguments[0]);
    if (code != CLI_DONE)
        return code;
    code = desk_open_path(&after, call->arguments[1]);
    for (int kind = 0; kind < CHARLEY_N_KINDS && code == CLI_DONE; kind++)
        code = compare_kind(before.kb, after.kb, (charley_kind)kind);
    if (code == CLI_DONE && call->values[CLI_CASES])
        code = compare_cases(&before, &after, call->values[CLI_CASES]);
    desk_close(&after);
    desk_close(&before);
    return code;
}
