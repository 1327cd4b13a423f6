/* test_mutate.c: faults put into the good bookshelf, its cut-offs, and how near answers
 * are to what an entry speaks on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "author/mutate.h"
#include "base/view.h"
#include "kb/facts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GOOD CH_SOURCE_DIR "/tests/kb_good"

/* ---- the good bookshelf ---- */

typedef struct opened {
    ch_bookshelf *shelf;
    ch_mutation *mutation;
    const charley_kb *kb;
} opened;

static void refuse_fault(void *user, const ch_fault *fault)
{
    (void)user;
    fail_msg("%s:%u: %s", fault->file, fault->line, fault->text);
}

static const charley_kb *open_image(const void *image, size_t size)
{
    const charley_kb *kb;
    charley_error error;
    if (charley_kb_open(image, size, &kb, &error) != CHARLEY_OK)
        fail_msg("%s", error.text);
    return kb;
}

static int open_good(void **state)
{
    opened *o = calloc(1, sizeof *o);
    const void *image;
    size_t size;
    assert_non_null(o);
    assert_int_equal(ch_author_load(GOOD, refuse_fault, NULL, &o->shelf), CHARLEY_OK);
    assert_int_equal(ch_mutation_open(o->shelf, &o->mutation), CHARLEY_E_MISUSE);
    assert_int_equal(ch_author_check(o->shelf), CHARLEY_OK);
    assert_int_equal(ch_mutation_open(o->shelf, &o->mutation), CHARLEY_OK);
    ch_mutation_base(o->mutation, &image, &size);
    o->kb = open_image(image, size);
    *state = o;
    return 0;
}

static int close_good(void **state)
{
    opened *o = *state;
    ch_author_free(o->shelf);
    free(o);
    return 0;
}

static const charley_kb *make(const opened *o, ch_mutant_kind kind, const char *id)
{
    for (size_t i = 0; i < ch_mutation_count(o->mutation); i++) {
        const ch_mutant *mutant = ch_mutation_at(o->mutation, i);
        const void *image;
        size_t size;
        if (mutant->kind != kind || !ch_view_is(mutant->id, id))
            continue;
        ch_mutation_make(o->mutation, i, &image, &size);
        return open_image(image, size);
    }
    fail_msg("no mutant of %s", id);
    return NULL;
}

/* ---- mutants ---- */

static void every_mutant_is_a_sound_image_of_its_own(void **state)
{
    const opened *o = *state;
    size_t n_of[CH_N_MUTANT_KINDS] = {0};
    for (size_t i = 0; i < ch_mutation_count(o->mutation); i++) {
        const ch_mutant *mutant = ch_mutation_at(o->mutation, i);
        const void *image;
        size_t size;
        ch_mutation_make(o->mutation, i, &image, &size);
        const charley_kb *kb = open_image(image, size);
        assert_false(ch_view_equal(charley_kb_hash(kb), charley_kb_hash(o->kb)));
        assert_non_null(mutant->file);
        assert_true(mutant->line > 0);
        n_of[mutant->kind]++;
    }
    assert_int_equal(n_of[CH_MUTANT_RULE_DROPPED], 3);
    assert_int_equal(n_of[CH_MUTANT_RULE_INVERTED], 3);
    assert_int_equal(n_of[CH_MUTANT_CAUTION_DROPPED], 2);
    assert_int_equal(n_of[CH_MUTANT_FLOOR_DROPPED], 1);
    assert_int_equal(n_of[CH_MUTANT_MODIFIER_DROPPED], 1);
    assert_int_equal(n_of[CH_MUTANT_LIKELIHOOD_DROPPED],
                     n_of[CH_MUTANT_LIKELIHOOD_INVERTED]);
    assert_true(n_of[CH_MUTANT_LIKELIHOOD_DROPPED] > 0);
    assert_true(n_of[CH_MUTANT_CUTOFF_MOVED] > 0);
}

static charley_urgency urgency_of(const charley_kb *kb, const char *finding)
{
    charley_options options = {.brief = true};
    size_t size = charley_session_size(kb, &options);
    void *memory = malloc(size);
    charley_session *session;
    const charley_result *result;
    charley_error error;
    assert_non_null(memory);
    assert_int_equal(charley_session_init(memory, size, kb, &options, &session, &error),
                     CHARLEY_OK);
    assert_int_equal(charley_answer_set(session, ch_view(finding), CHARLEY_YES, &error),
                     CHARLEY_OK);
    assert_int_equal(charley_session_assess(session, &result, &error), CHARLEY_OK);
    assert_int_equal(result->n_would_change, 0);
    for (size_t i = 0; i < result->n_causes; i++)
        assert_true(result->causes[i].probability.low ==
                    result->causes[i].probability.high);
    charley_urgency urgency = result->urgency;
    free(memory);
    return urgency;
}

static void a_dropped_rule_never_speaks_and_an_inverted_one_does_otherwise(void **state)
{
    const opened *o = *state;
    assert_int_equal(urgency_of(o->kb, "smoke"), CHARLEY_AMBULANCE);
    assert_true(urgency_of(make(o, CH_MUTANT_RULE_DROPPED, "fire"), "smoke") <
                CHARLEY_AMBULANCE);
    assert_true(urgency_of(make(o, CH_MUTANT_RULE_INVERTED, "fire"), "smoke") <
                CHARLEY_AMBULANCE);
}

static const ch_link *link_of(const charley_kb *kb, const char *claim)
{
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_LINKS); i++) {
        const ch_link *link = &ch_kb_links(kb)[i];
        if (ch_view_is(ch_kb_string(kb, ch_kb_passports(kb)[link->passport].claim),
                       claim))
            return link;
    }
    fail_msg("no link %s", claim);
    return NULL;
}

