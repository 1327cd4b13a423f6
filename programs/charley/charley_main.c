/* charley_main.c: the program `charley`, with the knowledge built in.
 *
 * The table below is the program: a row is a command, and everything that lists
 * commands (help, completions, the test of the man page) reads it.
 */
#include <signal.h>

#include "command_line.h"
#include "commands.h"
#include "default_image.h"

enum {
    READ_CASE = CLI_BIT(CLI_KNOWLEDGE) | CLI_BIT(CLI_CLINICIAN) | CLI_BIT(CLI_REGION),
    SHOW_TEXT = CLI_BIT(CLI_WIDTH) | CLI_BIT(CLI_COLOR),
    MANY_ARGUMENTS = 1000
};

static const cli_command commands[] = {
    {"ask", "", "Ask about a leg that cramps or hurts, and advise",
     READ_CASE | SHOW_TEXT | CLI_BIT(CLI_SAVE) | CLI_BIT(CLI_RESUME) |
         CLI_BIT(CLI_SHORT) | CLI_BIT(CLI_EXPLAIN),
     0, 0, CLI_ANYTHING, cli_ask, NULL},
    {"assess", "CASE.json", "Assess the answers in a case document",
     READ_CASE | SHOW_TEXT | CLI_BIT(CLI_JSON) | CLI_BIT(CLI_AS_TEXT) |
         CLI_BIT(CLI_SHORT) | CLI_BIT(CLI_EXPLAIN) | CLI_BIT(CLI_EXIT_URGENCY),
     1, 1, CLI_FILES, cli_assess, NULL},
    {"next", "CASE.json", "Print the question worth asking next, as JSON", READ_CASE, 1,
     1, CLI_FILES, cli_next, NULL},
    {"what-if", "CASE.json ID=ANSWER...", "Show what another answer would change",
     READ_CASE | SHOW_TEXT | CLI_BIT(CLI_JSON), 2, MANY_ARGUMENTS, CLI_FILES,
     cli_what_if, NULL},
    {"explain", "ID", "Say what is known about an id, and from where",
     CLI_BIT(CLI_KNOWLEDGE) | SHOW_TEXT | CLI_BIT(CLI_JSON), 1, 1, CLI_ANYTHING,
     cli_explain, NULL},
    {"claims", "[WORDS...]",
     "Find what people have read about leg cramps, and our answer",
     CLI_BIT(CLI_KNOWLEDGE) | SHOW_TEXT | CLI_BIT(CLI_JSON), 0, MANY_ARGUMENTS,
     CLI_ANYTHING, cli_claims, NULL},
    {"simulate", "", "Interview simulated people and count how it goes",
     (READ_CASE & ~CLI_BIT(CLI_REGION)) | CLI_BIT(CLI_JSON) | CLI_BIT(CLI_SEED) |
         CLI_BIT(CLI_CASES) | CLI_BIT(CLI_POPULATION) | CLI_BIT(CLI_CALIBRATION),
     0, 0, CLI_ANYTHING, cli_simulate, NULL},
    {"drugs", "[WORDS...]",
     "Say what a medicine does to legs, and what it clashes with",
     CLI_BIT(CLI_KNOWLEDGE) | SHOW_TEXT | CLI_BIT(CLI_JSON), 0, MANY_ARGUMENTS,
     CLI_ANYTHING, cli_drugs, NULL},
    {"serve", "", "Open the page for a browser on this computer", CLI_BIT(CLI_PORT), 0,
     0, CLI_ANYTHING, cli_serve, NULL},
    {"kb", "", "Work on the knowledge files", 0, 0, 0, CLI_ANYTHING, NULL,
     cli_kb_commands},
    {"completions", "bash|zsh|fish", "Print the completions for a shell", 0, 1, 1,
     CLI_ANYTHING, cli_completions, NULL},
    {0}};

int main(int argc, char **argv)
{
    const cli_program program = {
        .name = "charley",
        .purpose =
            "Charley asks about a leg that cramps or hurts and says how urgent it\n"
            "is, what to do, what not to do, and why. It is not a diagnosis",
        .commands = commands,
        .image = charley_default_image,
        .image_size = charley_default_image_size,
    };
    /* A closed pipe is then a write error like any other: seen, said, exit code 4. */
    signal(SIGPIPE, SIG_IGN);
    return (int)cli_run(&program, argc, argv);
}
