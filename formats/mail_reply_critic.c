/* SPDX-License-Identifier: MIT */
/*
 * CriticMarkup in a mail: the reader copied a sentence and marked it up. What
 * stands in other sentences of the paragraph is talk.
 */
#include "alloc.h"
#include "critic.h"
#include "mail_reply_private.h"

#define FEW 3	/* words that do not say where they stand */

struct slice reply_one_line(struct arena *arena, struct slice s)
{
	struct strbuf out = STRBUF_INIT;
	struct slice copy;
	bool space = false;

	for (size_t i = 0; i < s.len; i++) {
		if ((unsigned char)s.ptr[i] <= ' ') {
			space = out.len > 0;
			continue;
		}
		if (space)
			strbuf_addch(&out, ' ');
		space = false;
		strbuf_addch(&out, s.ptr[i]);
	}
	copy = arena_slice(arena, strbuf_slice(&out));
	strbuf_release(&out);
	return copy;
}

static bool is_stop(char c)
{
	return c == '.' || c == '!' || c == '?';
}

static bool is_blank(char c)
{
	return (unsigned char)c <= ' ';
}

/* The sentences that the marks are in. */
static struct span sentences(struct slice s, struct span marks)
{
	struct span out = marks;

	while (out.start > 0 &&
	       !(is_blank(s.ptr[out.start - 1]) && out.start > 1 &&
		 is_stop(s.ptr[out.start - 2])))
		out.start--;
	while (out.end < s.len &&
	       !(out.end && is_blank(s.ptr[out.end]) &&
		 is_stop(s.ptr[out.end - 1])))
		out.end++;
	return out;
}

static void add_copy(struct reply_edits *edits, struct span span,
		     struct slice text)
{
	struct critic_text c = CRITIC_TEXT_INIT;
	struct arena *arena = edits->arena;
	struct reply_edit *e;

	critic_read(&c, text);
	reply_edits_add(edits, span,
			reply_one_line(arena, strbuf_slice(&c.old_words)),
			reply_one_line(arena, strbuf_slice(&c.new_words)),
			false);
	e = &edits->items[edits->count - 1];
	if (c.edits) {
		e->reason = reply_one_line(arena, strbuf_slice(&c.remarks));
		/* words put in nowhere are no more than a remark */
		if (!e->old_words.len)
			e->remark = true;
	} else {
		e->remark = true;
		e->new_words = reply_one_line(arena,
					      strbuf_slice(&c.remarks));
		if (reply_count_words(strbuf_slice(&c.marked)) >= FEW)
			e->old_words = reply_one_line(
				arena, strbuf_slice(&c.marked));
	}
	critic_text_release(&c);
}

bool reply_critic_read(struct reply_edits *edits, struct slice paragraph)
{
	struct critic_text c = CRITIC_TEXT_INIT;
	struct span span;
	size_t count = critic_read(&c, paragraph);
	bool only_marked = !c.edits && !c.remarks.len;

	span = c.marks;
	critic_text_release(&c);
	if (!count || only_marked)
		return false;
	span = sentences(paragraph, span);
	critic_read(&c, slice_sub(paragraph, span.start, span.end));
	if (reply_count_words(strbuf_slice(&c.old_words)) < FEW)
		span = (struct span){ 0, paragraph.len };
	critic_text_release(&c);
	add_copy(edits, span, slice_sub(paragraph, span.start, span.end));
	return true;
}
