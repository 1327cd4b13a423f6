/* test_unit.c: conversions, aliases and refusals of units. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/view.h"
#include "text/unit.h"

#include <math.h>
#include <string.h>

#define N_ROWS(rows) (sizeof(rows) / sizeof *(rows))

static const char *const ALL_UNITS[] = {
    "mm",      "cm",      "m",        "km",
    "[in_i]",  "mm[Hg]",  "kPa",      "min",
    "h",       "d",       "wk",       "mo",
    "a",       "Cel",     "[degF]",   "mg",
    "g",       "kg",      "[lb_av]",  "nmol/L",
    "umol/L",  "mmol/L",  "ug/L",     "ng/mL",
    "mg/dL",   "g/L",     "g/dL",     "meq/L",
    "U/L",     "1",       "%",        "mL/min/{1.73_m2}",
    "/min",    "/d",      "/wk",      "s",
    "pmol/L",  "ng/L",    "pg/mL",    "mg/L",
    "ug/mL",   "m[IU]/L", "u[IU]/mL", "/uL",
    "10*3/uL", "10*9/L",  "mmol/mol"};

static void assert_close(double value, double expected, double tolerance)
{
    if (fabs(value - expected) > tolerance * fmax(1e-300, fabs(expected)))
        fail_msg("%.17g is not %.17g", value, expected);
}

static void known_conversions_are_right(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *from, *to, *substance;
        double expected;
    } rows[] = {
        {3, "cm", "mm", "", 30},
        {1.75, "m", "cm", "", 175},
        {1, "[in_i]", "cm", "", 2.54},
        {12, "in", "mm", "", 304.8},
        {120, "mmHg", "kPa", "", 15.99864},
        {16, "kPa", "mm[Hg]", "", 120.010201},
        {90, "min", "h", "", 1.5},
        {36, "h", "d", "", 1.5},
        {6, "weeks", "d", "", 42},
        {1, "a", "d", "", 365.25},
        {1, "mo", "d", "", 30.4375},
        {2, "years", "months", "", 24},
        {18, "mo", "a", "", 1.5},
        {98.6, "[degF]", "Cel", "", 37},
        {-40, "degC", "degF", "", -40},
        {0, "Cel", "[degF]", "", 32},
        {39.5, "Cel", "[degF]", "", 103.1},
        {1, "lb", "kg", "", 0.45359237},
        {70, "kg", "[lb_av]", "", 154.323583529},
        {500, "mg", "g", "", 0.5},
        {2.0, "mmol/L", "mg/dL", "calcium", 8.0156},
        {8.0156, "mg/dL", "mmol/L", "calcium", 2.0},
        {4.0, "meq/L", "mmol/L", "calcium", 2.0},
        {0.7, "mmol/L", "mg/dL", "magnesium", 1.70135},
        {1.5, "meq/L", "mmol/L", "magnesium", 0.75},
        {140, "meq/L", "mmol/L", "sodium", 140},
        {3.5, "mmol/L", "meq/L", "potassium", 3.5},
        {100, "mg/dL", "meq/L", "potassium", 25.5767558},
        {1.0, "mg/dL", "umol/L", "creatinine", 88.4016973},
        {5.5, "mmol/L", "mg/dL", "glucose", 99.0858},
        {4.0, "g/dL", "g/L", "albumin", 40},
        {35, "g/L", "g/dL", "", 3.5},
        {30, "ug/L", "ng/mL", "", 30},
        {75, "nmol/L", "umol/L", "", 0.075},
        {1000, "IU/L", "U/L", "", 1000},
        {0.25, "1", "%", "", 25},
        {48, "%", "1", "", 0.48},
        {60, "mL/min/{1.73_m2}", "mL/min/{1.73_m2}", "", 60},
        {72, "/min", "/min", "", 72},
        {2, "/d", "/wk", "", 14},
        {90, "s", "min", "", 1.5},
        {0.2, "km", "m", "", 200},
        {2.20, "mmol/L", "mg/dL", "calcium", 8.81716},
        {1.12, "mmol/L", "mg/dL", "calcium", 4.488736},
        {1.12, "mmol/L", "meq/L", "calcium", 2.24},
        {1.22, "mg/dL", "mmol/L", "magnesium", 0.5019543303847},
        {125, "mmol/L", "meq/L", "sodium", 125},
        {6.5, "meq/L", "mmol/L", "potassium", 6.5},
        {141, "umol/L", "mg/dL", "creatinine", 1.594992},
        {10, "mmol/L", "mg/dL", "glucose", 180.156},
        {126, "mg/dL", "mmol/L", "glucose", 6.993938586558316},
        {148, "pmol/L", "ng/L", "vitamin_b12", 200.59476},
        {180, "pg/mL", "pmol/L", "vitamin_b12", 132.805064299785},
        {48, "mmol/mol", "%", "haemoglobin_a1c", 6.54304},
        {6.5, "%", "mmol/mol", "haemoglobin_a1c", 47.529514648},
        {0.065, "1", "mmol/mol", "haemoglobin_a1c", 47.529514648},
        {4.5, "mIU/L", "uIU/mL", "", 4.5},
        {2, "m[IU]/L", "u[IU]/mL", "", 2},
        {75, "ug/L", "ng/mL", "", 75},
        {0.5, "mg/L", "ug/L", "", 500},
        {0.5, "ug/mL", "ug/L", "", 500},
        {150, "mg/L", "mg/dL", "", 15},
        {13.5, "g/dL", "g/L", "", 135},
        {15, "10*9/L", "10*3/uL", "", 15},
        {15000, "/uL", "10*9/L", "", 15},
        {300, "pg/mL", "ng/L", "", 300},
    };
    for (size_t i = 0; i < N_ROWS(rows); i++) {
        double out = NAN;
        charley_error error = {0};
        if (ch_unit_convert(rows[i].value, ch_view(rows[i].from), ch_view(rows[i].to),
                            ch_view(rows[i].substance), &out, &error) != CHARLEY_OK)
            fail_msg("row %zu: %s", i, error.text);
        assert_close(out, rows[i].expected, 1e-8);
    }
}

static void whole_conversions_are_exact(void **state)
{
    (void)state;
    double out;
    assert_int_equal(ch_unit_convert(3, CHARLEY_TEXT("cm"), CHARLEY_TEXT("mm"),
                                     CHARLEY_TEXT(""), &out, NULL),
                     CHARLEY_OK);
    assert_true(out == 30);
    assert_int_equal(ch_unit_convert(2, CHARLEY_TEXT("wk"), CHARLEY_TEXT("d"),
                                     CHARLEY_TEXT(""), &out, NULL),
                     CHARLEY_OK);
    assert_true(out == 14);
    assert_int_equal(ch_unit_convert(98.6, CHARLEY_TEXT("degF"), CHARLEY_TEXT("Cel"),
                                     CHARLEY_TEXT(""), &out, NULL),
                     CHARLEY_OK);
    assert_true(out == 37.0);
}

/* From every unit to every other and back; most pairs measure different things and must
 * be refused both ways. */
