/* bearing.c: see bearing.h. */
#include "kb/bearing.h"

ch_bearing ch_bearing_of(ch_link_kind kind, double p, double leak, double cap)
{
    ch_bearing bearing = {0, 1, 1};
    double most = 1 - 1 / cap;
    double missed = (1 - p) / (1 - leak);
    if (kind == CH_LINK_STRENGTH) {
        bearing.strength = p < most ? p : most;
    } else if (p >= leak) {
        bearing.strength = 1 - missed < most ? 1 - missed : most;
    } else {
        bearing.if_present = p / leak > 1 / cap ? p / leak : 1 / cap;
        bearing.if_absent = missed < cap ? missed : cap;
    }
    return bearing;
}

ch_bearing ch_link_bearing(const charley_kb *kb, const ch_link *link)
{
    return ch_bearing_of((ch_link_kind)link->kind, link->p,
                         ch_kb_atoms(kb)[link->atom].leak, ch_kb_meta(kb)->cap_lr);
}
