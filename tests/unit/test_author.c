/* test_author.c: what the compiler makes of the good bookshelf, number by number,
 * against calculation by hand; and what it hands out besides images. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "author/author.h"
#include "author/bookshelf.h"
#include "author/derive.h"
#include "base/view.h"
#include "kb/bearing.h"
#include "kb/kb.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GOOD         CH_SOURCE_DIR "/tests/kb_good"
#define N_ROWS(rows) (sizeof(rows) / sizeof *(rows))

static void refuse_fault(void *user, const ch_fault *fault)
{
    (void)user;
    fail_msg("%s:%u:%u: %s %s", fault->file, fault->line, fault->column, fault->lint,
             fault->text);
}

static ch_bookshelf *load_good(void)
{
    ch_bookshelf *shelf = NULL;
    assert_int_equal(ch_author_load(GOOD, refuse_fault, NULL, &shelf), CHARLEY_OK);
    assert_int_equal(ch_author_check(shelf), CHARLEY_OK);
    return shelf;
}

/* One bookshelf and its image for all tests that only look. */
typedef struct opened {
    ch_bookshelf *shelf;
    const charley_kb *kb;
} opened;

static int open_good(void **state)
{
    opened *o = calloc(1, sizeof *o);
    assert_non_null(o);
    o->shelf = load_good();
    const void *image;
    size_t size;
    charley_error error;
    assert_int_equal(ch_author_build(o->shelf, &image, &size), CHARLEY_OK);
    if (charley_kb_open(image, size, &o->kb, &error) != CHARLEY_OK)
        fail_msg("%s", error.text);
    *state = o;
    return 0;
}

static int close_good(void **state)
{
    opened *o = *state;
    ch_author_free(o->shelf);
    free(o);
    return 0;
}

/* ---- looking things up ---- */

static const charley_kb *kb_of(void **state)
{
    return ((opened *)*state)->kb;
}

static size_t index_of(const charley_kb *kb, charley_kind kind, const char *id)
{
    size_t index = 0;
    assert_int_equal(charley_kb_find(kb, kind, ch_view(id), &index, NULL), CHARLEY_OK);
    return index;
}

static const ch_atom *atom_of(const charley_kb *kb, const char *id)
{
    uint32_t atom = ch_kb_find_atom(kb, ch_view(id));
    assert_int_not_equal(atom, CH_NONE);
    return &ch_kb_atoms(kb)[atom];
}

static const ch_condition *condition_of(const charley_kb *kb, const char *id)
{
    return &ch_kb_conditions(kb)[index_of(kb, CHARLEY_CONDITION, id)];
}

static const ch_link *link_of(const charley_kb *kb, const char *condition,
                              const char *atom)
{
    const ch_atom *found = atom_of(kb, atom);
    size_t index = index_of(kb, CHARLEY_CONDITION, condition);
    for (uint32_t i = 0; i < found->links.n; i++) {
        const ch_link *link = &ch_kb_links(kb)[found->links.first + i];
        if (link->condition == index)
            return link;
    }
    fail_msg("no link %s.%s", condition, atom);
    return NULL;
}

static const ch_passport *passport_of(const charley_kb *kb, const char *claim)
{
    for (uint32_t i = 0; i < ch_kb_n(kb, CH_S_PASSPORTS); i++) {
        const ch_passport *passport = &ch_kb_passports(kb)[i];
        if (ch_view_is(ch_kb_string(kb, passport->claim), claim))
            return passport;
    }
    fail_msg("no passport %s", claim);
    return NULL;
}

static void assert_near(double value, double wanted)
{
    if (!(fabs(value - wanted) <= 1e-12 * fmax(1, fabs(wanted))))
        fail_msg("%.17g is not %.17g", value, wanted);
}

static void assert_string(const charley_kb *kb, ch_string string, const char *wanted)
{
    charley_text text = ch_kb_string(kb, string);
    if (!ch_view_is(text, wanted))
        fail_msg("\"%.*s\" is not \"%s\"", (int)text.size, text.bytes, wanted);
}

static double logit(double p)
{
    return log(p / (1 - p));
}

static const double SPAN = 2 * 1.959964;

