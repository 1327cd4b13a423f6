/* result.c: puts an assessment into words: the answer in the order of design section 7.
 */
#include "session/session.h"

#include <string.h>

#include "advise/advise.h"
#include "base/fail.h"
#include "base/view.h"
#include "safety/caution.h"
#include "safety/triage.h"

/* ---- words by key ---- */

/* "PREFIX.LEVEL.SUFFIX" in the words, for instance "urgency.same_day.title". */
static charley_text urgency_word(const ch_facts *facts, charley_urgency urgency,
                                 const char *suffix)
{
    char key[64];
    charley_text parts[3] = {ch_view("urgency."), charley_urgency_name(urgency),
                             ch_view(suffix)};
    size_t size = 0;
    for (size_t i = 0; i < 3; i++) {
        memcpy(key + size, parts[i].bytes, parts[i].size);
        size += parts[i].size;
    }
    return ch_facts_word(facts, ch_kb_find_word(facts->kb, (charley_text){key, size}));
}

static charley_text keyed_word(const ch_facts *facts, const char *key)
{
    return ch_facts_word(facts, ch_kb_find_word(facts->kb, ch_view(key)));
}

/* ---- reasons ---- */

typedef struct reasons {
    charley_reason *item;
    size_t n;
} reasons;

/* "It fits ordinary soreness" must not stand on a page that says to be seen today. */
static bool is_out_of_place(const ch_assessment *assessment, uint8_t level)
{
    return level == CHARLEY_SELF_CARE && assessment->urgency >= CHARLEY_SAME_DAY;
}

static void add_rule_reasons(const ch_facts *facts, const ch_assessment *assessment,
                             ch_arena *arena, reasons *out)
{
    const charley_kb *kb = facts->kb;
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_RULES); i++) {
        const ch_rule *rule = &ch_kb_rules(kb)[i];
        if (assessment->outcomes[i] < CH_RULE_RAISED ||
            is_out_of_place(assessment, rule->level))
            continue;
        out->item[out->n++] = (charley_reason){
            .id = ch_kb_string(kb, rule->id),
            .code = ch_kb_string(kb, rule->code),
            .urgency = (charley_urgency)rule->level,
            .is_unknown = assessment->outcomes[i] == CH_RULE_RAISED,
            .why = ch_facts_word(facts, rule->word_why),
            .now = ch_facts_word(facts, rule->word_now),
            .sources = ch_source_ids(kb, rule->sources, arena),
            .n_sources = rule->sources.n,
        };
    }
}

static void add_condition_reasons(const ch_facts *facts,
                                  const ch_assessment *assessment, reasons *out)
{
    const charley_kb *kb = facts->kb;
    for (uint32_t c = 0; c < ch_kb_n(kb, CH_S_CONDITIONS); c++) {
        const ch_condition *condition = &ch_kb_conditions(kb)[c];
        if (!assessment->drives[c] || is_out_of_place(assessment, condition->urgency))
            continue;
        out->item[out->n++] = (charley_reason){
            .id = ch_kb_string(kb, condition->id),
            .urgency = (charley_urgency)condition->urgency,
            .why = ch_facts_word(facts, condition->word_what),
        };
    }
}

static void add_modifier_reasons(const ch_facts *facts, const ch_assessment *assessment,
                                 ch_arena *arena, reasons *out)
{
    const charley_kb *kb = facts->kb;
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_MODIFIERS); i++) {
        const ch_modifier *modifier = &ch_kb_modifiers(kb)[i];
        if (!assessment->modifiers[i])
            continue;
        out->item[out->n++] = (charley_reason){
            .id = ch_kb_string(kb, modifier->id),
            .urgency = assessment->urgency,
            .why = ch_facts_word(facts, modifier->word_why),
            .sources = ch_source_ids(kb, modifier->sources, arena),
            .n_sources = modifier->sources.n,
        };
    }
}

/* Most urgent first; rules before conditions before modifiers among equals. */
static void sort_reasons(reasons *list)
{
    for (size_t i = 1; i < list->n; i++) {
        charley_reason reason = list->item[i];
        size_t k = i;
        for (; k > 0 && list->item[k - 1].urgency < reason.urgency; k--)
            list->item[k] = list->item[k - 1];
        list->item[k] = reason;
    }
}

