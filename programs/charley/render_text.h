/* render_text.h: a result as text, in the order in which a worried person needs it.
 *
 * How urgent, what to do now, what not to do, why; then what it may be; then the rest.
 * From the emergency level on, nothing stands before the steps, not even the reason.
 */
#ifndef RENDER_TEXT_H
#define RENDER_TEXT_H

#include "page.h"

typedef struct render_style {
    bool is_short;     /* stop after the likely causes */
    bool is_explained; /* the numbers and sources behind each statement */
} render_style;

void render_result(cli_page *page, const charley_result *result,
                   const render_style *style);
/* Only urgency, steps and what not to do: shown in the middle of an interview. */
void render_alarm(cli_page *page, const charley_result *result);

/* ---- render_parts.c: the parts after what to do ---- */

/* "NIGHT CRAMP: about 6 in 10 ...", for, against, not asked. */
void render_causes(cli_page *page, const charley_result *result,
                   const render_style *style);
/* Tests, clinics, prevention, safety net, claims, scores. */
void render_next_steps(cli_page *page, const charley_result *result,
                       const render_style *style);

/* Shared by both files. */
enum {
    RENDER_UNDER_DASH = 2,  /* columns below "- " */
    RENDER_UNDER_NUMBER = 3 /* columns below "1. " */
};
void render_section(cli_page *page, const char *key);
void render_sources(cli_page *page, unsigned indent, const charley_text *sources,
                    size_t n_sources);
/* Offered remedies: name, grade, steps, dose, effect, harms; of the first ones, or of
 * all when explained, also for whom they are and for whom not. */
void render_remedies(cli_page *page, const charley_remedy *remedies, size_t n,
                     const render_style *style);

#endif