/* ---- numbers ---- */

static void test_leaks(void **state)
{
    const charley_kb *kb = kb_of(state);
    const ch_atom *squeak = atom_of(kb, "squeak"); /* n: 10, of: 99 */
    assert_near(squeak->leak, 10.5 / 100);
    assert_near(squeak->leak_sd, sqrt(1 / 10.5 + 1 / 89.5));
    const ch_atom *smoke = atom_of(kb, "smoke"); /* p: 0.05, interval: [0.02, 0.12] */
    assert_near(smoke->leak, 0.05);
    assert_near(smoke->leak_sd, (logit(0.12) - logit(0.02)) / SPAN);
    const ch_atom *gap = atom_of(kb, "gap_wide"); /* estimate: weight 10 */
    assert_near(gap->leak_sd, sqrt(1 / 1.0 + 1 / 9.0));
    const ch_atom *rust = atom_of(kb, "rust"); /* published: weight 100 */
    assert_near(rust->leak_sd, sqrt(1 / 50.0 + 1 / 50.0));
    const ch_atom *bent = atom_of(kb, "wheel_bent"); /* its only link was rejected */
    assert_int_equal(bent->links.n, 0);
    assert_near(bent->leak, 0.2); /* simulated people have it all the same */
}

static void test_priors(void **state)
{
    const charley_kb *kb = kb_of(state);
    const ch_condition *axle = condition_of(kb, "broken_axle");
    assert_int_equal(axle->priors.n, 3);
    const ch_prior *prior = &ch_kb_priors(kb)[axle->priors.first];
    assert_int_equal(prior[0].when.n, 0);
    assert_near(prior[0].p, 0.04);
    assert_near(prior[0].sd, (logit(0.06) - logit(0.02)) / SPAN);
    assert_int_equal(prior[1].when.n, 2); /* {not: squeak} */
    assert_near(prior[1].p, 1.5 / 100);
    assert_int_equal(prior[2].when.n, 4);              /* {at_least: 2, of: [three]} */
    assert_near(prior[2].sd, sqrt(1 / 1.0 + 1 / 4.0)); /* p: 0.2, weight: 5 */
}

static void test_factors(void **state)
{
    const charley_kb *kb = kb_of(state);
    const ch_condition *axle = condition_of(kb, "broken_axle");
    assert_int_equal(axle->factors.n, 2);
    const ch_factor *factor = &ch_kb_factors(kb)[axle->factors.first];
    assert_near(factor[0].log_yes, log(2));
    assert_near(factor[0].log_no, 0);
    assert_near(factor[0].sd, (log(4) - log(1)) / SPAN);
    assert_near(factor[1].log_yes, log(1.5)); /* 3 / (1 + 0.5 * 2) */
    assert_near(factor[1].log_no, -log(2));
    assert_near(factor[1].sd, 2 / sqrt(16));
}

static void test_links(void **state)
{
    const charley_kb *kb = kb_of(state);
    const ch_link *gap = link_of(kb, "broken_axle", "gap_wide"); /* both ratios */
    assert_int_equal(gap->kind, CH_LINK_STRENGTH);
    assert_near(gap->p, 0.5);
    assert_near(ch_link_bearing(kb, gap).strength, 0.5);
    assert_near(gap->sd, (logit(0.6) - logit(0.4)) / SPAN);
    const ch_link *squeak = link_of(kb, "broken_axle", "squeak"); /* positive: 4 */
    assert_int_equal(squeak->kind, CH_LINK_P);
    assert_near(squeak->p, 4 * 0.105);
    assert_near(ch_link_bearing(kb, squeak).strength, 1 - (1 - 0.42) / (1 - 0.105));
    assert_near(squeak->sd, sqrt(1 / 42.0 + 1 / 58.0));
    const ch_link *smoke = link_of(kb, "broken_axle", "smoke"); /* p: 0.5 */
    assert_near(ch_link_bearing(kb, smoke).strength, 1 - 0.5 / 0.95);
    assert_near(smoke->sd, (logit(0.7) - logit(0.3)) / SPAN);
    const ch_link *rust = link_of(kb, "broken_axle", "rust"); /* p: 0.2, leak 0.5 */
    assert_near(ch_link_bearing(kb, rust).strength, 0);
    assert_near(ch_link_bearing(kb, rust).if_present, 0.4);
    assert_near(ch_link_bearing(kb, rust).if_absent, 1.6);
    const ch_link *sudden = link_of(kb, "broken_axle", "onset=sudden"); /* 12 of 15 */
    assert_near(sudden->p, 12.5 / 16);
    assert_near(ch_link_bearing(kb, sudden).strength, 1 - (3.5 / 16) / 0.75);
    assert_near(ch_link_bearing(kb, sudden).if_present, 1);
    assert_near(ch_link_bearing(kb, sudden).if_absent, 1);
}

