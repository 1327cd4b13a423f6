/* trial.c: many simulated people through the interview, and what is counted.
 *
 * The interview is the public one. Beside it stands what complete answers without a
 * slip would give: the difference is what the interview costs, the rest is the model's.
 */
#include "trial/trial.h"

#include <string.h>

#include "base/fail.h"
#include "base/view.h"
#include "trial/answer.h"
#include "trial/chance.h"

static const double COVERAGE_FROM[CHARLEY_TRIAL_BANDS + 1] = {0.02, 0.05, 0.1, 0.2,
                                                              0.4,  0.7,  1};

/* ---- memory ---- */

static uint32_t count_reasons(const charley_kb *kb)
{
    return ch_kb_n(kb, CH_S_RULES) + ch_kb_n(kb, CH_S_MODIFIERS) +
           ch_kb_n(kb, CH_S_CONDITIONS);
}

static size_t count_bytes(const charley_kb *kb)
{
    size_t conditions = ch_kb_n(kb, CH_S_CONDITIONS) + 16;
    size_t families = conditions;
    return sizeof(charley_trial) +
           (conditions + families) * sizeof(charley_trial_cause) +
           (ch_kb_n(kb, CH_S_POPULATIONS) + 2) *
               (2 * sizeof(charley_trial_story) + sizeof(ch_lengths)) +
           2 * (ch_kb_n(kb, CH_S_SCREENS) + 2) * sizeof(charley_trial_screen) +
           (count_reasons(kb) + 64) * (2 * sizeof(charley_trial_reason) + 2) +
           conditions * (CH_N_LANES + 3) * sizeof(double) +
           (ch_kb_n(kb, CH_S_ATOMS) + 64) * 4 + 4096;
}

static charley_options session_options(const charley_trial_options *options)
{
    return (charley_options){.clinician = options && options->clinician};
}

/* Room for one more assessment and its intervals beside the session's own. */
static size_t scratch_bytes(const charley_kb *kb, const charley_options *options)
{
    return charley_session_size(kb, options);
}

size_t charley_trial_size(const charley_kb *kb, const charley_trial_options *options)
{
    charley_options session = session_options(options);
    return count_bytes(kb) + ch_person_size(kb) + charley_session_size(kb, &session) +
           scratch_bytes(kb, &session) + 1024;
}

static charley_status find_population(const charley_kb *kb, charley_text id,
                                      const ch_population **population,
                                      charley_error *error)
{
    *population = NULL;
    if (id.size == 0)
        return CHARLEY_OK;
    const ch_population *all = ch_kb_populations(kb);
    charley_text best = {NULL, 0};
    unsigned distance = (unsigned)(id.size / 3) + 2;
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_POPULATIONS); i++) {
        charley_text name = ch_kb_string(kb, all[i].id);
        if (ch_view_equal(name, id)) {
            *population = &all[i];
            return CHARLEY_OK;
        }
        unsigned d = ch_view_distance(id, name, distance);
        if (d < distance) {
            distance = d;
            best = name;
        }
    }
    ch_fail_about(error, CHARLEY_E_NOTFOUND, id, "there is no population with this id");
    if (best.size) {
        ch_fail_append(error, CHARLEY_TEXT("; did you mean "));
        ch_fail_append(error, best);
    }
    return CHARLEY_E_NOTFOUND;
}

static bool take_counts(charley_trial *t)
{
    const charley_kb *kb = t->kb;
    uint32_t n_conditions = ch_kb_n(kb, CH_S_CONDITIONS) + 1;
    uint32_t n_stories = ch_kb_n(kb, CH_S_POPULATIONS) + 2;
    uint32_t n_screens = ch_kb_n(kb, CH_S_SCREENS) + 1;
    t->causes = CH_TAKE(&t->arena, n_conditions, charley_trial_cause);
    t->families = CH_TAKE(&t->arena, n_conditions, charley_trial_cause);
    t->stories = CH_TAKE(&t->arena, n_stories, charley_trial_story);
    t->shown_stories = CH_TAKE(&t->arena, n_stories, charley_trial_story);
    t->lengths = CH_TAKE(&t->arena, n_stories, ch_lengths);
    t->screens = CH_TAKE(&t->arena, n_screens, charley_trial_screen);
    t->shown_screens = CH_TAKE(&t->arena, n_screens, charley_trial_screen);
    t->n_reasons = count_reasons(kb);
    t->reasons = CH_TAKE(&t->arena, t->n_reasons + 1, charley_trial_reason);
    t->shown_reasons = CH_TAKE(&t->arena, t->n_reasons + 1, charley_trial_reason);
    t->now = CH_TAKE(&t->arena, t->n_reasons + 1, uint8_t);
    t->complete_now = CH_TAKE(&t->arena, t->n_reasons + 1, uint8_t);
    t->before = CH_TAKE(&t->arena, n_conditions, double);
    t->redrawn = CH_TAKE(&t->arena, (size_t)n_conditions * CH_N_LANES, double);
    return t->causes && t->families && t->stories && t->shown_stories && t->lengths &&
           t->screens && t->shown_screens && t->reasons && t->shown_reasons && t->now &&
           t->complete_now && t->before && t->redrawn &&
           ch_facts_init(&t->complete, kb, &t->arena);
}

