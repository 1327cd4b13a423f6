/* number.c: see number.h.
 *
 * Reading: a decimal is c * 10^p. When c and 10^|p| are both exact doubles, one
 * multiplication or division is already correctly rounded (Clinger 1990, [1]). All else
 * goes through exact whole numbers: c * 5^p, or c * 2^s / 5^-p with s large enough to
 * keep 64 bits, a note of what the division lost, and one rounding.
 *
 * Printing: 18 exact digits and a note of what follows; then the fewest digits that
 * read back as the same double.
 *
 * [1] W. D. Clinger, How to read floating point numbers accurately, PLDI 1990.
 */
#include "text/number.h"
#include "base/view.h"
#include "text/big.h"

#include <float.h>
#include <math.h>
#include <string.h>

#if FLT_EVAL_METHOD != 0
#error "doubles must be computed as doubles: results are to be the same everywhere"
#endif

enum {
    /* Digits of a coefficient that surely fit 64 bits. */
    MAX_COEFFICIENT_DIGITS = 19,
    /* A point half-way between two doubles has at most 767 digits: what follows the
     * first 800 only matters by being zero or not. */
    MAX_EXACT_DIGITS = 800,
    MAX_EXACT_POWER = 22, /* 10^22 is the largest exact power of ten */
    FRACTION_BITS = 52,
    LOWEST_EXPONENT = -1074 /* of the last bit of a subnormal double */
};

static const uint64_t MAX_EXACT_COEFFICIENT = UINT64_C(1) << 53;
/* Exponents saturate here: any document is far shorter. */
static const int64_t MAX_EXPONENT = INT64_C(1) << 48;

static const double POWER_OF_TEN[MAX_EXACT_POWER + 1] = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* ---- exact whole numbers to doubles ---------------------------------------- */

/* big * 2^exponent as the nearest double. `is_above` says that the true value is a
 * little larger than that; then big must have at least 64 bits. False on overflow. */
static bool round_big(ch_big *big, int exponent, bool is_above, double *value)
{
    int top = (int)ch_big_n_bits(big) - 1 + exponent;
    int last = top - FRACTION_BITS;
    if (last < LOWEST_EXPONENT)
        last = LOWEST_EXPONENT;
    uint64_t fraction;
    if (last <= exponent) {
        ch_big_shift_left(big, (unsigned)(exponent - last));
        fraction = ch_big_low(big);
    } else {
        is_above |= ch_big_shift_right(big, (unsigned)(last - exponent - 1));
        uint64_t with_half = ch_big_low(big);
        fraction = with_half >> 1;
        bool is_odd = fraction & 1;
        if ((with_half & 1) && (is_above || is_odd))
            fraction++;
    }
    /* The leading bit of a normal fraction counts one exponent up by itself, and so
     * does a carry out of the rounding. */
    uint64_t bits = ((uint64_t)(last - LOWEST_EXPONENT) << FRACTION_BITS) + fraction;
    if (bits >= UINT64_C(0x7FF) << FRACTION_BITS)
        return false;
    memcpy(value, &bits, sizeof bits);
    return true;
}

/* big * 10^power as the nearest double. */
static bool scale_big(ch_big *big, int power, bool is_above, double *value)
{
    if (power >= 0) {
        ch_big_multiply_fives(big, (unsigned)power);
        return round_big(big, power, is_above, value);
    }
    unsigned fives = (unsigned)-power;
    /* log2 5 = 2.3219...; 64 bits of quotient and two for rounding this up. */
    unsigned wanted = fives * 2322 / 1000 + 66;
    unsigned present = ch_big_n_bits(big);
    unsigned shift = wanted > present ? wanted - present : 0;
    ch_big_shift_left(big, shift);
    is_above |= ch_big_divide_fives(big, fives);
    return round_big(big, power - (int)shift, is_above, value);
}

static unsigned count_digits(uint64_t whole)
{
    unsigned n = 1;
    for (; whole >= 10; whole /= 10)
        n++;
    return n;
}

/* What to do with a decimal of so many digits before the exponent is even looked at:
 * it lies in [10^(size - 1), 10^size). */
typedef enum magnitude { TOO_SMALL, WITHIN_DOUBLES, TOO_LARGE } magnitude;

static magnitude judge_size(int64_t size)
{
    if (size > 309)
        return TOO_LARGE;
    return size < -323 ? TOO_SMALL : WITHIN_DOUBLES;
}

