/* test_number.c: spellings to doubles and back. The C library, in the C locale, is the
 * oracle: glibc's strtod and printf are correctly rounded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/view.h"
#include "text/number.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N_ROWS(rows) (sizeof(rows) / sizeof *(rows))

static uint64_t next_random(uint64_t *seed)
{
    uint64_t z = *seed += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static bool is_same_double(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

/* Any finite double, every exponent alike. */
static double random_double(uint64_t *seed)
{
    for (;;) {
        uint64_t bits = next_random(seed);
        double value;
        memcpy(&value, &bits, sizeof value);
        if (isfinite(value))
            return value;
    }
}

static void assert_reads_as_strtod(const char *spelling)
{
    double value;
    if (ch_number_parse(ch_view(spelling), &value) != CHARLEY_OK)
        fail_msg("%s was refused", spelling);
    if (!is_same_double(value, strtod(spelling, NULL)))
        fail_msg("%s read as %.17g", spelling, value);
}

static void grammar_accepts(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "0",    "-0",   "1",   "10",    "-1",     "0.5", "1.0",       "1e5",  "1E5",
        "1e+5", "1e-5", "0e0", "0e999", "-0.0e9", "1.5", "123456789", "0.10", "1e0005"};
    for (size_t i = 0; i < N_ROWS(rows); i++)
        assert_reads_as_strtod(rows[i]);
}

static void grammar_refuses_and_says_where(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t fault;
    } rows[] = {
        {"", 0},   {"-", 1},        {"+1", 0},        {".5", 0},
        {"1.", 2}, {"01", 1},       {"00", 1},        {"-01", 2},
        {"1e", 2}, {"1e+", 3},      {"1.e5", 2},      {"NaN", 0},
        {"-a", 1}, {"Infinity", 0}, {"-Infinity", 1}, {"1E-", 3},
    };
    for (size_t i = 0; i < N_ROWS(rows); i++) {
        size_t used = 99;
        double value = 42;
        assert_int_equal(ch_number_scan(ch_view(rows[i].text), &used, &value),
                         CHARLEY_E_SYNTAX);
        assert_int_equal(used, rows[i].fault);
        assert_true(value == 42);
    }
}

static void parse_wants_all_of_the_text(void **state)
{
    (void)state;
    static const char *const rows[] = {"1 ", " 1", "1x", "1e5.", "0x10", "1,5", "1-"};
    double value = 42;
    for (size_t i = 0; i < N_ROWS(rows); i++)
        assert_int_equal(ch_number_parse(ch_view(rows[i]), &value), CHARLEY_E_SYNTAX);
    assert_true(value == 42);

    size_t used;
    assert_int_equal(ch_number_scan(CHARLEY_TEXT("2.50,"), &used, &value), CHARLEY_OK);
    assert_int_equal(used, 4);
    assert_true(value == 2.5);
}

static void range_has_an_edge(void **state)
{
    (void)state;
    static const char *const too_large[] = {
        "1e309",
        "-1e309",
        "1e400",
        "1e999999999999999999999",
        "2e308",
        "1.7976931348623159e308",
        "179769313486231580793e289",
        /* a hair above the middle between the largest double and 2^1024 */
        ("179769313486231580793728971405303415079934132710037826936173"
         "778980444968292764750946649018e219"),
    };
    double value = 42;
    for (size_t i = 0; i < N_ROWS(too_large); i++)
        assert_int_equal(ch_number_parse(ch_view(too_large[i]), &value),
                         CHARLEY_E_LIMIT);
    assert_true(value == 42);
    static const char *const edges[] = {
        "1.7976931348623157e308",
        "1.7976931348623158e308",
        "2.2250738585072014e-308",
        "2.2250738585072011e-308",
        "4.9406564584124654e-324",
        "5e-324",
        "2.4703282292062328e-324",
        "2.4703282292062327e-324",
        "1e-324",
        "1e-400",
        "1e-99999999999999999999",
        "-1e-400",
        "9007199254740993",
        "9007199254740995",
        "9007199254740992.99999999999999999999999999999999",
        "1e23",
        "8.5e22",
        "9007199254740993.0000000000000000000000000000000000001",
        /* a hair below that middle */
        ("179769313486231580793728971405303415079934132710037826936173"
         "778980444968292764750946649017e219"),
    };
    for (size_t i = 0; i < N_ROWS(edges); i++)
        assert_reads_as_strtod(edges[i]);
}

static void zeros_do_not_hide_the_size(void **state)
{
    (void)state;
    static char text[4100];
    /* 0.000...01e4001 */
    memset(text, '0', sizeof text);
    text[1] = '.';
    memcpy(text + 4002, "1e4001", sizeof "1e4001");
    double value;
    assert_int_equal(ch_number_parse(ch_view(text), &value), CHARLEY_OK);
    assert_true(value == 1.0);
    /* 1000...00e-4000 */
    memset(text, '0', sizeof text);
    text[0] = '1';
    memcpy(text + 4001, "e-4000", sizeof "e-4000");
    assert_int_equal(ch_number_parse(ch_view(text), &value), CHARLEY_OK);
    assert_true(value == 1.0);
}