charley_status charley_trial_init(void *memory, size_t size, const charley_kb *kb,
                                  const charley_trial_options *options,
                                  charley_trial **trial, charley_error *error)
{
    static const charley_trial_options defaults;
    if (!options)
        options = &defaults;
    if (!memory || !kb || (uintptr_t)memory % 8)
        return ch_fail(error, CHARLEY_E_MISUSE, "a trial needs memory aligned to 8");
    if (size < charley_trial_size(kb, options))
        return ch_fail(error, CHARLEY_E_MEMORY, "the trial's memory is too small");
    charley_trial *t = memory;
    *t = (charley_trial){.kb = kb, .options = *options};
    CH_TRY(find_population(kb, options->population, &t->population, error));
    for (unsigned i = 0; i < CHARLEY_TRIAL_BANDS; i++)
        t->coverage[i] = (charley_trial_coverage){.from = COVERAGE_FROM[i],
                                                  .to = COVERAGE_FROM[i + 1]};
    ch_arena_init(&t->arena, t + 1, size - sizeof *t);
    charley_options session = session_options(options);
    size_t session_size = charley_session_size(kb, &session);
    void *session_memory = ch_arena_take(&t->arena, 1, session_size);
    if (!session_memory || !take_counts(t) ||
        !ch_person_init(&t->person, kb, t->population, options->seed, &t->arena))
        return ch_fail(error, CHARLEY_E_MEMORY, "the trial's memory is too small");
    CH_TRY(charley_session_init(session_memory, session_size, kb, &session, &t->session,
                                error));
    *trial = t;
    return CHARLEY_OK;
}

/* ---- one interview ---- */

/* Where the interview stands: looked at after every answer. */
typedef struct standing {
    charley_urgency urgency;
    bool is_provisional;
    uint32_t first; /* likeliest condition */
} standing;

static uint32_t likeliest(const charley_kb *kb, const double *p)
{
    uint32_t best = 0;
    for (uint32_t c = 1; c < ch_kb_n(kb, CH_S_CONDITIONS); c++)
        if (p[c] > p[best])
            best = c;
    return best;
}

/* *moved  out, the greatest change of a probability since the last look; may be NULL */
static charley_status look(charley_trial *t, standing *now, double *moved,
                           charley_error *error)
{
    size_t mark = ch_arena_mark(&t->arena);
    ch_assessment a;
    charley_status status = ch_facts_check(&t->session->facts, error);
    if (status == CHARLEY_OK)
        status = ch_assess(t->session, &t->session->facts, false, &t->arena, &a, error);
    if (status == CHARLEY_OK) {
        *now = (standing){a.urgency, a.is_provisional, likeliest(t->kb, a.shown)};
        double most = 0;
        for (uint32_t c = 0; c < ch_kb_n(t->kb, CH_S_CONDITIONS); c++) {
            double change = a.shown[c] - t->before[c];
            most = change > most ? change : -change > most ? -change : most;
            t->before[c] = a.shown[c];
        }
        if (moved)
            *moved = most;
    }
    ch_arena_rewind(&t->arena, mark);
    return status;
}

/* Asks until the session has nothing more to ask.
 * Returns  E_CONFLICT when the slips contradict each other. */
