/* test_serve_router.c: programs/serve/router.h and pages.h: who gets what, and what is
 * refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "serve/pages.h"
#include "serve/router.h"

#define BYTES(text)                                                                    \
    {                                                                                  \
        (const unsigned char *)(text), sizeof(text) - 1                                \
    }

static const serve_asset files[] = {
    {"/assets/a-1.js",
     "text/javascript",
     "aaaa",
     true,
     {BYTES("brotli"), BYTES("gzip.."), BYTES("plain plain")}},
    {"/icon.png", "image/png", "cccc", false, {{NULL, 0}, {NULL, 0}, BYTES("png")}},
    {"/index.html",
     "text/html",
     "bbbb",
     false,
     {{NULL, 0}, BYTES("zipped"), BYTES("<!doctype html>")}},
};
static const serve_assets assets = {files, sizeof files / sizeof files[0]};

static void take_body(const void *context, const serve_request *request,
                      serve_response *response)
{
    (void)request;
    response->status = *(const unsigned *)context;
}

static const unsigned created = 201;
static const serve_route list[] = {
    {"/one", SERVE_GET, 10, take_body, &created},
    {"/", SERVE_GET | SERVE_HEAD, 0, serve_asset_handler, &assets},
};
static const serve_routes routes = {list, sizeof list / sizeof list[0]};
static const serve_routes one_route = {list, 1};

static serve_response answer_to(serve_request request)
{
    serve_response response;
    if (!request.method)
        request.method = "GET";
    serve_answer(&routes, &request, &response);
    return response;
}

static const char *header(const serve_response *response, const char *name)
{
    for (size_t i = 0; i < response->n_headers; i++)
        if (strcmp(response->headers[i].name, name) == 0)
            return response->headers[i].value;
    return NULL;
}

static void expect_coding(const char *accept, const char *expected)
{
    serve_response response =
        answer_to((serve_request){.path = "/assets/a-1.js", .accept_encoding = accept});
    const char *got = header(&response, "Content-Encoding");
    assert_int_equal(response.status, 200);
    assert_string_equal(got ? got : "none", expected);
}

static void finds_every_file_and_nothing_else(void **state)
{
    (void)state;
    static const char *const known[] = {"/", "/index.html", "/icon.png",
                                        "/assets/a-1.js"};
    static const char *const unknown[] = {
        "",         "/index",      "/index.html/", "//",        "/../index.html",
        "/assets/", "/%69con.png", "/INDEX.HTML",  "index.html"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        assert_int_equal(answer_to((serve_request){.path = known[i]}).status, 200);
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++)
        assert_int_equal(answer_to((serve_request){.path = unknown[i]}).status, 404);
}

static void sends_the_smallest_coding_the_client_reads(void **state)
{
    (void)state;
    expect_coding(NULL, "none");
    expect_coding("", "none");
    expect_coding("gzip, deflate, br, zstd", "br");
    expect_coding("gzip", "gzip");
    expect_coding(" GZip;q=0.5 ,deflate", "gzip");
    expect_coding("br;q=0, gzip;q=1", "gzip");
    expect_coding("br ; q=0.000,gzip; q=0", "none");
    expect_coding("br;q=0.001", "br");
    expect_coding("brotli, xgzip, gzipx", "none");
    expect_coding(",,,br", "br");
    serve_response page =
        answer_to((serve_request){.path = "/", .accept_encoding = "br"});
    assert_null(header(&page, "Content-Encoding"));
    assert_string_equal(header(&page, "Vary"), "Accept-Encoding");
}

static void tells_what_may_be_kept(void **state)
{
    (void)state;
    serve_response asset = answer_to((serve_request){.path = "/assets/a-1.js"});
    serve_response page = answer_to((serve_request){.path = "/"});
    assert_non_null(strstr(header(&asset, "Cache-Control"), "immutable"));
    assert_string_equal(header(&page, "Cache-Control"), "no-cache");
}

static void says_not_modified(void **state)
{
    (void)state;
    static const struct {
        const char *tags;
        unsigned status;
    } rows[] = {
        {"\"bbbb\"", 304},  {"W/\"bbbb\"", 304},  {"\"x\", \"bbbb\"", 304},
        {"*", 304},         {"\"bbbb-gz\"", 200}, {"\"bbbb", 200},
        {"\"abbbb\"", 200}, {"\"bbbb\"x", 200},   {"bbbb", 200},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        serve_response response =
            answer_to((serve_request){.path = "/", .if_none_match = rows[i].tags});
        assert_int_equal(response.status, rows[i].status);
        assert_true(rows[i].status == 200 || response.size == 0);
    }
    serve_response zipped = answer_to((serve_request){
        .path = "/", .accept_encoding = "gzip", .if_none_match = "\"bbbb-gz\""});
    assert_int_equal(zipped.status, 304);
}

static void refuses_other_methods(void **state)
{
    (void)state;
    static const char *const methods[] = {"POST",  "PUT",     "DELETE", "OPTIONS",
                                          "TRACE", "CONNECT", "get",    ""};
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        serve_response response =
            answer_to((serve_request){.path = "/", .method = methods[i]});
        assert_int_equal(response.status, 405);
        assert_string_equal(header(&response, "Allow"), "GET, HEAD");
    }
    serve_response head = answer_to((serve_request){.path = "/one", .method = "HEAD"});
    assert_int_equal(head.status, 405);
    assert_string_equal(header(&head, "Allow"), "GET");
}

static unsigned status_for_body(const char *length, const char *transfer)
{
    return answer_to((serve_request){.path = "/one",
                                     .content_length = length,
                                     .transfer_encoding = transfer})
        .status;
}

static void holds_bodies_to_their_size(void **state)
{
    (void)state;
    assert_int_equal(status_for_body(NULL, NULL), 201);
    assert_int_equal(status_for_body("9", NULL), 201);
    assert_int_equal(status_for_body("10", NULL), 201);
    assert_int_equal(status_for_body("11", NULL), 413);
    assert_int_equal(status_for_body("18446744073709551617", NULL), 413);
    assert_int_equal(status_for_body("-1", NULL), 413);
    assert_int_equal(status_for_body("1", "chunked"), 413);
    serve_response page =
        answer_to((serve_request){.path = "/", .content_length = "1"});
    assert_int_equal(page.status, 413);
}

static void refuses_what_is_too_long(void **state)
{
    (void)state;
    char path[SERVE_LONGEST_PATH + 2], value[SERVE_LONGEST_VALUE + 2];
    memset(path, 'a', sizeof path);
    path[0] = '/';
    path[sizeof path - 1] = '\0';
    memset(value, 'b', sizeof value);
    value[sizeof value - 1] = '\0';
    assert_int_equal(answer_to((serve_request){.path = path}).status, 414);
    assert_int_equal(answer_to((serve_request){.path = path + 1}).status, 404);
    assert_int_equal(
        answer_to((serve_request){.path = "/", .accept_encoding = value}).status, 431);
    assert_int_equal(
        answer_to((serve_request){.path = "/", .if_none_match = value}).status, 431);
    assert_int_equal(
        answer_to((serve_request){.path = "/", .if_none_match = value + 1}).status,
        200);
}

static void protects_every_response(void **state)
{
    (void)state;
    static const serve_request requests[] = {
        {.path = "/"}, {.path = "/none"}, {.path = "/", .method = "POST"}};
    for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++) {
        serve_response response = answer_to(requests[i]);
        assert_non_null(strstr(header(&response, "Content-Security-Policy"),
                               "default-src 'self'; script-src 'self' "
                               "'wasm-unsafe-eval'"));
        assert_string_equal(header(&response, "X-Content-Type-Options"), "nosniff");
        assert_string_equal(header(&response, "Referrer-Policy"), "no-referrer");
        assert_true(response.n_headers < SERVE_MOST_HEADERS);
    }
}

static void without_a_route_there_is_nothing(void **state)
{
    (void)state;
    const serve_request request = {.method = "GET", .path = "/"};
    serve_response response;
    serve_answer(&one_route, &request, &response);
    assert_int_equal(response.status, 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_every_file_and_nothing_else),
        cmocka_unit_test(sends_the_smallest_coding_the_client_reads),
        cmocka_unit_test(tells_what_may_be_kept),
        cmocka_unit_test(says_not_modified),
        cmocka_unit_test(refuses_other_methods),
        cmocka_unit_test(holds_bodies_to_their_size),
        cmocka_unit_test(refuses_what_is_too_long),
        cmocka_unit_test(protects_every_response),
        cmocka_unit_test(without_a_route_there_is_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
