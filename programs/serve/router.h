/* router.h: from a request to a response, without a network.
 *
 * A table of routes says which path takes which methods, how large a body may be and
 * who answers. The router refuses what no row allows, and puts the same protecting
 * headers on everything that leaves. It keeps nothing and allocates nothing; server.c
 * carries its responses over HTTP.
 */
#ifndef SERVE_ROUTER_H
#define SERVE_ROUTER_H

#include <stdbool.h>
#include <stddef.h>

enum { SERVE_MOST_HEADERS = 16, SERVE_LONGEST_PATH = 1024, SERVE_LONGEST_VALUE = 512 };

/* As they came; NULL where the client did not send one. */
typedef struct serve_request {
    const char *method;
    const char *path; /* without the query, nothing decoded */
    const char *accept_encoding;
    const char *if_none_match;
    const char *content_length;
    const char *transfer_encoding;
} serve_request;

typedef struct serve_header {
    const char *name, *value;
} serve_header;

typedef struct serve_response {
    unsigned status;
    serve_header headers[SERVE_MOST_HEADERS];
    size_t n_headers;
    const unsigned char *body; /* lives as long as the program */
    size_t size;
    char tag[64]; /* room for the value of ETag */
} serve_response;

void serve_add_header(serve_response *response, const char *name, const char *value);
/* Makes it a response that says its status and nothing else. */
void serve_say_status(serve_response *response, unsigned status);

/* Fills a response that has its protecting headers already.
 *   context  of the route */
typedef void serve_handler(const void *context, const serve_request *request,
                           serve_response *response);

typedef enum serve_method { SERVE_GET = 1, SERVE_HEAD = 2 } serve_method;

typedef struct serve_route {
    const char *path; /* ends with '/': everything below it as well */
    unsigned methods; /* serve_method, added up */
    size_t most_body; /* bytes that a client may send */
    serve_handler *handler;
    const void *context;
} serve_route;

typedef struct serve_routes {
    const serve_route *list; /* [n]; the first that fits is taken */
    size_t n;
} serve_routes;

void serve_answer(const serve_routes *routes, const serve_request *request,
                  serve_response *response);

#endif
