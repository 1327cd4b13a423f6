/* image.h: the layout of a compiled knowledge image.
 *
 * One relocatable block: a header, a table of sections, then the sections, each an
 * array of one fixed-size record, 8-byte aligned, little-endian. Records refer to each
 * other by index, to strings by offset into STRINGS, to variable lists by a run in
 * LISTS or in a record section. Nothing points outside; ch_kb_open_image checks every
 * reference once, so the engine reads without checking again.
 *
 * The layout is a private cache, rebuilt from knowledge files and version-checked; the
 * files are the promise (man page charley-kb(5)).
 *
 *     +--------+---------------+---------+-----+---------+
 *     | header | section table | STRINGS | ... | sources |
 *     +--------+---------------+---------+-----+---------+
 *
 * Records hold clinical content only as data: what each field means is said here, what
 * the numbers are is said by the knowledge files.
 */
#ifndef CH_KB_IMAGE_H
#define CH_KB_IMAGE_H

#include <stdint.h>

#define CH_IMAGE_MAGIC "CHARLEYK"

enum { CH_IMAGE_FORMAT = 4 };

/* "No index" in any uint32_t reference that may be absent. */
#define CH_NONE UINT32_MAX

typedef enum ch_section {
    CH_S_STRINGS,     /* char */
    CH_S_LISTS,       /* uint32_t */
    CH_S_WORDS,       /* ch_word: those with a key first, ascending by key */
    CH_S_VARIANTS,    /* ch_variant, ascending by (word, region) */
    CH_S_EXPRS,       /* ch_expr */
    CH_S_FORMULAS,    /* ch_formula */
    CH_S_PASSPORTS,   /* ch_passport */
    CH_S_SOURCES,     /* ch_source, ascending by id (as all id'd sections below) */
    CH_S_FINDINGS,    /* ch_finding */
    CH_S_ATOMS,       /* ch_atom, ascending by id */
    CH_S_ATOM_ORDER,  /* uint32_t: atoms in an order in which each needs only earlier */
    CH_S_NUMBERS,     /* ch_number */
    CH_S_CLUSTERS,    /* ch_cluster */
    CH_S_CONDITIONS,  /* ch_condition */
    CH_S_PRIORS,      /* ch_prior */
    CH_S_FACTORS,     /* ch_factor */
    CH_S_LINKS,       /* ch_link, ascending by (atom, condition) */
    CH_S_RULES,       /* ch_rule, most urgent first, then by id */
    CH_S_MODIFIERS,   /* ch_modifier */
    CH_S_CONFLICTS,   /* ch_conflict */
    CH_S_ACTIONS,     /* ch_action */
    CH_S_CAUTIONS,    /* ch_caution */
    CH_S_REMEDIES,    /* ch_remedy */
    CH_S_TESTS,       /* ch_topic */
    CH_S_CLINICS,     /* ch_topic */
    CH_S_SCORES,      /* ch_score */
    CH_S_SCORE_ITEMS, /* ch_score_item */
    CH_S_BANDS,       /* ch_band */
    CH_S_CLAIMS,      /* ch_claim */
    CH_S_CONTRADICTIONS, /* ch_contradiction */
    CH_S_RATIOS,         /* ch_ratio */
    CH_S_DRUGS,          /* ch_drug */
    CH_S_INTERACTIONS,   /* ch_interaction */
    CH_S_REGIONS,        /* ch_region */
    CH_S_SCREENS,        /* ch_screen, by order; adaptive ones last */
    CH_S_DRAWS,          /* ch_draw, in the order of the file */
    CH_S_SLIPS,          /* ch_slip */
    CH_S_POPULATIONS,    /* ch_population, in the order of the file */
    CH_S_TARGETS,        /* ch_target, in the order of the file */
    CH_S_META,           /* ch_meta, exactly one */
    CH_N_SECTIONS
} ch_section;

typedef struct ch_run { /* a run of records or list entries */
    uint32_t first;
    uint32_t n;
} ch_run;

