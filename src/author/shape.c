/* shape.c: see shape.h. */
#include "author/shape.h"

#include "base/view.h"
#include "text/number.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { MAX_FIELDS = 40, MAX_ID_BYTES = 60 };

typedef struct walk {
    ch_bookshelf *shelf;
    const ch_field *field;
    const ch_node *node; /* the value */
    unsigned char *out;  /* the field in the struct */
} walk;

/* ---- scalars ---- */

static bool is_scalar(ch_bookshelf *shelf, const ch_node *node, const char *what,
                      const char *wanted)
{
    if (node->kind == CH_NODE_SCALAR)
        return true;
    if (node->kind != CH_NODE_FAULTY)
        ch_report(&shelf->desk, CH_LINT_WRONG_TYPE, node, "%s must be %s", what,
                  wanted);
    return false;
}

bool ch_scalar_real(ch_bookshelf *shelf, const ch_node *node, const char *what,
                    double *value)
{
    if (!is_scalar(shelf, node, what, "a number"))
        return false;
    if (node->style == CH_STYLE_PLAIN &&
        ch_number_parse(node->text, value) == CHARLEY_OK)
        return true;
    ch_report(&shelf->desk, CH_LINT_WRONG_TYPE, node,
              "%s must be a number, not \"%.*s\"%s", what, CH_ARG(node->text),
              node->style == CH_STYLE_PLAIN ? "" : " in quotes");
    return false;
}

/* What is wrong with a text, or NULL. */
static const char *text_fault(charley_text text)
{
    if (text.size == 0)
        return "is empty";
    if (text.bytes[0] == ' ' || text.bytes[text.size - 1] == ' ')
        return "has a space at one end";
    for (size_t i = 0; i < text.size; i++) {
        if ((unsigned char)text.bytes[i] < ' ' || text.bytes[i] == 0x7F)
            return "has a control character or line break in it; use a list for steps";
        if (ch_view_starts_with(ch_view_part(text, i, 4), "TODO"))
            return "has something left to do in it";
    }
    return NULL;
}

