/* charley_kb_main.c: the program `charley-kb`: the commands of `charley kb` alone.
 *
 * The build needs it once: it compiles the knowledge folder into the image that is then
 * embedded in `charley`. It carries no knowledge itself.
 */
#include <signal.h>

#include "command_line.h"

int main(int argc, char **argv)
{
    const cli_program program = {
        .name = "charley-kb",
        .purpose = "Checks, formats, compiles and compares knowledge folders",
        .commands = cli_kb_commands,
    };
    signal(SIGPIPE, SIG_IGN);
    return (int)cli_run(&program, argc, argv);
}
