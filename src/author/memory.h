/* memory.h: memory of the author's tools: one growing pool per bookshelf, freed at
 * once.
 *
 * Everything read from the files and everything compiled from them lives as long as the
 * bookshelf, so nothing is freed singly. Every call that takes memory says so by
 * returning NULL or E_MEMORY when there is none; nothing here ends the process.
 */
#ifndef CH_AUTHOR_MEMORY_H
#define CH_AUTHOR_MEMORY_H

#include "author/author.h"
#include "base/fail.h"
#include "charley/charley.h"

#include <stdint.h>

typedef struct ch_pool {
    ch_allocator allocator;
    struct ch_chunk *chunks;
    unsigned char *next;
    size_t left;
} ch_pool;

void ch_pool_init(ch_pool *pool, ch_allocator allocator);
void ch_pool_free(ch_pool *pool);
/* count * size zeroed bytes, 16-byte aligned, or NULL. */
void *ch_pool_take(ch_pool *pool, size_t count, size_t size);
#define CH_NEW(pool, type) ((type *)ch_pool_take((pool), 1, sizeof(type)))

/* A growing array of records of one size. Adding may move the records. */
typedef struct ch_vector {
    unsigned char *items;
    uint32_t n;
    uint32_t capacity;
    size_t stride;
} ch_vector;

#define CH_VECTOR(type)            ((ch_vector){.stride = sizeof(type)})
#define CH_AT(vector, index, type) ((type *)(void *)(vector).items + (index))

/* A new zeroed record at the end, or NULL when there is no memory. */
void *ch_vector_add(ch_pool *pool, ch_vector *vector);

/* A dictionary from text to a number; texts are borrowed. */
typedef struct ch_slot {
    charley_text key;
    uint32_t value;
    bool is_taken;
} ch_slot;

typedef struct ch_table {
    ch_slot *slots;
    uint32_t n;
    uint32_t capacity; /* zero or a power of two */
} ch_table;

/* The value kept for `key`, or CH_NONE. */
uint32_t ch_table_find(const ch_table *table, charley_text key);
/* Keeps `value` for a key that is not in the table yet. */
charley_status ch_table_put(ch_pool *pool, ch_table *table, charley_text key,
                            uint32_t value);

/* Text under construction. A failed addition is remembered, so that a writer may add
 * many pieces and ask once at the end. */
typedef struct ch_buffer {
    ch_pool *pool;
    char *bytes;
    size_t size;
    size_t capacity;
    bool is_failed;
} ch_buffer;

void ch_buffer_add(ch_buffer *buffer, charley_text text);
void ch_buffer_print(ch_buffer *buffer, const char *format, ...) CH_FORMAT(2, 3);

/* The two arguments that "%.*s" wants. */
#define CH_ARG(text) (int)(text).size, (text).bytes ? (text).bytes : ""

#endif
