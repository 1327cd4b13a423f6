/* mutate.c: see mutate.h.
 *
 * Faults are put into a copy of the image. The copy has EXPRS once more at its end,
 * with room for one more expression, because an inverted rule is one node longer than
 * the rule.
 */
#include "author/mutate.h"

#include <string.h>

#include "author/compile.h"
#include "base/limits.h"
#include "base/real.h"
#include "base/view.h"
#include "kb/kb.h"

/* A likelihood this many times the leak, or the leak this many times it, is strong. */
static const double STRONG_RATIO = 5;
/* As the derivation of likelihoods has it. */
static const double MOST_P = 0.95;

enum { N_SPARE_NODES = CH_MAX_EXPR_NODES + 1 };

typedef struct mutant {
    ch_mutant is;
    uint32_t record; /* of its section */
    uint32_t node;   /* of a cut-off: in EXPRS */
} mutant;

struct ch_mutation {
    ch_bookshelf *shelf;
    unsigned char *base, *work; /* [size] images */
    size_t size;
    uint32_t first_spare; /* in EXPRS */
    ch_vector mutants;    /* mutant */
    bool is_failed;
};

static const charley_kb *base_of(const ch_mutation *m)
{
    return (const charley_kb *)(const void *)m->base;
}

const char *ch_mutant_kind_name(ch_mutant_kind kind)
{
    static const char *const NAME[CH_N_MUTANT_KINDS] = {
        "rule dropped",       "rule inverted",       "caution dropped",
        "likelihood dropped", "likelihood inverted", "floor dropped",
        "modifier dropped",   "cut-off moved"};
    return NAME[kind];
}

size_t ch_mutation_count(const ch_mutation *mutation)
{
    return mutation->mutants.n;
}

const ch_mutant *ch_mutation_at(const ch_mutation *mutation, size_t index)
{
    return &CH_AT(mutation->mutants, index, mutant)->is;
}

/* ---- listing ---- */

static mutant *add(ch_mutation *m, ch_mutant_kind kind, charley_text id,
                   uint32_t record)
{
    mutant *added = ch_vector_add(&m->shelf->pool, &m->mutants);
    if (!added) {
        m->is_failed = true;
        return NULL;
    }
    *added = (mutant){.is = {.kind = kind, .id = id}, .record = record};
    return added;
}

static void place(mutant *at, const ch_node *node)
{
    if (!at || !node)
        return;
    at->is.file = node->file;
    at->is.line = node->line;
}

/* Where an entry stands in the files. */
static const ch_node *node_of(const ch_mutation *m, ch_entry_kind kind, charley_text id)
{
    uint32_t index = ch_table_find(&m->shelf->ids[kind], id);
    return index == CH_NONE ? NULL : ch_entry_at(m->shelf, kind, index)->node;
}

static void list_entries(ch_mutation *m, ch_mutant_kind kind, ch_section section,
                         ch_entry_kind entry)
{
    const charley_kb *kb = base_of(m);
    const unsigned char *first = ch_kb_section(kb, section);
    for (uint32_t i = 0; i < ch_kb_n(kb, section); i++) {
        const void *record = first + (size_t)i * kb->header.sections[section].stride;
        charley_text id = ch_kb_string(kb, *(const ch_string *)record);
        place(add(m, kind, id, i), node_of(m, entry, id));
    }
}

/* P(present | the condition alone), whichever way the link is given. */
static double chance_of(const charley_kb *kb, const ch_link *link)
{
    double leak = ch_kb_atoms(kb)[link->atom].leak;
    return link->kind == CH_LINK_P ? link->p : 1 - (1 - leak) * (1 - link->p);
}

/* A condition's own likelihood, else that of its profile. */
static const ch_node *node_of_link(const ch_mutation *m, charley_text condition,
                                   charley_text fact)
{
    uint32_t c = ch_table_find(&m->shelf->ids[CH_E_CONDITION], condition);
    uint32_t a = ch_table_find(&m->shelf->ids[CH_E_ATOM], fact);
    if (c == CH_NONE || a == CH_NONE)
        return NULL;
    const ch_entry *atom = ch_entry_at(m->shelf, CH_E_ATOM, a);
    const ch_condition_entry *entry =
        CH_ENTRY(m->shelf, CH_E_CONDITION, c, ch_condition_entry);
    const ch_link_entry *link = ch_link_find(&entry->links, atom);
    const ch_profile_entry *profile = (void *)entry->profile.entry;
    if (!link && profile)
        link = ch_link_find(&profile->links, atom);
    return link ? link->entry.node : NULL;
}

