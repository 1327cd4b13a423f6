/* assess.c: joins the rooms. Urgency = the highest of what rules, likely conditions and
 * modifiers say; nothing lowers it.
 *
 * Why adding a red-flag answer never lowers urgency (SAFETY.md): rules read red flags
 * un-negated only, and three-valued and/or/at-least are monotone; conditions speak
 * about urgency from the facts as they would be with no red flag answered yes, so such
 * an answer does not touch them; modifiers raise by one level whatever the level is.
 */
#include "session/session.h"

#include "base/fail.h"
#include "safety/triage.h"

static bool take_assessment(ch_assessment *a, const charley_kb *kb, ch_arena *arena)
{
    uint32_t n_conditions = ch_kb_n(kb, CH_S_CONDITIONS) + 1;
    a->outcomes = CH_TAKE(arena, ch_kb_n(kb, CH_S_RULES) + 1, uint8_t);
    a->modifiers = CH_TAKE(arena, ch_kb_n(kb, CH_S_MODIFIERS) + 1, uint8_t);
    a->drives = CH_TAKE(arena, n_conditions, uint8_t);
    a->at_floor = CH_TAKE(arena, n_conditions, uint8_t);
    a->probability = CH_TAKE(arena, n_conditions, charley_probability);
    a->shown = CH_TAKE(arena, n_conditions, double);
    return a->outcomes && a->modifiers && a->drives && a->at_floor && a->probability &&
           a->shown && ch_query_init(&a->query, kb, arena);
}

static bool has_red_flag(const ch_facts *facts)
{
    const charley_kb *kb = facts->kb;
    for (uint32_t a = 0; a < ch_kb_n(kb, CH_S_ATOMS); a++)
        if (facts->given[a] == CHARLEY_YES &&
            ch_kb_findings(kb)[ch_kb_atoms(kb)[a].finding].red_flag)
            return true;
    return false;
}

/* The posterior that may speak about urgency. Without a red flag it is the one that is
 * shown (`posterior`, already computed); else that of the facts without them. */
static charley_status urgency_posterior(const charley_session *session,
                                        const ch_facts *facts, ch_arena *arena,
                                        double *posterior, charley_error *error)
{
    if (!has_red_flag(facts))
        return CHARLEY_OK;
    const charley_kb *kb = session->kb;
    ch_facts calm;
    ch_query query;
    if (!ch_facts_init(&calm, kb, arena) || !ch_query_init(&query, kb, arena))
        return ch_fail_memory(error);
    ch_facts_without_red_flags(&calm, facts);
    CH_TRY(ch_query_make(&session->network, &calm, session->options.max_width, arena,
                         &query, error));
    return ch_query_posterior(&session->network, &query, arena, posterior, error);
}

/* The highest class among conditions that are likely enough for it to count. */
static charley_urgency urgency_of_conditions(const charley_kb *kb,
                                             const double *posterior, uint8_t *drives)
{
    charley_urgency highest = CHARLEY_COULD_NOT_ASSESS;
    const ch_condition *conditions = ch_kb_conditions(kb);
    for (uint32_t c = 0; c < ch_kb_n(kb, CH_S_CONDITIONS); c++) {
        drives[c] = posterior[c] >= conditions[c].act_above;
        if (drives[c] && conditions[c].urgency > highest)
            highest = (charley_urgency)conditions[c].urgency;
    }
    return highest;
}

static charley_urgency highest(charley_urgency a, charley_urgency b)
{
    return a > b ? a : b;
}

static void judge_urgency(const charley_session *session, const ch_facts *facts,
                          const double *posterior, ch_assessment *out)
{
    const charley_kb *kb = session->kb;
    charley_urgency urgency = ch_triage(facts, out->outcomes);
    bool has_complaint = ch_eval(facts, ch_kb_meta(kb)->complaints) == CHARLEY_YES;
    charley_urgency likely = urgency_of_conditions(kb, posterior, out->drives);
    if (has_complaint)
        urgency = highest(urgency, likely);
    /* Where nothing speaks, and as the least where a red flag was answered yes: so a
     * red flag cannot end in less than no answer at all. */
    if (has_complaint && (urgency == CHARLEY_COULD_NOT_ASSESS || has_red_flag(facts)))
        urgency = highest(urgency, (charley_urgency)ch_kb_meta(kb)->default_urgency);
    out->before_modifiers = urgency;
    out->urgency = ch_triage_modify(facts, urgency, out->modifiers);
    out->is_provisional = ch_triage_is_provisional(kb, out->outcomes, urgency);
}

static charley_status compute_probabilities(const charley_session *session,
                                            const ch_facts *facts, bool with_intervals,
                                            ch_arena *arena, double *posterior,
                                            ch_assessment *out, charley_error *error)
{
    CH_TRY(ch_query_make(&session->network, facts, session->options.max_width, arena,
                         &out->query, error));
    CH_TRY(ch_query_posterior(&session->network, &out->query, arena, posterior, error));
    if (with_intervals)
        CH_TRY(ch_query_intervals(&session->network, facts, &out->query, arena,
                                  out->probability, out->at_floor, error));
    else
        ch_query_floors(facts, posterior, out->probability, out->at_floor);
    for (uint32_t c = 0; c < ch_kb_n(session->kb, CH_S_CONDITIONS); c++)
        out->shown[c] = out->probability[c].p;
    return CHARLEY_OK;
}

charley_status ch_assess(const charley_session *session, const ch_facts *facts,
                         bool with_intervals, ch_arena *arena, ch_assessment *out,
                         charley_error *error)
{
    const charley_kb *kb = session->kb;
    *out = (ch_assessment){.urgency = CHARLEY_COULD_NOT_ASSESS};
    double *posterior = CH_TAKE(arena, ch_kb_n(kb, CH_S_CONDITIONS) + 1, double);
    if (!posterior || !take_assessment(out, kb, arena))
        return ch_fail_memory(error);
    CH_TRY(compute_probabilities(session, facts, with_intervals, arena, posterior, out,
                                 error));
    CH_TRY(urgency_posterior(session, facts, arena, posterior, error));
    judge_urgency(session, facts, posterior, out);
    return CHARLEY_OK;
}
