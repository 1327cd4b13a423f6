/* layout.c: what src/memory.ts and src/index.ts take for granted about the structs of
 * charley.h on wasm32. Compiled, never linked: a change that moves a member fails here. */
#include <stddef.h>

#include "charley/charley.h"

_Static_assert(sizeof(charley_error) == 528, "error.size");
_Static_assert(offsetof(charley_error, status) == 0, "error.status");
_Static_assert(offsetof(charley_error, line) == 4, "error.line");
_Static_assert(offsetof(charley_error, column) == 8, "error.column");
_Static_assert(offsetof(charley_error, offset) == 12, "error.offset");
_Static_assert(offsetof(charley_error, where) == 16, "error.where");
_Static_assert(offsetof(charley_error, id) == 144, "error.id");
_Static_assert(offsetof(charley_error, text) == 208, "error.text");
_Static_assert(sizeof(charley_options) == 16, "options.size");
_Static_assert(offsetof(charley_options, max_width) == 0, "options.maxWidth");
_Static_assert(offsetof(charley_options, clinician) == 4, "options.clinician");
_Static_assert(offsetof(charley_options, region) == 8, "options.region");
_Static_assert(sizeof(charley_text) == 8, "textSize");
