/* case_expect.c: what a case expects, key by key: case_run_compare. */
#include "case_run.h"

#include <math.h>
#include <stdlib.h>

#include "case_covers.h"

/* ---- looking ---------------------------------------------------------------- */

static bool has_code(const case_run *run, charley_text code)
{
    for (size_t i = 0; i < run->result->n_reasons; i++)
        if (cli_text_equal(run->result->reasons[i].code, code))
            return true;
    return false;
}

static bool has_item(const charley_item *list, size_t n, charley_text id)
{
    for (size_t i = 0; i < n; i++)
        if (cli_text_equal(list[i].id, id))
            return true;
    return false;
}

/* ---- expectations: urgency -------------------------------------------------- */

static void fail_got(case_run *run, const ch_node *at, const char *expected,
                     charley_text got)
{
    case_fail(run->report, at, run->id, "expected %s %.*s, got %.*s", expected,
              CH_ARG(at->text), CH_ARG(got));
}

/* The urgency that a word names; reported when it names none. */
static bool urgency_of(case_run *run, const ch_node *word, charley_urgency *urgency)
{
    for (int u = CHARLEY_COULD_NOT_ASSESS; u <= CHARLEY_AMBULANCE; u++)
        if (cli_text_equal(word->text, charley_urgency_name((charley_urgency)u))) {
            *urgency = (charley_urgency)u;
            return true;
        }
    case_fail(run->report, word, run->id, "\"%.*s\" is no urgency", CH_ARG(word->text));
    return false;
}

static void expect_urgency(case_run *run, const ch_node *word)
{
    charley_urgency urgency;
    if (urgency_of(run, word, &urgency) && run->result->urgency != urgency)
        fail_got(run, word, "urgency", charley_urgency_name(run->result->urgency));
}

static void expect_at_least(case_run *run, const ch_node *word)
{
    charley_urgency urgency;
    if (urgency_of(run, word, &urgency) && run->result->urgency < urgency)
        fail_got(run, word, "urgency at least",
                 charley_urgency_name(run->result->urgency));
}

/* "Could not assess" is shown as "seek care": it is never low enough. */
static void expect_at_most(case_run *run, const ch_node *word)
{
    charley_urgency urgency;
    if (urgency_of(run, word, &urgency) &&
        (run->result->urgency > urgency ||
         run->result->urgency == CHARLEY_COULD_NOT_ASSESS))
        fail_got(run, word, "urgency at most",
                 charley_urgency_name(run->result->urgency));
}

static void expect_provisional(case_run *run, const ch_node *word)
{
    charley_text got =
        charley_answer_name(run->result->is_provisional ? CHARLEY_YES : CHARLEY_NO);
    if (cli_text_equal(word->text, got))
        return;
    if (run->result->n_danger_not_answered == 0) {
        fail_got(run, word, "provisional", got);
        return;
    }
    charley_text open = run->result->danger_not_answered[0].id;
    case_fail(run->report, word, run->id,
              "expected provisional %.*s, got %.*s (not answered: %.*s%s)",
              CH_ARG(word->text), CH_ARG(got), CH_ARG(open),
              run->result->n_danger_not_answered > 1 ? " ..." : "");
}

/* ---- expectations: rules ---------------------------------------------------- */

static bool is_kept(case_run *run, charley_kind kind, const ch_node *id)
{
    charley_error error;
    size_t index;
    if (charley_kb_find(run->desk.kb, kind, id->text, &index, &error) == CHARLEY_OK)
        return true;
    case_fail(run->report, id, run->id, "%s", error.text);
    return false;
}

static void expect_fires(case_run *run, const ch_node *id)
{
    if (!case_modifier_reason(run, id->text) && is_kept(run, CHARLEY_RULE, id) &&
        !case_rule_reason(run, id->text))
        case_fail(run->report, id, run->id, "expected rule %.*s to fire, got silence",
                  CH_ARG(id->text));
}

