/* passes.h: the forward and the backward pass of a plan; a template.
 *
 * Included by infer.c once for each layout, with these macros set:
 *   REAL        double, or ch_lanes for eight computations side by side
 *   BITS        the integer type of the same shape
 *   NAME(x)     x with the suffix of the layout
 *   INNER       bits of a table inside one vector: CH_INNER_BITS, or 0
 *   TO_VECTOR(x) a REAL as a ch_vector: spread, or itself
 *   LOAD(p, i)  the REAL at index i of an array of parameters
 * Both instances compute every value by the same operations in the same order, so that
 * a lane gives bit for bit what the plain layout gives for the same parameters.
 */

/* All that one run works on. */
typedef struct NAME(frame) {
    const ch_plan *plan;
    size_t n_causes;
    size_t apart;      /* from one parameter to the next: see LOAD */
    REAL *with;        /* [n_causes] weight of "present"; with + without = 1 */
    REAL *without;     /* [n_causes] weight of "absent" */
    REAL *explained;   /* [n_present] by its leak and the causes folded into it */
    REAL *unexplained; /* [n_present] the rest */
    REAL *strength;    /* [n_arcs] */
    REAL *kept;        /* [n_steps][2] what the backward pass needs again */
    REAL *coefficient; /* [2][2^max_open] of the cells that a step opens */
    REAL *to_explained, *to_unexplained; /* [n_present] adjoints */
    REAL *posterior;                     /* [n_causes] */
    REAL *posterior_absent;              /* [n_causes] where it was asked for */
    REAL *stored;                        /* tables kept between the passes */
    REAL *table, *other_table;           /* 2^width cells, taken in turn */
    REAL *part, *other_part;             /* 2^width cells, within a step */
    REAL mantissa;                       /* of P(evidence) so far, in [1, 2) ... */
    BITS exponent;                       /* ... times 2^exponent */
} NAME(frame);

/* ---- memory ------------------------------------------------------------------- */

/* Lays out the frame's arrays from `memory`, and returns their size in REALs; only
 * counts when memory is NULL. Every array starts at a whole vector. */
static size_t NAME(lay_out)(NAME(frame) * f, const ch_plan *plan, size_t n_causes,
                            REAL *memory)
{
    *f = (NAME(frame)){.plan = plan, .n_causes = n_causes, .apart = 1};
    size_t cells = (size_t)1 << plan->width;
    cells = cells < CH_N_LANES ? CH_N_LANES : cells;
    const struct {
        REAL **array;
        size_t n;
    } parts[] = {
        {&f->with, n_causes + 1},
        {&f->without, n_causes + 1},
        {&f->explained, plan->n_present},
        {&f->unexplained, plan->n_present},
        {&f->posterior, n_causes + 1}, /* fold sets what is before, and `strength` */
        {&f->posterior_absent, n_causes + 1},
        {&f->to_explained, plan->n_present},
        {&f->to_unexplained, plan->n_present},
        {&f->strength, (size_t)plan->n_arcs + 1},
        {&f->kept, 2 * (size_t)plan->n_steps},
        {&f->coefficient, (size_t)2 << plan->max_open},
        {&f->stored, plan->n_stored},
        {&f->table, cells},
        {&f->other_table, cells},
        {&f->part, cells},
        {&f->other_part, cells},
    };
    size_t used = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (memory)
            *parts[i].array = memory + used;
        used += (parts[i].n + CH_N_LANES - 1) & ~(size_t)(CH_N_LANES - 1);
    }
    return used;
}

/* ---- numbers ----------------------------------------------------------------- */

/* Multiplies P(evidence) by a positive normal number. */
CH_INLINE void NAME(multiply)(NAME(frame) * f, const REAL *factor)
{
    REAL product = f->mantissa * *factor;
    BITS bits;
    memcpy(&bits, &product, sizeof bits);
    f->exponent += (bits >> MANTISSA_BITS) - EXPONENT_BIAS;
    bits = (bits & MANTISSA_MASK) | ONE_BITS;
    memcpy(&f->mantissa, &bits, sizeof bits);
}

