/* explain.c: see explain.h.
 *
 * What charley_kb_explain tells depends on the kind of the id, so this shows any object
 * the same way: one labelled line a member, lists and lists of objects below their
 * label. Labels are the words "ui.explain.MEMBER". A value that is itself a word of the
 * knowledge ("mark": "shown") is shown in words.
 */
#include "explain.h"

#include "command_line.h"
#include "commands.h"
#include "desk.h"
#include "expression_text.h"
#include "json_view.h"
#include "page.h"

static const unsigned step = 2; /* columns a level */

/* ---- words ------------------------------------------------------------------ */

static charley_text word_of(const cli_page *page, const char *pattern, charley_text key,
                            charley_text value)
{
    char name[160];
    snprintf(name, sizeof name, pattern, (int)key.size, key.bytes, (int)value.size,
             value.bytes);
    return charley_kb_word(page->kb, cli_text(name));
}

void explain_add_value(cli_phrase *out, const cli_page *page, charley_text key,
                       charley_text value)
{
    static const char *const patterns[] = {"ui.explain.%.*s.%.*s", "%.*s.%.*s",
                                           "%.*s.%.*s.title", "drug_%.*s.%.*s",
                                           "interaction_%.*s.%.*s"};
    enum { N_PATTERNS = sizeof patterns / sizeof patterns[0] };
    cli_phrase plain = {0};
    json_add_plain(&plain, value);
    charley_text word = {0};
    for (size_t i = 0; i < N_PATTERNS && word.size == 0; i++)
        word = word_of(page, patterns[i], key, phrase_text(&plain));
    phrase_add(out, word.size > 0 ? word : phrase_text(&plain));
    phrase_free(&plain);
}

static charley_text label_of(cli_page *page, charley_text key)
{
    char name[96];
    snprintf(name, sizeof name, "ui.explain.%.*s", (int)key.size, key.bytes);
    return page_word(page, name);
}

/* ---- members ---------------------------------------------------------------- */

static void show_object(cli_page *page, unsigned indent, const char *marker,
                        charley_text object);

static void show_scalar(cli_page *page, unsigned indent, const char *marker,
                        charley_text key, charley_text value)
{
    cli_phrase text = {0};
    explain_add_value(&text, page, key, value);
    PAGE_SAY(page, indent, marker, "ui.explain.line", {"label", label_of(page, key)},
             {"value", phrase_text(&text)});
    phrase_free(&text);
}

/* Numbers on one line, with a semicolon between two. */
static void show_numbers(cli_page *page, unsigned indent, const char *marker,
                         charley_text key, charley_text array)
{
    cli_phrase list = {0};
    charley_text value;
    while (json_next(&array, NULL, &value)) {
        phrase_add(&list, list.size > 0 ? CHARLEY_TEXT("; ") : CHARLEY_TEXT(""));
        json_add_plain(&list, value);
    }
    PAGE_SAY(page, indent, marker, "ui.explain.line", {"label", label_of(page, key)},
             {"value", phrase_text(&list)});
    phrase_free(&list);
}

static bool is_numbers(charley_text array)
{
    charley_text first;
    return json_next(&array, NULL, &first) && json_kind_of(first) == JSON_OTHER;
}

static void show_array(cli_page *page, unsigned indent, charley_text key,
                       charley_text array)
{
    charley_text value;
    while (json_next(&array, NULL, &value)) {
        if (json_kind_of(value) == JSON_OBJECT) {
            show_object(page, indent, "- ", value);
            continue;
        }
        cli_phrase text = {0};
        explain_add_value(&text, page, key, value);
        page_write(page, indent, "- ", phrase_text(&text));
        phrase_free(&text);
    }
}

static bool is_empty(charley_text value)
{
    return cli_text_is(value, "\"\"") || cli_text_is(value, "[]") ||
           cli_text_is(value, "{}") || cli_text_is(value, "null");
}

typedef struct expression_place {
    cli_page *page;
    unsigned indent;
} expression_place;

static void show_expression_line(void *user, unsigned depth, charley_text line,
                                 charley_text finding)
{
    (void)finding;
    const expression_place *place = user;
    page_write(place->page, place->indent + depth * step, "- ", line);
}

static bool is_expression(charley_text key)
{
    static const char *const keys[] = {"when", "raise_if", "not_if", "not_for"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (cli_text_is(key, keys[i]))
            return true;
    return false;
}

/* The marker stands before the first member; the others are indented below it. */
static void show_object(cli_page *page, unsigned indent, const char *marker,
                        charley_text object)
{
    charley_text key;
    charley_text value;
    unsigned inner = indent + page_columns(cli_text(marker));
    while (json_next(&object, &key, &value)) {
        json_kind kind = json_kind_of(value);
        if (is_empty(value))
            continue;
        if (is_expression(key)) {
            PAGE_SAY(page, indent, marker, "ui.explain.list",
                     {"label", label_of(page, key)});
            expression_text(page, value, show_expression_line,
                            &(expression_place){page, inner + step});
        } else if (kind == JSON_STRING || kind == JSON_OTHER) {
            show_scalar(page, indent, marker, key, value);
        } else if (kind == JSON_ARRAY && is_numbers(value)) {
            show_numbers(page, indent, marker, key, value);
        } else {
            PAGE_SAY(page, indent, marker, "ui.explain.list",
                     {"label", label_of(page, key)});
            if (kind == JSON_OBJECT)
                show_object(page, inner + step, "", value);
            else
                show_array(page, inner + step, key, value);
        }
        indent = inner;
        marker = "";
    }
}

/* ---- command ---------------------------------------------------------------- */

void explain_object(cli_page *page, charley_text object)
{
    show_object(page, 0, "", object);
}

typedef struct request {
    const charley_kb *kb;
    charley_text id;
} request;

static charley_status write_explanation(const void *what, char *json, size_t capacity,
                                        size_t *size, charley_error *error)
{
    const request *asked = what;
    return charley_kb_explain(asked->kb, asked->id, json, capacity, size, error);
}

charley_status explain_json(const charley_kb *kb, charley_text id, cli_phrase *json,
                            charley_error *error)
{
    return desk_write(write_explanation, &(request){kb, id}, json, error);
}

cli_exit explain_id(const cli_call *call, const charley_kb *kb, const char *id)
{
    cli_page page;
    if (!page_open(&page, call, kb, stdout))
        return CLI_USAGE;
    cli_exit code = CLI_DONE;
    cli_phrase json = {0};
    charley_error error;
    if (explain_json(kb, cli_text(id), &json, &error) != CHARLEY_OK)
        code = cli_report(id, &error);
    else if (call->values[CLI_JSON])
        printf("%.*s\n", (int)json.size, json.bytes);
    else
        show_object(&page, 0, "", phrase_text(&json));
    phrase_free(&json);
    page_close(&page);
    return code;
}

cli_exit cli_explain(const cli_call *call)
{
    cli_desk desk;
    cli_exit code = desk_open_knowledge(&desk, call);
    if (code != CLI_DONE)
        return code;
    code = explain_id(call, desk.kb, call->arguments[0]);
    desk_close(&desk);
    return code;
}
