/* triage.c: see triage.h. */
#include "safety/triage.h"

#include <string.h>

static ch_outcome outcome_of(const ch_facts *facts, const ch_rule *rule)
{
    switch (ch_eval(facts, rule->when)) {
    case CHARLEY_YES:
        return CH_RULE_FIRED;
    case CHARLEY_NO:
        return CH_RULE_SILENT;
    case CHARLEY_UNKNOWN:
        break;
    }
    if (rule->unknown == CH_UNKNOWN_IGNORE)
        return CH_RULE_SILENT;
    bool is_raised = rule->unknown == CH_UNKNOWN_RAISE &&
                     ch_eval(facts, rule->raise_if) == CHARLEY_YES;
    return is_raised ? CH_RULE_RAISED : CH_RULE_OPEN;
}

charley_urgency ch_triage(const ch_facts *facts, uint8_t *outcomes)
{
    charley_urgency highest = CHARLEY_COULD_NOT_ASSESS;
    const ch_rule *rules = ch_kb_rules(facts->kb);
    for (uint32_t i = 0; i < ch_kb_n(facts->kb, CH_S_RULES); i++) {
        outcomes[i] = (uint8_t)outcome_of(facts, &rules[i]);
        if (outcomes[i] >= CH_RULE_RAISED && rules[i].level > highest)
            highest = (charley_urgency)rules[i].level;
    }
    return highest;
}

/* May the rule still move the urgency, once its missing answers are known? */
static bool may_move(uint8_t outcome, charley_urgency level, charley_urgency urgency)
{
    return outcome == CH_RULE_OPEN     ? level > urgency
           : outcome == CH_RULE_RAISED ? level >= urgency
                                       : false;
}

bool ch_triage_is_provisional(const charley_kb *kb, const uint8_t *outcomes,
                              charley_urgency urgency)
{
    const ch_rule *rules = ch_kb_rules(kb);
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_RULES); i++)
        if (rules[i].level >= CH_DANGER_LEVEL &&
            may_move(outcomes[i], (charley_urgency)rules[i].level, urgency))
            return true;
    return false;
}

void ch_triage_open_inputs(const ch_facts *facts, const uint8_t *outcomes,
                           charley_urgency level, charley_urgency urgency,
                           uint8_t *atoms, uint8_t *numbers)
{
    const ch_rule *rules = ch_kb_rules(facts->kb);
    for (uint32_t i = 0; i < ch_kb_n(facts->kb, CH_S_RULES); i++) {
        if (rules[i].level == level && may_move(outcomes[i], level, urgency))
            ch_open_inputs(facts, rules[i].when, atoms, numbers);
    }
}

charley_urgency ch_triage_modify(const ch_facts *facts, charley_urgency urgency,
                                 uint8_t *active)
{
    const ch_modifier *modifiers = ch_kb_modifiers(facts->kb);
    uint32_t n = ch_kb_n(facts->kb, CH_S_MODIFIERS);
    bool is_raised = false;
    if (active)
        memset(active, 0, n);
    for (uint32_t i = 0; i < n; i++) {
        if (urgency < modifiers[i].from || urgency >= modifiers[i].at_most ||
            ch_eval(facts, modifiers[i].when) != CHARLEY_YES)
            continue;
        is_raised = true;
        if (active)
            active[i] = 1;
    }
    return is_raised ? (charley_urgency)(urgency + 1) : urgency;
}
