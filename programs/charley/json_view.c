/* json_view.c: see json_view.h. */
#include "json_view.h"

#include <stdlib.h>
#include <string.h>

json_kind json_kind_of(charley_text value)
{
    switch (value.size > 0 ? value.bytes[0] : '\0') {
    case '{':
        return JSON_OBJECT;
    case '[':
        return JSON_ARRAY;
    case '"':
        return JSON_STRING;
    default:
        return JSON_OTHER;
    }
}

/* Bytes of the string at the start of `text`, quotes included. */
static size_t string_size(charley_text text)
{
    size_t i = 1;
    while (i < text.size && text.bytes[i] != '"')
        i += text.bytes[i] == '\\' ? 2 : 1;
    return i < text.size ? i + 1 : text.size;
}

/* Bytes of the value at the start of `text`. */
static size_t value_size(charley_text text)
{
    size_t depth = 0;
    size_t i = 0;
    while (i < text.size) {
        char byte = text.bytes[i];
        if (byte == '"') {
            i += string_size((charley_text){text.bytes + i, text.size - i});
        } else if (byte == '{' || byte == '[') {
            depth++;
            i++;
        } else if (byte == '}' || byte == ']') {
            if (depth == 0)
                return i; /* the end of the container around a scalar */
            depth--;
            i++;
        } else if ((byte == ',' || byte == '\n') && depth == 0) {
            return i;
        } else {
            i++;
            continue; /* within a scalar, or punctuation within a container */
        }
        if (depth == 0)
            return i;
    }
    return text.size;
}

static charley_text after(charley_text text, size_t size)
{
    if (size > text.size)
        size = text.size;
    return (charley_text){text.bytes + size, text.size - size};
}

static charley_text after_space(charley_text text)
{
    while (text.size > 0 && (text.bytes[0] == ' ' || text.bytes[0] == '\n'))
        text = after(text, 1);
    return text;
}

bool json_next(charley_text *rest, charley_text *key, charley_text *value)
{
    /* One byte before each entry: the bracket before the first, else a comma. */
    charley_text text = after_space(after(*rest, 1));
    if (text.size == 0 || text.bytes[0] == '}' || text.bytes[0] == ']')
        return false;
    if (key) {
        size_t size = string_size(text);
        *key = (charley_text){text.bytes + 1, size - 2};
        text = after_space(after(text, size + 1));
    }
    *value = (charley_text){text.bytes, value_size(text)};
    *rest = after_space(after(text, value->size));
    return true;
}

charley_text json_member(charley_text object, const char *key)
{
    charley_text name;
    charley_text value;
    while (json_next(&object, &name, &value))
        if (cli_text_is(name, key))
            return value;
    return (charley_text){0};
}

/* The engine escapes only what it must: quotes, backslashes and control characters. */
static void add_escaped(cli_phrase *out, const char *escape)
{
    switch (*escape) {
    case 'n':
        phrase_add(out, CHARLEY_TEXT("\n"));
        break;
    case 't':
        phrase_add(out, CHARLEY_TEXT("\t"));
        break;
    case 'u':
        phrase_add(out, CHARLEY_TEXT("?"));
        break;
    default:
        phrase_add(out, (charley_text){escape, 1});
    }
}

void json_add_plain(cli_phrase *out, charley_text value)
{
    if (json_kind_of(value) != JSON_STRING) {
        phrase_add(out, value);
        return;
    }
    const char *end = value.bytes + value.size - 1;
    for (const char *p = value.bytes + 1; p < end; p++) {
        if (*p != '\\') {
            phrase_add(out, (charley_text){p, 1});
            continue;
        }
        p++;
        add_escaped(out, p);
        if (*p == 'u')
            p += 4;
    }
}
