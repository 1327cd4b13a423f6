/* phrase.c: see phrase.h. */
#include "phrase.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static void make_room(cli_phrase *phrase, size_t more)
{
    if (phrase->capacity - phrase->size >= more)
        return;
    size_t capacity = 2 * phrase->capacity + more;
    phrase->bytes = cli_reallocate(phrase->bytes, capacity);
    phrase->capacity = capacity;
}

charley_text phrase_text(const cli_phrase *phrase)
{
    return (charley_text){phrase->bytes, phrase->size};
}

void phrase_clear(cli_phrase *phrase)
{
    phrase->size = 0;
}

void phrase_free(cli_phrase *phrase)
{
    free(phrase->bytes);
    *phrase = (cli_phrase){0};
}

void phrase_add(cli_phrase *phrase, charley_text text)
{
    if (text.size == 0)
        return;
    make_room(phrase, text.size);
    memcpy(phrase->bytes + phrase->size, text.bytes, text.size);
    phrase->size += text.size;
}

void phrase_add_format(cli_phrase *phrase, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    va_list again;
    va_copy(again, list);
    int size = vsnprintf(NULL, 0, format, list);
    va_end(list);
    if (size > 0) {
        make_room(phrase, (size_t)size + 1);
        vsnprintf(phrase->bytes + phrase->size, (size_t)size + 1, format, again);
        phrase->size += (size_t)size;
    }
    va_end(again);
}

static const cli_slot *find_slot(charley_text name, const cli_slot *slots,
                                 size_t n_slots)
{
    for (size_t i = 0; i < n_slots; i++)
        if (cli_text_is(name, slots[i].name))
            return &slots[i];
    return NULL;
}

void phrase_fill(cli_phrase *phrase, charley_text pattern, const cli_slot *slots,
                 size_t n_slots)
{
    size_t plain = 0; /* where the text not yet added begins */
    for (size_t i = 0; i < pattern.size; i++) {
        if (pattern.bytes[i] != '{')
            continue;
        const char *first = pattern.bytes + i + 1;
        const char *end = memchr(first, '}', pattern.size - i - 1);
        if (!end)
            break;
        charley_text name = {first, (size_t)(end - first)};
        const cli_slot *slot = find_slot(name, slots, n_slots);
        if (!slot)
            continue;
        phrase_add(phrase, (charley_text){pattern.bytes + plain, i - plain});
        phrase_add(phrase, slot->text);
        i += name.size + 1;
        plain = i + 1;
    }
    phrase_add(phrase, (charley_text){pattern.bytes + plain, pattern.size - plain});
}

bool phrase_next_line(charley_text *text, charley_text *line)
{
    if (text->size == 0)
        return false;
    const char *end = memchr(text->bytes, '\n', text->size);
    line->bytes = text->bytes;
    line->size = end ? (size_t)(end - text->bytes) : text->size;
    size_t taken = line->size + (end ? 1 : 0);
    text->bytes += taken;
    text->size -= taken;
    return true;
}