bool ch_scalar_text(ch_bookshelf *shelf, const ch_node *node, const char *what)
{
    if (!is_scalar(shelf, node, what, "text"))
        return false;
    const char *fault = text_fault(node->text);
    if (fault)
        ch_report(&shelf->desk, CH_LINT_BAD_TEXT, node, "%s %s", what, fault);
    return fault == NULL;
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_id(charley_text id)
{
    if (id.size == 0 || id.size > MAX_ID_BYTES || !is_lower(id.bytes[0]))
        return false;
    for (size_t i = 1; i < id.size; i++)
        if (!is_lower(id.bytes[i]) && !is_digit(id.bytes[i]) && id.bytes[i] != '_')
            return false;
    return true;
}

/* Does `id` match a pattern in which each 0 stands for any digit? */
static bool has_form(charley_text id, const char *pattern)
{
    if (id.size != strlen(pattern))
        return false;
    for (size_t i = 0; i < id.size; i++)
        if (pattern[i] == '0' ? !is_digit(id.bytes[i]) : id.bytes[i] != pattern[i])
            return false;
    return true;
}

static bool read_id(const walk *w)
{
    const char *form = w->field->type == CH_T_CLAIM_ID    ? "S0-00"
                       : w->field->type == CH_T_HAZARD_ID ? "H-000"
                                                          : NULL;
    if (!is_scalar(w->shelf, w->node, w->field->key, "an id"))
        return false;
    if (form ? has_form(w->node->text, form) : is_id(w->node->text))
        return true;
    ch_report(&w->shelf->desk, CH_LINT_BAD_ID, w->node,
              form ? "\"%.*s\" is not an id of the form %s"
                   : "\"%.*s\" is not an id: lower case letters, digits and _, "
                     "beginning with a letter%s",
              CH_ARG(w->node->text), form ? form : "");
    return false;
}

static void read_entry_id(const walk *w)
{
    if (!read_id(w))
        return;
    ch_entry *entry = (ch_entry *)(void *)w->out;
    entry->id_node = w->node;
    entry->id = w->node->text;
}

/* Finds which of the allowed words `node` is; false, and reported, when none. */
static bool read_choice(const walk *w, const ch_node *node, uint8_t *value)
{
    if (!is_scalar(w->shelf, node, w->field->key, "a word"))
        return false;
    ch_guess guess = ch_guess_start(node->text);
    ch_buffer allowed = {.pool = &w->shelf->pool};
    for (const ch_name_value *word = w->field->words; word->name; word++) {
        if (ch_view_is(node->text, word->name)) {
            *value = word->value;
            return true;
        }
        ch_guess_try(&guess, ch_view(word->name));
        ch_buffer_print(&allowed, "%s%s", allowed.size ? ", " : "", word->name);
    }
    char hint[CH_HINT_SIZE];
    ch_report(&w->shelf->desk,
              w->field->word_lint ? w->field->word_lint : CH_LINT_NOT_A_CHOICE, node,
              "%s is one of %s, not \"%.*s\"%s", w->field->key,
              allowed.bytes ? allowed.bytes : "", CH_ARG(node->text),
              ch_guess_hint(&guess, hint));
    return false;
}

static void read_word(const walk *w)
{
    read_choice(w, w->node, w->out);
}

static void read_bool(const walk *w)
{
    if (!is_scalar(w->shelf, w->node, w->field->key, "true or false"))
        return;
    bool is_true = ch_view_is(w->node->text, "true");
    if (w->node->style != CH_STYLE_PLAIN ||
        (!is_true && !ch_view_is(w->node->text, "false"))) {
        ch_report(&w->shelf->desk, CH_LINT_WRONG_TYPE, w->node,
                  "%s must be true or false, not \"%.*s\"", w->field->key,
                  CH_ARG(w->node->text));
        return;
    }
    memcpy(w->out, &is_true, sizeof is_true);
}

static void read_real(const walk *w)
{
    double value;
    if (!ch_scalar_real(w->shelf, w->node, w->field->key, &value))
        return;
    bool is_whole = w->field->type == CH_T_WHOLE;
    if (is_whole && value != floor(value)) {
        ch_report(&w->shelf->desk, CH_LINT_WRONG_TYPE, w->node,
                  "%s must be a whole number", w->field->key);
    } else if (value < w->field->least || value > w->field->most) {
        ch_report(&w->shelf->desk, CH_LINT_OUT_OF_RANGE, w->node,
                  "%s must be from %g to %g", w->field->key, w->field->least,
                  w->field->most);
    } else {
        *(ch_real *)(void *)w->out = (ch_real){w->node, value};
    }
}

/* ---- lists and records ---- */

static bool is_list(const walk *w, const char *wanted)
{
    if (w->node->kind == CH_NODE_LIST && w->node->n > 0)
        return true;
    if (w->node->kind != CH_NODE_FAULTY)
        ch_report(&w->shelf->desk, CH_LINT_WRONG_TYPE, w->node, "%s must be %s%s",
                  w->field->key, wanted,
                  w->node->kind == CH_NODE_LIST ? "; this one is empty" : "");
    return false;
}

static void read_interval(const walk *w)
{
    if (!is_list(w, "two numbers, [low, high]"))
        return;
    ch_real *ends = (ch_real *)(void *)w->out;
    const ch_node *low = w->node->first;
    if (w->node->n != 2) {
        ch_report(&w->shelf->desk, CH_LINT_WRONG_TYPE, w->node,
                  "%s must be two numbers, [low, high]", w->field->key);
        return;
    }
    double value[2];
    if (ch_scalar_real(w->shelf, low, w->field->key, &value[0]) &&
        ch_scalar_real(w->shelf, low->next, w->field->key, &value[1])) {
        ends[0] = (ch_real){low, value[0]};
        ends[1] = (ch_real){low->next, value[1]};
    }
}

static void read_words(const walk *w)
{
    if (!is_list(w, "a list of words"))
        return;
    uint32_t set = 0;
    for (const ch_node *item = w->node->first; item; item = item->next) {
        uint8_t value = 0;
        if (read_choice(w, item, &value))
            set |= UINT32_C(1) << value;
    }
    memcpy(w->out, &set, sizeof set);
}

static charley_status read_texts(const walk *w)
{
    if (!is_list(w, "a list of texts"))
        return CHARLEY_OK;
    ch_texts *texts = (ch_texts *)(void *)w->out;
    texts->items = ch_pool_take(&w->shelf->pool, w->node->n, sizeof *texts->items);
    if (!texts->items)
        return CHARLEY_E_MEMORY;
    for (const ch_node *item = w->node->first; item; item = item->next)
        if (ch_scalar_text(w->shelf, item, w->field->key))
            texts->items[texts->n++] = item;
    return CHARLEY_OK;
}

charley_status ch_ref_note(ch_bookshelf *shelf, ch_ref *ref, ch_entry_kind kind,
                           const ch_node *node)
{
    ch_pending *pending = ch_vector_add(&shelf->pool, &shelf->pending);
    if (!pending)
        return CHARLEY_E_MEMORY;
    ref->node = node;
    *pending = (ch_pending){ref, kind, shelf->reading};
    return CHARLEY_OK;
}

static charley_status read_ref(const walk *w, const ch_node *node, ch_ref *ref)
{
    if (!ch_scalar_text(w->shelf, node, w->field->key))
        return CHARLEY_OK;
    return ch_ref_note(w->shelf, ref, w->field->kind, node);
}

static charley_status refuse_twice(const walk *w)
{
    const ch_refs *refs = (const ch_refs *)(const void *)w->out;
    ch_table seen = {0};
    for (uint32_t i = 0; i < refs->n; i++) {
        const ch_node *node = refs->items[i].node;
        if (ch_table_find(&seen, node->text) != CH_NONE)
            ch_report(&w->shelf->desk, CH_LINT_LISTED_TWICE, node,
                      "\"%.*s\" stands in this list already", CH_ARG(node->text));
        else
            CH_TRY(ch_table_put(&w->shelf->pool, &seen, node->text, i));
    }
    return CHARLEY_OK;
}

static charley_status read_refs(const walk *w)
{
    ch_refs *refs = (ch_refs *)(void *)w->out;
    bool is_one = w->node->kind == CH_NODE_SCALAR;
    if (!is_one && !is_list(w, "an id or a list of ids"))
        return CHARLEY_OK;
    refs->items =
        ch_pool_take(&w->shelf->pool, is_one ? 1 : w->node->n, sizeof *refs->items);
    if (!refs->items)
        return CHARLEY_E_MEMORY;
    for (const ch_node *item = is_one ? w->node : w->node->first; item;
         item = is_one ? NULL : item->next) {
        ch_ref *ref = &refs->items[refs->n];
        CH_TRY(read_ref(w, item, ref));
        if (ref->node)
            refs->n++;
    }
    return refuse_twice(w);
}

static charley_status read_record(const walk *w, const ch_node *node, void **record)
{
    *record = ch_pool_take(&w->shelf->pool, 1, w->field->shape->size);
    if (!*record)
        return CHARLEY_E_MEMORY;
    return ch_shape_read(w->shelf, w->field->shape, node, *record);
}

static charley_status read_records(const walk *w)
{
    if (!is_list(w, "a list"))
        return CHARLEY_OK;
    ch_vector *records = (ch_vector *)(void *)w->out;
    *records = CH_VECTOR(void *);
    for (const ch_node *item = w->node->first; item; item = item->next) {
        void *record;
        CH_TRY(read_record(w, item, &record));
        void **slot = ch_vector_add(&w->shelf->pool, records);
        if (!slot)
            return CHARLEY_E_MEMORY;
        *slot = record;
    }
    return CHARLEY_OK;
}

static charley_status read_field(const walk *w, unsigned char *base)
{
    switch (w->field->type) {
    case CH_T_ID:
    case CH_T_CLAIM_ID:
        read_entry_id(w);
        return CHARLEY_OK;
    case CH_T_HAZARD_ID:
        if (read_id(w))
            memcpy(w->out, &w->node, sizeof w->node);
        return CHARLEY_OK;
    case CH_T_TEXT:
        if (ch_scalar_text(w->shelf, w->node, w->field->key))
            memcpy(w->out, &w->node, sizeof w->node);
        return CHARLEY_OK;
    case CH_T_TEXTS:
        return read_texts(w);
    case CH_T_WORD:
        read_word(w);
        return CHARLEY_OK;
    case CH_T_WORDS:
        read_words(w);
        return CHARLEY_OK;
    case CH_T_FLAG:
        memcpy(base + w->field->node_offset, &w->node, sizeof w->node);
        read_bool(w);
        return CHARLEY_OK;
    case CH_T_BOOL:
        read_bool(w);
        return CHARLEY_OK;
    case CH_T_REAL:
    case CH_T_WHOLE:
        read_real(w);
        return CHARLEY_OK;
    case CH_T_INTERVAL:
        read_interval(w);
        return CHARLEY_OK;
    case CH_T_REF:
        return read_ref(w, w->node, (ch_ref *)(void *)w->out);
    case CH_T_REFS:
        return read_refs(w);
    case CH_T_EXPRESSION:
        return ch_expression_read(w->shelf, w->node, (ch_term **)(void *)w->out);
    case CH_T_FORMULA:
        return ch_formula_read(w->shelf, w->node, (ch_sum **)(void *)w->out);
    case CH_T_RECORD:
        return read_record(w, w->node, (void **)(void *)w->out);
    case CH_T_RECORDS:
        return read_records(w);
    }
    return CHARLEY_OK;
}

/* ---- mappings ---- */

static void refuse_key(ch_bookshelf *shelf, const ch_shape *shape, const ch_node *key)
{
    ch_guess guess = ch_guess_start(key->text);
    for (const ch_field *field = shape->fields; field->key; field++)
        ch_guess_try(&guess, ch_view(field->key));
    char hint[CH_HINT_SIZE];
    ch_report(&shelf->desk, CH_LINT_UNKNOWN_KEY, key, "%s has no key \"%.*s\"%s",
              shape->what, CH_ARG(key->text), ch_guess_hint(&guess, hint));
}

/* Numbers that are not given are NaN, never 0. */
static void clear_reals(const ch_shape *shape, unsigned char *out)
{
    for (const ch_field *field = shape->fields; field->key; field++) {
        ch_real *real = (ch_real *)(void *)(out + field->offset);
        if (field->type == CH_T_REAL || field->type == CH_T_WHOLE)
            real->value = (double)NAN;
        if (field->type == CH_T_INTERVAL)
            real[0].value = real[1].value = (double)NAN;
    }
}

static void report_missing(ch_bookshelf *shelf, const ch_shape *shape,
                           const ch_node *node, const bool seen[MAX_FIELDS])
{
    for (size_t i = 0; shape->fields[i].key; i++) {
        const ch_field *field = &shape->fields[i];
        if (field->is_needed && !seen[i])
            ch_report(&shelf->desk,
                      field->missing_lint ? field->missing_lint : CH_LINT_MISSING_KEY,
                      node, "%s needs the key \"%s\"", shape->what, field->key);
    }
}

static charley_status read_keys(ch_bookshelf *shelf, const ch_shape *shape,
                                const ch_node *node, unsigned char *out)
{
    bool seen[MAX_FIELDS] = {false};
    for (const ch_node *value = node->first; value; value = value->next) {
        size_t i = 0;
        while (shape->fields[i].key &&
               !ch_view_is(value->key->text, shape->fields[i].key))
            i++;
        if (!shape->fields[i].key) {
            refuse_key(shelf, shape, value->key);
            continue;
        }
        assert(i < MAX_FIELDS);
        seen[i] = true;
        walk w = {shelf, &shape->fields[i], value, out + shape->fields[i].offset};
        CH_TRY(read_field(&w, out));
    }
    report_missing(shelf, shape, node, seen);
    return CHARLEY_OK;
}

charley_status ch_shape_read(ch_bookshelf *shelf, const ch_shape *shape,
                             const ch_node *node, void *out)
{
    uint32_t n_errors = shelf->desk.n_errors;
    ch_entry *outer = shelf->reading;
    clear_reals(shape, out);
    memcpy((unsigned char *)out + shape->node_offset, &node, sizeof node);
    if (shape->is_entry) {
        ((ch_entry *)out)->parent = outer;
        shelf->reading = out;
    }
    charley_status status = CHARLEY_OK;
    if (node->kind == CH_NODE_MAPPING)
        status = read_keys(shelf, shape, node, out);
    else if (node->kind != CH_NODE_FAULTY)
        ch_report(&shelf->desk, CH_LINT_WRONG_TYPE, node, "%s must be a mapping",
                  shape->what);
    shelf->reading = outer;
    bool is_faulty = shelf->desk.n_errors != n_errors || node->kind == CH_NODE_FAULTY;
    if (shape->is_entry)
        ((ch_entry *)out)->is_faulty = is_faulty;
    shelf->has_faulty_entry |= is_faulty;
    return status;
}