static void test_profile_links_are_overridden(void **state)
{
    const charley_kb *kb = kb_of(state);
    const ch_link *squeak = link_of(kb, "dry_chain", "squeak");
    assert_near(squeak->p, 0.8);
    assert_near(squeak->sd, sqrt(1 / 40.0 + 1 / 10.0));     /* weight: 50 */
    const ch_link *rust = link_of(kb, "dry_chain", "rust"); /* positive: 1.9 */
    assert_near(rust->p, 0.95);
    assert_near(rust->sd, (logit(0.95) - logit(1.5 * 0.5)) / SPAN);
}

/* Links that no file of kb_good has: the caps. */
static void test_bearings_at_the_caps(void **state)
{
    (void)state;
    static const ch_node HERE = {.kind = CH_NODE_SCALAR};
    static const struct {
        double p, positive, negative, leak; /* 0: not given */
        ch_link_kind kind;
        double strength, if_present, if_absent;
        const char *derivation;
    } ROWS[] = {
        {0, 20, 0.04, 0.04, CH_LINK_STRENGTH, 0.95, 1, 1,
         "strength = 1 - LR-, capped at 1 - 1/cap"},
        {0, 20, 0.05, 0.04, CH_LINK_STRENGTH, 0.95, 1, 1, "strength = 1 - LR-"},
        {0, 20, 0.06, 0.04, CH_LINK_STRENGTH, 0.94, 1, 1, "strength = 1 - LR-"},
        {0, 10, 0, 0.2, CH_LINK_P, 1 - 0.05 / 0.8, 1, 1,
         "p = LR+ x leak, capped at 0.95"},
        {0.999, 0, 0, 0.5, CH_LINK_P, 0.95, 1, 1, ""},
        {0.5, 0, 0, 0.5, CH_LINK_P, 0, 1, 1, ""},
        {0.01, 0, 0, 0.5, CH_LINK_P, 0, 0.05, 1.98, ""},
        {0.025, 0, 0, 0.5, CH_LINK_P, 0, 0.05, 1.95, ""},
        {0.5, 0, 0, 0.99, CH_LINK_P, 0, 0.5 / 0.99, 20, ""},
    };
    for (size_t i = 0; i < N_ROWS(ROWS); i++) {
        ch_ratios ratios = {&HERE, {&HERE, ROWS[i].positive}, {NULL, (double)NAN}};
        ch_link_entry link = {.p = {NULL, (double)NAN}};
        if (ROWS[i].p > 0)
            link.p = (ch_real){&HERE, ROWS[i].p};
        else
            link.ratios = &ratios;
        if (ROWS[i].negative > 0)
            ratios.negative = (ch_real){&HERE, ROWS[i].negative};
        ch_link_kind kind;
        ch_spread spread = ch_derive_likelihood(&link, ROWS[i].leak, 20, &kind);
        ch_bearing bearing = ch_bearing_of(kind, spread.p, ROWS[i].leak, 20);
        assert_int_equal(kind, ROWS[i].kind);
        assert_near(bearing.strength, ROWS[i].strength);
        assert_near(bearing.if_present, ROWS[i].if_present);
        assert_near(bearing.if_absent, ROWS[i].if_absent);
        assert_string_equal(spread.derivation, ROWS[i].derivation);
    }
}

