/* json_escape.c: see json_escape.h. */
#include "text/json_escape.h"
#include "base/view.h"

#include <string.h>

enum {
    LETTER_ESCAPE_SIZE = 2, /* \n */
    UNIT_ESCAPE_SIZE = 6,   /* \u00e9 */
    PAIR_ESCAPE_SIZE = 12,  /* \ud83e\uddb5 */
    NOT_A_UNIT = -1
};

/* Letter and byte side by side; the slash is only ever read, never written. */
static const char LETTERS[] = "\"\\bfnrt/";
static const char LETTER_BYTES[] = "\"\\\b\f\n\r\t/";
enum { N_LETTERS = sizeof LETTERS - 1, N_WRITTEN_LETTERS = N_LETTERS - 1 };

char ch_escape_letter(char byte)
{
    const char *hit = memchr(LETTER_BYTES, byte, N_WRITTEN_LETTERS);
    return hit ? LETTERS[hit - LETTER_BYTES] : '\0';
}

static int hex_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F')
        return digit - 'A' + 10;
    return -1;
}

/* The UTF-16 code unit of the \uXXXX that starts at `at`. */
static int32_t escaped_unit(charley_text text, size_t at)
{
    charley_text escape = ch_view_part(text, at, UNIT_ESCAPE_SIZE);
    if (escape.size < UNIT_ESCAPE_SIZE || !ch_view_starts_with(escape, "\\u"))
        return NOT_A_UNIT;
    int32_t unit = 0;
    for (size_t i = 2; i < UNIT_ESCAPE_SIZE; i++) {
        int value = hex_value(escape.bytes[i]);
        if (value < 0)
            return NOT_A_UNIT;
        unit = unit * 16 + value;
    }
    return unit;
}

static bool is_high_surrogate(int32_t unit)
{
    return unit >= 0xD800 && unit <= 0xDBFF;
}

static bool is_low_surrogate(int32_t unit)
{
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

size_t ch_escape_check(charley_text text, const char **sentence)
{
    char letter = text.size > 1 ? text.bytes[1] : '\0';
    if (letter != 'u') {
        *sentence = "there is no such escape";
        return memchr(LETTERS, letter, N_LETTERS) ? LETTER_ESCAPE_SIZE : 0;
    }
    int32_t unit = escaped_unit(text, 0);
    if (unit == NOT_A_UNIT) {
        *sentence = "four hexadecimal digits must follow \\u";
        return 0;
    }
    if (unit == 0) {
        *sentence = "a text must not contain NUL";
        return 0;
    }
    *sentence = "half of a surrogate pair is not a character";
    if (is_low_surrogate(unit))
        return 0;
    if (!is_high_surrogate(unit))
        return UNIT_ESCAPE_SIZE;
    int32_t low = escaped_unit(text, UNIT_ESCAPE_SIZE);
    return is_low_surrogate(low) ? PAIR_ESCAPE_SIZE : 0;
}

static size_t encode_utf8(uint32_t point, char out[4])
{
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (char)(0xC0 | point >> 6);
        out[1] = (char)(0x80 | (point & 0x3F));
        return 2;
    }
    if (point < 0x10000) {
        out[0] = (char)(0xE0 | point >> 12);
        out[1] = (char)(0x80 | (point >> 6 & 0x3F));
        out[2] = (char)(0x80 | (point & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | point >> 18);
    out[1] = (char)(0x80 | (point >> 12 & 0x3F));
    out[2] = (char)(0x80 | (point >> 6 & 0x3F));
    out[3] = (char)(0x80 | (point & 0x3F));
    return 4;
}

/* Resolves the checked escape that `text` begins with into out [*size]; returns the
 * bytes it took. */
static size_t resolve_escape(charley_text text, char out[4], size_t *size)
{
    if (text.bytes[1] != 'u') {
        const char *hit = memchr(LETTERS, text.bytes[1], N_LETTERS);
        out[0] = LETTER_BYTES[hit - LETTERS];
        *size = 1;
        return LETTER_ESCAPE_SIZE;
    }
    int32_t unit = escaped_unit(text, 0);
    if (!is_high_surrogate(unit)) {
        *size = encode_utf8((uint32_t)unit, out);
        return UNIT_ESCAPE_SIZE;
    }
    int32_t low = escaped_unit(text, UNIT_ESCAPE_SIZE);
    int32_t point = 0x10000 + (unit - 0xD800) * 0x400 + (low - 0xDC00);
    *size = encode_utf8((uint32_t)point, out);
    return PAIR_ESCAPE_SIZE;
}

charley_text ch_unescape_next(ch_unescaper *from)
{
    charley_text left = from->left;
    size_t n_plain = from->has_escape ? ch_view_find(left, '\\') : left.size;
    if (n_plain > 0 || left.size == 0) {
        from->left = ch_view_part(left, n_plain, SIZE_MAX);
        return ch_view_part(left, 0, n_plain);
    }
    size_t size;
    size_t used = resolve_escape(left, from->piece, &size);
    from->left = ch_view_part(left, used, SIZE_MAX);
    return (charley_text){from->piece, size};
}

bool ch_unescape_same(ch_unescaper a, ch_unescaper b)
{
    charley_text piece_a = {NULL, 0};
    charley_text piece_b = {NULL, 0};
    for (;;) {
        if (piece_a.size == 0)
            piece_a = ch_unescape_next(&a);
        if (piece_b.size == 0)
            piece_b = ch_unescape_next(&b);
        size_t n = piece_a.size < piece_b.size ? piece_a.size : piece_b.size;
        if (n == 0)
            return piece_a.size == piece_b.size;
        if (memcmp(piece_a.bytes, piece_b.bytes, n) != 0)
            return false;
        piece_a = ch_view_part(piece_a, n, SIZE_MAX);
        piece_b = ch_view_part(piece_b, n, SIZE_MAX);
    }
}
