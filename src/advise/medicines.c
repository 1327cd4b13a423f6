/* medicines.c: the person's medicines that matter to a leg, and those that clash.
 *
 * What is said here changes no urgency and strikes nothing out: rules and cautions do
 * that. It says what to mention to whom.
 */
#include "advise/advise.h"

#include "base/view.h"

charley_text ch_drug_effect_name(uint32_t effect)
{
    static const char *const NAMES[] = {[CH_MUSCLE_DAMAGE] = "muscle_damage",
                                        [CH_CLOT] = "clot",
                                        [CH_BLEEDING] = "bleeding",
                                        [CH_TENDON] = "tendon",
                                        [CH_KIDNEY] = "kidney",
                                        [CH_SALTS] = "salts",
                                        [CH_CRAMP] = "cramp",
                                        [CH_NERVE] = "nerve",
                                        [CH_SWELLING] = "swelling",
                                        [CH_CLASH] = "clash"};
    return ch_view(NAMES[effect]);
}

charley_text ch_interaction_level_name(uint32_t level)
{
    static const char *const NAMES[] = {[CH_ASK_TODAY] = "ask_today",
                                        [CH_ASK_SOON] = "ask_soon",
                                        [CH_HOURS_APART] = "hours_apart"};
    return ch_view(NAMES[level]);
}

static bool is_told(const ch_facts *facts, const ch_drug *drug)
{
    return drug->when.n && ch_eval(facts, drug->when) == CHARLEY_YES &&
           ch_eval(facts, drug->matters) == CHARLEY_YES;
}

/* The first published figure, or 0: it only puts the stronger of two first. */
static double strength(const charley_kb *kb, ch_run ratios)
{
    return ratios.n ? ch_kb_ratios(kb)[ratios.first].value : 0;
}

static bool comes_before(const charley_kb *kb, const ch_drug *a, const ch_drug *b)
{
    if (a->effect != b->effect)
        return a->effect < b->effect;
    double first = strength(kb, a->ratios);
    double second = strength(kb, b->ratios);
    return first != second ? first > second : a < b;
}

static charley_medicine describe_drug(const ch_facts *facts, const ch_drug *drug,
                                      ch_arena *arena)
{
    return (charley_medicine){
        .id = ch_kb_string(facts->kb, drug->id),
        .name = ch_facts_word(facts, drug->word_name),
        .effect = ch_drug_effect_name(drug->effect),
        .why = ch_facts_word(facts, drug->word_why),
        .ratio = ch_facts_word(facts, drug->word_ratio),
        .action = ch_facts_word(facts, drug->word_do),
        .sources = ch_source_ids(facts->kb, drug->sources, arena),
        .n_sources = drug->sources.n,
    };
}

bool ch_advise_medicines(const ch_facts *facts, ch_arena *arena, ch_medicines *out)
{
    const charley_kb *kb = facts->kb;
    uint32_t n = ch_kb_n(kb, CH_S_DRUGS);
    const ch_drug *drugs = ch_kb_drugs(kb);
    uint8_t *is_shown = CH_TAKE(arena, n + 1, uint8_t);
    *out = (ch_medicines){CH_TAKE(arena, n + 1, charley_medicine), 0};
    if (!is_shown || !out->item)
        return false;
    for (uint32_t i = 0; i < n; i++)
        is_shown[i] = is_told(facts, &drugs[i]);
    for (uint32_t i = 0; i < n; i++) /* a class is of no other: one pass is enough */
        if (drugs[i].of != CH_NONE && is_shown[i])
            is_shown[drugs[i].of] = 0;
    for (;;) {
        uint32_t best = CH_NONE;
        for (uint32_t i = 0; i < n; i++)
            if (is_shown[i] &&
                (best == CH_NONE || comes_before(kb, &drugs[i], &drugs[best])))
                best = i;
        if (best == CH_NONE)
            return true;
        is_shown[best] = 0;
        out->item[out->n++] = describe_drug(facts, &drugs[best], arena);
    }
}

bool ch_advise_interactions(const ch_facts *facts, ch_arena *arena,
                            ch_interactions *out)
{
    const charley_kb *kb = facts->kb;
    uint32_t n = ch_kb_n(kb, CH_S_INTERACTIONS);
    *out = (ch_interactions){CH_TAKE(arena, n + 1, charley_interaction), 0};
    if (!out->item)
        return false;
    for (uint32_t level = CH_ASK_TODAY; level <= CH_HOURS_APART; level++) {
        for (uint32_t i = 0; i < n; i++) {
            const ch_interaction *clash = &ch_kb_interactions(kb)[i];
            if (clash->level != level || !clash->when.n ||
                ch_eval(facts, clash->when) != CHARLEY_YES)
                continue;
            out->item[out->n++] = (charley_interaction){
                .id = ch_kb_string(kb, clash->id),
                .name = ch_facts_word(facts, clash->word_name),
                .level = ch_interaction_level_name(level),
                .why = ch_facts_word(facts, clash->word_why),
                .ratio = ch_facts_word(facts, clash->word_ratio),
                .action = ch_facts_word(facts, clash->word_do),
                .sources = ch_source_ids(kb, clash->sources, arena),
                .n_sources = clash->sources.n,
            };
        }
    }
    return true;
}
