/* plan.h: what a plan is made of; shared by the files of this room only.
 *
 * A plan is a program in two parts. Peeling steps come first: a cause or a finding
 * with a single link left is folded into its neighbour in closed form, again and again.
 * What remains (the core: every cause and finding with two links or more) goes through
 * the table of open findings, one cause a step.
 */
#ifndef CH_INFER_PLAN_H
#define CH_INFER_PLAN_H

#include "infer/infer.h"

enum {
    CH_MAX_CORE = 64,      /* core findings: one bit each in a word */
    CH_RESCALE_EVERY = 16, /* findings closed between two rescalings: with leaks of
                              1e-12 and up a table keeps above 1e-200 */
    CH_NOT_STORED = 0xFFFFFFFF
};

typedef enum ch_step_kind {
    CH_STEP_FINDING_ROOT, /* no link left: its leak is a factor of P(e) */
    CH_STEP_FINDING_LEAF, /* one link left: into the weights of its cause */
    CH_STEP_CAUSE_LEAF,   /* one link left: into the leak of its finding */
    CH_STEP_TABLE         /* a core cause: close, touch and open findings */
} ch_step_kind;

/* One link into a present finding. */
typedef struct ch_arc {
    uint32_t link;    /* in the net */
    uint16_t finding; /* position in the plan's set */
    uint8_t bit;      /* in the table; unused by peeling steps */
} ch_arc;

/* A table step closes, touches and opens findings in this order; its arcs are in the
 * same order, closes from the highest bit down, each bit as numbered at that moment.
 * Opened findings become the top bits. */
typedef struct ch_step {
    uint32_t first_arc;
    uint32_t store_with;    /* cells offset of the table "cause present", kept */
    uint32_t store_without; /* the same for "cause absent", or CH_NOT_STORED */
    uint16_t cause;
    uint16_t finding; /* of a peeling step */
    uint8_t kind;
    uint8_t width; /* open findings before the step */
    uint8_t n_close;
    uint8_t n_touch;
    uint8_t n_open;
    bool rescale; /* afterwards, against underflow */
} ch_step;

struct ch_plan {
    uint32_t n_present;
    uint32_t n_arcs;
    uint32_t n_steps;
    uint32_t n_peel;   /* steps before the first table step */
    uint32_t width;    /* widest table */
    uint32_t max_open; /* most findings that one step opens */
    size_t n_stored;   /* cells kept between the two passes */
    uint32_t *present; /* [n_present] ascending */
    ch_arc *arc;       /* [n_arcs] */
    ch_step *step;     /* [n_steps] */
};

/* The core as the order search sees it. */
typedef struct ch_core {
    uint32_t n_causes;
    uint32_t n_findings;      /* <= CH_MAX_CORE */
    const uint64_t *findings; /* [n_causes] set of findings of each cause */
    const uint64_t *needs;    /* [n_findings] findings of all causes of each finding */
    const uint32_t *first_cause; /* [n_findings + 1], into causes */
    const uint16_t *causes;      /* by finding */
} ch_core;

/* A good order of the core's causes, by several greedy searches of a fixed sequence;
 * how many depends on what the inference itself will cost.
 *   known  [n_causes] an order to beat, or NULL
 *   order  [n_causes] out */
void ch_order_search(const ch_core *core, const uint16_t *known, uint16_t *order);

#endif
