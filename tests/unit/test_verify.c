/* test_verify.c: an image whose hash is right and whose records do not fit each other
 * is refused when it is opened. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "image_file.h"
#include "kb/kb.h"
#include "kb/verify.h"

typedef struct patched {
    unsigned char *bytes;
    size_t size;
} patched;

/* Writable records of a section of the image. */
static void *records(const patched *image, ch_section section)
{
    const ch_header *header = (const ch_header *)(const void *)image->bytes;
    return image->bytes + header->sections[section].offset;
}

static uint32_t count(const patched *image, ch_section section)
{
    return ((const ch_header *)(const void *)image->bytes)->sections[section].n;
}

static ch_screen *screen_of_kind(const patched *image, charley_question_kind kind)
{
    ch_screen *screens = records(image, CH_S_SCREENS);
    for (uint32_t i = 0; i < count(image, CH_S_SCREENS); i++)
        if (screens[i].kind == kind)
            return &screens[i];
    fail_msg("no screen of kind %d", (int)kind);
    return NULL;
}

/* The first link whose atom has a second one. */
static ch_link *pair_of_links(const patched *image)
{
    ch_link *links = records(image, CH_S_LINKS);
    for (uint32_t i = 0; i + 1 < count(image, CH_S_LINKS); i++)
        if (links[i].atom == links[i + 1].atom)
            return &links[i];
    fail_msg("no atom has two links");
    return NULL;
}

static void leave(const patched *image)
{
    (void)image;
}

static void ask_a_number_as_many(const patched *image)
{
    screen_of_kind(image, CHARLEY_ASK_NUMBER)->kind = CHARLEY_ASK_MANY;
}

static void ask_many_as_one_yes_no(const patched *image)
{
    screen_of_kind(image, CHARLEY_ASK_MANY)->kind = CHARLEY_ASK_YES_NO;
}

static void name_a_condition_twice(const patched *image)
{
    ch_link *pair = pair_of_links(image);
    pair[1].condition = pair[0].condition;
}

static void swap_two_links(const patched *image)
{
    ch_link *pair = pair_of_links(image);
    ch_link first = pair[0];
    pair[0] = pair[1];
    pair[1] = first;
}

static void move_a_link(const patched *image)
{
    ch_link *link = records(image, CH_S_LINKS);
    link->atom = (link->atom + 1) % count(image, CH_S_ATOMS);
}

static void lose_a_link(const patched *image)
{
    const ch_link *link = records(image, CH_S_LINKS);
    ch_atom *atoms = records(image, CH_S_ATOMS);
    atoms[link->atom].links.n--;
}

static void give_an_atom_away(const patched *image)
{
    ch_atom *atom = records(image, CH_S_ATOMS);
    atom->finding = (atom->finding + 1) % count(image, CH_S_FINDINGS);
}

static void give_a_number_away(const patched *image)
{
    ch_number *number = records(image, CH_S_NUMBERS);
    number->finding = (number->finding + 1) % count(image, CH_S_FINDINGS);
}

/* The first score that adds points. */
static ch_score *score_of_points(const patched *image)
{
    ch_score *score = records(image, CH_S_SCORES);
    while (score->items.n < 2 || score->is_ladder)
        score++;
    return score;
}

static ch_score_item *first_item(const patched *image)
{
    ch_score_item *items = records(image, CH_S_SCORE_ITEMS);
    return items + score_of_points(image)->items.first;
}

static void give_an_item_no_way_to_count(const patched *image)
{
    first_item(image)->when.n = 0;
}

static void count_an_item_twice(const patched *image)
{
    first_item(image)->number = 0;
}

static void count_a_number_that_is_not_there(const patched *image)
{
    first_item(image)->when.n = 0;
    first_item(image)->number = count(image, CH_S_NUMBERS);
}

static void count_a_number_far_outside(const patched *image)
{
    first_item(image)->when.n = 0;
    first_item(image)->number = CH_NONE - 1;
}

static void climb_what_is_no_ladder(const patched *image)
{
    score_of_points(image)->is_ladder = 1;
}

static void say_a_variant_twice(const patched *image)
{
    ch_variant *variants = records(image, CH_S_VARIANTS);
    variants[1] = variants[0];
}

