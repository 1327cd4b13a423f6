/* explain_json.c: everything that is known about one id, with its sources.
 *
 *     {"kind": "condition", "id": ..., "name": ..., "text": [...], "facts": [...],
 *      "numbers": [{"claim": ..., "value": ..., "mark": ..., "source": ...}],
 *      "sources": [{"id": ..., "citation": ..., "locator": ..., "seen": ...}]}
 */
#include "session/explain.h"

#include "base/fail.h"
#include "base/real.h"
#include "base/view.h"
#include "session/claims_json.h"
#include "session/expression_json.h"
#include "session/put.h"

/* A parameter is shown as it is used, finer than a probability for a reader. */
enum { N_VALUE_DECIMALS = 6 };

typedef ch_explainer writer;

static charley_text word(const writer *w, uint32_t index)
{
    return ch_kb_word_text(w->kb, index);
}

static void begin(const writer *w, const char *kind, ch_string id, charley_text name)
{
    ch_json_put_object(w->out);
    ch_put_text(w->out, "kind", ch_view(kind));
    ch_put_text(w->out, "id", ch_kb_string(w->kb, id));
    ch_put_text_if_any(w->out, "name", name);
}

/* The paragraphs of an entry; empty ones are left out. */
static void put_text(const writer *w, const charley_text *paragraphs, size_t n)
{
    ch_put_array(w->out, "text");
    for (size_t i = 0; i < n; i++) {
        charley_text rest = paragraphs[i];
        while (rest.size) {
            size_t end = ch_view_find(rest, '\n');
            ch_json_put_string(w->out, ch_view_part(rest, 0, end));
            rest = ch_view_part(rest, end + 1, rest.size);
        }
    }
    ch_json_put_end(w->out);
}

/* ---- sources ---- */

static void put_source(const writer *w, uint32_t index)
{
    static const char *const SEEN[] = {"read", "secondary", "recalled"};
    const ch_source *source = &ch_kb_sources(w->kb)[index];
    ch_json_put_object(w->out);
    ch_put_text(w->out, "id", ch_kb_string(w->kb, source->id));
    ch_put_text(w->out, "citation", ch_kb_string(w->kb, source->citation));
    ch_put_text_if_any(w->out, "locator", ch_kb_string(w->kb, source->locator));
    ch_put_text(w->out, "seen", ch_view(SEEN[source->seen]));
    ch_json_put_end(w->out);
}

void ch_explain_sources(const writer *w, ch_run sources)
{
    ch_put_array(w->out, "sources");
    const uint32_t *entry = ch_kb_list(w->kb, sources);
    for (uint32_t i = 0; i < sources.n; i++)
        put_source(w, entry[i]);
    ch_json_put_end(w->out);
}

/* ---- other entries, by id ---- */

/* The ids of the entries of a list; left out when there are none. */
#define PUT_IDS(w, name, run, records)                                                 \
    do {                                                                               \
        const uint32_t *entry_ = ch_kb_list((w)->kb, (run));                           \
        if ((run).n)                                                                   \
            ch_put_array((w)->out, (name));                                            \
        for (uint32_t i_ = 0; i_ < (run).n; i_++)                                      \
            ch_json_put_string(                                                        \
                (w)->out, ch_kb_string((w)->kb, records((w)->kb)[entry_[i_]].id));     \
        if ((run).n)                                                                   \
            ch_json_put_end((w)->out);                                                 \
    } while (false)

static bool lists(const charley_kb *kb, ch_run run, uint32_t wanted)
{
    const uint32_t *entry = ch_kb_list(kb, run);
    for (uint32_t i = 0; i < run.n; i++)
        if (entry[i] == wanted)
            return true;
    return false;
}

/* The entries that name condition `index`. */
#define PUT_IDS_NAMING(w, name, index, section, records, member)                       \
    do {                                                                               \
        ch_put_array((w)->out, (name));                                                \
        for (uint32_t i_ = 0; i_ < ch_kb_n((w)->kb, (section)); i_++)                  \
            if (lists((w)->kb, records((w)->kb)[i_].member, (index)))                  \
                ch_json_put_string((w)->out,                                           \
                                   ch_kb_string((w)->kb, records((w)->kb)[i_].id));    \
        ch_json_put_end((w)->out);                                                     \
    } while (false)

