/* compile_conditions.c: conditions, their priors and factors, and the links between
 * conditions and findings, with a passport for every number. */
#include "author/compile.h"
#include "author/shape.h"

#include <math.h>
#include <stdlib.h>

#define NOT_PUBLISHED ((double)NAN)

typedef struct link_row {
    const ch_condition_entry *condition;
    ch_atom_entry *atom;
    const ch_link_entry *link;
} link_row;

/* ---- codes ---- */

static ch_string put_codes(ch_builder *builder, const ch_codes *codes)
{
    if (!codes)
        return (ch_string){0, 0};
    const struct {
        const char *system;
        const ch_node *code;
    } rows[] = {{"ICD-10", codes->icd10}, {"ICD-10-CM", codes->icd10cm},
                {"ICD-11", codes->icd11}, {"HPO", codes->hpo},
                {"Mondo", codes->mondo},  {"LOINC", codes->loinc}};
    ch_buffer joined = {.pool = &builder->shelf->pool};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].code)
            ch_buffer_print(&joined, "%s%s %.*s", joined.size ? "; " : "",
                            rows[i].system, CH_ARG(rows[i].code->text));
    builder->is_failed |= joined.is_failed;
    return ch_put_text(builder, (charley_text){joined.bytes, joined.size});
}

/* ---- priors and factors ---- */

static void put_prior(ch_builder *builder, charley_text claim, const ch_term *when,
                      ch_real p, const ch_backing *backing)
{
    ch_spread spread = ch_derive_chance(p, backing);
    ch_run run = ch_put_expression(builder, when);
    uint32_t passport = ch_put_passport(builder, claim, backing, spread.derivation,
                                        p.value, NOT_PUBLISHED);
    ch_prior *prior = ch_put(builder, CH_S_PRIORS);
    prior->when = run;
    prior->p = spread.p;
    prior->sd = spread.sd;
    prior->passport = passport;
}

static ch_run put_priors(ch_builder *builder, const ch_condition_entry *from)
{
    ch_run run = {ch_put_count(builder, CH_S_PRIORS), 0};
    const ch_prior_entry *prior = from->prior;
    put_prior(builder, ch_print_text(builder, "%.*s.prior", CH_ARG(from->entry.id)),
              NULL, prior->base->p, &prior->base->backing);
    for (uint32_t i = 0; i < prior->strata.n; i++) {
        const ch_stratum_entry *stratum = CH_ITEM(prior->strata, i, ch_stratum_entry);
        if (!ch_entry_in_use(&stratum->entry))
            continue;
        /* Strata have no ids: their number in the file stands in the claim. */
        charley_text claim = ch_print_text(builder, "%.*s.prior.%u",
                                           CH_ARG(from->entry.id), (unsigned)(i + 1));
        put_prior(builder, claim, stratum->when, stratum->p, &stratum->backing);
    }
    run.n = ch_put_count(builder, CH_S_PRIORS) - run.first;
    return run;
}

static void put_factor(ch_builder *builder, const ch_condition_entry *condition,
                       const ch_factor_entry *from)
{
    ch_odds_step step =
        ch_derive_factor(from->odds_ratio, from->prevalence, &from->backing);
    charley_text claim =
        ch_print_text(builder, "%.*s.prior.%.*s", CH_ARG(condition->entry.id),
                      CH_ARG(from->entry.id));
    ch_run when = ch_put_expression(builder, from->when);
    uint32_t passport = ch_put_passport(builder, claim, &from->backing, step.derivation,
                                        from->odds_ratio.value, NOT_PUBLISHED);
    ch_factor *factor = ch_put(builder, CH_S_FACTORS);
    factor->when = when;
    factor->log_yes = step.log_yes;
    factor->log_no = step.log_no;
    factor->sd = step.sd;
    factor->passport = passport;
}

static ch_run put_factors(ch_builder *builder, const ch_condition_entry *from)
{
    ch_run run = {ch_put_count(builder, CH_S_FACTORS), 0};
    for (uint32_t i = 0; i < from->prior->factors.n; i++) {
        const ch_factor_entry *factor =
            CH_ITEM(from->prior->factors, i, ch_factor_entry);
        if (ch_entry_in_use(&factor->entry))
            put_factor(builder, from, factor);
    }
    run.n = ch_put_count(builder, CH_S_FACTORS) - run.first;
    return run;
}

/* ---- conditions ---- */

/* The passport of a threshold of a condition. */
static uint32_t put_threshold(ch_builder *builder, const ch_condition_entry *condition,
                              const char *part, const ch_chance *chance)
{
    charley_text claim =
        ch_print_text(builder, "%.*s.%s", CH_ARG(condition->entry.id), part);
    return ch_put_passport(builder, claim, &chance->backing,
                           ch_derive_chance(chance->p, &chance->backing).derivation,
                           chance->p.value, NOT_PUBLISHED);
}

static ch_run put_mechanisms(ch_builder *builder, uint32_t mechanisms)
{
    ch_run run = {ch_put_count(builder, CH_S_LISTS), 0};
    for (int m = 1; ch_mechanism_word(m).size > 0; m++)
        if (mechanisms >> m & 1)
            *(uint32_t *)ch_put(builder, CH_S_LISTS) =
                ch_put_word(builder, "mechanism", ch_mechanism_word(m), NULL);
    run.n = ch_put_count(builder, CH_S_LISTS) - run.first;
    return run;
}

