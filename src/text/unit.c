/* unit.c: see unit.h.
 *
 * Every unit is a multiple of the base unit of its dimension. The base units are chosen
 * small, so that nearly all factors are whole numbers and everyday conversions are
 * exact.
 *
 * Sources: definitions of units, UCUM 2.1 (mm[Hg]: 133.322 Pa; year: Julian, 365.25 d;
 * month: a twelfth of it). Molar masses: IUPAC standard atomic weights 2021, abridged
 * (vitamin B12 as cyanocobalamin). Haemoglobin A1c: the master equation between the
 * IFCC and the NGSP networks, Weykamp et al., Clin Chem 54:240 (2008).
 */
#include "text/unit.h"
#include "base/fail.h"
#include "base/view.h"

#include <math.h>
#include <string.h>

typedef enum unit_dimension {
    LENGTH,        /* millimetre */
    PRESSURE,      /* pascal */
    TIME,          /* second */
    TEMPERATURE,   /* ninth of a kelvin, from the freezing point of water */
    MASS,          /* milligram */
    AMOUNT_CONC,   /* picomole per litre */
    MASS_CONC,     /* picogram per litre */
    CHARGE_CONC,   /* picoequivalent per litre */
    ACTIVITY_CONC, /* unit per litre */
    POTENCY_CONC,  /* thousandth of an international unit per litre */
    COUNT_CONC,    /* cell per microlitre */
    GLYCATION,     /* millimole per mole */
    FRACTION,      /* per cent */
    CLEARANCE,     /* millilitre per minute and 1.73 m2 of body surface */
    RATE           /* per week */
} unit_dimension;

static const char *const DIMENSION_IN_WORDS[] = {
    [LENGTH] = "length",
    [PRESSURE] = "pressure",
    [TIME] = "time",
    [TEMPERATURE] = "temperature",
    [MASS] = "mass",
    [AMOUNT_CONC] = "amount per volume",
    [MASS_CONC] = "mass per volume",
    [CHARGE_CONC] = "charge per volume",
    [ACTIVITY_CONC] = "activity per volume",
    [POTENCY_CONC] = "potency per volume",
    [COUNT_CONC] = "a number per volume",
    [GLYCATION] = "amount per amount",
    [FRACTION] = "a fraction",
    [CLEARANCE] = "clearance",
    [RATE] = "a rate",
};

typedef struct unit {
    const char *code;
    unit_dimension dimension;
    double factor; /* base units in one */
    double zero;   /* where the base unit's zero is on this scale */
} unit;

static const unit UNITS[] = {
    {"mm", LENGTH, 1, 0},
    {"cm", LENGTH, 10, 0},
    {"m", LENGTH, 1000, 0},
    {"km", LENGTH, 1e6, 0},
    {"[in_i]", LENGTH, 25.4, 0},
    {"mm[Hg]", PRESSURE, 133.322, 0},
    {"kPa", PRESSURE, 1000, 0},
    {"s", TIME, 1, 0},
    {"min", TIME, 60, 0},
    {"h", TIME, 3600, 0},
    {"d", TIME, 86400, 0},
    {"wk", TIME, 604800, 0},
    {"mo", TIME, 2629800, 0},
    {"a", TIME, 31557600, 0},
    {"Cel", TEMPERATURE, 9, 0},
    {"[degF]", TEMPERATURE, 5, 32},
    {"mg", MASS, 1, 0},
    {"g", MASS, 1e3, 0},
    {"kg", MASS, 1e6, 0},
    {"[lb_av]", MASS, 453592.37, 0},
    {"pmol/L", AMOUNT_CONC, 1, 0},
    {"nmol/L", AMOUNT_CONC, 1e3, 0},
    {"umol/L", AMOUNT_CONC, 1e6, 0},
    {"mmol/L", AMOUNT_CONC, 1e9, 0},
    {"ng/L", MASS_CONC, 1e3, 0},
    {"pg/mL", MASS_CONC, 1e3, 0},
    {"ug/L", MASS_CONC, 1e6, 0},
    {"ng/mL", MASS_CONC, 1e6, 0},
    {"mg/L", MASS_CONC, 1e9, 0},
    {"ug/mL", MASS_CONC, 1e9, 0},
    {"mg/dL", MASS_CONC, 1e10, 0},
    {"g/L", MASS_CONC, 1e12, 0},
    {"g/dL", MASS_CONC, 1e13, 0},
    {"meq/L", CHARGE_CONC, 1e9, 0},
    {"U/L", ACTIVITY_CONC, 1, 0},
    {"m[IU]/L", POTENCY_CONC, 1, 0},
    {"u[IU]/mL", POTENCY_CONC, 1, 0},
    {"/uL", COUNT_CONC, 1, 0},
    {"10*3/uL", COUNT_CONC, 1e3, 0},
    {"10*9/L", COUNT_CONC, 1e3, 0},
    {"mmol/mol", GLYCATION, 1, 0},
    {"1", FRACTION, 100, 0},
    {"%", FRACTION, 1, 0},
    {"mL/min/{1.73_m2}", CLEARANCE, 1, 0},
    {"/min", RATE, 10080, 0},
    {"/d", RATE, 7, 0},
    {"/wk", RATE, 1, 0},
};
enum { N_UNITS = sizeof UNITS / sizeof UNITS[0] };