static charley_status describe_reasons(charley_session *session,
                                       const ch_assessment *assessment,
                                       charley_error *error)
{
    const charley_kb *kb = session->kb;
    ch_arena *arena = &session->arena;
    size_t room = (size_t)ch_kb_n(kb, CH_S_RULES) + ch_kb_n(kb, CH_S_CONDITIONS) +
                  ch_kb_n(kb, CH_S_MODIFIERS) + 1;
    reasons list = {CH_TAKE(arena, room, charley_reason), 0};
    if (!list.item)
        return ch_fail_memory(error);
    add_rule_reasons(&session->facts, assessment, arena, &list);
    add_condition_reasons(&session->facts, assessment, &list);
    add_modifier_reasons(&session->facts, assessment, arena, &list);
    sort_reasons(&list);
    charley_result *result = &session->result;
    result->reasons = list.item;
    result->n_reasons = list.n;
    for (size_t i = 0; i < list.n && !result->now.size; i++)
        result->now = list.item[i].now;
    return CHARLEY_OK;
}

/* ---- advice ---- */

static charley_status describe_advice(charley_session *session,
                                      const ch_assessment *assessment,
                                      charley_error *error)
{
    const charley_kb *kb = session->kb;
    ch_arena *arena = &session->arena;
    charley_result *result = &session->result;
    uint8_t *states = CH_TAKE(arena, ch_kb_n(kb, CH_S_CAUTIONS) + 1, uint8_t);
    uint8_t *counts = CH_TAKE(arena, ch_kb_n(kb, CH_S_RULES) + 1, uint8_t);
    uint32_t *on_action = CH_TAKE(arena, ch_kb_n(kb, CH_S_ACTIONS) + 1, uint32_t);
    uint8_t *is_listed = CH_TAKE(arena, ch_kb_n(kb, CH_S_ACTIONS) + 1, uint8_t);
    if (!states || !counts || !on_action || !is_listed)
        return ch_fail_memory(error);
    ch_cautions(&session->facts, assessment->shown, states);
    for (uint32_t a = 0; a < ch_kb_n(kb, CH_S_ACTIONS); a++) {
        on_action[a] = ch_caution_on(kb, states, a);
        is_listed[a] = ch_caution_lists(kb, states, a);
    }
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_RULES); i++)
        counts[i] = assessment->outcomes[i] >= CH_RULE_RAISED;
    ch_situation situation = {&session->facts, assessment->urgency, assessment->shown,
                              counts,          on_action,           is_listed};
    ch_remedies now, not_now, prevention;
    ch_items tests, clinics, claims;
    ch_medicines medicines;
    ch_interactions interactions;
    if (!ch_advise_offered(&situation, CH_RELIEF_NOW, arena, &now) ||
        !ch_advise_offered(&situation, CH_PREVENTION, arena, &prevention) ||
        !ch_advise_struck_out(&situation, arena, &not_now) ||
        !ch_advise_tests(&situation, arena, &tests) ||
        !ch_advise_clinics(&situation, arena, &clinics) ||
        !ch_advise_claims(&situation, arena, &claims) ||
        !ch_advise_medicines(&session->facts, arena, &medicines) ||
        !ch_advise_interactions(&session->facts, arena, &interactions))
        return ch_fail_memory(error);
    result->do_now = now.item;
    result->n_do_now = now.n;
    result->do_not = not_now.item;
    result->n_do_not = not_now.n;
    result->prevention = prevention.item;
    result->n_prevention = prevention.n;
    result->tests = tests.item;
    result->n_tests = tests.n;
    result->clinics = clinics.item;
    result->n_clinics = clinics.n;
    result->claims = claims.item;
    result->n_claims = claims.n;
    result->medicines = medicines.item;
    result->n_medicines = medicines.n;
    result->interactions = interactions.item;
    result->n_interactions = interactions.n;
    return CHARLEY_OK;
}

/* ---- scores ---- */

