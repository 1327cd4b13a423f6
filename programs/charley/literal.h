/* literal.h: the bytes of a file as a C string literal, for the tools of the build. */
#ifndef LITERAL_H
#define LITERAL_H

#include <stdio.h>

/* A string literal compiles many times faster than a list of numbers, and does not
 * depend on byte order. Ends with a semicolon; returns how many bytes there were. */
size_t write_literal(FILE *in, FILE *out);

#endif