CH_INLINE size_t NAME(n_vectors)(unsigned width)
{
    return width <= INNER ? 1 : (size_t)1 << (width - INNER);
}

/* ---- moves on one bit, wherever it lies --------------------------------------- */

#if INNER
#define ON_BIT(move, bit, ...)                                                         \
    switch (bit) {                                                                     \
    case 0:                                                                            \
        move##_inner(__VA_ARGS__, 0);                                                  \
        break;                                                                         \
    case 1:                                                                            \
        move##_inner(__VA_ARGS__, 1);                                                  \
        break;                                                                         \
    case 2:                                                                            \
        move##_inner(__VA_ARGS__, 2);                                                  \
        break;                                                                         \
    default:                                                                           \
        move##_outer(__VA_ARGS__, (size_t)1 << ((bit)-INNER));                         \
    }
#else
#define ON_BIT(move, bit, ...) move##_outer(__VA_ARGS__, (size_t)1 << (bit))
#endif

/* ---- opening findings ---------------------------------------------------------- */

/* Factors of the 2^n_open copies of the table, cause absent and cause present. */
CH_INLINE void NAME(open_coefficients)(const NAME(frame) * f, const ch_step *step,
                                       REAL *without, REAL *with)
{
    const ch_arc *arc = &f->plan->arc[step->first_arc + step->n_close + step->n_touch];
    const REAL *strength = &f->strength[arc - f->plan->arc];
    without[0] = f->without[step->cause];
    with[0] = f->with[step->cause];
    for (unsigned j = 0; j < step->n_open; j++) {
        REAL explained = f->explained[arc[j].finding];
        REAL unexplained = f->unexplained[arc[j].finding];
        REAL explained_with = explained + unexplained * strength[j];
        REAL unexplained_with = unexplained * (1.0 - strength[j]);
        for (size_t i = 0, half = (size_t)1 << j; i < half; i++) {
            without[i + half] = without[i] * explained;
            without[i] *= unexplained;
            with[i + half] = with[i] * explained_with;
            with[i] *= unexplained_with;
        }
    }
}

/* to[copy] = a[copy] * without + b[copy] * with, for tables of `width`. */
CH_INLINE void NAME(expand)(const REAL *without, const REAL *with, REAL *to,
                            unsigned width, unsigned n_open, const REAL *a,
                            const REAL *b)
{
    size_t n_copies = (size_t)1 << n_open, n_cells = (size_t)1 << width;
    if ((int)width < INNER) {
        for (size_t copy = 0; copy < n_copies; copy++, to += n_cells)
            for (size_t i = 0; i < n_cells; i++)
                to[i] = a[copy] * without[i] + b[copy] * with[i];
        for (size_t i = n_copies * n_cells; i < CH_N_LANES; i++)
            *to++ = (REAL){0};
        return;
    }
    const ch_vector *x = (const ch_vector *)without, *y = (const ch_vector *)with;
    for (size_t copy = 0; copy < n_copies; copy++, to += n_cells) {
        ch_vector a_copy = TO_VECTOR(a[copy]), b_copy = TO_VECTOR(b[copy]);
        ch_vector *out = (ch_vector *)to;
        for (size_t i = 0; i < NAME(n_vectors)(width); i++)
            out[i] = a_copy * x[i] + b_copy * y[i];
    }
}

/* ---- going back over a step ------------------------------------------------------ */

/* *sum = sum of x * y over tables of `width`: cell i goes to partial sum i mod 8. */
CH_INLINE void NAME(dot)(const REAL *x, const REAL *y, unsigned width, REAL *sum)
{
    enum { PHASES = CH_N_LANES >> INNER };
    REAL part[CH_N_LANES];
    if (width < CH_INNER_BITS) {
        memset(part, 0, sizeof part);
        for (size_t i = 0; i < (size_t)1 << width; i++)
            part[i] = x[i] * y[i];
    } else {
        const ch_vector *left = (const ch_vector *)x, *right = (const ch_vector *)y;
        ch_vector sums[PHASES];
        memset(sums, 0, sizeof sums);
        for (size_t i = 0; i < NAME(n_vectors)(width); i += PHASES)
            for (size_t j = 0; j < PHASES; j++)
                sums[j] += left[i + j] * right[i + j];
        memcpy(part, sums, sizeof part);
    }
    *sum = ((part[0] + part[1]) + (part[2] + part[3])) +
           ((part[4] + part[5]) + (part[6] + part[7]));
}

