/* fuzz_case.c: any bytes as a case document, against the real knowledge image.
 *
 * What is refused must leave the earlier answers as they were; what is accepted must
 * survive writing and reading, and be assessed without a fault of the engine.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "charley/charley.h"
#include "image_file.h"

static charley_session *session;

static void start(void)
{
    size_t size;
    const void *image = read_image_file(&size);
    const charley_kb *kb;
    charley_options options = {.max_width = 8};
    if (charley_kb_open(image, size, &kb, NULL) != CHARLEY_OK)
        abort();
    size_t memory_size = charley_session_size(kb, &options);
    if (charley_session_init(malloc(memory_size), memory_size, kb, &options, &session,
                             NULL) != CHARLEY_OK)
        abort();
}

static size_t write_case(char *json, size_t capacity)
{
    size_t size;
    if (charley_session_write_case(session, json, capacity, &size, NULL) != CHARLEY_OK)
        abort();
    return size;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { CAPACITY = 1 << 18 };
    static char before[CAPACITY], after[CAPACITY];
    if (!session)
        start();
    size_t n_before = write_case(before, CAPACITY);
    charley_error error;
    charley_status status =
        charley_session_read_case(session, (const char *)data, size, &error);
    size_t n_after = write_case(after, CAPACITY);
    if (status != CHARLEY_OK) {
        if (n_before != n_after || memcmp(before, after, n_before) != 0 ||
            error.status != status || error.offset > size)
            abort();
        return 0;
    }
    const charley_result *result;
    if (charley_session_assess(session, &result, &error) != CHARLEY_OK)
        abort();
    if (charley_session_read_case(session, after, n_after, &error) != CHARLEY_OK)
        abort();
    if (write_case(before, CAPACITY) != n_after || memcmp(before, after, n_after) != 0)
        abort();
    return 0;
}
