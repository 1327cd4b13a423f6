/* real.h: exp, log and friends that give the same bits on every machine.
 *
 * The C library's exp and log may differ in the last bit between glibc and the one a
 * browser build uses; results must not. These use only + - * / on doubles (compile with
 * -ffp-contract=off) and are tested against libm to 4e-16 relative.
 */
#ifndef CH_BASE_REAL_H
#define CH_BASE_REAL_H

/* e^x; 0 below -745, infinity above 709.78. NaN gives NaN. */
double ch_exp(double x);
/* Natural logarithm of x > 0; -infinity at 0; NaN below. */
double ch_log(double x);
/* 1 / (1 + e^-x) and its inverse, log(p / (1 - p)) for p in (0, 1). */
double ch_logistic(double x);
double ch_logit(double p);
/* The standard normal quantile of p in (0, 1), relative error about 1e-7.
 * Source: rational approximation in the style of Wichura, Applied Statistics 37 (1988),
 * algorithm AS 241 (PPND7 coefficients). */
double ch_normal_quantile(double p);

#endif
