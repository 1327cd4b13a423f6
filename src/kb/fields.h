/* fields.h: is every field of every record of an image in range?
 *
 * The part of verify.h that looks at one field at a time.
 */
#ifndef CH_KB_FIELDS_H
#define CH_KB_FIELDS_H

#include "kb/kb.h"

/* What a section is called in messages. */
const char *ch_section_name(ch_section section);

/* E_DATA: record i of a section is damaged. */
charley_status ch_fail_record(charley_error *error, ch_section section, uint32_t i);

/* Checks all fields of all records; the sections must lie inside the image. After it
 * every index, string, run and list may be followed, and every expression is well
 * formed. Returns E_DATA. */
charley_status ch_fields_verify(const charley_kb *kb, charley_error *error);

#endif
