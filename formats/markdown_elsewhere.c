/* SPDX-License-Identifier: MIT */
/*
 * Link definitions of other chunks. Only those that the chunk can be citing
 * are given to cmark, after the chunk: the first definition of a label wins,
 * and so the chunk's own do.
 */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "markdown_reader.h"

#define LABEL_MAX 999

/* Those appended already: a hash of pointers, a power of two, half empty. */
struct seen {
	const struct definition **slots;
	size_t count, size;
};

static bool insert(const struct definition **slots, size_t size,
		   const struct definition *d)
{
	size_t i = ((uintptr_t)d >> 4) * 0x9E3779B1u;

	for (;; i++) {
		const struct definition **slot = &slots[i & (size - 1)];

		if (*slot == d)
			return false;
		if (!*slot) {
			*slot = d;
			return true;
		}
	}
}

static bool see(struct seen *seen, const struct definition *d)
{
	if (seen->count * 2 >= seen->size) {
		size_t size = seen->size ? seen->size * 2 : 64;
		const struct definition **slots = xcalloc(size,
							  sizeof(*slots));

		for (size_t i = 0; i < seen->size; i++)
			if (seen->slots[i])
				insert(slots, size, seen->slots[i]);
		free(seen->slots);
		seen->slots = slots;
		seen->size = size;
	}
	if (!insert(seen->slots, seen->size, d))
		return false;
	seen->count++;
	return true;
}

/* The label that ends with the bracket at `end`; it has no bracket inside. */
static void try_label(struct reader *r, struct seen *seen, size_t start,
		      size_t end)
{
	struct slice label = slice_sub(r->source, start, end);
	const struct definition *d;

	if (label.len > LABEL_MAX)
		return;
	d = definitions_find(r->elsewhere, false, label);
	if (!d || !see(seen, d))
		return;
	markdown_start_after(r);
	strbuf_add_slice(&r->after, d->source);
	strbuf_adds(&r->after, "\n\n");
}

void markdown_append_definitions(struct reader *r)
{
	const char *s = r->source.ptr;
	struct seen seen = { NULL, 0, 0 };
	size_t start = SIZE_MAX;

	if (!r->elsewhere || !r->elsewhere->count ||
	    !(r->features & HAS_BRACKET))
		return;
	for (size_t i = 0; i < r->source.len; i++) {
		if (s[i] == '\\') {
			i++;
		} else if (s[i] == '[') {
			start = i + 1;
		} else if (s[i] == ']' && start != SIZE_MAX) {
			try_label(r, &seen, start, i);
			start = SIZE_MAX;
		}
	}
	free(seen.slots);
}
