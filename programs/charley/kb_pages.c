/* kb_pages.c: see kb_pages.h.
 *
 * Everything on a page comes from charley_kb_explain: its members are told in the order
 * they come, so a new member or kind of entry needs a line in the tables below at most.
 * Ids are links to where that entry is told.
 */
#include "kb_pages.h"

#include <errno.h>
#include <sys/stat.h>

#include "command_line.h"
#include "desk.h"
#include "explain.h"
#include "expression_text.h"
#include "files.h"
#include "json_view.h"

/* How the entries of a kind are told. */
typedef struct page_kind {
    charley_kind kind;
    const char *name;   /* as in "rule:clot_suspected" */
    const char *folder; /* of its pages, or the name of the one page with all of them */
    bool has_pages;     /* one page an entry */
} page_kind;

static const page_kind kinds[] = {
    {CHARLEY_CONDITION, "condition", "conditions", true},
    {CHARLEY_RULE, "rule", "rules", true},
    {CHARLEY_REMEDY, "remedy", "remedies", true},
    {CHARLEY_CLAIM, "claim", "claims", true},
    {CHARLEY_CONTRADICTION, "contradiction", "contradictions", false},
    {CHARLEY_DRUG, "drug", "medicines", false},
    {CHARLEY_INTERACTION, "interaction", "interactions", false},
    {CHARLEY_CAUTION, "caution", "cautions", false},
    {CHARLEY_MODIFIER, "modifier", "modifiers", false},
    {CHARLEY_CONFLICT, "conflict", "conflicts", false},
    {CHARLEY_SCORE, "score", "scores", false},
    {CHARLEY_TEST, "test", "tests", false},
    {CHARLEY_CLINIC, "clinic", "clinics", false},
    {CHARLEY_FINDING, "finding", "findings", false},
    {CHARLEY_SCREEN, "screen", "screens", false},
    {CHARLEY_REGION, "region", "regions", false},
    {CHARLEY_SOURCE, "source", "sources", false},
};
enum { N_PAGE_KINDS = sizeof kinds / sizeof kinds[0] };

/* Members whose values are ids of a kind. */
static const struct {
    const char *member;
    const char *kind;
} references[] = {
    {"tests", "test"},
    {"clinics", "clinic"},
    {"rules", "rule"},
    {"cautions", "caution"},
    {"remedies", "remedy"},
    {"conditions", "condition"},
    {"suspects", "condition"},
    {"findings", "finding"},
    {"one_side", "claim"},
    {"other_side", "claim"},
    {"contradictions", "contradiction"},
};

/* What one page is written with. */
typedef struct writer {
    cli_page words; /* for its words; nothing is printed through it */
    cli_phrase text;
    const page_kind *at; /* the kind being told: links are relative to its folder */
} writer;

static const page_kind *kind_named(const char *name)
{
    for (size_t i = 0; i < N_PAGE_KINDS; i++)
        if (cli_text_is(cli_text(kinds[i].name), name))
            return &kinds[i];
    return NULL;
}

/* ---- Markdown --------------------------------------------------------------- */

/* Text with what Markdown would take as markup escaped, on one line. */
static void add_escaped(cli_phrase *out, charley_text text)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.bytes[i];
        bool is_markup = c == '\\' || c == '`' || c == '*' || c == '_' || c == '[' ||
                         c == ']' || c == '<' || c == '>' || c == '|' || c == '#';
        phrase_add(out, is_markup ? CHARLEY_TEXT("\\") : CHARLEY_TEXT(""));
        phrase_add(out, c == '\n' ? CHARLEY_TEXT(" ") : (charley_text){&c, 1});
    }
}

static void add_plain_escaped(cli_phrase *out, charley_text json)
{
    cli_phrase plain = {0};
    json_add_plain(&plain, json);
    add_escaped(out, phrase_text(&plain));
    phrase_free(&plain);
}

static charley_text name_of(const writer *w, const page_kind *kind, charley_text id)
{
    static const char *const parts[] = {"name", "title", "label", "says", "why"};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        char key[160];
        snprintf(key, sizeof key, "%s.%.*s.%s", kind->name, (int)id.size, id.bytes,
                 parts[i]);
        charley_text word = charley_kb_word(w->words.kb, cli_text(key));
        if (word.size > 0)
            return word;
    }
    return id;
}

/* ](where it is told) */
static void add_target(writer *w, const page_kind *kind, charley_text id)
{
    const char *up = w->at && w->at->has_pages ? "../" : "";
    phrase_add_format(&w->text, "](%s%s%s%.*s%s)", up, kind->folder,
                      kind->has_pages ? "/" : ".md#", (int)id.size, id.bytes,
                      kind->has_pages ? ".md" : "");
}

