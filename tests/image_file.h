/* image_file.h: the knowledge image of this build, for tests, fuzzers and benches. */
#ifndef TESTS_IMAGE_FILE_H
#define TESTS_IMAGE_FILE_H

#include <stdio.h>
#include <stdlib.h>

/* Reads the whole file CH_IMAGE_PATH into memory of its own, 8-byte aligned, never
 * freed. A build without its image cannot test anything: it says so and ends. */
static inline void *read_image_file(size_t *size)
{
    FILE *file = fopen(CH_IMAGE_PATH, "rb");
    void *image = NULL;
    if (file && fseek(file, 0, SEEK_END) == 0) {
        *size = (size_t)ftell(file);
        rewind(file);
        image = malloc(*size);
    }
    if (!image || fread(image, 1, *size, file) != *size) {
        fputs("cannot read the knowledge image " CH_IMAGE_PATH "\n", stderr);
        exit(1);
    }
    fclose(file);
    return image;
}

#endif
