/* person.c: see person.h. */
#include "trial/person.h"

#include "base/fail.h"
#include "base/real.h"
#include "kb/bearing.h"
#include "trial/chance.h"

#include <math.h>
#include <string.h>

enum {
    MOST_RETELLINGS = 300, /* a few stories in a hundred are rarer than that */
    MOST_REFUSALS = 200000
};

/* ---- memory ---- */

/* A derived finding that only compares one number from below. */
static bool rung_of(const charley_kb *kb, uint32_t a, ch_rung *rung)
{
    const ch_atom *atom = &ch_kb_atoms(kb)[a];
    if (!atom->links.n || atom->derive.n != 1)
        return false;
    const ch_expr *node = &ch_kb_exprs(kb)[atom->derive.first];
    if (node->op != CH_OP_NUMBER ||
        (node->comparison != CH_AT_LEAST && node->comparison != CH_ABOVE))
        return false;
    *rung = (ch_rung){a, node->a, node->value};
    return true;
}

static bool comes_before(const ch_rung *a, const ch_rung *b)
{
    return a->number != b->number ? a->number < b->number : a->threshold > b->threshold;
}

static void list_rungs(ch_person *person)
{
    ch_rung rung;
    for (uint32_t a = 0; a < ch_kb_n(person->kb, CH_S_ATOMS); a++) {
        if (!rung_of(person->kb, a, &rung))
            continue;
        uint32_t k = person->n_rungs++;
        for (; k > 0 && comes_before(&rung, &person->rungs[k - 1]); k--)
            person->rungs[k] = person->rungs[k - 1];
        person->rungs[k] = rung;
    }
}

bool ch_person_init(ch_person *person, const charley_kb *kb,
                    const ch_population *population, uint64_t seed, ch_arena *arena)
{
    uint32_t n_conditions = ch_kb_n(kb, CH_S_CONDITIONS) + 1;
    uint32_t n_numbers = ch_kb_n(kb, CH_S_NUMBERS) + 1;
    *person = (ch_person){.kb = kb, .population = population, .seed = seed};
    if (!ch_facts_init(&person->facts, kb, arena) ||
        !ch_facts_init(&person->context, kb, arena) ||
        !ch_facts_init(&person->story, kb, arena))
        return false;
    person->has = CH_TAKE(arena, n_conditions, uint8_t);
    person->prior = CH_TAKE(arena, n_conditions, double);
    person->leak = CH_TAKE(arena, ch_kb_n(kb, CH_S_ATOMS) + 1, double);
    person->cluster = CH_TAKE(arena, ch_kb_n(kb, CH_S_CLUSTERS) + 1, double);
    person->least = CH_TAKE(arena, n_numbers, double);
    person->most = CH_TAKE(arena, n_numbers, double);
    person->rungs = CH_TAKE(arena, ch_kb_n(kb, CH_S_ATOMS) + 1, ch_rung);
    if (!person->has || !person->leak || !person->prior || !person->cluster ||
        !person->least || !person->most || !person->rungs)
        return false;
    list_rungs(person);
    return true;
}

size_t ch_person_size(const charley_kb *kb)
{
    size_t atoms = ch_kb_n(kb, CH_S_ATOMS) + 64;
    size_t numbers = ch_kb_n(kb, CH_S_NUMBERS) + 64;
    size_t conditions = ch_kb_n(kb, CH_S_CONDITIONS) + 64;
    return atoms * (8 + sizeof(ch_rung) + sizeof(double)) +
           numbers * 6 * sizeof(double) +
           (conditions * 3 + ch_kb_n(kb, CH_S_CLUSTERS)) * sizeof(double) + 4096;
}

/* ---- chances ---- */

static double next(ch_person *person)
{
    return ch_chance(person->seed, person->index, CH_FOR_DRAWING, person->n_used++);
}

/* One number for all findings of a cluster, else a new one. */
static double number_for(ch_person *person, uint32_t atom)
{
    uint32_t cluster = ch_kb_atoms(person->kb)[atom].cluster;
    return cluster == CH_NONE ? next(person) : person->cluster[cluster];
}

