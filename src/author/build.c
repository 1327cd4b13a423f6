/* build.c: the builder of images: records, strings, expressions, and the sealed block.
 */
#include "author/compile.h"

#include "base/view.h"
#include "kb/kb.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- records and strings ---- */

void *ch_put(ch_builder *builder, ch_section section)
{
    ch_vector *records = &builder->sections[section];
    void *record = ch_vector_add(&builder->shelf->pool, records);
    if (record)
        return record;
    builder->is_failed = true;
    return memset(builder->spare.bytes, 0, sizeof builder->spare.bytes);
}

uint32_t ch_put_count(const ch_builder *builder, ch_section section)
{
    return builder->sections[section].n;
}

/* Strings end with a zero, the empty one first: whoever packs an image can count them
 * instead of keeping where each begins. */
static const charley_text END = {"", 1};

ch_string ch_put_text(ch_builder *builder, charley_text text)
{
    if (text.size == 0)
        return (ch_string){0, 0};
    uint32_t offset = ch_table_find(&builder->string_at, text);
    if (offset == CH_NONE) {
        offset = (uint32_t)builder->strings.size;
        ch_buffer_add(&builder->strings, text);
        ch_buffer_add(&builder->strings, END);
        if (ch_table_put(&builder->shelf->pool, &builder->string_at, text, offset) !=
            CHARLEY_OK)
            builder->is_failed = true;
    }
    return (ch_string){offset, (uint32_t)text.size};
}

ch_string ch_put_node(ch_builder *builder, const ch_node *node)
{
    return node ? ch_put_text(builder, node->text) : (ch_string){0, 0};
}

charley_text ch_print_text(ch_builder *builder, const char *format, ...)
{
    char text[1024];
    va_list list;
    va_start(list, format);
    int size = vsnprintf(text, sizeof text, format, list);
    va_end(list);
    ch_buffer kept = {.pool = &builder->shelf->pool};
    size_t n = size < 0 ? 0 : (size_t)size;
    ch_buffer_add(&kept, (charley_text){text, n < sizeof text ? n : sizeof text - 1});
    builder->is_failed |= kept.is_failed;
    return (charley_text){kept.bytes, kept.size};
}

ch_run ch_put_refs(ch_builder *builder, const ch_refs *refs)
{
    ch_run run = {ch_put_count(builder, CH_S_LISTS), refs->n};
    for (uint32_t i = 0; i < refs->n; i++)
        *(uint32_t *)ch_put(builder, CH_S_LISTS) = refs->items[i].entry->record;
    return run;
}

/* ---- words ---- */

static int compare_words(const void *a, const void *b)
{
    const ch_word_entry *const *left = a;
    const ch_word_entry *const *right = b;
    int by_kept =
        ch_word_key_is_kept((*right)->key) - ch_word_key_is_kept((*left)->key);
    return by_kept ? by_kept : ch_view_compare((*left)->key, (*right)->key);
}

void ch_compile_words(ch_builder *builder)
{
    const ch_vector *words = &builder->language->words;
    ch_pool *pool = &builder->shelf->pool;
    ch_word_entry **sorted = ch_pool_take(pool, words->n, sizeof *sorted);
    builder->word_records = ch_pool_take(pool, words->n, sizeof(uint32_t));
    if (!sorted || !builder->word_records) {
        builder->is_failed = true;
        return;
    }
    uint32_t n = 0; /* variants are kept beside the words: see compile_drugs.c */
    for (uint32_t i = 0; i < words->n; i++) {
        ch_word_entry *word = CH_AT(*words, i, ch_word_entry);
        bool is_of_nobody = !word->is_in_use && !ch_word_key_is_kept(word->key);
        if (!is_of_nobody && !ch_variant_split(word->key).region.size)
            sorted[n++] = word;
    }
    qsort(sorted, n, sizeof *sorted, compare_words);
    for (uint32_t i = 0; i < n; i++) {
        builder->word_records[sorted[i] - CH_AT(*words, 0, ch_word_entry)] = i;
        ch_word *word = ch_put(builder, CH_S_WORDS);
        if (ch_word_key_is_kept(sorted[i]->key))
            word->key = ch_put_text(builder, sorted[i]->key);
        word->text = ch_put_text(builder, sorted[i]->text);
        ch_put_variants(builder, i, sorted[i]->key);
    }
}

