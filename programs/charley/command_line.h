/* command_line.h: one table of commands and options drives everything.
 *
 * Dispatch, --help, the completions and the check that the man page says the same all
 * read the rows below; nothing else lists a command or an option.
 */
#ifndef COMMAND_LINE_H
#define COMMAND_LINE_H

#include "cli.h"

/* What a shell offers after an option or as an argument. */
typedef enum cli_completion { CLI_ANYTHING, CLI_FILES, CLI_DIRECTORIES } cli_completion;

typedef struct cli_option_row {
    const char *name;     /* without the dashes */
    char letter;          /* short form, or '\0' */
    const char *argument; /* name of its argument, or NULL for a flag */
    const char *choices;  /* the words allowed, a space between two; or NULL */
    cli_completion completion;
    const char *help;
} cli_option_row;

#define CLI_BIT(option) (1u << (option))

struct cli_command {
    const char *name;      /* NULL ends a table */
    const char *arguments; /* as shown in --help */
    const char *summary;
    unsigned options; /* CLI_BIT of each; CLI_HELP is always allowed */
    int least_arguments, most_arguments;
    cli_completion completion; /* of the arguments */
    cli_exit (*run)(const cli_call *call);
    const cli_command *children; /* a group: the next word names one of these */
};

const cli_option_row *cli_option_table(void); /* [CLI_N_OPTIONS], by cli_option */
bool cli_command_allows(const cli_command *command, cli_option option);

/* Understands argv and runs the command it names. */
cli_exit cli_run(const cli_program *program, int argc, char **argv);

/* The value of an option as a whole number in [least, most], or `fallback` when the
 * option was not given. False, with a message, when it is not one. */
bool cli_number_value(const cli_call *call, cli_option option, unsigned least,
                      unsigned most, unsigned fallback, unsigned *value);

/* The commands of `charley kb` (kb_commands.c), all that `charley-kb` has. */
extern const cli_command cli_kb_commands[];

#endif
