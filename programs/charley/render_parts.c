/* render_parts.c: causes, tests, medicines, prevention, claims and scores of a result
 * as text. */
#include <math.h>

#include "chance.h"
#include "render_text.h"

/* ---- causes ----------------------------------------------------------------- */

static void add_number(cli_phrase *out, double value)
{
    phrase_add_format(out, "%.3g", value);
}

static const char *evidence_key(charley_answer answer)
{
    return answer == CHARLEY_NO ? "ui.cause.sign_no" : "ui.cause.sign";
}

/* The number behind one line: "odds x 2.7, shown; deep_vein_thrombosis.swelling". */
static void render_weight(cli_page *page, const charley_evidence *evidence)
{
    char mark[48];
    charley_text name = charley_mark_name(evidence->mark);
    snprintf(mark, sizeof mark, "mark.%.*s", (int)name.size, name.bytes);
    cli_phrase ratio = {0};
    add_number(&ratio, exp(evidence->weight));
    PAGE_SAY(page, RENDER_UNDER_NUMBER + RENDER_UNDER_DASH, "", "ui.cause.number",
             {"ratio", phrase_text(&ratio)}, {"mark", page_word(page, mark)},
             {"claim", evidence->claim});
    phrase_free(&ratio);
}

static void render_evidence(cli_page *page, const char *key,
                            const charley_evidence *evidence, size_t n_evidence,
                            const render_style *style)
{
    if (n_evidence == 0)
        return;
    page_say(page, RENDER_UNDER_NUMBER, "", key, NULL, 0);
    for (size_t i = 0; i < n_evidence; i++) {
        PAGE_SAY(page, RENDER_UNDER_NUMBER, "- ", evidence_key(evidence[i].answer),
                 {"label", evidence[i].label});
        if (style->is_explained)
            render_weight(page, &evidence[i]);
    }
}

static void render_numbers(cli_page *page, const charley_cause *cause)
{
    char p[16];
    char low[16];
    char high[16];
    snprintf(p, sizeof p, "%.4f", cause->probability.p);
    snprintf(low, sizeof low, "%.4f", cause->probability.low);
    snprintf(high, sizeof high, "%.4f", cause->probability.high);
    PAGE_SAY(page, RENDER_UNDER_NUMBER, "", "ui.cause.probability", {"p", cli_text(p)},
             {"low", cli_text(low)}, {"high", cli_text(high)}, {"id", cause->id});
}

static void render_story(cli_page *page, const charley_cause *cause)
{
    if (cause->mechanism.size > 0)
        PAGE_SAY(page, RENDER_UNDER_NUMBER, "", "ui.cause.mechanism",
                 {"text", cause->mechanism});
    if (cause->course.size > 0)
        PAGE_SAY(page, RENDER_UNDER_NUMBER, "", "ui.cause.course",
                 {"text", cause->course});
}

static void render_cause(cli_page *page, size_t rank, const charley_cause *cause,
                         const render_style *style)
{
    char marker[24];
    snprintf(marker, sizeof marker, "%zu. ", rank);
    cli_phrase chance = {0};
    chance_add(&chance, page, &cause->probability);
    PAGE_SAY(page, 0, marker, "ui.cause.line", {"name", cause->name},
             {"chance", phrase_text(&chance)});
    phrase_free(&chance);
    if (cause->is_suspected)
        page_say(page, RENDER_UNDER_NUMBER, "", "ui.cause.suspected", NULL, 0);
    if (cause->at_floor)
        page_say(page, RENDER_UNDER_NUMBER, "", "ui.cause.at_floor", NULL, 0);
    if (style->is_explained)
        render_numbers(page, cause);
    if (cause->what.size > 0 && !style->is_short)
        page_write(page, RENDER_UNDER_NUMBER, "", cause->what);
    if (style->is_explained && cause->also.size > 0)
        PAGE_SAY(page, RENDER_UNDER_NUMBER, "", "ui.cause.also", {"text", cause->also});
    if (style->is_explained || (rank == 1 && !style->is_short))
        render_story(page, cause);
    render_evidence(page, "ui.cause.for", cause->evidence_for, cause->n_for, style);
    render_evidence(page, "ui.cause.against", cause->evidence_against, cause->n_against,
                    style);
    if (!style->is_short)
        render_evidence(page, "ui.cause.not_asked", cause->not_asked,
                        cause->n_not_asked, style);
}

void render_causes(cli_page *page, const charley_result *result,
                   const render_style *style)
{
    if (result->n_causes == 0)
        return;
    render_section(page, "ui.result.causes");
    page_say(page, 0, "", "ui.result.causes_text", NULL, 0);
    for (size_t i = 0; i < result->n_causes; i++)
        render_cause(page, i + 1, &result->causes[i], style);
}

/* ---- scores ----------------------------------------------------------------- */

static void render_score_item(cli_page *page, const charley_score_item *item)
{
    char points[24];
    snprintf(points, sizeof points, "%+g", item->points);
    const char *key = item->answer == CHARLEY_YES  ? "ui.score.item_yes"
                      : item->answer == CHARLEY_NO ? "ui.score.item_no"
                                                   : "ui.score.item_unknown";
    PAGE_SAY(page, RENDER_UNDER_DASH, "- ", key, {"points", cli_text(points)},
             {"label", item->label});
}

