/* remarks.h: the comments of a YAML file and the nodes they go with.
 *
 * libyaml drops comments. They are found again between the scalars: a # after a space
 * or at the start of a line that is not part of a scalar.
 */
#ifndef CH_AUTHOR_REMARKS_H
#define CH_AUTHOR_REMARKS_H

#include "author/yaml_tree.h"

typedef struct ch_remark ch_remark;
struct ch_remark {
    charley_text text; /* from the # on, without spaces at the end */
    size_t position;   /* of the #, in characters */
    uint32_t line;
    bool is_own_line;
    bool blank_before; /* an empty line stands before it */
    ch_remark *next;   /* of those that lead the same node */
};

/* What goes with one node. */
typedef struct ch_remarks {
    ch_remark *leading; /* on lines of their own before it */
    ch_remark *last;
    ch_remark *trailing; /* at the end of its first line */
    bool blank_before;   /* an empty line stands between `leading` and the node */
    bool has_inner;      /* some part of it has remarks: it cannot go on one line;
                            set by ch_remarks_note_inner */
} ch_remarks;

/* Finds all comments of a file.
 *   remarks  out: ch_remark, in the order of the file */
charley_status ch_remarks_find(ch_pool *pool, charley_text bytes, const ch_node *root,
                               ch_vector *remarks);

/* Gives each node below `root` its remarks.
 *   footer    out: those after the last node
 *   homeless  out: one that goes with no node, or NULL */
charley_status ch_remarks_attach(ch_pool *pool, charley_text bytes, ch_node *root,
                                 ch_vector *remarks, ch_remarks *footer,
                                 const ch_remark **homeless);

/* Moves what leads `from` to the end of what leads `to`. */
void ch_remarks_hoist(ch_remarks *to, ch_remarks *from);

/* Sets has_inner of `node` and of all below; true when any of them has remarks. */
bool ch_remarks_note_inner(ch_node *node);

#endif
