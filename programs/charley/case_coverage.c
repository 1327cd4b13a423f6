/* case_coverage.c: see case_coverage.h. */
#include "case_coverage.h"

#include <stdlib.h>

#include "explain.h"
#include "json_view.h"

/* ---- figures ---------------------------------------------------------------- */

static bool urgency_expected(const case_run *run, const char *key, charley_urgency *out)
{
    for (int u = CHARLEY_COULD_NOT_ASSESS; u <= CHARLEY_AMBULANCE; u++)
        if (case_expects(run, key, charley_urgency_name((charley_urgency)u))) {
            *out = (charley_urgency)u;
            return true;
        }
    return false;
}

static void add_urgency(case_figures *figures, const case_run *run)
{
    charley_urgency expected;
    charley_urgency got = run->result->urgency;
    if (urgency_expected(run, "urgency", &expected))
        figures->urgency[expected][got]++;
    if (urgency_expected(run, "urgency_at_least", &expected)) {
        figures->n_bounds++;
        figures->n_bounds_met += got >= expected;
        figures->n_bounds_under += got < expected;
    }
    if (urgency_expected(run, "urgency_at_most", &expected)) {
        figures->n_bounds++;
        figures->n_bounds_met += got <= expected && got != CHARLEY_COULD_NOT_ASSESS;
    }
}

static bool is_first_three(const case_run *run, charley_text id)
{
    size_t place = case_cause_place(run, id);
    return place < 3 && place < run->result->n_causes;
}

static void add_causes(case_figures *figures, const case_run *run)
{
    const ch_node *expect = ch_node_get(run->test_case, "expect");
    const ch_node *top = ch_node_get(expect, "top");
    const ch_node *top3 = ch_node_get(expect, "top3");
    if (top && top->kind == CH_NODE_SCALAR) {
        figures->n_top++;
        figures->n_top1_met +=
            run->result->n_causes > 0 && case_cause_place(run, top->text) == 0;
        figures->n_top3++;
        figures->n_top3_met += is_first_three(run, top->text);
    }
    if (!top3)
        return;
    bool is_met = top3->kind == CH_NODE_LIST || is_first_three(run, top3->text);
    for (const ch_node *node = top3->first; node; node = node->next)
        is_met &= is_first_three(run, node->text);
    figures->n_top3++;
    figures->n_top3_met += is_met;
}

void case_figures_add(case_figures *figures, const case_run *run, bool is_passed)
{
    figures->n_cases++;
    figures->n_passed += is_passed;
    if (!run->result)
        return;
    add_urgency(figures, run);
    add_causes(figures, run);
}

/* ---- coverage --------------------------------------------------------------- */

const charley_kind case_covered_kinds[] = {CHARLEY_RULE,        CHARLEY_CONDITION,
                                           CHARLEY_CAUTION,     CHARLEY_SCORE,
                                           CHARLEY_INTERACTION, CHARLEY_N_KINDS};

/* What is covered but is no kind of entry of its own. */
enum { ROW = CHARLEY_N_KINDS, MODIFIER, CONFLICT };

static const struct {
    const char *name;
    int kind; /* charley_kind or one of the above */
} kinds[] = {
    {"rule", CHARLEY_RULE},
    {"condition", CHARLEY_CONDITION},
    {"caution", CHARLEY_CAUTION},
    {"score", CHARLEY_SCORE},
    {"remedy", CHARLEY_REMEDY},
    {"claim", CHARLEY_CLAIM},
    {"drug", CHARLEY_DRUG},
    {"interaction", CHARLEY_INTERACTION},
    {"row", ROW},
    {"modifier", MODIFIER},
    {"conflict", CONFLICT},
};
enum { N_KIND_NAMES = sizeof kinds / sizeof kinds[0] };

const char *case_kind_name(charley_kind kind)
{
    for (size_t i = 0; i < N_KIND_NAMES; i++)
        if (kinds[i].kind == (int)kind)
            return kinds[i].name;
    return "";
}

void case_coverage_open(case_coverage *coverage, const charley_kb *kb)
{
    coverage->kb = kb;
    for (int kind = 0; kind < CHARLEY_N_KINDS; kind++)
        coverage->times[kind] = cli_allocate(charley_kb_count(kb, (charley_kind)kind),
                                             sizeof coverage->times[kind][0]);
}

void case_coverage_close(case_coverage *coverage)
{
    for (int kind = 0; kind < CHARLEY_N_KINDS; kind++)
        free(coverage->times[kind]);
    *coverage = (case_coverage){0};
}

/* "rule clot_suspected at": what is covered, and on which side of a cut-off. */
typedef struct covered {
    const char *name;
    int kind;
    charley_text id;
    charley_text side; /* below, at, above; or empty */
} covered;

static charley_text next_word(charley_text *text)
{
    while (text->size > 0 && *text->bytes == ' ') {
        text->bytes++;
        text->size--;
    }
    charley_text word = {text->bytes, 0};
    while (text->size > 0 && *text->bytes != ' ') {
        text->bytes++;
        text->size--;
        word.size++;
    }
    return word;
}

static bool parse_covered(const case_run *run, const ch_node *node, covered *out)
{
    charley_text rest = node->text;
    charley_text kind = next_word(&rest);
    *out = (covered){.id = next_word(&rest)};
    out->side = next_word(&rest);
    for (size_t i = 0; i < N_KIND_NAMES; i++)
        if (cli_text_is(kind, kinds[i].name)) {
            out->name = kinds[i].name;
            out->kind = kinds[i].kind;
        }
    bool is_side = out->side.size == 0 || cli_text_is(out->side, "below") ||
                   cli_text_is(out->side, "at") || cli_text_is(out->side, "above");
    if (out->name && out->id.size > 0 && is_side && rest.size == 0)
        return true;
    case_fail(run->report, node, run->id,
              "\"%.*s\" is not KIND ID, or KIND ID below, at or above",
              CH_ARG(node->text));
    return false;
}

