/* check.c: the order of the checks. */
#include "author/check.h"

static charley_status check_all(ch_bookshelf *shelf)
{
    /* While a file is missing from the shelf, every name in it would seem unknown. */
    if (shelf->has_broken_file)
        return CHARLEY_OK;
    CH_TRY(ch_names_index(shelf));
    /* The searches below go as deep as the longest chain of findings. */
    if (shelf->is_too_large)
        return CHARLEY_OK;
    ch_names_resolve(shelf);
    ch_check_findings(shelf);
    CH_TRY(ch_order_find(shelf));
    ch_check_red_flags(shelf);
    ch_check_numbers(shelf);
    ch_check_advice(shelf);
    ch_check_drugs(shelf);
    ch_check_words(shelf);
    return CHARLEY_OK;
}

charley_status ch_author_check(ch_bookshelf *shelf)
{
    if (!shelf->is_checked)
        CH_TRY(check_all(shelf));
    shelf->is_checked = true;
    return shelf->desk.n_errors ? CHARLEY_E_DATA : CHARLEY_OK;
}
