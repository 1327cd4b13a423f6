/* embed.c: the build's tool `charley-embed`: turns an image file into a C source.
 *
 *     charley-embed IMAGE OUTPUT.c
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "literal.h"

static int complain(const char *path)
{
    fprintf(stderr, "charley-embed: %s: %s\n", path, strerror(errno));
    return 4;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("Usage: charley-embed IMAGE OUTPUT.c\n", stderr);
        return 2;
    }
    FILE *in = fopen(argv[1], "rb");
    if (!in)
        return complain(argv[1]);
    FILE *out = fopen(argv[2], "w");
    if (!out) {
        int code = complain(argv[2]);
        fclose(in);
        return code;
    }
    fputs("/* Made by charley-embed from a knowledge image: not to be edited. */\n"
          "#include \"default_image.h\"\n\n"
          "_Alignas(8) const unsigned char charley_default_image[] =\n",
          out);
    size_t size = write_literal(in, out);
    fprintf(out, "const size_t charley_default_image_size = %zu;\n", size);
    int is_read = !ferror(in) && size > 0;
    fclose(in);
    int is_written = !ferror(out);
    if (fclose(out) != 0)
        is_written = 0;
    if (is_read && is_written)
        return 0;
    remove(argv[2]);
    return complain(is_read ? argv[2] : argv[1]);
}
