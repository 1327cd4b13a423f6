/* variant.c: what is said differently in a region.
 *
 * A word may stand a second time as KEY@REGION, or as KEY@any for every region. In it
 * {emergency} and {advice} are the region's telephone numbers, so that a number stands
 * in one place, with its source. Where a region lacks a number that KEY@any names, the
 * sentence stays as it is everywhere.
 */
#include "author/check.h"

#include "base/view.h"

#include <stdio.h>
#include <string.h>

enum { KEY_SIZE = 512 };

static const char ANY[] = "any";

ch_variant_key ch_variant_split(charley_text key)
{
    size_t at = ch_view_find(key, '@');
    return (ch_variant_key){ch_view_part(key, 0, at),
                            ch_view_part(key, at + 1, key.size)};
}

/* ---- numbers in the text ---- */

typedef struct slot {
    const char *name;
    const ch_node *number; /* NULL: the region has none */
} slot;

enum { N_SLOTS = 2 };

static void slots_of(const ch_region_entry *region, slot slots[N_SLOTS])
{
    slots[0] = (slot){"{emergency}", region ? region->emergency : NULL};
    slots[1] = (slot){"{advice}", region ? region->advice : NULL};
}

/* The slot that `text` begins with, or NULL. */
static const slot *slot_at(charley_text text, const slot slots[N_SLOTS])
{
    for (size_t i = 0; i < N_SLOTS; i++)
        if (ch_view_starts_with(text, slots[i].name))
            return &slots[i];
    return NULL;
}

/* The first number that `text` names and the region lacks, or NULL. */
static const slot *first_lacking(charley_text text, const slot slots[N_SLOTS])
{
    for (size_t i = 0; i < text.size; i++) {
        const slot *found = slot_at(ch_view_part(text, i, text.size), slots);
        if (found && !found->number)
            return found;
    }
    return NULL;
}

static charley_status fill(ch_bookshelf *shelf, charley_text text,
                           const slot slots[N_SLOTS], charley_text *out)
{
    ch_buffer filled = {.pool = &shelf->pool};
    for (size_t i = 0; i < text.size;) {
        const slot *found = slot_at(ch_view_part(text, i, text.size), slots);
        ch_buffer_add(&filled, found ? found->number->text : ch_view_part(text, i, 1));
        i += found ? strlen(found->name) : 1;
    }
    *out = (charley_text){filled.bytes, filled.size};
    return filled.is_failed ? CHARLEY_E_MEMORY : CHARLEY_OK;
}

/* ---- checking ---- */

static const ch_region_entry *find_region(const ch_bookshelf *shelf, charley_text id)
{
    uint32_t index = ch_table_find(&shelf->ids[CH_E_REGION], id);
    return index == CH_NONE ? NULL
                            : CH_ENTRY(shelf, CH_E_REGION, index, ch_region_entry);
}

void ch_variant_check(ch_bookshelf *shelf, const ch_language *language,
                      const ch_word_entry *word)
{
    ch_variant_key key = ch_variant_split(word->key);
    if (ch_table_find(&language->keys, key.base) == CH_NONE)
        ch_report(&shelf->desk, CH_LINT_WORD_VARIANT, word->node,
                  "there is no sentence \"%.*s\" to vary", CH_ARG(key.base));
    if (ch_view_is(key.region, ANY))
        return;
    const ch_region_entry *region = find_region(shelf, key.region);
    if (!region || !ch_entry_in_use(&region->entry)) {
        ch_report(&shelf->desk, CH_LINT_WORD_VARIANT, word->node,
                  "there is no region \"%.*s\"", CH_ARG(key.region));
        return;
    }
    slot slots[N_SLOTS];
    slots_of(region, slots);
    const slot *lacking = first_lacking(word->text, slots);
    if (lacking)
        ch_report(&shelf->desk, CH_LINT_WORD_VARIANT, word->node,
                  "the region \"%.*s\" has no number for %s", CH_ARG(key.region),
                  lacking->name);
}

/* ---- compiling ---- */

static const ch_word_entry *find_variant(const ch_language *language, charley_text base,
                                         charley_text region)
{
    char key[KEY_SIZE];
    snprintf(key, sizeof key, "%.*s@%.*s", CH_ARG(base), CH_ARG(region));
    uint32_t index = ch_table_find(&language->keys, ch_view(key));
    return index == CH_NONE ? NULL : CH_AT(language->words, index, ch_word_entry);
}

charley_status ch_variant_text(ch_bookshelf *shelf, const ch_language *language,
                               charley_text base, const ch_region_entry *region,
                               charley_text *text)
{
    slot slots[N_SLOTS];
    slots_of(region, slots);
    const ch_word_entry *word = find_variant(language, base, region->entry.id);
    if (!word) {
        word = find_variant(language, base, ch_view(ANY));
        if (word && first_lacking(word->text, slots))
            word = NULL;
    }
    *text = (charley_text){NULL, 0};
    return word ? fill(shelf, word->text, slots, text) : CHARLEY_OK;
}
