/* fuzz_yaml.c: any bytes as one knowledge file: loaded or refused, checked, built and
 * put into the house form, which must then read the same and stay as it is. */
#include "author/author.h"
#include "base/view.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ignore_fault(void *user, const ch_fault *fault)
{
    (void)user;
    (void)fault;
}

/* What a file may hold depends on where it lies: the first byte chooses. */
static charley_text path_of(uint8_t choice)
{
    static const char *const PATHS[] = {"entries.yaml", "conditions/a.yaml",
                                        "profiles/a.yaml", "words/en/a.yaml",
                                        "meta.yaml"};
    return ch_view(PATHS[choice % (sizeof PATHS / sizeof *PATHS)]);
}

static ch_bookshelf *load(const ch_author_file *file)
{
    ch_bookshelf *shelf = NULL;
    charley_status status =
        ch_author_load_files(ch_author_heap(), file, 1, ignore_fault, NULL, &shelf);
    if (status != CHARLEY_OK && status != CHARLEY_E_DATA)
        abort();
    return shelf;
}

/* Formatting what was formatted changes nothing. */
static void check_form(charley_text path, charley_text form)
{
    ch_author_file file = {path, form};
    ch_bookshelf *shelf = load(&file);
    charley_text again;
    if (ch_author_fmt(shelf, 0, &again, NULL) != CHARLEY_OK ||
        !ch_view_equal(form, again))
        abort();
    ch_author_free(shelf);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    ch_author_file file = {path_of(data[0]), {(const char *)data + 1, size - 1}};
    ch_bookshelf *shelf = load(&file);
    const void *image;
    size_t image_size;
    charley_text form;
    if (ch_author_check(shelf) == CHARLEY_OK &&
        ch_author_build(shelf, &image, &image_size) != CHARLEY_OK)
        abort();
    if (ch_author_fmt(shelf, 0, &form, NULL) == CHARLEY_OK)
        check_form(file.path, form);
    ch_author_free(shelf);
    return 0;
}
