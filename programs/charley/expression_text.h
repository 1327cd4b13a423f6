/* expression_text.h: an expression of the knowledge as lines a clinician can read. */
#ifndef EXPRESSION_TEXT_H
#define EXPRESSION_TEXT_H

#include "page.h"

/* Takes one line; `depth` is 0 for the outermost.
 *   finding  the finding that the line is about, without an option; may be empty */
typedef void expression_line(void *user, unsigned depth, charley_text line,
                             charley_text finding);

/* Calls `take` for every line of an expression as charley_kb_explain writes it:
 *     all of:
 *         One leg is swollen (calf_swelling_one_side)
 *         Age: at least 65 a */
void expression_text(cli_page *page, charley_text json, expression_line *take,
                     void *user);

#endif
