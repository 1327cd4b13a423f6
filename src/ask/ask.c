/* ask.c: see ask.h. */
#include "ask/ask.h"

#include "base/fail.h"

#include <string.h>

/* The engine's own weights for what a change is worth. They order questions and never
 * enter a result. */
static const double LEAST_WEIGHT = 0.4;     /* of a condition, before its urgency */
static const double WEIGHT_PER_LEVEL = 0.1; /* so that an ambulance weighs 1 */
static const double P_UNLINKED = 0.02;      /* yes to a finding no condition lists */
static const double N_LEVELS = 6;

/* The questions that open rules, or modifiers, hang on. */
typedef struct open_inputs {
    uint8_t *atoms;   /* [n_atoms] */
    uint8_t *numbers; /* [n_numbers] */
} open_inputs;

typedef struct value_table {
    double *screen;        /* [n_screens] gain, in [0, 1] */
    uint8_t *is_needed;    /* [n_screens] an answer could raise the urgency */
    uint8_t *may_ask;      /* [n_screens] */
    uint8_t *is_contender; /* [n_screens] its gain is looked at */
    double *p_yes;         /* [n_atoms] */
    open_inputs rules[CHARLEY_AMBULANCE + 1]; /* by urgency */
    open_inputs modifiers;
} value_table;

static double condition_weight(const ch_condition *condition)
{
    return LEAST_WEIGHT + WEIGHT_PER_LEVEL * condition->urgency;
}

/* Gains of several findings on one screen: as if each were an independent chance. */
static void add_gain(value_table *values, uint32_t screen, double gain)
{
    if (screen == CH_NONE)
        return;
    if (gain > 1)
        gain = 1;
    values->screen[screen] = 1 - (1 - values->screen[screen]) * (1 - gain);
}

static uint32_t screen_of_atom(const charley_kb *kb, uint32_t atom)
{
    return ch_kb_findings(kb)[ch_kb_atoms(kb)[atom].finding].screen;
}

static uint32_t screen_of_number(const charley_kb *kb, uint32_t number)
{
    return ch_kb_findings(kb)[ch_kb_numbers(kb)[number].finding].screen;
}

static bool take_open_inputs(open_inputs *open, const charley_kb *kb, ch_arena *arena)
{
    open->atoms = CH_TAKE(arena, ch_kb_n(kb, CH_S_ATOMS) + 1, uint8_t);
    open->numbers = CH_TAKE(arena, ch_kb_n(kb, CH_S_NUMBERS) + 1, uint8_t);
    return open->atoms && open->numbers;
}

/* ---- what an answer would do to the probabilities ---- */

/* Expected change of all probabilities, weighted. With P(present) = 1 - p_absent both
 * outcomes move the same mass, so one of them is enough to know. */
static double atom_gain(const ch_ask_input *input, double p_absent,
                        const double *if_absent)
{
    const ch_condition *conditions = ch_kb_conditions(input->facts->kb);
    double change = 0;
    for (uint32_t c = 0; c < ch_kb_n(input->facts->kb, CH_S_CONDITIONS); c++) {
        double moved = if_absent[c] - input->posterior[c];
        change += condition_weight(&conditions[c]) * (moved < 0 ? -moved : moved);
    }
    return p_absent * change;
}

/* The questions that a derived finding is learnt through. */
static void find_roots(const ch_facts *facts, uint32_t atom, open_inputs *roots)
{
    const charley_kb *kb = facts->kb;
    memset(roots->atoms, 0, ch_kb_n(kb, CH_S_ATOMS));
    memset(roots->numbers, 0, ch_kb_n(kb, CH_S_NUMBERS));
    ch_open_inputs(facts, ch_kb_atoms(kb)[atom].derive, roots->atoms, roots->numbers);
}

static void credit_roots(const ch_facts *facts, uint32_t atom, double gain,
                         open_inputs *roots, value_table *values)
{
    const charley_kb *kb = facts->kb;
    find_roots(facts, atom, roots);
    for (uint32_t a = 0; a < ch_kb_n(kb, CH_S_ATOMS); a++)
        if (roots->atoms[a])
            add_gain(values, screen_of_atom(kb, a), gain);
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_NUMBERS); i++)
        if (roots->numbers[i])
            add_gain(values, screen_of_number(kb, i), gain);
}

static bool is_contender(const value_table *values, uint32_t screen)
{
    return screen != CH_NONE && values->is_contender[screen];
}

/* Does the gain of any screen that is looked at hang on this atom? */
static bool is_credited(const ch_facts *facts, uint32_t atom, const value_table *values,
                        open_inputs *roots)
{
    const charley_kb *kb = facts->kb;
    if (!ch_kb_atoms(kb)[atom].derive.n)
        return is_contender(values, screen_of_atom(kb, atom));
    find_roots(facts, atom, roots);
    bool is_any = false;
    for (uint32_t a = 0; a < ch_kb_n(kb, CH_S_ATOMS); a++)
        is_any |= roots->atoms[a] && is_contender(values, screen_of_atom(kb, a));
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_NUMBERS); i++)
        is_any |= roots->numbers[i] && is_contender(values, screen_of_number(kb, i));
    return is_any;
}

