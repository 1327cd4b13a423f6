/* server.c: see server.h. libmicrohttpd reads HTTP, with the limits below; its parser
 * of forms is never used.
 */
#include "server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    MOST_CONNECTIONS = 256,
    IDLE_SECONDS = 15,
    BYTES_A_CONNECTION = 32 * 1024, /* request line and headers have to fit */
    QUEUED_CONNECTIONS = 128
};

struct serve_server {
    struct MHD_Daemon *daemon;
    unsigned port;
};

static const char *header(struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static enum MHD_Result send_response(struct MHD_Connection *connection,
                                     const serve_response *from)
{
    /* PERSISTENT: the bytes are the program's own and are not copied. */
    struct MHD_Response *response = MHD_create_response_from_buffer(
        from->size, (void *)from->body, MHD_RESPMEM_PERSISTENT);
    if (!response)
        return MHD_NO;
    enum MHD_Result result = MHD_YES;
    for (size_t i = 0; i < from->n_headers && result == MHD_YES; i++)
        result = MHD_add_response_header(response, from->headers[i].name,
                                         from->headers[i].value);
    if (result == MHD_YES)
        result = MHD_queue_response(connection, from->status, response);
    MHD_destroy_response(response);
    return result;
}

/* Called once with the headers and again when the body is there. An answer to the first
 * call ends the connection, which is right for a client that announced a body (no route
 * takes one), and a waste for all others.
 */
static enum MHD_Result on_request(void *context, struct MHD_Connection *connection,
                                  const char *path, const char *method,
                                  const char *version, const char *body,
                                  size_t *body_size, void **state)
{
    (void)version;
    (void)body;
    (void)body_size;
    static char seen;
    const serve_request request = {
        .method = method,
        .path = path,
        .accept_encoding = header(connection, "Accept-Encoding"),
        .if_none_match = header(connection, "If-None-Match"),
        .content_length = header(connection, "Content-Length"),
        .transfer_encoding = header(connection, "Transfer-Encoding"),
    };
    bool has_body = request.content_length || request.transfer_encoding;
    if (!*state && !has_body) {
        *state = &seen;
        return MHD_YES;
    }
    serve_response response;
    serve_answer(context, &request, &response);
    return send_response(connection, &response);
}

/* Paths stay as they came: our names need no %. */
static size_t leave_encoded(void *context, struct MHD_Connection *connection,
                            char *text)
{
    (void)context;
    (void)connection;
    return strlen(text);
}

/* A listening socket of this computer alone, or -1 and errno. */
static int listen_on(unsigned port, unsigned *got)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0)
        return -1;
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int yes = 1;
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
        bind(fd, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(fd, QUEUED_CONNECTIONS) != 0 ||
        getsockname(fd, (struct sockaddr *)&address, &size) != 0) {
        int why = errno;
        close(fd);
        errno = why;
        return -1;
    }
    *got = ntohs(address.sin_port);
    return fd;
}

serve_server *serve_open(const serve_routes *routes, unsigned port, int *error)
{
    serve_server *server = calloc(1, sizeof *server);
    int fd = server ? listen_on(port, &server->port) : -1;
    if (fd >= 0) {
        errno = 0;
        server->daemon = MHD_start_daemon(
            MHD_USE_AUTO_INTERNAL_THREAD, 0, NULL, NULL, on_request, (void *)routes,
            MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_CONNECTION_LIMIT,
            (unsigned)MOST_CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT,
            (unsigned)IDLE_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
            (size_t)BYTES_A_CONNECTION, MHD_OPTION_UNESCAPE_CALLBACK, leave_encoded,
            NULL, MHD_OPTION_END);
        if (server->daemon)
            return server;
        close(fd);
    }
    *error = errno ? errno : EIO;
    free(server);
    return NULL;
}

unsigned serve_port(const serve_server *server)
{
    return server->port;
}

void serve_close(serve_server *server)
{
    MHD_stop_daemon(server->daemon);
    free(server);
}
