/* case_covers.c: see case_covers.h. */
#include "case_covers.h"

#include "explain.h"
#include "json_view.h"

/* ---- what showed itself ----------------------------------------------------- */

bool case_shows_caution(const case_run *run, charley_text id)
{
    for (size_t i = 0; run->result && i < run->result->n_do_not; i++)
        if (cli_text_equal(run->result->do_not[i].caution, id))
            return true;
    return false;
}

bool case_shows_claim(const case_run *run, charley_text id)
{
    for (size_t i = 0; run->result && i < run->result->n_claims; i++)
        if (cli_text_equal(run->result->claims[i].id, id))
            return true;
    return false;
}

bool case_offers_remedy(const case_run *run, charley_text id)
{
    const charley_result *result = run->result;
    return result && (case_find_remedy(result->do_now, result->n_do_now, id) ||
                      case_find_remedy(result->prevention, result->n_prevention, id));
}

bool case_shows_conflict(const case_run *run, charley_text id)
{
    return cli_text_is(id, run->refusal.id);
}

static bool shows_rule(const case_run *run, charley_text id)
{
    return case_rule_reason(run, id) != NULL;
}

static bool shows_condition(const case_run *run, charley_text id)
{
    return run->result && case_cause_place(run, id) < run->result->n_causes;
}

static bool shows_score(const case_run *run, charley_text id)
{
    return case_score(run, id) != NULL;
}

static bool shows_remedy(const case_run *run, charley_text id)
{
    return case_offers_remedy(run, id) || case_struck_out(run, id);
}

static bool shows_modifier(const case_run *run, charley_text id)
{
    return case_modifier_reason(run, id) != NULL;
}

static bool shows_row(const case_run *run, charley_text code)
{
    for (size_t i = 0; run->result && i < run->result->n_reasons; i++)
        if (cli_text_equal(run->result->reasons[i].code, code))
            return true;
    return false;
}

static bool shows_drug(const case_run *run, charley_text id)
{
    for (size_t i = 0; run->result && i < run->result->n_medicines; i++)
        if (cli_text_equal(run->result->medicines[i].id, id))
            return true;
    return false;
}

bool case_shows_interaction(const case_run *run, charley_text id)
{
    for (size_t i = 0; run->result && i < run->result->n_interactions; i++)
        if (cli_text_equal(run->result->interactions[i].id, id))
            return true;
    return false;
}

/* ---- one line --------------------------------------------------------------- */

typedef bool shows(const case_run *run, charley_text id);

static const struct covered_kind {
    const char *name;
    charley_kind kind; /* CHARLEY_N_KINDS: no entry, or not only of one kind */
    shows *shows;
} kinds[] = {
    {"rule", CHARLEY_RULE, shows_rule},
    {"condition", CHARLEY_CONDITION, shows_condition},
    {"caution", CHARLEY_CAUTION, case_shows_caution},
    {"score", CHARLEY_SCORE, shows_score},
    {"remedy", CHARLEY_REMEDY, shows_remedy},
    {"claim", CHARLEY_CLAIM, case_shows_claim},
    {"drug", CHARLEY_DRUG, shows_drug},
    {"interaction", CHARLEY_INTERACTION, case_shows_interaction},
    {"row", CHARLEY_N_KINDS, shows_row},
    {"modifier", CHARLEY_MODIFIER, shows_modifier},
    {"conflict", CHARLEY_N_KINDS, case_shows_conflict},
};
enum { N_COVERED_KINDS = sizeof kinds / sizeof kinds[0] };

