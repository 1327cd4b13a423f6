/* fuzz_claims.c: any bytes as a question, against the real knowledge image.
 *
 * A search stays within its memory and answers the same twice.
 */
#include <stdint.h>
#include <stdlib.h>

#include "charley/charley.h"
#include "image_file.h"

enum { MOST = 6 };

static const charley_kb *kb;

static size_t search(charley_text question, charley_claim_hit hits[MOST])
{
    size_t n;
    if (charley_claims_search(kb, question, hits, MOST, &n, NULL) != CHARLEY_OK ||
        n > MOST)
        abort();
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!kb) {
        size_t image_size;
        const void *image = read_image_file(&image_size);
        if (charley_kb_open(image, image_size, &kb, NULL) != CHARLEY_OK)
            abort();
    }
    charley_text question = {(const char *)data, size};
    charley_claim_hit first[MOST], second[MOST];
    size_t n = search(question, first);
    if (search(question, second) != n)
        abort();
    for (size_t i = 0; i < n; i++)
        if (first[i].id.bytes != second[i].id.bytes || !(first[i].score > 0))
            abort();
    return 0;
}
