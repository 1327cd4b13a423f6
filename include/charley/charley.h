/* charley.h: the whole engine behind one counter.
 *
 * Charley takes answers about a leg that cramps or hurts and returns how urgent
 * it is, what to do, what not to do, what it most likely is and why, and which
 * question would help most next. It is not a diagnosis.
 *
 *     charley_error error;
 *     const charley_kb *kb;
 *     if (charley_kb_open(image, image_size, &kb, &error) != CHARLEY_OK)
 *         return refuse(&error);
 *     size_t size = charley_session_size(kb, NULL);
 *     void *memory = malloc(size);
 *     charley_session *session;
 *     if (charley_session_init(memory, size, kb, NULL, &session, &error) ||
 *         charley_answer_set(session, CHARLEY_TEXT("cramp_attacks"), CHARLEY_YES,
 *                            &error))
 *         return refuse(&error);
 *     const charley_result *result;
 *     if (charley_session_assess(session, &result, &error) != CHARLEY_OK)
 *         return refuse(&error);          // read: could not assess, seek care
 *
 * The engine does no input or output, reads no clock, locale, environment or
 * random source, allocates nothing, and keeps no global state. The same image
 * and the same answers give the same bytes on every machine.
 *
 * Memory   The image and the session memory are the caller's. Every charley_text
 *          and every array in a result is borrowed: from the image (lives as long
 *          as the image) or from the session (lives until the next call that takes
 *          the session as non-const).
 * Threads  One opened image may be shared by any number of threads. A session
 *          belongs to one thread at a time.
 * Errors   Every fallible call returns a charley_status. charley_error may be NULL.
 *          On any error outputs are untouched, and the only safe thing to tell a
 *          person is: could not assess, seek care.
 */
#ifndef CHARLEY_CHARLEY_H
#define CHARLEY_CHARLEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CHARLEY_BUILD_SHARED) && defined(__GNUC__)
#define CHARLEY_API __attribute__((visibility("default")))
#else
#define CHARLEY_API
#endif
#if defined(__GNUC__)
#define CHARLEY_MUST_USE __attribute__((warn_unused_result))
#else
#define CHARLEY_MUST_USE
#endif

#define CHARLEY_VERSION "0.1.0"

/* ---- words shared by everything below ------------------------------------- */

/* UTF-8 bytes that belong to somebody else; not NUL-terminated. */
typedef struct charley_text {
    const char *bytes;
    size_t size;
} charley_text;

/* A charley_text from a string literal. */
#define CHARLEY_TEXT(literal) ((charley_text){(literal), sizeof(literal) - 1})

/* Frozen: values never change meaning; new ones are added at the end. */
typedef enum charley_status {
    CHARLEY_OK = 0,
    CHARLEY_E_MEMORY,   /* the memory given is too small */
    CHARLEY_E_SYNTAX,   /* not JSON, not YAML, not UTF-8, not a number ... */
    CHARLEY_E_DATA,     /* well formed, but it cannot be true or is not known */
    CHARLEY_E_VERSION,  /* made by or for another version */
    CHARLEY_E_LIMIT,    /* larger or deeper than a documented limit */
    CHARLEY_E_NOTFOUND, /* no such id; the text may say "did you mean" */
    CHARLEY_E_IO,       /* a file could not be read or written (programs only) */
    CHARLEY_E_CONFLICT, /* the answers contradict each other */
    CHARLEY_E_MISUSE    /* the caller broke the contract of a call */
} charley_status;

/* What went wrong and where. Lives on the caller's stack; never freed. */
typedef struct charley_error {
    charley_status status;
    unsigned line;   /* 1-based; 0 = not known */
    unsigned column; /* 1-based, in bytes; 0 = not known */
    size_t offset;   /* bytes from the start of the input */
    char where[128]; /* file, document or JSON pointer; may be "" */
    char id[64];     /* the finding, rule or lint the fault is about; may be "" */
    char text[320];  /* one sentence in plain English, no answers, no identity */
} charley_error;

/* Three-valued. Zeroed memory means that nothing is known. */
typedef enum charley_answer {
    CHARLEY_UNKNOWN = 0,
    CHARLEY_NO = 1,
    CHARLEY_YES = 2
} charley_answer;

/* How fast to act. Larger is more urgent; COULD_NOT_ASSESS is a failure, shown as
 * "seek care", and is never to be read as "less urgent than self-care". */
