/* test_session.c: what must hold for all answers, tried on thousands of random people.
 *
 * The image is the real one, so a change of the knowledge is held to the same promises.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/view.h"
#include "kb/facts.h"
#include "property/person.h"
#include "session/session.h"

enum { N_PEOPLE = 600 };

typedef struct bench {
    const charley_kb *kb;
    charley_session *a, *b;
    person_source source;
    person who;
} bench;

static void set_up(bench *t, uint64_t seed)
{
    t->kb = person_kb();
    t->a = person_session(t->kb);
    t->b = person_session(t->kb);
    t->source.state = seed;
}

static void draw(bench *t)
{
    person_draw(&t->source, t->kb, t->a, &t->who);
}

static charley_urgency urgency_of(charley_session *session, bool *is_conflict)
{
    const charley_result *result;
    charley_status status = charley_session_assess(session, &result, NULL);
    *is_conflict = status == CHARLEY_E_CONFLICT;
    charley_urgency urgency = *is_conflict ? CHARLEY_COULD_NOT_ASSESS : result->urgency;
    charley_urgency alone = CHARLEY_COULD_NOT_ASSESS;
    assert_int_equal(charley_session_urgency(session, &alone, NULL), status);
    assert_int_equal(alone, urgency);
    if (!*is_conflict)
        assert_int_equal(status, CHARLEY_OK);
    return urgency;
}

static void order_is_irrelevant(void **state)
{
    (void)state;
    static bench t;
    set_up(&t, 1);
    for (int i = 0; i < N_PEOPLE / 2; i++) {
        draw(&t);
        static uint32_t order[PERSON_MAX_ANSWERS];
        for (uint32_t k = 0; k < t.who.n; k++)
            order[k] = k;
        for (uint32_t k = (uint32_t)t.who.n; k > 1; k--) {
            uint32_t other = person_below(&t.source, k);
            uint32_t kept = order[k - 1];
            order[k - 1] = order[other];
            order[other] = kept;
        }
        charley_text first = person_result(t.a, 0);
        person_answer_all(t.kb, t.b, &t.who, order);
        assert_true(ch_view_equal(first, person_result(t.b, 1)));
    }
}

static void probabilities_are_probabilities(void **state)
{
    (void)state;
    static bench t;
    set_up(&t, 2);
    for (int i = 0; i < N_PEOPLE; i++) {
        draw(&t);
        const charley_result *result;
        assert_int_equal(charley_session_assess(t.a, &result, NULL), CHARLEY_OK);
        for (size_t c = 0; c < result->n_causes; c++) {
            charley_probability p = result->causes[c].probability;
            assert_true(0 <= p.low && p.low <= p.p && p.p <= p.high && p.high <= 1);
            if (c == 0)
                continue;
            const charley_cause *above = &result->causes[c - 1];
            bool leads = result->urgency >= CHARLEY_EMERGENCY && above->is_suspected &&
                         !result->causes[c].is_suspected;
            assert_true(leads || p.p <= above->probability.p);
        }
    }
}

/* Unknown to yes on any one red flag, whatever else is answered. */
static void a_red_flag_never_lowers_urgency(void **state)
{
    (void)state;
    static bench t;
    set_up(&t, 3);
    unsigned n_tried = 0;
    for (int i = 0; i < N_PEOPLE; i++) {
        draw(&t);
        bool is_conflict;
        charley_urgency before = urgency_of(t.a, &is_conflict);
        for (int k = 0; k < 4; k++) {
            uint32_t a = person_below(&t.source, ch_kb_n(t.kb, CH_S_ATOMS));
            const ch_finding *finding =
                &ch_kb_findings(t.kb)[ch_kb_atoms(t.kb)[a].finding];
            if (!finding->red_flag || finding->kind != CH_FK_YES_NO ||
                t.a->facts.given[a] != CHARLEY_UNKNOWN)
                continue;
            person_answer yes = {.index = a, .answer = CHARLEY_YES};
            person_give(t.kb, t.a, &yes);
            charley_urgency after = urgency_of(t.a, &is_conflict);
            assert_true(is_conflict || after >= before);
            person_answer unknown = {.index = a, .answer = CHARLEY_UNKNOWN};
            person_give(t.kb, t.a, &unknown);
            n_tried++;
        }
    }
    assert_true(n_tried > N_PEOPLE / 8);
}

