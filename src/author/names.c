/* names.c: ids and references. */
#include "author/check.h"
#include "author/shape.h"

#include "base/limits.h"
#include "base/view.h"

/* ---- ids ---- */

static charley_status index_kind(ch_bookshelf *shelf, ch_entry_kind kind)
{
    for (uint32_t i = 0; i < shelf->entries[kind].n; i++) {
        const ch_entry *entry = ch_entry_at(shelf, kind, i);
        if (!entry->id_node)
            continue;
        uint32_t there = ch_table_find(&shelf->ids[kind], entry->id);
        if (there == CH_NONE) {
            CH_TRY(ch_table_put(&shelf->pool, &shelf->ids[kind], entry->id, i));
            continue;
        }
        const ch_entry *first = ch_entry_at(shelf, kind, there);
        ch_report(&shelf->desk, CH_LINT_DUPLICATE_ID, entry->id_node,
                  "the %s \"%.*s\" stands already in %s, line %u", ch_kind_name(kind),
                  CH_ARG(entry->id), first->id_node->file, first->id_node->line);
    }
    return CHARLEY_OK;
}

static charley_status add_atom(ch_bookshelf *shelf, ch_finding_entry *finding,
                               const ch_option_entry *option)
{
    ch_atom_entry *atom = CH_NEW(&shelf->pool, ch_atom_entry);
    if (!atom)
        return CHARLEY_E_MEMORY;
    atom->entry = finding->entry;
    atom->finding = finding;
    atom->leak = finding->leak;
    if (option) {
        ch_buffer id = {.pool = &shelf->pool};
        ch_buffer_print(&id, "%.*s=%.*s", CH_ARG(finding->entry.id),
                        CH_ARG(option->entry.id));
        if (id.is_failed)
            return CHARLEY_E_MEMORY;
        atom->entry = option->entry;
        atom->entry.id = (charley_text){id.bytes, id.size};
        atom->leak = option->leak;
    }
    ch_vector *atoms = &shelf->entries[CH_E_ATOM];
    if (ch_table_find(&shelf->ids[CH_E_ATOM], atom->entry.id) != CH_NONE) {
        ch_report(&shelf->desk, CH_LINT_DUPLICATE_ID, atom->entry.id_node,
                  "the option \"%.*s\" stands here already", CH_ARG(atom->entry.id));
        return CHARLEY_OK;
    }
    CH_TRY(
        ch_table_put(&shelf->pool, &shelf->ids[CH_E_ATOM], atom->entry.id, atoms->n));
    ch_entry **slot = ch_vector_add(&shelf->pool, atoms);
    if (!slot)
        return CHARLEY_E_MEMORY;
    *slot = &atom->entry;
    finding->n_atoms++;
    return CHARLEY_OK;
}

/* A yes/no or derived finding makes one atom, a choice one an option, a number none. */
static charley_status make_atoms(ch_bookshelf *shelf, ch_finding_entry *finding)
{
    finding->first_atom = shelf->entries[CH_E_ATOM].n;
    if (finding->kind == 1 + CH_FK_NUMBER)
        return CHARLEY_OK;
    if (finding->kind != 1 + CH_FK_ONE_OF)
        return add_atom(shelf, finding, NULL);
    for (uint32_t i = 0; i < finding->options.n; i++) {
        const ch_option_entry *option = CH_ITEM(finding->options, i, ch_option_entry);
        if (option->entry.id_node)
            CH_TRY(add_atom(shelf, finding, option));
    }
    return CHARLEY_OK;
}

static uint32_t count_in_use(const ch_bookshelf *shelf, ch_entry_kind kind)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < shelf->entries[kind].n; i++)
        n += ch_entry_in_use(ch_entry_at(shelf, kind, i));
    return n;
}

