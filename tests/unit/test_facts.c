/* test_facts.c: three-valued expressions by complete truth tables, numbers at their
 * cut-offs, derived findings, choices, scores, and what is still open. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tiny_kb.h"

#define N_ROWS(rows) (sizeof(rows) / sizeof *(rows))

enum { U = CHARLEY_UNKNOWN, N = CHARLEY_NO, Y = CHARLEY_YES };

static tiny_kb tiny;

static ch_facts facts_with(uint8_t a, uint8_t b, uint8_t c)
{
    ch_facts facts = tiny_facts(&tiny);
    ch_facts_set(&facts, 0, (charley_answer)a);
    ch_facts_set(&facts, 1, (charley_answer)b);
    ch_facts_set(&facts, 2, (charley_answer)c);
    ch_facts_resolve(&facts);
    return facts;
}

static void all_and_any_have_their_nine_rows(void **state)
{
    (void)state;
    static const uint8_t rows[][4] = {/* a, b, all, any */
                                      {Y, Y, Y, Y}, {Y, U, U, Y}, {Y, N, N, Y},
                                      {U, Y, U, Y}, {U, U, U, U}, {U, N, N, U},
                                      {N, Y, N, Y}, {N, U, N, U}, {N, N, N, N}};
    tiny_kb_make(&tiny);
    tiny_atom(&tiny, 0);
    tiny_atom(&tiny, 1);
    ch_run all = tiny_node(&tiny, CH_OP_ALL, 2, 0);
    tiny_atom(&tiny, 0);
    tiny_atom(&tiny, 1);
    ch_run any = tiny_node(&tiny, CH_OP_ANY, 2, 0);
    for (size_t i = 0; i < N_ROWS(rows); i++) {
        ch_facts facts = facts_with(rows[i][0], rows[i][1], U);
        assert_int_equal(ch_eval(&facts, all), rows[i][2]);
        assert_int_equal(ch_eval(&facts, any), rows[i][3]);
    }
}

static void not_has_its_three_rows(void **state)
{
    (void)state;
    tiny_kb_make(&tiny);
    tiny_atom(&tiny, 0);
    ch_run inverse = tiny_node(&tiny, CH_OP_NOT, 1, 0);
    static const uint8_t rows[][2] = {{Y, N}, {N, Y}, {U, U}};
    for (size_t i = 0; i < N_ROWS(rows); i++) {
        ch_facts facts = facts_with(rows[i][0], U, U);
        assert_int_equal(ch_eval(&facts, inverse), rows[i][1]);
    }
}

static void empty_lists_are_neutral(void **state)
{
    (void)state;
    tiny_kb_make(&tiny);
    ch_facts facts = facts_with(U, U, U);
    assert_int_equal(ch_eval(&facts, (ch_run){0, 0}), Y);
    assert_int_equal(ch_eval(&facts, tiny_node(&tiny, CH_OP_ALL, 0, 0)), Y);
    assert_int_equal(ch_eval(&facts, tiny_node(&tiny, CH_OP_ANY, 0, 0)), N);
}

/* All 27 rows for each of at least 0, 1, 2, 3 of three, against counting. */
static void at_least_counts(void **state)
{
    (void)state;
    for (uint32_t wanted = 0; wanted <= 3; wanted++) {
        tiny_kb_make(&tiny);
        for (uint32_t atom = 0; atom < 3; atom++)
            tiny_atom(&tiny, atom);
        ch_run run = tiny_node(&tiny, CH_OP_AT_LEAST, 3, wanted);
        for (uint8_t row = 0; row < 27; row++) {
            uint8_t v[3] = {row % 3, row / 3 % 3, row / 9};
            uint32_t n_yes = (uint32_t)((v[0] == Y) + (v[1] == Y) + (v[2] == Y));
            uint32_t n_no = (uint32_t)((v[0] == N) + (v[1] == N) + (v[2] == N));
            uint8_t expected = n_yes >= wanted ? Y : 3 - n_no < wanted ? N : U;
            ch_facts facts = facts_with(v[0], v[1], v[2]);
            assert_int_equal(ch_eval(&facts, run), expected);
        }
    }
}

