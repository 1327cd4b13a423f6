/* person.h: random people for property tests, from a fixed sequence.
 *
 * A person is a set of answers on the real knowledge image: every finding answered or
 * not, at random, as sparse or dense as the case's own coin says.
 */
#ifndef TESTS_PROPERTY_PERSON_H
#define TESTS_PROPERTY_PERSON_H

#include "charley/charley.h"
#include "kb/kb.h"

typedef struct person_source {
    uint64_t state; /* splitmix64 */
} person_source;

uint64_t person_bits(person_source *source);
/* Uniform in [0, 1). */
double person_unit(person_source *source);
uint32_t person_below(person_source *source, uint32_t n);

/* One answer; enough to give it again in another order. */
typedef struct person_answer {
    bool is_number;
    uint32_t index; /* atom, or number */
    charley_answer answer;
    double value;
} person_answer;

enum { PERSON_MAX_ANSWERS = 2048 };

typedef struct person {
    person_answer answers[PERSON_MAX_ANSWERS];
    size_t n;
} person;

/* Loads the knowledge image of this build; fails the test when it cannot. */
const charley_kb *person_kb(void);
/* A session in memory of its own, from the heap: free() it. */
charley_session *person_session(const charley_kb *kb);

/* Draws a person whose answers do not contradict each other. */
void person_draw(person_source *source, const charley_kb *kb, charley_session *session,
                 person *out);
/* Gives one answer. */
void person_give(const charley_kb *kb, charley_session *session,
                 const person_answer *answer);
/* Clears the session and gives all answers, in the order given by `order` (NULL: as
 * drawn). */
void person_answer_all(const charley_kb *kb, charley_session *session,
                       const person *who, const uint32_t *order);

/* The result of a session as JSON in a static buffer; fails the test on any error. */
charley_text person_result(charley_session *session, int buffer);

#endif
