/* kleene.h: three-valued logic (Kleene's strong logic) over charley_answer.
 *
 * In the order no < unknown < yes, "and" is the least, "or" the greatest, "not" the
 * mirror. All three are monotone in that order except "not"; SAFETY.md builds on that.
 */
#ifndef CH_BASE_KLEENE_H
#define CH_BASE_KLEENE_H

#include "charley/charley.h"

static inline charley_answer ch_and(charley_answer a, charley_answer b)
{
    if (a == CHARLEY_NO || b == CHARLEY_NO)
        return CHARLEY_NO;
    if (a == CHARLEY_UNKNOWN || b == CHARLEY_UNKNOWN)
        return CHARLEY_UNKNOWN;
    return CHARLEY_YES;
}

static inline charley_answer ch_not(charley_answer a)
{
    if (a == CHARLEY_UNKNOWN)
        return CHARLEY_UNKNOWN;
    return a == CHARLEY_YES ? CHARLEY_NO : CHARLEY_YES;
}

static inline charley_answer ch_or(charley_answer a, charley_answer b)
{
    return ch_not(ch_and(ch_not(a), ch_not(b)));
}

static inline charley_answer ch_truth(bool is_true)
{
    return is_true ? CHARLEY_YES : CHARLEY_NO;
}

/* At least `wanted` of n, when n_yes are yes and n_unknown are unknown. */
static inline charley_answer ch_at_least(unsigned wanted, unsigned n_yes,
                                         unsigned n_unknown)
{
    if (n_yes >= wanted)
        return CHARLEY_YES;
    return n_yes + n_unknown >= wanted ? CHARLEY_UNKNOWN : CHARLEY_NO;
}

#endif
