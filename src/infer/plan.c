/* plan.c: from a set of present findings to the program that eliminates their causes.
 * See plan.h for what a plan is and order.c for the search. */
#include "infer/plan.h"

#include "base/fail.h"

#include <string.h>

enum { NOT_IN_CORE = 0xFF, NOT_OPEN = 0xFF };

/* A link between two nodes that are both still there. */
typedef struct edge {
    uint32_t link;
    uint16_t finding; /* position in the set */
    uint16_t cause;
} edge;

/* The bipartite graph of the set while it is being peeled. The exclusive or of a
 * node's remaining edges is, at the moment one is left, that edge. */
typedef struct graph {
    const ch_net *net;
    uint32_t n_findings;
    uint32_t n_edges;
    edge *edges;                             /* [n_edges] by finding */
    uint32_t *first;                         /* [n_findings + 1], into edges */
    uint16_t *n_of_finding, *n_of_cause;     /* edges left */
    uint32_t *mix_of_finding, *mix_of_cause; /* exclusive or of the edges left */
    uint32_t *waiting; /* stack of nodes with one edge left; causes after findings */
    uint32_t n_waiting;
} graph;

static uint32_t count_links(const ch_net *net, const uint32_t *present,
                            uint32_t n_present)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < n_present; i++)
        n += net->first_link[present[i] + 1] - net->first_link[present[i]];
    return n;
}

static charley_status check_set(const ch_net *net, const uint32_t *present,
                                uint32_t n_present, charley_error *error)
{
    if (net->n_causes > CH_MAX_CONDITIONS)
        return ch_fail(error, CHARLEY_E_LIMIT, "more than %u causes",
                       (unsigned)CH_MAX_CONDITIONS);
    if (n_present > net->n_findings || n_present > UINT16_MAX)
        return ch_fail(error, CHARLEY_E_MISUSE, "more present findings than exist");
    for (uint32_t i = 0; i < n_present; i++)
        if (present[i] >= net->n_findings || (i && present[i] <= present[i - 1]))
            return ch_fail(error, CHARLEY_E_MISUSE,
                           "present findings must be ascending and in range");
    return CHARLEY_OK;
}

/* ---- the plan's own memory ------------------------------------------------- */

/* Every cause and finding has at most one step, and each arc belongs to one. */
static ch_plan *take_plan(const ch_net *net, uint32_t n_present, uint32_t n_links,
                          ch_arena *arena)
{
    ch_plan *plan = ch_arena_take_raw(arena, 1, sizeof *plan);
    uint32_t *present = ch_arena_take_raw(arena, n_present, sizeof *present);
    ch_arc *arc = ch_arena_take_raw(arena, n_links, sizeof *arc);
    ch_step *step =
        ch_arena_take_raw(arena, (size_t)net->n_causes + n_present, sizeof *step);
    if (!plan || !present || !arc || !step)
        return NULL;
    *plan =
        (ch_plan){.n_present = n_present, .present = present, .arc = arc, .step = step};
    return plan;
}

static bool take_graph(graph *g, uint32_t n_links, ch_arena *arena)
{
    size_t n_causes = g->net->n_causes, n_findings = g->n_findings;
    g->edges = ch_arena_take_raw(arena, n_links, sizeof *g->edges);
    g->first = ch_arena_take_raw(arena, n_findings + 1, sizeof *g->first);
    g->n_of_finding = ch_arena_take(arena, n_findings, sizeof *g->n_of_finding);
    g->n_of_cause = ch_arena_take(arena, n_causes, sizeof *g->n_of_cause);
    g->mix_of_finding = ch_arena_take(arena, n_findings, sizeof *g->mix_of_finding);
    g->mix_of_cause = ch_arena_take(arena, n_causes, sizeof *g->mix_of_cause);
    g->waiting = ch_arena_take_raw(arena, n_causes + n_findings, sizeof *g->waiting);
    return g->edges && g->first && g->n_of_finding && g->n_of_cause &&
           g->mix_of_finding && g->mix_of_cause && g->waiting;
}

/* ---- peeling ---------------------------------------------------------------- */

