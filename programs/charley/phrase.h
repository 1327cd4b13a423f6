/* phrase.h: text put together piece by piece, in memory that grows. */
#ifndef PHRASE_H
#define PHRASE_H

#include "cli.h"

/* Zeroed memory is an empty phrase. */
typedef struct cli_phrase {
    char *bytes;
    size_t size;
    size_t capacity;
} cli_phrase;

/* What stands for {name} in a pattern. */
typedef struct cli_slot {
    const char *name;
    charley_text text;
} cli_slot;

charley_text phrase_text(const cli_phrase *phrase);
void phrase_clear(cli_phrase *phrase);
void phrase_free(cli_phrase *phrase);
void phrase_add(cli_phrase *phrase, charley_text text);
void phrase_add_format(cli_phrase *phrase, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Adds a pattern with every {name} replaced by the slot of that name; a name without
 * a slot stays as it stands, so that a slip in the words is seen. */
void phrase_fill(cli_phrase *phrase, charley_text pattern, const cli_slot *slots,
                 size_t n_slots);

/* Takes the first line off `text`; false when nothing is left. */
bool phrase_next_line(charley_text *text, charley_text *line);

#endif