typedef struct ch_string { /* a run of bytes in STRINGS */
    uint32_t offset;
    uint32_t size;
} ch_string;

typedef struct ch_section_entry {
    uint64_t offset; /* from the start of the image, 8-byte aligned */
    uint32_t n;      /* records */
    uint32_t stride; /* sizeof the record */
} ch_section_entry;

typedef struct ch_header {
    char magic[8];
    uint32_t format;
    uint32_t n_sections;
    uint64_t size;      /* of the whole image */
    uint8_t digest[32]; /* SHA-256 of everything after `digest` and `hash` */
    char hash[64];      /* the same in hexadecimal, to be shown */
    ch_section_entry sections[CH_N_SECTIONS];
} ch_header;

typedef struct ch_word {
    ch_string key;  /* empty where an entry leads to the word: word_key.c */
    ch_string text; /* several steps: joined by a line feed */
} ch_word;

/* What a word is in one region, with the region's numbers filled in. */
typedef struct ch_variant {
    uint32_t word;
    uint32_t region;
    ch_string text;
} ch_variant;

/* One node of a three-valued expression in postfix order. A node's operands are the
 * `n` subtrees that end just before it; `size` is the number of nodes of its subtree,
 * itself included, so the last operand ends at i - 1 and the one before it at
 * i - 1 - size[i - 1]. */
typedef enum ch_op {
    CH_OP_ATOM,        /* a = atom */
    CH_OP_ALL,         /* n operands; n = 0 is yes */
    CH_OP_ANY,         /* n operands; n = 0 is no */
    CH_OP_NOT,         /* 1 operand */
    CH_OP_AT_LEAST,    /* a = how many of n operands */
    CH_OP_NUMBER,      /* number a compared with `value` (in the number's own unit) */
    CH_OP_TWO_NUMBERS, /* number a compared with number b times `value` */
    CH_OP_SCORE        /* score a compared with `value` */
} ch_op;

typedef enum ch_comparison {
    CH_AT_LEAST,
    CH_ABOVE,
    CH_AT_MOST,
    CH_BELOW
} ch_comparison;

typedef struct ch_expr {
    uint8_t op;         /* ch_op */
    uint8_t comparison; /* ch_comparison */
    uint16_t n;
    uint32_t size;
    uint32_t a;
    uint32_t b;
    double value;
} ch_expr;

/* One node of an arithmetic formula, postfix, over numbers. */
typedef enum ch_formula_op {
    CH_F_CONSTANT, /* value */
    CH_F_NUMBER,   /* a = number */
    CH_F_ADD,
    CH_F_SUBTRACT,
    CH_F_MULTIPLY,
    CH_F_DIVIDE,
    CH_F_GREATEST,
    CH_F_LEAST,
    CH_F_POWER
} ch_formula_op; /* from ADD on: two operands */

typedef struct ch_formula {
    uint32_t op;
    uint32_t a;
    double value;
} ch_formula;

/* Where a number comes from. */
typedef enum ch_evidence_kind {
    CH_EV_STUDY = 1,
    CH_EV_REVIEW,
    CH_EV_GUIDELINE,
    CH_EV_REGISTRY,
    CH_EV_JUDGEMENT
} ch_evidence_kind;

typedef struct ch_passport {
    ch_string claim;      /* id, e.g. "deep_vein_thrombosis.calf_difference_3cm" */
    ch_string derivation; /* how the stored number follows from the published one */
    ch_string at;         /* table, page */
    ch_string note;       /* note, or why an estimate is what it is */
    uint32_t source;      /* index or CH_NONE (estimates) */
    uint8_t mark;         /* charley_mark */
    uint8_t evidence;     /* ch_evidence_kind */
    uint8_t pad[2];
    double published[3]; /* p, or LR+ and LR-, or odds ratio; NaN where not given, and
                            where there is no derivation: it is the number itself */
    double n, of;        /* counts; 0 and 0 where not given */
} ch_passport;

typedef struct ch_source {
    ch_string id;
    ch_string citation; /* author, title, container, year: ready to print */
    ch_string locator;  /* doi, PMID or URL; may be empty */
    uint32_t seen;      /* 0 read, 1 secondary, 2 recalled */
    uint32_t year;
} ch_source;

