/* plain_elimination.inc.h: bucket elimination in the number type REAL; included by
 * plain_elimination.c. */

typedef struct NAME(factor) {
    uint64_t scope;
    REAL *cells; /* [2^|scope|] */
} NAME(factor);

typedef struct NAME(buckets) {
    const ch_net *net;
    uint32_t order[MAX_CAUSES];
    uint32_t place[MAX_CAUSES]; /* of a cause in the order */
    uint64_t scope[MAX_CAUSES];
    NAME(factor) table[MAX_CAUSES];   /* product of everything in the bucket */
    NAME(factor) message[MAX_CAUSES]; /* with the bucket's own cause summed out */
    REAL *next;                       /* free cells */
} NAME(buckets);

static NAME(factor) NAME(take)(NAME(buckets) * b, uint64_t scope)
{
    NAME(factor) taken = {scope, b->next};
    b->next += (size_t)1 << count(scope);
    return taken;
}

/* into *= factor, cell by cell; the factor's scope lies within. */
static void NAME(multiply)(NAME(factor) * into, const NAME(factor) * factor)
{
    uint32_t change[MAX_CAUSES + 1], at = 0;
    index_changes(into->scope, factor->scope, change);
    size_t n = (size_t)1 << count(into->scope);
    for (size_t i = 0; i < n; i++) {
        into->cells[i] *= factor->cells[at];
        at += change[__builtin_ctzll(~(uint64_t)i)];
    }
}

/* onto += table summed down to the scope of `onto`. */
static void NAME(sum_to)(const NAME(factor) * table, NAME(factor) * onto)
{
    uint32_t change[MAX_CAUSES + 1], at = 0;
    index_changes(table->scope, onto->scope, change);
    memset(onto->cells, 0, sizeof(REAL) << count(onto->scope));
    size_t n = (size_t)1 << count(table->scope);
    for (size_t i = 0; i < n; i++) {
        onto->cells[at] += table->cells[i];
        at += change[__builtin_ctzll(~(uint64_t)i)];
    }
}

/* P(finding present | its causes), without a subtraction: each cause explains what the
 * leak and the causes before it did not. */
static void NAME(finding_factor)(const ch_net *net, uint32_t finding,
                                 NAME(factor) * out)
{
    REAL q[MAX_CAUSES] = {0};
    uint32_t n = 0;
    for (uint64_t set = out->scope; set; set &= set - 1, n++)
        for (uint32_t k = net->first_link[finding]; k < net->first_link[finding + 1];
             k++)
            if (member(net->cause[k]) == (set & -set))
                q[n] = net->strength[k];
    for (size_t i = 0; i < (size_t)1 << n; i++) {
        REAL explained = net->leak[finding], missed = (REAL)1 - explained;
        for (uint32_t j = 0; j < n; j++)
            if (i >> j & 1) {
                explained += missed * q[j];
                missed *= (REAL)1 - q[j];
            }
        out->cells[i] = explained;
    }
}

/* Prior and evidence of one cause by itself. */
static void NAME(fold)(const ch_net *net, const double *prior,
                       const ch_evidence *evidence, REAL (*weight)[2])
{
    for (uint32_t c = 0; c < net->n_causes; c++) {
        weight[c][0] = (REAL)1 - (REAL)prior[c];
        weight[c][1] = prior[c];
    }
    for (uint32_t i = 0; i < evidence->n_absent; i++) {
        uint32_t f = evidence->absent[i];
        for (uint32_t k = net->first_link[f]; k < net->first_link[f + 1]; k++)
            weight[net->cause[k]][1] *=
                ((REAL)1 - (REAL)net->strength[k]) * (REAL)net->if_absent[k];
    }
    for (uint32_t i = 0; i < evidence->n_present; i++) {
        uint32_t f = evidence->present[i];
        for (uint32_t k = net->first_link[f]; k < net->first_link[f + 1]; k++)
            weight[net->cause[k]][1] *= (REAL)net->if_present[k];
    }
}

