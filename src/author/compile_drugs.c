/* compile_drugs.c: medicines, interactions, regions, and what words are in a region. */
#include "author/compile.h"

#include <math.h>

/* ---- medicines ---- */

static ch_run put_ratios(ch_builder *builder, charley_text owner,
                         const ch_vector *ratios)
{
    ch_run run = {ch_put_count(builder, CH_S_RATIOS), 0};
    for (uint32_t i = 0; i < ratios->n; i++) {
        const ch_ratio_entry *from = CH_ITEM(*ratios, i, ch_ratio_entry);
        if (!ch_entry_in_use(&from->entry))
            continue;
        charley_text claim =
            ch_print_text(builder, "%.*s.%.*s", CH_ARG(owner), CH_ARG(from->entry.id));
        uint32_t passport = ch_put_passport(builder, claim, &from->backing, "",
                                            from->value.value, (double)NAN);
        ch_ratio *ratio = ch_put(builder, CH_S_RATIOS);
        bool has_interval = from->backing.low.node != NULL;
        ratio->value = from->value.value;
        ratio->low = has_interval ? from->backing.low.value : (double)NAN;
        ratio->high = has_interval ? from->backing.high.value : (double)NAN;
        ratio->kind = from->kind - 1u;
        ratio->passport = passport;
        run.n++;
    }
    return run;
}

static ch_run put_names(ch_builder *builder, const ch_texts *names)
{
    ch_run run = {ch_put_count(builder, CH_S_LISTS), 2 * names->n};
    for (uint32_t i = 0; i < names->n; i++) {
        ch_string name = ch_put_node(builder, names->items[i]);
        *(uint32_t *)ch_put(builder, CH_S_LISTS) = name.offset;
        *(uint32_t *)ch_put(builder, CH_S_LISTS) = name.size;
    }
    return run;
}

static void put_drug(ch_builder *builder, const ch_drug_entry *from)
{
    charley_text id = from->entry.id;
    ch_drug *drug = ch_put(builder, CH_S_DRUGS);
    drug->id = ch_put_text(builder, id);
    drug->of = from->of.entry ? from->of.entry->record : CH_NONE;
    drug->effect = from->effect - 1u;
    drug->names = put_names(builder, &from->names);
    drug->when = ch_put_expression(builder, from->when);
    drug->matters = ch_put_expression(builder, from->matters);
    drug->ratios = put_ratios(builder, id, &from->ratios);
    drug->conditions = ch_put_refs(builder, &from->conditions);
    drug->sources = ch_put_refs(builder, &from->warrant.sources);
    drug->word_name = ch_put_word(builder, "drug", id, "name");
    drug->word_also = ch_put_word(builder, "drug", id, "also");
    drug->word_why = ch_put_word(builder, "drug", id, "why");
    drug->word_ratio = ch_put_word(builder, "drug", id, "ratio");
    drug->word_do = ch_put_word(builder, "drug", id, "do");
}

static void put_interaction(ch_builder *builder, const ch_interaction_entry *from)
{
    charley_text id = from->entry.id;
    ch_interaction *clash = ch_put(builder, CH_S_INTERACTIONS);
    clash->id = ch_put_text(builder, id);
    clash->level = from->level - 1u;
    clash->drugs = ch_put_refs(builder, &from->drugs);
    clash->with = ch_put_refs(builder, &from->with);
    clash->when = ch_put_expression(builder, from->when);
    clash->cautions = ch_put_refs(builder, &from->cautions);
    clash->ratios = put_ratios(builder, id, &from->ratios);
    clash->sources = ch_put_refs(builder, &from->warrant.sources);
    clash->word_name = ch_put_word(builder, "interaction", id, "name");
    clash->word_why = ch_put_word(builder, "interaction", id, "why");
    clash->word_ratio = ch_put_word(builder, "interaction", id, "ratio");
    clash->word_do = ch_put_word(builder, "interaction", id, "do");
}

/* ---- regions ---- */

static void put_region(ch_builder *builder, const ch_region_entry *from)
{
    ch_region *region = ch_put(builder, CH_S_REGIONS);
    region->id = ch_put_text(builder, from->entry.id);
    region->emergency = ch_put_node(builder, from->emergency);
    region->advice = ch_put_node(builder, from->advice);
    region->sources = ch_put_refs(builder, &from->warrant.sources);
    region->word_name = ch_put_word(builder, "region", from->entry.id, "name");
}

void ch_put_variants(ch_builder *builder, uint32_t word, charley_text key)
{
    for (uint32_t i = 0; i < builder->n_sorted[CH_E_REGION]; i++) {
        const ch_region_entry *region = (void *)builder->sorted[CH_E_REGION][i];
        charley_text text;
        if (ch_variant_text(builder->shelf, builder->language, key, region, &text) !=
            CHARLEY_OK)
            builder->is_failed = true;
        if (!text.size)
            continue;
        ch_variant *variant = ch_put(builder, CH_S_VARIANTS);
        variant->word = word;
        variant->region = i;
        variant->text = ch_put_text(builder, text);
    }
}

void ch_compile_drugs(ch_builder *builder)
{
    for (uint32_t i = 0; i < builder->n_sorted[CH_E_DRUG]; i++)
        put_drug(builder, (void *)builder->sorted[CH_E_DRUG][i]);
    for (uint32_t i = 0; i < builder->n_sorted[CH_E_INTERACTION]; i++)
        put_interaction(builder, (void *)builder->sorted[CH_E_INTERACTION][i]);
    for (uint32_t i = 0; i < builder->n_sorted[CH_E_REGION]; i++)
        put_region(builder, (void *)builder->sorted[CH_E_REGION][i]);
}