/* Findings that are not known, would enter the evidence if they were, and count for a
 * screen that is looked at. */
static uint32_t collect_candidates(const ch_facts *facts, const value_table *values,
                                   open_inputs *roots, uint32_t *candidate)
{
    const charley_kb *kb = facts->kb;
    uint32_t n = 0;
    for (uint32_t a = 0; a < ch_kb_n(kb, CH_S_ATOMS); a++) {
        const ch_atom *atom = &ch_kb_atoms(kb)[a];
        if (!atom->links.n || facts->value[a] != CHARLEY_UNKNOWN)
            continue;
        bool is_spoken_for = false; /* another member of its cluster is yes */
        if (atom->cluster != CH_NONE) {
            const ch_cluster *cluster = &ch_kb_clusters(kb)[atom->cluster];
            const uint32_t *member = ch_kb_list(kb, cluster->atoms);
            for (uint32_t i = 0; i < cluster->atoms.n; i++)
                is_spoken_for |= facts->value[member[i]] == CHARLEY_YES;
        }
        if (!is_spoken_for && is_credited(facts, a, values, roots))
            candidate[n++] = a;
    }
    return n;
}

static charley_status value_probabilities(const ch_ask_input *input, ch_arena *arena,
                                          value_table *values, charley_error *error)
{
    const charley_kb *kb = input->facts->kb;
    uint32_t n_conditions = ch_kb_n(kb, CH_S_CONDITIONS);
    uint32_t *candidate = CH_TAKE(arena, ch_kb_n(kb, CH_S_ATOMS) + 1, uint32_t);
    open_inputs roots;
    if (!candidate || !take_open_inputs(&roots, kb, arena))
        return CHARLEY_E_MEMORY;
    uint32_t n = collect_candidates(input->facts, values, &roots, candidate);
    double *p_absent = CH_TAKE(arena, n + 1, double);
    double *if_absent = CH_TAKE(arena, (size_t)n * n_conditions + 1, double);
    if (!p_absent || !if_absent)
        return CHARLEY_E_MEMORY;
    ch_evidence evidence = {input->query->present, input->query->absent,
                            input->query->n_present, input->query->n_absent};
    CH_TRY(ch_infer_sweep(&input->network->net, input->query->prior, &evidence,
                          input->query->plan, candidate, n, arena, p_absent, if_absent,
                          error));
    for (uint32_t i = 0; i < n; i++) {
        uint32_t a = candidate[i];
        /* Above 1 where the finding speaks against a condition: see ch_infer_sweep. */
        if (p_absent[i] > 1)
            p_absent[i] = 1;
        values->p_yes[a] = 1 - p_absent[i];
        double gain =
            atom_gain(input, p_absent[i], if_absent + (size_t)i * n_conditions);
        if (ch_kb_atoms(kb)[a].derive.n)
            credit_roots(input->facts, a, gain, &roots, values);
        else
            add_gain(values, screen_of_atom(kb, a), gain);
    }
    return CHARLEY_OK;
}

/* ---- what an answer would do to the rules ---- */

/* Modifiers raise by one level, once for all. They are asked about only where that step
 * leads into the top three levels: elsewhere it changes a date, and costs a screen. */
static void open_modifiers(const ch_ask_input *input, open_inputs *open)
{
    const charley_kb *kb = input->facts->kb;
    const ch_modifier *modifiers = ch_kb_modifiers(kb);
    bool is_raised = input->urgency + 1 < (int)CH_DANGER_LEVEL;
    for (uint32_t i = 0; !is_raised && i < ch_kb_n(kb, CH_S_MODIFIERS); i++)
        is_raised = ch_eval(input->facts, modifiers[i].when) == CHARLEY_YES;
    for (uint32_t i = 0; !is_raised && i < ch_kb_n(kb, CH_S_MODIFIERS); i++)
        if (ch_eval(input->facts, modifiers[i].when) == CHARLEY_UNKNOWN &&
            input->urgency >= modifiers[i].from &&
            input->urgency < modifiers[i].at_most)
            ch_open_inputs(input->facts, modifiers[i].when, open->atoms, open->numbers);
}

static void mark_needed(const charley_kb *kb, const open_inputs *open,
                        value_table *values)
{
    for (uint32_t a = 0; a < ch_kb_n(kb, CH_S_ATOMS); a++)
        if (open->atoms[a] && screen_of_atom(kb, a) != CH_NONE)
            values->is_needed[screen_of_atom(kb, a)] = true;
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_NUMBERS); i++)
        if (open->numbers[i] && screen_of_number(kb, i) != CH_NONE)
            values->is_needed[screen_of_number(kb, i)] = true;
}

