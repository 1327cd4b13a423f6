/* compile.h: from a checked bookshelf to the records of kb/image.h.
 *
 * The parts below share one builder. An addition that finds no memory is remembered and
 * yields a spare record, so that the parts read as plain assignments; ch_author_build
 * looks at is_failed once, at the end.
 *
 * Equal files give equal bytes: entries are sorted by id, everything else keeps the
 * order of the files, and every record is zeroed before it is filled.
 */
#ifndef CH_AUTHOR_COMPILE_H
#define CH_AUTHOR_COMPILE_H

#include "author/check.h"
#include "author/derive.h"

enum { CH_SPARE_SIZE = 512 };

typedef struct ch_builder {
    ch_bookshelf *shelf;
    ch_language *language;
    ch_vector sections[CH_N_SECTIONS]; /* all but STRINGS */
    ch_buffer strings;
    ch_table string_at;                  /* text -> offset in `strings` */
    uint32_t *word_records;              /* language->words index -> WORDS index */
    ch_entry **sorted[CH_N_ENTRY_KINDS]; /* entries in use, in the order of records */
    uint32_t n_sorted[CH_N_ENTRY_KINDS];
    union {
        unsigned char bytes[CH_SPARE_SIZE];
        double aligned;
    } spare; /* what an addition that failed is written to */
    bool is_failed;
} ch_builder;

/* A zeroed record at the end of a section. It may move at the next addition there. */
void *ch_put(ch_builder *builder, ch_section section);
/* How many records a section has; the index of the next one. */
uint32_t ch_put_count(const ch_builder *builder, ch_section section);

/* Texts must live as long as the bookshelf; equal ones are kept once. */
ch_string ch_put_text(ch_builder *builder, charley_text text);
/* The text of a scalar; NULL gives the empty string. */
ch_string ch_put_node(ch_builder *builder, const ch_node *node);
/* Formats into memory of the bookshelf. */
charley_text ch_print_text(ch_builder *builder, const char *format, ...)
    CH_FORMAT(2, 3);

/* The records of the entries referred to, as a run in LISTS. */
ch_run ch_put_refs(ch_builder *builder, const ch_refs *refs);
/* NULL gives the empty run. */
ch_run ch_put_expression(ch_builder *builder, const ch_term *term);
ch_run ch_put_formula(ch_builder *builder, const ch_sum *sum);

/* WORDS index of "KIND.ID.PART", or CH_NONE. */
uint32_t ch_put_word(const ch_builder *builder, const char *kind, charley_text id,
                     const char *part);
uint32_t ch_put_deep_word(const ch_builder *builder, const char *kind, charley_text id,
                          const char *part, charley_text inner);

/* `published` is what the file says: p, or LR+ and LR-, or an odds ratio; NaN: none. */
uint32_t ch_put_passport(ch_builder *builder, charley_text claim,
                         const ch_backing *backing, const char *derivation,
                         double published, double published_negative);

/* The parts, in the order in which they may be built. */
void ch_compile_words(ch_builder *builder);
void ch_compile_findings(ch_builder *builder);   /* findings, atoms, screens ... */
void ch_compile_conditions(ch_builder *builder); /* priors, factors, links */
void ch_compile_advice(ch_builder *builder);     /* rules, cautions, remedies ... */
void ch_compile_scores(ch_builder *builder);
void ch_compile_people(ch_builder *builder); /* draws, slips, populations, targets */
void ch_compile_drugs(ch_builder *builder);  /* ... interactions, regions */

/* What WORDS index `word`, of this key, is in each region that says it differently. */
void ch_put_variants(ch_builder *builder, uint32_t word, charley_text key);

#endif
