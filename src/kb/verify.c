/* verify.c: see verify.h.
 *
 * The engine trusts an opened image completely, so nothing may be skipped: the hash
 * finds accidents, the checks behind it also stop an image made to harm. What one field
 * must be is a row of the table in fields.c. Here stands what no field says by itself:
 * order, who owns whom, ladders, intervals, circles. It runs when every field has
 * passed, so it may follow any index and any run.
 */
#include "kb/verify.h"

#include <float.h>
#include <string.h>

#include "base/fail.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "base/view.h"
#include "kb/fields.h"

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

/* ---- is record i sound? ---- */

static bool word_ok(const charley_kb *kb, uint32_t i)
{
    const ch_word *r = ch_kb_words(kb) + i;
    return i == 0 || !r->key.size ||
           (r[-1].key.size &&
            ch_view_compare(ch_kb_string(kb, r[-1].key), ch_kb_string(kb, r->key)) < 0);
}

static bool variant_ok(const charley_kb *kb, uint32_t i)
{
    const ch_variant *r = ch_kb_variants(kb) + i;
    return i == 0 || r[-1].word < r->word ||
           (r[-1].word == r->word && r[-1].region < r->region);
}

static bool passport_ok(const charley_kb *kb, uint32_t i)
{
    const ch_passport *r = ch_kb_passports(kb) + i;
    return r->n >= 0 && r->of >= r->n;
}

/* A finding and its atoms and its number name each other. */
static bool finding_ok(const charley_kb *kb, uint32_t i)
{
    const ch_finding *r = ch_kb_findings(kb) + i;
    const uint32_t *atom = ch_kb_list(kb, r->atoms);
    for (uint32_t k = 0; k < r->atoms.n; k++)
        if (ch_kb_atoms(kb)[atom[k]].finding != i)
            return false;
    if (r->kind == CH_FK_NUMBER)
        return r->atoms.n == 0 && r->number != CH_NONE &&
               ch_kb_numbers(kb)[r->number].finding == i;
    return r->number == CH_NONE &&
           (r->kind == CH_FK_ONE_OF ? r->atoms.n >= 2 : r->atoms.n == 1);
}

/* All links in the run are of this atom; that no other is, link_ok sees. */
static bool atom_ok(const charley_kb *kb, uint32_t i)
{
    const ch_atom *r = ch_kb_atoms(kb) + i;
    const ch_link *link = ch_kb_links(kb) + r->links.first;
    for (uint32_t k = 0; k < r->links.n; k++)
        if (link[k].atom != i)
            return false;
    return r->links.n == 0 || r->leak > 0;
}

static bool number_ok(const charley_kb *kb, uint32_t i)
{
    const ch_number *r = ch_kb_numbers(kb) + i;
    return r->minimum <= r->maximum;
}

/* Link i lies in the run of its atom, after those of lower conditions. */
static bool link_ok(const charley_kb *kb, uint32_t i)
{
    const ch_link *r = ch_kb_links(kb) + i;
    ch_run run = ch_kb_atoms(kb)[r->atom].links;
    if (i < run.first || i - run.first >= run.n)
        return false;
    return i == run.first || r[-1].condition < r->condition;
}

/* The rungs fall, and only the last may stand without an expression; each has its band,
 * counted from below. */