uint32_t ch_put_word(const ch_builder *builder, const char *kind, charley_text id,
                     const char *part)
{
    uint32_t index = ch_word_find(builder->language, kind, id, part);
    return index == CH_NONE ? CH_NONE : builder->word_records[index];
}

uint32_t ch_put_deep_word(const ch_builder *builder, const char *kind, charley_text id,
                          const char *part, charley_text inner)
{
    uint32_t index = ch_word_find_deep(builder->language, kind, id, part, inner);
    return index == CH_NONE ? CH_NONE : builder->word_records[index];
}

/* ---- expressions ---- */

/* One comparison node for each bound of a number or score. */
static void put_bound(ch_builder *builder, const ch_term *term, const ch_bound *bound)
{
    ch_expr *node = ch_put(builder, CH_S_EXPRS);
    node->op = (uint8_t)term->op;
    node->comparison = (uint8_t)bound->comparison;
    node->size = 1;
    node->a = term->op == CH_OP_NUMBER
                  ? ((ch_finding_entry *)(void *)term->subject.entry)->number_record
                  : term->subject.entry->record;
    node->value = term->op == CH_OP_NUMBER ? bound->converted : bound->value.value;
}

static void put_group(ch_builder *builder, ch_op op, uint32_t n, uint32_t wanted,
                      uint32_t first)
{
    uint32_t size = ch_put_count(builder, CH_S_EXPRS) - first + 1;
    ch_expr *node = ch_put(builder, CH_S_EXPRS);
    node->op = (uint8_t)op;
    node->n = (uint16_t)n;
    node->a = wanted;
    node->size = size;
}

static void put_term(ch_builder *builder, const ch_term *term)
{
    uint32_t first = ch_put_count(builder, CH_S_EXPRS);
    if (term->op == CH_OP_NUMBER || term->op == CH_OP_SCORE) {
        for (uint32_t i = 0; i < term->n_bounds; i++)
            put_bound(builder, term, &term->bounds[i]);
        if (term->n_bounds == 2)
            put_group(builder, CH_OP_ALL, 2, 0, first);
        return;
    }
    if (term->op == CH_OP_ATOM || term->op == CH_OP_TWO_NUMBERS) {
        ch_expr *node = ch_put(builder, CH_S_EXPRS);
        node->op = (uint8_t)term->op;
        node->size = 1;
        node->a = term->subject.entry->record;
        if (term->op == CH_OP_TWO_NUMBERS) {
            node->comparison = CH_ABOVE;
            node->a = ((ch_finding_entry *)(void *)term->subject.entry)->number_record;
            node->b = ((ch_finding_entry *)(void *)term->other.entry)->number_record;
            node->value = term->factor;
        }
        return;
    }
    for (const ch_term *operand = term->first; operand; operand = operand->next)
        put_term(builder, operand);
    put_group(builder, term->op, term->n, term->wanted, first);
}

ch_run ch_put_expression(ch_builder *builder, const ch_term *term)
{
    if (!term)
        return (ch_run){0, 0};
    uint32_t first = ch_put_count(builder, CH_S_EXPRS);
    put_term(builder, term);
    return (ch_run){first, ch_put_count(builder, CH_S_EXPRS) - first};
}

static void put_sum(ch_builder *builder, const ch_sum *sum)
{
    for (const ch_sum *operand = sum->first; operand; operand = operand->next)
        put_sum(builder, operand);
    ch_formula *node = ch_put(builder, CH_S_FORMULAS);
    node->op = sum->op;
    node->value = sum->value;
    if (sum->op == CH_F_NUMBER)
        node->a = ((ch_finding_entry *)(void *)sum->number.entry)->number_record;
}