/* ---- findings ---- */

typedef enum ch_finding_kind {
    CH_FK_YES_NO,
    CH_FK_ONE_OF,
    CH_FK_NUMBER,
    CH_FK_DERIVED
} ch_finding_kind;

typedef enum ch_who {
    CH_WHO_ANYONE,
    CH_WHO_LOOK,
    CH_WHO_CLINICIAN,
    CH_WHO_LABORATORY
} ch_who;

typedef struct ch_finding {
    ch_string id;
    uint8_t kind;     /* ch_finding_kind */
    uint8_t who;      /* ch_who */
    uint8_t red_flag; /* speaks through rules only: see SAFETY.md */
    uint8_t context;  /* true of the person whatever the complaint */
    uint32_t screen;  /* or CH_NONE: never asked (derived, or given by others) */
    ch_run atoms;     /* in LISTS: atom indexes, one (yes/no, derived) or one an option,
                         in the order of the file; none for a number */
    uint32_t number;  /* or CH_NONE */
    ch_run not_if;    /* in EXPRS; when yes, every unanswered atom counts as no */
    uint32_t word_ask, word_label, word_how, word_why; /* WORDS indexes or CH_NONE */
} ch_finding;

typedef struct ch_atom {
    ch_string id; /* "finding" or "finding=option" */
    uint32_t finding;
    uint32_t word_label;
    ch_run derive;         /* in EXPRS; n > 0 for derived findings only */
    uint32_t cluster;      /* or CH_NONE */
    uint32_t cluster_rank; /* 0 = the most objective member */
    ch_run links;          /* in LINKS */
    double leak;           /* P(present | none of our conditions); 0: not given */
    double leak_sd;        /* of its logit, as every sd below */
    uint32_t passport;     /* of the leak, or CH_NONE */
    uint32_t pad;
} ch_atom;

typedef struct ch_number {
    uint32_t finding;
    uint32_t pad;
    ch_string unit;      /* UCUM, canonical */
    ch_string substance; /* for molar units; may be empty */
    double minimum, maximum;
    ch_run also_units; /* in LISTS: pairs offset,size into STRINGS */
} ch_number;

/* Dependent findings: the first yes by rank represents all, else the first no. */
typedef struct ch_cluster {
    ch_string id;
    ch_run atoms; /* in LISTS, by rank */
} ch_cluster;

/* ---- conditions ---- */

typedef struct ch_condition {
    ch_string id;
    ch_string family;
    ch_string codes; /* "ICD-10 I80.2; HPO HP:0002625": ready to print */
    uint8_t urgency; /* charley_urgency of its class */
    uint8_t must_not_miss;
    uint8_t pad[2];
    uint32_t floor_passport;
    double floor;     /* shown probability never falls below; 0 = none */
    double act_above; /* probability from which its urgency class counts */
    uint32_t act_passport;
    uint32_t excluded_by; /* atom of the objective test whose yes lifts the floor */
    ch_run mechanisms;    /* in LISTS: WORDS indexes, e.g. of "mechanism.blood_in" */
    ch_run priors;        /* in PRIORS: the base first, then strata in order */
    ch_run factors;       /* in FACTORS */
    ch_run tests;         /* in LISTS: TESTS */
    ch_run clinics;       /* in LISTS: CLINICS */
    uint32_t word_name, word_also, word_what, word_mechanism, word_course;
    uint32_t pad2;
} ch_condition;

typedef struct ch_prior {
    ch_run when; /* in EXPRS; n = 0 for the base */
    double p, sd;
    uint32_t passport;
    uint32_t pad;
} ch_prior;

typedef struct ch_factor { /* multiplies the prior odds */
    ch_run when;
    double log_yes, log_no; /* natural logs; unknown multiplies by 1 */
    double sd;              /* of log_yes */
    uint32_t passport;
    uint32_t pad;
} ch_factor;

