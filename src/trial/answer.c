/* answer.c: see answer.h. */
#include "trial/answer.h"

#include <math.h>

#include "base/fail.h"
#include "trial/chance.h"

static double slip(const ch_person *person, uint32_t who, bool is_danger,
                   ch_slip_kind kind)
{
    const ch_slip *slips = ch_kb_slips(person->kb);
    for (uint32_t i = 0; i < ch_kb_n(person->kb, CH_S_SLIPS); i++)
        if (slips[i].who == who && slips[i].kind == (uint32_t)kind &&
            slips[i].is_danger == is_danger)
            return slips[i].p;
    return 0;
}

static bool happens(const ch_person *person, ch_purpose purpose, uint64_t k, double p)
{
    return ch_chance(person->seed, person->index, purpose, k) < p;
}

static charley_answer said(const ch_person *person, bool is_flawless,
                           const ch_finding *finding, uint32_t atom)
{
    charley_answer truth = (charley_answer)person->facts.value[atom];
    if (truth == CHARLEY_UNKNOWN)
        return truth;
    if (truth == CHARLEY_NO && finding->context)
        return truth;
    ch_slip_kind kind = truth == CHARLEY_YES ? CH_SLIP_MISSED : CH_SLIP_IMAGINED;
    bool is_wrong =
        !is_flawless && happens(person, CH_FOR_SLIPS, atom,
                                slip(person, finding->who, finding->red_flag, kind));
    if (!is_wrong)
        return truth;
    return truth == CHARLEY_YES ? CHARLEY_NO : CHARLEY_YES;
}

/* Of a choice the true option, or now and then one of the others. */
static uint32_t chosen(const ch_person *person, bool is_flawless,
                       const ch_finding *finding, uint32_t f)
{
    const uint32_t *atom = ch_kb_list(person->kb, finding->atoms);
    uint32_t n = finding->atoms.n;
    for (uint32_t i = 0; i < n; i++) {
        if (person->facts.value[atom[i]] != CHARLEY_YES)
            continue;
        if (is_flawless || !happens(person, CH_FOR_SLIPS, atom[i],
                                    slip(person, finding->who, false, CH_SLIP_MISSED)))
            return atom[i];
        double at = ch_chance(person->seed, person->index, CH_FOR_WRONG_CHOICE, f);
        uint32_t other = (uint32_t)(at * (n - 1));
        return atom[other < i ? other : other + 1];
    }
    return CH_NONE;
}

static charley_status answer_finding(const ch_person *person, bool is_flawless,
                                     charley_session *session, uint32_t f,
                                     bool *is_known, charley_error *error)
{
    const charley_kb *kb = person->kb;
    const ch_finding *finding = &ch_kb_findings(kb)[f];
    if (finding->number != CH_NONE) {
        double value = person->facts.numbers[finding->number];
        if (value != value)
            return CHARLEY_OK;
        *is_known = true;
        return charley_answer_number(
            session, ch_kb_string(kb, finding->id), value,
            ch_kb_string(kb, ch_kb_numbers(kb)[finding->number].unit), error);
    }
    uint32_t atom = ch_kb_list(kb, finding->atoms)[0];
    charley_answer answer = CHARLEY_YES;
    if (finding->atoms.n > 1)
        atom = chosen(person, is_flawless, finding, f);
    else
        answer = said(person, is_flawless, finding, atom);
    if (atom == CH_NONE || answer == CHARLEY_UNKNOWN)
        return CHARLEY_OK;
    *is_known = true;
    return charley_answer_set(session, ch_kb_string(kb, ch_kb_atoms(kb)[atom].id),
                              answer, error);
}

/* A screen is passed over like the easiest of its findings. */
static uint32_t easiest(const charley_kb *kb, const ch_screen *screen)
{
    const uint32_t *finding = ch_kb_list(kb, screen->findings);
    uint32_t who = screen->who;
    for (uint32_t i = 0; i < screen->findings.n; i++)
        if (ch_kb_findings(kb)[finding[i]].who < who)
            who = ch_kb_findings(kb)[finding[i]].who;
    return who;
}

charley_status ch_answer_question(const ch_person *person, bool is_flawless,
                                  charley_session *session,
                                  const charley_question *question, bool *is_known,
                                  charley_error *error)
{
    const charley_kb *kb = person->kb;
    charley_text id = question->id;
    uint32_t index = ch_kb_find_screen(kb, id);
    const ch_screen *screen = &ch_kb_screens(kb)[index];
    *is_known = false;
    bool is_passed = !is_flawless && happens(person, CH_FOR_DONT_KNOW, index,
                                             slip(person, easiest(person->kb, screen),
                                                  screen->danger, CH_SLIP_DONT_KNOW));
    const uint32_t *finding = ch_kb_list(kb, screen->findings);
    for (uint32_t i = 0; !is_passed && i < screen->findings.n; i++)
        CH_TRY(
            answer_finding(person, is_flawless, session, finding[i], is_known, error));
    return charley_screen_skip(session, id, true, error);
}

void ch_answer_all(const ch_person *person, bool is_clinician, ch_facts *facts)
{
    const charley_kb *kb = person->kb;
    ch_facts_copy(facts, &person->facts);
    for (uint32_t a = 0; a < ch_kb_n(kb, CH_S_ATOMS); a++) {
        const ch_finding *finding = &ch_kb_findings(kb)[ch_kb_atoms(kb)[a].finding];
        if (finding->who >= CH_WHO_CLINICIAN && !is_clinician)
            facts->given[a] = CHARLEY_UNKNOWN;
    }
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_NUMBERS); i++) {
        const ch_finding *finding = &ch_kb_findings(kb)[ch_kb_numbers(kb)[i].finding];
        if (finding->who >= CH_WHO_CLINICIAN && !is_clinician)
            facts->numbers[i] = (double)NAN;
    }
    ch_facts_resolve(facts);
}