double ch_person_chance(const ch_person *person, uint32_t a)
{
    const ch_atom *atom = &ch_kb_atoms(person->kb)[a];
    const ch_link *links = ch_kb_links(person->kb) + atom->links.first;
    double missed = 1 - person->leak[a];
    double present = 1;
    double absent = 1;
    for (uint32_t i = 0; i < atom->links.n; i++) {
        if (!person->has[links[i].condition])
            continue;
        ch_bearing bearing = ch_link_bearing(person->kb, &links[i]);
        missed *= 1 - bearing.strength;
        present *= bearing.if_present;
        absent *= bearing.if_absent;
    }
    double yes = (1 - missed) * present;
    return yes / (yes + missed * absent);
}

/* ---- rows of population.yaml ---- */

/* Comes with or without causes, after them; the rest is drawn by rows alone. */
static bool is_finding(const charley_kb *kb, uint32_t atom)
{
    return ch_kb_atoms(kb)[atom].leak > 0;
}

/* Context that the population demands is simply so. */
static void give(ch_person *person)
{
    if (!person->population)
        return;
    const uint32_t *given = ch_kb_list(person->kb, person->population->given);
    for (uint32_t i = 0; i < person->population->given.n; i++) {
        const ch_atom *atom = &ch_kb_atoms(person->kb)[given[i]];
        if (!is_finding(person->kb, given[i]) && !atom->derive.n)
            ch_facts_set(&person->facts, given[i], CHARLEY_YES);
    }
}

static bool applies(ch_person *person, const ch_draw *draw)
{
    if (!draw->when.n)
        return true;
    ch_facts_resolve(&person->facts);
    return ch_eval(&person->facts, draw->when) == CHARLEY_YES;
}

static void draw_atom(ch_person *person, const ch_draw *draw)
{
    ch_facts *facts = &person->facts;
    if (facts->given[draw->atom] != CHARLEY_UNKNOWN || !applies(person, draw))
        return;
    const ch_finding *finding =
        &ch_kb_findings(person->kb)[ch_kb_atoms(person->kb)[draw->atom].finding];
    bool cannot_be = false;
    if (finding->not_if.n) {
        ch_facts_resolve(facts);
        cannot_be = ch_eval(facts, finding->not_if) == CHARLEY_YES;
    }
    bool is_yes = next(person) < draw->p && !cannot_be;
    ch_facts_set(facts, draw->atom, is_yes ? CHARLEY_YES : CHARLEY_NO);
}

/* The part of a row's values that the rungs leave. */
static double overlap(const ch_person *person, const ch_draw *draw, double *from,
                      double *to)
{
    *from = draw->from > person->least[draw->number] ? draw->from
                                                     : person->least[draw->number];
    *to = draw->to < person->most[draw->number] ? draw->to : person->most[draw->number];
    if (draw->from == draw->to)
        return *from <= *to ? 1 : 0;
    return *to > *from ? (*to - *from) / (draw->to - draw->from) : 0;
}

static double total_share(ch_person *person, const ch_draw *draw, uint32_t n)
{
    double total = 0;
    double from, to;
    for (uint32_t i = 0; i < n; i++)
        if (draw[i].number == draw->number && draw[i].is_after == draw->is_after &&
            applies(person, &draw[i]))
            total += draw[i].p * overlap(person, &draw[i], &from, &to);
    return total;
}

/* Values are kept to a tenth, or whole where a row spans ten or more: as people say
 * them. The rungs are kept. */
static double rounded(double value, double from, double to)
{
    double step = to - from >= 10 ? 1 : 0.1;
    double down = floor(value / step) * step;
    return down >= from ? down : value;
}

/* All rows of a number at once, when the first of them comes up. */
static void draw_number(ch_person *person, const ch_draw *draw, uint32_t n)
{
    ch_facts *facts = &person->facts;
    if (facts->numbers[draw->number] == facts->numbers[draw->number])
        return;
    double total = total_share(person, draw, n);
    if (!(total > 0))
        return;
    double at = next(person) * total;
    double place = next(person);
    for (uint32_t i = 0; i < n; i++) {
        double from, to;
        if (draw[i].number != draw->number || draw[i].is_after != draw->is_after ||
            !applies(person, &draw[i]))
            continue;
        double share = draw[i].p * overlap(person, &draw[i], &from, &to);
        at -= share;
        if (share > 0 && at <= 0) {
            facts->numbers[draw->number] =
                rounded(from + place * (to - from), from, to);
            return;
        }
    }
}

