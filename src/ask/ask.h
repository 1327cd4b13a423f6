/* ask.h: which screen to show next (ADR 0011).
 *
 * First the fixed opening in its order (danger signs, who you are, what it is like).
 * Then whatever could still raise the urgency. Then the screen whose answers are
 * expected to change the probabilities most, dangerous conditions weighing more,
 * divided by the effort of answering. It stops when nothing can change the urgency and
 * little is to be gained. The order of questions never changes the result.
 */
#ifndef CH_ASK_ASK_H
#define CH_ASK_ASK_H

#include "infer/network.h"
#include "safety/triage.h"

typedef struct ch_ask_input {
    const ch_facts *facts;
    const uint8_t *outcomes; /* [n_rules] of ch_triage */
    charley_urgency urgency;
    const uint8_t *is_skipped; /* [n_screens] */
    bool for_clinician;
    bool keep_on; /* do not stop for want of gain */
    const ch_network *network;
    const ch_query *query;
    const double *posterior; /* [n_conditions], without floors */
} ch_ask_input;

typedef struct ch_ask_choice {
    uint32_t screen; /* CH_NONE: stop */
    double gain;     /* in [0, 1] */
    size_t n_left;   /* screens that would be asked after this one */
} ch_ask_choice;

/* Chooses. Cost: one sweep over the unanswered findings of the screens that may be
 * asked. Returns  E_MEMORY. */
charley_status ch_ask_next(const ch_ask_input *input, ch_arena *arena,
                           ch_ask_choice *choice, charley_error *error);

#endif