static charley_status interview(charley_trial *t, standing *end, unsigned *n_asked,
                                charley_error *error)
{
    *n_asked = 0;
    charley_session_clear(t->session);
    CH_TRY(look(t, end, NULL, error));
    for (;;) {
        const charley_question *question;
        CH_TRY(charley_session_next(t->session, false, &question, error));
        if (!question)
            return CHARLEY_OK;
        charley_trial_screen *screen =
            &t->screens[ch_kb_find_screen(t->kb, question->id)];
        standing now;
        bool is_known;
        double moved;
        CH_TRY(ch_answer_question(&t->person, t->options.is_flawless, t->session,
                                  question, &is_known, error));
        CH_TRY(look(t, &now, &moved, error));
        ++*n_asked;
        screen->n_asked++;
        screen->n_unknown += !is_known;
        screen->n_urgency += now.urgency != end->urgency;
        screen->n_first += now.first != end->first;
        screen->moved += moved;
        *end = now;
    }
}

/* ---- counting ---- */

static void count_probability(const charley_trial *t, ch_reliability_sum *sum,
                              const double *p)
{
    for (uint32_t c = 0; c < ch_kb_n(t->kb, CH_S_CONDITIONS); c++) {
        uint32_t bin = (uint32_t)(p[c] * CHARLEY_TRIAL_BINS);
        if (bin >= CHARLEY_TRIAL_BINS)
            bin = CHARLEY_TRIAL_BINS - 1;
        double has = t->person.has[c];
        sum->n[bin]++;
        sum->n_found[bin] += t->person.has[c];
        sum->stated[bin] += p[c];
        sum->square += (p[c] - has) * (p[c] - has);
    }
}

static void count_interval(charley_trial *t, const charley_probability *probability,
                           const uint8_t *at_floor)
{
    for (uint32_t c = 0; c < ch_kb_n(t->kb, CH_S_CONDITIONS); c++) {
        unsigned band = 0;
        double p = probability[c].p;
        if (at_floor[c] || p < COVERAGE_FROM[0])
            continue;
        while (band + 1 < CHARLEY_TRIAL_BANDS && p >= COVERAGE_FROM[band + 1])
            band++;
        charley_trial_coverage *coverage = &t->coverage[band];
        for (uint32_t lane = 0; lane < CH_N_LANES; lane++) {
            double drawn = t->redrawn[(size_t)c * CH_N_LANES + lane];
            coverage->n++;
            coverage->n_below += drawn < probability[c].low;
            coverage->n_above += drawn > probability[c].high;
            coverage->n_inside +=
                drawn >= probability[c].low && drawn <= probability[c].high;
        }
    }
}

/* Marks what an assessment's urgency rests on. */
static void mark_reasons(const charley_trial *t, const ch_assessment *a, uint8_t *marks)
{
    const charley_kb *kb = t->kb;
    uint32_t at = 0;
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_RULES); i++)
        marks[at++] = a->outcomes[i] >= CH_RULE_RAISED &&
                      ch_kb_rules(kb)[i].level == (unsigned)a->before_modifiers;
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_MODIFIERS); i++)
        marks[at++] = a->modifiers[i];
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_CONDITIONS); i++)
        marks[at++] = a->drives[i] &&
                      ch_kb_conditions(kb)[i].urgency == (unsigned)a->before_modifiers;
}

static void count_reasons_of(charley_trial *t)
{
    for (uint32_t i = 0; i < t->n_reasons; i++) {
        t->reasons[i].n_complete += t->complete_now[i];
        t->reasons[i].n_interview += t->now[i];
        t->reasons[i].n_lost += t->complete_now[i] && !t->now[i];
    }
}

/* How many conditions are likelier; equals count by their place in the knowledge. */
static uint32_t rank_of(const charley_kb *kb, const double *p, uint32_t condition)
{
    uint32_t rank = 0;
    for (uint32_t c = 0; c < ch_kb_n(kb, CH_S_CONDITIONS); c++)
        rank += p[c] > p[condition] || (p[c] == p[condition] && c < condition);
    return rank;
}

typedef struct outcome {
    charley_urgency interview, complete;
    bool is_provisional, is_conflict;
    unsigned n_asked;
    const double *p; /* after the interview; NULL after a conflict */
} outcome;

static charley_trial_cause *family_of(charley_trial *t, uint32_t condition)
{
    charley_text family =
        ch_kb_string(t->kb, ch_kb_conditions(t->kb)[condition].family);
    uint32_t i = 0;
    while (i < t->n_families && !ch_view_equal(t->families[i].id, family))
        i++;
    if (i == t->n_families) {
        t->families[i].id = t->families[i].family = family;
        t->n_families++;
    }
    return &t->families[i];
}