/* Kept with its word or not, each key finds its own sentence. */
static void find_every_word(ch_bookshelf *shelf, const charley_kb *kb)
{
    const ch_vector *words =
        &ch_language_find(shelf, shelf->meta->language->text)->words;
    uint32_t n_found = 0;
    for (uint32_t i = 0; i < words->n; i++) {
        const ch_word_entry *word = CH_AT(*words, i, ch_word_entry);
        if (!word->is_in_use || memchr(word->key.bytes, '@', word->key.size))
            continue;
        n_found++;
        charley_text text = charley_kb_word(kb, word->key);
        if (!ch_view_equal(text, word->text))
            fail_msg("%.*s: \"%.*s\"", (int)word->key.size, word->key.bytes,
                     (int)text.size, text.bytes);
    }
    assert_true(n_found > 30);
    assert_int_equal(charley_kb_word(kb, ch_view("condition.no_such.name")).size, 0);
    assert_int_equal(charley_kb_word(kb, ch_view("condition.broken_axle.no")).size, 0);
    assert_int_equal(charley_kb_word(kb, ch_view("finding.onset.option.no")).size, 0);
    assert_int_equal(charley_kb_word(kb, ch_view("condition")).size, 0);
    assert_int_equal(charley_kb_word(kb, ch_view("")).size, 0);
}

static void test_words(void **state)
{
    find_every_word(((opened *)*state)->shelf, kb_of(state));
}

/* The same of our own bookshelf, which has every kind of word. */
static void test_words_of_the_knowledge(void **state)
{
    (void)state;
    ch_bookshelf *shelf = NULL;
    assert_int_equal(
        ch_author_load(CH_SOURCE_DIR "/knowledge", refuse_fault, NULL, &shelf),
        CHARLEY_OK);
    assert_int_equal(ch_author_check(shelf), CHARLEY_OK);
    const void *image;
    size_t size;
    const charley_kb *kb;
    assert_int_equal(ch_author_build(shelf, &image, &size), CHARLEY_OK);
    assert_int_equal(charley_kb_open(image, size, &kb, NULL), CHARLEY_OK);
    find_every_word(shelf, kb);
    ch_author_free(shelf);
}

static void test_passports(void **state)
{
    const charley_kb *kb = kb_of(state);
    const ch_passport *leak = passport_of(kb, "squeak.leak");
    assert_string(kb, leak->derivation, "p = (n + 0.5) / (of + 1)");
    assert_string(kb, leak->at, "table 1");
    assert_int_equal(leak->mark, CHARLEY_SHOWN);
    assert_int_equal(leak->evidence, CH_EV_STUDY);
    assert_near(leak->n, 10);
    assert_near(leak->of, 99);
    assert_true(isnan(leak->published[0]));
    assert_string(kb, ch_kb_sources(kb)[leak->source].id, "wheel2001");
    const ch_passport *gap = passport_of(kb, "broken_axle.gap_wide");
    assert_string(kb, gap->derivation, "strength = 1 - LR-");
    assert_near(gap->published[0], 6);
    assert_near(gap->published[1], 0.5);
    const ch_passport *rust = passport_of(kb, "broken_axle.prior.rust");
    assert_int_equal(rust->mark, CHARLEY_ESTIMATE);
    assert_int_equal(rust->evidence, CH_EV_JUDGEMENT);
    assert_int_equal(rust->source, CH_NONE);
    assert_near(rust->published[0], 3);
    assert_string(kb, rust->note, "a guess (rust is common)");
    passport_of(kb, "broken_axle.prior");
    passport_of(kb, "broken_axle.prior.1");
    passport_of(kb, "broken_axle.prior.age");
    passport_of(kb, "broken_axle.floor");
    passport_of(kb, "broken_axle.onset=sudden");
    passport_of(kb, "dry_chain.act_above");
    passport_of(kb, "onset=sudden.leak");
}

/* ---- records ---- */

