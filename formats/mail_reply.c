/* SPDX-License-Identifier: MIT */
/*
 * A reply is read in two steps: what each line is (mail_reply_lines.c), and
 * then what the reader's own lines say, run by run, each about the quote above
 * it (mail_reply_about.c) or the label that it starts with (mail_reply_run.c).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "mail_reply.h"
#include "mail_reply_said.h"

static bool has_words(const struct reply *r, size_t from, size_t to)
{
	for (; from < to; from++)
		if (r->lines.items[from].kind == REPLY_OWN &&
		    r->lines.items[from].text.len)
			return true;
	return false;
}

/* Quote, own words, quote, own words … */
static void say_all(struct reply *r)
{
	size_t count = r->lines.count, i = 0;

	while (i < count) {
		size_t quote = i, own;

		while (i < count && (r->lines.items[i].kind != REPLY_OWN ||
				     !r->lines.items[i].text.len))
			i++;
		own = i;
		while (i < count && r->lines.items[i].kind != REPLY_QUOTE)
			i++;
		if (!has_words(r, own, i))
			continue;
		reply_about_read(&r->about, &r->list->arena, &r->lines, quote,
				 own);
		reply_say_run(r, own, i);
	}
}

/*
 * "My comments are below, in red", and below is the mail that was answered:
 * what its reader put there can't be told from it, so that a person must look.
 */
static bool say_elsewhere(struct reply *r)
{
	struct slice talk = strbuf_slice(&r->talk);
	bool answers = r->lines.unmarked;
	struct feedback *f;

	/* Outlook's HTML has its marks from us */
	for (size_t i = 0; i < r->lines.count; i++)
		answers |= r->lines.items[i].kind == REPLY_QUOTE;
	for (size_t i = r->first; i < r->list->count; i++)
		if (*r->list->items[i].label || r->list->items[i].quote_count ||
		    r->list->items[i].kind != FEEDBACK_REMARK)
			return false;
	if (!answers || !talk.len || !reply_is_elsewhere(talk))
		return false;
	r->list->count = r->first;
	r->part = 0;
	memset(&r->about, 0, sizeof(r->about));
	f = reply_add_item(r, FEEDBACK_LOST);
	f->words = arena_copy(&r->list->arena, talk);
	f->trouble = "what was written between the lines of the mail that it "
		     "answers can't be told from them; 'galley show --mail' "
		     "shows the mail";
	return true;
}

/* Quoted lines and nothing else: words may have been changed in them. */
static void say_quoted(struct reply *r)
{
	bool quotes = false;

	for (size_t i = 0; i < r->lines.count; i++)
		quotes |= r->lines.items[i].kind == REPLY_QUOTE &&
			  !reply_is_blank(&r->lines.items[i]);
	if (!quotes || r->list->count > r->first)
		return;
	memset(&r->about, 0, sizeof(r->about));
	reply_add_item(r, FEEDBACK_LOST)->trouble =
		"there is nothing in it but what it quotes; if words were "
		"changed there, 'galley show --mail' shows them";
}

/* Words that are about nothing, and all else is a greeting. */
static void say_talk(struct reply *r)
{
	struct feedback *f;

	if (!r->talk.len || r->list->count > r->first)
		return;
	memset(&r->about, 0, sizeof(r->about));
	f = reply_add_item(r, FEEDBACK_REMARK);
	f->words = arena_copy(&r->list->arena, strbuf_slice(&r->talk));
}

void mail_reply_read(struct feedback_list *list, const struct feedback *head,
		     struct slice body)
{
	struct feedback own = *head; /* it may be an item of the list */
	struct slice subject = slice_of(own.subject);
	struct reply r = { .list = list, .head = &own, .first = list->count,
			   .talk = STRBUF_INIT, .words = STRBUF_INIT };

	if (*own.label)
		snprintf(r.subject_label, REPLY_LABEL_SIZE, "%s", own.label);
	else
		reply_subject_label(r.subject_label, subject);
	r.chapters = reply_has(subject, "chapter") ||
		     reply_has(subject, "kapitel") ||
		     reply_has(subject, "chapitre");
	reply_lines_read(&r.lines, body);
	say_all(&r);
	if (!say_elsewhere(&r))
		say_talk(&r);
	say_quoted(&r);
	reply_lines_release(&r.lines);
	strbuf_release(&r.talk);
	strbuf_release(&r.words);
}
