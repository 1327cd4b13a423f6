/* random_net.h: seeded networks and questions for the tests and the bench of inference.
 */
#ifndef CH_ORACLE_RANDOM_NET_H
#define CH_ORACLE_RANDOM_NET_H

#include "infer/infer.h"

typedef struct random_state {
    uint64_t x;
} random_state;

/* Steele, Lea and Flood's splitmix64. */
uint64_t random_bits(random_state *r);
/* Uniform in [0, 1). */
double random_unit(random_state *r);
/* Uniform in [0, n). */
uint32_t random_below(random_state *r, uint32_t n);

typedef struct net_shape {
    uint32_t n_causes, n_findings;
    uint32_t min_parents, max_parents;
    double min_leak, max_leak;         /* uniform in the logarithm */
    double min_strength, max_strength; /* uniform */
    double min_prior, max_prior;       /* uniform in the logarithm */
    bool with_against;                 /* some links with factors, some of strength 0 */
} net_shape;

/* The shape all published figures of the project are about. */
extern const net_shape SHAPE_45_BY_150;

/* A network that owns its arrays. */
typedef struct random_net {
    ch_net net;
    double *prior;
    void *memory;
} random_net;

random_net random_net_make(const net_shape *shape, random_state *r);
void random_net_free(random_net *made);

/* n_present and n_absent different findings, each list ascending. */
typedef struct random_evidence {
    ch_evidence evidence;
    uint32_t present[256];
    uint32_t absent[256];
} random_evidence;

void random_evidence_make(const ch_net *net, uint32_t n_present, uint32_t n_absent,
                          random_state *r, random_evidence *made);

#endif
