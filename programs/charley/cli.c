/* cli.c: see cli.h. */
#include "cli.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

charley_text cli_text(const char *string)
{
    return (charley_text){string, string ? strlen(string) : 0};
}

bool cli_text_equal(charley_text a, charley_text b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.bytes, b.bytes, a.size) == 0);
}

bool cli_text_is(charley_text text, const char *string)
{
    return cli_text_equal(text, cli_text(string));
}

static void *or_end(void *memory)
{
    if (!memory) {
        cli_complain("out of memory");
        exit(CLI_INTERNAL);
    }
    return memory;
}

void *cli_allocate(size_t count, size_t size)
{
    /* At least one byte: calloc may answer NULL to a request for none. */
    return or_end(calloc(count ? count : 1, size ? size : 1));
}

void *cli_reallocate(void *memory, size_t size)
{
    return or_end(realloc(memory, size));
}

/* Bytes of the UTF-8 character at the start of a text that is not empty; 0 when there
 * is none, as in a file name of another encoding. */
static size_t character_bytes(charley_text text)
{
    const unsigned char *bytes = (const unsigned char *)text.bytes;
    size_t size = bytes[0] < 0x80                      ? 1
                  : bytes[0] < 0xC2 || bytes[0] > 0xF4 ? 0
                  : bytes[0] < 0xE0                    ? 2
                  : bytes[0] < 0xF0                    ? 3
                                                       : 4;
    if (size > text.size)
        return 0;
    for (size_t i = 1; i < size; i++)
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
    return size;
}

void cli_put_clean(FILE *out, charley_text text)
{
    while (text.size > 0) {
        unsigned char byte = (unsigned char)text.bytes[0];
        bool is_control = (byte < 0x20 && byte != '\n') || byte == 0x7F;
        size_t size = character_bytes(text);
        /* U+0080 to U+009F, which some terminals obey, are C2 80 to C2 9F. */
        bool is_c1 = size == 2 && byte == 0xC2 && (unsigned char)text.bytes[1] < 0xA0;
        if (is_control || is_c1 || size == 0)
            putc('?', out);
        else
            fwrite(text.bytes, 1, size, out);
        size += size == 0;
        text = (charley_text){text.bytes + size, text.size - size};
    }
}

static cli_exit exit_for(charley_status status)
{
    switch (status) {
    case CHARLEY_OK:
        return CLI_DONE;
    case CHARLEY_E_SYNTAX:
    case CHARLEY_E_DATA:
    case CHARLEY_E_VERSION:
    case CHARLEY_E_LIMIT:
    case CHARLEY_E_NOTFOUND:
    case CHARLEY_E_CONFLICT:
        return CLI_BAD_DATA;
    case CHARLEY_E_MEMORY:
    case CHARLEY_E_IO:
    case CHARLEY_E_MISUSE:
        break;
    }
    return CLI_INTERNAL;
}

cli_exit cli_report(const char *file, const charley_error *error)
{
    fputs("charley: ", stderr);
    if (file) {
        cli_put_clean(stderr, cli_text(file));
        if (error->line > 0)
            fprintf(stderr, ":%u:%u", error->line, error->column);
        fputs(": ", stderr);
    }
    cli_put_clean(stderr, cli_text(error->text));
    if (error->line > 0)
        fprintf(stderr, " (byte %zu)", error->offset);
    if (error->where[0] == '/') { /* a JSON pointer; a file name is said already */
        fputs(", at ", stderr);
        cli_put_clean(stderr, cli_text(error->where));
    }
    putc('\n', stderr);
    return exit_for(error->status);
}

void cli_complain(const char *format, ...)
{
    char sentence[512];
    va_list list;
    va_start(list, format);
    vsnprintf(sentence, sizeof sentence, format, list);
    va_end(list);
    fputs("charley: ", stderr);
    cli_put_clean(stderr, cli_text(sentence));
    putc('\n', stderr);
}

cli_exit cli_close_output(cli_exit code)
{
    bool failed = ferror(stdout) != 0;
    errno = 0;
    if (fflush(stdout) != 0)
        failed = true;
    if (!failed)
        return code;
    cli_complain("cannot write the output: %s",
                 errno ? strerror(errno) : "not all of it was written");
    return CLI_INTERNAL;
}