static void put_condition(ch_builder *builder, const ch_condition_entry *from)
{
    charley_text id = from->entry.id;
    ch_run mechanisms = put_mechanisms(builder, from->mechanisms);
    ch_run priors = put_priors(builder, from);
    ch_run factors = put_factors(builder, from);
    ch_condition *condition = ch_put(builder, CH_S_CONDITIONS);
    condition->id = ch_put_text(builder, id);
    condition->family = ch_put_text(builder, ch_family_word(from->family));
    condition->codes = put_codes(builder, from->codes);
    condition->urgency = from->urgency;
    condition->must_not_miss = from->must_not_miss;
    condition->floor_passport = CH_NONE;
    if (from->floor) {
        condition->floor = ch_chance_p(from->floor->p, &from->floor->backing);
        condition->floor_passport = put_threshold(builder, from, "floor", from->floor);
    }
    condition->act_above = ch_chance_p(from->act_above->p, &from->act_above->backing);
    condition->act_passport =
        put_threshold(builder, from, "act_above", from->act_above);
    condition->excluded_by =
        from->excluded_by.entry ? from->excluded_by.entry->record : CH_NONE;
    condition->mechanisms = mechanisms;
    condition->priors = priors;
    condition->factors = factors;
    condition->tests = ch_put_refs(builder, &from->tests);
    condition->clinics = ch_put_refs(builder, &from->clinics);
    condition->word_name = ch_put_word(builder, "condition", id, "name");
    condition->word_also = ch_put_word(builder, "condition", id, "also");
    condition->word_what = ch_put_word(builder, "condition", id, "what");
    condition->word_mechanism = ch_put_word(builder, "condition", id, "mechanism");
    condition->word_course = ch_put_word(builder, "condition", id, "course");
}

/* ---- links ---- */

static void add_rows(ch_builder *builder, ch_vector *rows,
                     const ch_condition_entry *condition, const ch_vector *links,
                     const ch_vector *overriding)
{
    for (uint32_t i = 0; i < links->n; i++) {
        const ch_link_entry *link = CH_ITEM(*links, i, ch_link_entry);
        if (!ch_entry_in_use(&link->entry) ||
            (overriding && ch_link_find(overriding, link->atom.entry)))
            continue;
        link_row *row = ch_vector_add(&builder->shelf->pool, rows);
        if (!row) {
            builder->is_failed = true;
            return;
        }
        *row = (link_row){condition, (ch_atom_entry *)(void *)link->atom.entry, link};
    }
}

static int compare_rows(const void *a, const void *b)
{
    const link_row *left = a;
    const link_row *right = b;
    uint32_t first = left->atom->entry.record;
    uint32_t second = right->atom->entry.record;
    if (first == second) {
        first = left->condition->entry.record;
        second = right->condition->entry.record;
    }
    return (first > second) - (first < second);
}

static void put_link(ch_builder *builder, const link_row *row)
{
    const ch_link_entry *from = row->link;
    const ch_chance *leak = row->atom->leak;
    ch_link_kind kind;
    ch_spread spread =
        ch_derive_likelihood(from, ch_chance_p(leak->p, &leak->backing),
                             builder->shelf->meta->likelihood_cap->ratio.value, &kind);
    charley_text claim =
        ch_print_text(builder, "%.*s.%.*s", CH_ARG(row->condition->entry.id),
                      CH_ARG(row->atom->entry.id));
    uint32_t passport =
        ch_put_passport(builder, claim, &from->backing, spread.derivation,
                        from->ratios ? from->ratios->positive.value : from->p.value,
                        from->ratios ? from->ratios->negative.value : NOT_PUBLISHED);
    ch_link *link = ch_put(builder, CH_S_LINKS);
    link->condition = row->condition->entry.record;
    link->atom = row->atom->entry.record;
    link->kind = kind;
    link->passport = passport;
    link->p = spread.p;
    link->sd = spread.sd;
}

/* Gives an atom its run of links, and the leak that they are measured against. */
static void close_atom(ch_builder *builder, const ch_atom_entry *from, ch_run links)
{
    const ch_chance *leak = from->leak;
    ch_spread spread = ch_derive_chance(leak->p, &leak->backing);
    uint32_t passport = ch_put_passport(
        builder, ch_print_text(builder, "%.*s.leak", CH_ARG(from->entry.id)),
        &leak->backing, spread.derivation, leak->p.value, NOT_PUBLISHED);
    if (builder->is_failed)
        return;
    ch_atom *atom = CH_AT(builder->sections[CH_S_ATOMS], from->entry.record, ch_atom);
    atom->links = links;
    atom->leak = spread.p;
    atom->leak_sd = spread.sd;
    atom->passport = passport;
}

static void put_links(ch_builder *builder, const ch_vector *rows)
{
    ch_run run = {0, 0};
    for (uint32_t i = 0; i < rows->n; i++) {
        const link_row *row = CH_AT(*rows, i, link_row);
        put_link(builder, row);
        run.n++;
        bool is_last = i + 1 == rows->n || row[1].atom != row->atom;
        if (!is_last)
            continue;
        close_atom(builder, row->atom, run);
        run = (ch_run){i + 1, 0};
    }
}

void ch_compile_conditions(ch_builder *builder)
{
    ch_vector rows = CH_VECTOR(link_row);
    for (uint32_t i = 0; i < builder->n_sorted[CH_E_CONDITION]; i++) {
        const ch_condition_entry *condition =
            (void *)builder->sorted[CH_E_CONDITION][i];
        put_condition(builder, condition);
        add_rows(builder, &rows, condition, &condition->links, NULL);
        const ch_profile_entry *profile = (void *)condition->profile.entry;
        if (profile)
            add_rows(builder, &rows, condition, &profile->links, &condition->links);
    }
    if (rows.n)
        qsort(rows.items, rows.n, rows.stride, compare_rows);
    put_links(builder, &rows);
}