static void check_limit(ch_bookshelf *shelf, uint32_t n, uint32_t most,
                        const char *what)
{
    if (n <= most)
        return;
    shelf->is_too_large = true;
    ch_report_place(&shelf->desk, CH_LINT_TOO_MANY, "meta.yaml", 0, 0,
                    "%u %s; the engine holds %u", n, what, most);
}

charley_status ch_names_index(ch_bookshelf *shelf)
{
    uint32_t n_numbers = 0;
    for (unsigned kind = 0; kind < CH_E_ATOM; kind++)
        CH_TRY(index_kind(shelf, (ch_entry_kind)kind));
    for (uint32_t i = 0; i < shelf->entries[CH_E_FINDING].n; i++) {
        ch_finding_entry *finding = CH_ENTRY(shelf, CH_E_FINDING, i, ch_finding_entry);
        n_numbers += finding->kind == 1 + CH_FK_NUMBER;
        if (ch_table_find(&shelf->ids[CH_E_FINDING], finding->entry.id) == i)
            CH_TRY(make_atoms(shelf, finding));
    }
    check_limit(shelf, count_in_use(shelf, CH_E_CONDITION), CH_MAX_CONDITIONS,
                "conditions");
    check_limit(shelf, shelf->entries[CH_E_ATOM].n, CH_MAX_ATOMS, "yes/no facts");
    check_limit(shelf, n_numbers, CH_MAX_NUMBERS, "number findings");
    return CHARLEY_OK;
}

/* ---- references ---- */

static void report_unknown(ch_bookshelf *shelf, const ch_pending *pending)
{
    charley_text name = pending->ref->node->text;
    ch_guess guess = ch_guess_start(name);
    for (uint32_t i = 0; i < shelf->entries[pending->kind].n; i++)
        ch_guess_try(&guess, ch_entry_at(shelf, pending->kind, i)->id);
    char hint[CH_HINT_SIZE];
    ch_guess_hint(&guess, hint);
    uint32_t finding = ch_table_find(&shelf->ids[CH_E_FINDING], name);
    if (pending->kind == CH_E_ATOM && finding != CH_NONE) {
        const ch_finding_entry *found =
            CH_ENTRY(shelf, CH_E_FINDING, finding, ch_finding_entry);
        ch_report(&shelf->desk, CH_LINT_UNKNOWN_ID, pending->ref->node,
                  found->kind == 1 + CH_FK_NUMBER
                      ? "\"%.*s\" is a number; say {number: %.*s, at_least: ...}"
                      : "\"%.*s\" is a choice; say \"%.*s=OPTION\"",
                  CH_ARG(name), CH_ARG(name));
        return;
    }
    ch_report(&shelf->desk, CH_LINT_UNKNOWN_ID, pending->ref->node,
              "there is no %s \"%.*s\"%s", ch_kind_name(pending->kind), CH_ARG(name),
              hint);
}

static void resolve(ch_bookshelf *shelf, const ch_pending *pending)
{
    uint32_t index =
        ch_table_find(&shelf->ids[pending->kind], pending->ref->node->text);
    if (index == CH_NONE) {
        report_unknown(shelf, pending);
        return;
    }
    ch_entry *entry = ch_entry_at(shelf, pending->kind, index);
    pending->ref->entry = entry;
    if (pending->kind == CH_E_SOURCE)
        ((ch_source_entry *)(void *)entry)->is_used = true;
    if (!ch_entry_in_use(entry) && ch_entry_in_use(pending->owner))
        ch_report(&shelf->desk, CH_LINT_RETIRED_ID, pending->ref->node,
                  "the %s \"%.*s\" was %s and cannot be used",
                  ch_kind_name(pending->kind), CH_ARG(entry->id),
                  entry->status == CH_REJECTED ? "rejected" : "retired");
}

void ch_names_resolve(ch_bookshelf *shelf)
{
    for (uint32_t i = 0; i < shelf->pending.n; i++)
        resolve(shelf, CH_AT(shelf->pending, i, ch_pending));
}
