/* words.c: which sentence each entry needs, and which it may have. */
#include "author/check.h"
#include "author/shape.h"

#include "base/view.h"

#include <stdio.h>

enum { KEY_SIZE = 512 };

/* ---- keys ---- */

static uint32_t find(const ch_language *language, const char *key)
{
    return ch_table_find(&language->keys, ch_view(key));
}

static void write_key(char key[KEY_SIZE], const char *kind, charley_text id,
                      const char *part)
{
    snprintf(key, KEY_SIZE, "%s.%.*s%s%s", kind, CH_ARG(id), part ? "." : "",
             part ? part : "");
}

uint32_t ch_word_find(const ch_language *language, const char *kind, charley_text id,
                      const char *part)
{
    char key[KEY_SIZE];
    write_key(key, kind, id, part);
    return find(language, key);
}

uint32_t ch_word_find_deep(const ch_language *language, const char *kind,
                           charley_text id, const char *part, charley_text inner)
{
    char key[KEY_SIZE];
    snprintf(key, KEY_SIZE, "%s.%.*s.%s.%.*s", kind, CH_ARG(id), part, CH_ARG(inner));
    return find(language, key);
}

/* ---- one entry's needs ---- */

typedef struct asker {
    ch_bookshelf *shelf;
    ch_language *language;
    const ch_entry *entry; /* whose words are looked for; its place is the fault's */
    const char *kind;
} asker;

static void use_key(const asker *a, const char *key, bool is_needed, ch_lint lint)
{
    uint32_t index = find(a->language, key);
    if (index != CH_NONE) {
        ch_word_entry *word = CH_AT(a->language->words, index, ch_word_entry);
        word->is_used = true;
        word->is_in_use |= ch_entry_in_use(a->entry);
        return;
    }
    if (is_needed && ch_entry_counts(a->entry))
        ch_report(&a->shelf->desk, lint,
                  a->entry->id_node ? a->entry->id_node : a->entry->node,
                  "the sentence \"%s\" is missing (%.*s)", key,
                  CH_ARG(a->language->name));
}

static void need_with(const asker *a, const char *part, bool is_needed, ch_lint lint)
{
    char key[KEY_SIZE];
    write_key(key, a->kind, a->entry->id, part);
    use_key(a, key, is_needed, lint);
}

static void need(const asker *a, const char *part)
{
    need_with(a, part, true, CH_LINT_NO_WORD);
}

static void may_have(const asker *a, const char *part)
{
    need_with(a, part, false, CH_LINT_NO_WORD);
}

static void need_deep(const asker *a, const char *part, charley_text inner)
{
    char key[KEY_SIZE];
    snprintf(key, KEY_SIZE, "%s.%.*s.%s.%.*s", a->kind, CH_ARG(a->entry->id), part,
             CH_ARG(inner));
    use_key(a, key, true, CH_LINT_NO_WORD);
}

/* A sentence about something that is no entry: a family, a unit. */
static void need_about(const asker *a, const char *kind, charley_text id,
                       const char *part, bool is_needed)
{
    char key[KEY_SIZE];
    write_key(key, kind, id, part);
    use_key(a, key, is_needed, CH_LINT_NO_WORD);
}

/* ---- by kind ---- */

