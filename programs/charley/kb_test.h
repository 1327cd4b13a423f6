/* kb_test.h: `charley kb test`: the knowledge against the cases of clinicians. */
#ifndef KB_TEST_H
#define KB_TEST_H

#include "cli.h"

cli_exit kb_test(const cli_call *call);

#endif
