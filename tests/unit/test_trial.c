/* test_trial.c: people are drawn as the engine believes, and counted right. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/real.h"
#include "tiny_kb.h"
#include "trial/person.h"
#include "trial/trial.h"

/* Two causes, p and q. Finding a comes with both, b with q, and c speaks against p. */
typedef struct small_world {
    tiny_kb tiny;
    ch_condition conditions[2];
    ch_prior priors[2];
    ch_link links[4];
    ch_draw draws[3];
    ch_meta meta;
} small_world;

enum { P_FIRST, P_SECOND, N_CAUSES };

static void place(small_world *world, ch_section section, const void *records,
                  uint32_t n, uint32_t stride)
{
    uint64_t offset = (uint64_t)((const char *)records - (const char *)world);
    world->tiny.kb.header.sections[section] = (ch_section_entry){offset, n, stride};
}

static ch_link explains(uint32_t condition, uint32_t atom, double strength)
{
    return (ch_link){
        .condition = condition, .atom = atom, .kind = CH_LINK_STRENGTH, .p = strength};
}

static void make_world(small_world *world)
{
    memset(world, 0, sizeof *world);
    tiny_kb_make(&world->tiny);
    static const double prior[N_CAUSES] = {0.3, 0.1};
    for (uint32_t c = 0; c < N_CAUSES; c++) {
        world->conditions[c] =
            (ch_condition){.priors = {c, 1}, .excluded_by = CH_NONE, .act_above = 0.5};
        world->priors[c] = (ch_prior){.p = prior[c], .passport = CH_NONE};
    }
    static const double leak[] = {0.1, 0.2, 0.25};
    static const ch_run links[] = {{0, 2}, {2, 1}, {3, 1}};
    for (uint32_t a = 0; a < 3; a++) {
        world->tiny.atoms[a].leak = leak[a];
        world->tiny.atoms[a].links = links[a];
    }
    world->links[0] = explains(P_FIRST, 0, 0.7);
    world->links[1] = explains(P_SECOND, 0, 0.5);
    world->links[2] = explains(P_SECOND, 1, 0.6);
    world->links[3] = (ch_link){.condition = P_FIRST, .atom = 2, .p = 0.1};
    world->meta.cap_lr = 20;
    place(world, CH_S_CONDITIONS, world->conditions, N_CAUSES, sizeof(ch_condition));
    place(world, CH_S_PRIORS, world->priors, N_CAUSES, sizeof(ch_prior));
    place(world, CH_S_LINKS, world->links, 4, sizeof(ch_link));
    place(world, CH_S_META, &world->meta, 1, sizeof(ch_meta));
    place(world, CH_S_DRAWS, world->draws, 0, sizeof(ch_draw));
}

static ch_arena arena_of(void *memory, size_t size)
{
    ch_arena arena;
    ch_arena_init(&arena, memory, size);
    return arena;
}

static _Alignas(64) unsigned char memory[1 << 20];

/* P(cause | a, b, c) of the engine. */
static void posterior_of(const small_world *world, const ch_facts *facts,
                         double *posterior)
{
    static _Alignas(64) unsigned char own[1 << 20];
    ch_arena arena = arena_of(own, sizeof own);
    ch_network network;
    ch_query query;
    assert_true(ch_network_init(&network, &world->tiny.kb, &arena));
    assert_true(ch_query_init(&query, &world->tiny.kb, &arena));
    assert_int_equal(ch_query_make(&network, facts, 0, &arena, &query, NULL),
                     CHARLEY_OK);
    assert_int_equal(ch_query_posterior(&network, &query, &arena, posterior, NULL),
                     CHARLEY_OK);
}

static void causes_are_as_frequent_as_the_engine_believes(void **state)
{
    (void)state;
    enum { N_PEOPLE = 60000, N_PATTERNS = 8 };
    static small_world world;
    make_world(&world);
    ch_arena arena = arena_of(memory, sizeof memory);
    ch_person person;
    assert_true(ch_person_init(&person, &world.tiny.kb, NULL, 7, &arena));
    uint32_t n[N_PATTERNS] = {0}, n_has[N_PATTERNS][N_CAUSES] = {{0}};
    double expected[N_PATTERNS][N_CAUSES];
    for (uint32_t i = 0; i < N_PEOPLE; i++) {
        assert_int_equal(ch_person_draw(&person, i, NULL), CHARLEY_OK);
        unsigned pattern = 0;
        for (unsigned a = 0; a < 3; a++)
            pattern |= (unsigned)(person.facts.value[a] == CHARLEY_YES) << a;
        if (n[pattern]++ == 0)
            posterior_of(&world, &person.facts, expected[pattern]);
        for (unsigned c = 0; c < N_CAUSES; c++)
            n_has[pattern][c] += person.has[c];
    }
    for (unsigned pattern = 0; pattern < N_PATTERNS; pattern++) {
        assert_true(n[pattern] > 100);
        for (unsigned c = 0; c < N_CAUSES; c++) {
            double p = expected[pattern][c];
            double distance = (double)n_has[pattern][c] - p * n[pattern];
            double variance = p * (1 - p) * n[pattern];
            assert_true(distance * distance < 20 * variance); /* 4.5 deviations */
        }
    }
}