/* Orders the causes and lays every bucket out; false when one is too wide. */
static bool NAME(lay_out)(NAME(buckets) * b, const ch_evidence *evidence,
                          uint32_t max_width)
{
    uint64_t neighbours[MAX_CAUSES] = {0};
    size_t n_cells = 0, largest = 0;
    for (uint32_t i = 0; i < evidence->n_present; i++) {
        uint64_t scope = scope_of(b->net, evidence->present[i]);
        if (count(scope) > max_width)
            return false;
        for (uint64_t set = scope; set; set &= set - 1)
            neighbours[__builtin_ctzll(set)] |= scope & ~(set & -set);
    }
    min_fill(neighbours, b->net->n_causes, b->order, b->scope);
    for (uint32_t i = 0; i < b->net->n_causes; i++) {
        b->place[b->order[i]] = i;
        if (count(b->scope[i]) > max_width)
            return false;
        size_t size = (size_t)1 << count(b->scope[i]);
        n_cells += size + size / 2; /* the table and its message */
        largest = size > largest ? size : largest;
    }
    b->next = malloc((n_cells + largest) * sizeof(REAL)); /* and one in passing */
    if (!b->next)
        abort();
    return true;
}

/* The bucket that eliminates the first cause of a scope. */
static uint32_t NAME(home)(const NAME(buckets) * b, uint64_t scope)
{
    uint32_t first = UINT32_MAX;
    for (; scope; scope &= scope - 1) {
        uint32_t place = b->place[__builtin_ctzll(scope)];
        first = place < first ? place : first;
    }
    return first;
}

static void NAME(fill_buckets)(NAME(buckets) * b, const double *prior,
                               const ch_evidence *evidence)
{
    REAL weight[MAX_CAUSES][2];
    NAME(fold)(b->net, prior, evidence, weight);
    for (uint32_t i = 0; i < b->net->n_causes; i++) {
        b->table[i] = NAME(take)(b, b->scope[i]);
        b->message[i] = NAME(take)(b, b->scope[i] & ~member(b->order[i]));
        unsigned bit = count(b->scope[i] & (member(b->order[i]) - 1));
        for (size_t cell = 0; cell < (size_t)1 << count(b->scope[i]); cell++)
            b->table[i].cells[cell] = weight[b->order[i]][cell >> bit & 1];
    }
    for (uint32_t i = 0; i < evidence->n_present; i++) {
        uint64_t scope = scope_of(b->net, evidence->present[i]);
        if (!scope)
            continue;
        NAME(factor) factor = {scope, b->next};
        NAME(finding_factor)(b->net, evidence->present[i], &factor);
        NAME(multiply)(&b->table[NAME(home)(b, scope)], &factor);
    }
}

bool NAME(oracle_plain_elimination)(const ch_net *net, const double *prior,
                                    const ch_evidence *evidence, uint32_t max_width,
                                    double *posterior)
{
    NAME(buckets) b = {.net = net};
    if (net->n_causes > MAX_CAUSES || !NAME(lay_out)(&b, evidence, max_width))
        return false;
    void *memory = b.next;
    NAME(fill_buckets)(&b, prior, evidence);
    for (uint32_t i = 0; i < net->n_causes; i++) {
        NAME(sum_to)(&b.table[i], &b.message[i]);
        if (b.message[i].scope)
            NAME(multiply)(&b.table[NAME(home)(&b, b.message[i].scope)], &b.message[i]);
    }
    /* Back: each table times what its message's home knows beyond the message. */
    for (uint32_t i = net->n_causes; i-- > 0;) {
        NAME(factor) *message = &b.message[i], *table = &b.table[i];
        if (message->scope) {
            NAME(factor) known = {message->scope, b.next};
            NAME(sum_to)(&b.table[NAME(home)(&b, message->scope)], &known);
            for (size_t cell = 0; cell < (size_t)1 << count(known.scope); cell++)
                known.cells[cell] /= message->cells[cell];
            NAME(multiply)(table, &known);
        }
        REAL sum[2];
        NAME(factor) marginal = {member(b.order[i]), sum};
        NAME(sum_to)(table, &marginal);
        posterior[b.order[i]] = (double)(sum[1] / (sum[0] + sum[1]));
    }
    free(memory);
    return true;
}
