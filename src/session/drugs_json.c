/* drugs_json.c: what is known about medicines, and which of them clash, as JSON
 * (docs/schema/drugs.schema.json). */
#include "session/explain.h"

#include "advise/advise.h"
#include "base/fail.h"
#include "kb/drug_names.h"
#include "session/put.h"

enum { DRUGS_FORMAT = 1 };

typedef ch_explainer writer;

static charley_text word(const writer *w, uint32_t index)
{
    return ch_kb_word_text(w->kb, index);
}

/* ---- which clash with which ---- */

static bool is_listed(const charley_kb *kb, ch_run drugs, uint32_t drug)
{
    const uint32_t *entry = ch_kb_list(kb, drugs);
    uint32_t of = ch_kb_drugs(kb)[drug].of;
    for (uint32_t i = 0; i < drugs.n; i++)
        if (entry[i] == drug || entry[i] == of)
            return true;
    return false;
}

/* ---- a medicine ---- */

static void put_names(const writer *w, const ch_drug *drug)
{
    const uint32_t *pair = ch_kb_list(w->kb, drug->names);
    ch_put_array(w->out, "names");
    for (uint32_t i = 0; i < drug->names.n; i += 2)
        ch_json_put_string(w->out,
                           ch_kb_string(w->kb, (ch_string){pair[i], pair[i + 1]}));
    ch_json_put_end(w->out);
}

static void put_numbers(const writer *w, ch_run ratios)
{
    const ch_ratio *ratio = ch_kb_ratios(w->kb) + ratios.first;
    ch_put_array(w->out, "numbers");
    for (uint32_t i = 0; i < ratios.n; i++)
        ch_explain_number(w, ratio[i].passport, ratio[i].value);
    ch_json_put_end(w->out);
}

static void put_clashes(const writer *w, uint32_t drug)
{
    const charley_kb *kb = w->kb;
    ch_put_array(w->out, "interactions");
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_INTERACTIONS); i++) {
        const ch_interaction *clash = &ch_kb_interactions(kb)[i];
        if (!is_listed(kb, clash->drugs, drug) && !is_listed(kb, clash->with, drug))
            continue;
        ch_json_put_object(w->out);
        ch_put_text(w->out, "id", ch_kb_string(kb, clash->id));
        ch_put_text(w->out, "name", word(w, clash->word_name));
        ch_put_text(w->out, "level", ch_interaction_level_name(clash->level));
        ch_put_text(w->out, "why", word(w, clash->word_why));
        ch_json_put_end(w->out);
    }
    ch_json_put_end(w->out);
}

void ch_explain_drug(const writer *w, uint32_t index, charley_text found)
{
    const charley_kb *kb = w->kb;
    const ch_drug *drug = &ch_kb_drugs(kb)[index];
    ch_json_put_object(w->out);
    ch_put_text(w->out, "kind", CHARLEY_TEXT("drug"));
    ch_put_text(w->out, "id", ch_kb_string(kb, drug->id));
    ch_put_text(w->out, "name", word(w, drug->word_name));
    ch_put_text_if_any(w->out, "found", found);
    if (drug->of != CH_NONE)
        ch_put_text(w->out, "class", ch_kb_string(kb, ch_kb_drugs(kb)[drug->of].id));
    put_names(w, drug);
    ch_put_text(w->out, "effect", ch_drug_effect_name(drug->effect));
    ch_put_text(w->out, "why", word(w, drug->word_why));
    ch_put_text_if_any(w->out, "ratio", word(w, drug->word_ratio));
    ch_put_lines(w->out, "do", word(w, drug->word_do));
    put_clashes(w, index);
    put_numbers(w, drug->ratios);
    ch_explain_sources(w, drug->sources);
    ch_json_put_end(w->out);
}

/* ---- an interaction ---- */

