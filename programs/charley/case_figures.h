/* case_figures.h: how often the engine was right, over the cases that say what they
 * expect.
 */
#ifndef CASE_FIGURES_H
#define CASE_FIGURES_H

#include "case_run.h"

enum { CASE_N_URGENCIES = CHARLEY_AMBULANCE + 1 };

typedef struct case_figures {
    size_t n_cases, n_passed;
    size_t urgency[CASE_N_URGENCIES][CASE_N_URGENCIES]; /* [expected][got] */
    size_t n_bounds, n_bounds_met; /* urgency_at_least, urgency_at_most */
    size_t n_bounds_under;         /* below urgency_at_least */
    size_t n_top, n_top1_met;
    size_t n_top3, n_top3_met; /* of top and top3 */
} case_figures;

void case_figures_add(case_figures *figures, const case_run *run, bool is_passed);

#endif
