/* arena.h: working memory handed out from one block the caller gave.
 *
 * Three lifetimes exist in the engine: image, session, scratch. Scratch is an arena
 * that a call marks on entry and rewinds before it returns.
 */
#ifndef CH_BASE_ARENA_H
#define CH_BASE_ARENA_H

#include <stddef.h>
#include <stdint.h>

typedef struct ch_arena {
    unsigned char *base;
    size_t size;
    size_t used;
    size_t peak; /* most ever wanted, had or not: what a size function may be checked
                    against, and how much more a take that failed would have needed */
} ch_arena;

/* Takes over memory [size]; keeps 64-byte alignment of everything handed out. */
void ch_arena_init(ch_arena *arena, void *memory, size_t size);

/* count * size zeroed bytes, 64-byte aligned, or NULL when there is no room (also when
 * the product overflows). Cost: the zeroing. */
void *ch_arena_take(ch_arena *arena, size_t count, size_t size);
/* The same without zeroing. */
void *ch_arena_take_raw(ch_arena *arena, size_t count, size_t size);

#define CH_TAKE(arena, count, type)                                                    \
    ((type *)ch_arena_take((arena), (count), sizeof(type)))

static inline size_t ch_arena_mark(const ch_arena *arena)
{
    return arena->used;
}

static inline void ch_arena_rewind(ch_arena *arena, size_t mark)
{
    arena->used = mark;
}

#endif
