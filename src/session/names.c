/* names.c: the stable spellings of enumerations, used in JSON and on command lines. */
#include "charley/charley.h"

#include "base/view.h"

charley_text charley_status_name(charley_status status)
{
    static const char *const NAMES[] = {"ok",       "memory", "syntax",   "data",
                                        "version",  "limit",  "notfound", "io",
                                        "conflict", "misuse"};
    unsigned i = (unsigned)status;
    return ch_view(i < sizeof NAMES / sizeof *NAMES ? NAMES[i] : "");
}

charley_text charley_urgency_name(charley_urgency urgency)
{
    static const char *const NAMES[] = {"could_not_assess", "self_care", "routine",
                                        "within_days",      "same_day",  "emergency",
                                        "ambulance"};
    unsigned i = (unsigned)urgency;
    return ch_view(i < sizeof NAMES / sizeof *NAMES ? NAMES[i] : "could_not_assess");
}

charley_text charley_answer_name(charley_answer answer)
{
    static const char *const NAMES[] = {"unknown", "no", "yes"};
    unsigned i = (unsigned)answer;
    return ch_view(i < sizeof NAMES / sizeof *NAMES ? NAMES[i] : "unknown");
}

charley_text charley_mark_name(charley_mark mark)
{
    static const char *const NAMES[] = {"", "shown", "derived", "recalled", "estimate"};
    unsigned i = (unsigned)mark;
    return ch_view(i < sizeof NAMES / sizeof *NAMES ? NAMES[i] : "");
}
