/* test_drug_names.c: medicines found by plain words, on the real bookshelf. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/view.h"
#include "image_file.h"
#include "kb/drug_names.h"

static char *image;
static const charley_kb *kb;

static int open_image(void **state)
{
    (void)state;
    size_t size;
    image = read_image_file(&size);
    return charley_kb_open(image, size, &kb, NULL) == CHARLEY_OK ? 0 : -1;
}

static int close_image(void **state)
{
    (void)state;
    free(image);
    return 0;
}

/* The ids found, with a space between two; or "?GUESS" when a word is nearly a name. */
static void assert_found(const char *words, const char *wanted)
{
    ch_drug_hit hits[CH_MAX_DRUG_HITS];
    size_t n;
    charley_error error;
    char found[512] = "";
    if (ch_drug_names_find(kb, ch_view(words), hits, &n, &error) != CHARLEY_OK) {
        assert_int_equal(error.status, CHARLEY_E_NOTFOUND);
        const char *guess = strstr(error.text, "did you mean \"");
        strcpy(found, "?");
        if (guess)
            strncat(found, guess + 14, strcspn(guess + 14, "\""));
        n = 0;
    }
    for (size_t i = 0; i < n; i++) {
        charley_text id = ch_kb_string(kb, ch_kb_drugs(kb)[hits[i].drug].id);
        if (i > 0)
            strcat(found, " ");
        strncat(found, id.bytes, id.size);
    }
    assert_string_equal(found, wanted);
}

static void names_are_found_in_any_case_and_number(void **state)
{
    (void)state;
    assert_found("furosemide", "loop_diuretic");
    assert_found("Furosemide", "loop_diuretic");
    assert_found("FRUSEMIDE 40 mg", "loop_diuretic");
    assert_found("water tablet", "diuretic");
    assert_found("water tablets", "diuretic");
    assert_found("water-tablets", "diuretic");
    assert_found("statins", "statin");
    assert_found("loop_diuretic", "loop_diuretic");
    assert_found("shakuyaku kanzo to", "liquorice");
}

static void several_are_found_in_their_order_and_once(void **state)
{
    (void)state;
    assert_found("statin and clarithromycin", "statin macrolide");
    assert_found("clarithromycin with a statin, simvastatin", "macrolide statin");
}

static void the_longest_name_wins(void **state)
{
    (void)state;
    assert_found("vitamin k2", "vitamin_k_supplement");
    assert_found("budesonide with formoterol", "beta_agonist_with_steroid");
    assert_found("formoterol", "long_acting_beta_agonist");
    assert_found("strong water tablet", "loop_diuretic");
    assert_found("iron sucrose", "iron_drip");
    assert_found("iron", "iron_tablets");
}

static void a_name_is_a_whole_word(void **state)
{
    (void)state;
    assert_found("ironing", "?");
    assert_found("lithiumgrease", "?");
    assert_found("", "?");
    assert_found("...", "?");
}

static void a_near_miss_is_never_passed_over(void **state)
{
    (void)state;
    assert_found("furosimide", "?furosemide");
    assert_found("statin and clarithromicin", "?clarithromycin");
    assert_found("warfrin", "?warfarin");
    assert_found("fluff", "?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_found_in_any_case_and_number),
        cmocka_unit_test(several_are_found_in_their_order_and_once),
        cmocka_unit_test(the_longest_name_wins),
        cmocka_unit_test(a_name_is_a_whole_word),
        cmocka_unit_test(a_near_miss_is_never_passed_over),
    };
    return cmocka_run_group_tests(tests, open_image, close_image);
}