typedef enum charley_urgency {
    CHARLEY_COULD_NOT_ASSESS = 0,
    CHARLEY_SELF_CARE = 1,
    CHARLEY_ROUTINE = 2,     /* weeks */
    CHARLEY_WITHIN_DAYS = 3, /* at most 7 days */
    CHARLEY_SAME_DAY = 4,
    CHARLEY_EMERGENCY = 5, /* emergency department now */
    CHARLEY_AMBULANCE = 6
} charley_urgency;

/* How a number came to be known. The mark travels into every result. */
typedef enum charley_mark {
    CHARLEY_SHOWN = 1,    /* published, and found again in a public page */
    CHARLEY_DERIVED = 2,  /* arithmetic on a published figure */
    CHARLEY_RECALLED = 3, /* published, not found again: re-check before relying */
    CHARLEY_ESTIMATE = 4  /* our judgement; no study was found */
} charley_mark;

/* The stable spelling used in JSON and on the command line, e.g. "same_day". */
CHARLEY_API charley_text charley_status_name(charley_status status);
CHARLEY_API charley_text charley_urgency_name(charley_urgency urgency);
CHARLEY_API charley_text charley_answer_name(charley_answer answer);
CHARLEY_API charley_text charley_mark_name(charley_mark mark);

/* ---- the knowledge image --------------------------------------------------- */

/* An opened, checked, read-only knowledge image. */
typedef struct charley_kb charley_kb;

typedef enum charley_kind {
    CHARLEY_FINDING,
    CHARLEY_CONDITION,
    CHARLEY_RULE,
    CHARLEY_CAUTION,
    CHARLEY_REMEDY,
    CHARLEY_TEST,
    CHARLEY_CLINIC,
    CHARLEY_SCORE,
    CHARLEY_CLAIM,
    CHARLEY_SOURCE,
    CHARLEY_SCREEN,
    CHARLEY_MODIFIER,
    CHARLEY_CONFLICT,
    CHARLEY_CONTRADICTION,
    CHARLEY_DRUG,
    CHARLEY_INTERACTION,
    CHARLEY_REGION,
    CHARLEY_N_KINDS
} charley_kind;

/* Checks every byte of an image and opens it in place.
 *   image  [size], 8-byte aligned; must stay unchanged while kb is in use
 * Returns  E_SYNTAX (not an image), E_VERSION, E_DATA (damaged; the text says where),
 *          E_MISUSE (not aligned).
 * Memory   none; there is nothing to close.
 * Cost     one pass over the image (its SHA-256 and all its cross-references). */
CHARLEY_MUST_USE CHARLEY_API charley_status charley_kb_open(const void *image,
                                                            size_t size,
                                                            const charley_kb **kb,
                                                            charley_error *error);

CHARLEY_API charley_text charley_kb_version(const charley_kb *kb);
/* SHA-256 of the content, 64 hexadecimal digits. */
CHARLEY_API charley_text charley_kb_hash(const charley_kb *kb);
CHARLEY_API size_t charley_kb_count(const charley_kb *kb, charley_kind kind);
/* The id of entry `index` (< count) of a kind; empty text when out of range. */
CHARLEY_API charley_text charley_kb_id(const charley_kb *kb, charley_kind kind,
                                       size_t index);
/* Finds an id. Returns E_NOTFOUND with "did you mean ..." in the error text. */
CHARLEY_MUST_USE CHARLEY_API charley_status charley_kb_find(const charley_kb *kb,
                                                            charley_kind kind,
                                                            charley_text id,
                                                            size_t *index,
                                                            charley_error *error);
/* A sentence by its key, for instance "ui.result.now"; empty when there is none.
 * Steps (lists of sentences) come as one text, a line feed between two steps. */
CHARLEY_API charley_text charley_kb_word(const charley_kb *kb, charley_text key);
/* The same as it is said in a region ("uk"); an empty or unknown region, or one that
 * says it no differently, gives the sentence for everywhere. */
CHARLEY_API charley_text charley_kb_word_for(const charley_kb *kb, charley_text key,
                                             charley_text region);

