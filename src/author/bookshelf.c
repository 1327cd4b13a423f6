/* bookshelf.c: loading: from files to trees to typed entries. */
#include "author/bookshelf.h"

#include "author/check.h"
#include "author/directory.h"
#include "author/format.h"
#include "author/shape.h"
#include "base/view.h"

#include <stdlib.h>
#include <string.h>

/* ---- words ---- */

ch_language *ch_language_find(const ch_bookshelf *shelf, charley_text name)
{
    for (uint32_t i = 0; i < shelf->languages.n; i++) {
        ch_language *language = CH_AT(shelf->languages, i, ch_language);
        if (ch_view_equal(language->name, name))
            return language;
    }
    return NULL;
}

static ch_language *language_of(ch_bookshelf *shelf, charley_text name)
{
    ch_language *language = ch_language_find(shelf, name);
    if (language)
        return language;
    language = ch_vector_add(&shelf->pool, &shelf->languages);
    if (language)
        *language = (ch_language){.name = name, .words = CH_VECTOR(ch_word_entry)};
    return language;
}

/* One sentence, or steps joined by a line feed. Text stays empty after a fault. */
static charley_status read_sentences(ch_bookshelf *shelf, const ch_node *node,
                                     charley_text *text)
{
    if (node->kind != CH_NODE_LIST) {
        if (ch_scalar_text(shelf, node, "a sentence"))
            *text = node->text;
        return CHARLEY_OK;
    }
    ch_buffer joined = {.pool = &shelf->pool};
    for (const ch_node *step = node->first; step; step = step->next) {
        if (!ch_scalar_text(shelf, step, "a step"))
            return CHARLEY_OK;
        ch_buffer_add(&joined, step == node->first ? ch_view("") : ch_view("\n"));
        ch_buffer_add(&joined, step->text);
    }
    if (node->n == 0)
        ch_report(&shelf->desk, CH_LINT_BAD_TEXT, node, "a list of no steps");
    *text = (charley_text){joined.bytes, joined.size};
    return joined.is_failed ? CHARLEY_E_MEMORY : CHARLEY_OK;
}

static charley_status read_word(ch_bookshelf *shelf, ch_language *language,
                                const ch_node *value)
{
    charley_text text = {NULL, 0};
    CH_TRY(read_sentences(shelf, value, &text));
    uint32_t there = ch_table_find(&language->keys, value->key->text);
    if (there != CH_NONE) {
        const ch_word_entry *first = CH_AT(language->words, there, ch_word_entry);
        ch_report(&shelf->desk, CH_LINT_DUPLICATE_ID, value->key,
                  "the word \"%.*s\" stands already in %s, line %u",
                  CH_ARG(value->key->text), first->node->file, first->node->line);
        return CHARLEY_OK;
    }
    CH_TRY(ch_table_put(&shelf->pool, &language->keys, value->key->text,
                        language->words.n));
    ch_word_entry *word = ch_vector_add(&shelf->pool, &language->words);
    if (!word)
        return CHARLEY_E_MEMORY;
    *word = (ch_word_entry){.key = value->key->text, .text = text, .node = value->key};
    return CHARLEY_OK;
}

static charley_status read_words(ch_bookshelf *shelf, const ch_book *book)
{
    charley_text rest = ch_view(book->path + strlen("words/"));
    charley_text name = ch_view_part(rest, 0, ch_view_find(rest, '/'));
    ch_language *language = language_of(shelf, name);
    if (!language)
        return CHARLEY_E_MEMORY;
    for (const ch_node *value = book->root->first; value; value = value->next) {
        if (!ch_view_is(value->key->text, "words")) {
            ch_report(&shelf->desk, CH_LINT_UNKNOWN_KEY, value->key,
                      "a file of words has only the key \"words\"");
            continue;
        }
        if (value->kind != CH_NODE_MAPPING) {
            ch_report(&shelf->desk, CH_LINT_WRONG_TYPE, value,
                      "words must be a mapping from keys to sentences");
            continue;
        }
        for (const ch_node *word = value->first; word; word = word->next)
            CH_TRY(read_word(shelf, language, word));
    }
    return CHARLEY_OK;
}

/* ---- entries ---- */