static void put_drug_ids(const writer *w, const char *name, ch_run drugs)
{
    const uint32_t *entry = ch_kb_list(w->kb, drugs);
    ch_put_array(w->out, name);
    for (uint32_t i = 0; i < drugs.n; i++)
        ch_json_put_string(w->out,
                           ch_kb_string(w->kb, ch_kb_drugs(w->kb)[entry[i]].id));
    ch_json_put_end(w->out);
}

void ch_explain_interaction(const writer *w, uint32_t index)
{
    const charley_kb *kb = w->kb;
    const ch_interaction *clash = &ch_kb_interactions(kb)[index];
    ch_json_put_object(w->out);
    ch_put_text(w->out, "kind", CHARLEY_TEXT("interaction"));
    ch_put_text(w->out, "id", ch_kb_string(kb, clash->id));
    ch_put_text(w->out, "name", word(w, clash->word_name));
    ch_put_text(w->out, "level", ch_interaction_level_name(clash->level));
    put_drug_ids(w, "drugs", clash->drugs);
    put_drug_ids(w, "with", clash->with);
    ch_put_text(w->out, "why", word(w, clash->word_why));
    ch_put_text_if_any(w->out, "ratio", word(w, clash->word_ratio));
    ch_put_lines(w->out, "do", word(w, clash->word_do));
    put_numbers(w, clash->ratios);
    ch_explain_sources(w, clash->sources);
    ch_json_put_end(w->out);
}

/* Two different medicines of the list, one on each side. */
static bool is_between(const charley_kb *kb, const ch_interaction *clash,
                       const ch_drug_hit *hits, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++)
            if (i != k && is_listed(kb, clash->drugs, hits[i].drug) &&
                is_listed(kb, clash->with, hits[k].drug))
                return true;
    return false;
}

/* ---- the document ---- */

/* Every medicine in brief: a class, then those of it. */
static void put_all(const writer *w)
{
    const charley_kb *kb = w->kb;
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_DRUGS); i++) {
        const ch_drug *drug = &ch_kb_drugs(kb)[i];
        ch_json_put_object(w->out);
        ch_put_text(w->out, "id", ch_kb_string(kb, drug->id));
        ch_put_text(w->out, "name", word(w, drug->word_name));
        if (drug->of != CH_NONE)
            ch_put_text(w->out, "class",
                        ch_kb_string(kb, ch_kb_drugs(kb)[drug->of].id));
        put_names(w, drug);
        ch_put_text(w->out, "effect", ch_drug_effect_name(drug->effect));
        ch_json_put_end(w->out);
    }
}

static void put_found(const writer *w, const ch_drug_hit *hits, size_t n)
{
    const charley_kb *kb = w->kb;
    ch_put_array(w->out, "together");
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_INTERACTIONS); i++)
        if (is_between(kb, &ch_kb_interactions(kb)[i], hits, n))
            ch_explain_interaction(w, i);
    ch_json_put_end(w->out);
    ch_put_array(w->out, "drugs");
    for (size_t i = 0; i < n; i++)
        ch_explain_drug(w, hits[i].drug, hits[i].found);
    ch_json_put_end(w->out);
}

charley_status charley_kb_drugs(const charley_kb *kb, charley_text words, char *json,
                                size_t capacity, size_t *size, charley_error *error)
{
    ch_drug_hit hits[CH_MAX_DRUG_HITS];
    size_t n = 0;
    if (words.size)
        CH_TRY(ch_drug_names_find(kb, words, hits, &n, error));
    ch_json_writer out;
    ch_json_write_start(&out, json, capacity, true);
    const writer w = {kb, &out};
    ch_json_put_object(&out);
    ch_json_put_name(&out, CHARLEY_TEXT("charley_drugs"));
    ch_json_put_integer(&out, DRUGS_FORMAT);
    ch_put_text(&out, "knowledge_hash", charley_kb_hash(kb));
    if (words.size) {
        put_found(&w, hits, n);
    } else {
        ch_put_array(&out, "drugs");
        put_all(&w);
        ch_json_put_end(&out);
    }
    ch_json_put_end(&out);
    return ch_json_write_finish(&out, size, error);
}