static void list_likelihoods(ch_mutation *m, ch_mutant_kind kind)
{
    const charley_kb *kb = base_of(m);
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_LINKS); i++) {
        const ch_link *link = &ch_kb_links(kb)[i];
        double ratio = chance_of(kb, link) / ch_kb_atoms(kb)[link->atom].leak;
        if (ratio < STRONG_RATIO && ratio > 1 / STRONG_RATIO)
            continue;
        charley_text condition =
            ch_kb_string(kb, ch_kb_conditions(kb)[link->condition].id);
        charley_text fact = ch_kb_string(kb, ch_kb_atoms(kb)[link->atom].id);
        charley_text claim =
            ch_kb_string(kb, ch_kb_passports(kb)[link->passport].claim);
        mutant *added = add(m, kind, claim, i);
        place(added, node_of_link(m, condition, fact));
        if (added)
            added->is.subject = fact;
    }
}

static void list_floors(ch_mutation *m)
{
    const charley_kb *kb = base_of(m);
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_CONDITIONS); i++) {
        const ch_condition *condition = &ch_kb_conditions(kb)[i];
        charley_text id = ch_kb_string(kb, condition->id);
        if (condition->floor > 0)
            place(add(m, CH_MUTANT_FLOOR_DROPPED, id, i),
                  node_of(m, CH_E_CONDITION, id));
    }
}

static void list_cutoffs_of(ch_mutation *m, charley_text id, ch_run when,
                            const ch_node *node)
{
    const charley_kb *kb = base_of(m);
    for (uint32_t i = when.first; i < when.first + when.n; i++) {
        const ch_expr *expr = &ch_kb_exprs(kb)[i];
        if (expr->op != CH_OP_NUMBER && expr->op != CH_OP_SCORE)
            continue;
        mutant *added = add(m, CH_MUTANT_CUTOFF_MOVED, id, 0);
        place(added, node);
        if (!added)
            return;
        uint32_t finding =
            expr->op == CH_OP_NUMBER ? ch_kb_numbers(kb)[expr->a].finding : 0;
        added->node = i;
        added->is.is_score = expr->op == CH_OP_SCORE;
        added->is.value = expr->value;
        added->is.subject =
            ch_kb_string(kb, added->is.is_score ? ch_kb_scores(kb)[expr->a].id
                                                : ch_kb_findings(kb)[finding].id);
    }
}

static void list_cutoffs(ch_mutation *m)
{
    const charley_kb *kb = base_of(m);
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_RULES); i++) {
        charley_text id = ch_kb_string(kb, ch_kb_rules(kb)[i].id);
        list_cutoffs_of(m, id, ch_kb_rules(kb)[i].when, node_of(m, CH_E_RULE, id));
    }
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_CAUTIONS); i++) {
        charley_text id = ch_kb_string(kb, ch_kb_cautions(kb)[i].id);
        list_cutoffs_of(m, id, ch_kb_cautions(kb)[i].when,
                        node_of(m, CH_E_CAUTION, id));
    }
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_ATOMS); i++) {
        charley_text id = ch_kb_string(kb, ch_kb_atoms(kb)[i].id);
        list_cutoffs_of(m, id, ch_kb_atoms(kb)[i].derive, node_of(m, CH_E_FINDING, id));
    }
}

/* ---- opening ---- */

static charley_status copy_image(ch_mutation *m, const ch_header *image)
{
    const ch_section_entry *old = &image->sections[CH_S_EXPRS];
    size_t n_bytes = (size_t)(old->n + N_SPARE_NODES) * old->stride;
    m->size = (size_t)image->size + n_bytes;
    m->first_spare = old->n;
    m->base = ch_pool_take(&m->shelf->pool, 1, m->size);
    m->work = ch_pool_take(&m->shelf->pool, 1, m->size);
    if (!m->base || !m->work)
        return CHARLEY_E_MEMORY;
    memcpy(m->base, image, (size_t)image->size);
    memcpy(m->base + image->size, ch_kb_exprs((const charley_kb *)image),
           (size_t)old->n * old->stride);
    ch_header *header = (ch_header *)(void *)m->base;
    header->sections[CH_S_EXPRS].offset = image->size;
    header->sections[CH_S_EXPRS].n = old->n + N_SPARE_NODES;
    header->size = m->size;
    ch_image_seal(header, (size_t)header->size);
    return CHARLEY_OK;
}

charley_status ch_mutation_open(ch_bookshelf *shelf, ch_mutation **mutation)
{
    const void *image;
    size_t size;
    CH_TRY(ch_author_build(shelf, &image, &size));
    ch_mutation *m = CH_NEW(&shelf->pool, ch_mutation);
    if (!m)
        return CHARLEY_E_MEMORY;
    m->shelf = shelf;
    m->mutants = CH_VECTOR(mutant);
    CH_TRY(copy_image(m, image));
    list_entries(m, CH_MUTANT_RULE_DROPPED, CH_S_RULES, CH_E_RULE);
    list_entries(m, CH_MUTANT_RULE_INVERTED, CH_S_RULES, CH_E_RULE);
    list_entries(m, CH_MUTANT_CAUTION_DROPPED, CH_S_CAUTIONS, CH_E_CAUTION);
    list_likelihoods(m, CH_MUTANT_LIKELIHOOD_DROPPED);
    list_likelihoods(m, CH_MUTANT_LIKELIHOOD_INVERTED);
    list_floors(m);
    list_entries(m, CH_MUTANT_MODIFIER_DROPPED, CH_S_MODIFIERS, CH_E_MODIFIER);
    list_cutoffs(m);
    if (m->is_failed)
        return CHARLEY_E_MEMORY;
    *mutation = m;
    return CHARLEY_OK;
}

