/* json_write.c: see json_write.h. */
#include "text/json_write.h"
#include "base/fail.h"
#include "base/limits.h"
#include "base/view.h"
#include "text/json_escape.h"
#include "text/number.h"
#include "text/scan.h"

#include <string.h>

static void put_bytes(ch_json_writer *out, const char *bytes, size_t size)
{
    if (out->size < out->capacity) {
        size_t room = out->capacity - out->size;
        memcpy(out->bytes + out->size, bytes, size < room ? size : room);
    }
    out->size += size;
}

static void put_ascii(ch_json_writer *out, const char *word)
{
    put_bytes(out, word, strlen(word));
}

/* ---- nesting ----------------------------------------------------------------- */

/* The bit of the innermost container; only asked when there is one. */
static uint64_t innermost(const ch_json_writer *out)
{
    return UINT64_C(1) << (out->depth - 1);
}

static bool is_inside_object(const ch_json_writer *out)
{
    return out->depth > 0 && (out->is_object & innermost(out));
}

static void put_line(ch_json_writer *out)
{
    if (!out->is_pretty)
        return;
    put_ascii(out, "\n");
    for (unsigned i = 0; i < out->depth; i++)
        put_ascii(out, "  ");
}

/* What belongs before an item of the innermost container. */
static void put_separator(ch_json_writer *out)
{
    if (out->has_item & innermost(out))
        put_ascii(out, ",");
    out->has_item |= innermost(out);
    put_line(out);
}

/* True if `is_allowed` and nothing went wrong before; else the first fault stays. */
static bool may_put(ch_json_writer *out, bool is_allowed, charley_status fault)
{
    if (out->status == CHARLEY_OK && !is_allowed)
        out->status = fault;
    return out->status == CHARLEY_OK;
}

/* Goes where the next value belongs. False if none belongs here. */
static bool begin_value(ch_json_writer *out)
{
    bool is_in_object = is_inside_object(out);
    bool is_allowed = is_in_object ? out->has_name : out->depth > 0 || !out->has_value;
    if (!may_put(out, is_allowed, CHARLEY_E_MISUSE))
        return false;
    if (out->depth > 0 && !is_in_object)
        put_separator(out);
    out->has_value = true;
    out->has_name = false;
    return true;
}

static void begin_container(ch_json_writer *out, bool is_object)
{
    if (!may_put(out, out->depth < CH_MAX_JSON_DEPTH, CHARLEY_E_LIMIT) ||
        !begin_value(out))
        return;
    put_ascii(out, is_object ? "{" : "[");
    out->depth++;
    out->has_item &= ~innermost(out);
    out->is_object &= ~innermost(out);
    if (is_object)
        out->is_object |= innermost(out);
}

void ch_json_put_object(ch_json_writer *out)
{
    begin_container(out, true);
}

void ch_json_put_array(ch_json_writer *out)
{
    begin_container(out, false);
}

void ch_json_put_end(ch_json_writer *out)
{
    if (!may_put(out, out->depth > 0 && !out->has_name, CHARLEY_E_MISUSE))
        return;
    bool is_object = is_inside_object(out);
    bool has_item = (out->has_item & innermost(out)) != 0;
    out->depth--;
    if (has_item)
        put_line(out);
    put_ascii(out, is_object ? "}" : "]");
}

/* ---- texts ------------------------------------------------------------------- */

/* Writes a byte that must not stand in a string as it is. */
static void put_escape(ch_json_writer *out, char byte)
{
    static const char HEX[] = "0123456789abcdef";
    char letter = ch_escape_letter(byte);
    if (letter) {
        put_bytes(out, (char[]){'\\', letter}, 2);
    } else {
        unsigned value = (unsigned char)byte;
        put_ascii(out, "\\u00");
        put_bytes(out, (char[]){HEX[value >> 4], HEX[value & 15]}, 2);
    }
}

/* Writes the bytes outside ASCII that `text` begins with; returns how many. */
static size_t put_wide(ch_json_writer *out, charley_text text)
{
    size_t n_wide = 0;
    while (n_wide < text.size && (unsigned char)text.bytes[n_wide] >= 0x80)
        n_wide++;
    size_t n_good = ch_utf8_valid(text.bytes, n_wide);
    put_bytes(out, text.bytes, n_good);
    if (n_good == n_wide)
        return n_wide;
    put_ascii(out, "\xEF\xBF\xBD");
    return n_good + 1;
}

