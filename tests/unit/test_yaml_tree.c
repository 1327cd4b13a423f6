/* test_yaml_tree.c: plain YAML becomes a tree with places; everything else is refused
 * where it stands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "author/fault.h"
#include "author/yaml_tree.h"
#include "base/view.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N_ROWS(rows) (sizeof(rows) / sizeof *(rows))

/* The last fault reported, as "LINE:COLUMN KB-0NN", and how many there were. */
typedef struct fault_log {
    char last[64];
    unsigned n;
} fault_log;

static void note_fault(void *user, const ch_fault *fault)
{
    fault_log *log = user;
    snprintf(log->last, sizeof log->last, "%u:%u %s", fault->line, fault->column,
             fault->lint);
    log->n++;
}

typedef struct reading {
    ch_pool pool;
    fault_log log;
    ch_node *root;
    charley_status status;
} reading;

static void read_bytes(reading *r, charley_text bytes)
{
    *r = (reading){0};
    ch_pool_init(&r->pool, ch_author_heap());
    ch_desk desk = {.report = note_fault, .user = &r->log};
    r->status = ch_yaml_read(&r->pool, &desk, "test.yaml", bytes, &r->root);
}

static void read_text(reading *r, const char *text)
{
    read_bytes(r, ch_view(text));
}

static void end(reading *r)
{
    ch_pool_free(&r->pool);
}

static void assert_text(const ch_node *node, const char *text)
{
    assert_non_null(node);
    assert_int_equal(node->kind, CH_NODE_SCALAR);
    assert_true(ch_view_is(node->text, text));
}

/* ---- what is read ---- */

static void test_a_tree_keeps_order_style_and_places(void **state)
{
    (void)state;
    reading r;
    read_text(&r, "b: no\n"
                  "a: [1.10, \"two\", 'three']\n"
                  "c:\n"
                  "  - {x: é, y: z}\n"
                  "d: >-\n"
                  "  folded\n"
                  "  text\n");
    assert_int_equal(r.status, CHARLEY_OK);
    assert_int_equal(r.root->kind, CH_NODE_MAPPING);
    assert_int_equal(r.root->n, 4);
    assert_text(r.root->first->key, "b");
    assert_text(r.root->first, "no");
    const ch_node *list = ch_node_get(r.root, "a");
    assert_int_equal(list->n, 3);
    assert_text(list->first, "1.10");
    assert_int_equal(list->first->style, CH_STYLE_PLAIN);
    assert_int_equal(list->first->next->style, CH_STYLE_QUOTED);
    assert_int_equal(list->last->style, CH_STYLE_QUOTED);
    const ch_node *y = ch_node_get(ch_node_get(r.root, "c")->first, "y");
    assert_text(y, "z");
    assert_int_equal(y->line, 4);
    assert_int_equal(y->column, 15); /* characters, not bytes: é is one */
    assert_text(ch_node_get(r.root, "d"), "folded text");
    assert_int_equal(ch_node_get(r.root, "d")->style, CH_STYLE_BLOCK);
    assert_null(ch_node_get(r.root, "e"));
    end(&r);
}

static void test_equal_trees(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        bool are_equal;
    } ROWS[] = {
        {"a: 1\nb: [x, y]\n", "{b: [x, \"y\"], a: '1'}\n", true},
        {"a: 1\n", "a: 2\n", false},
        {"a: [x, y]\n", "a: [y, x]\n", false},
        {"a: 1\n", "a: 1\nb: 2\n", false},
        {"a: 1\nb: 1\n", "a: 1\nc: 1\n", false},
        {"a: [x]\n", "a: x\n", false},
    };
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        reading a, b;
        read_text(&a, ROWS[i].a);
        read_text(&b, ROWS[i].b);
        assert_int_equal(ch_node_equal(a.root, b.root), ROWS[i].are_equal);
        end(&a);
        end(&b);
    }
}

/* ---- what is refused ---- */

static void test_faults_are_reported_where_they_stand(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *last;
        unsigned n;
        bool has_tree;
    } ROWS[] = {
        {"", "0:0 KB-003", 1, false},
        {"# only a comment\n", "0:0 KB-003", 1, false},
        {"a: [1, 2\nb: 3\n", "2:2 KB-003", 1, false},
        {"a: {b: >-\n  x}\n", "1:8 KB-003", 1, false},
        {"a: &x 1\n", "1:4 KB-004", 1, true},
        {"a: &x 1\nb: *x\n", "2:4 KB-004", 2, true},
        {"? *x\n: 1\n", "1:3 KB-004", 1, true},
        {"a: !!int 1\n", "1:4 KB-005", 1, true},
        {"a: !own [1]\n", "1:4 KB-005", 1, true},
        {"a: {<<: {b: 1}}\n", "1:5 KB-006", 1, true},
        {"a: 1\n---\nb: 2\n", "2:1 KB-007", 1, true},
        {"[a, b]: 1\n", "1:1 KB-009", 1, true},
        {"{a: 1}: 1\nb: 2\n", "1:1 KB-009", 1, true},
        {"a: 1\nb: 2\na: 3\n", "3:1 KB-010", 1, true},
        {"a: {b: 1, b: 2}\na: 3\n", "2:1 KB-010", 2, true},
        {"a: \"\x01\"\n", "1:5 KB-002", 1, false},
        {"\xEF\xBB\xBF"
         "a: 1\n",
         "1:1 KB-002", 1, false},
        {"a: 1\r\n", "1:5 KB-002", 1, false},
        {"a: 1\n# \xC2\x85", "2:3 KB-002", 1, false},
        {"a: 1\n# \xE2\x80\xA8", "2:3 KB-002", 1, false},
        {"a: \"\xE2\x80\xA9\"", "1:5 KB-002", 1, false},
        {"a: b\n\xC3\xA9\xFF: 1\n", "2:2 KB-002", 1, false},
    };
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        reading r;
        read_text(&r, ROWS[i].text);
        assert_int_equal(r.status, CHARLEY_E_DATA);
        assert_string_equal(r.log.last, ROWS[i].last);
        assert_int_equal(r.log.n, ROWS[i].n);
        assert_int_equal(r.root != NULL, ROWS[i].has_tree);
        end(&r);
    }
}

