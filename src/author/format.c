/* format.c: the house form of a YAML file.
 *
 * Two spaces a level; what fits in 110 columns and holds no entries or comments goes on
 * one line; keys stand in the order of the shapes. The text is read again before it is
 * handed out: unless it says the same and has every comment, the file is refused.
 */
#include "author/format.h"

#include "author/remarks.h"
#include "author/shape.h"
#include "base/view.h"

#include <string.h>

enum { MAX_COLUMNS = 110, STEP = 2 };

/* In which order the keys of a mapping stand. */
typedef struct key_order {
    const ch_shape *shape; /* or NULL */
    bool is_expression;
    bool is_root;  /* the keys name lists of entries */
    bool is_words; /* below `words:`, one sentence a line */
} key_order;

typedef struct printer {
    ch_pool *pool;
    ch_buffer *out;
    charley_status status;
} printer;

static void put_block(printer *p, const ch_node *node, unsigned indent,
                      key_order order);

/* ---- orders ---- */

static const char *const EXPRESSION_KEYS[] = {
    "all",     "any",   "not",          "number", "score", "at_least", "above",
    "at_most", "below", "above_number", "of",     "unit",  NULL};

static key_order order_of_list(charley_text key)
{
    for (unsigned kind = 0; kind < CH_N_ENTRY_KINDS; kind++) {
        const char *list = ch_list_key((ch_entry_kind)kind);
        if (list && ch_view_is(key, list))
            return (key_order){.shape = ch_shape_of((ch_entry_kind)kind)};
    }
    return (key_order){.is_words = ch_view_is(key, "words")};
}

/* The order of what stands under a key. */
static key_order order_below(key_order order, charley_text key)
{
    if (order.is_root)
        return order_of_list(key);
    if (!order.shape)
        return (key_order){.is_expression = order.is_expression};
    for (const ch_field *field = order.shape->fields; field->key; field++)
        if (ch_view_is(key, field->key))
            return (key_order){.shape = field->shape,
                               .is_expression = field->type == CH_T_EXPRESSION};
    return (key_order){0};
}

static size_t rank_of(key_order order, charley_text key)
{
    size_t rank = 0;
    if (order.is_expression) {
        while (EXPRESSION_KEYS[rank] && !ch_view_is(key, EXPRESSION_KEYS[rank]))
            rank++;
    } else if (order.shape) {
        while (order.shape->fields[rank].key &&
               !ch_view_is(key, order.shape->fields[rank].key))
            rank++;
    }
    return rank;
}

static key_order order_of_file(charley_text path)
{
    if (ch_view_is(path, "meta.yaml"))
        return (key_order){.shape = ch_shape_of_meta()};
    if (ch_view_starts_with(path, "conditions/"))
        return (key_order){.shape = ch_shape_of(CH_E_CONDITION)};
    if (ch_view_starts_with(path, "profiles/"))
        return (key_order){.shape = ch_shape_of(CH_E_PROFILE)};
    return (key_order){.is_root = true};
}

/* The children of a node as they are to be printed; equal ranks keep their order. */
static const ch_node **sorted_children(printer *p, const ch_node *node, key_order order)
{
    const ch_node **children = ch_pool_take(p->pool, node->n, sizeof *children);
    size_t n = 0;
    if (!children) {
        p->status = CHARLEY_E_MEMORY;
        return NULL;
    }
    for (const ch_node *child = node->first; child; child = child->next) {
        size_t at = n++;
        size_t rank = child->key ? rank_of(order, child->key->text) : 0;
        while (at > 0 && child->key &&
               rank_of(order, children[at - 1]->key->text) > rank) {
            children[at] = children[at - 1];
            at--;
        }
        children[at] = child;
    }
    return children;
}

/* ---- scalars ---- */

static void put(ch_buffer *out, const char *text)
{
    ch_buffer_add(out, ch_view(text));
}

static void put_indent(ch_buffer *out, unsigned indent)
{
    for (unsigned i = 0; i < indent; i++)
        put(out, " ");
}

/* The escape for the character that begins at byte `at`, if it needs one; *size is the
 * number of bytes it stands for. */