/* Left out when it is always yes. */
static void put_when(const writer *w, const char *name, ch_run expr)
{
    if (!expr.n)
        return;
    ch_json_put_name(w->out, ch_view(name));
    ch_put_expression_json(w->out, w->kb, expr);
}

/* ---- numbers and their passports ---- */

/* The published figures, as far as given: a probability, or two likelihood ratios, or
 * an odds ratio, or counts. An estimate was published nowhere. */
static void put_published(const writer *w, const ch_passport *passport, double value)
{
    if (passport->mark == CHARLEY_ESTIMATE)
        return;
    ch_put_array(w->out, "published");
    if (!passport->derivation.size)
        ch_json_put_number(w->out, value);
    for (size_t i = 0; i < 3; i++)
        if (passport->published[i] == passport->published[i])
            ch_json_put_number(w->out, passport->published[i]);
    ch_json_put_end(w->out);
    if (passport->of > 0) {
        ch_json_put_name(w->out, CHARLEY_TEXT("n"));
        ch_json_put_number(w->out, passport->n);
        ch_json_put_name(w->out, CHARLEY_TEXT("of"));
        ch_json_put_number(w->out, passport->of);
    }
}

void ch_explain_number(const writer *w, uint32_t index, double value)
{
    static const char *const EVIDENCE[] = {"",          "study",    "review",
                                           "guideline", "registry", "judgement"};
    if (index == CH_NONE)
        return;
    const ch_passport *passport = &ch_kb_passports(w->kb)[index];
    ch_json_put_object(w->out);
    ch_put_text(w->out, "claim", ch_kb_string(w->kb, passport->claim));
    ch_json_put_name(w->out, CHARLEY_TEXT("value"));
    ch_json_put_fixed(w->out, value, N_VALUE_DECIMALS);
    ch_put_text(w->out, "mark", charley_mark_name((charley_mark)passport->mark));
    ch_put_text(w->out, "evidence", ch_view(EVIDENCE[passport->evidence]));
    put_published(w, passport, value);
    ch_put_text_if_any(w->out, "derivation", ch_kb_string(w->kb, passport->derivation));
    ch_put_text_if_any(w->out, "at", ch_kb_string(w->kb, passport->at));
    ch_put_text_if_any(w->out, "note", ch_kb_string(w->kb, passport->note));
    if (passport->source != CH_NONE)
        ch_put_text(w->out, "source",
                    ch_kb_string(w->kb, ch_kb_sources(w->kb)[passport->source].id));
    ch_json_put_end(w->out);
}

static bool uses_source(const writer *w, uint32_t passport, uint32_t source)
{
    return passport != CH_NONE && ch_kb_passports(w->kb)[passport].source == source;
}

/* ---- entries ---- */

