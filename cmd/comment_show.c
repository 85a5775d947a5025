/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "command.h"
#include "comment_show.h"
#include "critic.h"
#include "error.h"
#include "history.h"
#include "strbuf.h"
#include "styled.h"
#include "utf8.h"

#define QUOTE_LENGTH 160	/* characters */

void comment_view_release(struct comment_view *view)
{
	for (size_t i = 0; i < view->count; i++)
		prose_passages_release(&view->files[i].passages);
	free(view->files);
	arena_release(&view->arena);
	*view = (struct comment_view)COMMENT_VIEW_INIT;
}

static int read_text(struct slice *out, struct comment_view *view,
		     struct repository *repo, const char *id,
		     struct error *err)
{
	struct strbuf bytes = STRBUF_INIT;
	char full[COMMIT_ID_LENGTH + 1];
	int rc = *id ? blob_read(&bytes, full, repo, id, err) : 0;

	*out = arena_slice(&view->arena, strbuf_slice(&bytes));
	strbuf_release(&bytes);
	return rc;
}

int comment_view_read(struct comment_view *view, struct repository *repo,
		      const struct comment *comment, struct error *err)
{
	struct comment_changes changes = COMMENT_CHANGES_INIT;
	int rc = comment_changes_read(&changes, repo, comment, err);

	for (size_t i = 0; i < changes.count && !rc; i++) {
		const struct comment_change *c = &changes.items[i];
		struct shown_file *file;

		GROW(view->files, view->count, view->capacity);
		file = &view->files[view->count++];
		*file = (struct shown_file){
			arena_strdup(&view->arena, c->path), { NULL, 0 },
			{ NULL, 0 }, PROSE_PASSAGES_INIT, view->passages
		};
		rc = read_text(&file->base, view, repo, c->base, err);
		if (!rc)
			rc = read_text(&file->theirs, view, repo, c->theirs,
				       err);
		if (rc < 0)
			break;
		prose_show(&file->passages, file->base, file->theirs);
		view->passages += file->passages.count;
	}
	comment_changes_release(&changes);
	return rc;
}

/* --- who, where, what became of it ---------------------------------------- */

void comment_print_place(const struct review_comment *c)
{
	if (c->comment.label.len)
		print_safe(stdout, c->comment.label);
	else if (*c->path)
		print_safe(stdout, slice_of(c->path));
	else
		fputs("the book", stdout);
}

void comment_print_readers(const struct review *review, size_t at)
{
	size_t i = review->items[at].same;
	bool first = true;

	for (; i != SIZE_MAX; i = review->items[i].next_same) {
		if (!first)
			fputs(", ", stdout);
		print_safe(stdout,
			   slice_of(review->items[i].comment.reader.name));
		first = false;
	}
}

void comment_print_state(const struct decision *state)
{
	fputs(comment_state_name(state->state), stdout);
	if (*state->commit)
		printf(" by commit %.*s", COMMENT_SHORT_ID, state->commit);
	if (*state->words) {
		struct slice words = slice_of(state->words);

		fputs(": ", stdout);
		print_safe(stdout, slice_sub(words, 0,
					     slice_find(words, '\n')));
	}
}

/* --- words ---------------------------------------------------------------- */

void comment_print_text(struct slice text, const char *indent)
{
	struct styled out = STYLED_INIT;
	struct slice line;

	text = slice_trim_end(text);
	while (slice_next_line(&line, &text)) {
		styled_add(&out, "", slice_trim_end(line));
		if (text.len)
			styled_add(&out, "", SLICE("\n"));
	}
	if (out.text.len)
		styled_print(&out, indent);
	styled_release(&out);
}

/* [-old-], {+new+}, or red and green */
static void add_part(struct styled *out, const struct prose_part *part)
{
	bool deleted = part->kind == PROSE_DELETED;
	bool marks = part->kind != PROSE_KEPT && !color_wanted();
	const char *style = part->kind == PROSE_KEPT ? "" :
			    deleted ? STYLE_RED : STYLE_GREEN;

	if (marks)
		styled_add(out, style, slice_of(deleted ? "[-" : "{+"));
	styled_add(out, style, part->words);
	if (marks)
		styled_add(out, style, slice_of(deleted ? "-]" : "+}"));
}

static void print_passage(const struct prose_passage *passage,
			  const char *indent)
{
	struct styled out = STYLED_INIT;

	for (size_t i = 0; i < passage->part_count; i++)
		add_part(&out, &passage->parts[i]);
	if (passage->layout)
		styled_add(&out, "", SLICE("(lines are wrapped anew)"));
	styled_print(&out, indent);
	styled_release(&out);
}

/* Where a remark stands that is about a place and no words: the line before. */
static struct slice words_before(struct slice text, size_t at)
{
	struct slice before = slice_trim_end(slice_sub(text, 0, at));
	size_t start = before.len;

	while (start && before.ptr[start - 1] != '\n')
		start--;
	return slice_sub(before, start, before.len);
}

/* The first words of a long passage are enough to know it by. */
static void print_quote(struct slice words, const char *indent)
{
	struct strbuf text = STRBUF_INIT, mark = STRBUF_INIT;
	size_t end = 0, count = 0;

	while (end < words.len && count < QUOTE_LENGTH) {
		unsigned c;
		size_t n = utf8_decode(&c, slice_sub(words, end, words.len));

		end += n ? n : 1;
		count++;
	}
	for (size_t i = end; end < words.len && i > end / 2; i--)
		if (words.ptr[i] == ' ' || words.ptr[i] == '\n') {
			end = i;
			break;
		}
	strbuf_add_slice(&text, slice_sub(words, 0, end));
	if (end < words.len)
		strbuf_adds(&text, " \xE2\x80\xA6");
	strbuf_addf(&mark, "%s> ", indent);
	comment_print_text(strbuf_slice(&text), mark.buf);
	strbuf_release(&text);
	strbuf_release(&mark);
}

static void print_remark(const struct comment_view *view,
			 const struct comment *comment, const char *indent)
{
	struct strbuf words = STRBUF_INIT;
	struct span span = { 0, 0 };

	for (size_t i = 0; i < view->count; i++) {
		const struct shown_file *file = &view->files[i];

		if (!critic_is_remark(file->base, file->theirs, &span, NULL))
			continue;
		print_quote(span.start < span.end ?
			    slice_sub(file->base, span.start, span.end) :
			    words_before(file->base, span.start), indent);
	}
	comment_add_words(&words, comment);
	comment_print_text(strbuf_slice(&words), indent);
	strbuf_release(&words);
}

void comment_print_words(const struct comment_view *view,
			 const struct comment *comment, unsigned part,
			 const char *indent)
{
	if (comment->is_remark || !view->passages) {
		print_remark(view, comment, indent);
		return;
	}
	for (size_t i = 0; i < view->count; i++) {
		const struct shown_file *file = &view->files[i];

		for (size_t k = 0; k < file->passages.count; k++) {
			unsigned number = (unsigned)(file->first + k + 1);

			if (part && part != number)
				continue;
			if (view->passages > 1)
				printf("%s(%u)\n", indent, number);
			print_passage(&file->passages.items[k], indent);
		}
	}
}
