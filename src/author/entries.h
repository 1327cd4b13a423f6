/* entries.h: what the files say, typed: one struct for each kind of entry.
 *
 * The shapes (shapes.c) fill these from the tree; the checks read them; the compiler
 * turns them into records. Every part keeps the node it came from, for positions.
 * Absent: NULL, 0 for a word out of a list (the lists in shapes.c start at 1, or say
 * what 0 means), NaN for a number.
 */
#ifndef CH_AUTHOR_ENTRIES_H
#define CH_AUTHOR_ENTRIES_H

#include "author/memory.h"
#include "author/yaml_tree.h"
#include "kb/image.h"

/* Kinds of entries, each with its own ids. */
typedef enum ch_entry_kind {
    CH_E_FINDING,
    CH_E_CLUSTER,
    CH_E_SCREEN,
    CH_E_RULE,
    CH_E_MODIFIER,
    CH_E_CONFLICT,
    CH_E_CAUTION,
    CH_E_ACTION,
    CH_E_REMEDY,
    CH_E_TEST,
    CH_E_CLINIC,
    CH_E_SCORE,
    CH_E_CLAIM,
    CH_E_CONTRADICTION,
    CH_E_DRUG,
    CH_E_INTERACTION,
    CH_E_REGION,
    CH_E_SOURCE,
    CH_E_CONDITION,
    CH_E_PROFILE,
    CH_E_DRAW,
    CH_E_SLIP,
    CH_E_POPULATION,
    CH_E_TARGET,
    CH_E_ATOM, /* "finding" or "finding=option"; made from findings */
    CH_N_ENTRY_KINDS
} ch_entry_kind;

typedef enum ch_entry_status { CH_ACTIVE, CH_RETIRED, CH_REJECTED } ch_entry_status;

/* What every entry begins with. */
typedef struct ch_entry ch_entry;
struct ch_entry {
    const ch_node *node;
    const ch_node *id_node;
    charley_text id;
    const ch_entry *parent; /* the entry it is a part of, or NULL */
    const ch_node *reason;  /* why it was withdrawn */
    uint8_t status;         /* ch_entry_status */
    bool is_faulty;  /* something in it was reported: half of it may be missing */
    uint32_t record; /* its index in the image, once compiled */
};

/* A name in the text, and the entry it means once references are resolved. */
typedef struct ch_ref {
    const ch_node *node;
    ch_entry *entry; /* NULL: absent or unknown (then reported) */
} ch_ref;

typedef struct ch_refs {
    ch_ref *items;
    uint32_t n;
} ch_refs;

typedef struct ch_texts {
    const ch_node **items;
    uint32_t n;
} ch_texts;

/* A double and where it stands; `node` is NULL and `value` NaN when absent. */
typedef struct ch_real {
    const ch_node *node;
    double value;
} ch_real;

/* ---- expressions ---- */

typedef struct ch_bound {
    ch_comparison comparison;
    ch_real value;
    double converted; /* in the number's own unit, once checked */
} ch_bound;

typedef struct ch_term ch_term;
struct ch_term {
    ch_op op;
    const ch_node *node;
    ch_ref subject;  /* atom, number finding or score */
    ch_ref other;    /* the second of two numbers */
    double factor;   /* what one unit of it is in the unit of the first */
    uint32_t wanted; /* of AT_LEAST */
    const ch_node *unit;
    ch_bound bounds[2]; /* of NUMBER and SCORE: one, or two that make a range */
    uint32_t n_bounds;
    uint32_t n;
    ch_term *first; /* operand */
    ch_term *next;  /* sister */
};

typedef struct ch_sum ch_sum; /* a node of an arithmetic formula */
struct ch_sum {
    ch_formula_op op;
    const ch_node *node;
    ch_ref number;
    double value;
    ch_sum *first;
    ch_sum *next;
};

/* ---- numbers and what stands behind them ---- */

typedef struct ch_backing {
    uint8_t mark;     /* charley_mark; 0 absent */
    uint8_t evidence; /* ch_evidence_kind; 0 absent */
    ch_ref source;
    const ch_node *at, *note, *why;
    ch_real n, of, low, high, weight;
} ch_backing;

/* A probability with its passport: a leak, a floor, a threshold, a prior. */
typedef struct ch_chance {
    const ch_node *node;
    ch_real p; /* or counts in the backing */
    ch_backing backing;
} ch_chance;

/* What stands behind a rule, a caution, a remedy, a score, a claim. */
typedef struct ch_warrant {
    uint8_t mark;
    uint8_t evidence;
    ch_refs sources;
    const ch_node *at, *note, *why;
} ch_warrant;

/* ---- findings ---- */

typedef struct ch_codes {
    const ch_node *node;
    const ch_node *icd10, *icd10cm, *icd11, *hpo, *mondo, *loinc;
} ch_codes;