static void numbers_compare_below_at_and_above(void **state)
{
    (void)state;
    static const struct row {
        ch_comparison comparison;
        uint8_t below, at, above;
    } rows[] = {{CH_AT_LEAST, N, Y, Y},
                {CH_ABOVE, N, N, Y},
                {CH_AT_MOST, Y, Y, N},
                {CH_BELOW, Y, N, N}};
    for (size_t i = 0; i < N_ROWS(rows); i++) {
        tiny_kb_make(&tiny);
        ch_run run = tiny_number(&tiny, rows[i].comparison, 3);
        ch_facts facts = tiny_facts(&tiny);
        assert_int_equal(ch_eval(&facts, run), U);
        facts.numbers[0] = 2.9999999;
        assert_int_equal(ch_eval(&facts, run), rows[i].below);
        facts.numbers[0] = 3;
        assert_int_equal(ch_eval(&facts, run), rows[i].at);
        facts.numbers[0] = 3.0000001;
        assert_int_equal(ch_eval(&facts, run), rows[i].above);
    }
}

static void a_nested_expression_finds_its_operands(void **state)
{
    (void)state;
    tiny_kb_make(&tiny); /* all(any(a, b), not c) */
    tiny_atom(&tiny, 0);
    tiny_atom(&tiny, 1);
    tiny_node(&tiny, CH_OP_ANY, 2, 0);
    tiny_atom(&tiny, 2);
    tiny_node(&tiny, CH_OP_NOT, 1, 0);
    ch_run run = tiny_node(&tiny, CH_OP_ALL, 2, 0);
    assert_int_equal(run.n, 6);
    ch_facts facts = facts_with(Y, U, N);
    assert_int_equal(ch_eval(&facts, run), Y);
    facts = facts_with(N, N, N);
    assert_int_equal(ch_eval(&facts, run), N);
    facts = facts_with(N, Y, Y);
    assert_int_equal(ch_eval(&facts, run), N);
    facts = facts_with(U, N, N);
    assert_int_equal(ch_eval(&facts, run), U);
}

static void a_choice_keeps_its_options_apart(void **state)
{
    (void)state;
    tiny_kb_make(&tiny);
    ch_facts facts = tiny_facts(&tiny);
    ch_facts_set(&facts, 3, CHARLEY_YES);
    assert_int_equal(facts.given[4], N);
    ch_facts_set(&facts, 4, CHARLEY_YES);
    assert_int_equal(facts.given[3], N);
    ch_facts_set(&facts, 4, CHARLEY_UNKNOWN);
    assert_int_equal(facts.given[3], U);
    ch_facts_set(&facts, 3, CHARLEY_NO);
    assert_int_equal(facts.given[4], U);
}

static void derived_findings_and_not_if_resolve(void **state)
{
    (void)state;
    tiny_kb_make(&tiny);
    tiny_atom(&tiny, 0);
    tiny.atoms[5].derive = tiny_node(&tiny, CH_OP_NOT, 1, 0); /* e = not a */
    tiny.findings[1].not_if = tiny_atom(&tiny, 0);            /* b cannot be if a */
    static const uint8_t rows[][4] = {/* a, b given; b, e resolved */
                                      {Y, U, N, N},
                                      {N, U, U, Y},
                                      {U, U, U, U},
                                      {U, Y, Y, U},
                                      {Y, Y, Y, N}};
    for (size_t i = 0; i < N_ROWS(rows); i++) {
        ch_facts facts = facts_with(rows[i][0], rows[i][1], U);
        assert_int_equal(facts.value[1], rows[i][2]);
        assert_int_equal(facts.value[5], rows[i][3]);
        charley_error error;
        bool is_conflict = rows[i][0] == Y && rows[i][1] == Y;
        tiny_kb_count(&tiny, CH_S_CONFLICTS, 0);
        assert_int_equal(ch_facts_check(&facts, &error),
                         is_conflict ? CHARLEY_E_CONFLICT : CHARLEY_OK);
    }
}

