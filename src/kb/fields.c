/* fields.c: see fields.h.
 *
 * The checks are data, read side by side with image.h: SECTIONS has one row a section,
 * FIELDS one row a field and check. A new field is a new row. A field without a row may
 * hold anything; test_verify_fields.c lists them all.
 */
#include "kb/fields.h"

#include <stddef.h>

#include "base/fail.h"
#include "base/limits.h"
#include "base/view.h"

#define SECTIONS(X)                                                                    \
    X(STRINGS, char, "strings")                                                        \
    X(LISTS, uint32_t, "lists")                                                        \
    X(WORDS, ch_word, "words")                                                         \
    X(VARIANTS, ch_variant, "variants")                                                \
    X(EXPRS, ch_expr, "expressions")                                                   \
    X(FORMULAS, ch_formula, "formulas")                                                \
    X(PASSPORTS, ch_passport, "passports")                                             \
    X(SOURCES, ch_source, "sources")                                                   \
    X(FINDINGS, ch_finding, "findings")                                                \
    X(ATOMS, ch_atom, "atoms")                                                         \
    X(ATOM_ORDER, uint32_t, "atom order")                                              \
    X(NUMBERS, ch_number, "numbers")                                                   \
    X(CLUSTERS, ch_cluster, "clusters")                                                \
    X(CONDITIONS, ch_condition, "conditions")                                          \
    X(PRIORS, ch_prior, "priors")                                                      \
    X(FACTORS, ch_factor, "factors")                                                   \
    X(LINKS, ch_link, "links")                                                         \
    X(RULES, ch_rule, "rules")                                                         \
    X(MODIFIERS, ch_modifier, "modifiers")                                             \
    X(CONFLICTS, ch_conflict, "conflicts")                                             \
    X(ACTIONS, ch_action, "actions")                                                   \
    X(CAUTIONS, ch_caution, "cautions")                                                \
    X(REMEDIES, ch_remedy, "remedies")                                                 \
    X(TESTS, ch_topic, "tests")                                                        \
    X(CLINICS, ch_topic, "clinics")                                                    \
    X(SCORES, ch_score, "scores")                                                      \
    X(SCORE_ITEMS, ch_score_item, "score items")                                       \
    X(BANDS, ch_band, "bands")                                                         \
    X(CLAIMS, ch_claim, "claims")                                                      \
    X(CONTRADICTIONS, ch_contradiction, "contradictions")                              \
    X(RATIOS, ch_ratio, "ratios")                                                      \
    X(DRUGS, ch_drug, "drugs")                                                         \
    X(INTERACTIONS, ch_interaction, "interactions")                                    \
    X(REGIONS, ch_region, "regions")                                                   \
    X(SCREENS, ch_screen, "screens")                                                   \
    X(DRAWS, ch_draw, "draws")                                                         \
    X(SLIPS, ch_slip, "slips")                                                         \
    X(POPULATIONS, ch_population, "populations")                                       \
    X(TARGETS, ch_target, "targets")                                                   \
    X(META, ch_meta, "meta")

#define RECORD(section, type, name) typedef type section##_record;
#define STRIDE(section, type, name) [CH_S_##section] = sizeof(type),
#define NAME(section, type, name)   [CH_S_##section] = name,
#define ONE(section, type, name)    +1
SECTIONS(RECORD)
static const uint8_t STRIDES[CH_N_SECTIONS] = {SECTIONS(STRIDE)};
static const char *const NAMES[CH_N_SECTIONS] = {SECTIONS(NAME)};
_Static_assert(SECTIONS(ONE) == CH_N_SECTIONS, "one row a section");

uint32_t ch_image_stride(ch_section section)
{
    return STRIDES[section];
}

const char *ch_section_name(ch_section section)
{
    return NAMES[section];
}

/* ---- what a field must be ---- */

