/* embed_page.c: the build's tool `charley-embed-page`: turns the built page into a C
 * source.
 *
 *     charley-embed-page OUTPUT.c FOLDER FILE...
 *
 * FILEs are relative to FOLDER and ascending. FILE.br and FILE.gz beside one are taken
 * as its compressed forms. What lies in assets/ has a hash of its content in its name.
 * A kind of file that has no row below stops the build.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "literal.h"

enum { LONGEST = 4096 };

static const struct {
    const char *ending, *type;
} types[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".wasm", "application/wasm"},
    {".image", "application/octet-stream"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".txt", "text/plain; charset=utf-8"},
};

static const char *type_of(const char *file)
{
    const char *ending = strrchr(file, '.');
    for (size_t i = 0; ending && i < sizeof types / sizeof types[0]; i++)
        if (strcmp(types[i].ending, ending) == 0)
            return types[i].type;
    return NULL;
}

static int complain(const char *path, const char *what)
{
    fprintf(stderr, "charley-embed-page: %s: %s\n", path, what);
    return 4;
}

/* FNV-1a: it has to change with the content, nothing more. */
static uint64_t tag_of(FILE *in)
{
    uint64_t tag = 0xcbf29ce484222325u;
    for (int byte = getc(in); byte != EOF; byte = getc(in))
        tag = (tag ^ (uint64_t)byte) * 0x100000001b3u;
    rewind(in);
    return tag;
}

static const char *const endings[] = {".br", ".gz", ""};
static const char *const codings[] = {"SERVE_BROTLI", "SERVE_GZIP", "SERVE_PLAIN"};
enum { N_CODINGS = 3, PLAIN = 2 };

/* One body as `file_N_C`. Returns 0 when it was written, 1 when there is no such file.
 */
static int write_body(FILE *out, const char *folder, const char *file, int n,
                      int coding, uint64_t *tag)
{
    char path[LONGEST];
    snprintf(path, sizeof path, "%s/%s%s", folder, file, endings[coding]);
    FILE *in = fopen(path, "rb");
    if (!in)
        return 1;
    if (coding == PLAIN)
        *tag = tag_of(in);
    fprintf(out, "static const unsigned char file_%d_%d[] =\n", n, coding);
    write_literal(in, out);
    fclose(in);
    return 0;
}

static int write_file(FILE *out, FILE *rows, const char *folder, const char *file,
                      int n)
{
    const char *type = type_of(file);
    if (!type)
        return complain(file, "no MIME type is known for this kind of file");
    uint64_t tag = 0;
    char bodies[512] = "";
    for (int coding = 0; coding < N_CODINGS; coding++) {
        if (write_body(out, folder, file, n, coding, &tag) != 0) {
            if (coding == PLAIN)
                return complain(file, strerror(errno));
            continue;
        }
        size_t used = strlen(bodies);
        snprintf(bodies + used, sizeof bodies - used,
                 "[%s] = {file_%d_%d, sizeof file_%d_%d - 1}, ", codings[coding], n,
                 coding, n, coding);
    }
    fprintf(rows, "    {\"/%s\", \"%s\", \"%016llx\", %s, {%s}},\n", file, type,
            (unsigned long long)tag,
            strncmp(file, "assets/", 7) == 0 ? "true" : "false", bodies);
    return 0;
}

static void copy(FILE *from, FILE *to)
{
    rewind(from);
    for (int byte = getc(from); byte != EOF; byte = getc(from))
        putc(byte, to);
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fputs("Usage: charley-embed-page OUTPUT.c FOLDER FILE...\n", stderr);
        return 2;
    }
    FILE *out = fopen(argv[1], "w");
    FILE *rows = tmpfile();
    if (!out || !rows)
        return complain(argv[1], strerror(errno));
    fputs("/* Made by charley-embed-page from the built page: not to be edited. */\n"
          "#include \"serve/assets.h\"\n\n",
          out);
    int code = 0;
    for (int i = 3; i < argc && code == 0; i++)
        code = write_file(out, rows, argv[2], argv[i], i);
    fputs("static const serve_asset list[] = {\n", out);
    copy(rows, out);
    fputs(
        "};\n\nconst serve_assets serve_page = {list, sizeof list / sizeof list[0]};\n",
        out);
    fclose(rows);
    int is_written = !ferror(out);
    if (fclose(out) != 0)
        is_written = 0;
    if (code == 0 && !is_written)
        code = complain(argv[1], "not all of it was written");
    if (code != 0)
        remove(argv[1]);
    return code;
}
