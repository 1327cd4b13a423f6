/* test_json_read.c: what the reader takes, and where exactly it refuses the rest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/view.h"
#include "text/json_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N_ROWS(rows) (sizeof(rows) / sizeof *(rows))

static ch_json_name names[CH_MAX_JSON_NAMES];

/* Reads all of a document. A copy in a block of just its size lets the sanitizer see
 * any byte read beyond the end. */
static charley_status read_all(charley_text document, size_t n_names,
                               charley_error *error)
{
    char *copy = malloc(document.size + 1);
    assert_non_null(copy);
    char *bytes = copy + 1;
    if (document.size > 0)
        memcpy(bytes, document.bytes, document.size);
    ch_json json;
    ch_json_token token = {.kind = CH_JSON_NULL};
    ch_json_start(&json, (charley_text){bytes, document.size}, names, n_names, error);
    charley_status status;
    do {
        status = ch_json_next(&json, &token);
        assert_true(json.at <= document.size);
    } while (status == CHARLEY_OK && token.kind != CH_JSON_END);
    assert_int_equal(ch_json_next(&json, &token), status);
    free(copy);
    return status;
}

typedef struct fault_row {
    charley_text document;
    size_t offset;
    unsigned line;
    unsigned column;
    charley_status status;
} fault_row;

#define ROW(document, offset, line, column, status)                                    \
    {                                                                                  \
        {(document), sizeof(document) - 1}, offset, line, column, status               \
    }
#define BAD(document, offset) ROW(document, offset, 1, (offset) + 1, CHARLEY_E_SYNTAX)

