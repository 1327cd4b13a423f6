/* command_line.c: see command_line.h. */
#include "command_line.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

static const cli_option_row option_table[CLI_N_OPTIONS] = {
    [CLI_HELP] = {"help", 'h', NULL, NULL, CLI_ANYTHING, "show this help"},
    [CLI_KNOWLEDGE] = {"knowledge", 'k', "PATH", NULL, CLI_FILES,
                       "use this image file or knowledge folder"},
    [CLI_CLINICIAN] = {"clinician", '\0', NULL, NULL, CLI_ANYTHING,
                       "also ask and show what only a clinician can answer"},
    [CLI_REGION] = {"region", '\0', "REGION", NULL, CLI_ANYTHING,
                    "use the words and telephone numbers of uk, us, eu, au ..."},
    [CLI_SAVE] = {"save", '\0', "FILE", NULL, CLI_FILES,
                  "write the answers to FILE after each screen"},
    [CLI_RESUME] = {"resume", '\0', "FILE", NULL, CLI_FILES,
                    "go on with the answers in FILE"},
    [CLI_SHORT] = {"short", '\0', NULL, NULL, CLI_ANYTHING,
                   "only urgency, steps, warnings and likely causes"},
    [CLI_JSON] = {"json", '\0', NULL, NULL, CLI_ANYTHING, "print JSON"},
    [CLI_AS_TEXT] = {"text", '\0', NULL, NULL, CLI_ANYTHING,
                     "print text to be read (the default)"},
    [CLI_EXPLAIN] = {"explain", '\0', NULL, NULL, CLI_ANYTHING,
                     "add the numbers and sources behind each statement"},
    [CLI_EXIT_URGENCY] = {"exit-urgency", '\0', NULL, NULL, CLI_ANYTHING,
                          "exit with 1 when care is needed the same day or faster"},
    [CLI_WIDTH] = {"width", '\0', "N", NULL, CLI_ANYTHING,
                   "columns of a line, 20 to 500"},
    [CLI_COLOR] = {"color", '\0', "WHEN", "auto always never", CLI_ANYTHING,
                   "colour: auto, always or never"},
    [CLI_OUTPUT] = {"output", 'o', "FILE", NULL, CLI_FILES, "write to FILE"},
    [CLI_CASES] = {"cases", '\0', "CASES", NULL, CLI_FILES,
                   "kb diff: also compare these case files; simulate: how many people"},
    [CLI_STRICT] = {"strict", '\0', NULL, NULL, CLI_ANYTHING,
                    "fail on every hole in what the cases show"},
    [CLI_SEED] = {"seed", '\0', "N", NULL, CLI_ANYTHING,
                  "the same number gives the same people"},
    [CLI_POPULATION] = {"population", '\0', "ID", NULL, CLI_ANYTHING,
                        "only people of this population"},
    [CLI_CALIBRATION] = {"calibration", '\0', NULL, NULL, CLI_ANYTHING,
                         "compare the model with published tables"},
    [CLI_PORT] = {"port", '\0', "N", NULL, CLI_ANYTHING,
                  "answer at this port; 0: any that is free"},
    [CLI_WRITE] = {"write", '\0', "DIR", NULL, CLI_DIRECTORIES,
                   "write the answers and the result of each case into DIR"},
};

const cli_option_row *cli_option_table(void)
{
    return option_table;
}

bool cli_command_allows(const cli_command *command, cli_option option)
{
    return option == CLI_HELP || (command->options & CLI_BIT(option)) != 0;
}

/* ---- help ------------------------------------------------------------------- */

static void print_option(const cli_option_row *row)
{
    char left[64];
    snprintf(left, sizeof left, "--%s%s%s", row->name, row->argument ? " " : "",
             row->argument ? row->argument : "");
    if (row->letter)
        printf("  -%c, %-18s  %s\n", row->letter, left, row->help);
    else
        printf("      %-18s  %s\n", left, row->help);
}

