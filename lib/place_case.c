/* SPDX-License-Identifier: MIT */
/*
 * The first letter of what was typed: a telephone makes it a capital at the
 * start of a line, "Grey -> gray", and who quotes the start of a sentence may
 * write it small.
 */
#include <unicase.h>
#include <unictype.h>

#include "place_private.h"
#include "utf8.h"

enum letter_case place_first_case(struct slice text)
{
	unsigned c;

	if (!utf8_decode(&c, text))
		return CASE_NONE;
	return uc_is_upper(c) ? CASE_CAPITAL : uc_is_lower(c) ? CASE_SMALL :
							       CASE_NONE;
}

bool place_other_case(struct strbuf *out, struct slice text)
{
	unsigned c, other;
	size_t n = utf8_decode(&c, text);

	if (place_first_case(text) == CASE_NONE)
		return false;
	other = uc_is_upper(c) ? uc_tolower(c) : uc_toupper(c);
	strbuf_add_utf8(out, other);
	strbuf_add_slice(out, slice_sub(text, n, text.len));
	return other != c;
}

bool place_starts_sentence(const struct text_map *map, size_t word)
{
	const struct text_block *b = text_map_block(map, word);
	struct span rest = { b->first, b->first + b->count };

	while (rest.start < word)
		rest.start = place_sentence_end(map, rest);
	return rest.start == word;
}
