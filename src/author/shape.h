/* shape.h: the shape of each kind of entry as data, and the walker that reads by it.
 *
 * A shape lists the keys of a mapping in the order of the house form. The walker checks
 * a node against it (unknown and missing keys, types, ranges, words out of a list, form
 * of ids and texts) and fills the struct; shapes.c holds all shapes and is the only
 * place that knows which keys exist.
 */
#ifndef CH_AUTHOR_SHAPE_H
#define CH_AUTHOR_SHAPE_H

#include "author/bookshelf.h"

typedef enum ch_field_type {
    CH_T_ID,         /* ch_entry: sets id and id_node */
    CH_T_CLAIM_ID,   /* the same, of the form S0-03 */
    CH_T_HAZARD_ID,  /* const ch_node *, of the form H-001 */
    CH_T_TEXT,       /* const ch_node * */
    CH_T_TEXTS,      /* ch_texts */
    CH_T_WORD,       /* uint8_t: a value out of `words` */
    CH_T_WORDS,      /* uint32_t: for each value v of `words` that is listed, bit v */
    CH_T_BOOL,       /* bool */
    CH_T_FLAG,       /* bool, and its node in `node_offset` */
    CH_T_REAL,       /* ch_real, from `least` to `most` */
    CH_T_WHOLE,      /* ch_real that is a whole number */
    CH_T_INTERVAL,   /* two ch_real, low and high */
    CH_T_REF,        /* ch_ref to an entry of `kind` */
    CH_T_REFS,       /* ch_refs; a single name is a list of one */
    CH_T_EXPRESSION, /* ch_term * */
    CH_T_FORMULA,    /* ch_sum * */
    CH_T_RECORD,     /* pointer to a struct of `shape` */
    CH_T_RECORDS     /* ch_vector of such pointers */
} ch_field_type;

typedef struct ch_name_value {
    const char *name;
    uint8_t value;
} ch_name_value;

typedef struct ch_shape ch_shape;

typedef struct ch_field {
    const char *key;
    ch_field_type type;
    bool is_needed;
    ch_lint missing_lint; /* 0: the usual one */
    ch_lint word_lint;    /* when it is not one of `words`; 0: the usual one */
    size_t offset;
    size_t node_offset;
    const ch_name_value *words; /* ends with a NULL name */
    double least, most;
    ch_entry_kind kind;
    const ch_shape *shape;
} ch_field;

struct ch_shape {
    const char *what; /* "a rule" */
    size_t size;      /* of the struct */
    bool is_entry;    /* the struct begins with a ch_entry */
    size_t node_offset;
    const ch_field *fields; /* ends with a NULL key */
};

/* Fills a zeroed struct of `shape` from `node`; faults are reported.
 * Returns E_MEMORY or OK. */
charley_status ch_shape_read(ch_bookshelf *shelf, const ch_shape *shape,
                             const ch_node *node, void *out);

/* The shape of the entries of a kind (not of CH_E_ATOM), and of meta.yaml. */
const ch_shape *ch_shape_of(ch_entry_kind kind);
const ch_shape *ch_shape_of_meta(void);

/* "findings" and the like: the key that holds the entries of a kind; NULL for the kinds
 * that have a file each. */
const char *ch_list_key(ch_entry_kind kind);

/* "finding" and the like: the kind in sentences and as the first part of word keys. */
const char *ch_kind_name(ch_entry_kind kind);

/* How the files spell a family, a mechanism (empty when there is none of that number),
 * an urgency (charley_urgency), a mark (charley_mark). */
charley_text ch_family_word(uint8_t family);
charley_text ch_mechanism_word(int mechanism);
charley_text ch_urgency_word(int urgency);
charley_text ch_mark_word(int mark);
/* ... an effect or a level as an entry holds it: 1 + the enumeration. */
charley_text ch_drug_effect_word(uint8_t effect);
charley_text ch_interaction_level_word(uint8_t level);

/* Values of a scalar, shared by the walker and the reader of expressions. Each reports
 * and returns false when the node is something else. */
bool ch_scalar_real(ch_bookshelf *shelf, const ch_node *node, const char *what,
                    double *value);
bool ch_scalar_text(ch_bookshelf *shelf, const ch_node *node, const char *what);

/* Notes that `node` names an entry of `kind`; looked up when all files are read. */
charley_status ch_ref_note(ch_bookshelf *shelf, ch_ref *ref, ch_entry_kind kind,
                           const ch_node *node);

/* expression.c: E_MEMORY or OK; *term stays NULL after a reported fault. */
charley_status ch_expression_read(ch_bookshelf *shelf, const ch_node *node,
                                  ch_term **term);
charley_status ch_formula_read(ch_bookshelf *shelf, const ch_node *node, ch_sum **sum);

#endif
