/* case_file.h: `.case` files: what a clinician expects of a person's answers.
 *
 * The format is described in tests/cases/README.md. A case stays a YAML tree, because
 * everything said about it is said at a place in its file; this module reads the files
 * and says how a fault or an unmet expectation is reported.
 */
#ifndef CASE_FILE_H
#define CASE_FILE_H

#include "author/fault.h"
#include "author/yaml_tree.h"
#include "phrase.h"

/* Where faults of the files and unmet expectations go. */
typedef struct case_report {
    bool is_silent; /* only counted */
    bool is_json;
    cli_phrase json; /* with is_json: the objects so far; else they are printed */
    size_t n;
} case_report;

/* Reports a sentence at a node: "FILE:LINE:COLUMN: CASE: sentence".
 *   id  of the case; may be empty */
void case_fail(case_report *report, const ch_node *at, charley_text id,
               const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Every case of the files given on the command line, in their order. */
typedef struct case_set {
    ch_pool pool;
    ch_desk desk;
    case_report *report;
    const ch_node **cases; /* [n_cases] mappings with an id */
    size_t n_cases, capacity;
    size_t n_files;
} case_set;

/* Reads a file, or every *.case file below a folder. Faults are reported, and what is
 * sound is kept.
 * Returns  CLI_INTERNAL (unreadable; printed), else CLI_DONE. */
cli_exit case_set_read(case_set *set, const char *path);
void case_set_free(case_set *set);

charley_text case_id(const ch_node *test_case);

/* Adds text as a JSON string, with its quotes. */
void case_add_json(cli_phrase *out, charley_text text);

#endif
