/* SPDX-License-Identifier: MIT */
/* A reader's own words, quoted as in any mail. */
#include "comment_show.h"
#include "critic.h"
#include "reads_now.h"
#include "sentences.h"
#include "thanks.h"

#define LONGEST 500		/* bytes of a passage, or of what was said */
#define AROUND 40		/* bytes beside a change, to show where it is */
#define DOTS "\xE2\x80\xA6"
#define MOST_PASSAGES 12

/* Each line with the marks before it. */
static void quote(struct strbuf *out, const char *marks, struct slice text)
{
	struct slice line;

	while (slice_next_line(&line, &text)) {
		line = slice_trim_end(line);
		strbuf_addf(out, "%s%s%.*s\n", marks, line.len ? " " : "",
			    SLICE_ARG(line));
	}
}

static void quote_run_on(struct strbuf *out, const char *marks,
			 struct slice text)
{
	struct strbuf words = STRBUF_INIT;

	text_run_on(&words, text, LONGEST);
	quote(out, marks, strbuf_slice(&words));
	strbuf_release(&words);
}

/* Lines as they were written, but no more than a mail should have. */
static void quote_words(struct strbuf *out, struct slice text)
{
	struct strbuf words = STRBUF_INIT;
	size_t end = text.len;

	if (end > 4 * LONGEST) {
		for (end = 4 * LONGEST; end && text.ptr[end] != ' ' &&
		     text.ptr[end] != '\n'; end--)
			;
		strbuf_addf(&words, "%.*s [\xE2\x80\xA6]", (int)end,
			    text.ptr);
		text = strbuf_slice(&words);
	}
	quote(out, ">", slice_trim(text));
	strbuf_release(&words);
}

/* What a remark is about. */
static void add_passage(struct strbuf *out, const struct shown_file *file)
{
	struct slice text = file->base;
	struct span span;

	if (!critic_is_remark(file->base, file->theirs, &span, NULL))
		return;
	if (span.start == span.end)
		span = sentences_around(text, span);
	quote_run_on(out, ">>", slice_sub(text, span.start, span.end));
}

static void add_remark(struct strbuf *out, const struct comment_view *view,
		       const struct comment *comment)
{
	struct strbuf words = STRBUF_INIT;

	for (size_t i = 0; i < view->count; i++)
		add_passage(out, &view->files[i]);
	comment_add_words(&words, comment);
	quote_words(out, strbuf_slice(&words));
	strbuf_release(&words);
}

/* Where to cut so that some `n` bytes are before it, or are after it. */
static size_t cut_at(struct slice s, size_t n, bool from_end)
{
	size_t at = from_end ? s.len - n : n;
	size_t space = at;

	while (space < s.len && s.ptr[space] != ' ' && s.ptr[space] != '\n' &&
	       space < at + AROUND)
		space++;
	if (space < s.len && (s.ptr[space] == ' ' || s.ptr[space] == '\n'))
		return space;
	while (at < s.len && ((unsigned char)s.ptr[at] & 0xC0) == 0x80)
		at++;
	return at;
}

/* Words that stay, where they are many: those beside the changes. */
static void add_kept(struct strbuf *out, struct slice s, bool first,
		     bool last)
{
	size_t before = first ? 0 : cut_at(s, AROUND, false);
	size_t after = last ? s.len : cut_at(s, AROUND, true);

	if (before >= after || after - before < AROUND) {
		strbuf_add_slice(out, s);
		return;
	}
	strbuf_add_slice(out, slice_sub(s, 0, before));
	strbuf_addf(out, "%s" DOTS "%s", first ? "" : " ", last ? "" : " ");
	strbuf_add_slice(out, slice_trim(slice_sub(s, after, s.len)));
	if (!last && slice_ends_with(s, SLICE(" ")))
		strbuf_addch(out, ' ');
}

/* The passage as it was, or as it should be. */
static void add_side(struct strbuf *out, const struct prose_passage *p,
		     enum prose_part_kind kind)
{
	for (size_t i = 0; i < p->part_count; i++) {
		const struct prose_part *part = &p->parts[i];

		if (part->kind == kind)
			strbuf_add_slice(out, part->words);
		else if (part->kind == PROSE_KEPT &&
			 part->words.len > 2 * AROUND)
			add_kept(out, part->words, !i,
				 i + 1 == p->part_count);
		else if (part->kind == PROSE_KEPT)
			strbuf_add_slice(out, part->words);
	}
}

/* "> what it was", "> → what it should be" */
static void add_change(struct strbuf *out, const struct prose_passage *p)
{
	struct strbuf before = STRBUF_INIT, after = STRBUF_INIT;

	if (p->layout)
		return;
	add_side(&before, p, PROSE_DELETED);
	add_side(&after, p, PROSE_INSERTED);
	if (slice_is_blank(strbuf_slice(&before)))
		strbuf_adds(&before, "\xE2\x88\x85"); /* ∅ */
	if (slice_is_blank(strbuf_slice(&after)))
		strbuf_adds(&after, "\xE2\x88\x85");
	quote_run_on(out, ">", strbuf_slice(&before));
	strbuf_truncate(&before, 0);
	strbuf_adds(&before, "\xE2\x86\x92 "); /* → */
	strbuf_add_slice(&before, strbuf_slice(&after));
	quote_run_on(out, ">", strbuf_slice(&before));
	strbuf_release(&before);
	strbuf_release(&after);
}

/* What the reader wrote beside the edit. */
static void add_reason(struct strbuf *out, const struct comment *comment)
{
	struct strbuf words = STRBUF_INIT;

	/* a patch's subject is its reader's, others are made of the edit */
	if (slice_eq_str(comment->channel, "patch"))
		comment_add_words(&words, comment);
	else
		strbuf_add_slice(&words, comment->body);
	if (!slice_is_blank(strbuf_slice(&words))) {
		strbuf_adds(out, ">\n");
		quote_words(out, strbuf_slice(&words));
	}
	strbuf_release(&words);
}

void thanks_said(struct strbuf *out, const struct comment_view *view,
		 const struct comment *comment, unsigned part)
{
	size_t shown = 0;

	if (comment->is_remark || !view->passages) {
		add_remark(out, view, comment);
		return;
	}
	for (size_t i = 0; i < view->count; i++)
		for (size_t k = 0; k < view->files[i].passages.count; k++) {
			const struct shown_file *file = &view->files[i];

			if (part && part != file->first + k + 1)
				continue;
			if (shown++ == MOST_PASSAGES)
				strbuf_adds(out, "> [\xE2\x80\xA6]\n");
			if (shown <= MOST_PASSAGES)
				add_change(out, &file->passages.items[k]);
		}
	if (part < 2)
		add_reason(out, comment);
}
