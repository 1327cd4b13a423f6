/* test_kleene.c: complete truth tables of the three-valued logic. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/kleene.h"

#define N_ROWS(rows) (sizeof(rows) / sizeof *(rows))

#define N CHARLEY_NO
#define U CHARLEY_UNKNOWN
#define Y CHARLEY_YES

static void not_has_three_rows(void **state)
{
    (void)state;
    assert_int_equal(ch_not(CHARLEY_NO), Y);
    assert_int_equal(ch_not(CHARLEY_UNKNOWN), U);
    assert_int_equal(ch_not(CHARLEY_YES), N);
}

static void and_or_have_nine_rows(void **state)
{
    (void)state;
    static const struct {
        charley_answer a, b, both, either;
    } rows[] = {
        {N, N, N, N}, {N, U, N, U}, {N, Y, N, Y}, {U, N, N, U}, {U, U, U, U},
        {U, Y, U, Y}, {Y, N, N, Y}, {Y, U, U, Y}, {Y, Y, Y, Y},
    };
    for (size_t i = 0; i < N_ROWS(rows); i++) {
        assert_int_equal(ch_and(rows[i].a, rows[i].b), rows[i].both);
        assert_int_equal(ch_or(rows[i].a, rows[i].b), rows[i].either);
    }
}

static void truth_is_never_unknown(void **state)
{
    (void)state;
    assert_int_equal(ch_truth(false), N);
    assert_int_equal(ch_truth(true), Y);
    assert_int_equal(CHARLEY_UNKNOWN, 0);
}

/* Counting must agree with trying every way the unknown answers could turn out. */
static void at_least_agrees_with_trying(void **state)
{
    (void)state;
    for (unsigned n = 0; n <= 5; n++) {
        for (unsigned n_yes = 0; n_yes <= n; n_yes++) {
            for (unsigned n_unknown = 0; n_yes + n_unknown <= n; n_unknown++) {
                for (unsigned wanted = 0; wanted <= n + 1; wanted++) {
                    bool can_hold = false;
                    bool can_fail = false;
                    for (unsigned more = 0; more <= n_unknown; more++) {
                        can_hold |= n_yes + more >= wanted;
                        can_fail |= n_yes + more < wanted;
                    }
                    charley_answer expected = can_hold && can_fail ? CHARLEY_UNKNOWN
                                              : can_hold           ? CHARLEY_YES
                                                                   : CHARLEY_NO;
                    assert_int_equal(ch_at_least(wanted, n_yes, n_unknown), expected);
                }
            }
        }
    }
}

static int rank_of(charley_answer answer)
{
    static const int rank[] = {
        [CHARLEY_NO] = 0, [CHARLEY_UNKNOWN] = 1, [CHARLEY_YES] = 2};
    return rank[answer];
}

/* Raising an input never lowers "and" and "or"; SAFETY.md builds on that. */
static void and_or_are_monotone(void **state)
{
    (void)state;
    for (charley_answer a = 0; a <= 2; a++) {
        for (charley_answer b = 0; b <= 2; b++) {
            for (charley_answer higher = 0; higher <= 2; higher++) {
                if (rank_of(higher) < rank_of(a))
                    continue;
                assert_true(rank_of(ch_and(higher, b)) >= rank_of(ch_and(a, b)));
                assert_true(rank_of(ch_or(higher, b)) >= rank_of(ch_or(a, b)));
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(not_has_three_rows),
        cmocka_unit_test(and_or_have_nine_rows),
        cmocka_unit_test(truth_is_never_unknown),
        cmocka_unit_test(at_least_agrees_with_trying),
        cmocka_unit_test(and_or_are_monotone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
