/* test_arena.c: working memory is aligned, counted, zeroed and never handed out twice.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/arena.h"

#include <stdbool.h>
#include <string.h>

enum { SIZE = 1024 };

static _Alignas(64) unsigned char block[SIZE + 64];

static void everything_is_aligned_and_apart(void **state)
{
    (void)state;
    for (size_t shift = 0; shift < 64; shift++) {
        ch_arena arena;
        ch_arena_init(&arena, block + shift, SIZE);
        unsigned char *before = NULL;
        for (size_t size = 1; size < 100; size += 33) {
            unsigned char *taken = ch_arena_take_raw(&arena, 1, size);
            assert_non_null(taken);
            assert_int_equal((uintptr_t)taken % 64, 0);
            assert_true(taken >= block + shift && taken + size <= block + shift + SIZE);
            assert_true(!before || taken >= before + size - 33);
            before = taken;
        }
    }
}

static void taken_memory_is_zeroed(void **state)
{
    (void)state;
    memset(block, 0xAA, sizeof block);
    ch_arena arena;
    ch_arena_init(&arena, block, SIZE);
    uint64_t *values = CH_TAKE(&arena, 10, uint64_t);
    assert_non_null(values);
    for (size_t i = 0; i < 10; i++)
        assert_true(values[i] == 0);
    unsigned char *raw = ch_arena_take_raw(&arena, 1, 1);
    assert_non_null(raw);
    assert_int_equal(*raw, 0xAA);
}

static void room_ends_exactly(void **state)
{
    (void)state;
    ch_arena arena;
    static const size_t sizes[] = {SIZE - 1, SIZE, SIZE + 1};
    for (size_t i = 0; i < 3; i++) {
        ch_arena_init(&arena, block, SIZE);
        assert_int_equal(ch_arena_take_raw(&arena, 1, sizes[i]) != NULL,
                         sizes[i] <= SIZE);
        assert_int_equal(arena.used, sizes[i] <= SIZE ? SIZE : 0);
    }
    ch_arena_init(&arena, block, SIZE);
    for (size_t i = 0; i < SIZE / 64; i++)
        assert_non_null(ch_arena_take_raw(&arena, 1, 64));
    assert_null(ch_arena_take_raw(&arena, 1, 1));
}

static void overflowing_products_are_refused(void **state)
{
    (void)state;
    ch_arena arena;
    ch_arena_init(&arena, block, SIZE);
    assert_null(ch_arena_take(&arena, SIZE_MAX, 2));
    assert_null(ch_arena_take(&arena, SIZE_MAX / 2 + 1, 2));
    assert_null(ch_arena_take(&arena, SIZE_MAX, 1));
    assert_null(ch_arena_take(&arena, 1, SIZE_MAX - 62));
    assert_int_equal(arena.used, 0);
}

static void mark_and_rewind(void **state)
{
    (void)state;
    ch_arena arena;
    ch_arena_init(&arena, block, SIZE);
    void *first = ch_arena_take_raw(&arena, 1, 100);
    size_t mark = ch_arena_mark(&arena);
    void *second = ch_arena_take_raw(&arena, 1, 300);
    ch_arena_rewind(&arena, mark);
    assert_ptr_equal(ch_arena_take_raw(&arena, 1, 10), second);
    assert_true(first != second);
    assert_int_equal(arena.used, 128 + 64);
    assert_int_equal(arena.peak, 128 + 320);
}

static void no_memory_gives_nothing(void **state)
{
    (void)state;
    ch_arena arena;
    ch_arena_init(&arena, NULL, 0);
    assert_null(ch_arena_take(&arena, 1, 1));
    ch_arena_init(&arena, NULL, SIZE);
    assert_null(ch_arena_take(&arena, 1, 1));
    /* Smaller than what alignment takes away. */
    ch_arena_init(&arena, block + 1, 62);
    assert_null(ch_arena_take(&arena, 1, 1));
    ch_arena_init(&arena, block + 1, 63 + 64);
    assert_non_null(ch_arena_take(&arena, 1, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_aligned_and_apart),
        cmocka_unit_test(taken_memory_is_zeroed),
        cmocka_unit_test(room_ends_exactly),
        cmocka_unit_test(overflowing_products_are_refused),
        cmocka_unit_test(mark_and_rewind),
        cmocka_unit_test(no_memory_gives_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
