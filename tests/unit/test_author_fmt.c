/* test_author_fmt.c: the house form: nothing is lost, nothing changes twice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "author/author.h"
#include "base/view.h"

#include <stdio.h>
#include <string.h>

#define N_ROWS(rows) (sizeof(rows) / sizeof *(rows))

static void ignore_fault(void *user, const ch_fault *fault)
{
    (void)user;
    (void)fault;
}

/* One file of its own: references in it lead nowhere, which formatting does not ask. */
static ch_bookshelf *load(const ch_author_file *file)
{
    ch_bookshelf *shelf = NULL;
    charley_status status =
        ch_author_load_files(ch_author_heap(), file, 1, ignore_fault, NULL, &shelf);
    assert_true(status == CHARLEY_OK || status == CHARLEY_E_DATA);
    return shelf;
}

static void assert_form(const char *path, charley_text text, charley_text wanted)
{
    ch_author_file file = {ch_view(path), text};
    ch_bookshelf *shelf = load(&file);
    charley_text form;
    charley_error error = {0};
    if (ch_author_fmt(shelf, 0, &form, &error) != CHARLEY_OK)
        fail_msg("%s: %s", path, error.text);
    if (!ch_view_equal(form, wanted))
        fail_msg("%s became\n%.*s", path, (int)form.size, form.bytes);
    ch_author_free(shelf);
}

/* ---- the form ---- */

static void test_the_form(void **state)
{
    (void)state;
    static const struct {
        const char *path, *text, *form;
    } ROWS[] = {
        /* Entries stand one a line, keys in the order of the format. */
        {"tests.yaml", "tests: [{source: [x], id: a}, {id: b}]\n",
         "tests:\n  - {id: a, source: [x]}\n  - {id: b}\n"},
        /* Mappings that fit go on one line, whatever the nesting. */
        {"modifiers.yaml",
         "conflicts:\n- when:\n    all:\n    - a\n    - {unit: a, at_least: 3, number: "
         "n}\n"
         "  id: odd\n",
         "conflicts:\n  - {id: odd, when: {all: [a, {number: n, at_least: 3, unit: "
         "a}]}}\n"},
        /* Quotes stay; plain text that flow style would break gets them. */
        {"tests.yaml", "tests:\n  - id: \"a\"\n    at: 'it''s'\n    note: x [y], z\n",
         "tests:\n  - {id: \"a\", at: \"it's\", note: \"x [y], z\"}\n"},
        /* Words stand one a line and keep their order. */
        {"words/en/x.yaml", "words: {b: \"x\", a: [\"1\", \"2\"]}\n",
         "words:\n  b: \"x\"\n  a: [\"1\", \"2\"]\n"},
        /* Comments go with what follows, or with what they stand behind. */
        {"tests.yaml",
         "#top\n\n\ntests:   #list\n# first\n  - {id: a} # one\n\n  # second\n  - id: "
         "b #two\n"
         "    # why\n    at: x\n# end\n",
         "#top\n\ntests:  #list\n  # first\n  - {id: a}  # one\n\n  # second\n"
         "  - id: b  #two\n    # why\n    at: x\n# end\n"},
        /* A # inside a scalar is no comment. */
        {"tests.yaml", "tests:\n  - {id: a, at: \"x # y\", note: z#1}\n",
         "tests:\n  - {id: a, at: \"x # y\", note: z#1}\n"},
        {"words/en/x.yaml",
         "words:\n  a: >- # folded\n    one\n    two\n  b: |-\n    x\n    y\n",
         "words:\n  a: \"one two\"  # folded\n  b: \"x\\ny\"\n"},
        /* Characters, not bytes, are counted and kept. */
        {"words/en/x.yaml", "words:\n  a: 'é \"ü\" \\'\n",
         "words:\n  a: \"é \\\"ü\\\" \\\\\"\n"},
        {"tests.yaml", "tests: []\n", "tests: []\n"},
        /* What stands between a brace or dash and the first key goes before the dash.
         */
        {"tests.yaml",
         "tests:\n  - {  # why\n     id: a}\n  - at: x\n    # b\n    id: b\n",
         "tests:\n  - {id: a}  # why\n  # b\n  - {id: b, at: x}\n"},
    };
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        assert_form(ROWS[i].path, ch_view(ROWS[i].text), ch_view(ROWS[i].form));
        assert_form(ROWS[i].path, ch_view(ROWS[i].form), ch_view(ROWS[i].form));
    }
}

