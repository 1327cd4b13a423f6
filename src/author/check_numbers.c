/* check_numbers.c: may a number stand as it stands? Its passport, its certainty, and
 * what likelihoods say together with the leak of their finding. */
#include "author/check.h"

#include <math.h>

#define MAX_WEIGHT 1e6

enum { MAX_ESTIMATE_WEIGHT = 20 };

/* Ratios just at the cap are allowed; doubles cannot say 0.05 * 20 exactly. */
#define CAP_SLACK       1.000001
#define RATIO_TOLERANCE 0.25

/* What an interval must hold: a probability, or a ratio above 0. */
typedef enum scale { SCALE_PROBABILITY, SCALE_RATIO } scale;

static bool is_probability(double p)
{
    return p > 0 && p < 1;
}

double ch_chance_p(ch_real p, const ch_backing *backing)
{
    if (p.node)
        return p.value;
    if (backing->n.node && backing->of.node)
        return (backing->n.value + 0.5) / (backing->of.value + 1);
    return (double)NAN;
}

/* ---- passports ---- */

static void check_origin(ch_bookshelf *shelf, const ch_node *node, uint8_t mark,
                         bool has_source, const ch_node *why)
{
    if (mark == CHARLEY_ESTIMATE && !why)
        ch_report(&shelf->desk, CH_LINT_NO_WHY, node,
                  "an estimate needs its reason (why: ...)");
    if (mark != 0 && mark != CHARLEY_ESTIMATE && !has_source)
        ch_report(&shelf->desk, CH_LINT_NO_PASSPORT, node,
                  "a number or rule that is not an estimate needs a source");
}

static void check_counts(ch_bookshelf *shelf, const ch_node *node,
                         const ch_backing *backing)
{
    const ch_node *n = backing->n.node;
    const ch_node *of = backing->of.node;
    if (!n && !of)
        return;
    if (!n || !of) {
        ch_report(&shelf->desk, CH_LINT_COUNTS,
                  n    ? n
                  : of ? of
                       : node,
                  "counts are given as n and of together");
        return;
    }
    double part = backing->n.value;
    double whole = backing->of.value;
    if (part != floor(part) || whole != floor(whole) || part < 0 || whole < 1)
        ch_report(&shelf->desk, CH_LINT_COUNTS, n,
                  "counts are whole numbers from 0 of 1");
    else if (part > whole)
        ch_report(&shelf->desk, CH_LINT_COUNTS, n, "n is greater than of");
}

static void check_certainty(ch_bookshelf *shelf, const ch_node *node,
                            const ch_backing *backing)
{
    int n_ways = (backing->n.node != NULL) + (backing->low.node != NULL) +
                 (backing->weight.node != NULL);
    if (n_ways > 1)
        ch_report(&shelf->desk, CH_LINT_NUMBER_FORM, node,
                  "certainty is given once: by counts, interval or weight");
    if (!backing->weight.node)
        return;
    double weight = backing->weight.value;
    double most = backing->mark == CHARLEY_ESTIMATE ? MAX_ESTIMATE_WEIGHT : MAX_WEIGHT;
    if (!(weight > 0) || weight > most)
        ch_report(&shelf->desk, CH_LINT_WEIGHT, backing->weight.node,
                  "the weight must be above 0 and at most %g", most);
}

/* The interval must hold `value`, where that is known. */
static void check_interval(ch_bookshelf *shelf, const ch_backing *backing, double value,
                           scale on)
{
    if (!backing->low.node)
        return;
    double low = backing->low.value;
    double high = backing->high.value;
    bool fits = low < high && low > 0 && (on == SCALE_RATIO || high < 1);
    if (!fits)
        ch_report(&shelf->desk, CH_LINT_INTERVAL, backing->low.node,
                  on == SCALE_RATIO
                      ? "the interval of a ratio ascends and lies above 0"
                      : "the interval of a probability ascends within 0 and 1");
    else if (value < low || value > high)
        ch_report(&shelf->desk, CH_LINT_INTERVAL, backing->low.node,
                  "the interval does not hold the number, %g", value);
}

