/* view.h: borrowed runs of UTF-8 bytes (charley_text) and what can be asked of them.
 *
 * NUL termination is never relied on. Nothing here allocates.
 */
#ifndef CH_BASE_VIEW_H
#define CH_BASE_VIEW_H

#include "charley/charley.h"

/* A view of a NUL-terminated string; NULL gives the empty view. */
charley_text ch_view(const char *string);
bool ch_view_equal(charley_text a, charley_text b);
bool ch_view_is(charley_text a, const char *string);
/* Order by bytes: below, equal to or above zero. */
int ch_view_compare(charley_text a, charley_text b);
bool ch_view_starts_with(charley_text a, const char *prefix);
/* Index of the first `byte`, or a.size when there is none. */
size_t ch_view_find(charley_text a, char byte);
/* The part of `a` from `first`, at most `size` bytes, clipped to `a`. */
charley_text ch_view_part(charley_text a, size_t first, size_t size);
/* At most `most` bytes from the start of UTF-8 text, never half a character. */
charley_text ch_view_start(charley_text a, size_t most);

/* Number of leading bytes that are well-formed UTF-8 (RFC 3629: no surrogates, no
 * overlong forms, at most U+10FFFF). Equal to size when all of it is. */
size_t ch_utf8_valid(const char *bytes, size_t size);

/* Edit distance (insert, delete, replace, swap of neighbours) of two ids, counted at
 * most to `limit`; returns limit + 1 when larger. Ids above 64 bytes never match. */
unsigned ch_view_distance(charley_text a, charley_text b, unsigned limit);

#endif