typedef struct unit_alias {
    const char *spelling;
    const char *code;
} unit_alias;

/* What people and laboratories write. Micro is either of two letters in Unicode. */
static const unit_alias ALIASES[] = {
    {"in", "[in_i]"},
    {"mmHg", "mm[Hg]"},
    {"second", "s"},
    {"seconds", "s"},
    {"minute", "min"},
    {"minutes", "min"},
    {"hour", "h"},
    {"hours", "h"},
    {"day", "d"},
    {"days", "d"},
    {"week", "wk"},
    {"weeks", "wk"},
    {"month", "mo"},
    {"months", "mo"},
    {"year", "a"},
    {"years", "a"},
    {"degC", "Cel"},
    {"degF", "[degF]"},
    {"lb", "[lb_av]"},
    {"\xC2\xB5mol/L", "umol/L"},
    {"\xCE\xBCmol/L", "umol/L"},
    {"\xC2\xB5g/L", "ug/L"},
    {"\xCE\xBCg/L", "ug/L"},
    {"\xC2\xB5g/mL", "ug/mL"},
    {"\xCE\xBCg/mL", "ug/mL"},
    {"IU/L", "U/L"},
    {"mEq/L", "meq/L"},
    {"mIU/L", "m[IU]/L"},
    {"mU/L", "m[IU]/L"},
    {"uIU/mL", "u[IU]/mL"},
    {"\xC2\xB5IU/mL", "u[IU]/mL"},
    {"\xCE\xBCIU/mL", "u[IU]/mL"},
    {"10^9/L", "10*9/L"},
    {"10^3/uL", "10*3/uL"},
    {"K/uL", "10*3/uL"},
};
enum { N_ALIASES = sizeof ALIASES / sizeof ALIASES[0] };

typedef struct unit_substance {
    const char *name;
    double g_per_mol; /* 0: no single molar mass is in use */
    double valence;   /* charges per particle; 0: not counted in equivalents */
} unit_substance;

static const unit_substance SUBSTANCES[] = {
    {"calcium", 40.078, 2},   {"magnesium", 24.305, 2},    {"sodium", 22.990, 1},
    {"potassium", 39.098, 1}, {"creatinine", 113.12, 0},   {"glucose", 180.156, 0},
    {"albumin", 0, 0},        {"vitamin_b12", 1355.37, 0},
};
enum { N_SUBSTANCES = sizeof SUBSTANCES / sizeof SUBSTANCES[0] };

/* ---- looking up -------------------------------------------------------------- */

static const unit *find_code(charley_text code)
{
    for (size_t i = 0; i < N_UNITS; i++)
        if (ch_view_is(code, UNITS[i].code))
            return &UNITS[i];
    return NULL;
}

static const unit *find_unit(charley_text spelling)
{
    for (size_t i = 0; i < N_ALIASES; i++)
        if (ch_view_is(spelling, ALIASES[i].spelling))
            return find_code(ch_view(ALIASES[i].code));
    return find_code(spelling);
}

static const unit_substance *find_substance(charley_text name)
{
    for (size_t i = 0; i < N_SUBSTANCES; i++)
        if (ch_view_is(name, SUBSTANCES[i].name))
            return &SUBSTANCES[i];
    return NULL;
}

bool ch_unit_known(charley_text spelling)
{
    return find_unit(spelling) != NULL;
}

charley_text ch_unit_canonical(charley_text spelling)
{
    const unit *known = find_unit(spelling);
    return ch_view(known ? known->code : NULL);
}

/* ---- did you mean ------------------------------------------------------------ */

enum { MAX_SPELLING = 24 }; /* longer than any unit; more is not worth repeating */

/* A spelling in small letters: most slips are "CM" or "mmhg". */
typedef struct folded {
    char bytes[MAX_SPELLING];
    size_t size;
} folded;

static charley_text fold_case(charley_text text, folded *out)
{
    out->size = text.size < MAX_SPELLING ? text.size : MAX_SPELLING;
    for (size_t i = 0; i < out->size; i++) {
        char byte = text.bytes[i];
        out->bytes[i] = byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
    }
    return (charley_text){out->bytes, out->size};
}

static unsigned slip_between(charley_text given, const char *known, unsigned limit)
{
    folded a;
    folded b;
    return ch_view_distance(fold_case(given, &a), fold_case(ch_view(known), &b), limit);
}

/* The code or alias nearest to `given`; NULL when none is near, or when two different
 * units are equally near: "xmol/L" must not be answered with a guess. */