static void ask_finding(const asker *a, const ch_finding_entry *finding)
{
    bool is_derived = finding->kind == 1 + CH_FK_DERIVED;
    bool is_listed = false;
    for (uint32_t i = 0; i < finding->n_atoms; i++)
        is_listed |=
            CH_ENTRY(a->shelf, CH_E_ATOM, finding->first_atom + i, ch_atom_entry)
                ->is_listed;
    bool is_alone = finding->screen && finding->screen->kind != 1 + CHARLEY_ASK_MANY;
    need_with(a, "label", !is_derived || is_listed, CH_LINT_NO_WORD);
    if (!is_derived)
        need_with(a, "ask", is_alone, CH_LINT_NO_WORD);
    bool is_done =
        finding->who == 1 + CH_WHO_LOOK ||
        (finding->who == 1 + CH_WHO_CLINICIAN && finding->kind == 1 + CH_FK_NUMBER);
    need_with(a, "how", finding->screen && is_done, CH_LINT_NO_WORD);
    may_have(a, "why");
    for (uint32_t i = 0; i < finding->options.n; i++)
        need_deep(a, "option", CH_ITEM(finding->options, i, ch_option_entry)->entry.id);
    if (finding->unit)
        need_about(a, "unit", finding->unit->text, NULL, true);
    for (uint32_t i = 0; i < finding->also_units.n; i++)
        need_about(a, "unit", finding->also_units.items[i]->text, NULL, true);
}

static void ask_condition(const asker *a, const ch_condition_entry *condition)
{
    need(a, "name");
    need(a, "what");
    need(a, "also");
    need(a, "mechanism");
    need(a, "course");
    if (condition->family)
        need_about(a, "family", ch_family_word(condition->family), NULL, true);
    for (int m = 1; ch_mechanism_word(m).size > 0; m++)
        if (condition->mechanisms >> m & 1)
            need_about(a, "mechanism", ch_mechanism_word(m), NULL, true);
}

static void ask_rule(const asker *a, const ch_rule_entry *rule)
{
    need(a, "why");
    need_with(a, "now", rule->level >= CHARLEY_SAME_DAY, CH_LINT_RULE_INCOMPLETE);
}

static void ask_remedy(const asker *a, const ch_remedy_entry *remedy)
{
    need(a, "name");
    need(a, "how");
    need(a, "population");
    may_have(a, "dose");
    need(a, "effect");
    need(a, "harms");
    need(a, "who_not");
    char grade = (char)remedy->grade;
    if (grade)
        need_about(a, "grade", (charley_text){&grade, 1}, NULL, true);
}

static void ask_score(const asker *a, const ch_score_entry *score)
{
    need(a, "name");
    may_have(a, "limits");
    for (uint32_t i = 0; i < score->items.n; i++)
        need_deep(a, "item", CH_ITEM(score->items, i, ch_score_item_entry)->entry.id);
    for (uint32_t i = 0; i < score->ladder.n; i++)
        need_deep(a, "band", CH_ITEM(score->ladder, i, ch_rung_entry)->entry.id);
    for (uint32_t i = 0; i < score->bands.n; i++)
        need_deep(a, "band", CH_ITEM(score->bands, i, ch_band_entry)->entry.id);
}

static void ask_drug(const asker *a, const ch_drug_entry *drug)
{
    need(a, "name");
    may_have(a, "also");
    need(a, "why");
    need(a, "do");
    if (drug->ratios.n)
        need(a, "ratio");
    if (drug->effect)
        need_about(a, "drug_effect", ch_drug_effect_word(drug->effect), NULL, true);
}

static void ask_interaction(const asker *a, const ch_interaction_entry *interaction)
{
    need(a, "name");
    need(a, "why");
    need(a, "do");
    if (interaction->ratios.n)
        need(a, "ratio");
    if (interaction->level)
        need_about(a, "interaction_level",
                   ch_interaction_level_word(interaction->level), NULL, true);
}

static void ask_screen(const asker *a, const ch_screen_entry *screen)
{
    bool has_several =
        screen->kind == 1 + CHARLEY_ASK_MANY || screen->kind == 1 + CHARLEY_ASK_GROUPS;
    need_with(a, "title", has_several, CH_LINT_NO_WORD);
    may_have(a, "why");
}