static void explain_finding(const writer *w, uint32_t index)
{
    static const char *const WHO[] = {"anyone", "look", "clinician", "laboratory"};
    const charley_kb *kb = w->kb;
    const ch_finding *finding = &ch_kb_findings(kb)[index];
    begin(w, "finding", finding->id, word(w, finding->word_label));
    charley_text text[] = {word(w, finding->word_ask), word(w, finding->word_how),
                           word(w, finding->word_why)};
    put_text(w, text, 3);
    ch_put_text(w->out, "who", ch_view(WHO[finding->who]));
    ch_put_truth(w->out, "red_flag", finding->red_flag);
    const uint32_t *atom = ch_kb_list(kb, finding->atoms);
    if (finding->kind == CH_FK_DERIVED)
        put_when(w, "when", ch_kb_atoms(kb)[atom[0]].derive);
    put_when(w, "not_if", finding->not_if);
    ch_put_array(w->out, "numbers");
    for (uint32_t i = 0; i < finding->atoms.n; i++) {
        const ch_atom *record = &ch_kb_atoms(kb)[atom[i]];
        ch_explain_number(w, record->passport, record->leak);
        for (uint32_t k = 0; k < record->links.n; k++) {
            const ch_link *link = &ch_kb_links(kb)[record->links.first + k];
            ch_explain_number(w, link->passport, link->p);
        }
    }
    ch_json_put_end(w->out);
    ch_put_array(w->out, "sources");
    for (uint32_t s = 0; s < ch_kb_n(kb, CH_S_SOURCES); s++) {
        bool is_used = false;
        for (uint32_t i = 0; i < finding->atoms.n; i++) {
            const ch_atom *record = &ch_kb_atoms(kb)[atom[i]];
            is_used |= uses_source(w, record->passport, s);
            for (uint32_t k = 0; k < record->links.n; k++)
                is_used |= uses_source(
                    w, ch_kb_links(kb)[record->links.first + k].passport, s);
        }
        if (is_used)
            put_source(w, s);
    }
    ch_json_put_end(w->out);
    ch_json_put_end(w->out);
}

/* Calls `use` for every number of a condition: floor, threshold, priors, factors,
 * links. */
typedef void number_use(const writer *w, uint32_t passport, double value, void *user);

static void each_number(const writer *w, uint32_t index, number_use *use, void *user)
{
    const charley_kb *kb = w->kb;
    const ch_condition *condition = &ch_kb_conditions(kb)[index];
    const ch_prior *priors = ch_kb_priors(kb) + condition->priors.first;
    const ch_factor *factors = ch_kb_factors(kb) + condition->factors.first;
    use(w, condition->act_passport, condition->act_above, user);
    use(w, condition->floor_passport, condition->floor, user);
    for (uint32_t i = 0; i < condition->priors.n; i++)
        use(w, priors[i].passport, priors[i].p, user);
    for (uint32_t i = 0; i < condition->factors.n; i++)
        use(w, factors[i].passport, ch_exp(factors[i].log_yes), user);
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_LINKS); i++)
        if (ch_kb_links(kb)[i].condition == index)
            use(w, ch_kb_links(kb)[i].passport, ch_kb_links(kb)[i].p, user);
}

static void write_number(const writer *w, uint32_t passport, double value, void *user)
{
    (void)user;
    ch_explain_number(w, passport, value);
}

typedef struct source_search {
    uint32_t source;
    bool is_used;
} source_search;

static void look_for_source(const writer *w, uint32_t passport, double value,
                            void *user)
{
    source_search *search = user;
    (void)value;
    search->is_used |= uses_source(w, passport, search->source);
}

static void explain_condition(const writer *w, uint32_t index)
{
    const charley_kb *kb = w->kb;
    const ch_condition *condition = &ch_kb_conditions(kb)[index];
    begin(w, "condition", condition->id, word(w, condition->word_name));
    ch_put_text_if_any(w->out, "also", word(w, condition->word_also));
    charley_text text[] = {word(w, condition->word_what),
                           word(w, condition->word_mechanism),
                           word(w, condition->word_course)};
    put_text(w, text, 3);
    ch_put_text(w->out, "family", ch_kb_string(kb, condition->family));
    ch_put_array(w->out, "mechanisms");
    for (uint32_t i = 0; i < condition->mechanisms.n; i++)
        ch_json_put_string(
            w->out, ch_kb_word_text(kb, ch_kb_list(kb, condition->mechanisms)[i]));
    ch_json_put_end(w->out);
    ch_put_text(w->out, "urgency",
                charley_urgency_name((charley_urgency)condition->urgency));
    ch_put_truth(w->out, "must_not_miss", condition->must_not_miss);
    ch_put_text_if_any(w->out, "codes", ch_kb_string(kb, condition->codes));
    PUT_IDS(w, "tests", condition->tests, ch_kb_tests);
    PUT_IDS(w, "clinics", condition->clinics, ch_kb_clinics);
    PUT_IDS_NAMING(w, "rules", index, CH_S_RULES, ch_kb_rules, suspects);
    PUT_IDS_NAMING(w, "cautions", index, CH_S_CAUTIONS, ch_kb_cautions, suspects);
    PUT_IDS_NAMING(w, "remedies", index, CH_S_REMEDIES, ch_kb_remedies, conditions);
    ch_put_array(w->out, "numbers");
    each_number(w, index, write_number, NULL);
    ch_json_put_end(w->out);
    ch_put_array(w->out, "sources");
    for (uint32_t s = 0; s < ch_kb_n(kb, CH_S_SOURCES); s++) {
        source_search search = {s, false};
        each_number(w, index, look_for_source, &search);
        if (search.is_used)
            put_source(w, s);
    }
    ch_json_put_end(w->out);
    ch_json_put_end(w->out);
}

