/* test_fail.c: filling the error record, cutting and all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/fail.h"

#include <stdlib.h>
#include <string.h>

#define N_ROWS(rows) (sizeof(rows) / sizeof *(rows))

static void the_sentence_is_formatted(void **state)
{
    (void)state;
    charley_error error;
    memset(&error, 0xFF, sizeof error);
    assert_int_equal(
        ch_fail(&error, CHARLEY_E_DATA, "%s has %u of %zu, 100%%", "it", 7U, (size_t)0),
        CHARLEY_E_DATA);
    assert_int_equal(error.status, CHARLEY_E_DATA);
    assert_string_equal(error.text, "it has 7 of 0, 100%");
    assert_string_equal(error.where, "");
    assert_string_equal(error.id, "");
    assert_int_equal(error.line, 0);
    assert_int_equal(error.column, 0);
    assert_int_equal(error.offset, 0);
    ch_fail(&error, CHARLEY_E_DATA, "%zu%u", SIZE_MAX, UINT32_MAX);
    assert_string_equal(error.text, sizeof(size_t) == 8
                                        ? "184467440737095516154294967295"
                                        : "42949672954294967295");
}

static void no_record_is_allowed(void **state)
{
    (void)state;
    assert_int_equal(ch_fail(NULL, CHARLEY_E_IO, "%s", "x"), CHARLEY_E_IO);
    assert_int_equal(ch_fail_about(NULL, CHARLEY_E_IO, CHARLEY_TEXT("id"), "x"),
                     CHARLEY_E_IO);
    ch_fail_at(NULL, "file", 1, 2, 3);
    ch_fail_append(NULL, CHARLEY_TEXT("x"));
}

static void place_and_id_are_added(void **state)
{
    (void)state;
    charley_error error;
    ch_fail_about(&error, CHARLEY_E_NOTFOUND, CHARLEY_TEXT("calf_pain"), "no such %s",
                  "finding");
    ch_fail_at(&error, "case.json", 3, 14, 59);
    assert_string_equal(error.id, "calf_pain");
    assert_string_equal(error.where, "case.json");
    assert_int_equal(error.line, 3);
    assert_int_equal(error.column, 14);
    assert_int_equal(error.offset, 59);
    assert_string_equal(error.text, "no such finding");
    ch_fail_append(&error, CHARLEY_TEXT("; did you mean calf_pains?"));
    assert_string_equal(error.text, "no such finding; did you mean calf_pains?");
    ch_fail_append(&error, (charley_text){NULL, 0});
    assert_string_equal(error.text, "no such finding; did you mean calf_pains?");
}

/* A view of just so many bytes, in a block of its own: the sanitizer sees one more. */
static charley_text exact_view(const char *unit, size_t size)
{
    char *bytes = malloc(size);
    assert_non_null(bytes);
    for (size_t i = 0; i < size; i++)
        bytes[i] = unit[i % strlen(unit)];
    return (charley_text){bytes, size};
}

static void long_ids_are_cut_to_the_field(void **state)
{
    (void)state;
    const size_t room = sizeof((charley_error *)NULL)->id - 1;
    for (size_t size = room - 1; size <= room + 2; size++) {
        charley_text id = exact_view("a", size);
        charley_error error;
        ch_fail_about(&error, CHARLEY_E_DATA, id, "x");
        assert_int_equal(strlen(error.id), size < room ? size : room);
        free((void *)(uintptr_t)id.bytes);
    }
}

static void long_sentences_are_cut_to_the_field(void **state)
{
    (void)state;
    const size_t room = sizeof((charley_error *)NULL)->text - 1;
    for (size_t size = room - 1; size <= room + 2; size++) {
        charley_text more = exact_view("b", size);
        charley_error error;
        ch_fail(&error, CHARLEY_E_DATA, "%s", "");
        ch_fail_append(&error, more);
        assert_int_equal(strlen(error.text), size < room ? size : room);
        ch_fail_append(&error, more);
        assert_int_equal(strlen(error.text), room);
        free((void *)(uintptr_t)more.bytes);
    }
}

/* Characters of two, three and four bytes at every distance from the end of the field.
 */
static void characters_are_never_cut_in_two(void **state)
{
    (void)state;
    static const char *const characters[] = {"\xC3\xA9", "\xE2\x82\xAC",
                                             "\xF0\x9F\xA6\xB5"};
    const size_t room = sizeof((charley_error *)NULL)->id - 1;
    for (size_t i = 0; i < N_ROWS(characters); i++) {
        size_t n = strlen(characters[i]);
        for (size_t lead = 0; lead < 4; lead++) {
            char id[128] = "xxxx";
            size_t size = lead;
            for (; size + n < sizeof id; size += n)
                memcpy(id + size, characters[i], n);
            charley_error error;
            ch_fail_about(&error, CHARLEY_E_DATA, (charley_text){id, size}, "x");
            assert_int_equal(strlen(error.id), lead + (room - lead) / n * n);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sentence_is_formatted),
        cmocka_unit_test(no_record_is_allowed),
        cmocka_unit_test(place_and_id_are_added),
        cmocka_unit_test(long_ids_are_cut_to_the_field),
        cmocka_unit_test(long_sentences_are_cut_to_the_field),
        cmocka_unit_test(characters_are_never_cut_in_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
