/* case_coverage.c: see case_coverage.h. */
#include "case_coverage.h"

#include <math.h>
#include <stdlib.h>

#include "case_covers.h"
#include "explain.h"
#include "json_view.h"

typedef struct coverage_aspect coverage_aspect;

/* Adds the items of an aspect. */
typedef void lister(case_coverage *coverage, const coverage_aspect *what,
                    coverage_list *list);
/* Does the case show the item? */
typedef bool shower(const case_run *run, const coverage_aspect *what,
                    const coverage_item *item);

struct coverage_aspect {
    const char *name; /* in the report */
    charley_kind kind;
    const char *kind_name;
    const char *detail; /* what the lister or the shower needs to know */
    const char *hole;   /* what is missing, after the id */
    lister *list;
    shower *shows;
};

/* ---- items ------------------------------------------------------------------ */

static coverage_item *add_item(coverage_list *list, charley_text id)
{
    if (list->n == list->capacity) {
        list->capacity = list->capacity ? 2 * list->capacity : 64;
        list->items =
            cli_reallocate(list->items, list->capacity * sizeof list->items[0]);
    }
    coverage_item *item = &list->items[list->n++];
    *item = (coverage_item){.id = id};
    return item;
}

static void list_entries(case_coverage *coverage, const coverage_aspect *what,
                         coverage_list *list)
{
    for (size_t i = 0; i < charley_kb_count(coverage->kb, what->kind); i++)
        add_item(list, charley_kb_id(coverage->kb, what->kind, i));
}

/* What the engine explains about an entry; kept until the coverage is closed. */
static charley_text explained(case_coverage *coverage, const coverage_aspect *what,
                              charley_text id)
{
    cli_phrase name = {0};
    cli_phrase json = {0};
    phrase_add_format(&name, "%s:%.*s", what->kind_name, CH_ARG(id));
    if (explain_json(coverage->kb, phrase_text(&name), &json, NULL) != CHARLEY_OK)
        phrase_clear(&json);
    phrase_free(&name);
    coverage->explained =
        cli_reallocate(coverage->explained,
                       (coverage->n_explained + 1) * sizeof coverage->explained[0]);
    coverage->explained[coverage->n_explained++] = json;
    return phrase_text(&json);
}

/* Entries whose explanation has the member `detail`: claims with a `when` (the others
 * are told only on request), remedies with a `not_for`. */
static void list_those_with(case_coverage *coverage, const coverage_aspect *what,
                            coverage_list *list)
{
    for (size_t i = 0; i < charley_kb_count(coverage->kb, what->kind); i++) {
        charley_text id = charley_kb_id(coverage->kb, what->kind, i);
        charley_text json = explained(coverage, what, id);
        if (json_member(json, what->detail).size > 0)
            add_item(list, id);
    }
}

/* Remedies that a person is offered, or, with detail "X", those that are refused. */
static void list_remedies(case_coverage *coverage, const coverage_aspect *what,
                          coverage_list *list)
{
    bool wants_refused = what->detail != NULL;
    for (size_t i = 0; i < charley_kb_count(coverage->kb, what->kind); i++) {
        charley_text id = charley_kb_id(coverage->kb, what->kind, i);
        charley_text json = explained(coverage, what, id);
        bool is_refused = cli_text_is(json_member(json, "grade"), "\"X\"");
        bool is_for_clinicians =
            cli_text_is(json_member(json, "kind_of_remedy"), "\"clinician_only\"");
        if (is_refused == wants_refused && (is_refused || !is_for_clinicians))
            add_item(list, id);
    }
}

static charley_text bare(charley_text string)
{
    return string.size < 2 ? string : (charley_text){string.bytes + 1, string.size - 2};
}

static void list_bands(case_coverage *coverage, const coverage_aspect *what,
                       coverage_list *list)
{
    for (size_t i = 0; i < charley_kb_count(coverage->kb, what->kind); i++) {
        charley_text id = charley_kb_id(coverage->kb, what->kind, i);
        charley_text bands = json_member(explained(coverage, what, id), "bands");
        charley_text band;
        while (json_next(&bands, NULL, &band)) {
            coverage_item *item = add_item(list, id);
            item->part = bare(json_member(band, "id"));
            item->sentence = json_member(band, "text");
        }
    }
}

