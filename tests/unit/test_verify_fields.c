/* test_verify_fields.c: which values of which fields an image may not hold.
 *
 * Nothing here reads the table in fields.c, which cannot show that a row is missing.
 * One test spoils every field of a record of every section and compares what is let
 * through with a written list; the others go one beyond the end of each range.
 */
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "image_file.h"
#include "kb/fields.h"
#include "kb/kb.h"
#include "kb/verify.h"

/* Far beyond every section, not CH_NONE, and as the upper half of a double not a
 * number. */
static const uint32_t HUGE_WORD = UINT32_MAX - 15;

typedef struct patient {
    unsigned char *bytes;
    size_t size;
} patient;

typedef charley_status verifier(const ch_header *header, size_t size,
                                charley_error *error);

static ch_header *header_of(const patient *image)
{
    return (ch_header *)(void *)image->bytes;
}

static uint32_t count(const patient *image, ch_section section)
{
    return header_of(image)->sections[section].n;
}

/* Are all fields of this record in use that can be? */
static bool is_telling(ch_section section, const void *record)
{
    const ch_target *target = record;
    const ch_ratio *ratio = record;
    switch (section) {
    case CH_S_EXPRS:
        return ((const ch_expr *)record)->op == CH_OP_TWO_NUMBERS;
    case CH_S_FORMULAS:
        return ((const ch_formula *)record)->op == CH_F_NUMBER;
    case CH_S_NUMBERS:
        return ((const ch_number *)record)->also_units.n > 0;
    case CH_S_DRAWS:
        return ((const ch_draw *)record)->number != CH_NONE;
    case CH_S_RATIOS:
        return ratio->low == ratio->low;
    case CH_S_TARGETS:
        return target->low == target->low;
    default:
        return true;
    }
}

/* The first record that tells. */
static unsigned char *record_of(const patient *image, ch_section section)
{
    unsigned char *record = image->bytes + header_of(image)->sections[section].offset;
    for (uint32_t i = 0; i < count(image, section); i++) {
        if (is_telling(section, record))
            return record;
        record += ch_image_stride(section);
    }
    fail_msg("no record of %s tells", ch_section_name(section));
    return NULL;
}

/* The first of the checks: nothing may be followed before it has passed. */
static charley_status fields_only(const ch_header *header, size_t size,
                                  charley_error *error)
{
    (void)size;
    return ch_fields_verify((const charley_kb *)header, error);
}

/* What `verify` says of the image while these bytes stand at `at`. */
static charley_status ask_with(verifier *verify, const patient *image,
                               unsigned char *at, const void *value, size_t size)
{
    unsigned char kept[16];
    assert_true(size <= sizeof kept);
    memcpy(kept, at, size);
    memcpy(at, value, size);
    charley_status status = verify(header_of(image), image->size, NULL);
    memcpy(at, kept, size);
    assert_true(status == CHARLEY_OK || status == CHARLEY_E_DATA);
    return status;
}

static charley_status verify_with(const patient *image, unsigned char *at,
                                  const void *value, size_t size)
{
    return ask_with(ch_image_verify_records, image, at, value, size);
}

/* ---- every field is looked at ---- */

typedef struct place {
    ch_section section;
    size_t offset, size;
} place;

#define PLACE(section, type, field)                                                    \
    {                                                                                  \
        CH_S_##section, offsetof(type, field), sizeof(((type *)0)->field)              \
    }

/* The first of up to four fields of one byte that share a word. */
static const place BYTES[] = {
    PLACE(EXPRS, ch_expr, op),
    PLACE(PASSPORTS, ch_passport, mark),
    PLACE(FINDINGS, ch_finding, kind),
    PLACE(CONDITIONS, ch_condition, urgency),
    PLACE(RULES, ch_rule, level),
    PLACE(MODIFIERS, ch_modifier, from),
    PLACE(CAUTIONS, ch_caution, unknown),
    PLACE(REMEDIES, ch_remedy, kind),
    PLACE(CLAIMS, ch_claim, verdict),
    PLACE(SCREENS, ch_screen, kind),
    PLACE(META, ch_meta, default_urgency),
};

/* Plain numbers, which may be anything, what a formula of a number does not read, and
 * padding. */