static charley_status read_entry(ch_bookshelf *shelf, ch_entry_kind kind,
                                 const ch_node *node)
{
    const ch_shape *shape = ch_shape_of(kind);
    ch_entry *entry = ch_pool_take(&shelf->pool, 1, shape->size);
    if (!entry)
        return CHARLEY_E_MEMORY;
    CH_TRY(ch_shape_read(shelf, shape, node, entry));
    ch_entry **slot = ch_vector_add(&shelf->pool, &shelf->entries[kind]);
    if (!slot)
        return CHARLEY_E_MEMORY;
    *slot = entry;
    return CHARLEY_OK;
}

static charley_status read_list(ch_bookshelf *shelf, ch_entry_kind kind,
                                const ch_node *list)
{
    if (list->kind != CH_NODE_LIST) {
        ch_report(&shelf->desk, CH_LINT_WRONG_TYPE, list, "%s must be a list",
                  ch_list_key(kind));
        shelf->has_broken_file = true;
        return CHARLEY_OK;
    }
    for (const ch_node *item = list->first; item; item = item->next)
        CH_TRY(read_entry(shelf, kind, item));
    return CHARLEY_OK;
}

static charley_status read_lists(ch_bookshelf *shelf, const ch_book *book)
{
    for (const ch_node *value = book->root->first; value; value = value->next) {
        ch_guess guess = ch_guess_start(value->key->text);
        bool is_known = false;
        for (unsigned kind = 0; kind < CH_N_ENTRY_KINDS; kind++) {
            const char *key = ch_list_key((ch_entry_kind)kind);
            if (!key)
                continue;
            ch_guess_try(&guess, ch_view(key));
            if (!ch_view_is(value->key->text, key))
                continue;
            is_known = true;
            CH_TRY(read_list(shelf, (ch_entry_kind)kind, value));
        }
        char hint[CH_HINT_SIZE];
        if (is_known)
            continue;
        shelf->has_broken_file = true;
        ch_report(&shelf->desk, CH_LINT_UNKNOWN_KEY, value->key,
                  "a file has no list \"%.*s\"%s", CH_ARG(value->key->text),
                  ch_guess_hint(&guess, hint));
    }
    return CHARLEY_OK;
}

static charley_status read_meta(ch_bookshelf *shelf, const ch_book *book)
{
    shelf->meta = CH_NEW(&shelf->pool, ch_meta_entry);
    if (!shelf->meta)
        return CHARLEY_E_MEMORY;
    return ch_shape_read(shelf, ch_shape_of_meta(), book->root, shelf->meta);
}

/* ---- books ---- */

static charley_status read_book(ch_bookshelf *shelf, const ch_book *book)
{
    charley_text path = book->file.path;
    if (book->root->kind != CH_NODE_MAPPING) {
        ch_report(&shelf->desk, CH_LINT_WRONG_TYPE, book->root,
                  "a file must be a mapping");
        shelf->has_broken_file = true;
        return CHARLEY_OK;
    }
    if (ch_view_is(path, "meta.yaml"))
        return read_meta(shelf, book);
    if (ch_view_starts_with(path, "words/"))
        return read_words(shelf, book);
    if (ch_view_starts_with(path, "conditions/"))
        return read_entry(shelf, CH_E_CONDITION, book->root);
    if (ch_view_starts_with(path, "profiles/"))
        return read_entry(shelf, CH_E_PROFILE, book->root);
    return read_lists(shelf, book);
}

static charley_status add_book(ch_bookshelf *shelf, ch_author_file file)
{
    ch_buffer path = {.pool = &shelf->pool};
    ch_buffer_add(&path, file.path);
    ch_book *book = ch_vector_add(&shelf->pool, &shelf->books);
    if (!book || path.is_failed || !path.bytes)
        return CHARLEY_E_MEMORY;
    *book = (ch_book){.file = file, .path = path.bytes};
    ch_node *root = NULL;
    charley_status status =
        ch_yaml_read(&shelf->pool, &shelf->desk, path.bytes, file.bytes, &root);
    if (status == CHARLEY_E_MEMORY)
        return status;
    book->root = root;
    book->is_sound = status == CHARLEY_OK;
    shelf->has_broken_file |= !root;
    shelf->has_faulty_entry |= !book->is_sound;
    return root ? read_book(shelf, book) : CHARLEY_OK;
}

