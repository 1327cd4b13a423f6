/* interview.c: questions, skipping, and what-if. */
#include "session/session.h"

#include <math.h>

#include "base/fail.h"
#include "base/view.h"
#include "safety/triage.h"

/* ---- one screen as a question ---- */

static charley_answer given_answer(const charley_session *session, uint32_t atom)
{
    return (charley_answer)session->facts.given[atom];
}

static charley_choice choice_of(const charley_session *session, uint32_t atom)
{
    const charley_kb *kb = session->kb;
    const ch_atom *record = &ch_kb_atoms(kb)[atom];
    const ch_finding *finding = &ch_kb_findings(kb)[record->finding];
    return (charley_choice){
        .id = ch_kb_string(kb, record->id),
        .label = ch_facts_word(&session->facts, record->word_label),
        .how = finding->kind == CH_FK_ONE_OF
                   ? (charley_text){"", 0}
                   : ch_facts_word(&session->facts, finding->word_how),
        .answer = given_answer(session, atom),
    };
}

/* The choices of a screen: options of its one choice, or its findings.
 *   without_no  leaves out findings of a MANY that were denied already */
static charley_status list_choices(charley_session *session, const ch_screen *screen,
                                   bool without_no, charley_question *question,
                                   charley_error *error)
{
    const charley_kb *kb = session->kb;
    const uint32_t *finding = ch_kb_list(kb, screen->findings);
    size_t room = screen->findings.n;
    for (uint32_t i = 0; i < screen->findings.n; i++)
        room += ch_kb_findings(kb)[finding[i]].atoms.n;
    charley_choice *choices = CH_TAKE(&session->arena, room, charley_choice);
    if (!choices)
        return ch_fail_memory(error);
    size_t n = 0;
    for (uint32_t i = 0; i < screen->findings.n; i++) {
        const ch_finding *record = &ch_kb_findings(kb)[finding[i]];
        const uint32_t *atom = ch_kb_list(kb, record->atoms);
        if (record->number != CH_NONE)
            choices[n++] = (charley_choice){
                .id = ch_kb_string(kb, record->id),
                .label = ch_facts_word(&session->facts, record->word_label),
            };
        for (uint32_t k = 0; k < record->atoms.n; k++) {
            if (without_no && screen->kind == CHARLEY_ASK_MANY &&
                given_answer(session, atom[k]) == CHARLEY_NO)
                continue;
            choices[n] = choice_of(session, atom[k]);
            if (screen->kind == CHARLEY_ASK_GROUPS) {
                choices[n].group = ch_kb_string(kb, record->id);
                choices[n].group_title =
                    ch_facts_word(&session->facts, record->word_ask);
            }
            n++;
        }
    }
    question->choices = choices;
    question->n_choices = n;
    return CHARLEY_OK;
}

static charley_status describe_number(charley_session *session,
                                      const ch_finding *finding,
                                      charley_question *question, charley_error *error)
{
    const charley_kb *kb = session->kb;
    if (finding->number == CH_NONE)
        return CHARLEY_OK;
    const ch_number *number = &ch_kb_numbers(kb)[finding->number];
    question->unit = ch_kb_string(kb, number->unit);
    question->minimum = number->minimum;
    question->maximum = number->maximum;
    question->value = session->facts.numbers[finding->number];
    /* Pairs of offset and size; one text more than needed, never none. */
    const uint32_t *pair = ch_kb_list(kb, number->also_units);
    size_t n = number->also_units.n / 2;
    charley_text *units = CH_TAKE(&session->arena, n + 1, charley_text);
    if (!units)
        return ch_fail_memory(error);
    for (size_t i = 0; i < n; i++)
        units[i] = ch_kb_string(kb, (ch_string){pair[2 * i], pair[2 * i + 1]});
    question->also_units = units;
    question->n_also_units = n;
    return CHARLEY_OK;
}

static charley_status describe_screen(charley_session *session, uint32_t index,
                                      const ch_ask_choice *choice, bool without_no,
                                      const charley_question **out,
                                      charley_error *error)
{
    const charley_kb *kb = session->kb;
    const ch_screen *screen = &ch_kb_screens(kb)[index];
    const ch_finding *first = &ch_kb_findings(kb)[ch_kb_list(kb, screen->findings)[0]];
    charley_text title = ch_facts_word(&session->facts, screen->word_title);
    charley_text why = ch_facts_word(&session->facts, screen->word_why);
    session->question = (charley_question){
        .id = ch_kb_string(kb, screen->id),
        .kind = (charley_question_kind)screen->kind,
        .title = title.size ? title : ch_facts_word(&session->facts, first->word_ask),
        .why = why.size ? why : ch_facts_word(&session->facts, first->word_why),
        .how = screen->findings.n == 1 ? ch_facts_word(&session->facts, first->word_how)
                                       : (charley_text){"", 0},
        .is_danger_screen = screen->danger,
        .is_short = ch_kb_screen_is_short(kb, index),
        .value = (double)NAN,
        .expected_gain = choice->gain,
        .n_screens_left = choice->n_left,
    };
    CH_TRY(describe_number(session, first, &session->question, error));
    CH_TRY(list_choices(session, screen, without_no, &session->question, error));
    *out = &session->question;
    return CHARLEY_OK;
}

/* ---- which one ---- */