/* coefficient * 10^power as the nearest double. False on overflow. */
static bool compose_double(uint64_t coefficient, int64_t power, double *value)
{
    if (coefficient <= MAX_EXACT_COEFFICIENT && power >= -MAX_EXACT_POWER &&
        power <= MAX_EXACT_POWER) {
        double whole = (double)coefficient;
        *value = power < 0 ? whole / POWER_OF_TEN[-power] : whole * POWER_OF_TEN[power];
        return true;
    }
    magnitude size =
        coefficient ? judge_size(count_digits(coefficient) + power) : TOO_SMALL;
    if (size == TOO_SMALL)
        *value = 0.0;
    if (size != WITHIN_DOUBLES)
        return size == TOO_SMALL;
    ch_big big;
    ch_big_set(&big, coefficient);
    return scale_big(&big, (int)power, false, value);
}

/* ---- spellings to doubles --------------------------------------------------- */

/* A spelling taken apart: coefficient * 10^(exponent - n_fraction + n_dropped). */
typedef struct decimal {
    uint64_t coefficient; /* of the first 19 significant digits */
    unsigned n_kept;      /* digits in the coefficient */
    int64_t n_dropped;    /* digits after them */
    int64_t n_fraction;   /* digits after the point */
    int64_t exponent;
    bool is_negative;
    bool is_cut; /* a dropped digit was not zero */
} decimal;

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_digit_at(charley_text text, size_t at)
{
    return at < text.size && is_digit(text.bytes[at]);
}

/* Reads digits from `at` on; returns where they end. */
static size_t scan_digits(charley_text text, size_t at, decimal *number)
{
    for (; is_digit_at(text, at); at++) {
        unsigned digit = (unsigned)(text.bytes[at] - '0');
        if (number->n_kept < MAX_COEFFICIENT_DIGITS) {
            number->coefficient = number->coefficient * 10 + digit;
            number->n_kept += number->coefficient != 0;
        } else {
            number->n_dropped++;
            number->is_cut |= digit != 0;
        }
    }
    return at;
}

/* Reads the part after "e"; returns where it ends, *is_good false when it is empty. */
static size_t scan_exponent(charley_text text, size_t at, decimal *number,
                            bool *is_good)
{
    bool is_negative = at < text.size && text.bytes[at] == '-';
    if (is_negative || (at < text.size && text.bytes[at] == '+'))
        at++;
    *is_good = is_digit_at(text, at);
    int64_t exponent = 0;
    for (; is_digit_at(text, at); at++)
        if (exponent < MAX_EXPONENT)
            exponent = exponent * 10 + (text.bytes[at] - '0');
    number->exponent = is_negative ? -exponent : exponent;
    return at;
}

/* Takes a spelling apart by the grammar of RFC 8259. On false *used is the fault. */
static bool scan_decimal(charley_text text, size_t *used, decimal *number)
{
    size_t at = 0;
    *number = (decimal){0};
    if (at < text.size && text.bytes[at] == '-') {
        number->is_negative = true;
        at++;
    }
    size_t first = at;
    *used = at;
    if (!is_digit_at(text, at))
        return false;
    at = scan_digits(text, at, number);
    *used = first + 1;
    if (text.bytes[first] == '0' && at > first + 1)
        return false; /* a leading zero */
    if (at < text.size && text.bytes[at] == '.') {
        size_t fraction = at + 1;
        *used = fraction;
        if (!is_digit_at(text, fraction))
            return false;
        at = scan_digits(text, fraction, number);
        number->n_fraction = (int64_t)(at - fraction);
    }
    bool is_good = true;
    if (at < text.size && (text.bytes[at] == 'e' || text.bytes[at] == 'E'))
        at = scan_exponent(text, at + 1, number, &is_good);
    *used = at;
    return is_good;
}

/* The nearest double of a spelling with more digits than a coefficient holds. */
static bool compose_long(charley_text text, int64_t exponent, double *value)
{
    ch_big big;
    ch_big_set(&big, 0);
    unsigned n_kept = 0;
    int64_t n_dropped = 0;
    int64_t n_fraction = 0;
    bool is_above = false;
    bool is_fraction = false;
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.bytes[i];
        if (byte == 'e' || byte == 'E')
            break;
        if (!is_digit(byte)) {
            is_fraction |= byte == '.';
            continue;
        }
        n_fraction += is_fraction;
        if (n_kept < MAX_EXACT_DIGITS) {
            ch_big_multiply(&big, 10, (uint32_t)(byte - '0'));
            n_kept += big.n_words > 0;
        } else {
            n_dropped++;
            is_above |= byte != '0';
        }
    }
    int64_t power = exponent - n_fraction + n_dropped;
    magnitude size = judge_size(n_kept + power);
    if (size == TOO_SMALL)
        *value = 0.0;
    if (size != WITHIN_DOUBLES)
        return size == TOO_SMALL;
    return scale_big(&big, (int)power, is_above, value);
}