typedef enum check {
    A_STRING,
    STRINGS_IN_LISTS, /* a run in LISTS of pairs offset,size */
    AN_INDEX,         /* of section `of` */
    INDEX_OR_NONE,
    A_RUN,        /* of records of section `of` */
    RUN_IN_LISTS, /* each entry is an index of section `of` */
    AN_EXPR,      /* n = 0: none */
    A_FORMULA,    /* likewise */
    NOT_EMPTY,    /* a run, which another row checks */
    BYTE_WITHIN,  /* `of` = least * 16 + greatest */
    WORD_WITHIN,
    FINITE,
    NOT_NEGATIVE, /* and finite */
    SHARE,        /* 0 and 1 included */
    BELOW_ONE,    /* 0 included */
    PROBABILITY   /* neither included */
} check;

typedef struct row {
    uint8_t section, offset, check, of;
} row;

/* A row names section and field; a field of another type than the check reads does not
 * compile. */
#define FIELD(section, name, type, check, of)                                          \
    {                                                                                  \
        CH_S_##section, offsetof(section##_record, name),                              \
            _Generic(((section##_record *)0)->name, type                               \
                     : (check)),                                                       \
            of                                                                         \
    }
#define STRING(section, name)    FIELD(section, name, ch_string, A_STRING, 0)
#define PAIRS(section, name)     FIELD(section, name, ch_run, STRINGS_IN_LISTS, 0)
#define INDEX(section, name, of) FIELD(section, name, uint32_t, AN_INDEX, CH_S_##of)
#define MAYBE(section, name, of)                                                       \
    FIELD(section, name, uint32_t, INDEX_OR_NONE, CH_S_##of)
#define WORD(section, name)        MAYBE(section, name, WORDS)
#define RUN(section, name, of)     FIELD(section, name, ch_run, A_RUN, CH_S_##of)
#define LIST(section, name, of)    FIELD(section, name, ch_run, RUN_IN_LISTS, CH_S_##of)
#define EXPR(section, name)        FIELD(section, name, ch_run, AN_EXPR, 0)
#define SOME(section, name)        FIELD(section, name, ch_run, NOT_EMPTY, 0)
#define REAL(section, name, check) FIELD(section, name, double, check, 0)
#define WITHIN(section, name, least, greatest)                                         \
    {                                                                                  \
        CH_S_##section, offsetof(section##_record, name),                              \
            _Generic(((section##_record *)0)->name, uint8_t                            \
                     : BYTE_WITHIN, uint32_t                                           \
                     : WORD_WITHIN),                                                   \
            (least)*16 + (greatest) / ((greatest) < 16)                                \
    }
#define ENTRY(section, of)                                                             \
    {                                                                                  \
        CH_S_##section, 0, AN_INDEX, CH_S_##of                                         \
    }
#define FLAG(section, name) WITHIN(section, name, 0, 1)

static const row FIELDS[] = {
    STRING(WORDS, key),
    STRING(WORDS, text),

    INDEX(VARIANTS, word, WORDS),
    INDEX(VARIANTS, region, REGIONS),
    STRING(VARIANTS, text),

    STRING(PASSPORTS, claim),
    STRING(PASSPORTS, derivation),
    STRING(PASSPORTS, at),
    STRING(PASSPORTS, note),
    MAYBE(PASSPORTS, source, SOURCES),
    WITHIN(PASSPORTS, mark, CHARLEY_SHOWN, CHARLEY_ESTIMATE),
    WITHIN(PASSPORTS, evidence, CH_EV_STUDY, CH_EV_JUDGEMENT),

    STRING(SOURCES, id),
    STRING(SOURCES, citation),
    STRING(SOURCES, locator),
    WITHIN(SOURCES, seen, 0, 2),

    STRING(FINDINGS, id),
    WITHIN(FINDINGS, kind, 0, CH_FK_DERIVED),
    WITHIN(FINDINGS, who, 0, CH_WHO_LABORATORY),
    FLAG(FINDINGS, red_flag),
    FLAG(FINDINGS, context),
    MAYBE(FINDINGS, screen, SCREENS),
    LIST(FINDINGS, atoms, ATOMS),
    MAYBE(FINDINGS, number, NUMBERS),
    EXPR(FINDINGS, not_if),
    WORD(FINDINGS, word_ask),
    WORD(FINDINGS, word_label),
    WORD(FINDINGS, word_how),
    WORD(FINDINGS, word_why),

    STRING(ATOMS, id),
    INDEX(ATOMS, finding, FINDINGS),
    WORD(ATOMS, word_label),
    EXPR(ATOMS, derive),
    MAYBE(ATOMS, cluster, CLUSTERS),
    RUN(ATOMS, links, LINKS),
    REAL(ATOMS, leak, BELOW_ONE),
    REAL(ATOMS, leak_sd, NOT_NEGATIVE),
    MAYBE(ATOMS, passport, PASSPORTS),

    ENTRY(ATOM_ORDER, ATOMS),

    INDEX(NUMBERS, finding, FINDINGS),
    STRING(NUMBERS, unit),
    STRING(NUMBERS, substance),
    PAIRS(NUMBERS, also_units),

    STRING(CLUSTERS, id),
    LIST(CLUSTERS, atoms, ATOMS),

    STRING(CONDITIONS, id),
    STRING(CONDITIONS, family),
    STRING(CONDITIONS, codes),
    WITHIN(CONDITIONS, urgency, CHARLEY_SELF_CARE, CHARLEY_AMBULANCE),
    FLAG(CONDITIONS, must_not_miss),
    MAYBE(CONDITIONS, floor_passport, PASSPORTS),
    REAL(CONDITIONS, floor, BELOW_ONE),
    REAL(CONDITIONS, act_above, PROBABILITY),
    MAYBE(CONDITIONS, act_passport, PASSPORTS),
    MAYBE(CONDITIONS, excluded_by, ATOMS),
    LIST(CONDITIONS, mechanisms, WORDS),
    RUN(CONDITIONS, priors, PRIORS),
    SOME(CONDITIONS, priors),
    RUN(CONDITIONS, factors, FACTORS),
    LIST(CONDITIONS, tests, TESTS),
    LIST(CONDITIONS, clinics, CLINICS),
    WORD(CONDITIONS, word_name),
    WORD(CONDITIONS, word_also),
    WORD(CONDITIONS, word_what),
    WORD(CONDITIONS, word_mechanism),
    WORD(CONDITIONS, word_course),

    EXPR(PRIORS, when),
    REAL(PRIORS, p, PROBABILITY),
    REAL(PRIORS, sd, NOT_NEGATIVE),
    MAYBE(PRIORS, passport, PASSPORTS),

    EXPR(FACTORS, when),
    SOME(FACTORS, when),
    REAL(FACTORS, log_yes, FINITE),
    REAL(FACTORS, log_no, FINITE),
    REAL(FACTORS, sd, NOT_NEGATIVE),
    MAYBE(FACTORS, passport, PASSPORTS),

    INDEX(LINKS, condition, CONDITIONS),
    INDEX(LINKS, atom, ATOMS),
    WITHIN(LINKS, kind, 0, CH_LINK_STRENGTH),
    MAYBE(LINKS, passport, PASSPORTS),
    REAL(LINKS, p, PROBABILITY),
    REAL(LINKS, sd, NOT_NEGATIVE),

    STRING(RULES, id),
    STRING(RULES, code),
    STRING(RULES, hazard),
    WITHIN(RULES, level, CHARLEY_SELF_CARE, CHARLEY_AMBULANCE),
    WITHIN(RULES, unknown, 0, CH_UNKNOWN_IGNORE),
    WORD(RULES, word_why),
    WORD(RULES, word_now),
    EXPR(RULES, when),
    SOME(RULES, when),
    LIST(RULES, suspects, CONDITIONS),
    LIST(RULES, tests, TESTS),
    LIST(RULES, clinics, CLINICS),
    LIST(RULES, sources, SOURCES),
    EXPR(RULES, raise_if),

    STRING(MODIFIERS, id),
    EXPR(MODIFIERS, when),
    SOME(MODIFIERS, when),
    WITHIN(MODIFIERS, from, CHARLEY_SELF_CARE, CHARLEY_AMBULANCE),
    WITHIN(MODIFIERS, at_most, CHARLEY_SELF_CARE, CHARLEY_AMBULANCE),
    WORD(MODIFIERS, word_why),
    LIST(MODIFIERS, sources, SOURCES),

    STRING(CONFLICTS, id),
    EXPR(CONFLICTS, when),
    SOME(CONFLICTS, when),
    WORD(CONFLICTS, word),

    STRING(ACTIONS, id),
    WORD(ACTIONS, word_name),

    STRING(CAUTIONS, id),
    EXPR(CAUTIONS, when),
    SOME(CAUTIONS, when),
    WITHIN(CAUTIONS, unknown, CH_UNKNOWN_RAISE, CH_UNKNOWN_IGNORE),
    WITHIN(CAUTIONS, verdict, CHARLEY_ASK_FIRST, CHARLEY_FORBIDDEN),
    FLAG(CAUTIONS, always_shown),
    WORD(CAUTIONS, word_why),
    WORD(CAUTIONS, word_lift),
    LIST(CAUTIONS, actions, ACTIONS),
    LIST(CAUTIONS, suspects, CONDITIONS),
    LIST(CAUTIONS, sources, SOURCES),
    STRING(CAUTIONS, hazard),

    STRING(REMEDIES, id),
    STRING(REMEDIES, grade),
    WITHIN(REMEDIES, kind, 0, CH_CLINICIAN_ONLY),
    FLAG(REMEDIES, in_emergency),
    EXPR(REMEDIES, when),
    EXPR(REMEDIES, not_for),
    LIST(REMEDIES, conditions, CONDITIONS),
    LIST(REMEDIES, actions, ACTIONS),
    LIST(REMEDIES, sources, SOURCES),
    WORD(REMEDIES, word_name),
    WORD(REMEDIES, word_how),
    WORD(REMEDIES, word_population),
    WORD(REMEDIES, word_dose),
    WORD(REMEDIES, word_effect),
    WORD(REMEDIES, word_harms),
    WORD(REMEDIES, word_who_not),

    STRING(TESTS, id),
    WORD(TESTS, word_name),
    WORD(TESTS, word_text),
    LIST(TESTS, sources, SOURCES),

    STRING(CLINICS, id),
    WORD(CLINICS, word_name),
    WORD(CLINICS, word_text),
    LIST(CLINICS, sources, SOURCES),

    STRING(SCORES, id),
    EXPR(SCORES, applies),
    EXPR(SCORES, show),
    RUN(SCORES, items, SCORE_ITEMS),
    FIELD(SCORES, formula, ch_run, A_FORMULA, 0),
    RUN(SCORES, bands, BANDS),
    LIST(SCORES, sources, SOURCES),
    WORD(SCORES, word_name),
    WORD(SCORES, word_limits),
    WITHIN(SCORES, decimals, 0, 6),
    FLAG(SCORES, is_ladder),

    STRING(SCORE_ITEMS, id),
    EXPR(SCORE_ITEMS, when),
    REAL(SCORE_ITEMS, points, FINITE),
    MAYBE(SCORE_ITEMS, number, NUMBERS),
    WORD(SCORE_ITEMS, word_label),
    FLAG(SCORE_ITEMS, clinician_only),

    STRING(BANDS, id),
    FLAG(BANDS, upper_open),
    WORD(BANDS, word),

    STRING(CLAIMS, id),
    WITHIN(CLAIMS, verdict, 0, CH_CLAIM_UNSAFE),
    FLAG(CLAIMS, soothing),
    WORD(CLAIMS, word_says),
    WORD(CLAIMS, word_answer),
    WORD(CLAIMS, word_topics),
    EXPR(CLAIMS, when),
    LIST(CLAIMS, about, ACTIONS),
    LIST(CLAIMS, sources, SOURCES),

    STRING(CONTRADICTIONS, id),
    WORD(CONTRADICTIONS, word_says),
    WORD(CONTRADICTIONS, word_answer),
    LIST(CONTRADICTIONS, one, CLAIMS),
    LIST(CONTRADICTIONS, other, CLAIMS),

    REAL(RATIOS, value, NOT_NEGATIVE),
    WITHIN(RATIOS, kind, 0, CH_HAZARD_RATIO),
    INDEX(RATIOS, passport, PASSPORTS),

    STRING(DRUGS, id),
    MAYBE(DRUGS, of, DRUGS),
    WITHIN(DRUGS, effect, 0, CH_CLASH),
    PAIRS(DRUGS, names),
    EXPR(DRUGS, when),
    EXPR(DRUGS, matters),
    RUN(DRUGS, ratios, RATIOS),
    LIST(DRUGS, conditions, CONDITIONS),
    LIST(DRUGS, sources, SOURCES),
    WORD(DRUGS, word_name),
    WORD(DRUGS, word_also),
    WORD(DRUGS, word_why),
    WORD(DRUGS, word_ratio),
    WORD(DRUGS, word_do),

    STRING(INTERACTIONS, id),
    WITHIN(INTERACTIONS, level, 0, CH_HOURS_APART),
    LIST(INTERACTIONS, drugs, DRUGS),
    SOME(INTERACTIONS, drugs),
    LIST(INTERACTIONS, with, DRUGS),
    EXPR(INTERACTIONS, when),
    LIST(INTERACTIONS, cautions, CAUTIONS),
    RUN(INTERACTIONS, ratios, RATIOS),
    LIST(INTERACTIONS, sources, SOURCES),
    WORD(INTERACTIONS, word_name),
    WORD(INTERACTIONS, word_why),
    WORD(INTERACTIONS, word_ratio),
    WORD(INTERACTIONS, word_do),

    STRING(REGIONS, id),
    STRING(REGIONS, emergency),
    STRING(REGIONS, advice),
    LIST(REGIONS, sources, SOURCES),
    WORD(REGIONS, word_name),

    STRING(SCREENS, id),
    WITHIN(SCREENS, kind, 0, CHARLEY_ASK_GROUPS),
    FLAG(SCREENS, danger),
    WITHIN(SCREENS, who, 0, CH_WHO_LABORATORY),
    WITHIN(SCREENS, cost, 1, 9),
    EXPR(SCREENS, when),
    LIST(SCREENS, findings, FINDINGS),
    SOME(SCREENS, findings),
    WORD(SCREENS, word_title),
    WORD(SCREENS, word_why),

    STRING(DRAWS, id),
    EXPR(DRAWS, when),
    MAYBE(DRAWS, atom, ATOMS),
    MAYBE(DRAWS, number, NUMBERS),
    FLAG(DRAWS, is_after),
    MAYBE(DRAWS, passport, PASSPORTS),
    REAL(DRAWS, p, SHARE),

    STRING(SLIPS, id),
    WITHIN(SLIPS, who, 0, CH_WHO_LABORATORY),
    WITHIN(SLIPS, kind, 0, CH_SLIP_DONT_KNOW),
    REAL(SLIPS, p, SHARE),
    MAYBE(SLIPS, passport, PASSPORTS),
    FLAG(SLIPS, is_danger),

    STRING(POPULATIONS, id),
    EXPR(POPULATIONS, when),
    LIST(POPULATIONS, given, ATOMS),
    LIST(POPULATIONS, having, CONDITIONS),
    FLAG(POPULATIONS, is_story),
    FLAG(POPULATIONS, is_clinic),

    STRING(TARGETS, id),
    INDEX(TARGETS, population, POPULATIONS),
    INDEX(TARGETS, condition, CONDITIONS),
    REAL(TARGETS, p, SHARE),
    MAYBE(TARGETS, passport, PASSPORTS),

    STRING(META, version),
    STRING(META, language),
    WITHIN(META, default_urgency, CHARLEY_SELF_CARE, CHARLEY_AMBULANCE),
    REAL(META, cap_lr, NOT_NEGATIVE),
    REAL(META, show_above, PROBABILITY),
    REAL(META, offer_above, PROBABILITY),
    REAL(META, enough_gain, NOT_NEGATIVE),
    EXPR(META, complaints)};

static bool run_fits(const charley_kb *kb, ch_run run, ch_section section)
{
    uint32_t n = ch_kb_n(kb, section);
    return run.first <= n && run.n <= n - run.first;
}

/* STRINGS is UTF-8 as a whole, so a part of it is if no character is cut. */
static bool starts_a_character(const charley_kb *kb, uint32_t offset)
{
    const unsigned char *strings = ch_kb_section(kb, CH_S_STRINGS);
    return offset == ch_kb_n(kb, CH_S_STRINGS) || (strings[offset] & 0xC0) != 0x80;
}

static bool string_fits(const charley_kb *kb, ch_string string)
{
    uint32_t n = ch_kb_n(kb, CH_S_STRINGS);
    return string.offset <= n && string.size <= n - string.offset &&
           starts_a_character(kb, string.offset) &&
           starts_a_character(kb, string.offset + string.size);
}

static bool strings_fit(const charley_kb *kb, ch_run run)
{
    if (!run_fits(kb, run, CH_S_LISTS) || run.n % 2)
        return false;
    const uint32_t *pair = ch_kb_list(kb, run);
    for (uint32_t k = 0; k < run.n; k += 2)
        if (!string_fits(kb, (ch_string){pair[k], pair[k + 1]}))
            return false;
    return true;
}

static bool index_fits(const charley_kb *kb, uint32_t index, ch_section section)
{
    return index < ch_kb_n(kb, section);
}

static bool list_fits(const charley_kb *kb, ch_run run, ch_section section)
{
    if (!run_fits(kb, run, CH_S_LISTS))
        return false;
    const uint32_t *entry = ch_kb_list(kb, run);
    for (uint32_t i = 0; i < run.n; i++)
        if (!index_fits(kb, entry[i], section))
            return false;
    return true;
}

static bool is_finite(double x)
{
    return x - x == 0;
}

/* ---- expressions ---- */

static bool node_fits(const charley_kb *kb, const ch_expr *node)
{
    switch (node->op) {
    case CH_OP_ATOM:
        return node->n == 0 && index_fits(kb, node->a, CH_S_ATOMS);
    case CH_OP_ALL:
    case CH_OP_ANY:
        return true;
    case CH_OP_NOT:
        return node->n == 1;
    case CH_OP_AT_LEAST:
        return node->n > 0 && node->a <= node->n;
    case CH_OP_NUMBER:
        return node->n == 0 && node->comparison <= CH_BELOW && is_finite(node->value) &&
               index_fits(kb, node->a, CH_S_NUMBERS);
    case CH_OP_TWO_NUMBERS:
        return node->n == 0 && node->comparison <= CH_BELOW && is_finite(node->value) &&
               index_fits(kb, node->a, CH_S_NUMBERS) &&
               index_fits(kb, node->b, CH_S_NUMBERS);
    case CH_OP_SCORE:
        return node->n == 0 && node->comparison <= CH_BELOW && is_finite(node->value) &&
               index_fits(kb, node->a, CH_S_SCORES);
    default:
        return false;
    }
}

/* Well-formed postfix: operands come before, sizes add up, one value is left. */
static bool expr_fits(const charley_kb *kb, ch_run run)
{
    if (!run_fits(kb, run, CH_S_EXPRS) || run.n > CH_MAX_EXPR_NODES)
        return false;
    if (run.n == 0)
        return true;
    const ch_expr *nodes = ch_kb_exprs(kb) + run.first;
    uint32_t depth[CH_MAX_EXPR_NODES];
    for (uint32_t i = 0; i < run.n; i++) {
        if (!node_fits(kb, &nodes[i]))
            return false;
        uint32_t size = 1;
        depth[i] = 1;
        for (uint32_t k = 0; k < nodes[i].n; k++) {
            if (size > i)
                return false;
            uint32_t child = i - size;
            size += nodes[child].size;
            if (size > i + 1)
                return false;
            if (depth[child] + 1 > depth[i])
                depth[i] = depth[child] + 1;
        }
        if (nodes[i].size != size || depth[i] > CH_MAX_EXPR_DEPTH)
            return false;
    }
    return nodes[run.n - 1].size == run.n;
}

static bool formula_fits(const charley_kb *kb, ch_run run)
{
    if (!run_fits(kb, run, CH_S_FORMULAS) || run.n > CH_MAX_EXPR_NODES)
        return false;
    if (run.n == 0)
        return true;
    const ch_formula *nodes = ch_kb_formulas(kb) + run.first;
    uint32_t height = 0;
    for (uint32_t i = 0; i < run.n; i++) {
        if (nodes[i].op > CH_F_POWER)
            return false;
        if (nodes[i].op == CH_F_NUMBER && !index_fits(kb, nodes[i].a, CH_S_NUMBERS))
            return false;
        if (nodes[i].op == CH_F_CONSTANT && !is_finite(nodes[i].value))
            return false;
        if (nodes[i].op >= CH_F_ADD && height < 2)
            return false;
        height += nodes[i].op >= CH_F_ADD ? (uint32_t)-1 : 1;
        if (height > CH_MAX_EXPR_DEPTH)
            return false;
    }
    return height == 1;
}

/* `at` points to the field, whose type FIELD has checked. */
static bool field_fits(const charley_kb *kb, const row *field, const void *at)
{
    ch_section of = (ch_section)field->of;
    uint32_t least = field->of / 16u, greatest = field->of % 16u;
    const uint8_t *byte = at;
    const uint32_t *word = at;
    const double *real = at;
    const ch_run *run = at;
    const ch_string *string = at;
    switch ((check)field->check) {
    case A_STRING:
        return string_fits(kb, *string);
    case STRINGS_IN_LISTS:
        return strings_fit(kb, *run);
    case INDEX_OR_NONE:
        return *word == CH_NONE || index_fits(kb, *word, of);
    case AN_INDEX:
        return index_fits(kb, *word, of);
    case A_RUN:
        return run_fits(kb, *run, of);
    case RUN_IN_LISTS:
        return list_fits(kb, *run, of);
    case AN_EXPR:
        return expr_fits(kb, *run);
    case A_FORMULA:
        return formula_fits(kb, *run);
    case NOT_EMPTY:
        return run->n > 0;
    case BYTE_WITHIN:
        return *byte >= least && *byte <= greatest;
    case WORD_WITHIN:
        return *word >= least && *word <= greatest;
    case FINITE:
        return is_finite(*real);
    case NOT_NEGATIVE:
        return is_finite(*real) && *real >= 0;
    case SHARE:
        return *real >= 0 && *real <= 1;
    case BELOW_ONE:
        return *real >= 0 && *real < 1;
    case PROBABILITY:
        return *real > 0 && *real < 1;
    }
    return false;
}

charley_status ch_fail_record(charley_error *error, ch_section section, uint32_t i)
{
    return ch_fail(error, CHARLEY_E_DATA, "the image is damaged: record %u of %s", i,
                   NAMES[section]);
}

charley_status ch_fields_verify(const charley_kb *kb, charley_error *error)
{
    uint32_t n = ch_kb_n(kb, CH_S_STRINGS);
    size_t n_valid = ch_utf8_valid(ch_kb_section(kb, CH_S_STRINGS), n);
    if (n_valid < n)
        return ch_fail_record(error, CH_S_STRINGS, (uint32_t)n_valid);
    for (size_t k = 0; k < sizeof FIELDS / sizeof *FIELDS; k++) {
        const row *field = &FIELDS[k];
        ch_section section = (ch_section)field->section;
        const unsigned char *at = ch_kb_section(kb, section);
        at += field->offset;
        for (uint32_t i = 0; i < ch_kb_n(kb, section); i++, at += STRIDES[section])
            if (!field_fits(kb, field, at))
                return ch_fail_record(error, section, i);
    }
    return CHARLEY_OK;
}