static charley_text band_of(const ch_facts *facts, const ch_score *score, double value)
{
    const charley_kb *kb = facts->kb;
    const ch_band *bands = ch_kb_bands(kb) + score->bands.first;
    for (uint32_t i = 0; i < score->bands.n; i++)
        if (bands[i].upper_open ? value < bands[i].upper : value <= bands[i].upper)
            return ch_facts_word(facts, bands[i].word);
    return (charley_text){"", 0};
}

/* Shown on request of its `show`; without one, when anything in it is known. The last
 * rung of a ladder is yes whatever is known, so its class must be. */
static bool is_shown(const ch_facts *facts, const ch_score *score,
                     const charley_score_item *items, bool is_complete)
{
    if (score->show.n)
        return ch_eval(facts, score->show) == CHARLEY_YES;
    if (!score->items.n || score->is_ladder)
        return is_complete;
    for (uint32_t i = 0; i < score->items.n; i++)
        if (items[i].answer == CHARLEY_YES)
            return true;
    return false;
}

static charley_score_item describe_item(const ch_facts *facts,
                                        const ch_score_item *source)
{
    charley_score_item item = {
        .id = ch_kb_string(facts->kb, source->id),
        .label = ch_facts_word(facts, source->word_label),
        .points = source->points,
    };
    if (source->number == CH_NONE) {
        item.answer = ch_eval(facts, source->when);
        return item;
    }
    double value = facts->numbers[source->number];
    if (value == value)
        item.answer = value != 0 ? CHARLEY_YES : CHARLEY_NO;
    if (item.answer == CHARLEY_YES)
        item.points = value;
    return item;
}

static bool describe_score(const ch_facts *facts, uint32_t index, ch_arena *arena,
                           charley_score *out)
{
    const charley_kb *kb = facts->kb;
    const ch_score *score = &ch_kb_scores(kb)[index];
    const ch_score_item *source = ch_kb_score_items(kb) + score->items.first;
    charley_score_item *items = CH_TAKE(arena, score->items.n + 1, charley_score_item);
    if (!items)
        return false;
    for (uint32_t i = 0; i < score->items.n; i++)
        items[i] = describe_item(facts, &source[i]);
    ch_score_value value = ch_score_eval(facts, index);
    *out = (charley_score){
        .id = ch_kb_string(kb, score->id),
        .name = ch_facts_word(facts, score->word_name),
        .limits = ch_facts_word(facts, score->word_limits),
        .applies = value.applies,
        .is_complete = value.complete,
        .low = value.low,
        .high = value.high,
        .items = items,
        .n_items = score->is_ladder ? 0 : score->items.n,
        .sources = ch_source_ids(kb, score->sources, arena),
        .n_sources = score->sources.n,
    };
    if (value.complete)
        out->band = band_of(facts, score, value.low);
    return true;
}

static charley_status describe_scores(charley_session *session, charley_error *error)
{
    const charley_kb *kb = session->kb;
    uint32_t n = ch_kb_n(kb, CH_S_SCORES);
    charley_score *list = CH_TAKE(&session->arena, n + 1, charley_score);
    if (!list)
        return ch_fail_memory(error);
    charley_result *result = &session->result;
    result->scores = list;
    result->n_scores = 0;
    for (uint32_t i = 0; i < n; i++) {
        charley_score score;
        if (!describe_score(&session->facts, i, &session->arena, &score))
            return ch_fail_memory(error);
        if (is_shown(&session->facts, &ch_kb_scores(kb)[i], score.items,
                     score.is_complete))
            list[result->n_scores++] = score;
    }
    return CHARLEY_OK;
}

/* ---- what is not known ---- */

static charley_item finding_item(const ch_facts *facts, uint32_t finding,
                                 uint32_t label)
{
    const charley_kb *kb = facts->kb;
    const ch_finding *record = &ch_kb_findings(kb)[finding];
    charley_text text = ch_facts_word(facts, label);
    if (!text.size)
        text = ch_facts_word(facts, record->word_label);
    return (charley_item){
        .id = ch_kb_string(kb, record->id),
        .name = text.size ? text : ch_facts_word(facts, record->word_ask),
        .text = ch_facts_word(facts, record->word_how),
    };
}

