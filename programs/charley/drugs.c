/* drugs.c: `charley drugs [WORDS...]`: medicines by plain names, and those that clash.
 */
#include "command_line.h"
#include "commands.h"
#include "desk.h"
#include "explain.h"
#include "json_view.h"
#include "page.h"

/* ---- what the engine knows --------------------------------------------------- */

typedef struct request {
    const charley_kb *kb;
    charley_text words;
} request;

static charley_status write_drugs(const void *what, char *json, size_t capacity,
                                  size_t *size, charley_error *error)
{
    const request *asked = what;
    return charley_kb_drugs(asked->kb, asked->words, json, capacity, size, error);
}

/* ---- every class ------------------------------------------------------------- */

static void show_class(cli_page *page, charley_text drug)
{
    cli_phrase name = {0};
    cli_phrase names = {0};
    json_add_plain(&name, json_member(drug, "name"));
    charley_text rest = json_member(drug, "names");
    charley_text item;
    while (json_next(&rest, NULL, &item)) {
        phrase_add(&names, names.size > 0 ? CHARLEY_TEXT(", ") : CHARLEY_TEXT(""));
        json_add_plain(&names, item);
    }
    if (names.size > 0)
        PAGE_SAY(page, 0, "- ", "ui.drugs.class", {"name", phrase_text(&name)},
                 {"names", phrase_text(&names)});
    else
        page_write(page, 0, "- ", phrase_text(&name));
    phrase_free(&name);
    phrase_free(&names);
}

static void show_list(cli_page *page, charley_text drugs)
{
    page_heading(page, page_word(page, "ui.drugs.list"));
    page_write(page, 0, "", page_word(page, "ui.drugs.list_text"));
    charley_text drug;
    while (json_next(&drugs, NULL, &drug))
        show_class(page, drug);
}

/* ---- those that were named --------------------------------------------------- */

static void show_each(cli_page *page, charley_text entries)
{
    charley_text entry;
    while (json_next(&entries, NULL, &entry)) {
        explain_object(page, entry);
        page_blank(page);
    }
}

static size_t count(charley_text array)
{
    size_t n = 0;
    charley_text item;
    while (json_next(&array, NULL, &item))
        n++;
    return n;
}

static void show_found(cli_page *page, charley_text json)
{
    charley_text together = json_member(json, "together");
    charley_text drugs = json_member(json, "drugs");
    if (count(drugs) > 1) {
        page_heading(page, page_word(page, "ui.drugs.together"));
        if (count(together) == 0) {
            page_write(page, 0, "", page_word(page, "ui.drugs.together_none"));
            page_blank(page);
        }
        show_each(page, together);
    }
    show_each(page, drugs);
    page_write(page, 0, "", page_word(page, "ui.drugs.advice"));
}

/* ---- command ----------------------------------------------------------------- */

static cli_exit show(const cli_call *call, const charley_kb *kb, charley_text words)
{
    cli_page page;
    if (!page_open(&page, call, kb, stdout))
        return CLI_USAGE;
    cli_exit code = CLI_DONE;
    cli_phrase json = {0};
    charley_error error;
    if (desk_write(write_drugs, &(request){kb, words}, &json, &error) != CHARLEY_OK)
        code = cli_report(NULL, &error);
    else if (call->values[CLI_JSON])
        printf("%.*s\n", (int)json.size, json.bytes);
    else if (words.size == 0)
        show_list(&page, json_member(phrase_text(&json), "drugs"));
    else
        show_found(&page, phrase_text(&json));
    phrase_free(&json);
    page_close(&page);
    return code;
}

cli_exit cli_drugs(const cli_call *call)
{
    cli_desk desk;
    cli_exit code = desk_open_knowledge(&desk, call);
    if (code != CLI_DONE)
        return code;
    cli_phrase words = {0};
    for (int i = 0; i < call->n_arguments; i++) {
        phrase_add(&words, i > 0 ? CHARLEY_TEXT(" ") : CHARLEY_TEXT(""));
        phrase_add(&words, cli_text(call->arguments[i]));
    }
    code = show(call, desk.kb, phrase_text(&words));
    phrase_free(&words);
    desk_close(&desk);
    return code;
}