/* The exact middle between two doubles has up to 767 digits: a hair above or below it
 * must decide the rounding. */
static void middles_are_rounded_by_their_last_digit(void **state)
{
    (void)state;
    uint64_t seed = 11;
    static char text[1400];
    for (int i = 0; i < 300; i++) {
        double low = fabs(random_double(&seed));
        if (i < 100)
            low = (double)(next_random(&seed) >> 12) * 4.9406564584124654e-324;
        double high = nextafter(low, HUGE_VAL);
        if (isinf(high) || high > 1e300)
            continue;
        /* The long double sum of neighbours, halved, is exact; printf writes it all. */
        long double middle = ((long double)low + (long double)high) / 2;
        int size = snprintf(text, sizeof text, "%.1100Lf", middle);
        assert_reads_as_strtod(text);
        text[size] = '1';
        text[size + 1] = '\0';
        assert_reads_as_strtod(text);
    }
}

static void reading_agrees_with_strtod(void **state)
{
    (void)state;
    uint64_t seed = 1;
    char text[64];
    for (int i = 0; i < 100000; i++) {
        double value = random_double(&seed);
        int n_digits = (int)(next_random(&seed) % 25);
        snprintf(text, sizeof text, "%.*e", n_digits, value);
        char *end;
        if (isinf(strtod(text, &end)))
            continue;
        assert_reads_as_strtod(text);
    }
    for (int i = 0; i < 100000; i++) {
        uint64_t digits = next_random(&seed) >> next_random(&seed) % 64;
        snprintf(text, sizeof text, "%llu.%llue%d", (unsigned long long)digits,
                 (unsigned long long)(next_random(&seed) % 1000000),
                 (int)(next_random(&seed) % 60) - 30);
        assert_reads_as_strtod(text);
    }
}

static void assert_prints(double value, const char *expected)
{
    char buffer[CH_NUMBER_SIZE];
    charley_text text = {buffer, ch_number_print(value, buffer)};
    if (!ch_view_is(text, expected))
        fail_msg("%.17g printed as %.*s, not %s", value, (int)text.size, buffer,
                 expected);
}

static void shortest_is_laid_out_as_in_ecmascript(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } rows[] = {
        {0.0, "0"},
        {-0.0, "0"},
        {1, "1"},
        {2.5, "2.5"},
        {0.1, "0.1"},
        {-0.3, "-0.3"},
        {0.1 + 0.2, "0.30000000000000004"},
        {100, "100"},
        {1e20, "100000000000000000000"},
        {1e21, "1e+21"},
        {123456789012345680000.0, "123456789012345680000"},
        {1.5e300, "1.5e+300"},
        {0.000001, "0.000001"},
        {0.0000012345678901234567, "0.0000012345678901234567"},
        {1e-7, "1e-7"},
        {-1.25e-9, "-1.25e-9"},
        {9007199254740993.0, "9007199254740992"},
        {DBL_MAX, "1.7976931348623157e+308"},
        {DBL_MIN, "2.2250738585072014e-308"},
        {5e-324, "5e-324"},
        {1e23, "1e+23"},
        {5.684341886080802e-14, "5.684341886080802e-14"}, /* 2^-44: uneven spacing */
        {8.0156, "8.0156"},
        {333.3333333333333, "333.3333333333333"},
    };
    for (size_t i = 0; i < N_ROWS(rows); i++)
        assert_prints(rows[i].value, rows[i].text);
    char buffer[CH_NUMBER_SIZE];
    assert_int_equal(ch_number_print(HUGE_VAL, buffer), 0);
    assert_int_equal(ch_number_print((double)NAN, buffer), 0);
}

static void printed_reads_back_the_same(void **state)
{
    (void)state;
    uint64_t seed = 2;
    for (int i = 0; i < 100000; i++) {
        double value = random_double(&seed);
        if (i % 4 == 1)
            value = (double)(int64_t)next_random(&seed) / 1e6;
        else if (i % 4 == 2)
            value = ldexp(1.0, (int)(next_random(&seed) % 2098) - 1074);
        char buffer[CH_NUMBER_SIZE];
        charley_text text = {buffer, ch_number_print(value, buffer)};
        double back;
        assert_int_equal(ch_number_parse(text, &back), CHARLEY_OK);
        assert_true(back == value);
    }
}

