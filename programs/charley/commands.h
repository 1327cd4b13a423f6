/* commands.h: the commands of `charley`, each in the file of its name. */
#ifndef COMMANDS_H
#define COMMANDS_H

#include "cli.h"

cli_exit cli_ask(const cli_call *call);         /* ask.c */
cli_exit cli_assess(const cli_call *call);      /* assess.c */
cli_exit cli_next(const cli_call *call);        /* assess.c */
cli_exit cli_what_if(const cli_call *call);     /* what_if.c */
cli_exit cli_explain(const cli_call *call);     /* explain.c */
cli_exit cli_claims(const cli_call *call);      /* claims.c */
cli_exit cli_simulate(const cli_call *call);    /* simulate.c */
cli_exit cli_drugs(const cli_call *call);       /* drugs.c */
cli_exit cli_serve(const cli_call *call);       /* serve.c */
cli_exit cli_completions(const cli_call *call); /* completions.c */

#endif
