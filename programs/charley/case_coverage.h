/* case_coverage.h: which entries of the knowledge the cases exercise, and how often the
 * engine was right.
 */
#ifndef CASE_COVERAGE_H
#define CASE_COVERAGE_H

#include "case_run.h"

enum { CASE_N_URGENCIES = CHARLEY_AMBULANCE + 1 };

/* How often, over the cases that say what they expect. */
typedef struct case_figures {
    size_t n_cases, n_passed;
    size_t urgency[CASE_N_URGENCIES][CASE_N_URGENCIES]; /* [expected][got] */
    size_t n_bounds, n_bounds_met; /* urgency_at_least, urgency_at_most */
    size_t n_bounds_under;         /* below urgency_at_least */
    size_t n_top, n_top1_met;
    size_t n_top3, n_top3_met; /* of top and top3 */
} case_figures;

/* [count of the kind] times a case covers the entry. */
typedef struct case_coverage {
    const charley_kb *kb;
    size_t *times[CHARLEY_N_KINDS];
} case_coverage;

void case_figures_add(case_figures *figures, const case_run *run, bool is_passed);

void case_coverage_open(case_coverage *coverage, const charley_kb *kb);
void case_coverage_close(case_coverage *coverage);
/* Checks `covers` of a case against what came of it and counts it; faults are
 * reported. */
void case_coverage_add(case_coverage *coverage, const case_run *run);
/* Is it a rule of the top three levels? Also true when that cannot be told. */
bool case_is_danger_rule(const charley_kb *kb, charley_text rule);

/* The kinds of which holes are listed; ends with CHARLEY_N_KINDS. */
extern const charley_kind case_covered_kinds[];
const char *case_kind_name(charley_kind kind);

#endif