static void every_pair_goes_there_and_back(void **state)
{
    (void)state;
    static const char *const substances[] = {"", "calcium", "creatinine", "albumin",
                                             "haemoglobin_a1c"};
    /* Sum of squares of the units per dimension; calcium joins fourteen concentrations,
     * creatinine thirteen, haemoglobin A1c two fractions and the millimoles per mole.
     */
    static const unsigned convertible[] = {225, 323, 297, 225, 229};
    for (size_t s = 0; s < N_ROWS(substances); s++) {
        unsigned n_convertible = 0;
        for (size_t i = 0; i < N_ROWS(ALL_UNITS); i++) {
            for (size_t j = 0; j < N_ROWS(ALL_UNITS); j++) {
                charley_text from = ch_view(ALL_UNITS[i]);
                charley_text to = ch_view(ALL_UNITS[j]);
                charley_text substance = ch_view(substances[s]);
                double there = 42;
                double back = 42;
                charley_status status =
                    ch_unit_convert(1.7, from, to, substance, &there, NULL);
                charley_status again =
                    ch_unit_convert(there, to, from, substance, &back, NULL);
                assert_int_equal(status, again);
                if (status == CHARLEY_OK) {
                    assert_close(back, 1.7, 4e-15);
                    n_convertible++;
                } else {
                    assert_int_equal(status, CHARLEY_E_DATA);
                    assert_true(there == 42 && back == 42);
                }
            }
        }
        assert_int_equal(n_convertible, convertible[s]);
    }
}

static void the_same_unit_keeps_every_bit(void **state)
{
    (void)state;
    static const double values[] = {0.1, -0.0, 1e-310, 1.7976931348623157e308};
    for (size_t i = 0; i < N_ROWS(ALL_UNITS); i++) {
        for (size_t j = 0; j < N_ROWS(values); j++) {
            charley_text unit = ch_view(ALL_UNITS[i]);
            double out;
            assert_int_equal(
                ch_unit_convert(values[j], unit, unit, CHARLEY_TEXT(""), &out, NULL),
                CHARLEY_OK);
            assert_memory_equal(&out, &values[j], sizeof out);
        }
    }
}

