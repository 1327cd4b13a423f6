/* test_real.c: against the C library, to 4e-16 relative. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/real.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#define N_ROWS(rows) (sizeof(rows) / sizeof *(rows))

static uint64_t next_random(uint64_t *seed)
{
    uint64_t z = *seed += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

/* Evenly in [0, 1). */
static double next_uniform(uint64_t *seed)
{
    return (double)(next_random(seed) >> 11) / 9007199254740992.0;
}

static void assert_near(double value, double expected, double tolerance)
{
    if (value == expected)
        return;
    if (!(fabs(value - expected) <= tolerance * fabs(expected)))
        fail_msg("%.17g is not %.17g", value, expected);
}

static void exp_agrees_with_the_library(void **state)
{
    (void)state;
    uint64_t seed = 5;
    for (int i = 0; i < 400000; i++) {
        double span = i % 4 == 0 ? 708.0 : i % 4 == 1 ? 30.0 : i % 4 == 2 ? 1.0 : 1e-6;
        double x = (2 * next_uniform(&seed) - 1) * span;
        assert_near(ch_exp(x), exp(x), 4e-16);
    }
}

static void exp_at_its_ends(void **state)
{
    (void)state;
    assert_true(ch_exp(0) == 1);
    assert_true(ch_exp(-0.0) == 1);
    assert_true(ch_exp(-HUGE_VAL) == 0);
    assert_true(ch_exp(-746) == 0);
    assert_true(isinf(ch_exp(HUGE_VAL)));
    assert_true(isinf(ch_exp(709.7827128933841)));
    assert_near(ch_exp(709.782712893384), exp(709.782712893384), 4e-16);
    assert_true(isnan(ch_exp((double)NAN)));
    /* Subnormal results: to one unit in their last place. */
    for (double x = -745.1; x < -708; x += 0.37)
        assert_true(fabs(ch_exp(x) - exp(x)) <=
                    fmax(4.9406564584124654e-324, 4e-16 * exp(x)));
}

static void log_agrees_with_the_library(void **state)
{
    (void)state;
    uint64_t seed = 6;
    for (int i = 0; i < 400000; i++) {
        double x = next_uniform(&seed) * 2;
        if (i % 3 == 1)
            x = ldexp(1 + next_uniform(&seed), (int)(next_random(&seed) % 2046) - 1022);
        else if (i % 3 == 2)
            x = 1 + (next_uniform(&seed) - 0.5) * 1e-3;
        if (x > 0)
            assert_near(ch_log(x), log(x), 4e-16);
    }
}

static void log_at_its_ends(void **state)
{
    (void)state;
    assert_true(ch_log(1) == 0);
    assert_true(isinf(ch_log(0)) && ch_log(0) < 0);
    assert_true(isinf(ch_log(HUGE_VAL)));
    assert_true(isnan(ch_log(-1)));
    assert_true(isnan(ch_log((double)NAN)));
    static const double rows[] = {4.9406564584124654e-324,
                                  1e-310,
                                  2.2250738585072014e-308,
                                  1.7976931348623157e308,
                                  1.4142135623730951,
                                  1.4142135623730949,
                                  0.5,
                                  2,
                                  0.9999999999999999,
                                  1.0000000000000002};
    for (size_t i = 0; i < N_ROWS(rows); i++)
        assert_near(ch_log(rows[i]), log(rows[i]), 4e-16);
}

static void logistic_and_logit_undo_each_other(void **state)
{
    (void)state;
    assert_true(ch_logistic(0) == 0.5);
    assert_true(ch_logit(0.5) == 0);
    assert_true(ch_logistic(800) == 1);
    assert_true(ch_logistic(-800) == 0);
    uint64_t seed = 7;
    for (int i = 0; i < 100000; i++) {
        double x = (2 * next_uniform(&seed) - 1) * 30;
        assert_near(ch_logistic(x), 1 / (1 + exp(-x)), 1e-15);
        /* Near 1 the probability itself keeps fewer bits of its distance from 1. */
        double p = next_uniform(&seed) * 0.999 + 0.0005;
        assert_near(ch_logistic(ch_logit(p)), p, 1e-15);
    }
}

/* The distribution function from erfc gives back p. */
static void normal_quantile_inverts_erfc(void **state)
{
    (void)state;
    uint64_t seed = 8;
    for (int i = 0; i < 100000; i++) {
        double p = next_uniform(&seed);
        if (i % 3 == 0)
            p = pow(10, -1 - 14 * p);
        if (p <= 0)
            continue;
        double back = 0.5 * erfc(-ch_normal_quantile(p) / sqrt(2.0));
        /* An error of 1e-7 in x moves p by its density times that: x^2 as much,
         * relative to p, out in the tail. */
        assert_near(back, p, 1e-5);
    }
    assert_near(ch_normal_quantile(0.95), 1.6448536269514722, 2e-7);
    assert_near(ch_normal_quantile(0.975), 1.9599639845400545, 2e-7);
    assert_near(ch_normal_quantile(0.001), -3.090232306167813, 2e-7);
    assert_near(ch_normal_quantile(1e-12), -7.034483825, 2e-7);
    assert_true(ch_normal_quantile(0.5) == 0);
    for (double p = 0.01; p < 0.5; p += 0.01)
        assert_near(ch_normal_quantile(1 - p), -ch_normal_quantile(p), 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exp_agrees_with_the_library),
        cmocka_unit_test(exp_at_its_ends),
        cmocka_unit_test(log_agrees_with_the_library),
        cmocka_unit_test(log_at_its_ends),
        cmocka_unit_test(logistic_and_logit_undo_each_other),
        cmocka_unit_test(normal_quantile_inverts_erfc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
