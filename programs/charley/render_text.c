/* render_text.c: see render_text.h. */
#include "render_text.h"

void render_section(cli_page *page, const char *key)
{
    page_blank(page);
    page_heading(page, page_word(page, key));
}

void render_sources(cli_page *page, unsigned indent, const charley_text *sources,
                    size_t n_sources)
{
    if (n_sources == 0)
        return;
    cli_phrase list = {0};
    for (size_t i = 0; i < n_sources; i++) {
        if (i > 0)
            phrase_add(&list, CHARLEY_TEXT(", "));
        phrase_add(&list, sources[i]);
    }
    PAGE_SAY(page, indent, "", "ui.result.sources", {"sources", phrase_text(&list)});
    phrase_free(&list);
}

/* ---- urgency ---------------------------------------------------------------- */

static void render_banner(cli_page *page, const charley_result *result)
{
    page_alarm(page, result->urgency, result->headline);
    if (result->time_frame.size > 0)
        PAGE_SAY(page, 0, "", "ui.result.when", {"time", result->time_frame});
    if (result->where_to_go.size > 0)
        PAGE_SAY(page, 0, "", "ui.result.where", {"place", result->where_to_go});
}

static void render_reason(cli_page *page, const charley_reason *reason,
                          const render_style *style)
{
    page_write(page, 0, "- ", reason->why);
    if (reason->is_unknown)
        page_say(page, RENDER_UNDER_DASH, "", "ui.result.reason_unknown", NULL, 0);
    if (!style->is_explained)
        return;
    const cli_slot slots[] = {{"id", reason->id},
                              {"code", reason->code},
                              {"urgency", charley_urgency_name(reason->urgency)}};
    page_say(page, RENDER_UNDER_DASH, "",
             reason->code.size ? "ui.result.rule" : "ui.result.cause", slots,
             sizeof slots / sizeof slots[0]);
    render_sources(page, RENDER_UNDER_DASH, reason->sources, reason->n_sources);
}

static void render_reasons(cli_page *page, const charley_result *result,
                           const render_style *style)
{
    if (result->n_reasons == 0)
        return;
    render_section(page, "ui.result.why");
    for (size_t i = 0; i < result->n_reasons; i++)
        render_reason(page, &result->reasons[i], style);
}

/* Said early: a calm result on half the answers is the dangerous mistake. */
static void render_provisional(cli_page *page, const charley_result *result)
{
    if (!result->is_provisional)
        return;
    render_section(page, "ui.result.provisional");
    page_say(page, 0, "", "ui.result.provisional_text", NULL, 0);
    for (size_t i = 0; i < result->n_danger_not_answered; i++)
        page_write(page, 0, "- ", result->danger_not_answered[i].name);
}

/* ---- do and do not ---------------------------------------------------------- */

void render_remedy(cli_page *page, const charley_remedy *remedy,
                   const render_style *style)
{
    char key[32];
    snprintf(key, sizeof key, "grade.%.*s", (int)remedy->grade.size,
             remedy->grade.bytes);
    if (remedy->grade.size > 0)
        PAGE_SAY(page, 0, "- ", "ui.result.remedy", {"name", remedy->name},
                 {"grade", page_word(page, key)});
    else
        page_write(page, 0, "- ", remedy->name);
    page_steps(page, RENDER_UNDER_DASH, remedy->how);
    if (remedy->effect.size > 0)
        PAGE_SAY(page, RENDER_UNDER_DASH, "", "ui.result.effect",
                 {"effect", remedy->effect});
    if (remedy->harms.size > 0)
        PAGE_SAY(page, RENDER_UNDER_DASH, "", "ui.result.harms",
                 {"harms", remedy->harms});
    if (style->is_explained)
        render_sources(page, RENDER_UNDER_DASH, remedy->sources, remedy->n_sources);
}

static void render_do_now(cli_page *page, const charley_result *result,
                          const render_style *style)
{
    if (result->now.size == 0 && result->n_do_now == 0)
        return;
    render_section(page, "ui.result.now");
    page_steps(page, 0, result->now);
    for (size_t i = 0; i < result->n_do_now; i++)
        render_remedy(page, &result->do_now[i], style);
}

static void render_do_not(cli_page *page, const charley_result *result,
                          const render_style *style)
{
    if (result->n_do_not == 0)
        return;
    render_section(page, "ui.result.do_not");
    for (size_t i = 0; i < result->n_do_not; i++) {
        const charley_remedy *remedy = &result->do_not[i];
        bool may_ask = remedy->verdict == CHARLEY_ASK_FIRST;
        PAGE_SAY(page, 0, "- ", may_ask ? "ui.result.ask_first" : "ui.result.forbidden",
                 {"name", remedy->name});
        if (remedy->reason.size > 0)
            page_write(page, RENDER_UNDER_DASH, "", remedy->reason);
        if (remedy->lifted_by.size > 0)
            PAGE_SAY(page, RENDER_UNDER_DASH, "", "ui.result.lifted_by",
                     {"what", remedy->lifted_by});
        if (style->is_explained)
            render_sources(page, RENDER_UNDER_DASH, remedy->sources, remedy->n_sources);
    }
}

/* ---- the whole -------------------------------------------------------------- */

static void render_items(cli_page *page, const char *key, const charley_item *items,
                         size_t n_items)
{
    if (n_items == 0)
        return;
    render_section(page, key);
    for (size_t i = 0; i < n_items; i++)
        page_write(page, 0, "- ", items[i].name);
}

/* The answers that would change the urgency, each with the level it would lead to. */
static void render_would_change(cli_page *page, const charley_result *result)
{
    if (result->n_would_change == 0)
        return;
    render_section(page, "ui.result.would_change");
    for (size_t i = 0; i < result->n_would_change; i++)
        PAGE_SAY(page, 0, "- ", "ui.result.would_change_line",
                 {"name", result->would_change[i].name},
                 {"urgency", result->would_change[i].text});
}

static void render_footer(cli_page *page, const charley_result *result)
{
    enum { SHOWN_HASH = 12 }; /* enough to tell images apart; JSON has all of it */
    charley_text hash = result->kb_hash;
    if (hash.size > SHOWN_HASH)
        hash.size = SHOWN_HASH;
    page_blank(page);
    page_write(page, 0, "", result->disclaimer);
    PAGE_SAY(page, 0, "", "ui.result.versions", {"engine", result->engine_version},
             {"knowledge", result->kb_version}, {"hash", hash});
}

void render_alarm(cli_page *page, const charley_result *result)
{
    const render_style style = {.is_short = true};
    render_banner(page, result);
    render_do_now(page, result, &style);
    render_do_not(page, result, &style);
}

void render_result(cli_page *page, const charley_result *result,
                   const render_style *style)
{
    bool is_emergency = result->urgency >= CHARLEY_EMERGENCY;
    render_banner(page, result);
    if (!is_emergency) {
        render_provisional(page, result);
        render_reasons(page, result, style);
    }
    render_do_now(page, result, style);
    render_do_not(page, result, style);
    if (is_emergency) {
        render_reasons(page, result, style);
        render_provisional(page, result);
    }
    render_causes(page, result, style);
    if (!style->is_short) {
        render_would_change(page, result);
        render_next_steps(page, result, style);
        /* When provisional they stand at the top already. */
        if (!result->is_provisional)
            render_items(page, "ui.result.not_asked", result->danger_not_answered,
                         result->n_danger_not_answered);
        render_items(page, "ui.result.left_out", result->left_out, result->n_left_out);
    }
    render_footer(page, result);
}