/* ---- making ---- */

static void *section_of(const ch_mutation *m, ch_section section)
{
    const ch_header *header = (const ch_header *)(const void *)m->work;
    return m->work + header->sections[section].offset;
}

/* An expression that is always no. */
static ch_run never(const ch_mutation *m)
{
    ch_expr *spare = (ch_expr *)section_of(m, CH_S_EXPRS) + m->first_spare;
    *spare = (ch_expr){.op = CH_OP_ANY, .size = 1};
    return (ch_run){m->first_spare, 1};
}

/* The contrary of an expression. */
static ch_run inverted(const ch_mutation *m, ch_run when)
{
    ch_expr *nodes = section_of(m, CH_S_EXPRS);
    ch_expr *spare = nodes + m->first_spare;
    if (when.n == 0)
        return never(m);
    memcpy(spare, nodes + when.first, when.n * sizeof *spare);
    if (spare[when.n - 1].op == CH_OP_NOT)
        return (ch_run){m->first_spare, when.n - 1};
    spare[when.n] = (ch_expr){.op = CH_OP_NOT, .n = 1, .size = when.n + 1};
    return (ch_run){m->first_spare, when.n + 1};
}

static void set_chance(ch_link *link, double p)
{
    link->kind = CH_LINK_P;
    link->p = p;
}

static void invert_chance(const ch_mutation *m, ch_link *link)
{
    double leak = ch_kb_atoms(base_of(m))[link->atom].leak;
    double p = leak * leak / chance_of(base_of(m), link);
    set_chance(link, p < MOST_P ? p : MOST_P);
}

/* At least becomes above, and so on: the value itself changes sides. */
static void move_cutoff(ch_expr *node)
{
    static const ch_comparison OTHER[] = {[CH_AT_LEAST] = CH_ABOVE,
                                          [CH_ABOVE] = CH_AT_LEAST,
                                          [CH_AT_MOST] = CH_BELOW,
                                          [CH_BELOW] = CH_AT_MOST};
    node->comparison = (uint8_t)OTHER[node->comparison];
}

static void apply(const ch_mutation *m, const mutant *what)
{
    ch_rule *rule = (ch_rule *)section_of(m, CH_S_RULES) + what->record;
    ch_caution *caution = (ch_caution *)section_of(m, CH_S_CAUTIONS) + what->record;
    ch_modifier *modifier = (ch_modifier *)section_of(m, CH_S_MODIFIERS) + what->record;
    ch_link *link = (ch_link *)section_of(m, CH_S_LINKS) + what->record;
    ch_condition *conditions = section_of(m, CH_S_CONDITIONS);
    switch (what->is.kind) {
    case CH_MUTANT_RULE_DROPPED:
        rule->when = never(m);
        break;
    case CH_MUTANT_RULE_INVERTED:
        rule->when = inverted(m, rule->when);
        break;
    case CH_MUTANT_CAUTION_DROPPED:
        caution->when = never(m);
        caution->suspects.n = 0;
        break;
    case CH_MUTANT_LIKELIHOOD_DROPPED:
        set_chance(link, ch_kb_atoms(base_of(m))[link->atom].leak);
        break;
    case CH_MUTANT_LIKELIHOOD_INVERTED:
        invert_chance(m, link);
        break;
    case CH_MUTANT_FLOOR_DROPPED:
        conditions[what->record].floor = 0;
        break;
    case CH_MUTANT_MODIFIER_DROPPED:
        modifier->when = never(m);
        break;
    default:
        move_cutoff((ch_expr *)section_of(m, CH_S_EXPRS) + what->node);
        break;
    }
}

void ch_mutation_base(const ch_mutation *mutation, const void **image, size_t *size)
{
    *image = mutation->base;
    *size = mutation->size;
}

void ch_mutation_make(ch_mutation *mutation, size_t index, const void **image,
                      size_t *size)
{
    memcpy(mutation->work, mutation->base, mutation->size);
    apply(mutation, CH_AT(mutation->mutants, index, mutant));
    ch_header *work = (ch_header *)(void *)mutation->work;
    ch_image_seal(work, (size_t)work->size);
    *image = mutation->work;
    *size = mutation->size;
}
