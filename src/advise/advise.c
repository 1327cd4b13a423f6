/* advise.c: see advise.h. */
#include "advise/advise.h"

#include "base/view.h"

const charley_text *ch_source_ids(const charley_kb *kb, ch_run sources, ch_arena *arena)
{
    charley_text *ids = sources.n ? CH_TAKE(arena, sources.n, charley_text) : NULL;
    const uint32_t *entry = ch_kb_list(kb, sources);
    for (uint32_t i = 0; ids && i < sources.n; i++)
        ids[i] = ch_kb_string(kb, ch_kb_sources(kb)[entry[i]].id);
    return ids;
}

/* ---- which remedies fit ---- */

static bool is_likely(const ch_situation *s, uint32_t condition)
{
    return s->probability[condition] >= ch_kb_meta(s->facts->kb)->offer_above;
}

/* First aid (in_emergency, with `when`) hangs on facts alone, whatever is likely. */
static bool serves_likely_condition(const ch_situation *s, const ch_remedy *remedy)
{
    const uint32_t *condition = ch_kb_list(s->facts->kb, remedy->conditions);
    for (uint32_t i = 0; i < remedy->conditions.n; i++)
        if (is_likely(s, condition[i]))
            return true;
    bool is_first_aid = remedy->in_emergency && remedy->when.n > 0;
    return is_first_aid || (remedy->conditions.n == 0 && remedy->when.n > 0);
}

static bool fits(const ch_situation *s, const ch_remedy *remedy)
{
    if (s->urgency == CHARLEY_COULD_NOT_ASSESS)
        return false;
    if (s->urgency >= CHARLEY_EMERGENCY && !remedy->in_emergency)
        return false;
    return serves_likely_condition(s, remedy) &&
           ch_eval(s->facts, remedy->when) == CHARLEY_YES;
}

static bool is_refused(const charley_kb *kb, const ch_remedy *remedy)
{
    return ch_view_is(ch_kb_string(kb, remedy->grade), "X");
}

static bool is_contraindicated(const ch_situation *s, const ch_remedy *remedy)
{
    return remedy->not_for.n && ch_eval(s->facts, remedy->not_for) == CHARLEY_YES;
}

/* The strongest caution on any action the remedy consists of, or CH_NONE. */
static uint32_t caution_on(const ch_situation *s, const ch_remedy *remedy)
{
    const charley_kb *kb = s->facts->kb;
    const uint32_t *action = ch_kb_list(kb, remedy->actions);
    uint32_t worst = CH_NONE;
    for (uint32_t i = 0; i < remedy->actions.n; i++) {
        uint32_t caution = s->action_caution[action[i]];
        if (caution != CH_NONE &&
            (worst == CH_NONE ||
             ch_kb_cautions(kb)[caution].verdict > ch_kb_cautions(kb)[worst].verdict))
            worst = caution;
    }
    return worst;
}

static charley_remedy describe(const ch_situation *s, const ch_remedy *remedy,
                               ch_arena *arena)
{
    const charley_kb *kb = s->facts->kb;
    return (charley_remedy){
        .id = ch_kb_string(kb, remedy->id),
        .name = ch_facts_word(s->facts, remedy->word_name),
        .how = ch_facts_word(s->facts, remedy->word_how),
        .grade = ch_kb_string(kb, remedy->grade),
        .population = ch_facts_word(s->facts, remedy->word_population),
        .dose = ch_facts_word(s->facts, remedy->word_dose),
        .effect = ch_facts_word(s->facts, remedy->word_effect),
        .harms = ch_facts_word(s->facts, remedy->word_harms),
        .who_not = ch_facts_word(s->facts, remedy->word_who_not),
        .verdict = CHARLEY_OFFERED,
        .sources = ch_source_ids(kb, remedy->sources, arena),
        .n_sources = remedy->sources.n,
    };
}

static void strike_out(const ch_situation *s, uint32_t caution_index,
                       charley_remedy *out, ch_arena *arena)
{
    const charley_kb *kb = s->facts->kb;
    const ch_caution *caution = &ch_kb_cautions(kb)[caution_index];
    out->verdict = (charley_verdict)caution->verdict;
    out->caution = ch_kb_string(kb, caution->id);
    out->reason = ch_facts_word(s->facts, caution->word_why);
    out->lifted_by = ch_facts_word(s->facts, caution->word_lift);
    out->sources = ch_source_ids(kb, caution->sources, arena);
    out->n_sources = caution->sources.n;
}

/* Order among remedies: rank, then grade (A before D), then id. */
static bool comes_before(const charley_kb *kb, const ch_remedy *a, const ch_remedy *b)
{
    if (a->rank != b->rank)
        return a->rank < b->rank;
    int order = ch_view_compare(ch_kb_string(kb, a->grade), ch_kb_string(kb, b->grade));
    if (order != 0)
        return order < 0;
    return a < b; /* remedies are in the order of their ids */
}

