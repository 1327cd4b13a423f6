/* case_run.c: see case_run.h. */
#include "case_run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- answering -------------------------------------------------------------- */

static bool answer_of(charley_text word, charley_answer *answer)
{
    for (int a = CHARLEY_UNKNOWN; a <= CHARLEY_YES; a++)
        if (cli_text_equal(word, charley_answer_name((charley_answer)a))) {
            *answer = (charley_answer)a;
            return true;
        }
    return false;
}

/* "2 min": the unit is what follows the spaces. */
static bool number_of(charley_text text, double *value, charley_text *unit)
{
    char *end;
    *value = strtod(text.bytes, &end); /* node texts end with a NUL */
    if (end == text.bytes || !isfinite(*value))
        return false;
    while (*end == ' ')
        end++;
    *unit = (charley_text){end, text.size - (size_t)(end - text.bytes)};
    return true;
}

/* `sex: female` is the answer yes to "sex=female". */
static charley_status choose(case_run *run, const ch_node *value)
{
    char id[128];
    snprintf(id, sizeof id, "%.*s=%.*s", CH_ARG(value->key->text), CH_ARG(value->text));
    return charley_answer_set(run->desk.session, cli_text(id), CHARLEY_YES,
                              &run->refusal);
}

static charley_status answer(case_run *run, const ch_node *value)
{
    charley_session *session = run->desk.session;
    charley_text id = value->key->text;
    charley_answer word;
    double number;
    charley_text unit;
    if (answer_of(value->text, &word))
        return word == CHARLEY_UNKNOWN
                   ? charley_answer_clear(session, id, &run->refusal)
                   : charley_answer_set(session, id, word, &run->refusal);
    if (number_of(value->text, &number, &unit))
        return charley_answer_number(session, id, number, unit, &run->refusal);
    return choose(run, value);
}

/* "None of these" on every screen of danger signs, also those that the interview would
 * show only after some other answer. */
static charley_status say_no_danger(case_run *run)
{
    charley_session *session = run->desk.session;
    for (size_t i = 0; i < charley_kb_count(run->desk.kb, CHARLEY_SCREEN); i++) {
        charley_text screen = charley_kb_id(run->desk.kb, CHARLEY_SCREEN, i);
        const charley_question *question;
        charley_status status =
            charley_session_question(session, screen, &question, &run->refusal);
        if (status == CHARLEY_OK && question->is_danger_screen &&
            question->kind == CHARLEY_ASK_MANY)
            status = charley_screen_rest_no(session, screen, &run->refusal);
        if (status != CHARLEY_OK)
            return status;
    }
    return CHARLEY_OK;
}

static charley_status say_none(case_run *run, const ch_node *screens)
{
    for (const ch_node *node = screens->first; node; node = node->next) {
        run->refused_at = node;
        charley_status status =
            cli_text_is(node->text, "danger")
                ? say_no_danger(run)
                : charley_screen_rest_no(run->desk.session, node->text, &run->refusal);
        if (status != CHARLEY_OK)
            return status;
    }
    return CHARLEY_OK;
}

static charley_status answer_all(case_run *run)
{
    const ch_node *given = ch_node_get(run->test_case, "given");
    const ch_node *screens = ch_node_get(given, "screens_none");
    for (const ch_node *value = given->first; value; value = value->next) {
        if (value == screens)
            continue;
        run->refused_at = value;
        charley_status status = answer(run, value);
        if (status != CHARLEY_OK)
            return status;
    }
    return screens ? say_none(run, screens) : CHARLEY_OK;
}

/* An answer that is refused is reported, unless the case expects just that. */
static void report_refusal(case_run *run)
{
    charley_text status = charley_status_name(run->refusal.status);
    if (case_expects(run, "error", status))
        return;
    case_fail(run->report, run->refused_at, run->id, "refused (%.*s): %s",
              CH_ARG(status), run->refusal.text);
}

