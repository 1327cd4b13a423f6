/* json_read.c: see json_read.h.
 *
 * The reader is a state machine over a place (what may come next), a depth and one bit
 * per depth (object or array); it never recurses. The names of all open objects lie on
 * one stack; those of one object form a search tree over their hashes, so that a
 * duplicate is found in a few steps and closing an object is one assignment.
 */
#include "text/json_read.h"
#include "base/fail.h"
#include "base/view.h"
#include "text/json_escape.h"
#include "text/number.h"
#include "text/scan.h"

#include <string.h>

/* ---- faults ------------------------------------------------------------------ */

void ch_json_locate(const ch_json *json, size_t offset)
{
    unsigned line = 1;
    size_t line_start = 0;
    for (size_t i = 0; i < offset && i < json->document.size; i++) {
        if (json->document.bytes[i] == '\n') {
            line++;
            line_start = i + 1;
        }
    }
    ch_fail_at(json->error, "", line, (unsigned)(offset - line_start) + 1, offset);
}

static charley_status refuse(ch_json *json, charley_status status, size_t offset,
                             const char *sentence)
{
    json->status = ch_fail(json->error, status, "%s", sentence);
    ch_json_locate(json, offset);
    return json->status;
}

static charley_status refuse_syntax(ch_json *json, size_t offset, const char *sentence)
{
    return refuse(json, CHARLEY_E_SYNTAX, offset, sentence);
}

/* Refuses the byte (or the end) that comes next. */
static charley_status refuse_here(ch_json *json, const char *expected)
{
    bool is_end = json->at == json->document.size;
    json->status =
        ch_fail(json->error, CHARLEY_E_SYNTAX,
                is_end ? "the document ends where %s should be" : "%s should be here",
                expected);
    ch_json_locate(json, json->at);
    return json->status;
}

/* ---- bytes ------------------------------------------------------------------- */

/* The next byte; NUL, which is allowed nowhere, at the end. */
static char peek_byte(const ch_json *json)
{
    return json->at < json->document.size ? json->document.bytes[json->at] : '\0';
}

static void skip_space(ch_json *json)
{
    const char *bytes = json->document.bytes;
    size_t at = json->at;
    while (at < json->document.size && (bytes[at] == ' ' || bytes[at] == '\n' ||
                                        bytes[at] == '\r' || bytes[at] == '\t'))
        at++;
    json->at = at;
}

static charley_text rest_from(const ch_json *json, size_t at)
{
    return (charley_text){json->document.bytes + at, json->document.size - at};
}

/* Number of leading bytes outside ASCII. */
static size_t count_wide(charley_text text)
{
    size_t n = 0;
    while (n < text.size && (unsigned char)text.bytes[n] >= 0x80)
        n++;
    return n;
}

/* Reads what is not plain at `at` inside a string: an escape or wide characters.
 * Returns its size, or 0 when it was refused. */
static size_t scan_special(ch_json *json, size_t at, bool *has_escape)
{
    charley_text rest = rest_from(json, at);
    if (rest.bytes[0] == '\\') {
        const char *sentence;
        size_t size = ch_escape_check(rest, &sentence);
        if (size == 0)
            refuse_syntax(json, at, sentence);
        *has_escape = true;
        return size;
    }
    size_t n_wide = count_wide(rest);
    if (n_wide == 0) {
        refuse_syntax(json, at, "a control character must be written as an escape");
        return 0;
    }
    size_t n_good = ch_utf8_valid(rest.bytes, n_wide);
    if (n_good < n_wide) {
        refuse_syntax(json, at + n_good, "this is not UTF-8");
        return 0;
    }
    return n_wide;
}

/* Reads a string from its opening quote on. */
static charley_status scan_string(ch_json *json, ch_json_kind kind,
                                  ch_json_token *token)
{
    const char *bytes = json->document.bytes;
    size_t size = json->document.size;
    size_t first = json->at + 1;
    size_t at = first;
    bool has_escape = false;
    for (;;) {
        at += ch_scan_plain(bytes + at, size - at);
        if (at == size)
            return refuse_syntax(json, json->at, "this text has no closing quote");
        if (bytes[at] == '"')
            break;
        size_t n_special = scan_special(json, at, &has_escape);
        if (n_special == 0)
            return json->status;
        at += n_special;
    }
    *token = (ch_json_token){.kind = kind,
                             .has_escape = has_escape,
                             .at = json->at,
                             .text = {bytes + first, at - first}};
    json->at = at + 1;
    return CHARLEY_OK;
}