static void test_a_nul_byte_is_refused(void **state)
{
    (void)state;
    reading r;
    read_bytes(&r, (charley_text){"a: b\0c\n", 7});
    assert_string_equal(r.log.last, "1:5 KB-002");
    assert_null(r.root);
    end(&r);
}

static void test_quoted_merge_sign_is_a_plain_key(void **state)
{
    (void)state;
    reading r;
    read_text(&r, "\"<<\": 1\n");
    assert_int_equal(r.status, CHARLEY_OK);
    assert_text(ch_node_get(r.root, "<<"), "1");
    end(&r);
}

static void test_the_first_of_two_equal_keys_stays(void **state)
{
    (void)state;
    reading r;
    read_text(&r, "a: 1\na: 2\n");
    assert_int_equal(r.root->n, 1);
    assert_text(r.root->first, "1");
    end(&r);
}

/* ---- limits: below, at, above ---- */

static charley_text nested(char *text, size_t depth)
{
    memset(text, '[', depth);
    memset(text + depth, ']', depth);
    return (charley_text){text, 2 * depth};
}

static void test_depth(void **state)
{
    (void)state;
    char text[2 * (CH_MAX_YAML_DEPTH + 1)];
    for (size_t depth = CH_MAX_YAML_DEPTH - 1; depth <= CH_MAX_YAML_DEPTH + 1;
         depth++) {
        reading r;
        bool fits = depth <= CH_MAX_YAML_DEPTH;
        read_bytes(&r, nested(text, depth));
        assert_int_equal(r.status, fits ? CHARLEY_OK : CHARLEY_E_DATA);
        assert_string_equal(r.log.last, fits ? "" : "1:33 KB-008");
        assert_int_equal(r.root != NULL, fits);
        end(&r);
    }
}

static void test_a_bomb_of_brackets_ends_soon(void **state)
{
    (void)state;
    enum { DEPTH = 100000 };
    char *text = malloc(2 * DEPTH);
    assert_non_null(text);
    reading r;
    read_bytes(&r, nested(text, DEPTH));
    assert_string_equal(r.log.last, "1:33 KB-008");
    end(&r);
    free(text);
}

/* A list of n scalars: n + 1 nodes. */
static charley_text many_items(char *text, size_t n)
{
    size_t size = 0;
    for (size_t i = 0; i < n; i++) {
        memcpy(text + size, "- x\n", 4);
        size += 4;
    }
    return (charley_text){text, size};
}

static void test_number_of_nodes(void **state)
{
    (void)state;
    char *text = malloc((size_t)4 * CH_MAX_YAML_NODES);
    assert_non_null(text);
    for (size_t n = CH_MAX_YAML_NODES - 1; n <= CH_MAX_YAML_NODES + 1; n++) {
        reading r;
        bool fits = n <= CH_MAX_YAML_NODES;
        read_bytes(&r, many_items(text, n - 1));
        assert_int_equal(r.status, fits ? CHARLEY_OK : CHARLEY_E_DATA);
        assert_int_equal(r.root != NULL, fits);
        end(&r);
    }
    free(text);
}

static void test_number_of_bytes(void **state)
{
    (void)state;
    size_t most = CH_MAX_YAML_BYTES;
    char *text = malloc(most + 1);
    assert_non_null(text);
    memset(text, '#', most + 1);
    memcpy(text, "a: b\n", 5);
    for (size_t size = most - 1; size <= most + 1; size++) {
        reading r;
        read_bytes(&r, (charley_text){text, size});
        assert_int_equal(r.status, size <= most ? CHARLEY_OK : CHARLEY_E_DATA);
        end(&r);
    }
    free(text);
}

/* Many keys are looked up in a table, few by walking: both must find the second. */
static void test_duplicates_among_few_and_many_keys(void **state)
{
    (void)state;
    for (unsigned n = 1; n < 100; n++) {
        char text[2000];
        size_t size = 0;
        for (unsigned i = 0; i < n; i++)
            size += (size_t)snprintf(text + size, sizeof text - size, "k%u: v\n", i);
        size += (size_t)snprintf(text + size, sizeof text - size, "k%u: w\n", n / 2);
        char place[64];
        snprintf(place, sizeof place, "%u:1 KB-010", n + 1);
        reading r;
        read_bytes(&r, (charley_text){text, size});
        assert_string_equal(r.log.last, place);
        assert_int_equal(r.root->n, n);
        end(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_tree_keeps_order_style_and_places),
        cmocka_unit_test(test_equal_trees),
        cmocka_unit_test(test_faults_are_reported_where_they_stand),
        cmocka_unit_test(test_a_nul_byte_is_refused),
        cmocka_unit_test(test_quoted_merge_sign_is_a_plain_key),
        cmocka_unit_test(test_the_first_of_two_equal_keys_stays),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_a_bomb_of_brackets_ends_soon),
        cmocka_unit_test(test_number_of_nodes),
        cmocka_unit_test(test_number_of_bytes),
        cmocka_unit_test(test_duplicates_among_few_and_many_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
