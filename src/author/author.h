/* author.h: the bookshelf workshop: YAML files in, checked knowledge and an image out.
 *
 *     ch_bookshelf *shelf = NULL;
 *     charley_status status = ch_author_load("knowledge", print_fault, NULL, &shelf);
 *     if (status == CHARLEY_OK)
 *         status = ch_author_check(shelf);
 *     if (status == CHARLEY_OK)
 *         status = ch_author_build(shelf, &image, &image_size);
 *     ... write the image ...
 *     ch_author_free(shelf);
 *
 * Every fault found goes through the reporter, in the order of the work: first what a
 * file may look like, then what the files say together. The format is described in
 * knowledge/README.md and charley-kb(5); the lints in ch_author_lint.
 *
 * Memory  Everything handed out belongs to the bookshelf and lives until
 *         ch_author_free. No call ends the process when memory runs out: it returns
 *         E_MEMORY, and the bookshelf may then only be freed.
 * Threads One bookshelf belongs to one thread.
 */
#ifndef CH_AUTHOR_AUTHOR_H
#define CH_AUTHOR_AUTHOR_H

#include "charley/charley.h"

typedef enum ch_severity { CH_WARNING, CH_ERROR } ch_severity;

typedef struct ch_fault {
    const char *file; /* relative to the bookshelf */
    unsigned line;    /* 1-based; 0 when the fault is about the file as a whole */
    unsigned column;  /* 1-based, in characters */
    const char *lint; /* "KB-007" */
    const char *name; /* "duplicate-id" */
    ch_severity severity;
    const char *text; /* one sentence; lives during the call only */
} ch_fault;

typedef void ch_author_report(void *user, const ch_fault *fault);

/* One row of the table of lints; `explanation` is one sentence. */
typedef struct ch_lint_info {
    const char *lint;
    const char *name;
    ch_severity severity;
    const char *explanation;
} ch_lint_info;

/* The lint at `index`, in the order of their numbers, or NULL past the last. */
const ch_lint_info *ch_author_lint(size_t index);

/* Where memory comes from. resize(user, block, 0) frees; resize(user, NULL, size)
 * takes; NULL means that there is none. */
typedef struct ch_allocator {
    void *(*resize)(void *user, void *block, size_t size);
    void *user;
    size_t least; /* bytes taken at once; 0: 64 KiB. 1 lets a test see every request */
} ch_allocator;

/* The C library's heap. */
ch_allocator ch_author_heap(void);

/* One file of a bookshelf: its path below the bookshelf ("rules/clot.yaml") and bytes.
 */
typedef struct ch_author_file {
    charley_text path;
    charley_text bytes;
} ch_author_file;

typedef struct ch_bookshelf ch_bookshelf;

/* Reads every *.yaml file below `directory` and reports what is wrong with single
 * files. report  called once for each fault; must not be NULL shelf   out; set also
 * after E_DATA, so that ch_author_check may find more Returns  E_DATA when an error was
 * reported (also an unreadable file), E_MEMORY. */
CHARLEY_MUST_USE charley_status ch_author_load(const char *directory,
                                               ch_author_report *report, void *user,
                                               ch_bookshelf **shelf);

/* The same for files that are in memory already; they must outlive the bookshelf.
 *   files  [n_files], ascending by path */
CHARLEY_MUST_USE charley_status ch_author_load_files(ch_allocator allocator,
                                                     const ch_author_file *files,
                                                     size_t n_files,
                                                     ch_author_report *report,
                                                     void *user, ch_bookshelf **shelf);

/* Checks what the files say together; once for each bookshelf.
 * Returns  E_DATA when this or the loading reported an error, E_MEMORY. */
CHARLEY_MUST_USE charley_status ch_author_check(ch_bookshelf *shelf);

/* Compiles a bookshelf that passed ch_author_check. Equal files give equal bytes.
 *   image  out, [size], 8-byte aligned
 * Returns  E_MISUSE (not checked, or with errors), E_MEMORY. */
CHARLEY_MUST_USE charley_status ch_author_build(ch_bookshelf *shelf, const void **image,
                                                size_t *size);

/* The files of a bookshelf, ascending by path. */
size_t ch_author_n_files(const ch_bookshelf *shelf);
const ch_author_file *ch_author_file_at(const ch_bookshelf *shelf, size_t index);

/* Writes one file in the house form: two spaces a level, small mappings on one line,
 * keys in the order of the format; comments are kept. The result reads as the same
 * knowledge, and formatting it again changes nothing.
 * Returns  E_NOTFOUND (no such file), E_DATA (not YAML, or a comment stands where it
 *          cannot be kept), E_MEMORY. */
CHARLEY_MUST_USE charley_status ch_author_fmt(ch_bookshelf *shelf, size_t index,
                                              charley_text *text, charley_error *error);

/* What a bookshelf holds; retired and rejected entries are counted only as such. */
typedef struct ch_author_stats_of {
    size_t n_files, n_findings, n_atoms, n_conditions, n_links, n_rules, n_cautions,
        n_remedies, n_scores, n_claims, n_contradictions, n_drugs, n_interactions,
        n_regions, n_sources, n_words, n_retired;
    size_t n_rules_at[CHARLEY_AMBULANCE + 1];      /* by charley_urgency */
    size_t n_numbers_marked[CHARLEY_ESTIMATE + 1]; /* by charley_mark */
    size_t n_errors, n_warnings;
} ch_author_stats_of;

void ch_author_stats(const ch_bookshelf *shelf, ch_author_stats_of *stats);

/* Frees a bookshelf and everything it handed out; NULL is allowed. */
void ch_author_free(ch_bookshelf *shelf);

#endif
