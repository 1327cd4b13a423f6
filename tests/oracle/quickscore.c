/* quickscore.c: see quickscore.h. */
#include "oracle/quickscore.h"

__extension__ typedef __float128 quad;

#define REAL    double
#define NAME(x) x##_double
#include "oracle/quickscore.inc.h"
#undef REAL
#undef NAME

#define REAL    quad
#define NAME(x) x##_quad
#include "oracle/quickscore.inc.h"
