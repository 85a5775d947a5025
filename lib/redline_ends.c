/* SPDX-License-Identifier: MIT */
/* A block in few words, where all of it stands elsewhere. */
#include "redline.h"
#include "strbuf.h"

#define FIRST_WORDS 44		/* bytes of a block's start */
#define LAST_WORDS 26		/* and of its end */
#define FEW_MORE 20		/* that are not worth a mark */

/* Where the word that byte `at` is in starts; a character, where words have
 * no spaces between them. */
static size_t word_start(struct slice text, size_t at)
{
	size_t i = at;

	while (i && text.ptr[i - 1] != ' ')
		i--;
	if (i)
		return i;
	while (at && ((unsigned char)text.ptr[at] & 0xC0) == 0x80)
		at--;
	return at;
}

bool redline_add_ends(struct strbuf *out, const struct node *block)
{
	struct strbuf plain = STRBUF_INIT;
	struct slice text;
	size_t first, last;
	bool parted;

	node_plain_text(&plain, block);
	for (size_t i = 0; i < plain.len; i++)
		if (plain.buf[i] == '\n')
			plain.buf[i] = ' ';
	text = slice_trim(strbuf_slice(&plain));
	parted = text.len > FIRST_WORDS + LAST_WORDS + FEW_MORE;
	if (parted) {
		first = word_start(text, FIRST_WORDS);
		last = word_start(text, text.len - LAST_WORDS);
		strbuf_add_slice(out, slice_trim(slice_sub(text, 0, first)));
		strbuf_adds(out, " \u2026 ");
		strbuf_add_slice(out, slice_sub(text, last, text.len));
	} else {
		strbuf_add_slice(out, text);
	}
	strbuf_release(&plain);
	return parted;
}