/* The transpose of one half of expand: to = sum of coefficient[copy] * from[copy]. */
CH_INLINE void NAME(contract)(const REAL *from, REAL *to, unsigned width,
                              unsigned n_open, const REAL *coefficient)
{
    size_t n_copies = (size_t)1 << n_open, n_cells = (size_t)1 << width;
    if ((int)width < INNER) {
        for (size_t i = 0; i < CH_N_LANES; i++)
            to[i] = (REAL){0};
        for (size_t copy = 0; copy < n_copies; copy++, from += n_cells)
            for (size_t i = 0; i < n_cells; i++)
                to[i] += coefficient[copy] * from[i];
        return;
    }
    ch_vector *sum = (ch_vector *)to;
    for (size_t copy = 0; copy < n_copies; copy++, from += n_cells) {
        const ch_vector *in = (const ch_vector *)from;
        ch_vector c = TO_VECTOR(coefficient[copy]);
        for (size_t i = 0; i < NAME(n_vectors)(width); i++)
            sum[i] = copy ? sum[i] + c * in[i] : c * in[i];
    }
}

/* Adjoints of the findings that a step opened, from the joint probability of each of
 * its copies (parts "cause absent" and "cause present"). */
CH_INLINE void NAME(open_adjoints)(NAME(frame) * f, const ch_step *step,
                                   const REAL *joint_without, const REAL *joint_with)
{
    const ch_arc *arc = &f->plan->arc[step->first_arc + step->n_close + step->n_touch];
    const REAL *strength = &f->strength[arc - f->plan->arc];
    for (unsigned j = 0; j < step->n_open; j++) {
        REAL explained = f->explained[arc[j].finding];
        REAL unexplained = f->unexplained[arc[j].finding];
        REAL before = {0}, by_cause = {0}, never = {0};
        for (size_t copy = 0; copy < (size_t)1 << step->n_open; copy++) {
            if (copy >> j & 1) {
                before += joint_without[copy];
                by_cause += joint_with[copy];
            } else {
                never += joint_without[copy] + joint_with[copy];
            }
        }
        REAL share = by_cause / (explained + unexplained * strength[j]);
        f->to_explained[arc[j].finding] = before / explained + share;
        f->to_unexplained[arc[j].finding] = never / unexplained + share * strength[j];
    }
}

/* ---- table steps --------------------------------------------------------------- */

/* Brings the table's largest cell to [1, 2), by a power of two that is kept. Rare, so
 * it goes lane by lane. */
CH_INLINE void NAME(rescale)(NAME(frame) * f, size_t s, REAL *table, unsigned width)
{
    enum { LANES = sizeof(REAL) / sizeof(double) };
    double *cells = (double *)table;
    double *scale = (double *)&f->kept[2 * s];
    size_t n = ((size_t)1 << width) * LANES;
    for (size_t lane = 0; lane < LANES; lane++) {
        double largest = 0;
        for (size_t i = lane; i < n; i += LANES)
            largest = cells[i] > largest ? cells[i] : largest;
        int64_t exponent = exponent_of(largest);
        scale[lane] = power_of_two(-exponent);
        ((int64_t *)&f->exponent)[lane] += exponent;
        for (size_t i = lane; i < n; i += LANES)
            cells[i] *= scale[lane];
    }
}