static const place FREE[] = {
    PLACE(FORMULAS, ch_formula, value),
    PLACE(PASSPORTS, ch_passport, pad),
    PLACE(PASSPORTS, ch_passport, published),
    PLACE(SOURCES, ch_source, year),
    PLACE(ATOMS, ch_atom, cluster_rank),
    PLACE(ATOMS, ch_atom, pad),
    PLACE(NUMBERS, ch_number, pad),
    PLACE(CONDITIONS, ch_condition, pad),
    PLACE(CONDITIONS, ch_condition, pad2),
    PLACE(PRIORS, ch_prior, pad),
    PLACE(FACTORS, ch_factor, pad),
    PLACE(RULES, ch_rule, pad),
    PLACE(MODIFIERS, ch_modifier, pad),
    PLACE(CONFLICTS, ch_conflict, pad),
    PLACE(ACTIONS, ch_action, pad),
    PLACE(CAUTIONS, ch_caution, pad),
    PLACE(CAUTIONS, ch_caution, pad2),
    PLACE(REMEDIES, ch_remedy, rank),
    PLACE(REMEDIES, ch_remedy, pad),
    PLACE(SCORE_ITEMS, ch_score_item, pad),
    PLACE(CLAIMS, ch_claim, pad),
    PLACE(DRUGS, ch_drug, pad),
    PLACE(INTERACTIONS, ch_interaction, pad),
    PLACE(REGIONS, ch_region, pad),
    PLACE(SCREENS, ch_screen, order),
    PLACE(TARGETS, ch_target, pad),
    PLACE(META, ch_meta, pad),
};

/* Doubles that are checked: a lower half may belong to a value in range or not. */
static const place REALS[] = {
    PLACE(EXPRS, ch_expr, value),
    PLACE(PASSPORTS, ch_passport, n),
    PLACE(PASSPORTS, ch_passport, of),
    PLACE(ATOMS, ch_atom, leak),
    PLACE(ATOMS, ch_atom, leak_sd),
    PLACE(NUMBERS, ch_number, minimum),
    PLACE(NUMBERS, ch_number, maximum),
    PLACE(CONDITIONS, ch_condition, floor),
    PLACE(CONDITIONS, ch_condition, act_above),
    PLACE(PRIORS, ch_prior, p),
    PLACE(PRIORS, ch_prior, sd),
    PLACE(FACTORS, ch_factor, log_yes),
    PLACE(FACTORS, ch_factor, log_no),
    PLACE(FACTORS, ch_factor, sd),
    PLACE(LINKS, ch_link, p),
    PLACE(LINKS, ch_link, sd),
    PLACE(SCORE_ITEMS, ch_score_item, points),
    PLACE(BANDS, ch_band, upper),
    PLACE(RATIOS, ch_ratio, value),
    PLACE(RATIOS, ch_ratio, low),
    PLACE(RATIOS, ch_ratio, high),
    PLACE(DRAWS, ch_draw, p),
    PLACE(DRAWS, ch_draw, from),
    PLACE(DRAWS, ch_draw, to),
    PLACE(SLIPS, ch_slip, p),
    PLACE(TARGETS, ch_target, p),
    PLACE(TARGETS, ch_target, low),
    PLACE(TARGETS, ch_target, high),
    PLACE(META, ch_meta, cap_lr),
    PLACE(META, ch_meta, show_above),
    PLACE(META, ch_meta, offer_above),
    PLACE(META, ch_meta, enough_gain),
};

/* In map, one flag a byte of the record: does the image stay sound with this byte, or
 * the word it is in, spoilt? */
static void spoil(const patient *image, ch_section section, bool *map)
{
    unsigned char *record = record_of(image, section);
    for (size_t at = 0; at < ch_image_stride(section); at++) {
        bool is_byte = false;
        for (size_t k = 0; k < sizeof BYTES / sizeof *BYTES; k++)
            is_byte |= BYTES[k].section == section && BYTES[k].offset == at / 4 * 4;
        unsigned char *from = record + (is_byte ? at : at / 4 * 4);
        map[at] = verify_with(image, from, &HUGE_WORD, is_byte ? 1 : 4) == CHARLEY_OK;
    }
}

