/* json_write.h: writes JSON into the caller's buffer, the same bytes on every machine.
 *
 *     ch_json_writer out;
 *     ch_json_write_start(&out, buffer, capacity, false);
 *     ch_json_put_object(&out);
 *     ch_json_put_name(&out, CHARLEY_TEXT("probability"));
 *     ch_json_put_fixed(&out, 0.25, 4);
 *     ch_json_put_end(&out);
 *     return ch_json_write_finish(&out, &size, error);
 *
 * When the buffer is too small the writer goes on counting, so that the end knows how
 * much is needed. After a fault (a value without a name, an end too many) it writes no
 * more and reports the fault at the end: callers check once.
 */
#ifndef CH_TEXT_JSON_WRITE_H
#define CH_TEXT_JSON_WRITE_H

#include "charley/charley.h"

typedef struct ch_json_writer {
    char *bytes;
    size_t capacity;
    size_t size; /* needed so far; may be above capacity */
    charley_status status;
    bool is_pretty;
    bool has_value;     /* the document's value was begun */
    bool has_name;      /* a name was written, its value must come */
    unsigned depth;     /* at most CH_MAX_JSON_DEPTH */
    uint64_t is_object; /* bit i: what is open at depth i + 1 is an object */
    uint64_t has_item;  /* bit i: something was written in it */
} ch_json_writer;

/* Begins a document.
 *   bytes      [capacity]; may be NULL if capacity is 0, to count only
 *   is_pretty  line feeds and an indent of two spaces */
void ch_json_write_start(ch_json_writer *out, char *bytes, size_t capacity,
                         bool is_pretty);

/* Opens an object or array; the next put_end closes the innermost one. */
void ch_json_put_object(ch_json_writer *out);
void ch_json_put_array(ch_json_writer *out);
void ch_json_put_end(ch_json_writer *out);

/* The name of the member whose value is put next. The caller sees to it that names in
 * an object differ. */
void ch_json_put_name(ch_json_writer *out, charley_text name);

/* Bytes that are not UTF-8 become U+FFFD, one each: whatever the text, the document is
 * well formed, so that a failure can always be told. */
void ch_json_put_string(ch_json_writer *out, charley_text text);
/* The shortest spelling that reads back as the same double. Not finite: E_DATA. */
void ch_json_put_number(ch_json_writer *out, double value);
/* At most `decimals` digits after the point, as ch_number_print_fixed. */
void ch_json_put_fixed(ch_json_writer *out, double value, unsigned decimals);
void ch_json_put_integer(ch_json_writer *out, int64_t value);
/* A number kept as it was spelled (7.10). Not a JSON number: E_DATA. */
void ch_json_put_spelled(ch_json_writer *out, charley_text number);
void ch_json_put_truth(ch_json_writer *out, bool value);
void ch_json_put_null(ch_json_writer *out);

/* Ends the document.
 *   size  out: bytes written; with E_LIMIT because of capacity, the bytes needed (the
 *         buffer then holds the beginning of the document)
 * Returns  E_LIMIT (does not fit, or nested too deeply; then size is untouched),
 * E_DATA, E_MISUSE (also when something is still open or nothing was put). */
CHARLEY_MUST_USE charley_status ch_json_write_finish(const ch_json_writer *out,
                                                     size_t *size,
                                                     charley_error *error);

#endif
