/* derive.h: from a published number to the numbers the engine computes with.
 *
 * Pure functions, so that each rule of arithmetic stands in one place and can be tested
 * by hand calculation. Every one names its rule: that text goes into the passport.
 */
#ifndef CH_AUTHOR_DERIVE_H
#define CH_AUTHOR_DERIVE_H

#include "author/entries.h"

/* A probability, and how unsure its logit is. */
typedef struct ch_spread {
    double p;
    double sd;
    const char *derivation; /* "" when p is the published number itself */
} ch_spread;

/* From p or counts, with counts, interval or weight. */
ch_spread ch_derive_chance(ch_real p, const ch_backing *backing);

/* What a factor adds to the log odds. */
typedef struct ch_odds_step {
    double log_yes;
    double log_no;
    double sd;
    const char *derivation;
} ch_odds_step;

ch_odds_step ch_derive_factor(ch_real odds_ratio, ch_real prevalence,
                              const ch_backing *backing);

/* What is known of a finding in a condition: a chance, or with both likelihood ratios
 * the strength of the cause. leak in (0, 1), of the finding; cap > 1: the most that one
 * finding may move odds. */
ch_spread ch_derive_likelihood(const ch_link_entry *link, double leak, double cap,
                               ch_link_kind *kind);

#endif