static void ask_entry(const asker *a, unsigned kind, const void *entry)
{
    switch (kind) {
    case CH_E_FINDING:
        ask_finding(a, entry);
        break;
    case CH_E_SCREEN:
        ask_screen(a, entry);
        break;
    case CH_E_CONDITION:
        ask_condition(a, entry);
        break;
    case CH_E_RULE:
        ask_rule(a, entry);
        break;
    case CH_E_MODIFIER:
        need(a, "why");
        break;
    case CH_E_CONFLICT:
        need(a, NULL);
        break;
    case CH_E_CAUTION:
        need(a, "why");
        need_with(a, "lift", true, CH_LINT_NO_LIFT);
        break;
    case CH_E_ACTION:
        need(a, "name");
        break;
    case CH_E_REMEDY:
        ask_remedy(a, entry);
        break;
    case CH_E_TEST:
        need(a, "name");
        may_have(a, "why");
        break;
    case CH_E_CLINIC:
        need(a, "name");
        may_have(a, "how");
        break;
    case CH_E_SCORE:
        ask_score(a, entry);
        break;
    case CH_E_DRUG:
        ask_drug(a, entry);
        break;
    case CH_E_INTERACTION:
        ask_interaction(a, entry);
        break;
    case CH_E_REGION:
        need(a, "name");
        break;
    case CH_E_CLAIM:
        need(a, "says");
        need(a, "answer");
        may_have(a, "topics");
        break;
    case CH_E_CONTRADICTION:
        need(a, "says");
        need(a, "answer");
        break;
    default:
        break;
    }
}

/* What every result may say, whatever the entries. */
static void ask_meta(const asker *a)
{
    for (int level = CHARLEY_COULD_NOT_ASSESS; level <= CHARLEY_AMBULANCE; level++) {
        charley_text name = ch_urgency_word(level);
        bool is_level = level != CHARLEY_COULD_NOT_ASSESS;
        need_about(a, "urgency", name, "title", true);
        need_about(a, "urgency", name, "time", is_level);
        need_about(a, "urgency", name, "where", is_level);
    }
    for (int mark = CHARLEY_SHOWN; mark <= CHARLEY_ESTIMATE; mark++)
        need_about(a, "mark", ch_mark_word(mark), NULL, true);
    static const char *const SEARCH[] = {"endings", "ignored", "same"};
    for (size_t i = 0; i < sizeof SEARCH / sizeof SEARCH[0]; i++)
        need_about(a, "search", ch_view(SEARCH[i]), NULL, false);
}

static void check_language(ch_bookshelf *shelf, ch_language *language)
{
    asker a = {.shelf = shelf, .language = language};
    if (shelf->meta) {
        a.entry = &shelf->meta->entry;
        ask_meta(&a);
    }
    for (unsigned kind = 0; kind < CH_E_ATOM; kind++) {
        for (uint32_t i = 0; i < shelf->entries[kind].n; i++) {
            a.entry = ch_entry_at(shelf, (ch_entry_kind)kind, i);
            a.kind = ch_kind_name((ch_entry_kind)kind);
            if (a.entry->id_node)
                ask_entry(&a, kind, a.entry);
        }
    }
    bool is_whole = shelf->meta && !shelf->has_faulty_entry;
    for (uint32_t i = 0; is_whole && i < language->words.n; i++) {
        const ch_word_entry *word = CH_AT(language->words, i, ch_word_entry);
        if (ch_variant_split(word->key).region.size)
            ch_variant_check(shelf, language, word);
        else if (!word->is_used && !ch_view_starts_with(word->key, "ui."))
            ch_report(&shelf->desk, CH_LINT_WORD_UNUSED, word->node,
                      "nothing uses the sentence \"%.*s\"", CH_ARG(word->key));
    }
}

void ch_check_words(ch_bookshelf *shelf)
{
    const ch_node *wanted = shelf->meta ? shelf->meta->language : NULL;
    if (wanted && !ch_language_find(shelf, wanted->text))
        ch_report(&shelf->desk, CH_LINT_NO_WORD, wanted,
                  "there are no words in this language (words/%.*s/)",
                  CH_ARG(wanted->text));
    for (uint32_t i = 0; i < shelf->languages.n; i++)
        check_language(shelf, CH_AT(shelf->languages, i, ch_language));
}