static void every_field_is_looked_at(void **state)
{
    const patient *image = *state;
    for (uint32_t s = CH_S_LISTS; s < CH_N_SECTIONS; s++) {
        bool found[256], wanted[256] = {false}, either[256] = {false};
        assert_true(count(image, (ch_section)s) > 0);
        for (size_t k = 0; k < sizeof FREE / sizeof *FREE; k++)
            for (size_t i = 0; FREE[k].section == s && i < FREE[k].size; i++)
                wanted[FREE[k].offset + i] = true;
        for (size_t k = 0; k < sizeof REALS / sizeof *REALS; k++)
            for (size_t i = 0; REALS[k].section == s && i < 4; i++)
                either[REALS[k].offset + i] = true;
        spoil(image, (ch_section)s, found);
        for (size_t at = 0; at < ch_image_stride((ch_section)s); at++)
            if (!either[at] && found[at] != wanted[at])
                fail_msg("byte %zu of %s is %s", at, ch_section_name((ch_section)s),
                         found[at] ? "not looked at" : "looked at; take it off a list");
    }
}

/* ---- one beyond each end ---- */

typedef struct reference {
    place at;
    ch_section of;
} reference;

#define TO(section, type, field, of)                                                   \
    {                                                                                  \
        PLACE(section, type, field), CH_S_##of                                         \
    }

static const reference INDEXES[] = {
    TO(VARIANTS, ch_variant, word, WORDS),
    TO(VARIANTS, ch_variant, region, REGIONS),
    TO(PASSPORTS, ch_passport, source, SOURCES),
    TO(FINDINGS, ch_finding, screen, SCREENS),
    TO(FINDINGS, ch_finding, number, NUMBERS),
    TO(ATOMS, ch_atom, finding, FINDINGS),
    TO(ATOMS, ch_atom, cluster, CLUSTERS),
    TO(ATOMS, ch_atom, passport, PASSPORTS),
    TO(NUMBERS, ch_number, finding, FINDINGS),
    TO(CONDITIONS, ch_condition, floor_passport, PASSPORTS),
    TO(CONDITIONS, ch_condition, act_passport, PASSPORTS),
    TO(CONDITIONS, ch_condition, excluded_by, ATOMS),
    TO(PRIORS, ch_prior, passport, PASSPORTS),
    TO(FACTORS, ch_factor, passport, PASSPORTS),
    TO(LINKS, ch_link, condition, CONDITIONS),
    TO(LINKS, ch_link, atom, ATOMS),
    TO(LINKS, ch_link, passport, PASSPORTS),
    TO(SCORE_ITEMS, ch_score_item, number, NUMBERS),
    TO(RATIOS, ch_ratio, passport, PASSPORTS),
    TO(DRUGS, ch_drug, of, DRUGS),
    TO(DRAWS, ch_draw, atom, ATOMS),
    TO(DRAWS, ch_draw, number, NUMBERS),
    TO(DRAWS, ch_draw, passport, PASSPORTS),
    TO(SLIPS, ch_slip, passport, PASSPORTS),
    TO(TARGETS, ch_target, population, POPULATIONS),
    TO(TARGETS, ch_target, condition, CONDITIONS),
    TO(TARGETS, ch_target, passport, PASSPORTS),
};

static const place NOT_NONE[] = {
    PLACE(VARIANTS, ch_variant, word),    PLACE(VARIANTS, ch_variant, region),
    PLACE(ATOMS, ch_atom, finding),       PLACE(NUMBERS, ch_number, finding),
    PLACE(LINKS, ch_link, condition),     PLACE(LINKS, ch_link, atom),
    PLACE(RATIOS, ch_ratio, passport),    PLACE(TARGETS, ch_target, population),
    PLACE(TARGETS, ch_target, condition),
};