static void expect_raises(case_run *run, const ch_node *id)
{
    if (!is_kept(run, CHARLEY_RULE, id))
        return;
    const charley_reason *reason = case_rule_reason(run, id->text);
    if (!reason || !reason->is_unknown)
        case_fail(run->report, id, run->id,
                  "expected rule %.*s to be raised by a missing answer, got %s",
                  CH_ARG(id->text), reason ? "fired" : "silence");
}

static void expect_silent(case_run *run, const ch_node *id)
{
    const charley_reason *reason = case_rule_reason(run, id->text);
    if (!reason)
        reason = case_modifier_reason(run, id->text);
    if (reason)
        case_fail(run->report, id, run->id, "expected %.*s to be silent, got %s",
                  CH_ARG(id->text), reason->is_unknown ? "raised" : "fired");
}

static void expect_code(case_run *run, const ch_node *code)
{
    if (!has_code(run, code->text))
        case_fail(run->report, code, run->id,
                  "expected a rule of row %.*s to fire, got silence",
                  CH_ARG(code->text));
}

static void expect_silent_code(case_run *run, const ch_node *code)
{
    if (has_code(run, code->text))
        case_fail(run->report, code, run->id,
                  "expected the rules of row %.*s to be silent, but one fired",
                  CH_ARG(code->text));
}

/* ---- expectations: what follows from the answers ---- */

static void expect_fact(case_run *run, const ch_node *id, charley_answer expected)
{
    charley_answer got = charley_session_value(run->desk.session, id->text);
    if (is_kept(run, CHARLEY_FINDING, id) && got != expected)
        case_fail(run->report, id, run->id, "expected %.*s to be %.*s, got %.*s",
                  CH_ARG(id->text), CH_ARG(charley_answer_name(expected)),
                  CH_ARG(charley_answer_name(got)));
}

static void expect_is(case_run *run, const ch_node *id)
{
    expect_fact(run, id, CHARLEY_YES);
}

static void expect_is_not(case_run *run, const ch_node *id)
{
    expect_fact(run, id, CHARLEY_NO);
}

/* ---- expectations: causes --------------------------------------------------- */

static void fail_causes(case_run *run, const ch_node *id, const char *expected)
{
    cli_phrase got = {0};
    for (size_t i = 0; i < run->result->n_causes; i++) {
        const charley_cause *cause = &run->result->causes[i];
        phrase_add_format(&got, "%s%.*s %.2f", i ? ", " : "", CH_ARG(cause->id),
                          cause->probability.p);
    }
    if (got.size == 0)
        phrase_add(&got, CHARLEY_TEXT("none"));
    case_fail(run->report, id, run->id, "expected %.*s %s, got %.*s", CH_ARG(id->text),
              expected, CH_ARG(phrase_text(&got)));
    phrase_free(&got);
}

static void expect_top(case_run *run, const ch_node *id)
{
    if (is_kept(run, CHARLEY_CONDITION, id) &&
        (run->result->n_causes == 0 || case_cause_place(run, id->text) != 0))
        fail_causes(run, id, "as the first cause");
}

static void expect_likeliest(case_run *run, const ch_node *id)
{
    if (is_kept(run, CHARLEY_CONDITION, id) && !case_is_likeliest(run, id->text))
        fail_causes(run, id, "as the likeliest cause");
}

static void expect_top3(case_run *run, const ch_node *id)
{
    size_t place = case_cause_place(run, id->text);
    if (is_kept(run, CHARLEY_CONDITION, id) &&
        (place >= 3 || place == run->result->n_causes))
        fail_causes(run, id, "among the first three causes");
}

static void expect_cause(case_run *run, const ch_node *id)
{
    if (is_kept(run, CHARLEY_CONDITION, id) &&
        case_cause_place(run, id->text) == run->result->n_causes)
        fail_causes(run, id, "among the causes");
}

/* ---- expectations: advice --------------------------------------------------- */

