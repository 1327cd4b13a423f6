/* trial.h: the inside of a trial; shared by the files of this room only. */
#ifndef CH_TRIAL_TRIAL_H
#define CH_TRIAL_TRIAL_H

#include "safety/triage.h"
#include "session/session.h"
#include "trial/person.h"

/* Interviews by the number of screens asked. */
typedef struct ch_lengths {
    uint64_t n[CHARLEY_TRIAL_SCREENS + 1];
    uint64_t sum;
} ch_lengths;

typedef struct ch_reliability_sum {
    uint64_t n[CHARLEY_TRIAL_BINS], n_found[CHARLEY_TRIAL_BINS];
    double stated[CHARLEY_TRIAL_BINS];
    double square; /* of stated - found, over all */
} ch_reliability_sum;

struct charley_trial {
    const charley_kb *kb;
    charley_trial_options options;
    const ch_population *population;
    ch_arena arena;
    charley_session *session;
    ch_person person;
    ch_facts complete;
    double *before;  /* [n_conditions] probabilities at the last look */
    double *redrawn; /* [n_conditions][CH_N_LANES] */
    uint64_t n, n_without_cause, n_conflicts;
    uint64_t urgency[CHARLEY_N_URGENCIES][CHARLEY_N_URGENCIES];
    charley_trial_cause *causes;   /* [n_conditions] */
    charley_trial_cause *families; /* [n_families] */
    uint32_t n_families;
    charley_trial_story *stories; /* all, then one a population */
    charley_trial_story *shown_stories;
    ch_lengths *lengths;                           /* of each story */
    charley_trial_reason *reasons, *shown_reasons; /* [n_reasons] */
    uint8_t *now, *complete_now; /* [n_reasons] 1 = sets the urgency of this person */
    uint32_t n_reasons;          /* rules, modifiers, conditions */
    charley_trial_screen *screens;
    charley_trial_screen *shown_screens;
    ch_reliability_sum after_interview, when_complete;
    charley_trial_coverage coverage[CHARLEY_TRIAL_BANDS];
    charley_trial_report report;
};

/* The first number of screens within which `share` of the interviews ended. */
unsigned ch_lengths_quantile(const ch_lengths *lengths, double share);
charley_trial_reliability ch_reliability(const ch_reliability_sum *sum);

#endif
