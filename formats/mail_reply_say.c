/* SPDX-License-Identifier: MIT */
/* What the paragraphs of a reader's own words say: corrections, remarks about
 * what is quoted or cited, or no more than a greeting. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "mail_reply_said.h"

struct feedback *reply_add_item(struct reply *r, enum feedback_kind kind)
{
	struct feedback *f = feedback_list_add(r->list, kind);
	struct feedback copy = *r->head;
	struct arena *arena = &r->list->arena;

	copy.kind = kind;
	if (r->round)
		copy.round = r->round;
	copy.part = ++r->part;
	copy.words = copy.old_words = copy.new_words = "";
	copy.everywhere = false;
	copy.quotes = r->about.quotes;
	copy.quote_count = r->about.quote_count;
	copy.label = arena_strdup(arena, *r->about.label ? r->about.label :
				  r->subject_label);
	*f = copy;
	return f;
}

void reply_flush_remark(struct reply *r)
{
	struct feedback *f;

	if (!r->words.len)
		return;
	f = reply_add_item(r, FEEDBACK_REMARK);
	f->words = arena_copy(&r->list->arena, strbuf_slice(&r->words));
	strbuf_truncate(&r->words, 0);
}

static void add_edit(struct reply *r, const struct reply_edit *e,
		     struct slice words)
{
	struct arena *arena = &r->list->arena;
	struct feedback *f = reply_add_item(r, e->remark ? FEEDBACK_REMARK
						   : FEEDBACK_EDIT);

	if (!e->remark) {
		f->old_words = arena_copy(arena, e->old_words);
		f->new_words = arena_copy(arena, e->new_words);
		f->everywhere = e->everywhere;
	} else if (e->old_words.len) {
		f->quotes = arena_alloc(arena, sizeof(*f->quotes));
		f->quotes[0] = arena_slice(arena, e->old_words);
		f->quote_count = 1;
	}
	f->words = arena_copy(arena, words);
}

/* Corrections of a paragraph; what stands around each is its reason. */
static void say_edits(struct reply *r, struct slice paragraph,
		      const struct reply_edits *edits)
{
	struct strbuf reason = STRBUF_INIT;
	size_t from = 0;

	reply_flush_remark(r);
	for (size_t i = 0; i < edits->count; i++) {
		const struct reply_edit *e = &edits->items[i];
		size_t to = i + 1 < edits->count
				    ? edits->items[i + 1].span.start
				    : paragraph.len;

		strbuf_truncate(&reason, 0);
		if (e->remark)
			reply_add_reason(&reason, e->new_words);
		else
			reply_add_reason(&reason, e->reason);
		reply_add_reason(&reason, slice_sub(paragraph, from,
						    e->span.start));
		reply_add_reason(&reason, slice_sub(paragraph, e->span.end,
						    to));
		add_edit(r, e, strbuf_slice(&reason));
		from = to;
	}
	strbuf_release(&reason);
}

static bool is_placed(const struct reply *r)
{
	return *r->about.label || r->about.quote_count;
}

static void add_talk(struct reply *r, struct slice paragraph)
{
	if (r->talk.len)
		strbuf_adds(&r->talk, "\n\n");
	reply_add_words(&r->talk, paragraph);
}

/* The reader's own name, or any after a farewell. */
static bool is_signed(const struct reply *r, struct slice paragraph)
{
	struct slice who = slice_of(r->head->who.name);

	return reply_is_name(paragraph) &&
	       (r->closing || (who.len && slice_starts_with(who, paragraph)));
}

/* Name, post and telephone number below a farewell: no sentences. */
static bool is_contact(const struct reply *r, struct slice paragraph)
{
	struct slice who = slice_of(r->head->who.name), rest = paragraph, line;

	if (!r->closing || !(r->contact || (who.len &&
			     slice_starts_with(paragraph, who))))
		return false;
	while (slice_next_line(&line, &rest)) {
		line = slice_trim(line);
		if (line.len && strchr(".!?", line.ptr[line.len - 1]))
			return false;
	}
	return true;
}

/* "The fog came in at four": I don't believe it. */
static bool say_cited(struct reply *r, struct slice paragraph)
{
	struct arena *arena = &r->list->arena;
	struct slice cited;

	if (is_placed(r) || !reply_cited(&cited, paragraph))
		return false;
	reply_flush_remark(r);
	r->about.quotes = arena_alloc(arena, sizeof(cited));
	r->about.quotes[0] = reply_one_line(arena, cited);
	r->about.quote_count = 1;
	reply_add_words(&r->words, paragraph);
	reply_flush_remark(r);
	memset(&r->about, 0, sizeof(r->about));
	return true;
}

void reply_say_paragraph(struct reply *r, struct slice paragraph, bool last)
{
	struct reply_context context = { *r->about.label, r->about.quote };
	struct reply_edits edits = { NULL, 0, 0, &r->list->arena };

	paragraph = slice_trim(paragraph);
	if (!paragraph.len)
		return;
	if (reply_is_talk(paragraph) || (last && is_signed(r, paragraph))) {
		/* a greeting comes first, and nobody signs below it */
		r->closing = r->part || r->words.len || is_placed(r);
		add_talk(r, paragraph);
		return;
	}
	r->contact = is_contact(r, paragraph);
	if (r->contact) {
		add_talk(r, paragraph);
		return;
	}
	reply_edits_read(&edits, paragraph, &context);
	if (edits.count) {
		say_edits(r, paragraph, &edits);
	} else if (!say_cited(r, paragraph)) {
		if (r->words.len)
			strbuf_adds(&r->words, "\n\n");
		reply_add_words(&r->words, paragraph);
		if (!is_placed(r))
			add_talk(r, paragraph);
	}
	free(edits.items);
}