static void explain_rule(const writer *w, uint32_t index)
{
    static const char *const UNKNOWN[] = {"ask", "raise", "ignore"};
    const ch_rule *rule = &ch_kb_rules(w->kb)[index];
    begin(w, "rule", rule->id, (charley_text){"", 0});
    charley_text text[] = {word(w, rule->word_why), word(w, rule->word_now)};
    put_text(w, text, 2);
    ch_put_text_if_any(w->out, "code", ch_kb_string(w->kb, rule->code));
    ch_put_text(w->out, "urgency", charley_urgency_name((charley_urgency)rule->level));
    put_when(w, "when", rule->when);
    ch_put_text(w->out, "unknown", ch_view(UNKNOWN[rule->unknown]));
    put_when(w, "raise_if", rule->raise_if);
    ch_put_text_if_any(w->out, "hazard", ch_kb_string(w->kb, rule->hazard));
    PUT_IDS(w, "suspects", rule->suspects, ch_kb_conditions);
    PUT_IDS(w, "tests", rule->tests, ch_kb_tests);
    PUT_IDS(w, "clinics", rule->clinics, ch_kb_clinics);
    ch_explain_sources(w, rule->sources);
    ch_json_put_end(w->out);
}

static void explain_caution(const writer *w, uint32_t index)
{
    const charley_kb *kb = w->kb;
    const ch_caution *caution = &ch_kb_cautions(kb)[index];
    begin(w, "caution", caution->id, (charley_text){"", 0});
    charley_text text[] = {word(w, caution->word_why), word(w, caution->word_lift)};
    put_text(w, text, 2);
    ch_put_text(
        w->out, "verdict",
        ch_view(caution->verdict == CHARLEY_FORBIDDEN ? "forbidden" : "ask_first"));
    put_when(w, "when", caution->when);
    ch_put_text(w->out, "unknown",
                ch_view(caution->unknown == CH_UNKNOWN_RAISE ? "raise" : "ignore"));
    PUT_IDS(w, "actions", caution->actions, ch_kb_actions);
    PUT_IDS(w, "suspects", caution->suspects, ch_kb_conditions);
    ch_put_text_if_any(w->out, "hazard", ch_kb_string(kb, caution->hazard));
    ch_explain_sources(w, caution->sources);
    ch_json_put_end(w->out);
}

static void explain_remedy(const writer *w, uint32_t index)
{
    static const char *const KIND[] = {"relief_now", "prevention", "clinician_only"};
    const ch_remedy *remedy = &ch_kb_remedies(w->kb)[index];
    begin(w, "remedy", remedy->id, word(w, remedy->word_name));
    charley_text how = word(w, remedy->word_how);
    put_text(w, &how, 1);
    ch_put_text_if_any(w->out, "population", word(w, remedy->word_population));
    ch_put_text_if_any(w->out, "dose", word(w, remedy->word_dose));
    ch_put_text_if_any(w->out, "effect", word(w, remedy->word_effect));
    ch_put_text_if_any(w->out, "harms", word(w, remedy->word_harms));
    ch_put_text_if_any(w->out, "who_not", word(w, remedy->word_who_not));
    ch_put_text(w->out, "kind_of_remedy", ch_view(KIND[remedy->kind]));
    ch_put_text(w->out, "grade", ch_kb_string(w->kb, remedy->grade));
    PUT_IDS(w, "conditions", remedy->conditions, ch_kb_conditions);
    put_when(w, "when", remedy->when);
    put_when(w, "not_for", remedy->not_for);
    PUT_IDS(w, "actions", remedy->actions, ch_kb_actions);
    ch_explain_sources(w, remedy->sources);
    ch_json_put_end(w->out);
}