static void print_command_help(const cli_program *program, const char *group,
                               const cli_command *command)
{
    printf("Usage: %s %s%s%s%s%s [options]\n\n%s.\n\nOptions:\n", program->name, group,
           *group ? " " : "", command->name, *command->arguments ? " " : "",
           command->arguments, command->summary);
    for (int i = 0; i < CLI_N_OPTIONS; i++)
        if (cli_command_allows(command, (cli_option)i))
            print_option(&option_table[i]);
}

static void print_commands(const char *group, const cli_command *commands)
{
    for (const cli_command *row = commands; row->name; row++) {
        if (row->children) {
            print_commands(row->name, row->children);
            continue;
        }
        char left[64];
        snprintf(left, sizeof left, "%s%s%s %s", group, *group ? " " : "", row->name,
                 row->arguments);
        bool is_long = strlen(left) > 25;
        printf("  %-25s%s %s\n", left, is_long ? "\n                           " : "",
               row->summary);
    }
}

static void print_help(const cli_program *program, const char *group,
                       const char *purpose, const cli_command *commands)
{
    printf("Usage: %s %s%sCOMMAND [arguments] [options]\n\n%s.\n\nCommands:\n",
           program->name, group, *group ? " " : "", purpose);
    print_commands(group, commands);
    printf("\n`%s %s%sCOMMAND --help` says more about one command.\n", program->name,
           group, *group ? " " : "");
    if (!*group)
        puts("`--version` names the engine and the knowledge.");
}

static void print_version(const cli_program *program)
{
    printf("%s %s\n", program->name, CHARLEY_VERSION);
    const charley_kb *kb;
    if (!program->image ||
        charley_kb_open(program->image, program->image_size, &kb, NULL) != CHARLEY_OK)
        return;
    charley_text version = charley_kb_version(kb);
    charley_text hash = charley_kb_hash(kb);
    printf("knowledge %.*s\nsha256 %.*s\n", (int)version.size, version.bytes,
           (int)hash.size, hash.bytes);
}

/* ---- options ---------------------------------------------------------------- */

/* The table in the shape getopt_long wants; `letters` starts with ':' so that a
 * missing argument is told from an unknown option. */
static void fill_getopt(struct option options[CLI_N_OPTIONS + 1],
                        char letters[2 * CLI_N_OPTIONS + 2])
{
    size_t n_letters = 0;
    letters[n_letters++] = ':';
    for (int i = 0; i < CLI_N_OPTIONS; i++) {
        const cli_option_row *row = &option_table[i];
        options[i] = (struct option){
            row->name, row->argument ? required_argument : no_argument, NULL, 256 + i};
        if (row->letter)
            letters[n_letters++] = row->letter;
        if (row->letter && row->argument)
            letters[n_letters++] = ':';
    }
    options[CLI_N_OPTIONS] = (struct option){NULL, 0, NULL, 0};
    letters[n_letters] = '\0';
}

/* getopt's answer as a row of the table; CLI_N_OPTIONS when it is none. */
static cli_option option_of(int answer)
{
    if (answer >= 256 && answer < 256 + CLI_N_OPTIONS)
        return (cli_option)(answer - 256);
    for (int i = 0; i < CLI_N_OPTIONS; i++)
        if (option_table[i].letter && option_table[i].letter == answer)
            return (cli_option)i;
    return CLI_N_OPTIONS;
}

static bool is_one_of(const char *choices, const char *word)
{
    size_t size = strlen(word);
    for (const char *p = choices; size > 0; p++) {
        const char *end = strchr(p, ' ');
        size_t length = end ? (size_t)(end - p) : strlen(p);
        if (length == size && strncmp(p, word, size) == 0)
            return true;
        if (!end)
            break;
        p = end;
    }
    return false;
}

static bool take_option(cli_call *call, cli_option option, const char *value)
{
    const cli_option_row *row = &option_table[option];
    if (!cli_command_allows(call->command, option)) {
        cli_complain("%s does not take --%s", call->command->name, row->name);
        return false;
    }
    if (row->choices && !is_one_of(row->choices, value)) {
        cli_complain("--%s is one of: %s; not '%s'", row->name, row->choices, value);
        return false;
    }
    call->values[option] = row->argument ? value : "";
    return true;
}

