/* test_safety.c: what a rule does with yes, no and unknown; modifiers at their bounds;
 * cautions until excluded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "safety/caution.h"
#include "safety/triage.h"
#include "tiny_kb.h"

#define N_ROWS(rows) (sizeof(rows) / sizeof *(rows))

enum { U = CHARLEY_UNKNOWN, N = CHARLEY_NO, Y = CHARLEY_YES };

static tiny_kb tiny;

static ch_facts facts_with(uint8_t a, uint8_t b)
{
    ch_facts facts = tiny_facts(&tiny);
    ch_facts_set(&facts, 0, (charley_answer)a);
    ch_facts_set(&facts, 1, (charley_answer)b);
    ch_facts_resolve(&facts);
    return facts;
}

static void add_rule(uint32_t atom, charley_urgency level, ch_unknown unknown)
{
    uint32_t i = ch_kb_n(&tiny.kb, CH_S_RULES);
    tiny.rules[i] = (ch_rule){.level = (uint8_t)level,
                              .unknown = (uint8_t)unknown,
                              .when = tiny_atom(&tiny, atom)};
    tiny_kb_count(&tiny, CH_S_RULES, i + 1);
}

static void a_rule_follows_what_it_says_of_the_unknown(void **state)
{
    (void)state;
    static const struct row {
        uint8_t answer;
        ch_unknown unknown;
        ch_outcome outcome;
        charley_urgency level;
    } rows[] = {
        {Y, CH_UNKNOWN_ASK, CH_RULE_FIRED, CHARLEY_SAME_DAY},
        {Y, CH_UNKNOWN_RAISE, CH_RULE_FIRED, CHARLEY_SAME_DAY},
        {Y, CH_UNKNOWN_IGNORE, CH_RULE_FIRED, CHARLEY_SAME_DAY},
        {N, CH_UNKNOWN_ASK, CH_RULE_SILENT, CHARLEY_COULD_NOT_ASSESS},
        {N, CH_UNKNOWN_RAISE, CH_RULE_SILENT, CHARLEY_COULD_NOT_ASSESS},
        {N, CH_UNKNOWN_IGNORE, CH_RULE_SILENT, CHARLEY_COULD_NOT_ASSESS},
        {U, CH_UNKNOWN_ASK, CH_RULE_OPEN, CHARLEY_COULD_NOT_ASSESS},
        {U, CH_UNKNOWN_RAISE, CH_RULE_RAISED, CHARLEY_SAME_DAY},
        {U, CH_UNKNOWN_IGNORE, CH_RULE_SILENT, CHARLEY_COULD_NOT_ASSESS},
    };
    for (size_t i = 0; i < N_ROWS(rows); i++) {
        tiny_kb_make(&tiny);
        add_rule(0, CHARLEY_SAME_DAY, rows[i].unknown);
        ch_facts facts = facts_with(rows[i].answer, U);
        uint8_t outcome;
        assert_int_equal(ch_triage(&facts, &outcome), rows[i].level);
        assert_int_equal(outcome, rows[i].outcome);
    }
}

/* An unknown rule is raised only once its raise_if is yes; until then it is asked. */
static void raise_if_holds_back_the_raising(void **state)
{
    (void)state;
    static const struct row {
        uint8_t when, raise_if;
        ch_outcome outcome;
    } rows[] = {
        {Y, N, CH_RULE_FIRED}, {Y, U, CH_RULE_FIRED}, {N, Y, CH_RULE_SILENT},
        {U, N, CH_RULE_OPEN},  {U, U, CH_RULE_OPEN},  {U, Y, CH_RULE_RAISED},
    };
    for (size_t i = 0; i < N_ROWS(rows); i++) {
        tiny_kb_make(&tiny);
        add_rule(0, CHARLEY_SAME_DAY, CH_UNKNOWN_RAISE);
        tiny.rules[0].raise_if = tiny_atom(&tiny, 1);
        ch_facts facts = facts_with(rows[i].when, rows[i].raise_if);
        uint8_t outcome;
        ch_triage(&facts, &outcome);
        assert_int_equal(outcome, rows[i].outcome);
    }
}