static bool is_offered(const case_run *run, charley_text id)
{
    const charley_result *result = run->result;
    return case_find_remedy(result->do_now, result->n_do_now, id) ||
           case_find_remedy(result->prevention, result->n_prevention, id);
}

static void expect_offer(case_run *run, const ch_node *id)
{
    if (!is_kept(run, CHARLEY_REMEDY, id) || is_offered(run, id->text))
        return;
    const charley_remedy *struck = case_struck_out(run, id->text);
    if (struck)
        case_fail(run->report, id, run->id,
                  "expected %.*s to be offered, but it is struck out (%.*s)",
                  CH_ARG(id->text), CH_ARG(struck->caution));
    else
        case_fail(run->report, id, run->id,
                  "expected %.*s to be offered, but it is not", CH_ARG(id->text));
}

static void expect_first_offer(case_run *run, const ch_node *id)
{
    charley_text got =
        run->result->n_do_now ? run->result->do_now[0].id : CHARLEY_TEXT("nothing");
    if (is_kept(run, CHARLEY_REMEDY, id) && !cli_text_equal(got, id->text))
        fail_got(run, id, "first offer", got);
}

static void expect_withheld(case_run *run, const ch_node *id)
{
    if (is_kept(run, CHARLEY_REMEDY, id) && is_offered(run, id->text))
        case_fail(run->report, id, run->id,
                  "expected %.*s not to be offered, but it is", CH_ARG(id->text));
}

static void expect_forbidden(case_run *run, const ch_node *id)
{
    const charley_remedy *struck = case_struck_out(run, id->text);
    if (!struck || struck->verdict != CHARLEY_FORBIDDEN)
        case_fail(run->report, id, run->id, "expected %.*s to be forbidden, %s",
                  CH_ARG(id->text),
                  struck ? "but it is only to be asked about first" : "but it is not");
}

static void expect_ask_first(case_run *run, const ch_node *id)
{
    const charley_remedy *struck = case_struck_out(run, id->text);
    if (!struck || struck->verdict != CHARLEY_ASK_FIRST)
        case_fail(run->report, id, run->id,
                  "expected %.*s only after asking a clinician, %s", CH_ARG(id->text),
                  struck ? "but it is forbidden" : "but nothing is said");
}

static void expect_caution(case_run *run, const ch_node *id)
{
    if (is_kept(run, CHARLEY_CAUTION, id) && !case_shows_caution(run, id->text))
        case_fail(run->report, id, run->id,
                  "expected caution %.*s to strike something out, but it does not",
                  CH_ARG(id->text));
}

static void expect_silent_caution(case_run *run, const ch_node *id)
{
    if (is_kept(run, CHARLEY_CAUTION, id) && case_shows_caution(run, id->text))
        case_fail(run->report, id, run->id,
                  "expected caution %.*s to be silent, but it strikes something out",
                  CH_ARG(id->text));
}

static void expect_allowed(case_run *run, const ch_node *id)
{
    const charley_remedy *struck = case_struck_out(run, id->text);
    if (struck)
        case_fail(run->report, id, run->id,
                  "expected %.*s not to be struck out, but it is (%.*s)",
                  CH_ARG(id->text), CH_ARG(struck->caution));
}

static void expect_claim(case_run *run, const ch_node *id)
{
    if (is_kept(run, CHARLEY_CLAIM, id) &&
        !has_item(run->result->claims, run->result->n_claims, id->text))
        case_fail(run->report, id, run->id, "expected claim %.*s, but it is not shown",
                  CH_ARG(id->text));
}

static void expect_hidden(case_run *run, const ch_node *id)
{
    if (is_kept(run, CHARLEY_CLAIM, id) &&
        has_item(run->result->claims, run->result->n_claims, id->text))
        case_fail(run->report, id, run->id, "claim %.*s is shown and must not be",
                  CH_ARG(id->text));
}

static void expect_test(case_run *run, const ch_node *id)
{
    if (is_kept(run, CHARLEY_TEST, id) &&
        !has_item(run->result->tests, run->result->n_tests, id->text))
        case_fail(run->report, id, run->id, "expected test %.*s, but it is not shown",
                  CH_ARG(id->text));
}