static charley_status add_books(ch_bookshelf *shelf, const ch_author_file *files,
                                size_t n_files)
{
    for (size_t i = 0; i < n_files; i++)
        CH_TRY(add_book(shelf, files[i]));
    for (size_t i = 0; i < n_files && !shelf->meta; i++)
        if (ch_view_is(files[i].path, "meta.yaml"))
            return CHARLEY_OK; /* it is there, and what is wrong with it was said */
    if (!shelf->meta)
        ch_report_place(&shelf->desk, CH_LINT_UNREADABLE, "meta.yaml", 0, 0,
                        "the file is missing");
    return CHARLEY_OK;
}

/* ---- the public part ---- */

static void *resize_on_heap(void *user, void *block, size_t size)
{
    (void)user;
    if (size)
        return realloc(block, size);
    free(block);
    return NULL;
}

ch_allocator ch_author_heap(void)
{
    return (ch_allocator){.resize = resize_on_heap};
}

static ch_bookshelf *new_shelf(ch_allocator allocator, ch_author_report *report,
                               void *user)
{
    ch_bookshelf *shelf = allocator.resize(allocator.user, NULL, sizeof *shelf);
    if (!shelf)
        return NULL;
    *shelf = (ch_bookshelf){.desk = {.report = report, .user = user},
                            .books = CH_VECTOR(ch_book),
                            .pending = CH_VECTOR(ch_pending),
                            .comparisons = CH_VECTOR(ch_term *),
                            .languages = CH_VECTOR(ch_language)};
    ch_pool_init(&shelf->pool, allocator);
    for (unsigned kind = 0; kind < CH_N_ENTRY_KINDS; kind++)
        shelf->entries[kind] = CH_VECTOR(ch_entry *);
    return shelf;
}

/* Hands the bookshelf over, or frees it when memory ran out. */
static charley_status finish_load(ch_bookshelf *made, charley_status status,
                                  ch_bookshelf **shelf)
{
    if (status != CHARLEY_OK) {
        ch_author_free(made);
        return status;
    }
    *shelf = made;
    return made->desk.n_errors ? CHARLEY_E_DATA : CHARLEY_OK;
}

charley_status ch_author_load_files(ch_allocator allocator, const ch_author_file *files,
                                    size_t n_files, ch_author_report *report,
                                    void *user, ch_bookshelf **shelf)
{
    ch_bookshelf *made = new_shelf(allocator, report, user);
    if (!made)
        return CHARLEY_E_MEMORY;
    return finish_load(made, add_books(made, files, n_files), shelf);
}

charley_status ch_author_load(const char *directory, ch_author_report *report,
                              void *user, ch_bookshelf **shelf)
{
    ch_bookshelf *made = new_shelf(ch_author_heap(), report, user);
    if (!made)
        return CHARLEY_E_MEMORY;
    ch_vector files = CH_VECTOR(ch_author_file);
    charley_status status =
        ch_directory_read(&made->pool, &made->desk, directory, &files);
    made->has_broken_file = made->desk.n_errors > 0;
    if (status == CHARLEY_OK)
        status = add_books(made, CH_AT(files, 0, ch_author_file), files.n);
    return finish_load(made, status, shelf);
}

size_t ch_author_n_files(const ch_bookshelf *shelf)
{
    return shelf->books.n;
}

const ch_author_file *ch_author_file_at(const ch_bookshelf *shelf, size_t index)
{
    return index < shelf->books.n ? &CH_AT(shelf->books, (uint32_t)index, ch_book)->file
                                  : NULL;
}

charley_status ch_author_fmt(ch_bookshelf *shelf, size_t index, charley_text *text,
                             charley_error *error)
{
    if (index >= shelf->books.n)
        return ch_fail(error, CHARLEY_E_NOTFOUND, "the bookshelf has no such file");
    const ch_book *book = CH_AT(shelf->books, (uint32_t)index, ch_book);
    if (!book->is_sound || book->root->kind != CH_NODE_MAPPING)
        return ch_fail(error, CHARLEY_E_DATA, "mend what was reported first");
    return ch_format_file(&shelf->pool, book->file.path, book->file.bytes, book->root,
                          text, error);
}

void ch_author_free(ch_bookshelf *shelf)
{
    if (!shelf)
        return;
    ch_pool_free(&shelf->pool);
    shelf->pool.allocator.resize(shelf->pool.allocator.user, shelf, 0);
}