static void without_red_flags_a_yes_is_unknown_and_a_no_stays(void **state)
{
    (void)state;
    tiny_kb_make(&tiny);
    tiny.findings[0].red_flag = tiny.findings[1].red_flag = 1;
    ch_facts from = facts_with(Y, N, Y);
    static _Alignas(64) unsigned char memory[4096];
    ch_arena arena;
    ch_arena_init(&arena, memory, sizeof memory);
    ch_facts to;
    assert_true(ch_facts_init(&to, &tiny.kb, &arena));
    ch_facts_without_red_flags(&to, &from);
    assert_int_equal(to.value[0], U);
    assert_int_equal(to.value[1], N);
    assert_int_equal(to.value[2], Y);
}

static void a_score_knows_its_least_and_its_most(void **state)
{
    (void)state;
    tiny_kb_make(&tiny);
    static const double points[] = {1, 2, -2};
    for (uint32_t i = 0; i < 3; i++)
        tiny.score_items[i] = (ch_score_item){
            .when = tiny_atom(&tiny, i), .points = points[i], .number = CH_NONE};
    tiny.scores[0].items = (ch_run){0, 3};
    static const struct row {
        uint8_t a, b, c;
        bool complete;
        double low, high;
    } rows[] = {{Y, Y, N, true, 3, 3},
                {U, U, U, false, -2, 3},
                {Y, U, N, false, 1, 3},
                {N, N, Y, true, -2, -2},
                {Y, N, U, false, -1, 1}};
    for (size_t i = 0; i < N_ROWS(rows); i++) {
        ch_facts facts = facts_with(rows[i].a, rows[i].b, rows[i].c);
        ch_score_value value = ch_score_eval(&facts, 0);
        assert_true(value.applies);
        assert_int_equal(value.complete, rows[i].complete);
        assert_true(value.low == rows[i].low && value.high == rows[i].high);
    }
    tiny.score_items[2].clinician_only = 1; /* unknown to a lay person: not counted */
    ch_facts facts = facts_with(Y, Y, U);
    assert_true(ch_score_eval(&facts, 0).complete);
    assert_true(ch_score_eval(&facts, 0).low == 3);
    tiny.score_items[2].points = 2; /* one that would raise it is missing */
    assert_false(ch_score_eval(&facts, 0).complete);
    assert_true(ch_score_eval(&facts, 0).high == 5);
    tiny.scores[0].applies = tiny_atom(&tiny, 2);
    facts = facts_with(Y, Y, N);
    assert_false(ch_score_eval(&facts, 0).applies);
}

static void an_item_by_number_adds_it(void **state)
{
    (void)state;
    tiny_kb_make(&tiny);
    tiny.numbers[0].minimum = 0;
    tiny.numbers[0].maximum = 3;
    tiny.score_items[0] = (ch_score_item){.number = 0, .points = 3};
    tiny.score_items[1] =
        (ch_score_item){.when = tiny_atom(&tiny, 0), .points = 1, .number = CH_NONE};
    tiny.scores[0].items = (ch_run){0, 2};
    ch_facts facts = facts_with(Y, U, U);
    ch_score_value value = ch_score_eval(&facts, 0);
    assert_false(value.complete);
    assert_true(value.low == 1 && value.high == 4);
    facts.numbers[0] = 2;
    value = ch_score_eval(&facts, 0);
    assert_true(value.complete && value.low == 3 && value.high == 3);
    facts.numbers[0] = 0; /* known to be none */
    value = ch_score_eval(&facts, 0);
    assert_true(value.complete && value.low == 1 && value.high == 1);
}