static const char *escape_at(charley_text text, size_t at, size_t *size)
{
    static const struct {
        const char *bytes;
        const char *escape;
    } ESCAPES[] = {{"\"", "\\\""},          {"\\", "\\\\"},         {"\n", "\\n"},
                   {"\t", "\\t"},           {"\r", "\\r"},          {"\xC2\x85", "\\N"},
                   {"\xE2\x80\xA8", "\\L"}, {"\xE2\x80\xA9", "\\P"}};
    charley_text rest = ch_view_part(text, at, text.size);
    for (size_t i = 0; i < sizeof ESCAPES / sizeof *ESCAPES; i++) {
        if (ch_view_starts_with(rest, ESCAPES[i].bytes)) {
            *size = strlen(ESCAPES[i].bytes);
            return ESCAPES[i].escape;
        }
    }
    return NULL;
}

static void put_quoted(ch_buffer *out, charley_text text)
{
    put(out, "\"");
    for (size_t at = 0; at < text.size;) {
        size_t size = 1;
        const char *escape = escape_at(text, at, &size);
        if (escape)
            put(out, escape);
        else if ((unsigned char)text.bytes[at] < ' ')
            ch_buffer_print(out, "\\x%02X", (unsigned)(unsigned char)text.bytes[at]);
        else
            ch_buffer_add(out, ch_view_part(text, at, 1));
        at += size;
    }
    put(out, "\"");
}

static bool has_any_of(charley_text text, const char *bytes)
{
    for (; *bytes; bytes++)
        if (ch_view_find(text, *bytes) < text.size)
            return true;
    return false;
}

/* On one line; a plain scalar stays plain where it would still be read as one. */
static void put_scalar(ch_buffer *out, const ch_node *node, bool in_flow)
{
    if (node->style == CH_STYLE_PLAIN && node->text.size &&
        !has_any_of(node->text, in_flow ? ",[]{}\n" : "\n"))
        ch_buffer_add(out, node->text);
    else
        put_quoted(out, node->text);
}

/* Can it be broken at its spaces and be put together again? */
static bool can_fold(charley_text text)
{
    if (text.size == 0 || text.bytes[0] == ' ' || text.bytes[text.size - 1] == ' ')
        return false;
    for (size_t i = 0; i < text.size; i++) {
        size_t size;
        const char *escape = escape_at(text, i, &size);
        bool is_plain = !escape || text.bytes[i] == '"' || text.bytes[i] == '\\';
        if (!is_plain || (unsigned char)text.bytes[i] < ' ' ||
            (text.bytes[i] == ' ' && text.bytes[i + 1] == ' '))
            return false;
    }
    return true;
}

static size_t count_characters(charley_text text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.size; i++)
        n += ((unsigned char)text.bytes[i] & 0xC0) != 0x80;
    return n;
}

/* The lines below a >-. */
static void put_folded(ch_buffer *out, charley_text text, unsigned indent)
{
    size_t column = MAX_COLUMNS + 1;
    for (size_t at = 0; at < text.size;) {
        charley_text rest = ch_view_part(text, at, text.size);
        charley_text word = ch_view_part(rest, 0, ch_view_find(rest, ' '));
        size_t width = count_characters(word);
        if (column + 1 + width > MAX_COLUMNS) {
            put(out, "\n");
            put_indent(out, indent);
            column = indent;
        } else {
            put(out, " ");
            column++;
        }
        ch_buffer_add(out, word);
        column += width;
        at += word.size + 1;
    }
}

/* ---- on one line ---- */

static bool is_entry_list(const ch_node *node)
{
    for (const ch_node *item = node->first; item; item = item->next)
        if (node->kind == CH_NODE_LIST && item->kind == CH_NODE_MAPPING &&
            ch_node_get(item, "id"))
            return true;
    return false;
}

/* May it stand on one line, if it fits? */
static bool can_flow(const ch_node *node, bool is_outermost)
{
    if (node->remarks &&
        (node->remarks->has_inner ||
         (!is_outermost && (node->remarks->leading || node->remarks->trailing))))
        return false;
    if (node->kind == CH_NODE_SCALAR)
        return ch_view_find(node->text, '\n') == node->text.size;
    if (is_entry_list(node))
        return false;
    for (const ch_node *child = node->first; child; child = child->next)
        if (!can_flow(child, false))
            return false;
    return true;
}

