/* claims.c: `charley claims [WORDS...]`, what people have read, and our answer.
 *
 * With words it shows the claims that answer the question; without, every claim in a
 * line under its verdict. Both are told from what charley_claims_write has written.
 */
#include "command_line.h"
#include "commands.h"
#include "desk.h"
#include "json_view.h"
#include "page.h"

typedef struct request {
    const charley_kb *kb;
    charley_text question;
} request;

static charley_status write_claims(const void *what, char *json, size_t capacity,
                                   size_t *size, charley_error *error)
{
    const request *asked = what;
    return charley_claims_write(asked->kb, asked->question, json, capacity, size,
                                error);
}

/* ---- pieces ----------------------------------------------------------------- */

/* A string member as plain text; the caller frees it. */
static cli_phrase plain(charley_text object, const char *member)
{
    cli_phrase text = {0};
    json_add_plain(&text, json_member(object, member));
    return text;
}

static void say_member(cli_page *page, unsigned indent, const char *marker,
                       const char *key, charley_text object, const char *member)
{
    cli_phrase text = plain(object, member);
    PAGE_SAY(page, indent, marker, key, {"text", phrase_text(&text)});
    phrase_free(&text);
}

static charley_text verdict_words(cli_page *page, charley_text claim)
{
    char key[64];
    cli_phrase verdict = plain(claim, "verdict");
    snprintf(key, sizeof key, "ui.explain.verdict.%.*s", (int)verdict.size,
             verdict.bytes);
    phrase_free(&verdict);
    return page_word(page, key);
}

/* ---- one claim -------------------------------------------------------------- */

static void show_contradictions(cli_page *page, charley_text claim)
{
    charley_text list = json_member(claim, "contradictions");
    charley_text entry;
    while (json_next(&list, NULL, &entry)) {
        say_member(page, 2, "", "ui.claims.contradiction", entry, "name");
        say_member(page, 4, "", "ui.claims.text", entry, "answer");
    }
}

/* The first sentence says what may be true; the rest, why that matters. */
static charley_text first_sentence(charley_text text)
{
    for (size_t i = 0; i + 1 < text.size; i++)
        if (text.bytes[i] == '.' && text.bytes[i + 1] == ' ')
            return (charley_text){text.bytes, i + 1};
    return text;
}

static void show_cautions(cli_page *page, charley_text action)
{
    charley_text list = json_member(action, "cautions");
    charley_text caution;
    size_t n = 0;
    while (json_next(&list, NULL, &caution)) {
        cli_phrase verdict = plain(caution, "verdict");
        bool is_forbidden = cli_text_is(phrase_text(&verdict), "forbidden");
        phrase_free(&verdict);
        if (!is_forbidden)
            continue;
        if (n++ == 0)
            say_member(page, 2, "", "ui.claims.forbidden", action, "name");
        cli_phrase why = plain(caution, "why");
        page_write(page, 4, "- ", first_sentence(phrase_text(&why)));
        phrase_free(&why);
    }
}

static void show_about(cli_page *page, charley_text claim)
{
    charley_text list = json_member(claim, "about");
    charley_text action;
    while (json_next(&list, NULL, &action))
        show_cautions(page, action);
}

static void show_sources(cli_page *page, charley_text claim)
{
    charley_text list = json_member(claim, "sources");
    charley_text source;
    while (json_next(&list, NULL, &source))
        say_member(page, 2, "", "ui.claims.source", source, "citation");
}

static void show_claim(cli_page *page, charley_text claim, bool is_first_of_actions)
{
    cli_phrase says = plain(claim, "says");
    cli_phrase id = plain(claim, "id");
    PAGE_SAY(page, 0, "", "ui.claims.says", {"text", phrase_text(&says)});
    PAGE_SAY(page, 2, "", "ui.claims.verdict", {"verdict", verdict_words(page, claim)},
             {"id", phrase_text(&id)});
    phrase_free(&says);
    phrase_free(&id);
    say_member(page, 2, "", "ui.claims.text", claim, "answer");
    show_contradictions(page, claim);
    if (is_first_of_actions)
        show_about(page, claim);
    show_sources(page, claim);
    page_blank(page);
}

/* Several claims found may speak of one action; when it is forbidden is said once. */
static size_t show_found(cli_page *page, charley_text claims)
{
    cli_phrase shown = {0};
    charley_text claim;
    size_t n = 0;
    while (json_next(&claims, NULL, &claim)) {
        charley_text about = json_member(claim, "about");
        bool is_new = !cli_text_equal(about, phrase_text(&shown));
        show_claim(page, claim, is_new);
        if (is_new) {
            phrase_clear(&shown);
            phrase_add(&shown, about);
        }
        n++;
    }
    phrase_free(&shown);
    return n;
}

/* ---- all claims ------------------------------------------------------------- */

static void show_all(cli_page *page, charley_text claims)
{
    charley_text before = {0};
    charley_text claim;
    while (json_next(&claims, NULL, &claim)) {
        charley_text verdict = json_member(claim, "verdict");
        if (!cli_text_equal(verdict, before)) {
            if (before.size)
                page_blank(page);
            page_heading(page, verdict_words(page, claim));
        }
        before = verdict;
        cli_phrase says = plain(claim, "says");
        cli_phrase id = plain(claim, "id");
        PAGE_SAY(page, 2, "", "ui.claims.line", {"id", phrase_text(&id)},
                 {"text", phrase_text(&says)});
        phrase_free(&says);
        phrase_free(&id);
    }
    page_blank(page);
    page_write(page, 0, "", page_word(page, "ui.claims.hint"));
}

/* ---- command ---------------------------------------------------------------- */

static cli_exit show(const cli_call *call, cli_page *page, const cli_phrase *question,
                     const cli_phrase *json)
{
    charley_text claims = json_member(phrase_text(json), "claims");
    charley_text rest = claims;
    charley_text first;
    bool is_empty = !json_next(&rest, NULL, &first);
    if (call->values[CLI_JSON]) {
        printf("%.*s\n", (int)json->size, json->bytes);
        return is_empty ? CLI_NOTHING : CLI_DONE;
    }
    if (is_empty) {
        PAGE_SAY(page, 0, "", "ui.claims.nothing", {"question", phrase_text(question)});
        return CLI_NOTHING;
    }
    if (question->size == 0) {
        show_all(page, claims);
        return CLI_DONE;
    }
    show_found(page, claims);
    page_write(page, 0, "", page_word(page, "ui.disclaimer"));
    return CLI_DONE;
}

cli_exit cli_claims(const cli_call *call)
{
    cli_desk desk;
    cli_page page;
    cli_exit code = desk_open_knowledge(&desk, call);
    if (code != CLI_DONE)
        return code;
    if (!page_open(&page, call, desk.kb, stdout)) {
        desk_close(&desk);
        return CLI_USAGE;
    }
    cli_phrase question = {0};
    cli_phrase json = {0};
    for (int i = 0; i < call->n_arguments; i++) {
        phrase_add(&question, i > 0 ? CHARLEY_TEXT(" ") : CHARLEY_TEXT(""));
        phrase_add(&question, cli_text(call->arguments[i]));
    }
    charley_error error;
    request asked = {desk.kb, phrase_text(&question)};
    if (desk_write(write_claims, &asked, &json, &error) != CHARLEY_OK)
        code = cli_report(NULL, &error);
    else
        code = show(call, &page, &question, &json);
    phrase_free(&question);
    phrase_free(&json);
    page_close(&page);
    desk_close(&desk);
    return code;
}
