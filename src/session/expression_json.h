/* expression_json.h: a three-valued expression as JSON, spelled as in knowledge files.
 */
#ifndef CH_SESSION_EXPRESSION_JSON_H
#define CH_SESSION_EXPRESSION_JSON_H

#include "kb/kb.h"
#include "text/json_write.h"

/* Writes one value: "atom", {"all": [...]}, {"any": [...]}, {"not": ...},
 * {"at_least": 2, "of": [...]}, {"number": "age", "at_least": 65, "unit": "a"},
 * {"number": ..., "above_number": ...} or {"score": ..., "at_least": 2}; the empty run,
 * which is always yes, is {"all": []}. Numbers are in the finding's own unit. */
void ch_put_expression_json(ch_json_writer *out, const charley_kb *kb, ch_run expr);

#endif
