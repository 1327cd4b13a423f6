/* claims_json.c: claims as JSON, with what contradicts them and what they speak of. */
#include "session/claims_json.h"

#include "base/limits.h"
#include "session/put.h"

/* ---- contradictions ---- */

static bool is_listed(const charley_kb *kb, ch_run list, uint32_t wanted)
{
    for (uint32_t i = 0; i < list.n; i++)
        if (ch_kb_list(kb, list)[i] == wanted)
            return true;
    return false;
}

static void put_side(const charley_kb *kb, ch_json_writer *out, const char *name,
                     ch_run side)
{
    ch_put_array(out, name);
    for (uint32_t i = 0; i < side.n; i++)
        ch_json_put_string(
            out, ch_kb_string(kb, ch_kb_claims(kb)[ch_kb_list(kb, side)[i]].id));
    ch_json_put_end(out);
}

void ch_put_contradiction_sides(const charley_kb *kb, ch_json_writer *out,
                                const ch_contradiction *contradiction)
{
    put_side(kb, out, "one_side", contradiction->one);
    put_side(kb, out, "other_side", contradiction->other);
}

static void put_contradictions(const charley_kb *kb, ch_json_writer *out,
                               uint32_t claim)
{
    ch_put_array(out, "contradictions");
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_CONTRADICTIONS); i++) {
        const ch_contradiction *entry = &ch_kb_contradictions(kb)[i];
        if (!is_listed(kb, entry->one, claim) && !is_listed(kb, entry->other, claim))
            continue;
        ch_json_put_object(out);
        ch_put_text(out, "id", ch_kb_string(kb, entry->id));
        ch_put_text(out, "name", ch_kb_word_text(kb, entry->word_says));
        ch_put_text(out, "answer", ch_kb_word_text(kb, entry->word_answer));
        ch_put_contradiction_sides(kb, out, entry);
        ch_json_put_end(out);
    }
    ch_json_put_end(out);
}

/* ---- what a claim speaks of ---- */

static void put_cautions(const charley_kb *kb, ch_json_writer *out, uint32_t action)
{
    static const char *const VERDICT[] = {"", "ask_first", "forbidden"};
    ch_put_array(out, "cautions");
    for (uint8_t verdict = 2; verdict > 0; verdict--) /* the forbidden ones first */
        for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_CAUTIONS); i++) {
            const ch_caution *caution = &ch_kb_cautions(kb)[i];
            if (caution->verdict != verdict || !is_listed(kb, caution->actions, action))
                continue;
            ch_json_put_object(out);
            ch_put_text(out, "id", ch_kb_string(kb, caution->id));
            ch_put_text(out, "verdict", ch_view(VERDICT[verdict]));
            ch_put_text(out, "why", ch_kb_word_text(kb, caution->word_why));
            ch_put_text(out, "lift", ch_kb_word_text(kb, caution->word_lift));
            ch_json_put_end(out);
        }
    ch_json_put_end(out);
}

static void put_remedies(const charley_kb *kb, ch_json_writer *out, uint32_t action)
{
    ch_put_array(out, "remedies");
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_REMEDIES); i++) {
        const ch_remedy *remedy = &ch_kb_remedies(kb)[i];
        if (!is_listed(kb, remedy->actions, action))
            continue;
        ch_json_put_object(out);
        ch_put_text(out, "id", ch_kb_string(kb, remedy->id));
        ch_put_text(out, "name", ch_kb_word_text(kb, remedy->word_name));
        ch_put_text(out, "grade", ch_kb_string(kb, remedy->grade));
        ch_json_put_end(out);
    }
    ch_json_put_end(out);
}

static void put_about(const charley_kb *kb, ch_json_writer *out, ch_run about)
{
    ch_put_array(out, "about");
    for (uint32_t i = 0; i < about.n; i++) {
        uint32_t action = ch_kb_list(kb, about)[i];
        ch_json_put_object(out);
        ch_put_text(out, "id", ch_kb_string(kb, ch_kb_actions(kb)[action].id));
        ch_put_text(out, "name",
                    ch_kb_word_text(kb, ch_kb_actions(kb)[action].word_name));
        put_cautions(kb, out, action);
        put_remedies(kb, out, action);
        ch_json_put_end(out);
    }
    ch_json_put_end(out);
}

/* ---- claims ---- */

static charley_text verdict_name(const ch_claim *claim)
{
    static const char *const VERDICT[] = {"supported", "unproven", "mixed",
                                          "contradicted", "unsafe"};
    return ch_view(VERDICT[claim->verdict]);
}