static const fault_row FAULTS[] = {
    /* nothing, or too much */
    BAD("", 0),
    BAD("   ", 3),
    BAD("\xEF\xBB\xBF{}", 0),
    BAD("{} {}", 3),
    BAD("{}x", 2),
    BAD("1 2", 2),
    BAD("[1]]", 3),
    BAD("null,", 4),
    /* structure */
    BAD("[1,]", 3),
    BAD("[,1]", 1),
    BAD("[1,,2]", 3),
    BAD("[1 2]", 3),
    BAD("[1", 2),
    BAD("[1,", 3),
    BAD("[", 1),
    BAD("[}", 1),
    BAD("{]", 1),
    BAD("]", 0),
    BAD("{\"a\":1,}", 7),
    BAD("{,\"a\":1}", 1),
    BAD("{\"a\":1 \"b\":2}", 7),
    BAD("{\"a\" 1}", 5),
    BAD("{\"a\"}", 4),
    BAD("{\"a\":}", 5),
    BAD("{\"a\":1", 6),
    BAD("{\"a\":", 5),
    BAD("{\"a\"", 4),
    BAD("{", 1),
    BAD("{a:1}", 1),
    BAD("{'a':1}", 1),
    BAD("{1:1}", 1),
    BAD("[1 // one\n]", 3),
    BAD("/* c */ 1", 0),
    BAD("[1, /* two */ 2]", 4),
    BAD("{\"a\": :1}", 6),
    /* words */
    BAD("tru", 0),
    BAD("truex", 4),
    BAD("True", 0),
    BAD("nul", 0),
    BAD("[nan]", 1),
    BAD("NaN", 0),
    BAD("Infinity", 0),
    BAD("-Infinity", 1),
    BAD("undefined", 0),
    BAD("\0", 0),
    BAD("[\0]", 1),
    BAD("[1\0]", 2),
    BAD("1\0", 1),
    BAD("\v1", 0),
    BAD("\xC2\xA0"
        "1",
        0),
    /* numbers */
    BAD("01", 1),
    BAD("-01", 2),
    BAD("[012]", 2),
    BAD("+1", 0),
    BAD(".5", 0),
    BAD("1.", 2),
    BAD("[1.]", 3),
    BAD("1.e1", 2),
    BAD("1e", 2),
    BAD("1e+", 3),
    BAD("-", 1),
    BAD("--1", 1),
    BAD("0x10", 1),
    BAD("1_000", 1),
    ROW("1e400", 0, 1, 1, CHARLEY_E_LIMIT),
    ROW("[0, -1e400]", 4, 1, 5, CHARLEY_E_LIMIT),
    /* strings */
    BAD("\"", 0),
    BAD("\"abc", 0),
    BAD("[\"abc]", 1),
    BAD("\"abc\\\"", 0),
    BAD("\"a\tb\"", 2),
    BAD("\"12345678\tb\"", 9),
    BAD("\"a\0b\"", 2),
    BAD("\"a\x1F"
        "b\"",
        2),
    BAD("\"\\u0000\"", 1),
    BAD("\"a\\x\"", 2),
    BAD("\"\\", 1),
    BAD("\"\\'\"", 1),
    BAD("\"\\0\"", 1),
    BAD("\"\\u12\"", 1),
    BAD("\"\\u12g4\"", 1),
    BAD("\"\\U0041\"", 1),
    BAD("\"\\u", 1),
    BAD("\"ab\\uD800\"", 3),
    BAD("\"\\uD800x\"", 1),
    BAD("\"\\uD800\\n\"", 1),
    BAD("\"\\uD800\\u0041\"", 1),
    BAD("\"\\uD800\\uD800\"", 1),
    BAD("\"\\uDC00\"", 1),
    BAD("\"\\uD83D\\u", 1),
    /* UTF-8 */
    BAD("\"\x80\"", 1),
    BAD("\"a\xC3\"", 2),
    BAD("\"\xC3", 1),
    BAD("\"\xC0\x80\"", 1),
    BAD("\"\xC1\xBF\"", 1),
    BAD("\"\xE0\x80\x80\"", 1),
    BAD("\"\xE0\x9F\xBF\"", 1),
    BAD("\"\xED\xA0\x80\"", 1),
    BAD("\"\xED\xBF\xBF\"", 1),
    BAD("\"\xF0\x8F\xBF\xBF\"", 1),
    BAD("\"\xF4\x90\x80\x80\"", 1),
    BAD("\"\xF5\x80\x80\x80\"", 1),
    BAD("\"\xE2\x82\"", 1),
    BAD("\"\xFF\"", 1),
    BAD("\"\xC3\xA9\xC3\"", 3),
    BAD("{\"\xFF\":1}", 2),
    BAD("\xFF", 0),
    /* duplicate names */
    BAD("{\"a\":1,\"a\":2}", 7),
    BAD("{\"\":1,\"\":2}", 6),
    BAD("{\"a\":1,\"\\u0061\":2}", 7),
    BAD("{\"\\u0061\":1,\"a\":2}", 12),
    BAD("{\"a\\u002Fb\":1,\"a\\/b\":2}", 14),
    BAD("{\"\\uD83D\\ude00\":1,\"\xF0\x9F\x98\x80\":2}", 18),
    BAD("{\"calf_swelling\":1,\"b\":{\"calf_swelling\":1},\"calf_swellin\\u0067\":2}",
        43),
    BAD("[{\"a\":{\"b\":[],\"b\":0}}]", 14),
    /* lines and columns */
    ROW("{\n  \"a\": 1,\n  \"a\": 2\n}", 14, 3, 3, CHARLEY_E_SYNTAX),
    ROW("[\r\n1,\r\nx]", 7, 3, 1, CHARLEY_E_SYNTAX),
    ROW("[1,\n2,\n", 7, 3, 1, CHARLEY_E_SYNTAX),
    ROW("[\"\xC3\xA9\", x]", 7, 1, 8, CHARLEY_E_SYNTAX),
    ROW("\"a\nb\"", 2, 1, 3, CHARLEY_E_SYNTAX),
};

static void faults_are_refused_where_they_are(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ROWS(FAULTS); i++) {
        const fault_row *row = &FAULTS[i];
        charley_error error = {0};
        charley_status status = read_all(row->document, CH_MAX_JSON_NAMES, &error);
        if (status != row->status || error.status != row->status ||
            error.offset != row->offset || error.line != row->line ||
            error.column != row->column || error.text[0] == '\0')
            fail_msg("row %zu <%s>: %u at %zu (%u:%u): %s", i, row->document.bytes,
                     status, error.offset, error.line, error.column, error.text);
        assert_int_equal(read_all(row->document, CH_MAX_JSON_NAMES, NULL), row->status);
    }
}