/* Indexes of all remedies in the order in which they are shown. */
static uint32_t *sorted_remedies(const charley_kb *kb, ch_arena *arena)
{
    uint32_t n = ch_kb_n(kb, CH_S_REMEDIES);
    const ch_remedy *remedies = ch_kb_remedies(kb);
    uint32_t *order = CH_TAKE(arena, n + 1, uint32_t);
    for (uint32_t i = 0; order && i < n; i++) {
        uint32_t k = i;
        for (; k > 0 && comes_before(kb, &remedies[i], &remedies[order[k - 1]]); k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
    return order;
}

bool ch_advise_offered(const ch_situation *s, ch_remedy_kind kind, ch_arena *arena,
                       ch_remedies *out)
{
    const charley_kb *kb = s->facts->kb;
    uint32_t n = ch_kb_n(kb, CH_S_REMEDIES);
    uint32_t *order = sorted_remedies(kb, arena);
    *out = (ch_remedies){CH_TAKE(arena, n + 1, charley_remedy), 0};
    if (!order || !out->item)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        const ch_remedy *remedy = &ch_kb_remedies(kb)[order[i]];
        if (remedy->kind == kind && fits(s, remedy) && !is_refused(kb, remedy) &&
            !is_contraindicated(s, remedy) && caution_on(s, remedy) == CH_NONE)
            out->item[out->n++] = describe(s, remedy, arena);
    }
    return true;
}

/* ---- what not to do ---- */

static bool holds_listed_action(const ch_situation *s, const ch_remedy *remedy)
{
    const uint32_t *action = ch_kb_list(s->facts->kb, remedy->actions);
    for (uint32_t i = 0; i < remedy->actions.n; i++)
        if (s->is_listed[action[i]])
            return true;
    return false;
}

static void list_actions(const ch_situation *s, ch_arena *arena, ch_remedies *out)
{
    const charley_kb *kb = s->facts->kb;
    for (uint32_t a = 0; a < ch_kb_n(kb, CH_S_ACTIONS); a++) {
        if (!s->is_listed[a])
            continue;
        charley_remedy *item = &out->item[out->n++];
        *item = (charley_remedy){
            .id = ch_kb_string(kb, ch_kb_actions(kb)[a].id),
            .name = ch_facts_word(s->facts, ch_kb_actions(kb)[a].word_name),
        };
        strike_out(s, s->action_caution[a], item, arena);
    }
}

static void list_remedy(const ch_situation *s, const ch_remedy *remedy, ch_arena *arena,
                        ch_remedies *out)
{
    const charley_kb *kb = s->facts->kb;
    uint32_t caution = caution_on(s, remedy);
    bool is_refused_or_barred = is_refused(kb, remedy) || is_contraindicated(s, remedy);
    if (!fits(s, remedy) || (caution == CH_NONE && !is_refused_or_barred) ||
        holds_listed_action(s, remedy))
        return;
    charley_remedy *item = &out->item[out->n++];
    *item = describe(s, remedy, arena);
    if (is_refused_or_barred) {
        item->verdict = CHARLEY_FORBIDDEN;
        item->reason = is_refused(kb, remedy) ? item->harms : item->who_not;
    } else {
        strike_out(s, caution, item, arena);
    }
}

bool ch_advise_struck_out(const ch_situation *s, ch_arena *arena, ch_remedies *out)
{
    const charley_kb *kb = s->facts->kb;
    uint32_t n = ch_kb_n(kb, CH_S_REMEDIES);
    uint32_t *order = sorted_remedies(kb, arena);
    size_t room = (size_t)n + ch_kb_n(kb, CH_S_ACTIONS) + 1;
    *out = (ch_remedies){CH_TAKE(arena, room, charley_remedy), 0};
    if (!order || !out->item)
        return false;
    list_actions(s, arena, out);
    for (uint32_t i = 0; i < n; i++)
        list_remedy(s, &ch_kb_remedies(kb)[order[i]], arena, out);
    return true;
}

/* ---- tests, clinics, claims ---- */

static charley_item topic_item(const ch_situation *s, const ch_topic *topic,
                               ch_arena *arena)
{
    const charley_kb *kb = s->facts->kb;
    return (charley_item){
        .id = ch_kb_string(kb, topic->id),
        .name = ch_facts_word(s->facts, topic->word_name),
        .text = ch_facts_word(s->facts, topic->word_text),
        .sources = ch_source_ids(kb, topic->sources, arena),
        .n_sources = topic->sources.n,
    };
}

/* Adds each topic of a list that is not there yet. */
static void add_topics(const ch_situation *s, const ch_topic *topics, ch_run list,
                       uint8_t *is_taken, ch_arena *arena, ch_items *out)
{
    const uint32_t *entry = ch_kb_list(s->facts->kb, list);
    for (uint32_t i = 0; i < list.n; i++) {
        if (is_taken[entry[i]])
            continue;
        is_taken[entry[i]] = 1;
        out->item[out->n++] = topic_item(s, &topics[entry[i]], arena);
    }
}

/* The most likely condition that is not yet in `is_done`, above `least`; or CH_NONE. */
static uint32_t next_likely(const ch_situation *s, const uint8_t *is_done, double least)
{
    uint32_t best = CH_NONE;
    for (uint32_t c = 0; c < ch_kb_n(s->facts->kb, CH_S_CONDITIONS); c++)
        if (!is_done[c] && s->probability[c] >= least &&
            (best == CH_NONE || s->probability[c] > s->probability[best]))
            best = c;
    return best;
}

/* Topics of the rules at the shown urgency first, then of likely conditions; where a
 * rule of the top three levels speaks, conditions add nothing (`rules_suffice`). */
static bool gather(const ch_situation *s, bool wants_tests, ch_arena *arena,
                   ch_items *out)
{
    const charley_kb *kb = s->facts->kb;
    ch_section section = wants_tests ? CH_S_TESTS : CH_S_CLINICS;
    const ch_topic *topics = wants_tests ? ch_kb_tests(kb) : ch_kb_clinics(kb);
    uint8_t *is_taken = CH_TAKE(arena, ch_kb_n(kb, section) + 1, uint8_t);
    uint8_t *is_done = CH_TAKE(arena, ch_kb_n(kb, CH_S_CONDITIONS) + 1, uint8_t);
    *out = (ch_items){CH_TAKE(arena, ch_kb_n(kb, section) + 1, charley_item), 0};
    if (!is_taken || !is_done || !out->item)
        return false;
    bool rules_suffice = false;
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_RULES); i++) {
        const ch_rule *rule = &ch_kb_rules(kb)[i];
        if (!s->rule_counts[i] || rule->level + 1u < (unsigned)s->urgency)
            continue;
        add_topics(s, topics, wants_tests ? rule->tests : rule->clinics, is_taken,
                   arena, out);
        rules_suffice |= rule->level >= CHARLEY_SAME_DAY;
    }
    if (rules_suffice)
        return true;
    for (;;) {
        uint32_t c = next_likely(s, is_done, ch_kb_meta(kb)->offer_above);
        if (c == CH_NONE)
            return true;
        is_done[c] = 1;
        const ch_condition *condition = &ch_kb_conditions(kb)[c];
        add_topics(s, topics, wants_tests ? condition->tests : condition->clinics,
                   is_taken, arena, out);
    }
}