static void check_backing(ch_bookshelf *shelf, const ch_node *node,
                          const ch_backing *backing)
{
    check_origin(shelf, node, backing->mark, backing->source.node != NULL,
                 backing->why);
    check_counts(shelf, node, backing);
    check_certainty(shelf, node, backing);
}

static void check_p(ch_bookshelf *shelf, ch_real p)
{
    if (p.node && !is_probability(p.value))
        ch_report(&shelf->desk, CH_LINT_PROBABILITY, p.node,
                  "a probability must be above 0 and below 1");
}

/* A probability given as p or as counts. */
static void check_chance(ch_bookshelf *shelf, const ch_node *node, ch_real p,
                         const ch_backing *backing)
{
    check_backing(shelf, node, backing);
    bool has_counts = backing->n.node || backing->of.node;
    if ((p.node != NULL) == has_counts)
        ch_report(&shelf->desk, CH_LINT_NUMBER_FORM, node,
                  "a probability is given by p, or by n and of");
    check_p(shelf, p);
    check_interval(shelf, backing, ch_chance_p(p, backing), SCALE_PROBABILITY);
}

static void check_optional_chance(ch_bookshelf *shelf, const ch_chance *chance)
{
    if (chance)
        check_chance(shelf, chance->node, chance->p, &chance->backing);
}

static void check_warrant(ch_bookshelf *shelf, const ch_entry *entry,
                          const ch_warrant *warrant)
{
    if (ch_entry_in_use(entry))
        check_origin(shelf, entry->node, warrant->mark, warrant->sources.n > 0,
                     warrant->why);
}

/* ---- links ---- */

/* The positive ratio that the engine will use: with strength 1 - LR-,
 * P(present | condition) is 1 - LR- (1 - leak). */
static double implied_positive(const ch_ratios *ratios, double leak)
{
    return (1 - ratios->negative.value * (1 - leak)) / leak;
}

static void check_pair(ch_bookshelf *shelf, const ch_ratios *ratios, double leak)
{
    double positive = ratios->positive.value;
    double negative = ratios->negative.value;
    if (positive <= 1 || negative >= 1) {
        ch_report(&shelf->desk, CH_LINT_RATIO_DIRECTION, ratios->node,
                  "of a pair of likelihood ratios the positive is above 1 and the "
                  "negative below; give p when the finding speaks against");
        return;
    }
    double implied = implied_positive(ratios, leak);
    if (fabs(implied / positive - 1) > RATIO_TOLERANCE)
        ch_report(&shelf->desk, CH_LINT_RATIO_DISAGREES, ratios->node,
                  "with this leak (%g) the negative ratio implies a positive one of "
                  "%.2f, not %g",
                  leak, implied, positive);
}

static void check_against_leak(ch_bookshelf *shelf, const ch_link_entry *link,
                               double leak)
{
    const ch_cap_entry *limit = shelf->meta ? shelf->meta->likelihood_cap : NULL;
    double cap = limit ? limit->ratio.value : (double)NAN;
    const ch_ratios *ratios = link->ratios;
    const ch_node *node = link->p.node ? link->p.node : link->entry.node;
    double p = ch_chance_p(link->p, &link->backing);
    double ratio = p / leak;
    if (ratios) {
        node = ratios->positive.node;
        ratio = ratios->positive.value;
        if (ratios->negative.node && implied_positive(ratios, leak) > ratio)
            ratio = implied_positive(ratios, leak);
    }
    if (ratio > cap * CAP_SLACK)
        ch_report(&shelf->desk, CH_LINT_RATIO_CAP, node,
                  "the likelihood ratio is %.3g, the cap %g; with p = %.3g the leak "
                  "must be at least %.3g",
                  ratio, cap, ratio * leak, ratio * leak / cap);
    if (ratios && ratios->negative.node)
        check_pair(shelf, ratios, leak);
}

static void check_link_form(ch_bookshelf *shelf, const ch_link_entry *link)
{
    const ch_backing *backing = &link->backing;
    check_backing(shelf, link->entry.node, backing);
    check_p(shelf, link->p);
    int n_ways = (link->p.node != NULL) + (backing->n.node || backing->of.node) +
                 (link->ratios != NULL);
    if (n_ways != 1)
        ch_report(&shelf->desk, CH_LINT_NUMBER_FORM, link->entry.node,
                  "a likelihood is given in one way: by p, by n and of, or by lr");
    if (!link->ratios) {
        check_interval(shelf, backing, ch_chance_p(link->p, backing),
                       SCALE_PROBABILITY);
        return;
    }
    const ch_ratios *ratios = link->ratios;
    bool is_pair = ratios->negative.node != NULL;
    check_interval(shelf, backing,
                   is_pair ? ratios->negative.value : ratios->positive.value,
                   SCALE_RATIO);
}