/* "rule clot_suspected at". */
typedef struct covered {
    const struct covered_kind *kind;
    charley_text kind_name, id;
    charley_text side; /* may be empty */
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

static bool is_one_of(charley_text word, const char *const *words)
{
    while (*words && !cli_text_is(word, *words))
        words++;
    return *words != NULL;
}

static const char *const cutoff_sides[] = {"below", "at", "above", NULL};
static const char *const story_sides[] = {"typical", "atypical", "mimic", NULL};

/* Returns false when it is no such line. */
static bool parse_covered(charley_text line, covered *out)
{
    *out = (covered){.kind_name = next_word(&line)};
    out->id = next_word(&line);
    out->side = next_word(&line);
    for (size_t i = 0; i < N_COVERED_KINDS; i++)
        if (cli_text_is(out->kind_name, kinds[i].name))
            out->kind = &kinds[i];
    if (!out->kind || out->id.size == 0 || line.size > 0)
        return false;
    return out->side.size == 0 ||
           is_one_of(out->side,
                     out->kind->kind == CHARLEY_CONDITION ? story_sides : cutoff_sides);
}

bool case_covers(const case_run *run, const char *kind, charley_text id,
                 const char *side)
{
    const ch_node *list = ch_node_get(run->test_case, "covers");
    for (const ch_node *node = list ? list->first : NULL; node; node = node->next) {
        covered what;
        if (parse_covered(node->text, &what) && cli_text_is(what.kind_name, kind) &&
            cli_text_equal(what.id, id) && (!side || cli_text_is(what.side, side)))
            return true;
    }
    return false;
}

/* ---- is it true? ------------------------------------------------------------ */

/* Facts that are yes in the story and for which the condition has a likelihood. */
static size_t count_shared_facts(const case_run *run, charley_text condition)
{
    cli_phrase json = {0};
    cli_phrase id = {0};
    size_t n_shared = 0;
    phrase_add_format(&id, "condition:%.*s", CH_ARG(condition));
    if (explain_json(run->desk.kb, phrase_text(&id), &json, NULL) == CHARLEY_OK) {
        charley_text numbers = json_member(phrase_text(&json), "numbers");
        charley_text number;
        while (json_next(&numbers, NULL, &number)) {
            charley_text claim = json_member(number, "claim");
            size_t start = condition.size + 2; /* the quote and the dot */
            if (claim.size <= start)
                continue;
            charley_text fact = {claim.bytes + start, claim.size - start - 1};
            n_shared += charley_session_value(run->desk.session, fact) == CHARLEY_YES;
        }
    }
    phrase_free(&json);
    phrase_free(&id);
    return n_shared;
}

static bool says_what_else(const case_run *run)
{
    static const char *const keys[] = {"top", "likeliest", "top3", "fires",
                                       "fires_code"};
    const ch_node *expect = ch_node_get(run->test_case, "expect");
    bool is_said = false;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        is_said |= ch_node_get(expect, keys[i]) != NULL;
    return is_said;
}

/* A story that could be taken for the condition: it is listed, but not the likeliest;
 * or not listed although two facts of the story belong to it. */
static bool is_mimic(const case_run *run, charley_text condition)
{
    enum { LEAST_SHARED_FACTS = 2 };
    if (!run->result || !says_what_else(run))
        return false;
    size_t place = case_cause_place(run, condition);
    return place < run->result->n_causes
               ? !case_is_likeliest(run, condition)
               : count_shared_facts(run, condition) >= LEAST_SHARED_FACTS;
}

/* Where the evidence never puts a condition first, its typical story names, in `top3`,
 * every cause that stands before it. */
static bool names_those_before(const case_run *run, size_t place)
{
    enum { N_FIRST = 3 };
    if (place >= N_FIRST)
        return false;
    for (size_t i = 0; i < place; i++)
        if (!case_expects(run, "top3", run->result->causes[i].id))
            return false;
    return true;
}

static bool is_true_story(const case_run *run, const covered *what)
{
    size_t place = case_cause_place(run, what->id);
    bool is_listed = run->result && place < run->result->n_causes;
    if (cli_text_is(what->side, "mimic"))
        return is_mimic(run, what->id);
    if (!is_listed)
        return false;
    return cli_text_is(what->side, "typical") ? names_those_before(run, place)
                                              : place < 3;
}

/* Does the case say what it expects of an entry that may well stay silent? */
static bool is_named(const case_run *run, const covered *what)
{
    const ch_node *expect = ch_node_get(run->test_case, "expect");
    switch (what->kind->kind) {
    case CHARLEY_CAUTION:
        return ch_node_get(expect, "allows") || ch_node_get(expect, "offers");
    case CHARLEY_SCORE:
        return case_expects(run, "score", what->id);
    default:
        return case_expects(run, "silent", what->id) ||
               case_expects(run, "silent_code", what->id);
    }
}

static void check_covered(const case_run *run, const ch_node *node)
{
    covered what;
    charley_error error;
    size_t index;
    if (!parse_covered(node->text, &what)) {
        case_fail(run->report, node, run->id,
                  "\"%.*s\" is not KIND ID, or KIND ID below, at or above, or "
                  "condition ID typical, atypical or mimic",
                  CH_ARG(node->text));
        return;
    }
    if (what.kind->kind < CHARLEY_N_KINDS &&
        charley_kb_find(run->desk.kb, what.kind->kind, what.id, &index, &error) !=
            CHARLEY_OK) {
        case_fail(run->report, node, run->id, "%s", error.text);
        return;
    }
    if (what.kind->kind == CHARLEY_CONDITION && what.side.size > 0) {
        if (!is_true_story(run, &what))
            case_fail(run->report, node, run->id,
                      "covers condition %.*s %.*s, but it is at place %zu of %zu",
                      CH_ARG(what.id), CH_ARG(what.side),
                      case_cause_place(run, what.id) + 1,
                      run->result ? run->result->n_causes : 0);
        return;
    }
    if (!what.kind->shows(run, what.id) &&
        (what.side.size == 0 || !is_named(run, &what)))
        case_fail(run->report, node, run->id,
                  "covers %s %.*s, which does not show itself in this case",
                  what.kind->name, CH_ARG(what.id));
}

void case_covers_check(const case_run *run)
{
    const ch_node *list = ch_node_get(run->test_case, "covers");
    for (const ch_node *node = list ? list->first : NULL; node; node = node->next)
        check_covered(run, node);
}
