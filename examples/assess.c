/* assess.c: open a knowledge image, read a case, print what to do.
 *
 *     assess charley.image case.json
 */
#include <charley/charley.h>
#include <stdio.h>
#include <stdlib.h>

static char *read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    const size_t capacity = (size_t)16 << 20;
    char *bytes = malloc(capacity); /* malloc aligns well enough for an image */
    *size = bytes ? fread(bytes, 1, capacity, file) : 0;
    fclose(file);
    return bytes;
}

static void print(const char *title, charley_text text)
{
    printf("%s: %.*s\n", title, (int)text.size, text.bytes);
}

/* Every failure means the same to the person: seek care. */
static int refuse(const charley_error *error)
{
    fprintf(stderr, "Could not assess, seek care (%s)\n", error->text);
    return 1;
}

int main(int argc, char **argv)
{
    charley_error error = {0};
    size_t image_size = 0, case_size = 0;
    char *image = argc == 3 ? read_file(argv[1], &image_size) : NULL;
    char *json = argc == 3 ? read_file(argv[2], &case_size) : NULL;
    const charley_kb *kb;
    if (!image || !json || charley_kb_open(image, image_size, &kb, &error))
        return refuse(&error);
    const size_t size = charley_session_size(kb, NULL);
    void *memory = malloc(size);
    charley_session *session;
    const charley_result *result;
    if (!memory || charley_session_init(memory, size, kb, NULL, &session, &error) ||
        charley_session_read_case(session, json, case_size, &error) ||
        charley_session_assess(session, &result, &error))
        return refuse(&error);
    print("Urgency", charley_urgency_name(result->urgency));
    print("Headline", result->headline);
    for (size_t i = 0; i < result->n_reasons; i++)
        print("Because", result->reasons[i].why);
    for (size_t i = 0; i < result->n_do_not; i++)
        print("Do not", result->do_not[i].name);
    free(memory), free(json), free(image);
    return 0;
}