charley_status ch_number_scan(charley_text text, size_t *used, double *value)
{
    decimal number;
    if (!scan_decimal(text, used, &number))
        return CHARLEY_E_SYNTAX;
    double size;
    bool is_finite;
    if (number.is_cut) {
        is_finite = compose_long(ch_view_part(text, 0, *used), number.exponent, &size);
    } else {
        int64_t power = number.exponent - number.n_fraction + number.n_dropped;
        is_finite = compose_double(number.coefficient, power, &size);
    }
    if (!is_finite) {
        *used = 0;
        return CHARLEY_E_LIMIT;
    }
    *value = number.is_negative ? -size : size;
    return CHARLEY_OK;
}

charley_status ch_number_parse(charley_text text, double *value)
{
    size_t used;
    double read;
    charley_status status = ch_number_scan(text, &used, &read);
    if (status != CHARLEY_OK)
        return status;
    if (used != text.size)
        return CHARLEY_E_SYNTAX;
    *value = read;
    return CHARLEY_OK;
}

/* ---- doubles to spellings --------------------------------------------------- */

/* fraction * 2^exponent is |value|, which must be finite. */
static uint64_t split_double(double value, int *exponent)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    uint64_t fraction = bits & ((UINT64_C(1) << FRACTION_BITS) - 1);
    int biased = (int)(bits >> FRACTION_BITS & 0x7FF);
    if (biased == 0) {
        *exponent = LOWEST_EXPONENT;
        return fraction;
    }
    *exponent = LOWEST_EXPONENT - 1 + biased;
    return fraction | UINT64_C(1) << FRACTION_BITS;
}

enum { N_EXACT_DIGITS = 18 };
static const uint64_t EXACT_DIGITS_END = UINT64_C(1000000000000000000);

/* The first 18 digits of a value, and whether anything follows them. */
typedef struct digits {
    uint64_t first; /* 18 digits */
    bool is_above;
    int power; /* value = first * 10^power, and a little more if is_above */
} digits;

static int floor_divide(int dividend, int divisor)
{
    int quotient = dividend / divisor;
    return quotient - (dividend % divisor < 0);
}

static digits first_digits(double value)
{
    int exponent;
    ch_big big;
    ch_big_set(&big, split_double(value, &exponent));
    /* log10 2 = 0.30103 (to 5e-9): the place of the first digit, or one too low. */
    int place = floor_divide(((int)ch_big_n_bits(&big) - 1 + exponent) * 30103, 100000);
    int power = place - (N_EXACT_DIGITS - 1);
    int twos = exponent - power;
    bool is_above = false;
    if (twos > 0)
        ch_big_shift_left(&big, (unsigned)twos);
    if (power < 0)
        ch_big_multiply_fives(&big, (unsigned)-power);
    else
        is_above |= ch_big_divide_fives(&big, (unsigned)power);
    if (twos < 0)
        is_above |= ch_big_shift_right(&big, (unsigned)-twos);
    uint64_t first = ch_big_low(&big);
    if (first >= EXACT_DIGITS_END) {
        is_above |= first % 10 != 0;
        first /= 10;
        power++;
    }
    return (digits){first, is_above, power};
}

/* Looks for n digits that read back as `value`: the nearest such, or, where doubles are
 * spaced unevenly (at a power of two), the one on the other side. */
static bool shorten(const digits *exact, unsigned n, double value, digits *out)
{
    uint64_t unit = 1;
    for (unsigned i = n; i < N_EXACT_DIGITS; i++)
        unit *= 10;
    uint64_t down = exact->first / unit;
    uint64_t rest = exact->first % unit;
    bool is_tie = rest * 2 == unit && !exact->is_above;
    bool is_up = rest * 2 >= unit && !(is_tie && down % 2 == 0);
    int power = exact->power + (int)(N_EXACT_DIGITS - n);
    for (unsigned i = 0; i < 2; i++, is_up = !is_up) {
        double read;
        uint64_t candidate = down + is_up;
        if (compose_double(candidate, power, &read) && read == value) {
            *out = (digits){candidate, false, power};
            return true;
        }
    }
    return false;
}

