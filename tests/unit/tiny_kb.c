/* tiny_kb.c: see tiny_kb.h. */
#include "tiny_kb.h"

#include <string.h>

static void place(tiny_kb *tiny, ch_section section, const void *records, uint32_t n,
                  uint32_t stride)
{
    uint64_t offset = (uint64_t)((const char *)records - (const char *)tiny);
    tiny->kb.header.sections[section] = (ch_section_entry){offset, n, stride};
}

#define PLACE(section, array, n)                                                       \
    place(tiny, section, tiny->array, n, (uint32_t)sizeof tiny->array[0])

static void make_findings(tiny_kb *tiny)
{
    static const uint32_t first_atom[TINY_FINDINGS] = {0, 1, 2, 3, 5, 0, 0};
    static const uint32_t n_atoms[TINY_FINDINGS] = {1, 1, 1, 2, 1, 0, 0};
    for (uint32_t a = 0; a < TINY_ATOMS; a++) {
        tiny->lists[a] = tiny->atom_order[a] = a;
        tiny->atoms[a] = (ch_atom){.cluster = CH_NONE, .passport = CH_NONE};
    }
    for (uint32_t f = 0; f < TINY_FINDINGS; f++) {
        tiny->findings[f] = (ch_finding){
            .atoms = {first_atom[f], n_atoms[f]},
            .number = f >= 5 ? f - 5 : CH_NONE,
            .screen = CH_NONE,
            .kind = f < 3    ? CH_FK_YES_NO
                    : f == 3 ? CH_FK_ONE_OF
                    : f == 4 ? CH_FK_DERIVED
                             : CH_FK_NUMBER,
        };
        for (uint32_t i = 0; i < n_atoms[f]; i++)
            tiny->atoms[first_atom[f] + i].finding = f;
    }
    for (uint32_t i = 0; i < TINY_NUMBERS; i++)
        tiny->numbers[i] = (ch_number){.finding = 5 + i, .maximum = 100};
}

void tiny_kb_make(tiny_kb *tiny)
{
    memset(tiny, 0, sizeof *tiny);
    PLACE(CH_S_EXPRS, exprs, TINY_ROOM);
    PLACE(CH_S_ATOMS, atoms, TINY_ATOMS);
    PLACE(CH_S_FINDINGS, findings, TINY_FINDINGS);
    PLACE(CH_S_NUMBERS, numbers, TINY_NUMBERS);
    PLACE(CH_S_RULES, rules, 0);
    PLACE(CH_S_MODIFIERS, modifiers, 0);
    PLACE(CH_S_CAUTIONS, cautions, 0);
    PLACE(CH_S_CONDITIONS, conditions, 1);
    PLACE(CH_S_SCORES, scores, 1);
    PLACE(CH_S_SCORE_ITEMS, score_items, TINY_ROOM);
    PLACE(CH_S_FORMULAS, formulas, TINY_ROOM);
    PLACE(CH_S_LISTS, lists, TINY_ROOM);
    PLACE(CH_S_ATOM_ORDER, atom_order, TINY_ATOMS);
    make_findings(tiny);
}

void tiny_kb_count(tiny_kb *tiny, ch_section section, uint32_t n)
{
    tiny->kb.header.sections[section].n = n;
}

static ch_run add(tiny_kb *tiny, ch_expr node)
{
    uint32_t at = tiny->n_exprs++;
    tiny->exprs[at] = node;
    return (ch_run){at + 1 - node.size, node.size};
}

ch_run tiny_atom(tiny_kb *tiny, uint32_t atom)
{
    return add(tiny, (ch_expr){.op = CH_OP_ATOM, .size = 1, .a = atom});
}

ch_run tiny_number(tiny_kb *tiny, ch_comparison comparison, double value)
{
    return add(tiny, (ch_expr){.op = CH_OP_NUMBER,
                               .comparison = (uint8_t)comparison,
                               .size = 1,
                               .value = value});
}

ch_run tiny_node(tiny_kb *tiny, ch_op op, uint32_t n, uint32_t at_least)
{
    uint32_t size = 1;
    for (uint32_t i = 0; i < n; i++)
        size += tiny->exprs[tiny->n_exprs - size].size;
    return add(
        tiny,
        (ch_expr){.op = (uint8_t)op, .n = (uint16_t)n, .size = size, .a = at_least});
}

ch_facts tiny_facts(const tiny_kb *tiny)
{
    static _Alignas(64) unsigned char memory[4096];
    static ch_arena arena;
    ch_facts facts = {0};
    ch_arena_init(&arena, memory, sizeof memory);
    if (ch_facts_init(&facts, &tiny->kb, &arena))
        ch_facts_resolve(&facts);
    return facts;
}
