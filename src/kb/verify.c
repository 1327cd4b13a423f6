/* verify.c: see verify.h.
 *
 * The engine trusts an opened image completely, so nothing may be skipped here: a
 * record type added to image.h gets a check below, and the table of checks has one row
 * a section. The hash finds accidents; the checks also stop an image made to harm.
 * The file is long because it is that table: one short check a record type, and they
 * are read side by side with image.h.
 */
#include "kb/verify.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "base/view.h"

typedef struct image {
    const charley_kb *kb;
} image;

static const uint32_t STRIDE[CH_N_SECTIONS] = {
    [CH_S_STRINGS] = 1,
    [CH_S_LISTS] = sizeof(uint32_t),
    [CH_S_WORDS] = sizeof(ch_word),
    [CH_S_VARIANTS] = sizeof(ch_variant),
    [CH_S_EXPRS] = sizeof(ch_expr),
    [CH_S_FORMULAS] = sizeof(ch_formula),
    [CH_S_PASSPORTS] = sizeof(ch_passport),
    [CH_S_SOURCES] = sizeof(ch_source),
    [CH_S_FINDINGS] = sizeof(ch_finding),
    [CH_S_ATOMS] = sizeof(ch_atom),
    [CH_S_ATOM_ORDER] = sizeof(uint32_t),
    [CH_S_NUMBERS] = sizeof(ch_number),
    [CH_S_CLUSTERS] = sizeof(ch_cluster),
    [CH_S_CONDITIONS] = sizeof(ch_condition),
    [CH_S_PRIORS] = sizeof(ch_prior),
    [CH_S_FACTORS] = sizeof(ch_factor),
    [CH_S_LINKS] = sizeof(ch_link),
    [CH_S_RULES] = sizeof(ch_rule),
    [CH_S_MODIFIERS] = sizeof(ch_modifier),
    [CH_S_CONFLICTS] = sizeof(ch_conflict),
    [CH_S_ACTIONS] = sizeof(ch_action),
    [CH_S_CAUTIONS] = sizeof(ch_caution),
    [CH_S_REMEDIES] = sizeof(ch_remedy),
    [CH_S_TESTS] = sizeof(ch_topic),
    [CH_S_CLINICS] = sizeof(ch_topic),
    [CH_S_SCORES] = sizeof(ch_score),
    [CH_S_SCORE_ITEMS] = sizeof(ch_score_item),
    [CH_S_BANDS] = sizeof(ch_band),
    [CH_S_CLAIMS] = sizeof(ch_claim),
    [CH_S_CONTRADICTIONS] = sizeof(ch_contradiction),
    [CH_S_RATIOS] = sizeof(ch_ratio),
    [CH_S_DRUGS] = sizeof(ch_drug),
    [CH_S_INTERACTIONS] = sizeof(ch_interaction),
    [CH_S_REGIONS] = sizeof(ch_region),
    [CH_S_SCREENS] = sizeof(ch_screen),
    [CH_S_DRAWS] = sizeof(ch_draw),
    [CH_S_SLIPS] = sizeof(ch_slip),
    [CH_S_POPULATIONS] = sizeof(ch_population),
    [CH_S_TARGETS] = sizeof(ch_target),
    [CH_S_META] = sizeof(ch_meta),
};

uint32_t ch_image_stride(ch_section section)
{
    return STRIDE[section];
}

static void hash_image(const ch_header *header, size_t size, uint8_t digest[32],
                       char hash[64])
{
    static const char HEX[] = "0123456789abcdef";
    size_t first = offsetof(ch_header, sections);
    ch_sha256((const unsigned char *)header + first, size - first, digest);
    for (size_t i = 0; i < 32; i++) {
        hash[2 * i] = HEX[digest[i] >> 4];
        hash[2 * i + 1] = HEX[digest[i] & 15];
    }
}

void ch_image_seal(ch_header *header, size_t size)
{
    hash_image(header, size, header->digest, header->hash);
}

/* ---- small checks; each answers "is it in range?" ---- */

static bool run_fits(const image *im, ch_run run, ch_section section)
{
    uint32_t n = ch_kb_n(im->kb, section);
    return run.first <= n && run.n <= n - run.first;
}

static bool string_fits(const image *im, ch_string string)
{
    uint32_t n = ch_kb_n(im->kb, CH_S_STRINGS);
    if (string.offset > n || string.size > n - string.offset)
        return false;
    charley_text text = ch_kb_string(im->kb, string);
    return ch_utf8_valid(text.bytes, text.size) == text.size;
}

static bool index_fits(const image *im, uint32_t index, ch_section section)
{
    return index < ch_kb_n(im->kb, section);
}

static bool index_or_none(const image *im, uint32_t index, ch_section section)
{
    return index == CH_NONE || index_fits(im, index, section);
}

static bool word_fits(const image *im, uint32_t word)
{
    return index_or_none(im, word, CH_S_WORDS);
}