static charley_status build_graph(graph *g, const uint32_t *present,
                                  charley_error *error)
{
    const ch_net *net = g->net;
    uint32_t n = 0;
    for (uint32_t i = 0; i < g->n_findings; i++) {
        uint32_t first = g->first[i] = n;
        uint32_t end = net->first_link[present[i] + 1];
        for (uint32_t k = net->first_link[present[i]]; k < end; k++) {
            if (net->strength[k] == 0)
                continue;
            uint32_t c = net->cause[k];
            /* The latest edge of a cause is kept in its mix until all are built. */
            if (g->n_of_cause[c] && g->mix_of_cause[c] >= first)
                return ch_fail(error, CHARLEY_E_DATA, "finding %u names cause %u twice",
                               (unsigned)present[i], (unsigned)c);
            g->edges[n] = (edge){k, (uint16_t)i, (uint16_t)c};
            g->n_of_cause[c]++;
            g->mix_of_cause[c] = n++;
        }
    }
    g->first[g->n_findings] = g->n_edges = n;
    memset(g->mix_of_cause, 0, net->n_causes * sizeof *g->mix_of_cause);
    for (uint32_t e = 0; e < n; e++) {
        g->n_of_finding[g->edges[e].finding]++;
        g->mix_of_finding[g->edges[e].finding] ^= e;
        g->mix_of_cause[g->edges[e].cause] ^= e;
    }
    return CHARLEY_OK;
}

static ch_step *add_step(ch_plan *plan, ch_step_kind kind, uint32_t cause,
                         uint32_t finding)
{
    ch_step *step = &plan->step[plan->n_steps++];
    *step = (ch_step){.kind = (uint8_t)kind,
                      .cause = (uint16_t)cause,
                      .finding = (uint16_t)finding,
                      .first_arc = plan->n_arcs,
                      .store_with = CH_NOT_STORED,
                      .store_without = CH_NOT_STORED};
    return step;
}

static void add_arc(ch_plan *plan, const edge *e, unsigned bit)
{
    plan->arc[plan->n_arcs++] = (ch_arc){e->link, e->finding, (uint8_t)bit};
}

static void remove_edge(graph *g, uint32_t e)
{
    uint32_t f = g->edges[e].finding, c = g->edges[e].cause;
    g->mix_of_finding[f] ^= e;
    g->mix_of_cause[c] ^= e;
    if (--g->n_of_cause[c] == 1)
        g->waiting[g->n_waiting++] = g->n_findings + c;
    if (--g->n_of_finding[f] == 1)
        g->waiting[g->n_waiting++] = f;
}

/* Folds one waiting node into its neighbour. It may have lost its last edge since. */
static void peel_node(graph *g, ch_plan *plan, uint32_t node)
{
    bool is_finding = node < g->n_findings;
    uint32_t c = is_finding ? 0 : node - g->n_findings;
    if ((is_finding ? g->n_of_finding[node] : g->n_of_cause[c]) != 1)
        return;
    uint32_t e = is_finding ? g->mix_of_finding[node] : g->mix_of_cause[c];
    add_step(plan, is_finding ? CH_STEP_FINDING_LEAF : CH_STEP_CAUSE_LEAF,
             g->edges[e].cause, g->edges[e].finding);
    add_arc(plan, &g->edges[e], 0);
    remove_edge(g, e);
    if (!is_finding && g->n_of_finding[g->edges[e].finding] == 0)
        add_step(plan, CH_STEP_FINDING_ROOT, 0, g->edges[e].finding);
}

static void peel(graph *g, ch_plan *plan)
{
    for (uint32_t f = 0; f < g->n_findings; f++) {
        if (g->n_of_finding[f] == 0)
            add_step(plan, CH_STEP_FINDING_ROOT, 0, f);
        else if (g->n_of_finding[f] == 1)
            g->waiting[g->n_waiting++] = f;
    }
    for (uint32_t c = 0; c < g->net->n_causes; c++)
        if (g->n_of_cause[c] == 1)
            g->waiting[g->n_waiting++] = g->n_findings + c;
    while (g->n_waiting)
        peel_node(g, plan, g->waiting[--g->n_waiting]);
    plan->n_peel = plan->n_steps;
}

/* ---- the core --------------------------------------------------------------- */

/* What is left after peeling, numbered for the order search. */
typedef struct core_map {
    ch_core core;
    uint64_t findings[CH_MAX_CONDITIONS];
    uint64_t needs[CH_MAX_CORE];
    uint32_t first_cause[CH_MAX_CORE + 1];
    uint16_t *causes;                    /* [n_edges] */
    uint16_t cause[CH_MAX_CONDITIONS];   /* core cause -> cause of the net */
    uint16_t core_of[CH_MAX_CONDITIONS]; /* cause of the net -> core cause */
    uint16_t finding[CH_MAX_CORE];       /* core finding -> position in the set */
    uint16_t n_left[CH_MAX_CORE];        /* causes not yet eliminated */
    uint8_t bit[CH_MAX_CORE];            /* in the table, or NOT_OPEN */
    bool absorbed[CH_MAX_CONDITIONS];    /* a finding was folded into this cause */
} core_map;

