/* terminal.h: what the surroundings are like, and lines typed by a person.
 *
 * The only file of the program that looks at the environment (COLUMNS, NO_COLOR, TERM),
 * asks whether something is a terminal, or handles Ctrl-C.
 */
#ifndef TERMINAL_H
#define TERMINAL_H

#include <signal.h>

#include "cli.h"

/* --width, else COLUMNS, else the size of the terminal, else 80. False, with a
 * message, when --width makes no sense. */
bool terminal_width(const cli_call *call, FILE *out, unsigned *width);
/* --color always or never; else only on a terminal that is not dumb, and not when
 * NO_COLOR is set to anything. */
bool terminal_has_color(const cli_call *call, FILE *out);

typedef enum terminal_event {
    TERMINAL_LINE,
    TERMINAL_TOO_LONG,   /* the line was dropped */
    TERMINAL_END,        /* no more input */
    TERMINAL_INTERRUPTED /* Ctrl-C */
} terminal_event;

enum { TERMINAL_LINE_BYTES = 1024 };

/* Standard input, read line by line. */
typedef struct cli_terminal {
    bool is_echoed; /* by the terminal: otherwise we write down what was read */
    bool is_at_end;
    struct sigaction old_interrupt;
    size_t first, end; /* of what was read and not yet taken */
    char buffer[TERMINAL_LINE_BYTES];
} cli_terminal;

/* From here to terminal_close a Ctrl-C is an event. A second one ends the program. */
void terminal_open(cli_terminal *terminal);
void terminal_close(cli_terminal *terminal);
/* Waits for one line.
 *   line  out: without the line feed; valid until the next call */
terminal_event terminal_read(cli_terminal *terminal, charley_text *line);

#endif
