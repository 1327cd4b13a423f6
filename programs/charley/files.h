/* files.h: whole files into memory, and whole files onto disk or not at all. */
#ifndef FILES_H
#define FILES_H

#include "cli.h"

/* Reads a whole file; "-" is standard input.
 *   most   bytes accepted; a longer input is refused after `most` + 1 bytes
 *   bytes  out: free() it; one NUL follows the `size` bytes
 * Returns  E_IO (missing, a directory, unreadable), E_LIMIT. */
CHARLEY_MUST_USE charley_status cli_read_file(const char *path, size_t most,
                                              char **bytes, size_t *size,
                                              charley_error *error);

/* Who may read a file that did not exist before. */
typedef enum cli_privacy {
    CLI_PRIVATE, /* only its owner: answers about somebody's health */
    CLI_PUBLIC   /* as the umask says */
} cli_privacy;

/* Writes a file first beside its place and then renames it, so that whoever looks finds
 * the old content or the new, never a part. What is no plain file (/dev/stdout) is
 * written in place.
 * Returns  E_IO; an old file is then untouched. */
CHARLEY_MUST_USE charley_status cli_write_file(const char *path, cli_privacy privacy,
                                               const void *bytes, size_t size,
                                               charley_error *error);

#endif
