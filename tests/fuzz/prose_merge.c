/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdlib.h>

#include "prose_merge.h"
#include "prose_place.h"
#include "strbuf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds)
{
	if (!holds)
		abort();
}

/* The text up to the next byte 0x1E, which separates the three. */
static struct slice next_text(struct slice *rest)
{
	size_t end = slice_find(*rest, 0x1E);
	struct slice text = slice_sub(*rest, 0, end);

	*rest = slice_sub(*rest, end < rest->len ? end + 1 : end, rest->len);
	return text;
}

static size_t merge(struct strbuf *out, struct slice ours, struct slice base,
		    struct slice theirs, enum merge_favor favor)
{
	struct prose_merge_options options = { .favor = favor };

	strbuf_truncate(out, 0);
	return prose_merge(out, ours, base, theirs, &options);
}

/* Spans lie in their texts; what is put into ours does not overlap. */
static void check_changes(struct slice ours, struct slice base,
			  struct slice theirs)
{
	struct prose_changes changes = PROSE_CHANGES_INIT;

	prose_place_in(&changes, base, theirs, ours);
	for (size_t i = 0; i < changes.count; i++) {
		const struct prose_change *c = &changes.items[i];

		expect(c->base.start <= c->base.end &&
		       c->base.end <= base.len);
		expect(c->theirs.start <= c->theirs.end &&
		       c->theirs.end <= theirs.len);
		expect(c->ours.start <= c->ours.end &&
		       c->ours.end <= ours.len);
		expect(c->outcome == PROSE_PLACED || !c->words.len);
	}
	prose_changes_release(&changes);
}

/* Ours, base and theirs, with 0x1E between. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice rest = { (const char *)data, size };
	struct slice ours = next_text(&rest), base = next_text(&rest);
	struct slice theirs = rest;
	struct strbuf out = STRBUF_INIT, again = STRBUF_INIT;
	size_t conflicts = merge(&out, ours, base, theirs, MERGE_MARK);

	check_changes(ours, base, theirs);
	expect(merge(&again, ours, base, theirs, MERGE_MARK) == conflicts);
	expect(slice_eq(strbuf_slice(&again), strbuf_slice(&out)));
	for (int f = MERGE_OURS; f <= MERGE_UNION; f++) {
		expect(!merge(&again, ours, base, theirs,
			      (enum merge_favor)f));
		if (!conflicts)
			expect(slice_eq(strbuf_slice(&again),
					strbuf_slice(&out)));
	}
	/* nothing changed on one side: the other is the result */
	expect(!merge(&out, ours, base, base, MERGE_MARK));
	expect(slice_eq(strbuf_slice(&out), ours));
	expect(!merge(&out, ours, base, ours, MERGE_MARK));
	expect(slice_eq(strbuf_slice(&out), ours));
	strbuf_release(&out);
	strbuf_release(&again);
	return 0;
}