static void valid_documents_are_taken(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "0",
        " [ ] ",
        "{}",
        "\t{ \"a\" : [ 1 , 2 ] , \"b\" : { } }\r\n",
        "\"\"",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83E\\uDDB5\"",
        ("\"\x7F \xC2\x80 \xDF\xBF \xE0\xA0\x80 \xED\x9F\xBF \xEE\x80\x80 \xEF\xBF\xBF "
         "\xF0\x90\x80\x80 \xF4\x8F\xBF\xBF\""),
        "[true,false,null,-0,1e-400,1.7976931348623157e308]",
        "{\"a\":{\"a\":{\"a\":1}},\"b\":[{\"a\":1},{\"a\":2}]}",
        "{\"\":1,\"a\":2,\"aa\":3,\"A\":4,\"\\u0001\":5}",
    };
    for (size_t i = 0; i < N_ROWS(rows); i++) {
        charley_error error = {0};
        if (read_all(ch_view(rows[i]), CH_MAX_JSON_NAMES, &error) != CHARLEY_OK)
            fail_msg("%s: %s", rows[i], error.text);
    }
}

static void tokens_come_in_order_with_their_text(void **state)
{
    (void)state;
    charley_text document =
        CHARLEY_TEXT("{\"a\": [1.50, \"x\\n\", true], \"b\\u0063\": {\"c\": null}, "
                     "\"d\": false}");
    static const struct {
        ch_json_kind kind;
        const char *text;
        size_t at;
        bool has_escape;
    } expected[] = {
        {CH_JSON_OBJECT, "{", 0, false},      {CH_JSON_NAME, "a", 1, false},
        {CH_JSON_ARRAY, "[", 6, false},       {CH_JSON_NUMBER, "1.50", 7, false},
        {CH_JSON_STRING, "x\\n", 13, true},   {CH_JSON_TRUE, "true", 20, false},
        {CH_JSON_ARRAY_END, "]", 24, false},  {CH_JSON_NAME, "b\\u0063", 27, true},
        {CH_JSON_OBJECT, "{", 38, false},     {CH_JSON_NAME, "c", 39, false},
        {CH_JSON_NULL, "null", 44, false},    {CH_JSON_OBJECT_END, "}", 48, false},
        {CH_JSON_NAME, "d", 51, false},       {CH_JSON_FALSE, "false", 56, false},
        {CH_JSON_OBJECT_END, "}", 61, false}, {CH_JSON_END, "", 62, false},
        {CH_JSON_END, "", 62, false},
    };
    ch_json json;
    ch_json_start(&json, document, names, 8, NULL);
    for (size_t i = 0; i < N_ROWS(expected); i++) {
        ch_json_token token;
        assert_int_equal(ch_json_next(&json, &token), CHARLEY_OK);
        assert_int_equal(token.kind, expected[i].kind);
        assert_true(ch_view_is(token.text, expected[i].text));
        assert_int_equal(token.at, expected[i].at);
        assert_int_equal(token.has_escape, expected[i].has_escape);
        if (token.kind == CH_JSON_NUMBER)
            assert_true(token.number == 1.5);
    }
}

static void depth_has_a_limit(void **state)
{
    (void)state;
    static char text[2 * CH_MAX_JSON_DEPTH + 2];
    for (unsigned depth = CH_MAX_JSON_DEPTH - 1; depth <= CH_MAX_JSON_DEPTH + 1;
         depth++) {
        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        charley_error error = {0};
        charley_status status =
            read_all((charley_text){text, 2 * depth}, CH_MAX_JSON_NAMES, &error);
        bool is_too_deep = depth > CH_MAX_JSON_DEPTH;
        assert_int_equal(status, is_too_deep ? CHARLEY_E_LIMIT : CHARLEY_OK);
        if (is_too_deep)
            assert_int_equal(error.offset, CH_MAX_JSON_DEPTH);
    }
}

