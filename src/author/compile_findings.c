/* compile_findings.c: findings, their atoms and numbers, clusters and screens. */
#include "author/compile.h"

/* ---- numbers ---- */

static ch_run put_units(ch_builder *builder, const ch_texts *units)
{
    ch_run run = {ch_put_count(builder, CH_S_LISTS), 2 * units->n};
    for (uint32_t i = 0; i < units->n; i++) {
        ch_string unit = ch_put_node(builder, units->items[i]);
        *(uint32_t *)ch_put(builder, CH_S_LISTS) = unit.offset;
        *(uint32_t *)ch_put(builder, CH_S_LISTS) = unit.size;
    }
    return run;
}

static void put_number(ch_builder *builder, ch_finding_entry *finding)
{
    ch_run also_units = put_units(builder, &finding->also_units);
    finding->number_record = ch_put_count(builder, CH_S_NUMBERS);
    ch_number *number = ch_put(builder, CH_S_NUMBERS);
    number->finding = finding->entry.record;
    number->unit = ch_put_node(builder, finding->unit);
    number->substance = ch_put_node(builder, finding->substance);
    number->minimum = finding->range->from.value;
    number->maximum = finding->range->to.value;
    number->also_units = also_units;
}

/* ---- findings and atoms ---- */

static ch_atom_entry *atom_of(const ch_builder *builder,
                              const ch_finding_entry *finding, uint32_t index)
{
    return CH_ENTRY(builder->shelf, CH_E_ATOM, finding->first_atom + index,
                    ch_atom_entry);
}

/* The atoms of a finding that are in use, in the order of the file. */
static ch_run put_atom_list(ch_builder *builder, const ch_finding_entry *finding)
{
    ch_run run = {ch_put_count(builder, CH_S_LISTS), 0};
    for (uint32_t i = 0; i < finding->n_atoms; i++) {
        const ch_atom_entry *atom = atom_of(builder, finding, i);
        if (!ch_entry_in_use(&atom->entry))
            continue;
        *(uint32_t *)ch_put(builder, CH_S_LISTS) = atom->entry.record;
        run.n++;
    }
    return run;
}

static void put_finding(ch_builder *builder, const ch_finding_entry *from)
{
    charley_text id = from->entry.id;
    ch_run atoms = put_atom_list(builder, from);
    ch_finding *finding = ch_put(builder, CH_S_FINDINGS);
    finding->id = ch_put_text(builder, id);
    finding->kind = (uint8_t)(from->kind - 1);
    finding->who = from->who ? (uint8_t)(from->who - 1) : CH_WHO_ANYONE;
    finding->red_flag = from->red_flag;
    finding->context = from->context;
    finding->screen = from->screen ? from->screen->entry.record : CH_NONE;
    finding->atoms = atoms;
    finding->number = from->unit ? from->number_record : CH_NONE;
    finding->not_if = ch_put_expression(builder, from->not_if);
    finding->word_ask = ch_put_word(builder, "finding", id, "ask");
    finding->word_label = ch_put_word(builder, "finding", id, "label");
    finding->word_how = ch_put_word(builder, "finding", id, "how");
    finding->word_why = ch_put_word(builder, "finding", id, "why");
}

/* Links, and the leak that they need, come later: see compile_conditions.c. */
static void put_atom(ch_builder *builder, const ch_atom_entry *from)
{
    const ch_finding_entry *finding = from->finding;
    bool is_option = finding->kind == 1 + CH_FK_ONE_OF;
    ch_atom *atom = ch_put(builder, CH_S_ATOMS);
    atom->id = ch_put_text(builder, from->entry.id);
    atom->finding = finding->entry.record;
    atom->word_label =
        is_option ? ch_put_deep_word(builder, "finding", finding->entry.id, "option",
                                     from->entry.id_node->text)
                  : ch_put_word(builder, "finding", finding->entry.id, "label");
    atom->derive = ch_put_expression(builder, finding->when);
    atom->cluster = from->cluster ? from->cluster->entry.record : CH_NONE;
    atom->cluster_rank = from->cluster ? from->cluster_rank : 0;
    atom->passport = CH_NONE;
    if (from->leak)
        atom->leak = ch_chance_p(from->leak->p, &from->leak->backing);
}

static void put_order(ch_builder *builder)
{
    for (uint32_t i = 0; i < builder->shelf->n_order; i++) {
        const ch_finding_entry *finding = builder->shelf->order[i];
        for (uint32_t k = 0; k < finding->n_atoms; k++) {
            const ch_atom_entry *atom = atom_of(builder, finding, k);
            if (ch_entry_in_use(&atom->entry))
                *(uint32_t *)ch_put(builder, CH_S_ATOM_ORDER) = atom->entry.record;
        }
    }
}

/* ---- clusters and screens ---- */

static void put_cluster(ch_builder *builder, const ch_cluster_entry *from)
{
    ch_run atoms = ch_put_refs(builder, &from->atoms);
    ch_cluster *cluster = ch_put(builder, CH_S_CLUSTERS);
    cluster->id = ch_put_text(builder, from->entry.id);
    cluster->atoms = atoms;
}

static uint8_t highest_who(const ch_refs *findings)
{
    uint8_t highest = CH_WHO_ANYONE;
    for (uint32_t i = 0; i < findings->n; i++) {
        const ch_finding_entry *finding =
            (const ch_finding_entry *)(const void *)findings->items[i].entry;
        if (finding->who && finding->who - 1 > highest)
            highest = (uint8_t)(finding->who - 1);
    }
    return highest;
}

static void put_screen(ch_builder *builder, const ch_screen_entry *from)
{
    ch_run findings = ch_put_refs(builder, &from->findings);
    ch_screen *screen = ch_put(builder, CH_S_SCREENS);
    screen->id = ch_put_text(builder, from->entry.id);
    screen->kind = (uint8_t)(from->kind - 1);
    screen->danger = from->danger;
    screen->who = highest_who(&from->findings);
    screen->cost = from->cost.node ? (uint8_t)from->cost.value : 1;
    screen->order = from->order.node ? (uint32_t)from->order.value : CH_NONE;
    screen->when = ch_put_expression(builder, from->when);
    screen->findings = findings;
    screen->word_title = ch_put_word(builder, "screen", from->entry.id, "title");
    screen->word_why = ch_put_word(builder, "screen", from->entry.id, "why");
}

void ch_compile_findings(ch_builder *builder)
{
    /* Numbers first: any expression may read them. */
    for (uint32_t i = 0; i < builder->n_sorted[CH_E_FINDING]; i++) {
        ch_finding_entry *finding = (void *)builder->sorted[CH_E_FINDING][i];
        if (finding->unit)
            put_number(builder, finding);
    }
    for (uint32_t i = 0; i < builder->n_sorted[CH_E_FINDING]; i++)
        put_finding(builder, (void *)builder->sorted[CH_E_FINDING][i]);
    for (uint32_t i = 0; i < builder->n_sorted[CH_E_ATOM]; i++)
        put_atom(builder, (void *)builder->sorted[CH_E_ATOM][i]);
    put_order(builder);
    for (uint32_t i = 0; i < builder->n_sorted[CH_E_CLUSTER]; i++)
        put_cluster(builder, (void *)builder->sorted[CH_E_CLUSTER][i]);
    for (uint32_t i = 0; i < builder->n_sorted[CH_E_SCREEN]; i++)
        put_screen(builder, (void *)builder->sorted[CH_E_SCREEN][i]);
}