CH_INLINE void NAME(forward_table)(NAME(frame) * f, size_t s, REAL *from, REAL *to)
{
    const ch_step *step = &f->plan->step[s];
    const ch_arc *arc = &f->plan->arc[step->first_arc];
    const REAL *strength = &f->strength[step->first_arc];
    REAL *with = f->stored + step->store_with, *without = from;
    bool keeps_without = step->store_without != CH_NOT_STORED;
    if (keeps_without)
        without = f->stored + step->store_without;
    else if (step->n_close)
        without = f->other_part;

    const ch_vector *source = (const ch_vector *)from, *source_without = source;
    unsigned width = step->width, i = 0;
    for (; i < step->n_close; i++, width--) {
        ch_vector q = TO_VECTOR(strength[i]);
        size_t n = NAME(n_vectors)(width);
        /* Only the last close fits where the result is kept. */
        bool is_last = i + 1 == step->n_close;
        ch_vector *to_with = (ch_vector *)(is_last ? with : f->part);
        ch_vector *to_without = (ch_vector *)(is_last ? without : f->other_part);
        ON_BIT(close_with, arc[i].bit, source, to_with, n, &q);
        ON_BIT(close_without, arc[i].bit, source_without, to_without, n);
        source = to_with;
        source_without = to_without;
    }
    size_t n = NAME(n_vectors)(width);
    if (!step->n_close && keeps_without)
        memcpy(without, from, n * sizeof(ch_vector));
    for (; i < (unsigned)step->n_close + step->n_touch; i++) {
        ch_vector q = TO_VECTOR(strength[i]);
        ON_BIT(touch, arc[i].bit, source, (ch_vector *)with, n, &q);
        source = (ch_vector *)with;
    }
    if (source == (const ch_vector *)from)
        memcpy(with, from, n * sizeof(ch_vector));
    REAL *a = f->coefficient, *b = a + ((size_t)1 << step->n_open);
    NAME(open_coefficients)(f, step, a, b);
    NAME(expand)(without, with, to, width, step->n_open, a, b);
    if (step->rescale)
        NAME(rescale)(f, s, to, width + step->n_open);
}

/* Posterior of the step's cause, and the adjoint tables of its two parts. */
CH_INLINE void NAME(backward_parts)(NAME(frame) * f, const ch_step *step,
                                    unsigned width, const REAL *adjoint, REAL *with,
                                    REAL *without)
{
    REAL *a = f->coefficient, *b = a + ((size_t)1 << step->n_open);
    NAME(open_coefficients)(f, step, a, b);
    NAME(contract)(adjoint, with, width, step->n_open, b);
    NAME(contract)(adjoint, without, width, step->n_open, a);
    const REAL *kept_with = f->stored + step->store_with;
    REAL present = {0}, absent = {0}, product;
    for (size_t copy = 0; copy < (size_t)1 << step->n_open; copy++) {
        const REAL *part = adjoint + (copy << width);
        NAME(dot)(part, kept_with, width, &product);
        b[copy] *= product;
        present += b[copy];
        if (step->store_without == CH_NOT_STORED)
            continue;
        NAME(dot)(part, f->stored + step->store_without, width, &product);
        a[copy] *= product;
        absent += a[copy];
    }
    f->posterior[step->cause] = present;
    f->posterior_absent[step->cause] = absent;
    NAME(open_adjoints)(f, step, a, b);
}

