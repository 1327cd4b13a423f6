/* case_covers.h: what a case says that it `covers`, and whether that is true.
 */
#ifndef CASE_COVERS_H
#define CASE_COVERS_H

#include "case_run.h"

/* Checks each line of `covers` against what came of the case; faults are reported. */
void case_covers_check(const case_run *run);

/* Does the case say "KIND ID", or "KIND ID SIDE"?
 *   side  NULL: whatever the side */
bool case_covers(const case_run *run, const char *kind, charley_text id,
                 const char *side);

/* Did it show itself in what came of the case? */
bool case_shows_caution(const case_run *run, charley_text id);
bool case_shows_claim(const case_run *run, charley_text id);
bool case_shows_interaction(const case_run *run, charley_text id);
bool case_shows_conflict(const case_run *run, charley_text id);
bool case_offers_remedy(const case_run *run, charley_text id);

#endif
