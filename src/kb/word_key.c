/* word_key.c: a sentence by its key.
 *
 * Keys of the interface ("ui.result.now") are kept with their words. Keys that say
 * which sentence of which entry is meant ("condition.gout.what") are not: they lead to
 * the entry, which knows its sentences.
 */
#include "kb/kb.h"

#include "base/view.h"

#include <stddef.h>

/* Which sentences the records of a kind know. */
static const struct place {
    const char *kind;
    const char *part;
    uint16_t section;
    uint16_t offset; /* of a WORDS index in the record */
} PLACES[] = {
    {"finding", "ask", CH_S_FINDINGS, offsetof(ch_finding, word_ask)},
    {"finding", "label", CH_S_FINDINGS, offsetof(ch_finding, word_label)},
    {"finding", "how", CH_S_FINDINGS, offsetof(ch_finding, word_how)},
    {"finding", "why", CH_S_FINDINGS, offsetof(ch_finding, word_why)},
    {"condition", "name", CH_S_CONDITIONS, offsetof(ch_condition, word_name)},
    {"condition", "also", CH_S_CONDITIONS, offsetof(ch_condition, word_also)},
    {"condition", "what", CH_S_CONDITIONS, offsetof(ch_condition, word_what)},
    {"condition", "mechanism", CH_S_CONDITIONS, offsetof(ch_condition, word_mechanism)},
    {"condition", "course", CH_S_CONDITIONS, offsetof(ch_condition, word_course)},
    {"rule", "why", CH_S_RULES, offsetof(ch_rule, word_why)},
    {"rule", "now", CH_S_RULES, offsetof(ch_rule, word_now)},
    {"modifier", "why", CH_S_MODIFIERS, offsetof(ch_modifier, word_why)},
    {"action", "name", CH_S_ACTIONS, offsetof(ch_action, word_name)},
    {"caution", "why", CH_S_CAUTIONS, offsetof(ch_caution, word_why)},
    {"caution", "lift", CH_S_CAUTIONS, offsetof(ch_caution, word_lift)},
    {"remedy", "name", CH_S_REMEDIES, offsetof(ch_remedy, word_name)},
    {"remedy", "how", CH_S_REMEDIES, offsetof(ch_remedy, word_how)},
    {"remedy", "population", CH_S_REMEDIES, offsetof(ch_remedy, word_population)},
    {"remedy", "dose", CH_S_REMEDIES, offsetof(ch_remedy, word_dose)},
    {"remedy", "effect", CH_S_REMEDIES, offsetof(ch_remedy, word_effect)},
    {"remedy", "harms", CH_S_REMEDIES, offsetof(ch_remedy, word_harms)},
    {"remedy", "who_not", CH_S_REMEDIES, offsetof(ch_remedy, word_who_not)},
    {"test", "name", CH_S_TESTS, offsetof(ch_topic, word_name)},
    {"test", "why", CH_S_TESTS, offsetof(ch_topic, word_text)},
    {"clinic", "name", CH_S_CLINICS, offsetof(ch_topic, word_name)},
    {"clinic", "how", CH_S_CLINICS, offsetof(ch_topic, word_text)},
    {"score", "name", CH_S_SCORES, offsetof(ch_score, word_name)},
    {"score", "limits", CH_S_SCORES, offsetof(ch_score, word_limits)},
    {"claim", "says", CH_S_CLAIMS, offsetof(ch_claim, word_says)},
    {"claim", "answer", CH_S_CLAIMS, offsetof(ch_claim, word_answer)},
    {"claim", "topics", CH_S_CLAIMS, offsetof(ch_claim, word_topics)},
    {"contradiction", "says", CH_S_CONTRADICTIONS,
     offsetof(ch_contradiction, word_says)},
    {"contradiction", "answer", CH_S_CONTRADICTIONS,
     offsetof(ch_contradiction, word_answer)},
    {"drug", "name", CH_S_DRUGS, offsetof(ch_drug, word_name)},
    {"drug", "also", CH_S_DRUGS, offsetof(ch_drug, word_also)},
    {"drug", "why", CH_S_DRUGS, offsetof(ch_drug, word_why)},
    {"drug", "ratio", CH_S_DRUGS, offsetof(ch_drug, word_ratio)},
    {"drug", "do", CH_S_DRUGS, offsetof(ch_drug, word_do)},
    {"interaction", "name", CH_S_INTERACTIONS, offsetof(ch_interaction, word_name)},
    {"interaction", "why", CH_S_INTERACTIONS, offsetof(ch_interaction, word_why)},
    {"interaction", "ratio", CH_S_INTERACTIONS, offsetof(ch_interaction, word_ratio)},
    {"interaction", "do", CH_S_INTERACTIONS, offsetof(ch_interaction, word_do)},
    {"region", "name", CH_S_REGIONS, offsetof(ch_region, word_name)},
    {"screen", "title", CH_S_SCREENS, offsetof(ch_screen, word_title)},
    {"screen", "why", CH_S_SCREENS, offsetof(ch_screen, word_why)},
};
enum { N_PLACES = sizeof PLACES / sizeof *PLACES };