/* 110 columns: a line that fits exactly, and one character more. */
static void test_the_width(void **state)
{
    (void)state;
    for (int size = 109; size <= 111; size++) {
        /* "  a: " and two quotes take 7 columns. */
        char word[128] = "";
        memset(word, 'x', (size_t)size - 7 - 4);
        char text[256], form[256];
        snprintf(text, sizeof text, "words:\n  a: \"one %s\"\n", word);
        snprintf(form, sizeof form,
                 size <= 110 ? "words:\n  a: \"one %s\"\n"
                             : "words:\n  a: >-\n    one %s\n",
                 word);
        assert_form("words/en/x.yaml", ch_view(text), ch_view(form));
        assert_form("words/en/x.yaml", ch_view(form), ch_view(form));
    }
}

/* ---- every file there is ---- */

static void check_folder(const char *folder)
{
    ch_bookshelf *shelf = NULL;
    charley_status status = ch_author_load(folder, ignore_fault, NULL, &shelf);
    assert_true(status == CHARLEY_OK || status == CHARLEY_E_DATA);
    for (size_t i = 0; i < ch_author_n_files(shelf); i++) {
        charley_text form;
        charley_error error = {0};
        const ch_author_file *file = ch_author_file_at(shelf, i);
        charley_status formatted = ch_author_fmt(shelf, i, &form, &error);
        if (formatted != CHARLEY_OK)
            fail_msg("%s: %s", file->path.bytes, error.text);
        assert_form(file->path.bytes, form, form);
    }
    assert_null(ch_author_file_at(shelf, ch_author_n_files(shelf)));
    ch_author_free(shelf);
}

static void test_all_files_have_one_form(void **state)
{
    (void)state;
    check_folder(CH_SOURCE_DIR "/tests/kb_good");
    check_folder(CH_SOURCE_DIR "/knowledge");
}

/* ---- refusals ---- */

static void test_refused_rather_than_lost(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        charley_status status;
    } ROWS[] = {
        {"tests:\n  - {id: a,\n     at: x\n    }  # behind a bracket\n",
         CHARLEY_E_DATA},
        {"tests:\n  - # before its item\n    id: a\n", CHARLEY_E_DATA},
        {"tests:\n  - - id: a\n", CHARLEY_E_DATA},
        {"{}\n", CHARLEY_E_DATA},
        {"tests: &a []\n", CHARLEY_E_DATA},
        {"tests: [\n", CHARLEY_E_DATA},
        {"- a\n", CHARLEY_E_DATA},
        {"tests: []\n", CHARLEY_OK},
    };
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        ch_author_file file = {CHARLEY_TEXT("tests.yaml"), ch_view(ROWS[i].text)};
        ch_bookshelf *shelf = load(&file);
        charley_text form;
        charley_error error = {0};
        assert_int_equal(ch_author_fmt(shelf, 0, &form, &error), ROWS[i].status);
        assert_int_equal(strlen(error.text) > 0, ROWS[i].status != CHARLEY_OK);
        assert_int_equal(ch_author_fmt(shelf, 1, &form, &error), CHARLEY_E_NOTFOUND);
        ch_author_free(shelf);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_form),
        cmocka_unit_test(test_the_width),
        cmocka_unit_test(test_all_files_have_one_form),
        cmocka_unit_test(test_refused_rather_than_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
