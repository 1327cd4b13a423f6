/* test_json_write.c: nesting, escaping, layout, counting and misuse of the writer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/view.h"
#include "text/json_read.h"
#include "text/json_write.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define N_ROWS(rows) (sizeof(rows) / sizeof *(rows))

static void put_sample(ch_json_writer *out)
{
    ch_json_put_object(out);
    ch_json_put_name(out, CHARLEY_TEXT("urgency"));
    ch_json_put_string(out, CHARLEY_TEXT("same_day"));
    ch_json_put_name(out, CHARLEY_TEXT("causes"));
    ch_json_put_array(out);
    ch_json_put_object(out);
    ch_json_put_name(out, CHARLEY_TEXT("p"));
    ch_json_put_fixed(out, 0.25004, 4);
    ch_json_put_name(out, CHARLEY_TEXT("at_floor"));
    ch_json_put_truth(out, false);
    ch_json_put_end(out);
    ch_json_put_object(out);
    ch_json_put_end(out);
    ch_json_put_end(out);
    ch_json_put_name(out, CHARLEY_TEXT("tests"));
    ch_json_put_array(out);
    ch_json_put_end(out);
    ch_json_put_name(out, CHARLEY_TEXT("note"));
    ch_json_put_null(out);
    ch_json_put_end(out);
}

static const char COMPACT[] =
    "{\"urgency\":\"same_day\",\"causes\":[{\"p\":0.25,\"at_floor\":false},{}],"
    "\"tests\":[],\"note\":null}";

static const char PRETTY[] = "{\n"
                             "  \"urgency\": \"same_day\",\n"
                             "  \"causes\": [\n"
                             "    {\n"
                             "      \"p\": 0.25,\n"
                             "      \"at_floor\": false\n"
                             "    },\n"
                             "    {}\n"
                             "  ],\n"
                             "  \"tests\": [],\n"
                             "  \"note\": null\n"
                             "}";

static void both_layouts_are_exact(void **state)
{
    (void)state;
    const char *expected[] = {COMPACT, PRETTY};
    for (size_t i = 0; i < 2; i++) {
        char buffer[512];
        ch_json_writer out;
        size_t size;
        ch_json_write_start(&out, buffer, sizeof buffer, i == 1);
        put_sample(&out);
        assert_int_equal(ch_json_write_finish(&out, &size, NULL), CHARLEY_OK);
        assert_true(ch_view_is((charley_text){buffer, size}, expected[i]));
    }
}

/* At every capacity: never beyond the buffer (which is as small as it says, for the
 * sanitizer), and the size needed comes out. */
static void small_buffers_are_counted(void **state)
{
    (void)state;
    const size_t needed = sizeof COMPACT - 1;
    for (size_t capacity = 0; capacity <= needed + 1; capacity++) {
        char *buffer = capacity ? malloc(capacity) : NULL;
        ch_json_writer out;
        charley_error error;
        size_t size = 0;
        ch_json_write_start(&out, buffer, capacity, false);
        put_sample(&out);
        charley_status status = ch_json_write_finish(&out, &size, &error);
        assert_int_equal(status, capacity < needed ? CHARLEY_E_LIMIT : CHARLEY_OK);
        assert_int_equal(size, needed);
        if (capacity > 0)
            assert_memory_equal(buffer, COMPACT, capacity < needed ? capacity : needed);
        free(buffer);
    }
}

static void assert_string_written(charley_text text, const char *expected)
{
    char buffer[128];
    ch_json_writer out;
    size_t size;
    ch_json_write_start(&out, buffer, sizeof buffer, false);
    ch_json_put_string(&out, text);
    assert_int_equal(ch_json_write_finish(&out, &size, NULL), CHARLEY_OK);
    if (!ch_view_is((charley_text){buffer, size}, expected))
        fail_msg("%.*s, not %s", (int)size, buffer, expected);
}

static void strings_are_escaped(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *json;
    } rows[] = {
        {"", "\"\""},
        {"plain and long enough for two words",
         "\"plain and long enough for two words\""},
        {"\"\\/", "\"\\\"\\\\/\""},
        {"\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\""},
        {"a\x01z\x1F\x7F", "\"a\\u0001z\\u001f\x7F\""},
        {"\xC3\xA9\xF0\x9F\xA6\xB5", "\"\xC3\xA9\xF0\x9F\xA6\xB5\""},
        /* not UTF-8 */
        {"a\xFFz", "\"a\xEF\xBF\xBDz\""},
        {"\xC3\xA9\xC3", "\"\xC3\xA9\xEF\xBF\xBD\""},
        {"\xED\xA0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
    };
    for (size_t i = 0; i < N_ROWS(rows); i++)
        assert_string_written(ch_view(rows[i].text), rows[i].json);
    assert_string_written(CHARLEY_TEXT("a\0z"), "\"a\\u0000z\"");
}

/* Every byte alone and every pair of bytes gives a document the reader takes, except
 * that the reader refuses NUL. */
static void whatever_is_written_is_read_again(void **state)
{
    (void)state;
    for (unsigned pair = 1; pair < 0x10000; pair++) {
        char bytes[2] = {(char)(pair & 0xFF), (char)(pair >> 8)};
        if (bytes[0] == '\0')
            continue;
        char buffer[32];
        ch_json_writer out;
        size_t size;
        ch_json_write_start(&out, buffer, sizeof buffer, false);
        ch_json_put_string(&out, (charley_text){bytes, bytes[1] ? 2 : 1});
        assert_int_equal(ch_json_write_finish(&out, &size, NULL), CHARLEY_OK);
        ch_json json;
        ch_json_token token;
        ch_json_start(&json, (charley_text){buffer, size}, NULL, 0, NULL);
        assert_int_equal(ch_json_expect(&json, CH_JSON_STRING, &token), CHARLEY_OK);
        assert_int_equal(ch_json_expect(&json, CH_JSON_END, &token), CHARLEY_OK);
    }
}

