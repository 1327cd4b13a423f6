/* memory.c: see memory.h. */
#include "author/memory.h"

#include "base/view.h"
#include "kb/image.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { CHUNK_BYTES = 1 << 16, ALIGNMENT = 16 };

typedef struct ch_chunk {
    struct ch_chunk *older;
    void *pad; /* keeps what follows 16-byte aligned */
} ch_chunk;

void ch_pool_init(ch_pool *pool, ch_allocator allocator)
{
    *pool = (ch_pool){.allocator = allocator};
}

void ch_pool_free(ch_pool *pool)
{
    for (ch_chunk *chunk = pool->chunks; chunk;) {
        ch_chunk *older = chunk->older;
        pool->allocator.resize(pool->allocator.user, chunk, 0);
        chunk = older;
    }
    *pool = (ch_pool){.allocator = pool->allocator};
}

static bool add_chunk(ch_pool *pool, size_t bytes)
{
    size_t least = pool->allocator.least ? pool->allocator.least : CHUNK_BYTES;
    size_t wanted = bytes > least ? bytes : least;
    if (wanted > SIZE_MAX - sizeof(ch_chunk))
        return false;
    ch_chunk *chunk =
        pool->allocator.resize(pool->allocator.user, NULL, sizeof(ch_chunk) + wanted);
    if (!chunk)
        return false;
    chunk->older = pool->chunks;
    pool->chunks = chunk;
    pool->next = (unsigned char *)(chunk + 1);
    pool->left = wanted;
    return true;
}

void *ch_pool_take(ch_pool *pool, size_t count, size_t size)
{
    if (size && count > (SIZE_MAX - ALIGNMENT) / size)
        return NULL;
    size_t bytes = (count * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (bytes == 0)
        bytes = ALIGNMENT;
    if (bytes > pool->left && !add_chunk(pool, bytes))
        return NULL;
    void *block = pool->next;
    pool->next += bytes;
    pool->left -= bytes;
    return memset(block, 0, bytes);
}

void *ch_vector_add(ch_pool *pool, ch_vector *vector)
{
    if (vector->n == vector->capacity) {
        if (vector->capacity > UINT32_MAX / 2)
            return NULL;
        uint32_t capacity = vector->capacity ? 2 * vector->capacity : 8;
        unsigned char *items = ch_pool_take(pool, capacity, vector->stride);
        if (!items)
            return NULL;
        if (vector->n)
            memcpy(items, vector->items, vector->n * vector->stride);
        vector->items = items;
        vector->capacity = capacity;
    }
    return vector->items + vector->n++ * vector->stride;
}

/* FNV-1a, 64 bit, folded. The files are the author's own: nobody floods the table. */
static uint32_t hash_text(charley_text text)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < text.size; i++)
        hash = (hash ^ (unsigned char)text.bytes[i]) * 0x100000001b3u;
    return (uint32_t)(hash ^ hash >> 32);
}

/* The slot that holds `key`, or the free one where it belongs. */
static ch_slot *seek(const ch_table *table, charley_text key)
{
    uint32_t mask = table->capacity - 1;
    uint32_t at = hash_text(key) & mask;
    while (table->slots[at].is_taken && !ch_view_equal(table->slots[at].key, key))
        at = (at + 1) & mask;
    return table->slots + at;
}

uint32_t ch_table_find(const ch_table *table, charley_text key)
{
    if (table->capacity == 0)
        return CH_NONE;
    const ch_slot *slot = seek(table, key);
    return slot->is_taken ? slot->value : CH_NONE;
}

static charley_status grow_table(ch_pool *pool, ch_table *table)
{
    ch_table larger = {.capacity = table->capacity ? 2 * table->capacity : 32,
                       .n = table->n};
    larger.slots = ch_pool_take(pool, larger.capacity, sizeof *larger.slots);
    if (!larger.slots)
        return CHARLEY_E_MEMORY;
    for (uint32_t i = 0; i < table->capacity; i++)
        if (table->slots[i].is_taken)
            *seek(&larger, table->slots[i].key) = table->slots[i];
    *table = larger;
    return CHARLEY_OK;
}

charley_status ch_table_put(ch_pool *pool, ch_table *table, charley_text key,
                            uint32_t value)
{
    /* At most three quarters full, so that a search stays short. */
    if (table->n >= table->capacity / 4 * 3)
        CH_TRY(grow_table(pool, table));
    *seek(table, key) = (ch_slot){key, value, true};
    table->n++;
    return CHARLEY_OK;
}

/* Makes room for `more` bytes and a closing NUL. */
static bool reserve(ch_buffer *buffer, size_t more)
{
    if (buffer->is_failed || more >= SIZE_MAX / 4 - buffer->size) {
        buffer->is_failed = true;
        return false;
    }
    if (buffer->size + more < buffer->capacity)
        return true;
    size_t capacity = 2 * (buffer->size + more) + 64;
    char *bytes = ch_pool_take(buffer->pool, capacity, 1);
    if (!bytes) {
        buffer->is_failed = true;
        return false;
    }
    if (buffer->size)
        memcpy(bytes, buffer->bytes, buffer->size);
    buffer->bytes = bytes;
    buffer->capacity = capacity;
    return true;
}

void ch_buffer_add(ch_buffer *buffer, charley_text text)
{
    if (text.size == 0 || !reserve(buffer, text.size))
        return;
    memcpy(buffer->bytes + buffer->size, text.bytes, text.size);
    buffer->size += text.size;
    buffer->bytes[buffer->size] = '\0';
}

void ch_buffer_print(ch_buffer *buffer, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    va_list again;
    va_copy(again, list);
    int size = vsnprintf(NULL, 0, format, list);
    va_end(list);
    if (size > 0 && reserve(buffer, (size_t)size)) {
        vsnprintf(buffer->bytes + buffer->size, (size_t)size + 1, format, again);
        buffer->size += (size_t)size;
    }
    va_end(again);
}
