/* fail.h: errors are values; this is the only place that fills the record. */
#ifndef CH_BASE_FAIL_H
#define CH_BASE_FAIL_H

#include "charley/charley.h"

#if defined(__GNUC__)
#define CH_FORMAT(first, rest) __attribute__((format(printf, first, rest)))
#else
#define CH_FORMAT(first, rest)
#endif

/* Forwards any status that is not OK. */
#define CH_TRY(call)                                                                   \
    do {                                                                               \
        charley_status ch_try_status = (call);                                         \
        if (ch_try_status != CHARLEY_OK)                                               \
            return ch_try_status;                                                      \
    } while (0)

/* Fills `error` (may be NULL) with a status and one sentence, position unknown.
 *   format  only %s, %u, %zu and %%; views go through ch_fail_append
 * Returns  status, so that callers can write `return ch_fail(...)`. */
charley_status ch_fail(charley_error *error, charley_status status, const char *format,
                       ...) CH_FORMAT(3, 4);

/* The same, and names the finding, rule or lint the fault is about. */
charley_status ch_fail_about(charley_error *error, charley_status status,
                             charley_text id, const char *format, ...) CH_FORMAT(4, 5);

/* Adds a position to a filled record. */
void ch_fail_at(charley_error *error, const char *where, unsigned line, unsigned column,
                size_t offset);

/* Appends a view to the sentence (cut when full). */
void ch_fail_append(charley_error *error, charley_text more);

#endif
