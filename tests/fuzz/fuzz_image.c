/* fuzz_image.c: any bytes as a knowledge image.
 *
 * An image is hostile input like any other. Each input is a patch over the sound image
 * of this build, or an image given whole: sizes and hash are put right so that the
 * checks behind the hash are reached. What is accepted is then used in every way;
 * nothing may be read or written outside.
 *
 * The input: either a whole image, or the bytes 'P' followed by records of 7 bytes:
 * offset (4, little-endian, modulo the image), value (1), and 2 to spare.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "charley/charley.h"
#include "image_file.h"
#include "kb/kb.h"

static unsigned char *base_image;
static size_t base_size;

/* Makes the hash and the size right, so that only the content is wrong. */
static void seal(unsigned char *image, size_t size)
{
    if (size < sizeof(ch_header))
        return;
    ch_header *header = (ch_header *)(void *)image;
    header->size = size;
    ch_image_seal(header, size);
}

static unsigned char *make_image(const uint8_t *data, size_t size, size_t *image_size)
{
    bool is_patch = base_image && size > 0 && data[0] == 'P';
    *image_size = is_patch ? base_size : size;
    unsigned char *image = malloc(*image_size + 1);
    if (!image)
        abort();
    memcpy(image, is_patch ? base_image : data, *image_size);
    for (size_t i = 1; is_patch && i + 7 <= size; i += 7) {
        uint32_t offset;
        memcpy(&offset, data + i, sizeof offset);
        image[offset % base_size] = data[i + 4];
    }
    seal(image, *image_size);
    return image;
}

/* Medicines by name, and every sentence as it is said in the first region. */
static void use_names(const charley_kb *kb)
{
    static char json[1 << 18];
    static const char *const words[] = {"", "statin and clarithromycin", "furosemid",
                                        "magnesium, iron and thyroid hormone"};
    size_t written;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        charley_text text = {words[i], strlen(words[i])};
        if (charley_kb_drugs(kb, text, json, sizeof json, &written, NULL) ==
            CHARLEY_E_MISUSE)
            abort();
    }
    charley_text region = charley_kb_id(kb, CHARLEY_REGION, 0);
    (void)charley_kb_word_for(kb, CHARLEY_TEXT("urgency.ambulance.where"), region);
}

/* Walks the API over an accepted image. */
static void use(const charley_kb *kb)
{
    use_names(kb);
    charley_options options = {.max_width = 6,
                               .clinician = true,
                               .region = charley_kb_id(kb, CHARLEY_REGION, 0)};
    size_t size = charley_session_size(kb, &options);
    if (size > (size_t)1 << 26)
        return;
    void *memory = malloc(size);
    charley_session *session;
    charley_error error;
    if (!memory || charley_session_init(memory, size, kb, &options, &session, &error) !=
                       CHARLEY_OK)
        abort();
    for (unsigned step = 0; step < 12; step++) {
        const charley_question *question;
        const charley_result *result;
        if (charley_session_next(session, true, &question, &error) != CHARLEY_OK ||
            !question)
            break;
        charley_text screen = question->id;
        for (size_t i = 0; i < question->n_choices; i += 2)
            if (charley_answer_set(session, question->choices[i].id, CHARLEY_YES,
                                   &error) != CHARLEY_OK)
                break;
        if (charley_screen_skip(session, screen, true, &error) != CHARLEY_OK)
            break;
        if (charley_session_assess(session, &result, &error) == CHARLEY_OK) {
            static char json[1 << 18];
            size_t written;
            if (charley_result_write(result, json, sizeof json, &written, &error) ==
                CHARLEY_E_MISUSE)
                abort();
        }
    }
    free(memory);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool is_loaded;
    if (!is_loaded) {
        base_image = read_image_file(&base_size);
        is_loaded = true;
    }
    size_t image_size;
    unsigned char *image = make_image(data, size, &image_size);
    const charley_kb *kb;
    charley_error error;
    if (charley_kb_open(image, image_size, &kb, &error) == CHARLEY_OK)
        use(kb);
    free(image);
    return 0;
}
