/* chance.h: a probability in words that people judge well: "about 6 in 10".
 *
 * Whole numbers in ten, or in a hundred where ten would be too coarse. What is rounded
 * away at the ends is said: "less than 1 in 100", "more than 9 in 10".
 */
#ifndef CHANCE_H
#define CHANCE_H

#include "page.h"

/* Adds for instance "about 6 in 10 (between 4 and 8 in 10)". */
void chance_add(cli_phrase *out, cli_page *page,
                const charley_probability *probability);

#endif
