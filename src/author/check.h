/* check.h: what the files say together; the steps of ch_author_check, in their order.
 *
 * Each step reports what it finds and returns E_MEMORY or OK. A step may rely on what
 * the earlier ones have filled in, but never on a bookshelf without faults.
 */
#ifndef CH_AUTHOR_CHECK_H
#define CH_AUTHOR_CHECK_H

#include "author/bookshelf.h"

/* names.c: ids are unique; findings make atoms; every reference finds its entry. */
charley_status ch_names_index(ch_bookshelf *shelf);
void ch_names_resolve(ch_bookshelf *shelf);

/* check_findings.c: kinds, units, ranges, comparisons, clusters, screens. */
void ch_check_findings(ch_bookshelf *shelf);

/* order.c: an order without circles, and in which sense red flags are read. */
charley_status ch_order_find(ch_bookshelf *shelf);
void ch_check_red_flags(ch_bookshelf *shelf);

/* check_numbers.c: passports, certainty, likelihood ratios. */
void ch_check_numbers(ch_bookshelf *shelf);

/* check_advice.c: conditions, rules, cautions, scores, and what nobody uses. */
void ch_check_advice(ch_bookshelf *shelf);

/* check_drugs.c: names of medicines, classes, interactions, telephone numbers. */
void ch_check_drugs(ch_bookshelf *shelf);

/* words.c: every sentence that is shown is there, and every sentence is shown. */
void ch_check_words(ch_bookshelf *shelf);

/* ---- shared by the checks and the compiler ---- */

/* P from `p` or from counts, (n + 0.5) / (of + 1); NaN when neither is given. */
double ch_chance_p(ch_real p, const ch_backing *backing);

/* The link that `links` holds for an atom and that is in use, or NULL. */
ch_link_entry *ch_link_find(const ch_vector *links, const ch_entry *atom);

/* Index in language->words of the sentence "KIND.ID.PART" ("KIND.ID" when part is
 * NULL), or CH_NONE. */
uint32_t ch_word_find(const ch_language *language, const char *kind, charley_text id,
                      const char *part);

/* ---- variant.c: what is said differently in a region ---- */

/* KEY@REGION taken apart; without "@" `region` is empty. */
typedef struct ch_variant_key {
    charley_text base;
    charley_text region; /* an id, or "any": wherever its numbers are known */
} ch_variant_key;

ch_variant_key ch_variant_split(charley_text key);
/* Reports a variant of nothing, for nowhere, or with a number the region lacks. */
void ch_variant_check(ch_bookshelf *shelf, const ch_language *language,
                      const ch_word_entry *word);
/* What `base` is in a region, its numbers filled in; empty when it is as everywhere.
 * Returns  E_MEMORY or OK. */
charley_status ch_variant_text(ch_bookshelf *shelf, const ch_language *language,
                               charley_text base, const ch_region_entry *region,
                               charley_text *text);

/* The same for a part of a part: "score.ID.item.ITEM". */
uint32_t ch_word_find_deep(const ch_language *language, const char *kind,
                           charley_text id, const char *part, charley_text inner);

#endif
