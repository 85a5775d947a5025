/* SPDX-License-Identifier: MIT */
/*
 * SHA-1 (FIPS 180-4), the way git names things. Not for security: whoever
 * must not be fooled by made-up collisions leaves the check to git.
 */
#ifndef SHA1_H
#define SHA1_H

#include <stddef.h>
#include <stdint.h>

#define SHA1_SIZE 20

struct sha1 {
	uint32_t state[5];
	uint64_t length;	/* bytes so far */
	unsigned char block[64]; /* the last ones, not digested yet */
};

void sha1_init(struct sha1 *sha);
void sha1_update(struct sha1 *sha, const void *data, size_t len);
void sha1_final(unsigned char out[SHA1_SIZE], struct sha1 *sha);

#endif
