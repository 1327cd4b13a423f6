/* claims_json.h: what every account of a claim tells; for claims and for explain. */
#ifndef CH_SESSION_CLAIMS_JSON_H
#define CH_SESSION_CLAIMS_JSON_H

#include "kb/kb.h"
#include "text/json_write.h"

/* Members "verdict", "contradictions", "cautions" and "remedies" of the object that is
 * open: ids of what the claim has to do with. */
void ch_put_claim_references(const charley_kb *kb, ch_json_writer *out, uint32_t index);
/* Members "one_side" and "other_side", lists of claim ids. */
void ch_put_contradiction_sides(const charley_kb *kb, ch_json_writer *out,
                                const ch_contradiction *contradiction);

#endif