static void explain_topic(const writer *w, const char *kind, const ch_topic *topic)
{
    begin(w, kind, topic->id, word(w, topic->word_name));
    charley_text text = word(w, topic->word_text);
    put_text(w, &text, 1);
    ch_explain_sources(w, topic->sources);
    ch_json_put_end(w->out);
}

static void explain_test(const writer *w, uint32_t index)
{
    explain_topic(w, "test", &ch_kb_tests(w->kb)[index]);
}

static void explain_clinic(const writer *w, uint32_t index)
{
    explain_topic(w, "clinic", &ch_kb_clinics(w->kb)[index]);
}

static void explain_score(const writer *w, uint32_t index)
{
    const ch_score *score = &ch_kb_scores(w->kb)[index];
    const ch_score_item *items = ch_kb_score_items(w->kb) + score->items.first;
    begin(w, "score", score->id, word(w, score->word_name));
    charley_text text = word(w, score->word_limits);
    put_text(w, &text, 1);
    ch_put_array(w->out, "items");
    for (uint32_t i = 0; i < score->items.n; i++) {
        ch_json_put_object(w->out);
        ch_put_text(w->out, "id", ch_kb_string(w->kb, items[i].id));
        ch_put_text(w->out, "label", word(w, items[i].word_label));
        ch_put_fixed(w->out, "points", items[i].points);
        ch_json_put_end(w->out);
    }
    ch_json_put_end(w->out);
    const ch_band *bands = ch_kb_bands(w->kb) + score->bands.first;
    ch_put_array(w->out, "bands");
    for (uint32_t i = 0; i < score->bands.n; i++) {
        ch_json_put_object(w->out);
        ch_put_text(w->out, "id", ch_kb_string(w->kb, bands[i].id));
        ch_put_text(w->out, "text", word(w, bands[i].word));
        ch_json_put_end(w->out);
    }
    ch_json_put_end(w->out);
    ch_explain_sources(w, score->sources);
    ch_json_put_end(w->out);
}

static void explain_claim(const writer *w, uint32_t index)
{
    const ch_claim *claim = &ch_kb_claims(w->kb)[index];
    begin(w, "claim", claim->id, word(w, claim->word_says));
    charley_text text = word(w, claim->word_answer);
    put_text(w, &text, 1);
    ch_put_claim_references(w->kb, w->out, index);
    put_when(w, "when", claim->when);
    ch_explain_sources(w, claim->sources);
    ch_json_put_end(w->out);
}

static void explain_contradiction(const writer *w, uint32_t index)
{
    const ch_contradiction *entry = &ch_kb_contradictions(w->kb)[index];
    begin(w, "contradiction", entry->id, word(w, entry->word_says));
    charley_text text = word(w, entry->word_answer);
    put_text(w, &text, 1);
    ch_put_contradiction_sides(w->kb, w->out, entry);
    ch_json_put_end(w->out);
}

static void explain_source(const writer *w, uint32_t index)
{
    const ch_source *source = &ch_kb_sources(w->kb)[index];
    begin(w, "source", source->id, ch_kb_string(w->kb, source->citation));
    put_text(w, NULL, 0);
    ch_put_array(w->out, "sources");
    put_source(w, index);
    ch_json_put_end(w->out);
    ch_json_put_end(w->out);
}