static void put_flow(printer *p, ch_buffer *out, const ch_node *node, key_order order)
{
    if (node->kind == CH_NODE_SCALAR) {
        put_scalar(out, node, true);
        return;
    }
    bool is_mapping = node->kind == CH_NODE_MAPPING;
    const ch_node **children = sorted_children(p, node, order);
    put(out, is_mapping ? "{" : "[");
    for (uint32_t i = 0; children && i < node->n; i++) {
        key_order below = order;
        put(out, i ? ", " : "");
        if (is_mapping) {
            put_scalar(out, children[i]->key, true);
            put(out, ": ");
            below = order_below(order, children[i]->key->text);
        }
        put_flow(p, out, children[i], below);
    }
    put(out, is_mapping ? "}" : "]");
}

/* Puts a node on the rest of a line that has `column` characters, if it fits there. */
static bool put_if_fits(printer *p, const ch_node *node, size_t column, key_order order)
{
    if (!can_flow(node, true) || (order.is_words && node->kind == CH_NODE_MAPPING))
        return false;
    ch_buffer flow = {.pool = p->pool};
    if (node->kind == CH_NODE_SCALAR)
        put_scalar(&flow, node, false);
    else
        put_flow(p, &flow, node, order);
    if (flow.is_failed)
        p->status = CHARLEY_E_MEMORY;
    charley_text text = {flow.bytes, flow.size};
    bool can_break = node->kind != CH_NODE_SCALAR || can_fold(node->text);
    if (can_break && column + count_characters(text) > MAX_COLUMNS)
        return false;
    ch_buffer_add(p->out, text);
    return true;
}

/* ---- on several lines ---- */

static void put_remark_line(printer *p, charley_text text, unsigned indent)
{
    put_indent(p->out, indent);
    ch_buffer_add(p->out, text);
    put(p->out, "\n");
}

static void put_blank(printer *p, bool is_wanted)
{
    if (is_wanted && p->out->size)
        put(p->out, "\n");
}

static void put_leading(printer *p, const ch_remarks *remarks, unsigned indent)
{
    for (const ch_remark *remark = remarks->leading; remark; remark = remark->next) {
        put_blank(p, remark->blank_before);
        put_remark_line(p, remark->text, indent);
    }
    put_blank(p, remarks->blank_before);
}

static void end_line(printer *p, const ch_remark *trailing)
{
    if (trailing) {
        put(p->out, "  ");
        ch_buffer_add(p->out, trailing->text);
    }
    put(p->out, "\n");
}

/* A scalar of several lines, or one that is too long for the line. */
static void put_long_scalar(printer *p, const ch_node *node, unsigned indent)
{
    if (can_fold(node->text)) {
        put(p->out, ">-");
        end_line(p, node->remarks->trailing);
        /* put_folded begins each line itself: take the line end back. */
        p->out->size--;
        put_folded(p->out, node->text, indent + STEP);
        put(p->out, "\n");
        return;
    }
    put_quoted(p->out, node->text);
    end_line(p, node->remarks->trailing);
}

static void put_pair(printer *p, const ch_node *value, unsigned indent, key_order order,
                     bool is_after_dash)
{
    if (!is_after_dash) {
        put_leading(p, value->remarks, indent);
        put_indent(p->out, indent);
    }
    size_t before = p->out->size;
    put_scalar(p->out, value->key, false);
    put(p->out, ": ");
    charley_text key = {p->out->bytes + before, p->out->size - before};
    if (p->out->is_failed)
        return;
    key_order below = order_below(order, value->key->text);
    if (put_if_fits(p, value, indent + count_characters(key), below)) {
        end_line(p, value->remarks->trailing);
    } else if (value->kind == CH_NODE_SCALAR) {
        put_long_scalar(p, value, indent);
    } else {
        p->out->size--; /* no space at the end of the line */
        end_line(p, value->remarks->trailing);
        put_block(p, value, indent + STEP, below);
    }
}

/* An item whose keys stand on lines of their own; the first goes after the dash. */
static void put_item_mapping(printer *p, const ch_node *item, unsigned indent,
                             key_order order)
{
    const ch_node **pairs = sorted_children(p, item, order);
    if (!pairs)
        return;
    if (item->remarks->trailing)
        put_remark_line(p, item->remarks->trailing->text, indent);
    put_indent(p->out, indent);
    put(p->out, "- ");
    for (uint32_t i = 0; i < item->n; i++)
        put_pair(p, pairs[i], indent + STEP, order, i == 0);
}

