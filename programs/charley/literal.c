/* literal.c: see literal.h. Every byte is written in octal with three digits, except
 * plain letters, so no byte can run into the next one or start a trigraph.
 */
#include "literal.h"

enum { BYTES_A_LINE = 32 };

static int is_plain(int byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

size_t write_literal(FILE *in, FILE *out)
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
