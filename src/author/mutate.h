/* mutate.h: one fault at a time put into compiled knowledge, to see whether the cases
 * notice it (`charley kb mutate`).
 *
 *     ch_mutation *mutation;
 *     charley_status status = ch_mutation_open(shelf, &mutation);
 *     for (size_t i = 0; status == CHARLEY_OK && i < ch_mutation_count(mutation); i++)
 * { status = ch_mutation_make(mutation, i, &image, &size);
 *         ... open the image, put the cases to it ...
 *     }
 *
 * Memory  Belongs to the bookshelf. Every image is made in the same block: it lives
 *         until the next one is made.
 */
#ifndef CH_AUTHOR_MUTATE_H
#define CH_AUTHOR_MUTATE_H

#include "author/author.h"

/* What is done to the knowledge. */
typedef enum ch_mutant_kind {
    CH_MUTANT_RULE_DROPPED,        /* never speaks */
    CH_MUTANT_RULE_INVERTED,       /* speaks when it should not, and not when it should
                                    */
    CH_MUTANT_CAUTION_DROPPED,     /* never speaks, suspects nothing */
    CH_MUTANT_LIKELIHOOD_DROPPED,  /* a strong one, of 5 or more times the leak or a
                                      fifth of it or less: p = leak */
    CH_MUTANT_LIKELIHOOD_INVERTED, /* speaks as strongly for the contrary */
    CH_MUTANT_FLOOR_DROPPED,       /* the condition may become as unlikely as it will */
    CH_MUTANT_MODIFIER_DROPPED,    /* never speaks */
    CH_MUTANT_CUTOFF_MOVED,        /* of a rule, caution or derived finding: the value
                                      itself falls on the other side */
    CH_N_MUTANT_KINDS
} ch_mutant_kind;

typedef struct ch_mutant {
    ch_mutant_kind kind;
    charley_text id;      /* of the rule, caution, modifier, condition or finding; of a
                             likelihood "condition.fact" */
    charley_text subject; /* of a likelihood the fact, of a cut-off the number finding
                             or the score; else empty */
    bool is_score;        /* the subject */
    double value;         /* of the cut-off */
    const char *file;     /* where it stands; NULL: not known */
    unsigned line;
} ch_mutant;

typedef struct ch_mutation ch_mutation;

/* "rule dropped" and the like. */
const char *ch_mutant_kind_name(ch_mutant_kind kind);

/* Compiles a bookshelf that passed ch_author_check and lists every mutant of it.
 * Returns  E_MISUSE (not checked, or with errors), E_MEMORY. */
CHARLEY_MUST_USE charley_status ch_mutation_open(ch_bookshelf *shelf,
                                                 ch_mutation **mutation);
size_t ch_mutation_count(const ch_mutation *mutation);
const ch_mutant *ch_mutation_at(const ch_mutation *mutation, size_t index);

/* The knowledge as it is, in the form in which mutants come. */
void ch_mutation_base(const ch_mutation *mutation, const void **image, size_t *size);
/* The knowledge with one fault, whole and with a digest of its own. */
void ch_mutation_make(ch_mutation *mutation, size_t index, const void **image,
                      size_t *size);

#endif