static void test_conditions(void **state)
{
    const charley_kb *kb = kb_of(state);
    const ch_condition *axle = condition_of(kb, "broken_axle");
    assert_string(kb, axle->family, "bone_joint_tendon");
    assert_string(kb, axle->codes,
                  "ICD-10 X1.2; ICD-10-CM X1.3; ICD-11 XA00; HPO HP:0000002; "
                  "Mondo MONDO:1");
    assert_int_equal(axle->urgency, CHARLEY_SAME_DAY);
    assert_true(axle->must_not_miss);
    assert_near(axle->floor, 1.5 / 200);
    assert_near(axle->act_above, 0.05);
    assert_int_equal(axle->excluded_by, ch_kb_find_atom(kb, ch_view("scan_fine")));
    assert_int_equal(axle->tests.n, 1);
    const ch_condition *chain = condition_of(kb, "dry_chain");
    assert_near(chain->floor, 0);
    assert_int_equal(chain->floor_passport, CH_NONE);
    assert_int_equal(chain->excluded_by, CH_NONE);
    assert_int_equal(chain->mechanisms.n, 1);
    charley_text mechanism = ch_kb_word_text(kb, ch_kb_list(kb, chain->mechanisms)[0]);
    assert_true(ch_view_is(mechanism, "About mechanism tissue injured"));
    charley_text name = ch_kb_word_text(kb, chain->word_name);
    assert_true(ch_view_is(name, "About condition dry chain name"));
}

static void test_comparisons_are_in_the_units_of_the_findings(void **state)
{
    const charley_kb *kb = kb_of(state);
    const ch_atom *gap = atom_of(kb, "gap_wide"); /* 1 inch, the finding is in cm */
    const ch_expr *expr = &ch_kb_exprs(kb)[gap->derive.first];
    assert_int_equal(gap->derive.n, 1);
    assert_int_equal(expr->op, CH_OP_NUMBER);
    assert_int_equal(expr->comparison, CH_AT_LEAST);
    assert_near(expr->value, 2.54);
    const ch_atom *middling = atom_of(kb, "middling"); /* two ranges under `all` */
    const ch_expr *nodes = &ch_kb_exprs(kb)[middling->derive.first];
    assert_int_equal(middling->derive.n, 7);
    assert_int_equal(nodes[0].comparison, CH_AT_LEAST);
    assert_near(nodes[0].value, 20);
    assert_int_equal(nodes[1].comparison, CH_BELOW);
    assert_near(nodes[1].value, 60);
    assert_int_equal(nodes[2].op, CH_OP_ALL);
    assert_int_equal(nodes[2].size, 3);
    assert_int_equal(nodes[3].op, CH_OP_SCORE);
    assert_int_equal(nodes[6].size, 7);
    const ch_atom *long_ride = atom_of(kb, "rode_long");
    const ch_expr *two = &ch_kb_exprs(kb)[long_ride->derive.first];
    assert_int_equal(two->op, CH_OP_TWO_NUMBERS);
    assert_int_equal(two->comparison, CH_ABOVE);
}

static void test_rules_are_sorted_by_level(void **state)
{
    const charley_kb *kb = kb_of(state);
    const ch_rule *rule = ch_kb_rules(kb);
    assert_int_equal(ch_kb_n(kb, CH_S_RULES), 3);
    assert_string(kb, rule[0].id, "fire");
    assert_string(kb, rule[0].code, "F1");
    assert_string(kb, rule[0].hazard, "H-001");
    assert_int_equal(rule[0].unknown, CH_UNKNOWN_RAISE);
    assert_int_equal(rule[0].raise_if.n, 3);
    assert_int_equal(rule[1].raise_if.n, 0);
    assert_int_equal(rule[0].sources.n, 2);
    assert_true(ch_view_is(ch_kb_word_text(kb, rule[0].word_now),
                           "About rule fire now, first\nAbout rule fire now, second"));
    assert_string(kb, rule[1].id, "oil_low");
    assert_int_equal(rule[1].unknown, CH_UNKNOWN_IGNORE);
    assert_string(kb, rule[2].id, "wheel_check");
    assert_int_equal(rule[2].word_now, CH_NONE);
}

static void test_screens_are_sorted_by_order(void **state)
{
    const charley_kb *kb = kb_of(state);
    const ch_screen *screen = ch_kb_screens(kb);
    assert_int_equal(ch_kb_n(kb, CH_S_SCREENS), 10);
    assert_string(kb, screen[0].id, "danger");
    assert_string(kb, screen[1].id, "age");
    assert_string(kb, screen[2].id, "gap");
    assert_int_equal(screen[0].order, 1);
    assert_int_equal(screen[2].order, CH_NONE);
    assert_int_equal(screen[2].who, CH_WHO_LOOK);
    assert_int_equal(screen[2].cost, 3);
    assert_int_equal(screen[0].cost, 1);
}