static bool share_action(const charley_kb *kb, ch_run a, ch_run b)
{
    for (uint32_t i = 0; i < b.n; i++)
        if (is_listed(kb, a, ch_kb_list(kb, b)[i]))
            return true;
    return false;
}

void ch_put_claim_references(const charley_kb *kb, ch_json_writer *out, uint32_t index)
{
    const ch_claim *claim = &ch_kb_claims(kb)[index];
    ch_put_text(out, "verdict", verdict_name(claim));
    ch_put_array(out, "contradictions");
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_CONTRADICTIONS); i++) {
        const ch_contradiction *entry = &ch_kb_contradictions(kb)[i];
        if (is_listed(kb, entry->one, index) || is_listed(kb, entry->other, index))
            ch_json_put_string(out, ch_kb_string(kb, entry->id));
    }
    ch_json_put_end(out);
    ch_put_array(out, "cautions");
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_CAUTIONS); i++)
        if (share_action(kb, ch_kb_cautions(kb)[i].actions, claim->about))
            ch_json_put_string(out, ch_kb_string(kb, ch_kb_cautions(kb)[i].id));
    ch_json_put_end(out);
    ch_put_array(out, "remedies");
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_REMEDIES); i++)
        if (share_action(kb, ch_kb_remedies(kb)[i].actions, claim->about))
            ch_json_put_string(out, ch_kb_string(kb, ch_kb_remedies(kb)[i].id));
    ch_json_put_end(out);
}

static void put_claim(const charley_kb *kb, ch_json_writer *out, uint32_t index,
                      const charley_claim_hit *hit)
{
    const ch_claim *claim = &ch_kb_claims(kb)[index];
    ch_json_put_object(out);
    ch_put_text(out, "id", ch_kb_string(kb, claim->id));
    if (hit)
        ch_put_fixed(out, "score", hit->score);
    ch_put_text(out, "says", ch_kb_word_text(kb, claim->word_says));
    ch_put_text(out, "answer", ch_kb_word_text(kb, claim->word_answer));
    ch_put_text(out, "verdict", verdict_name(claim));
    put_contradictions(kb, out, index);
    put_about(kb, out, claim->about);
    ch_put_array(out, "sources");
    for (uint32_t i = 0; i < claim->sources.n; i++) {
        const ch_source *source = &ch_kb_sources(kb)[ch_kb_list(kb, claim->sources)[i]];
        ch_json_put_object(out);
        ch_put_text(out, "id", ch_kb_string(kb, source->id));
        ch_put_text(out, "citation", ch_kb_string(kb, source->citation));
        ch_put_text_if_any(out, "locator", ch_kb_string(kb, source->locator));
        ch_json_put_end(out);
    }
    ch_json_put_end(out);
    ch_json_put_end(out);
}

/* The unsafe first: whoever reads only the beginning has read what may harm. */
static void put_all(const charley_kb *kb, ch_json_writer *out)
{
    static const ch_claim_verdict ORDER[] = {CH_CLAIM_UNSAFE, CH_CLAIM_CONTRADICTED,
                                             CH_CLAIM_MIXED, CH_CLAIM_UNPROVEN,
                                             CH_CLAIM_SUPPORTED};
    for (size_t v = 0; v < sizeof ORDER / sizeof ORDER[0]; v++)
        for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_CLAIMS); i++)
            if (ch_kb_claims(kb)[i].verdict == ORDER[v])
                put_claim(kb, out, i, NULL);
}

charley_status charley_claims_write(const charley_kb *kb, charley_text question,
                                    char *json, size_t capacity, size_t *size,
                                    charley_error *error)
{
    charley_claim_hit hits[CH_MAX_CLAIMS_FOUND];
    size_t n = 0;
    charley_status status =
        charley_claims_search(kb, question, hits, CH_MAX_CLAIMS_FOUND, &n, error);
    if (status != CHARLEY_OK)
        return status;
    ch_json_writer out;
    ch_json_write_start(&out, json, capacity, true);
    ch_json_put_object(&out);
    ch_put_text(&out, "question", question);
    ch_put_array(&out, "claims");
    if (question.size == 0)
        put_all(kb, &out);
    for (size_t i = 0; i < n; i++) {
        size_t index;
        status = charley_kb_find(kb, CHARLEY_CLAIM, hits[i].id, &index, error);
        if (status != CHARLEY_OK)
            return status;
        put_claim(kb, &out, (uint32_t)index, &hits[i]);
    }
    ch_json_put_end(&out);
    ch_put_text(&out, "disclaimer", charley_kb_word(kb, CHARLEY_TEXT("ui.disclaimer")));
    ch_json_put_end(&out);
    return ch_json_write_finish(&out, size, error);
}