/* One object in another, 64 deep; every name may be the same. */
static void objects_nest_to_the_limit_too(void **state)
{
    (void)state;
    static char text[6 * (CH_MAX_JSON_DEPTH + 1) + 8];
    for (unsigned depth = CH_MAX_JSON_DEPTH - 1; depth <= CH_MAX_JSON_DEPTH + 1;
         depth++) {
        size_t size = 0;
        for (unsigned i = 0; i < depth; i++, size += 5)
            memcpy(text + size, "{\"a\":", 5);
        text[size++] = '1';
        memset(text + size, '}', depth);
        size += depth;
        charley_status status =
            read_all((charley_text){text, size}, CH_MAX_JSON_NAMES, NULL);
        assert_int_equal(status,
                         depth > CH_MAX_JSON_DEPTH ? CHARLEY_E_LIMIT : CHARLEY_OK);
    }
}

/* {"k0":0,"k1":0,...} with n names and, if wanted, the first name again at the end. */
static charley_text object_of(unsigned n, bool repeats_first)
{
    static char text[16 * (CH_MAX_JSON_NAMES + 2)];
    size_t size = 0;
    text[size++] = '{';
    for (unsigned i = 0; i < n; i++)
        size += (size_t)snprintf(text + size, sizeof text - size, "%s\"k%u\":0",
                                 i ? "," : "", i);
    if (repeats_first)
        size += (size_t)snprintf(text + size, sizeof text - size, ",\"k0\":0");
    text[size++] = '}';
    return (charley_text){text, size};
}

static void names_have_a_limit(void **state)
{
    (void)state;
    charley_error error;
    assert_int_equal(
        read_all(object_of(CH_MAX_JSON_NAMES - 1, false), CH_MAX_JSON_NAMES, &error),
        CHARLEY_OK);
    assert_int_equal(
        read_all(object_of(CH_MAX_JSON_NAMES, false), CH_MAX_JSON_NAMES, &error),
        CHARLEY_OK);
    assert_int_equal(
        read_all(object_of(CH_MAX_JSON_NAMES + 1, false), CH_MAX_JSON_NAMES, &error),
        CHARLEY_E_LIMIT);
    assert_int_equal(
        read_all(object_of(CH_MAX_JSON_NAMES, true), CH_MAX_JSON_NAMES, &error),
        CHARLEY_E_SYNTAX);
    assert_int_equal(read_all(CHARLEY_TEXT("{\"a\":1}"), 0, &error), CHARLEY_E_LIMIT);
    assert_int_equal(error.offset, 1);
    /* Names of closed objects are given back. */
    assert_int_equal(
        read_all(CHARLEY_TEXT("{\"a\":{\"b\":1},\"c\":{\"b\":1}}"), 3, &error),
        CHARLEY_OK);
    assert_int_equal(
        read_all(CHARLEY_TEXT("{\"a\":{\"b\":1},\"c\":{\"b\":1}}"), 2, &error),
        CHARLEY_E_LIMIT);
}

static void each_repeated_name_is_found(void **state)
{
    (void)state;
    for (unsigned n = 1; n < 200; n++) {
        charley_text document = object_of(n, true);
        charley_error error;
        assert_int_equal(read_all(document, CH_MAX_JSON_NAMES, &error),
                         CHARLEY_E_SYNTAX);
        assert_int_equal(error.offset, document.size - sizeof "\"k0\":0}" + 1);
    }
}

/* The hash of json_read.c, to make names that collide: after a first word of eight
 * bytes the second is chosen so that the state becomes zero. */
static uint64_t mix_as_reader(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 32;
}