/* ---- names ------------------------------------------------------------------- */

static uint64_t mix_word(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15); /* 2^64 / golden ratio */
    return hash ^ hash >> 32;
}

/* Hash of a name with its escapes resolved: words of eight bytes, the last one short.
 */
static uint32_t hash_name(const ch_json_token *name)
{
    uint64_t hash = 0;
    if (!name->has_escape) {
        const char *p = name->text.bytes;
        size_t left = name->text.size;
        for (; left >= 8; p += 8, left -= 8)
            hash = mix_word(hash, ch_scan_word(p));
        return (uint32_t)mix_word(hash, ch_scan_load(p, left));
    }
    ch_unescaper from = {.left = name->text, .has_escape = true};
    uint64_t word = 0;
    unsigned n = 0;
    for (;;) {
        charley_text piece = ch_unescape_next(&from);
        if (piece.size == 0)
            return (uint32_t)mix_word(hash, word);
        for (size_t i = 0; i < piece.size; i++) {
            word |= (uint64_t)(unsigned char)piece.bytes[i] << (8 * n);
            if (++n == 8) {
                hash = mix_word(hash, word);
                word = 0;
                n = 0;
            }
        }
    }
}

static bool is_named(const ch_json *json, const ch_json_name *name, uint32_t hash,
                     const ch_json_token *token)
{
    if (name->hash != hash)
        return false;
    charley_text spelling = {json->document.bytes + name->at, name->size};
    return ch_unescape_same(
        (ch_unescaper){.left = spelling, .has_escape = true},
        (ch_unescaper){.left = token->text, .has_escape = token->has_escape});
}

/* The tree is at most 16 levels deep, except below names with the same 32-bit hash.
 * Chance hardly ever makes two of those in an object; sixteen are made on purpose, to
 * make the reader slow. */
enum { MAX_TREE_STEPS = 32 };

/* Adds a name to the tree of the innermost object; refuses one that is there. */
static charley_status remember_name(ch_json *json, const ch_json_token *token)
{
    uint32_t hash = hash_name(token);
    uint32_t index = json->first_name[json->depth - 1];
    uint16_t *branch = NULL;
    unsigned n_steps = 0;
    for (uint32_t bits = hash; index < json->n_names; bits <<= 2) {
        if (++n_steps > MAX_TREE_STEPS)
            return refuse(json, CHARLEY_E_LIMIT, token->at,
                          "the names of this object were made to be slow to compare");
        ch_json_name *name = &json->names[index];
        if (is_named(json, name, hash, token))
            return refuse_syntax(json, token->at, "this name is in the object already");
        branch = &name->child[bits >> 30];
        index = *branch ? *branch - 1U : json->n_names;
    }
    if (json->n_names == json->max_names)
        return refuse(json, CHARLEY_E_LIMIT, token->at,
                      "too many names in the objects that are open here");
    json->names[json->n_names] =
        (ch_json_name){.at = (uint32_t)(token->text.bytes - json->document.bytes),
                       .size = (uint32_t)token->text.size,
                       .hash = hash};
    json->n_names++;
    if (branch)
        *branch = (uint16_t)json->n_names;
    return CHARLEY_OK;
}

static charley_status read_name(ch_json *json, ch_json_token *token)
{
    if (peek_byte(json) != '"')
        return refuse_here(json, "a name in double quotes");
    ch_json_token name;
    CH_TRY(scan_string(json, CH_JSON_NAME, &name));
    CH_TRY(remember_name(json, &name));
    skip_space(json);
    if (peek_byte(json) != ':')
        return refuse_here(json, "a colon");
    json->at++;
    json->place = CH_JSON_AT_VALUE;
    *token = name;
    return CHARLEY_OK;
}

/* ---- values ------------------------------------------------------------------ */

static bool is_in_object(const ch_json *json)
{
    return json->is_object >> (json->depth - 1) & 1;
}

