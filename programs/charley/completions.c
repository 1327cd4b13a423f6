/* completions.c: `charley completions bash|zsh|fish`, made from the table of commands.
 *
 * Each script only offers words: commands, options, and files where the table says so.
 */
#include <string.h>

#include "command_line.h"
#include "commands.h"

/* Calls `visit` for every option that a command takes. */
typedef void option_visitor(const cli_option_row *row);

static void each_option(const cli_command *command, option_visitor *visit)
{
    for (int i = 0; i < CLI_N_OPTIONS; i++)
        if (cli_command_allows(command, (cli_option)i))
            visit(&cli_option_table()[i]);
}

static void put_names(const cli_command *commands)
{
    for (const cli_command *row = commands; row->name; row++)
        printf("%s%s", row == commands ? "" : " ", row->name);
}

/* ---- bash ------------------------------------------------------------------- */

static void bash_option(const cli_option_row *row)
{
    printf(" --%s", row->name);
}

static void bash_commands(const char *group, const cli_command *commands)
{
    for (const cli_command *row = commands; row->name; row++) {
        if (row->children) {
            printf("    %s) words=\"", row->name);
            put_names(row->children);
            puts("\" ;;");
            bash_commands(row->name, row->children);
            continue;
        }
        printf("    %s%s%s) words=\"", group, *group ? "/" : "", row->name);
        each_option(row, bash_option);
        printf("\"; kind=%s ;;\n", row->completion == CLI_FILES         ? "-f"
                                   : row->completion == CLI_DIRECTORIES ? "-d"
                                                                        : "");
    }
}

static void print_bash(const cli_program *program)
{
    printf("_%s() {\n", program->name);
    puts("    local current=${COMP_WORDS[COMP_CWORD]}\n"
         "    local previous=${COMP_WORDS[COMP_CWORD-1]}\n"
         "    local command=${COMP_WORDS[1]} words='' kind=''\n"
         "    COMPREPLY=()\n"
         "    case $previous in");
    for (int i = 0; i < CLI_N_OPTIONS; i++) {
        const cli_option_row *row = &cli_option_table()[i];
        if (row->choices)
            printf("    --%s) COMPREPLY=($(compgen -W '%s' -- \"$current\")); return "
                   ";;\n",
                   row->name, row->choices);
        else if (row->argument && row->completion == CLI_ANYTHING)
            printf("    --%s) return ;;\n", row->name);
        else if (row->argument)
            printf("    --%s) COMPREPLY=($(compgen %s -- \"$current\")); return ;;\n",
                   row->name, row->completion == CLI_DIRECTORIES ? "-d" : "-f");
    }
    puts("    esac\n"
         "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
         "        command=''\n"
         "    elif [ \"$command\" = kb ] && [ \"$COMP_CWORD\" -gt 2 ]; then\n"
         "        command=kb/${COMP_WORDS[2]}\n"
         "    fi\n"
         "    case $command in");
    fputs("    '') words=\"", stdout);
    put_names(program->commands);
    puts(" --help --version\" ;;");
    bash_commands("", program->commands);
    puts("    esac\n"
         "    COMPREPLY=($(compgen -W \"$words\" ${kind:+\"$kind\"} -- \"$current\"))\n"
         "}");
    printf("complete -o filenames -F _%s %s\n", program->name, program->name);
}

/* ---- zsh -------------------------------------------------------------------- */

static void zsh_option(const cli_option_row *row)
{
    printf(" '--%s[%s]", row->name, row->help);
    if (row->choices)
        printf(":%s:(%s)", row->argument, row->choices);
    else if (row->argument)
        printf(":%s:%s", row->argument,
               row->completion == CLI_DIRECTORIES ? "_files -/"
               : row->completion == CLI_FILES     ? "_files"
                                                  : " ");
    putchar('\'');
}

static void zsh_commands(const char *group, const cli_command *commands)
{
    for (const cli_command *row = commands; row->name; row++) {
        if (row->children) {
            printf("    %s) compadd ", row->name);
            put_names(row->children);
            puts(" ;;");
            zsh_commands(row->name, row->children);
            continue;
        }
        printf("    %s%s%s) _arguments", group, *group ? "/" : "", row->name);
        each_option(row, zsh_option);
        printf(" '*:%s:%s' ;;\n", *row->arguments ? "argument" : " ",
               row->completion == CLI_FILES         ? "_files"
               : row->completion == CLI_DIRECTORIES ? "_files -/"
                                                    : " ");
    }
}

static void print_zsh(const cli_program *program)
{
    printf("#compdef %s\n_%s() {\n", program->name, program->name);
    puts("    if (( CURRENT == 2 )); then");
    fputs("        compadd ", stdout);
    put_names(program->commands);
    puts(" --help --version\n"
         "        return\n"
         "    fi\n"
         "    local command=$words[2]\n"
         "    if [[ $command == kb ]] && (( CURRENT > 3 )); then\n"
         "        command=kb/$words[3]\n"
         "    fi\n"
         "    case $command in");
    zsh_commands("", program->commands);
    printf("    esac\n}\ncompdef _%s %s\n", program->name, program->name);
}

/* ---- fish ------------------------------------------------------------------- */

static void fish_option(const char *name, const char *condition,
                        const cli_option_row *row)
{
    printf("complete -c %s -n '%s' -l %s -d '%s'", name, condition, row->name,
           row->help);
    if (row->letter)
        printf(" -s %c", row->letter);
    if (row->choices)
        printf(" -x -a '%s'", row->choices);
    else if (row->argument)
        fputs(row->completion == CLI_ANYTHING ? " -x" : " -r -F", stdout);
    putchar('\n');
}

static void fish_commands(const char *name, const char *group,
                          const cli_command *commands)
{
    for (const cli_command *row = commands; row->name; row++) {
        char condition[160];
        printf("complete -c %s -n '%s%s' -a %s -d '%s'\n", name,
               *group ? "__fish_seen_subcommand_from " : "__fish_use_subcommand", group,
               row->name, row->summary);
        if (row->children) {
            fish_commands(name, row->name, row->children);
            continue;
        }
        snprintf(condition, sizeof condition, "%s%s%s__fish_seen_subcommand_from %s",
                 *group ? "__fish_seen_subcommand_from " : "", group,
                 *group ? "; and " : "", row->name);
        for (int i = 0; i < CLI_N_OPTIONS; i++)
            if (cli_command_allows(row, (cli_option)i))
                fish_option(name, condition, &cli_option_table()[i]);
        if (row->completion != CLI_ANYTHING)
            printf("complete -c %s -n '%s' -F\n", name, condition);
    }
}

static void print_fish(const cli_program *program)
{
    printf("complete -c %s -f\n", program->name);
    fish_commands(program->name, "", program->commands);
}

/* ---- command ---------------------------------------------------------------- */

cli_exit cli_completions(const cli_call *call)
{
    static const struct {
        const char *shell;
        void (*print)(const cli_program *program);
    } shells[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}};
    for (size_t i = 0; i < sizeof shells / sizeof shells[0]; i++) {
        if (strcmp(call->arguments[0], shells[i].shell) == 0) {
            shells[i].print(call->program);
            return CLI_DONE;
        }
    }
    cli_complain("no completions for '%s': bash, zsh or fish", call->arguments[0]);
    return CLI_USAGE;
}
