/* embed.c: the build's tool `charley-embed`: turns an image file into a C source.
 *
 *     charley-embed IMAGE OUTPUT.c
 *
 * A string literal compiles many times faster than a list of numbers, and does not
 * depend on byte order. Every byte is written in octal with three digits, except plain
 * letters and digits, so no byte can run into the next one or start a trigraph.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { BYTES_A_LINE = 32 };

static int complain(const char *path)
{
    fprintf(stderr, "charley-embed: %s: %s\n", path, strerror(errno));
    return 4;
}

static int is_plain(int byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

/* The bytes of `in` as lines of string literal; returns how many there were. */
static size_t write_literal(FILE *in, FILE *out)
{
    size_t size = 0;
    for (int byte = getc(in); byte != EOF; byte = getc(in)) {
        if (size % BYTES_A_LINE == 0)
            fputs(size ? "\"\n    \"" : "    \"", out);
        if (is_plain(byte))
            putc(byte, out);
        else
            fprintf(out, "\\%03o", (unsigned)byte);
        size++;
    }
    fputs(size ? "\";\n" : "    \"\";\n", out);
    return size;
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
