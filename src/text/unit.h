/* unit.h: the units that findings are measured in, and conversion between them.
 *
 * A subset of UCUM [1], whose codes FHIR uses, and a few spellings people write. Codes
 * are case-sensitive, as in UCUM. Between moles, grams and equivalents a conversion
 * needs the substance: the factor of calcium is not that of glucose.
 *
 * [1] G. Schadow, C. J. McDonald, The Unified Code for Units of Measure, version 2.1.
 */
#ifndef CH_TEXT_UNIT_H
#define CH_TEXT_UNIT_H

#include "charley/charley.h"

/* Converts `value` from one unit to another.
 *   substance  "calcium", "magnesium", "sodium", "potassium", "creatinine", "glucose",
 *              "vitamin_b12", "albumin", "haemoglobin_a1c" (whose per cent are those of
 *              the NGSP); may be empty when both units count the same thing
 *   out        the same bits as `value` when both units are the same
 * Returns  E_DATA (no unit, an unknown one with "did you mean", units of different
 *          things, a substance missing or unfit, a value that is not finite). */
CHARLEY_MUST_USE charley_status ch_unit_convert(double value, charley_text from,
                                                charley_text to, charley_text substance,
                                                double *out, charley_error *error);

/* True for a code or an alias. */
bool ch_unit_known(charley_text unit);

/* The UCUM code of a code or alias ("mmHg" gives "mm[Hg]"); empty when not known. */
charley_text ch_unit_canonical(charley_text unit);

#endif