typedef struct ch_option_entry {
    ch_entry entry;
    ch_chance *leak;
} ch_option_entry;

typedef struct ch_range_entry {
    const ch_node *node;
    ch_real from, to;
} ch_range_entry;

typedef struct ch_screen_entry ch_screen_entry;

typedef struct ch_finding_entry {
    ch_entry entry;
    uint8_t kind; /* 1 + ch_finding_kind */
    uint8_t who;  /* 1 + ch_who */
    bool red_flag;
    bool context;
    const ch_node *red_flag_node;
    ch_vector options; /* ch_option_entry * */
    const ch_node *unit;
    ch_texts also_units;
    ch_range_entry *range;
    const ch_node *substance;
    ch_term *when;
    ch_term *not_if;
    ch_chance *leak;
    ch_codes *codes;
    /* found by the checks */
    uint32_t first_atom, n_atoms; /* in ch_bookshelf.atoms */
    ch_screen_entry *screen;
    uint32_t number_record;             /* in NUMBERS, once compiled */
    uint8_t visit;                      /* of the search for cycles */
    struct ch_finding_entry *flag_up;   /* a red flag that helps it to yes */
    struct ch_finding_entry *flag_down; /* a red flag that helps it to no */
} ch_finding_entry;

typedef struct ch_cluster_entry {
    ch_entry entry;
    ch_refs atoms;
} ch_cluster_entry;

/* Not in the files: each yes/no fact that findings and their options make. */
typedef struct ch_atom_entry {
    ch_entry entry;
    ch_finding_entry *finding;
    ch_chance *leak;
    ch_cluster_entry *cluster;
    uint32_t cluster_rank;
    bool is_listed; /* a condition or profile gives a likelihood for it */
} ch_atom_entry;

struct ch_screen_entry {
    ch_entry entry;
    uint8_t kind; /* 1 + charley_question_kind */
    bool danger;
    bool is_short;
    ch_real order;
    ch_refs findings;
    ch_term *when;
    ch_real cost;
};

/* ---- conditions ---- */

typedef struct ch_stratum_entry {
    ch_entry entry; /* without id */
    ch_term *when;
    ch_real p;
    ch_backing backing;
} ch_stratum_entry;

typedef struct ch_factor_entry {
    ch_entry entry;
    ch_term *when;
    ch_real odds_ratio;
    ch_real prevalence;
    ch_backing backing;
} ch_factor_entry;

typedef struct ch_prior_entry {
    const ch_node *node;
    ch_chance *base;
    ch_vector strata;  /* ch_stratum_entry * */
    ch_vector factors; /* ch_factor_entry * */
} ch_prior_entry;

typedef struct ch_ratios {
    const ch_node *node;
    ch_real positive, negative;
} ch_ratios;

typedef struct ch_link_entry {
    ch_entry entry; /* status only; what it is about is `atom` */
    ch_ref atom;
    ch_real p;
    ch_ratios *ratios;
    ch_backing backing;
} ch_link_entry;

typedef struct ch_profile_entry {
    ch_entry entry;
    ch_vector links; /* ch_link_entry * */
    bool is_used;
} ch_profile_entry;

typedef struct ch_condition_entry {
    ch_entry entry;
    uint8_t family; /* index + 1 into the list of families */
    uint8_t urgency;
    uint32_t mechanisms; /* bit m: ch_mechanism_word(m) */
    ch_chance *act_above;
    bool must_not_miss;
    ch_chance *floor;
    ch_ref excluded_by;
    ch_codes *codes;
    ch_prior_entry *prior;
    ch_ref profile;
    ch_vector links; /* ch_link_entry * */
    ch_refs tests;
    ch_refs clinics;
    bool is_helped; /* a remedy, test or clinic leads on from it */
} ch_condition_entry;

/* ---- safety and advice ---- */

typedef struct ch_rule_entry {
    ch_entry entry;
    const ch_node *code;
    uint8_t level;
    ch_term *when;
    uint8_t unknown; /* 1 + ch_unknown */
    ch_term *raise_if;
    ch_refs suspects, tests, clinics;
    const ch_node *hazard;
    ch_warrant warrant;
} ch_rule_entry;

typedef struct ch_modifier_entry {
    ch_entry entry;
    ch_term *when;
    uint8_t from, at_most;
    ch_warrant warrant;
} ch_modifier_entry;

typedef struct ch_conflict_entry {
    ch_entry entry;
    ch_term *when;
} ch_conflict_entry;

typedef struct ch_caution_entry {
    ch_entry entry;
    ch_term *when;
    uint8_t unknown; /* 1 + ch_unknown; never ASK */
    uint8_t verdict; /* charley_verdict */
    ch_refs actions, suspects;
    bool always_shown;
    const ch_node *hazard;
    ch_warrant warrant;
} ch_caution_entry;