static const reference RUNS[] = {
    TO(ATOMS, ch_atom, links, LINKS),
    TO(CONDITIONS, ch_condition, priors, PRIORS),
    TO(CONDITIONS, ch_condition, factors, FACTORS),
    TO(SCORES, ch_score, items, SCORE_ITEMS),
    TO(SCORES, ch_score, bands, BANDS),
    TO(DRUGS, ch_drug, ratios, RATIOS),
    TO(INTERACTIONS, ch_interaction, ratios, RATIOS),
    TO(FINDINGS, ch_finding, not_if, EXPRS),
    TO(ATOMS, ch_atom, derive, EXPRS),
    TO(PRIORS, ch_prior, when, EXPRS),
    TO(FACTORS, ch_factor, when, EXPRS),
    TO(RULES, ch_rule, when, EXPRS),
    TO(RULES, ch_rule, raise_if, EXPRS),
    TO(MODIFIERS, ch_modifier, when, EXPRS),
    TO(CONFLICTS, ch_conflict, when, EXPRS),
    TO(CAUTIONS, ch_caution, when, EXPRS),
    TO(REMEDIES, ch_remedy, when, EXPRS),
    TO(REMEDIES, ch_remedy, not_for, EXPRS),
    TO(SCORES, ch_score, applies, EXPRS),
    TO(SCORES, ch_score, show, EXPRS),
    TO(SCORE_ITEMS, ch_score_item, when, EXPRS),
    TO(CLAIMS, ch_claim, when, EXPRS),
    TO(DRUGS, ch_drug, when, EXPRS),
    TO(DRUGS, ch_drug, matters, EXPRS),
    TO(INTERACTIONS, ch_interaction, when, EXPRS),
    TO(SCREENS, ch_screen, when, EXPRS),
    TO(DRAWS, ch_draw, when, EXPRS),
    TO(POPULATIONS, ch_population, when, EXPRS),
    TO(META, ch_meta, complaints, EXPRS),
    TO(SCORES, ch_score, formula, FORMULAS),
};

static const reference LISTS[] = {
    TO(FINDINGS, ch_finding, atoms, ATOMS),
    TO(CLUSTERS, ch_cluster, atoms, ATOMS),
    TO(CONDITIONS, ch_condition, mechanisms, WORDS),
    TO(CONDITIONS, ch_condition, tests, TESTS),
    TO(CONDITIONS, ch_condition, clinics, CLINICS),
    TO(RULES, ch_rule, suspects, CONDITIONS),
    TO(RULES, ch_rule, tests, TESTS),
    TO(RULES, ch_rule, clinics, CLINICS),
    TO(RULES, ch_rule, sources, SOURCES),
    TO(MODIFIERS, ch_modifier, sources, SOURCES),
    TO(CAUTIONS, ch_caution, actions, ACTIONS),
    TO(CAUTIONS, ch_caution, suspects, CONDITIONS),
    TO(CAUTIONS, ch_caution, sources, SOURCES),
    TO(REMEDIES, ch_remedy, conditions, CONDITIONS),
    TO(REMEDIES, ch_remedy, actions, ACTIONS),
    TO(REMEDIES, ch_remedy, sources, SOURCES),
    TO(TESTS, ch_topic, sources, SOURCES),
    TO(CLINICS, ch_topic, sources, SOURCES),
    TO(SCORES, ch_score, sources, SOURCES),
    TO(CLAIMS, ch_claim, about, ACTIONS),
    TO(CLAIMS, ch_claim, sources, SOURCES),
    TO(CONTRADICTIONS, ch_contradiction, one, CLAIMS),
    TO(CONTRADICTIONS, ch_contradiction, other, CLAIMS),
    TO(DRUGS, ch_drug, conditions, CONDITIONS),
    TO(DRUGS, ch_drug, sources, SOURCES),
    TO(INTERACTIONS, ch_interaction, drugs, DRUGS),
    TO(INTERACTIONS, ch_interaction, with, DRUGS),
    TO(INTERACTIONS, ch_interaction, cautions, CAUTIONS),
    TO(INTERACTIONS, ch_interaction, sources, SOURCES),
    TO(REGIONS, ch_region, sources, SOURCES),
    TO(SCREENS, ch_screen, findings, FINDINGS),
    TO(POPULATIONS, ch_population, given, ATOMS),
    TO(POPULATIONS, ch_population, having, CONDITIONS),
};

static const place PAIRS[] = {PLACE(NUMBERS, ch_number, also_units),
                              PLACE(DRUGS, ch_drug, names)};

static const place NOT_EMPTY[] = {
    PLACE(CONDITIONS, ch_condition, priors),
    PLACE(FACTORS, ch_factor, when),
    PLACE(RULES, ch_rule, when),
    PLACE(MODIFIERS, ch_modifier, when),
    PLACE(CONFLICTS, ch_conflict, when),
    PLACE(CAUTIONS, ch_caution, when),
    PLACE(INTERACTIONS, ch_interaction, drugs),
    PLACE(SCREENS, ch_screen, findings),
};

