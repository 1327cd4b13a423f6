/* test_interview.c: whole interviews on the real knowledge, answered from a story.
 *
 * A story is what is true of a person: everything in it is answered yes when it is
 * asked, every other tick is left empty, and choices or numbers it does not hold are
 * skipped. The advice at the end must be right, and must not take long to reach.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/view.h"
#include "property/person.h"

#define N_ROWS(rows) (sizeof(rows) / sizeof *(rows))

enum { MAX_FACTS = 24, MAX_NUMBERS = 4 };

typedef struct story {
    const char *name;
    const char *facts[MAX_FACTS];
    struct {
        const char *id;
        double value;
    } numbers[MAX_NUMBERS];
    charley_urgency urgency;
    const char *cause;        /* NULL: not checked */
    size_t rank;              /* at which it must stand or before; 0 = the first */
    const char *first_remedy; /* NULL: not checked */
    const char *forbidden;    /* an action or remedy; NULL: not checked */
    size_t max_screens;
} story;

static const story STORIES[] = {
    {.name = "woken by a hard calf, gone in two minutes, normal leg",
     .facts = {"sex=male", "cramp_attacks", "cramp_brief", "cramp_in_calf_or_foot",
               "cramp_eased_by_stretch", "cramp_hard_knot", "cramp_at_night",
               "leg_normal_between", "cramp_sore_after", "side=left",
               "onset_speed=sudden", "how_long=within_2_weeks"},
     .numbers = {{"age", 58}},
     .urgency = CHARLEY_SELF_CARE,
     .cause = "night_cramp",
     .first_remedy = "calf_stretch_now",
     .max_screens = 12},
    {.name = "the same, a woman who could be pregnant and is not",
     .facts = {"sex=female", "cramp_attacks", "cramp_brief", "cramp_in_calf_or_foot",
               "cramp_eased_by_stretch", "cramp_hard_knot", "cramp_at_night",
               "leg_normal_between", "side=right", "how_long=over_4_weeks"},
     .numbers = {{"age", 44}},
     .urgency = CHARLEY_SELF_CARE,
     .cause = "night_cramp",
     .first_remedy = "calf_stretch_now",
     .max_screens = 12},
    {.name = "pregnant, 30 weeks, night cramps, left calf bigger",
     .facts = {"sex=female", "pregnant", "cramp_attacks", "cramp_brief",
               "cramp_at_night", "cramp_in_calf_or_foot", "calf_swelling_one_side",
               "side=left", "how_long=today"},
     .numbers = {{"age", 31}, {"pregnancy_weeks", 30}},
     .urgency = CHARLEY_EMERGENCY,
     .forbidden = "massage",
     .max_screens = 20},
    {.name = "sore swollen calf after a flight",
     .facts = {"sex=male", "calf_swelling_one_side", "pain_constant", "side=right",
               "pain_where=calf", "travel_over_4_hours", "onset_speed=days",
               "how_long=within_2_weeks", "pitting_one_leg"},
     .numbers = {{"age", 51}},
     .urgency = CHARLEY_SAME_DAY,
     .cause = "deep_vein_thrombosis",
     .forbidden = "massage",
     .max_screens = 20},
    {.name = "foot suddenly cold and pale",
     .facts = {"sex=male", "foot_cold_pale_blue_sudden", "foot_numb_or_toes_stuck",
               "pain_severe_unrelenting", "pain_constant", "side=left",
               "onset_speed=sudden", "how_long=today", "atrial_fibrillation"},
     .numbers = {{"age", 72}},
     .urgency = CHARLEY_AMBULANCE,
     .cause = "acute_limb_ischaemia",
     .forbidden = "elevation",
     .max_screens = 20},
    {.name = "dark urine after a marathon",
     .facts = {"sex=female", "dark_urine", "hard_effort_recent", "sore_after_exercise",
               "muscle_pain_widespread", "side=both", "how_long=today"},
     .numbers = {{"age", 33}},
     .urgency = CHARLEY_EMERGENCY,
     .cause = "rhabdomyolysis",
     .rank = 1, /* plain soreness is true of her as well */
     .forbidden = "nsaid",
     .max_screens = 20},
    {.name = "calf ache at the same distance, gone on standing still",
     .facts = {"sex=male", "pain_on_walking", "same_distance_each_time",
               "eased_standing_still_10_min", "side=right", "smoker", "pain_where=calf",
               "how_long=over_4_weeks", "onset_speed=slowly"},
     .numbers = {{"age", 66}},
     .urgency = CHARLEY_WITHIN_DAYS,
     .cause = "peripheral_arterial_disease",
     .max_screens = 20},
    {.name = "both calves sore the day after a day in heels",
     .facts = {"sex=female", "sore_after_exercise", "side=both", "high_heels",
               "soreness_12_to_72_hours", "pain_started_after_new_effort",
               "pain_where=calf", "how_long=within_2_weeks"},
     .numbers = {{"age", 36}},
     .urgency = CHARLEY_SELF_CARE,
     .cause = "exercise_soreness",
     .max_screens = 20},
};