static void unknown_is_not_asked(void **state)
{
    (void)state;
    static bench t;
    set_up(&t, 4);
    for (int i = 0; i < N_PEOPLE / 2; i++) {
        draw(&t);
        charley_text before = person_result(t.a, 0);
        for (uint32_t a = 0; a < ch_kb_n(t.kb, CH_S_ATOMS); a++) {
            person_answer unknown = {.index = a, .answer = CHARLEY_UNKNOWN};
            const ch_atom *atom = &ch_kb_atoms(t.kb)[a];
            if (!atom->derive.n && t.a->facts.given[a] == CHARLEY_UNKNOWN)
                person_give(t.kb, t.a, &unknown);
        }
        assert_true(ch_view_equal(before, person_result(t.a, 1)));
    }
}

/* Is one of the conditions that a caution names why a rule of the top three levels
 * sends the person, and no test has excluded it? */
static bool is_sent_for(const charley_session *session, const charley_result *result,
                        const ch_caution *caution)
{
    const charley_kb *kb = session->kb;
    const uint32_t *named = ch_kb_list(kb, caution->suspects);
    for (size_t i = 0; i < result->n_reasons; i++) {
        size_t index;
        if (result->reasons[i].urgency < CHARLEY_SAME_DAY ||
            charley_kb_find(kb, CHARLEY_RULE, result->reasons[i].id, &index, NULL) !=
                CHARLEY_OK)
            continue;
        const ch_rule *rule = &ch_kb_rules(kb)[index];
        const uint32_t *suspect = ch_kb_list(kb, rule->suspects);
        for (uint32_t k = 0; k < rule->suspects.n; k++) {
            uint32_t test = ch_kb_conditions(kb)[suspect[k]].excluded_by;
            if (test != CH_NONE && session->facts.value[test] == CHARLEY_YES)
                continue;
            for (uint32_t n = 0; n < caution->suspects.n; n++)
                if (named[n] == suspect[k])
                    return true;
        }
    }
    return false;
}

/* Looked up here without the engine's own caution code: no action of an offered remedy
 * may be held by a caution whose fear is not excluded, or is why the person is sent. */
static void assert_not_forbidden(const charley_session *session,
                                 const charley_result *result, charley_text id)
{
    const charley_kb *kb = session->kb;
    size_t index;
    assert_int_equal(charley_kb_find(kb, CHARLEY_REMEDY, id, &index, NULL), CHARLEY_OK);
    const ch_remedy *remedy = &ch_kb_remedies(kb)[index];
    const uint32_t *action = ch_kb_list(kb, remedy->actions);
    for (uint32_t c = 0; c < ch_kb_n(kb, CH_S_CAUTIONS); c++) {
        const ch_caution *caution = &ch_kb_cautions(kb)[c];
        charley_answer fear = ch_eval(&session->facts, caution->when);
        bool is_lifted = fear == CHARLEY_NO || (fear == CHARLEY_UNKNOWN &&
                                                caution->unknown == CH_UNKNOWN_IGNORE);
        if (is_lifted && !is_sent_for(session, result, caution))
            continue;
        const uint32_t *held = ch_kb_list(kb, caution->actions);
        for (uint32_t i = 0; i < caution->actions.n; i++)
            for (uint32_t k = 0; k < remedy->actions.n; k++)
                assert_int_not_equal(held[i], action[k]);
    }
}

static void nothing_forbidden_is_offered(void **state)
{
    (void)state;
    static bench t;
    set_up(&t, 5);
    for (int i = 0; i < N_PEOPLE; i++) {
        draw(&t);
        const charley_result *result;
        assert_int_equal(charley_session_assess(t.a, &result, NULL), CHARLEY_OK);
        for (size_t k = 0; k < result->n_do_now; k++)
            assert_not_forbidden(t.a, result, result->do_now[k].id);
        for (size_t k = 0; k < result->n_prevention; k++)
            assert_not_forbidden(t.a, result, result->prevention[k].id);
    }
}

