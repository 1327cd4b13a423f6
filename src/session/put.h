/* put.h: shorthand for writing members of JSON objects; this room only. */
#ifndef CH_SESSION_PUT_H
#define CH_SESSION_PUT_H

#include "base/view.h"
#include "text/json_write.h"

/* Digits after the point of a printed probability: enough to compare, few enough that
 * nobody reads precision into them. */
enum { CH_P_DECIMALS = 4 };

static inline void ch_put_text(ch_json_writer *out, const char *name, charley_text text)
{
    ch_json_put_name(out, ch_view(name));
    ch_json_put_string(out, text);
}

/* Left out when empty. */
static inline void ch_put_text_if_any(ch_json_writer *out, const char *name,
                                      charley_text text)
{
    if (text.size)
        ch_put_text(out, name, text);
}

static inline void ch_put_truth(ch_json_writer *out, const char *name, bool value)
{
    ch_json_put_name(out, ch_view(name));
    ch_json_put_truth(out, value);
}

static inline void ch_put_fixed(ch_json_writer *out, const char *name, double value)
{
    ch_json_put_name(out, ch_view(name));
    ch_json_put_fixed(out, value, CH_P_DECIMALS);
}

/* A text of several lines as an array of strings. */
static inline void ch_put_lines(ch_json_writer *out, const char *name,
                                charley_text text)
{
    ch_json_put_name(out, ch_view(name));
    ch_json_put_array(out);
    while (text.size) {
        size_t end = ch_view_find(text, '\n');
        ch_json_put_string(out, ch_view_part(text, 0, end));
        text = ch_view_part(text, end + 1, text.size);
    }
    ch_json_put_end(out);
}

static inline void ch_put_texts(ch_json_writer *out, const char *name,
                                const charley_text *texts, size_t n)
{
    ch_json_put_name(out, ch_view(name));
    ch_json_put_array(out);
    for (size_t i = 0; i < n; i++)
        ch_json_put_string(out, texts[i]);
    ch_json_put_end(out);
}

static inline void ch_put_array(ch_json_writer *out, const char *name)
{
    ch_json_put_name(out, ch_view(name));
    ch_json_put_array(out);
}

#endif
