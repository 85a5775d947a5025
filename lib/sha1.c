/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "sha1.h"

#define ROTATE(x, n) (((x) << (n)) | ((x) >> (32 - (n))))

static uint32_t load(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[2] << 8 | p[3];
}

static void store(unsigned char *p, uint32_t x)
{
	p[0] = (unsigned char)(x >> 24);
	p[1] = (unsigned char)(x >> 16);
	p[2] = (unsigned char)(x >> 8);
	p[3] = (unsigned char)x;
}

/* One round: the five variables change their names, not their places. */
#define ROUND(a, b, c, d, e, f, k, w)                                      \
	do {                                                               \
		(e) += ROTATE(a, 5) + (f) + (k) + (w);                     \
		(b) = ROTATE(b, 30);                                       \
	} while (0)
#define CHOOSE(b, c, d) ((d) ^ ((b) & ((c) ^ (d))))
#define PARITY(b, c, d) ((b) ^ (c) ^ (d))
#define MAJORITY(b, c, d) (((b) & (c)) | ((d) & ((b) | (c))))
#define EXPAND(i)                                                          \
	(w[(i) & 15] = ROTATE(w[((i) + 13) & 15] ^ w[((i) + 8) & 15] ^     \
			      w[((i) + 2) & 15] ^ w[(i) & 15], 1))
#define FIVE(i, F, k, W)                                                   \
	do {                                                               \
		ROUND(a, b, c, d, e, F(b, c, d), k, W(i));                 \
		ROUND(e, a, b, c, d, F(a, b, c), k, W((i) + 1));           \
		ROUND(d, e, a, b, c, F(e, a, b), k, W((i) + 2));           \
		ROUND(c, d, e, a, b, F(d, e, a), k, W((i) + 3));           \
		ROUND(b, c, d, e, a, F(c, d, e), k, W((i) + 4));           \
	} while (0)
#define FIRST(i) ((i) < 16 ? w[(i) & 15] : EXPAND(i))

static void digest_plainly(uint32_t state[5], const unsigned char *p,
			   size_t blocks)
{
	while (blocks--) {
		uint32_t a = state[0], b = state[1], c = state[2],
			 d = state[3], e = state[4], w[16];

		for (int i = 0; i < 16; i++)
			w[i] = load(p + 4 * i);
		FIVE(0, CHOOSE, 0x5A827999u, FIRST);
		FIVE(5, CHOOSE, 0x5A827999u, FIRST);
		FIVE(10, CHOOSE, 0x5A827999u, FIRST);
		FIVE(15, CHOOSE, 0x5A827999u, FIRST);
		for (int i = 20; i < 40; i += 5)
			FIVE(i, PARITY, 0x6ED9EBA1u, EXPAND);
		for (int i = 40; i < 60; i += 5)
			FIVE(i, MAJORITY, 0x8F1BBCDCu, EXPAND);
		for (int i = 60; i < 80; i += 5)
			FIVE(i, PARITY, 0xCA62C1D6u, EXPAND);
		state[0] += a;
		state[1] += b;
		state[2] += c;
		state[3] += d;
		state[4] += e;
		p += 64;
	}
}

static void digest(uint32_t state[5], const unsigned char *p, size_t blocks)
{
	digest_plainly(state, p, blocks);
}

void sha1_init(struct sha1 *sha)
{
	static const uint32_t start[5] = { 0x67452301u, 0xEFCDAB89u,
					   0x98BADCFEu, 0x10325476u,
					   0xC3D2E1F0u };

	memcpy(sha->state, start, sizeof(start));
	sha->length = 0;
}

void sha1_update(struct sha1 *sha, const void *data, size_t len)
{
	const unsigned char *p = data;
	size_t fill = sha->length & 63;

	if (!len)
		return;
	sha->length += len;
	if (fill) {
		size_t n = 64 - fill < len ? 64 - fill : len;

		memcpy(sha->block + fill, p, n);
		p += n;
		len -= n;
		if (fill + n < 64)
			return;
		digest(sha->state, sha->block, 1);
	}
	digest(sha->state, p, len / 64);
	memcpy(sha->block, p + (len & ~(size_t)63), len & 63);
}

void sha1_final(unsigned char out[SHA1_SIZE], struct sha1 *sha)
{
	static const unsigned char padding[64] = { 0x80 };
	uint64_t bits = sha->length * 8;
	unsigned char tail[8];

	store(tail, (uint32_t)(bits >> 32));
	store(tail + 4, (uint32_t)bits);
	sha1_update(sha, padding, 1 + ((119 - (sha->length & 63)) & 63));
	sha1_update(sha, tail, 8);
	for (int i = 0; i < 5; i++)
		store(out + 4 * i, sha->state[i]);
}