static bool is_true(const story *who, charley_text id)
{
    for (size_t i = 0; i < MAX_FACTS && who->facts[i]; i++)
        if (ch_view_is(id, who->facts[i]))
            return true;
    return false;
}

static void answer_number(charley_session *session, const story *who,
                          const charley_question *question)
{
    for (size_t i = 0; i < MAX_NUMBERS && who->numbers[i].id; i++)
        if (ch_view_is(question->choices[0].id, who->numbers[i].id))
            assert_int_equal(charley_answer_number(session, question->choices[0].id,
                                                   who->numbers[i].value,
                                                   question->unit, NULL),
                             CHARLEY_OK);
}

/* Answers one screen from the story; what stays open is skipped. */
static void answer(charley_session *session, const story *who,
                   const charley_question *question)
{
    charley_text screen = question->id;
    bool is_ticks = question->kind == CHARLEY_ASK_MANY;
    if (question->kind == CHARLEY_ASK_NUMBER)
        answer_number(session, who, question);
    for (size_t i = 0; question->kind != CHARLEY_ASK_NUMBER && i < question->n_choices;
         i++) {
        bool is_yes = is_true(who, question->choices[i].id);
        if (is_yes || question->kind == CHARLEY_ASK_YES_NO)
            assert_int_equal(charley_answer_set(session, question->choices[i].id,
                                                is_yes ? CHARLEY_YES : CHARLEY_NO,
                                                NULL),
                             CHARLEY_OK);
    }
    if (is_ticks)
        assert_int_equal(charley_screen_rest_no(session, screen, NULL), CHARLEY_OK);
    assert_int_equal(charley_screen_skip(session, screen, true, NULL), CHARLEY_OK);
}

static size_t interview(charley_session *session, const story *who)
{
    size_t n_screens = 0;
    charley_session_clear(session);
    for (;;) {
        const charley_question *question;
        charley_error error;
        if (charley_session_next(session, false, &question, &error) != CHARLEY_OK)
            fail_msg("%s: %s", who->name, error.text);
        if (!question)
            return n_screens;
        answer(session, who, question);
        n_screens++;
    }
}

static bool is_forbidden(const charley_result *result, const char *id)
{
    for (size_t i = 0; i < result->n_do_not; i++)
        if (ch_view_is(result->do_not[i].id, id) && result->do_not[i].reason.size > 0)
            return true;
    return false;
}

static size_t rank_of(const charley_result *result, const char *cause)
{
    size_t i = 0;
    while (i < result->n_causes && !ch_view_is(result->causes[i].id, cause))
        i++;
    return i;
}

static void check(const story *who, const charley_result *result, size_t n_screens)
{
    print_message("%2zu screens, %s: %s\n", n_screens,
                  charley_urgency_name(result->urgency).bytes, who->name);
    assert_int_equal(result->urgency, who->urgency);
    assert_true(n_screens <= who->max_screens);
    if (result->is_provisional)
        fail_msg("%s: %.*s was not asked", who->name,
                 (int)result->danger_not_answered[0].id.size,
                 result->danger_not_answered[0].id.bytes);
    if (who->cause && rank_of(result, who->cause) > who->rank)
        fail_msg("%s: %.*s comes first (%.2f)", who->name,
                 (int)result->causes[0].id.size, result->causes[0].id.bytes,
                 result->causes[0].probability.p);
    if (who->first_remedy)
        assert_true(ch_view_is(result->do_now[0].id, who->first_remedy));
    if (who->forbidden)
        assert_true(is_forbidden(result, who->forbidden));
}

static void each_story_ends_well(void **state)
{
    (void)state;
    charley_session *session = person_session(person_kb());
    for (size_t i = 0; i < N_ROWS(STORIES); i++) {
        size_t n_screens = interview(session, &STORIES[i]);
        const charley_result *result;
        charley_error error;
        if (charley_session_assess(session, &result, &error) != CHARLEY_OK)
            fail_msg("%s: %s", STORIES[i].name, error.text);
        check(&STORIES[i], result, n_screens);
    }
    free(session);
}

/* ---- a cramp this minute ---- */

static const charley_question *next(charley_session *session)
{
    const charley_question *question;
    assert_int_equal(charley_session_next(session, false, &question, NULL), CHARLEY_OK);
    return question;
}

static const charley_result *assess(charley_session *session)
{
    const charley_result *result;
    assert_int_equal(charley_session_assess(session, &result, NULL), CHARLEY_OK);
    return result;
}

static void say(charley_session *session, const char *id, charley_answer answer)
{
    assert_int_equal(charley_answer_set(session, ch_view(id), answer, NULL),
                     CHARLEY_OK);
}

