/* compile_advice.c: sources, rules, modifiers, conflicts, cautions, remedies, tests,
 * clinics, claims, their contradictions, and scores. */
#include "author/compile.h"
#include "author/shape.h"

#include <math.h>

/* What a formula is rounded to when the file does not say. */
enum { DEFAULT_DECIMALS = 2 };

/* ---- sources ---- */

static void add_piece(ch_buffer *citation, const ch_node *piece)
{
    if (!piece)
        return;
    char last = citation->size ? citation->bytes[citation->size - 1] : ' ';
    bool is_closed = last == '.' || last == '?' || last == '!';
    ch_buffer_print(citation, "%s%.*s",
                    !citation->size ? ""
                    : is_closed     ? " "
                                    : ". ",
                    CH_ARG(piece->text));
}

static ch_string put_citation(ch_builder *builder, const ch_source_entry *from)
{
    ch_buffer citation = {.pool = &builder->shelf->pool};
    add_piece(&citation, from->author);
    add_piece(&citation, from->title);
    add_piece(&citation, from->container);
    add_piece(&citation, from->year.node);
    builder->is_failed |= citation.is_failed;
    return ch_put_text(builder, (charley_text){citation.bytes, citation.size});
}

static ch_string put_locator(ch_builder *builder, const ch_source_entry *from)
{
    if (from->doi)
        return ch_put_text(builder,
                           ch_print_text(builder, "doi:%.*s", CH_ARG(from->doi->text)));
    if (from->pmid)
        return ch_put_text(
            builder, ch_print_text(builder, "PMID %.*s", CH_ARG(from->pmid->text)));
    return ch_put_node(builder, from->url);
}

static void put_source(ch_builder *builder, const ch_source_entry *from)
{
    ch_source *source = ch_put(builder, CH_S_SOURCES);
    source->id = ch_put_text(builder, from->entry.id);
    source->citation = put_citation(builder, from);
    source->locator = put_locator(builder, from);
    source->seen = from->seen - 1u;
    source->year = from->year.node ? (uint32_t)from->year.value : 0;
}

/* ---- safety ---- */

static void put_rule(ch_builder *builder, const ch_rule_entry *from)
{
    ch_rule *rule = ch_put(builder, CH_S_RULES);
    rule->id = ch_put_text(builder, from->entry.id);
    rule->code = ch_put_node(builder, from->code);
    rule->hazard = ch_put_node(builder, from->hazard);
    rule->level = from->level;
    rule->unknown = (uint8_t)(from->unknown - 1);
    rule->word_why = ch_put_word(builder, "rule", from->entry.id, "why");
    rule->word_now = ch_put_word(builder, "rule", from->entry.id, "now");
    rule->when = ch_put_expression(builder, from->when);
    rule->raise_if = ch_put_expression(builder, from->raise_if);
    rule->suspects = ch_put_refs(builder, &from->suspects);
    rule->tests = ch_put_refs(builder, &from->tests);
    rule->clinics = ch_put_refs(builder, &from->clinics);
    rule->sources = ch_put_refs(builder, &from->warrant.sources);
}

static void put_modifier(ch_builder *builder, const ch_modifier_entry *from)
{
    ch_modifier *modifier = ch_put(builder, CH_S_MODIFIERS);
    modifier->id = ch_put_text(builder, from->entry.id);
    modifier->when = ch_put_expression(builder, from->when);
    modifier->from = from->from;
    modifier->at_most = from->at_most;
    modifier->word_why = ch_put_word(builder, "modifier", from->entry.id, "why");
    modifier->sources = ch_put_refs(builder, &from->warrant.sources);
}

static void put_conflict(ch_builder *builder, const ch_conflict_entry *from)
{
    ch_conflict *conflict = ch_put(builder, CH_S_CONFLICTS);
    conflict->id = ch_put_text(builder, from->entry.id);
    conflict->when = ch_put_expression(builder, from->when);
    conflict->word = ch_put_word(builder, "conflict", from->entry.id, NULL);
}

static void put_caution(ch_builder *builder, const ch_caution_entry *from)
{
    ch_caution *caution = ch_put(builder, CH_S_CAUTIONS);
    caution->id = ch_put_text(builder, from->entry.id);
    caution->when = ch_put_expression(builder, from->when);
    caution->unknown = (uint8_t)(from->unknown - 1);
    caution->verdict = from->verdict;
    caution->always_shown = from->always_shown;
    caution->word_why = ch_put_word(builder, "caution", from->entry.id, "why");
    caution->word_lift = ch_put_word(builder, "caution", from->entry.id, "lift");
    caution->actions = ch_put_refs(builder, &from->actions);
    caution->suspects = ch_put_refs(builder, &from->suspects);
    caution->sources = ch_put_refs(builder, &from->warrant.sources);
    caution->hazard = ch_put_node(builder, from->hazard);
}

