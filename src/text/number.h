/* number.h: decimal spellings into doubles and back, the same bits on every machine.
 *
 * The C library's strtod and printf follow the locale and differ between platforms.
 * These follow the grammar of a JSON number (RFC 8259, section 6) and are correctly
 * rounded (nearest, ties to even) for every input, however long.
 */
#ifndef CH_TEXT_NUMBER_H
#define CH_TEXT_NUMBER_H

#include "charley/charley.h"

enum {
    CH_NUMBER_SIZE = 32, /* room for any ch_number_print */
    CH_NUMBER_MAX_DECIMALS = 17,
    CH_NUMBER_FIXED_SIZE = 336 /* 309 digits, point, sign, decimals */
};

/* Reads the number that `text` begins with, as far as it goes.
 *   used   out: bytes read; with an error, where in `text` the fault is
 *   value  out; nearest double, so below about 2.5e-324 it is 0
 * Returns  E_SYNTAX (no number), E_LIMIT (beyond the largest double). */
CHARLEY_MUST_USE charley_status ch_number_scan(charley_text text, size_t *used,
                                               double *value);

/* Reads a number that is all of `text`. Returns as ch_number_scan. */
CHARLEY_MUST_USE charley_status ch_number_parse(charley_text text, double *value);

/* Writes the shortest spelling that reads back as the same double; of several the
 * nearest; laid out as ECMAScript and RFC 8785 do: 2.5, 100, 1e+21, 1e-7, and 0 for
 * minus zero.
 *   buffer  [CH_NUMBER_SIZE]
 * Returns  the bytes written, not NUL-terminated; 0 when value is not finite. */
size_t ch_number_print(double value, char *buffer);

/* Writes `value` with at most `decimals` (<= CH_NUMBER_MAX_DECIMALS) digits after the
 * point, trailing zeros removed, never an exponent, never "-0". The exact value of the
 * double is rounded to nearest, ties to even: 0.125 to two decimals is 0.12.
 *   buffer  [CH_NUMBER_FIXED_SIZE]
 * Returns  as ch_number_print. */
size_t ch_number_print_fixed(double value, unsigned decimals, char *buffer);

#endif