static void put_item(printer *p, const ch_node *item, unsigned indent, key_order order)
{
    put_leading(p, item->remarks, indent);
    size_t start = p->out->size;
    put_indent(p->out, indent);
    put(p->out, "- ");
    if (p->out->is_failed)
        return;
    if (put_if_fits(p, item, indent + STEP, order)) {
        end_line(p, item->remarks->trailing);
    } else if (item->kind == CH_NODE_SCALAR) {
        put_long_scalar(p, item, indent);
    } else if (item->kind == CH_NODE_MAPPING) {
        p->out->size = start;
        put_item_mapping(p, item, indent, order);
    } else {
        p->status = CHARLEY_E_DATA; /* the format has no such thing */
    }
}

static void put_block(printer *p, const ch_node *node, unsigned indent, key_order order)
{
    const ch_node **children = sorted_children(p, node, order);
    for (uint32_t i = 0; children && i < node->n; i++) {
        if (node->kind == CH_NODE_MAPPING)
            put_pair(p, children[i], indent, order, false);
        else
            put_item(p, children[i], indent, order);
    }
}

/* No comment can stand between a dash and the first key after it: it goes before the
 * dash. Done first, so that it does not keep the item from standing on one line. */
static void hoist(printer *p, const ch_node *node, key_order order)
{
    for (const ch_node *child = node->first; child; child = child->next) {
        bool is_item = !child->key && child->kind == CH_NODE_MAPPING && child->first;
        const ch_node **pairs = is_item ? sorted_children(p, child, order) : NULL;
        if (pairs)
            ch_remarks_hoist(child->remarks, pairs[0]->remarks);
        hoist(p, child, child->key ? order_below(order, child->key->text) : order);
    }
}

/* ---- the whole file ---- */

static void ignore_fault(void *user, const ch_fault *fault)
{
    (void)user;
    (void)fault;
}

static bool has_remark(const ch_vector *remarks, charley_text text)
{
    for (uint32_t i = 0; i < remarks->n; i++)
        if (ch_view_equal(CH_AT(*remarks, i, ch_remark)->text, text))
            return true;
    return false;
}

/* Does the new text say what the old one said, comments included? */
static charley_status verify(ch_pool *pool, charley_text text, const ch_node *root,
                             const ch_vector *remarks, charley_error *error)
{
    ch_desk desk = {.report = ignore_fault};
    ch_node *again = NULL;
    ch_vector kept;
    charley_status status = ch_yaml_read(pool, &desk, "", text, &again);
    if (status == CHARLEY_E_MEMORY)
        return status;
    if (status != CHARLEY_OK || !ch_node_equal(root, again))
        return ch_fail(error, CHARLEY_E_DATA,
                       "the file cannot be put into the house form unchanged");
    CH_TRY(ch_remarks_find(pool, text, again, &kept));
    bool is_complete = kept.n == remarks->n;
    for (uint32_t i = 0; i < remarks->n; i++)
        is_complete &= has_remark(&kept, CH_AT(*remarks, i, ch_remark)->text);
    if (!is_complete)
        return ch_fail(error, CHARLEY_E_DATA, "a comment would be lost");
    return CHARLEY_OK;
}

charley_status ch_format_file(ch_pool *pool, charley_text path, charley_text bytes,
                              ch_node *root, charley_text *text, charley_error *error)
{
    ch_vector remarks;
    ch_remarks footer;
    const ch_remark *homeless;
    CH_TRY(ch_remarks_find(pool, bytes, root, &remarks));
    CH_TRY(ch_remarks_attach(pool, bytes, root, &remarks, &footer, &homeless));
    if (homeless) {
        ch_fail(error, CHARLEY_E_DATA,
                "the comment in line %u stands where it cannot be kept; give it a line "
                "of its own",
                homeless->line);
        return CHARLEY_E_DATA;
    }
    ch_buffer out = {.pool = pool};
    printer p = {pool, &out, CHARLEY_OK};
    hoist(&p, root, order_of_file(path));
    ch_remarks_note_inner(root);
    put_block(&p, root, 0, order_of_file(path));
    put_leading(&p, &footer, 0);
    if (p.status == CHARLEY_E_DATA)
        return ch_fail(error, CHARLEY_E_DATA,
                       "a list that is an item of a list does not fit on a line");
    CH_TRY(p.status);
    if (out.is_failed)
        return CHARLEY_E_MEMORY;
    charley_text made = {out.bytes, out.size};
    CH_TRY(verify(pool, made, root, &remarks, error));
    *text = made;
    return CHARLEY_OK;
}