ch_run ch_put_formula(ch_builder *builder, const ch_sum *sum)
{
    if (!sum)
        return (ch_run){0, 0};
    uint32_t first = ch_put_count(builder, CH_S_FORMULAS);
    put_sum(builder, sum);
    return (ch_run){first, ch_put_count(builder, CH_S_FORMULAS) - first};
}

/* ---- passports ---- */

static charley_text note_of(ch_builder *builder, const ch_backing *backing)
{
    const ch_node *why = backing->why;
    const ch_node *note = backing->note;
    if (why && note)
        return ch_print_text(builder, "%.*s (%.*s)", CH_ARG(why->text),
                             CH_ARG(note->text));
    if (why)
        return why->text;
    return note ? note->text : (charley_text){NULL, 0};
}

uint32_t ch_put_passport(ch_builder *builder, charley_text claim,
                         const ch_backing *backing, const char *derivation,
                         double published, double published_negative)
{
    uint32_t index = ch_put_count(builder, CH_S_PASSPORTS);
    ch_passport *passport = ch_put(builder, CH_S_PASSPORTS);
    passport->claim = ch_put_text(builder, claim);
    passport->derivation = ch_put_text(builder, ch_view(derivation));
    passport->at = ch_put_node(builder, backing->at);
    passport->note = ch_put_text(builder, note_of(builder, backing));
    passport->source = backing->source.entry ? backing->source.entry->record : CH_NONE;
    passport->mark = backing->mark;
    passport->evidence = backing->evidence                   ? backing->evidence
                         : backing->mark == CHARLEY_ESTIMATE ? CH_EV_JUDGEMENT
                                                             : CH_EV_STUDY;
    passport->published[0] = derivation[0] ? published : (double)NAN;
    passport->published[1] = published_negative;
    passport->published[2] = (double)NAN;
    if (backing->n.node) {
        passport->n = backing->n.value;
        passport->of = backing->of.value;
    }
    return index;
}

/* ---- the order of entries ---- */

static int compare_ids(const void *a, const void *b)
{
    const ch_entry *const *left = a;
    const ch_entry *const *right = b;
    return ch_view_compare((*left)->id, (*right)->id);
}

static int compare_rules(const void *a, const void *b)
{
    const ch_rule_entry *const *left = a;
    const ch_rule_entry *const *right = b;
    int by_level = (*right)->level - (*left)->level;
    return by_level ? by_level : compare_ids(a, b);
}

/* The fixed opening by its order, then the adaptive screens. */
static int compare_screens(const void *a, const void *b)
{
    const ch_screen_entry *const *left = a;
    const ch_screen_entry *const *right = b;
    double first = (*left)->order.node ? (*left)->order.value : (double)INFINITY;
    double second = (*right)->order.node ? (*right)->order.value : (double)INFINITY;
    if (first != second)
        return first < second ? -1 : 1;
    return compare_ids(a, b);
}

static void sort_kind(ch_builder *builder, ch_entry_kind kind)
{
    ch_bookshelf *shelf = builder->shelf;
    uint32_t n = 0;
    ch_entry **sorted =
        ch_pool_take(&shelf->pool, shelf->entries[kind].n, sizeof(ch_entry *));
    if (!sorted) {
        builder->is_failed = true;
        return;
    }
    for (uint32_t i = 0; i < shelf->entries[kind].n; i++) {
        ch_entry *entry = ch_entry_at(shelf, kind, i);
        if (ch_entry_in_use(entry))
            sorted[n++] = entry;
    }
    /* People are drawn, and told apart by their story, in the order of the file. */
    if (kind != CH_E_DRAW && kind != CH_E_POPULATION && kind != CH_E_TARGET)
        qsort(sorted, n, sizeof *sorted,
              kind == CH_E_RULE     ? compare_rules
              : kind == CH_E_SCREEN ? compare_screens
                                    : compare_ids);
    for (uint32_t i = 0; i < n; i++)
        sorted[i]->record = i;
    builder->sorted[kind] = sorted;
    builder->n_sorted[kind] = n;
}

