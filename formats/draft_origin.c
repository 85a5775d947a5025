/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "book.h"
#include "draft_origin.h"
#include "html_tag.h"
#include "manuscript.h"
#include "review_round.h"
#include "strbuf.h"

#define LOOKED_AT ((size_t)1 << 20)
#define FULL_ID 40

void draft_origin_tell(const struct book *book,
		       void (*tell)(void *data, const char *name,
				    const char *value), void *data)
{
	const struct manuscript *ms = book_manuscript(book), *old;
	const struct book_redline *redline = book_redline(book);

	if (ms->has_commit)
		tell(data, "commit", ms->commit.id);
	if (ms->round)
		tell(data, "round", ms->round);
	if (ms->modified)
		tell(data, "changes", "true");
	if (redline) {
		old = book_manuscript(redline->old);
		tell(data, "since", old->commit.id);
		if (old->round)
			tell(data, "since-round", old->round);
		if (redline->changed_only)
			tell(data, "shows", "changed");
	}
	if (book_reader(book))
		tell(data, "reader", book_reader(book));
	if (book_reader_code(book))
		tell(data, "code", book_reader_code(book));
}

void draft_origin_release(struct draft_origin *origin)
{
	arena_release(&origin->arena);
	*origin = (struct draft_origin)DRAFT_ORIGIN_INIT;
}

static bool is_full_id(const char *id)
{
	return strlen(id) == FULL_ID && strspn(id, "0123456789abcdef") ==
					FULL_ID;
}

/* "commit" of "galley:commit" */
static struct slice own_name(struct slice name)
{
	if (name.len > 7 && (slice_starts_with(name, SLICE("galley:")) ||
			     slice_starts_with(name, SLICE("galley-"))))
		return slice_sub(name, 7, name.len);
	return (struct slice){ name.ptr, 0 };
}

static void take(struct draft_origin *out, struct slice name,
		 const char *value)
{
	struct slice own = own_name(name);

	if (slice_eq_str(name, "generator")) {
		if (!strcmp(value, "galley") || !strncmp(value, "galley ", 7))
			out->generator = value;
	} else if (slice_eq_str(own, "commit") && is_full_id(value)) {
		out->commit = value;
	} else if (slice_eq_str(own, "round") &&
		   !review_round_check_name(value, NULL)) {
		out->round = value;
	} else if (slice_eq_str(own, "since") && is_full_id(value)) {
		out->since = value;
	} else if (slice_eq_str(own, "since-round") &&
		   !review_round_check_name(value, NULL)) {
		out->since_round = value;
	} else if (slice_eq_str(own, "shows")) {
		out->changed_only = !strcmp(value, "changed");
	} else if (slice_eq_str(own, "reader")) {
		out->reader = value;
	} else if (slice_eq_str(own, "code")) {
		out->code = value;
	} else if (slice_eq_str(own, "changes")) {
		out->changes = !strcmp(value, "true");
	}
}

static void read_tag(struct draft_origin *out, const struct html_tag *tag)
{
	struct strbuf value = STRBUF_INIT;
	struct slice name, content;

	if (tag->closing)
		return;
	if (slice_eq_str(tag->name, "html") &&
	    html_tag_attribute(&name, tag, "class"))
		out->single = slice_starts_with(name, SLICE("single")) &&
			      (name.len == 6 || name.ptr[6] == ' ');
	if (!slice_eq_str(tag->name, "meta") ||
	    !html_tag_attribute(&name, tag, "name") ||
	    !html_tag_attribute(&content, tag, "content") ||
	    content.len > 2000)
		return;
	html_resolve_references(&value, content);
	if (!memchr(value.buf, '\0', value.len))
		take(out, name, arena_copy(&out->arena,
					   strbuf_slice(&value)));
	strbuf_release(&value);
}

bool draft_origin_read(struct draft_origin *out, struct slice text)
{
	struct html_pieces html =
		HTML_PIECES_INIT(slice_sub(text, 0, LOOKED_AT));

	/* the words of a page are its readers', not ours */
	while (html_next_piece(&html) && !slice_eq_str(html.tag.name, "body"))
		read_tag(out, &html.tag);
	return *out->generator;
}
