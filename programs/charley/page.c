/* page.c: see page.h. */
#include "page.h"

#include <string.h>

#include "terminal.h"

enum { LEAST_TEXT_COLUMNS = 10 }; /* however deep the indent, text keeps this much */

/* ---- characters ------------------------------------------------------------- */

typedef struct code_range {
    uint32_t first, last;
} code_range;

/* Unicode 15 East_Asian_Width W and F, in the blocks our languages use. */
static const code_range wide_ranges[] = {
    {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF}, {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},   {0xAC00, 0xD7A3}, {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F},
    {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
};
static const code_range combining_ranges[] = {
    {0x0300, 0x036F}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F},
    {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
};

static bool is_in(uint32_t code, const code_range *ranges, size_t n_ranges)
{
    for (size_t i = 0; i < n_ranges; i++)
        if (code >= ranges[i].first && code <= ranges[i].last)
            return true;
    return false;
}

/* Bytes of the character at the start of a non-empty text; a stray byte counts as one.
 */
static size_t character_size(charley_text text)
{
    size_t size = 1;
    while (size < text.size && size < 4 &&
           ((unsigned char)text.bytes[size] & 0xC0) == 0x80)
        size++;
    return size;
}

static uint32_t character_code(const char *bytes, size_t size)
{
    unsigned char first = (unsigned char)bytes[0];
    if (size == 1)
        return first;
    uint32_t code = first & (0x7Fu >> size);
    for (size_t i = 1; i < size; i++)
        code = code << 6 | ((unsigned char)bytes[i] & 0x3Fu);
    return code;
}

static unsigned character_columns(uint32_t code)
{
    if (is_in(code, combining_ranges, sizeof combining_ranges / sizeof(code_range)))
        return 0;
    return is_in(code, wide_ranges, sizeof wide_ranges / sizeof(code_range)) ? 2 : 1;
}

static charley_text without_first(charley_text text, size_t size)
{
    return (charley_text){text.bytes + size, text.size - size};
}

unsigned page_columns(charley_text text)
{
    unsigned columns = 0;
    while (text.size > 0) {
        size_t size = character_size(text);
        columns += character_columns(character_code(text.bytes, size));
        text = without_first(text, size);
    }
    return columns;
}

/* ---- lines ------------------------------------------------------------------ */

/* How many bytes of `text` go on a line of `columns`: up to the last space or wide
 * character that fits, or, when one word is longer than the line, as much as fits. */
static size_t fitting_bytes(charley_text text, unsigned columns)
{
    size_t used = 0;
    size_t break_at = 0;
    unsigned used_columns = 0;
    while (used < text.size) {
        charley_text rest = without_first(text, used);
        size_t size = character_size(rest);
        unsigned wide = character_columns(character_code(rest.bytes, size));
        if (rest.bytes[0] == ' ' || (wide == 2 && used > 0))
            break_at = used;
        if (used_columns + wide > columns)
            return break_at ? break_at : used ? used : size;
        used += size;
        used_columns += wide;
    }
    return text.size;
}

static void put_spaces(FILE *out, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        putc(' ', out);
}

/* One paragraph without line feeds. */
static void put_wrapped(cli_page *page, unsigned indent, bool is_indented,
                        charley_text text)
{
    unsigned columns = page->width > indent + LEAST_TEXT_COLUMNS ? page->width - indent
                                                                 : LEAST_TEXT_COLUMNS;
    do {
        if (is_indented && text.size > 0)
            put_spaces(page->out, indent);
        is_indented = true;
        size_t size = fitting_bytes(text, columns);
        cli_put_clean(page->out, (charley_text){text.bytes, size});
        putc('\n', page->out);
        text = without_first(text, size);
        while (text.size > 0 && text.bytes[0] == ' ')
            text = without_first(text, 1);
    } while (text.size > 0);
}

void page_write(cli_page *page, unsigned indent, const char *marker, charley_text text)
{
    put_spaces(page->out, indent);
    fputs(marker, page->out);
    unsigned hanging = indent + page_columns(cli_text(marker));
    bool is_indented = false; /* the marker stands where the indent would */
    charley_text line;
    if (text.size == 0)
        putc('\n', page->out);
    while (phrase_next_line(&text, &line)) {
        put_wrapped(page, hanging, is_indented, line);
        is_indented = true;
    }
}

void page_steps(cli_page *page, unsigned indent, charley_text text)
{
    charley_text line;
    if (text.size > 0 && !memchr(text.bytes, '\n', text.size)) {
        page_write(page, indent, "", text); /* one step needs no number */
        return;
    }
    for (unsigned i = 1; phrase_next_line(&text, &line); i++) {
        char marker[24];
        snprintf(marker, sizeof marker, "%u. ", i);
        page_write(page, indent, marker, line);
    }
}

void page_blank(cli_page *page)
{
    putc('\n', page->out);
}

static void write_styled(cli_page *page, const char *style, charley_text text)
{
    if (page->has_color)
        fputs(style, page->out);
    page_write(page, 0, "", text);
    if (page->has_color)
        fputs("\033[0m", page->out);
}

void page_heading(cli_page *page, charley_text text)
{
    write_styled(page, "\033[1m", text);
}

void page_alarm(cli_page *page, charley_urgency urgency, charley_text text)
{
    bool is_red = urgency >= CHARLEY_SAME_DAY || urgency == CHARLEY_COULD_NOT_ASSESS;
    write_styled(page, is_red ? "\033[1;31m" : "\033[1m", text);
}

/* ---- words ------------------------------------------------------------------ */

charley_text page_word(cli_page *page, const char *key)
{
    charley_text text = charley_kb_word(page->kb, cli_text(key));
    if (text.size > 0)
        return text;
    snprintf(page->missing, sizeof page->missing, "[%s]", key);
    return cli_text(page->missing);
}

void page_say(cli_page *page, unsigned indent, const char *marker, const char *key,
              const cli_slot *slots, size_t n_slots)
{
    charley_text pattern = page_word(page, key);
    phrase_clear(&page->line);
    phrase_fill(&page->line, pattern, slots, n_slots);
    page_write(page, indent, marker, phrase_text(&page->line));
}

bool page_open(cli_page *page, const cli_call *call, const charley_kb *kb, FILE *out)
{
    *page = (cli_page){.out = out, .kb = kb};
    page->has_color = terminal_has_color(call, out);
    return terminal_width(call, out, &page->width);
}

void page_close(cli_page *page)
{
    phrase_free(&page->line);
}
