/* consumer.c: opens an installed image through the installed library. */
#include <charley/charley.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (!file)
        return 2;
    const size_t capacity = (size_t)64 << 20;
    void *image = malloc(capacity);
    const size_t size = image ? fread(image, 1, capacity, file) : 0;
    fclose(file);
    charley_error error;
    const charley_kb *kb;
    if (charley_kb_open(image, size, &kb, &error) != CHARLEY_OK) {
        fprintf(stderr, "%s\n", error.text);
        return 1;
    }
    const charley_text version = charley_kb_version(kb);
    printf("knowledge %.*s, %zu conditions\n", (int)version.size, version.bytes,
           charley_kb_count(kb, CHARLEY_CONDITION));
    free(image);
    return 0;
}
