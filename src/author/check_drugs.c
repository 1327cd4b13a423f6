/* check_drugs.c: names of medicines, classes, interactions, telephone numbers. */
#include "author/check.h"

#include "base/view.h"

/* ---- names ---- */

/* Lower case, digits, single spaces and hyphens; letters beyond ASCII as they are. */
static bool is_generic_form(charley_text name)
{
    for (size_t i = 0; i < name.size; i++) {
        char c = name.bytes[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
        bool is_joint = c == ' ' || c == '-';
        bool is_doubled = is_joint && i > 0 && name.bytes[i - 1] == c;
        if ((!is_letter && !is_joint && !(c >= '0' && c <= '9')) || is_doubled)
            return false;
    }
    return true;
}

/* The entry in use that has this name before entry `end`, name `end_name`; or NULL. */
static const ch_drug_entry *first_with_name(const ch_bookshelf *shelf,
                                            charley_text name, uint32_t end,
                                            uint32_t end_name)
{
    for (uint32_t d = 0; d <= end; d++) {
        const ch_drug_entry *drug = CH_ENTRY(shelf, CH_E_DRUG, d, ch_drug_entry);
        uint32_t n = d == end ? end_name : drug->names.n;
        for (uint32_t i = 0; ch_entry_in_use(&drug->entry) && i < n; i++)
            if (ch_view_equal(drug->names.items[i]->text, name))
                return drug;
    }
    return NULL;
}

static void check_names(ch_bookshelf *shelf, uint32_t index)
{
    const ch_drug_entry *drug = CH_ENTRY(shelf, CH_E_DRUG, index, ch_drug_entry);
    for (uint32_t i = 0; i < drug->names.n; i++) {
        const ch_node *name = drug->names.items[i];
        const ch_drug_entry *first = first_with_name(shelf, name->text, index, i);
        if (!is_generic_form(name->text))
            ch_report(&shelf->desk, CH_LINT_DRUG_NAME, name,
                      "\"%.*s\" is not a generic name in lower case",
                      CH_ARG(name->text));
        else if (first)
            ch_report(&shelf->desk, CH_LINT_DRUG_NAME, name,
                      "the name \"%.*s\" stands already in \"%.*s\"",
                      CH_ARG(name->text), CH_ARG(first->entry.id));
    }
}

/* ---- entries ---- */

static void check_class(ch_bookshelf *shelf, const ch_drug_entry *drug)
{
    const ch_drug_entry *wider = (const ch_drug_entry *)(const void *)drug->of.entry;
    if (wider && wider->of.node)
        ch_report(&shelf->desk, CH_LINT_KEY_DOES_NOT_FIT, drug->of.node,
                  "\"%.*s\" is itself of a class: classes are two deep",
                  CH_ARG(wider->entry.id));
}

static void check_interaction(ch_bookshelf *shelf,
                              const ch_interaction_entry *interaction)
{
    if (interaction->with.n == 0 && !interaction->when)
        ch_report(&shelf->desk, CH_LINT_KEY_DOES_NOT_FIT, interaction->entry.node,
                  "with no other medicine, when says what it clashes with");
}

static void check_telephone(ch_bookshelf *shelf, const ch_node *number)
{
    for (size_t i = 0; number && i < number->text.size; i++) {
        char c = number->text.bytes[i];
        if ((c >= '0' && c <= '9') || c == ' ')
            continue;
        ch_report(&shelf->desk, CH_LINT_BAD_TEXT, number,
                  "a telephone number has digits and spaces");
        return;
    }
}

void ch_check_drugs(ch_bookshelf *shelf)
{
    for (uint32_t i = 0; i < shelf->entries[CH_E_DRUG].n; i++) {
        const ch_drug_entry *drug = CH_ENTRY(shelf, CH_E_DRUG, i, ch_drug_entry);
        if (!ch_entry_counts(&drug->entry))
            continue;
        check_names(shelf, i);
        check_class(shelf, drug);
    }
    for (uint32_t i = 0; i < shelf->entries[CH_E_INTERACTION].n; i++) {
        const ch_interaction_entry *interaction =
            CH_ENTRY(shelf, CH_E_INTERACTION, i, ch_interaction_entry);
        if (ch_entry_counts(&interaction->entry))
            check_interaction(shelf, interaction);
    }
    for (uint32_t i = 0; i < shelf->entries[CH_E_REGION].n; i++) {
        const ch_region_entry *region =
            CH_ENTRY(shelf, CH_E_REGION, i, ch_region_entry);
        check_telephone(shelf, region->emergency);
        check_telephone(shelf, region->advice);
    }
}
