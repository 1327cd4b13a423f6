/* yaml_tree.h: a YAML file as a tree that knows where each of its parts stands.
 *
 * Only plain YAML is accepted: mappings with text keys, lists and scalars. Anchors and
 * aliases (which can blow a small file up without end), tags, merge keys, duplicate
 * keys and second documents are faults. A scalar is text, always: "no" and "1.10" mean
 * what the format of the key says.
 */
#ifndef CH_AUTHOR_YAML_TREE_H
#define CH_AUTHOR_YAML_TREE_H

#include "author/memory.h"

enum {
    CH_MAX_YAML_DEPTH = 32,      /* the format itself needs about 20 */
    CH_MAX_YAML_NODES = 200000,  /* a file; the largest has a few thousand */
    CH_MAX_YAML_BYTES = 16 << 20 /* a file */
};

typedef enum ch_node_kind {
    CH_NODE_SCALAR,
    CH_NODE_LIST,
    CH_NODE_MAPPING,
    CH_NODE_FAULTY /* was reported (an alias): to be passed over in silence */
} ch_node_kind;

typedef enum ch_scalar_style {
    CH_STYLE_PLAIN,
    CH_STYLE_QUOTED, /* single or double quotes */
    CH_STYLE_BLOCK   /* literal or folded */
} ch_scalar_style;

typedef struct ch_node ch_node;
struct ch_node {
    ch_node_kind kind;
    ch_scalar_style style;
    const char *file;
    uint32_t line;   /* 1-based */
    uint32_t column; /* 1-based, in characters */
    /* Where it starts in the file, and the place after its end, in characters; a block
     * collection ends where the next token starts. */
    size_t start, end;
    charley_text text;
    uint32_t n;     /* of items, or of values */
    ch_node *first; /* item of a list, or value of a mapping, in the file's order */
    ch_node *last;
    ch_node *next;              /* sister */
    ch_node *key;               /* of a value in a mapping; else NULL */
    struct ch_remarks *remarks; /* comments that go with it; set by the formatter */
};

struct ch_desk;

/* Reads one file.
 *   file  its path, for positions; must outlive the tree
 *   root  out; NULL when the file is not YAML at all
 * Returns  E_DATA when an error was reported (the tree then lacks the faulty parts),
 *          E_MEMORY. */
charley_status ch_yaml_read(ch_pool *pool, struct ch_desk *desk, const char *file,
                            charley_text bytes, ch_node **root);

/* The value of a key in a mapping, or NULL. */
const ch_node *ch_node_get(const ch_node *mapping, const char *key);

/* Do two trees say the same? The order of keys and the style of scalars do not count.
 */
bool ch_node_equal(const ch_node *a, const ch_node *b);

#endif