/* ---- the block ---- */

static uint64_t align8(uint64_t size)
{
    return (size + 7) / 8 * 8;
}

static charley_status join(ch_builder *builder, const void **image, size_t *size)
{
    ch_header header = {.magic = CH_IMAGE_MAGIC,
                        .format = CH_IMAGE_FORMAT,
                        .n_sections = CH_N_SECTIONS,
                        .size = align8(sizeof header)};
    for (unsigned s = 0; s < CH_N_SECTIONS; s++) {
        uint32_t n = s == CH_S_STRINGS ? (uint32_t)builder->strings.size
                                       : builder->sections[s].n;
        uint32_t stride = ch_image_stride((ch_section)s);
        header.sections[s] = (ch_section_entry){header.size, n, stride};
        header.size += align8((uint64_t)n * stride);
    }
    unsigned char *block = ch_pool_take(&builder->shelf->pool, 1, header.size);
    if (!block)
        return CHARLEY_E_MEMORY;
    memcpy(block, &header, sizeof header);
    for (unsigned s = 0; s < CH_N_SECTIONS; s++) {
        const ch_section_entry *entry = &header.sections[s];
        const void *bytes = s == CH_S_STRINGS ? builder->strings.bytes
                                              : (char *)builder->sections[s].items;
        if (entry->n)
            memcpy(block + entry->offset, bytes, (size_t)entry->n * entry->stride);
    }
    ch_image_seal((ch_header *)(void *)block, (size_t)header.size);
    *image = block;
    *size = (size_t)header.size;
    return CHARLEY_OK;
}

static void compile_meta(ch_builder *builder)
{
    const ch_meta_entry *from = builder->shelf->meta;
    ch_meta *meta = ch_put(builder, CH_S_META);
    meta->version = ch_put_node(builder, from->version);
    meta->language = ch_put_node(builder, from->language);
    meta->default_urgency = from->default_urgency;
    meta->cap_lr = from->likelihood_cap->ratio.value;
    meta->show_above = ch_chance_p(from->show_above->p, &from->show_above->backing);
    meta->offer_above = ch_chance_p(from->offer_above->p, &from->offer_above->backing);
    meta->enough_gain = ch_chance_p(from->enough_gain->p, &from->enough_gain->backing);
    meta->complaints = ch_put_expression(builder, from->complaints);
}

charley_status ch_author_build(ch_bookshelf *shelf, const void **image, size_t *size)
{
    if (!shelf->is_checked || shelf->desk.n_errors)
        return CHARLEY_E_MISUSE;
    ch_builder *builder = CH_NEW(&shelf->pool, ch_builder);
    if (!builder)
        return CHARLEY_E_MEMORY;
    builder->shelf = shelf;
    builder->language = ch_language_find(shelf, shelf->meta->language->text);
    builder->strings.pool = &shelf->pool;
    ch_buffer_add(&builder->strings, END);
    for (unsigned s = 0; s < CH_N_SECTIONS; s++)
        builder->sections[s].stride = ch_image_stride((ch_section)s);
    for (unsigned kind = 0; kind < CH_N_ENTRY_KINDS; kind++)
        sort_kind(builder, (ch_entry_kind)kind);
    ch_compile_words(builder);
    if (builder->is_failed)
        return CHARLEY_E_MEMORY;
    ch_compile_findings(builder);
    ch_compile_conditions(builder);
    ch_compile_scores(builder);
    ch_compile_advice(builder);
    ch_compile_people(builder);
    ch_compile_drugs(builder);
    compile_meta(builder);
    if (builder->is_failed || builder->strings.is_failed)
        return CHARLEY_E_MEMORY;
    return join(builder, image, size);
}
