/* case_write.h: cases as documents that other programs can assess and compare. */
#ifndef CASE_WRITE_H
#define CASE_WRITE_H

#include "case_run.h"

typedef struct case_writer {
    const char *folder;
    cli_phrase index; /* the members of index.json so far; the caller frees it */
} case_writer;

/* Makes the folder if it is not there.
 * Returns  CLI_INTERNAL (printed). */
cli_exit case_write_open(case_writer *writer, const char *folder);
/* Writes ID.case.json, the answers as `charley assess` takes them, and ID.result.json,
 * what it prints for them with --json. An answer that no case document can hold
 * (refused as it was given) leaves nothing to write. */
cli_exit case_write(case_writer *writer, const case_run *run);
/* Writes index.json: the ids, and with which options each case was assessed. */
cli_exit case_write_close(case_writer *writer);

#endif