/* A value at which an expression of the knowledge, or a band of a score, turns. */
typedef struct charley_cutoff {
    charley_kind kind; /* of the entry in which it stands */
    charley_text id;
    charley_text subject; /* the number finding, or the score, that is compared */
    bool is_score;
    charley_text per;  /* compared is the ratio of the subject to this number finding;
                          empty: the subject itself */
    double value;      /* in `unit`, the subject's own */
    charley_text unit; /* empty for scores and ratios */
    double minimum, maximum; /* what the subject can be; infinite for scores, ratios */
} charley_cutoff;

/* Cut-off `index` of the knowledge, each entry's once: for whoever has to show that
 * cases stand below, at and above it. Priors by age and the like are left out.
 * Returns  false past the last. */
CHARLEY_API bool charley_kb_cutoff(const charley_kb *kb, size_t index,
                                   charley_cutoff *cutoff);

/* ---- a session ------------------------------------------------------------- */

/* One person's answers and the working memory to assess them. */
typedef struct charley_session charley_session;

/* Zero in any field means the documented default. */
typedef struct charley_options {
    uint32_t max_width;  /* widest inference table is 2^max_width; 0 = 14; <= 20.
                            Answers that would need more are left out of the ranking
                            (never out of the safety rules) and listed as such. */
    bool clinician;      /* also ask and show what only a clinician can answer */
    bool brief;          /* leave out of results what takes longest and changes no
                            advice: intervals (low = high = p) and would_change. For
                            whoever assesses thousands of people */
    charley_text region; /* id of a region of the knowledge, whose words and telephone
                            numbers are used; empty = those for everywhere */
} charley_options;

/* Bytes that charley_session_init needs for this image and these options. */
CHARLEY_API size_t charley_session_size(const charley_kb *kb,
                                        const charley_options *options);
/* Makes a session with no answers in the caller's memory (8-byte aligned).
 * Returns E_MEMORY if size < charley_session_size, E_MISUSE if not aligned,
 *         E_NOTFOUND when there is no such region ("did you mean"). */
CHARLEY_MUST_USE CHARLEY_API charley_status charley_session_init(
    void *memory, size_t size, const charley_kb *kb, const charley_options *options,
    charley_session **session, charley_error *error);
/* Forgets every answer (the memory is overwritten with zeros). */
CHARLEY_API void charley_session_clear(charley_session *session);

/* Answers a yes/no finding ("chest_pain") or one option of a choice
 * ("sex=female"). Yes to an option says no to its sisters; CHARLEY_UNKNOWN takes an
 * answer back. Order never matters.
 * Returns  E_NOTFOUND ("did you mean"), E_DATA (a number finding or a derived one). */
CHARLEY_MUST_USE CHARLEY_API charley_status charley_answer_set(charley_session *session,
                                                               charley_text id,
                                                               charley_answer answer,
                                                               charley_error *error);
/* Answers a number finding.
 *   unit  UCUM code ("cm", "mmol/L", "wk"); must be convertible to the finding's own
 * Returns  E_NOTFOUND, E_DATA (no or unfit unit, outside the finding's range, NaN). */
CHARLEY_MUST_USE CHARLEY_API charley_status
charley_answer_number(charley_session *session, charley_text id, double value,
                      charley_text unit, charley_error *error);
/* Takes any answer back. Returns E_NOTFOUND. */
CHARLEY_MUST_USE CHARLEY_API charley_status
charley_answer_clear(charley_session *session, charley_text id, charley_error *error);

/* What is known of a yes/no fact ("chest_pain", "sex=female"): as answered, or as it
 * follows from other answers. Unknown also for ids there are not. */
CHARLEY_API charley_answer charley_session_value(const charley_session *session,
                                                 charley_text id);
/* A number finding's answer in its own unit; NaN when there is none. */
CHARLEY_API double charley_session_number(const charley_session *session,
                                          charley_text id);
/* How near the answers are to what an entry speaks on: the least count of yes/no facts
 * and comparisons that would have to turn out otherwise for its condition to be yes.
 * 0 = it is; 1 = one part is missing; SIZE_MAX = it never can be.
 *   kind  RULE, CAUTION, MODIFIER, CONFLICT, REMEDY, CLAIM, FINDING (a derived one) */
CHARLEY_API size_t charley_session_distance(const charley_session *session,
                                            charley_kind kind, charley_text id);

