/* answer.h: how a simulated person answers.
 *
 * Truth plus slips: each fact is said wrong, and each screen passed over, with the
 * chances of population.yaml. What a person says about a fact does not depend on when
 * it is asked. Numbers are said as they are, and nobody makes up a fact of context:
 * medicines are forgotten, pregnancies are not invented.
 */
#ifndef CH_TRIAL_ANSWER_H
#define CH_TRIAL_ANSWER_H

#include "trial/person.h"

/* Answers one question of a session (as far as the person knows), and marks it as
 * asked.
 *   is_known  out: something was answered */
charley_status ch_answer_question(const ch_person *person, bool is_flawless,
                                  charley_session *session,
                                  const charley_question *question, bool *is_known,
                                  charley_error *error);

/* All that is true and that the interview could ask, without a slip. */
void ch_answer_all(const ch_person *person, bool is_clinician, ch_facts *facts);

#endif
