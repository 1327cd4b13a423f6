/* verify.h: is this block of bytes an image whose every reference is in range? */
#ifndef CH_KB_VERIFY_H
#define CH_KB_VERIFY_H

#include "kb/kb.h"

/* Checks header, hash, section table, then every record.
 * Returns E_SYNTAX, E_VERSION, E_DATA, E_MISUSE; the text says which part is wrong. */
charley_status ch_image_verify(const void *image, size_t size, charley_error *error);

/* The part of it behind the hash: the section table, then every record. */
charley_status ch_image_verify_records(const ch_header *header, size_t size,
                                       charley_error *error);

#endif
