/* ask_screen.c: see ask_screen.h. */
#include "ask_screen.h"

static const unsigned choice_indent = 2;
static const unsigned how_indent = 5;

/* Not NaN. */
static bool has_number(const charley_question *question)
{
    return question->value == question->value;
}

bool ask_has_answer(const charley_question *question)
{
    if (question->kind == CHARLEY_ASK_NUMBER)
        return has_number(question);
    for (size_t i = 0; i < question->n_choices; i++)
        if (question->choices[i].answer != CHARLEY_UNKNOWN)
            return true;
    return false;
}

static charley_text unit_word(cli_page *page, charley_text unit)
{
    char key[64];
    snprintf(key, sizeof key, "unit.%.*s", (int)unit.size, unit.bytes);
    return page_word(page, key);
}

/* ---- choices ---------------------------------------------------------------- */

static void show_choice(cli_page *page, size_t number, charley_text label,
                        bool is_chosen)
{
    char marker[24];
    snprintf(marker, sizeof marker, "%zu. ", number);
    if (is_chosen)
        PAGE_SAY(page, choice_indent, marker, "ui.ask.chosen", {"label", label});
    else
        page_write(page, choice_indent, marker, label);
}

static void show_yes_no(cli_page *page, const charley_question *question)
{
    charley_answer answer = question->choices[0].answer;
    show_choice(page, 1, page_word(page, "ui.answer.yes"), answer == CHARLEY_YES);
    show_choice(page, 2, page_word(page, "ui.answer.no"), answer == CHARLEY_NO);
}

static void show_options(cli_page *page, const charley_question *question)
{
    for (size_t i = 0; i < question->n_choices; i++)
        show_choice(page, i + 1, question->choices[i].label,
                    question->choices[i].answer == CHARLEY_YES);
}

static void show_groups(cli_page *page, const charley_question *question)
{
    for (size_t i = 0; i < question->n_choices; i++) {
        const charley_choice *choice = &question->choices[i];
        if (i == 0 || !cli_text_equal(choice->group, choice[-1].group))
            page_write(page, 0, "", choice->group_title);
        show_choice(page, i + 1, choice->label, choice->answer == CHARLEY_YES);
    }
}

static void show_many(cli_page *page, const charley_question *question)
{
    bool is_none = true;
    for (size_t i = 0; i < question->n_choices; i++)
        is_none = is_none && question->choices[i].answer == CHARLEY_NO;
    show_options(page, question);
    show_choice(page, 0, page_word(page, "ui.ask.none"), is_none);
}

static void show_number(cli_page *page, const charley_question *question)
{
    if (question->how.size > 0)
        page_write(page, choice_indent, "", question->how);
    char value[32];
    snprintf(value, sizeof value, "%.10g", question->value);
    if (has_number(question))
        PAGE_SAY(page, choice_indent, "", "ui.ask.number_given",
                 {"value", cli_text(value)}, {"unit", unit_word(page, question->unit)});
}

/* ---- the screen ------------------------------------------------------------- */

static void show_header(cli_page *page, const charley_question *question, size_t number)
{
    char digits[24];
    char left[24];
    snprintf(digits, sizeof digits, "%zu", number);
    snprintf(left, sizeof left, "%zu", question->n_screens_left);
    page_blank(page);
    PAGE_SAY(page, 0, "",
             question->n_screens_left > 0 ? "ui.ask.header" : "ui.ask.header_last",
             {"n", cli_text(digits)}, {"left", cli_text(left)});
    if (question->is_danger_screen)
        page_say(page, 0, "", "ui.ask.danger_screen", NULL, 0);
}

static void show_hint(cli_page *page, const charley_question *question, bool may_keep)
{
    static const char *const hints[] = {[CHARLEY_ASK_YES_NO] = "ui.ask.hint_yes_no",
                                        [CHARLEY_ASK_ONE] = "ui.ask.hint_one",
                                        [CHARLEY_ASK_MANY] = "ui.ask.hint_many",
                                        [CHARLEY_ASK_NUMBER] = "ui.ask.hint_number",
                                        [CHARLEY_ASK_GROUPS] = "ui.ask.hint_groups"};
    PAGE_SAY(page, 0, "", hints[question->kind],
             {"unit", question->kind == CHARLEY_ASK_NUMBER
                          ? unit_word(page, question->unit)
                          : (charley_text){0}});
    if (may_keep)
        page_say(page, 0, "", "ui.ask.hint_keep", NULL, 0);
}

void ask_screen_show(cli_page *page, const charley_question *question, size_t number,
                     bool may_keep)
{
    show_header(page, question, number);
    page_heading(page, question->title);
    switch (question->kind) {
    case CHARLEY_ASK_YES_NO:
        show_yes_no(page, question);
        break;
    case CHARLEY_ASK_ONE:
        show_options(page, question);
        break;
    case CHARLEY_ASK_MANY:
        show_many(page, question);
        break;
    case CHARLEY_ASK_NUMBER:
        show_number(page, question);
        break;
    case CHARLEY_ASK_GROUPS:
        show_groups(page, question);
        break;
    }
    show_hint(page, question, may_keep);
}

void ask_screen_why(cli_page *page, const charley_question *question)
{
    page_heading(page, page_word(page, "ui.ask.why"));
    page_write(page, choice_indent, "",
               question->why.size > 0 ? question->why
                                      : page_word(page, "ui.ask.why_general"));
    if (question->how.size > 0) {
        page_heading(page, page_word(page, "ui.ask.how"));
        page_write(page, choice_indent, "", question->how);
    }
    for (size_t i = 0; i < question->n_choices; i++) {
        const charley_choice *choice = &question->choices[i];
        if (choice->how.size == 0 || cli_text_equal(choice->how, question->how))
            continue;
        show_choice(page, i + 1, choice->label, false);
        page_write(page, how_indent, "", choice->how);
    }
}

void ask_screen_wrong(cli_page *page, const charley_question *question, const char *key)
{
    char n[24];
    char low[32];
    char high[32];
    bool is_number = question->kind == CHARLEY_ASK_NUMBER;
    snprintf(n, sizeof n, "%zu", question->n_choices);
    snprintf(low, sizeof low, "%.10g", question->minimum);
    snprintf(high, sizeof high, "%.10g", question->maximum);
    PAGE_SAY(page, 0, "", key, {"n", cli_text(n)}, {"low", cli_text(low)},
             {"high", cli_text(high)},
             {"unit", is_number ? unit_word(page, question->unit) : (charley_text){0}});
}

void ask_screen_help(cli_page *page)
{
    charley_text lines = page_word(page, "ui.ask.help");
    charley_text line;
    while (phrase_next_line(&lines, &line))
        page_write(page, choice_indent, "", line);
}
