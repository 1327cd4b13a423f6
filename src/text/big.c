/* big.c: see big.h. Schoolbook arithmetic, one 32-bit word at a time. */
#include "text/big.h"

#include <assert.h>

/* 5^13 is the largest power of five in a word. */
enum { FIVES_PER_WORD = 13 };

static const uint32_t POWER_OF_FIVE[FIVES_PER_WORD + 1] = {
    1,     5,      25,      125,     625,      3125,      15625,
    78125, 390625, 1953125, 9765625, 48828125, 244140625, 1220703125};

static void trim_words(ch_big *big)
{
    while (big->n_words > 0 && big->words[big->n_words - 1] == 0)
        big->n_words--;
}

void ch_big_set(ch_big *big, uint64_t value)
{
    big->words[0] = (uint32_t)value;
    big->words[1] = (uint32_t)(value >> 32);
    big->n_words = 2;
    trim_words(big);
}

uint64_t ch_big_low(const ch_big *big)
{
    uint64_t low = big->n_words > 0 ? big->words[0] : 0;
    uint64_t high = big->n_words > 1 ? big->words[1] : 0;
    return high << 32 | low;
}

unsigned ch_big_n_bits(const ch_big *big)
{
    if (big->n_words == 0)
        return 0;
    unsigned n_bits = 32 * (big->n_words - 1);
    for (uint32_t top = big->words[big->n_words - 1]; top; top >>= 1)
        n_bits++;
    return n_bits;
}

void ch_big_multiply(ch_big *big, uint32_t factor, uint32_t addend)
{
    uint64_t carry = addend;
    for (unsigned i = 0; i < big->n_words; i++) {
        carry += (uint64_t)big->words[i] * factor;
        big->words[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry) {
        assert(big->n_words < CH_BIG_WORDS);
        big->words[big->n_words++] = (uint32_t)carry;
    }
}

uint32_t ch_big_divide(ch_big *big, uint32_t divisor)
{
    uint64_t remainder = 0;
    for (unsigned i = big->n_words; i-- > 0;) {
        uint64_t part = remainder << 32 | big->words[i];
        big->words[i] = (uint32_t)(part / divisor);
        remainder = part % divisor;
    }
    trim_words(big);
    return (uint32_t)remainder;
}

void ch_big_multiply_fives(ch_big *big, unsigned exponent)
{
    for (; exponent > FIVES_PER_WORD; exponent -= FIVES_PER_WORD)
        ch_big_multiply(big, POWER_OF_FIVE[FIVES_PER_WORD], 0);
    ch_big_multiply(big, POWER_OF_FIVE[exponent], 0);
}

/* Rounding down at every step gives the same as rounding down once, and the whole
 * division is exact only if every step is. */
bool ch_big_divide_fives(ch_big *big, unsigned exponent)
{
    bool is_lossy = false;
    for (; exponent > FIVES_PER_WORD; exponent -= FIVES_PER_WORD)
        is_lossy |= ch_big_divide(big, POWER_OF_FIVE[FIVES_PER_WORD]) != 0;
    is_lossy |= ch_big_divide(big, POWER_OF_FIVE[exponent]) != 0;
    return is_lossy;
}

void ch_big_shift_left(ch_big *big, unsigned n_bits)
{
    unsigned n_words = n_bits / 32;
    if (big->n_words == 0)
        return;
    ch_big_multiply(big, UINT32_C(1) << n_bits % 32, 0);
    assert(n_words <= CH_BIG_WORDS - big->n_words);
    for (unsigned i = big->n_words; i-- > 0;)
        big->words[i + n_words] = big->words[i];
    for (unsigned i = 0; i < n_words; i++)
        big->words[i] = 0;
    big->n_words += n_words;
}

bool ch_big_shift_right(ch_big *big, unsigned n_bits)
{
    unsigned n_words = n_bits / 32;
    uint32_t lost = 0;
    if (n_words > big->n_words)
        n_words = big->n_words;
    for (unsigned i = 0; i < n_words; i++)
        lost |= big->words[i];
    for (unsigned i = n_words; i < big->n_words; i++)
        big->words[i - n_words] = big->words[i];
    big->n_words -= n_words;
    lost |= ch_big_divide(big, UINT32_C(1) << n_bits % 32);
    return lost != 0;
}
