/* test_trial.c: a trial on the shipped knowledge gives the same report twice, whatever
 * the steps it is run in, and its counts add up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "person.h"

enum { N_PEOPLE = 60, MOST_BYTES = 1 << 20 };

static charley_trial *trial_of(const charley_kb *kb,
                               const charley_trial_options *options)
{
    size_t size = charley_trial_size(kb, options);
    void *memory = malloc(size);
    charley_trial *trial;
    assert_non_null(memory);
    assert_int_equal(charley_trial_init(memory, size, kb, options, &trial, NULL),
                     CHARLEY_OK);
    return trial;
}

static size_t report_of(charley_trial *trial, char *json)
{
    size_t size = 0;
    assert_int_equal(
        charley_trial_write(charley_trial_tell(trial), json, MOST_BYTES, &size, NULL),
        CHARLEY_OK);
    return size;
}

static void the_same_seed_gives_the_same_bytes(void **state)
{
    (void)state;
    static char first[MOST_BYTES], second[MOST_BYTES];
    const charley_kb *kb = person_kb();
    charley_trial_options options = {.seed = 5};
    charley_trial *trial = trial_of(kb, &options);
    assert_int_equal(charley_trial_run(trial, N_PEOPLE, NULL), CHARLEY_OK);
    size_t size = report_of(trial, first);
    free(trial);
    trial = trial_of(kb, &options);
    for (unsigned i = 0; i < N_PEOPLE; i++)
        assert_int_equal(charley_trial_run(trial, 1, NULL), CHARLEY_OK);
    assert_int_equal(report_of(trial, second), size);
    assert_memory_equal(first, second, size);
    free(trial);
    options.seed = 6;
    trial = trial_of(kb, &options);
    assert_int_equal(charley_trial_run(trial, N_PEOPLE, NULL), CHARLEY_OK);
    assert_true(report_of(trial, second) != size || memcmp(first, second, size) != 0);
    free(trial);
}

static void counts_add_up(void **state)
{
    (void)state;
    const charley_kb *kb = person_kb();
    charley_trial *trial = trial_of(kb, NULL);
    assert_int_equal(charley_trial_run(trial, N_PEOPLE, NULL), CHARLEY_OK);
    const charley_trial_report *report = charley_trial_tell(trial);
    uint64_t n_urgency = 0, n_lengths = 0, n_stories = 0, n_asked = 0, n_screens = 0;
    for (unsigned i = 0; i < CHARLEY_N_URGENCIES; i++)
        for (unsigned k = 0; k < CHARLEY_N_URGENCIES; k++)
            n_urgency += report->urgency[i][k];
    for (unsigned i = 0; i <= CHARLEY_TRIAL_SCREENS; i++) {
        n_lengths += report->screens[i];
        n_screens += i * report->screens[i];
    }
    for (size_t i = 1; i < report->n_stories; i++)
        n_stories += report->stories[i].n;
    for (size_t i = 0; i < report->n_questions; i++)
        n_asked += report->questions[i].n_asked;
    assert_true(report->n == N_PEOPLE && n_urgency == N_PEOPLE);
    assert_true(n_lengths == N_PEOPLE && n_stories == N_PEOPLE);
    assert_true(n_asked == n_screens);
    assert_true(report->stories[0].median >= report->stories[0].tenth &&
                report->stories[0].median <= report->stories[0].ninetieth);
    for (unsigned i = 0; i < CHARLEY_TRIAL_BANDS; i++) {
        const charley_trial_coverage *c = &report->coverage[i];
        assert_true(c->n_below + c->n_inside + c->n_above == c->n);
    }
    free(trial);
}

/* Without slips the interview knows less than everything, never something else. */
static void flawless_people_never_contradict_themselves(void **state)
{
    (void)state;
    charley_trial_options options = {.seed = 9, .is_flawless = true};
    charley_trial *trial = trial_of(person_kb(), &options);
    assert_int_equal(charley_trial_run(trial, N_PEOPLE, NULL), CHARLEY_OK);
    assert_true(charley_trial_tell(trial)->n_conflicts == 0);
    free(trial);
}

static void populations_hold_what_they_say(void **state)
{
    (void)state;
    charley_trial_options options = {.population =
                                         CHARLEY_TEXT("leg_discomfort_over_60")};
    charley_error error;
    charley_trial *trial = trial_of(person_kb(), &options);
    assert_int_equal(charley_trial_run(trial, N_PEOPLE, NULL), CHARLEY_OK);
    const charley_trial_report *report = charley_trial_tell(trial);
    for (size_t i = 0; i < report->n_causes; i++)
        if (strncmp(report->causes[i].id.bytes, "growing_pains", 13) == 0)
            assert_true(report->causes[i].n == 0);
    free(trial);
    options.population = CHARLEY_TEXT("leg_discomfort_over_6");
    size_t size = charley_trial_size(person_kb(), &options);
    void *memory = malloc(size);
    assert_int_equal(
        charley_trial_init(memory, size, person_kb(), &options, &trial, &error),
        CHARLEY_E_NOTFOUND);
    assert_non_null(strstr(error.text, "did you mean"));
    free(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_seed_gives_the_same_bytes),
        cmocka_unit_test(counts_add_up),
        cmocka_unit_test(flawless_people_never_contradict_themselves),
        cmocka_unit_test(populations_hold_what_they_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
