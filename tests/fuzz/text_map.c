/* SPDX-License-Identifier: MIT */
/*
 * A chunk, and something that is said about it, its parts divided by lines of
 * "%": kind ("e", "g", or a remark), label, quote, old words, new words,
 * words; the rest is the chunk. What is put into the chunk leaves all else
 * in it as it was.
 */
#include <assert.h>
#include <stdint.h>

#include "critic.h"
#include "feedback_place.h"
#include "manuscript_fixture.h"
#include "markdown_read.h"
#include "text_map.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct fixture fixture;

static void clean_up(void)
{
	fixture_close(&fixture);
}

static void set_up(void)
{
	if (fixture.repo)
		return;
	fixture_open(&fixture, (struct fixture_file[]){
		{ "SUMMARY.md", "- [One](1.md)\n" }, { "1.md", "One.\n" },
		{ NULL, NULL } });
	atexit(clean_up);
}

static void write_chunk(struct slice text)
{
	char path[80];
	FILE *out;

	snprintf(path, sizeof(path), "%s/1.md", fixture.folder);
	out = fopen(path, "wb");
	if (!out || fwrite(text.ptr ? text.ptr : "", 1, text.len, out) !=
			    text.len || fclose(out))
		abort();
}

/* The next part, as a string of its own. */
static char *next_part(struct slice *rest)
{
	struct strbuf out = STRBUF_INIT;
	size_t end = slice_find_slice(*rest, SLICE("\n%\n"));

	for (size_t i = 0; i < end; i++)
		if (rest->ptr[i])
			strbuf_addch(&out, rest->ptr[i]);
	*rest = slice_sub(*rest, end + 3, rest->len);
	return strbuf_detach(&out, NULL);
}

static void check(const struct feedback *f, struct slice chunk)
{
	struct placed placed = PLACED_INIT;
	struct error err = ERROR_INIT;
	struct text_map *map;

	if (text_map_open(&map, fixture.ms, markdown_read, &err) < 0)
		return;
	assert(feedback_place(&placed, map, f, &err) == 0);
	assert(!placed.changed || placed.path);
	assert(!placed.misplaced || !placed.changed);
	if (placed.changed && placed.is_remark)
		assert(critic_is_remark(chunk, strbuf_slice(&placed.theirs),
					NULL, NULL));
	else if (placed.changed)
		assert(!slice_eq(chunk, strbuf_slice(&placed.theirs)));
	placed_release(&placed);
	text_map_close(map);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice rest = { (const char *)data, size }, quote;
	char *parts[6];
	struct feedback f = { .kind = FEEDBACK_REMARK };

	set_up();
	for (int i = 0; i < 6; i++)
		parts[i] = next_part(&rest);
	write_chunk(rest);
	quote = slice_of(parts[2]);
	f.kind = *parts[0] == 'e' || *parts[0] == 'g' ? FEEDBACK_EDIT
						      : FEEDBACK_REMARK;
	f.everywhere = *parts[0] == 'g';
	f.label = parts[1];
	f.quotes = &quote;
	f.quote_count = quote.len > 0;
	f.old_words = parts[3];
	f.new_words = parts[4];
	f.words = parts[5];
	check(&f, rest);
	for (int i = 0; i < 6; i++)
		free(parts[i]);
	return 0;
}
