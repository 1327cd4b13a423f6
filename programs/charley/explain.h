/* explain.h: what is known about an id, as text: `charley explain`, `charley kb
 * explain`. */
#ifndef EXPLAIN_H
#define EXPLAIN_H

#include "page.h"

/* Prints it for the knowledge `kb`, as text or with --json as the engine writes it. */
cli_exit explain_id(const cli_call *call, const charley_kb *kb, const char *id);

/* Prints an object that the engine wrote: one labelled line a member. */
void explain_object(cli_page *page, charley_text object);

/* What charley_kb_explain writes, in memory that grows. */
CHARLEY_MUST_USE charley_status explain_json(const charley_kb *kb, charley_text id,
                                             cli_phrase *json, charley_error *error);

/* Adds a scalar member, in words where the knowledge has some ("mark": "shown"). */
void explain_add_value(cli_phrase *out, const cli_page *page, charley_text key,
                       charley_text value);

#endif
