/* cli.h: what every command of the programs `charley` and `charley-kb` shares.
 *
 * A command gets a cli_call and returns an exit code; it prints its own errors on
 * standard error through cli_report or cli_complain. The programs own their memory
 * through malloc; running out of it ends the program with CLI_INTERNAL, because half
 * an answer must never be shown. `cli_` marks names shared between files of this
 * folder; nothing here is part of the library.
 */
#ifndef CLI_H
#define CLI_H

#include <stdio.h>

#include "charley/charley.h"

/* Documented in charley(1), EXIT STATUS. */
typedef enum cli_exit {
    CLI_DONE = 0,
    CLI_URGENT = 1,  /* only with --exit-urgency: same day or faster */
    CLI_NOTHING = 1, /* claims: nothing fits the words */
    CLI_USAGE = 2,
    CLI_BAD_DATA = 3,
    CLI_INTERNAL = 4, /* a file could not be read or written, or a bug */
    CLI_INTERRUPTED = 130
} cli_exit;

/* Every option there is; the table of their names is in command_line.c. */
typedef enum cli_option {
    CLI_HELP,
    CLI_KNOWLEDGE,
    CLI_CLINICIAN,
    CLI_REGION,
    CLI_SAVE,
    CLI_RESUME,
    CLI_SHORT,
    CLI_JSON,
    CLI_AS_TEXT,
    CLI_EXPLAIN,
    CLI_EXIT_URGENCY,
    CLI_WIDTH,
    CLI_COLOR,
    CLI_OUTPUT,
    CLI_CASES,
    CLI_STRICT,
    CLI_SEED,
    CLI_POPULATION,
    CLI_CALIBRATION,
    CLI_PORT,
    CLI_WRITE,
    CLI_N_OPTIONS
} cli_option;

typedef struct cli_command cli_command;

/* One of the two programs: its name, its commands, and the knowledge it carries. */
typedef struct cli_program {
    const char *name;
    const char *purpose;
    const cli_command *commands; /* ends with a row without a name */
    const void *image;           /* the embedded knowledge, or NULL */
    size_t image_size;
} cli_program;

/* A command line that was understood. */
typedef struct cli_call {
    const cli_program *program;
    const cli_command *command;
    const char *values[CLI_N_OPTIONS]; /* NULL: not given; "" for a given flag */
    char **arguments;                  /* [n_arguments], ends with NULL */
    int n_arguments;
} cli_call;

/* A view of a NUL-terminated string. */
charley_text cli_text(const char *string);
bool cli_text_is(charley_text text, const char *string);
bool cli_text_equal(charley_text a, charley_text b);

/* Memory or the end of the program; never NULL. */
void *cli_allocate(size_t count, size_t size);
void *cli_reallocate(void *memory, size_t size);

/* Writes text with every control character but the line feed, and every byte that is
 * not UTF-8, replaced by '?': text from a file must not be able to steer the terminal.
 */
void cli_put_clean(FILE *out, charley_text text);

/* Prints "charley: FILE:LINE:COLUMN: text (byte N)" on standard error.
 *   file  what the person called the input; may be NULL
 * Returns  the exit code that fits the status. */
cli_exit cli_report(const char *file, const charley_error *error);
/* Prints one sentence about the program itself on standard error. */
void cli_complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Makes sure that everything printed has arrived: a full disk or a closed pipe turns
 * any exit code into CLI_INTERNAL. */
cli_exit cli_close_output(cli_exit code);

#endif
