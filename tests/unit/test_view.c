/* test_view.c: what can be asked of borrowed bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/view.h"

#include <stdlib.h>
#include <string.h>

#define N_ROWS(rows) (sizeof(rows) / sizeof *(rows))

static int sign_of(int value)
{
    return (value > 0) - (value < 0);
}

static void views_of_strings(void **state)
{
    (void)state;
    assert_int_equal(ch_view(NULL).size, 0);
    assert_int_equal(ch_view("").size, 0);
    assert_int_equal(ch_view("abc").size, 3);
    assert_int_equal(CHARLEY_TEXT("a\0b").size, 3);
}

static void equality_and_order(void **state)
{
    (void)state;
    static const struct {
        charley_text a, b;
        int order;
    } rows[] = {
        {{NULL, 0}, {"", 0}, 0},       {{"a", 1}, {NULL, 0}, 1},
        {{"abc", 3}, {"abc", 3}, 0},   {{"abc", 2}, {"abd", 2}, 0},
        {{"abc", 3}, {"abd", 3}, -1},  {{"ab", 2}, {"abc", 3}, -1},
        {{"b", 1}, {"abc", 3}, 1},     {{"\xC3", 1}, {"a", 1}, 1},
        {{"a\0c", 3}, {"a\0b", 3}, 1},
    };
    for (size_t i = 0; i < N_ROWS(rows); i++) {
        assert_int_equal(sign_of(ch_view_compare(rows[i].a, rows[i].b)), rows[i].order);
        assert_int_equal(sign_of(ch_view_compare(rows[i].b, rows[i].a)),
                         -rows[i].order);
        assert_int_equal(ch_view_equal(rows[i].a, rows[i].b), rows[i].order == 0);
    }
    assert_true(ch_view_is(CHARLEY_TEXT("dvt"), "dvt"));
    assert_false(ch_view_is(CHARLEY_TEXT("dvt"), "dv"));
    assert_false(ch_view_is(CHARLEY_TEXT("dv"), "dvt"));
    assert_true(ch_view_is((charley_text){NULL, 0}, ""));
}

static void beginnings(void **state)
{
    (void)state;
    assert_true(ch_view_starts_with(CHARLEY_TEXT("sex=female"), "sex="));
    assert_true(ch_view_starts_with(CHARLEY_TEXT("sex"), "sex"));
    assert_true(ch_view_starts_with((charley_text){NULL, 0}, ""));
    assert_false(ch_view_starts_with(CHARLEY_TEXT("se"), "sex"));
    assert_false(ch_view_starts_with(CHARLEY_TEXT("Sex"), "sex"));
}

static void finding_a_byte(void **state)
{
    (void)state;
    assert_int_equal(ch_view_find(CHARLEY_TEXT("a=b=c"), '='), 1);
    assert_int_equal(ch_view_find(CHARLEY_TEXT("abc"), '='), 3);
    assert_int_equal(ch_view_find(CHARLEY_TEXT("abc"), 'c'), 2);
    assert_int_equal(ch_view_find((charley_text){NULL, 0}, 'a'), 0);
}

static void parts_are_clipped(void **state)
{
    (void)state;
    static const struct {
        size_t first, size;
        const char *part;
    } rows[] = {
        {0, 3, "abc"}, {1, 1, "b"},       {1, 99, "bc"},       {3, 1, ""},
        {4, 1, ""},    {SIZE_MAX, 1, ""}, {1, SIZE_MAX, "bc"}, {0, 0, ""},
    };
    for (size_t i = 0; i < N_ROWS(rows); i++)
        assert_true(
            ch_view_is(ch_view_part(CHARLEY_TEXT("abc"), rows[i].first, rows[i].size),
                       rows[i].part));
    assert_int_equal(ch_view_part((charley_text){NULL, 0}, 2, 2).size, 0);
}

/* RFC 3629, section 4, from a plain restatement of the table: code point by value. */
static bool is_valid_by_value(const unsigned char *p, size_t n)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    static const unsigned char lead_bits[] = {0, 0, 0xC0, 0xE0, 0xF0};
    static const unsigned char lead_mask[] = {0, 0, 0xE0, 0xF0, 0xF8};
    if ((p[0] & lead_mask[n]) != lead_bits[n])
        return false;
    uint32_t point = p[0] & (0xFFu >> (n + 1));
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return false;
        point = point << 6 | (p[i] & 0x3Fu);
    }
    return point >= least[n] && point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
}

