/* network.c: see network.h. Intervals are in interval.c. */
#include "infer/network.h"

#include "base/fail.h"
#include "base/real.h"

/* ---- the network of an image ---- */

static bool take_links(ch_net *net, ch_arena *arena, double **strength,
                       double **present, double **absent, uint32_t **cause)
{
    *cause = CH_TAKE(arena, net->n_links, uint32_t);
    *strength = CH_TAKE(arena, net->n_links, double);
    *present = CH_TAKE(arena, net->n_links, double);
    *absent = CH_TAKE(arena, net->n_links, double);
    return *cause && *strength && *present && *absent;
}

bool ch_network_init(ch_network *network, const charley_kb *kb, ch_arena *arena)
{
    *network = (ch_network){.kb = kb};
    ch_net *net = &network->net;
    net->n_causes = ch_kb_n(kb, CH_S_CONDITIONS);
    net->n_findings = ch_kb_n(kb, CH_S_ATOMS);
    net->n_links = ch_kb_n(kb, CH_S_LINKS);
    uint32_t *cause;
    double *strength, *present, *absent;
    uint32_t *first = CH_TAKE(arena, net->n_findings + 1, uint32_t);
    double *leak = CH_TAKE(arena, net->n_findings, double);
    if (!first || !leak ||
        !take_links(net, arena, &strength, &present, &absent, &cause))
        return false;
    const ch_link *links = ch_kb_links(kb);
    for (uint32_t i = 0; i < net->n_links; i++) {
        cause[i] = links[i].condition;
        strength[i] = links[i].strength;
        present[i] = links[i].if_present;
        absent[i] = links[i].if_absent;
        first[links[i].atom + 1]++;
    }
    const ch_atom *atoms = ch_kb_atoms(kb);
    for (uint32_t a = 0; a < net->n_findings; a++) {
        first[a + 1] += first[a];
        /* An atom that no condition lists never becomes evidence: any leak will do. */
        leak[a] = atoms[a].links.n ? atoms[a].leak : 0.5;
    }
    net->first_link = first;
    net->leak = leak;
    net->cause = cause;
    net->strength = strength;
    net->if_present = present;
    net->if_absent = absent;
    return true;
}

/* ---- evidence ---- */

bool ch_speaks(const ch_facts *facts, uint32_t atom)
{
    const ch_atom *atoms = ch_kb_atoms(facts->kb);
    if (atoms[atom].cluster == CH_NONE)
        return true;
    const ch_cluster *cluster = &ch_kb_clusters(facts->kb)[atoms[atom].cluster];
    const uint32_t *member = ch_kb_list(facts->kb, cluster->atoms);
    for (uint8_t wanted = CHARLEY_YES; wanted >= CHARLEY_NO; wanted--)
        for (uint32_t i = 0; i < cluster->atoms.n; i++)
            if (facts->value[member[i]] == wanted)
                return member[i] == atom;
    return false;
}

double ch_link_weight(const charley_kb *kb, const ch_link *link, charley_answer answer)
{
    double leak = ch_kb_atoms(kb)[link->atom].leak;
    if (answer == CHARLEY_NO)
        return ch_log((1.0 - link->strength) * link->if_absent);
    double present = 1.0 - (1.0 - leak) * (1.0 - link->strength);
    return ch_log(present / leak * link->if_present);
}

/* How much an answered atom can say at most: its strongest link. */
static double loudness(const charley_kb *kb, uint32_t atom)
{
    const ch_atom *record = &ch_kb_atoms(kb)[atom];
    const ch_link *links = ch_kb_links(kb) + record->links.first;
    double loudest = 0;
    for (uint32_t i = 0; i < record->links.n; i++) {
        double weight = ch_link_weight(kb, &links[i], CHARLEY_YES);
        weight = weight < 0 ? -weight : weight;
        if (weight > loudest)
            loudest = weight;
    }
    return loudest;
}