typedef enum ch_link_kind {
    CH_LINK_P,       /* `p` is P(present | condition) */
    CH_LINK_STRENGTH /* `p` is the noisy-OR strength, 1 - LR- */
} ch_link_kind;

typedef struct ch_link {
    uint32_t condition;
    uint32_t atom;
    uint32_t kind; /* ch_link_kind */
    uint32_t passport;
    double p, sd;
} ch_link; /* what follows from p: bearing.h */

/* ---- safety ---- */

typedef enum ch_unknown {
    CH_UNKNOWN_ASK,
    CH_UNKNOWN_RAISE,
    CH_UNKNOWN_IGNORE
} ch_unknown;

typedef struct ch_rule {
    ch_string id;
    ch_string code;   /* row of the evidence table, e.g. "C1" */
    ch_string hazard; /* "H-001" */
    uint8_t level;    /* charley_urgency */
    uint8_t unknown;  /* ch_unknown */
    uint8_t pad[2];
    uint32_t word_why, word_now;
    ch_run when;     /* in EXPRS */
    ch_run suspects; /* in LISTS: CONDITIONS */
    ch_run tests;    /* in LISTS: TESTS */
    ch_run clinics;  /* in LISTS: CLINICS */
    ch_run sources;  /* in LISTS: SOURCES */
    ch_run raise_if; /* in EXPRS; an unknown RAISE rule is raised when this is yes,
                        else open; n = 0: always raised */
} ch_rule;

typedef struct ch_modifier { /* raises the urgency by one level, once for all */
    ch_string id;
    ch_run when;
    uint8_t from;    /* applies from this level on ... */
    uint8_t at_most; /* ... and never raises above this one */
    uint8_t pad[2];
    uint32_t word_why;
    ch_run sources;
} ch_modifier;

typedef struct ch_conflict { /* answers that cannot both be true */
    ch_string id;
    ch_run when;
    uint32_t word;
    uint32_t pad;
} ch_conflict;

typedef struct ch_action {
    ch_string id;
    uint32_t word_name;
    uint32_t pad;
} ch_action;

typedef struct ch_caution {
    ch_string id;
    ch_run when;     /* in EXPRS; yes = suspected, unknown = not excluded */
    uint8_t unknown; /* CH_UNKNOWN_RAISE: forbid until excluded; or CH_UNKNOWN_IGNORE */
    uint8_t verdict; /* 1 ask first, 2 forbidden */
    uint8_t always_shown; /* show even when nothing it forbids would be offered */
    uint8_t pad;
    uint32_t word_why, word_lift;
    uint32_t pad2;
    ch_run actions;  /* in LISTS: ACTIONS */
    ch_run suspects; /* in LISTS: CONDITIONS; at or above act_above = suspected */
    ch_run sources;
    ch_string hazard;
} ch_caution;

/* ---- advice ---- */

typedef enum ch_remedy_kind {
    CH_RELIEF_NOW,
    CH_PREVENTION,
    CH_CLINICIAN_ONLY
} ch_remedy_kind;

typedef struct ch_remedy {
    ch_string id;
    ch_string grade; /* A B C D K X */
    uint8_t kind;
    uint8_t rank;         /* 0 first among equals */
    uint8_t in_emergency; /* still offered at emergency and ambulance level */
    uint8_t pad;
    ch_run when;       /* in EXPRS; n = 0: always; offered only when yes */
    ch_run not_for;    /* in EXPRS; n = 0: nobody; forbidden when yes */
    ch_run conditions; /* in LISTS: offered when one of them is likely */
    ch_run actions;    /* in LISTS: ACTIONS that it consists of */
    ch_run sources;
    uint32_t word_name, word_how, word_population, word_dose;
    uint32_t word_effect, word_harms, word_who_not;
} ch_remedy;

typedef struct ch_topic { /* a test or a clinic */
    ch_string id;
    uint32_t word_name, word_text;
    ch_run sources;
} ch_topic;

