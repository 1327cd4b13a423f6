/* causes.c: the likely causes and what speaks for and against each. */
#include "session/session.h"

#include "base/limits.h"
#include "safety/triage.h"

#include <string.h>

enum { MAX_FOR = 6, MAX_AGAINST = 4, MAX_NOT_ASKED = 3 };

/* Answers that move the odds by less than a tenth are not worth a reader's time. */
static const double LEAST_WEIGHT = 0.0953;

typedef struct evidence_list {
    charley_evidence *item;
    size_t n, max;
} evidence_list;

static double magnitude(double x)
{
    return x < 0 ? -x : x;
}

/* Keeps the strongest `max`, strongest first; earlier ones win ties. */
static void keep(evidence_list *list, const charley_evidence *evidence)
{
    size_t at = list->n;
    while (at > 0 && magnitude(list->item[at - 1].weight) < magnitude(evidence->weight))
        at--;
    if (at >= list->max)
        return;
    if (list->n < list->max)
        list->n++;
    for (size_t i = list->n - 1; i > at; i--)
        list->item[i] = list->item[i - 1];
    list->item[at] = *evidence;
}

static charley_evidence evidence_of(const ch_facts *facts, uint32_t atom,
                                    uint32_t passport, double weight)
{
    const charley_kb *kb = facts->kb;
    charley_evidence evidence = {
        .finding = ch_kb_string(kb, ch_kb_atoms(kb)[atom].id),
        .label = ch_facts_word(facts, ch_kb_atoms(kb)[atom].word_label),
        .answer = (charley_answer)facts->value[atom],
        .weight = weight,
    };
    if (passport != CH_NONE) {
        evidence.claim = ch_kb_string(kb, ch_kb_passports(kb)[passport].claim);
        evidence.mark = (charley_mark)ch_kb_passports(kb)[passport].mark;
    }
    return evidence;
}

/* An unanswered finding counts by the more telling of its two answers. */
static double greatest_weight(const charley_kb *kb, const ch_link *link)
{
    double yes = ch_link_weight(kb, link, CHARLEY_YES);
    double no = ch_link_weight(kb, link, CHARLEY_NO);
    return magnitude(yes) >= magnitude(no) ? yes : no;
}

/* Room for what is open in one expression. */
typedef struct open_marks {
    uint8_t *atoms, *numbers;
} open_marks;

/* False for a derived finding that no answer can settle any more: a score that is
 * switched off for this person is not worth naming as missing. */
static bool can_be_learnt(const ch_facts *facts, uint32_t atom, const open_marks *open)
{
    const charley_kb *kb = facts->kb;
    if (!ch_kb_atoms(kb)[atom].derive.n)
        return true;
    memset(open->atoms, 0, ch_kb_n(kb, CH_S_ATOMS));
    memset(open->numbers, 0, ch_kb_n(kb, CH_S_NUMBERS));
    ch_open_inputs(facts, ch_kb_atoms(kb)[atom].derive, open->atoms, open->numbers);
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_ATOMS); i++)
        if (open->atoms[i])
            return true;
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_NUMBERS); i++)
        if (open->numbers[i])
            return true;
    return false;
}

static void sort_link(const ch_facts *facts, const ch_link *link,
                      const open_marks *open, evidence_list *in_favour,
                      evidence_list *against, evidence_list *not_asked)
{
    uint8_t answer = facts->value[link->atom];
    if (!ch_speaks(facts, link->atom) && answer != CHARLEY_UNKNOWN)
        return;
    double weight = answer == CHARLEY_UNKNOWN
                        ? greatest_weight(facts->kb, link)
                        : ch_link_weight(facts->kb, link, (charley_answer)answer);
    if (magnitude(weight) < LEAST_WEIGHT)
        return;
    charley_evidence evidence = evidence_of(facts, link->atom, link->passport, weight);
    if (!evidence.label.size ||
        (answer == CHARLEY_UNKNOWN && !can_be_learnt(facts, link->atom, open)))
        return;
    keep(answer == CHARLEY_UNKNOWN ? not_asked
         : weight > 0              ? in_favour
                                   : against,
         &evidence);
}

