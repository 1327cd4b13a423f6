/* session.h: the inside of a session; shared by the files of this room only.
 *
 * The caller's memory is one arena. What lives as long as the session is taken first;
 * everything above `scratch_mark` is working memory and the last result, and is given
 * back at the beginning of the next call that may change something.
 */
#ifndef CH_SESSION_SESSION_H
#define CH_SESSION_SESSION_H

#include "ask/ask.h"
#include "base/arena.h"
#include "base/limits.h"
#include "infer/network.h"
#include "kb/facts.h"

/* Where on a leg map somebody pointed. Findings know coarser places; these are kept for
 * who reads the case, in their order, and nothing is reckoned from them. */
typedef struct ch_places {
    uint32_t n;
    uint8_t size[CH_MAX_PLACES];
    char id[CH_MAX_PLACES][CH_MAX_PLACE_BYTES]; /* "outer_calf.left", not ended */
} ch_places;

struct charley_session {
    const charley_kb *kb;
    charley_options options;
    ch_arena arena;
    size_t scratch_mark;
    ch_network network;
    ch_facts facts;      /* the person's answers, always resolved */
    ch_facts spare;      /* for reading a case, and for what would be */
    uint8_t *is_skipped; /* [n_screens] */
    ch_places places;
    charley_result result;
    charley_question question;
    charley_what_if what_if;
};

/* Everything that is computed before anything is put into words. */
typedef struct ch_assessment {
    charley_urgency urgency;
    charley_urgency before_modifiers;
    bool is_provisional;
    uint8_t *outcomes;                /* [n_rules] ch_outcome */
    uint8_t *modifiers;               /* [n_modifiers] 1 = raised the urgency */
    uint8_t *drives;                  /* [n_conditions] 1 = likely enough to count */
    charley_probability *probability; /* [n_conditions] with floors */
    double *shown;                    /* [n_conditions] probability[].p */
    uint8_t *at_floor;                /* [n_conditions] */
    ch_query query;
} ch_assessment;

/* Assesses facts (resolved, free of contradictions) into arena memory.
 *   with_intervals  false: probability[].low = high = p, much cheaper */
charley_status ch_assess(const charley_session *session, const ch_facts *facts,
                         bool with_intervals, ch_arena *arena, ch_assessment *out,
                         charley_error *error);

/* Causes worth showing, most likely first, with the evidence on each.
 *   causes  out, borrowed from the arena; at most CH_MAX_CAUSES_SHOWN */
bool ch_describe_causes(const ch_facts *facts, const ch_assessment *assessment,
                        ch_arena *arena, const charley_cause **causes, size_t *n);

/* The atom that takes a yes or a no under this id.
 * Returns  E_NOTFOUND ("did you mean"), E_DATA (a number finding or a derived one). */
charley_status ch_find_answerable(const charley_kb *kb, charley_text id, uint32_t *out,
                                  charley_error *error);

/* Answers a number finding in facts that are not resolved yet; as
 * charley_answer_number. */
charley_status ch_give_number(ch_facts *facts, charley_text id, double value,
                              charley_text unit, charley_error *error);

/* The nearest fitting "memory too small" failure. */
charley_status ch_fail_memory(charley_error *error);

#endif