typedef struct ch_score {
    ch_string id;
    ch_run applies; /* in EXPRS; switched off when no; n = 0: always on */
    ch_run show;    /* in EXPRS; shown when yes; n = 0: when any item is known */
    ch_run items;   /* in SCORE_ITEMS; n = 0 for a formula; the rungs of a ladder */
    ch_run formula; /* in FORMULAS */
    ch_run bands;   /* in BANDS, ascending, without gap or overlap */
    ch_run sources;
    uint32_t word_name, word_limits;
    uint32_t decimals;
    uint32_t is_ladder; /* 1: the value is that of the first item that is yes */
} ch_score;

typedef struct ch_score_item {
    ch_string id;
    ch_run when;     /* n = 0: of the last rung, which is otherwise; or by number */
    double points;   /* of a rung its value, falling; by number the most it can add */
    uint32_t number; /* adds this number itself; or CH_NONE */
    uint32_t word_label;
    uint32_t clinician_only;
    uint32_t pad;
} ch_score_item;

typedef struct ch_band {
    ch_string id;
    double upper;        /* +infinity for the last */
    uint32_t upper_open; /* 1: value < upper; 0: value <= upper */
    uint32_t word;
} ch_band;

typedef enum ch_claim_verdict {
    CH_CLAIM_SUPPORTED,
    CH_CLAIM_UNPROVEN,
    CH_CLAIM_MIXED,
    CH_CLAIM_CONTRADICTED,
    CH_CLAIM_UNSAFE
} ch_claim_verdict;

typedef struct ch_claim {
    ch_string id;     /* "S0-03" */
    uint8_t verdict;  /* ch_claim_verdict */
    uint8_t soothing; /* out of place where somebody must be seen today */
    uint8_t pad[2];
    uint32_t word_says, word_answer;
    uint32_t word_topics; /* what people call it; searched, never shown */
    ch_run when;          /* in EXPRS; shown when yes; n = 0: only on request */
    ch_run about;         /* in LISTS: ACTIONS it speaks of */
    ch_run sources;
} ch_claim;

typedef struct ch_contradiction { /* claims that cannot all be followed */
    ch_string id;
    uint32_t word_says, word_answer;
    ch_run one, other; /* in LISTS: CLAIMS on either side */
} ch_contradiction;

typedef enum ch_ratio_kind {
    CH_SEQUENCE_RATIO, /* treatment begun after the medicine : before it */
    CH_RELATIVE_RISK,
    CH_RATE_RATIO,
    CH_ODDS_RATIO,
    CH_HAZARD_RATIO
} ch_ratio_kind;

typedef struct ch_ratio { /* a published figure; it is told in words, never computed
                             with */
    double value;
    double low, high; /* 95 %; NaN where not given */
    uint32_t kind;    /* ch_ratio_kind */
    uint32_t passport;
} ch_ratio;

/* What a medicine does that matters to a leg; the gravest first. */
typedef enum ch_drug_effect {
    CH_MUSCLE_DAMAGE,
    CH_CLOT,
    CH_BLEEDING,
    CH_TENDON,
    CH_KIDNEY,
    CH_SALTS,
    CH_CRAMP,
    CH_NERVE,
    CH_SWELLING,
    CH_CLASH /* only together with another */
} ch_drug_effect;

typedef struct ch_drug { /* a medicine, or a class of them */
    ch_string id;
    uint32_t of;       /* the wider class, in DRUGS, which is of none; or CH_NONE */
    uint32_t effect;   /* ch_drug_effect */
    ch_run names;      /* in LISTS: pairs offset,size into STRINGS; lower case */
    ch_run when;       /* in EXPRS; the person takes it; n = 0: never asked */
    ch_run matters;    /* in EXPRS; told when yes; n = 0: always */
    ch_run ratios;     /* in RATIOS */
    ch_run conditions; /* in LISTS: CONDITIONS that it can cause */
    ch_run sources;    /* in LISTS: SOURCES */
    uint32_t word_name, word_also, word_why, word_ratio, word_do;
    uint32_t pad;
} ch_drug;

typedef enum ch_interaction_level {
    CH_ASK_TODAY,
    CH_ASK_SOON,
    CH_HOURS_APART
} ch_interaction_level;

