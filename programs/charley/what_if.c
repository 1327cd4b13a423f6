/* what_if.c: `charley what-if`: how another answer would change urgency and causes. */
#include <string.h>

#include "chance.h"
#include "command_line.h"
#include "commands.h"
#include "desk.h"
#include "page.h"

/* ---- the question ----------------------------------------------------------- */

typedef struct supposition {
    charley_text id;
    charley_answer answer;
} supposition;

/* Splits "finding=no" at its last '='. A choice has an '=' of its own: both
 * "sex=female=yes" and "sex=female" mean that option. */
static bool parse_supposition(const char *argument, supposition *out)
{
    static const charley_answer answers[] = {CHARLEY_UNKNOWN, CHARLEY_NO, CHARLEY_YES};
    const char *equals = strrchr(argument, '=');
    if (!equals || equals == argument) {
        cli_complain("'%s' is not of the form ID=yes, ID=no or ID=unknown", argument);
        return false;
    }
    *out = (supposition){cli_text(argument), CHARLEY_YES};
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        if (!cli_text_equal(cli_text(equals + 1), charley_answer_name(answers[i])))
            continue;
        out->id.size = (size_t)(equals - argument);
        out->answer = answers[i];
    }
    return true;
}

/* ---- as text ---------------------------------------------------------------- */

static charley_text answer_word(cli_page *page, charley_answer answer)
{
    static const char *const keys[] = {[CHARLEY_UNKNOWN] = "ui.answer.unknown",
                                       [CHARLEY_NO] = "ui.answer.no",
                                       [CHARLEY_YES] = "ui.answer.yes"};
    return page_word(page, keys[answer]);
}

static charley_text urgency_word(cli_page *page, charley_urgency urgency)
{
    char key[64];
    charley_text name = charley_urgency_name(urgency);
    snprintf(key, sizeof key, "urgency.%.*s.title", (int)name.size, name.bytes);
    return page_word(page, key);
}

static void show_cause(cli_page *page, const charley_cause *cause, double before_p)
{
    /* The interval before is not part of a what-if: the point stands alone. */
    const charley_probability before = {before_p, before_p, before_p};
    const charley_probability after = {cause->probability.p, cause->probability.p,
                                       cause->probability.p};
    cli_phrase chance_before = {0};
    cli_phrase chance_after = {0};
    chance_add(&chance_before, page, &before);
    chance_add(&chance_after, page, &after);
    PAGE_SAY(page, 0, "- ", "ui.what_if.cause", {"name", cause->name},
             {"before", phrase_text(&chance_before)},
             {"after", phrase_text(&chance_after)});
    phrase_free(&chance_before);
    phrase_free(&chance_after);
}

static void show_text(cli_page *page, const charley_what_if *change)
{
    cli_phrase heading = {0};
    const cli_slot slots[] = {{"id", change->id},
                              {"before", answer_word(page, change->before)},
                              {"after", answer_word(page, change->after)}};
    phrase_fill(&heading, page_word(page, "ui.what_if.heading"), slots, 3);
    page_heading(page, phrase_text(&heading));
    phrase_free(&heading);
    if (change->urgency_before == change->urgency_after)
        PAGE_SAY(page, 0, "", "ui.what_if.urgency_same",
                 {"urgency", urgency_word(page, change->urgency_after)});
    else
        PAGE_SAY(page, 0, "", "ui.what_if.urgency_changes",
                 {"before", urgency_word(page, change->urgency_before)},
                 {"after", urgency_word(page, change->urgency_after)});
    for (size_t i = 0; i < change->n_causes; i++)
        show_cause(page, &change->causes[i], change->before_p[i]);
}

/* ---- as JSON ---------------------------------------------------------------- */

static charley_status write_change(const void *what, char *json, size_t capacity,
                                   size_t *size, charley_error *error)
{
    return charley_what_if_write(what, json, capacity, size, error);
}

static charley_status add_change(const charley_what_if *change, cli_phrase *json,
                                 charley_error *error)
{
    cli_phrase one = {0};
    charley_status status = desk_write(write_change, change, &one, error);
    if (status == CHARLEY_OK)
        phrase_add(json, phrase_text(&one));
    phrase_free(&one);
    return status;
}

/* ---- command ---------------------------------------------------------------- */

/* One supposition after the other, as text on the page or into `json`. */
static cli_exit work(cli_desk *desk, const cli_call *call, cli_page *page,
                     cli_phrase *json)
{
    charley_error error;
    if (desk_read_case(desk, call->arguments[0], &error) != CHARLEY_OK)
        return cli_report(call->arguments[0], &error);
    for (int i = 1; i < call->n_arguments; i++) {
        supposition asked;
        const charley_what_if *change;
        if (!parse_supposition(call->arguments[i], &asked))
            return CLI_USAGE;
        if (charley_session_what_if(desk->session, asked.id, asked.answer, &change,
                                    &error) != CHARLEY_OK)
            return cli_report(call->arguments[i], &error);
        if (call->values[CLI_JSON]) {
            phrase_add(json, i > 1 ? CHARLEY_TEXT(",") : CHARLEY_TEXT(""));
            if (add_change(change, json, &error) != CHARLEY_OK)
                return cli_report(call->arguments[i], &error);
            continue;
        }
        if (i > 1)
            page_blank(page);
        show_text(page, change);
    }
    return CLI_DONE;
}

cli_exit cli_what_if(const cli_call *call)
{
    cli_desk desk;
    cli_exit code = desk_open(&desk, call);
    if (code != CLI_DONE)
        return code;
    cli_page page;
    cli_phrase json = {0};
    code = page_open(&page, call, desk.kb, stdout) ? work(&desk, call, &page, &json)
                                                   : CLI_USAGE;
    /* All or nothing: half a JSON document helps nobody. */
    if (code == CLI_DONE && call->values[CLI_JSON])
        printf("{\"charley_what_if\":1,\"changes\":[%.*s]}\n", (int)json.size,
               json.bytes);
    phrase_free(&json);
    page_close(&page);
    desk_close(&desk);
    return code;
}