static void list_cutoffs(case_coverage *coverage, const coverage_aspect *what,
                         coverage_list *list)
{
    charley_cutoff cutoff;
    for (size_t i = 0; charley_kb_cutoff(coverage->kb, i, &cutoff); i++) {
        if (cutoff.kind != what->kind)
            continue;
        for (int side = -1; side <= 1; side++) {
            if ((side < 0 && cutoff.value <= cutoff.minimum) ||
                (side > 0 && cutoff.value >= cutoff.maximum))
                continue;
            coverage_item *item = add_item(list, cutoff.id);
            item->cutoff = cutoff;
            item->side = side;
        }
    }
}

/* ---- rules and cautions ----------------------------------------------------- */

/* A rule's code, e.g. "C1", or the actions of a caution, or its level: a member of its
 * explanation, in plain text; free it. */
static cli_phrase member_of(const case_run *run, const char *kind, charley_text id,
                            const char *member)
{
    cli_phrase name = {0};
    cli_phrase json = {0};
    cli_phrase plain = {0};
    phrase_add_format(&name, "%s:%.*s", kind, CH_ARG(id));
    if (explain_json(run->desk.kb, phrase_text(&name), &json, NULL) == CHARLEY_OK)
        phrase_add(&plain, json_member(phrase_text(&json), member));
    phrase_free(&name);
    phrase_free(&json);
    return plain;
}

static bool expects_member(const case_run *run, const char *key, const char *kind,
                           charley_text id, const char *member)
{
    if (!ch_node_get(ch_node_get(run->test_case, "expect"), key))
        return false;
    cli_phrase value = member_of(run, kind, id, member);
    charley_text rest = phrase_text(&value);
    charley_text element;
    bool is_expected = false;
    if (json_kind_of(rest) == JSON_ARRAY)
        while (json_next(&rest, NULL, &element))
            is_expected |= case_expects(run, key, bare(element));
    else
        is_expected = case_expects(run, key, bare(rest));
    phrase_free(&value);
    return is_expected;
}

/* It spoke, and the case says that it should. */
static bool shows_fired(const case_run *run, const coverage_aspect *what,
                        const coverage_item *item)
{
    (void)what;
    if (!case_rule_reason(run, item->id))
        return false;
    if (case_expects(run, "fires", item->id) || case_expects(run, "raises", item->id) ||
        case_covers(run, "rule", item->id, NULL) ||
        expects_member(run, "fires_code", "rule", item->id, "code"))
        return true;
    cli_phrase code = member_of(run, "rule", item->id, "code");
    bool is_covered = case_covers(run, "row", bare(phrase_text(&code)), NULL);
    phrase_free(&code);
    return is_covered;
}

/* Would the case notice if the rule spoke? It says that the rule is silent, or expects
 * less than its urgency. */
static bool would_notice_rule(const case_run *run, charley_text id)
{
    if (case_expects(run, "silent", id) ||
        expects_member(run, "silent_code", "rule", id, "code"))
        return true;
    cli_phrase level = member_of(run, "rule", id, "urgency");
    bool is_below = true;
    bool is_noticed = false;
    for (int u = CHARLEY_COULD_NOT_ASSESS; u <= CHARLEY_AMBULANCE; u++) {
        charley_text name = charley_urgency_name((charley_urgency)u);
        is_below &= !cli_text_equal(name, bare(phrase_text(&level)));
        is_noticed |= is_below && (case_expects(run, "urgency", name) ||
                                   case_expects(run, "urgency_at_most", name));
    }
    phrase_free(&level);
    return is_noticed;
}

/* It is silent, one part is missing, and the case would notice if it spoke. */
static bool shows_silent_rule(const case_run *run, const coverage_aspect *what,
                              const coverage_item *item)
{
    return run->result && !case_rule_reason(run, item->id) &&
           charley_session_distance(run->desk.session, what->kind, item->id) == 1 &&
           would_notice_rule(run, item->id);
}

static bool shows_caution(const case_run *run, const coverage_aspect *what,
                          const coverage_item *item)
{
    (void)what;
    return case_shows_caution(run, item->id) &&
           (case_expects(run, "cautions", item->id) ||
            case_covers(run, "caution", item->id, NULL) ||
            expects_member(run, "forbids", "caution", item->id, "actions") ||
            expects_member(run, "asks_first", "caution", item->id, "actions"));
}

/* Would the case notice if the caution were active? It says that the caution is silent,
 * that one of its actions is allowed, or is only to be asked about where the caution
 * forbids it. */