static void the_highest_level_wins(void **state)
{
    (void)state;
    tiny_kb_make(&tiny);
    add_rule(0, CHARLEY_AMBULANCE, CH_UNKNOWN_ASK);
    add_rule(1, CHARLEY_SELF_CARE, CH_UNKNOWN_ASK);
    uint8_t outcomes[2];
    ch_facts facts = facts_with(Y, Y);
    assert_int_equal(ch_triage(&facts, outcomes), CHARLEY_AMBULANCE);
    facts = facts_with(U, Y);
    assert_int_equal(ch_triage(&facts, outcomes), CHARLEY_SELF_CARE);
    assert_true(ch_triage_is_provisional(&tiny.kb, outcomes, CHARLEY_SELF_CARE));
    assert_true(ch_triage_is_provisional(&tiny.kb, outcomes, CHARLEY_EMERGENCY));
    assert_false(ch_triage_is_provisional(&tiny.kb, outcomes, CHARLEY_AMBULANCE));
    facts = facts_with(N, U);
    assert_int_equal(ch_triage(&facts, outcomes), CHARLEY_COULD_NOT_ASSESS);
    /* Only self-care is open: no danger sign is missing. */
    assert_false(
        ch_triage_is_provisional(&tiny.kb, outcomes, CHARLEY_COULD_NOT_ASSESS));
}

/* From `from` on, never above `at_most`; several raise once. */
static void modifiers_keep_their_bounds(void **state)
{
    (void)state;
    tiny_kb_make(&tiny);
    for (uint32_t i = 0; i < 2; i++)
        tiny.modifiers[i] = (ch_modifier){.when = tiny_atom(&tiny, i),
                                          .from = CHARLEY_ROUTINE,
                                          .at_most = CHARLEY_EMERGENCY};
    tiny_kb_count(&tiny, CH_S_MODIFIERS, 2);
    static const struct row {
        charley_urgency before, after;
    } rows[] = {
        {CHARLEY_COULD_NOT_ASSESS, CHARLEY_COULD_NOT_ASSESS},
        {CHARLEY_SELF_CARE, CHARLEY_SELF_CARE},
        {CHARLEY_ROUTINE, CHARLEY_WITHIN_DAYS},
        {CHARLEY_SAME_DAY, CHARLEY_EMERGENCY},
        {CHARLEY_EMERGENCY, CHARLEY_EMERGENCY},
        {CHARLEY_AMBULANCE, CHARLEY_AMBULANCE},
    };
    uint8_t active[2];
    for (size_t i = 0; i < N_ROWS(rows); i++) {
        ch_facts facts = facts_with(Y, Y);
        assert_int_equal(ch_triage_modify(&facts, rows[i].before, active),
                         rows[i].after);
        facts = facts_with(U, N);
        assert_int_equal(ch_triage_modify(&facts, rows[i].before, NULL),
                         rows[i].before);
    }
}

static void a_caution_holds_until_excluded(void **state)
{
    (void)state;
    static const struct row {
        uint8_t fear;
        ch_unknown unknown;
        double probability;
        ch_caution_state state;
    } rows[] = {
        {Y, CH_UNKNOWN_RAISE, 0, CH_CAUTION_SUSPECTED},
        {U, CH_UNKNOWN_RAISE, 0, CH_CAUTION_NOT_EXCLUDED},
        {N, CH_UNKNOWN_RAISE, 0, CH_CAUTION_LIFTED},
        {U, CH_UNKNOWN_IGNORE, 0, CH_CAUTION_LIFTED},
        {N, CH_UNKNOWN_RAISE, 0.0999, CH_CAUTION_LIFTED},
        {N, CH_UNKNOWN_RAISE, 0.1, CH_CAUTION_LIKELY},
        {N, CH_UNKNOWN_RAISE, 0.1001, CH_CAUTION_LIKELY},
        {Y, CH_UNKNOWN_RAISE, 0.1001, CH_CAUTION_SUSPECTED},
    };
    for (size_t i = 0; i < N_ROWS(rows); i++) {
        tiny_kb_make(&tiny);
        tiny.lists[10] = 0; /* action 0 and condition 0 */
        tiny.conditions[0].act_above = 0.1;
        tiny.cautions[0] = (ch_caution){.when = tiny_atom(&tiny, 0),
                                        .unknown = (uint8_t)rows[i].unknown,
                                        .verdict = CHARLEY_FORBIDDEN,
                                        .actions = {10, 1},
                                        .suspects = {10, 1}};
        tiny_kb_count(&tiny, CH_S_CAUTIONS, 1);
        ch_facts facts = facts_with(rows[i].fear, U);
        uint8_t is_suspect, states[1];
        ch_suspects(&facts, NULL, &rows[i].probability, &is_suspect);
        ch_cautions(&facts, &is_suspect, states);
        assert_int_equal(states[0], rows[i].state);
        bool is_free = rows[i].state == CH_CAUTION_LIFTED;
        assert_int_equal(ch_caution_on(&tiny.kb, states, NULL, 0),
                         is_free ? CH_NONE : 0);
        assert_int_equal(ch_caution_on(&tiny.kb, states, NULL, 1), CH_NONE);
    }
}

