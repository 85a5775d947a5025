/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
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

/*
 * Intel's instructions do four rounds at a time, three to four times as fast.
 * The message schedule of rounds 16 on is made from the 16 words before.
 */
#if defined(__x86_64__) && defined(__GNUC__)
#include <cpuid.h>
#include <immintrin.h>

static bool has_instructions(void)
{
	unsigned a, b, c, d;

	if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSE4_1))
		return false;
	return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA);
}

#define FOUR(n, K)                                                         \
	do {                                                               \
		e1 = (n) ? _mm_sha1nexte_epu32(e0, w[(n) & 3])             \
			 : _mm_add_epi32(e0, w[0]);                        \
		e0 = abcd;                                                 \
		abcd = _mm_sha1rnds4_epu32(abcd, e1, K);                   \
		if ((n) < 16)                                              \
			w[(n) & 3] = _mm_sha1msg2_epu32(                   \
				_mm_xor_si128(_mm_sha1msg1_epu32(          \
						w[(n) & 3],                \
						w[((n) + 1) & 3]),         \
					      w[((n) + 2) & 3]),           \
				w[((n) + 3) & 3]);                         \
	} while (0)

__attribute__((target("sha,sse4.1")))
static void digest_by_instructions(uint32_t state[5], const unsigned char *p,
				   size_t blocks)
{
	const __m128i swap = _mm_set_epi64x(0x0001020304050607ll,
					    0x08090a0b0c0d0e0fll);
	__m128i abcd = _mm_shuffle_epi32(
		_mm_loadu_si128((const __m128i *)state), 0x1B);
	__m128i e = _mm_set_epi32((int)state[4], 0, 0, 0);

	while (blocks--) {
		__m128i abcd_before = abcd, e_before = e, e0 = e, e1, w[4];

		for (int i = 0; i < 4; i++)
			w[i] = _mm_shuffle_epi8(_mm_loadu_si128(
				(const __m128i *)(p + 16 * i)), swap);
		FOUR(0, 0); FOUR(1, 0); FOUR(2, 0); FOUR(3, 0); FOUR(4, 0);
		FOUR(5, 1); FOUR(6, 1); FOUR(7, 1); FOUR(8, 1); FOUR(9, 1);
		FOUR(10, 2); FOUR(11, 2); FOUR(12, 2); FOUR(13, 2);
		FOUR(14, 2);
		FOUR(15, 3); FOUR(16, 3); FOUR(17, 3); FOUR(18, 3);
		FOUR(19, 3);
		e = _mm_sha1nexte_epu32(e0, e_before);
		abcd = _mm_add_epi32(abcd, abcd_before);
		p += 64;
	}
	_mm_storeu_si128((__m128i *)state, _mm_shuffle_epi32(abcd, 0x1B));
	state[4] = (uint32_t)_mm_extract_epi32(e, 3);
}
#else
static bool has_instructions(void)
{
	return false;
}

#define digest_by_instructions digest_plainly
#endif

static void digest(uint32_t state[5], const unsigned char *p, size_t blocks)
{
	/* several threads may look at once, and find the same */
	static _Atomic int known;	/* 1: plainly, 2: by instructions */

	if (!known)
		known = has_instructions() ? 2 : 1;
	if (known == 2)
		digest_by_instructions(state, p, blocks);
	else
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