/* Context that raises or lowers the prior, where it is one finding with words. */
static void sort_factors(const ch_facts *facts, const ch_condition *condition,
                         evidence_list *in_favour, evidence_list *against)
{
    const charley_kb *kb = facts->kb;
    const ch_factor *factors = ch_kb_factors(kb) + condition->factors.first;
    for (uint32_t i = 0; i < condition->factors.n; i++) {
        const ch_expr *node = &ch_kb_exprs(kb)[factors[i].when.first];
        charley_answer answer = ch_eval(facts, factors[i].when);
        if (factors[i].when.n != 1 || node->op != CH_OP_ATOM ||
            answer == CHARLEY_UNKNOWN)
            continue;
        double weight = answer == CHARLEY_YES ? factors[i].log_yes : factors[i].log_no;
        charley_evidence evidence =
            evidence_of(facts, node->a, factors[i].passport, weight);
        if (magnitude(weight) >= LEAST_WEIGHT && evidence.label.size)
            keep(weight > 0 ? in_favour : against, &evidence);
    }
}

static bool describe_evidence(const ch_facts *facts, uint32_t c, ch_arena *arena,
                              charley_cause *cause)
{
    const charley_kb *kb = facts->kb;
    evidence_list in_favour = {CH_TAKE(arena, MAX_FOR, charley_evidence), 0, MAX_FOR};
    evidence_list against = {CH_TAKE(arena, MAX_AGAINST, charley_evidence), 0,
                             MAX_AGAINST};
    evidence_list not_asked = {CH_TAKE(arena, MAX_NOT_ASKED, charley_evidence), 0,
                               MAX_NOT_ASKED};
    open_marks open = {CH_TAKE(arena, ch_kb_n(kb, CH_S_ATOMS) + 1, uint8_t),
                       CH_TAKE(arena, ch_kb_n(kb, CH_S_NUMBERS) + 1, uint8_t)};
    if (!in_favour.item || !against.item || !not_asked.item || !open.atoms ||
        !open.numbers)
        return false;
    sort_factors(facts, &ch_kb_conditions(kb)[c], &in_favour, &against);
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_LINKS); i++)
        if (ch_kb_links(kb)[i].condition == c)
            sort_link(facts, &ch_kb_links(kb)[i], &open, &in_favour, &against,
                      &not_asked);
    cause->evidence_for = in_favour.item;
    cause->n_for = in_favour.n;
    cause->evidence_against = against.item;
    cause->n_against = against.n;
    cause->not_asked = not_asked.item;
    cause->n_not_asked = not_asked.n;
    return true;
}

/* Conditions that the rules behind the shown urgency suspect: always worth showing. In
 * an emergency they lead the list, whatever is likelier. */
static void mark_suspects(const charley_kb *kb, const ch_assessment *assessment,
                          uint8_t *is_suspect)
{
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_RULES); i++) {
        const ch_rule *rule = &ch_kb_rules(kb)[i];
        if (assessment->outcomes[i] != CH_RULE_FIRED ||
            rule->level < assessment->before_modifiers || rule->level < CH_DANGER_LEVEL)
            continue;
        const uint32_t *suspect = ch_kb_list(kb, rule->suspects);
        for (uint32_t k = 0; k < rule->suspects.n; k++)
            is_suspect[suspect[k]] = 1;
    }
}

/* The most likely condition not yet taken, among those marked (NULL: among all). */
static uint32_t most_likely(const charley_kb *kb, const double *shown,
                            const uint8_t *is_taken, const uint8_t *is_marked,
                            double least)
{
    uint32_t best = CH_NONE;
    for (uint32_t c = 0; c < ch_kb_n(kb, CH_S_CONDITIONS); c++)
        if (!is_taken[c] && (!is_marked || is_marked[c]) && shown[c] >= least &&
            (best == CH_NONE || shown[c] > shown[best]))
            best = c;
    return best;
}

