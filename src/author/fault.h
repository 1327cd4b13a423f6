/* fault.h: the numbered lints and how they are reported.
 *
 * A lint's number is its place in this list and never changes meaning; a new lint goes
 * to the end. Names, severities and explanations stand in fault.c.
 */
#ifndef CH_AUTHOR_FAULT_H
#define CH_AUTHOR_FAULT_H

#include "author/yaml_tree.h"
#include "base/fail.h"

typedef enum ch_lint {
    /* what a file may look like */
    CH_LINT_UNREADABLE = 1,
    CH_LINT_ENCODING,
    CH_LINT_YAML,
    CH_LINT_ANCHOR,
    CH_LINT_TAG,
    CH_LINT_MERGE_KEY,
    CH_LINT_DOCUMENTS,
    CH_LINT_YAML_LIMIT,
    CH_LINT_KEY_NOT_TEXT,
    CH_LINT_DUPLICATE_KEY,
    /* what an entry may look like */
    CH_LINT_UNKNOWN_KEY,
    CH_LINT_MISSING_KEY,
    CH_LINT_WRONG_TYPE,
    CH_LINT_OUT_OF_RANGE,
    CH_LINT_NOT_A_CHOICE,
    CH_LINT_GRADE,
    CH_LINT_VERDICT,
    CH_LINT_BAD_ID,
    CH_LINT_BAD_TEXT,
    CH_LINT_EXPRESSION,
    CH_LINT_EXPRESSION_SIZE,
    CH_LINT_NO_UNKNOWN,
    CH_LINT_NO_PASSPORT,
    CH_LINT_KEY_DOES_NOT_FIT,
    /* names */
    CH_LINT_DUPLICATE_ID,
    CH_LINT_UNKNOWN_ID,
    CH_LINT_RETIRED_ID,
    CH_LINT_TOO_MANY,
    /* numbers */
    CH_LINT_NO_WHY,
    CH_LINT_COUNTS,
    CH_LINT_PROBABILITY,
    CH_LINT_WEIGHT,
    CH_LINT_INTERVAL,
    CH_LINT_NUMBER_FORM,
    CH_LINT_RATIO_CAP,
    CH_LINT_RATIO_DISAGREES,
    CH_LINT_RATIO_DIRECTION,
    CH_LINT_NO_LEAK,
    CH_LINT_LISTED_TWICE,
    /* findings */
    CH_LINT_UNIT,
    CH_LINT_RANGE,
    CH_LINT_COMPARISON_UNIT,
    CH_LINT_COMPARISON_RANGE,
    CH_LINT_CYCLE,
    CH_LINT_SCORE_IN_SCORE,
    CH_LINT_CLUSTER_TWICE,
    CH_LINT_SCREEN_KIND,
    CH_LINT_TWO_SCREENS,
    CH_LINT_NOT_ASKED,
    CH_LINT_RED_FLAG_NOT_ASKED,
    CH_LINT_RED_FLAG_NEGATED,
    /* safety and advice */
    CH_LINT_NO_FLOOR,
    CH_LINT_RULE_INCOMPLETE,
    CH_LINT_NO_LIFT,
    CH_LINT_BANDS,
    CH_LINT_NO_HELP,
    /* words and what nobody uses */
    CH_LINT_NO_WORD,
    CH_LINT_WORD_UNUSED,
    CH_LINT_SOURCE_UNUSED,
    CH_LINT_PROFILE_UNUSED,
    /* medicines and regions */
    CH_LINT_DRUG_NAME,
    CH_LINT_WORD_VARIANT,
    CH_N_LINTS
} ch_lint;

/* Where faults go, and how many there were. */
typedef struct ch_desk {
    ch_author_report *report;
    void *user;
    uint32_t n_errors;
    uint32_t n_warnings;
} ch_desk;

/* Reports a fault at a place in a file. `format` as for printf. */
void ch_report_place(ch_desk *desk, ch_lint lint, const char *file, uint32_t line,
                     uint32_t column, const char *format, ...) CH_FORMAT(6, 7);
/* The same at the beginning of a node. */
void ch_report(ch_desk *desk, ch_lint lint, const ch_node *node, const char *format,
               ...) CH_FORMAT(4, 5);

/* Collects the candidate nearest to a misspelt word. */
typedef struct ch_guess {
    charley_text wrong;
    charley_text best;
    unsigned distance; /* of `best`; above the limit when there is none */
} ch_guess;

ch_guess ch_guess_start(charley_text wrong);
void ch_guess_try(ch_guess *guess, charley_text candidate);
/* "; did you mean x?" or "": what ends the sentence of a fault. Needs a buffer. */
enum { CH_HINT_SIZE = 96 };
const char *ch_guess_hint(const ch_guess *guess, char hint[CH_HINT_SIZE]);

#endif