/* Numbers the causes that are left. */
static uint32_t map_causes(const graph *g, core_map *map)
{
    uint32_t n = 0;
    for (uint32_t c = 0; c < g->net->n_causes; c++) {
        map->absorbed[c] = false;
        if (g->n_of_cause[c] < 2)
            continue;
        map->core_of[c] = (uint16_t)n;
        map->findings[n] = 0;
        map->cause[n++] = (uint16_t)c;
    }
    return n;
}

/* Numbers one finding that is left, and lists its causes. */
static void map_finding(const graph *g, core_map *map, uint32_t finding, uint32_t at)
{
    uint32_t n = map->first_cause[at];
    for (uint32_t e = g->first[finding]; e < g->first[finding + 1]; e++) {
        uint32_t c = g->edges[e].cause;
        if (g->n_of_cause[c] < 2)
            continue;
        map->causes[n++] = map->core_of[c];
        map->findings[map->core_of[c]] |= (uint64_t)1 << at;
    }
    map->first_cause[at + 1] = n;
    map->finding[at] = (uint16_t)finding;
    map->n_left[at] = g->n_of_finding[finding];
    map->bit[at] = NOT_OPEN;
}

static charley_status map_core(const graph *g, const ch_plan *plan, core_map *map,
                               charley_error *error)
{
    uint32_t n_causes = map_causes(g, map), n_findings = 0;
    map->first_cause[0] = 0;
    for (uint32_t f = 0; f < g->n_findings; f++) {
        if (g->n_of_finding[f] < 2)
            continue;
        if (n_findings == CH_MAX_CORE)
            return ch_fail(error, CHARLEY_E_LIMIT,
                           "more than %u present findings share causes",
                           (unsigned)CH_MAX_CORE);
        map_finding(g, map, f, n_findings++);
    }
    for (uint32_t f = 0; f < n_findings; f++) {
        map->needs[f] = 0;
        for (uint32_t i = map->first_cause[f]; i < map->first_cause[f + 1]; i++)
            map->needs[f] |= map->findings[map->causes[i]];
    }
    for (uint32_t s = 0; s < plan->n_peel; s++)
        if (plan->step[s].kind == CH_STEP_FINDING_LEAF)
            map->absorbed[plan->step[s].cause] = true;
    map->core = (ch_core){n_causes,   n_findings,       map->findings,
                          map->needs, map->first_cause, map->causes};
    return CHARLEY_OK;
}

/* The edge between two core nodes that are known to be linked. */
static const edge *find_edge(const graph *g, uint32_t finding, uint32_t cause)
{
    const edge *e = &g->edges[g->first[finding]];
    while (e->cause != cause)
        e++;
    return e;
}

/* Takes a bit out of the table: the bits above it move down. */
static void close_bit(core_map *map, uint64_t open, unsigned closing)
{
    for (uint64_t set = open; set; set &= set - 1) {
        unsigned f = (unsigned)__builtin_ctzll(set);
        if (map->bit[f] > map->bit[closing])
            map->bit[f]--;
    }
    map->bit[closing] = NOT_OPEN;
}

/* The finding of `set` with the highest bit. */
static unsigned highest_bit(const core_map *map, uint64_t set)
{
    unsigned best = (unsigned)__builtin_ctzll(set);
    for (; set; set &= set - 1)
        if (map->bit[__builtin_ctzll(set)] > map->bit[best])
            best = (unsigned)__builtin_ctzll(set);
    return best;
}