static void test_people_keep_the_order_of_the_file(void **state)
{
    const charley_kb *kb = kb_of(state);
    const ch_draw *draws = ch_kb_draws(kb);
    assert_int_equal(ch_kb_n(kb, CH_S_DRAWS), 4);
    assert_string(kb, draws[0].id, "old_bicycle");
    assert_int_equal(draws[0].atom, CH_NONE);
    assert_near(draws[0].to, 40);
    assert_near(draws[2].p, 1);
    assert_int_equal(draws[2].number, CH_NONE);
    assert_true(draws[2].when.n > 0 && draws[3].is_after);
    assert_near(draws[3].p, 3.5 / 10);
    const ch_slip *slips = ch_kb_slips(kb); /* by id */
    assert_int_equal(slips[0].kind, CH_SLIP_IMAGINED);
    assert_true(slips[0].is_danger && !slips[1].is_danger);
    assert_int_equal(slips[1].who, CH_WHO_LOOK);
    const ch_population *people = ch_kb_populations(kb);
    assert_true(people[0].is_story && !people[0].is_clinic);
    assert_true(people[1].is_clinic && people[1].given.n == 1 &&
                people[1].having.n == 1);
}

static void test_targets_bring_their_interval(void **state)
{
    const charley_kb *kb = kb_of(state);
    const ch_target *targets = ch_kb_targets(kb);
    assert_near(targets[0].p, 0.25);
    /* Wilson's interval of 10 of 40, by hand. */
    assert_true(fabs(targets[0].low - 0.1419) < 1e-4);
    assert_true(fabs(targets[0].high - 0.4019) < 1e-4);
    assert_true(isnan(targets[1].low) && isnan(targets[1].high));
    assert_int_equal(targets[1].population, 1);
}

static void test_scores(void **state)
{
    const charley_kb *kb = kb_of(state);
    const ch_score *wheel =
        &ch_kb_scores(kb)[index_of(kb, CHARLEY_SCORE, "wheel_score")];
    const ch_score *ratio =
        &ch_kb_scores(kb)[index_of(kb, CHARLEY_SCORE, "ride_ratio")];
    const ch_band *band = &ch_kb_bands(kb)[wheel->bands.first];
    assert_near(band[0].upper, 1);
    assert_int_equal(band[0].upper_open, 1);
    assert_near(band[1].upper, 2);
    assert_int_equal(band[1].upper_open, 0);
    assert_true(isinf(band[2].upper));
    const ch_score_item *item = &ch_kb_score_items(kb)[wheel->items.first];
    assert_near(item[2].points, -2);
    assert_int_equal(item[2].clinician_only, 1);
    assert_int_equal(wheel->decimals, 0);
    assert_int_equal(ratio->decimals, 3);
    assert_int_equal(ratio->formula.n, 13);
    const ch_formula *nodes = &ch_kb_formulas(kb)[ratio->formula.first];
    assert_int_equal(nodes[0].op, CH_F_NUMBER);
    assert_int_equal(nodes[2].op, CH_F_GREATEST);
    assert_int_equal(nodes[12].op, CH_F_DIVIDE);
}

static void test_sources_and_what_was_withdrawn(void **state)
{
    const charley_kb *kb = kb_of(state);
    const ch_source *source =
        &ch_kb_sources(kb)[index_of(kb, CHARLEY_SOURCE, "wheel2001")];
    assert_string(kb, source->citation,
                  "Spoke A et al. Do wheels squeak? J Wheels 1:2-3. 2001");
    assert_string(kb, source->locator, "doi:10.0000/wheel");
    const ch_source *page =
        &ch_kb_sources(kb)[index_of(kb, CHARLEY_SOURCE, "bicycle_page")];
    assert_string(kb, page->citation, "All about bicycles");
    assert_int_equal(page->seen, 2);
    size_t index;
    assert_int_equal(
        charley_kb_find(kb, CHARLEY_SOURCE, ch_view("lost_book"), &index, NULL),
        CHARLEY_E_NOTFOUND);
    assert_int_equal(ch_kb_find_atom(kb, ch_view("bell")), CH_NONE);
    assert_int_equal(ch_kb_n(kb, CH_S_CLUSTERS), 1);
    assert_int_equal(atom_of(kb, "wheel_bent")->cluster_rank, 1);
    assert_int_equal(atom_of(kb, "squeak")->cluster, CH_NONE);
}