static void a_ladder_has_the_value_of_its_first_yes(void **state)
{
    (void)state;
    tiny_kb_make(&tiny);
    for (uint32_t i = 0; i < 4; i++)
        tiny.score_items[i] =
            (ch_score_item){.when = i < 3 ? tiny_atom(&tiny, i) : (ch_run){0, 0},
                            .points = 6.0 - 2 * i,
                            .number = CH_NONE};
    tiny.scores[0].items = (ch_run){0, 4};
    tiny.scores[0].is_ladder = 1;
    static const struct row {
        uint8_t a, b, c;
        bool complete;
        double low, high;
    } rows[] = {
        {Y, U, U, true, 6, 6},  /* nothing below can lower it */
        {U, Y, U, false, 4, 6}, /* nothing below can raise it */
        {N, Y, N, true, 4, 4},  {U, N, U, false, 0, 6},
        {N, U, N, false, 0, 4}, {N, N, N, true, 0, 0}, /* everybody else */
    };
    for (size_t i = 0; i < N_ROWS(rows); i++) {
        ch_facts facts = facts_with(rows[i].a, rows[i].b, rows[i].c);
        ch_score_value value = ch_score_eval(&facts, 0);
        assert_true(value.applies);
        assert_int_equal(value.complete, rows[i].complete);
        assert_true(value.low == rows[i].low && value.high == rows[i].high);
    }
}

static void only_rungs_above_the_first_yes_are_open(void **state)
{
    (void)state;
    tiny_kb_make(&tiny);
    for (uint32_t i = 0; i < 4; i++)
        tiny.score_items[i] =
            (ch_score_item){.when = i < 3 ? tiny_atom(&tiny, i) : (ch_run){0, 0},
                            .points = 6.0 - 2 * i,
                            .number = CH_NONE};
    tiny.scores[0].items = (ch_run){0, 4};
    tiny.scores[0].is_ladder = 1;
    tiny.exprs[tiny.n_exprs] =
        (ch_expr){.op = CH_OP_SCORE, .comparison = CH_AT_LEAST, .size = 1, .value = 6};
    ch_run run = {tiny.n_exprs++, 1};
    ch_facts facts = facts_with(U, Y, U);
    uint8_t atoms[TINY_ATOMS] = {0};
    uint8_t numbers[TINY_NUMBERS] = {0};
    ch_open_inputs(&facts, run, atoms, numbers);
    static const uint8_t above[TINY_ATOMS] = {1, 0, 0};
    assert_memory_equal(atoms, above, sizeof atoms);
    tiny.score_items[0].when = (ch_run){0, 0}; /* the same items as a sum */
    tiny.score_items[0].number = 1;
    tiny.scores[0].is_ladder = 0;
    facts = facts_with(U, U, Y);
    memset(atoms, 0, sizeof atoms);
    ch_open_inputs(&facts, run, atoms, numbers);
    static const uint8_t others[TINY_ATOMS] = {0, 1, 0};
    assert_memory_equal(atoms, others, sizeof atoms);
    assert_int_equal(numbers[1], 1);
}

static void a_power_is_refused_where_there_is_none(void **state)
{
    (void)state;
    tiny_kb_make(&tiny);
    tiny.formulas[0] = (ch_formula){.op = CH_F_NUMBER, .a = 0};
    tiny.formulas[1] = (ch_formula){.op = CH_F_NUMBER, .a = 1};
    tiny.formulas[2] = (ch_formula){.op = CH_F_POWER};
    tiny.scores[0].formula = (ch_run){0, 3};
    tiny.scores[0].decimals = 6;
    static const struct row {
        double base, exponent;
        bool complete;
        double value;
    } rows[] = {
        {2, 10, true, 1024},  {0.9938, 50, true, 0.73274},
        {4, -0.5, true, 0.5}, {7, 0, true, 1},
        {0, 0.5, true, 0},    {0, 0, false, 0},
        {0, -1, false, 0},    {-8, 2, false, 0},
        {10, 400, false, 0}, /* too large to be a number */
    };
    for (size_t i = 0; i < N_ROWS(rows); i++) {
        ch_facts facts = tiny_facts(&tiny);
        assert_false(ch_score_eval(&facts, 0).complete);
        facts.numbers[0] = rows[i].base;
        facts.numbers[1] = rows[i].exponent;
        ch_score_value value = ch_score_eval(&facts, 0);
        assert_int_equal(value.complete, rows[i].complete);
        if (value.complete)
            assert_true(value.low == rows[i].value && value.high == rows[i].value);
    }
}