bool ch_advise_tests(const ch_situation *s, ch_arena *arena, ch_items *out)
{
    return gather(s, true, arena, out);
}

bool ch_advise_clinics(const ch_situation *s, ch_arena *arena, ch_items *out)
{
    return gather(s, false, arena, out);
}

static charley_item claim_item(const ch_situation *s, const ch_claim *claim,
                               ch_arena *arena)
{
    const charley_kb *kb = s->facts->kb;
    return (charley_item){
        .id = ch_kb_string(kb, claim->id),
        .name = ch_facts_word(s->facts, claim->word_says),
        .text = ch_facts_word(s->facts, claim->word_answer),
        .sources = ch_source_ids(kb, claim->sources, arena),
        .n_sources = claim->sources.n,
    };
}

bool ch_advise_claims(const ch_situation *s, ch_arena *arena, ch_items *out)
{
    const charley_kb *kb = s->facts->kb;
    uint32_t n = ch_kb_n(kb, CH_S_CLAIMS);
    *out = (ch_items){CH_TAKE(arena, n + 1, charley_item), 0};
    if (!out->item)
        return false;
    /* A reader may stop early: the dangerous ones first, then those that are partly
     * right (they change what one does), then errors that do no harm. */
    static const ch_claim_verdict ORDER[] = {CH_CLAIM_UNSAFE, CH_CLAIM_MIXED,
                                             CH_CLAIM_CONTRADICTED, CH_CLAIM_UNPROVEN,
                                             CH_CLAIM_SUPPORTED};
    for (size_t v = 0; v < sizeof ORDER / sizeof *ORDER; v++)
        for (uint32_t i = 0; i < n; i++) {
            const ch_claim *claim = &ch_kb_claims(kb)[i];
            if (claim->soothing && s->urgency >= CHARLEY_SAME_DAY)
                continue;
            if (claim->verdict == ORDER[v] && claim->when.n &&
                ch_eval(s->facts, claim->when) == CHARLEY_YES)
                out->item[out->n++] = claim_item(s, claim, arena);
        }
    return true;
}
