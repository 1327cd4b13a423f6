/* terminal.c: see terminal.h. */
#include "terminal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <unistd.h>

#include "command_line.h"

enum { LEAST_WIDTH = 20, MOST_WIDTH = 500, USUAL_WIDTH = 80 };

static bool is_width(unsigned long columns)
{
    return columns >= LEAST_WIDTH && columns <= MOST_WIDTH;
}

bool terminal_width(const cli_call *call, FILE *out, unsigned *width)
{
    unsigned fallback = USUAL_WIDTH;
    const char *columns = getenv("COLUMNS");
    unsigned long asked = columns ? strtoul(columns, NULL, 10) : 0;
    struct winsize size;
    if (is_width(asked))
        fallback = (unsigned)asked;
    else if (ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && is_width(size.ws_col))
        fallback = size.ws_col;
    return cli_number_value(call, CLI_WIDTH, LEAST_WIDTH, MOST_WIDTH, fallback, width);
}

bool terminal_has_color(const cli_call *call, FILE *out)
{
    const char *when = call->values[CLI_COLOR];
    if (when && strcmp(when, "auto") != 0)
        return strcmp(when, "always") == 0;
    const char *no_color = getenv("NO_COLOR");
    const char *kind = getenv("TERM");
    return isatty(fileno(out)) && !(no_color && *no_color) && kind &&
           strcmp(kind, "dumb") != 0;
}

/* ---- lines ------------------------------------------------------------------ */

/* Set by the handler and looked at by terminal_read only. A handler can reach nothing
 * but a variable of the whole program; this is the only one. */
static volatile sig_atomic_t was_interrupted;

static void note_interrupt(int signal_number)
{
    (void)signal_number;
    was_interrupted = 1;
}

void terminal_open(cli_terminal *terminal)
{
    *terminal = (cli_terminal){.is_echoed = isatty(STDIN_FILENO) != 0};
    was_interrupted = 0;
    /* Reset by the first Ctrl-C: a second one always gets out. Writing goes on. */
    struct sigaction action = {.sa_handler = note_interrupt,
                               .sa_flags = (int)(SA_RESETHAND | SA_RESTART)};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, &terminal->old_interrupt);
}

void terminal_close(cli_terminal *terminal)
{
    sigaction(SIGINT, &terminal->old_interrupt, NULL);
}

/* Waits until there is something to read; false on Ctrl-C. The signal is held back but
 * while pselect sleeps, so it cannot slip in between the look and the sleep. */
static bool wait_for_input(void)
{
    sigset_t interrupt, before;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    sigprocmask(SIG_BLOCK, &interrupt, &before);
    while (!was_interrupted) {
        fd_set input;
        FD_ZERO(&input);
        FD_SET(STDIN_FILENO, &input);
        if (pselect(STDIN_FILENO + 1, &input, NULL, NULL, NULL, &before) >= 0 ||
            errno != EINTR)
            break;
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    return !was_interrupted;
}

/* Reads once into the free part of the buffer. */
static terminal_event fill(cli_terminal *terminal)
{
    if (terminal->is_at_end)
        return TERMINAL_END;
    if (!wait_for_input())
        return TERMINAL_INTERRUPTED;
    ssize_t n_read = read(STDIN_FILENO, terminal->buffer + terminal->end,
                          sizeof terminal->buffer - terminal->end);
    if (n_read <= 0) {
        terminal->is_at_end = true;
        return TERMINAL_END;
    }
    terminal->end += (size_t)n_read;
    return TERMINAL_LINE;
}

static void drop_taken(cli_terminal *terminal)
{
    terminal->end -= terminal->first;
    memmove(terminal->buffer, terminal->buffer + terminal->first, terminal->end);
    terminal->first = 0;
}

/* A last line without a line feed counts as a line. */
static bool take_line(cli_terminal *terminal, charley_text *line)
{
    const char *bytes = terminal->buffer + terminal->first;
    size_t size = terminal->end - terminal->first;
    const char *end = memchr(bytes, '\n', size);
    if (!end && !(terminal->is_at_end && size > 0))
        return false;
    line->bytes = bytes;
    line->size = end ? (size_t)(end - bytes) : size;
    terminal->first += line->size + (end ? 1 : 0);
    if (line->size > 0 && line->bytes[line->size - 1] == '\r')
        line->size--;
    return true;
}

terminal_event terminal_read(cli_terminal *terminal, charley_text *line)
{
    bool is_too_long = false;
    drop_taken(terminal);
    while (!take_line(terminal, line)) {
        if (terminal->end == sizeof terminal->buffer) {
            is_too_long = true;
            terminal->end = 0;
        }
        terminal_event event = fill(terminal);
        if (event == TERMINAL_INTERRUPTED ||
            (event == TERMINAL_END && terminal->end == 0))
            return event;
    }
    return is_too_long ? TERMINAL_TOO_LONG : TERMINAL_LINE;
}