/* [its name](where it is told); a source is named by its id. */
static void add_link(writer *w, const page_kind *kind, charley_text id)
{
    phrase_add(&w->text, CHARLEY_TEXT("["));
    add_escaped(&w->text, kind->kind == CHARLEY_SOURCE ? id : name_of(w, kind, id));
    add_target(w, kind, id);
}

static void add_label(writer *w, charley_text key)
{
    char name[96];
    snprintf(name, sizeof name, "ui.explain.%.*s", (int)key.size, key.bytes);
    add_escaped(&w->text, page_word(&w->words, name));
}

/* A value in words where the knowledge has words for it. */
static void add_value(writer *w, charley_text key, charley_text json)
{
    cli_phrase value = {0};
    explain_add_value(&value, &w->words, key, json);
    add_escaped(&w->text, phrase_text(&value));
    phrase_free(&value);
}

/* ---- members ---------------------------------------------------------------- */

static void add_expression_line(void *user, unsigned depth, charley_text line,
                                charley_text finding)
{
    writer *w = user;
    phrase_add_format(&w->text, "%*s- ", (int)(2 * (depth + 1)), "");
    if (finding.size > 0) {
        phrase_add(&w->text, CHARLEY_TEXT("["));
        add_escaped(&w->text, line);
        add_target(w, kind_named("finding"), finding);
    } else {
        add_escaped(&w->text, line);
    }
    phrase_add(&w->text, CHARLEY_TEXT("\n"));
}

/* The passports of an entry as a table. */
static void add_numbers(writer *w, charley_text numbers)
{
    static const char *const columns[] = {"claim",     "value", "mark",  "evidence",
                                          "published", "n",     "of",    "derivation",
                                          "at",        "note",  "source"};
    enum { N_COLUMNS = sizeof columns / sizeof columns[0] };
    charley_text number;
    phrase_add(&w->text, CHARLEY_TEXT("\n|"));
    for (size_t i = 0; i < N_COLUMNS; i++) {
        phrase_add(&w->text, CHARLEY_TEXT(" "));
        add_label(w, cli_text(columns[i]));
        phrase_add(&w->text, CHARLEY_TEXT(" |"));
    }
    phrase_add(&w->text, CHARLEY_TEXT("\n|"));
    for (size_t i = 0; i < N_COLUMNS; i++)
        phrase_add(&w->text, CHARLEY_TEXT("---|"));
    phrase_add(&w->text, CHARLEY_TEXT("\n"));
    while (json_next(&numbers, NULL, &number)) {
        phrase_add(&w->text, CHARLEY_TEXT("|"));
        for (size_t i = 0; i < N_COLUMNS; i++) {
            charley_text value = json_member(number, columns[i]);
            phrase_add(&w->text, CHARLEY_TEXT(" "));
            if (value.size > 0 && cli_text_is(cli_text(columns[i]), "source")) {
                cli_phrase id = {0};
                json_add_plain(&id, value);
                add_link(w, kind_named("source"), phrase_text(&id));
                phrase_free(&id);
            } else if (json_kind_of(value) == JSON_ARRAY) {
                charley_text one;
                for (size_t k = 0; json_next(&value, NULL, &one); k++) {
                    phrase_add(&w->text, k ? CHARLEY_TEXT("; ") : CHARLEY_TEXT(""));
                    add_plain_escaped(&w->text, one);
                }
            } else if (value.size > 0) {
                add_value(w, cli_text(columns[i]), value);
            }
            phrase_add(&w->text, CHARLEY_TEXT(" |"));
        }
        phrase_add(&w->text, CHARLEY_TEXT("\n"));
    }
}

/* An object on one line: "Item: Active cancer; Points: 1". */
static void add_object(writer *w, charley_text object)
{
    charley_text key;
    charley_text value;
    for (size_t i = 0; json_next(&object, &key, &value); i++) {
        phrase_add(&w->text, i ? CHARLEY_TEXT("; ") : CHARLEY_TEXT(""));
        add_label(w, key);
        phrase_add(&w->text, CHARLEY_TEXT(": "));
        add_value(w, key, value);
    }
}

static const page_kind *kind_referred_to(charley_text member)
{
    for (size_t i = 0; i < sizeof references / sizeof references[0]; i++)
        if (cli_text_is(member, references[i].member))
            return kind_named(references[i].kind);
    return NULL;
}

static void add_list(writer *w, charley_text member, charley_text array)
{
    const page_kind *kind = kind_referred_to(member);
    charley_text value;
    while (json_next(&array, NULL, &value)) {
        phrase_add(&w->text, CHARLEY_TEXT("  - "));
        if (json_kind_of(value) == JSON_OBJECT) {
            add_object(w, value);
        } else if (kind) {
            cli_phrase id = {0};
            json_add_plain(&id, value);
            add_link(w, kind, phrase_text(&id));
            phrase_free(&id);
        } else {
            add_plain_escaped(&w->text, value);
        }
        phrase_add(&w->text, CHARLEY_TEXT("\n"));
    }
}

