/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "calendar.h"
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

/* --- who, where, what became of it --------------------------------------------- */

void comment_print_place(const struct comment *comment)
{
	if (comment->label.len)
		print_safe(stdout, comment->label);
	else if (comment->chunk.len)
		print_safe(stdout, comment->chunk);
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

/* --- words -------------------------------------------------------------------------- */

void comment_print_text(struct slice text, const char *indent)
{
	struct slice line;

	while (slice_next_line(&line, &text)) {
		line = slice_trim_end(line);
		if (line.len)
			fputs(indent, stdout);
		print_safe(stdout, line);
		putchar('\n');
	}
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
	struct slice line;
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
	for (struct slice rest = slice_sub(words, 0, end);
	     slice_next_line(&line, &rest);) {
		printf("%s> ", indent);
		print_safe(stdout, slice_chomp(line));
		if (!rest.len && end < words.len)
			fputs(" \xE2\x80\xA6", stdout);
		putchar('\n');
	}
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

/* --- for programs ------------------------------------------------------------------- */

static json_t *text_json(struct slice text)
{
	json_t *s = json_stringn(text.ptr ? text.ptr : "", text.len);

	return s ? s : json_string("");
}

static json_t *passage_json(const struct shown_file *file, size_t n,
			    const struct review_comment *c)
{
	const struct prose_passage *p = &file->passages.items[n];
	unsigned number = (unsigned)(file->first + n + 1);
	static const char *const kinds[] = { "kept", "deleted", "inserted" };
	json_t *parts = json_array(), *passage = json_object();

	for (size_t i = 0; i < p->part_count; i++) {
		json_t *part = json_object();

		json_object_set_new(part, kinds[p->parts[i].kind],
				    text_json(p->parts[i].words));
		json_array_append_new(parts, part);
	}
	json_object_set_new(passage, "number", json_integer(number));
	json_object_set_new(passage, "state", json_string(
		comment_state_name(review_part(c, number)->state)));
	json_object_set_new(passage, "chunk", json_string(file->path));
	json_object_set_new(passage, "old", text_json(slice_sub(file->base,
		p->base.start, p->base.end)));
	json_object_set_new(passage, "new", text_json(slice_sub(file->theirs,
		p->theirs.start, p->theirs.end)));
	json_object_set_new(passage, "parts", parts);
	return passage;
}

static json_t *passages_json(const struct comment_view *view,
			     const struct review_comment *c)
{
	json_t *passages = json_array();

	for (size_t i = 0; i < view->count; i++)
		for (size_t k = 0; k < view->files[i].passages.count; k++)
			json_array_append_new(passages, passage_json(
				&view->files[i], k, c));
	return passages;
}

static void set_date(json_t *object, const char *key,
		     const struct moment *when)
{
	char date[CALENDAR_TIME_SIZE];

	calendar_time(date, when);
	json_object_set_new(object, key, json_string(date));
}

json_t *comment_json(const struct comment_view *view,
		     const struct review *review, size_t at)
{
	const struct review_comment *rc = &review->items[at];
	const struct comment *c = &rc->comment;
	json_t *o = json_object();

	json_object_set_new(o, "id", json_string(c->id));
	json_object_set_new(o, "kind", json_string(c->is_remark ? "remark" :
						   "edit"));
	json_object_set_new(o, "state", json_string(
		comment_state_name(rc->state.state)));
	json_object_set_new(o, "why", json_string(rc->state.words));
	json_object_set_new(o, "applied_by", json_string(rc->state.commit));
	json_object_set_new(o, "round", json_string(
		strcmp(c->round, COMMENT_NO_ROUND) ? c->round : ""));
	json_object_set_new(o, "chunk", text_json(c->chunk));
	json_object_set_new(o, "label", text_json(c->label));
	json_object_set_new(o, "name", json_string(c->reader.name));
	json_object_set_new(o, "email", json_string(c->reader.email));
	set_date(o, "date", &c->when);
	json_object_set_new(o, "subject", text_json(c->subject));
	json_object_set_new(o, "body", text_json(c->body));
	json_object_set_new(o, "unplaced", text_json(c->unplaced));
	json_object_set_new(o, "message_id", text_json(c->message_id));
	json_object_set_new(o, "same_as", json_string(rc->same == at ? "" :
		review->items[rc->same].comment.id));
	json_object_set_new(o, "passages", passages_json(view, rc));
	return o;
}
