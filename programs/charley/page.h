/* page.h: words of the knowledge image, wrapped to the width of the reader's screen.
 *
 * Plain lines from top to bottom: no cursor movement, no frames, nothing that a screen
 * reader, a log or a pipe would stumble over. Colour and bold only repeat what the
 * words say already.
 */
#ifndef PAGE_H
#define PAGE_H

#include "phrase.h"

typedef struct cli_page {
    FILE *out;
    const charley_kb *kb;
    unsigned width; /* columns */
    bool has_color;
    cli_phrase line;  /* working memory of page_say */
    char missing[96]; /* a key without words, in brackets */
} cli_page;

/* Reads --width and --color; false, with a message, when they make no sense. */
bool page_open(cli_page *page, const cli_call *call, const charley_kb *kb, FILE *out);
void page_close(cli_page *page);

/* The words of a key, or "[key]" so that a hole is seen. The latter is valid until the
 * next call. */
charley_text page_word(cli_page *page, const char *key);

void page_blank(cli_page *page);
/* Bold. */
void page_heading(cli_page *page, charley_text text);
/* Bold, and red from the same day on. */
void page_alarm(cli_page *page, charley_urgency urgency, charley_text text);
/* Wrapped text behind a marker such as "- "; the lines after the first are indented
 * by `indent` and the width of the marker. A line feed in the text starts a new line.
 */
void page_write(cli_page *page, unsigned indent, const char *marker, charley_text text);
/* The lines of `text`, numbered 1. 2. 3. when there are several. */
void page_steps(cli_page *page, unsigned indent, charley_text text);

/* page_write of the words of a key with its {slots} filled in. */
void page_say(cli_page *page, unsigned indent, const char *marker, const char *key,
              const cli_slot *slots, size_t n_slots);

#define PAGE_SAY(page, indent, marker, key, ...)                                       \
    page_say((page), (indent), (marker), (key), (const cli_slot[]){__VA_ARGS__},       \
             sizeof((const cli_slot[]){__VA_ARGS__}) / sizeof(cli_slot))

/* Columns that a text takes on a terminal: 2 for East Asian wide characters, 0 for
 * combining marks, 1 for the rest. */
unsigned page_columns(charley_text text);

#endif