/* Adds the table step of one core cause; *open is the set of open findings. */
static ch_step *add_table_step(const graph *g, core_map *map, ch_plan *plan,
                               uint32_t core_cause, unsigned width, uint64_t *open)
{
    uint32_t cause = map->cause[core_cause];
    uint64_t linked = map->findings[core_cause], closing = 0;
    for (uint64_t set = linked; set; set &= set - 1)
        if (--map->n_left[__builtin_ctzll(set)] == 0)
            closing |= set & -set;
    uint64_t touching = linked & *open & ~closing, opening = linked & ~*open;

    ch_step *step = add_step(plan, CH_STEP_TABLE, cause, 0);
    step->width = (uint8_t)width;
    while (closing) {
        unsigned f = highest_bit(map, closing);
        closing &= ~((uint64_t)1 << f);
        *open &= ~((uint64_t)1 << f);
        add_arc(plan, find_edge(g, map->finding[f], cause), map->bit[f]);
        close_bit(map, *open, f);
        step->n_close++;
    }
    for (; touching; touching &= touching - 1) {
        unsigned f = (unsigned)__builtin_ctzll(touching);
        add_arc(plan, find_edge(g, map->finding[f], cause), map->bit[f]);
        step->n_touch++;
    }
    for (; opening; opening &= opening - 1) {
        unsigned f = (unsigned)__builtin_ctzll(opening);
        map->bit[f] = (uint8_t)(width - step->n_close + step->n_open++);
        *open |= (uint64_t)1 << f;
        add_arc(plan, find_edge(g, map->finding[f], cause), map->bit[f]);
    }
    return step;
}

/* Decides what the forward pass keeps: always the table "cause present"; the table
 * "cause absent" where the backward pass asks how a finding was opened, or needs the
 * probability of "absent" to full relative precision for a finding folded in. */
static void place_stores(ch_plan *plan, ch_step *step, bool absorbed)
{
    size_t cells = (size_t)1 << (step->width - step->n_close);
    cells = cells < CH_N_LANES ? CH_N_LANES : cells;
    step->store_with = (uint32_t)plan->n_stored;
    plan->n_stored += cells;
    if (step->n_open || absorbed) {
        step->store_without = (uint32_t)plan->n_stored;
        plan->n_stored += cells;
    }
}

static charley_status compile_core(const graph *g, core_map *map, const uint16_t *order,
                                   uint32_t max_width, ch_plan *plan,
                                   charley_error *error)
{
    uint64_t open = 0;
    unsigned width = 0, n_closed = 0;
    for (uint32_t i = 0; i < map->core.n_causes; i++) {
        ch_step *step = add_table_step(g, map, plan, order[i], width, &open);
        width = width - step->n_close + step->n_open;
        if (width > max_width)
            return ch_fail(error, CHARLEY_E_LIMIT,
                           "the present findings need a table of width above %u",
                           (unsigned)max_width);
        if (width > plan->width)
            plan->width = width;
        if (step->n_open > plan->max_open)
            plan->max_open = step->n_open;
        place_stores(plan, step, map->absorbed[step->cause]);
        n_closed += step->n_close;
        if (n_closed >= CH_RESCALE_EVERY) {
            step->rescale = true;
            n_closed = 0;
        }
    }
    return CHARLEY_OK;
}

/* ---- making a plan ---------------------------------------------------------- */

/* The order of the core's causes in an older plan; causes that are new to the core go
 * where they first open nothing, at the latest to the end. */
static void adapt_order(const core_map *map, const ch_plan *old, uint16_t *order)
{
    bool is_placed[CH_MAX_CONDITIONS] = {false};
    bool is_old[CH_MAX_CONDITIONS] = {false};
    const ch_core *core = &map->core;
    uint16_t sequence[CH_MAX_CONDITIONS];
    uint32_t n_sequence = 0, n = 0;
    for (uint32_t s = old->n_peel; s < old->n_steps; s++)
        for (uint32_t c = 0; c < core->n_causes; c++)
            if (map->cause[c] == old->step[s].cause) {
                sequence[n_sequence++] = (uint16_t)c;
                is_old[c] = true;
            }
    uint64_t touched = 0;
    for (uint32_t s = 0; s < n_sequence; s++) {
        order[n++] = sequence[s];
        is_placed[sequence[s]] = true;
        touched |= core->findings[sequence[s]];
        for (uint32_t c = 0; c < core->n_causes; c++)
            if (!is_old[c] && !is_placed[c] && !(core->findings[c] & ~touched)) {
                order[n++] = (uint16_t)c;
                is_placed[c] = true;
            }
    }
    for (uint32_t c = 0; c < core->n_causes; c++)
        if (!is_placed[c])
            order[n++] = (uint16_t)c;
}

