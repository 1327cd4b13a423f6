/* ask_reply.h: what a typed line means as the reply to a question.
 *
 * Only understanding: nothing here changes the session or prints. A reply owns copies
 * of the ids it speaks of, because a question is gone as soon as the session changes.
 */
#ifndef ASK_REPLY_H
#define ASK_REPLY_H

#include "cli.h"

enum {
    ASK_ID_BYTES = 129, /* the engine's longest id and a NUL */
    ASK_MOST_CHOICES = 64,
    ASK_UNIT_BYTES = 32
};

typedef enum ask_reply_kind {
    REPLY_WRONG, /* see `wrong` */
    REPLY_ANSWER,
    REPLY_NUMBER,
    REPLY_KEEP, /* leave the answers given earlier */
    REPLY_SKIP,
    REPLY_BACK,
    REPLY_WHY,
    REPLY_HELP,
    REPLY_RESULT,
    REPLY_STOP
} ask_reply_kind;

typedef struct ask_choice {
    char id[ASK_ID_BYTES];
    charley_answer answer;
} ask_choice;

typedef struct ask_reply {
    ask_reply_kind kind;
    const char *wrong; /* WRONG: the key of the words that say what was wrong */
    size_t n_choices;
    /* ANSWER: what is said of each; SKIP: all of them, unknown; NUMBER: the finding. */
    ask_choice choices[ASK_MOST_CHOICES];
    double value;              /* NUMBER */
    char unit[ASK_UNIT_BYTES]; /* NUMBER: as typed, or the question's own */
} ask_reply;

/* Understands one line.
 *   may_keep  an empty line keeps the answers there are */
void ask_reply_parse(const charley_question *question, bool may_keep, charley_text line,
                     ask_reply *reply);

#endif