/* ---- the whole ---- */

static void test_equal_files_give_equal_bytes(void **state)
{
    opened *o = *state;
    ch_bookshelf *again = load_good();
    const void *image;
    size_t size;
    assert_int_equal(ch_author_build(again, &image, &size), CHARLEY_OK);
    assert_int_equal(size, o->kb->header.size);
    assert_memory_equal(image, o->kb, size);
    ch_author_free(again);
}

static void test_build_wants_a_checked_bookshelf(void **state)
{
    (void)state;
    ch_bookshelf *shelf = NULL;
    const void *image = NULL;
    size_t size = 0;
    assert_int_equal(ch_author_load(GOOD, refuse_fault, NULL, &shelf), CHARLEY_OK);
    assert_int_equal(ch_author_build(shelf, &image, &size), CHARLEY_E_MISUSE);
    assert_null(image);
    ch_author_free(shelf);
    ch_author_free(NULL);
}

/* ---- medicines and regions ---- */

static void test_drugs(void **state)
{
    const charley_kb *kb = kb_of(state);
    assert_int_equal(ch_kb_n(kb, CH_S_DRUGS), 3);
    size_t wide = index_of(kb, CHARLEY_DRUG, "polish");
    const ch_drug *polish = &ch_kb_drugs(kb)[wide];
    const ch_drug *thick = &ch_kb_drugs(kb)[index_of(kb, CHARLEY_DRUG, "thick_polish")];
    assert_int_equal(polish->of, CH_NONE);
    assert_int_equal(thick->of, wide);
    assert_int_equal(polish->effect, CH_CLASH);
    assert_int_equal(polish->names.n, 4);
    const uint32_t *pair = ch_kb_list(kb, polish->names);
    assert_string(kb, (ch_string){pair[2], pair[3]}, "spoke wax");
    assert_int_equal(polish->when.n, 1);
    assert_int_equal(polish->conditions.n, 1);
    assert_true(
        ch_view_is(ch_kb_word_text(kb, polish->word_do),
                   "About drug polish do, first\nAbout drug polish do, second"));
    assert_int_equal(thick->word_ratio, CH_NONE);
}

static void test_ratios(void **state)
{
    const charley_kb *kb = kb_of(state);
    const ch_drug *polish = &ch_kb_drugs(kb)[index_of(kb, CHARLEY_DRUG, "polish")];
    assert_int_equal(polish->ratios.n, 2);
    const ch_ratio *ratio = &ch_kb_ratios(kb)[polish->ratios.first];
    assert_near(ratio[0].value, 2);
    assert_near(ratio[0].low, 1.5);
    assert_near(ratio[0].high, 3);
    assert_int_equal(ratio[0].kind, CH_ODDS_RATIO);
    assert_true(isnan(ratio[1].low) && isnan(ratio[1].high));
    /* without a derivation the ratio itself is the published figure */
    assert_true(isnan(passport_of(kb, "polish.shine")->published[0]));
    assert_int_equal(passport_of(kb, "polish_solvent.fire")->mark, CHARLEY_RECALLED);
}

static void test_interactions(void **state)
{
    const charley_kb *kb = kb_of(state);
    const ch_interaction *clash =
        &ch_kb_interactions(kb)[index_of(kb, CHARLEY_INTERACTION, "polish_solvent")];
    assert_int_equal(clash->level, CH_ASK_TODAY);
    assert_int_equal(clash->drugs.n, 1);
    assert_int_equal(ch_kb_list(kb, clash->with)[0],
                     index_of(kb, CHARLEY_DRUG, "solvent"));
    assert_int_equal(ch_kb_list(kb, clash->cautions)[0],
                     index_of(kb, CHARLEY_CAUTION, "riding_axle"));
}