static void expect_clinic(case_run *run, const ch_node *id)
{
    if (is_kept(run, CHARLEY_CLINIC, id) &&
        !has_item(run->result->clinics, run->result->n_clinics, id->text))
        case_fail(run->report, id, run->id, "expected clinic %.*s, but it is not shown",
                  CH_ARG(id->text));
}

static bool has_medicine(const charley_result *result, charley_text id)
{
    for (size_t i = 0; i < result->n_medicines; i++)
        if (cli_text_equal(result->medicines[i].id, id))
            return true;
    return false;
}

static bool has_interaction(const charley_result *result, charley_text id)
{
    for (size_t i = 0; i < result->n_interactions; i++)
        if (cli_text_equal(result->interactions[i].id, id))
            return true;
    return false;
}

static void expect_medicine(case_run *run, const ch_node *id)
{
    if (is_kept(run, CHARLEY_DRUG, id) && !has_medicine(run->result, id->text))
        case_fail(run->report, id, run->id,
                  "expected the medicine %.*s, but it is not told", CH_ARG(id->text));
}

static void expect_no_medicine(case_run *run, const ch_node *id)
{
    if (is_kept(run, CHARLEY_DRUG, id) && has_medicine(run->result, id->text))
        case_fail(run->report, id, run->id,
                  "expected nothing of the medicine %.*s, but it is told",
                  CH_ARG(id->text));
}

static void expect_interaction(case_run *run, const ch_node *id)
{
    if (is_kept(run, CHARLEY_INTERACTION, id) &&
        !has_interaction(run->result, id->text))
        case_fail(run->report, id, run->id,
                  "expected the interaction %.*s, but it is not told",
                  CH_ARG(id->text));
}

static void expect_no_interaction(case_run *run, const ch_node *id)
{
    if (is_kept(run, CHARLEY_INTERACTION, id) && has_interaction(run->result, id->text))
        case_fail(run->report, id, run->id,
                  "expected no interaction %.*s, but it is told", CH_ARG(id->text));
}

static bool holds(charley_text text, charley_text part)
{
    for (size_t i = 0; i + part.size <= text.size; i++)
        if (cli_text_equal((charley_text){text.bytes + i, part.size}, part))
            return true;
    return false;
}

/* Where to go and who can help: what differs from region to region. */
static bool says(const charley_result *result, charley_text part)
{
    bool is_said = holds(result->where_to_go, part);
    for (size_t i = 0; i < result->n_clinics; i++)
        is_said |= holds(result->clinics[i].name, part) ||
                   holds(result->clinics[i].text, part);
    return is_said;
}

static void expect_says(case_run *run, const ch_node *part)
{
    if (!says(run->result, part->text))
        case_fail(run->report, part, run->id, "expected \"%.*s\" to be said",
                  CH_ARG(part->text));
}

static void expect_says_not(case_run *run, const ch_node *part)
{
    if (says(run->result, part->text))
        case_fail(run->report, part, run->id, "expected \"%.*s\" not to be said",
                  CH_ARG(part->text));
}

static void expect_open(case_run *run, const ch_node *id)
{
    if (!has_item(run->result->danger_not_answered, run->result->n_danger_not_answered,
                  id->text))
        case_fail(run->report, id, run->id,
                  "expected %.*s among the danger signs not answered, but it is not",
                  CH_ARG(id->text));
}

/* ---- expectations: scores --------------------------------------------------- */

/* Scores are shown with at most a few decimals. */
static const double score_tolerance = 1e-6;

static bool is_value(double got, const ch_node *expected)
{
    return fabs(got - strtod(expected->text.bytes, NULL)) <= score_tolerance;
}

