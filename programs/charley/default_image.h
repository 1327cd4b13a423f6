/* default_image.h: the knowledge that the build compiled and embedded (embed.c). */
#ifndef DEFAULT_IMAGE_H
#define DEFAULT_IMAGE_H

#include <stddef.h>

extern const unsigned char charley_default_image[]; /* 8-byte aligned */
extern const size_t charley_default_image_size;

#endif
