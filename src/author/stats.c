/* stats.c: how much of what a bookshelf holds. */
#include "author/check.h"

static void count_mark(ch_author_stats_of *stats, uint8_t mark)
{
    if (mark)
        stats->n_numbers_marked[mark]++;
}

static void count_chance(ch_author_stats_of *stats, const ch_chance *chance)
{
    if (chance)
        count_mark(stats, chance->backing.mark);
}

static void count_links(ch_author_stats_of *stats, const ch_vector *links)
{
    for (uint32_t i = 0; i < links->n; i++) {
        const ch_link_entry *link = CH_ITEM(*links, i, ch_link_entry);
        if (!ch_entry_in_use(&link->entry))
            continue;
        stats->n_links++;
        count_mark(stats, link->backing.mark);
    }
}

static void count_ratios(ch_author_stats_of *stats, const ch_vector *ratios)
{
    for (uint32_t i = 0; i < ratios->n; i++) {
        const ch_ratio_entry *ratio = CH_ITEM(*ratios, i, ch_ratio_entry);
        if (ch_entry_in_use(&ratio->entry))
            count_mark(stats, ratio->backing.mark);
    }
}

static void count_prior(ch_author_stats_of *stats, const ch_prior_entry *prior)
{
    if (!prior)
        return;
    count_chance(stats, prior->base);
    for (uint32_t i = 0; i < prior->strata.n; i++)
        count_mark(stats, CH_ITEM(prior->strata, i, ch_stratum_entry)->backing.mark);
    for (uint32_t i = 0; i < prior->factors.n; i++)
        count_mark(stats, CH_ITEM(prior->factors, i, ch_factor_entry)->backing.mark);
}

static void count_finding(ch_author_stats_of *stats, const ch_finding_entry *finding)
{
    stats->n_findings++;
    stats->n_atoms += finding->kind == 1 + CH_FK_ONE_OF   ? finding->options.n
                      : finding->kind == 1 + CH_FK_NUMBER ? 0
                                                          : 1;
    count_chance(stats, finding->leak);
    for (uint32_t i = 0; i < finding->options.n; i++)
        count_chance(stats, CH_ITEM(finding->options, i, ch_option_entry)->leak);
}

static void count_condition(ch_author_stats_of *stats,
                            const ch_condition_entry *condition)
{
    stats->n_conditions++;
    count_chance(stats, condition->act_above);
    count_chance(stats, condition->floor);
    count_prior(stats, condition->prior);
    count_links(stats, &condition->links);
}

static void count_entry(ch_author_stats_of *stats, unsigned kind, const void *entry)
{
    switch (kind) {
    case CH_E_FINDING:
        count_finding(stats, entry);
        break;
    case CH_E_CONDITION:
        count_condition(stats, entry);
        break;
    case CH_E_PROFILE:
        count_links(stats, &((const ch_profile_entry *)entry)->links);
        break;
    case CH_E_RULE:
        stats->n_rules++;
        stats->n_rules_at[((const ch_rule_entry *)entry)->level]++;
        break;
    case CH_E_CAUTION:
        stats->n_cautions++;
        break;
    case CH_E_REMEDY:
        stats->n_remedies++;
        break;
    case CH_E_SCORE:
        stats->n_scores++;
        break;
    case CH_E_CLAIM:
        stats->n_claims++;
        break;
    case CH_E_CONTRADICTION:
        stats->n_contradictions++;
        break;
    case CH_E_DRUG:
        stats->n_drugs++;
        count_ratios(stats, &((const ch_drug_entry *)entry)->ratios);
        break;
    case CH_E_INTERACTION:
        stats->n_interactions++;
        count_ratios(stats, &((const ch_interaction_entry *)entry)->ratios);
        break;
    case CH_E_REGION:
        stats->n_regions++;
        break;
    case CH_E_SOURCE:
        stats->n_sources++;
        break;
    default:
        break;
    }
}

void ch_author_stats(const ch_bookshelf *shelf, ch_author_stats_of *stats)
{
    *stats = (ch_author_stats_of){.n_files = shelf->books.n,
                                  .n_errors = shelf->desk.n_errors,
                                  .n_warnings = shelf->desk.n_warnings};
    for (unsigned kind = 0; kind < CH_E_ATOM; kind++) {
        for (uint32_t i = 0; i < shelf->entries[kind].n; i++) {
            const ch_entry *entry = ch_entry_at(shelf, (ch_entry_kind)kind, i);
            if (ch_entry_in_use(entry))
                count_entry(stats, kind, entry);
            else
                stats->n_retired++;
        }
    }
    for (uint32_t i = 0; i < shelf->languages.n; i++)
        stats->n_words += CH_AT(shelf->languages, i, ch_language)->words.n;
}