static void begin_cramp_now(charley_session *session)
{
    charley_session_clear(session);
    say(session, "cramp_attacks", CHARLEY_YES);
    say(session, "cramp_now", CHARLEY_YES);
}

static bool is_still_open(const charley_result *result, const char *id)
{
    for (size_t i = 0; i < result->n_danger_not_answered; i++)
        if (ch_view_is(result->danger_not_answered[i].id, id))
            return true;
    return false;
}

/* Two short lists; then the stretch is offered, and what was not asked is said. */
static void a_cramp_now_is_asked_two_short_lists(void **state)
{
    (void)state;
    charley_session *session = person_session(person_kb());
    begin_cramp_now(session);
    const char *screens[] = {"now_leg", "now_body"};
    for (size_t i = 0; i < N_ROWS(screens); i++) {
        const charley_question *question = next(session);
        assert_true(ch_view_is(question->id, screens[i]));
        assert_true(question->is_short && question->is_danger_screen);
        assert_int_equal(question->n_screens_left, N_ROWS(screens) - 1 - i);
        assert_true(question->why.size > 0);
        assert_int_equal(charley_screen_rest_no(session, ch_view(screens[i]), NULL),
                         CHARLEY_OK);
    }
    const charley_result *result = assess(session);
    assert_int_equal(result->urgency, CHARLEY_SELF_CARE);
    assert_true(ch_view_is(result->do_now[0].id, "calf_stretch_now"));
    assert_true(result->is_provisional);
    assert_true(is_still_open(result, "fever") && is_still_open(result, "saddle_numb"));
    assert_false(is_still_open(result, "heel_pop"));
    free(session);
}

/* The ordinary screens follow, without what was denied; looked back at, they
 * show everything. */
static void the_rest_follows_without_what_was_denied(void **state)
{
    (void)state;
    charley_session *session = person_session(person_kb());
    begin_cramp_now(session);
    assert_int_equal(charley_screen_rest_no(session, ch_view("now_leg"), NULL),
                     CHARLEY_OK);
    say(session, "palpitations", CHARLEY_NO);
    say(session, "dark_urine", CHARLEY_YES);
    assert_int_equal(charley_screen_skip(session, ch_view("now_body"), true, NULL),
                     CHARLEY_OK);
    const charley_question *question = next(session);
    assert_true(ch_view_is(question->id, "danger_body"));
    assert_false(question->is_short);
    size_t n_open = question->n_choices;
    for (size_t i = 0; i < n_open; i++)
        assert_int_equal(question->choices[i].answer,
                         ch_view_is(question->choices[i].id, "dark_urine")
                             ? CHARLEY_YES
                             : CHARLEY_UNKNOWN);
    assert_int_equal(
        charley_session_question(session, ch_view("danger_body"), &question, NULL),
        CHARLEY_OK);
    assert_int_equal(question->n_choices, n_open + 1);
    free(session);
}

/* A danger sign on a short list counts as much as anywhere else. */
static void a_danger_on_a_short_list_raises(void **state)
{
    (void)state;
    charley_session *session = person_session(person_kb());
    const struct {
        const char *sign;
        charley_urgency urgency;
    } rows[] = {{"foot_cold_pale_blue_sudden", CHARLEY_AMBULANCE},
                {"breathless_new", CHARLEY_AMBULANCE},
                {"tight_woody_calf", CHARLEY_EMERGENCY},
                {"heel_pop", CHARLEY_SAME_DAY},
                {"dark_urine", CHARLEY_SAME_DAY}};
    for (size_t i = 0; i < N_ROWS(rows); i++) {
        begin_cramp_now(session);
        say(session, rows[i].sign, CHARLEY_YES);
        for (size_t k = 0; k < 2; k++)
            assert_int_equal(charley_screen_rest_no(
                                 session, ch_view(k ? "now_body" : "now_leg"), NULL),
                             CHARLEY_OK);
        assert_in_range(assess(session)->urgency, rows[i].urgency, CHARLEY_AMBULANCE);
    }
    free(session);
}

/* Nobody else meets the short lists, whatever they leave open. */
static void without_a_cramp_now_no_short_list_is_asked(void **state)
{
    (void)state;
    charley_session *session = person_session(person_kb());
    charley_session_clear(session);
    say(session, "cramp_attacks", CHARLEY_YES);
    assert_true(ch_view_is(next(session)->id, "danger_body"));
    for (const charley_question *question; (question = next(session)) != NULL;) {
        assert_false(question->is_short);
        assert_int_equal(charley_screen_skip(session, question->id, true, NULL),
                         CHARLEY_OK);
    }
    free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_story_ends_well),
        cmocka_unit_test(a_cramp_now_is_asked_two_short_lists),
        cmocka_unit_test(the_rest_follows_without_what_was_denied),
        cmocka_unit_test(a_danger_on_a_short_list_raises),
        cmocka_unit_test(without_a_cramp_now_no_short_list_is_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