static void draw_rows(ch_person *person, bool is_after)
{
    const ch_draw *draws = ch_kb_draws(person->kb);
    uint32_t n = ch_kb_n(person->kb, CH_S_DRAWS);
    for (uint32_t i = 0; i < n; i++) {
        if ((draws[i].is_after != 0) != is_after)
            continue;
        if (draws[i].atom != CH_NONE && is_finding(person->kb, draws[i].atom))
            continue;
        if (draws[i].atom != CH_NONE)
            draw_atom(person, &draws[i]);
        else
            draw_number(person, &draws[i], n - i);
    }
}

/* A row about a finding that causes bring about says how often it is there without any
 * of them. Its leak cannot say so: leaks are kept high enough for the likelihood cap,
 * and with dozens of danger signs hardly anybody would be without one. */
static void read_leaks(ch_person *person)
{
    const ch_draw *draws = ch_kb_draws(person->kb);
    for (uint32_t a = 0; a < ch_kb_n(person->kb, CH_S_ATOMS); a++)
        person->leak[a] = ch_kb_atoms(person->kb)[a].leak;
    bool uses_leaks =
        person->uses_leaks || (person->population && person->population->is_clinic);
    for (uint32_t i = ch_kb_n(person->kb, CH_S_DRAWS); !uses_leaks && i-- > 0;)
        if (draws[i].atom != CH_NONE && is_finding(person->kb, draws[i].atom) &&
            applies(person, &draws[i]))
            person->leak[draws[i].atom] = draws[i].p;
}

/* What nobody draws and no cause brings about is not so; what only an examination or a
 * test would tell is not known. */
static void settle_rest(ch_person *person)
{
    const charley_kb *kb = person->kb;
    for (uint32_t a = 0; a < ch_kb_n(kb, CH_S_ATOMS); a++) {
        const ch_atom *atom = &ch_kb_atoms(kb)[a];
        const ch_finding *finding = &ch_kb_findings(kb)[atom->finding];
        if (person->facts.given[a] == CHARLEY_UNKNOWN && !atom->derive.n &&
            finding->atoms.n == 1 && finding->who < CH_WHO_CLINICIAN)
            person->facts.given[a] = CHARLEY_NO;
    }
}

/* ---- causes and findings ---- */

static void read_priors(ch_person *person, const ch_facts *known)
{
    const ch_condition *conditions = ch_kb_conditions(person->kb);
    for (uint32_t c = 0; c < ch_kb_n(person->kb, CH_S_CONDITIONS); c++)
        person->prior[c] = ch_prior_logit(known, &conditions[c]);
}

static void draw_causes(ch_person *person)
{
    for (uint32_t c = 0; c < ch_kb_n(person->kb, CH_S_CONDITIONS); c++)
        person->has[c] = next(person) < ch_logistic(person->prior[c]);
    if (!person->population)
        return;
    const uint32_t *having = ch_kb_list(person->kb, person->population->having);
    for (uint32_t i = 0; i < person->population->having.n; i++)
        person->has[having[i]] = 1;
}

static bool is_impossible(ch_person *person, const ch_finding *finding)
{
    return finding->not_if.n && ch_eval(&person->facts, finding->not_if) == CHARLEY_YES;
}

/* One option is true: in proportion to the odds of each. */
static void draw_choice(ch_person *person, const ch_finding *finding)
{
    const uint32_t *atom = ch_kb_list(person->kb, finding->atoms);
    double total = 0;
    for (uint32_t i = 0; i < finding->atoms.n; i++) {
        double p = ch_person_chance(person, atom[i]);
        total += p / (1 - p);
    }
    double at = next(person) * total;
    for (uint32_t i = 0; i < finding->atoms.n && total > 0; i++) {
        double p = ch_person_chance(person, atom[i]);
        at -= p / (1 - p);
        if (at <= 0 && p > 0) {
            ch_facts_set(&person->facts, atom[i], CHARLEY_YES);
            return;
        }
    }
}