/* smoke: p 0.5 against a leak of 0.05, ten times; the contrary is 0.005. */
static void
a_dropped_likelihood_is_the_leak_and_an_inverted_one_as_far_below(void **state)
{
    const opened *o = *state;
    const ch_link *link =
        link_of(make(o, CH_MUTANT_LIKELIHOOD_DROPPED, "broken_axle.smoke"),
                "broken_axle.smoke");
    assert_true(fabs(link->p - 0.05) < 1e-12);
    link = link_of(make(o, CH_MUTANT_LIKELIHOOD_INVERTED, "broken_axle.smoke"),
                   "broken_axle.smoke");
    assert_true(fabs(link->p - 0.005) < 1e-12 && link->kind == CH_LINK_P);
}

static void a_moved_cutoff_loses_the_value_itself(void **state)
{
    const opened *o = *state;
    const charley_kb *kb = make(o, CH_MUTANT_CUTOFF_MOVED, "oil_low");
    ch_run when = {0, 0};
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_RULES); i++)
        if (ch_view_is(ch_kb_string(kb, ch_kb_rules(kb)[i].id), "oil_low"))
            when = ch_kb_rules(kb)[i].when;
    assert_int_equal(when.n, 1);
    assert_int_equal(ch_kb_exprs(kb)[when.first].comparison, CH_AT_MOST);
}

/* ---- cut-offs ---- */

static bool has_cutoff(const charley_kb *kb, charley_kind kind, const char *id,
                       const char *subject, double value)
{
    charley_cutoff cutoff;
    size_t n = 0;
    for (size_t i = 0; charley_kb_cutoff(kb, i, &cutoff); i++)
        n += cutoff.kind == kind && ch_view_is(cutoff.id, id) &&
             ch_view_is(cutoff.subject, subject) && fabs(cutoff.value - value) < 1e-6;
    return n == 1;
}

static void cutoffs_are_listed_once_in_the_findings_own_unit(void **state)
{
    const charley_kb *kb = ((const opened *)*state)->kb;
    assert_true(has_cutoff(kb, CHARLEY_FINDING, "gap_wide", "gap", 2.54));
    assert_true(has_cutoff(kb, CHARLEY_FINDING, "rode_long", "ride", 1)); /* per rest */
    assert_true(has_cutoff(kb, CHARLEY_FINDING, "middling", "age", 20));
    assert_true(has_cutoff(kb, CHARLEY_FINDING, "middling", "wheel_score", 3));
    assert_true(has_cutoff(kb, CHARLEY_RULE, "wheel_check", "wheel_score", 1.5));
    assert_true(has_cutoff(kb, CHARLEY_SCORE, "wheel_score", "wheel_score", 2));
    assert_false(has_cutoff(kb, CHARLEY_SCORE, "ride_ratio", "ride_ratio", 0));
    charley_cutoff untouched = {.value = 7};
    assert_false(charley_kb_cutoff(kb, 100000, &untouched));
    assert_true(untouched.value == 7);
}

/* ---- distance ---- */

static void distance_counts_the_parts_that_are_missing(void **state)
{
    const charley_kb *kb = ((const opened *)*state)->kb;
    size_t size = charley_session_size(kb, NULL);
    void *memory = malloc(size);
    charley_session *s;
    charley_error error;
    const charley_text fire = CHARLEY_TEXT("fire");
    assert_non_null(memory);
    assert_int_equal(charley_session_init(memory, size, kb, NULL, &s, &error),
                     CHARLEY_OK);
    assert_int_equal(charley_session_distance(s, CHARLEY_RULE, fire), 1);
    assert_int_equal(
        charley_session_distance(s, CHARLEY_CONFLICT, CHARLEY_TEXT("fine_and_bent")),
        2);
    assert_int_equal(
        charley_session_distance(s, CHARLEY_FINDING, CHARLEY_TEXT("middling")), 4);
    assert_int_equal(charley_session_distance(s, CHARLEY_RULE, CHARLEY_TEXT("none")),
                     SIZE_MAX);
    assert_int_equal(charley_answer_set(s, CHARLEY_TEXT("smoke"), CHARLEY_YES, &error),
                     CHARLEY_OK);
    assert_int_equal(charley_session_distance(s, CHARLEY_RULE, fire), 0);
    assert_int_equal(
        charley_session_distance(s, CHARLEY_CAUTION, CHARLEY_TEXT("riding_axle")), 0);
    assert_int_equal(charley_session_value(s, CHARLEY_TEXT("smoke")), CHARLEY_YES);
    assert_int_equal(charley_session_value(s, CHARLEY_TEXT("none")), CHARLEY_UNKNOWN);
    assert_true(isnan(charley_session_number(s, CHARLEY_TEXT("gap"))));
    assert_int_equal(charley_answer_number(s, CHARLEY_TEXT("gap"), 1,
                                           CHARLEY_TEXT("[in_i]"), &error),
                     CHARLEY_OK);
    assert_true(fabs(charley_session_number(s, CHARLEY_TEXT("gap")) - 2.54) < 1e-12);
    assert_int_equal(charley_session_value(s, CHARLEY_TEXT("gap_wide")), CHARLEY_YES);
    free(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mutant_is_a_sound_image_of_its_own),
        cmocka_unit_test(
            a_dropped_rule_never_speaks_and_an_inverted_one_does_otherwise),
        cmocka_unit_test(
            a_dropped_likelihood_is_the_leak_and_an_inverted_one_as_far_below),
        cmocka_unit_test(a_moved_cutoff_loses_the_value_itself),
        cmocka_unit_test(cutoffs_are_listed_once_in_the_findings_own_unit),
        cmocka_unit_test(distance_counts_the_parts_that_are_missing),
    };
    return cmocka_run_group_tests(tests, open_good, close_good);
}