static void vary_for_nowhere(const patched *image)
{
    ch_variant *variants = records(image, CH_S_VARIANTS);
    variants->region = count(image, CH_S_REGIONS);
}

static void put_a_medicine_in_itself(const patched *image)
{
    ch_drug *drugs = records(image, CH_S_DRUGS);
    drugs[0].of = 0;
}

static void cut_a_name(const patched *image)
{
    ch_drug *drugs = records(image, CH_S_DRUGS);
    drugs[0].names.n--;
}

static void invert_a_ratio(const patched *image)
{
    ch_ratio *ratios = records(image, CH_S_RATIOS);
    ratios->low = ratios->high + 1;
}

static void clash_with_nothing(const patched *image)
{
    ch_interaction *clashes = records(image, CH_S_INTERACTIONS);
    clashes->drugs.n = 0;
}

static void name_a_number_outside(const patched *image)
{
    ch_region *regions = records(image, CH_S_REGIONS);
    regions->emergency.offset = UINT32_MAX;
}

static void draw_nothing(const patched *image)
{
    ch_draw *draw = records(image, CH_S_DRAWS);
    draw->atom = draw->number = CH_NONE;
}

static void draw_a_chance_above_one(const patched *image)
{
    ch_draw *draw = records(image, CH_S_DRAWS);
    draw->p = 1.5;
}

static void slip_of_an_unknown_kind(const patched *image)
{
    ch_slip *slip = records(image, CH_S_SLIPS);
    slip->kind = CH_SLIP_DONT_KNOW + 1;
}

static void people_without_such_a_condition(const patched *image)
{
    ch_population *population = records(image, CH_S_POPULATIONS);
    population->having = (ch_run){count(image, CH_S_LISTS), 1};
}

static void aim_at_nobody(const patched *image)
{
    ch_target *target = records(image, CH_S_TARGETS);
    target->population = count(image, CH_S_POPULATIONS);
}

static void aim_above_one(const patched *image)
{
    ch_target *target = records(image, CH_S_TARGETS);
    target->high = 2;
}

static charley_status open_patched(void (*patch)(const patched *image))
{
    patched image;
    image.bytes = read_image_file(&image.size);
    patch(&image);
    ch_header *header = (ch_header *)(void *)image.bytes;
    ch_image_seal(header, image.size);
    const charley_kb *kb;
    charley_status status = charley_kb_open(image.bytes, image.size, &kb, NULL);
    free(image.bytes);
    return status;
}

static void records_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    static void (*const patches[])(const patched *image) = {
        ask_a_number_as_many,
        ask_many_as_one_yes_no,
        name_a_condition_twice,
        swap_two_links,
        move_a_link,
        lose_a_link,
        give_an_atom_away,
        give_a_number_away,
        give_an_item_no_way_to_count,
        count_an_item_twice,
        count_a_number_that_is_not_there,
        count_a_number_far_outside,
        climb_what_is_no_ladder,
        say_a_variant_twice,
        vary_for_nowhere,
        put_a_medicine_in_itself,
        cut_a_name,
        invert_a_ratio,
        clash_with_nothing,
        name_a_number_outside,
        draw_nothing,
        draw_a_chance_above_one,
        slip_of_an_unknown_kind,
        people_without_such_a_condition,
        aim_at_nobody,
        aim_above_one,
    };
    assert_int_equal(open_patched(leave), CHARLEY_OK);
    for (size_t i = 0; i < sizeof patches / sizeof *patches; i++)
        assert_int_equal(open_patched(patches[i]), CHARLEY_E_DATA);
}

/* The hash that is shown is the hash of what was opened. */
static void a_hash_that_is_not_its_own_is_refused(void **state)
{
    (void)state;
    size_t size;
    unsigned char *bytes = read_image_file(&size);
    ch_header *header = (ch_header *)(void *)bytes;
    header->hash[0] = header->hash[0] == '0' ? '1' : '0';
    const charley_kb *kb;
    assert_int_equal(charley_kb_open(bytes, size, &kb, NULL), CHARLEY_E_DATA);
    ch_image_seal(header, size);
    assert_int_equal(charley_kb_open(bytes, size, &kb, NULL), CHARLEY_OK);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_that_do_not_fit_are_refused),
        cmocka_unit_test(a_hash_that_is_not_its_own_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
