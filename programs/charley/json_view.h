/* json_view.h: looking into JSON that the engine has just written.
 *
 * For charley_kb_explain, whose members depend on the kind of the id. A value is a run
 * of the text; nothing is copied and nothing is checked, because the engine's writer is
 * tested to write JSON. Never for input from outside: that goes through
 * charley_session_read_case.
 */
#ifndef JSON_VIEW_H
#define JSON_VIEW_H

#include "phrase.h"

typedef enum json_kind { JSON_OBJECT, JSON_ARRAY, JSON_STRING, JSON_OTHER } json_kind;

json_kind json_kind_of(charley_text value);

/* Steps through a container: `rest` starts as the container and is shortened.
 *   key  out: without quotes; NULL for arrays
 * Returns false at the end. */
bool json_next(charley_text *rest, charley_text *key, charley_text *value);

/* A member of an object; empty text when there is none. */
charley_text json_member(charley_text object, const char *key);

/* Adds a string without its quotes and escapes, or any other scalar as it is written.
 */
void json_add_plain(cli_phrase *out, charley_text value);

#endif
