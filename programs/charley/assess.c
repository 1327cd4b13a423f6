/* assess.c: `charley assess` and `charley next`: one case document in, one answer out.
 *
 * Stateless. Whatever goes wrong, the last word is "could not assess: seek care", on
 * standard error, and with --json a failure document on standard output: a program
 * that reads only the output must not take silence for good news.
 */
#include "command_line.h"
#include "commands.h"
#include "desk.h"
#include "render_text.h"

/* ---- failure ---------------------------------------------------------------- */

typedef struct failure {
    const charley_kb *kb;
    const charley_error *error;
} failure;

static charley_status write_failure(const void *what, char *json, size_t capacity,
                                    size_t *size, charley_error *error)
{
    const failure *failed = what;
    return charley_failure_write(failed->kb, failed->error, json, capacity, size,
                                 error);
}

static void put_json(const cli_phrase *json)
{
    fwrite(json->bytes, 1, json->size, stdout);
    if (json->size > 0 && json->bytes[json->size - 1] != '\n')
        putchar('\n');
}

/* The advice that holds when there is no answer, and with --json the failure document;
 * `kb` is NULL when not even the knowledge could be opened. */
static void give_up(const cli_call *call, const charley_kb *kb,
                    const charley_error *error)
{
    fputs("Could not assess: seek care.\n", stderr);
    cli_phrase json = {0};
    if (call->values[CLI_JSON] &&
        desk_write(write_failure, &(failure){kb, error}, &json, NULL) == CHARLEY_OK)
        put_json(&json);
    phrase_free(&json);
}

/* ---- assess ----------------------------------------------------------------- */

static charley_status write_result(const void *what, char *json, size_t capacity,
                                   size_t *size, charley_error *error)
{
    return charley_result_write(what, json, capacity, size, error);
}

static charley_status show_json(const charley_result *result, charley_error *error)
{
    cli_phrase json = {0};
    charley_status status = desk_write(write_result, result, &json, error);
    if (status == CHARLEY_OK)
        put_json(&json);
    phrase_free(&json);
    return status;
}

static cli_exit assess(cli_desk *desk, const cli_call *call, cli_page *page)
{
    const char *path = call->arguments[0];
    const charley_result *result;
    charley_error error;
    charley_status status = desk_read_case(desk, path, &error);
    if (status == CHARLEY_OK)
        status = charley_session_assess(desk->session, &result, &error);
    if (status == CHARLEY_OK && call->values[CLI_JSON])
        status = show_json(result, &error);
    if (status != CHARLEY_OK) {
        cli_exit code = cli_report(path, &error);
        give_up(call, desk->kb, &error);
        return code;
    }
    if (!call->values[CLI_JSON]) {
        const render_style style = {.is_short = call->values[CLI_SHORT] != NULL,
                                    .is_explained = call->values[CLI_EXPLAIN] != NULL};
        render_result(page, result, &style);
    }
    bool is_urgent = result->urgency >= CHARLEY_SAME_DAY ||
                     result->urgency == CHARLEY_COULD_NOT_ASSESS;
    return call->values[CLI_EXIT_URGENCY] && is_urgent ? CLI_URGENT : CLI_DONE;
}

cli_exit cli_assess(const cli_call *call)
{
    static const charley_error no_knowledge = {
        .status = CHARLEY_E_DATA,
        .text = "the knowledge or the region could not be opened"};
    if (call->values[CLI_JSON] && call->values[CLI_AS_TEXT]) {
        cli_complain("--json and --text exclude each other");
        return CLI_USAGE;
    }
    cli_desk desk;
    cli_exit code = desk_open(&desk, call);
    if (code != CLI_DONE) {
        give_up(call, NULL, &no_knowledge);
        return code;
    }
    cli_page page;
    code = page_open(&page, call, desk.kb, stdout) ? assess(&desk, call, &page)
                                                   : CLI_USAGE;
    page_close(&page);
    desk_close(&desk);
    return code;
}

/* ---- next ------------------------------------------------------------------- */

typedef struct asked {
    const charley_kb *kb;
    const charley_question *question;
} asked;

static charley_status write_question(const void *what, char *json, size_t capacity,
                                     size_t *size, charley_error *error)
{
    const asked *next = what;
    return charley_question_write(next->kb, next->question, json, capacity, size,
                                  error);
}

cli_exit cli_next(const cli_call *call)
{
    cli_desk desk;
    cli_exit code = desk_open(&desk, call);
    if (code != CLI_DONE)
        return code;
    asked next = {.kb = desk.kb};
    cli_phrase json = {0};
    charley_error error;
    charley_status status = desk_read_case(&desk, call->arguments[0], &error);
    if (status == CHARLEY_OK)
        status = charley_session_next(desk.session, false, &next.question, &error);
    if (status == CHARLEY_OK)
        status = desk_write(write_question, &next, &json, &error);
    if (status == CHARLEY_OK)
        put_json(&json);
    else
        code = cli_report(call->arguments[0], &error);
    phrase_free(&json);
    desk_close(&desk);
    return code;
}
