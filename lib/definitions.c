/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>

#include "alloc.h"
#include "definitions.h"
#include "strbuf.h"

#define FIRST_BUCKETS 64

void definitions_release(struct definitions *defs)
{
	free(defs->buckets);
	arena_release(&defs->arena);
	*defs = (struct definitions)DEFINITIONS_INIT;
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Letters of other scripts: full case folding, as CommonMark 0.30 asks. */
static void fold(struct strbuf *label)
{
	size_t len;
	uint8_t *folded = u8_casefold((const uint8_t *)label->buf, label->len,
				      NULL, NULL, NULL, &len);

	if (!folded)
		return;		/* not UTF-8: compared as it is */
	strbuf_truncate(label, 0);
	strbuf_add(label, folded, len);
	free(folded);
}

/* Labels are the same when they differ in case and amount of blanks only. */
static void normalize(struct strbuf *out, struct slice label)
{
	bool ascii = true, space = false;

	label = slice_trim(label);
	for (size_t i = 0; i < label.len; i++) {
		char c = label.ptr[i];

		if (is_space(c)) {
			space = true;
			continue;
		}
		if (space)
			strbuf_addch(out, ' ');
		space = false;
		ascii = ascii && !(c & 0x80);
		strbuf_addch(out, c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c);
	}
	if (!ascii)
		fold(out);
}

/* FNV-1a; notes and links of the same label are different things. */
static size_t hash(struct slice label, bool footnote)
{
	uint64_t h = footnote ? 0x84222325CBF29CE4 : 0xCBF29CE484222325;

	for (size_t i = 0; i < label.len; i++)
		h = (h ^ (unsigned char)label.ptr[i]) * 0x100000001B3;
	return (size_t)(h ^ h >> 32);
}

static struct definition *lookup(const struct definitions *defs, bool footnote,
				 struct slice label, size_t h)
{
	struct definition *d;

	if (!defs->bucket_count)
		return NULL;
	d = defs->buckets[h & (defs->bucket_count - 1)];
	while (d && (d->footnote != footnote || !slice_eq(d->label, label)))
		d = d->next;
	return d;
}

static void rehash(struct definitions *defs)
{
	size_t count = defs->bucket_count ? defs->bucket_count * 2
					  : FIRST_BUCKETS;
	struct definition **buckets = xcalloc(count, sizeof(*buckets));

	for (size_t i = 0; i < defs->bucket_count; i++) {
		struct definition *d = defs->buckets[i], *next;

		for (; d; d = next) {
			size_t at = hash(d->label, d->footnote) & (count - 1);

			next = d->next;
			d->next = buckets[at];
			buckets[at] = d;
		}
	}
	free(defs->buckets);
	defs->buckets = buckets;
	defs->bucket_count = count;
}

bool definitions_add(struct definitions *defs, bool footnote,
		     struct slice label, struct slice source, size_t chunk,
		     struct span span)
{
	struct strbuf name = STRBUF_INIT;
	struct definition *d;
	size_t h;

	normalize(&name, label);
	h = hash(strbuf_slice(&name), footnote);
	if (lookup(defs, footnote, strbuf_slice(&name), h)) {
		strbuf_release(&name);
		return false;
	}
	if (defs->count >= defs->bucket_count)
		rehash(defs);
	d = arena_alloc(&defs->arena, sizeof(*d));
	*d = (struct definition){
		.label = arena_slice(&defs->arena, strbuf_slice(&name)),
		.source = arena_slice(&defs->arena, source),
		.chunk = chunk, .span = span, .footnote = footnote,
		.next = defs->buckets[h & (defs->bucket_count - 1)],
	};
	defs->buckets[h & (defs->bucket_count - 1)] = d;
	defs->count++;
	strbuf_release(&name);
	return true;
}

const struct definition *definitions_find(const struct definitions *defs,
					  bool footnote, struct slice label)
{
	struct strbuf name = STRBUF_INIT;
	const struct definition *d;

	if (!defs || !defs->count)
		return NULL;
	normalize(&name, label);
	d = lookup(defs, footnote, strbuf_slice(&name),
		   hash(strbuf_slice(&name), footnote));
	strbuf_release(&name);
	return d;
}
