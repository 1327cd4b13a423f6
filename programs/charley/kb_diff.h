/* kb_diff.h: `charley kb diff`: the clinical change between two states of knowledge. */
#ifndef KB_DIFF_H
#define KB_DIFF_H

#include "cli.h"

cli_exit kb_diff(const cli_call *call);

#endif
