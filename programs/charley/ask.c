/* ask.c: `charley ask`: the interview.
 *
 * One question a screen; after each answer the case is saved (if asked for) and the
 * answers so far are assessed, so that a danger is told at once and the result is
 * useful whenever the person stops. Answers that contradict earlier ones are refused as
 * a whole: the case before them is put back, nothing else is lost.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ask_reply.h"
#include "ask_screen.h"
#include "command_line.h"
#include "commands.h"
#include "desk.h"
#include "files.h"
#include "render_text.h"
#include "terminal.h"

typedef struct interview {
    cli_desk desk;
    cli_page page;
    cli_terminal terminal;
    const char *save_path; /* or NULL */
    render_style style;
    char (*history)[ASK_ID_BYTES]; /* [n_history] screens in the order of asking */
    size_t n_history;
    size_t position;        /* in history; n_history for the next new question */
    bool keeps_on;          /* the person wants the less important questions too */
    bool is_after_short;    /* the last screen was one of the short ones */
    charley_urgency warned; /* the highest level that was told at once */
    cli_phrase before;      /* the case before the present reply */
} interview;

/* What to do after a screen. */
typedef enum step { STEP_ON, STEP_FINISH, STEP_INTERRUPTED, STEP_FAILED } step;

/* ---- history ---------------------------------------------------------------- */

static void remember(interview *talk, charley_text screen)
{
    if (talk->position < talk->n_history) {
        talk->position = talk->n_history; /* after a look back, on to what is new */
        return;
    }
    talk->history =
        cli_reallocate(talk->history, (talk->n_history + 1) * sizeof talk->history[0]);
    char *entry = talk->history[talk->n_history++];
    snprintf(entry, ASK_ID_BYTES, "%.*s", (int)screen.size, screen.bytes);
    talk->position = talk->n_history;
}

/* A resumed case does not say in which order it was answered: the order of the
 * knowledge is as good. */
static charley_status remember_answered(interview *talk, charley_error *error)
{
    const charley_kb *kb = talk->desk.kb;
    size_t n_screens = charley_kb_count(kb, CHARLEY_SCREEN);
    for (size_t i = 0; i < n_screens; i++) {
        charley_text screen = charley_kb_id(kb, CHARLEY_SCREEN, i);
        const charley_question *question;
        charley_status status =
            charley_session_question(talk->desk.session, screen, &question, error);
        if (status != CHARLEY_OK)
            return status;
        /* What a short screen asks stands on the others too. */
        if (ask_has_answer(question) && !question->is_short)
            remember(talk, screen);
    }
    return CHARLEY_OK;
}

static charley_status present_question(interview *talk,
                                       const charley_question **question,
                                       charley_error *error)
{
    if (talk->position < talk->n_history)
        return charley_session_question(talk->desk.session,
                                        cli_text(talk->history[talk->position]),
                                        question, error);
    return charley_session_next(talk->desk.session, talk->keeps_on, question, error);
}

/* ---- reading ---------------------------------------------------------------- */

static terminal_event read_line(interview *talk, charley_text *line)
{
    cli_page *page = &talk->page;
    for (;;) {
        fputs("> ", page->out);
        if (fflush(page->out) != 0)
            return TERMINAL_END; /* nobody is there: cli_close_output says so */
        terminal_event event = terminal_read(&talk->terminal, line);
        if (!talk->terminal.is_echoed && event == TERMINAL_LINE)
            cli_put_clean(page->out, *line);
        if (event != TERMINAL_LINE || !talk->terminal.is_echoed)
            putc('\n', page->out);
        if (event != TERMINAL_TOO_LONG)
            return event;
        page_say(page, 0, "", "ui.ask.wrong_long", NULL, 0);
    }
}