static const struct {
    place at;
    uint32_t least, greatest;
} RANGES[] = {
    {PLACE(PASSPORTS, ch_passport, mark), CHARLEY_SHOWN, CHARLEY_ESTIMATE},
    {PLACE(PASSPORTS, ch_passport, evidence), CH_EV_STUDY, CH_EV_JUDGEMENT},
    {PLACE(SOURCES, ch_source, seen), 0, 2},
    {PLACE(FINDINGS, ch_finding, kind), 0, CH_FK_DERIVED},
    {PLACE(FINDINGS, ch_finding, who), 0, CH_WHO_LABORATORY},
    {PLACE(FINDINGS, ch_finding, red_flag), 0, 1},
    {PLACE(FINDINGS, ch_finding, context), 0, 1},
    {PLACE(CONDITIONS, ch_condition, urgency), CHARLEY_SELF_CARE, CHARLEY_AMBULANCE},
    {PLACE(CONDITIONS, ch_condition, must_not_miss), 0, 1},
    {PLACE(LINKS, ch_link, kind), 0, CH_LINK_STRENGTH},
    {PLACE(RULES, ch_rule, level), CHARLEY_SELF_CARE, CHARLEY_AMBULANCE},
    {PLACE(RULES, ch_rule, unknown), 0, CH_UNKNOWN_IGNORE},
    {PLACE(MODIFIERS, ch_modifier, from), CHARLEY_SELF_CARE, CHARLEY_AMBULANCE},
    {PLACE(MODIFIERS, ch_modifier, at_most), CHARLEY_SELF_CARE, CHARLEY_AMBULANCE},
    {PLACE(CAUTIONS, ch_caution, unknown), CH_UNKNOWN_RAISE, CH_UNKNOWN_IGNORE},
    {PLACE(CAUTIONS, ch_caution, verdict), CHARLEY_ASK_FIRST, CHARLEY_FORBIDDEN},
    {PLACE(CAUTIONS, ch_caution, always_shown), 0, 1},
    {PLACE(REMEDIES, ch_remedy, kind), 0, CH_CLINICIAN_ONLY},
    {PLACE(REMEDIES, ch_remedy, in_emergency), 0, 1},
    {PLACE(SCORES, ch_score, decimals), 0, 6},
    {PLACE(SCORES, ch_score, is_ladder), 0, 1},
    {PLACE(SCORE_ITEMS, ch_score_item, clinician_only), 0, 1},
    {PLACE(BANDS, ch_band, upper_open), 0, 1},
    {PLACE(CLAIMS, ch_claim, verdict), 0, CH_CLAIM_UNSAFE},
    {PLACE(CLAIMS, ch_claim, soothing), 0, 1},
    {PLACE(RATIOS, ch_ratio, kind), 0, CH_HAZARD_RATIO},
    {PLACE(DRUGS, ch_drug, effect), 0, CH_CLASH},
    {PLACE(INTERACTIONS, ch_interaction, level), 0, CH_HOURS_APART},
    {PLACE(SCREENS, ch_screen, kind), 0, CHARLEY_ASK_GROUPS},
    {PLACE(SCREENS, ch_screen, danger), 0, 1},
    {PLACE(SCREENS, ch_screen, who), 0, CH_WHO_LABORATORY},
    {PLACE(SCREENS, ch_screen, cost), 1, 9},
    {PLACE(DRAWS, ch_draw, is_after), 0, 1},
    {PLACE(SLIPS, ch_slip, who), 0, CH_WHO_LABORATORY},
    {PLACE(SLIPS, ch_slip, kind), 0, CH_SLIP_DONT_KNOW},
    {PLACE(SLIPS, ch_slip, is_danger), 0, 1},
    {PLACE(POPULATIONS, ch_population, is_story), 0, 1},
    {PLACE(POPULATIONS, ch_population, is_clinic), 0, 1},
    {PLACE(META, ch_meta, default_urgency), CHARLEY_SELF_CARE, CHARLEY_AMBULANCE},
};

