/* yaml_tree.c: see yaml_tree.h. libyaml gives events; the tree is built from them with
 * an explicit stack, so that no input can exhaust the C stack. */
#include "author/yaml_tree.h"

#include "author/fault.h"
#include "base/view.h"
#include "kb/image.h"

#include <string.h>
#include <yaml.h>

/* Mappings with more keys than this find duplicates with a table. */
enum { FEW_KEYS = 16 };

typedef struct frame {
    ch_node *node; /* a list or mapping that is being filled */
    ch_node *key;  /* read, its value is still to come */
    bool skips;    /* the pending value belongs to a faulty key */
    ch_table keys;
} frame;

typedef struct reader {
    ch_pool *pool;
    ch_desk *desk;
    const char *file;
    charley_text bytes;
    yaml_parser_t parser;
    frame stack[CH_MAX_YAML_DEPTH];
    uint32_t depth;
    uint32_t n_nodes;
    uint32_t n_documents;
    ch_node *root;
    bool is_done;
    bool is_too_large; /* the rest was not read: the tree is worth nothing */
} reader;

static void fault_at_mark(reader *r, ch_lint lint, yaml_mark_t mark, const char *text)
{
    ch_report_place(r->desk, lint, r->file, (uint32_t)mark.line + 1,
                    (uint32_t)mark.column + 1, "%s", text);
}

/* Reports a fault at a byte of the file, for which libyaml gives no line. */
static void fault_at_byte(reader *r, size_t offset, const char *text)
{
    uint32_t line = 1;
    uint32_t column = 1;
    for (size_t i = 0; i < offset && i < r->bytes.size; i++) {
        unsigned char byte = (unsigned char)r->bytes.bytes[i];
        if (byte == '\n') {
            line++;
            column = 1;
        } else if ((byte & 0xC0) != 0x80) {
            column++;
        }
    }
    ch_report_place(r->desk, CH_LINT_ENCODING, r->file, line, column, "%s", text);
}

/* ---- building ---- */

static ch_node *new_node(reader *r, ch_node_kind kind, const yaml_event_t *event)
{
    ch_node *node = CH_NEW(r->pool, ch_node);
    if (!node)
        return NULL;
    node->kind = kind;
    node->file = r->file;
    node->line = (uint32_t)event->start_mark.line + 1;
    node->column = (uint32_t)event->start_mark.column + 1;
    node->start = event->start_mark.index;
    node->end = event->end_mark.index;
    return node;
}

static void append(ch_node *parent, ch_node *child)
{
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    parent->n++;
}

/* Remembers a key of the innermost mapping; *is_new = false when it was there before.
 */
static charley_status note_key(reader *r, frame *top, charley_text key, bool *is_new)
{
    *is_new = true;
    const ch_node *mapping = top->node;
    if (mapping->n < FEW_KEYS) {
        for (const ch_node *value = mapping->first; value; value = value->next)
            if (ch_view_equal(value->key->text, key))
                *is_new = false;
        return CHARLEY_OK;
    }
    if (top->keys.n == 0)
        for (const ch_node *value = mapping->first; value; value = value->next)
            CH_TRY(ch_table_put(r->pool, &top->keys, value->key->text, 0));
    if (ch_table_find(&top->keys, key) != CH_NONE) {
        *is_new = false;
        return CHARLEY_OK;
    }
    return ch_table_put(r->pool, &top->keys, key, 0);
}

static charley_status take_key(reader *r, frame *top, ch_node *node)
{
    top->key = node;
    top->skips = true;
    if (node->kind == CH_NODE_FAULTY)
        return CHARLEY_OK;
    if (node->kind != CH_NODE_SCALAR) {
        ch_report(r->desk, CH_LINT_KEY_NOT_TEXT, node,
                  "a key must be text, not a list or a mapping");
        return CHARLEY_OK;
    }
    if (node->style == CH_STYLE_PLAIN && ch_view_is(node->text, "<<")) {
        ch_report(r->desk, CH_LINT_MERGE_KEY, node,
                  "merge keys (<<) are not read; write the keys out");
        return CHARLEY_OK;
    }
    bool is_new;
    CH_TRY(note_key(r, top, node->text, &is_new));
    if (!is_new)
        ch_report(r->desk, CH_LINT_DUPLICATE_KEY, node,
                  "the key \"%.*s\" stands here a second time", CH_ARG(node->text));
    top->skips = !is_new;
    return CHARLEY_OK;
}

/* Puts a node where it belongs: root, item, key or value. */
static charley_status place(reader *r, ch_node *node)
{
    if (r->depth == 0) {
        r->root = node;
        return CHARLEY_OK;
    }
    frame *top = &r->stack[r->depth - 1];
    if (top->node->kind == CH_NODE_LIST) {
        append(top->node, node);
        return CHARLEY_OK;
    }
    if (!top->key)
        return take_key(r, top, node);
    if (!top->skips) {
        node->key = top->key;
        append(top->node, node);
    }
    top->key = NULL;
    return CHARLEY_OK;
}

