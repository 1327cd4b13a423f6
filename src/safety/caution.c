/* caution.c: see caution.h. */
#include "safety/caution.h"

#include "safety/triage.h"

void ch_suspects(const ch_facts *facts, const uint8_t *outcomes,
                 const double *probability, uint8_t *is_suspect)
{
    const charley_kb *kb = facts->kb;
    for (uint32_t c = 0; c < ch_kb_n(kb, CH_S_CONDITIONS); c++)
        is_suspect[c] = probability[c] >= ch_kb_conditions(kb)[c].act_above;
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_RULES); i++) {
        const ch_rule *rule = &ch_kb_rules(kb)[i];
        if (outcomes[i] < CH_RULE_RAISED || rule->level < CH_DANGER_LEVEL)
            continue;
        const uint32_t *suspect = ch_kb_list(kb, rule->suspects);
        for (uint32_t k = 0; k < rule->suspects.n; k++)
            is_suspect[suspect[k]] |= !ch_is_excluded(facts, suspect[k]);
    }
}

static bool names_suspect(const charley_kb *kb, const ch_caution *caution,
                          const uint8_t *is_suspect)
{
    const uint32_t *suspect = ch_kb_list(kb, caution->suspects);
    for (uint32_t i = 0; is_suspect && i < caution->suspects.n; i++)
        if (is_suspect[suspect[i]])
            return true;
    return false;
}

static ch_caution_state state_of(const ch_facts *facts, const ch_caution *caution,
                                 const uint8_t *is_suspect)
{
    charley_answer fear = ch_eval(facts, caution->when);
    if (fear == CHARLEY_YES)
        return CH_CAUTION_SUSPECTED;
    if (names_suspect(facts->kb, caution, is_suspect))
        return CH_CAUTION_LIKELY;
    if (fear == CHARLEY_UNKNOWN && caution->unknown == CH_UNKNOWN_RAISE)
        return CH_CAUTION_NOT_EXCLUDED;
    return CH_CAUTION_LIFTED;
}

void ch_cautions(const ch_facts *facts, const uint8_t *is_suspect, uint8_t *states)
{
    const ch_caution *cautions = ch_kb_cautions(facts->kb);
    for (uint32_t i = 0; i < ch_kb_n(facts->kb, CH_S_CAUTIONS); i++)
        states[i] = (uint8_t)state_of(facts, &cautions[i], is_suspect);
}

static bool holds(const charley_kb *kb, const ch_caution *caution, uint32_t action)
{
    const uint32_t *entry = ch_kb_list(kb, caution->actions);
    for (uint32_t i = 0; i < caution->actions.n; i++)
        if (entry[i] == action)
            return true;
    return false;
}

/* In an emergency: does the caution speak of it, and not of some other frailty? */
static bool is_of_now(const charley_kb *kb, const ch_caution *caution,
                      const uint8_t *is_grave)
{
    return !is_grave || caution->always_shown || names_suspect(kb, caution, is_grave);
}

uint32_t ch_caution_on(const charley_kb *kb, const uint8_t *states,
                       const uint8_t *is_grave, uint32_t action)
{
    const ch_caution *cautions = ch_kb_cautions(kb);
    uint32_t best = CH_NONE;
    unsigned best_rank = 0;
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_CAUTIONS); i++) {
        if (states[i] == CH_CAUTION_LIFTED || !holds(kb, &cautions[i], action))
            continue;
        unsigned rank = cautions[i].verdict * 8u +
                        is_of_now(kb, &cautions[i], is_grave) * 4u + states[i];
        if (rank > best_rank) {
            best_rank = rank;
            best = i;
        }
    }
    return best;
}

bool ch_caution_lists(const charley_kb *kb, const uint8_t *states,
                      const uint8_t *is_grave, uint32_t action)
{
    const ch_caution *cautions = ch_kb_cautions(kb);
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_CAUTIONS); i++) {
        bool is_shown = states[i] >= CH_CAUTION_LIKELY ||
                        (states[i] != CH_CAUTION_LIFTED && cautions[i].always_shown);
        if (is_shown && is_of_now(kb, &cautions[i], is_grave) &&
            holds(kb, &cautions[i], action))
            return true;
    }
    return false;
}