CH_INLINE void NAME(backward_table)(NAME(frame) * f, size_t s, REAL *adjoint, REAL *to)
{
    const ch_step *step = &f->plan->step[s];
    const ch_arc *arc = &f->plan->arc[step->first_arc];
    const REAL *strength = &f->strength[step->first_arc];
    unsigned width = (unsigned)step->width - step->n_close;
    if (step->rescale)
        for (size_t i = 0; i < (size_t)1 << (width + step->n_open); i++)
            adjoint[i] *= f->kept[2 * s];
    REAL *with_cells = f->part, *without_cells = f->other_part;
    NAME(backward_parts)(f, step, width, adjoint, with_cells, without_cells);

    ch_vector *with = (ch_vector *)with_cells, *without = (ch_vector *)without_cells;
    for (unsigned i = step->n_close; i < (unsigned)step->n_close + step->n_touch; i++) {
        ch_vector q = TO_VECTOR(strength[i]);
        ON_BIT(untouch, arc[i].bit, with, NAME(n_vectors)(width), &q);
    }
    for (unsigned i = step->n_close; i-- > 1;) {
        ch_vector q = TO_VECTOR(strength[i]);
        size_t n = NAME(n_vectors)(++width);
        ON_BIT(reopen_with, arc[i].bit, with, n, &q);
        ON_BIT(reopen_without, arc[i].bit, without, n);
    }
    ch_vector *out = (ch_vector *)to;
    size_t n = NAME(n_vectors)(step->width);
    if (step->n_close) {
        ch_vector q = TO_VECTOR(strength[0]);
        ON_BIT(reopen, arc[0].bit, with, without, out, n, &q);
        return;
    }
    for (size_t i = 0; i < n; i++)
        out[i] = with[i] + without[i];
}

/* ---- peeling steps --------------------------------------------------------------- */

CH_INLINE void NAME(forward_peel)(NAME(frame) * f, size_t s)
{
    const ch_step *step = &f->plan->step[s];
    REAL q = f->strength[step->first_arc];
    REAL explained = f->explained[step->finding];
    REAL unexplained = f->unexplained[step->finding];
    REAL with = f->with[step->cause], without = f->without[step->cause];
    if (step->kind == CH_STEP_FINDING_ROOT) {
        NAME(multiply)(f, &explained);
    } else if (step->kind == CH_STEP_FINDING_LEAF) {
        with *= explained + unexplained * q;
        without *= explained;
        REAL total = with + without;
        f->with[step->cause] = with / total;
        f->without[step->cause] = without / total;
        NAME(multiply)(f, &total);
    } else {
        f->kept[2 * s] = explained;
        f->kept[2 * s + 1] = unexplained;
        f->explained[step->finding] = explained + unexplained * (with * q);
        f->unexplained[step->finding] = unexplained * (without + with * (1.0 - q));
    }
}

/* A cause that was peeled last of its component, or touches nothing, has the posterior
 * it started with: both were set before the backward pass. */
CH_INLINE void NAME(backward_peel)(NAME(frame) * f, size_t s)
{
    const ch_step *step = &f->plan->step[s];
    REAL q = f->strength[step->first_arc];
    REAL *to_explained = &f->to_explained[step->finding];
    REAL *to_unexplained = &f->to_unexplained[step->finding];
    if (step->kind == CH_STEP_FINDING_ROOT) {
        *to_explained = 1.0 / f->explained[step->finding];
        *to_unexplained = (REAL){0};
    } else if (step->kind == CH_STEP_FINDING_LEAF) {
        REAL explained = f->explained[step->finding];
        REAL share =
            f->posterior[step->cause] / (explained + f->unexplained[step->finding] * q);
        *to_explained = f->posterior_absent[step->cause] / explained + share;
        *to_unexplained = share * q;
    } else {
        REAL explained = f->kept[2 * s], unexplained = f->kept[2 * s + 1];
        REAL with = f->with[step->cause], without = f->without[step->cause];
        REAL present = with * (*to_explained * (explained + unexplained * q) +
                               *to_unexplained * (unexplained * (1.0 - q)));
        REAL absent =
            without * (*to_explained * explained + *to_unexplained * unexplained);
        f->posterior[step->cause] = present / (present + absent);
        f->posterior_absent[step->cause] = absent / (present + absent);
        *to_unexplained =
            *to_explained * (with * q) + *to_unexplained * (without + with * (1.0 - q));
    }
}

/* ---- folding the evidence in ------------------------------------------------------
 */

/* Makes with + without = 1 for every cause; the rest goes into P(evidence). */
CH_WIDEST static void NAME(normalise)(NAME(frame) * f)
{
    REAL batch = (REAL){0} + 1.0;
    for (size_t c = 0; c < f->n_causes; c++) {
        REAL total = f->with[c] + f->without[c];
        f->with[c] /= total;
        f->without[c] /= total;
        batch *= total;
        if (c % FACTORS_A_BATCH == FACTORS_A_BATCH - 1 || c + 1 == f->n_causes) {
            NAME(multiply)(f, &batch);
            batch = (REAL){0} + 1.0;
        }
    }
}

