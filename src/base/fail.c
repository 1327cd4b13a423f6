/* fail.c: see fail.h. Formats with a small writer of our own: no stdio in the core. */
#include "base/fail.h"

#include <stdarg.h>
#include <string.h>

typedef struct line {
    char *bytes;
    size_t capacity;
    size_t size;
} line;

static void put(line *out, const char *bytes, size_t size)
{
    size_t room = out->capacity - 1 - out->size;
    if (size > room) {
        size = room;
        /* Never cut a UTF-8 sequence in two. */
        while (size > 0 && ((unsigned char)bytes[size] & 0xC0) == 0x80)
            size--;
    }
    memcpy(out->bytes + out->size, bytes, size);
    out->size += size;
    out->bytes[out->size] = '\0';
}

static void put_unsigned(line *out, size_t value)
{
    char digits[24];
    size_t first = sizeof digits;
    do {
        digits[--first] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    put(out, digits + first, sizeof digits - first);
}

static void format_text(line *out, const char *format, va_list list)
{
    for (const char *p = format; *p; p++) {
        const char *percent = strchr(p, '%');
        size_t plain = percent ? (size_t)(percent - p) : strlen(p);
        put(out, p, plain);
        if (!percent)
            return;
        p = percent + 1;
        if (*p == 's') {
            const char *string = va_arg(list, const char *);
            put(out, string, strlen(string));
        } else if (*p == 'u') {
            put_unsigned(out, va_arg(list, unsigned));
        } else if (*p == 'z' && p[1] == 'u') {
            put_unsigned(out, va_arg(list, size_t));
            p++;
        } else if (*p == '%') {
            put(out, "%", 1);
        } else {
            return; /* a format this file does not know: a bug, the text is cut */
        }
    }
}

static charley_status fill(charley_error *error, charley_status status, charley_text id,
                           const char *format, va_list list)
{
    if (!error)
        return status;
    *error = (charley_error){.status = status};
    line about = {error->id, sizeof error->id, 0};
    if (id.size)
        put(&about, id.bytes, id.size);
    line text = {error->text, sizeof error->text, 0};
    format_text(&text, format, list);
    return status;
}

charley_status ch_fail(charley_error *error, charley_status status, const char *format,
                       ...)
{
    va_list list;
    va_start(list, format);
    fill(error, status, (charley_text){NULL, 0}, format, list);
    va_end(list);
    return status;
}

charley_status ch_fail_about(charley_error *error, charley_status status,
                             charley_text id, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    fill(error, status, id, format, list);
    va_end(list);
    return status;
}

void ch_fail_at(charley_error *error, const char *where, unsigned line_number,
                unsigned column, size_t offset)
{
    if (!error)
        return;
    error->line = line_number;
    error->column = column;
    error->offset = offset;
    line out = {error->where, sizeof error->where, 0};
    put(&out, where, strlen(where));
}

void ch_fail_append(charley_error *error, charley_text more)
{
    if (!error)
        return;
    line out = {error->text, sizeof error->text, strlen(error->text)};
    if (more.size)
        put(&out, more.bytes, more.size);
}
