/* triage.h: the deterministic layer. Rules set the least urgency; nothing lowers it.
 *
 * A rule is yes, no or unknown. Yes fires. Unknown counts as fired where the rule says
 * `raise` (and its `raise_if` is yes), is reported as open where it says `ask`, and is
 * passed over where it says `ignore`. All rules are always evaluated; the result is the
 * highest level hit.
 */
#ifndef CH_SAFETY_TRIAGE_H
#define CH_SAFETY_TRIAGE_H

#include "kb/facts.h"

typedef enum ch_outcome {
    CH_RULE_SILENT, /* no, or unknown and ignored */
    CH_RULE_OPEN,   /* unknown, to be asked */
    CH_RULE_RAISED, /* unknown, counts as fired */
    CH_RULE_FIRED
} ch_outcome;

/* Evaluates every rule.
 *   outcomes  out, [n_rules] ch_outcome
 * Returns  the highest level fired or raised; CHARLEY_COULD_NOT_ASSESS when none is. */
charley_urgency ch_triage(const ch_facts *facts, uint8_t *outcomes);

/* The least level from which an unanswered danger sign must be told to the person. */
#define CH_DANGER_LEVEL CHARLEY_SAME_DAY

/* Could a missing answer move `urgency` through a rule of the top three levels: is one
 * open above it, or raised for want of an answer from it on? */
bool ch_triage_is_provisional(const charley_kb *kb, const uint8_t *outcomes,
                              charley_urgency urgency);

/* Marks the inputs on which unsettled rules of one level hang, as far as they could
 * move `urgency`: open rules above it, and raised rules from it on (which an answer may
 * lower). atoms, numbers  as in ch_open_inputs */
void ch_triage_open_inputs(const ch_facts *facts, const uint8_t *outcomes,
                           charley_urgency level, charley_urgency urgency,
                           uint8_t *atoms, uint8_t *numbers);

/* Urgency after the modifiers that are yes: each raises by one level within its bounds;
 * together they raise once.
 *   active  out, [n_modifiers], 1 where the modifier is what raised it; may be NULL */
charley_urgency ch_triage_modify(const ch_facts *facts, charley_urgency urgency,
                                 uint8_t *active);

#endif