/* Parameters and evidence into weights that are not yet normalised. */
CH_WIDEST static void NAME(fold)(NAME(frame) * f, const ch_net *net,
                                 const ch_draws *given, const ch_evidence *evidence)
{
    REAL one = (REAL){0} + 1.0, batch = one;
    f->mantissa = one;
    f->exponent = (BITS){0};
    for (size_t c = 0; c < f->n_causes; c++) {
        f->with[c] = LOAD(given->prior, c);
        f->without[c] = 1.0 - f->with[c];
    }
    for (uint32_t i = 0; i < evidence->n_absent; i++) {
        uint32_t finding = evidence->absent[i];
        uint32_t end = net->first_link[finding + 1];
        for (uint32_t k = net->first_link[finding]; k < end; k++)
            f->with[net->cause[k]] *=
                (1.0 - LOAD(given->strength, k)) * LOAD(given->if_absent, k);
        batch *= 1.0 - LOAD(given->leak, finding);
        if (i % FACTORS_A_BATCH == FACTORS_A_BATCH - 1 || i + 1 == evidence->n_absent) {
            NAME(multiply)(f, &batch);
            batch = one;
        }
    }
    for (uint32_t i = 0; i < evidence->n_present; i++) {
        uint32_t finding = evidence->present[i];
        uint32_t end = net->first_link[finding + 1];
        for (uint32_t k = net->first_link[finding]; k < end; k++)
            f->with[net->cause[k]] *= LOAD(given->if_present, k);
        f->explained[i] = LOAD(given->leak, finding);
        f->unexplained[i] = 1.0 - f->explained[i];
    }
    for (uint32_t i = 0; i < f->plan->n_arcs; i++)
        f->strength[i] = LOAD(given->strength, f->plan->arc[i].link);
    f->strength[f->plan->n_arcs] = (REAL){0}; /* read, not used, by finding roots */
}

/* ---- both passes ------------------------------------------------------------------
 */

/* Completes P(evidence). Returns the table after the last step: one cell. */
CH_WIDEST static REAL *NAME(run_forward)(NAME(frame) * f)
{
    const ch_plan *plan = f->plan;
    size_t s = 0;
    for (; s < plan->n_peel; s++)
        NAME(forward_peel)(f, s);
    REAL *now = f->table, *next = f->other_table;
    for (size_t i = 0; i < CH_N_LANES; i++)
        now[i] = (REAL){0};
    now[0] += 1.0;
    for (; s < plan->n_steps; s++) {
        NAME(forward_table)(f, s, now, next);
        REAL *used = now;
        now = next;
        next = used;
    }
    NAME(multiply)(f, &now[0]);
    return now;
}

/* All posteriors. Adjoints start as 1 / P(evidence), so that every joint probability
 * comes out divided by it. */
CH_WIDEST static void NAME(run_backward)(NAME(frame) * f, REAL *last)
{
    const ch_plan *plan = f->plan;
    for (size_t c = 0; c < f->n_causes; c++) {
        f->posterior[c] = f->with[c];
        f->posterior_absent[c] = f->without[c];
    }
    REAL *now = last, *next = last == f->table ? f->other_table : f->table;
    now[0] = 1.0 / now[0];
    size_t s = plan->n_steps;
    while (s-- > plan->n_peel) {
        NAME(backward_table)(f, s, now, next);
        REAL *used = now;
        now = next;
        next = used;
    }
    for (s = plan->n_peel; s-- > 0;)
        NAME(backward_peel)(f, s);
    /* A probability of 1 may have come out an ulp above. */
    double *p = (double *)f->posterior;
    for (size_t i = 0; i < f->n_causes * sizeof(REAL) / sizeof(double); i++)
        p[i] = p[i] < 1 ? p[i] : 1;
}

#undef ON_BIT
