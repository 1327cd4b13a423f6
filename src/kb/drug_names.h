/* drug_names.h: medicines named in plain words. */
#ifndef CH_KB_DRUG_NAMES_H
#define CH_KB_DRUG_NAMES_H

#include "kb/kb.h"

enum { CH_MAX_DRUG_HITS = 16 };

typedef struct ch_drug_hit {
    uint32_t drug;
    charley_text found; /* the part of the words that names it */
} ch_drug_hit;

/* Finds every medicine that `words` name, in their order, each once; at most
 * CH_MAX_DRUG_HITS. A name is found in any case, with or without a plural s, its
 * parts joined by a space or a hyphen; the longest name at a place wins.
 *   hits  out, [CH_MAX_DRUG_HITS]
 * Returns  E_NOTFOUND when there is none, or when a word is nearly a name. */
charley_status ch_drug_names_find(const charley_kb *kb, charley_text words,
                                  ch_drug_hit *hits, size_t *n, charley_error *error);

#endif