static charley_status open_container(ch_json *json, bool is_object,
                                     ch_json_token *token)
{
    if (json->depth == CH_MAX_JSON_DEPTH)
        return refuse(json, CHARLEY_E_LIMIT, json->at, "nested too deeply");
    uint64_t bit = UINT64_C(1) << json->depth;
    json->is_object = is_object ? json->is_object | bit : json->is_object & ~bit;
    json->first_name[json->depth] = json->n_names;
    json->depth++;
    json->place = CH_JSON_AT_FIRST;
    *token = (ch_json_token){.kind = is_object ? CH_JSON_OBJECT : CH_JSON_ARRAY,
                             .at = json->at,
                             .text = {json->document.bytes + json->at, 1}};
    json->at++;
    return CHARLEY_OK;
}

static charley_status close_container(ch_json *json, ch_json_token *token)
{
    bool is_object = is_in_object(json);
    if (peek_byte(json) != (is_object ? '}' : ']'))
        return refuse_syntax(json, json->at, "this closes something that is not open");
    json->depth--;
    json->n_names = json->first_name[json->depth];
    json->place = CH_JSON_AT_NEXT;
    *token = (ch_json_token){.kind = is_object ? CH_JSON_OBJECT_END : CH_JSON_ARRAY_END,
                             .at = json->at,
                             .text = {json->document.bytes + json->at, 1}};
    json->at++;
    return CHARLEY_OK;
}

static charley_status read_number(ch_json *json, ch_json_token *token)
{
    charley_text rest = rest_from(json, json->at);
    size_t used;
    double number;
    charley_status status = ch_number_scan(rest, &used, &number);
    if (status == CHARLEY_E_LIMIT)
        return refuse(json, status, json->at, "the number is too large");
    if (status != CHARLEY_OK)
        return refuse_syntax(json, json->at + used, "this is not a JSON number");
    *token = (ch_json_token){.kind = CH_JSON_NUMBER,
                             .at = json->at,
                             .text = {rest.bytes, used},
                             .number = number};
    json->at += used;
    json->place = CH_JSON_AT_NEXT;
    return CHARLEY_OK;
}

/* No value begins like this: says why, if it is something people do write. */
static charley_status refuse_value(ch_json *json)
{
    charley_text rest = rest_from(json, json->at);
    if (json->at == 0 && ch_view_starts_with(rest, "\xEF\xBB\xBF"))
        return refuse_syntax(json, 0, "a byte-order mark is not allowed");
    if (ch_view_starts_with(rest, "/"))
        return refuse_syntax(json, json->at, "JSON has no comments");
    return refuse_here(json, "a value");
}

static charley_status read_word(ch_json *json, const char *word, ch_json_kind kind,
                                ch_json_token *token)
{
    charley_text rest = rest_from(json, json->at);
    if (!ch_view_starts_with(rest, word))
        return refuse_value(json);
    size_t size = strlen(word);
    *token = (ch_json_token){.kind = kind, .at = json->at, .text = {rest.bytes, size}};
    json->at += size;
    json->place = CH_JSON_AT_NEXT;
    return CHARLEY_OK;
}

static charley_status read_value(ch_json *json, ch_json_token *token)
{
    char byte = peek_byte(json);
    switch (byte) {
    case '"':
        CH_TRY(scan_string(json, CH_JSON_STRING, token));
        json->place = CH_JSON_AT_NEXT;
        return CHARLEY_OK;
    case '{':
    case '[':
        return open_container(json, byte == '{', token);
    case 't':
        return read_word(json, "true", CH_JSON_TRUE, token);
    case 'f':
        return read_word(json, "false", CH_JSON_FALSE, token);
    case 'n':
        return read_word(json, "null", CH_JSON_NULL, token);
    default:
        if (byte == '-' || (byte >= '0' && byte <= '9'))
            return read_number(json, token);
        return refuse_value(json);
    }
}

/* ---- the counter ------------------------------------------------------------- */