typedef struct ch_action_entry {
    ch_entry entry;
} ch_action_entry;

typedef struct ch_remedy_entry {
    ch_entry entry;
    uint8_t kind;  /* 1 + ch_remedy_kind */
    uint8_t grade; /* the letter */
    ch_real rank;
    ch_refs conditions;
    ch_term *when, *not_for;
    bool in_emergency;
    ch_refs actions;
    ch_warrant warrant;
} ch_remedy_entry;

typedef struct ch_topic_entry { /* a test or a clinic */
    ch_entry entry;
    ch_warrant warrant;
} ch_topic_entry;

typedef struct ch_score_item_entry {
    ch_entry entry;
    ch_term *when;
    ch_real points;
    ch_ref points_from; /* a number finding, instead of both */
    bool clinician_only;
} ch_score_item_entry;

typedef struct ch_rung_entry {
    ch_entry entry;
    ch_term *when; /* NULL: otherwise */
    ch_real value;
} ch_rung_entry;

typedef struct ch_band_entry {
    ch_entry entry;
    ch_real at_least, above, at_most, below;
} ch_band_entry;

typedef struct ch_score_entry {
    ch_entry entry;
    ch_term *applies, *show;
    ch_vector items;  /* ch_score_item_entry * */
    ch_vector ladder; /* ch_rung_entry *, from the gravest */
    ch_sum *formula;
    ch_real decimals;
    ch_vector bands; /* ch_band_entry * */
    ch_warrant warrant;
    uint8_t visit; /* of the search for cycles */
    ch_finding_entry *flag_up,
        *flag_down; /* as in a finding: red flags that raise it */
} ch_score_entry;

typedef struct ch_claim_entry {
    ch_entry entry;
    uint8_t verdict; /* 1 + ch_claim_verdict */
    ch_term *when;
    ch_refs about; /* actions */
    bool soothing;
    ch_warrant warrant;
} ch_claim_entry;

typedef struct ch_contradiction_entry {
    ch_entry entry;
    ch_refs one, other; /* claims */
} ch_contradiction_entry;

typedef struct ch_ratio_entry { /* a published figure of a drug or an interaction */
    ch_entry entry;
    uint8_t kind; /* 1 + ch_ratio_kind */
    ch_real value;
    ch_backing backing;
} ch_ratio_entry;

typedef struct ch_drug_entry {
    ch_entry entry;
    ch_ref of;
    ch_term *when, *matters;
    ch_texts names;
    uint8_t effect;   /* 1 + ch_drug_effect */
    ch_vector ratios; /* ch_ratio_entry * */
    ch_refs conditions;
    ch_warrant warrant;
} ch_drug_entry;

typedef struct ch_interaction_entry {
    ch_entry entry;
    ch_refs drugs, with;
    ch_term *when;
    uint8_t level; /* 1 + ch_interaction_level */
    ch_refs cautions;
    ch_vector ratios; /* ch_ratio_entry * */
    ch_warrant warrant;
} ch_interaction_entry;

typedef struct ch_region_entry {
    ch_entry entry;
    const ch_node *emergency, *advice; /* telephone numbers */
    ch_warrant warrant;
} ch_region_entry;

typedef struct ch_source_entry {
    ch_entry entry;
    uint8_t type;
    const ch_node *author;
    ch_real year;
    const ch_node *title, *container, *doi, *pmid, *url;
    uint8_t seen; /* 1 read, 2 secondary, 3 recalled */
    const ch_node *note;
    bool is_used;
} ch_source_entry;

/* ---- simulated people ---- */

typedef struct ch_draw_entry {
    ch_entry entry;
    ch_term *when;
    ch_ref atom, number;
    ch_real from, to;
    bool is_after;
    ch_real p;
    ch_backing backing;
} ch_draw_entry;

typedef struct ch_slip_entry {
    ch_entry entry;
    uint8_t who;  /* 1 + ch_who */
    uint8_t kind; /* 1 + ch_slip_kind */
    bool is_danger;
    ch_real p;
    ch_backing backing;
} ch_slip_entry;

typedef struct ch_population_entry {
    ch_entry entry;
    ch_term *when;
    ch_refs given, having;
    bool is_story, is_clinic;
} ch_population_entry;

typedef struct ch_target_entry {
    ch_entry entry;
    ch_ref population, condition;
    ch_real p;
    ch_backing backing;
} ch_target_entry;

/* ---- the whole ---- */

typedef struct ch_cap_entry {
    const ch_node *node;
    ch_real ratio;
    ch_backing backing;
} ch_cap_entry;

typedef struct ch_meta_entry {
    ch_entry entry; /* without id */
    const ch_node *version, *language;
    uint8_t default_urgency;
    ch_cap_entry *likelihood_cap;
    ch_chance *show_above, *offer_above, *enough_gain;
    ch_term *complaints;
} ch_meta_entry;

#endif
