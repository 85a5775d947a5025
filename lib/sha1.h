/* SPDX-License-Identifier: MIT */
/*
 * SHA-1 (FIPS 180-4), the way git names things, by OpenSSL's libcrypto: it is
 * several times as fast as libgit2's, which also looks for collisions. What
 * comes from elsewhere is checked by libgit2; we name only what we make.
 */
#ifndef SHA1_H
#define SHA1_H

#include <stddef.h>

#define SHA1_SIZE 20

struct sha1 {
	void *context;
};

void sha1_init(struct sha1 *sha);
void sha1_update(struct sha1 *sha, const void *data, size_t len);

/** Each sha1_init() needs one: it frees. */
void sha1_final(unsigned char out[SHA1_SIZE], struct sha1 *sha);

#endif