static void add_cause(charley_trial_cause *row, uint32_t rank, bool is_under,
                      bool is_under_complete)
{
    row->n++;
    row->n_first += rank < 1;
    row->n_third += rank < 3;
    row->n_under += is_under;
    row->n_under_complete += is_under_complete;
}

/* A failure says "seek care": it is not less urgent. */
static bool is_below(charley_urgency urgency, unsigned wanted)
{
    return urgency != CHARLEY_COULD_NOT_ASSESS && urgency < wanted;
}

/* Returns the best rank of any true cause; CH_NONE when there is none. */
static uint32_t count_causes(charley_trial *t, const outcome *o)
{
    uint32_t best = CH_NONE;
    for (uint32_t c = 0; c < ch_kb_n(t->kb, CH_S_CONDITIONS); c++) {
        if (!t->person.has[c])
            continue;
        uint32_t rank = o->p ? rank_of(t->kb, o->p, c) : CH_NONE - 1;
        best = rank < best ? rank : best;
        unsigned class = ch_kb_conditions(t->kb)[c].urgency;
        bool is_under = is_below(o->interview, class);
        bool is_under_complete = o->complete < class;
        add_cause(&t->causes[c], rank, is_under, is_under_complete);
        add_cause(family_of(t, c), rank, is_under, is_under_complete);
    }
    return best;
}

static void add_story(charley_trial_story *story, ch_lengths *lengths, const outcome *o,
                      uint32_t best)
{
    unsigned length =
        o->n_asked < CHARLEY_TRIAL_SCREENS ? o->n_asked : CHARLEY_TRIAL_SCREENS;
    story->n++;
    lengths->n[length]++;
    lengths->sum += o->n_asked;
    if (o->n_asked > story->longest)
        story->longest = o->n_asked;
    story->n_open += o->is_provisional;
    story->n_under += is_below(o->interview, o->complete);
    story->n_over += !o->is_conflict && o->interview > o->complete;
    story->n_caused += best != CH_NONE;
    story->n_first += best < 1;
    story->n_third += best < 3;
}

static void count_person(charley_trial *t, const outcome *o)
{
    uint32_t best = count_causes(t, o);
    t->n++;
    t->n_without_cause += best == CH_NONE;
    t->n_conflicts += o->is_conflict;
    t->urgency[o->complete][o->interview]++;
    add_story(&t->stories[0], &t->lengths[0], o, best);
    const ch_population *populations = ch_kb_populations(t->kb);
    for (uint32_t i = 0; i < ch_kb_n(t->kb, CH_S_POPULATIONS); i++) {
        if (!populations[i].is_story ||
            ch_eval(&t->person.facts, populations[i].when) != CHARLEY_YES)
            continue;
        add_story(&t->stories[i + 1], &t->lengths[i + 1], o, best);
        return;
    }
}

/* ---- one person ---- */

static charley_status judge_complete(charley_trial *t, outcome *o, charley_error *error)
{
    size_t mark = ch_arena_mark(&t->arena);
    ch_assessment a;
    ch_answer_all(&t->person, t->options.clinician, &t->complete);
    charley_status status =
        ch_assess(t->session, &t->complete, false, &t->arena, &a, error);
    double *p = CH_TAKE(&t->arena, ch_kb_n(t->kb, CH_S_CONDITIONS) + 1, double);
    if (status == CHARLEY_OK && !p)
        status = ch_fail_memory(error);
    if (status == CHARLEY_OK)
        status =
            ch_query_posterior(&t->session->network, &a.query, &t->arena, p, error);
    if (status == CHARLEY_OK) {
        o->complete = a.urgency;
        mark_reasons(t, &a, t->complete_now);
        count_probability(t, &t->when_complete, p);
    }
    ch_arena_rewind(&t->arena, mark);
    return status;
}

static charley_status judge_interview(charley_trial *t, outcome *o,
                                      charley_error *error)
{
    ch_assessment a;
    CH_TRY(ch_assess(t->session, &t->session->facts, true, &t->arena, &a, error));
    double *p = CH_TAKE(&t->arena, ch_kb_n(t->kb, CH_S_CONDITIONS) + 1, double);
    if (!p)
        return ch_fail_memory(error);
    CH_TRY(ch_query_posterior(&t->session->network, &a.query, &t->arena, p, error));
    o->p = p;
    mark_reasons(t, &a, t->now);
    uint64_t seed =
        ch_chance_bits(t->options.seed, t->person.index, CH_FOR_PARAMETERS, 0);
    CH_TRY(ch_query_redraw(&t->session->network, &t->session->facts, &a.query, seed,
                           &t->arena, t->redrawn, error));
    count_interval(t, a.probability, a.at_floor);
    count_probability(t, &t->after_interview, p);
    return CHARLEY_OK;
}

