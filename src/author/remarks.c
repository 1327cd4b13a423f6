/* remarks.c: see remarks.h. */
#include "author/remarks.h"

#include "base/view.h"

/* ---- finding ---- */

typedef struct span {
    size_t start;
    size_t end;
} span;

typedef struct scan {
    ch_pool *pool;
    charley_text bytes;
    ch_vector spans; /* of the scalars, ascending */
} scan;

static charley_status add_span(scan *s, const ch_node *node)
{
    span *added = ch_vector_add(s->pool, &s->spans);
    if (!added)
        return CHARLEY_E_MEMORY;
    *added = (span){node->start, node->end};
    return CHARLEY_OK;
}

static charley_status collect_spans(scan *s, const ch_node *node)
{
    if (node->key)
        CH_TRY(add_span(s, node->key));
    if (node->kind == CH_NODE_SCALAR)
        return add_span(s, node);
    for (const ch_node *child = node->first; child; child = child->next)
        CH_TRY(collect_spans(s, child));
    return CHARLEY_OK;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* Is the line that ends just before byte `end` empty? */
static bool is_empty_line_before(charley_text bytes, size_t end)
{
    if (end == 0 || bytes.bytes[end - 1] != '\n')
        return false;
    size_t at = end - 1;
    while (at > 0 && bytes.bytes[at - 1] != '\n')
        if (!is_blank(bytes.bytes[--at]))
            return false;
    return true;
}

/* The first byte of the line that holds byte `at`. */
static size_t line_start(charley_text bytes, size_t at)
{
    while (at > 0 && bytes.bytes[at - 1] != '\n')
        at--;
    return at;
}

static bool starts_comment(charley_text bytes, size_t at)
{
    return bytes.bytes[at] == '#' &&
           (at == 0 || is_blank(bytes.bytes[at - 1]) || bytes.bytes[at - 1] == '\n');
}

/* Takes the comment that starts at byte `at`; returns the byte after it. */
static size_t take_comment(const scan *s, ch_vector *remarks, size_t at,
                           size_t position, uint32_t line)
{
    charley_text bytes = s->bytes;
    size_t end = at + ch_view_find(ch_view_part(bytes, at, bytes.size), '\n');
    size_t first = line_start(bytes, at);
    size_t before = first;
    while (before < at && is_blank(bytes.bytes[before]))
        before++;
    ch_remark *remark = ch_vector_add(s->pool, remarks);
    if (!remark)
        return bytes.size + 1;
    size_t last = end;
    while (is_blank(bytes.bytes[last - 1]))
        last--;
    *remark = (ch_remark){.text = ch_view_part(bytes, at, last - at),
                          .position = position,
                          .line = line,
                          .is_own_line = before == at,
                          .blank_before = is_empty_line_before(bytes, first)};
    return end;
}

charley_status ch_remarks_find(ch_pool *pool, charley_text bytes, const ch_node *root,
                               ch_vector *remarks)
{
    scan s = {pool, bytes, CH_VECTOR(span)};
    CH_TRY(collect_spans(&s, root));
    *remarks = CH_VECTOR(ch_remark);
    uint32_t next = 0;
    uint32_t line = 1;
    size_t position = 0; /* of byte `at`, in characters */
    for (size_t at = 0; at < bytes.size; at++, position++) {
        while (next < s.spans.n && CH_AT(s.spans, next, span)->end <= position)
            next++;
        const span *scalar = next < s.spans.n ? CH_AT(s.spans, next, span) : NULL;
        bool is_inside = scalar && position >= scalar->start;
        /* The line that opens a block scalar (| or >) may end with a comment. */
        if (is_inside && (bytes.bytes[at] == '|' || bytes.bytes[at] == '>') &&
            position == scalar->start) {
            size_t size = ch_view_find(ch_view_part(bytes, at, bytes.size), '\n');
            CH_AT(s.spans, next, span)->start += size;
            is_inside = false;
        }
        if (!is_inside && starts_comment(bytes, at)) {
            size_t end = take_comment(&s, remarks, at, position, line);
            if (end > bytes.size)
                return CHARLEY_E_MEMORY;
            for (; at < end; at++)
                position += ((unsigned char)bytes.bytes[at] & 0xC0) != 0x80;
            if (at == bytes.size)
                break;
        }
        line += bytes.bytes[at] == '\n';
        while (at + 1 < bytes.size &&
               ((unsigned char)bytes.bytes[at + 1] & 0xC0) == 0x80)
            at++;
    }
    return CHARLEY_OK;
}

/* ---- attaching ---- */

typedef struct attach {
    ch_pool *pool;
    charley_text bytes;
    ch_vector *remarks;
    uint32_t next_leading; /* the first remark not yet passed */
    uint32_t line;         /* of the node before */
    const bool *blank;     /* [n_lines + 1]: is the line before this one empty? */
} attach;

static size_t start_of(const ch_node *node)
{
    return node->key ? node->key->start : node->start;
}

static uint32_t line_of(const ch_node *node)
{
    return node->key ? node->key->line : node->line;
}

static void append(ch_remarks *to, ch_remark *remark)
{
    if (to->last)
        to->last->next = remark;
    else
        to->leading = remark;
    to->last = remark;
}

/* Remarks on lines of their own go with the first node after them, the outermost of
 * those that start there. */
static charley_status lead(attach *a, ch_node *node)
{
    node->remarks = CH_NEW(a->pool, ch_remarks);
    if (!node->remarks)
        return CHARLEY_E_MEMORY;
    if (line_of(node) != a->line)
        node->remarks->blank_before = a->blank[line_of(node)];
    a->line = line_of(node);
    while (a->next_leading < a->remarks->n) {
        ch_remark *remark = CH_AT(*a->remarks, a->next_leading, ch_remark);
        if (remark->position >= start_of(node))
            break;
        if (remark->is_own_line)
            append(node->remarks, remark);
        a->next_leading++;
    }
    for (ch_node *child = node->first; child; child = child->next)
        CH_TRY(lead(a, child));
    return CHARLEY_OK;
}

/* The node that a remark at the end of a line goes with: the outermost that starts on
 * the line and is complete, else the innermost that starts there and goes on. */
static ch_node *trail(ch_node *node, const ch_remark *remark, ch_node *found)
{
    for (ch_node *child = node->first; child; child = child->next) {
        bool is_here =
            line_of(child) == remark->line && start_of(child) < remark->position;
        if (is_here && child->end <= remark->position) {
            found = child;
            continue; /* a later sister on the same line comes nearer */
        }
        if (is_here)
            found = child;
        found = trail(child, remark, found);
    }
    return found;
}

void ch_remarks_hoist(ch_remarks *to, ch_remarks *from)
{
    if (!from->leading)
        return;
    from->leading->blank_before |= to->blank_before;
    to->blank_before = from->blank_before;
    if (to->last)
        to->last->next = from->leading;
    else
        to->leading = from->leading;
    to->last = from->last;
    from->leading = from->last = NULL;
    from->blank_before = false;
}

bool ch_remarks_note_inner(ch_node *node)
{
    bool has_inner = false;
    for (ch_node *child = node->first; child; child = child->next) {
        bool is_inner = ch_remarks_note_inner(child);
        has_inner |= is_inner || child->remarks->leading || child->remarks->trailing;
    }
    if (node->remarks)
        node->remarks->has_inner = has_inner;
    return has_inner;
}

/* blank[line] for every line: is the one before it empty? */
static bool *find_blank_lines(ch_pool *pool, charley_text bytes)
{
    size_t n_lines = 1;
    for (size_t i = 0; i < bytes.size; i++)
        n_lines += bytes.bytes[i] == '\n';
    bool *blank = ch_pool_take(pool, n_lines + 2, sizeof *blank);
    size_t line = 1;
    for (size_t i = 0; blank && i < bytes.size; i++)
        if (bytes.bytes[i] == '\n')
            blank[++line] = is_empty_line_before(bytes, i + 1);
    return blank;
}

charley_status ch_remarks_attach(ch_pool *pool, charley_text bytes, ch_node *root,
                                 ch_vector *remarks, ch_remarks *footer,
                                 const ch_remark **homeless)
{
    *homeless = NULL;
    *footer = (ch_remarks){0};
    attach a = {pool, bytes, remarks, 0, 0, find_blank_lines(pool, bytes)};
    if (!a.blank)
        return CHARLEY_E_MEMORY;
    for (ch_node *child = root->first; child; child = child->next)
        CH_TRY(lead(&a, child));
    for (uint32_t i = 0; i < remarks->n; i++) {
        ch_remark *remark = CH_AT(*remarks, i, ch_remark);
        if (remark->is_own_line && i >= a.next_leading)
            append(footer, remark);
        if (remark->is_own_line)
            continue;
        ch_node *node = trail(root, remark, NULL);
        if (!node || node->remarks->trailing)
            *homeless = remark;
        else
            node->remarks->trailing = remark;
    }
    return CHARLEY_OK;
}