/* ---- events ---- */

static void refuse_anchor_and_tag(reader *r, const yaml_event_t *event,
                                  const yaml_char_t *anchor, const yaml_char_t *tag)
{
    if (anchor)
        fault_at_mark(r, CH_LINT_ANCHOR, event->start_mark,
                      "anchors (&name) are not read; write the value out");
    if (tag)
        fault_at_mark(r, CH_LINT_TAG, event->start_mark, "tags (!name) are not read");
}

static charley_status read_scalar(reader *r, const yaml_event_t *event)
{
    refuse_anchor_and_tag(r, event, event->data.scalar.anchor, event->data.scalar.tag);
    ch_node *node = new_node(r, CH_NODE_SCALAR, event);
    size_t size = event->data.scalar.length;
    char *text = node ? ch_pool_take(r->pool, size + 1, 1) : NULL;
    if (!text)
        return CHARLEY_E_MEMORY;
    memcpy(text, event->data.scalar.value, size);
    node->text = (charley_text){text, size};
    switch (event->data.scalar.style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
        node->style = CH_STYLE_QUOTED;
        break;
    case YAML_LITERAL_SCALAR_STYLE:
    case YAML_FOLDED_SCALAR_STYLE:
        node->style = CH_STYLE_BLOCK;
        break;
    default:
        node->style = CH_STYLE_PLAIN;
    }
    return place(r, node);
}

static charley_status start_collection(reader *r, const yaml_event_t *event,
                                       ch_node_kind kind)
{
    if (kind == CH_NODE_LIST)
        refuse_anchor_and_tag(r, event, event->data.sequence_start.anchor,
                              event->data.sequence_start.tag);
    else
        refuse_anchor_and_tag(r, event, event->data.mapping_start.anchor,
                              event->data.mapping_start.tag);
    if (r->depth == CH_MAX_YAML_DEPTH) {
        fault_at_mark(r, CH_LINT_YAML_LIMIT, event->start_mark,
                      "nested more than 32 levels deep");
        r->is_too_large = true;
        return CHARLEY_OK;
    }
    ch_node *node = new_node(r, kind, event);
    if (!node)
        return CHARLEY_E_MEMORY;
    CH_TRY(place(r, node));
    r->stack[r->depth++] = (frame){.node = node};
    return CHARLEY_OK;
}

static charley_status read_alias(reader *r, const yaml_event_t *event)
{
    fault_at_mark(r, CH_LINT_ANCHOR, event->start_mark,
                  "aliases (*name) are not read; write the value out");
    ch_node *node = new_node(r, CH_NODE_FAULTY, event);
    return node ? place(r, node) : CHARLEY_E_MEMORY;
}

static charley_status take_event(reader *r, const yaml_event_t *event)
{
    bool makes_node = event->type == YAML_SCALAR_EVENT ||
                      event->type == YAML_ALIAS_EVENT ||
                      event->type == YAML_SEQUENCE_START_EVENT ||
                      event->type == YAML_MAPPING_START_EVENT;
    if (makes_node && ++r->n_nodes > CH_MAX_YAML_NODES) {
        fault_at_mark(r, CH_LINT_YAML_LIMIT, event->start_mark,
                      "more than 200000 nodes; split the file");
        r->is_too_large = true;
        return CHARLEY_OK;
    }
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (++r->n_documents > 1) {
            fault_at_mark(r, CH_LINT_DOCUMENTS, event->start_mark,
                          "a second document; only the first is read");
            r->is_done = true;
        }
        return CHARLEY_OK;
    case YAML_SCALAR_EVENT:
        return read_scalar(r, event);
    case YAML_SEQUENCE_START_EVENT:
        return start_collection(r, event, CH_NODE_LIST);
    case YAML_MAPPING_START_EVENT:
        return start_collection(r, event, CH_NODE_MAPPING);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        r->stack[--r->depth].node->end = event->end_mark.index;
        return CHARLEY_OK;
    case YAML_ALIAS_EVENT:
        return read_alias(r, event);
    case YAML_STREAM_END_EVENT:
        r->is_done = true;
        return CHARLEY_OK;
    default:
        return CHARLEY_OK;
    }
}

/* What libyaml could not read: nothing after it can be trusted, nor what came before.
 */