static const struct {
    place at;
    double bad[2];
} BAD[] = {
    {PLACE(PRIORS, ch_prior, p), {0, 1}},
    {PLACE(LINKS, ch_link, p), {0, 1}},
    {PLACE(CONDITIONS, ch_condition, act_above), {0, 1}},
    {PLACE(META, ch_meta, show_above), {0, 1}},
    {PLACE(META, ch_meta, offer_above), {0, 1}},
    {PLACE(ATOMS, ch_atom, leak), {-DBL_MIN, 1}},
    {PLACE(CONDITIONS, ch_condition, floor), {-DBL_MIN, 1}},
    {PLACE(DRAWS, ch_draw, p), {-DBL_MIN, 1 + DBL_EPSILON}},
    {PLACE(SLIPS, ch_slip, p), {-DBL_MIN, 1 + DBL_EPSILON}},
    {PLACE(TARGETS, ch_target, p), {-DBL_MIN, 1 + DBL_EPSILON}},
    {PLACE(ATOMS, ch_atom, leak_sd), {-DBL_MIN, INFINITY}},
    {PLACE(PRIORS, ch_prior, sd), {-DBL_MIN, INFINITY}},
    {PLACE(FACTORS, ch_factor, sd), {-DBL_MIN, INFINITY}},
    {PLACE(LINKS, ch_link, sd), {-DBL_MIN, INFINITY}},
    {PLACE(META, ch_meta, enough_gain), {-DBL_MIN, INFINITY}},
    {PLACE(FACTORS, ch_factor, log_yes), {-INFINITY, INFINITY}},
    {PLACE(FACTORS, ch_factor, log_no), {-INFINITY, INFINITY}},
    {PLACE(SCORE_ITEMS, ch_score_item, points), {-INFINITY, INFINITY}},
    {PLACE(RATIOS, ch_ratio, value), {0, INFINITY}},
    {PLACE(RATIOS, ch_ratio, low), {0, INFINITY}},
    {PLACE(RATIOS, ch_ratio, high), {0, INFINITY}},
    {PLACE(TARGETS, ch_target, low), {-DBL_MIN, 1 + DBL_EPSILON}},
    {PLACE(TARGETS, ch_target, high), {-DBL_MIN, 1 + DBL_EPSILON}},
    {PLACE(META, ch_meta, cap_lr), {1, INFINITY}},
    {PLACE(PASSPORTS, ch_passport, n), {-1, INFINITY}},
    {PLACE(NUMBERS, ch_number, minimum), {INFINITY, NAN}},
    {PLACE(NUMBERS, ch_number, maximum), {-INFINITY, NAN}},
};

static void refuses(const patient *image, place at, const void *value)
{
    unsigned char *field = record_of(image, at.section) + at.offset;
    if (ask_with(fields_only, image, field, value, at.size) != CHARLEY_E_DATA)
        fail_msg("byte %zu of %s may be out of range", at.offset,
                 ch_section_name(at.section));
}

static void an_index_beyond_its_section_is_refused(void **state)
{
    const patient *image = *state;
    for (size_t k = 0; k < sizeof INDEXES / sizeof *INDEXES; k++) {
        uint32_t beyond = count(image, INDEXES[k].of);
        refuses(image, INDEXES[k].at, &beyond);
    }
    for (size_t k = 0; k < sizeof NOT_NONE / sizeof *NOT_NONE; k++) {
        uint32_t none = CH_NONE;
        refuses(image, NOT_NONE[k], &none);
    }
}

static void a_run_beyond_its_section_is_refused(void **state)
{
    const patient *image = *state;
    for (size_t k = 0; k < sizeof RUNS / sizeof *RUNS; k++) {
        uint32_t n = count(image, RUNS[k].of);
        refuses(image, RUNS[k].at, &(ch_run){n, 1});
        refuses(image, RUNS[k].at, &(ch_run){n + 1, 0});
        refuses(image, RUNS[k].at, &(ch_run){1, UINT32_MAX});
    }
    for (size_t k = 0; k < sizeof NOT_EMPTY / sizeof *NOT_EMPTY; k++)
        refuses(image, NOT_EMPTY[k], &(ch_run){0, 0});
}

