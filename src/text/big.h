/* big.h: whole numbers of up to 3072 bits, just enough to turn decimals into doubles
 * and back without a rounding error.
 *
 * The largest need is reading 800 digits below 1e-320: 5^1131 and 66 bits more, which
 * is 2693 bits. Callers stay below the size; an assertion watches.
 */
#ifndef CH_TEXT_BIG_H
#define CH_TEXT_BIG_H

#include <stdbool.h>
#include <stdint.h>

enum { CH_BIG_WORDS = 96 };

/* words[0] is the lowest; words[n_words - 1] is not zero; zero has no words. */
typedef struct ch_big {
    unsigned n_words;
    uint32_t words[CH_BIG_WORDS];
} ch_big;

void ch_big_set(ch_big *big, uint64_t value);
/* The lowest 64 bits. */
uint64_t ch_big_low(const ch_big *big);
/* Number of bits up to the highest one that is set; 0 for zero. */
unsigned ch_big_n_bits(const ch_big *big);

/* big = big * factor + addend */
void ch_big_multiply(ch_big *big, uint32_t factor, uint32_t addend);
/* big = big / divisor, rounded down; returns the remainder. */
uint32_t ch_big_divide(ch_big *big, uint32_t divisor);

/* big = big * 5^exponent */
void ch_big_multiply_fives(ch_big *big, unsigned exponent);
/* big = big / 5^exponent, rounded down; true when something was lost. */
bool ch_big_divide_fives(ch_big *big, unsigned exponent);

void ch_big_shift_left(ch_big *big, unsigned n_bits);
/* Rounds down; true when a bit that was set was lost. */
bool ch_big_shift_right(ch_big *big, unsigned n_bits);

#endif