static void add_sources(writer *w, charley_text sources)
{
    charley_text source;
    while (json_next(&sources, NULL, &source)) {
        cli_phrase id = {0};
        json_add_plain(&id, json_member(source, "id"));
        phrase_add(&w->text, CHARLEY_TEXT("  - "));
        add_link(w, kind_named("source"), phrase_text(&id));
        phrase_add(&w->text, CHARLEY_TEXT(": "));
        add_plain_escaped(&w->text, json_member(source, "citation"));
        phrase_add(&w->text, CHARLEY_TEXT("\n"));
        phrase_free(&id);
    }
}

static bool is_one_of(charley_text key, const char *const *list)
{
    for (; *list; list++)
        if (cli_text_is(key, *list))
            return true;
    return false;
}

static bool is_empty(charley_text value)
{
    return cli_text_is(value, "[]") || cli_text_is(value, "\"\"");
}

static void add_member(writer *w, charley_text key, charley_text value)
{
    static const char *const told_elsewhere[] = {"kind", "id", "name", "text", NULL};
    static const char *const expressions[] = {"when", "raise_if", "not_if", "not_for",
                                              NULL};
    if (is_one_of(key, told_elsewhere) || is_empty(value))
        return;
    json_kind kind = json_kind_of(value);
    phrase_add(&w->text, CHARLEY_TEXT("- "));
    add_label(w, key);
    phrase_add(&w->text, CHARLEY_TEXT(":"));
    if (is_one_of(key, expressions)) {
        phrase_add(&w->text, CHARLEY_TEXT("\n"));
        expression_text(&w->words, value, add_expression_line, w);
    } else if (cli_text_is(key, "numbers")) {
        phrase_add(&w->text, CHARLEY_TEXT("\n"));
        add_numbers(w, value);
        phrase_add(&w->text, CHARLEY_TEXT("\n"));
    } else if (cli_text_is(key, "sources")) {
        phrase_add(&w->text, CHARLEY_TEXT("\n"));
        add_sources(w, value);
    } else if (kind == JSON_ARRAY) {
        phrase_add(&w->text, CHARLEY_TEXT("\n"));
        add_list(w, key, value);
    } else {
        phrase_add(&w->text, CHARLEY_TEXT(" "));
        add_value(w, key, value);
        phrase_add(&w->text, CHARLEY_TEXT("\n"));
    }
}

/* ---- entries ---------------------------------------------------------------- */

static void add_paragraphs(writer *w, charley_text texts)
{
    charley_text text;
    while (json_next(&texts, NULL, &text)) {
        add_plain_escaped(&w->text, text);
        phrase_add(&w->text, CHARLEY_TEXT("\n\n"));
    }
}

static charley_status add_entry(writer *w, charley_text id, charley_error *error)
{
    cli_phrase asked = {0};
    cli_phrase json = {0};
    phrase_add_format(&asked, "%s:%.*s", w->at->name, (int)id.size, id.bytes);
    charley_status status =
        explain_json(w->words.kb, phrase_text(&asked), &json, error);
    if (status == CHARLEY_OK) {
        charley_text object = phrase_text(&json);
        charley_text key;
        charley_text value;
        if (!w->at->has_pages)
            phrase_add_format(&w->text, "<a id=\"%.*s\"></a>\n", (int)id.size,
                              id.bytes);
        phrase_add(&w->text,
                   w->at->has_pages ? CHARLEY_TEXT("# ") : CHARLEY_TEXT("## "));
        add_escaped(&w->text,
                    w->at->kind == CHARLEY_SOURCE ? id : name_of(w, w->at, id));
        phrase_add_format(&w->text, "\n\n`%.*s`\n\n", (int)id.size, id.bytes);
        add_paragraphs(w, json_member(object, "text"));
        while (json_next(&object, &key, &value))
            add_member(w, key, value);
        phrase_add(&w->text, CHARLEY_TEXT("\n"));
    }
    phrase_free(&json);
    phrase_free(&asked);
    return status;
}

/* ---- files ------------------------------------------------------------------ */

static charley_status make_folder(const char *path, charley_error *error)
{
    if (mkdir(path, 0777) == 0 || errno == EEXIST)
        return CHARLEY_OK;
    *error = (charley_error){.status = CHARLEY_E_IO};
    snprintf(error->text, sizeof error->text, "the folder cannot be made");
    return CHARLEY_E_IO;
}

/* Writes the page so far and begins the next one. */
static charley_status write_page(writer *w, const char *path, charley_error *error)
{
    while (w->text.size > 1 && w->text.bytes[w->text.size - 1] == '\n' &&
           w->text.bytes[w->text.size - 2] == '\n')
        w->text.size--;
    charley_status status =
        cli_write_file(path, CLI_PUBLIC, w->text.bytes, w->text.size, error);
    phrase_clear(&w->text);
    return status;
}