cli_exit case_run_open(case_run *run, const charley_kb *kb, const ch_node *test_case,
                       case_report *report)
{
    *run = (case_run){.test_case = test_case,
                      .id = case_id(test_case),
                      .report = report,
                      .desk = {.kb = kb},
                      .refused_at = test_case};
    const ch_node *clinician = ch_node_get(test_case, "clinician");
    bool is_clinician = clinician && cli_text_is(clinician->text, "true");
    const ch_node *region = ch_node_get(test_case, "region");
    size_t found;
    if (region && charley_kb_find(kb, CHARLEY_REGION, region->text, &found,
                                  &run->refusal) != CHARLEY_OK) {
        case_fail(report, region, run->id, "%s", run->refusal.text);
        return CLI_DONE;
    }
    const charley_options options = {.clinician = is_clinician,
                                     .region =
                                         region ? region->text : (charley_text){"", 0}};
    cli_exit code = desk_open_session(&run->desk, &options);
    if (code != CLI_DONE)
        return code;
    charley_status status = answer_all(run);
    if (status == CHARLEY_OK) {
        run->refused_at = ch_node_get(test_case, "given")->key;
        status = charley_session_assess(run->desk.session, &run->result, &run->refusal);
    }
    if (status != CHARLEY_OK)
        report_refusal(run);
    return CLI_DONE;
}

void case_run_close(case_run *run)
{
    desk_close(&run->desk);
    run->result = NULL;
}

/* ---- looking into the result ------------------------------------------------ */

static bool has_id(const case_run *run, charley_kind kind, charley_text id)
{
    size_t index;
    return charley_kb_find(run->desk.kb, kind, id, &index, NULL) == CHARLEY_OK;
}

/* Rules, likely conditions and modifiers are reasons alike; a condition has no source
 * of its own there, and a modifier is neither rule nor condition. */
static bool is_rule(const case_run *run, const charley_reason *reason)
{
    return has_id(run, CHARLEY_RULE, reason->id) &&
           (reason->code.size > 0 || reason->n_sources > 0 ||
            !has_id(run, CHARLEY_CONDITION, reason->id));
}

const charley_reason *case_rule_reason(const case_run *run, charley_text rule)
{
    for (size_t i = 0; run->result && i < run->result->n_reasons; i++) {
        const charley_reason *reason = &run->result->reasons[i];
        if (cli_text_equal(reason->id, rule) && is_rule(run, reason))
            return reason;
    }
    return NULL;
}

const charley_reason *case_modifier_reason(const case_run *run, charley_text id)
{
    for (size_t i = 0; run->result && i < run->result->n_reasons; i++) {
        const charley_reason *reason = &run->result->reasons[i];
        if (cli_text_equal(reason->id, id) && !has_id(run, CHARLEY_RULE, id) &&
            !has_id(run, CHARLEY_CONDITION, id))
            return reason;
    }
    return NULL;
}

const charley_remedy *case_find_remedy(const charley_remedy *list, size_t n,
                                       charley_text id)
{
    for (size_t i = 0; i < n; i++)
        if (cli_text_equal(list[i].id, id))
            return &list[i];
    return NULL;
}

const charley_remedy *case_struck_out(const case_run *run, charley_text id)
{
    return run->result
               ? case_find_remedy(run->result->do_not, run->result->n_do_not, id)
               : NULL;
}

const charley_score *case_score(const case_run *run, charley_text id)
{
    for (size_t i = 0; run->result && i < run->result->n_scores; i++)
        if (cli_text_equal(run->result->scores[i].id, id))
            return &run->result->scores[i];
    return NULL;
}

size_t case_cause_place(const case_run *run, charley_text id)
{
    size_t place = 0;
    size_t n = run->result ? run->result->n_causes : 0;
    while (place < n && !cli_text_equal(run->result->causes[place].id, id))
        place++;
    return place;
}

bool case_is_likeliest(const case_run *run, charley_text id)
{
    size_t n = run->result ? run->result->n_causes : 0;
    size_t place = case_cause_place(run, id);
    for (size_t i = 0; place < n && i < n; i++)
        if (run->result->causes[i].probability.p >
            run->result->causes[place].probability.p)
            return false;
    return place < n;
}

bool case_expects(const case_run *run, const char *key, charley_text item)
{
    const ch_node *value = ch_node_get(ch_node_get(run->test_case, "expect"), key);
    if (!value)
        return false;
    if (value->kind == CH_NODE_SCALAR)
        return cli_text_equal(value->text, item);
    for (const ch_node *node = value->first; node; node = node->next)
        if (cli_text_equal(
                value->kind == CH_NODE_MAPPING ? node->key->text : node->text, item))
            return true;
    return false;
}
