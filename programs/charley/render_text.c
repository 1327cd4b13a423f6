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
    enum { SHOWN = 10 }; /* more would hide the first ones; JSON has all */
    size_t n = result->n_danger_not_answered;
    for (size_t i = 0; i < n && i < SHOWN; i++)
        page_write(page, 0, "- ", result->danger_not_answered[i].name);
    if (n <= SHOWN)
        return;
    char more[24];
    snprintf(more, sizeof more, "%zu", n - SHOWN);
    PAGE_SAY(page, 0, "- ", "ui.result.provisional_more", {"n", cli_text(more)});
}

/* ---- do and do not ---------------------------------------------------------- */

/* The first ones are told whole; of the rest a plain page leaves out whom they are for.
 */
enum { TOLD_WHOLE = 2 };

static void render_remedy(cli_page *page, const charley_remedy *remedy, bool is_whole,
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
    if (remedy->dose.size > 0)
        PAGE_SAY(page, RENDER_UNDER_DASH, "", "ui.result.dose", {"dose", remedy->dose});
    if (is_whole && remedy->population.size > 0)
        PAGE_SAY(page, RENDER_UNDER_DASH, "", "ui.result.population",
                 {"population", remedy->population});
    if (remedy->effect.size > 0)
        PAGE_SAY(page, RENDER_UNDER_DASH, "", "ui.result.effect",
                 {"effect", remedy->effect});
    if (remedy->harms.size > 0)
        PAGE_SAY(page, RENDER_UNDER_DASH, "", "ui.result.harms",
                 {"harms", remedy->harms});
    if (is_whole && remedy->who_not.size > 0)
        PAGE_SAY(page, RENDER_UNDER_DASH, "", "ui.result.who_not",
                 {"who_not", remedy->who_not});
    if (style->is_explained)
        render_sources(page, RENDER_UNDER_DASH, remedy->sources, remedy->n_sources);
}

void render_remedies(cli_page *page, const charley_remedy *remedies, size_t n,
                     const render_style *style)
{
    for (size_t i = 0; i < n; i++)
        render_remedy(page, &remedies[i], i < TOLD_WHOLE || style->is_explained, style);
}

static void render_do_now(cli_page *page, const charley_result *result,
                          const render_style *style)
{
    if (result->now.size == 0 && result->n_do_now == 0)
        return;
    render_section(page, "ui.result.now");
    page_steps(page, 0, result->now);
    render_remedies(page, result->do_now, result->n_do_now, style);
}

/* Actions that one caution forbids share its reason: they are told together. */
static bool shares_reason(const charley_remedy *a, const charley_remedy *b)
{
    return a->caution.size > 0 && cli_text_equal(a->caution, b->caution) &&
           a->verdict == b->verdict;
}

/* The names of item `first` and of all later ones that share its reason. */
static void render_forbidden_names(cli_page *page, const charley_result *result,
                                   size_t first)
{
    const charley_remedy *remedy = &result->do_not[first];
    bool may_ask = remedy->verdict == CHARLEY_ASK_FIRST;
    cli_phrase names = {0};
    phrase_add(&names, remedy->name);
    for (size_t i = first + 1; i < result->n_do_not; i++) {
        if (!shares_reason(remedy, &result->do_not[i]))
            continue;
        phrase_add(&names, CHARLEY_TEXT("; "));
        phrase_add(&names, result->do_not[i].name);
    }
    PAGE_SAY(page, 0, "- ", may_ask ? "ui.result.ask_first" : "ui.result.forbidden",
             {"name", phrase_text(&names)});
    phrase_free(&names);
}

static bool is_told(const charley_result *result, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (shares_reason(&result->do_not[i], &result->do_not[index]))
            return true;
    return false;
}

static void render_do_not(cli_page *page, const charley_result *result,
                          const render_style *style)
{
    if (result->n_do_not == 0)
        return;
    render_section(page, "ui.result.do_not");
    for (size_t i = 0; i < result->n_do_not; i++) {
        const charley_remedy *remedy = &result->do_not[i];
        if (is_told(result, i))
            continue;
        render_forbidden_names(page, result, i);
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

/* Is there an item before `index` that leads to the same level? */
static bool is_level_told(const charley_result *result, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (cli_text_equal(result->would_change[i].text,
                           result->would_change[index].text))
            return true;
    return false;
}

/* The answers that would change the urgency, gathered by the level they lead to. */
static void render_would_change(cli_page *page, const charley_result *result)
{
    if (result->n_would_change == 0)
        return;
    render_section(page, "ui.result.would_change");
    for (size_t first = 0; first < result->n_would_change; first++) {
        if (is_level_told(result, first))
            continue;
        charley_text level = result->would_change[first].text;
        PAGE_SAY(page, 0, "", "ui.result.would_change_level", {"urgency", level});
        for (size_t i = first; i < result->n_would_change; i++)
            if (cli_text_equal(result->would_change[i].text, level))
                page_write(page, 0, "- ", result->would_change[i].name);
    }
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
