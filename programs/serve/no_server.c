/* no_server.c: server.h where the library for HTTP or the page was missing while
 * building. */
#include "assets.h"
#include "server.h"

const serve_assets serve_page = {0};

serve_server *serve_open(const serve_routes *routes, unsigned port, int *error)
{
    (void)routes;
    (void)port;
    *error = 0;
    return NULL;
}

unsigned serve_port(const serve_server *server)
{
    (void)server;
    return 0;
}

void serve_close(serve_server *server)
{
    (void)server;
}