/* Finds the inputs of unsettled rules, level by level, and of modifiers. Those of the
 * top three levels are needed, whatever they gain. */
static void find_open_inputs(const ch_ask_input *input, value_table *values)
{
    const charley_kb *kb = input->facts->kb;
    for (unsigned level = CHARLEY_SELF_CARE; level <= CHARLEY_AMBULANCE; level++) {
        const open_inputs *open = &values->rules[level];
        ch_triage_open_inputs(input->facts, input->outcomes, (charley_urgency)level,
                              input->urgency, open->atoms, open->numbers);
        if (level >= CH_DANGER_LEVEL)
            mark_needed(kb, open, values);
    }
    open_modifiers(input, &values->modifiers);
    mark_needed(kb, &values->modifiers, values);
}

/* Values the inputs of the rules: the chance of a yes times the levels it would raise
 * the urgency by. */
static void value_rules(const ch_ask_input *input, value_table *values)
{
    const charley_kb *kb = input->facts->kb;
    uint32_t n_atoms = ch_kb_n(kb, CH_S_ATOMS), n_numbers = ch_kb_n(kb, CH_S_NUMBERS);
    for (unsigned level = CHARLEY_SELF_CARE; level <= CHARLEY_AMBULANCE; level++) {
        const open_inputs *open = &values->rules[level];
        double rise = ((int)level - (int)input->urgency) / N_LEVELS;
        for (uint32_t a = 0; a < n_atoms; a++)
            if (open->atoms[a])
                add_gain(values, screen_of_atom(kb, a),
                         rise * (values->p_yes[a] > 0 ? values->p_yes[a] : P_UNLINKED));
        for (uint32_t i = 0; i < n_numbers; i++)
            if (open->numbers[i])
                add_gain(values, screen_of_number(kb, i), rise * P_UNLINKED);
    }
    for (uint32_t a = 0; a < n_atoms; a++)
        if (values->modifiers.atoms[a])
            add_gain(values, screen_of_atom(kb, a), P_UNLINKED / N_LEVELS);
}

/* ---- choosing ---- */

static bool has_unanswered(const ch_facts *facts, const ch_screen *screen)
{
    const charley_kb *kb = facts->kb;
    const uint32_t *finding = ch_kb_list(kb, screen->findings);
    for (uint32_t i = 0; i < screen->findings.n; i++) {
        const ch_finding *record = &ch_kb_findings(kb)[finding[i]];
        if (record->number != CH_NONE) {
            double value = facts->numbers[record->number];
            if (value != value)
                return true;
            continue;
        }
        const uint32_t *atom = ch_kb_list(kb, record->atoms);
        bool is_open = record->atoms.n > 0;
        for (uint32_t k = 0; k < record->atoms.n; k++)
            is_open &= facts->value[atom[k]] != CHARLEY_YES;
        for (uint32_t k = 0; is_open && k < record->atoms.n; k++)
            if (facts->value[atom[k]] == CHARLEY_UNKNOWN)
                return true;
    }
    return false;
}

/* When to act at once is already said, only danger signs and what could raise the
 * urgency further are worth the time; after "call an ambulance", nothing is. */
static bool is_too_late(const ch_ask_input *input, const ch_screen *screen,
                        bool is_needed)
{
    if (input->keep_on || input->urgency < CHARLEY_EMERGENCY)
        return false;
    return input->urgency == CHARLEY_AMBULANCE || !(screen->danger || is_needed);
}

/* May this screen be asked at all? A screen that could raise the urgency is asked even
 * when it is not known whether it applies. */
static bool may_ask(const ch_ask_input *input, uint32_t index, bool is_needed)
{
    const ch_screen *screen = &ch_kb_screens(input->facts->kb)[index];
    if (input->is_skipped[index] || is_too_late(input, screen, is_needed) ||
        (screen->who >= CH_WHO_CLINICIAN && !input->for_clinician))
        return false;
    charley_answer applies = ch_eval(input->facts, screen->when);
    if (applies != CHARLEY_YES && ch_kb_screen_is_short(input->facts->kb, index))
        return false;
    bool is_fixed = screen->order != CH_NONE;
    if (applies == CHARLEY_NO ||
        (applies == CHARLEY_UNKNOWN && !is_fixed && !is_needed))
        return false;
    return has_unanswered(input->facts, screen);
}

/* Which screens may be asked, and of which the gain is looked at: all but the fixed
 * ones after the first, unless they are short. */
