/* kb_mutate.h: `charley kb mutate`: do the cases notice when the knowledge is wrong? */
#ifndef KB_MUTATE_H
#define KB_MUTATE_H

#include "cli.h"

cli_exit kb_mutate(const cli_call *call);

#endif