/* The entry of LISTS that is least of those from `least` on. */
static uint32_t entry_from(const patient *image, uint32_t least)
{
    const uint32_t *entry = (const void *)record_of(image, CH_S_LISTS);
    uint32_t best = CH_NONE;
    for (uint32_t i = 0; i < count(image, CH_S_LISTS); i++)
        if (entry[i] >= least && (best == CH_NONE || entry[i] < entry[best]))
            best = i;
    assert_true(best != CH_NONE);
    return best;
}

static void a_list_of_what_is_not_there_is_refused(void **state)
{
    const patient *image = *state;
    uint32_t n = count(image, CH_S_LISTS);
    for (size_t k = 0; k < sizeof LISTS / sizeof *LISTS; k++) {
        uint32_t beyond = entry_from(image, count(image, LISTS[k].of));
        refuses(image, LISTS[k].at, &(ch_run){beyond, 1});
        refuses(image, LISTS[k].at, &(ch_run){n, 1});
    }
}

static void a_name_outside_the_strings_is_refused(void **state)
{
    const patient *image = *state;
    for (size_t k = 0; k < sizeof PAIRS / sizeof *PAIRS; k++) {
        const unsigned char *record = record_of(image, PAIRS[k].section);
        const ch_run *run = (const void *)(record + PAIRS[k].offset);
        assert_true(run->n > 0);
        unsigned char *pair =
            record_of(image, CH_S_LISTS) + run->first * sizeof(uint32_t);
        assert_int_equal(verify_with(image, pair, &HUGE_WORD, 4), CHARLEY_E_DATA);
        assert_int_equal(verify_with(image, pair + 4, &HUGE_WORD, 4), CHARLEY_E_DATA);
        refuses(image, PAIRS[k], &(ch_run){run->first, run->n - 1});
        refuses(image, PAIRS[k], &(ch_run){count(image, CH_S_LISTS), 2});
    }
}

static void half_a_character_is_refused(void **state)
{
    const patient *image = *state;
    static const place text = PLACE(WORDS, ch_word, text);
    unsigned char *strings = record_of(image, CH_S_STRINGS);
    uint32_t tail = 1;
    while ((strings[tail] & 0xC0) != 0x80)
        tail++;
    refuses(image, text, &(ch_string){tail, 0});
    refuses(image, text, &(ch_string){tail - 1, 1});
    assert_int_equal(verify_with(image, strings + tail, "x", 1), CHARLEY_E_DATA);
}

static void a_kind_that_does_not_exist_is_refused(void **state)
{
    const patient *image = *state;
    for (size_t k = 0; k < sizeof RANGES / sizeof *RANGES; k++) {
        uint32_t above = RANGES[k].greatest + 1, below = RANGES[k].least - 1;
        refuses(image, RANGES[k].at, &above);
        refuses(image, RANGES[k].at, &below);
    }
}

static void a_number_out_of_range_is_refused(void **state)
{
    const patient *image = *state;
    for (size_t k = 0; k < sizeof BAD / sizeof *BAD; k++) {
        unsigned char *field = record_of(image, BAD[k].at.section) + BAD[k].at.offset;
        for (size_t i = 0; i < 2; i++)
            if (verify_with(image, field, &BAD[k].bad[i], sizeof(double)) !=
                CHARLEY_E_DATA)
                fail_msg("byte %zu of %s may be %g", BAD[k].at.offset,
                         ch_section_name(BAD[k].at.section), BAD[k].bad[i]);
    }
}

static int read_image(void **state)
{
    static patient image;
    image.bytes = read_image_file(&image.size);
    *state = &image;
    return 0;
}

static int forget_image(void **state)
{
    free(((patient *)*state)->bytes);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_is_looked_at),
        cmocka_unit_test(an_index_beyond_its_section_is_refused),
        cmocka_unit_test(a_run_beyond_its_section_is_refused),
        cmocka_unit_test(a_list_of_what_is_not_there_is_refused),
        cmocka_unit_test(a_name_outside_the_strings_is_refused),
        cmocka_unit_test(half_a_character_is_refused),
        cmocka_unit_test(a_kind_that_does_not_exist_is_refused),
        cmocka_unit_test(a_number_out_of_range_is_refused),
    };
    return cmocka_run_group_tests(tests, read_image, forget_image);
}