static void explain_screen(const writer *w, uint32_t index)
{
    const charley_kb *kb = w->kb;
    const ch_screen *screen = &ch_kb_screens(kb)[index];
    begin(w, "screen", screen->id, word(w, screen->word_title));
    charley_text text = word(w, screen->word_why);
    put_text(w, &text, 1);
    const uint32_t *finding = ch_kb_list(kb, screen->findings);
    ch_put_array(w->out, "findings");
    for (uint32_t i = 0; i < screen->findings.n; i++)
        ch_json_put_string(w->out, ch_kb_string(kb, ch_kb_findings(kb)[finding[i]].id));
    ch_json_put_end(w->out);
    ch_json_put_end(w->out);
}

static void explain_modifier(const writer *w, uint32_t index)
{
    const ch_modifier *modifier = &ch_kb_modifiers(w->kb)[index];
    begin(w, "modifier", modifier->id, (charley_text){"", 0});
    charley_text text = word(w, modifier->word_why);
    put_text(w, &text, 1);
    put_when(w, "when", modifier->when);
    ch_put_text(w->out, "from", charley_urgency_name((charley_urgency)modifier->from));
    ch_put_text(w->out, "at_most",
                charley_urgency_name((charley_urgency)modifier->at_most));
    ch_explain_sources(w, modifier->sources);
    ch_json_put_end(w->out);
}

static void explain_conflict(const writer *w, uint32_t index)
{
    const ch_conflict *conflict = &ch_kb_conflicts(w->kb)[index];
    begin(w, "conflict", conflict->id, (charley_text){"", 0});
    charley_text text = word(w, conflict->word);
    put_text(w, &text, 1);
    put_when(w, "when", conflict->when);
    ch_json_put_end(w->out);
}

static void explain_drug(const writer *w, uint32_t index)
{
    ch_explain_drug(w, index, (charley_text){"", 0});
}

static void explain_region(const writer *w, uint32_t index)
{
    const ch_region *region = &ch_kb_regions(w->kb)[index];
    begin(w, "region", region->id, word(w, region->word_name));
    put_text(w, NULL, 0);
    ch_put_text_if_any(w->out, "emergency", ch_kb_string(w->kb, region->emergency));
    ch_put_text_if_any(w->out, "advice", ch_kb_string(w->kb, region->advice));
    ch_explain_sources(w, region->sources);
    ch_json_put_end(w->out);
}

/* ---- a single number by its claim id ---- */

static void match_number(const writer *w, uint32_t passport, double value, void *user)
{
    uint32_t *wanted = user;
    if (passport == *wanted) {
        ch_explain_number(w, passport, value);
        *wanted = CH_NONE;
    }
}

static void explain_number(const writer *w, uint32_t index)
{
    const charley_kb *kb = w->kb;
    const ch_passport *passport = &ch_kb_passports(kb)[index];
    begin(w, "number", passport->claim, (charley_text){"", 0});
    put_text(w, NULL, 0);
    ch_put_array(w->out, "numbers");
    uint32_t wanted = index;
    for (uint32_t c = 0; wanted != CH_NONE && c < ch_kb_n(kb, CH_S_CONDITIONS); c++)
        each_number(w, c, match_number, &wanted);
    for (uint32_t a = 0; wanted != CH_NONE && a < ch_kb_n(kb, CH_S_ATOMS); a++)
        match_number(w, ch_kb_atoms(kb)[a].passport, ch_kb_atoms(kb)[a].leak, &wanted);
    for (uint32_t i = 0; wanted != CH_NONE && i < ch_kb_n(kb, CH_S_RATIOS); i++)
        match_number(w, ch_kb_ratios(kb)[i].passport, ch_kb_ratios(kb)[i].value,
                     &wanted);
    ch_json_put_end(w->out);
    ch_put_array(w->out, "sources");
    if (passport->source != CH_NONE)
        put_source(w, passport->source);
    ch_json_put_end(w->out);
    ch_json_put_end(w->out);
}

/* ---- finding the entry ---- */

/* "test:d_dimer" names the kind too: is `kind` the one that is meant? */
static bool is_meant(const char *kind, charley_text *id)
{
    size_t colon = ch_view_find(*id, ':');
    if (colon == id->size)
        return true;
    if (!ch_view_is(ch_view_part(*id, 0, colon), kind))
        return false;
    *id = ch_view_part(*id, colon + 1, id->size);
    return true;
}