static bool would_notice_caution(const case_run *run, charley_text id)
{
    if (case_expects(run, "cautions_silent", id) ||
        expects_member(run, "allows", "caution", id, "actions"))
        return true;
    cli_phrase verdict = member_of(run, "caution", id, "verdict");
    bool is_forbidden = cli_text_is(bare(phrase_text(&verdict)), "forbidden");
    phrase_free(&verdict);
    return is_forbidden && expects_member(run, "asks_first", "caution", id, "actions");
}

/* Nothing of what it forbids is struck out by it, one part is missing, and the case
 * would notice if it were active. */
static bool shows_silent_caution(const case_run *run, const coverage_aspect *what,
                                 const coverage_item *item)
{
    return run->result && !case_shows_caution(run, item->id) &&
           charley_session_distance(run->desk.session, what->kind, item->id) == 1 &&
           would_notice_caution(run, item->id);
}

/* ---- conditions, modifiers, conflicts, advice ------------------------------- */

static bool shows_story(const case_run *run, const coverage_aspect *what,
                        const coverage_item *item)
{
    return case_covers(run, "condition", item->id, what->detail);
}

static bool shows_modifier(const case_run *run, const coverage_aspect *what,
                           const coverage_item *item)
{
    (void)what;
    return case_modifier_reason(run, item->id) &&
           (case_expects(run, "fires", item->id) ||
            case_covers(run, "modifier", item->id, NULL));
}

static bool shows_conflict(const case_run *run, const coverage_aspect *what,
                           const coverage_item *item)
{
    (void)what;
    return case_shows_conflict(run, item->id);
}

static bool shows_offered(const case_run *run, const coverage_aspect *what,
                          const coverage_item *item)
{
    (void)what;
    return case_offers_remedy(run, item->id) &&
           (case_expects(run, "offers", item->id) ||
            case_expects(run, "first_offer", item->id) ||
            case_covers(run, "remedy", item->id, NULL));
}

/* One of the remedy's actions is struck out and stands for it, and the case says that
 * the remedy is withheld. */
static bool is_withheld_by_action(const case_run *run, const coverage_aspect *what,
                                  charley_text id)
{
    if (!run->result || !case_expects(run, "withholds", id))
        return false;
    cli_phrase actions = member_of(run, what->kind_name, id, "actions");
    charley_text rest = phrase_text(&actions);
    charley_text action;
    bool is_struck = false;
    while (json_next(&rest, NULL, &action))
        is_struck |= case_struck_out(run, bare(action)) != NULL;
    phrase_free(&actions);
    return is_struck;
}

static bool says_struck_out(const case_run *run, charley_text id)
{
    return case_expects(run, "forbids", id) || case_covers(run, "remedy", id, NULL);
}

static bool shows_refused(const case_run *run, const coverage_aspect *what,
                          const coverage_item *item)
{
    return case_struck_out(run, item->id) ? says_struck_out(run, item->id)
                                          : is_withheld_by_action(run, what, item->id);
}

/* Struck out by itself, not by a caution: not for this person. */
static bool shows_excluded(const case_run *run, const coverage_aspect *what,
                           const coverage_item *item)
{
    const charley_remedy *struck = case_struck_out(run, item->id);
    if (!struck)
        return is_withheld_by_action(run, what, item->id);
    return struck->caution.size == 0 && says_struck_out(run, item->id);
}

static bool shows_claim(const case_run *run, const coverage_aspect *what,
                        const coverage_item *item)
{
    (void)what;
    return case_shows_claim(run, item->id) &&
           (case_expects(run, "claims", item->id) ||
            case_covers(run, "claim", item->id, NULL));
}

static bool shows_interaction(const case_run *run, const coverage_aspect *what,
                              const coverage_item *item)
{
    (void)what;
    return case_shows_interaction(run, item->id) &&
           (case_expects(run, "interactions", item->id) ||
            case_covers(run, "interaction", item->id, NULL));
}

/* ---- scores and cut-offs ---------------------------------------------------- */

static bool shows_score(const case_run *run, const coverage_aspect *what,
                        const coverage_item *item)
{
    (void)what;
    return case_score(run, item->id) && case_expects(run, "score", item->id);
}

static bool shows_band(const case_run *run, const coverage_aspect *what,
                       const coverage_item *item)
{
    const charley_score *score = case_score(run, item->id);
    if (!shows_score(run, what, item) || !score->is_complete || !score->applies)
        return false;
    cli_phrase sentence = {0};
    json_add_plain(&sentence, item->sentence);
    bool is_reached = cli_text_equal(score->band, phrase_text(&sentence));
    phrase_free(&sentence);
    return is_reached;
}