static void a_rule_of_the_top_levels_suspects(void **state)
{
    (void)state;
    static const struct row {
        charley_urgency level;
        uint8_t outcome, test, is_suspect;
    } rows[] = {
        {CHARLEY_WITHIN_DAYS, CH_RULE_FIRED, U, 0},
        {CHARLEY_SAME_DAY, CH_RULE_SILENT, U, 0},
        {CHARLEY_SAME_DAY, CH_RULE_OPEN, U, 0},
        {CHARLEY_SAME_DAY, CH_RULE_RAISED, U, 1},
        {CHARLEY_SAME_DAY, CH_RULE_FIRED, U, 1},
        {CHARLEY_SAME_DAY, CH_RULE_FIRED, N, 1},
        {CHARLEY_SAME_DAY, CH_RULE_FIRED, Y, 0}, /* the test excludes it */
        {CHARLEY_AMBULANCE, CH_RULE_FIRED, U, 1},
    };
    for (size_t i = 0; i < N_ROWS(rows); i++) {
        tiny_kb_make(&tiny);
        tiny.lists[10] = 0;
        tiny.conditions[0].act_above = 0.1;
        tiny.conditions[0].excluded_by = 0;
        tiny.rules[0] = (ch_rule){.level = (uint8_t)rows[i].level, .suspects = {10, 1}};
        tiny_kb_count(&tiny, CH_S_RULES, 1);
        double probability = 0.01;
        uint8_t is_suspect;
        ch_facts facts = facts_with(rows[i].test, U);
        ch_suspects(&facts, &rows[i].outcome, &probability, &is_suspect);
        assert_int_equal(is_suspect, rows[i].is_suspect);
    }
}

static void forbidden_speaks_before_ask_first(void **state)
{
    (void)state;
    tiny_kb_make(&tiny);
    tiny.lists[10] = 0;
    for (uint32_t i = 0; i < 2; i++)
        tiny.cautions[i] = (ch_caution){.when = tiny_atom(&tiny, i),
                                        .unknown = CH_UNKNOWN_RAISE,
                                        .actions = {10, 1}};
    tiny.cautions[0].verdict = CHARLEY_ASK_FIRST;
    tiny.cautions[1].verdict = CHARLEY_FORBIDDEN;
    tiny_kb_count(&tiny, CH_S_CAUTIONS, 2);
    uint8_t states[2];
    ch_facts facts = facts_with(Y, U);
    ch_cautions(&facts, NULL, states);
    assert_int_equal(ch_caution_on(&tiny.kb, states, NULL, 0), 1);
    facts = facts_with(Y, N);
    ch_cautions(&facts, NULL, states);
    assert_int_equal(ch_caution_on(&tiny.kb, states, NULL, 0), 0);
}

static void an_emergency_names_what_bears_on_it(void **state)
{
    (void)state;
    static const struct row {
        uint8_t always_shown, names_one, is_grave;
        bool is_emergency, is_listed;
    } rows[] = {
        {0, 0, 0, false, true}, {0, 0, 1, true, false}, {0, 1, 0, true, false},
        {0, 1, 1, true, true},  {1, 0, 0, true, true},
    };
    for (size_t i = 0; i < N_ROWS(rows); i++) {
        tiny_kb_make(&tiny);
        tiny.lists[10] = 0;
        for (uint32_t k = 0; k < 2; k++)
            tiny.cautions[k] = (ch_caution){.when = tiny_atom(&tiny, k),
                                            .verdict = CHARLEY_FORBIDDEN,
                                            .actions = {10, 1}};
        tiny.cautions[1].always_shown = rows[i].always_shown;
        tiny.cautions[1].suspects = (ch_run){10, rows[i].names_one};
        tiny_kb_count(&tiny, CH_S_CAUTIONS, 2);
        ch_facts facts = facts_with(N, Y);
        uint8_t states[2];
        ch_cautions(&facts, NULL, states);
        const uint8_t *is_grave = rows[i].is_emergency ? &rows[i].is_grave : NULL;
        assert_int_equal(ch_caution_lists(&tiny.kb, states, is_grave, 0),
                         rows[i].is_listed);
        facts = facts_with(Y, Y);
        ch_cautions(&facts, NULL, states);
        bool is_second = rows[i].is_emergency && rows[i].is_listed;
        assert_int_equal(ch_caution_on(&tiny.kb, states, is_grave, 0), is_second);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_follows_what_it_says_of_the_unknown),
        cmocka_unit_test(raise_if_holds_back_the_raising),
        cmocka_unit_test(the_highest_level_wins),
        cmocka_unit_test(modifiers_keep_their_bounds),
        cmocka_unit_test(a_caution_holds_until_excluded),
        cmocka_unit_test(a_rule_of_the_top_levels_suspects),
        cmocka_unit_test(forbidden_speaks_before_ask_first),
        cmocka_unit_test(an_emergency_names_what_bears_on_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
