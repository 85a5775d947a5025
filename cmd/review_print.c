/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "critic.h"
#include "review_session.h"
#include "sentences.h"
#include "styled.h"
#include "trailers.h"

#define INDENT "    "
#define SAID INDENT "| "
#define NOTHING_SAID INDENT "|"

static const char *bold(void)
{
	return color_wanted() ? STYLE_BOLD : "";
}

static const char *plain(void)
{
	return color_wanted() ? STYLE_RESET : "";
}

/* 1a2b3c4d 3.14 03-fog.md:41  Ann Reader, Ben Writer */
static void print_head(const struct review *review,
		       const struct looked *looked)
{
	const struct comment *c = &looked->comment->comment;
	const struct application *a = &looked->application;
	struct slice path = *a->path ? slice_of(a->path) :
			    slice_of(looked->comment->path);

	printf("%s%.*s", bold(), COMMENT_SHORT_ID, c->id);
	if (looked->part)
		printf(".%u", looked->part);
	putchar(' ');
	if (c->label.len) {
		print_safe(stdout, c->label);
		putchar(' ');
	}
	if (path.len)
		print_safe(stdout, path);
	else
		fputs("the book", stdout);
	if (path.len && a->line)
		printf(":%zu", a->line);
	fputs("  ", stdout);
	comment_print_readers(review, looked->at);
	printf("%s\n\n", plain());
}

/*
 * Lines of the source run on, as the reader of a book sees them: the text, byte
 * for byte, with spaces for line ends that have no blank line beside them.
 */
static void flow(struct strbuf *out, struct slice text)
{
	struct slice line;

	strbuf_add_slice(out, text);
	while (slice_next_line(&line, &text)) {
		struct slice words = slice_trim_end(line), next = text, after;
		char *end = out->buf + out->len - text.len;
		bool last = !slice_next_line(&after, &next) ||
			    slice_is_blank(after);

		memset(end - (line.len - words.len), ' ',
		       line.len - words.len);
		if ((!words.len || last) && words.len < line.len)
			end[-1] = '\n';
	}
}

static void print_flowed(struct slice text, const char *indent)
{
	struct styled out = STYLED_INIT;
	struct strbuf flowed = STRBUF_INIT;

	flow(&flowed, slice_trim(text));
	styled_add(&out, "", strbuf_slice(&flowed));
	styled_print(&out, indent);
	styled_release(&out);
	strbuf_release(&flowed);
}

/* What somebody wrote, line for line. */
static void print_said(struct slice text)
{
	struct slice line;

	while (slice_next_line(&line, &text)) {
		struct styled out = STYLED_INIT;

		line = slice_trim_end(line);
		styled_add(&out, "", line);
		if (!line.len)
			fputs(NOTHING_SAID, stdout);
		styled_print(&out, SAID);
		styled_release(&out);
	}
}

/* The sentence around the passage of a remark, as the reader had it. */
static void print_passage(const struct shown_file *file)
{
	struct strbuf flowed = STRBUF_INIT;
	struct styled out = STYLED_INIT;
	bool marks = !color_wanted();
	struct span span, whole;
	struct slice text;

	if (!critic_is_remark(file->base, file->theirs, &span, NULL))
		return;
	whole = sentences_around(file->base, span);
	flow(&flowed, slice_sub(file->base, whole.start, whole.end));
	text = strbuf_slice(&flowed);
	span.start -= whole.start;
	span.end -= whole.start;
	styled_add(&out, "", slice_sub(text, 0, span.start));
	if (span.start < span.end) {
		styled_add(&out, "", marks ? SLICE("{==") : SLICE(""));
		styled_add(&out, STYLE_MARKED, slice_sub(text, span.start,
							 span.end));
		styled_add(&out, "", marks ? SLICE("==}") : SLICE(""));
	}
	styled_add(&out, "", slice_trim_end(slice_sub(text, span.end,
						      text.len)));
	styled_print(&out, INDENT);
	putchar('\n');
	styled_release(&out);
	strbuf_release(&flowed);
}

static void print_all_said(const struct comment *comment)
{
	struct strbuf words = STRBUF_INIT;

	comment_add_words(&words, comment);
	print_said(strbuf_slice(&words));
	strbuf_release(&words);
}

/* What the reader wrote beside the edit. */
static void print_reason(const struct comment *c)
{
	/* a patch's subject is its reader's, others are made of the edit */
	bool patch = slice_eq_str(trailers_get(c->trailers, "Channel"),
				  "patch");

	if (!c->body.len && !patch)
		return;
	putchar('\n');
	if (patch)
		print_said(c->subject);
	if (patch && c->body.len)
		puts(NOTHING_SAID);
	print_said(c->body);
}