/* What is compared with the cut-off; NaN when it is not known in this case. */
static double compared_value(const case_run *run, const charley_cutoff *cutoff)
{
    if (cutoff->is_score) {
        const charley_score *score = case_score(run, cutoff->subject);
        return score && score->applies && score->is_complete ? score->low : NAN;
    }
    double value = charley_session_number(run->desk.session, cutoff->subject);
    return cutoff->per.size == 0
               ? value
               : value / charley_session_number(run->desk.session, cutoff->per);
}

/* Near a cut-off: within 15 % of it, or one unit where it is a whole number. */
static bool is_at_side(double value, const charley_cutoff *cutoff, int side)
{
    static const double rounding = 1e-9;
    static const double share = 0.15;
    double size = fabs(cutoff->value);
    double away = value - cutoff->value;
    double reach = size * share;
    if ((size >= 1 || size == 0) && size == floor(size) && reach < 1)
        reach = 1;
    if (fabs(away) <= rounding * (size > 1 ? size : 1))
        return side == 0;
    return side != 0 && (away > 0) == (side > 0) &&
           fabs(away) <= reach * (1 + rounding);
}

/* The value stands on that side, and nothing but this comparison (or nothing at all)
 * keeps the entry from speaking. */
static bool shows_side(const case_run *run, const coverage_aspect *what,
                       const coverage_item *item)
{
    if (!is_at_side(compared_value(run, &item->cutoff), &item->cutoff, item->side))
        return false;
    bool has_distance = what->kind != CHARLEY_SCORE && what->kind != CHARLEY_REMEDY;
    return !has_distance ||
           charley_session_distance(run->desk.session, what->kind, item->id) <= 1;
}

/* ---- table ------------------------------------------------------------------ */

/* Everything that the cases ought to show: another kind of knowledge is another line.
 */
static const coverage_aspect aspects[] = {
    {"rules that speak", CHARLEY_RULE, "rule", NULL, "never speaks", list_entries,
     shows_fired},
    {"rules with one part missing", CHARLEY_RULE, "rule", NULL,
     "no case in which it is silent with one part missing", list_entries,
     shows_silent_rule},
    {"cut-offs of rules", CHARLEY_RULE, "rule", NULL, NULL, list_cutoffs, shows_side},
    {"cautions that are active", CHARLEY_CAUTION, "caution", NULL, "never active",
     list_entries, shows_caution},
    {"cautions with one part missing", CHARLEY_CAUTION, "caution", NULL,
     "no case in which it is silent with one part missing", list_entries,
     shows_silent_caution},
    {"cut-offs of cautions", CHARLEY_CAUTION, "caution", NULL, NULL, list_cutoffs,
     shows_side},
    {"cut-offs of derived findings", CHARLEY_FINDING, "finding", NULL, NULL,
     list_cutoffs, shows_side},
    {"conditions, typical", CHARLEY_CONDITION, "condition", "typical",
     "no typical story", list_entries, shows_story},
    {"conditions, atypical", CHARLEY_CONDITION, "condition", "atypical",
     "no atypical story", list_entries, shows_story},
    {"conditions, mimic", CHARLEY_CONDITION, "condition", "mimic",
     "no story that resembles it", list_entries, shows_story},
    {"scores", CHARLEY_SCORE, "score", NULL, "never shown", list_entries, shows_score},
    {"bands of scores", CHARLEY_SCORE, "score", NULL, NULL, list_bands, shows_band},
    {"cut-offs of scores", CHARLEY_SCORE, "score", NULL, NULL, list_cutoffs,
     shows_side},
    {"modifiers", CHARLEY_MODIFIER, "modifier", NULL, "never raises", list_entries,
     shows_modifier},
    {"cut-offs of modifiers", CHARLEY_MODIFIER, "modifier", NULL, NULL, list_cutoffs,
     shows_side},
    {"conflicts", CHARLEY_CONFLICT, "conflict", NULL, "never found", list_entries,
     shows_conflict},
    {"cut-offs of conflicts", CHARLEY_CONFLICT, "conflict", NULL, NULL, list_cutoffs,
     shows_side},
    {"remedies offered", CHARLEY_REMEDY, "remedy", NULL, "never offered", list_remedies,
     shows_offered},
    {"remedies refused", CHARLEY_REMEDY, "remedy", "X", "never refused", list_remedies,
     shows_refused},
    {"exclusions of remedies", CHARLEY_REMEDY, "remedy", "not_for",
     "nobody it is not for", list_those_with, shows_excluded},
    {"cut-offs of remedies", CHARLEY_REMEDY, "remedy", NULL, NULL, list_cutoffs,
     shows_side},
    {"claims", CHARLEY_CLAIM, "claim", "when", "never shown", list_those_with,
     shows_claim},
    {"interactions", CHARLEY_INTERACTION, "interaction", NULL, "never told",
     list_entries, shows_interaction},
};
enum { N_ASPECTS = sizeof aspects / sizeof aspects[0] };
_Static_assert(sizeof aspects / sizeof aspects[0] <= CASE_MOST_ASPECTS,
               "case_coverage.lists is too short");

