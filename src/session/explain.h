/* explain.h: parts of what is known about an id, as JSON; shared by the files of this
 * room only. */
#ifndef CH_SESSION_EXPLAIN_H
#define CH_SESSION_EXPLAIN_H

#include "kb/kb.h"
#include "text/json_write.h"

typedef struct ch_explainer {
    const charley_kb *kb;
    ch_json_writer *out;
} ch_explainer;

/* ---- explain_json.c ---- */

/* "sources": the full citations of a run in LISTS. */
void ch_explain_sources(const ch_explainer *w, ch_run sources);
/* One number with its passport; nothing for CH_NONE. */
void ch_explain_number(const ch_explainer *w, uint32_t passport, double value);

/* ---- drugs_json.c ---- */

/* A medicine, its figures and what it clashes with, as an object.
 *   found  the words by which it was found; may be empty */
void ch_explain_drug(const ch_explainer *w, uint32_t drug, charley_text found);
void ch_explain_interaction(const ch_explainer *w, uint32_t interaction);

#endif