/* Marks what to show: the likeliest suspects of the rules first, then the likeliest. */
static size_t pick(const charley_kb *kb, const ch_assessment *assessment,
                   const uint8_t *is_suspect, uint8_t *is_taken)
{
    enum { MAX_SUSPECTS = 2 };
    size_t n = 0;
    while (n < MAX_SUSPECTS) {
        uint32_t c = most_likely(kb, assessment->shown, is_taken, is_suspect, 0);
        if (c == CH_NONE)
            break;
        is_taken[c] = 1;
        n++;
    }
    while (n < CH_MAX_CAUSES_SHOWN) {
        uint32_t c = most_likely(kb, assessment->shown, is_taken, NULL,
                                 ch_kb_meta(kb)->show_above);
        if (c == CH_NONE)
            break;
        is_taken[c] = 1;
        n++;
    }
    return n;
}

/* The next of the chosen: suspects first in an emergency, else as likely as they are.
 */
static uint32_t next_shown(const charley_kb *kb, const ch_assessment *assessment,
                           const uint8_t *is_suspect, const uint8_t *is_chosen,
                           const uint8_t *is_done)
{
    uint32_t best = CH_NONE;
    bool is_urgent = assessment->urgency >= CHARLEY_EMERGENCY;
    for (uint32_t c = 0; c < ch_kb_n(kb, CH_S_CONDITIONS); c++) {
        if (!is_chosen[c] || is_done[c])
            continue;
        bool leads = best == CH_NONE || assessment->shown[c] > assessment->shown[best];
        if (is_urgent && best != CH_NONE && is_suspect[c] != is_suspect[best])
            leads = is_suspect[c];
        if (leads)
            best = c;
    }
    return best;
}

bool ch_describe_causes(const ch_facts *facts, const ch_assessment *assessment,
                        ch_arena *arena, const charley_cause **causes, size_t *n)
{
    const charley_kb *kb = facts->kb;
    uint32_t n_conditions = ch_kb_n(kb, CH_S_CONDITIONS) + 1;
    uint8_t *is_suspect = CH_TAKE(arena, n_conditions, uint8_t);
    uint8_t *is_chosen = CH_TAKE(arena, n_conditions, uint8_t);
    uint8_t *is_done = CH_TAKE(arena, n_conditions, uint8_t);
    charley_cause *list = CH_TAKE(arena, CH_MAX_CAUSES_SHOWN, charley_cause);
    if (!is_suspect || !is_chosen || !is_done || !list)
        return false;
    mark_suspects(kb, assessment, is_suspect);
    size_t n_chosen = pick(kb, assessment, is_suspect, is_chosen);
    for (uint32_t c = 0; c < ch_kb_n(kb, CH_S_CONDITIONS); c++)
        is_suspect[c] &= !ch_is_excluded(facts, c);
    for (size_t i = 0; i < n_chosen; i++) {
        uint32_t c = next_shown(kb, assessment, is_suspect, is_chosen, is_done);
        const ch_condition *condition = &ch_kb_conditions(kb)[c];
        is_done[c] = 1;
        list[i] = (charley_cause){
            .id = ch_kb_string(kb, condition->id),
            .name = ch_facts_word(facts, condition->word_name),
            .also = ch_facts_word(facts, condition->word_also),
            .what = ch_facts_word(facts, condition->word_what),
            .mechanism = ch_facts_word(facts, condition->word_mechanism),
            .course = ch_facts_word(facts, condition->word_course),
            .urgency = (charley_urgency)condition->urgency,
            .probability = assessment->probability[c],
            .at_floor = assessment->at_floor[c],
            .is_suspected = is_suspect[c],
        };
        if (!describe_evidence(facts, c, arena, &list[i]))
            return false;
    }
    *causes = list;
    *n = n_chosen;
    return true;
}
