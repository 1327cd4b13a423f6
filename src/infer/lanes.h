/* lanes.h: CH_N_LANES doubles side by side, and the few moves of cells inside them.
 *
 * Only the vector extension that gcc (12 and later) and clang share is used: it becomes
 * AVX-512, AVX, SSE2, NEON or WebAssembly SIMD, or plain code where there is none.
 * Vectors never cross a function that is not inlined, so no calling convention depends
 * on the vector width.
 *
 * Where the target has no vectors (WebAssembly without SIMD) the compiler would write
 * every operation out eight times, to no gain. There one cell is a "vector", and one
 * computation follows the other: the same bits from a fifth of the code.
 */
#ifndef CH_INFER_LANES_H
#define CH_INFER_LANES_H

#include "base/limits.h"

#include <stdint.h>

#if defined(__wasm__) && !defined(__wasm_simd128__) && !defined(CH_ONE_CELL)
#define CH_ONE_CELL
#endif

#ifdef CH_ONE_CELL
#define CH_INLINE static inline
#else
#define CH_INLINE static inline __attribute__((always_inline))
#endif

/* One object for every x86-64: the loader picks the widest version the processor has.
 * The versions differ in speed only, as no multiply-add is contracted. Needs the GNU
 * loader, and no sanitizer (the choice is made before those are ready); elsewhere the
 * compiler's own target decides. */
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(__clang__) &&            \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define CH_WIDEST __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define CH_WIDEST
#endif

/* may_alias: a table of plain doubles is also read eight cells at a time. */
typedef double ch_lanes
    __attribute__((vector_size(CH_N_LANES * sizeof(double)), may_alias));
typedef int64_t ch_lanes_bits
    __attribute__((vector_size(CH_N_LANES * sizeof(int64_t)), may_alias));

/* The same, wherever a double may lie. */
typedef double ch_lanes_loose
    __attribute__((vector_size(CH_N_LANES * sizeof(double)), aligned(8), may_alias));

/* What the moves on a table take at a time. */
#ifdef CH_ONE_CELL
typedef double ch_vector;
#else
typedef ch_lanes ch_vector;
#endif

_Static_assert(CH_N_LANES == 8, "the moves below are written for eight cells");

#define CH_SPREAD(x) ((ch_lanes){(x), (x), (x), (x), (x), (x), (x), (x)})

/* With eight cells of a table in one vector, three of the table's bits are inside it:
 * bit 0 tells neighbours apart, bit 2 the halves. */
#define CH_INNER_BITS 3

/* Cells with `bit` 0 get z, the others o. */
#define CH_BY_BIT(z, o, bit)                                                           \
    ((bit) == 0   ? (ch_lanes){(z), (o), (z), (o), (z), (o), (z), (o)}                 \
     : (bit) == 1 ? (ch_lanes){(z), (z), (o), (o), (z), (z), (o), (o)}                 \
                  : (ch_lanes){(z), (z), (z), (z), (o), (o), (o), (o)})

/* Every cell in the place of the one that differs in `bit`. */
#define CH_SWAP(x, bit)                                                                \
    ((bit) == 0   ? __builtin_shufflevector((x), (x), 1, 0, 3, 2, 5, 4, 7, 6)          \
     : (bit) == 1 ? __builtin_shufflevector((x), (x), 2, 3, 0, 1, 6, 7, 4, 5)          \
                  : __builtin_shufflevector((x), (x), 4, 5, 6, 7, 0, 1, 2, 3))

/* Of sixteen cells a, b: the eight where `bit` is 0, and the eight where it is 1. */
#define CH_PICK_0(a, b, bit)                                                           \
    ((bit) == 0   ? __builtin_shufflevector((a), (b), 0, 2, 4, 6, 8, 10, 12, 14)       \
     : (bit) == 1 ? __builtin_shufflevector((a), (b), 0, 1, 4, 5, 8, 9, 12, 13)        \
                  : __builtin_shufflevector((a), (b), 0, 1, 2, 3, 8, 9, 10, 11))
#define CH_PICK_1(a, b, bit)                                                           \
    ((bit) == 0   ? __builtin_shufflevector((a), (b), 1, 3, 5, 7, 9, 11, 13, 15)       \
     : (bit) == 1 ? __builtin_shufflevector((a), (b), 2, 3, 6, 7, 10, 11, 14, 15)      \
                  : __builtin_shufflevector((a), (b), 4, 5, 6, 7, 12, 13, 14, 15))

/* The way back: the first and the last eight of the sixteen cells whose parts with
 * `bit` 0 and 1 are given. */
#define CH_MERGE_LOW(zero, one, bit)                                                   \
    ((bit) == 0   ? __builtin_shufflevector((zero), (one), 0, 8, 1, 9, 2, 10, 3, 11)   \
     : (bit) == 1 ? __builtin_shufflevector((zero), (one), 0, 1, 8, 9, 2, 3, 10, 11)   \
                  : __builtin_shufflevector((zero), (one), 0, 1, 2, 3, 8, 9, 10, 11))
#define CH_MERGE_HIGH(zero, one, bit)                                                  \
    ((bit) == 0 ? __builtin_shufflevector((zero), (one), 4, 12, 5, 13, 6, 14, 7, 15)   \
     : (bit) == 1                                                                      \
         ? __builtin_shufflevector((zero), (one), 4, 5, 12, 13, 6, 7, 14, 15)          \
         : __builtin_shufflevector((zero), (one), 4, 5, 6, 7, 12, 13, 14, 15))

#endif
