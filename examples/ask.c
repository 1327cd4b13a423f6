/* ask.c: a whole interview: no to every danger sign, "don't know" to everything else.
 *
 *     ask charley.image
 */
#include <charley/charley.h>
#include <stdio.h>
#include <stdlib.h>

static void print(const char *title, charley_text text)
{
    printf("%s%.*s\n", title, (int)text.size, text.bytes);
}

static int refuse(const charley_error *error)
{
    return fprintf(stderr, "Could not assess, seek care (%s)\n", error->text), 1;
}

int main(int argc, char **argv)
{
    charley_error error = {0};
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    const size_t capacity = (size_t)16 << 20;
    char *image = malloc(capacity);
    if (!file || !image)
        return refuse(&error);
    const size_t image_size = fread(image, 1, capacity, file);
    fclose(file);
    const charley_kb *kb;
    if (charley_kb_open(image, image_size, &kb, &error))
        return refuse(&error);
    const size_t size = charley_session_size(kb, NULL);
    void *memory = malloc(size);
    charley_session *session;
    if (!memory || charley_session_init(memory, size, kb, NULL, &session, &error))
        return refuse(&error);
    for (;;) {
        const charley_question *question;
        if (charley_session_next(session, false, &question, &error))
            return refuse(&error);
        if (!question)
            break;
        print("? ", question->title);
        if (question->why.size)
            print("  asked because: ", question->why);
        const charley_text screen = question->id; /* borrowed from the image */
        if (question->is_danger_screen && question->kind == CHARLEY_ASK_MANY
                ? charley_screen_rest_no(session, screen, &error)
                : charley_screen_skip(session, screen, true, &error))
            return refuse(&error);
    }
    const charley_result *result;
    if (charley_session_assess(session, &result, &error))
        return refuse(&error);
    print("Urgency: ", charley_urgency_name(result->urgency));
    print("", result->headline);
    free(memory), free(image);
    return 0;
}