static const char *nearest_spelling(charley_text given)
{
    /* A letter in two may be wrong: short units leave little to go by. */
    unsigned limit =
        (unsigned)(given.size < MAX_SPELLING ? given.size : MAX_SPELLING) / 2;
    unsigned least = limit + 1;
    const char *nearest = NULL;
    for (size_t i = 0; i < N_UNITS + N_ALIASES; i++) {
        const char *known = i < N_UNITS ? UNITS[i].code : ALIASES[i - N_UNITS].spelling;
        unsigned slip = slip_between(given, known, limit);
        if (slip < least) {
            least = slip;
            nearest = known;
        } else if (slip == least && nearest &&
                   find_unit(ch_view(known)) != find_unit(ch_view(nearest))) {
            nearest = NULL;
        }
    }
    return nearest;
}

static charley_status refuse_unit(charley_text given, charley_error *error)
{
    charley_status status = ch_fail(error, CHARLEY_E_DATA, "unknown unit \"");
    const char *nearest = nearest_spelling(given);
    ch_fail_append(error, ch_view_start(given, MAX_SPELLING));
    ch_fail_append(error, CHARLEY_TEXT("\""));
    if (nearest) {
        ch_fail_append(error, CHARLEY_TEXT("; did you mean "));
        ch_fail_append(error, ch_view(nearest));
        ch_fail_append(error, CHARLEY_TEXT("?"));
    }
    return status;
}

/* ---- converting -------------------------------------------------------------- */

static bool is_concentration(unit_dimension dimension)
{
    return dimension == AMOUNT_CONC || dimension == MASS_CONC ||
           dimension == CHARGE_CONC;
}

/* Base units of a concentration in one picomole per litre; 0 when the substance has
 * none. */
static double per_picomole(unit_dimension dimension, const unit_substance *of)
{
    if (dimension == MASS_CONC)
        return of->g_per_mol;
    return dimension == CHARGE_CONC ? of->valence : 1.0;
}

static charley_status refuse_pair(const unit *source, const unit *target,
                                  charley_error *error)
{
    return ch_fail(error, CHARLEY_E_DATA, "%s measures %s, but %s (%s) is needed",
                   source->code, DIMENSION_IN_WORDS[source->dimension], target->code,
                   DIMENSION_IN_WORDS[target->dimension]);
}

/* Base units of the target as a straight line of those of the source. */
typedef struct line {
    double slope;
    double start;
} line;

/* Per cent of haemoglobin A1c (NGSP) in millimoles per mole (IFCC). */
static const line A1C_PER_CENT = {0.09148, 2.152};

static bool relate_a1c(const unit *source, const unit *target, charley_text name,
                       line *out)
{
    if (!ch_view_is(name, "haemoglobin_a1c"))
        return false;
    bool is_up = source->dimension == GLYCATION && target->dimension == FRACTION;
    bool is_down = source->dimension == FRACTION && target->dimension == GLYCATION;
    if (is_up)
        *out = A1C_PER_CENT;
    else if (is_down)
        *out = (line){1 / A1C_PER_CENT.slope, -A1C_PER_CENT.start / A1C_PER_CENT.slope};
    return is_up || is_down;
}

static charley_status relate_dimensions(const unit *source, const unit *target,
                                        charley_text name, line *out,
                                        charley_error *error)
{
    *out = (line){1.0, 0.0};
    if (source->dimension == target->dimension || relate_a1c(source, target, name, out))
        return CHARLEY_OK;
    if (!is_concentration(source->dimension) || !is_concentration(target->dimension))
        return refuse_pair(source, target, error);
    const unit_substance *of = find_substance(name);
    if (!of)
        return ch_fail(error, CHARLEY_E_DATA,
                       "%s into %s can only be converted for a known substance",
                       source->code, target->code);
    double source_units = per_picomole(source->dimension, of);
    double target_units = per_picomole(target->dimension, of);
    if (source_units <= 0 || target_units <= 0)
        return ch_fail(error, CHARLEY_E_DATA, "%s cannot be converted from %s into %s",
                       of->name, source->code, target->code);
    out->slope = target_units / source_units;
    return CHARLEY_OK;
}

charley_status ch_unit_convert(double value, charley_text from, charley_text to,
                               charley_text substance, double *out,
                               charley_error *error)
{
    if (!isfinite(value))
        return ch_fail(error, CHARLEY_E_DATA, "the value is not a finite number");
    const unit *target = find_unit(to);
    if (!target)
        return refuse_unit(to, error);
    if (from.size == 0)
        return ch_fail(error, CHARLEY_E_DATA, "give a unit, for instance %s",
                       target->code);
    const unit *source = find_unit(from);
    if (!source)
        return refuse_unit(from, error);
    if (source == target) {
        *out = value;
        return CHARLEY_OK;
    }
    line to_target;
    CH_TRY(relate_dimensions(source, target, substance, &to_target, error));
    double base =
        (value - source->zero) * source->factor * to_target.slope + to_target.start;
    double converted = base / target->factor + target->zero;
    if (!isfinite(converted))
        return ch_fail(error, CHARLEY_E_DATA, "the value is too large");
    *out = converted;
    return CHARLEY_OK;
}
