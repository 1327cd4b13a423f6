/* view.c: see view.h. */
#include "base/view.h"

#include <string.h>

charley_text ch_view(const char *string)
{
    return (charley_text){string, string ? strlen(string) : 0};
}

bool ch_view_equal(charley_text a, charley_text b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.bytes, b.bytes, a.size) == 0);
}

bool ch_view_is(charley_text a, const char *string)
{
    return ch_view_equal(a, ch_view(string));
}

int ch_view_compare(charley_text a, charley_text b)
{
    size_t n = a.size < b.size ? a.size : b.size;
    int order = n ? memcmp(a.bytes, b.bytes, n) : 0;
    if (order != 0)
        return order;
    return (a.size > b.size) - (a.size < b.size);
}

bool ch_view_starts_with(charley_text a, const char *prefix)
{
    size_t n = strlen(prefix);
    return a.size >= n && (n == 0 || memcmp(a.bytes, prefix, n) == 0);
}

size_t ch_view_find(charley_text a, char byte)
{
    const char *hit = a.size ? memchr(a.bytes, byte, a.size) : NULL;
    return hit ? (size_t)(hit - a.bytes) : a.size;
}

charley_text ch_view_part(charley_text a, size_t first, size_t size)
{
    if (first > a.size)
        first = a.size;
    if (size > a.size - first)
        size = a.size - first;
    return (charley_text){a.size ? a.bytes + first : a.bytes, size};
}

charley_text ch_view_start(charley_text a, size_t most)
{
    if (a.size <= most)
        return a;
    while (most > 0 && ((unsigned char)a.bytes[most] & 0xC0) == 0x80)
        most--;
    return (charley_text){a.bytes, most};
}

/* Length of the well-formed sequence at p (1..4), or 0. RFC 3629, table in section 4.
 */
static size_t utf8_sequence(const unsigned char *p, size_t left)
{
    if (p[0] < 0x80)
        return 1;
    if (p[0] < 0xC2 || p[0] > 0xF4)
        return 0;
    size_t n = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    if (n > left)
        return 0;
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    if (p[0] == 0xE0)
        low = 0xA0;
    else if (p[0] == 0xED)
        high = 0x9F;
    else if (p[0] == 0xF0)
        low = 0x90;
    else if (p[0] == 0xF4)
        high = 0x8F;
    if (p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < n; i++)
        if (p[i] < 0x80 || p[i] > 0xBF)
            return 0;
    return n;
}

size_t ch_utf8_valid(const char *bytes, size_t size)
{
    const unsigned char *p = (const unsigned char *)bytes;
    size_t i = 0;
    while (i < size) {
        size_t n = utf8_sequence(p + i, size - i);
        if (n == 0)
            return i;
        i += n;
    }
    return size;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

unsigned ch_view_distance(charley_text a, charley_text b, unsigned limit)
{
    enum { MAX = 64 };
    if (a.size > MAX || b.size > MAX)
        return limit + 1;
    unsigned rows[3][MAX + 1];
    unsigned *before = rows[0], *above = rows[1], *row = rows[2];
    for (unsigned j = 0; j <= b.size; j++)
        above[j] = j;
    for (unsigned i = 1; i <= a.size; i++) {
        row[0] = i;
        for (unsigned j = 1; j <= b.size; j++) {
            unsigned same = a.bytes[i - 1] == b.bytes[j - 1] ? 0 : 1;
            row[j] = least(least(above[j] + 1, row[j - 1] + 1), above[j - 1] + same);
            if (i > 1 && j > 1 && a.bytes[i - 1] == b.bytes[j - 2] &&
                a.bytes[i - 2] == b.bytes[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        unsigned *recycled = before;
        before = above;
        above = row;
        row = recycled;
    }
    return above[b.size] <= limit ? above[b.size] : limit + 1;
}