static void check_link(ch_bookshelf *shelf, const ch_link_entry *link)
{
    check_link_form(shelf, link);
    if (!link->atom.entry)
        return;
    ch_atom_entry *atom = (ch_atom_entry *)(void *)link->atom.entry;
    atom->is_listed = true;
    if (atom->finding->entry.is_faulty)
        return;
    if (!atom->leak) {
        ch_report(&shelf->desk, CH_LINT_NO_LEAK, link->atom.node,
                  "\"%.*s\" has no leak: how often is it yes without any condition?",
                  CH_ARG(atom->entry.id));
        return;
    }
    double leak = ch_chance_p(atom->leak->p, &atom->leak->backing);
    if (is_probability(leak))
        check_against_leak(shelf, link, leak);
}

ch_link_entry *ch_link_find(const ch_vector *links, const ch_entry *atom)
{
    for (uint32_t i = 0; i < links->n; i++) {
        ch_link_entry *link = CH_ITEM(*links, i, ch_link_entry);
        if (link->atom.entry == atom && ch_entry_in_use(&link->entry))
            return link;
    }
    return NULL;
}

static void check_links(ch_bookshelf *shelf, const ch_vector *links)
{
    for (uint32_t i = 0; i < links->n; i++) {
        const ch_link_entry *link = CH_ITEM(*links, i, ch_link_entry);
        if (!ch_entry_counts(&link->entry))
            continue;
        check_link(shelf, link);
        if (link->atom.entry && ch_link_find(links, link->atom.entry) != link)
            ch_report(&shelf->desk, CH_LINT_LISTED_TWICE, link->atom.node,
                      "\"%.*s\" stands in this list already",
                      CH_ARG(link->atom.node->text));
    }
}

/* ---- conditions ---- */

static void check_factor(ch_bookshelf *shelf, const ch_factor_entry *factor)
{
    check_backing(shelf, factor->entry.node, &factor->backing);
    check_p(shelf, factor->prevalence);
    check_interval(shelf, &factor->backing, factor->odds_ratio.value, SCALE_RATIO);
    if (factor->backing.n.node || factor->backing.of.node)
        ch_report(&shelf->desk, CH_LINT_NUMBER_FORM, factor->entry.node,
                  "an odds ratio has an interval or a weight, not counts");
}

static void check_prior(ch_bookshelf *shelf, const ch_prior_entry *prior)
{
    check_optional_chance(shelf, prior->base);
    for (uint32_t i = 0; i < prior->strata.n; i++) {
        const ch_stratum_entry *stratum = CH_ITEM(prior->strata, i, ch_stratum_entry);
        if (ch_entry_counts(&stratum->entry))
            check_chance(shelf, stratum->entry.node, stratum->p, &stratum->backing);
    }
    for (uint32_t i = 0; i < prior->factors.n; i++) {
        const ch_factor_entry *factor = CH_ITEM(prior->factors, i, ch_factor_entry);
        if (ch_entry_counts(&factor->entry))
            check_factor(shelf, factor);
    }
}

static void check_condition(ch_bookshelf *shelf, const ch_condition_entry *condition)
{
    check_optional_chance(shelf, condition->act_above);
    check_optional_chance(shelf, condition->floor);
    if (condition->prior)
        check_prior(shelf, condition->prior);
    check_links(shelf, &condition->links);
}

/* Figures that are only told still need their passport. */
static void check_ratios(ch_bookshelf *shelf, const ch_vector *ratios)
{
    for (uint32_t i = 0; i < ratios->n; i++) {
        const ch_ratio_entry *ratio = CH_ITEM(*ratios, i, ch_ratio_entry);
        if (!ch_entry_counts(&ratio->entry))
            continue;
        check_backing(shelf, ratio->entry.node, &ratio->backing);
        check_interval(shelf, &ratio->backing, ratio->value.value, SCALE_RATIO);
        if (ratio->backing.n.node || ratio->backing.of.node)
            ch_report(&shelf->desk, CH_LINT_NUMBER_FORM, ratio->entry.node,
                      "a ratio has an interval or a weight, not counts");
    }
}

