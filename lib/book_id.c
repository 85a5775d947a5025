/* SPDX-License-Identifier: MIT */
/* Ids that come from words, not from counting. */
#define _DEFAULT_SOURCE /* le64toh */
#include <endian.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>

#include "book_private.h"
#include "utf8.h"

/* Up to eight bytes as one number, little-endian on every machine. */
static uint64_t word_at(const unsigned char *p, size_t n)
{
	uint64_t word = 0;

	memcpy(&word, p, n);
	return le64toh(word);
}

static uint64_t mix(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 29;
}

/* Nothing depends on it being hard to invert. */
uint64_t id_hash(uint64_t hash, struct slice bytes)
{
	const unsigned char *p = (const unsigned char *)bytes.ptr;
	size_t left = bytes.len;

	for (; left >= 8; p += 8, left -= 8)
		hash = mix(hash, word_at(p, 8));
	if (left)
		hash = mix(hash, word_at(p, left));
	hash = (hash ^ bytes.len) * UINT64_C(0xbf58476d1ce4e5b9);
	return hash ^ hash >> 32;
}

void id_hash_digits(char out[ID_HASH_DIGITS + 1], uint64_t hash)
{
	static const char digits[] = "0123456789abcdefghijklmnopqrstuv";

	hash ^= hash >> 60; /* the four bits that would be lost */
	for (int i = 0; i < ID_HASH_DIGITS; i++) {
		out[i] = digits[hash & 31];
		hash >>= 5;
	}
	out[ID_HASH_DIGITS] = '\0';
}

static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

void id_from_words(struct strbuf *out, struct slice words)
{
	char digits[ID_HASH_DIGITS + 1];
	bool plain = words.len > 0 && words.len <= 80;

	for (size_t i = 0; plain && i < words.len; i++)
		plain = is_plain(words.ptr[i]);
	if (plain) {
		strbuf_add_slice(out, words);
		return;
	}
	/* what can be read of it, and a hash to tell it from others */
	for (size_t i = 0; i < words.len && i < 40; i++)
		if (is_plain(words.ptr[i]))
			strbuf_addch(out, words.ptr[i]);
	id_hash_digits(digits, id_hash(ID_HASH_START, words));
	strbuf_addch(out, '.');
	strbuf_adds(out, digits);
}

void id_heading_slug(struct strbuf *out, struct slice title)
{
	title = slice_trim(title);
	while (title.len) {
		unsigned c = 0;
		size_t n = utf8_decode(&c, title);

		if (!n)
			n = 1;
		else if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
			strbuf_addch(out, '-');
		else if (c == '-' || c == '_' || uc_is_alnum(c))
			strbuf_add_utf8(out, c < 0x80 && c >= 'A' && c <= 'Z'
						     ? c + 32
						     : uc_tolower(c));
		title = slice_sub(title, n, title.len);
	}
}

const char *id_of_chunk(struct arena *arena, const char *path, size_t index)
{
	struct strbuf words = STRBUF_INIT, id = STRBUF_INIT;
	const char *dot = path ? strrchr(path, '.') : NULL;
	const char *result;

	strbuf_adds(&id, "c-");
	if (!path) {
		strbuf_addf(&id, "entry-%zu", index + 1);
	} else {
		size_t len = dot && !strchr(dot, '/') ? (size_t)(dot - path)
						      : strlen(path);

		strbuf_add(&words, path, len);
		if (memchr(words.buf, '.', len)) /* taken for '/' below */
			id_from_words(&id, slice_of(path));
		for (size_t i = 0; i < len; i++)
			if (words.buf[i] == '/')
				words.buf[i] = '.';
		if (id.len == 2)
			id_from_words(&id, strbuf_slice(&words));
	}
	result = arena_copy(arena, strbuf_slice(&id));
	strbuf_release(&words);
	strbuf_release(&id);
	return result;
}
