/* SPDX-License-Identifier: MIT */
/* How many labels there may be, without reading the text as a tree. */
#include "book_private.h"

static bool may_begin(char c)
{
	return (c >= '0' && c <= '9') || (c && strchr("-*+>|#`~:[=_!<", c));
}

/*
 * Lines that may begin a block: after a blank line, with a marker, or after a
 * line that may be the last of something that ends without one. At most one
 * labelled block begins in a line.
 */
static size_t count_beginnings(struct slice text)
{
	struct slice rest = text, line;
	bool after_end = true;
	size_t count = 0;

	while (slice_next_line(&line, &rest)) {
		size_t indent = 0;
		char c;

		while (indent < line.len && (line.ptr[indent] == ' ' ||
					     line.ptr[indent] == '\t'))
			indent++;
		c = indent < line.len ? line.ptr[indent] : '\n';
		if (c == '\n' || c == '\r') {
			after_end = true;
			continue;
		}
		count += after_end || may_begin(c);
		after_end = may_begin(c) || indent >= 4 ||
			    (indent && *line.ptr == '\t');
	}
	return count;
}

int book_label_bound(size_t *out, struct book *book, struct error *err)
{
	*out = 0;
	for (size_t i = 0; i < book->ms->outline.count; i++) {
		struct slice text;
		int rc;

		if (!book->chunks[i].there)
			continue;
		rc = book_text(&text, &book->scratch, book, i, err);
		if (rc < 0)
			return rc;
		*out += count_beginnings(text);
	}
	return 0;
}