/* Danger signs of rules of the top three levels that were not answered, one a finding.
 */
static charley_status describe_open(charley_session *session,
                                    const ch_assessment *assessment,
                                    charley_error *error)
{
    const charley_kb *kb = session->kb;
    ch_arena *arena = &session->arena;
    uint32_t n_findings = ch_kb_n(kb, CH_S_FINDINGS);
    uint8_t *atoms = CH_TAKE(arena, ch_kb_n(kb, CH_S_ATOMS) + 1, uint8_t);
    uint8_t *numbers = CH_TAKE(arena, ch_kb_n(kb, CH_S_NUMBERS) + 1, uint8_t);
    uint8_t *is_open = CH_TAKE(arena, n_findings + 1, uint8_t);
    charley_item *list = CH_TAKE(arena, n_findings + 1, charley_item);
    if (!atoms || !numbers || !is_open || !list)
        return ch_fail_memory(error);
    for (unsigned level = CH_DANGER_LEVEL; level <= CHARLEY_AMBULANCE; level++)
        ch_triage_open_inputs(&session->facts, assessment->outcomes,
                              (charley_urgency)level, assessment->before_modifiers,
                              atoms, numbers);
    for (uint32_t a = 0; a < ch_kb_n(kb, CH_S_ATOMS); a++)
        if (atoms[a])
            is_open[ch_kb_atoms(kb)[a].finding] = 1;
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_NUMBERS); i++)
        if (numbers[i])
            is_open[ch_kb_numbers(kb)[i].finding] = 1;
    size_t n = 0;
    for (int red_flag = 1; red_flag >= 0; red_flag--) /* the gravest first */
        for (uint32_t f = 0; f < n_findings; f++) {
            const ch_finding *finding = &ch_kb_findings(kb)[f];
            if (is_open[f] && finding->red_flag == red_flag &&
                (finding->who <= CH_WHO_LOOK || session->options.clinician))
                list[n++] = finding_item(&session->facts, f, CH_NONE);
        }
    session->result.danger_not_answered = list;
    session->result.n_danger_not_answered = n;
    return CHARLEY_OK;
}

/* The highest level of the rules if one atom were yes. Leaves `spare` spoilt. */
static charley_urgency level_with(charley_session *session, uint32_t atom,
                                  uint8_t *outcomes)
{
    ch_facts_copy(&session->spare, &session->facts);
    ch_facts_set(&session->spare, atom, CHARLEY_YES);
    ch_facts_resolve(&session->spare);
    return ch_triage(&session->spare, outcomes);
}

/* May this red flag, not yes so far, still be answered by this person? */
static bool may_still_be_yes(const charley_session *session, uint32_t atom)
{
    const charley_kb *kb = session->kb;
    const ch_finding *finding = &ch_kb_findings(kb)[ch_kb_atoms(kb)[atom].finding];
    bool is_for_others =
        finding->who >= CH_WHO_CLINICIAN && !session->options.clinician;
    return finding->red_flag && !is_for_others &&
           session->facts.value[atom] != CHARLEY_YES;
}

/* Red flags that would, as the next answer, raise the urgency: gravest first. */
static charley_status describe_changes(charley_session *session,
                                       const ch_assessment *assessment,
                                       charley_error *error)
{
    const charley_kb *kb = session->kb;
    ch_arena *arena = &session->arena;
    uint32_t n_atoms = ch_kb_n(kb, CH_S_ATOMS);
    uint8_t *outcomes = CH_TAKE(arena, ch_kb_n(kb, CH_S_RULES) + 1, uint8_t);
    uint8_t *level = CH_TAKE(arena, n_atoms + 1, uint8_t);
    charley_item *list = CH_TAKE(arena, n_atoms + 1, charley_item);
    if (!outcomes || !level || !list)
        return ch_fail_memory(error);
    for (uint32_t a = 0; a < n_atoms; a++)
        if (may_still_be_yes(session, a))
            level[a] = (uint8_t)level_with(session, a, outcomes);
    size_t n = 0;
    for (unsigned to = CHARLEY_AMBULANCE; to > assessment->before_modifiers; to--)
        for (uint32_t a = 0; a < n_atoms; a++) {
            if (level[a] != to)
                continue;
            const ch_atom *atom = &ch_kb_atoms(kb)[a];
            list[n] = finding_item(&session->facts, atom->finding, atom->word_label);
            list[n].id = ch_kb_string(kb, atom->id);
            list[n++].text =
                urgency_word(&session->facts, (charley_urgency)to, ".title");
        }
    session->result.would_change = list;
    session->result.n_would_change = n;
    return CHARLEY_OK;
}

