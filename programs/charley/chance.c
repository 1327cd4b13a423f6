/* chance.c: see chance.h. */
#include "chance.h"

/* Below this, tenths would round a quarter or more of the value away. */
static const double least_for_tenths = 0.095;
static const double nearly_all = 0.95;

typedef struct chance_scale {
    unsigned of; /* 10 or 100 */
    char of_digits[8];
} chance_scale;

static unsigned rounded(double p, unsigned of)
{
    return (unsigned)(p * of + 0.5);
}

static void add_pattern(cli_phrase *out, cli_page *page, const char *key,
                        const chance_scale *scale, unsigned a, unsigned b)
{
    char a_digits[16];
    char b_digits[16];
    snprintf(a_digits, sizeof a_digits, "%u", a);
    snprintf(b_digits, sizeof b_digits, "%u", b);
    const cli_slot slots[] = {{"n", cli_text(a_digits)},
                              {"low", cli_text(a_digits)},
                              {"high", cli_text(b_digits)},
                              {"of", cli_text(scale->of_digits)}};
    phrase_fill(out, page_word(page, key), slots, sizeof slots / sizeof slots[0]);
}

static void add_range(cli_phrase *out, cli_page *page, const chance_scale *scale,
                      const charley_probability *probability)
{
    unsigned low = rounded(probability->low, scale->of);
    unsigned high = rounded(probability->high, scale->of);
    if (low == high)
        return;
    phrase_add(out, CHARLEY_TEXT(" ("));
    bool is_open_above = probability->high >= nearly_all;
    if (is_open_above && low > 0)
        add_pattern(out, page, "ui.chance.from", scale, low, high);
    else if (low == 0 && !is_open_above)
        add_pattern(out, page, "ui.chance.up_to", scale, low, high);
    else
        add_pattern(out, page, "ui.chance.between", scale, low, high);
    phrase_add(out, CHARLEY_TEXT(")"));
}

void chance_add(cli_phrase *out, cli_page *page, const charley_probability *probability)
{
    bool is_tenths = probability->p >= least_for_tenths;
    chance_scale scale = {.of = is_tenths ? 10 : 100};
    snprintf(scale.of_digits, sizeof scale.of_digits, "%u", scale.of);
    unsigned n = rounded(probability->p, scale.of);
    if (n == 0)
        add_pattern(out, page, "ui.chance.less_than", &scale, 1, 0);
    else if (probability->p >= nearly_all)
        add_pattern(out, page, "ui.chance.more_than", &scale, 9, 0);
    else
        add_pattern(out, page, "ui.chance.about", &scale, n, 0);
    add_range(out, page, &scale, probability);
}