static void check_drug(ch_bookshelf *shelf, const ch_drug_entry *drug)
{
    check_warrant(shelf, &drug->entry, &drug->warrant);
    check_ratios(shelf, &drug->ratios);
}

static void check_interaction(ch_bookshelf *shelf,
                              const ch_interaction_entry *interaction)
{
    check_warrant(shelf, &interaction->entry, &interaction->warrant);
    check_ratios(shelf, &interaction->ratios);
}

static void check_leaks(ch_bookshelf *shelf, const ch_finding_entry *finding)
{
    check_optional_chance(shelf, finding->leak);
    for (uint32_t i = 0; i < finding->options.n; i++)
        check_optional_chance(shelf,
                              CH_ITEM(finding->options, i, ch_option_entry)->leak);
}

static void check_meta(ch_bookshelf *shelf)
{
    const ch_meta_entry *meta = shelf->meta;
    if (!meta || meta->entry.is_faulty)
        return;
    check_optional_chance(shelf, meta->show_above);
    check_optional_chance(shelf, meta->offer_above);
    check_optional_chance(shelf, meta->enough_gain);
    check_backing(shelf, meta->likelihood_cap->node, &meta->likelihood_cap->backing);
}

/* A draw may also be certain: 0 and 1 are chances of facts, not of causes. */
static void check_draw_p(ch_bookshelf *shelf, const ch_draw_entry *draw)
{
    check_backing(shelf, draw->entry.node, &draw->backing);
    double p = ch_chance_p(draw->p, &draw->backing);
    if (!(p >= 0 && p <= 1))
        ch_report(&shelf->desk, CH_LINT_PROBABILITY, draw->entry.node,
                  "a draw needs a chance from 0 to 1, as p or as n and of");
}

static void check_entry(ch_bookshelf *shelf, unsigned kind, ch_entry *entry)
{
    void *e = entry;
    switch (kind) {
    case CH_E_FINDING:
        check_leaks(shelf, e);
        break;
    case CH_E_CONDITION:
        check_condition(shelf, e);
        break;
    case CH_E_PROFILE:
        check_links(shelf, &((const ch_profile_entry *)e)->links);
        break;
    case CH_E_RULE:
        check_warrant(shelf, entry, &((const ch_rule_entry *)e)->warrant);
        break;
    case CH_E_MODIFIER:
        check_warrant(shelf, entry, &((const ch_modifier_entry *)e)->warrant);
        break;
    case CH_E_CAUTION:
        check_warrant(shelf, entry, &((const ch_caution_entry *)e)->warrant);
        break;
    case CH_E_REMEDY:
        check_warrant(shelf, entry, &((const ch_remedy_entry *)e)->warrant);
        break;
    case CH_E_DRUG:
        check_drug(shelf, e);
        break;
    case CH_E_INTERACTION:
        check_interaction(shelf, e);
        break;
    case CH_E_SCORE:
        check_warrant(shelf, entry, &((const ch_score_entry *)e)->warrant);
        break;
    case CH_E_DRAW:
        check_draw_p(shelf, e);
        break;
    case CH_E_SLIP:
        check_chance(shelf, entry->node, ((const ch_slip_entry *)e)->p,
                     &((const ch_slip_entry *)e)->backing);
        break;
    case CH_E_TARGET:
        check_chance(shelf, entry->node, ((const ch_target_entry *)e)->p,
                     &((const ch_target_entry *)e)->backing);
        break;
    default:
        break;
    }
}

void ch_check_numbers(ch_bookshelf *shelf)
{
    check_meta(shelf);
    for (unsigned kind = 0; kind < CH_E_ATOM; kind++) {
        for (uint32_t i = 0; i < shelf->entries[kind].n; i++) {
            ch_entry *entry = ch_entry_at(shelf, (ch_entry_kind)kind, i);
            if (ch_entry_counts(entry))
                check_entry(shelf, kind, entry);
        }
    }
}
