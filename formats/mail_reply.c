/* SPDX-License-Identifier: MIT */
/*
 * A reply is read in two steps: what each line is (mail_reply_lines.c), and
 * then what the reader's own lines say, run by run, each about the quote above
 * it (mail_reply_about.c) or the label that it starts with.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "mail_reply.h"
#include "mail_reply_private.h"

struct reply {
	struct feedback_list *list;
	const struct feedback *head;
	struct reply_lines lines;
	char subject_label[REPLY_LABEL_SIZE];
	bool chapters;			/* "3:" is chapter 3 */
	size_t first;			/* of the list's items */
	unsigned part;
	struct strbuf talk;		/* all that is only talk */
	struct strbuf words;		/* of the remark at hand */
	struct reply_about about;
	const char *round, *next_round;	/* said in a line, "r2"; NULL */
	bool closing;			/* a farewell has been said */
	bool contact;			/* and then who that is */
};

/* ---- items --------------------------------------------------------- */

static struct feedback *add_item(struct reply *r, enum feedback_kind kind)
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

static void flush_remark(struct reply *r)
{
	struct feedback *f;

	if (!r->words.len)
		return;
	f = add_item(r, FEEDBACK_REMARK);
	f->words = arena_copy(&r->list->arena, strbuf_slice(&r->words));
	strbuf_truncate(&r->words, 0);
}

static void add_edit(struct reply *r, const struct reply_edit *e,
		     struct slice words)
{
	struct arena *arena = &r->list->arena;
	struct feedback *f = add_item(r, e->remark ? FEEDBACK_REMARK
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

	flush_remark(r);
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
	flush_remark(r);
	r->about.quotes = arena_alloc(arena, sizeof(cited));
	r->about.quotes[0] = reply_one_line(arena, cited);
	r->about.quote_count = 1;
	reply_add_words(&r->words, paragraph);
	flush_remark(r);
	memset(&r->about, 0, sizeof(r->about));
	return true;
}

static void say_paragraph(struct reply *r, struct slice paragraph, bool last)
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

/* ---- runs of own lines --------------------------------------------- */

/* Does the line go on from the one before it? */
static bool goes_on(const struct reply_line *first, const struct reply_line *l)
{
	const struct reply_line *before = l - 1;

	return l > first && before->kind == REPLY_OWN && before->text.len &&
	       before->width + 1 + slice_find(l->text, ' ') > 66;
}

/* "3.15" after "3.14": the next of a row of labels. */
static bool follows(const char *before, const char *label)
{
	size_t chapter = strcspn(before, ".");

	return before[chapter] && !strncmp(before, label, chapter + 1) &&
	       strtoul(label + chapter + 1, NULL, 10) >
		       strtoul(before + chapter + 1, NULL, 10);
}

/* "r2 3.14": the round is that of all that follows. The label may be "". */
static size_t take_round(char out[REPLY_LABEL_SIZE], struct reply *r,
			 struct slice line)
{
	struct slice round;
	size_t n = reply_round(&round, line);

