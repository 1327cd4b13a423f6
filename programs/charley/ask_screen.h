/* ask_screen.h: one question of the interview on the page. */
#ifndef ASK_SCREEN_H
#define ASK_SCREEN_H

#include "page.h"

/* Whether any part of the question has an answer. */
bool ask_has_answer(const charley_question *question);

/* Title, numbered choices with the present answers, and what may be typed.
 *   number    "Question 3"
 *   may_keep  an empty line keeps the answers there are */
void ask_screen_show(cli_page *page, const charley_question *question, size_t number,
                     bool may_keep);
/* Why this is asked, and how to look or measure. */
void ask_screen_why(cli_page *page, const charley_question *question);
/* What was wrong with a reply: the words of `key`, with {n}, {low}, {high}, {unit}. */
void ask_screen_wrong(cli_page *page, const charley_question *question,
                      const char *key);
/* The keys that work everywhere. */
void ask_screen_help(cli_page *page);

#endif
