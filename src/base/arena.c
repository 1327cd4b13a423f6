/* arena.c: see arena.h. */
#include "base/arena.h"

#include <string.h>

enum { ALIGNMENT = 64 };

void ch_arena_init(ch_arena *arena, void *memory, size_t size)
{
    uintptr_t start = (uintptr_t)memory;
    uintptr_t aligned = (start + ALIGNMENT - 1) & ~(uintptr_t)(ALIGNMENT - 1);
    size_t lost = (size_t)(aligned - start);
    *arena = (ch_arena){0};
    if (memory && lost <= size) {
        arena->base = (unsigned char *)memory + lost;
        arena->size = size - lost;
    }
}

void *ch_arena_take_raw(ch_arena *arena, size_t count, size_t size)
{
    if (!arena->base || (size && count > SIZE_MAX / size))
        return NULL;
    size_t bytes = count * size;
    if (bytes > SIZE_MAX - ALIGNMENT)
        return NULL;
    bytes = (bytes + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (bytes > SIZE_MAX - arena->used)
        return NULL;
    size_t wanted = arena->used + bytes;
    if (wanted > arena->peak)
        arena->peak = wanted;
    if (wanted > arena->size)
        return NULL;
    void *taken = arena->base + arena->used;
    arena->used = wanted;
    return taken;
}

void *ch_arena_take(ch_arena *arena, size_t count, size_t size)
{
    void *taken = ch_arena_take_raw(arena, count, size);
    if (taken)
        memset(taken, 0, count * size);
    return taken;
}
