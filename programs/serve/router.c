/* router.c: see router.h. */
#include "router.h"

#include <string.h>

void serve_add_header(serve_response *response, const char *name, const char *value)
{
    if (response->n_headers < SERVE_MOST_HEADERS)
        response->headers[response->n_headers++] = (serve_header){name, value};
}

/* Nothing from elsewhere may be loaded, nobody may frame or read the page, and it may
 * not ask for any device. */
static void protect(serve_response *response)
{
    static const serve_header headers[] = {
        {"Content-Security-Policy",
         "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; base-uri 'none'; "
         "form-action 'none'; frame-ancestors 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), "
                               "usb=(), browsing-topics=()"},
    };
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
        serve_add_header(response, headers[i].name, headers[i].value);
}

void serve_say_status(serve_response *response, unsigned status)
{
    static const struct {
        unsigned status;
        const char *text;
    } texts[] = {
        {404, "404 Not Found\n"},      {405, "405 Method Not Allowed\n"},
        {406, "406 Not Acceptable\n"}, {413, "413 Content Too Large\n"},
        {414, "414 URI Too Long\n"},   {431, "431 Request Header Fields Too Large\n"},
    };
    response->status = status;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (texts[i].status != status)
            continue;
        response->body = (const unsigned char *)texts[i].text;
        response->size = strlen(texts[i].text);
    }
    serve_add_header(response, "Content-Type", "text/plain; charset=utf-8");
    serve_add_header(response, "Cache-Control", "no-store");
}

static bool is_longer(const char *text, size_t most)
{
    return text && strnlen(text, most + 1) > most;
}

static const serve_route *find_route(const serve_routes *routes, const char *path)
{
    for (size_t i = 0; i < routes->n; i++) {
        const serve_route *route = &routes->list[i];
        size_t size = strlen(route->path);
        bool is_tree = size > 0 && route->path[size - 1] == '/';
        if (is_tree ? strncmp(route->path, path, size) == 0
                    : strcmp(route->path, path) == 0)
            return route;
    }
    return NULL;
}

static bool is_allowed(const serve_route *route, const char *method)
{
    return ((route->methods & SERVE_GET) && strcmp(method, "GET") == 0) ||
           ((route->methods & SERVE_HEAD) && strcmp(method, "HEAD") == 0);
}

static const char *allowed(const serve_route *route)
{
    return (route->methods & SERVE_HEAD) ? "GET, HEAD" : "GET";
}

/* Does the client say that it sends at most that much? A body of unknown length fits
 * nowhere, and a length that is no number is too long. */
static bool body_fits(const serve_request *request, size_t most)
{
    if (request->transfer_encoding)
        return false;
    size_t size = 0;
    for (const char *p = request->content_length; p && *p; p++) {
        if (*p < '0' || *p > '9' || size > most)
            return false;
        size = 10 * size + (size_t)(*p - '0');
    }
    return size <= most;
}

void serve_answer(const serve_routes *routes, const serve_request *request,
                  serve_response *response)
{
    *response = (serve_response){0};
    protect(response);
    if (is_longer(request->path, SERVE_LONGEST_PATH)) {
        serve_say_status(response, 414);
        return;
    }
    if (is_longer(request->accept_encoding, SERVE_LONGEST_VALUE) ||
        is_longer(request->if_none_match, SERVE_LONGEST_VALUE)) {
        serve_say_status(response, 431);
        return;
    }
    const serve_route *route = find_route(routes, request->path);
    if (!route) {
        serve_say_status(response, 404);
    } else if (!is_allowed(route, request->method)) {
        serve_say_status(response, 405);
        serve_add_header(response, "Allow", allowed(route));
    } else if (!body_fits(request, route->most_body)) {
        serve_say_status(response, 413);
    } else {
        route->handler(route->context, request, response);
    }
}