charley_status charley_session_next(charley_session *session, bool keep_on,
                                    const charley_question **question,
                                    charley_error *error)
{
    ch_arena *arena = &session->arena;
    ch_arena_rewind(arena, session->scratch_mark);
    CH_TRY(ch_facts_check(&session->facts, error));
    ch_assessment assessment;
    CH_TRY(ch_assess(session, &session->facts, false, arena, &assessment, error));
    double *posterior =
        CH_TAKE(arena, ch_kb_n(session->kb, CH_S_CONDITIONS) + 1, double);
    if (!posterior)
        return ch_fail_memory(error);
    CH_TRY(ch_query_posterior(&session->network, &assessment.query, arena, posterior,
                              error));
    ch_ask_input input = {
        .facts = &session->facts,
        .outcomes = assessment.outcomes,
        .urgency = assessment.before_modifiers,
        .is_skipped = session->is_skipped,
        .for_clinician = session->options.clinician,
        .keep_on = keep_on,
        .network = &session->network,
        .query = &assessment.query,
        .posterior = posterior,
    };
    ch_ask_choice choice;
    CH_TRY(ch_ask_next(&input, arena, &choice, error));
    if (choice.screen == CH_NONE) {
        *question = NULL;
        return CHARLEY_OK;
    }
    return describe_screen(session, choice.screen, &choice, true, question, error);
}

static charley_status find_screen(const charley_session *session, charley_text id,
                                  uint32_t *index, charley_error *error)
{
    size_t found;
    CH_TRY(charley_kb_find(session->kb, CHARLEY_SCREEN, id, &found, error));
    *index = (uint32_t)found;
    return CHARLEY_OK;
}

charley_status charley_session_question(charley_session *session, charley_text screen,
                                        const charley_question **question,
                                        charley_error *error)
{
    uint32_t index;
    CH_TRY(find_screen(session, screen, &index, error));
    ch_arena_rewind(&session->arena, session->scratch_mark);
    ch_ask_choice choice = {.screen = index};
    return describe_screen(session, index, &choice, false, question, error);
}

charley_status charley_screen_skip(charley_session *session, charley_text screen,
                                   bool skipped, charley_error *error)
{
    uint32_t index;
    CH_TRY(find_screen(session, screen, &index, error));
    session->is_skipped[index] = skipped;
    return CHARLEY_OK;
}

charley_status charley_screen_rest_no(charley_session *session, charley_text screen,
                                      charley_error *error)
{
    const charley_kb *kb = session->kb;
    uint32_t index;
    CH_TRY(find_screen(session, screen, &index, error));
    const ch_screen *record = &ch_kb_screens(kb)[index];
    if (record->kind != CHARLEY_ASK_MANY)
        return ch_fail_about(
            error, CHARLEY_E_DATA, screen,
            "only a screen with several choices has \"none of these\"");
    const uint32_t *finding = ch_kb_list(kb, record->findings);
    for (uint32_t i = 0; i < record->findings.n; i++) {
        uint32_t atom = ch_kb_list(kb, ch_kb_findings(kb)[finding[i]].atoms)[0];
        if (session->facts.given[atom] == CHARLEY_UNKNOWN)
            ch_facts_set(&session->facts, atom, CHARLEY_NO);
    }
    ch_facts_resolve(&session->facts);
    return CHARLEY_OK;
}

/* ---- what if ---- */

/* The present probability of each of the causes that would be shown. */
static const double *probabilities_now(const charley_session *session,
                                       const charley_cause *causes, size_t n,
                                       const ch_assessment *now, ch_arena *arena)
{
    double *before = CH_TAKE(arena, n + 1, double);
    for (size_t i = 0; before && i < n; i++) {
        size_t c;
        if (charley_kb_find(session->kb, CHARLEY_CONDITION, causes[i].id, &c, NULL) ==
            CHARLEY_OK)
            before[i] = now->shown[c];
    }
    return before;
}

charley_status charley_session_what_if(charley_session *session, charley_text id,
                                       charley_answer answer,
                                       const charley_what_if **out,
                                       charley_error *error)
{
    const charley_kb *kb = session->kb;
    ch_arena *arena = &session->arena;
    uint32_t atom;
    if ((unsigned)answer > CHARLEY_YES)
        return ch_fail_about(error, CHARLEY_E_MISUSE, id, "there is no such answer");
    CH_TRY(ch_find_answerable(kb, id, &atom, error));
    ch_arena_rewind(arena, session->scratch_mark);
    ch_assessment before, after;
    CH_TRY(ch_facts_check(&session->facts, error));
    CH_TRY(ch_assess(session, &session->facts, false, arena, &before, error));
    ch_facts_copy(&session->spare, &session->facts);
    ch_facts_set(&session->spare, atom, answer);
    ch_facts_resolve(&session->spare);
    CH_TRY(ch_facts_check(&session->spare, error));
    CH_TRY(ch_assess(session, &session->spare, true, arena, &after, error));
    charley_what_if *what_if = &session->what_if;
    *what_if = (charley_what_if){
        .id = ch_kb_string(kb, ch_kb_atoms(kb)[atom].id),
        .before = (charley_answer)session->facts.value[atom],
        .after = answer,
        .urgency_before = before.urgency,
        .urgency_after = after.urgency,
    };
    if (!ch_describe_causes(&session->spare, &after, arena, &what_if->causes,
                            &what_if->n_causes))
        return ch_fail_memory(error);
    what_if->before_p =
        probabilities_now(session, what_if->causes, what_if->n_causes, &before, arena);
    if (!what_if->before_p)
        return ch_fail_memory(error);
    *out = what_if;
    return CHARLEY_OK;
}