static bool is_not_to_do(const charley_result *result, charley_text id)
{
    for (size_t i = 0; i < result->n_do_not; i++)
        if (ch_view_equal(result->do_not[i].id, id))
            return true;
    return false;
}

/* Does the caution name what must not be missed? Then an emergency names it too. */
static bool is_dangerous(const charley_kb *kb, const ch_caution *caution)
{
    const uint32_t *named = ch_kb_list(kb, caution->suspects);
    for (uint32_t i = 0; i < caution->suspects.n; i++)
        if (ch_kb_conditions(kb)[named[i]].must_not_miss)
            return true;
    return caution->always_shown;
}

/* A stronger caution that is only not excluded must not hide one that is suspected. */
static void what_is_suspected_is_named(void **state)
{
    (void)state;
    static bench t;
    set_up(&t, 8);
    for (int i = 0; i < N_PEOPLE / 2; i++) {
        draw(&t);
        const charley_result *result;
        assert_int_equal(charley_session_assess(t.a, &result, NULL), CHARLEY_OK);
        for (uint32_t c = 0; c < ch_kb_n(t.kb, CH_S_CAUTIONS); c++) {
            const ch_caution *caution = &ch_kb_cautions(t.kb)[c];
            if (ch_eval(&t.a->facts, caution->when) != CHARLEY_YES ||
                (result->urgency >= CHARLEY_EMERGENCY && !is_dangerous(t.kb, caution)))
                continue;
            const uint32_t *action = ch_kb_list(t.kb, caution->actions);
            for (uint32_t k = 0; k < caution->actions.n; k++)
                assert_true(is_not_to_do(
                    result, ch_kb_string(t.kb, ch_kb_actions(t.kb)[action[k]].id)));
        }
    }
}

/* A boy whose leg has been thick for months since a long journey: a rule suspects a
 * clot, while age and time make it less likely than its floor. */
static void answer_old_swelling(charley_session *session)
{
    static const charley_text yes[] = {
        CHARLEY_TEXT("sex=male"),           CHARLEY_TEXT("side=left"),
        CHARLEY_TEXT("pain_where=calf"),    CHARLEY_TEXT("calf_swelling_one_side"),
        CHARLEY_TEXT("onset_speed=slowly"), CHARLEY_TEXT("how_long=over_4_weeks"),
        CHARLEY_TEXT("travel_over_4_hours")};
    charley_session_clear(session);
    assert_int_equal(charley_answer_number(session, CHARLEY_TEXT("age"), 15,
                                           CHARLEY_TEXT("a"), NULL),
                     CHARLEY_OK);
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        assert_int_equal(charley_answer_set(session, yes[i], CHARLEY_YES, NULL),
                         CHARLEY_OK);
}

static const charley_cause *cause_named(charley_session *session, charley_text id)
{
    const charley_result *result;
    assert_int_equal(charley_session_assess(session, &result, NULL), CHARLEY_OK);
    for (size_t c = 0; c < result->n_causes; c++)
        if (ch_view_equal(result->causes[c].id, id))
            return &result->causes[c];
    return NULL;
}

/* Floors lie far below what is listed of itself, so only what a rule suspects is ever
 * read at its floor; and only an objective test lets it fall lower. */
static void what_is_suspected_stands_at_its_floor(void **state)
{
    (void)state;
    static bench t;
    set_up(&t, 9);
    const charley_text clot = CHARLEY_TEXT("deep_vein_thrombosis");
    size_t index;
    assert_int_equal(charley_kb_find(t.kb, CHARLEY_CONDITION, clot, &index, NULL),
                     CHARLEY_OK);
    double floor = ch_kb_conditions(t.kb)[index].floor;
    answer_old_swelling(t.a);
    const charley_cause *cause = cause_named(t.a, clot);
    assert_non_null(cause);
    assert_true(cause->at_floor && cause->probability.p == floor);
    assert_true(cause->probability.low < floor);
    assert_int_equal(
        charley_answer_set(t.a, CHARLEY_TEXT("ultrasound_no_clot"), CHARLEY_YES, NULL),
        CHARLEY_OK);
    cause = cause_named(t.a, clot);
    assert_non_null(cause);
    assert_true(!cause->at_floor && cause->probability.p < floor);
}

