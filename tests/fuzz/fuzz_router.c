/* fuzz_router.c: any bytes as a request: method, path and headers, a NUL between two.
 *
 * Every request gets one response with a known status, its protecting headers, and a
 * body that is one of ours.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "serve/pages.h"
#include "serve/router.h"

#define BYTES(text)                                                                    \
    {                                                                                  \
        (const unsigned char *)(text), sizeof(text) - 1                                \
    }
enum { N_FIELDS = 6, LONGEST = 4096 };

static const serve_asset files[] = {
    {"/a.js", "text/javascript", "aaaa", true, {BYTES("br"), BYTES("gz"), BYTES("a")}},
    {"/index.html", "text/html", "bbbb", false, {{NULL, 0}, {NULL, 0}, BYTES("b")}},
};
static const serve_assets assets = {files, 2};
static const serve_route list[] = {
    {"/", SERVE_GET | SERVE_HEAD, 100, serve_asset_handler, &assets}};
static const serve_routes routes = {list, 1};

static int is_known(unsigned status)
{
    static const unsigned known[] = {200, 304, 404, 405, 413, 414, 431};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (known[i] == status)
            return 1;
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[LONGEST + 1];
    if (size > LONGEST)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    const char *fields[N_FIELDS] = {"GET", "/", NULL, NULL, NULL, NULL};
    size_t at = 0;
    for (size_t i = 0; i < N_FIELDS && at < size; i++) {
        fields[i] = text + at;
        at += strlen(text + at) + 1;
    }
    const serve_request request = {.method = fields[0],
                                   .path = fields[1],
                                   .accept_encoding = fields[2],
                                   .if_none_match = fields[3],
                                   .content_length = fields[4],
                                   .transfer_encoding = fields[5]};
    serve_response response;
    serve_answer(&routes, &request, &response);
    if (!is_known(response.status) || response.n_headers >= SERVE_MOST_HEADERS ||
        (response.size > 0 && !response.body))
        abort();
    for (size_t i = 0; i < response.n_headers; i++)
        if (strpbrk(response.headers[i].value, "\r\n"))
            abort();
    return 0;
}