	if (!n)
		return 0;
	out[0] = '\0';
	r->next_round = arena_copy(&r->list->arena, round);
	return n + reply_label(out, slice_sub(line, n, line.len), false, true);
}

/* The label that the line starts with, and its length. */
static size_t take_label(char out[REPLY_LABEL_SIZE], struct reply *r,
			 const struct reply_line *first,
			 const struct reply_line *l)
{
	bool mid = goes_on(first, l);
	size_t n = take_round(out, r, l->text);

	if (!n)
		n = reply_label(out, l->text, mid, r->chapters);
	if (n || !mid)
		return n;
	n = reply_label(out, l->text, false, false);
	return n && follows(r->about.label, out) ? n : 0;
}

/* A new thing is said from here on: about the label, or nothing (""); or, if
 * all that was said is the round, about what the quote above is. */
static void start_about(struct reply *r, const char *label)
{
	flush_remark(r);
	if (*label || !r->next_round || *r->about.label) {
		memset(&r->about, 0, sizeof(r->about));
		snprintf(r->about.label, REPLY_LABEL_SIZE, "%s", label);
	}
	if (r->next_round)
		r->round = r->next_round;
	r->next_round = NULL;
	r->closing = r->contact = false;
}

static void end_paragraph(struct reply *r, struct strbuf *paragraph, bool last)
{
	say_paragraph(r, strbuf_slice(paragraph), last);
	strbuf_truncate(paragraph, 0);
}

/* The last line of the run that says something; its end. */
static size_t trim_run(const struct reply *r, size_t from, size_t to)
{
	while (to > from && (r->lines.items[to - 1].kind != REPLY_OWN ||
			     reply_is_blank(&r->lines.items[to - 1])))
		to--;
	return to;
}

/* Where the lines from `i` on end that no blank one parts, as one paragraph. */
static size_t add_block(struct strbuf *out, const struct reply_line *l,
			size_t i, size_t to)
{
	for (; i < to && !(l[i].kind == REPLY_OWN && reply_is_blank(&l[i]));
	     i++) {
		strbuf_add_slice(out, l[i].text);
		strbuf_addch(out, '\n');
	}
	return i;
}

/*
 * Is the block that starts at line `i` a list of things about several places?
 * Then each is said for itself. Lines that begin with - and + are a change.
 */
static bool is_list(struct reply *r, size_t i, size_t to)
{
	const struct reply_line *l = r->lines.items;
	struct reply_context context = { *r->about.label, r->about.quote };
	struct reply_edits edits = { NULL, 0, 0, &r->list->arena };
	struct strbuf block = STRBUF_INIT;
	size_t end = add_block(&block, l, i, to), items = 0, words;
	bool placed = false, changed = false;

	for (; i < end; i++) {
		char label[REPLY_LABEL_SIZE];
		struct slice cited;

		changed |= slice_starts_with(l[i].text, SLICE("+"));
		if (!reply_item(&words, l[i].text))
			continue;
		items++;
		placed |= reply_label(label, l[i].text, false, r->chapters) ||
			  reply_cited(&cited, slice_sub(l[i].text, words,
							l[i].text.len));
	}
	if (items > 1 && !placed && !changed)
		reply_edits_read(&edits, strbuf_slice(&block), &context);
	placed |= edits.count;
	free(edits.items);
	strbuf_release(&block);
	return items > 1 && placed && !changed;
}

/* Of "1.2-1.4: slow", what follows the label: all of it is said. */
static bool is_range(struct slice rest)
{
	size_t dash = slice_starts_with(rest, SLICE("-")) ? 1 :
		      slice_starts_with(rest, SLICE("\u2013")) ? 3 : 0;

	return dash && dash < rest.len && rest.ptr[dash] >= '0' &&
	       rest.ptr[dash] <= '9';
}

static void say_run(struct reply *r, size_t from, size_t to)
{
	const struct reply_line *first = r->lines.items + from;
	struct strbuf paragraph = STRBUF_INIT;
	const struct reply_about quoted = r->about;
	size_t row = 0;		/* labels of lines that follow each other */
	bool list = false, blank = true;

	to = trim_run(r, from, to);
	r->closing = r->contact = false;
	for (size_t i = from; i < to; i++) {
		const struct reply_line *l = r->lines.items + i;
		char label[REPLY_LABEL_SIZE];
		size_t n, words;
		bool item;

		if (l->kind != REPLY_OWN)
			continue;
		if (blank)
			list = is_list(r, i, to);
		blank = reply_is_blank(l);
		item = list && reply_item(&words, l->text);
		n = take_label(label, r, item ? l : first, l);
		if (n || blank || item)
			end_paragraph(r, &paragraph, false);
		/* what stands below a list of labels is about none of them */
		if (n || (row > 1 && blank)) {
			start_about(r, n ? label : "");
		} else if (item) {
			flush_remark(r);
			r->about = quoted;
			n = words;
		}
		row = n ? row + 1 : blank ? 0 : row;
		if (n && is_range(slice_sub(l->text, n, l->text.len)))
			n = 0;
		strbuf_add_slice(&paragraph, slice_sub(l->text, n,
						       l->text.len));
		strbuf_addch(&paragraph, '\n');
	}
	end_paragraph(r, &paragraph, true);
	flush_remark(r);
	r->about = quoted;
	strbuf_release(&paragraph);
}

/* ---- a mail -------------------------------------------------------- */

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
		say_run(r, own, i);
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
	f = add_item(r, FEEDBACK_LOST);
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
	add_item(r, FEEDBACK_LOST)->trouble =
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
	f = add_item(r, FEEDBACK_REMARK);
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
