/* SPDX-License-Identifier: MIT */
/* What is new since a round that readers had, marked in the text. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "book.h"
#include "error.h"
#include "format.h"
#include "markdown_read.h"
#include "redline_book.h"
#include "send.h"
#include "url_template.h"

void send_redlines_release(struct send *send)
{
	for (size_t i = 0; i < send->redline_count; i++) {
		strbuf_release(&send->redlines[i].name);
		strbuf_release(&send->redlines[i].bytes);
	}
	free(send->redlines);
}

static int make(struct send_redline *made, const struct send *send,
		const struct redline_book *rb, struct error *err)
{
	size_t count;

	redline_changes(redline_book_redline(rb), &count);
	made->any = count;
	if (!count || !made->format)
		return 0;
	return send_draft(&made->bytes, &made->name, send, redline_book(rb),
			  made->format, err);
}

int send_redline(const struct send_redline **out, struct send *send,
		 const struct receipt *had, const struct format *format,
		 struct error *err)
{
	const struct review_round *old = &send->rounds.items[had->round_index];
	struct redline_book *rb = NULL;
	struct manuscript *ms = NULL;
	struct send_redline *made;
	int rc;

	for (size_t i = 0; i < send->redline_count; i++) {
		*out = &send->redlines[i];
		if ((*out)->since == old && (*out)->format == format)
			return 0;
	}
	GROW(send->redlines, send->redline_count, send->redline_capacity);
	*out = made = &send->redlines[send->redline_count++];
	*made = (struct send_redline){ old, format, false, STRBUF_INIT,
				       STRBUF_INIT };
	rc = manuscript_open_round(&ms, ".", old->commit, old->name, err);
	if (!rc)
		rc = redline_book_open(&rb, ms, send->ms, markdown_read,
				       REDLINE_CHANGED_ONLY, NULL, NULL, err);
	if (!rc)
		rc = make(made, send, rb, err);
	redline_book_close(rb);
	manuscript_close(ms);
	return rc;
}

static const char *template_of(const struct send *send)
{
	return settings_get(&send->ms->settings, "review.redline");
}

int send_redline_check(const struct send *send, struct error *err)
{
	const struct url_value names[] = {
		{ "book", "" }, { "round", "" }, { "since", "" },
		{ NULL, NULL }
	};
	const char *template = template_of(send);

	if (!send->since_last || !template ||
	    url_template_is_valid(template, names))
		return 0;
	return error_set(err, ERROR_INVALID, "galley.conf: review.redline is "
			 "no https address with no other braces than {book}, "
			 "{round} and {since}");
}

void send_redline_link(struct strbuf *out, const struct send *send,
		       const struct reader *reader,
		       const struct receipt *had)
{
	const char *template = template_of(send);
	const struct url_value values[] = {
		{ "book", book_slug(send->book) },
		{ "round", send->round->name }, { "since", had->round },
		{ NULL, NULL }
	};

	if (template && strcmp(reader->format, "none"))
		url_template_fill(out, template, values);
}