/* Medicines that clash: one of `drugs` with one of `with`; with none of these, `drugs`
 * clash with a state of the body, which `when` reads. */
typedef struct ch_interaction {
    ch_string id;
    uint32_t level; /* ch_interaction_level */
    uint32_t pad;
    ch_run drugs;    /* in LISTS: DRUGS */
    ch_run with;     /* in LISTS: DRUGS */
    ch_run when;     /* in EXPRS; n = 0: found by name only */
    ch_run cautions; /* in LISTS: CAUTIONS that strike out the same thing */
    ch_run ratios;   /* in RATIOS */
    ch_run sources;  /* in LISTS: SOURCES */
    uint32_t word_name, word_why, word_ratio, word_do;
} ch_interaction;

typedef struct ch_region { /* whose numbers and words */
    ch_string id;
    ch_string emergency; /* telephone number; may be empty */
    ch_string advice;    /* the same, for urgent advice */
    ch_run sources;
    uint32_t word_name;
    uint32_t pad;
} ch_region;

typedef struct ch_screen {
    ch_string id;
    uint8_t kind;    /* charley_question_kind */
    uint8_t danger;  /* part of the danger screen */
    uint8_t who;     /* the highest ch_who of its findings */
    uint8_t cost;    /* effort to answer, 1..9 */
    uint32_t order;  /* 1.. for the fixed opening; CH_NONE for adaptive screens */
    ch_run when;     /* in EXPRS; n = 0: always */
    ch_run findings; /* in LISTS: FINDINGS */
    uint32_t word_title, word_why;
} ch_screen;

/* ---- simulated people (src/trial); no session ever reads these ---- */

/* How one fact of a simulated person is drawn. For an atom the first row whose `when`
 * is yes decides: yes with probability p. For a number one of the rows whose `when` is
 * yes is taken, with chances in proportion to p, and a value between from and to. */
typedef struct ch_draw {
    ch_string id;
    ch_run when;       /* in EXPRS; n = 0: always */
    uint32_t atom;     /* or CH_NONE: a number */
    uint32_t number;   /* or CH_NONE */
    uint32_t is_after; /* 1: drawn after the causes and what they bring about */
    uint32_t passport;
    double p;
    double from, to;
} ch_draw;

typedef enum ch_slip_kind {
    CH_SLIP_MISSED,   /* says no, and it is yes */
    CH_SLIP_IMAGINED, /* says yes, and it is no */
    CH_SLIP_DONT_KNOW /* passes the question over */
} ch_slip_kind;

/* How often people who answer get something wrong. */
typedef struct ch_slip {
    ch_string id;
    uint32_t who;  /* ch_who: of the finding (don't know: of the screen) */
    uint32_t kind; /* ch_slip_kind */
    double p;
    uint32_t passport;
    uint32_t is_danger; /* 1: of red flags, 0: of the others */
} ch_slip;

typedef struct ch_population {
    ch_string id;
    ch_run when;   /* in EXPRS; only people for whom it is yes */
    ch_run given;  /* in LISTS: ATOMS that are yes */
    ch_run having; /* in LISTS: CONDITIONS that are present */
    uint32_t is_story;
    uint32_t is_clinic; /* findings without a cause as their leaks say */
} ch_population;

/* A published frequency that the model should give back. */
typedef struct ch_target {
    ch_string id;
    uint32_t population;
    uint32_t condition;
    double p, low, high; /* NaN: no interval published */
    uint32_t passport;
    uint32_t pad;
} ch_target;

typedef struct ch_meta {
    ch_string version;
    ch_string language;
    uint8_t default_urgency; /* when nothing else speaks */
    uint8_t pad[7];
    double cap_lr;      /* most that one cluster may move odds (and 1/cap) */
    double show_above;  /* causes below this probability are not listed */
    double offer_above; /* a remedy is offered for causes from here on */
    double enough_gain; /* stop asking below this expected gain */
    ch_run complaints;  /* in EXPRS; yes when any complaint is known at all */
} ch_meta;

#endif
