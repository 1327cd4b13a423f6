/* test_claims.c: the search of claims holds for any bytes: it stays in its memory, its
 * hits are ordered and the same each time, and a shorter list is the start of a longer
 * one. What it finds for real questions is measured by tests/claims. */
#include "charley/charley.h"
#include "image_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 12, ROUNDS = 100, LONGEST = 200 };

/* The image, opened once: every test of the group finds it in its state. */
static int open_kb(void **state)
{
    size_t size;
    const void *image = read_image_file(&size);
    const charley_kb *kb;
    assert_int_equal(charley_kb_open(image, size, &kb, NULL), CHARLEY_OK);
    *state = (void *)(uintptr_t)kb;
    return 0;
}

static int close_kb(void **state)
{
    free(*state); /* opening is done in place */
    return 0;
}

static size_t find(const charley_kb *kb, charley_text question, charley_claim_hit *out,
                   size_t capacity)
{
    size_t n = 99;
    assert_int_equal(charley_claims_search(kb, question, out, capacity, &n, NULL),
                     CHARLEY_OK);
    assert_true(n <= capacity);
    return n;
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Letters, spaces, and now and then any byte at all. */
static charley_text make_question(uint32_t *seed, char *bytes)
{
    static const char USUAL[] = "  aeilnorstcampgv'\xc3\xa9\xe2\x80\x99";
    size_t size = next_random(seed) % LONGEST;
    for (size_t i = 0; i < size; i++)
        bytes[i] = next_random(seed) % 16 == 0
                       ? (char)next_random(seed)
                       : USUAL[next_random(seed) % (sizeof USUAL - 1)];
    return (charley_text){bytes, size};
}

static void check_question(const charley_kb *kb, charley_text question)
{
    charley_claim_hit hits[MOST], again[MOST], few[2];
    size_t n = find(kb, question, hits, MOST);
    assert_int_equal(find(kb, question, again, MOST), n);
    for (size_t i = 0; i < n; i++) {
        assert_true(hits[i].score > 0 && hits[i].score <= 1);
        assert_true(i == 0 || hits[i].score <= hits[i - 1].score);
        assert_true(hits[i].id.bytes == again[i].id.bytes);
    }
    size_t n_few = find(kb, question, few, 2);
    assert_int_equal(n_few, n < 2 ? n : 2);
    for (size_t i = 0; i < n_few; i++)
        assert_true(few[i].id.bytes == hits[i].id.bytes);
    assert_int_equal(find(kb, question, NULL, 0), 0);
}

static void test_any_bytes(void **state)
{
    const charley_kb *kb = *state;
    uint32_t seed = 20260101;
    for (int round = 0; round < ROUNDS; round++) {
        /* Its own block, so that a sanitizer sees a read beyond the end. */
        char bytes[LONGEST];
        charley_text question = make_question(&seed, bytes);
        char *block = malloc(question.size + 1);
        memcpy(block, bytes, question.size);
        question.bytes = realloc(block, question.size ? question.size : 1);
        check_question(kb, question);
        free((void *)(uintptr_t)question.bytes);
    }
}

static charley_text best(const charley_kb *kb, charley_text question)
{
    charley_claim_hit hit = {{"", 0}, 0};
    find(kb, question, &hit, 1);
    return hit.id;
}

static void test_spelling_does_not_matter(void **state)
{
    const charley_kb *kb = *state;
    static const char *const SAME[] = {"magnesium", "MAGNESIUM?!",
                                       "m\xc3\xa1gn\xc3\xa9sium", "magnesum",
                                       "the magnesiums"};
    charley_text wanted = best(kb, (charley_text){SAME[0], strlen(SAME[0])});
    assert_true(wanted.size > 0);
    for (size_t i = 1; i < sizeof SAME / sizeof SAME[0]; i++)
        assert_true(best(kb, (charley_text){SAME[i], strlen(SAME[i])}).bytes ==
                    wanted.bytes);
}

static void test_nothing_is_found_for_nothing(void **state)
{
    const charley_kb *kb = *state;
    assert_int_equal(best(kb, CHARLEY_TEXT("")).size, 0);
    assert_int_equal(best(kb, CHARLEY_TEXT("the and of")).size, 0);
    assert_int_equal(best(kb, CHARLEY_TEXT("xyzzy qwertzuiop")).size, 0);
}

static void test_misuse_is_refused(void **state)
{
    size_t n = 7;
    assert_int_equal(
        charley_claims_search(*state, CHARLEY_TEXT("x"), NULL, 3, &n, NULL),
        CHARLEY_E_MISUSE);
    assert_int_equal(n, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any_bytes),
        cmocka_unit_test(test_spelling_does_not_matter),
        cmocka_unit_test(test_nothing_is_found_for_nothing),
        cmocka_unit_test(test_misuse_is_refused),
    };
    return cmocka_run_group_tests(tests, open_kb, close_kb);
}