/* A question of the program itself. Only "y" goes on. */
static step ask_whether_to_go_on(interview *talk, const char *key)
{
    charley_text line;
    page_blank(&talk->page);
    page_say(&talk->page, 0, "", key, NULL, 0);
    switch (read_line(talk, &line)) {
    case TERMINAL_INTERRUPTED:
        return STEP_INTERRUPTED;
    case TERMINAL_LINE:
        return cli_text_is(line, "y") || cli_text_is(line, "Y") ? STEP_ON : STEP_FINISH;
    case TERMINAL_TOO_LONG:
    case TERMINAL_END:
        break;
    }
    return STEP_FINISH;
}

/* ---- results ---------------------------------------------------------------- */

static step report(const charley_error *error)
{
    cli_report(NULL, error);
    fputs("Could not assess: seek care.\n", stderr);
    return STEP_FAILED;
}

static step show_result(interview *talk)
{
    const charley_result *result;
    charley_error error;
    if (charley_session_assess(talk->desk.session, &result, &error) != CHARLEY_OK)
        return report(&error);
    page_blank(&talk->page);
    render_result(&talk->page, result, &talk->style);
    return STEP_ON;
}

/* Something that was answered, not something still open, calls for an emergency. */
static bool is_alarm(const charley_result *result)
{
    for (size_t i = 0; i < result->n_reasons; i++)
        if (result->reasons[i].urgency >= CHARLEY_EMERGENCY &&
            !result->reasons[i].is_unknown)
            return true;
    return false;
}

static step warn(interview *talk, const charley_result *result)
{
    if (result->urgency <= talk->warned || !is_alarm(result))
        return STEP_ON;
    talk->warned = result->urgency;
    page_blank(&talk->page);
    render_alarm(&talk->page, result);
    return ask_whether_to_go_on(talk, "ui.ask.go_on_despite_danger");
}

static bool save(interview *talk)
{
    if (!talk->save_path)
        return true;
    cli_phrase json = {0};
    charley_error error;
    charley_status status = desk_case_text(&talk->desk, &json, &error);
    phrase_add(&json, CHARLEY_TEXT("\n"));
    if (status == CHARLEY_OK)
        status =
            cli_write_file(talk->save_path, CLI_PRIVATE, json.bytes, json.size, &error);
    if (status != CHARLEY_OK)
        cli_report(talk->save_path, &error);
    phrase_free(&json);
    return status == CHARLEY_OK;
}

/* ---- answers ---------------------------------------------------------------- */

static charley_status apply_choice(charley_session *session, const ask_reply *reply,
                                   const ask_choice *choice, charley_error *error)
{
    charley_text id = cli_text(choice->id);
    if (reply->kind == REPLY_NUMBER)
        return charley_answer_number(session, id, reply->value, cli_text(reply->unit),
                                     error);
    if (choice->answer == CHARLEY_UNKNOWN)
        return charley_answer_clear(session, id, error);
    return charley_answer_set(session, id, choice->answer, error);
}

static charley_status apply(charley_session *session, charley_text screen,
                            const ask_reply *reply, charley_error *error)
{
    bool is_open = reply->kind == REPLY_SKIP;
    for (size_t i = 0; i < reply->n_choices; i++) {
        const ask_choice *choice = &reply->choices[i];
        charley_status status = apply_choice(session, reply, choice, error);
        if (status != CHARLEY_OK)
            return status;
        /* "Not sure" about a part: known as asked, so that it does not come again. */
        if (reply->kind == REPLY_ANSWER && choice->answer == CHARLEY_UNKNOWN)
            is_open = true;
    }
    return charley_screen_skip(session, screen, is_open, error);
}

/* Puts back the case as it was before the reply. */
static step put_back(interview *talk)
{
    charley_error error;
    if (charley_session_read_case(talk->desk.session, talk->before.bytes,
                                  talk->before.size, &error) != CHARLEY_OK)
        return report(&error);
    return STEP_ON;
}