static void assert_said(const charley_kb *kb, const char *key, const char *region,
                        const char *wanted)
{
    charley_text text = charley_kb_word_for(kb, ch_view(key), ch_view(region));
    if (!ch_view_is(text, wanted))
        fail_msg("%s in %s is \"%.*s\"", key, region, (int)text.size, text.bytes);
}

/* A region's own variant, else the one for any region whose number is known, else the
 * sentence for everywhere. */
static void test_variants(void **state)
{
    const charley_kb *kb = kb_of(state);
    static const char AMBULANCE[] = "urgency.ambulance.where";
    static const char EMERGENCY[] = "urgency.emergency.where";
    assert_int_equal(ch_kb_n(kb, CH_S_REGIONS), 3);
    assert_int_equal(ch_kb_n(kb, CH_S_VARIANTS), 4);
    assert_said(kb, AMBULANCE, "hills", "Ring 12 34");
    assert_said(kb, AMBULANCE, "plains", "Ring 56");
    assert_said(kb, AMBULANCE, "sea", "About urgency ambulance where");
    assert_said(kb, AMBULANCE, "", "About urgency ambulance where");
    assert_said(kb, AMBULANCE, "moon", "About urgency ambulance where");
    assert_said(kb, EMERGENCY, "hills", "Shout, or ring 12 34");
    assert_said(kb, EMERGENCY, "plains", "Ring 78");
    assert_said(kb, EMERGENCY, "sea", "About urgency emergency where");
    assert_said(kb, "mark.shown", "hills", "About mark shown");
    assert_said(kb, "no.such.key", "hills", "");
    assert_int_equal(charley_kb_word(kb, ch_view("urgency.ambulance.where@any")).size,
                     0);
}

static void test_stats(void **state)
{
    opened *o = *state;
    ch_author_stats_of stats;
    ch_author_stats(o->shelf, &stats);
    assert_int_equal(stats.n_findings, 17);
    assert_int_equal(stats.n_atoms, 14);
    assert_int_equal(stats.n_conditions, 2);
    assert_int_equal(stats.n_links, 8);
    assert_int_equal(stats.n_rules, 3);
    assert_int_equal(stats.n_rules_at[CHARLEY_AMBULANCE], 1);
    assert_int_equal(stats.n_rules_at[CHARLEY_SAME_DAY], 0);
    assert_int_equal(stats.n_sources, 3);
    assert_int_equal(stats.n_retired, 3);
    assert_int_equal(stats.n_drugs, 3);
    assert_int_equal(stats.n_interactions, 2);
    assert_int_equal(stats.n_regions, 3);
    assert_int_equal(stats.n_numbers_marked[CHARLEY_RECALLED], 2);
    assert_int_equal(stats.n_errors, 0);
    assert_int_equal(stats.n_files, ch_author_n_files(o->shelf));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_leaks),
        cmocka_unit_test(test_priors),
        cmocka_unit_test(test_factors),
        cmocka_unit_test(test_links),
        cmocka_unit_test(test_profile_links_are_overridden),
        cmocka_unit_test(test_bearings_at_the_caps),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_words_of_the_knowledge),
        cmocka_unit_test(test_passports),
        cmocka_unit_test(test_conditions),
        cmocka_unit_test(test_comparisons_are_in_the_units_of_the_findings),
        cmocka_unit_test(test_rules_are_sorted_by_level),
        cmocka_unit_test(test_screens_are_sorted_by_order),
        cmocka_unit_test(test_people_keep_the_order_of_the_file),
        cmocka_unit_test(test_targets_bring_their_interval),
        cmocka_unit_test(test_scores),
        cmocka_unit_test(test_sources_and_what_was_withdrawn),
        cmocka_unit_test(test_equal_files_give_equal_bytes),
        cmocka_unit_test(test_build_wants_a_checked_bookshelf),
        cmocka_unit_test(test_drugs),
        cmocka_unit_test(test_ratios),
        cmocka_unit_test(test_interactions),
        cmocka_unit_test(test_variants),
        cmocka_unit_test(test_stats),
    };
    return cmocka_run_group_tests(tests, open_good, close_good);
}
