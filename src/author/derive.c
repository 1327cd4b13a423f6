/* derive.c: see derive.h.
 *
 * Uncertainty is kept as the standard deviation of a logit. A Beta(a, b) has about
 * sqrt(1/a + 1/b) there (delta method); a 95 % interval spans 2 * 1.959964 of it.
 */
#include "author/derive.h"

#include "author/check.h"
#include "base/real.h"

#include <math.h>

#define Z_95                    1.959964
#define DEFAULT_WEIGHT          100.0
#define DEFAULT_ESTIMATE_WEIGHT 10.0
#define LEAST_COUNT             0.5
/* The highest sensitivity that a positive likelihood ratio alone may imply. */
#define MOST_P 0.95
/* Interval ends of a strength beyond this would only say "perhaps nothing". */
#define LEAST_STRENGTH 0.01

static double least(double a, double b)
{
    return a < b ? a : b;
}

static double greatest(double a, double b)
{
    return a > b ? a : b;
}

static double weight_of(const ch_backing *backing)
{
    if (backing->weight.node)
        return backing->weight.value;
    return backing->mark == CHARLEY_ESTIMATE ? DEFAULT_ESTIMATE_WEIGHT : DEFAULT_WEIGHT;
}

static double sd_of_counts(double a, double b)
{
    a = greatest(a, LEAST_COUNT);
    b = greatest(b, LEAST_COUNT);
    return sqrt(1 / a + 1 / b);
}

static double sd_of_ends(double low, double high)
{
    return (ch_logit(high) - ch_logit(low)) / (2 * Z_95);
}

static double sd_of_weight(double p, const ch_backing *backing)
{
    double weight = weight_of(backing);
    return sd_of_counts(p * weight, (1 - p) * weight);
}

ch_spread ch_derive_chance(ch_real p, const ch_backing *backing)
{
    ch_spread spread = {.derivation = ""};
    spread.p = ch_chance_p(p, backing);
    if (!p.node) {
        spread.derivation = "p = (n + 0.5) / (of + 1)";
        spread.sd = sd_of_counts(backing->n.value + 0.5,
                                 backing->of.value - backing->n.value + 0.5);
    } else if (backing->low.node) {
        spread.sd = sd_of_ends(backing->low.value, backing->high.value);
    } else {
        spread.sd = sd_of_weight(spread.p, backing);
    }
    return spread;
}

ch_odds_step ch_derive_factor(ch_real odds_ratio, ch_real prevalence,
                              const ch_backing *backing)
{
    ch_odds_step step = {.derivation = "log_yes = ln(OR), log_no = 0"};
    double ratio = odds_ratio.value;
    step.log_yes = ch_log(ratio);
    if (prevalence.node) {
        double mean = 1 + prevalence.value * (ratio - 1);
        step.log_yes = ch_log(ratio / mean);
        step.log_no = -ch_log(mean);
        step.derivation = "log_yes = ln(OR / (1 + r (OR - 1))), "
                          "log_no = -ln(1 + r (OR - 1)), r = prevalence";
    }
    step.sd =
        backing->low.node
            ? (ch_log(backing->high.value) - ch_log(backing->low.value)) / (2 * Z_95)
            : 2 / sqrt(weight_of(backing));
    return step;
}

/* ---- likelihoods ---- */

/* Both ratios: what a "no" is worth fixes the strength of the cause. */
static ch_spread strength_of_pair(const ch_link_entry *link, double cap)
{
    double most = 1 - 1 / cap;
    double negative = link->ratios->negative.value;
    ch_spread spread = {.p = 1 - negative, .derivation = "strength = 1 - LR-"};
    if (spread.p > most) {
        spread.p = most;
        spread.derivation = "strength = 1 - LR-, capped at 1 - 1/cap";
    }
    if (link->backing.low.node) {
        double low = greatest(1 - link->backing.high.value, LEAST_STRENGTH);
        double high = least(1 - link->backing.low.value, most);
        spread.sd = sd_of_ends(least(low, spread.p), greatest(high, spread.p));
    } else {
        spread.sd = sd_of_weight(spread.p, &link->backing);
    }
    return spread;
}

/* The positive ratio alone. */
static ch_spread chance_of_positive(const ch_link_entry *link, double leak)
{
    double positive = link->ratios->positive.value;
    ch_spread spread = {.p = positive * leak, .derivation = "p = LR+ x leak"};
    if (spread.p > MOST_P) {
        spread.p = MOST_P;
        spread.derivation = "p = LR+ x leak, capped at 0.95";
    }
    if (link->backing.low.node) {
        double low = link->backing.low.value * leak;
        double high = least(link->backing.high.value * leak, MOST_P);
        spread.sd = sd_of_ends(least(low, spread.p), greatest(high, spread.p));
    } else {
        spread.sd = sd_of_weight(spread.p, &link->backing);
    }
    return spread;
}

ch_spread ch_derive_likelihood(const ch_link_entry *link, double leak, double cap,
                               ch_link_kind *kind)
{
    bool is_pair = link->ratios && link->ratios->negative.node;
    *kind = is_pair ? CH_LINK_STRENGTH : CH_LINK_P;
    if (is_pair)
        return strength_of_pair(link, cap);
    return link->ratios ? chance_of_positive(link, leak)
                        : ch_derive_chance(link->p, &link->backing);
}
