/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <unictype.h>

#include "alloc.h"
#include "utf8.h"
#include "vocabulary.h"

#define FIRST_TABLE 4096

static uint64_t load8(const char *p)
{
	uint64_t bytes;

	memcpy(&bytes, p, sizeof(bytes));
	return bytes;
}

/* 1 to 7 bytes, of known sizes: most words are no longer. */
static uint64_t load_few(const char *p, size_t n)
{
	uint32_t first, last;

	if (n < 4)
		return (uint64_t)(unsigned char)p[0] |
		       (uint64_t)(unsigned char)p[n / 2] << 8 |
		       (uint64_t)(unsigned char)p[n - 1] << 16;
	memcpy(&first, p, sizeof(first));
	memcpy(&last, p + n - sizeof(last), sizeof(last));
	return first | (uint64_t)last << 32;
}

static uint64_t mix(uint64_t a, uint64_t b)
{
	a = (a ^ b) * UINT64_C(0x9E3779B97F4A7C15);
	a ^= a >> 29;
	a *= UINT64_C(0xBF58476D1CE4E5B9);
	return a ^ a >> 32;
}

uint64_t vocabulary_hash(struct slice s)
{
	uint64_t h = mix(s.len, UINT64_C(0x94D049BB133111EB));
	size_t i = 0;

	for (; i + 8 <= s.len; i += 8)
		h = mix(h, load8(s.ptr + i));
	if (i < s.len)
		h = mix(h, load_few(s.ptr + i, s.len - i));
	return h;
}

void vocabulary_release(struct vocabulary *v)
{
	arena_release(&v->arena);
	free(v->words);
	free(v->table);
	*v = (struct vocabulary)VOCABULARY_INIT;
}

static void grow_table(struct vocabulary *v)
{
	size_t size = v->table_size ? v->table_size * 2 : FIRST_TABLE;

	free(v->table);
	v->table = xcalloc(size, sizeof(*v->table));
	v->table_size = size;
	for (size_t i = 1; i < v->count; i++) {
		size_t at = v->words[i].hash & (size - 1);

		while (v->table[at])
			at = (at + 1) & (size - 1);
		v->table[at] = (uint32_t)i;
	}
}

static bool is_one_of(unsigned c, const unsigned *set, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (set[i] == c)
			return true;
	return false;
}
#define IS_ONE_OF(c, set) is_one_of((c), (set), sizeof(set) / sizeof(*(set)))

/* UAX #29, table 4: ATerm, STerm and Close, as far as prose has them. */
static const unsigned stops[] = {
	'.', '!', '?', 0x2026, 0x203C, 0x203D, 0x2047, 0x2048, 0x2049, 0x0589,
	0x061F, 0x06D4, 0x0964, 0x0965, 0x104A, 0x104B, 0x1362, 0x17D4, 0x17D5
};
static const unsigned full_stops[] = { 0x3002, 0xFF01, 0xFF1F, 0xFF61 };
static const unsigned closers[] = {
	'"', '\'', ')', ']', '}', '*', '_', '`', 0x00BB, 0x00AB, 0x2018,
	0x2019, 0x201C, 0x201D, 0x203A, 0x300D, 0x300F, 0xFF09, 0x3011, 0x3015
};

/* Thai, Lao, Burmese, Khmer; kana, ideographs. */
static bool parts_no_words(unsigned c)
{
	return (c >= 0x0E00 && c < 0x0F00) || (c >= 0x1000 && c < 0x10A0) ||
	       (c >= 0x1780 && c < 0x1800) || (c >= 0x2E80 && c < 0xA000) ||
	       (c >= 0xF900 && c < 0xFB00) || (c >= 0x20000 && c < 0x40000);
}

static uint32_t flags_of(struct slice word)
{
	uint32_t flags = 0;
	unsigned c = 0;
	size_t n = utf8_decode(&c, word), letters = 0;

	if (!n)
		return WORD_COUNTED;
	if (IS_ONE_OF(c, full_stops))
		return WORD_FULL_STOP;
	if (IS_ONE_OF(c, stops))
		flags |= WORD_STOP;
	if (IS_ONE_OF(c, closers) && n == word.len)
		flags |= WORD_CLOSER;
	if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Ll))
		flags |= WORD_LOWER;
	for (size_t i = 0; i < word.len; i += n) {
		n = utf8_decode(&c, slice_sub(word, i, word.len));
		if (!n)
			n = 1, c = 'x';
		if (uc_is_general_category_withtable(
			    c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_Nd |
			       UC_CATEGORY_MASK_Nl))
			letters++;
	}
	if (letters)
		flags |= WORD_COUNTED;
	if (letters && letters <= 2 && parts_no_words(c))
		flags |= WORD_LETTER;
	if (letters == 1 && uc_is_general_category_withtable(
				    c, UC_CATEGORY_MASK_Lu))
		flags |= WORD_INITIAL;
	return flags;
}

uint32_t vocabulary_add(struct vocabulary *v, struct slice word)
{
	uint32_t hash = (uint32_t)vocabulary_hash(word), number;
	struct vocabulary_word *w;
	size_t at;

	if (!v->count) { /* the word that is none */
		GROW(v->words, v->count, v->capacity);
		v->words[v->count++] = (struct vocabulary_word){ { "", 0 },
								 0, 0 };
	}
	if (v->count * 2 >= v->table_size)
		grow_table(v);
	at = hash & (v->table_size - 1);
	while ((number = v->table[at])) {
		w = &v->words[number];
		if (w->hash == hash && slice_eq(w->bytes, word))
			return number;
		at = (at + 1) & (v->table_size - 1);
	}
	GROW(v->words, v->count, v->capacity);
	number = (uint32_t)v->count++;
	v->words[number] = (struct vocabulary_word){
		arena_slice(&v->arena, word), hash, flags_of(word)
	};
	v->table[at] = number;
	return number;
}
