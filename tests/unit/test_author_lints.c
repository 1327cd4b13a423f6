/* test_author_lints.c: every lint has a failing bookshelf, and reports its place.
 *
 * tests/kb_bad/KB-0NN-name holds the files that differ from tests/kb_good, and
 * `expect`: the complete list of faults as "file:line:column: KB-0NN", one a line; a
 * line "without FILE" takes a file of kb_good away.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "author/directory.h"
#include "author/memory.h"
#include "base/view.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GOOD CH_SOURCE_DIR "/tests/kb_good"
#define BAD  CH_SOURCE_DIR "/tests/kb_bad"

typedef struct fault_list {
    char text[8192];
    size_t size;
    ch_severity severity; /* of the last */
} fault_list;

static void note_fault(void *user, const ch_fault *fault)
{
    fault_list *list = user;
    size_t room = sizeof list->text - list->size;
    int size = snprintf(list->text + list->size, room, "%s:%u:%u: %s\n", fault->file,
                        fault->line, fault->column, fault->lint);
    assert_in_range(size, 1, room - 1);
    list->size += (size_t)size;
    list->severity = fault->severity;
    assert_true(strlen(fault->text) > 0);
}

/* ---- a bad bookshelf: the good one with some files replaced ---- */

static void read_expectation(const char *folder, char *text, size_t capacity)
{
    char path[512];
    snprintf(path, sizeof path, "%s/expect", folder);
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("%s is missing", path);
    size_t size = fread(text, 1, capacity - 1, file);
    fclose(file);
    text[size] = '\0';
}

static const ch_author_file *find_file(const ch_vector *files, charley_text path)
{
    for (uint32_t i = 0; i < files->n; i++)
        if (ch_view_equal(CH_AT(*files, i, ch_author_file)->path, path))
            return CH_AT(*files, i, ch_author_file);
    return NULL;
}

static void add_file(ch_pool *pool, ch_vector *files, ch_author_file file)
{
    ch_author_file *added = ch_vector_add(pool, files);
    assert_non_null(added);
    *added = file;
}

static int compare_paths(const void *a, const void *b)
{
    return ch_view_compare(((const ch_author_file *)a)->path,
                           ((const ch_author_file *)b)->path);
}

/* Files of kb_good, those of `bad` in their place or beside them, without `removed`. */
static void overlay(ch_pool *pool, const ch_vector *good, const ch_vector *bad,
                    charley_text removed, ch_vector *files)
{
    *files = CH_VECTOR(ch_author_file);
    for (uint32_t i = 0; i < good->n; i++) {
        const ch_author_file *file = CH_AT(*good, i, ch_author_file);
        if (!find_file(bad, file->path) && !ch_view_equal(file->path, removed))
            add_file(pool, files, *file);
    }
    for (uint32_t i = 0; i < bad->n; i++)
        add_file(pool, files, *CH_AT(*bad, i, ch_author_file));
    qsort(files->items, files->n, files->stride, compare_paths);
}

static void read_folder(ch_pool *pool, const char *folder, ch_vector *files)
{
    fault_list faults = {0};
    ch_desk desk = {.report = note_fault, .user = &faults};
    *files = CH_VECTOR(ch_author_file);
    assert_int_equal(ch_directory_read(pool, &desk, folder, files), CHARLEY_OK);
    assert_int_equal(faults.size, 0);
}

static void check_files(const ch_vector *files, fault_list *faults)
{
    ch_bookshelf *shelf = NULL;
    charley_status status =
        ch_author_load_files(ch_author_heap(), CH_AT(*files, 0, ch_author_file),
                             files->n, note_fault, faults, &shelf);
    assert_true(status == CHARLEY_OK || status == CHARLEY_E_DATA);
    status = ch_author_check(shelf);
    assert_int_equal(status, faults->size && faults->severity == CH_ERROR
                                 ? CHARLEY_E_DATA
                                 : CHARLEY_OK);
    const void *image = NULL;
    size_t size = 0;
    assert_int_equal(ch_author_build(shelf, &image, &size),
                     status == CHARLEY_OK ? CHARLEY_OK : CHARLEY_E_MISUSE);
    assert_int_equal(image != NULL, status == CHARLEY_OK);
    ch_author_free(shelf);
}

static void check_fixture(const ch_lint_info *lint)
{
    char folder[256];
    char expected[8192];
    snprintf(folder, sizeof folder, "%s/%s-%s", BAD, lint->lint, lint->name);
    read_expectation(folder, expected, sizeof expected);

    ch_pool pool;
    ch_vector good, bad, files;
    ch_pool_init(&pool, ch_author_heap());
    read_folder(&pool, GOOD, &good);
    read_folder(&pool, folder, &bad);
    const char *faults_expected = expected;
    charley_text removed = {NULL, 0};
    if (ch_view_starts_with(ch_view(expected), "without ")) {
        removed = ch_view(expected + strlen("without "));
        removed.size = ch_view_find(removed, '\n');
        faults_expected = removed.bytes + removed.size + 1;
    }
    overlay(&pool, &good, &bad, removed, &files);

    fault_list faults = {0};
    check_files(&files, &faults);
    assert_string_equal(faults.text, faults_expected);
    assert_non_null(strstr(faults.text, lint->lint));
    assert_int_equal(faults.severity, lint->severity);
    ch_pool_free(&pool);
}

/* ---- tests ---- */

static void test_the_good_bookshelf_has_no_fault(void **state)
{
    (void)state;
    fault_list faults = {0};
    ch_bookshelf *shelf = NULL;
    assert_int_equal(ch_author_load(GOOD, note_fault, &faults, &shelf), CHARLEY_OK);
    assert_int_equal(ch_author_check(shelf), CHARLEY_OK);
    assert_string_equal(faults.text, "");
    ch_author_free(shelf);
}

static void test_every_lint_has_a_failing_bookshelf(void **state)
{
    (void)state;
    size_t n = 0;
    for (; ch_author_lint(n); n++) {
        const ch_lint_info *lint = ch_author_lint(n);
        char number[16];
        snprintf(number, sizeof number, "KB-%03zu", n + 1);
        assert_string_equal(lint->lint, number);
        assert_true(strlen(lint->name) > 0 && strlen(lint->explanation) > 0);
        check_fixture(lint);
    }
    assert_int_equal(n, 62);
}

static void test_a_folder_that_is_not_there(void **state)
{
    (void)state;
    fault_list faults = {0};
    ch_bookshelf *shelf = NULL;
    assert_int_equal(
        ch_author_load(GOOD "/no/such/folder", note_fault, &faults, &shelf),
        CHARLEY_E_DATA);
    assert_non_null(strstr(faults.text, "KB-001"));
    assert_int_equal(ch_author_check(shelf), CHARLEY_E_DATA);
    ch_author_free(shelf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_good_bookshelf_has_no_fault),
        cmocka_unit_test(test_every_lint_has_a_failing_bookshelf),
        cmocka_unit_test(test_a_folder_that_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