static unsigned count_significant(const char *text)
{
    char digits[64];
    size_t n = 0;
    for (const char *p = text; *p && *p != 'e'; p++)
        if (*p >= '0' && *p <= '9' && (n > 0 || *p != '0'))
            digits[n++] = *p;
    while (n > 1 && digits[n - 1] == '0')
        n--;
    return (unsigned)n;
}

/* printf at growing precision finds a number of digits that suffices; ours needs no
 * more, and when it needs as many it is the same number. */
static void nothing_shorter_reads_back(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (int i = 0; i < 20000; i++) {
        double value = random_double(&seed);
        if (i % 2)
            value = (double)(next_random(&seed) % 100000) / 100.0 + 0.01;
        char shown[CH_NUMBER_SIZE + 1];
        shown[ch_number_print(value, shown)] = '\0';
        char oracle[64];
        int precision = 0;
        do
            snprintf(oracle, sizeof oracle, "%.*e", precision++, value);
        while (strtod(oracle, NULL) != value);
        assert_true(count_significant(shown) <= (unsigned)precision);
        if (count_significant(shown) == count_significant(oracle))
            assert_true(strtod(shown, NULL) == strtod(oracle, NULL));
    }
}

static void fixed_rounds_the_exact_value_to_even(void **state)
{
    (void)state;
    static const struct {
        double value;
        unsigned decimals;
        const char *text;
    } rows[] = {
        {0.0, 0, "0"},
        {0.0, 4, "0"},
        {-0.0, 4, "0"},
        {0.125, 2, "0.12"},
        {0.375, 2, "0.38"},
        {2.5, 0, "2"},
        {3.5, 0, "4"},
        {0.5, 0, "0"},
        {1.5, 0, "2"},
        {0.15, 1, "0.1"},
        {0.25, 1, "0.2"},
        {0.35, 1, "0.3"},
        {-0.04, 1, "0"},
        {-0.06, 1, "-0.1"},
        {99.999, 2, "100"},
        {10, 3, "10"},
        {1234.5, 1, "1234.5"},
        {0.1, 17, "0.10000000000000001"},
        {1e21, 2, "1000000000000000000000"},
        {5e-324, 17, "0"},
        {0.999999, 4, "1"},
        {0.09, 4, "0.09"},
        {4503599627370497.5, 0, "4503599627370498"},
    };
    for (size_t i = 0; i < N_ROWS(rows); i++) {
        char buffer[CH_NUMBER_FIXED_SIZE];
        charley_text text = {
            buffer, ch_number_print_fixed(rows[i].value, rows[i].decimals, buffer)};
        if (!ch_view_is(text, rows[i].text))
            fail_msg("%.17g printed as %.*s, not %s", rows[i].value, (int)text.size,
                     buffer, rows[i].text);
    }
    char buffer[CH_NUMBER_FIXED_SIZE];
    assert_int_equal(ch_number_print_fixed(-HUGE_VAL, 2, buffer), 0);
}

static void fixed_agrees_with_printf(void **state)
{
    (void)state;
    uint64_t seed = 4;
    for (int i = 0; i < 60000; i++) {
        double value = random_double(&seed);
        if (i % 3)
            value =
                (double)(int64_t)next_random(&seed) / 9.3e18 * (i % 3 == 1 ? 1 : 1e5);
        unsigned decimals =
            (unsigned)(next_random(&seed) % (CH_NUMBER_MAX_DECIMALS + 1));
        char buffer[CH_NUMBER_FIXED_SIZE + 1];
        size_t size = ch_number_print_fixed(value, decimals, buffer);
        assert_true(size > 0 && size <= CH_NUMBER_FIXED_SIZE);
        char oracle[400];
        size_t oracle_size =
            (size_t)snprintf(oracle, sizeof oracle, "%.*f", (int)decimals, value);
        if (decimals > 0) {
            while (oracle[oracle_size - 1] == '0')
                oracle_size--;
            if (oracle[oracle_size - 1] == '.')
                oracle_size--;
        }
        charley_text expected = {oracle, oracle_size};
        if (ch_view_is(expected, "-0"))
            expected = CHARLEY_TEXT("0");
        assert_true(ch_view_equal((charley_text){buffer, size}, expected));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grammar_accepts),
        cmocka_unit_test(grammar_refuses_and_says_where),
        cmocka_unit_test(parse_wants_all_of_the_text),
        cmocka_unit_test(range_has_an_edge),
        cmocka_unit_test(zeros_do_not_hide_the_size),
        cmocka_unit_test(middles_are_rounded_by_their_last_digit),
        cmocka_unit_test(reading_agrees_with_strtod),
        cmocka_unit_test(shortest_is_laid_out_as_in_ecmascript),
        cmocka_unit_test(printed_reads_back_the_same),
        cmocka_unit_test(nothing_shorter_reads_back),
        cmocka_unit_test(fixed_rounds_the_exact_value_to_even),
        cmocka_unit_test(fixed_agrees_with_printf),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