static bool make_colliding_name(uint64_t counter, char name[16])
{
    uint64_t word = 0;
    for (size_t i = 0; i < 8; i++) {
        name[i] = (char)('a' + (counter >> (4 * i) & 15));
        word |= (uint64_t)(unsigned char)name[i] << (8 * i);
    }
    uint64_t second = mix_as_reader(0, word) ^ UINT64_C(0x4141414141414141);
    for (size_t i = 0; i < 8; i++) {
        unsigned char byte = (unsigned char)(second >> (8 * i));
        if (byte < 0x20 || byte >= 0x7F || byte == '"' || byte == '\\')
            return false;
        name[8 + i] = (char)byte;
    }
    return true;
}

enum { N_COLLIDING = 34 };

/* An object of the first n (<= N_COLLIDING) such names; they are searched for once. */
static charley_text object_of_colliding(unsigned n)
{
    static char names_found[N_COLLIDING][16];
    static unsigned n_found;
    static uint64_t counter;
    static char text[N_COLLIDING * 24];
    while (n_found < N_COLLIDING)
        if (make_colliding_name(counter++, names_found[n_found]))
            n_found++;
    size_t size = 0;
    for (unsigned i = 0; i < n; i++)
        size += (size_t)snprintf(text + size, sizeof text - size, "%c\"%.16s\":0",
                                 i ? ',' : '{', names_found[i]);
    text[size++] = '}';
    return (charley_text){text, size};
}

static void names_made_to_collide_are_refused(void **state)
{
    (void)state;
    charley_error error;
    assert_int_equal(read_all(object_of_colliding(32), 64, &error), CHARLEY_OK);
    assert_int_equal(read_all(object_of_colliding(33), 64, &error), CHARLEY_OK);
    assert_int_equal(read_all(object_of_colliding(34), 64, &error), CHARLEY_E_LIMIT);
}

static void long_documents_are_refused(void **state)
{
    (void)state;
    ch_json json;
    ch_json_token token;
    charley_error error;
    /* Never read: the size alone is refused. */
    charley_text document = {"1", (size_t)CH_MAX_JSON_BYTES + 1};
    ch_json_start(&json, document, names, 1, &error);
    assert_int_equal(ch_json_next(&json, &token), CHARLEY_E_LIMIT);
}

