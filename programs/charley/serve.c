/* serve.c: `charley serve`: the page in the browser, from this computer, for this
 * computer.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>

#include "command_line.h"
#include "commands.h"
#include "desk.h"
#include "page.h"
#include "serve/pages.h"
#include "serve/server.h"

enum { USUAL_PORT = 8027, LARGEST_PORT = 65535 };

static const serve_route route_list[] = {
    {"/", SERVE_GET | SERVE_HEAD, 0, serve_asset_handler, &serve_page},
};
static const serve_routes routes = {route_list,
                                    sizeof route_list / sizeof route_list[0]};

/* The usual port; when somebody has it and none was asked for, any other. */
static serve_server *open_server(const cli_call *call, unsigned port)
{
    int error;
    serve_server *server = serve_open(&routes, port, &error);
    if (!server && error == EADDRINUSE && !call->values[CLI_PORT])
        server = serve_open(&routes, SERVE_ANY_PORT, &error);
    if (server)
        return server;
    if (error == 0)
        cli_complain("this program was built without the page: script/web builds it, "
                     "and the library for HTTP has to be there");
    else
        cli_complain("cannot serve at port %u: %s", port, strerror(error));
    return NULL;
}

static cli_exit say_where(cli_page *page, unsigned port)
{
    char address[64];
    snprintf(address, sizeof address, "http://127.0.0.1:%u/", port);
    PAGE_SAY(page, 0, "", "ui.serve.at", {"address", cli_text(address)});
    page_say(page, 0, "", "ui.serve.only_here", NULL, 0);
    return cli_close_output(CLI_DONE);
}

cli_exit cli_serve(const cli_call *call)
{
    unsigned port;
    if (!cli_number_value(call, CLI_PORT, SERVE_ANY_PORT, LARGEST_PORT, USUAL_PORT,
                          &port))
        return CLI_USAGE;
    cli_desk desk;
    cli_exit code = desk_open_knowledge(&desk, call);
    if (code != CLI_DONE)
        return code;
    cli_page page;
    page_open(&page, call, desk.kb, stdout);
    /* Blocked before the server's thread begins, so that they come to sigwait. */
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGHUP);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    serve_server *server = open_server(call, port);
    code = server ? say_where(&page, serve_port(server)) : CLI_INTERNAL;
    int got;
    if (code == CLI_DONE)
        sigwait(&ends, &got);
    if (server)
        serve_close(server);
    page_close(&page);
    desk_close(&desk);
    return code;
}
