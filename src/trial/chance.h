/* chance.h: the random numbers of simulated people.
 *
 * Counted, not streamed: number `k` of a purpose for a person is a hash (splitmix64's
 * finaliser) of seed, person, purpose and k. So a person is the same whoever was drawn
 * before, and gives the same answers in whatever order the questions come; and the same
 * seed gives the same people on every machine. It is no source of secrets.
 */
#ifndef CH_TRIAL_CHANCE_H
#define CH_TRIAL_CHANCE_H

#include <stdbool.h>
#include <stdint.h>

/* Keeps the numbers of different uses apart. */
typedef enum ch_purpose {
    CH_FOR_DRAWING,      /* k counts the numbers used so far */
    CH_FOR_SLIPS,        /* k is the atom */
    CH_FOR_DONT_KNOW,    /* k is the screen */
    CH_FOR_WRONG_CHOICE, /* k is the finding */
    CH_FOR_PARAMETERS
} ch_purpose;

static inline uint64_t ch_mix(uint64_t x)
{
    x += UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return x ^ x >> 31;
}

static inline uint64_t ch_chance_bits(uint64_t seed, uint64_t person,
                                      ch_purpose purpose, uint64_t k)
{
    return ch_mix(ch_mix(ch_mix(seed) ^ ch_mix(person * 8 + purpose)) + k);
}

/* In (0, 1), in steps of 2^-52. */
static inline double ch_chance(uint64_t seed, uint64_t person, ch_purpose purpose,
                               uint64_t k)
{
    uint64_t bits = ch_chance_bits(seed, person, purpose, k);
    return ((double)(bits >> 12) + 0.5) / 4503599627370496.0;
}

#endif