static void collect(const ch_facts *facts, ch_query *query)
{
    query->n_present = query->n_absent = query->n_left_out = 0;
    const ch_atom *atoms = ch_kb_atoms(facts->kb);
    for (uint32_t a = 0; a < ch_kb_n(facts->kb, CH_S_ATOMS); a++) {
        if (!atoms[a].links.n || !ch_speaks(facts, a))
            continue;
        if (facts->value[a] == CHARLEY_YES)
            query->present[query->n_present++] = a;
        else if (facts->value[a] == CHARLEY_NO)
            query->absent[query->n_absent++] = a;
    }
}

/* Takes the quietest present finding out of the query (the last of equals). */
static void leave_out_quietest(const charley_kb *kb, ch_query *query)
{
    uint32_t quietest = 0;
    double least = loudness(kb, query->present[0]);
    for (uint32_t i = 1; i < query->n_present; i++) {
        double loud = loudness(kb, query->present[i]);
        if (loud <= least) {
            least = loud;
            quietest = i;
        }
    }
    query->left_out[query->n_left_out++] = query->present[quietest];
    query->n_present--;
    for (uint32_t i = quietest; i < query->n_present; i++)
        query->present[i] = query->present[i + 1];
}

/* ---- priors ---- */

const ch_prior *ch_prior_of(const ch_facts *facts, const ch_condition *condition)
{
    const ch_prior *priors = ch_kb_priors(facts->kb) + condition->priors.first;
    for (uint32_t i = 1; i < condition->priors.n; i++)
        if (ch_eval(facts, priors[i].when) == CHARLEY_YES)
            return &priors[i];
    return &priors[0];
}

double ch_prior_logit(const ch_facts *facts, const ch_condition *condition)
{
    double logit = ch_prior_of(facts, condition)->logit;
    const ch_factor *factors = ch_kb_factors(facts->kb) + condition->factors.first;
    for (uint32_t i = 0; i < condition->factors.n; i++) {
        charley_answer answer = ch_eval(facts, factors[i].when);
        if (answer != CHARLEY_UNKNOWN)
            logit += answer == CHARLEY_YES ? factors[i].log_yes : factors[i].log_no;
    }
    return logit;
}

/* ---- queries ---- */

bool ch_query_init(ch_query *query, const charley_kb *kb, ch_arena *arena)
{
    uint32_t n_atoms = ch_kb_n(kb, CH_S_ATOMS);
    *query = (ch_query){
        .prior = CH_TAKE(arena, ch_kb_n(kb, CH_S_CONDITIONS), double),
        .present = CH_TAKE(arena, n_atoms, uint32_t),
        .absent = CH_TAKE(arena, n_atoms, uint32_t),
        .left_out = CH_TAKE(arena, n_atoms, uint32_t),
    };
    return query->prior && query->present && query->absent && query->left_out;
}

charley_status ch_query_make(const ch_network *network, const ch_facts *facts,
                             uint32_t max_width, ch_arena *arena, ch_query *query,
                             charley_error *error)
{
    const charley_kb *kb = network->kb;
    collect(facts, query);
    for (uint32_t c = 0; c < network->net.n_causes; c++)
        query->prior[c] = ch_logistic(ch_prior_logit(facts, &ch_kb_conditions(kb)[c]));
    ch_plan *plan;
    charley_status status;
    while ((status = ch_plan_make(&network->net, query->present, query->n_present,
                                  max_width, arena, &plan,
                                  query->n_present ? NULL : error)) != CHARLEY_OK &&
           query->n_present)
        leave_out_quietest(kb, query);
    CH_TRY(status);
    query->plan = plan;
    return CHARLEY_OK;
}

charley_status ch_query_posterior(const ch_network *network, const ch_query *query,
                                  ch_arena *scratch, double *posterior,
                                  charley_error *error)
{
    ch_evidence evidence = {query->present, query->absent, query->n_present,
                            query->n_absent};
    return ch_infer_run(&network->net, query->prior, &evidence, query->plan, scratch,
                        posterior, NULL, error);
}
