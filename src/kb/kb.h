/* kb.h: the opened knowledge image, read-only, and how the other rooms reach into it.
 *
 * charley_kb is the image itself: opening checks it and casts. Accessors return plain
 * const arrays; after open every index and run in them is known to be in range.
 */
#ifndef CH_KB_KB_H
#define CH_KB_KB_H

#include "charley/charley.h"
#include "kb/image.h"

struct charley_kb {
    ch_header header;
};

static inline const void *ch_kb_section(const charley_kb *kb, ch_section section)
{
    return (const unsigned char *)kb + kb->header.sections[section].offset;
}

static inline uint32_t ch_kb_n(const charley_kb *kb, ch_section section)
{
    return kb->header.sections[section].n;
}

#define CH_KB_ARRAY(name, type, section)                                               \
    static inline const type *ch_kb_##name(const charley_kb *kb)                       \
    {                                                                                  \
        return ch_kb_section(kb, section);                                             \
    }

CH_KB_ARRAY(lists, uint32_t, CH_S_LISTS)
CH_KB_ARRAY(words, ch_word, CH_S_WORDS)
CH_KB_ARRAY(variants, ch_variant, CH_S_VARIANTS)
CH_KB_ARRAY(exprs, ch_expr, CH_S_EXPRS)
CH_KB_ARRAY(formulas, ch_formula, CH_S_FORMULAS)
CH_KB_ARRAY(passports, ch_passport, CH_S_PASSPORTS)
CH_KB_ARRAY(sources, ch_source, CH_S_SOURCES)
CH_KB_ARRAY(findings, ch_finding, CH_S_FINDINGS)
CH_KB_ARRAY(atoms, ch_atom, CH_S_ATOMS)
CH_KB_ARRAY(atom_order, uint32_t, CH_S_ATOM_ORDER)
CH_KB_ARRAY(numbers, ch_number, CH_S_NUMBERS)
CH_KB_ARRAY(clusters, ch_cluster, CH_S_CLUSTERS)
CH_KB_ARRAY(conditions, ch_condition, CH_S_CONDITIONS)
CH_KB_ARRAY(priors, ch_prior, CH_S_PRIORS)
CH_KB_ARRAY(factors, ch_factor, CH_S_FACTORS)
CH_KB_ARRAY(links, ch_link, CH_S_LINKS)
CH_KB_ARRAY(rules, ch_rule, CH_S_RULES)
CH_KB_ARRAY(modifiers, ch_modifier, CH_S_MODIFIERS)
CH_KB_ARRAY(conflicts, ch_conflict, CH_S_CONFLICTS)
CH_KB_ARRAY(actions, ch_action, CH_S_ACTIONS)
CH_KB_ARRAY(cautions, ch_caution, CH_S_CAUTIONS)
CH_KB_ARRAY(remedies, ch_remedy, CH_S_REMEDIES)
CH_KB_ARRAY(tests, ch_topic, CH_S_TESTS)
CH_KB_ARRAY(clinics, ch_topic, CH_S_CLINICS)
CH_KB_ARRAY(scores, ch_score, CH_S_SCORES)
CH_KB_ARRAY(score_items, ch_score_item, CH_S_SCORE_ITEMS)
CH_KB_ARRAY(bands, ch_band, CH_S_BANDS)
CH_KB_ARRAY(claims, ch_claim, CH_S_CLAIMS)
CH_KB_ARRAY(contradictions, ch_contradiction, CH_S_CONTRADICTIONS)
CH_KB_ARRAY(ratios, ch_ratio, CH_S_RATIOS)
CH_KB_ARRAY(drugs, ch_drug, CH_S_DRUGS)
CH_KB_ARRAY(interactions, ch_interaction, CH_S_INTERACTIONS)
CH_KB_ARRAY(regions, ch_region, CH_S_REGIONS)
CH_KB_ARRAY(screens, ch_screen, CH_S_SCREENS)
CH_KB_ARRAY(draws, ch_draw, CH_S_DRAWS)
CH_KB_ARRAY(slips, ch_slip, CH_S_SLIPS)
CH_KB_ARRAY(populations, ch_population, CH_S_POPULATIONS)
CH_KB_ARRAY(targets, ch_target, CH_S_TARGETS)
CH_KB_ARRAY(meta, ch_meta, CH_S_META)

#undef CH_KB_ARRAY

static inline charley_text ch_kb_string(const charley_kb *kb, ch_string string)
{
    const char *pool = ch_kb_section(kb, CH_S_STRINGS);
    return (charley_text){pool + string.offset, string.size};
}

/* The text of WORDS index `word`; empty for CH_NONE. */
charley_text ch_kb_word_text(const charley_kb *kb, uint32_t word);

/* The same as it is said in REGIONS index `region`; CH_NONE: everywhere. */
charley_text ch_kb_word_in(const charley_kb *kb, uint32_t word, uint32_t region);
/* WORDS index of a key, or CH_NONE. */
uint32_t ch_kb_find_word(const charley_kb *kb, charley_text key);
/* Is this key kept with its word, or does it lead to an entry that knows the word? */
bool ch_word_key_is_kept(charley_text key);
/* REGIONS index of an id, or CH_NONE. */
uint32_t ch_kb_find_region(const charley_kb *kb, charley_text id);

/* Entries of a run in LISTS. */
static inline const uint32_t *ch_kb_list(const charley_kb *kb, ch_run run)
{
    return ch_kb_lists(kb) + run.first;
}

/* A short list ahead of the interview: what it asks belongs to other screens. */
static inline bool ch_kb_screen_is_short(const charley_kb *kb, uint32_t screen)
{
    uint32_t first = *ch_kb_list(kb, ch_kb_screens(kb)[screen].findings);
    return ch_kb_findings(kb)[first].screen != screen;
}

/* Index in a section whose records begin with an id, or CH_NONE. */
uint32_t ch_kb_find_record(const charley_kb *kb, ch_section section, charley_text id);
/* The same where the records are in the order of their ids; those without one come last
 * and are not found. */
uint32_t ch_kb_find_sorted(const charley_kb *kb, ch_section section, charley_text id);
/* Index of an atom ("finding" or "finding=option"), or CH_NONE. */
uint32_t ch_kb_find_atom(const charley_kb *kb, charley_text id);
/* Index of a finding, or CH_NONE. */
uint32_t ch_kb_find_finding(const charley_kb *kb, charley_text id);
/* Index of a screen, or CH_NONE. */
uint32_t ch_kb_find_screen(const charley_kb *kb, charley_text id);

/* E_NOTFOUND with the nearest id of any atom or finding ("did you mean ..."). */
charley_status ch_kb_fail_unknown_finding(const charley_kb *kb, charley_text id,
                                          charley_error *error);

/* Writes SHA-256 of everything from `sections` on into the header of an image of `size`
 * bytes, as a digest and as it is shown. */
void ch_image_seal(ch_header *header, size_t size);

/* Size of the records of each section, as the compiler must write them. */
uint32_t ch_image_stride(ch_section section);

#endif
