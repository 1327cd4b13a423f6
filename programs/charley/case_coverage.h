/* case_coverage.h: what the cases ought to show of a knowledge, and what they do show.
 *
 * The table of aspects in case_coverage.c says what is wanted: each is a list of items
 * made from the knowledge, and a question put to every case. A hole is an item that no
 * case answers with yes.
 */
#ifndef CASE_COVERAGE_H
#define CASE_COVERAGE_H

#include "case_run.h"

/* One thing that a case ought to show. */
typedef struct coverage_item {
    charley_text id;
    charley_text part;     /* a band of a score: its id; else empty */
    charley_text sentence; /* of that band */
    charley_cutoff cutoff;
    int side; /* of the cut-off: -1 below, 0 at, 1 above */
    bool is_shown;
} coverage_item;

/* One aspect of one knowledge. */
typedef struct coverage_list {
    coverage_item *items;
    size_t n, capacity;
    size_t n_shown;
} coverage_list;

enum { CASE_MOST_ASPECTS = 48 };

typedef struct case_coverage {
    const charley_kb *kb;
    cli_phrase *explained; /* [n_explained] JSON from which parts are borrowed */
    size_t n_explained;
    coverage_list lists[CASE_MOST_ASPECTS];
} case_coverage;

void case_coverage_open(case_coverage *coverage, const charley_kb *kb);
void case_coverage_close(case_coverage *coverage);
/* Asks of every item that is still open whether this case shows it. */
void case_coverage_add(case_coverage *coverage, const case_run *run);

size_t case_n_aspects(void);
const char *case_aspect_name(size_t aspect);
/* Adds what is missing, without a line feed: "rule bone_pain: no case at age = 65 a" */
void case_add_hole(const case_coverage *coverage, size_t aspect, size_t item,
                   cli_phrase *out);
/* Is it a rule of the top three levels that no case makes speak? Also true when the
 * level cannot be told. */
bool case_is_danger_hole(const case_coverage *coverage, size_t aspect, size_t item);

#endif