static void put_quoted(ch_json_writer *out, charley_text text)
{
    put_ascii(out, "\"");
    size_t at = 0;
    while (at < text.size) {
        size_t n_plain = ch_scan_plain(text.bytes + at, text.size - at);
        put_bytes(out, text.bytes + at, n_plain);
        at += n_plain;
        if (at == text.size)
            break;
        if ((unsigned char)text.bytes[at] >= 0x80)
            at += put_wide(out, ch_view_part(text, at, SIZE_MAX));
        else
            put_escape(out, text.bytes[at++]);
    }
    put_ascii(out, "\"");
}

void ch_json_put_name(ch_json_writer *out, charley_text name)
{
    if (!may_put(out, is_inside_object(out) && !out->has_name, CHARLEY_E_MISUSE))
        return;
    put_separator(out);
    put_quoted(out, name);
    put_ascii(out, out->is_pretty ? ": " : ":");
    out->has_name = true;
}

void ch_json_put_string(ch_json_writer *out, charley_text text)
{
    if (begin_value(out))
        put_quoted(out, text);
}

/* ---- other values ------------------------------------------------------------ */

static void put_plain_value(ch_json_writer *out, const char *bytes, size_t size)
{
    if (begin_value(out))
        put_bytes(out, bytes, size);
}

void ch_json_put_number(ch_json_writer *out, double value)
{
    char buffer[CH_NUMBER_SIZE];
    size_t size = ch_number_print(value, buffer);
    if (may_put(out, size > 0, CHARLEY_E_DATA))
        put_plain_value(out, buffer, size);
}

void ch_json_put_fixed(ch_json_writer *out, double value, unsigned decimals)
{
    char buffer[CH_NUMBER_FIXED_SIZE];
    size_t size = ch_number_print_fixed(value, decimals, buffer);
    if (may_put(out, size > 0, CHARLEY_E_DATA))
        put_plain_value(out, buffer, size);
}

void ch_json_put_integer(ch_json_writer *out, int64_t value)
{
    char buffer[CH_NUMBER_SIZE];
    size_t first = sizeof buffer;
    uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        buffer[--first] = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (value < 0)
        buffer[--first] = '-';
    put_plain_value(out, buffer + first, sizeof buffer - first);
}

void ch_json_put_spelled(ch_json_writer *out, charley_text number)
{
    double value;
    bool is_number = ch_number_parse(number, &value) == CHARLEY_OK;
    if (may_put(out, is_number, CHARLEY_E_DATA))
        put_plain_value(out, number.bytes, number.size);
}

void ch_json_put_truth(ch_json_writer *out, bool value)
{
    charley_text word = value ? CHARLEY_TEXT("true") : CHARLEY_TEXT("false");
    put_plain_value(out, word.bytes, word.size);
}

void ch_json_put_null(ch_json_writer *out)
{
    put_plain_value(out, "null", 4);
}

/* ---- the document ------------------------------------------------------------ */

void ch_json_write_start(ch_json_writer *out, char *bytes, size_t capacity,
                         bool is_pretty)
{
    *out =
        (ch_json_writer){.bytes = bytes, .capacity = capacity, .is_pretty = is_pretty};
}

charley_status ch_json_write_finish(const ch_json_writer *out, size_t *size,
                                    charley_error *error)
{
    switch (out->status) {
    case CHARLEY_OK:
        break;
    case CHARLEY_E_LIMIT:
        return ch_fail(error, out->status, "the document is nested too deeply");
    case CHARLEY_E_DATA:
        return ch_fail(error, out->status, "a number is not finite or not a number");
    default:
        return ch_fail(error, out->status,
                       "a value or an end was put in a wrong place");
    }
    if (out->depth > 0 || !out->has_value)
        return ch_fail(error, CHARLEY_E_MISUSE, "the document is not complete");
    *size = out->size;
    if (out->size > out->capacity)
        return ch_fail(error, CHARLEY_E_LIMIT, "the buffer holds %zu bytes, %zu needed",
                       out->capacity, out->size);
    return CHARLEY_OK;
}