static void escapes_are_resolved(void **state)
{
    (void)state;
    static const struct {
        const char *document;
        const char *text;
    } rows[] = {
        {"\"plain\"", "plain"},
        {"\"\"", ""},
        {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t"},
        {"\"\\u0041\\u00e9\\u20AC\"", "A\xC3\xA9\xE2\x82\xAC"},
        {"\"\\u007f\\u0080\\u07FF\\u0800\\uFFFF\"",
         "\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF"},
        {"\"a\\uD83E\\uDDB5b\"", "a\xF0\x9F\xA6\xB5"
                                 "b"},
        {"\"\\uD800\\uDC00\\uDBFF\\uDFFF\"", "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"},
    };
    for (size_t i = 0; i < N_ROWS(rows); i++) {
        ch_json json;
        ch_json_token token;
        ch_json_start(&json, ch_view(rows[i].document), names, 1, NULL);
        assert_int_equal(ch_json_next(&json, &token), CHARLEY_OK);
        char buffer[64];
        charley_text text = {NULL, 0};
        size_t size = strlen(rows[i].text);
        assert_int_equal(ch_json_unescape(&token, buffer, size, &text, NULL),
                         CHARLEY_OK);
        assert_true(ch_view_is(text, rows[i].text));
        assert_true(ch_json_is(&token, rows[i].text));
        assert_false(ch_json_is(&token, "something else"));
        if (!token.has_escape)
            continue;
        charley_error error;
        text = (charley_text){NULL, 0};
        assert_int_equal(ch_json_unescape(&token, buffer, size - 1, &text, &error),
                         CHARLEY_E_LIMIT);
        assert_null(text.bytes);
    }
}

static void skipping_reads_on_to_the_end(void **state)
{
    (void)state;
    ch_json json;
    ch_json_token token;
    ch_json_start(&json, CHARLEY_TEXT("{\"a\":{\"x\":[1,{}]},\"b\":7,\"c\":[[2],3]}"),
                  names, 8, NULL);
    assert_int_equal(ch_json_expect(&json, CH_JSON_OBJECT, &token), CHARLEY_OK);
    assert_int_equal(ch_json_expect(&json, CH_JSON_NAME, &token), CHARLEY_OK);
    assert_int_equal(ch_json_skip(&json, &token), CHARLEY_OK);
    assert_int_equal(ch_json_expect(&json, CH_JSON_NAME, &token), CHARLEY_OK);
    assert_true(ch_json_is(&token, "b"));
    assert_int_equal(ch_json_skip(&json, &token), CHARLEY_OK);
    assert_int_equal(ch_json_expect(&json, CH_JSON_NAME, &token), CHARLEY_OK);
    assert_int_equal(ch_json_expect(&json, CH_JSON_ARRAY, &token), CHARLEY_OK);
    assert_int_equal(ch_json_skip(&json, &token), CHARLEY_OK);
    assert_int_equal(ch_json_expect(&json, CH_JSON_OBJECT_END, &token), CHARLEY_OK);
    assert_int_equal(ch_json_expect(&json, CH_JSON_END, &token), CHARLEY_OK);
}

static void skipping_still_checks(void **state)
{
    (void)state;
    ch_json json;
    ch_json_token token;
    charley_error error;
    ch_json_start(&json, CHARLEY_TEXT("{\"a\":[1,\"\\uD800\"]}"), names, 8, &error);
    assert_int_equal(ch_json_expect(&json, CH_JSON_OBJECT, &token), CHARLEY_OK);
    assert_int_equal(ch_json_expect(&json, CH_JSON_NAME, &token), CHARLEY_OK);
    assert_int_equal(ch_json_skip(&json, &token), CHARLEY_E_SYNTAX);
    assert_int_equal(error.offset, 9);
}

static void the_wrong_kind_is_refused_in_its_place(void **state)
{
    (void)state;
    ch_json json;
    charley_error error;
    ch_json_token token = {.kind = CH_JSON_NULL};
    ch_json_start(&json, CHARLEY_TEXT("[\n \"7\"]"), names, 8, &error);
    assert_int_equal(ch_json_expect(&json, CH_JSON_ARRAY, &token), CHARLEY_OK);
    assert_int_equal(ch_json_expect(&json, CH_JSON_NUMBER, &token), CHARLEY_E_DATA);
    assert_int_equal(token.kind, CH_JSON_ARRAY);
    assert_int_equal(error.line, 2);
    assert_int_equal(error.column, 2);
    assert_int_equal(error.offset, 3);
    assert_string_equal(error.text, "a number should be here");
    assert_int_equal(ch_json_next(&json, &token), CHARLEY_E_DATA);
}

/* Every beginning of a document is refused, and never read beyond. */
static void cut_documents_are_refused(void **state)
{
    (void)state;
    charley_text document = CHARLEY_TEXT("{\"name\\u0031\": [true, false, null, "
                                         "-12.5e+3, \"\\uD83E\\uDDB5\xE2\x82\xAC\"]}");
    for (size_t size = 0; size < document.size; size++)
        assert_int_equal(read_all(ch_view_part(document, 0, size), 4, NULL),
                         CHARLEY_E_SYNTAX);
    assert_int_equal(read_all(document, 4, NULL), CHARLEY_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults_are_refused_where_they_are),
        cmocka_unit_test(valid_documents_are_taken),
        cmocka_unit_test(tokens_come_in_order_with_their_text),
        cmocka_unit_test(depth_has_a_limit),
        cmocka_unit_test(objects_nest_to_the_limit_too),
        cmocka_unit_test(names_have_a_limit),
        cmocka_unit_test(each_repeated_name_is_found),
        cmocka_unit_test(names_made_to_collide_are_refused),
        cmocka_unit_test(long_documents_are_refused),
        cmocka_unit_test(escapes_are_resolved),
        cmocka_unit_test(skipping_reads_on_to_the_end),
        cmocka_unit_test(skipping_still_checks),
        cmocka_unit_test(the_wrong_kind_is_refused_in_its_place),
        cmocka_unit_test(cut_documents_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
