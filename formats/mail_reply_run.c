/* SPDX-License-Identifier: MIT */
/* A run of a reader's own lines as paragraphs, and what each is about: labels
 * and the items of lists. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "mail_reply_said.h"

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
	reply_flush_remark(r);
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
	reply_say_paragraph(r, strbuf_slice(paragraph), last);
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

void reply_say_run(struct reply *r, size_t from, size_t to)
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
			reply_flush_remark(r);
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
	reply_flush_remark(r);
	r->about = quoted;
	strbuf_release(&paragraph);
}
