/* expression_text.c: see expression_text.h. */
#include "expression_text.h"

#include "json_view.h"

typedef struct telling {
    cli_page *page;
    expression_line *take;
    void *user;
} telling;

static charley_text word_about(const cli_page *page, const char *kind, charley_text id,
                               const char *part)
{
    char key[160];
    snprintf(key, sizeof key, "%s.%.*s.%s", kind, (int)id.size, id.bytes, part);
    return charley_kb_word(page->kb, cli_text(key));
}

/* "finding=option" is told by the option. */
static charley_text label_of(const cli_page *page, charley_text atom)
{
    for (size_t i = 0; i < atom.size; i++)
        if (atom.bytes[i] == '=') {
            char part[96];
            snprintf(part, sizeof part, "option.%.*s", (int)(atom.size - i - 1),
                     atom.bytes + i + 1);
            return word_about(page, "finding", (charley_text){atom.bytes, i}, part);
        }
    return word_about(page, "finding", atom, "label");
}

static void add_named(cli_phrase *line, charley_text label, charley_text id)
{
    phrase_add(line, label.size > 0 ? label : id);
    if (label.size > 0)
        phrase_add_format(line, " (%.*s)", (int)id.size, id.bytes);
}

/* Adds one bound to the words so far: "Age: at least 65". */
static void add_bound(const telling *t, cli_phrase *line, charley_text comparison,
                      charley_text json)
{
    char name[64];
    snprintf(name, sizeof name, "ui.expression.%.*s", (int)comparison.size,
             comparison.bytes);
    cli_phrase value = {0};
    cli_phrase longer = {0};
    json_add_plain(&value, json);
    charley_text shown = phrase_text(&value);
    if (json_kind_of(json) == JSON_STRING &&
        word_about(t->page, "finding", shown, "label").size > 0)
        shown = word_about(t->page, "finding", shown, "label");
    phrase_fill(&longer, page_word(t->page, name),
                (const cli_slot[]){{"what", phrase_text(line)}, {"value", shown}}, 2);
    phrase_clear(line);
    phrase_add(line, phrase_text(&longer));
    phrase_free(&longer);
    phrase_free(&value);
}

/* A number or score with its bounds. */
static void add_number(const telling *t, cli_phrase *line, charley_text object)
{
    charley_text key;
    charley_text value;
    cli_phrase id = {0};
    json_next(&object, &key, &value);
    json_add_plain(&id, value);
    bool is_score = cli_text_is(key, "score");
    add_named(line,
              word_about(t->page, is_score ? "score" : "finding", phrase_text(&id),
                         is_score ? "name" : "label"),
              phrase_text(&id));
    phrase_free(&id);
    while (json_next(&object, &key, &value)) {
        if (!cli_text_is(key, "unit")) {
            add_bound(t, line, key, value);
            continue;
        }
        phrase_add(line, CHARLEY_TEXT(" "));
        json_add_plain(line, value);
    }
}

static void tell(const telling *t, unsigned depth, charley_text json);

static void tell_group(const telling *t, unsigned depth, const char *word,
                       charley_text count, charley_text members)
{
    cli_phrase line = {0};
    phrase_fill(&line, page_word(t->page, word), (const cli_slot[]){{"n", count}}, 1);
    t->take(t->user, depth, phrase_text(&line), (charley_text){0});
    phrase_free(&line);
    if (json_kind_of(members) != JSON_ARRAY) {
        tell(t, depth + 1, members);
        return;
    }
    charley_text value;
    while (json_next(&members, NULL, &value))
        tell(t, depth + 1, value);
}

static void tell_one(const telling *t, unsigned depth, charley_text json)
{
    cli_phrase line = {0};
    cli_phrase id = {0};
    if (json_kind_of(json) == JSON_OBJECT) {
        add_number(t, &line, json);
        json_add_plain(&id, json_member(json, "number"));
    } else {
        json_add_plain(&id, json);
        add_named(&line, label_of(t->page, phrase_text(&id)), phrase_text(&id));
    }
    charley_text finding = phrase_text(&id);
    for (size_t i = 0; i < finding.size; i++)
        if (finding.bytes[i] == '=')
            finding.size = i;
    t->take(t->user, depth, phrase_text(&line), finding);
    phrase_free(&id);
    phrase_free(&line);
}

static void tell(const telling *t, unsigned depth, charley_text json)
{
    charley_text rest = json;
    charley_text key = {0};
    charley_text value;
    if (json_kind_of(json) == JSON_OBJECT)
        json_next(&rest, &key, &value);
    if (cli_text_is(key, "all"))
        tell_group(t, depth, "ui.expression.all", key, value);
    else if (cli_text_is(key, "any"))
        tell_group(t, depth, "ui.expression.any", key, value);
    else if (cli_text_is(key, "not"))
        tell_group(t, depth, "ui.expression.not", key, value);
    else if (cli_text_is(key, "at_least"))
        tell_group(t, depth, "ui.expression.count", value, json_member(json, "of"));
    else
        tell_one(t, depth, json);
}

void expression_text(cli_page *page, charley_text json, expression_line *take,
                     void *user)
{
    tell(&(telling){page, take, user}, 0, json);
}
