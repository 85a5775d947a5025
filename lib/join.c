/* SPDX-License-Identifier: MIT */
#include "block_scan.h"
#include "join.h"
#include "manuscript.h"
#include "strbuf.h"

void joiner_init(struct joiner *joiner, struct strbuf *out)
{
	joiner->out = out;
	joiner->last = out->len;
	joiner->blank_lines = 0;
}

/* As the text before ends its lines. */
static const char *line_end_of(struct slice text)
{
	size_t lf = slice_find(text, '\n');

	if (lf < text.len)
		return lf && text.ptr[lf - 1] == '\r' ? "\r\n" : "\n";
	return slice_find(text, '\r') < text.len ? "\r" : "\n";
}

void joiner_add(struct joiner *joiner, struct slice chunk)
{
	struct strbuf *out = joiner->out;
	struct slice last = slice_sub(strbuf_slice(out), joiner->last,
				      out->len);

	if (!chunk.len)
		return;
	if (last.len && !block_boundary_between(last, chunk)) {
		const char *end = line_end_of(last);
		char c = last.ptr[last.len - 1];

		if (c != '\n' && c != '\r')
			strbuf_adds(out, end);
		strbuf_adds(out, end);
		joiner->blank_lines++;
	}
	joiner->last = out->len;
	strbuf_add_slice(out, chunk);
}

int join_manuscript(struct strbuf *out, const struct manuscript *ms,
		    struct error *err)
{
	struct strbuf chunk = STRBUF_INIT;
	struct joiner joiner;
	int rc = 0;

	joiner_init(&joiner, out);
	for (size_t i = 0; i < ms->outline.count && !rc; i++) {
		const struct outline_entry *entry = &ms->outline.items[i];

		if (!entry->path)
			continue;
		strbuf_truncate(&chunk, 0);
		rc = manuscript_read(&chunk, ms, entry, err);
		if (!rc)
			joiner_add(&joiner, strbuf_slice(&chunk));
	}
	strbuf_release(&chunk);
	return rc;
}
