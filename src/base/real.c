/* real.c: see real.h. */
#include "base/real.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

static double from_bits(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static uint64_t to_bits(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* ln 2 in two parts: the first has 21 trailing zero bits, so k * LN2_HIGH is exact. */
static const double LN2_HIGH = 6.93147180369123816490e-01;
static const double LN2_LOW = 1.90821492927058770002e-10;

/* 2^k for k in [-1022, 1023]. */
static double power_of_two(int k)
{
    return from_bits((uint64_t)(k + 1023) << 52);
}

double ch_exp(double x)
{
    if (!(x == x))
        return x;
    if (x > 709.782712893384)
        return HUGE_VAL;
    if (x < -745.2)
        return 0.0;
    double scaled = x * 1.44269504088896338700;
    int k = (int)(scaled + (scaled < 0 ? -0.5 : 0.5));
    double high = x - k * LN2_HIGH;
    double low = k * LN2_LOW;
    double r = high - low; /* |r| <= ln2 / 2 */
    /* e^r = 1 + r + r^2 (1/2! + r/3! + ...): thirteen terms reach 2^-60. */
    double tail = 1.0 / 6227020800.0;
    tail = tail * r + 1.0 / 479001600.0;
    tail = tail * r + 1.0 / 39916800.0;
    tail = tail * r + 1.0 / 3628800.0;
    tail = tail * r + 1.0 / 362880.0;
    tail = tail * r + 1.0 / 40320.0;
    tail = tail * r + 1.0 / 5040.0;
    tail = tail * r + 1.0 / 720.0;
    tail = tail * r + 1.0 / 120.0;
    tail = tail * r + 1.0 / 24.0;
    tail = tail * r + 1.0 / 6.0;
    tail = tail * r + 0.5;
    double e = 1.0 + (high + (r * r * tail - low));
    if (k >= -1021 && k <= 1022)
        return e * power_of_two(k);
    int half = k / 2;
    return e * power_of_two(half) * power_of_two(k - half);
}

double ch_log(double x)
{
    if (!(x == x) || x < 0)
        return from_bits(UINT64_C(0x7FF8000000000000));
    if (x == 0)
        return -HUGE_VAL;
    if (x > 1.79769313486231570815e308)
        return x;
    int k = 0;
    if (x < 2.2250738585072014e-308) {
        x *= 18014398509481984.0; /* 2^54: out of the subnormals */
        k = -54;
    }
    uint64_t bits = to_bits(x);
    k += (int)(bits >> 52) - 1023;
    double m =
        from_bits((bits & UINT64_C(0x000FFFFFFFFFFFFF)) | UINT64_C(0x3FF0000000000000));
    if (m > 1.41421356237309504880) {
        m *= 0.5;
        k++;
    }
    /* ln m = 2 atanh(s), s = (m-1)/(m+1), |s| <= 0.1716: series to s^23. */
    double f = m - 1.0;
    double s = f / (2.0 + f);
    double z = s * s;
    double t = 2.0 / 23.0;
    for (int odd = 21; odd >= 3; odd -= 2)
        t = t * z + 2.0 / odd;
    /* ln m = f - (f^2/2 - s (f^2/2 + z t)) keeps the bits of f. */
    double h = 0.5 * f * f;
    return k * LN2_HIGH - ((h - (s * (h + z * t) + k * LN2_LOW)) - f);
}

double ch_logistic(double x)
{
    if (x >= 0)
        return 1.0 / (1.0 + ch_exp(-x));
    double e = ch_exp(x);
    return e / (1.0 + e);
}

double ch_logit(double p)
{
    return ch_log(p / (1.0 - p));
}

double ch_normal_quantile(double p)
{
    double q = p - 0.5;
    if (q >= -0.425 && q <= 0.425) {
        double r = 0.180625 - q * q;
        return q *
               (((5.9109374720e+01 * r + 1.5929113202e+02) * r + 5.0434271938e+01) * r +
                3.3871327179e+00) /
               (((6.7187563600e+01 * r + 7.8757757664e+01) * r + 1.7895169469e+01) * r +
                1.0);
    }
    double r = sqrt(-ch_log(q < 0 ? p : 1.0 - p));
    double x;
    if (r <= 5.0) {
        r -= 1.6;
        x = (((1.7023821103e-01 * r + 1.3067284816e+00) * r + 2.7568153900e+00) * r +
             1.4234372777e+00) /
            ((1.2021132975e-01 * r + 7.3700164250e-01) * r + 1.0);
    } else {
        r -= 5.0;
        x = (((1.7337203997e-02 * r + 4.2868294337e-01) * r + 3.0812263860e+00) * r +
             6.6579051150e+00) /
            ((1.2258202635e-02 * r + 2.4197894225e-01) * r + 1.0);
    }
    return q < 0 ? -x : x;
}
