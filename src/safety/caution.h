/* caution.h: which actions are forbidden for this person, and why.
 *
 * A caution is active while what it fears is suspected (yes) or, where it says so, not
 * excluded (unknown). It is lifted only by a definite no.
 */
#ifndef CH_SAFETY_CAUTION_H
#define CH_SAFETY_CAUTION_H

#include "kb/facts.h"

typedef enum ch_caution_state {
    CH_CAUTION_LIFTED,
    CH_CAUTION_NOT_EXCLUDED,
    CH_CAUTION_LIKELY,   /* a condition that it names is suspected */
    CH_CAUTION_SUSPECTED /* what it fears was answered */
} ch_caution_state;

/* Which conditions are suspected: likely enough to act on, or not excluded by their
 * objective test and the reason why a rule of the top three levels speaks. So no advice
 * for a harmless rival can contradict what the person is sent for.
 *   outcomes     [n_rules] ch_outcome
 *   probability  [n_conditions] as shown to the person
 *   is_suspect   out, [n_conditions] 0 or 1 */
void ch_suspects(const ch_facts *facts, const uint8_t *outcomes,
                 const double *probability, uint8_t *is_suspect);

/* State of every caution.
 *   is_suspect  [n_conditions], or NULL: a caution is active too when a condition it
 *               names is suspected
 *   states      out, [n_cautions] ch_caution_state */
void ch_cautions(const ch_facts *facts, const uint8_t *is_suspect, uint8_t *states);

/* In an emergency only what bears on it is told: `is_grave` [n_conditions] then marks
 * what is suspected and what must not be missed, and a caution has to name one of
 * these or be always shown. NULL below an emergency. */

/* The caution that speaks most strongly against an action (forbidden before ask-first,
 * then what bears on the emergency, the surer state, file order), or CH_NONE. */
uint32_t ch_caution_on(const charley_kb *kb, const uint8_t *states,
                       const uint8_t *is_grave, uint32_t action);

/* Is an action listed by itself, whatever remedy it belongs to? When any caution on it,
 * not only the strongest, is suspected or always shown. */
bool ch_caution_lists(const charley_kb *kb, const uint8_t *states,
                      const uint8_t *is_grave, uint32_t action);

#endif