/* Splits argv[1..] into options and arguments. */
static bool parse(cli_call *call, int argc, char **argv)
{
    struct option options[CLI_N_OPTIONS + 1];
    char letters[2 * CLI_N_OPTIONS + 2];
    fill_getopt(options, letters);
    opterr = 0; /* messages are ours */
    for (;;) {
        int answer = getopt_long(argc, argv, letters, options, NULL);
        if (answer == -1)
            break;
        if (answer == ':') {
            cli_complain("%s needs a value", argv[optind - 1]);
            return false;
        }
        cli_option option = option_of(answer);
        if (option == CLI_N_OPTIONS) {
            /* Of letters in one word, getopt names only the one. */
            if (optopt > 0 && optopt < 256)
                cli_complain("%s has no option -%c", call->command->name, optopt);
            else
                cli_complain("%s has no option %s", call->command->name,
                             argv[optind - 1]);
            return false;
        }
        if (!take_option(call, option, optarg))
            return false;
    }
    call->arguments = argv + optind;
    call->n_arguments = argc - optind;
    return true;
}

static cli_exit run_command(const cli_program *program, const char *group,
                            const cli_command *command, int argc, char **argv)
{
    cli_call call = {.program = program, .command = command};
    bool is_understood = parse(&call, argc, argv);
    if (is_understood && call.values[CLI_HELP]) {
        print_command_help(program, group, command);
        return CLI_DONE;
    }
    if (is_understood && (call.n_arguments < command->least_arguments ||
                          call.n_arguments > command->most_arguments)) {
        cli_complain("%s wants: %s", command->name,
                     *command->arguments ? command->arguments : "no arguments");
        is_understood = false;
    }
    if (!is_understood) {
        fprintf(stderr, "Try: %s %s%s%s --help\n", program->name, group,
                *group ? " " : "", command->name);
        return CLI_USAGE;
    }
    return command->run(&call);
}

/* Runs the command that argv[1] names in a table: that of the program, or of a group.
 */
static cli_exit run_in(const cli_program *program, const char *group,
                       const char *purpose, const cli_command *commands, int argc,
                       char **argv)
{
    const char *word = argc > 1 ? argv[1] : NULL;
    if (word && (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)) {
        print_help(program, group, purpose, commands);
        return CLI_DONE;
    }
    if (word && !*group && strcmp(word, "--version") == 0) {
        print_version(program);
        return CLI_DONE;
    }
    for (const cli_command *row = commands; word && row->name; row++) {
        if (strcmp(row->name, word) != 0)
            continue;
        if (row->children)
            return run_in(program, row->name, row->summary, row->children, argc - 1,
                          argv + 1);
        return run_command(program, group, row, argc - 1, argv + 1);
    }
    if (word)
        cli_complain("there is no command '%s'", word);
    else
        cli_complain("which command?");
    fprintf(stderr, "Try: %s %s%s--help\n", program->name, group, *group ? " " : "");
    return CLI_USAGE;
}

cli_exit cli_run(const cli_program *program, int argc, char **argv)
{
    return cli_close_output(
        run_in(program, "", program->purpose, program->commands, argc, argv));
}

bool cli_number_value(const cli_call *call, cli_option option, unsigned least,
                      unsigned most, unsigned fallback, unsigned *value)
{
    const char *given = call->values[option];
    if (!given) {
        *value = fallback;
        return true;
    }
    char *end;
    unsigned long number = strtoul(given, &end, 10);
    bool is_number = *given >= '0' && *given <= '9' && *end == '\0';
    if (!is_number || number < least || number > most) {
        cli_complain("--%s is a whole number from %u to %u; not '%s'",
                     option_table[option].name, least, most, given);
        return false;
    }
    *value = (unsigned)number;
    return true;
}