static void add_title(writer *w, const page_kind *kind)
{
    char key[64];
    snprintf(key, sizeof key, "ui.pages.%s", kind->folder);
    phrase_add(&w->text, CHARLEY_TEXT("# "));
    phrase_add(&w->text, page_word(&w->words, key));
    phrase_add(&w->text, CHARLEY_TEXT("\n\n"));
}

/* One page for each entry of a kind, and their index. */
static charley_status write_pages(writer *w, const page_kind *kind, const char *folder,
                                  charley_error *error)
{
    const charley_kb *kb = w->words.kb;
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, kind->folder);
    charley_status status = make_folder(path, error);
    w->at = kind;
    for (size_t i = 0; status == CHARLEY_OK && i < charley_kb_count(kb, kind->kind);
         i++) {
        charley_text id = charley_kb_id(kb, kind->kind, i);
        snprintf(path, sizeof path, "%s/%s/%.*s.md", folder, kind->folder, (int)id.size,
                 id.bytes);
        status = add_entry(w, id, error);
        if (status == CHARLEY_OK)
            status = write_page(w, path, error);
    }
    if (status != CHARLEY_OK)
        return status;
    add_title(w, kind);
    for (size_t i = 0; i < charley_kb_count(kb, kind->kind); i++) {
        phrase_add(&w->text, CHARLEY_TEXT("- "));
        add_link(w, kind, charley_kb_id(kb, kind->kind, i));
        phrase_add(&w->text, CHARLEY_TEXT("\n"));
    }
    snprintf(path, sizeof path, "%s/%s/README.md", folder, kind->folder);
    return write_page(w, path, error);
}

/* All entries of a kind on one page. */
static charley_status write_list(writer *w, const page_kind *kind, const char *folder,
                                 charley_error *error)
{
    const charley_kb *kb = w->words.kb;
    w->at = kind;
    add_title(w, kind);
    for (size_t i = 0; i < charley_kb_count(kb, kind->kind); i++) {
        charley_status status = add_entry(w, charley_kb_id(kb, kind->kind, i), error);
        if (status != CHARLEY_OK)
            return status;
    }
    char path[1024];
    snprintf(path, sizeof path, "%s/%s.md", folder, kind->folder);
    return write_page(w, path, error);
}

static charley_status write_index(writer *w, const char *folder, charley_error *error)
{
    w->at = NULL;
    phrase_add(&w->text, CHARLEY_TEXT("# "));
    phrase_fill(&w->text, page_word(&w->words, "ui.pages.title"),
                (const cli_slot[]){{"version", charley_kb_version(w->words.kb)}}, 1);
    phrase_add(&w->text, CHARLEY_TEXT("\n\n"));
    phrase_add(&w->text, page_word(&w->words, "ui.pages.about"));
    phrase_add(&w->text, CHARLEY_TEXT("\n\n"));
    for (size_t i = 0; i < N_PAGE_KINDS; i++) {
        char key[64];
        snprintf(key, sizeof key, "ui.pages.%s", kinds[i].folder);
        charley_text title = page_word(&w->words, key);
        phrase_add_format(&w->text, "- [%.*s](%s%s): %zu\n", (int)title.size,
                          title.bytes, kinds[i].folder,
                          kinds[i].has_pages ? "/README.md" : ".md",
                          charley_kb_count(w->words.kb, kinds[i].kind));
    }
    char path[1024];
    snprintf(path, sizeof path, "%s/README.md", folder);
    return write_page(w, path, error);
}

cli_exit kb_pages(const cli_call *call)
{
    const char *folder = call->values[CLI_OUTPUT];
    cli_desk desk;
    charley_error error;
    writer w = {0};
    if (!folder) {
        cli_complain("pages needs --output DIR");
        return CLI_USAGE;
    }
    cli_exit code = desk_open_path(&desk, call->arguments[0]);
    if (code != CLI_DONE)
        return code;
    if (!page_open(&w.words, call, desk.kb, stdout)) {
        desk_close(&desk);
        return CLI_USAGE;
    }
    charley_status status = make_folder(folder, &error);
    for (size_t i = 0; status == CHARLEY_OK && i < N_PAGE_KINDS; i++)
        status = kinds[i].has_pages ? write_pages(&w, &kinds[i], folder, &error)
                                    : write_list(&w, &kinds[i], folder, &error);
    if (status == CHARLEY_OK)
        status = write_index(&w, folder, &error);
    if (status != CHARLEY_OK)
        code = cli_report(folder, &error);
    phrase_free(&w.text);
    page_close(&w.words);
    desk_close(&desk);
    return code;
}
