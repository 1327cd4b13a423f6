/* lookup.c: opening an image and finding things in it by id (words by key: word_key.c).
 */
#include "kb/kb.h"

#include "base/fail.h"
#include "base/view.h"
#include "kb/verify.h"

charley_status charley_kb_open(const void *image, size_t size, const charley_kb **kb,
                               charley_error *error)
{
    CH_TRY(ch_image_verify(image, size, error));
    *kb = image;
    return CHARLEY_OK;
}

charley_text charley_kb_version(const charley_kb *kb)
{
    return ch_kb_string(kb, ch_kb_meta(kb)->version);
}

charley_text charley_kb_hash(const charley_kb *kb)
{
    return (charley_text){kb->header.hash, sizeof kb->header.hash};
}

/* Where the entries of a kind are kept; every record begins with its id, except RULES
 * and SCREENS which are not in the order of their ids. */
static const ch_section SECTION[CHARLEY_N_KINDS] = {
    [CHARLEY_FINDING] = CH_S_FINDINGS,   [CHARLEY_CONDITION] = CH_S_CONDITIONS,
    [CHARLEY_RULE] = CH_S_RULES,         [CHARLEY_CAUTION] = CH_S_CAUTIONS,
    [CHARLEY_REMEDY] = CH_S_REMEDIES,    [CHARLEY_TEST] = CH_S_TESTS,
    [CHARLEY_CLINIC] = CH_S_CLINICS,     [CHARLEY_SCORE] = CH_S_SCORES,
    [CHARLEY_CLAIM] = CH_S_CLAIMS,       [CHARLEY_SOURCE] = CH_S_SOURCES,
    [CHARLEY_SCREEN] = CH_S_SCREENS,     [CHARLEY_MODIFIER] = CH_S_MODIFIERS,
    [CHARLEY_CONFLICT] = CH_S_CONFLICTS, [CHARLEY_CONTRADICTION] = CH_S_CONTRADICTIONS,
    [CHARLEY_DRUG] = CH_S_DRUGS,         [CHARLEY_INTERACTION] = CH_S_INTERACTIONS,
    [CHARLEY_REGION] = CH_S_REGIONS,
};

/* The id of record i: each of these records starts with a ch_string. */
static charley_text record_id(const charley_kb *kb, ch_section section, size_t i)
{
    const unsigned char *first = ch_kb_section(kb, section);
    const void *record = first + i * kb->header.sections[section].stride;
    return ch_kb_string(kb, *(const ch_string *)record);
}

size_t charley_kb_count(const charley_kb *kb, charley_kind kind)
{
    return (unsigned)kind < CHARLEY_N_KINDS ? ch_kb_n(kb, SECTION[kind]) : 0;
}

charley_text charley_kb_id(const charley_kb *kb, charley_kind kind, size_t index)
{
    if (index >= charley_kb_count(kb, kind))
        return (charley_text){NULL, 0};
    return record_id(kb, SECTION[kind], index);
}

/* Plain search: the sections are small, and some are not in the order of their ids. */
uint32_t ch_kb_find_record(const charley_kb *kb, ch_section section, charley_text id)
{
    for (uint32_t i = 0; i < ch_kb_n(kb, section); i++)
        if (ch_view_equal(record_id(kb, section, i), id))
            return i;
    return CH_NONE;
}

/* The id nearest to `id` within a third of its letters, or empty. */
static charley_text nearest(const charley_kb *kb, ch_section section, charley_text id,
                            unsigned *distance)
{
    charley_text best = {NULL, 0};
    for (uint32_t i = 0; i < ch_kb_n(kb, section); i++) {
        charley_text other = record_id(kb, section, i);
        unsigned d = ch_view_distance(id, other, *distance);
        if (d < *distance) {
            *distance = d;
            best = other;
        }
    }
    return best;
}

static charley_status fail_unknown(const charley_kb *kb, ch_section first,
                                   ch_section second, charley_text id,
                                   charley_error *error)
{
    unsigned distance = (unsigned)(id.size / 3) + 2;
    charley_text guess = nearest(kb, first, id, &distance);
    charley_text other = nearest(kb, second, id, &distance);
    if (other.size)
        guess = other;
    ch_fail_about(error, CHARLEY_E_NOTFOUND, id, "there is no \"");
    ch_fail_append(error, ch_view_start(id, 64));
    ch_fail_append(error, ch_view("\""));
    if (guess.size) {
        ch_fail_append(error, ch_view("; did you mean \""));
        ch_fail_append(error, guess);
        ch_fail_append(error, ch_view("\"?"));
    }
    return CHARLEY_E_NOTFOUND;
}

charley_status charley_kb_find(const charley_kb *kb, charley_kind kind, charley_text id,
                               size_t *index, charley_error *error)
{
    if ((unsigned)kind >= CHARLEY_N_KINDS)
        return ch_fail(error, CHARLEY_E_MISUSE, "there is no such kind of entry");
    uint32_t found = ch_kb_find_record(kb, SECTION[kind], id);
    if (found == CH_NONE)
        return fail_unknown(kb, SECTION[kind], SECTION[kind], id, error);
    *index = found;
    return CHARLEY_OK;
}

uint32_t ch_kb_find_sorted(const charley_kb *kb, ch_section section, charley_text id)
{
    uint32_t low = 0;
    uint32_t high = ch_kb_n(kb, section);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        charley_text other = record_id(kb, section, middle);
        int order = other.size ? ch_view_compare(id, other) : -1;
        if (order == 0)
            return middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return CH_NONE;
}

uint32_t ch_kb_find_atom(const charley_kb *kb, charley_text id)
{
    return ch_kb_find_sorted(kb, CH_S_ATOMS, id);
}

uint32_t ch_kb_find_finding(const charley_kb *kb, charley_text id)
{
    return ch_kb_find_record(kb, CH_S_FINDINGS, id);
}

uint32_t ch_kb_find_screen(const charley_kb *kb, charley_text id)
{
    return ch_kb_find_record(kb, CH_S_SCREENS, id);
}

charley_status ch_kb_fail_unknown_finding(const charley_kb *kb, charley_text id,
                                          charley_error *error)
{
    return fail_unknown(kb, CH_S_FINDINGS, CH_S_ATOMS, id, error);
}

charley_text ch_kb_word_text(const charley_kb *kb, uint32_t word)
{
    if (word == CH_NONE)
        return (charley_text){"", 0};
    return ch_kb_string(kb, ch_kb_words(kb)[word].text);
}

charley_text ch_kb_word_in(const charley_kb *kb, uint32_t word, uint32_t region)
{
    const ch_variant *variants = ch_kb_variants(kb);
    uint32_t low = 0;
    uint32_t high = region == CH_NONE ? 0 : ch_kb_n(kb, CH_S_VARIANTS);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const ch_variant *variant = &variants[middle];
        if (variant->word == word && variant->region == region)
            return ch_kb_string(kb, variant->text);
        bool is_before =
            variant->word != word ? variant->word < word : variant->region < region;
        if (is_before)
            low = middle + 1;
        else
            high = middle;
    }
    return ch_kb_word_text(kb, word);
}

uint32_t ch_kb_find_region(const charley_kb *kb, charley_text id)
{
    return ch_kb_find_record(kb, CH_S_REGIONS, id);
}

charley_text charley_kb_word(const charley_kb *kb, charley_text key)
{
    return ch_kb_word_text(kb, ch_kb_find_word(kb, key));
}

charley_text charley_kb_word_for(const charley_kb *kb, charley_text key,
                                 charley_text region)
{
    return ch_kb_word_in(kb, ch_kb_find_word(kb, key), ch_kb_find_region(kb, region));
}