/* All sequences of two and three bytes, and of four with a step in the last two. */
static void utf8_agrees_with_the_values(void **state)
{
    (void)state;
    for (unsigned a = 0x80; a < 0x100; a++) {
        for (unsigned b = 0; b < 0x100; b++) {
            for (unsigned c = 0; c < 0x100; c += 3) {
                unsigned char s[] = {(unsigned char)a, (unsigned char)b,
                                     (unsigned char)c,
                                     (unsigned char)(0x80 | (c & 0x3F))};
                size_t expected = 0;
                for (size_t n = 2; n <= 4; n++)
                    if (is_valid_by_value(s, n))
                        expected = n;
                size_t size = expected ? expected : 4;
                assert_int_equal(ch_utf8_valid((const char *)s, size), expected);
            }
        }
    }
}

static void utf8_stops_at_the_fault(void **state)
{
    (void)state;
    static const struct {
        charley_text text;
        size_t n_valid;
    } rows[] = {
        {{"", 0}, 0},
        {{"abc", 3}, 3},
        {{"a\0b", 3}, 3},
        {{"\xC3\xA9", 2}, 2},
        {{"a\xC3", 2}, 1},
        {{"\xE2\x82\xAC\xE2\x82", 5}, 3},
        {{"\xF4\x8F\xBF\xBF", 4}, 4},
        {{"\xF4\x90\x80\x80", 4}, 0},
        {{"\xED\x9F\xBF\xED\xA0\x80", 6}, 3},
        {{"ok\xC0\x80", 4}, 2},
    };
    for (size_t i = 0; i < N_ROWS(rows); i++)
        assert_int_equal(ch_utf8_valid(rows[i].text.bytes, rows[i].text.size),
                         rows[i].n_valid);
}

static void distances(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        unsigned distance;
    } rows[] = {
        {"", "", 0},
        {"a", "", 1},
        {"abc", "abc", 0},
        {"abc", "abd", 1},
        {"abc", "ab", 1},
        {"abc", "xabc", 1},
        {"abcd", "abdc", 1},
        {"abcd", "badc", 2},
        {"kitten", "sitting", 3},
        {"calf_pain", "claf_pain", 1},
        {"a", "b", 1},
        {"swelling", "sweling", 1},
        {"abc", "cab", 2},
    };
    for (size_t i = 0; i < N_ROWS(rows); i++) {
        charley_text a = ch_view(rows[i].a);
        charley_text b = ch_view(rows[i].b);
        assert_int_equal(ch_view_distance(a, b, 3), rows[i].distance);
        assert_int_equal(ch_view_distance(b, a, 3), rows[i].distance);
    }
    assert_int_equal(ch_view_distance(CHARLEY_TEXT("abcd"), CHARLEY_TEXT("wxyz"), 2),
                     3);
    assert_int_equal(ch_view_distance(CHARLEY_TEXT("abcd"), CHARLEY_TEXT("wxyz"), 4),
                     4);
}

static void long_ids_never_match(void **state)
{
    (void)state;
    char id[65];
    memset(id, 'a', sizeof id);
    for (size_t size = 63; size <= 65; size++) {
        charley_text text = {id, size};
        assert_int_equal(ch_view_distance(text, text, 2), size > 64 ? 3 : 0);
    }
}

static void a_start_ends_between_characters(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t most, size;
    } rows[] = {
        {"", 4, 0},
        {"abcd", 3, 3},
        {"abcd", 4, 4},
        {"abcd", 5, 4},
        {"a\xC3\xA9", 2, 1},
        {"a\xC3\xA9", 3, 3},
        {"\xC3\xA9", 1, 0},
        {"a\xE2\x82\xAC", 3, 1},
        {"a\xF0\x9F\xA6\xB5", 4, 1},
        {"\x80\x80\x80", 2, 0},
    };
    for (size_t i = 0; i < N_ROWS(rows); i++)
        assert_int_equal(ch_view_start(ch_view(rows[i].text), rows[i].most).size,
                         rows[i].size);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(views_of_strings),
        cmocka_unit_test(equality_and_order),
        cmocka_unit_test(beginnings),
        cmocka_unit_test(finding_a_byte),
        cmocka_unit_test(parts_are_clipped),
        cmocka_unit_test(a_start_ends_between_characters),
        cmocka_unit_test(utf8_agrees_with_the_values),
        cmocka_unit_test(utf8_stops_at_the_fault),
        cmocka_unit_test(distances),
        cmocka_unit_test(long_ids_never_match),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