static bool has_caution(const case_run *run, charley_text id)
{
    for (size_t i = 0; run->result && i < run->result->n_do_not; i++)
        if (cli_text_equal(run->result->do_not[i].caution, id))
            return true;
    return false;
}

static bool has_claim(const case_run *run, charley_text id)
{
    for (size_t i = 0; run->result && i < run->result->n_claims; i++)
        if (cli_text_equal(run->result->claims[i].id, id))
            return true;
    return false;
}

static bool has_medicine(const case_run *run, charley_text id)
{
    for (size_t i = 0; run->result && i < run->result->n_medicines; i++)
        if (cli_text_equal(run->result->medicines[i].id, id))
            return true;
    return false;
}

static bool has_interaction(const case_run *run, charley_text id)
{
    for (size_t i = 0; run->result && i < run->result->n_interactions; i++)
        if (cli_text_equal(run->result->interactions[i].id, id))
            return true;
    return false;
}

static bool has_remedy(const case_run *run, charley_text id)
{
    const charley_result *result = run->result;
    return result && (case_find_remedy(result->do_now, result->n_do_now, id) ||
                      case_find_remedy(result->prevention, result->n_prevention, id) ||
                      case_struck_out(run, id));
}

static bool has_row(const case_run *run, charley_text code)
{
    for (size_t i = 0; run->result && i < run->result->n_reasons; i++)
        if (cli_text_equal(run->result->reasons[i].code, code))
            return true;
    return false;
}

/* Did the entry show itself in this case? */
static bool is_active(const case_run *run, const covered *what)
{
    switch (what->kind) {
    case CHARLEY_RULE:
        return case_rule_reason(run, what->id) != NULL;
    case CHARLEY_CONDITION:
        return run->result && case_cause_place(run, what->id) < run->result->n_causes;
    case CHARLEY_CAUTION:
        return has_caution(run, what->id);
    case CHARLEY_SCORE:
        return case_score(run, what->id) != NULL;
    case CHARLEY_REMEDY:
        return has_remedy(run, what->id);
    case CHARLEY_CLAIM:
        return has_claim(run, what->id);
    case CHARLEY_DRUG:
        return has_medicine(run, what->id);
    case CHARLEY_INTERACTION:
        return has_interaction(run, what->id);
    case ROW:
        return has_row(run, what->id);
    case CONFLICT:
        return cli_text_is(what->id, run->refusal.id);
    default:
        return case_modifier_reason(run, what->id) != NULL;
    }
}

/* Does the case say what it expects of an entry that may well stay silent? */
static bool is_named(const case_run *run, const covered *what)
{
    const ch_node *expect = ch_node_get(run->test_case, "expect");
    switch (what->kind) {
    case CHARLEY_CAUTION:
        return ch_node_get(expect, "allows") || ch_node_get(expect, "offers");
    case CHARLEY_SCORE:
        return case_expects(run, "score", what->id);
    default:
        return case_expects(run, "silent", what->id) ||
               case_expects(run, "silent_code", what->id);
    }
}

/* Every rule of the row that spoke is covered. */
static void count_row(case_coverage *coverage, const case_run *run, charley_text code)
{
    for (size_t i = 0; i < run->result->n_reasons; i++) {
        const charley_reason *reason = &run->result->reasons[i];
        size_t index;
        if (cli_text_equal(reason->code, code) &&
            charley_kb_find(coverage->kb, CHARLEY_RULE, reason->id, &index, NULL) ==
                CHARLEY_OK)
            coverage->times[CHARLEY_RULE][index]++;
    }
}

static void add_covered(case_coverage *coverage, const case_run *run,
                        const ch_node *node)
{
    covered what;
    charley_error error;
    size_t index = 0;
    if (!parse_covered(run, node, &what))
        return;
    if (what.kind < CHARLEY_N_KINDS &&
        charley_kb_find(coverage->kb, (charley_kind)what.kind, what.id, &index,
                        &error) != CHARLEY_OK) {
        case_fail(run->report, node, run->id, "%s", error.text);
        return;
    }
    bool shows = is_active(run, &what);
    if (!shows && (what.side.size == 0 || !is_named(run, &what)))
        case_fail(run->report, node, run->id,
                  "covers %s %.*s, which does not show itself in this case", what.name,
                  CH_ARG(what.id));
    else if (shows && what.kind < CHARLEY_N_KINDS)
        coverage->times[what.kind][index]++;
    else if (shows && what.kind == ROW)
        count_row(coverage, run, what.id);
}

void case_coverage_add(case_coverage *coverage, const case_run *run)
{
    const ch_node *list = ch_node_get(run->test_case, "covers");
    for (const ch_node *node = list ? list->first : NULL; node; node = node->next)
        add_covered(coverage, run, node);
}

bool case_is_danger_rule(const charley_kb *kb, charley_text rule)
{
    static const char *const milder[] = {"within_days", "routine", "self_care"};
    cli_phrase json = {0};
    cli_phrase level = {0};
    bool is_danger = true;
    if (explain_json(kb, rule, &json, NULL) == CHARLEY_OK)
        json_add_plain(&level, json_member(phrase_text(&json), "urgency"));
    for (size_t i = 0; i < sizeof milder / sizeof milder[0]; i++)
        is_danger &= !cli_text_is(phrase_text(&level), milder[i]);
    phrase_free(&json);
    phrase_free(&level);
    return is_danger;
}
