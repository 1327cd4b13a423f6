/* fuzz_drugs.c: any bytes as the words for medicines, against the real knowledge image.
 *
 * Found or refused, never a read outside the words; what is written is the same when it
 * is asked again, and a buffer that is too small says how much it needs.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "charley/charley.h"
#include "image_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { CAPACITY = 1 << 19 };
    static char first[CAPACITY], again[CAPACITY];
    static const charley_kb *kb;
    if (!kb) {
        size_t image_size;
        const void *image = read_image_file(&image_size);
        if (charley_kb_open(image, image_size, &kb, NULL) != CHARLEY_OK)
            abort();
    }
    charley_text words = {(const char *)data, size};
    charley_error error;
    size_t n;
    size_t n_again;
    charley_status status = charley_kb_drugs(kb, words, first, CAPACITY, &n, &error);
    if (status == CHARLEY_E_NOTFOUND)
        return 0;
    if (status != CHARLEY_OK ||
        charley_kb_drugs(kb, words, again, n - 1, &n_again, &error) !=
            CHARLEY_E_LIMIT ||
        n_again != n ||
        charley_kb_drugs(kb, words, again, CAPACITY, &n_again, &error) != CHARLEY_OK ||
        n_again != n || memcmp(first, again, n) != 0)
        abort();
    return 0;
}