/* `off`: not for this person; a number: complete; [low, high]: what is still open. */
static void expect_score(case_run *run, const ch_node *expected)
{
    charley_text id = expected->key->text;
    if (!is_kept(run, CHARLEY_SCORE, expected->key))
        return;
    const charley_score *score = case_score(run, id);
    bool is_off = !score || !score->applies;
    bool is_range = expected->kind == CH_NODE_LIST && expected->n == 2;
    bool is_met;
    if (cli_text_is(expected->text, "off"))
        is_met = is_off;
    else if (is_range)
        is_met = !is_off && is_value(score->low, expected->first) &&
                 is_value(score->high, expected->last);
    else
        is_met = !is_off && score->is_complete && is_value(score->low, expected);
    if (is_met)
        return;
    if (is_off)
        case_fail(run->report, expected, run->id, "expected score %.*s, got %s",
                  CH_ARG(id), score ? "one that does not apply" : "none");
    else
        case_fail(run->report, expected, run->id,
                  "expected another score %.*s, got %g to %g (%s)", CH_ARG(id),
                  score->low, score->high, score->is_complete ? "complete" : "open");
}

static void expect_error(case_run *run, const ch_node *status)
{
    case_fail(run->report, status, run->id,
              "expected the answers to be refused (%.*s), got %.*s",
              CH_ARG(status->text), CH_ARG(charley_urgency_name(run->result->urgency)));
}

/* ---- table ------------------------------------------------------------------ */

typedef void expectation(case_run *run, const ch_node *node);

/* For each key of `expect` what is done with its text, or with each item of its list.
 */
static const struct {
    const char *key;
    expectation *compare;
} expectations[] = {
    {"urgency", expect_urgency},
    {"urgency_at_least", expect_at_least},
    {"urgency_at_most", expect_at_most},
    {"provisional", expect_provisional},
    {"fires", expect_fires},
    {"raises", expect_raises},
    {"silent", expect_silent},
    {"fires_code", expect_code},
    {"silent_code", expect_silent_code},
    {"is", expect_is},
    {"is_not", expect_is_not},
    {"top", expect_top},
    {"likeliest", expect_likeliest},
    {"top3", expect_top3},
    {"causes", expect_cause},
    {"offers", expect_offer},
    {"first_offer", expect_first_offer},
    {"withholds", expect_withheld},
    {"forbids", expect_forbidden},
    {"asks_first", expect_ask_first},
    {"allows", expect_allowed},
    {"cautions", expect_caution},
    {"cautions_silent", expect_silent_caution},
    {"claims", expect_claim},
    {"hides_claims", expect_hidden},
    {"tests", expect_test},
    {"clinics", expect_clinic},
    {"medicines", expect_medicine},
    {"not_medicines", expect_no_medicine},
    {"interactions", expect_interaction},
    {"not_interactions", expect_no_interaction},
    {"says", expect_says},
    {"says_not", expect_says_not},
    {"open", expect_open},
    {"score", expect_score},
    {"error", expect_error},
};

static expectation *find_expectation(const case_run *run, const ch_node *key)
{
    ch_guess guess = ch_guess_start(key->text);
    for (size_t i = 0; i < sizeof expectations / sizeof expectations[0]; i++) {
        if (cli_text_is(key->text, expectations[i].key))
            return expectations[i].compare;
        ch_guess_try(&guess, cli_text(expectations[i].key));
    }
    char hint[CH_HINT_SIZE];
    case_fail(run->report, key, run->id, "unknown key \"%.*s\"%s", CH_ARG(key->text),
              ch_guess_hint(&guess, hint));
    return NULL;
}

void case_run_compare(case_run *run)
{
    const ch_node *expect = ch_node_get(run->test_case, "expect");
    for (const ch_node *value = expect->first; value; value = value->next) {
        expectation *compare = find_expectation(run, value->key);
        if (!compare || !run->result) /* a refusal was reported or expected */
            continue;
        if (value->kind == CH_NODE_SCALAR)
            compare(run, value);
        for (const ch_node *item = value->first; item; item = item->next)
            compare(run, item);
    }
}
