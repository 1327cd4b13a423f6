/* sha256.h: the content hash that names a knowledge image (FIPS 180-4). */
#ifndef CH_BASE_SHA256_H
#define CH_BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

/* SHA-256 of bytes [size] into digest [32]. Cost: linear, no memory. */
void ch_sha256(const void *bytes, size_t size, uint8_t digest[32]);

#endif