/* Says why a reply was not taken, and puts back what it changed. */
static step refuse(interview *talk, const char *screen, const charley_error *why)
{
    const charley_question *question;
    charley_error error;
    if (put_back(talk) != STEP_ON)
        return STEP_FAILED;
    if (why->status == CHARLEY_E_CONFLICT) {
        PAGE_SAY(&talk->page, 0, "", "ui.ask.wrong_conflict",
                 {"why", cli_text(why->text)});
        return STEP_ON;
    }
    if (charley_session_question(talk->desk.session, cli_text(screen), &question,
                                 &error) != CHARLEY_OK)
        return report(&error);
    ask_screen_wrong(&talk->page, question, "ui.ask.wrong_value");
    return STEP_ON;
}

/* Takes a reply into the session. One that is refused leaves the history as it is, so
 * that the same screen comes again. */
static step take(interview *talk, const char *screen, const ask_reply *reply)
{
    charley_session *session = talk->desk.session;
    const charley_result *result;
    charley_error error;
    charley_status status = desk_case_text(&talk->desk, &talk->before, &error);
    if (status == CHARLEY_OK)
        status = apply(session, cli_text(screen), reply, &error);
    if (status == CHARLEY_OK)
        status = charley_session_assess(session, &result, &error);
    if (status == CHARLEY_E_DATA || status == CHARLEY_E_CONFLICT)
        return refuse(talk, screen, &error);
    if (status != CHARLEY_OK)
        return report(&error);
    remember(talk, cli_text(screen));
    if (!save(talk))
        return STEP_FAILED;
    return warn(talk, result);
}

/* ---- screens ---------------------------------------------------------------- */

/* The replies that answer nothing. */
static step talk_about(interview *talk, const charley_question *question,
                       const ask_reply *reply)
{
    cli_page *page = &talk->page;
    switch (reply->kind) {
    case REPLY_WHY:
        ask_screen_why(page, question);
        return STEP_ON;
    case REPLY_HELP:
        ask_screen_help(page);
        return STEP_ON;
    case REPLY_WRONG:
        ask_screen_wrong(page, question, reply->wrong);
        return STEP_ON;
    case REPLY_RESULT:
        return show_result(talk);
    case REPLY_BACK:
        if (talk->position == 0)
            page_say(page, 0, "", "ui.ask.wrong_first", NULL, 0);
        else
            talk->position--;
        return STEP_ON;
    default:
        return STEP_FINISH;
    }
}

/* Whether the same screen is still in sight after such a reply, so that the next line
 * answers it and showing it again would only be noise. */
static bool stays(const interview *talk, ask_reply_kind kind)
{
    return kind == REPLY_WHY || kind == REPLY_HELP || kind == REPLY_WRONG ||
           (kind == REPLY_BACK && talk->position == 0);
}

/* Shows one question and deals with lines until it is answered or left. */
static step run_screen(interview *talk, const charley_question *question)
{
    char screen[ASK_ID_BYTES];
    snprintf(screen, sizeof screen, "%.*s", (int)question->id.size, question->id.bytes);
    talk->is_after_short = question->is_short;
    /* What is asked next is open in part: to keep the rest would bring it back. */
    bool may_keep = talk->position < talk->n_history && ask_has_answer(question);
    ask_screen_show(&talk->page, question, talk->position + 1, may_keep);
    for (;;) {
        charley_text line;
        ask_reply reply;
        terminal_event event = read_line(talk, &line);
        if (event != TERMINAL_LINE)
            return event == TERMINAL_INTERRUPTED ? STEP_INTERRUPTED : STEP_FINISH;
        ask_reply_parse(question, may_keep, line, &reply);
        bool is_answer = reply.kind == REPLY_ANSWER || reply.kind == REPLY_NUMBER ||
                         reply.kind == REPLY_SKIP;
        if (reply.kind == REPLY_KEEP) {
            remember(talk, cli_text(screen));
            return STEP_ON;
        }
        if (is_answer)
            return take(talk, screen, &reply);
        bool is_same_screen = stays(talk, reply.kind);
        step next = talk_about(talk, question, &reply);
        if (next != STEP_ON || !is_same_screen)
            return next;
    }
}

