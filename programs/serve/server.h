/* server.h: the router behind a socket of this computer. */
#ifndef SERVE_SERVER_H
#define SERVE_SERVER_H

#include "router.h"

typedef struct serve_server serve_server;

enum { SERVE_ANY_PORT = 0 };

/* Begins to answer on 127.0.0.1, in a thread of its own. Signals that the caller wants
 * to wait for are to be blocked before.
 *   port    SERVE_ANY_PORT: one that is free
 *   routes  must live as long as the server
 *   error   out: errno, or 0 where this program was built without a server
 * Returns  NULL on error. */
serve_server *serve_open(const serve_routes *routes, unsigned port, int *error);
unsigned serve_port(const serve_server *server);
/* Lets the answers that have begun go out, then ends. */
void serve_close(serve_server *server);

#endif
