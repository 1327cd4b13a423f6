/* pty_drive.c: runs a program on a terminal of its own and types what it is told.
 *
 *     pty_drive COLUMNS PROGRAM [ARGUMENTS] < lines
 *
 * Each line of the input is typed when the program has printed its prompt "> " at the
 * start of a line. A line "^C" types Ctrl-C instead, "^D" the end of the input. What
 * the terminal shows goes to standard output, without carriage returns; the exit code
 * is the program's. Gives up, with 99, when nothing happens for ten seconds.
 */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

enum { PATIENCE_MS = 10000, GAVE_UP = 99 };

static int open_terminal(unsigned short columns, char name[128])
{
    int control = posix_openpt(O_RDWR | O_NOCTTY);
    if (control < 0 || grantpt(control) != 0 || unlockpt(control) != 0)
        return -1;
    snprintf(name, 128, "%s", ptsname(control));
    struct winsize size = {.ws_row = 24, .ws_col = columns};
    return ioctl(control, TIOCSWINSZ, &size) == 0 ? control : -1;
}

static void become(const char *terminal, char **command)
{
    setsid(); /* so that the terminal opened next becomes ours, with its Ctrl-C */
    int file = open(terminal, O_RDWR);
    if (file < 0)
        _exit(GAVE_UP);
    ioctl(file, TIOCSCTTY, 0);
    for (int i = 0; i < 3; i++)
        dup2(file, i);
    execvp(command[0], command);
    _exit(127);
}

/* Shows what the program prints until it waits at its prompt; false when it is gone. */
static int wait_for_prompt(int control)
{
    char before = '\n';
    char last = '\n';
    for (;;) {
        struct pollfd ready = {.fd = control, .events = POLLIN};
        char byte;
        if (poll(&ready, 1, PATIENCE_MS) == 0) {
            fputs("(nothing happens)\n", stdout);
            exit(GAVE_UP);
        }
        if (read(control, &byte, 1) != 1)
            return 0;
        if (byte == '\r')
            continue;
        putchar(byte);
        if (before == '\n' && last == '>' && byte == ' ')
            return 1;
        before = last;
        last = byte;
    }
}

static void type_line(int control, const char *line)
{
    static const char interrupt = 3;
    static const char end_of_input = 4;
    ssize_t typed;
    if (strcmp(line, "^C\n") == 0)
        typed = write(control, &interrupt, 1);
    else if (strcmp(line, "^D\n") == 0)
        typed = write(control, &end_of_input, 1);
    else
        typed = write(control, line, strlen(line));
    if (typed < 0)
        exit(GAVE_UP);
}

int main(int argc, char **argv)
{
    char name[128];
    char line[2048];
    if (argc < 3)
        return 2;
    int control = open_terminal((unsigned short)atoi(argv[1]), name);
    if (control < 0)
        return GAVE_UP;
    pid_t child = fork();
    if (child == 0)
        become(name, argv + 2);
    while (wait_for_prompt(control)) {
        if (!fgets(line, sizeof line, stdin))
            strcpy(line, "^D\n");
        type_line(control, line);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : GAVE_UP;
}