/* Nothing shown lies below its floor, unless its test came back clean. */
static void nothing_falls_below_its_floor(void **state)
{
    (void)state;
    static bench t;
    set_up(&t, 10);
    for (int i = 0; i < N_PEOPLE / 4; i++) {
        draw(&t);
        const charley_result *result;
        assert_int_equal(charley_session_assess(t.a, &result, NULL), CHARLEY_OK);
        for (size_t k = 0; k < result->n_causes; k++) {
            const charley_cause *cause = &result->causes[k];
            size_t c;
            assert_int_equal(
                charley_kb_find(t.kb, CHARLEY_CONDITION, cause->id, &c, NULL),
                CHARLEY_OK);
            const ch_condition *condition = &ch_kb_conditions(t.kb)[c];
            bool is_excluded = condition->excluded_by != CH_NONE &&
                               t.a->facts.value[condition->excluded_by] == CHARLEY_YES;
            assert_true(is_excluded || cause->probability.p >= condition->floor);
            assert_true(!cause->at_floor ||
                        (!is_excluded && cause->probability.p == condition->floor));
        }
    }
}

static void a_case_survives_writing_and_reading(void **state)
{
    (void)state;
    static bench t;
    static char json[1 << 18];
    set_up(&t, 6);
    for (int i = 0; i < N_PEOPLE / 2; i++) {
        draw(&t);
        charley_text before = person_result(t.a, 0);
        size_t size;
        charley_error error;
        assert_int_equal(
            charley_session_write_case(t.a, json, sizeof json, &size, &error),
            CHARLEY_OK);
        if (charley_session_read_case(t.b, json, size, &error) != CHARLEY_OK)
            fail_msg("%s", error.text);
        assert_true(ch_view_equal(before, person_result(t.b, 1)));
    }
}

static charley_status read_places(bench *t, const char *places, charley_error *error)
{
    char json[4096];
    int size =
        snprintf(json, sizeof json,
                 "{\"charley_case\": 1, \"answers\": {\"cramp_attacks\": \"yes\"}, "
                 "\"places\": %s}",
                 places);
    assert_in_range(size, 1, sizeof json - 1);
    return charley_session_read_case(t->a, json, (size_t)size, error);
}

static bool writes(bench *t, const char *part)
{
    char json[4096];
    size_t size;
    assert_int_equal(
        charley_session_write_case(t->a, json, sizeof json - 1, &size, NULL),
        CHARLEY_OK);
    json[size] = '\0';
    return strstr(json, part) != NULL;
}

/* Places of a leg map are kept in their order, without any say in the result, until
 * everything is forgotten. */
static void places_are_kept_and_change_nothing(void **state)
{
    (void)state;
    static bench t;
    set_up(&t, 8);
    assert_int_equal(read_places(&t, "[]", NULL), CHARLEY_OK);
    assert_false(writes(&t, "places"));
    charley_text without = person_result(t.a, 0);
    assert_int_equal(
        read_places(&t, "[\"toes.left\", \"lower_back\", \"calf2.right\"]", NULL),
        CHARLEY_OK);
    assert_true(ch_view_equal(without, person_result(t.a, 1)));
    const char *written = "\"places\": [\n    \"toes.left\",\n    \"lower_back\",\n"
                          "    \"calf2.right\"\n  ]";
    assert_true(writes(&t, written));
    charley_error error;
    assert_int_equal(read_places(&t, "[\"Toes\"]", &error), CHARLEY_E_DATA);
    assert_true(writes(&t, written)); /* all or nothing */
    charley_session_clear(t.a);
    assert_false(writes(&t, "places"));
}