static void aliases_have_a_code(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"in", "[in_i]"},
        {"mmHg", "mm[Hg]"},
        {"minutes", "min"},
        {"hours", "h"},
        {"days", "d"},
        {"weeks", "wk"},
        {"months", "mo"},
        {"years", "a"},
        {"minute", "min"},
        {"hour", "h"},
        {"day", "d"},
        {"week", "wk"},
        {"month", "mo"},
        {"year", "a"},
        {"degC", "Cel"},
        {"degF", "[degF]"},
        {"lb", "[lb_av]"},
        {"IU/L", "U/L"},
        {"mEq/L", "meq/L"},
        {"mIU/L", "m[IU]/L"},
        {"mU/L", "m[IU]/L"},
        {"uIU/mL", "u[IU]/mL"},
        {"\xC2\xB5IU/mL", "u[IU]/mL"},
        {"\xCE\xBCIU/mL", "u[IU]/mL"},
        {"\xC2\xB5g/mL", "ug/mL"},
        {"\xCE\xBCg/mL", "ug/mL"},
        {"10^9/L", "10*9/L"},
        {"10^3/uL", "10*3/uL"},
        {"K/uL", "10*3/uL"},
        {"\xC2\xB5mol/L", "umol/L"},
        {"\xCE\xBCmol/L", "umol/L"},
        {"\xC2\xB5g/L", "ug/L"},
        {"\xCE\xBCg/L", "ug/L"},
    };
    for (size_t i = 0; i < N_ROWS(rows); i++) {
        assert_true(ch_unit_known(ch_view(rows[i][0])));
        assert_true(ch_view_is(ch_unit_canonical(ch_view(rows[i][0])), rows[i][1]));
    }
    for (size_t i = 0; i < N_ROWS(ALL_UNITS); i++)
        assert_true(ch_view_is(ch_unit_canonical(ch_view(ALL_UNITS[i])), ALL_UNITS[i]));
    static const char *const unknown[] = {"", "CM", "cm ", "stone", "mol", "MMHG"};
    for (size_t i = 0; i < N_ROWS(unknown); i++) {
        assert_false(ch_unit_known(ch_view(unknown[i])));
        assert_int_equal(ch_unit_canonical(ch_view(unknown[i])).size, 0);
    }
}

static void refusals_say_what_is_wrong(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *from, *to, *substance, *text;
    } rows[] = {
        {3, "", "cm", "", "give a unit, for instance cm"},
        {3, "CM", "cm", "", "unknown unit \"CM\"; did you mean cm?"},
        {3, "mmhg", "kPa", "", "unknown unit \"mmhg\"; did you mean mmHg?"},
        {3, "wek", "d", "", "unknown unit \"wek\"; did you mean wk?"},
        {3, "mmol/l", "mmol/L", "", "unknown unit \"mmol/l\"; did you mean mmol/L?"},
        {3, "xmol/L", "umol/L", "", "unknown unit \"xmol/L\""},
        {3, "kgs", "kg", "", "unknown unit \"kgs\"; did you mean kg?"},
        {3, "x", "kg", "", "unknown unit \"x\""},
        {3, "fortnight", "d", "", "unknown unit \"fortnight\""},
        {3, "furlongs per fortnight or so", "d", "",
         "unknown unit \"furlongs per fortnight o\""},
        {3, "cm", "qqqqqqqqqqqq", "", "unknown unit \"qqqqqqqqqqqq\""},
        {3, "kg", "cm", "", "kg measures mass, but cm (length) is needed"},
        {3, "mmol/L", "mg/dL", "",
         "mmol/L into mg/dL can only be converted for a known substance"},
        {3, "mmol/L", "mg/dL", "unobtainium",
         "mmol/L into mg/dL can only be converted for a known substance"},
        {3, "mmol/L", "g/L", "albumin",
         "albumin cannot be converted from mmol/L into g/L"},
        {3, "meq/L", "umol/L", "creatinine",
         "creatinine cannot be converted from meq/L into umol/L"},
        {NAN, "cm", "cm", "", "the value is not a finite number"},
        {HUGE_VAL, "cm", "mm", "", "the value is not a finite number"},
        {6.5, "%", "mmol/mol", "",
         "% measures a fraction, but mmol/mol (amount per amount) is needed"},
        {48, "mmol/mol", "mmol/L", "haemoglobin_a1c",
         "mmol/mol measures amount per amount, but mmol/L (amount per volume) is "
         "needed"},
        {4, "U/L", "m[IU]/L", "",
         "U/L measures activity per volume, but m[IU]/L (potency per volume) is "
         "needed"},
        {1e308, "m", "mm", "", "the value is too large"},
    };
    for (size_t i = 0; i < N_ROWS(rows); i++) {
        double out = 42;
        charley_error error = {0};
        assert_int_equal(ch_unit_convert(rows[i].value, ch_view(rows[i].from),
                                         ch_view(rows[i].to),
                                         ch_view(rows[i].substance), &out, &error),
                         CHARLEY_E_DATA);
        assert_string_equal(error.text, rows[i].text);
        assert_true(out == 42);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_conversions_are_right),
        cmocka_unit_test(whole_conversions_are_exact),
        cmocka_unit_test(every_pair_goes_there_and_back),
        cmocka_unit_test(the_same_unit_keeps_every_bit),
        cmocka_unit_test(aliases_have_a_code),
        cmocka_unit_test(refusals_say_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