static digits shortest_digits(double value)
{
    digits exact = first_digits(value);
    digits out = exact;
    /* Any decimal of up to 15 digits survives a normal double, so 15 digits with the
     * trailing zeros removed are the shortest if they read back at all. Subnormal
     * doubles have fewer digits to offer, down to one. */
    unsigned n = value < DBL_MIN ? 1 : DBL_DIG;
    while (n <= DBL_DECIMAL_DIG && !shorten(&exact, n, value, &out))
        n++;
    while (out.first % 10 == 0) {
        out.first /= 10;
        out.power++;
    }
    return out;
}

/* Writes the digits of `whole`; returns how many. */
static size_t print_whole(uint64_t whole, char *buffer)
{
    size_t n = count_digits(whole);
    for (size_t i = n; i-- > 0; whole /= 10)
        buffer[i] = (char)('0' + whole % 10);
    return n;
}

static size_t print_exponent(int exponent, char *buffer)
{
    buffer[0] = 'e';
    buffer[1] = exponent < 0 ? '-' : '+';
    return 2 + print_whole((uint64_t)(exponent < 0 ? -exponent : exponent), buffer + 2);
}

/* Makes room at `at` in buffer [size] for `n` copies of `byte`; returns the new size.
 */
static size_t insert_bytes(char *buffer, size_t size, size_t at, char byte, size_t n)
{
    memmove(buffer + at + n, buffer + at, size - at);
    memset(buffer + at, byte, n);
    return size + n;
}

size_t ch_number_print(double value, char *buffer)
{
    if (!isfinite(value))
        return 0;
    if (value == 0) {
        buffer[0] = '0';
        return 1;
    }
    bool is_negative = value < 0;
    char *start = buffer;
    if (is_negative)
        *start++ = '-';
    digits shown = shortest_digits(is_negative ? -value : value);
    size_t size = print_whole(shown.first, start);
    int place = (int)size + shown.power; /* digits before the point */
    if (place > 21 || place < -5) {
        if (size > 1)
            size = insert_bytes(start, size, 1, '.', 1);
        size += print_exponent(place - 1, start + size);
    } else if (place <= 0) {
        size = insert_bytes(start, size, 0, '0', (size_t)(2 - place));
        start[1] = '.';
    } else if (shown.power < 0) {
        size = insert_bytes(start, size, (size_t)place, '.', 1);
    } else {
        size = insert_bytes(start, size, size, '0', (size_t)shown.power);
    }
    return size + is_negative;
}

/* |value| * 10^decimals, rounded to a whole number, ties to even. */
static void round_scaled(double value, unsigned decimals, ch_big *big)
{
    int exponent;
    ch_big_set(big, split_double(value, &exponent));
    ch_big_multiply_fives(big, decimals);
    exponent += (int)decimals;
    if (exponent >= 0) {
        ch_big_shift_left(big, (unsigned)exponent);
        return;
    }
    bool is_above = ch_big_shift_right(big, (unsigned)-exponent - 1);
    bool is_half = ch_big_low(big) & 1;
    (void)ch_big_shift_right(big, 1);
    bool is_odd = ch_big_low(big) & 1;
    if (is_half && (is_above || is_odd))
        ch_big_multiply(big, 1, 1);
}

/* Writes the digits of big, at least `least` of them; big is used up. */
static size_t print_big(ch_big *big, size_t least, char *buffer)
{
    enum { DIGITS_PER_STEP = 9, STEP = 1000000000 };
    size_t n = 0;
    while (big->n_words > 0 || n < least) {
        uint32_t part = ch_big_divide(big, STEP);
        for (unsigned i = 0; i < DIGITS_PER_STEP; i++, part /= 10)
            if (part > 0 || big->n_words > 0 || n < least)
                buffer[n++] = (char)('0' + part % 10);
    }
    for (size_t i = 0; i < n / 2; i++) {
        char digit = buffer[i];
        buffer[i] = buffer[n - 1 - i];
        buffer[n - 1 - i] = digit;
    }
    return n;
}

size_t ch_number_print_fixed(double value, unsigned decimals, char *buffer)
{
    if (!isfinite(value))
        return 0;
    if (decimals > CH_NUMBER_MAX_DECIMALS)
        decimals = CH_NUMBER_MAX_DECIMALS;
    ch_big big;
    round_scaled(value, decimals, &big);
    bool is_negative = value < 0 && big.n_words > 0;
    char *start = buffer;
    if (is_negative)
        *start++ = '-';
    size_t size = print_big(&big, decimals + 1, start);
    if (decimals > 0) {
        size = insert_bytes(start, size, size - decimals, '.', 1);
        while (start[size - 1] == '0')
            size--;
        if (start[size - 1] == '.')
            size--;
    }
    return size + is_negative;
}