static charley_status run_one(charley_trial *t, charley_error *error)
{
    outcome o = {0};
    standing end = {0};
    charley_error conflict;
    CH_TRY(ch_person_draw(&t->person, t->n, error));
    CH_TRY(judge_complete(t, &o, error));
    charley_status status = interview(t, &end, &o.n_asked, &conflict);
    size_t mark = ch_arena_mark(&t->arena);
    memset(t->now, 0, t->n_reasons);
    if (status == CHARLEY_E_CONFLICT) {
        o.is_conflict = true;
    } else if (status == CHARLEY_OK) {
        o.interview = end.urgency;
        o.is_provisional = end.is_provisional;
        CH_TRY(judge_interview(t, &o, error));
    } else {
        if (error)
            *error = conflict;
        return status;
    }
    count_person(t, &o);
    count_reasons_of(t);
    ch_arena_rewind(&t->arena, mark);
    return CHARLEY_OK;
}

charley_status charley_trial_run(charley_trial *trial, uint64_t n, charley_error *error)
{
    for (uint64_t i = 0; i < n; i++)
        CH_TRY(run_one(trial, error));
    return CHARLEY_OK;
}

/* ---- calibration ---- */

size_t charley_trial_n_targets(const charley_kb *kb)
{
    return ch_kb_n(kb, CH_S_TARGETS);
}

static charley_status add_stated(charley_trial *t, uint32_t condition, double *sum,
                                 charley_error *error)
{
    size_t mark = ch_arena_mark(&t->arena);
    ch_assessment a;
    ch_answer_all(&t->person, true, &t->complete);
    charley_status status =
        ch_assess(t->session, &t->complete, false, &t->arena, &a, error);
    double *p = CH_TAKE(&t->arena, ch_kb_n(t->kb, CH_S_CONDITIONS) + 1, double);
    if (status == CHARLEY_OK && p)
        status =
            ch_query_posterior(&t->session->network, &a.query, &t->arena, p, error);
    if (status == CHARLEY_OK && p)
        *sum += p[condition];
    ch_arena_rewind(&t->arena, mark);
    return status;
}

charley_status charley_trial_compare(charley_trial *trial, size_t index, uint64_t n,
                                     charley_trial_target *target, charley_error *error)
{
    const charley_kb *kb = trial->kb;
    if (index >= ch_kb_n(kb, CH_S_TARGETS))
        return ch_fail(error, CHARLEY_E_MISUSE, "there are not so many targets");
    const ch_target *from = &ch_kb_targets(kb)[index];
    const ch_population *population = &ch_kb_populations(kb)[from->population];
    const ch_passport *passport =
        from->passport == CH_NONE ? NULL : &ch_kb_passports(kb)[from->passport];
    *target = (charley_trial_target){
        .id = ch_kb_string(kb, from->id),
        .population = ch_kb_string(kb, population->id),
        .condition = ch_kb_string(kb, ch_kb_conditions(kb)[from->condition].id),
        .published = from->p,
        .low = from->low,
        .high = from->high,
    };
    if (passport) {
        target->note = ch_kb_string(kb, passport->note);
        if (passport->source != CH_NONE)
            target->source = ch_kb_string(kb, ch_kb_sources(kb)[passport->source].id);
    }
    const ch_population *own = trial->person.population;
    trial->person.population = population;
    charley_status status = CHARLEY_OK;
    double sum = 0;
    for (uint64_t i = 0; status == CHARLEY_OK && i < n; i++) {
        status = ch_person_draw(&trial->person, i, error);
        if (status == CHARLEY_OK)
            status = add_stated(trial, from->condition, &sum, error);
        target->n_found += status == CHARLEY_OK && trial->person.has[from->condition];
    }
    trial->person.population = own;
    target->n = n;
    target->stated = n ? sum / (double)n : 0;
    target->is_hit = target->stated >= target->low && target->stated <= target->high;
    return status;
}