static void numbers_are_written(void **state)
{
    (void)state;
    char buffer[256];
    ch_json_writer out;
    size_t size;
    ch_json_write_start(&out, buffer, sizeof buffer, false);
    ch_json_put_array(&out);
    ch_json_put_integer(&out, 0);
    ch_json_put_integer(&out, -7);
    ch_json_put_integer(&out, INT64_MAX);
    ch_json_put_integer(&out, INT64_MIN);
    ch_json_put_number(&out, 2.5);
    ch_json_put_number(&out, 1e-7);
    ch_json_put_fixed(&out, 2.0 / 3.0, 3);
    ch_json_put_spelled(&out, CHARLEY_TEXT("7.10"));
    ch_json_put_truth(&out, true);
    ch_json_put_end(&out);
    assert_int_equal(ch_json_write_finish(&out, &size, NULL), CHARLEY_OK);
    assert_true(ch_view_is((charley_text){buffer, size},
                           "[0,-7,9223372036854775807,-9223372036854775808,2.5,1e-7,"
                           "0.667,7.10,true]"));
}

static void put_nothing(ch_json_writer *out)
{
    (void)out;
}

static void put_two_values(ch_json_writer *out)
{
    ch_json_put_null(out);
    ch_json_put_null(out);
}

static void put_end_only(ch_json_writer *out)
{
    ch_json_put_end(out);
}

static void put_open_array(ch_json_writer *out)
{
    ch_json_put_array(out);
}

static void put_name_outside(ch_json_writer *out)
{
    ch_json_put_name(out, CHARLEY_TEXT("a"));
}

static void put_name_in_array(ch_json_writer *out)
{
    ch_json_put_array(out);
    ch_json_put_name(out, CHARLEY_TEXT("a"));
    ch_json_put_end(out);
}

static void put_value_without_name(ch_json_writer *out)
{
    ch_json_put_object(out);
    ch_json_put_null(out);
    ch_json_put_end(out);
}

static void put_name_without_value(ch_json_writer *out)
{
    ch_json_put_object(out);
    ch_json_put_name(out, CHARLEY_TEXT("a"));
    ch_json_put_end(out);
}

static void put_two_names(ch_json_writer *out)
{
    ch_json_put_object(out);
    ch_json_put_name(out, CHARLEY_TEXT("a"));
    ch_json_put_name(out, CHARLEY_TEXT("b"));
    ch_json_put_null(out);
    ch_json_put_end(out);
}

static void put_infinity(ch_json_writer *out)
{
    ch_json_put_number(out, HUGE_VAL);
}

static void put_nan(ch_json_writer *out)
{
    ch_json_put_fixed(out, (double)NAN, 2);
}

static void put_bad_spelling(ch_json_writer *out)
{
    ch_json_put_spelled(out, CHARLEY_TEXT("07.1"));
}

static void faults_are_kept_to_the_end(void **state)
{
    (void)state;
    static const struct {
        void (*put)(ch_json_writer *);
        charley_status status;
    } rows[] = {
        {put_nothing, CHARLEY_E_MISUSE},
        {put_two_values, CHARLEY_E_MISUSE},
        {put_end_only, CHARLEY_E_MISUSE},
        {put_open_array, CHARLEY_E_MISUSE},
        {put_name_outside, CHARLEY_E_MISUSE},
        {put_name_in_array, CHARLEY_E_MISUSE},
        {put_value_without_name, CHARLEY_E_MISUSE},
        {put_name_without_value, CHARLEY_E_MISUSE},
        {put_two_names, CHARLEY_E_MISUSE},
        {put_infinity, CHARLEY_E_DATA},
        {put_nan, CHARLEY_E_DATA},
        {put_bad_spelling, CHARLEY_E_DATA},
    };
    for (size_t i = 0; i < N_ROWS(rows); i++) {
        char buffer[64];
        ch_json_writer out;
        charley_error error;
        size_t size = 99;
        ch_json_write_start(&out, buffer, sizeof buffer, false);
        rows[i].put(&out);
        assert_int_equal(ch_json_write_finish(&out, &size, &error), rows[i].status);
        assert_int_equal(error.status, rows[i].status);
        assert_int_equal(size, 99);
    }
}

static void depth_has_the_readers_limit(void **state)
{
    (void)state;
    for (unsigned depth = CH_MAX_JSON_DEPTH - 1; depth <= CH_MAX_JSON_DEPTH + 1;
         depth++) {
        char buffer[4 * CH_MAX_JSON_DEPTH];
        ch_json_writer out;
        size_t size = 0;
        ch_json_write_start(&out, buffer, sizeof buffer, false);
        for (unsigned i = 0; i < depth; i++)
            ch_json_put_array(&out);
        for (unsigned i = 0; i < depth; i++)
            ch_json_put_end(&out);
        bool is_too_deep = depth > CH_MAX_JSON_DEPTH;
        assert_int_equal(ch_json_write_finish(&out, &size, NULL),
                         is_too_deep ? CHARLEY_E_LIMIT : CHARLEY_OK);
        assert_int_equal(size, is_too_deep ? 0 : 2 * depth);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_layouts_are_exact),
        cmocka_unit_test(small_buffers_are_counted),
        cmocka_unit_test(strings_are_escaped),
        cmocka_unit_test(whatever_is_written_is_read_again),
        cmocka_unit_test(numbers_are_written),
        cmocka_unit_test(faults_are_kept_to_the_end),
        cmocka_unit_test(depth_has_the_readers_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
