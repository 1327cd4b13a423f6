/* json_read.h: a strict JSON reader that hands out one token at a time.
 *
 *     ch_json_name names[64];
 *     ch_json json;
 *     ch_json_token token;
 *     ch_json_start(&json, document, names, 64, error);
 *     CH_TRY(ch_json_expect(&json, CH_JSON_OBJECT, &token));
 *     for (;;) {
 *         CH_TRY(ch_json_next(&json, &token));
 *         if (token.kind == CH_JSON_OBJECT_END)
 *             break;
 *         if (ch_json_is(&token, "version"))
 *             CH_TRY(ch_json_expect(&json, CH_JSON_NUMBER, &token));
 *         else
 *             CH_TRY(ch_json_skip(&json, &token));
 *     }
 *     CH_TRY(ch_json_expect(&json, CH_JSON_END, &token));
 *
 * It keeps no tree and allocates nothing; tokens point into the document. It takes
 * RFC 8259 and, because a document may carry somebody's danger signs, refuses what
 * other readers guess about: duplicate names (also when spelled with escapes), bad
 * UTF-8, NUL, lone surrogates, numbers beyond a double, a byte-order mark, anything
 * after the value. Every refusal says where.
 */
#ifndef CH_TEXT_JSON_READ_H
#define CH_TEXT_JSON_READ_H

#include "base/limits.h"
#include "charley/charley.h"

typedef enum ch_json_kind {
    CH_JSON_END, /* of the document; comes again when asked again */
    CH_JSON_OBJECT,
    CH_JSON_OBJECT_END,
    CH_JSON_ARRAY,
    CH_JSON_ARRAY_END,
    CH_JSON_NAME, /* of a member; its value comes next */
    CH_JSON_STRING,
    CH_JSON_NUMBER,
    CH_JSON_TRUE,
    CH_JSON_FALSE,
    CH_JSON_NULL
} ch_json_kind;

typedef struct ch_json_token {
    ch_json_kind kind;
    bool has_escape;   /* NAME, STRING: read it with ch_json_unescape or ch_json_is */
    size_t at;         /* offset of its first byte in the document */
    charley_text text; /* as spelled; NAME, STRING: between the quotes */
    double number;     /* NUMBER: the nearest double */
} ch_json_token;

/* A name of an object that is still open: a node of a search tree with four branches,
 * chosen by the hash, two bits a level. */
typedef struct ch_json_name {
    uint32_t at;
    uint32_t size;
    uint32_t hash;
    uint16_t child[4]; /* index + 1; 0 = none */
} ch_json_name;

/* What may come next. */
typedef enum ch_json_place {
    CH_JSON_AT_VALUE, /* a value: at the start and after a name */
    CH_JSON_AT_FIRST, /* the first item, or the end of what was just opened */
    CH_JSON_AT_NEXT   /* a comma or an end */
} ch_json_place;

typedef struct ch_json {
    charley_text document;
    size_t at; /* offset of the next byte to read */
    charley_error *error;
    charley_status status; /* of the first fault; every later call returns it too */
    unsigned depth;
    ch_json_place place;
    uint64_t is_object; /* bit i: what is open at depth i + 1 is an object */
    ch_json_name *names;
    uint32_t n_names;
    uint32_t max_names;
    uint32_t first_name[CH_MAX_JSON_DEPTH]; /* of the object at that depth */
} ch_json;

/* Begins to read `document`, which must stay unchanged meanwhile.
 *   names  [n_names], working memory: as many as members of all objects open at the
 * same time, CH_MAX_JSON_NAMES for any case; need not be cleared error  may be NULL;
 * filled by the call that fails Cost     per name, a few comparisons; a document made
 * to hurt needs at most n_names of them. */
void ch_json_start(ch_json *json, charley_text document, ch_json_name *names,
                   size_t n_names, charley_error *error);

/* Reads the next token. On an error it is untouched.
 * Returns  E_SYNTAX, or E_LIMIT (too long, too deep, too many names, a number too
 *          large), with offset, line and column (in bytes) of the fault. */
CHARLEY_MUST_USE charley_status ch_json_next(ch_json *json, ch_json_token *token);

/* Reads the next token, which must be of a kind. Returns as ch_json_next, and E_DATA
 * with the place of the token when it is of another kind. */
CHARLEY_MUST_USE charley_status ch_json_expect(ch_json *json, ch_json_kind kind,
                                               ch_json_token *token);

/* Reads (and checks) on to the end of what `token`, the last one read, began: the value
 * of a name, the rest of an object or array; of anything else nothing is left. */
CHARLEY_MUST_USE charley_status ch_json_skip(ch_json *json, const ch_json_token *token);

/* Adds the place of `offset` to the error record the caller has just filled. */
void ch_json_locate(const ch_json *json, size_t offset);

/* The text of a NAME or STRING with its escapes resolved.
 *   buffer  [capacity], used only if there are escapes; token->text.size always
 * suffices text    out; borrowed from the document or from buffer Returns  E_LIMIT when
 * the buffer is too small. */
CHARLEY_MUST_USE charley_status ch_json_unescape(const ch_json_token *token,
                                                 char *buffer, size_t capacity,
                                                 charley_text *text,
                                                 charley_error *error);

/* True if a NAME or STRING, with its escapes resolved, is `word`. */
bool ch_json_is(const ch_json_token *token, const char *word);

#endif
