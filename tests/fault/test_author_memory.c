/* test_author_memory.c: the Nth allocation fails, for every N until all goes well. Each
 * call must return E_MEMORY, hand out nothing, and leak nothing (run under ASan).
 *
 * The pool is told to take memory for each request alone, so that each request may
 * fail. The good bookshelf makes some ten thousand of them: every place in the code
 * that asks does so many times, and a stride without a common divisor with the loops
 * meets them all. One small file is gone through completely. Memory that libyaml takes
 * for itself is not counted.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "author/directory.h"
#include "author/memory.h"
#include "base/view.h"

#include <stdlib.h>

#define GOOD CH_SOURCE_DIR "/tests/kb_good"

/* An allocator that says no after so many requests. */
typedef struct budget {
    size_t n_left;
    size_t n_live;
    bool is_spent;
} budget;

static void *resize_within(void *user, void *block, size_t size)
{
    budget *b = user;
    if (size == 0) {
        b->n_live -= block != NULL;
        free(block);
        return NULL;
    }
    if (b->n_left == 0) {
        b->is_spent = true;
        return NULL;
    }
    b->n_left--;
    void *larger = realloc(block, size);
    b->n_live += block == NULL && larger != NULL;
    return larger;
}

static void refuse_fault(void *user, const ch_fault *fault)
{
    (void)user;
    fail_msg("%s:%u: %s", fault->file, fault->line, fault->text);
}

static void ignore_fault(void *user, const ch_fault *fault)
{
    (void)user;
    (void)fault;
}

/* Loads, checks, builds and formats; stops at the first call that fails. */
static charley_status work(ch_allocator allocator, const ch_vector *files)
{
    ch_bookshelf *shelf = NULL;
    const void *image = NULL;
    size_t size = 0;
    charley_text text = {NULL, 0};
    charley_status status =
        ch_author_load_files(allocator, CH_AT(*files, 0, ch_author_file), files->n,
                             refuse_fault, NULL, &shelf);
    assert_int_equal(shelf != NULL, status == CHARLEY_OK);
    if (status == CHARLEY_OK)
        status = ch_author_check(shelf);
    if (status == CHARLEY_OK) {
        status = ch_author_build(shelf, &image, &size);
        assert_int_equal(image != NULL, status == CHARLEY_OK);
    }
    for (size_t i = 0; status == CHARLEY_OK && i < files->n; i++) {
        text = (charley_text){NULL, 0};
        status = ch_author_fmt(shelf, i, &text, NULL);
        assert_int_equal(text.bytes != NULL, status == CHARLEY_OK);
    }
    ch_author_free(shelf);
    return status;
}

/* Lets request `n` fail; false when there was none and all went well. */
static bool fails_at(size_t n, const ch_vector *files)
{
    budget b = {.n_left = n};
    charley_status status = work((ch_allocator){resize_within, &b, 1}, files);
    assert_int_equal(b.n_live, 0);
    assert_int_equal(status, b.is_spent ? CHARLEY_E_MEMORY : CHARLEY_OK);
    return b.is_spent;
}

static void read_good(ch_pool *pool, ch_vector *files)
{
    ch_desk desk = {.report = refuse_fault};
    ch_pool_init(pool, ch_author_heap());
    *files = CH_VECTOR(ch_author_file);
    assert_int_equal(ch_directory_read(pool, &desk, GOOD, files), CHARLEY_OK);
}

static void test_the_nth_allocation_fails(void **state)
{
    (void)state;
    enum { STRIDE = 53 };
    ch_pool pool;
    ch_vector files;
    read_good(&pool, &files);
    size_t n = 0;
    while (fails_at(n, &files))
        n += STRIDE;
    assert_in_range(n, 5000, 100000);
    ch_pool_free(&pool);
}

/* Loading and formatting one file, each request in turn. */
static charley_status work_on_one(ch_allocator allocator, const ch_author_file *file)
{
    ch_bookshelf *shelf = NULL;
    charley_text text;
    charley_status status =
        ch_author_load_files(allocator, file, 1, ignore_fault, NULL, &shelf);
    if (status == CHARLEY_E_MEMORY)
        return status;
    assert_int_equal(status, CHARLEY_E_DATA); /* meta.yaml is missing */
    status = ch_author_check(shelf);
    if (status != CHARLEY_E_MEMORY)
        status = ch_author_fmt(shelf, 0, &text, NULL);
    ch_author_free(shelf);
    return status;
}

static void test_every_allocation_of_one_file_fails(void **state)
{
    (void)state;
    const ch_author_file FILE_OF_ALL = {
        CHARLEY_TEXT("all.yaml"),
        CHARLEY_TEXT(
            "# first\n"
            "findings:\n"
            "  - {id: a, kind: yes_no, who: look, not_if: {not: {all: [b, c]}}}\n"
            "  - id: b  # second\n"
            "    kind: one_of\n"
            "    who: look\n"
            "    options: [{id: x}, {id: y}]\n"
            "clusters: [{id: c, findings: [a, \"b=x\", \"b=z\"]}]\n")};
    charley_status status = CHARLEY_E_MEMORY;
    for (size_t n = 0; status != CHARLEY_OK; n++) {
        budget b = {.n_left = n};
        status = work_on_one((ch_allocator){resize_within, &b, 1}, &FILE_OF_ALL);
        assert_int_equal(b.n_live, 0);
        assert_int_equal(status, b.is_spent ? CHARLEY_E_MEMORY : CHARLEY_OK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_nth_allocation_fails),
        cmocka_unit_test(test_every_allocation_of_one_file_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