/* Reads a case document (docs: charley.7, "CASE FILES") in place of the present
 * answers. All or nothing: on error the session keeps the answers it had.
 * Returns  E_SYNTAX and E_LIMIT with line, column and byte offset, E_NOTFOUND,
 *          E_DATA, E_CONFLICT, E_VERSION. */
CHARLEY_MUST_USE CHARLEY_API charley_status charley_session_read_case(
    charley_session *session, const char *json, size_t size, charley_error *error);
/* Writes the answers as a case document, byte-identical for equal answers.
 *   size  out: bytes written; with E_LIMIT the bytes needed; json then holds a part */
CHARLEY_MUST_USE CHARLEY_API charley_status
charley_session_write_case(const charley_session *session, char *json, size_t capacity,
                           size_t *size, charley_error *error);

/* ---- the result ------------------------------------------------------------ */

/* A probability with its 90 % interval, each in [0, 1]. */
typedef struct charley_probability {
    double p;
    double low;
    double high;
} charley_probability;

/* Why the urgency is what it is: a rule that fired (or is raised because a danger
 * sign is not known), a condition that is likely enough, or a modifier. */
typedef struct charley_reason {
    charley_text id;
    charley_text code; /* the evidence table's row, e.g. "C1"; may be empty */
    charley_urgency urgency;
    bool is_unknown;             /* raised because an answer is missing */
    charley_text why;            /* one sentence */
    charley_text now;            /* steps, one a line; may be empty */
    const charley_text *sources; /* [n_sources], source ids */
    size_t n_sources;
} charley_reason;

/* How one answered (or unasked) finding bears on one condition. */
typedef struct charley_evidence {
    charley_text finding; /* atom id, e.g. "calf_swelling_one_side" */
    charley_text label;   /* in words */
    charley_answer answer;
    double weight;      /* natural log of the likelihood ratio of this answer alone */
    charley_text claim; /* id of the number used, for `charley explain` */
    charley_mark mark;
} charley_evidence;

typedef struct charley_cause {
    charley_text id;
    charley_text name;
    charley_text also;      /* other names; may be empty */
    charley_text what;      /* what it is */
    charley_text mechanism; /* how it hurts */
    charley_text course;    /* what to expect and for how long */
    charley_urgency urgency;
    charley_probability probability;
    bool at_floor; /* kept at its floor: too dangerous to rule out by questions */
    const charley_evidence *evidence_for; /* [n_for], strongest first */
    size_t n_for;
    const charley_evidence *evidence_against;
    size_t n_against;
    const charley_evidence *not_asked; /* what would move it most */
    size_t n_not_asked;
} charley_cause;

typedef enum charley_verdict {
    CHARLEY_OFFERED,
    CHARLEY_ASK_FIRST, /* only after a clinician agrees */
    CHARLEY_FORBIDDEN
} charley_verdict;

/* A remedy or action, offered or struck out with the reason. */
typedef struct charley_remedy {
    charley_text id;
    charley_text name;
    charley_text how;        /* steps, one a line */
    charley_text grade;      /* "A".."D", "K" clinician only, "X" refused */
    charley_text population; /* in whom it was tried, or whom it is for */
    charley_text dose;       /* how much, when, how long; may be empty */
    charley_text effect;     /* effect size in words */
    charley_text harms;
    charley_text who_not; /* who must not use it */
    charley_verdict verdict;
    charley_text caution;   /* id of the caution that forbids it, or empty */
    charley_text reason;    /* why it is forbidden; empty when offered */
    charley_text lifted_by; /* what would lift it */
    const charley_text *sources;
    size_t n_sources;
} charley_remedy;

typedef struct charley_item { /* a test, a clinic, a claim, an open question ... */
    charley_text id;
    charley_text name;
    charley_text text;
    const charley_text *sources;
    size_t n_sources;
} charley_item;

typedef struct charley_medicine { /* one that the person takes, and that matters here */
    charley_text id;
    charley_text name;
    charley_text effect; /* "cramp", "swelling", "clot" ... */
    charley_text why;    /* what it does to muscles and legs */
    charley_text ratio;  /* how much more often, in words; may be empty */
    charley_text action; /* what to do, steps, one a line */
    const charley_text *sources;
    size_t n_sources;
} charley_medicine;

typedef struct charley_interaction { /* medicines of this person that clash */
    charley_text id;
    charley_text name;
    charley_text level; /* "ask_today", "ask_soon" or "hours_apart" */
    charley_text why;
    charley_text ratio;
    charley_text action;
    const charley_text *sources;
    size_t n_sources;
} charley_interaction;