/* A run in LISTS all of whose entries are indexes into `section`. */
static bool list_fits(const image *im, ch_run run, ch_section section)
{
    if (!run_fits(im, run, CH_S_LISTS))
        return false;
    const uint32_t *entry = ch_kb_list(im->kb, run);
    for (uint32_t i = 0; i < run.n; i++)
        if (!index_fits(im, entry[i], section))
            return false;
    return true;
}

static bool is_probability(double p)
{
    return p > 0 && p < 1;
}

static bool is_finite(double x)
{
    return x - x == 0;
}

static bool sd_fits(double sd)
{
    return is_finite(sd) && sd >= 0;
}

/* ---- expressions ---- */

static bool node_fits(const image *im, const ch_expr *node)
{
    switch (node->op) {
    case CH_OP_ATOM:
        return node->n == 0 && index_fits(im, node->a, CH_S_ATOMS);
    case CH_OP_ALL:
    case CH_OP_ANY:
        return true;
    case CH_OP_NOT:
        return node->n == 1;
    case CH_OP_AT_LEAST:
        return node->n > 0 && node->a <= node->n;
    case CH_OP_NUMBER:
        return node->n == 0 && node->comparison <= CH_BELOW && is_finite(node->value) &&
               index_fits(im, node->a, CH_S_NUMBERS);
    case CH_OP_TWO_NUMBERS:
        return node->n == 0 && node->comparison <= CH_BELOW && is_finite(node->value) &&
               index_fits(im, node->a, CH_S_NUMBERS) &&
               index_fits(im, node->b, CH_S_NUMBERS);
    case CH_OP_SCORE:
        return node->n == 0 && node->comparison <= CH_BELOW && is_finite(node->value) &&
               index_fits(im, node->a, CH_S_SCORES);
    default:
        return false;
    }
}