void ch_json_start(ch_json *json, charley_text document, ch_json_name *names,
                   size_t n_names, charley_error *error)
{
    json->document = document;
    json->at = 0;
    json->error = error;
    json->status = CHARLEY_OK;
    json->depth = 0;
    json->place = CH_JSON_AT_VALUE;
    json->is_object = 0;
    json->names = names;
    json->n_names = 0;
    /* A branch is a 16-bit index + 1. */
    json->max_names = n_names < UINT16_MAX ? (uint32_t)n_names : UINT16_MAX;
    if (document.size > CH_MAX_JSON_BYTES)
        refuse(json, CHARLEY_E_LIMIT, 0, "the document is too long");
}

charley_status ch_json_next(ch_json *json, ch_json_token *token)
{
    if (json->status != CHARLEY_OK)
        return json->status;
    skip_space(json);
    if (json->place == CH_JSON_AT_VALUE)
        return read_value(json, token);
    if (json->depth == 0) {
        if (json->at < json->document.size)
            return refuse_here(json, "the end of the document");
        *token = (ch_json_token){.kind = CH_JSON_END, .at = json->at};
        return CHARLEY_OK;
    }
    char byte = peek_byte(json);
    if (byte == '}' || byte == ']')
        return close_container(json, token);
    if (json->place == CH_JSON_AT_NEXT) {
        if (byte != ',')
            return refuse_here(json,
                               is_in_object(json) ? "a comma or }" : "a comma or ]");
        json->at++;
        skip_space(json);
    }
    return is_in_object(json) ? read_name(json, token) : read_value(json, token);
}

static const char *const KIND_IN_WORDS[] = {
    [CH_JSON_END] = "the end of the document",
    [CH_JSON_OBJECT] = "an object",
    [CH_JSON_OBJECT_END] = "the end of the object",
    [CH_JSON_ARRAY] = "an array",
    [CH_JSON_ARRAY_END] = "the end of the array",
    [CH_JSON_NAME] = "a name",
    [CH_JSON_STRING] = "a text in double quotes",
    [CH_JSON_NUMBER] = "a number",
    [CH_JSON_TRUE] = "true",
    [CH_JSON_FALSE] = "false",
    [CH_JSON_NULL] = "null",
};

charley_status ch_json_expect(ch_json *json, ch_json_kind kind, ch_json_token *token)
{
    ch_json_token read;
    CH_TRY(ch_json_next(json, &read));
    if (read.kind != kind) {
        json->status = ch_fail(json->error, CHARLEY_E_DATA, "%s should be here",
                               KIND_IN_WORDS[kind]);
        ch_json_locate(json, read.at);
        return json->status;
    }
    *token = read;
    return CHARLEY_OK;
}

charley_status ch_json_skip(ch_json *json, const ch_json_token *token)
{
    ch_json_token read = *token;
    if (read.kind == CH_JSON_NAME)
        CH_TRY(ch_json_next(json, &read));
    if (read.kind != CH_JSON_OBJECT && read.kind != CH_JSON_ARRAY)
        return json->status;
    unsigned outside = json->depth - 1;
    while (json->depth > outside)
        CH_TRY(ch_json_next(json, &read));
    return CHARLEY_OK;
}

charley_status ch_json_unescape(const ch_json_token *token, char *buffer,
                                size_t capacity, charley_text *text,
                                charley_error *error)
{
    if (!token->has_escape) {
        *text = token->text;
        return CHARLEY_OK;
    }
    ch_unescaper from = {.left = token->text, .has_escape = true};
    size_t size = 0;
    for (;;) {
        charley_text piece = ch_unescape_next(&from);
        if (piece.size == 0)
            break;
        if (piece.size > capacity - size)
            return ch_fail(error, CHARLEY_E_LIMIT, "a text is longer than %zu bytes",
                           capacity);
        memcpy(buffer + size, piece.bytes, piece.size);
        size += piece.size;
    }
    *text = (charley_text){buffer, size};
    return CHARLEY_OK;
}

bool ch_json_is(const ch_json_token *token, const char *word)
{
    if (token->kind != CH_JSON_NAME && token->kind != CH_JSON_STRING)
        return false;
    return ch_unescape_same(
        (ch_unescaper){.left = token->text, .has_escape = token->has_escape},
        (ch_unescaper){.left = ch_view(word), .has_escape = false});
}