/* No question is left that matters: offers those that matter little. */
static step offer_more(interview *talk)
{
    const charley_question *question;
    charley_error error;
    if (talk->keeps_on)
        return STEP_FINISH;
    if (charley_session_next(talk->desk.session, true, &question, &error) != CHARLEY_OK)
        return report(&error);
    if (!question)
        return STEP_FINISH;
    talk->keeps_on = true;
    return ask_whether_to_go_on(talk, "ui.ask.offer_more");
}

/* The short screens are answered: the result is there, and all else can be asked. */
static step offer_rest(interview *talk)
{
    talk->is_after_short = false;
    return ask_whether_to_go_on(talk, "ui.ask.offer_rest");
}

static step run(interview *talk)
{
    step next = STEP_ON;
    while (next == STEP_ON) {
        const charley_question *question;
        charley_error error;
        if (present_question(talk, &question, &error) != CHARLEY_OK)
            return report(&error);
        if (!question)
            next = offer_more(talk);
        else if (talk->is_after_short && !question->is_short)
            next = offer_rest(talk);
        else
            next = run_screen(talk, question);
    }
    return next;
}

/* ---- command ---------------------------------------------------------------- */

static void say_goodbye(interview *talk)
{
    if (talk->save_path)
        PAGE_SAY(&talk->page, 0, "", "ui.ask.interrupted_saved",
                 {"file", cli_text(talk->save_path)});
    else
        page_say(&talk->page, 0, "", "ui.ask.interrupted_lost", NULL, 0);
}

static cli_exit hold(interview *talk)
{
    page_say(&talk->page, 0, "", "ui.ask.intro", NULL, 0);
    switch (run(talk)) {
    case STEP_INTERRUPTED:
        say_goodbye(talk);
        return CLI_INTERRUPTED;
    case STEP_FAILED:
        return CLI_INTERNAL;
    case STEP_FINISH:
    case STEP_ON:
        break;
    }
    return show_result(talk) == STEP_ON ? CLI_DONE : CLI_INTERNAL;
}

/* Reads the case to go on with, and makes sure that saving works before anybody has
 * answered twenty questions. */
static cli_exit prepare(interview *talk, const cli_call *call)
{
    const char *resume_path = call->values[CLI_RESUME];
    charley_error error;
    if (talk->save_path && access(talk->save_path, F_OK) == 0 &&
        !(resume_path && strcmp(resume_path, talk->save_path) == 0)) {
        cli_complain("%s exists: go on with it by --resume, or choose another name",
                     talk->save_path);
        return CLI_USAGE;
    }
    if (resume_path &&
        (desk_read_case(&talk->desk, resume_path, &error) != CHARLEY_OK ||
         remember_answered(talk, &error) != CHARLEY_OK))
        return cli_report(resume_path, &error);
    return save(talk) ? CLI_DONE : CLI_INTERNAL;
}

cli_exit cli_ask(const cli_call *call)
{
    interview talk = {
        .save_path = call->values[CLI_SAVE],
        .style = {.is_short = call->values[CLI_SHORT] != NULL,
                  .is_explained = call->values[CLI_EXPLAIN] != NULL},
    };
    cli_exit code = desk_open(&talk.desk, call);
    if (code != CLI_DONE)
        return code;
    code = page_open(&talk.page, call, talk.desk.kb, stdout) ? prepare(&talk, call)
                                                             : CLI_USAGE;
    if (code == CLI_DONE) {
        terminal_open(&talk.terminal);
        code = hold(&talk);
        terminal_close(&talk.terminal);
    }
    phrase_free(&talk.before);
    free(talk.history);
    page_close(&talk.page);
    desk_close(&talk.desk);
    return code;
}