static void the_same_seed_gives_the_same_people(void **state)
{
    (void)state;
    static small_world world;
    make_world(&world);
    ch_arena arena = arena_of(memory, sizeof memory);
    ch_person first, again, other;
    assert_true(ch_person_init(&first, &world.tiny.kb, NULL, 1, &arena));
    assert_true(ch_person_init(&again, &world.tiny.kb, NULL, 1, &arena));
    assert_true(ch_person_init(&other, &world.tiny.kb, NULL, 2, &arena));
    unsigned n_differ = 0;
    for (uint32_t i = 0; i < 200; i++) {
        /* In another order: a person does not depend on who came before. */
        assert_int_equal(ch_person_draw(&again, 199 - i, NULL), CHARLEY_OK);
        assert_int_equal(ch_person_draw(&first, 199 - i, NULL), CHARLEY_OK);
        assert_int_equal(ch_person_draw(&first, 199 - i, NULL), CHARLEY_OK);
        assert_int_equal(ch_person_draw(&other, 199 - i, NULL), CHARLEY_OK);
        assert_memory_equal(first.facts.value, again.facts.value, TINY_ATOMS);
        assert_memory_equal(first.has, again.has, N_CAUSES);
        n_differ += memcmp(first.facts.value, other.facts.value, TINY_ATOMS) != 0;
    }
    assert_true(n_differ > 50);
}

static void rows_are_taken_in_their_order(void **state)
{
    (void)state;
    static small_world world;
    make_world(&world);
    /* n is 10 to 20; d is x where n is 15 or more, else y. */
    ch_run is_high = tiny_number(&world.tiny, CH_AT_LEAST, 15);
    world.draws[0] =
        (ch_draw){.atom = CH_NONE, .number = 0, .p = 1, .from = 10, .to = 20};
    world.draws[1] = (ch_draw){.atom = 3, .number = CH_NONE, .p = 1, .when = is_high};
    world.draws[2] = (ch_draw){.atom = 4, .number = CH_NONE, .p = 1};
    place(&world, CH_S_DRAWS, world.draws, 3, sizeof(ch_draw));
    ch_arena arena = arena_of(memory, sizeof memory);
    ch_person person;
    assert_true(ch_person_init(&person, &world.tiny.kb, NULL, 3, &arena));
    unsigned n_high = 0;
    for (uint32_t i = 0; i < 1000; i++) {
        assert_int_equal(ch_person_draw(&person, i, NULL), CHARLEY_OK);
        double n = person.facts.numbers[0];
        assert_true(n >= 10 && n <= 20);
        assert_int_equal(person.facts.value[3], n >= 15 ? CHARLEY_YES : CHARLEY_NO);
        if (n < 15)
            assert_int_equal(person.facts.value[4], CHARLEY_YES);
        n_high += n >= 15;
    }
    assert_in_range(n_high, 430, 570);
}

static void nobody_is_found_in_an_empty_population(void **state)
{
    (void)state;
    static small_world world;
    make_world(&world);
    ch_run never = tiny_node(&world.tiny, CH_OP_ANY, 0, 0);
    ch_population population = {.when = never};
    ch_arena arena = arena_of(memory, sizeof memory);
    ch_person person;
    assert_true(ch_person_init(&person, &world.tiny.kb, &population, 1, &arena));
    assert_int_equal(ch_person_draw(&person, 0, NULL), CHARLEY_E_LIMIT);
}

static void lengths_have_their_quantiles(void **state)
{
    (void)state;
    ch_lengths lengths = {.n = {[3] = 1, [5] = 6, [9] = 2, [12] = 1}};
    assert_int_equal(ch_lengths_quantile(&lengths, 0.1), 3);
    assert_int_equal(ch_lengths_quantile(&lengths, 0.11), 5);
    assert_int_equal(ch_lengths_quantile(&lengths, 0.5), 5);
    assert_int_equal(ch_lengths_quantile(&lengths, 0.9), 9);
    assert_int_equal(ch_lengths_quantile(&lengths, 1), 12);
    assert_int_equal(ch_lengths_quantile(&(ch_lengths){0}, 0.5), 0);
}

static void reliability_is_counted_by_bin(void **state)
{
    (void)state;
    /* Twice 5 % (never true), twice 95 % (once true). */
    ch_reliability_sum sum = {.n = {[0] = 2, [9] = 2},
                              .n_found = {[9] = 1},
                              .stated = {[0] = 0.1, [9] = 1.9},
                              .square = 2 * 0.0025 + 0.0025 + 0.9025};
    charley_trial_reliability out = ch_reliability(&sum);
    assert_float_equal(out.bins[0].stated, 0.05, 1e-12);
    assert_float_equal(out.bins[9].found, 0.5, 1e-12);
    assert_float_equal(out.expected_error, 0.5 * 0.05 + 0.5 * 0.45, 1e-12);
    assert_float_equal(out.brier, 0.91 / 4, 1e-12);
    assert_true(out.bins[4].n == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(causes_are_as_frequent_as_the_engine_believes),
        cmocka_unit_test(the_same_seed_gives_the_same_people),
        cmocka_unit_test(rows_are_taken_in_their_order),
        cmocka_unit_test(nobody_is_found_in_an_empty_population),
        cmocka_unit_test(lengths_have_their_quantiles),
        cmocka_unit_test(reliability_is_counted_by_bin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