typedef struct charley_score_item {
    charley_text id;
    charley_text label;
    double points; /* it adds when yes; of a graded item those given, else the most */
    charley_answer answer;
} charley_score_item;

typedef struct charley_score {
    charley_text id;
    charley_text name;
    charley_text limits; /* where it must not be used */
    bool applies;        /* false: switched off for this person, see limits */
    bool is_complete;
    double low;                      /* value if every missing item counted least */
    double high;                     /* value if every missing item counted most */
    charley_text band;               /* in words; empty when not complete */
    const charley_score_item *items; /* none: a class or a formula */
    size_t n_items;
    const charley_text *sources;
    size_t n_sources;
} charley_score;

typedef struct charley_result {
    charley_text engine_version, kb_version, kb_hash;
    charley_urgency urgency;
    bool is_provisional; /* a missing answer could still move the urgency through a rule
                            of the top three levels: see danger_not_answered */
    charley_text headline, time_frame, where_to_go; /* in words */
    charley_text region;                            /* id; empty = everywhere */
    charley_text emergency_number; /* telephone; empty where the region has none */
    charley_text advice_number;    /* the same, for urgent advice */
    const charley_reason *reasons; /* most urgent first */
    size_t n_reasons;
    charley_text now;             /* steps of the most urgent reason, one a line */
    const charley_remedy *do_now; /* offered relief */
    size_t n_do_now;
    const charley_remedy *do_not; /* forbidden or ask-first actions and remedies */
    size_t n_do_not;
    const charley_cause *causes; /* at most five, most likely first */
    size_t n_causes;
    const charley_remedy *prevention;
    size_t n_prevention;
    const charley_item *tests;
    size_t n_tests;
    const charley_item *clinics;
    size_t n_clinics;
    const charley_medicine *medicines; /* the gravest first */
    size_t n_medicines;
    const charley_interaction *interactions; /* the most pressing first */
    size_t n_interactions;
    const charley_score *scores;
    size_t n_scores;
    const charley_item *claims; /* things people read, with our verdict */
    size_t n_claims;
    const charley_item *danger_not_answered; /* findings of open rules, top three */
    size_t n_danger_not_answered;
    const charley_item *would_change; /* answers that would change the urgency */
    size_t n_would_change;
    const charley_item *left_out; /* answers too many for the ranking: see max_width */
    size_t n_left_out;
    charley_text safety_net; /* when to come back */
    charley_text disclaimer;
} charley_result;

/* Assesses the answers given so far.
 *   result  out; borrowed from the session
 * Returns  E_CONFLICT (the answers contradict each other; the text says which).
 * Cost     one exact inference and its interval draws: below 1 ms for ordinary cases;
 *          at most about 2^max_width * findings * 100 multiply-adds. */
CHARLEY_MUST_USE CHARLEY_API charley_status charley_session_assess(
    charley_session *session, const charley_result **result, charley_error *error);
/* The urgency of that result alone, at a small part of its cost: to see between two
 * questions whether it is time to stop asking. Returns as charley_session_assess. */
CHARLEY_MUST_USE CHARLEY_API charley_status charley_session_urgency(
    charley_session *session, charley_urgency *urgency, charley_error *error);

/* Writes a result as JSON (schema: docs/schema/result.schema.json), or, after an
 * error, the failure document whose urgency is "could_not_assess".
 *   size  out: bytes written; with E_LIMIT the bytes needed; json then holds a part */
CHARLEY_MUST_USE CHARLEY_API charley_status
charley_result_write(const charley_result *result, char *json, size_t capacity,
                     size_t *size, charley_error *error);
CHARLEY_MUST_USE CHARLEY_API charley_status
charley_failure_write(const charley_kb *kb, const charley_error *failure, char *json,
                      size_t capacity, size_t *size, charley_error *error);

/* ---- the interview --------------------------------------------------------- */

typedef enum charley_question_kind {
    CHARLEY_ASK_YES_NO, /* one yes/no finding */
    CHARLEY_ASK_ONE,    /* choose one option */
    CHARLEY_ASK_MANY,   /* tick any number, or "none of these" */
    CHARLEY_ASK_NUMBER, /* a number with a unit */
    CHARLEY_ASK_GROUPS  /* choose one option of each of several groups */
} charley_question_kind;