static void a_formula_divides_and_refuses_what_is_missing(void **state)
{
    (void)state;
    tiny_kb_make(&tiny);
    tiny.formulas[0] = (ch_formula){.op = CH_F_NUMBER, .a = 0};
    tiny.formulas[1] = (ch_formula){.op = CH_F_NUMBER, .a = 1};
    tiny.formulas[2] = (ch_formula){.op = CH_F_DIVIDE};
    tiny.scores[0].formula = (ch_run){0, 3};
    tiny.scores[0].decimals = 2;
    ch_facts facts = tiny_facts(&tiny);
    assert_false(ch_score_eval(&facts, 0).complete);
    facts.numbers[0] = 90;
    facts.numbers[1] = 100;
    assert_true(ch_score_eval(&facts, 0).complete);
    assert_true(ch_score_eval(&facts, 0).low == 0.9);
    facts.numbers[1] = 0;
    assert_false(ch_score_eval(&facts, 0).complete);
    /* What is shown is what counts: 0.904 reads 0.90, 0.906 reads 0.91. */
    static const double rows[][2] = {{90.4, 0.9}, {90.49, 0.9}, {90.6, 0.91}};
    for (size_t i = 0; i < N_ROWS(rows); i++) {
        facts.numbers[0] = rows[i][0];
        facts.numbers[1] = 100;
        assert_true(ch_score_eval(&facts, 0).low == rows[i][1]);
    }
}

static void only_what_can_still_change_an_expression_is_open(void **state)
{
    (void)state;
    tiny_kb_make(&tiny); /* all(any(a, b), e, n >= 3) with e = not c */
    tiny_atom(&tiny, 2);
    tiny.atoms[5].derive = tiny_node(&tiny, CH_OP_NOT, 1, 0);
    tiny_atom(&tiny, 0);
    tiny_atom(&tiny, 1);
    tiny_node(&tiny, CH_OP_ANY, 2, 0);
    tiny_atom(&tiny, 5);
    tiny_number(&tiny, CH_AT_LEAST, 3);
    ch_run run = tiny_node(&tiny, CH_OP_ALL, 3, 0);
    static const struct row {
        uint8_t a, b, c;
        double n;
        uint8_t open[TINY_ATOMS], open_n;
    } rows[] = {
        {U, U, U, -1, {1, 1, 1}, 1}, /* all of it */
        {Y, U, U, -1, {0, 0, 1}, 1}, /* any() is settled */
        {N, U, N, 5, {0, 1, 0}, 0},  /* one root left */
        {N, N, U, -1, {0, 0, 0}, 0}, /* already no */
    };
    for (size_t i = 0; i < N_ROWS(rows); i++) {
        ch_facts facts = facts_with(rows[i].a, rows[i].b, rows[i].c);
        if (rows[i].n >= 0)
            facts.numbers[0] = rows[i].n;
        uint8_t atoms[TINY_ATOMS] = {0};
        uint8_t numbers[TINY_NUMBERS] = {0};
        ch_open_inputs(&facts, run, atoms, numbers);
        assert_memory_equal(atoms, rows[i].open, sizeof atoms);
        assert_int_equal(numbers[0], rows[i].open_n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_and_any_have_their_nine_rows),
        cmocka_unit_test(not_has_its_three_rows),
        cmocka_unit_test(empty_lists_are_neutral),
        cmocka_unit_test(at_least_counts),
        cmocka_unit_test(numbers_compare_below_at_and_above),
        cmocka_unit_test(a_nested_expression_finds_its_operands),
        cmocka_unit_test(a_choice_keeps_its_options_apart),
        cmocka_unit_test(derived_findings_and_not_if_resolve),
        cmocka_unit_test(without_red_flags_a_yes_is_unknown_and_a_no_stays),
        cmocka_unit_test(a_score_knows_its_least_and_its_most),
        cmocka_unit_test(an_item_by_number_adds_it),
        cmocka_unit_test(a_ladder_has_the_value_of_its_first_yes),
        cmocka_unit_test(only_rungs_above_the_first_yes_are_open),
        cmocka_unit_test(a_power_is_refused_where_there_is_none),
        cmocka_unit_test(a_formula_divides_and_refuses_what_is_missing),
        cmocka_unit_test(only_what_can_still_change_an_expression_is_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