static charley_status refuse_syntax(reader *r)
{
    const yaml_parser_t *parser = &r->parser;
    const char *problem = parser->problem ? parser->problem : "not YAML";
    r->root = NULL;
    if (parser->error == YAML_MEMORY_ERROR)
        return CHARLEY_E_MEMORY;
    if (parser->error == YAML_READER_ERROR)
        fault_at_byte(r, parser->problem_offset, problem);
    else
        fault_at_mark(r, CH_LINT_YAML, parser->problem_mark, problem);
    return CHARLEY_OK;
}

static charley_status read_events(reader *r)
{
    while (!r->is_done && !r->is_too_large) {
        yaml_event_t event;
        if (!yaml_parser_parse(&r->parser, &event))
            return refuse_syntax(r);
        charley_status status = take_event(r, &event);
        yaml_event_delete(&event);
        CH_TRY(status);
    }
    return CHARLEY_OK;
}

/* The first line break that is no line feed, or the size. libyaml counts them as lines
 * (YAML 1.1), most editors do not. */
static size_t find_odd_break(charley_text bytes)
{
    static const char *const BREAKS[] = {"\r", "\xC2\x85", "\xE2\x80\xA8",
                                         "\xE2\x80\xA9"};
    for (size_t at = 0; at < bytes.size; at++)
        for (size_t i = 0; i < sizeof BREAKS / sizeof *BREAKS; i++)
            if (bytes.bytes[at] == BREAKS[i][0] &&
                ch_view_starts_with(ch_view_part(bytes, at, 3), BREAKS[i]))
                return at;
    return bytes.size;
}

/* Faults of the bytes as such; libyaml would read some of them as another encoding. */
static bool is_text(reader *r)
{
    charley_text bytes = r->bytes;
    if (bytes.size == 0) {
        ch_report_place(r->desk, CH_LINT_YAML, r->file, 0, 0, "the file is empty");
        return false;
    }
    if (bytes.size > CH_MAX_YAML_BYTES) {
        ch_report_place(r->desk, CH_LINT_YAML_LIMIT, r->file, 0, 0,
                        "larger than 16 MiB");
        return false;
    }
    size_t valid = ch_utf8_valid(bytes.bytes, bytes.size);
    if (valid < bytes.size) {
        fault_at_byte(r, valid, "not UTF-8");
        return false;
    }
    size_t nul = ch_view_find(bytes, '\0');
    if (nul < bytes.size) {
        fault_at_byte(r, nul, "a NUL byte");
        return false;
    }
    if (ch_view_starts_with(bytes, "\xEF\xBB\xBF")) {
        fault_at_byte(r, 0, "a byte order mark; save the file as plain UTF-8");
        return false;
    }
    size_t odd_break = find_odd_break(bytes);
    if (odd_break < bytes.size) {
        fault_at_byte(r, odd_break, "lines end with a line feed (LF) alone");
        return false;
    }
    return true;
}

charley_status ch_yaml_read(ch_pool *pool, ch_desk *desk, const char *file,
                            charley_text bytes, ch_node **root)
{
    uint32_t n_errors = desk->n_errors;
    *root = NULL;
    reader *r = CH_NEW(pool, reader);
    if (!r)
        return CHARLEY_E_MEMORY;
    r->pool = pool;
    r->desk = desk;
    r->file = file;
    r->bytes = bytes;
    if (!is_text(r))
        return CHARLEY_E_DATA;
    if (!yaml_parser_initialize(&r->parser))
        return CHARLEY_E_MEMORY;
    yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r->parser, (const unsigned char *)bytes.bytes,
                                 bytes.size);
    charley_status status = read_events(r);
    yaml_parser_delete(&r->parser);
    CH_TRY(status);
    if (!r->root && desk->n_errors == n_errors)
        ch_report_place(desk, CH_LINT_YAML, file, 0, 0, "the file holds only comments");
    *root = r->is_too_large ? NULL : r->root;
    return desk->n_errors == n_errors ? CHARLEY_OK : CHARLEY_E_DATA;
}

/* ---- reading the tree ---- */

static const ch_node *get(const ch_node *mapping, charley_text key)
{
    for (const ch_node *value = mapping->first; value; value = value->next)
        if (value->key && ch_view_equal(value->key->text, key))
            return value;
    return NULL;
}

const ch_node *ch_node_get(const ch_node *mapping, const char *key)
{
    return get(mapping, ch_view(key));
}

bool ch_node_equal(const ch_node *a, const ch_node *b)
{
    if (a->kind != b->kind || a->n != b->n)
        return false;
    if (a->kind == CH_NODE_SCALAR)
        return ch_view_equal(a->text, b->text);
    const ch_node *other = b->first;
    for (const ch_node *child = a->first; child; child = child->next) {
        if (a->kind == CH_NODE_MAPPING)
            other = get(b, child->key->text);
        if (!other || !ch_node_equal(child, other))
            return false;
        other = other->next;
    }
    return true;
}