static charley_status fill_plan(const ch_net *net, const ch_plan *old, ch_plan *plan,
                                uint32_t n_links, uint32_t max_width, ch_arena *arena,
                                charley_error *error)
{
    graph g = {.net = net, .n_findings = plan->n_present};
    core_map *map = ch_arena_take_raw(arena, 1, sizeof *map);
    if (map)
        map->causes = ch_arena_take_raw(arena, n_links, sizeof *map->causes);
    if (!map || !map->causes || !take_graph(&g, n_links, arena))
        return ch_fail(error, CHARLEY_E_MEMORY, "no room to plan the inference");
    CH_TRY(build_graph(&g, plan->present, error));
    peel(&g, plan);
    CH_TRY(map_core(&g, plan, map, error));
    uint16_t order[CH_MAX_CONDITIONS], known[CH_MAX_CONDITIONS];
    if (old)
        adapt_order(map, old, known);
    ch_order_search(&map->core, old ? known : NULL, order);
    return compile_core(&g, map, order, max_width, plan, error);
}

/* `present` may hold the set already (extend) or is copied in. */
static charley_status make(const ch_net *net, const ch_plan *old,
                           const uint32_t *present, uint32_t n_present,
                           uint32_t max_width, ch_arena *arena, ch_plan **out,
                           charley_error *error)
{
    CH_TRY(check_set(net, present, n_present, error));
    if (max_width > CH_MAX_WIDTH)
        return ch_fail(error, CHARLEY_E_MISUSE, "max_width is above %u",
                       (unsigned)CH_MAX_WIDTH);
    size_t before = ch_arena_mark(arena);
    uint32_t n_links = count_links(net, present, n_present);
    ch_plan *plan = take_plan(net, n_present, n_links, arena);
    if (!plan) {
        ch_arena_rewind(arena, before);
        return ch_fail(error, CHARLEY_E_MEMORY, "no room for an inference plan");
    }
    if (n_present)
        memcpy(plan->present, present, n_present * sizeof *present);
    size_t after = ch_arena_mark(arena);
    charley_status status =
        fill_plan(net, old, plan, n_links, max_width ? max_width : CH_DEFAULT_WIDTH,
                  arena, error);
    ch_arena_rewind(arena, status == CHARLEY_OK ? after : before);
    if (status == CHARLEY_OK)
        *out = plan;
    return status;
}

charley_status ch_plan_make(const ch_net *net, const uint32_t *present,
                            uint32_t n_present, uint32_t max_width, ch_arena *arena,
                            ch_plan **plan, charley_error *error)
{
    return make(net, NULL, present, n_present, max_width, arena, plan, error);
}

charley_status ch_plan_extend(const ch_net *net, const ch_plan *old, uint32_t finding,
                              uint32_t max_width, ch_arena *arena, ch_plan **plan,
                              charley_error *error)
{
    size_t before = ch_arena_mark(arena);
    uint32_t n = old->n_present;
    uint32_t *present = ch_arena_take_raw(arena, (size_t)n + 1, sizeof *present);
    if (!present)
        return ch_fail(error, CHARLEY_E_MEMORY, "no room for an inference plan");
    uint32_t at = n;
    for (; at > 0 && old->present[at - 1] > finding; at--)
        present[at] = old->present[at - 1];
    present[at] = finding;
    if (at)
        memcpy(present, old->present, at * sizeof *present);
    charley_status status =
        make(net, old, present, n + 1, max_width, arena, plan, error);
    if (status != CHARLEY_OK)
        ch_arena_rewind(arena, before);
    return status;
}

bool ch_plan_matches(const ch_plan *plan, const uint32_t *present, uint32_t n_present)
{
    return plan->n_present == n_present &&
           (!n_present ||
            memcmp(plan->present, present, n_present * sizeof *present) == 0);
}

uint32_t ch_plan_width(const ch_plan *plan)
{
    return plan->width;
}

size_t ch_plan_size(const ch_net *net, uint32_t n_present)
{
    /* A bound by the largest findings would cost a sort: all links are few enough. */
    size_t links =
        (size_t)net->n_links * (sizeof(ch_arc) + sizeof(edge) + sizeof(uint16_t));
    size_t findings = ((size_t)n_present + 1) *
                      (sizeof(ch_step) + 5 * sizeof(uint32_t) + sizeof(uint16_t));
    size_t causes = (size_t)net->n_causes *
                    (sizeof(ch_step) + 2 * sizeof(uint32_t) + sizeof(uint16_t));
    size_t n_blocks = 16, alignment = 64;
    return links + findings + causes + sizeof(ch_plan) + sizeof(core_map) +
           n_blocks * alignment;
}
