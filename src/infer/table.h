/* table.h: the moves of elimination on a table of open findings.
 *
 * Cell S of a table holds the mass in which exactly the open findings of the set S are
 * already explained. A cause that is present explains a linked open finding with
 * probability q ("touch"). Once no more causes can explain a finding only the mass that
 * does is kept ("close"). Each move has its transpose for the backward pass.
 *
 * A table is an array of vectors. "Outer" moves work on a bit that selects the vector;
 * they serve all layouts: eight cells in a vector, one cell in eight lanes, one cell.
 * "Inner" moves work on the three bits inside a vector and belong to the first layout
 * only. Both compute every cell by the same operations in the same order.
 */
#ifndef CH_INFER_TABLE_H
#define CH_INFER_TABLE_H

#include "infer/lanes.h"

#include <stddef.h>

/* ---- outer bits: cells with the bit 0 and 1 are `run` vectors apart ------------ */

/* to may be from. */
CH_INLINE void touch_outer(const ch_vector *from, ch_vector *to, size_t n,
                           const ch_vector *strength, size_t run)
{
    ch_vector q = *strength, missed = 1.0 - q;
    for (size_t base = 0; base < n; base += 2 * run)
        for (size_t i = base; i < base + run; i++) {
            ch_vector zero = from[i], one = from[i + run];
            to[i] = missed * zero;
            to[i + run] = one + q * zero;
        }
}

CH_INLINE void untouch_outer(ch_vector *table, size_t n, const ch_vector *strength,
                             size_t run)
{
    ch_vector q = *strength, missed = 1.0 - q;
    for (size_t base = 0; base < n; base += 2 * run)
        for (size_t i = base; i < base + run; i++)
            table[i] = missed * table[i] + q * table[i + run];
}

/* Cause present: the finding was explained before, or is by this cause. The result has
 * half the size; to may be from. */
CH_INLINE void close_with_outer(const ch_vector *from, ch_vector *to, size_t n,
                                const ch_vector *strength, size_t run)
{
    ch_vector q = *strength;
    for (size_t base = 0; base < n; base += 2 * run)
        for (size_t i = 0; i < run; i++)
            to[base / 2 + i] = from[base + run + i] + q * from[base + i];
}

/* Cause absent: it was explained before. */
CH_INLINE void close_without_outer(const ch_vector *from, ch_vector *to, size_t n,
                                   size_t run)
{
    for (size_t base = 0; base < n; base += 2 * run)
        for (size_t i = 0; i < run; i++)
            to[base / 2 + i] = from[base + run + i];
}

/* The transpose of both, added up; n is the size of the result. */
CH_INLINE void reopen_outer(const ch_vector *with, const ch_vector *without,
                            ch_vector *to, size_t n, const ch_vector *strength,
                            size_t run)
{
    ch_vector q = *strength;
    for (size_t base = 0; base < n; base += 2 * run)
        for (size_t i = 0; i < run; i++) {
            ch_vector explained = with[base / 2 + i];
            to[base + i] = q * explained;
            to[base + run + i] = explained + without[base / 2 + i];
        }
}

/* The transpose of close_with alone, in place: the table doubles. */
CH_INLINE void reopen_with_outer(ch_vector *table, size_t n, const ch_vector *strength,
                                 size_t run)
{
    ch_vector q = *strength;
    for (size_t base = n; base;) {
        base -= 2 * run;
        for (size_t i = 0; i < run; i++) {
            ch_vector explained = table[base / 2 + i];
            table[base + run + i] = explained;
            table[base + i] = q * explained;
        }
    }
}

/* The transpose of close_without alone, in place. */
CH_INLINE void reopen_without_outer(ch_vector *table, size_t n, size_t run)
{
    for (size_t base = n; base;) {
        base -= 2 * run;
        for (size_t i = 0; i < run; i++) {
            table[base + run + i] = table[base / 2 + i];
            table[base + i] = (ch_vector){0};
        }
    }
}

#ifndef CH_ONE_CELL
/* ---- inner bits: `bit` is a constant 0, 1 or 2 where these are inlined --------- */

CH_INLINE void touch_inner(const ch_lanes *from, ch_lanes *to, size_t n,
                           const ch_lanes *strength, unsigned bit)
{
    double q = (*strength)[0];
    ch_lanes keep = CH_BY_BIT(1.0 - q, 1.0, bit), give = CH_BY_BIT(0.0, q, bit);
    for (size_t i = 0; i < n; i++)
        to[i] = keep * from[i] + give * CH_SWAP(from[i], bit);
}

CH_INLINE void untouch_inner(ch_lanes *table, size_t n, const ch_lanes *strength,
                             unsigned bit)
{
    double q = (*strength)[0];
    ch_lanes keep = CH_BY_BIT(1.0 - q, 1.0, bit), give = CH_BY_BIT(q, 0.0, bit);
    for (size_t i = 0; i < n; i++)
        table[i] = keep * table[i] + give * CH_SWAP(table[i], bit);
}

/* Two vectors become one; a lone vector gives the lower half of one. */
CH_INLINE void close_with_inner(const ch_lanes *from, ch_lanes *to, size_t n,
                                const ch_lanes *strength, unsigned bit)
{
    ch_lanes q = *strength;
    size_t next = n > 1;
    for (size_t i = 0; i < n; i += 2) {
        ch_lanes zero = CH_PICK_0(from[i], from[i + next], bit);
        ch_lanes one = CH_PICK_1(from[i], from[i + next], bit);
        to[i / 2] = one + q * zero;
    }
}

CH_INLINE void close_without_inner(const ch_lanes *from, ch_lanes *to, size_t n,
                                   unsigned bit)
{
    size_t next = n > 1;
    for (size_t i = 0; i < n; i += 2)
        to[i / 2] = CH_PICK_1(from[i], from[i + next], bit);
}

CH_INLINE void reopen_inner(const ch_lanes *with, const ch_lanes *without, ch_lanes *to,
                            size_t n, const ch_lanes *strength, unsigned bit)
{
    ch_lanes q = *strength;
    for (size_t i = 0; i < n; i += 2) {
        ch_lanes zero = q * with[i / 2];
        ch_lanes one = with[i / 2] + without[i / 2];
        to[i] = CH_MERGE_LOW(zero, one, bit);
        if (n > 1)
            to[i + 1] = CH_MERGE_HIGH(zero, one, bit);
    }
}

CH_INLINE void reopen_with_inner(ch_lanes *table, size_t n, const ch_lanes *strength,
                                 unsigned bit)
{
    ch_lanes q = *strength;
    for (size_t i = (n + 1) / 2; i--;) {
        ch_lanes one = table[i], zero = q * one;
        if (n > 1)
            table[2 * i + 1] = CH_MERGE_HIGH(zero, one, bit);
        table[2 * i] = CH_MERGE_LOW(zero, one, bit);
    }
}

CH_INLINE void reopen_without_inner(ch_lanes *table, size_t n, unsigned bit)
{
    for (size_t i = (n + 1) / 2; i--;) {
        ch_lanes one = table[i], zero = {0};
        if (n > 1)
            table[2 * i + 1] = CH_MERGE_HIGH(zero, one, bit);
        table[2 * i] = CH_MERGE_LOW(zero, one, bit);
    }
}

#endif

#endif