static void what_is_no_place_is_refused(void **state)
{
    (void)state;
    static bench t;
    set_up(&t, 9);
    static const char *const WRONG[] = {
        "[\"\"]",      "[\".left\"]", "[\"toes.\"]",  "[\"toes.up\"]",
        "[\"2toes\"]", "[\"_toes\"]", "[\"to es\"]",  "[\"toes.left.left\"]",
        "[1]",         "[null]",      "[[\"toes\"]]", "[\"toes\", \"toes\"]"};
    charley_error error;
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++)
        if (read_places(&t, WRONG[i], &error) != CHARLEY_E_DATA || error.line != 1)
            fail_msg("%s: %s", WRONG[i], error.text);
    assert_int_equal(read_places(&t, "\"toes\"", &error), CHARLEY_E_DATA);
    assert_int_equal(read_places(&t, "[\"toes\\u0000\"]", &error), CHARLEY_E_SYNTAX);
}

/* At and above the limits of limits.h. */
static void so_many_places_and_no_more(void **state)
{
    (void)state;
    static bench t;
    set_up(&t, 10);
    for (unsigned n = CH_MAX_PLACES - 1; n <= CH_MAX_PLACES + 1; n++) {
        char list[1024] = "[";
        size_t size = 1;
        for (unsigned i = 0; i < n; i++)
            size += (size_t)snprintf(list + size, sizeof list - size, "%s\"p%u\"",
                                     i ? ", " : "", i);
        snprintf(list + size, sizeof list - size, "]");
        assert_int_equal(read_places(&t, list, NULL),
                         n <= CH_MAX_PLACES ? CHARLEY_OK : CHARLEY_E_LIMIT);
    }
    for (int n = CH_MAX_PLACE_BYTES - 1; n <= CH_MAX_PLACE_BYTES + 1; n++) {
        char list[128];
        snprintf(list, sizeof list, "[\"%.*s.left\"]", n - 5,
                 "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz");
        assert_int_equal(read_places(&t, list, NULL),
                         n <= CH_MAX_PLACE_BYTES ? CHARLEY_OK : CHARLEY_E_DATA);
    }
}

/* Answers whatever is asked, at random; the interview ends, and never asks twice. */
static void an_interview_ends(void **state)
{
    (void)state;
    static bench t;
    set_up(&t, 7);
    for (int i = 0; i < 200; i++) {
        charley_session_clear(t.a);
        size_t n_screens = charley_kb_count(t.kb, CHARLEY_SCREEN);
        size_t n_asked = 0;
        for (;;) {
            const charley_question *question;
            charley_error error;
            charley_status status = charley_session_next(t.a, i % 2, &question, &error);
            if (status == CHARLEY_E_CONFLICT)
                break; /* a random person may contradict herself */
            assert_int_equal(status, CHARLEY_OK);
            if (!question)
                break;
            assert_true(++n_asked <= n_screens);
            charley_text screen = question->id;
            charley_text choice = {NULL, 0};
            if (question->kind != CHARLEY_ASK_NUMBER && question->n_choices &&
                person_unit(&t.source) < 0.3)
                choice = question
                             ->choices[person_below(&t.source,
                                                    (uint32_t)question->n_choices)]
                             .id;
            bool is_many = question->kind == CHARLEY_ASK_MANY;
            if (choice.size)
                assert_int_equal(charley_answer_set(t.a, choice, CHARLEY_YES, NULL),
                                 CHARLEY_OK);
            if (is_many)
                assert_int_equal(charley_screen_rest_no(t.a, screen, NULL), CHARLEY_OK);
            assert_int_equal(charley_screen_skip(t.a, screen, true, NULL), CHARLEY_OK);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_is_irrelevant),
        cmocka_unit_test(probabilities_are_probabilities),
        cmocka_unit_test(a_red_flag_never_lowers_urgency),
        cmocka_unit_test(unknown_is_not_asked),
        cmocka_unit_test(nothing_forbidden_is_offered),
        cmocka_unit_test(what_is_suspected_is_named),
        cmocka_unit_test(what_is_suspected_stands_at_its_floor),
        cmocka_unit_test(nothing_falls_below_its_floor),
        cmocka_unit_test(a_case_survives_writing_and_reading),
        cmocka_unit_test(places_are_kept_and_change_nothing),
        cmocka_unit_test(what_is_no_place_is_refused),
        cmocka_unit_test(so_many_places_and_no_more),
        cmocka_unit_test(an_interview_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