static bool ladder_fits(const charley_kb *kb, const ch_score *score)
{
    const ch_score_item *rung = ch_kb_score_items(kb) + score->items.first;
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
static bool sum_fits(const charley_kb *kb, const ch_score *score)
{
    const ch_score_item *item = ch_kb_score_items(kb) + score->items.first;
    for (uint32_t i = 0; i < score->items.n; i++) {
        if ((item[i].when.n > 0) != (item[i].number == CH_NONE))
            return false;
        if (item[i].number == CH_NONE)
            continue;
        const ch_number *number = &ch_kb_numbers(kb)[item[i].number];
        if (number->minimum < -DBL_MAX || number->maximum > DBL_MAX)
            return false;
    }
    return true;
}

static bool score_ok(const charley_kb *kb, uint32_t i)
{
    const ch_score *r = ch_kb_scores(kb) + i;
    return (r->items.n > 0) != (r->formula.n > 0) &&
           (r->is_ladder ? ladder_fits(kb, r) : sum_fits(kb, r));
}

static bool band_ok(const charley_kb *kb, uint32_t i)
{
    const ch_band *r = ch_kb_bands(kb) + i;
    return r->upper == r->upper;
}

static bool ratio_ok(const charley_kb *kb, uint32_t i)
{
    const ch_ratio *r = ch_kb_ratios(kb) + i;
    bool has_none = r->low != r->low && r->high != r->high;
    return r->value > 0 &&
           (has_none || (r->low > 0 && r->low <= r->high && r->high <= DBL_MAX));
}

/* A class is of no other, so that looking up the wider one ends. */
static bool drug_ok(const charley_kb *kb, uint32_t i)
{
    const ch_drug *r = ch_kb_drugs(kb) + i;
    return r->of == CH_NONE || ch_kb_drugs(kb)[r->of].of == CH_NONE;
}

/* Do the findings of a screen fit its kind? Only MANY and GROUPS have more than one. */
static bool screen_ok(const charley_kb *kb, uint32_t i)
{
    static const uint8_t WANTED[] = {[CHARLEY_ASK_YES_NO] = CH_FK_YES_NO,
                                     [CHARLEY_ASK_ONE] = CH_FK_ONE_OF,
                                     [CHARLEY_ASK_MANY] = CH_FK_YES_NO,
                                     [CHARLEY_ASK_NUMBER] = CH_FK_NUMBER,
                                     [CHARLEY_ASK_GROUPS] = CH_FK_ONE_OF};
    const ch_screen *r = ch_kb_screens(kb) + i;
    const uint32_t *finding = ch_kb_list(kb, r->findings);
    for (uint32_t k = 0; k < r->findings.n; k++)
        if (ch_kb_findings(kb)[finding[k]].kind != WANTED[r->kind])
            return false;
    return r->findings.n == 1 || r->kind == CHARLEY_ASK_MANY ||
           r->kind == CHARLEY_ASK_GROUPS;
}

/* A derived fact is drawn only as conditions know it; a value lies in its range. */
static bool draw_ok(const charley_kb *kb, uint32_t i)
{
    const ch_draw *r = ch_kb_draws(kb) + i;
    if ((r->atom == CH_NONE) == (r->number == CH_NONE))
        return false;
    if (r->atom != CH_NONE) {
        const ch_atom *atom = &ch_kb_atoms(kb)[r->atom];
        return atom->derive.n == 0 || atom->links.n > 0;
    }
    const ch_number *number = &ch_kb_numbers(kb)[r->number];
    return r->from >= number->minimum && r->from <= r->to && r->to <= number->maximum;
}

static bool target_ok(const charley_kb *kb, uint32_t i)
{
    const ch_target *r = ch_kb_targets(kb) + i;
    bool has_none = r->low != r->low && r->high != r->high;
    return has_none || (r->low >= 0 && r->low <= r->high && r->high <= 1);
}

static bool meta_ok(const charley_kb *kb, uint32_t i)
{
    const ch_meta *r = ch_kb_meta(kb) + i;
    return r->cap_lr > 1;
}

static const struct record {
    ch_section section;
    bool (*is_sound)(const charley_kb *kb, uint32_t i);
} RECORDS[] = {
    {CH_S_WORDS, word_ok},         {CH_S_VARIANTS, variant_ok},
    {CH_S_PASSPORTS, passport_ok}, {CH_S_FINDINGS, finding_ok},
    {CH_S_ATOMS, atom_ok},         {CH_S_NUMBERS, number_ok},
    {CH_S_LINKS, link_ok},         {CH_S_SCORES, score_ok},
    {CH_S_BANDS, band_ok},         {CH_S_RATIOS, ratio_ok},
    {CH_S_DRUGS, drug_ok},         {CH_S_SCREENS, screen_ok},
    {CH_S_DRAWS, draw_ok},         {CH_S_TARGETS, target_ok},
    {CH_S_META, meta_ok},
};

/* ---- the order in which atoms are resolved ---- */

/* Do all atoms that an expression reads come before position `limit`? */
static bool reads_only_before(const charley_kb *kb, ch_run expr,
                              const uint16_t *position, uint32_t limit)
{
    const ch_expr *nodes = ch_kb_exprs(kb) + expr.first;
    for (uint32_t i = 0; i < expr.n; i++) {
        if (nodes[i].op == CH_OP_ATOM && position[nodes[i].a] >= limit)
            return false;
        if (nodes[i].op != CH_OP_SCORE)
            continue;
        const ch_score *score = &ch_kb_scores(kb)[nodes[i].a];
        const ch_score_item *items = ch_kb_score_items(kb) + score->items.first;
        if (!reads_only_before(kb, score->applies, position, limit))
            return false;
        for (uint32_t k = 0; k < score->items.n; k++)
            if (!reads_only_before(kb, items[k].when, position, limit))
                return false;
    }
    return true;
}

/* Scores are read by expressions, so their own expressions must not read scores. */
static bool reads_no_score(const charley_kb *kb, ch_run expr)
{
    const ch_expr *nodes = ch_kb_exprs(kb) + expr.first;
    for (uint32_t i = 0; i < expr.n; i++)
        if (nodes[i].op == CH_OP_SCORE)
            return false;
    return true;
}

static bool scores_are_plain(const charley_kb *kb)
{
    for (uint32_t s = 0; s < ch_kb_n(kb, CH_S_SCORES); s++)
        if (!reads_no_score(kb, ch_kb_scores(kb)[s].applies))
            return false;
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_SCORE_ITEMS); i++)
        if (!reads_no_score(kb, ch_kb_score_items(kb)[i].when))
            return false;
    return true;
}

