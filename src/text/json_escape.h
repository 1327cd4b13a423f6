/* json_escape.h: what a backslash means in a JSON string (RFC 8259, section 7).
 *
 * Shared by the reader, which checks and resolves escapes, and the writer.
 */
#ifndef CH_TEXT_JSON_ESCAPE_H
#define CH_TEXT_JSON_ESCAPE_H

#include "charley/charley.h"

/* Checks the escape that `text` begins with: known, not NUL, surrogates in pairs.
 *   sentence  out on a fault: what is wrong
 * Returns  its bytes (2, 6 or 12), or 0 on a fault. */
size_t ch_escape_check(charley_text text, const char **sentence);

/* The letter after the backslash for a byte that has a short escape, else 0. */
char ch_escape_letter(char byte);

/* Hands out a checked string with its escapes resolved, a piece at a time.
 * Start with {.left = spelling, .has_escape = ...}; "true" is always right. */
typedef struct ch_unescaper {
    charley_text left;
    bool has_escape;
    char piece[4];
} ch_unescaper;

/* The next piece, valid until the next call; empty at the end. */
charley_text ch_unescape_next(ch_unescaper *from);

/* True if both hand out the same bytes. */
bool ch_unescape_same(ch_unescaper a, ch_unescaper b);

#endif