/* ---- advice ---- */

static void put_action(ch_builder *builder, const ch_action_entry *from)
{
    ch_action *action = ch_put(builder, CH_S_ACTIONS);
    action->id = ch_put_text(builder, from->entry.id);
    action->word_name = ch_put_word(builder, "action", from->entry.id, "name");
}

static void put_remedy(ch_builder *builder, const ch_remedy_entry *from)
{
    charley_text id = from->entry.id;
    ch_remedy *remedy = ch_put(builder, CH_S_REMEDIES);
    remedy->id = ch_put_text(builder, id);
    remedy->grade = ch_put_text(builder, ch_print_text(builder, "%c", from->grade));
    remedy->kind = (uint8_t)(from->kind - 1);
    remedy->rank = from->rank.node ? (uint8_t)from->rank.value : 0;
    remedy->in_emergency = from->in_emergency;
    remedy->when = ch_put_expression(builder, from->when);
    remedy->not_for = ch_put_expression(builder, from->not_for);
    remedy->conditions = ch_put_refs(builder, &from->conditions);
    remedy->actions = ch_put_refs(builder, &from->actions);
    remedy->sources = ch_put_refs(builder, &from->warrant.sources);
    remedy->word_name = ch_put_word(builder, "remedy", id, "name");
    remedy->word_how = ch_put_word(builder, "remedy", id, "how");
    remedy->word_population = ch_put_word(builder, "remedy", id, "population");
    remedy->word_dose = ch_put_word(builder, "remedy", id, "dose");
    remedy->word_effect = ch_put_word(builder, "remedy", id, "effect");
    remedy->word_harms = ch_put_word(builder, "remedy", id, "harms");
    remedy->word_who_not = ch_put_word(builder, "remedy", id, "who_not");
}

static void put_test(ch_builder *builder, const ch_topic_entry *from)
{
    ch_topic *topic = ch_put(builder, CH_S_TESTS);
    topic->id = ch_put_text(builder, from->entry.id);
    topic->word_name = ch_put_word(builder, "test", from->entry.id, "name");
    topic->word_text = ch_put_word(builder, "test", from->entry.id, "why");
    topic->sources = ch_put_refs(builder, &from->warrant.sources);
}

static void put_clinic(ch_builder *builder, const ch_topic_entry *from)
{
    ch_topic *topic = ch_put(builder, CH_S_CLINICS);
    topic->id = ch_put_text(builder, from->entry.id);
    topic->word_name = ch_put_word(builder, "clinic", from->entry.id, "name");
    topic->word_text = ch_put_word(builder, "clinic", from->entry.id, "how");
    topic->sources = ch_put_refs(builder, &from->warrant.sources);
}

static void put_claim(ch_builder *builder, const ch_claim_entry *from)
{
    ch_claim *claim = ch_put(builder, CH_S_CLAIMS);
    claim->id = ch_put_text(builder, from->entry.id);
    claim->verdict = (uint8_t)(from->verdict - 1);
    claim->soothing = from->soothing;
    claim->word_says = ch_put_word(builder, "claim", from->entry.id, "says");
    claim->word_answer = ch_put_word(builder, "claim", from->entry.id, "answer");
    claim->word_topics = ch_put_word(builder, "claim", from->entry.id, "topics");
    claim->when = ch_put_expression(builder, from->when);
    claim->about = ch_put_refs(builder, &from->about);
    claim->sources = ch_put_refs(builder, &from->warrant.sources);
}

static void put_contradiction(ch_builder *builder, const ch_contradiction_entry *from)
{
    charley_text id = from->entry.id;
    ch_contradiction *contradiction = ch_put(builder, CH_S_CONTRADICTIONS);
    contradiction->id = ch_put_text(builder, id);
    contradiction->one = ch_put_refs(builder, &from->one);
    contradiction->other = ch_put_refs(builder, &from->other);
    contradiction->word_says = ch_put_word(builder, "contradiction", id, "says");
    contradiction->word_answer = ch_put_word(builder, "contradiction", id, "answer");
}

#define FOR_EACH(builder, kind, put)                                                   \
    for (uint32_t i = 0; i < (builder)->n_sorted[kind]; i++)                           \
    put((builder), (void *)(builder)->sorted[kind][i])

void ch_compile_advice(ch_builder *builder)
{
    FOR_EACH(builder, CH_E_SOURCE, put_source);
    FOR_EACH(builder, CH_E_RULE, put_rule);
    FOR_EACH(builder, CH_E_MODIFIER, put_modifier);
    FOR_EACH(builder, CH_E_CONFLICT, put_conflict);
    FOR_EACH(builder, CH_E_ACTION, put_action);
    FOR_EACH(builder, CH_E_CAUTION, put_caution);
    FOR_EACH(builder, CH_E_REMEDY, put_remedy);
    FOR_EACH(builder, CH_E_TEST, put_test);
    FOR_EACH(builder, CH_E_CLINIC, put_clinic);
    FOR_EACH(builder, CH_E_CLAIM, put_claim);
    FOR_EACH(builder, CH_E_CONTRADICTION, put_contradiction);
}