/* ---- "KIND.ID.PART" and "KIND.ID.PART.INNER" ---- */

typedef struct word_key {
    charley_text kind, id, part, inner; /* inner: empty, or what of the part */
} word_key;

static charley_text next_piece(charley_text *rest)
{
    size_t dot = ch_view_find(*rest, '.');
    charley_text piece = ch_view_part(*rest, 0, dot);
    *rest = ch_view_part(*rest, dot + 1, rest->size);
    return piece;
}

static word_key parse(charley_text key)
{
    word_key parsed = {.kind = next_piece(&key)};
    parsed.id = next_piece(&key);
    parsed.part = next_piece(&key);
    parsed.inner = key;
    return parsed;
}

static bool is_option(const word_key *key)
{
    return ch_view_is(key->kind, "finding") && ch_view_is(key->part, "option");
}

static bool is_item(const word_key *key)
{
    return ch_view_is(key->kind, "score") && ch_view_is(key->part, "item");
}

static bool is_band(const word_key *key)
{
    return ch_view_is(key->kind, "score") && ch_view_is(key->part, "band");
}

static const struct place *place_of(const word_key *key)
{
    for (size_t i = 0; i < N_PLACES && !key->inner.size; i++)
        if (ch_view_is(key->kind, PLACES[i].kind) &&
            ch_view_is(key->part, PLACES[i].part))
            return &PLACES[i];
    return NULL;
}

bool ch_word_key_is_kept(charley_text text)
{
    word_key key = parse(text);
    return !place_of(&key) && !is_option(&key) && !is_item(&key) && !is_band(&key);
}

/* ---- what the entries know ---- */

static uint32_t option_word(const charley_kb *kb, const ch_finding *finding,
                            charley_text option)
{
    const uint32_t *atom = ch_kb_list(kb, finding->atoms);
    for (uint32_t i = 0; i < finding->atoms.n; i++) {
        charley_text id = ch_kb_string(kb, ch_kb_atoms(kb)[atom[i]].id);
        charley_text name = ch_view_part(id, ch_view_find(id, '=') + 1, id.size);
        if (ch_view_equal(name, option))
            return ch_kb_atoms(kb)[atom[i]].word_label;
    }
    return CH_NONE;
}

static uint32_t item_word(const charley_kb *kb, const ch_score *score, charley_text id)
{
    const ch_score_item *items = ch_kb_score_items(kb) + score->items.first;
    for (uint32_t i = 0; i < score->items.n; i++)
        if (ch_view_equal(ch_kb_string(kb, items[i].id), id))
            return items[i].word_label;
    return CH_NONE;
}

static uint32_t band_word(const charley_kb *kb, const ch_score *score, charley_text id)
{
    const ch_band *bands = ch_kb_bands(kb) + score->bands.first;
    for (uint32_t i = 0; i < score->bands.n; i++)
        if (ch_view_equal(ch_kb_string(kb, bands[i].id), id))
            return bands[i].word;
    return CH_NONE;
}

static uint32_t word_of_entry(const charley_kb *kb, const word_key *key)
{
    bool is_in_score = is_item(key) || is_band(key);
    const struct place *place = place_of(key);
    if (!place && !is_in_score && !is_option(key))
        return CH_NONE;
    ch_section section = place         ? (ch_section)place->section
                         : is_in_score ? CH_S_SCORES
                                       : CH_S_FINDINGS;
    uint32_t i = ch_kb_find_record(kb, section, key->id);
    if (i == CH_NONE)
        return CH_NONE;
    if (is_option(key))
        return option_word(kb, &ch_kb_findings(kb)[i], key->inner);
    if (is_in_score)
        return (is_item(key) ? item_word : band_word)(kb, &ch_kb_scores(kb)[i],
                                                      key->inner);
    const unsigned char *first = ch_kb_section(kb, section);
    const void *word = first + (size_t)i * ch_image_stride(section) + place->offset;
    return *(const uint32_t *)word;
}

uint32_t ch_kb_find_word(const charley_kb *kb, charley_text text)
{
    word_key key = parse(text);
    uint32_t word = word_of_entry(kb, &key);
    return word == CH_NONE ? ch_kb_find_sorted(kb, CH_S_WORDS, text) : word;
}