/* How an entry of each kind is explained. Where kinds share an id, the first is meant:
 * a rule before the derived finding it is named after, a test before its result. */
static const struct explainer {
    charley_kind kind;
    const char *name;
    void (*explain)(const writer *w, uint32_t index);
} EXPLAINERS[CHARLEY_N_KINDS] = {
    {CHARLEY_CONDITION, "condition", explain_condition},
    {CHARLEY_RULE, "rule", explain_rule},
    {CHARLEY_CAUTION, "caution", explain_caution},
    {CHARLEY_REMEDY, "remedy", explain_remedy},
    {CHARLEY_TEST, "test", explain_test},
    {CHARLEY_CLINIC, "clinic", explain_clinic},
    {CHARLEY_SCORE, "score", explain_score},
    {CHARLEY_CLAIM, "claim", explain_claim},
    {CHARLEY_DRUG, "drug", explain_drug},
    {CHARLEY_INTERACTION, "interaction", ch_explain_interaction},
    {CHARLEY_REGION, "region", explain_region},
    {CHARLEY_FINDING, "finding", explain_finding},
    {CHARLEY_SCREEN, "screen", explain_screen},
    {CHARLEY_MODIFIER, "modifier", explain_modifier},
    {CHARLEY_CONFLICT, "conflict", explain_conflict},
    {CHARLEY_SOURCE, "source", explain_source},
    {CHARLEY_CONTRADICTION, "contradiction", explain_contradiction},
};

static bool explain_entry(const writer *w, charley_text id)
{
    for (size_t i = 0; i < CHARLEY_N_KINDS; i++) {
        size_t index;
        charley_text name = id;
        if (!is_meant(EXPLAINERS[i].name, &name) ||
            charley_kb_find(w->kb, EXPLAINERS[i].kind, name, &index, NULL) !=
                CHARLEY_OK)
            continue;
        EXPLAINERS[i].explain(w, (uint32_t)index);
        return true;
    }
    return false;
}

static uint32_t find_claim_of_number(const charley_kb *kb, charley_text id)
{
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_PASSPORTS); i++)
        if (ch_view_equal(ch_kb_string(kb, ch_kb_passports(kb)[i].claim), id))
            return i;
    return CH_NONE;
}

/* The nearest id of any kind, for "did you mean". */
static charley_status fail_unknown(const charley_kb *kb, charley_text id,
                                   charley_error *error)
{
    unsigned nearest = (unsigned)(id.size / 3) + 2;
    charley_text guess = {NULL, 0};
    for (unsigned kind = 0; kind < CHARLEY_N_KINDS; kind++)
        for (size_t i = 0; i < charley_kb_count(kb, (charley_kind)kind); i++) {
            charley_text other = charley_kb_id(kb, (charley_kind)kind, i);
            unsigned distance = ch_view_distance(id, other, nearest);
            if (distance >= nearest)
                continue;
            nearest = distance;
            guess = other;
        }
    ch_fail_about(error, CHARLEY_E_NOTFOUND, id, "nothing is called \"");
    ch_fail_append(error, ch_view_start(id, 64));
    ch_fail_append(error, ch_view("\""));
    if (guess.size) {
        ch_fail_append(error, ch_view("; did you mean \""));
        ch_fail_append(error, guess);
        ch_fail_append(error, ch_view("\"?"));
    }
    return CHARLEY_E_NOTFOUND;
}

charley_status charley_kb_explain(const charley_kb *kb, charley_text id, char *json,
                                  size_t capacity, size_t *size, charley_error *error)
{
    ch_json_writer out;
    ch_json_write_start(&out, json, capacity, true);
    writer w = {kb, &out};
    if (!explain_entry(&w, id)) {
        uint32_t number = find_claim_of_number(kb, id);
        if (number == CH_NONE)
            return fail_unknown(kb, id, error);
        explain_number(&w, number);
    }
    return ch_json_write_finish(&out, size, error);
}
