/* bearing.h: how one finding bears on one condition, from the chance that is known of
 * it.
 *
 * The image holds what is published (a chance, or a strength from two likelihood
 * ratios); what the arithmetic needs follows from it, the finding's leak and the cap,
 * here alone.
 */
#ifndef CH_KB_BEARING_H
#define CH_KB_BEARING_H

#include "kb/kb.h"

typedef struct ch_bearing {
    double strength;   /* q of the noisy-OR, in [0, 1 - 1/cap] */
    double if_present; /* unary factor when present, in [1/cap, 1]; 1 where p >= leak */
    double if_absent;  /* unary factor when absent, in [1, cap] */
} ch_bearing;

/* p of a kind, against a leak in (0, 1); cap > 1: the most that one finding may move
 * odds, by a yes or by a no. */
ch_bearing ch_bearing_of(ch_link_kind kind, double p, double leak, double cap);
/* The same of a link of the image. */
ch_bearing ch_link_bearing(const charley_kb *kb, const ch_link *link);

#endif