/* Well-formed postfix: operands come before, sizes add up, one value is left. */
static bool expr_fits(const image *im, ch_run run)
{
    if (run.n == 0)
        return true;
    if (!run_fits(im, run, CH_S_EXPRS) || run.n > CH_MAX_EXPR_NODES)
        return false;
    const ch_expr *nodes = ch_kb_exprs(im->kb) + run.first;
    uint32_t depth[CH_MAX_EXPR_NODES];
    for (uint32_t i = 0; i < run.n; i++) {
        if (!node_fits(im, &nodes[i]))
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

static bool formula_fits(const image *im, ch_run run)
{
    if (run.n == 0)
        return true;
    if (!run_fits(im, run, CH_S_FORMULAS) || run.n > CH_MAX_EXPR_NODES)
        return false;
    const ch_formula *nodes = ch_kb_formulas(im->kb) + run.first;
    uint32_t height = 0;
    for (uint32_t i = 0; i < run.n; i++) {
        if (nodes[i].op > CH_F_POWER)
            return false;
        if (nodes[i].op == CH_F_NUMBER && !index_fits(im, nodes[i].a, CH_S_NUMBERS))
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

/* ---- one check a section: is record i sound? ---- */

#define RECORD(type, section)                                                          \
    const type *r = (const type *)ch_kb_section(im->kb, section) + i

static bool list_entry_ok(const image *im, uint32_t i)
{
    (void)im;
    (void)i;
    return true; /* checked by the records that own the run */
}

static bool word_ok(const image *im, uint32_t i)
{
    RECORD(ch_word, CH_S_WORDS);
    if (!string_fits(im, r->key) || !string_fits(im, r->text))
        return false;
    return i == 0 || !r->key.size ||
           (r[-1].key.size && ch_view_compare(ch_kb_string(im->kb, r[-1].key),
                                              ch_kb_string(im->kb, r->key)) < 0);
}

static bool variant_ok(const image *im, uint32_t i)
{
    RECORD(ch_variant, CH_S_VARIANTS);
    if (!index_fits(im, r->word, CH_S_WORDS) ||
        !index_fits(im, r->region, CH_S_REGIONS) || !string_fits(im, r->text))
        return false;
    return i == 0 || r[-1].word < r->word ||
           (r[-1].word == r->word && r[-1].region < r->region);
}

static bool passport_ok(const image *im, uint32_t i)
{
    RECORD(ch_passport, CH_S_PASSPORTS);
    return string_fits(im, r->claim) && string_fits(im, r->derivation) &&
           string_fits(im, r->at) && string_fits(im, r->note) &&
           index_or_none(im, r->source, CH_S_SOURCES) && r->mark >= CHARLEY_SHOWN &&
           r->mark <= CHARLEY_ESTIMATE && r->evidence >= CH_EV_STUDY &&
           r->evidence <= CH_EV_JUDGEMENT && r->n >= 0 && r->of >= r->n;
}

static bool source_ok(const image *im, uint32_t i)
{
    RECORD(ch_source, CH_S_SOURCES);
    return string_fits(im, r->id) && string_fits(im, r->citation) &&
           string_fits(im, r->locator) && r->seen <= 2;
}

/* A finding and its atoms and its number name each other. */
static bool owns_its_parts(const image *im, const ch_finding *finding, uint32_t i)
{
    const uint32_t *atom = ch_kb_list(im->kb, finding->atoms);
    for (uint32_t k = 0; k < finding->atoms.n; k++)
        if (ch_kb_atoms(im->kb)[atom[k]].finding != i)
            return false;
    return finding->number == CH_NONE ||
           ch_kb_numbers(im->kb)[finding->number].finding == i;
}

static bool finding_ok(const image *im, uint32_t i)
{
    RECORD(ch_finding, CH_S_FINDINGS);
    if (!string_fits(im, r->id) || r->kind > CH_FK_DERIVED ||
        r->who > CH_WHO_LABORATORY || !index_or_none(im, r->screen, CH_S_SCREENS) ||
        !list_fits(im, r->atoms, CH_S_ATOMS) ||
        !index_or_none(im, r->number, CH_S_NUMBERS) || !expr_fits(im, r->not_if) ||
        !word_fits(im, r->word_ask) || !word_fits(im, r->word_label) ||
        !word_fits(im, r->word_how) || !word_fits(im, r->word_why))
        return false;
    if ((r->kind == CH_FK_NUMBER) != (r->number != CH_NONE) ||
        !owns_its_parts(im, r, i))
        return false;
    if (r->kind == CH_FK_NUMBER)
        return r->atoms.n == 0;
    return r->kind == CH_FK_ONE_OF ? r->atoms.n >= 2 : r->atoms.n == 1;
}

/* All links in the run are of this atom; that no other is, link_ok sees. */
static bool owns_its_links(const image *im, const ch_atom *atom, uint32_t i)
{
    const ch_link *link = ch_kb_links(im->kb) + atom->links.first;
    for (uint32_t k = 0; k < atom->links.n; k++)
        if (link[k].atom != i)
            return false;
    return true;
}

static bool atom_ok(const image *im, uint32_t i)
{
    RECORD(ch_atom, CH_S_ATOMS);
    return string_fits(im, r->id) && index_fits(im, r->finding, CH_S_FINDINGS) &&
           word_fits(im, r->word_label) && expr_fits(im, r->derive) &&
           index_or_none(im, r->cluster, CH_S_CLUSTERS) &&
           run_fits(im, r->links, CH_S_LINKS) && owns_its_links(im, r, i) &&
           index_or_none(im, r->passport, CH_S_PASSPORTS) && r->leak >= 0 &&
           r->leak < 1 &&
           (r->links.n == 0 || (is_probability(r->leak) && sd_fits(r->leak_sd)));
}

static bool order_ok(const image *im, uint32_t i)
{
    RECORD(uint32_t, CH_S_ATOM_ORDER);
    return index_fits(im, *r, CH_S_ATOMS);
}

/* A run in LISTS of pairs offset,size, each a string. */
static bool strings_fit(const image *im, ch_run run)
{
    if (!run_fits(im, run, CH_S_LISTS) || run.n % 2)
        return false;
    const uint32_t *pair = ch_kb_list(im->kb, run);
    for (uint32_t k = 0; k < run.n; k += 2)
        if (!string_fits(im, (ch_string){pair[k], pair[k + 1]}))
            return false;
    return true;
}

static bool number_ok(const image *im, uint32_t i)
{
    RECORD(ch_number, CH_S_NUMBERS);
    return index_fits(im, r->finding, CH_S_FINDINGS) && string_fits(im, r->unit) &&
           string_fits(im, r->substance) && r->minimum <= r->maximum &&
           strings_fit(im, r->also_units);
}

static bool cluster_ok(const image *im, uint32_t i)
{
    RECORD(ch_cluster, CH_S_CLUSTERS);
    return string_fits(im, r->id) && list_fits(im, r->atoms, CH_S_ATOMS);
}

static bool condition_ok(const image *im, uint32_t i)
{
    RECORD(ch_condition, CH_S_CONDITIONS);
    return string_fits(im, r->id) && string_fits(im, r->family) &&
           string_fits(im, r->codes) && r->urgency >= CHARLEY_SELF_CARE &&
           r->urgency <= CHARLEY_AMBULANCE && r->floor >= 0 && r->floor < 1 &&
           is_probability(r->act_above) &&
           index_or_none(im, r->floor_passport, CH_S_PASSPORTS) &&
           index_or_none(im, r->act_passport, CH_S_PASSPORTS) &&
           index_or_none(im, r->excluded_by, CH_S_ATOMS) &&
           list_fits(im, r->mechanisms, CH_S_WORDS) && r->priors.n > 0 &&
           run_fits(im, r->priors, CH_S_PRIORS) &&
           run_fits(im, r->factors, CH_S_FACTORS) &&
           list_fits(im, r->tests, CH_S_TESTS) &&
           list_fits(im, r->clinics, CH_S_CLINICS) && word_fits(im, r->word_name) &&
           word_fits(im, r->word_also) && word_fits(im, r->word_what) &&
           word_fits(im, r->word_mechanism) && word_fits(im, r->word_course);
}

static bool prior_ok(const image *im, uint32_t i)
{
    RECORD(ch_prior, CH_S_PRIORS);
    return expr_fits(im, r->when) && is_probability(r->p) && sd_fits(r->sd) &&
           index_or_none(im, r->passport, CH_S_PASSPORTS);
}

static bool factor_ok(const image *im, uint32_t i)
{
    RECORD(ch_factor, CH_S_FACTORS);
    return r->when.n > 0 && expr_fits(im, r->when) && is_finite(r->log_yes) &&
           is_finite(r->log_no) && sd_fits(r->sd) &&
           index_or_none(im, r->passport, CH_S_PASSPORTS);
}

/* Link i lies in the run of its atom, after those of lower conditions. */
static bool link_is_in_place(const image *im, const ch_link *r, uint32_t i)
{
    ch_run run = ch_kb_atoms(im->kb)[r->atom].links;
    if (i < run.first || i - run.first >= run.n)
        return false;
    return i == run.first || r[-1].condition < r->condition;
}

static bool link_ok(const image *im, uint32_t i)
{
    RECORD(ch_link, CH_S_LINKS);
    return index_fits(im, r->condition, CH_S_CONDITIONS) &&
           index_fits(im, r->atom, CH_S_ATOMS) && link_is_in_place(im, r, i) &&
           r->kind <= CH_LINK_STRENGTH &&
           index_or_none(im, r->passport, CH_S_PASSPORTS) && is_probability(r->p) &&
           sd_fits(r->sd);
}

static bool rule_ok(const image *im, uint32_t i)
{
    RECORD(ch_rule, CH_S_RULES);
    return string_fits(im, r->id) && string_fits(im, r->code) &&
           string_fits(im, r->hazard) && r->level >= CHARLEY_SELF_CARE &&
           r->level <= CHARLEY_AMBULANCE && r->unknown <= CH_UNKNOWN_IGNORE &&
           word_fits(im, r->word_why) && word_fits(im, r->word_now) && r->when.n > 0 &&
           expr_fits(im, r->when) && expr_fits(im, r->raise_if) &&
           list_fits(im, r->suspects, CH_S_CONDITIONS) &&
           list_fits(im, r->tests, CH_S_TESTS) &&
           list_fits(im, r->clinics, CH_S_CLINICS) &&
           list_fits(im, r->sources, CH_S_SOURCES);
}

static bool modifier_ok(const image *im, uint32_t i)
{
    RECORD(ch_modifier, CH_S_MODIFIERS);
    return string_fits(im, r->id) && r->when.n > 0 && expr_fits(im, r->when) &&
           r->from >= CHARLEY_SELF_CARE && r->at_most <= CHARLEY_AMBULANCE &&
           word_fits(im, r->word_why) && list_fits(im, r->sources, CH_S_SOURCES);
}

static bool conflict_ok(const image *im, uint32_t i)
{
    RECORD(ch_conflict, CH_S_CONFLICTS);
    return string_fits(im, r->id) && r->when.n > 0 && expr_fits(im, r->when) &&
           word_fits(im, r->word);
}

static bool action_ok(const image *im, uint32_t i)
{
    RECORD(ch_action, CH_S_ACTIONS);
    return string_fits(im, r->id) && word_fits(im, r->word_name);
}

static bool caution_ok(const image *im, uint32_t i)
{
    RECORD(ch_caution, CH_S_CAUTIONS);
    return string_fits(im, r->id) && r->when.n > 0 && expr_fits(im, r->when) &&
           (r->unknown == CH_UNKNOWN_RAISE || r->unknown == CH_UNKNOWN_IGNORE) &&
           (r->verdict == CHARLEY_ASK_FIRST || r->verdict == CHARLEY_FORBIDDEN) &&
           word_fits(im, r->word_why) && word_fits(im, r->word_lift) &&
           list_fits(im, r->actions, CH_S_ACTIONS) &&
           list_fits(im, r->suspects, CH_S_CONDITIONS) &&
           list_fits(im, r->sources, CH_S_SOURCES) && string_fits(im, r->hazard);
}

static bool remedy_ok(const image *im, uint32_t i)
{
    RECORD(ch_remedy, CH_S_REMEDIES);
    return string_fits(im, r->id) && string_fits(im, r->grade) &&
           r->kind <= CH_CLINICIAN_ONLY && expr_fits(im, r->when) &&
           expr_fits(im, r->not_for) && list_fits(im, r->conditions, CH_S_CONDITIONS) &&
           list_fits(im, r->actions, CH_S_ACTIONS) &&
           list_fits(im, r->sources, CH_S_SOURCES) && word_fits(im, r->word_name) &&
           word_fits(im, r->word_how) && word_fits(im, r->word_population) &&
           word_fits(im, r->word_dose) && word_fits(im, r->word_effect) &&
           word_fits(im, r->word_harms) && word_fits(im, r->word_who_not);
}

static bool topic_ok(const image *im, const ch_topic *r)
{
    return string_fits(im, r->id) && word_fits(im, r->word_name) &&
           word_fits(im, r->word_text) && list_fits(im, r->sources, CH_S_SOURCES);
}

static bool test_ok(const image *im, uint32_t i)
{
    return topic_ok(im, ch_kb_tests(im->kb) + i);
}

static bool clinic_ok(const image *im, uint32_t i)
{
    return topic_ok(im, ch_kb_clinics(im->kb) + i);
}

/* The rungs fall, and only the last may stand without an expression; each has its band,
 * counted from below. */
static bool ladder_fits(const image *im, const ch_score *score)
{
    const ch_score_item *rung = ch_kb_score_items(im->kb) + score->items.first;
    if (score->bands.n != score->items.n || score->items.n == 0)
        return false;
    for (uint32_t i = 0; i < score->items.n; i++) {
        bool is_last = i + 1 == score->items.n;
        if (rung[i].number != CH_NONE || (rung[i].when.n == 0) != is_last ||
            (!is_last && !(rung[i].points > rung[i + 1].points)))
            return false;
    }
    return true;
}

/* An item adds points when something is yes, or a number. */
static bool sum_fits(const image *im, const ch_score *score)
{
    const ch_score_item *item = ch_kb_score_items(im->kb) + score->items.first;
    for (uint32_t i = 0; i < score->items.n; i++) {
        if ((item[i].when.n > 0) != (item[i].number == CH_NONE))
            return false;
        if (item[i].number == CH_NONE)
            continue;
        const ch_number *number = &ch_kb_numbers(im->kb)[item[i].number];
        if (!is_finite(number->minimum) || !is_finite(number->maximum))
            return false;
    }
    return true;
}

static bool score_ok(const image *im, uint32_t i)
{
    RECORD(ch_score, CH_S_SCORES);
    return string_fits(im, r->id) && expr_fits(im, r->applies) &&
           expr_fits(im, r->show) && run_fits(im, r->items, CH_S_SCORE_ITEMS) &&
           formula_fits(im, r->formula) && (r->items.n > 0) != (r->formula.n > 0) &&
           run_fits(im, r->bands, CH_S_BANDS) &&
           list_fits(im, r->sources, CH_S_SOURCES) && word_fits(im, r->word_name) &&
           word_fits(im, r->word_limits) && r->decimals <= 6 && r->is_ladder <= 1 &&
           (r->is_ladder ? ladder_fits(im, r) : sum_fits(im, r));
}

static bool score_item_ok(const image *im, uint32_t i)
{
    RECORD(ch_score_item, CH_S_SCORE_ITEMS);
    return string_fits(im, r->id) && expr_fits(im, r->when) && is_finite(r->points) &&
           index_or_none(im, r->number, CH_S_NUMBERS) && word_fits(im, r->word_label);
}

static bool band_ok(const image *im, uint32_t i)
{
    RECORD(ch_band, CH_S_BANDS);
    return string_fits(im, r->id) && r->upper == r->upper && word_fits(im, r->word);
}

static bool claim_ok(const image *im, uint32_t i)
{
    RECORD(ch_claim, CH_S_CLAIMS);
    return string_fits(im, r->id) && r->verdict <= CH_CLAIM_UNSAFE &&
           word_fits(im, r->word_says) && word_fits(im, r->word_answer) &&
           word_fits(im, r->word_topics) && expr_fits(im, r->when) &&
           list_fits(im, r->about, CH_S_ACTIONS) &&
           list_fits(im, r->sources, CH_S_SOURCES);
}

static bool contradiction_ok(const image *im, uint32_t i)
{
    RECORD(ch_contradiction, CH_S_CONTRADICTIONS);
    return string_fits(im, r->id) && word_fits(im, r->word_says) &&
           word_fits(im, r->word_answer) && list_fits(im, r->one, CH_S_CLAIMS) &&
           list_fits(im, r->other, CH_S_CLAIMS);
}

static bool ratio_ok(const image *im, uint32_t i)
{
    RECORD(ch_ratio, CH_S_RATIOS);
    bool has_interval = r->low == r->low && r->high == r->high;
    bool has_none = r->low != r->low && r->high != r->high;
    return r->value > 0 && is_finite(r->value) && r->kind <= CH_HAZARD_RATIO &&
           (has_none ||
            (has_interval && r->low > 0 && r->low <= r->high && is_finite(r->high))) &&
           index_fits(im, r->passport, CH_S_PASSPORTS);
}

/* A class is of no other, so that looking up the wider one ends. */
static bool is_of_a_class(const image *im, const ch_drug *drug)
{
    return drug->of == CH_NONE || (index_fits(im, drug->of, CH_S_DRUGS) &&
                                   ch_kb_drugs(im->kb)[drug->of].of == CH_NONE);
}

static bool drug_ok(const image *im, uint32_t i)
{
    RECORD(ch_drug, CH_S_DRUGS);
    return string_fits(im, r->id) && is_of_a_class(im, r) && r->effect <= CH_CLASH &&
           strings_fit(im, r->names) && expr_fits(im, r->when) &&
           expr_fits(im, r->matters) && run_fits(im, r->ratios, CH_S_RATIOS) &&
           list_fits(im, r->conditions, CH_S_CONDITIONS) &&
           list_fits(im, r->sources, CH_S_SOURCES) && word_fits(im, r->word_name) &&
           word_fits(im, r->word_also) && word_fits(im, r->word_why) &&
           word_fits(im, r->word_ratio) && word_fits(im, r->word_do);
}

static bool interaction_ok(const image *im, uint32_t i)
{
    RECORD(ch_interaction, CH_S_INTERACTIONS);
    return string_fits(im, r->id) && r->level <= CH_HOURS_APART && r->drugs.n > 0 &&
           list_fits(im, r->drugs, CH_S_DRUGS) && list_fits(im, r->with, CH_S_DRUGS) &&
           expr_fits(im, r->when) && list_fits(im, r->cautions, CH_S_CAUTIONS) &&
           run_fits(im, r->ratios, CH_S_RATIOS) &&
           list_fits(im, r->sources, CH_S_SOURCES) && word_fits(im, r->word_name) &&
           word_fits(im, r->word_why) && word_fits(im, r->word_ratio) &&
           word_fits(im, r->word_do);
}

static bool region_ok(const image *im, uint32_t i)
{
    RECORD(ch_region, CH_S_REGIONS);
    return string_fits(im, r->id) && string_fits(im, r->emergency) &&
           string_fits(im, r->advice) && list_fits(im, r->sources, CH_S_SOURCES) &&
           word_fits(im, r->word_name);
}

/* Do the findings of a screen fit its kind? Only MANY and GROUPS have more than one. */
static bool screen_asks_its_kind(const image *im, const ch_screen *screen)
{
    static const uint8_t WANTED[] = {[CHARLEY_ASK_YES_NO] = CH_FK_YES_NO,
                                     [CHARLEY_ASK_ONE] = CH_FK_ONE_OF,
                                     [CHARLEY_ASK_MANY] = CH_FK_YES_NO,
                                     [CHARLEY_ASK_NUMBER] = CH_FK_NUMBER,
                                     [CHARLEY_ASK_GROUPS] = CH_FK_ONE_OF};
    const uint32_t *finding = ch_kb_list(im->kb, screen->findings);
    for (uint32_t k = 0; k < screen->findings.n; k++)
        if (ch_kb_findings(im->kb)[finding[k]].kind != WANTED[screen->kind])
            return false;
    return screen->findings.n == 1 || screen->kind == CHARLEY_ASK_MANY ||
           screen->kind == CHARLEY_ASK_GROUPS;
}

static bool screen_ok(const image *im, uint32_t i)
{
    RECORD(ch_screen, CH_S_SCREENS);
    return string_fits(im, r->id) && r->kind <= CHARLEY_ASK_GROUPS &&
           r->who <= CH_WHO_LABORATORY && r->cost >= 1 && r->cost <= 9 &&
           expr_fits(im, r->when) && r->findings.n > 0 &&
           list_fits(im, r->findings, CH_S_FINDINGS) && screen_asks_its_kind(im, r) &&
           word_fits(im, r->word_title) && word_fits(im, r->word_why);
}

static bool is_share(double p)
{
    return p >= 0 && p <= 1;
}

/* A derived fact is drawn only as conditions know it; a value lies in its range. */
static bool draw_ok(const image *im, uint32_t i)
{
    RECORD(ch_draw, CH_S_DRAWS);
    if (!string_fits(im, r->id) || !expr_fits(im, r->when) || r->is_after > 1 ||
        !index_or_none(im, r->passport, CH_S_PASSPORTS) || !is_share(r->p))
        return false;
    if (r->atom != CH_NONE)
        return r->number == CH_NONE && index_fits(im, r->atom, CH_S_ATOMS) &&
               (ch_kb_atoms(im->kb)[r->atom].derive.n == 0 ||
                ch_kb_atoms(im->kb)[r->atom].links.n > 0);
    if (!index_fits(im, r->number, CH_S_NUMBERS))
        return false;
    const ch_number *number = &ch_kb_numbers(im->kb)[r->number];
    return r->from >= number->minimum && r->from <= r->to && r->to <= number->maximum;
}

static bool slip_ok(const image *im, uint32_t i)
{
    RECORD(ch_slip, CH_S_SLIPS);
    return string_fits(im, r->id) && r->who <= CH_WHO_LABORATORY &&
           r->kind <= CH_SLIP_DONT_KNOW && is_share(r->p) && r->is_danger <= 1 &&
           index_or_none(im, r->passport, CH_S_PASSPORTS);
}

static bool population_ok(const image *im, uint32_t i)
{
    RECORD(ch_population, CH_S_POPULATIONS);
    return string_fits(im, r->id) && expr_fits(im, r->when) &&
           list_fits(im, r->given, CH_S_ATOMS) &&
           list_fits(im, r->having, CH_S_CONDITIONS) && r->is_story <= 1 &&
           r->is_clinic <= 1;
}

static bool target_ok(const image *im, uint32_t i)
{
    RECORD(ch_target, CH_S_TARGETS);
    bool has_interval = r->low == r->low || r->high == r->high;
    return string_fits(im, r->id) && index_fits(im, r->population, CH_S_POPULATIONS) &&
           index_fits(im, r->condition, CH_S_CONDITIONS) && is_share(r->p) &&
           (!has_interval ||
            (is_share(r->low) && is_share(r->high) && r->low <= r->high)) &&
           index_or_none(im, r->passport, CH_S_PASSPORTS);
}

static bool meta_ok(const image *im, uint32_t i)
{
    RECORD(ch_meta, CH_S_META);
    return string_fits(im, r->version) && string_fits(im, r->language) &&
           r->default_urgency >= CHARLEY_SELF_CARE &&
           r->default_urgency <= CHARLEY_AMBULANCE && r->cap_lr > 1 &&
           is_probability(r->show_above) && is_probability(r->offer_above) &&
           r->enough_gain >= 0 && expr_fits(im, r->complaints);
}

#undef RECORD

static const struct section_check {
    const char *name;
    bool (*record_ok)(const image *im, uint32_t i);
} CHECK[CH_N_SECTIONS] = {
    [CH_S_STRINGS] = {"strings", NULL},
    [CH_S_LISTS] = {"lists", list_entry_ok},
    [CH_S_WORDS] = {"words", word_ok},
    [CH_S_VARIANTS] = {"variants", variant_ok},
    [CH_S_EXPRS] = {"expressions", list_entry_ok},
    [CH_S_FORMULAS] = {"formulas", list_entry_ok},
    [CH_S_PASSPORTS] = {"passports", passport_ok},
    [CH_S_SOURCES] = {"sources", source_ok},
    [CH_S_FINDINGS] = {"findings", finding_ok},
    [CH_S_ATOMS] = {"atoms", atom_ok},
    [CH_S_ATOM_ORDER] = {"atom order", order_ok},
    [CH_S_NUMBERS] = {"numbers", number_ok},
    [CH_S_CLUSTERS] = {"clusters", cluster_ok},
    [CH_S_CONDITIONS] = {"conditions", condition_ok},
    [CH_S_PRIORS] = {"priors", prior_ok},
    [CH_S_FACTORS] = {"factors", factor_ok},
    [CH_S_LINKS] = {"links", link_ok},
    [CH_S_RULES] = {"rules", rule_ok},
    [CH_S_MODIFIERS] = {"modifiers", modifier_ok},
    [CH_S_CONFLICTS] = {"conflicts", conflict_ok},
    [CH_S_ACTIONS] = {"actions", action_ok},
    [CH_S_CAUTIONS] = {"cautions", caution_ok},
    [CH_S_REMEDIES] = {"remedies", remedy_ok},
    [CH_S_TESTS] = {"tests", test_ok},
    [CH_S_CLINICS] = {"clinics", clinic_ok},
    [CH_S_SCORES] = {"scores", score_ok},
    [CH_S_SCORE_ITEMS] = {"score items", score_item_ok},
    [CH_S_BANDS] = {"bands", band_ok},
    [CH_S_CLAIMS] = {"claims", claim_ok},
    [CH_S_CONTRADICTIONS] = {"contradictions", contradiction_ok},
    [CH_S_RATIOS] = {"ratios", ratio_ok},
    [CH_S_DRUGS] = {"drugs", drug_ok},
    [CH_S_INTERACTIONS] = {"interactions", interaction_ok},
    [CH_S_REGIONS] = {"regions", region_ok},
    [CH_S_SCREENS] = {"screens", screen_ok},
    [CH_S_DRAWS] = {"draws", draw_ok},
    [CH_S_SLIPS] = {"slips", slip_ok},
    [CH_S_POPULATIONS] = {"populations", population_ok},
    [CH_S_TARGETS] = {"targets", target_ok},
    [CH_S_META] = {"meta", meta_ok},
};

/* ---- the order in which atoms are resolved ---- */

/* Do all atoms that an expression reads come before position `limit`? */
static bool reads_only_before(const image *im, ch_run expr, const uint16_t *position,
                              uint32_t limit)
{
    const ch_expr *nodes = ch_kb_exprs(im->kb) + expr.first;
    for (uint32_t i = 0; i < expr.n; i++) {
        if (nodes[i].op == CH_OP_ATOM && position[nodes[i].a] >= limit)
            return false;
        if (nodes[i].op != CH_OP_SCORE)
            continue;
        const ch_score *score = &ch_kb_scores(im->kb)[nodes[i].a];
        const ch_score_item *items = ch_kb_score_items(im->kb) + score->items.first;
        if (!reads_only_before(im, score->applies, position, limit))
            return false;
        for (uint32_t k = 0; k < score->items.n; k++)
            if (!reads_only_before(im, items[k].when, position, limit))
                return false;
    }
    return true;
}

/* Scores are read by expressions, so their own expressions must not read scores. */
static bool reads_no_score(const image *im, ch_run expr)
{
    const ch_expr *nodes = ch_kb_exprs(im->kb) + expr.first;
    for (uint32_t i = 0; i < expr.n; i++)
        if (nodes[i].op == CH_OP_SCORE)
            return false;
    return true;
}

static bool scores_are_plain(const image *im)
{
    for (uint32_t s = 0; s < ch_kb_n(im->kb, CH_S_SCORES); s++)
        if (!reads_no_score(im, ch_kb_scores(im->kb)[s].applies))
            return false;
    for (uint32_t i = 0; i < ch_kb_n(im->kb, CH_S_SCORE_ITEMS); i++)
        if (!reads_no_score(im, ch_kb_score_items(im->kb)[i].when))
            return false;
    return true;
}

/* ATOM_ORDER is a permutation in which nothing is read before it is resolved. */
static bool order_is_sound(const image *im)
{
    enum { UNSEEN = UINT16_MAX };
    uint16_t position[CH_MAX_ATOMS];
    uint32_t n = ch_kb_n(im->kb, CH_S_ATOMS);
    const uint32_t *order = ch_kb_atom_order(im->kb);
    for (uint32_t a = 0; a < n; a++)
        position[a] = UNSEEN;
    for (uint32_t i = 0; i < n; i++) {
        if (position[order[i]] != UNSEEN)
            return false;
        position[order[i]] = (uint16_t)i;
    }
    for (uint32_t a = 0; a < n; a++) {
        const ch_atom *atom = &ch_kb_atoms(im->kb)[a];
        const ch_finding *finding = &ch_kb_findings(im->kb)[atom->finding];
        if (!reads_only_before(im, atom->derive, position, position[a]) ||
            !reads_only_before(im, finding->not_if, position, position[a]))
            return false;
    }
    return true;
}

static charley_status verify_sections(const ch_header *header, size_t size,
                                      charley_error *error)
{
    for (uint32_t s = 0; s < CH_N_SECTIONS; s++) {
        const ch_section_entry *entry = &header->sections[s];
        if (entry->stride != STRIDE[s])
            return ch_fail(error, CHARLEY_E_VERSION,
                           "the image's section \"%s\" has another layout",
                           CHECK[s].name);
        uint64_t bytes = (uint64_t)entry->n * entry->stride;
        if (entry->offset < sizeof *header || entry->offset % 8 ||
            entry->offset > size || bytes > size - entry->offset)
            return ch_fail(error, CHARLEY_E_DATA,
                           "the image's section \"%s\" lies outside the image",
                           CHECK[s].name);
    }
    if (header->sections[CH_S_META].n != 1 ||
        header->sections[CH_S_ATOM_ORDER].n != header->sections[CH_S_ATOMS].n)
        return ch_fail(error, CHARLEY_E_DATA,
                       "the image's sections do not fit together");
    if (header->sections[CH_S_CONDITIONS].n > CH_MAX_CONDITIONS ||
        header->sections[CH_S_ATOMS].n > CH_MAX_ATOMS ||
        header->sections[CH_S_NUMBERS].n > CH_MAX_NUMBERS)
        return ch_fail(error, CHARLEY_E_LIMIT, "the image is larger than this engine");
    return CHARLEY_OK;
}

charley_status ch_image_verify(const void *bytes, size_t size, charley_error *error)
{
    const ch_header *header = bytes;
    if (!bytes || (uintptr_t)bytes % 8)
        return ch_fail(error, CHARLEY_E_MISUSE, "the image is not aligned to 8 bytes");
    if (size < sizeof *header || memcmp(header->magic, CH_IMAGE_MAGIC, 8) != 0)
        return ch_fail(error, CHARLEY_E_SYNTAX, "this is not a knowledge image");
    if (header->format != CH_IMAGE_FORMAT || header->n_sections != CH_N_SECTIONS)
        return ch_fail(error, CHARLEY_E_VERSION,
                       "the image has format %u, this engine reads format %u",
                       header->format, (unsigned)CH_IMAGE_FORMAT);
    if (header->size != size)
        return ch_fail(error, CHARLEY_E_DATA, "the image is cut short or has a tail");
    uint8_t digest[sizeof header->digest];
    char hash[sizeof header->hash];
    hash_image(header, size, digest, hash);
    if (memcmp(digest, header->digest, sizeof digest) != 0 ||
        memcmp(hash, header->hash, sizeof hash) != 0)
        return ch_fail(error, CHARLEY_E_DATA, "the image is damaged: its hash differs");
    CH_TRY(verify_sections(header, size, error));
    image im = {(const charley_kb *)header};
    for (uint32_t s = 0; s < CH_N_SECTIONS; s++)
        for (uint32_t i = 0; CHECK[s].record_ok && i < header->sections[s].n; i++)
            if (!CHECK[s].record_ok(&im, i))
                return ch_fail(error, CHARLEY_E_DATA,
                               "the image is damaged: record %u of %s", i,
                               CHECK[s].name);
    if (!scores_are_plain(&im) || !order_is_sound(&im))
        return ch_fail(error, CHARLEY_E_DATA,
                       "the image is damaged: facts are derived in a circle");
    return CHARLEY_OK;
}