static void print_words(const struct session *session,
			const struct looked *looked)
{
	const struct comment *c = &looked->comment->comment;
	const struct comment_view *view = &looked->view;

	if (c->is_remark || !view->passages) {
		for (size_t i = 0; i < view->count; i++)
			print_passage(&view->files[i]);
		print_all_said(c);
		return;
	}
	comment_print_words(view, c, looked->part, INDENT);
	if (session->last != looked->comment)
		print_reason(c);
}

/* Are they the same words? */
static bool reads_same(struct slice a, struct slice b)
{
	struct prose_passages passages = PROSE_PASSAGES_INIT;
	bool same = true;

	prose_show(&passages, a, b);
	for (size_t i = 0; i < passages.count; i++)
		same = same && passages.items[i].layout;
	prose_passages_release(&passages);
	return same;
}

static void print_now(const char *before, struct slice text)
{
	if (!text.len)
		return;
	printf("\n%s\n", before);
	print_flowed(text, INDENT);
}

static void print_misfit(const struct looked *looked)
{
	const struct application *a = &looked->application;
	const struct comment *c = &looked->comment->comment;

	printf("\n%s: %s.\n", c->is_remark ? "The text is not what it was" :
	       "It does not fit", a->why);
	print_now(c->is_remark ? "The paragraph is now:" : "There is now:",
		  looked->sentence.now);
}

/* How it goes with the text as it is now. */
static void print_fit(const struct looked *looked)
{
	const struct applier_sentence *s = &looked->sentence;
	const struct comment *c = &looked->comment->comment;

	switch (looked->application.result) {
	case APPLY_CONFLICT:
		print_misfit(looked);
		break;
	case APPLY_ALREADY:
		puts("\nThe text says so already.");
		break;
	case APPLY_DONE:
		if (s->has_place && s->base.len &&
		    (looked->part || looked->view.passages == 1) &&
		    !reads_same(s->base, s->now))
			print_now("The words around it have changed; it would "
				  "read:", s->then);
		break;
	case APPLY_REMARK:
	case APPLY_DECIDED:
		break;
	}
	if (!c->unplaced.len)
		return;
	fputs("\nIt could not be placed: ", stdout);
	print_safe(stdout, c->unplaced);
	printf(".\nIts mail: galley show --mail %.*s\n", COMMENT_SHORT_ID,
	       c->id);
}

void review_print(const struct session *session, const struct looked *looked)
{
	print_head(session->review, looked);
	print_words(session, looked);
	print_fit(looked);
	putchar('\n');
}

void review_print_question(const struct session *session,
			   const struct looked *looked, const char *letters)
{
	const struct comment *c = &looked->comment->comment;
	const char *question = "What becomes of it";

	if (c->is_remark || !looked->view.passages)
		question = "What becomes of this remark";
	else if (looked->application.result == APPLY_DONE)
		question = "Put this into the text";
	else if (looked->application.result == APPLY_ALREADY)
		question = "Note that it is there";
	printf("%s(%zu/%zu", color_wanted() ? STYLE_PROMPT : "",
	       session->number, session->count);
	if (looked->part)
		printf(", passage %u of %zu", looked->part,
		       looked->view.passages);
	printf(") %s [", question);
	for (const char *p = letters; *p; p++)
		printf("%c,", *p);
	printf("?]?%s ", plain());
	fflush(stdout);
}

static const struct {
	char letter;
	const char *edit, *remark;
} help[] = {
	{ 'a', "apply: it goes into the text, under its reader's name", "" },
	{ 'k', "", "done, without a change of the text: for praise, or what "
	  "is mended" },
	{ 'd', "decline: no, and why; the reader is told",
	  "decline: no, and why; the reader is told" },
	{ 'l', "later: put it off", "later: put it off" },
	{ 'e', "edit: change its words in your editor, then it goes in",
	  "edit: mend the paragraph in your editor" },
	{ 'm', "mark: put it into the text as a mark, to settle there",
	  "mark: put the remark into the text, to settle there" },
	{ 's', "split: take its passages one by one", "" },
	{ 'n', "next: leave it open", "next: leave it open" },
	{ 'q', "quit: leave this one and the rest open",
	  "quit: leave this one and the rest open" },
};

void review_print_help(const struct looked *looked, const char *letters)
{
	bool remark = looked->comment->comment.is_remark ||
		      !looked->view.passages;

	for (size_t i = 0; i < sizeof(help) / sizeof(*help); i++) {
		char c = help[i].letter;
		const char *words = remark ? help[i].remark : help[i].edit;

		if (!strchr(letters, c))
			continue;
		if (c == 'a' && looked->application.result == APPLY_ALREADY)
			words = "note that the text says so already";
		printf("%c - %s\n", c, words);
	}
	puts("? - these lines");
}
