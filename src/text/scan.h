/* scan.h: reading bytes eight at a time, the same on every machine.
 *
 * JSON reader and writer both ask one question most of the time: how far do bytes go
 * that mean only themselves? A word holds eight of them, so the answer is looked for in
 * words, with plain arithmetic (no vector unit, no builtins: it runs as WebAssembly).
 */
#ifndef CH_TEXT_SCAN_H
#define CH_TEXT_SCAN_H

#include <stddef.h>
#include <stdint.h>

#define CH_SCAN_ONES  UINT64_C(0x0101010101010101)
#define CH_SCAN_HIGHS UINT64_C(0x8080808080808080)

/* The first n (<= 8) bytes of p, the first one lowest, the rest zero. */
static inline uint64_t ch_scan_load(const char *p, size_t n)
{
    uint64_t word = 0;
    for (size_t i = 0; i < n; i++)
        word |= (uint64_t)(unsigned char)p[i] << (8 * i);
    return word;
}

/* Eight bytes, written out so that compilers make one load of it. */
static inline uint64_t ch_scan_word(const char *bytes)
{
    const unsigned char *p = (const unsigned char *)bytes;
    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 |
           (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 |
           (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
}

/* True for bytes which stand for themselves in a JSON string without a further look:
 * printable ASCII except the quote and the backslash. */
static inline int ch_scan_is_plain(unsigned char byte)
{
    return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
}

/* Number of leading plain bytes. */
static inline size_t ch_scan_plain(const char *bytes, size_t size)
{
    size_t i = 0;
    for (; size - i >= 8; i += 8) {
        uint64_t word = ch_scan_word(bytes + i);
        uint64_t quote = word ^ CH_SCAN_ONES * '"';
        uint64_t backslash = word ^ CH_SCAN_ONES * '\\';
        /* Each difference borrows into the high bit of a byte that is below 0x20, the
         * quote or the backslash. A borrow may run on into higher bytes, so only the
         * lowest mark is exact; that is the one used. */
        uint64_t marks = ((word - CH_SCAN_ONES * 0x20) | (quote - CH_SCAN_ONES) |
                          (backslash - CH_SCAN_ONES) | word) &
                         CH_SCAN_HIGHS;
        if (marks) {
            uint64_t below = (marks & (~marks + 1)) - 1;
            return i + (size_t)((below & CH_SCAN_ONES) * CH_SCAN_ONES >> 56) - 1;
        }
    }
    while (i < size && ch_scan_is_plain((unsigned char)bytes[i]))
        i++;
    return i;
}

#endif