typedef struct charley_choice {
    charley_text id; /* what to pass to charley_answer_set */
    charley_text label;
    charley_text how;         /* how to look or measure; may be empty */
    charley_answer answer;    /* the present answer */
    charley_text group;       /* GROUPS: the choice finding it belongs to, else empty */
    charley_text group_title; /* GROUPS: what is asked of the group */
} charley_choice;

typedef struct charley_question {
    charley_text id; /* of the screen */
    charley_question_kind kind;
    charley_text title;
    charley_text why; /* why this is asked */
    charley_text how; /* how to look or measure; may be empty */
    bool is_danger_screen;
    const charley_choice *choices; /* options; GROUPS: those of each group together;
                                      MANY: the findings; YES_NO and NUMBER: the one */
    size_t n_choices;
    charley_text unit; /* NUMBER: the finding's own UCUM unit */
    const charley_text
        *also_units; /* NUMBER: [n_also_units] others people measure in */
    size_t n_also_units;
    double minimum, maximum; /* NUMBER: in that unit */
    double value;            /* NUMBER: the present answer, NaN when there is none */
    double expected_gain;    /* in [0, 1]; how much the answer may change the advice */
    size_t n_screens_left;   /* after this one; rough, for "about 4 more" */
} charley_question;

/* The question worth asking next, or *question = NULL when no question can change
 * the urgency and little is to be gained from the rest.
 *   keep_on  go on even then, until nothing is left to ask
 * Screens already answered or skipped (charley_screen_skip) are not asked again. */
CHARLEY_MUST_USE CHARLEY_API charley_status
charley_session_next(charley_session *session, bool keep_on,
                     const charley_question **question, charley_error *error);
/* One screen by its id, with its present answers: to go back and change one. */
CHARLEY_MUST_USE CHARLEY_API charley_status
charley_session_question(charley_session *session, charley_text screen,
                         const charley_question **question, charley_error *error);
/* Marks a screen as asked and not, or not wholly, answered ("I don't know", a group
 * without a choice), or takes that back.
 * It changes what is asked next, never the result. */
CHARLEY_MUST_USE CHARLEY_API charley_status charley_screen_skip(
    charley_session *session, charley_text screen, bool skipped, charley_error *error);
/* Says no to every unanswered finding of a screen of kind MANY: "none of these". */
CHARLEY_MUST_USE CHARLEY_API charley_status charley_screen_rest_no(
    charley_session *session, charley_text screen, charley_error *error);
/* Writes a question as JSON (schema: docs/schema/question.schema.json); a NULL
 * question gives {"question": null}. Size as in charley_result_write. */
CHARLEY_MUST_USE CHARLEY_API charley_status
charley_question_write(const charley_kb *kb, const charley_question *question,
                       char *json, size_t capacity, size_t *size, charley_error *error);

/* ---- what people have read ------------------------------------------------- */

typedef struct charley_claim_hit {
    charley_text id; /* of a claim */
    double score;    /* how well it fits the question; above 0, best first */
} charley_claim_hit;

/* Finds the claims that a question in everyday words is about: "can I massage?".
 * Case, accents, plurals and a wrong letter do not matter.
 *   out  [capacity], the best first; NULL when capacity is 0
 *   n    out: how many were found; 0 when nothing fits
 * Memory   none beyond `out`.
 * Cost     one or two passes over the words of all claims. */
CHARLEY_MUST_USE CHARLEY_API charley_status charley_claims_search(
    const charley_kb *kb, charley_text question, charley_claim_hit *out,
    size_t capacity, size_t *n, charley_error *error);

/* Writes the claims that answer a question as JSON, each with our verdict, what
 * contradicts it, when what it speaks of is forbidden, and sources (schema:
 * docs/schema/claims.schema.json). An empty question gives every claim, the unsafe
 * first. Size as in charley_result_write. */
CHARLEY_MUST_USE CHARLEY_API charley_status
charley_claims_write(const charley_kb *kb, charley_text question, char *json,
                     size_t capacity, size_t *size, charley_error *error);

/* ---- what if, and why ------------------------------------------------------ */

/* What would change if one finding had another answer. */
typedef struct charley_what_if {
    charley_text id;
    charley_answer before, after;
    charley_urgency urgency_before, urgency_after;
    const charley_cause *causes; /* [n_causes] as they would be, most likely first */
    const double *before_p;      /* [n_causes] their probabilities now */
    size_t n_causes;
} charley_what_if;