/* ---- scores ---- */

static ch_run put_items(ch_builder *builder, const ch_score_entry *from)
{
    ch_run run = {ch_put_count(builder, CH_S_SCORE_ITEMS), from->items.n};
    for (uint32_t i = 0; i < from->items.n; i++) {
        const ch_score_item_entry *entry = CH_ITEM(from->items, i, ch_score_item_entry);
        ch_score_item *item = ch_put(builder, CH_S_SCORE_ITEMS);
        item->id = ch_put_text(builder, entry->entry.id);
        item->when = ch_put_expression(builder, entry->when);
        item->points = entry->points.value;
        item->number = CH_NONE;
        if (entry->points_from.entry) {
            const ch_finding_entry *number =
                (const ch_finding_entry *)(const void *)entry->points_from.entry;
            item->points = number->range->to.value;
            item->number = number->number_record;
        }
        item->word_label =
            ch_put_deep_word(builder, "score", from->entry.id, "item", entry->entry.id);
        item->clinician_only = entry->clinician_only;
    }
    return run;
}

static ch_run put_rungs(ch_builder *builder, const ch_score_entry *from)
{
    ch_run run = {ch_put_count(builder, CH_S_SCORE_ITEMS), from->ladder.n};
    for (uint32_t i = 0; i < from->ladder.n; i++) {
        const ch_rung_entry *entry = CH_ITEM(from->ladder, i, ch_rung_entry);
        ch_score_item *item = ch_put(builder, CH_S_SCORE_ITEMS);
        item->id = ch_put_text(builder, entry->entry.id);
        item->when = ch_put_expression(builder, entry->when);
        item->points = entry->value.value;
        item->number = CH_NONE;
        item->word_label =
            ch_put_deep_word(builder, "score", from->entry.id, "band", entry->entry.id);
    }
    return run;
}

/* Each rung is a band up to its own value; the mildest comes first. */
static ch_run put_rung_bands(ch_builder *builder, const ch_score_entry *from)
{
    ch_run run = {ch_put_count(builder, CH_S_BANDS), from->ladder.n};
    for (uint32_t i = from->ladder.n; i-- > 0;) {
        const ch_rung_entry *entry = CH_ITEM(from->ladder, i, ch_rung_entry);
        ch_band *band = ch_put(builder, CH_S_BANDS);
        band->id = ch_put_text(builder, entry->entry.id);
        band->upper = i == 0 ? (double)INFINITY : entry->value.value;
        band->word =
            ch_put_deep_word(builder, "score", from->entry.id, "band", entry->entry.id);
    }
    return run;
}

static ch_run put_bands(ch_builder *builder, const ch_score_entry *from)
{
    ch_run run = {ch_put_count(builder, CH_S_BANDS), from->bands.n};
    for (uint32_t i = 0; i < from->bands.n; i++) {
        const ch_band_entry *entry = CH_ITEM(from->bands, i, ch_band_entry);
        ch_band *band = ch_put(builder, CH_S_BANDS);
        band->id = ch_put_text(builder, entry->entry.id);
        band->upper = entry->below.node     ? entry->below.value
                      : entry->at_most.node ? entry->at_most.value
                                            : (double)INFINITY;
        band->upper_open = entry->below.node != NULL;
        band->word =
            ch_put_deep_word(builder, "score", from->entry.id, "band", entry->entry.id);
    }
    return run;
}

static uint32_t decimals_of(const ch_score_entry *from)
{
    if (from->decimals.node)
        return (uint32_t)from->decimals.value;
    return from->formula ? DEFAULT_DECIMALS : 0;
}

static void put_score(ch_builder *builder, const ch_score_entry *from)
{
    charley_text id = from->entry.id;
    ch_score *score = ch_put(builder, CH_S_SCORES);
    score->id = ch_put_text(builder, id);
    score->applies = ch_put_expression(builder, from->applies);
    score->show = ch_put_expression(builder, from->show);
    score->is_ladder = from->ladder.n > 0;
    score->items =
        score->is_ladder ? put_rungs(builder, from) : put_items(builder, from);
    score->formula = ch_put_formula(builder, from->formula);
    score->bands =
        score->is_ladder ? put_rung_bands(builder, from) : put_bands(builder, from);
    score->sources = ch_put_refs(builder, &from->warrant.sources);
    score->word_name = ch_put_word(builder, "score", id, "name");
    score->word_limits = ch_put_word(builder, "score", id, "limits");
    score->decimals = decimals_of(from);
}

void ch_compile_scores(ch_builder *builder)
{
    FOR_EACH(builder, CH_E_SCORE, put_score);
}
