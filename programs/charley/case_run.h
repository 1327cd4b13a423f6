/* case_run.h: one `.case` put to the engine, and what it expects compared with what
 * came.
 */
#ifndef CASE_RUN_H
#define CASE_RUN_H

#include "case_file.h"
#include "desk.h"

/* One case and what came of it. */
typedef struct case_run {
    const ch_node *test_case;
    charley_text id;
    case_report *report;
    cli_desk desk;
    const charley_result *result; /* NULL: the answers were refused */
    charley_error refusal;
    const ch_node *refused_at;
} case_run;

/* Answers the case on the knowledge `kb` and assesses it. Names that the knowledge
 * does not have are reported.
 * Returns  CLI_INTERNAL, else CLI_DONE; the run is to be closed in any case. */
cli_exit case_run_open(case_run *run, const charley_kb *kb, const ch_node *test_case,
                       case_report *report);
void case_run_close(case_run *run);

/* Reports each expectation that is not met. */
void case_run_compare(case_run *run);

/* Did this rule speak: fired, or raised because an answer is missing? NULL if not. */
const charley_reason *case_rule_reason(const case_run *run, charley_text rule);
/* A modifier that raised the urgency; NULL if it did not. */
const charley_reason *case_modifier_reason(const case_run *run, charley_text id);
/* What is struck out under this id: an action or a remedy. */
const charley_remedy *case_struck_out(const case_run *run, charley_text id);
/* An entry of one of the result's lists of remedies, or NULL. */
const charley_remedy *case_find_remedy(const charley_remedy *list, size_t n,
                                       charley_text id);
const charley_score *case_score(const case_run *run, charley_text id);
/* Place of a cause in the list shown (0 is first), or the length of the list. */
size_t case_cause_place(const case_run *run, charley_text id);
/* Is it shown, and none shown is likelier? In an emergency the likeliest need not be
 * first. */
bool case_is_likeliest(const case_run *run, charley_text id);
/* Is the text an item of the list (or the single text) expect.KEY? */
bool case_expects(const case_run *run, const char *key, charley_text item);

#endif
