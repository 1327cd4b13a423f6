/* knowledge_folder.h: a knowledge folder, checked and compiled, its faults printed. */
#ifndef KNOWLEDGE_FOLDER_H
#define KNOWLEDGE_FOLDER_H

#include "author/author.h"
#include "cli.h"

/* What printing faults needs to know and counts. */
typedef struct fault_printer {
    FILE *out;
    const char *folder;
    size_t n_errors, n_warnings;
} fault_printer;

/* An ch_author_report: prints "FOLDER/FILE:LINE:COLUMN: KB-0NN error: text". */
void fault_print(void *printer, const ch_fault *fault);

/* Loads and checks a folder; with E_DATA every fault has been printed. The bookshelf
 * is to be freed in any case. */
CHARLEY_MUST_USE charley_status knowledge_folder_load(fault_printer *printer,
                                                      ch_bookshelf **shelf);

/* Compiles a folder into an image of its own; faults go to standard error.
 *   image  out: free() it */
cli_exit knowledge_folder_compile(const char *folder, void **image, size_t *size);

#endif