CHARLEY_MUST_USE CHARLEY_API charley_status charley_session_what_if(
    charley_session *session, charley_text id, charley_answer answer,
    const charley_what_if **out, charley_error *error);

/* Writes a what-if as a JSON object. Size as in charley_result_write. */
CHARLEY_MUST_USE CHARLEY_API charley_status
charley_what_if_write(const charley_what_if *what_if, char *json, size_t capacity,
                      size_t *size, charley_error *error);

/* Writes what is known about an id as JSON: a finding, condition, rule, caution,
 * remedy, test, clinic, score, claim, contradiction, source, screen, modifier,
 * conflict, drug, interaction, region, or the number "condition.finding". Where kinds
 * share an id, "test:d_dimer" says which is meant. Returns  E_NOTFOUND with "did you
 * mean". Size as in charley_result_write. */
CHARLEY_MUST_USE CHARLEY_API charley_status
charley_kb_explain(const charley_kb *kb, charley_text id, char *json, size_t capacity,
                   size_t *size, charley_error *error);

/* Writes what is known about the medicines named in plain words ("furosemide", "water
 * tablet", "statin and clarithromycin") and about those that clash with each other.
 * Generic names and names of classes are known, never brands; words that name no
 * medicine are passed over. Without words: every class, by name. Schema:
 * docs/schema/drugs.schema.json. Size as in charley_result_write.
 * Returns  E_NOTFOUND when no medicine is named, or when one is nearly so ("did you
 *          mean"): a misspelt medicine must not look like a harmless one. */
CHARLEY_MUST_USE CHARLEY_API charley_status
charley_kb_drugs(const charley_kb *kb, charley_text words, char *json, size_t capacity,
                 size_t *size, charley_error *error);

/* ---- simulated people -------------------------------------------------------- */

/* Draws people from the model (context, causes, findings, slips of the tongue), puts
 * them through the interview, and counts how it went: a bench for tuning it, and no
 * evidence about real people (docs/accuracy.md). The same image, seed and population
 * give the same people and the same report on every machine. */
typedef struct charley_trial charley_trial;

typedef struct charley_trial_options {
    uint64_t seed;
    charley_text population; /* id of a population; empty: everyone */
    bool clinician;          /* the interview of clinicians */
    bool is_flawless;        /* nobody errs and everybody knows */
} charley_trial_options;

enum {
    CHARLEY_TRIAL_SCREENS = 64, /* interviews as long or longer are counted together */
    CHARLEY_TRIAL_BINS = 10,
    CHARLEY_TRIAL_BANDS = 6,
    CHARLEY_N_URGENCIES = 7
};

/* Interviews of one kind of story ("" in the first row: all of them). */
typedef struct charley_trial_story {
    charley_text id;
    uint64_t n;
    double mean;
    unsigned median, tenth, ninetieth, longest; /* screens asked */
    uint64_t n_open;  /* ended with a danger sign not answered that matters */
    uint64_t n_under; /* less urgent than with complete answers */
    uint64_t n_over;
    uint64_t n_caused; /* people with a cause of ours */
    uint64_t n_first,
        n_third; /* one of their causes was first, among the first three */
} charley_trial_story;

/* People who have a cause; by cause, then by family. */
typedef struct charley_trial_cause {
    charley_text id;
    charley_text family;
    charley_urgency urgency; /* its class; of a family: CHARLEY_COULD_NOT_ASSESS */
    uint64_t n;
    uint64_t n_first, n_third; /* it was first, among the first three */
    uint64_t n_under;          /* interview less urgent than its class */
    uint64_t n_under_complete; /* the same with complete answers */
} charley_trial_cause;

typedef struct charley_trial_screen {
    charley_text id;
    uint64_t n_asked;
    uint64_t n_unknown; /* "I don't know" */
    uint64_t n_urgency; /* the answer changed the urgency */
    uint64_t n_first;   /* the answer changed the likeliest cause */
    double moved;       /* mean of the greatest change of any probability */
} charley_trial_screen;

