/* compile_people.c: how simulated people are drawn, and the published tables that the
 * model is compared with. */
#include "author/compile.h"

#include <math.h>

#define NOT_PUBLISHED ((double)NAN)

static uint32_t put_claim(ch_builder *builder, const char *kind, const ch_entry *entry,
                          ch_real p, const ch_backing *backing)
{
    charley_text claim = ch_print_text(builder, "%s.%.*s", kind, CH_ARG(entry->id));
    return ch_put_passport(builder, claim, backing, "", p.value, NOT_PUBLISHED);
}

static void put_draw(ch_builder *builder, const ch_draw_entry *from)
{
    ch_run when = ch_put_expression(builder, from->when);
    uint32_t passport =
        put_claim(builder, "draw", &from->entry, from->p, &from->backing);
    const ch_finding_entry *number = (void *)from->number.entry;
    ch_draw *draw = ch_put(builder, CH_S_DRAWS);
    draw->id = ch_put_text(builder, from->entry.id);
    draw->when = when;
    draw->atom = from->atom.entry ? from->atom.entry->record : CH_NONE;
    draw->number = number ? number->number_record : CH_NONE;
    draw->is_after = from->is_after;
    draw->passport = passport;
    draw->p = ch_chance_p(from->p, &from->backing);
    draw->from = number ? from->from.value : 0;
    draw->to = number ? from->to.value : 0;
}

static void put_slip(ch_builder *builder, const ch_slip_entry *from)
{
    uint32_t passport =
        put_claim(builder, "slip", &from->entry, from->p, &from->backing);
    ch_slip *slip = ch_put(builder, CH_S_SLIPS);
    slip->id = ch_put_text(builder, from->entry.id);
    slip->who = from->who - 1u;
    slip->kind = from->kind - 1u;
    slip->p = ch_chance_p(from->p, &from->backing);
    slip->passport = passport;
    slip->is_danger = from->is_danger;
}

static void put_population(ch_builder *builder, const ch_population_entry *from)
{
    ch_run when = ch_put_expression(builder, from->when);
    ch_population *population = ch_put(builder, CH_S_POPULATIONS);
    population->id = ch_put_text(builder, from->entry.id);
    population->when = when;
    population->given = ch_put_refs(builder, &from->given);
    population->having = ch_put_refs(builder, &from->having);
    population->is_story = from->is_story;
    population->is_clinic = from->is_clinic;
}

/* Counts bring their own interval (Wilson, 95 %), so that every target can be hit. */
static void put_interval(const ch_target_entry *from, ch_target *target)
{
    static const double Z = 1.959963984540054;
    const ch_backing *backing = &from->backing;
    target->low = target->high = NOT_PUBLISHED;
    if (backing->low.node) {
        target->low = backing->low.value;
        target->high = backing->high.value;
    } else if (backing->n.node && backing->of.node && backing->of.value > 0) {
        double n = backing->of.value;
        double p = backing->n.value / n;
        double middle = p + Z * Z / (2 * n);
        double spread = Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
        target->low = (middle - spread) / (1 + Z * Z / n);
        target->high = (middle + spread) / (1 + Z * Z / n);
        if (target->low < 0)
            target->low = 0;
    }
}

static void put_target(ch_builder *builder, const ch_target_entry *from)
{
    uint32_t passport =
        put_claim(builder, "target", &from->entry, from->p, &from->backing);
    ch_target *target = ch_put(builder, CH_S_TARGETS);
    target->id = ch_put_text(builder, from->entry.id);
    target->population = from->population.entry->record;
    target->condition = from->condition.entry->record;
    target->p = from->backing.of.node ? from->backing.n.value / from->backing.of.value
                                      : from->p.value;
    target->passport = passport;
    put_interval(from, target);
}

void ch_compile_people(ch_builder *builder)
{
    for (uint32_t i = 0; i < builder->n_sorted[CH_E_DRAW]; i++)
        put_draw(builder, (void *)builder->sorted[CH_E_DRAW][i]);
    for (uint32_t i = 0; i < builder->n_sorted[CH_E_SLIP]; i++)
        put_slip(builder, (void *)builder->sorted[CH_E_SLIP][i]);
    for (uint32_t i = 0; i < builder->n_sorted[CH_E_POPULATION]; i++)
        put_population(builder, (void *)builder->sorted[CH_E_POPULATION][i]);
    for (uint32_t i = 0; i < builder->n_sorted[CH_E_TARGET]; i++)
        put_target(builder, (void *)builder->sorted[CH_E_TARGET][i]);
}