static charley_status describe_left_out(charley_session *session, const ch_query *query,
                                        charley_error *error)
{
    const charley_kb *kb = session->kb;
    charley_item *list = CH_TAKE(&session->arena, query->n_left_out + 1, charley_item);
    if (!list)
        return ch_fail_memory(error);
    for (uint32_t i = 0; i < query->n_left_out; i++) {
        const ch_atom *atom = &ch_kb_atoms(kb)[query->left_out[i]];
        list[i] = finding_item(&session->facts, atom->finding, atom->word_label);
    }
    session->result.left_out = list;
    session->result.n_left_out = query->n_left_out;
    return CHARLEY_OK;
}

/* ---- the whole ---- */

static void describe_headline(charley_session *session, const ch_assessment *assessment)
{
    const charley_kb *kb = session->kb;
    session->result = (charley_result){
        .engine_version = CHARLEY_TEXT(CHARLEY_VERSION),
        .kb_version = charley_kb_version(kb),
        .kb_hash = charley_kb_hash(kb),
        .urgency = assessment->urgency,
        .is_provisional = assessment->is_provisional,
        .headline = urgency_word(&session->facts, assessment->urgency, ".title"),
        .time_frame = urgency_word(&session->facts, assessment->urgency, ".time"),
        .where_to_go = urgency_word(&session->facts, assessment->urgency, ".where"),
        .safety_net = keyed_word(&session->facts, "ui.safety_net"),
        .disclaimer = keyed_word(&session->facts, "ui.disclaimer"),
    };
    if (session->facts.region == CH_NONE)
        return;
    const ch_region *region = &ch_kb_regions(kb)[session->facts.region];
    session->result.region = ch_kb_string(kb, region->id);
    session->result.emergency_number = ch_kb_string(kb, region->emergency);
    session->result.advice_number = ch_kb_string(kb, region->advice);
}

charley_status charley_session_assess(charley_session *session,
                                      const charley_result **result,
                                      charley_error *error)
{
    ch_arena *arena = &session->arena;
    ch_arena_rewind(arena, session->scratch_mark);
    CH_TRY(ch_facts_check(&session->facts, error));
    ch_assessment assessment;
    CH_TRY(ch_assess(session, &session->facts, !session->options.brief, arena,
                     &assessment, error));
    describe_headline(session, &assessment);
    CH_TRY(describe_reasons(session, &assessment, error));
    CH_TRY(describe_advice(session, &assessment, error));
    CH_TRY(describe_scores(session, error));
    CH_TRY(describe_open(session, &assessment, error));
    if (!session->options.brief)
        CH_TRY(describe_changes(session, &assessment, error));
    CH_TRY(describe_left_out(session, &assessment.query, error));
    if (!ch_describe_causes(&session->facts, &assessment, arena,
                            &session->result.causes, &session->result.n_causes))
        return ch_fail_memory(error);
    *result = &session->result;
    return CHARLEY_OK;
}

charley_status charley_session_urgency(charley_session *session,
                                       charley_urgency *urgency, charley_error *error)
{
    ch_arena *arena = &session->arena;
    ch_arena_rewind(arena, session->scratch_mark);
    CH_TRY(ch_facts_check(&session->facts, error));
    ch_assessment assessment;
    CH_TRY(ch_assess(session, &session->facts, false, arena, &assessment, error));
    *urgency = assessment.urgency;
    return CHARLEY_OK;
}