/* What the urgency rests on: a rule, a modifier, or a cause that is likely enough. */
typedef struct charley_trial_reason {
    charley_text id;
    charley_urgency urgency; /* of a modifier: CHARLEY_COULD_NOT_ASSESS */
    uint64_t n_complete;     /* people in whom it sets the urgency, answers complete */
    uint64_t n_interview;    /* after the interview */
    uint64_t n_lost;         /* complete, but not after the interview */
} charley_trial_reason;

/* Stated probabilities of one range against how often the cause was there. */
typedef struct charley_trial_bin {
    double from, to;
    uint64_t n;
    double stated; /* mean */
    double found;  /* share */
} charley_trial_bin;

typedef struct charley_trial_reliability {
    charley_trial_bin bins[CHARLEY_TRIAL_BINS];
    double brier;
    double expected_error; /* mean distance of found and stated over the bins */
} charley_trial_reliability;

/* Probabilities under parameters drawn afresh, against the interval stated. */
typedef struct charley_trial_coverage {
    double from, to; /* of the probability stated */
    uint64_t n;
    uint64_t n_below, n_inside, n_above;
} charley_trial_coverage;

typedef struct charley_trial_report {
    charley_text engine_version, kb_version, kb_hash, population;
    uint64_t seed;
    uint64_t n; /* people */
    uint64_t n_without_cause, n_conflicts;
    uint64_t n_refused, n_kept; /* drawn again; stories kept as first told */
    const charley_trial_story *stories;
    size_t n_stories;
    uint64_t screens[CHARLEY_TRIAL_SCREENS + 1]; /* interviews by screens asked */
    uint64_t urgency[CHARLEY_N_URGENCIES][CHARLEY_N_URGENCIES]; /* [complete][interview]
                                                                 */
    const charley_trial_cause *causes;
    size_t n_causes;
    const charley_trial_cause *families;
    size_t n_families;
    const charley_trial_screen *questions; /* those asked, most often first */
    size_t n_questions;
    const charley_trial_reason *reasons; /* most often first */
    size_t n_reasons;
    charley_trial_reliability after_interview, when_complete;
    charley_trial_coverage coverage[CHARLEY_TRIAL_BANDS];
} charley_trial_report;

/* A published frequency and what the model makes of the same people. */
typedef struct charley_trial_target {
    charley_text id, population, condition;
    double published, low, high; /* NaN: no interval */
    charley_text source, note;
    uint64_t n, n_found; /* simulated people, and those with the condition */
    double stated;       /* mean probability on complete answers */
    bool is_hit;         /* `stated` lies in the interval */
} charley_trial_target;

CHARLEY_API size_t charley_trial_size(const charley_kb *kb,
                                      const charley_trial_options *options);
/* Makes a trial without people in the caller's memory (8-byte aligned).
 * Returns  E_MEMORY, E_MISUSE, E_NOTFOUND (the population; "did you mean"). */
CHARLEY_MUST_USE CHARLEY_API charley_status charley_trial_init(
    void *memory, size_t size, const charley_kb *kb,
    const charley_trial_options *options, charley_trial **trial, charley_error *error);
/* Draws and interviews the next `n` people.
 * Returns  E_LIMIT when the population is so rare that nobody is found. */
CHARLEY_MUST_USE CHARLEY_API charley_status charley_trial_run(charley_trial *trial,
                                                              uint64_t n,
                                                              charley_error *error);
/* The counts so far; borrowed from the trial until its next call. */
CHARLEY_API const charley_trial_report *charley_trial_tell(charley_trial *trial);
/* Writes a report as JSON (schema: docs/schema/simulation.schema.json). Size as in
 * charley_result_write. */
CHARLEY_MUST_USE CHARLEY_API charley_status
charley_trial_write(const charley_trial_report *report, char *json, size_t capacity,
                    size_t *size, charley_error *error);

CHARLEY_API size_t charley_trial_n_targets(const charley_kb *kb);
/* Draws `n` people of a target's population and compares; leaves the report alone. */
CHARLEY_MUST_USE CHARLEY_API charley_status
charley_trial_compare(charley_trial *trial, size_t index, uint64_t n,
                      charley_trial_target *target, charley_error *error);
CHARLEY_MUST_USE CHARLEY_API charley_status charley_trial_targets_write(
    const charley_kb *kb, const charley_trial_target *targets, size_t n, char *json,
    size_t capacity, size_t *size, charley_error *error);

#ifdef __cplusplus
}
#endif
#endif
