/* desk.h: the knowledge a command works with, and a session on it. */
#ifndef DESK_H
#define DESK_H

#include "cli.h"
#include "phrase.h"

typedef struct cli_desk {
    void *image; /* NULL when the embedded one is used */
    const charley_kb *kb;
    void *memory;
    charley_session *session;
} cli_desk;

/* Opens the knowledge that the call asks for: --knowledge with an image file or a
 * folder, else the embedded image. Faults are printed. */
cli_exit desk_open_knowledge(cli_desk *desk, const cli_call *call);
/* The same for a given path. */
cli_exit desk_open_path(cli_desk *desk, const char *path);
/* desk_open_knowledge, and a session without answers. */
cli_exit desk_open(cli_desk *desk, const cli_call *call);
/* A session without answers on knowledge that is open. */
cli_exit desk_open_session(cli_desk *desk, const charley_options *options);
void desk_close(cli_desk *desk);

/* Reads a case document ("-" is standard input) into the session.
 *   error  out: for whoever writes a failure document; nothing is printed */
CHARLEY_MUST_USE charley_status desk_read_case(cli_desk *desk, const char *path,
                                               charley_error *error);
/* The answers as a case document. */
CHARLEY_MUST_USE charley_status desk_case_text(const cli_desk *desk, cli_phrase *json,
                                               charley_error *error);

/* The writers of charley.h say how much room they need; this gives it to them.
 *   write  calls one of them with the memory it is given */
typedef charley_status desk_writer(const void *what, char *json, size_t capacity,
                                   size_t *size, charley_error *error);
CHARLEY_MUST_USE charley_status desk_write(desk_writer *write, const void *what,
                                           cli_phrase *json, charley_error *error);

#endif