/* The cells between the thresholds of each number; one number for all of them. */
static void climb_rungs(ch_person *person)
{
    for (uint32_t i = 0; i < ch_kb_n(person->kb, CH_S_NUMBERS); i++) {
        person->least[i] = -HUGE_VAL;
        person->most[i] = HUGE_VAL;
    }
    for (uint32_t i = 0; i < person->n_rungs; i++) {
        const ch_rung *rung = &person->rungs[i];
        if (person->least[rung->number] > -HUGE_VAL)
            continue; /* a higher one was reached */
        if (number_for(person, rung->atom) < ch_person_chance(person, rung->atom))
            person->least[rung->number] = rung->threshold;
        else
            person->most[rung->number] = rung->threshold;
    }
}

static void draw_findings(ch_person *person)
{
    const charley_kb *kb = person->kb;
    ch_facts_copy(&person->facts, &person->context);
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_CLUSTERS); i++)
        person->cluster[i] = next(person);
    for (uint32_t f = 0; f < ch_kb_n(kb, CH_S_FINDINGS); f++) {
        const ch_finding *finding = &ch_kb_findings(kb)[f];
        const uint32_t *atom = ch_kb_list(kb, finding->atoms);
        bool comes = false;
        for (uint32_t i = 0; i < finding->atoms.n; i++)
            comes |= is_finding(kb, atom[i]) && !ch_kb_atoms(kb)[atom[i]].derive.n;
        if (!comes)
            continue;
        if (finding->atoms.n > 1) {
            draw_choice(person, finding);
            continue;
        }
        bool is_yes = number_for(person, atom[0]) < ch_person_chance(person, atom[0]);
        ch_facts_set(&person->facts, atom[0],
                     is_yes && !is_impossible(person, finding) ? CHARLEY_YES
                                                               : CHARLEY_NO);
    }
    climb_rungs(person);
    draw_rows(person, true);
    settle_rest(person);
    ch_facts_resolve(&person->facts);
}

/* Causes from the priors that hold for `known`, and what they bring about. */
static void tell(ch_person *person, const ch_facts *known)
{
    read_priors(person, known);
    draw_causes(person);
    draw_findings(person);
}

/* Would the engine use the priors that the causes were drawn from? */
static bool same_story(const ch_person *person)
{
    const ch_condition *conditions = ch_kb_conditions(person->kb);
    for (uint32_t c = 0; c < ch_kb_n(person->kb, CH_S_CONDITIONS); c++)
        if (person->prior[c] != ch_prior_logit(&person->facts, &conditions[c]))
            return false;
    return true;
}

/* See the head of person.h. */
static void tell_story(ch_person *person)
{
    uint64_t start = person->n_used;
    tell(person, &person->context);
    if (same_story(person))
        return;
    ch_facts_copy(&person->story, &person->facts);
    ch_facts_resolve(&person->story);
    for (uint32_t i = 0; i < MOST_RETELLINGS; i++) {
        tell(person, &person->story);
        if (same_story(person))
            return;
    }
    person->n_kept++;
    person->n_used = start; /* the same numbers again: the first telling */
    tell(person, &person->context);
}

/* ---- one person ---- */

static bool fits(const ch_person *person)
{
    const ch_facts *facts = &person->facts;
    if (ch_eval(facts, ch_kb_meta(person->kb)->complaints) != CHARLEY_YES ||
        ch_facts_check(facts, NULL) != CHARLEY_OK)
        return false;
    if (!person->population)
        return true;
    const uint32_t *given = ch_kb_list(person->kb, person->population->given);
    for (uint32_t i = 0; i < person->population->given.n; i++)
        if (facts->value[given[i]] != CHARLEY_YES)
            return false;
    return ch_eval(facts, person->population->when) == CHARLEY_YES;
}

charley_status ch_person_draw(ch_person *person, uint64_t index, charley_error *error)
{
    person->index = index;
    person->n_used = 0;
    for (uint32_t i = 0; i < MOST_REFUSALS; i++) {
        ch_facts_clear(&person->facts);
        for (uint32_t k = 0; k < ch_kb_n(person->kb, CH_S_NUMBERS); k++) {
            person->least[k] = -HUGE_VAL;
            person->most[k] = HUGE_VAL;
        }
        give(person);
        draw_rows(person, false);
        read_leaks(person);
        ch_facts_resolve(&person->facts);
        ch_facts_copy(&person->context, &person->facts);
        tell_story(person);
        if (fits(person))
            return CHARLEY_OK;
        person->n_refused++;
    }
    return ch_fail(error, CHARLEY_E_LIMIT, "nobody like that was found");
}