/* ATOM_ORDER is a permutation in which nothing is read before it is resolved. */
static bool order_is_sound(const charley_kb *kb)
{
    enum { UNSEEN = UINT16_MAX };
    uint16_t position[CH_MAX_ATOMS];
    uint32_t n = ch_kb_n(kb, CH_S_ATOMS);
    const uint32_t *order = ch_kb_atom_order(kb);
    for (uint32_t a = 0; a < n; a++)
        position[a] = UNSEEN;
    for (uint32_t i = 0; i < n; i++) {
        if (position[order[i]] != UNSEEN)
            return false;
        position[order[i]] = (uint16_t)i;
    }
    for (uint32_t a = 0; a < n; a++) {
        const ch_atom *atom = &ch_kb_atoms(kb)[a];
        const ch_finding *finding = &ch_kb_findings(kb)[atom->finding];
        if (!reads_only_before(kb, atom->derive, position, position[a]) ||
            !reads_only_before(kb, finding->not_if, position, position[a]))
            return false;
    }
    return true;
}

static charley_status verify_sections(const ch_header *header, size_t size,
                                      charley_error *error)
{
    for (uint32_t s = 0; s < CH_N_SECTIONS; s++) {
        const ch_section_entry *entry = &header->sections[s];
        if (entry->stride != ch_image_stride((ch_section)s))
            return ch_fail(error, CHARLEY_E_VERSION,
                           "the image's section \"%s\" has another layout",
                           ch_section_name((ch_section)s));
        uint64_t bytes = (uint64_t)entry->n * entry->stride;
        if (entry->offset < sizeof *header || entry->offset % 8 ||
            entry->offset > size || bytes > size - entry->offset)
            return ch_fail(error, CHARLEY_E_DATA,
                           "the image's section \"%s\" lies outside the image",
                           ch_section_name((ch_section)s));
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

charley_status ch_image_verify_records(const ch_header *header, size_t size,
                                       charley_error *error)
{
    const charley_kb *kb = (const charley_kb *)header;
    CH_TRY(verify_sections(header, size, error));
    CH_TRY(ch_fields_verify(kb, error));
    for (size_t k = 0; k < sizeof RECORDS / sizeof *RECORDS; k++)
        for (uint32_t i = 0; i < ch_kb_n(kb, RECORDS[k].section); i++)
            if (!RECORDS[k].is_sound(kb, i))
                return ch_fail_record(error, RECORDS[k].section, i);
    if (!scores_are_plain(kb) || !order_is_sound(kb))
        return ch_fail(error, CHARLEY_E_DATA,
                       "the image is damaged: facts are derived in a circle");
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
    return ch_image_verify_records(header, size, error);
}
