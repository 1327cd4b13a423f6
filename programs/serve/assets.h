/* assets.h: the files of the page, embedded in the program while building. */
#ifndef SERVE_ASSETS_H
#define SERVE_ASSETS_H

#include <stdbool.h>
#include <stddef.h>

/* How a body is compressed; the order is the one we prefer to send. */
typedef enum serve_coding {
    SERVE_BROTLI,
    SERVE_GZIP,
    SERVE_PLAIN,
    SERVE_N_CODINGS
} serve_coding;

typedef struct serve_body {
    const unsigned char *bytes; /* NULL: there is none in this coding */
    size_t size;
} serve_body;

typedef struct serve_asset {
    const char *path;                   /* as asked for, e.g. "/index.html" */
    const char *type;                   /* MIME type */
    const char *tag;                    /* changes with the content */
    bool is_immutable;                  /* its name holds a hash of its content */
    serve_body bodies[SERVE_N_CODINGS]; /* SERVE_PLAIN is always there */
} serve_asset;

typedef struct serve_assets {
    const serve_asset *list; /* [n], ascending by path */
    size_t n;
} serve_assets;

/* The page that this program was built with. */
extern const serve_assets serve_page;

#endif
