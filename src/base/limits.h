/* limits.h: every limit of the engine, once, with its reason. */
#ifndef CH_BASE_LIMITS_H
#define CH_BASE_LIMITS_H

enum {
    CH_MAX_JSON_DEPTH = 64,      /* deep questionnaires need about 20 */
    CH_MAX_JSON_BYTES = 1 << 30, /* offsets are kept in 32 bits */
    CH_MAX_JSON_NAMES = 4096,    /* in all objects open at once; a full case has 2200 */
    CH_MAX_CASE_BYTES = 1 << 20, /* a full case is below 16 KiB */
    CH_MAX_PLACES = 32,          /* a leg map has about 15 on each side */
    CH_MAX_PLACE_BYTES = 40,     /* "thigh_front.right" */
    CH_MAX_EXPR_DEPTH = 16,      /* nesting a clinician can still read */
    CH_MAX_EXPR_NODES = 256,     /* per expression */
    CH_MAX_CONDITIONS = 256,     /* the ranking fits in fixed arrays */
    CH_MAX_ATOMS = 2048,         /* yes/no facts, options included */
    CH_MAX_NUMBERS = 128,        /* number findings */
    CH_MAX_WIDTH = 20,           /* 2^20 doubles = 8 MiB a table */
    CH_DEFAULT_WIDTH = 14,       /* 128 KiB a table: stays in cache on a phone */
    CH_N_DRAWS = 64,             /* parameter draws behind an interval */
    CH_N_LANES = 8,              /* doubles computed side by side */
    CH_MAX_CAUSES_SHOWN = 5,     /* more is noise to a reader */
    CH_MAX_CLAIMS_FOUND = 5      /* likewise */
};

#endif