static void find_contenders(const ch_ask_input *input, value_table *values)
{
    const charley_kb *kb = input->facts->kb;
    bool has_fixed = false;
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_SCREENS); i++) {
        bool is_fixed = ch_kb_screens(kb)[i].order != CH_NONE;
        values->may_ask[i] = may_ask(input, i, values->is_needed[i]);
        values->is_contender[i] = values->may_ask[i] && (!(is_fixed && has_fixed) ||
                                                         ch_kb_screen_is_short(kb, i));
        has_fixed |= is_fixed && values->may_ask[i];
    }
}

/* A rough count for "about 4 more": of the adaptive screens only a few are ever
 * reached, and of the fixed ones only those that are known to apply. While short
 * screens are asked, only those count: after them there is a result to stop at. */
static void count_left(const ch_ask_input *input, const value_table *values,
                       double enough, ch_ask_choice *choice)
{
    enum { FEW = 3 };
    const charley_kb *kb = input->facts->kb;
    size_t n_fixed = 0;
    size_t n_adaptive = 0;
    bool is_short =
        choice->screen != CH_NONE && ch_kb_screen_is_short(kb, choice->screen);
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_SCREENS); i++) {
        const ch_screen *screen = &ch_kb_screens(kb)[i];
        if (i == choice->screen || !values->may_ask[i] ||
            ch_eval(input->facts, screen->when) != CHARLEY_YES ||
            (is_short && !ch_kb_screen_is_short(kb, i)))
            continue;
        bool is_worth =
            values->is_needed[i] || values->screen[i] / screen->cost >= enough;
        n_fixed += screen->order != CH_NONE;
        n_adaptive += screen->order == CH_NONE && is_worth;
    }
    choice->n_left = n_fixed + (n_adaptive < FEW ? n_adaptive : FEW);
}

/* The screen that comes first among those worth asking: short ones, fixed order, then
 * needed for safety, then gain for the effort. */
static void choose(const ch_ask_input *input, const value_table *values, double enough,
                   ch_ask_choice *choice)
{
    const charley_kb *kb = input->facts->kb;
    unsigned best_class = 0;
    double best_worth = 0;
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_SCREENS); i++) {
        const ch_screen *screen = &ch_kb_screens(kb)[i];
        if (!values->is_contender[i])
            continue;
        bool is_fixed = screen->order != CH_NONE;
        double worth = values->screen[i] / screen->cost;
        if (!is_fixed && !values->is_needed[i] && worth < enough)
            continue;
        unsigned class = ch_kb_screen_is_short(kb, i) ? 4
                         : is_fixed                   ? 3
                         : values->is_needed[i]       ? 2
                                                      : 1;
        /* Fixed screens lie in their order: the first one stays. */
        bool is_better = class > best_class ||
                         (class == best_class && class < 3 && worth > best_worth);
        if (!is_better)
            continue;
        best_class = class;
        best_worth = worth;
        choice->screen = i;
        choice->gain = values->screen[i];
    }
}

static bool take_values(value_table *values, const charley_kb *kb, ch_arena *arena)
{
    uint32_t n_screens = ch_kb_n(kb, CH_S_SCREENS) + 1;
    *values = (value_table){
        .screen = CH_TAKE(arena, n_screens, double),
        .is_needed = CH_TAKE(arena, n_screens, uint8_t),
        .may_ask = CH_TAKE(arena, n_screens, uint8_t),
        .is_contender = CH_TAKE(arena, n_screens, uint8_t),
        .p_yes = CH_TAKE(arena, ch_kb_n(kb, CH_S_ATOMS) + 1, double),
    };
    bool has_room = take_open_inputs(&values->modifiers, kb, arena);
    for (unsigned level = CHARLEY_SELF_CARE; level <= CHARLEY_AMBULANCE; level++)
        has_room &= take_open_inputs(&values->rules[level], kb, arena);
    return has_room && values->screen && values->is_needed && values->may_ask &&
           values->is_contender && values->p_yes;
}

charley_status ch_ask_next(const ch_ask_input *input, ch_arena *arena,
                           ch_ask_choice *choice, charley_error *error)
{
    const charley_kb *kb = input->facts->kb;
    size_t mark = ch_arena_mark(arena);
    value_table values;
    charley_status status = CHARLEY_E_MEMORY;
    if (take_values(&values, kb, arena)) {
        find_open_inputs(input, &values);
        find_contenders(input, &values);
        status = value_probabilities(input, arena, &values, error);
    }
    if (status == CHARLEY_OK) {
        value_rules(input, &values);
        *choice = (ch_ask_choice){.screen = CH_NONE};
        double enough = input->keep_on ? 0 : ch_kb_meta(kb)->enough_gain;
        choose(input, &values, enough, choice);
        count_left(input, &values, enough, choice);
    }
    ch_arena_rewind(arena, mark);
    if (status == CHARLEY_E_MEMORY)
        return ch_fail(error, status, "the session's memory is too small");
    return status;
}