size_t case_n_aspects(void)
{
    return N_ASPECTS;
}

const char *case_aspect_name(size_t aspect)
{
    return aspects[aspect].name;
}

/* ---- counting --------------------------------------------------------------- */

void case_coverage_open(case_coverage *coverage, const charley_kb *kb)
{
    *coverage = (case_coverage){.kb = kb};
    for (size_t i = 0; i < N_ASPECTS; i++)
        aspects[i].list(coverage, &aspects[i], &coverage->lists[i]);
}

void case_coverage_close(case_coverage *coverage)
{
    for (size_t i = 0; i < N_ASPECTS; i++)
        free(coverage->lists[i].items);
    for (size_t i = 0; i < coverage->n_explained; i++)
        phrase_free(&coverage->explained[i]);
    free(coverage->explained);
    *coverage = (case_coverage){0};
}

void case_coverage_add(case_coverage *coverage, const case_run *run)
{
    for (size_t i = 0; i < N_ASPECTS; i++) {
        coverage_list *list = &coverage->lists[i];
        for (size_t k = 0; k < list->n; k++) {
            if (list->items[k].is_shown ||
                !aspects[i].shows(run, &aspects[i], &list->items[k]))
                continue;
            list->items[k].is_shown = true;
            list->n_shown++;
        }
    }
}

/* ---- holes ------------------------------------------------------------------ */

static void add_cutoff(cli_phrase *out, const coverage_item *item)
{
    static const char *const signs[] = {"<", "=", ">"};
    static const char *const words[] = {"just below", "at", "just above"};
    const charley_cutoff *cutoff = &item->cutoff;
    phrase_add_format(out, "no case %s %.*s%s%.*s %s %g%s%.*s", words[item->side + 1],
                      CH_ARG(cutoff->subject), cutoff->per.size ? " / " : "",
                      CH_ARG(cutoff->per), signs[item->side + 1], cutoff->value,
                      cutoff->unit.size ? " " : "", CH_ARG(cutoff->unit));
}

void case_add_hole(const case_coverage *coverage, size_t aspect, size_t item,
                   cli_phrase *out)
{
    const coverage_item *hole = &coverage->lists[aspect].items[item];
    phrase_add_format(out, "%s %.*s: ", aspects[aspect].kind_name, CH_ARG(hole->id));
    if (hole->cutoff.subject.size > 0)
        add_cutoff(out, hole);
    else if (hole->part.size > 0)
        phrase_add_format(out, "band %.*s is never reached", CH_ARG(hole->part));
    else
        phrase_add_format(out, "%s", aspects[aspect].hole);
}

bool case_is_danger_hole(const case_coverage *coverage, size_t aspect, size_t item)
{
    static const char *const milder[] = {"\"within_days\"", "\"routine\"",
                                         "\"self_care\""};
    const coverage_item *hole = &coverage->lists[aspect].items[item];
    if (aspects[aspect].shows != shows_fired || hole->is_shown)
        return false;
    cli_phrase json = {0};
    cli_phrase name = {0};
    bool is_danger = true;
    phrase_add_format(&name, "rule:%.*s", CH_ARG(hole->id));
    if (explain_json(coverage->kb, phrase_text(&name), &json, NULL) == CHARLEY_OK)
        for (size_t i = 0; i < sizeof milder / sizeof milder[0]; i++)
            is_danger &=
                !cli_text_is(json_member(phrase_text(&json), "urgency"), milder[i]);
    phrase_free(&json);
    phrase_free(&name);
    return is_danger;
}
