/* pages.c: see pages.h. */
#include "pages.h"

#include <stdio.h>
#include <string.h>

static const serve_asset *find(const serve_assets *assets, const char *path)
{
    const char *name = strcmp(path, "/") == 0 ? "/index.html" : path;
    size_t first = 0, end = assets->n;
    while (first < end) {
        size_t middle = first + (end - first) / 2;
        int order = strcmp(assets->list[middle].path, name);
        if (order == 0)
            return &assets->list[middle];
        if (order < 0)
            first = middle + 1;
        else
            end = middle;
    }
    return NULL;
}

/* ---- Accept-Encoding -------------------------------------------------------- */

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static bool same_word(const char *text, size_t size, const char *word)
{
    if (size != strlen(word))
        return false;
    for (size_t i = 0; i < size; i++) {
        char byte = text[i];
        if (byte >= 'A' && byte <= 'Z')
            byte = (char)(byte - 'A' + 'a');
        if (byte != word[i])
            return false;
    }
    return true;
}

/* Is what follows the name of a coding, up to the comma, a weight of zero (";q=0.000")?
 */
static bool is_refused(const char *parameters, size_t size)
{
    bool is_weight = false, is_zero = false;
    for (size_t i = 0; i < size; i++) {
        char byte = parameters[i];
        if (byte == 'q' || byte == 'Q')
            is_weight = is_zero = true;
        else if (byte >= '1' && byte <= '9')
            is_zero = false;
    }
    return is_weight && is_zero;
}

/* Does the list name the coding, and not with weight zero? Weights above that do not
 * matter here: what the client can read and is smallest for us, it gets. */
static bool accepts(const char *list, const char *coding)
{
    while (list && *list) {
        size_t item = strcspn(list, ",");
        const char *name = list;
        while (name < list + item && is_blank(*name))
            name++;
        size_t rest = item - (size_t)(name - list);
        size_t size = 0;
        while (size < rest && name[size] != ';' && !is_blank(name[size]))
            size++;
        if (same_word(name, size, coding))
            return !is_refused(name + size, rest - size);
        list += item + (list[item] == ',');
    }
    return false;
}

static serve_coding choose(const serve_asset *asset, const serve_request *request)
{
    static const char *const names[] = {[SERVE_BROTLI] = "br", [SERVE_GZIP] = "gzip"};
    for (serve_coding coding = 0; coding < SERVE_PLAIN; coding++)
        if (asset->bodies[coding].bytes &&
            accepts(request->accept_encoding, names[coding]))
            return coding;
    return SERVE_PLAIN;
}

/* ---- ETag ------------------------------------------------------------------- */

/* Is the tag, quotes included, in the list of an If-None-Match? */
static bool has_tag(const char *list, const char *tag)
{
    if (!list)
        return false;
    if (strcmp(list, "*") == 0)
        return true;
    size_t size = strlen(tag);
    for (const char *p = strstr(list, tag); p; p = strstr(p + size, tag))
        if (p[size] == '\0' || p[size] == ',' || is_blank(p[size]))
            return true;
    return false;
}

void serve_asset_handler(const void *context, const serve_request *request,
                         serve_response *response)
{
    static const char *const suffixes[] = {
        [SERVE_BROTLI] = "-br", [SERVE_GZIP] = "-gz", [SERVE_PLAIN] = ""};
    const serve_asset *asset = find(context, request->path);
    if (!asset) {
        serve_say_status(response, 404);
        return;
    }
    serve_coding coding = choose(asset, request);
    snprintf(response->tag, sizeof response->tag, "\"%s%s\"", asset->tag,
             suffixes[coding]);
    serve_add_header(response, "Content-Type", asset->type);
    serve_add_header(response, "Vary", "Accept-Encoding");
    serve_add_header(response, "ETag", response->tag);
    serve_add_header(response, "Cache-Control",
                     asset->is_immutable ? "public, max-age=31536000, immutable"
                                         : "no-cache");
    if (has_tag(request->if_none_match, response->tag)) {
        response->status = 304;
        return;
    }
    if (coding != SERVE_PLAIN)
        serve_add_header(response, "Content-Encoding",
                         coding == SERVE_BROTLI ? "br" : "gzip");
    response->status = 200;
    response->body = asset->bodies[coding].bytes;
    response->size = asset->bodies[coding].size;
}