static void render_score(cli_page *page, const charley_score *score,
                         const render_style *style)
{
    char low[24];
    char high[24];
    snprintf(low, sizeof low, "%.10g", score->low);
    snprintf(high, sizeof high, "%.10g", score->high);
    bool is_bounded = isfinite(score->low) && isfinite(score->high);
    const char *key = !score->applies      ? "ui.score.off"
                      : score->is_complete ? "ui.score.value"
                      : is_bounded         ? "ui.score.range"
                                           : "ui.score.open";
    PAGE_SAY(page, 0, "- ", key, {"name", score->name}, {"value", cli_text(low)},
             {"low", cli_text(low)}, {"high", cli_text(high)}, {"band", score->band});
    if (score->limits.size > 0)
        page_write(page, RENDER_UNDER_DASH, "", score->limits);
    for (size_t i = 0; score->applies && i < score->n_items; i++)
        render_score_item(page, &score->items[i]);
    if (style->is_explained)
        render_sources(page, RENDER_UNDER_DASH, score->sources, score->n_sources);
}

static void render_scores(cli_page *page, const charley_result *result,
                          const render_style *style)
{
    if (result->n_scores == 0)
        return;
    render_section(page, "ui.result.scores");
    for (size_t i = 0; i < result->n_scores; i++)
        render_score(page, &result->scores[i], style);
}

/* ---- the rest --------------------------------------------------------------- */

/* Items with a sentence each: tests and why, clinics and how, claims and our verdict.
 */
static void render_told_items(cli_page *page, const char *section, const char *line,
                              const charley_item *items, size_t n_items,
                              const render_style *style)
{
    if (n_items == 0)
        return;
    render_section(page, section);
    for (size_t i = 0; i < n_items; i++) {
        PAGE_SAY(page, 0, "- ", line, {"name", items[i].name});
        if (items[i].text.size > 0)
            page_write(page, RENDER_UNDER_DASH, "", items[i].text);
        if (style->is_explained)
            render_sources(page, RENDER_UNDER_DASH, items[i].sources,
                           items[i].n_sources);
    }
}

/* One medicine, or several that clash: what it does, how much, what to do. */
static void render_told_medicine(cli_page *page, charley_text name, charley_text tag,
                                 charley_text why, charley_text ratio,
                                 charley_text action)
{
    PAGE_SAY(page, 0, "- ", "ui.result.medicine", {"name", name}, {"what", tag});
    page_write(page, RENDER_UNDER_DASH, "", why);
    if (ratio.size > 0)
        page_write(page, RENDER_UNDER_DASH, "", ratio);
    page_steps(page, RENDER_UNDER_DASH, action);
}

static charley_text word_of(cli_page *page, const char *prefix, charley_text name)
{
    char key[64];
    snprintf(key, sizeof key, "%s.%.*s", prefix, (int)name.size, name.bytes);
    return page_word(page, key);
}

static void render_medicines(cli_page *page, const charley_result *result,
                             const render_style *style)
{
    if (result->n_interactions > 0)
        render_section(page, "ui.result.interactions");
    for (size_t i = 0; i < result->n_interactions; i++) {
        const charley_interaction *clash = &result->interactions[i];
        render_told_medicine(page, clash->name,
                             word_of(page, "interaction_level", clash->level),
                             clash->why, clash->ratio, clash->action);
        if (style->is_explained)
            render_sources(page, RENDER_UNDER_DASH, clash->sources, clash->n_sources);
    }
    if (result->n_medicines > 0)
        render_section(page, "ui.result.medicines");
    for (size_t i = 0; i < result->n_medicines; i++) {
        const charley_medicine *medicine = &result->medicines[i];
        render_told_medicine(page, medicine->name,
                             word_of(page, "drug_effect", medicine->effect),
                             medicine->why, medicine->ratio, medicine->action);
        if (style->is_explained)
            render_sources(page, RENDER_UNDER_DASH, medicine->sources,
                           medicine->n_sources);
    }
}

static void render_prevention(cli_page *page, const charley_result *result,
                              const render_style *style)
{
    if (result->n_prevention == 0)
        return;
    render_section(page, "ui.result.prevention");
    render_remedies(page, result->prevention, result->n_prevention, style);
}

void render_next_steps(cli_page *page, const charley_result *result,
                       const render_style *style)
{
    render_told_items(page, "ui.result.tests", "ui.result.test", result->tests,
                      result->n_tests, style);
    render_told_items(page, "ui.result.clinics", "ui.result.clinic", result->clinics,
                      result->n_clinics, style);
    render_medicines(page, result, style);
    render_prevention(page, result, style);
    if (result->safety_net.size > 0) {
        render_section(page, "ui.result.safety_net");
        page_write(page, 0, "", result->safety_net);
        if (result->emergency_number.size > 0)
            PAGE_SAY(page, 0, "", "ui.result.emergency_number",
                     {"number", result->emergency_number});
    }
    enum { SHOWN_CLAIMS = 8 }; /* the riskiest come first; JSON has all */
    size_t n_claims = result->n_claims < SHOWN_CLAIMS ? result->n_claims : SHOWN_CLAIMS;
    render_told_items(page, "ui.result.claims", "ui.result.claim", result->claims,
                      n_claims, style);
    render_scores(page, result, style);
}
