/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "comment.h"
#include "error.h"
#include "history.h"
#include "prose_show.h"
#include "reads_now.h"
#include "sentences.h"
#include "strbuf.h"
#include "tree_diff.h"
#include "utf8.h"

#define LONGEST 600
#define GAP " [\xE2\x80\xA6] "

struct reader {
	struct strbuf *out;
	struct repository *repo;
	struct tree *head;
	struct error *err;
};

/* --- as a person reads it ------------------------------------------------- */

/* Words with one space between. */
static void add_words(struct strbuf *out, struct slice line)
{
	line = slice_trim(line);
	if (out->len && line.len && out->buf[out->len - 1] != '\n')
		strbuf_addch(out, ' ');
	strbuf_add_slice(out, line);
}

static void cut(struct strbuf *text, size_t from, size_t longest)
{
	size_t end = from + longest;

	if (text->len <= end + longest / 8)
		return;
	while (end > from + longest / 2 && text->buf[end] != ' ' &&
	       text->buf[end] != '\n')
		end--;
	if (text->buf[end] != ' ' && text->buf[end] != '\n')
		for (end = from + longest; end > from &&
		     ((unsigned char)text->buf[end] & 0xC0) == 0x80; end--)
			;
	strbuf_truncate(text, end);
	strbuf_adds(text, " [\xE2\x80\xA6]");
}

void text_run_on(struct strbuf *out, struct slice text, size_t longest)
{
	struct strbuf words = STRBUF_INIT;
	bool paragraph = false;
	struct slice line;

	while (slice_next_line(&line, &text)) {
		if (slice_is_blank(line)) {
			paragraph = words.len > 0;
			continue;
		}
		if (paragraph)
			strbuf_addch(&words, '\n');
		paragraph = false;
		add_words(&words, line);
	}
	cut(&words, 0, longest);
	strbuf_add_slice(out, strbuf_slice(&words));
	strbuf_release(&words);
}

/* --- what a commit changed ------------------------------------------------ */

static int read_blob(struct strbuf *out, struct reader *r, const char *id)
{
	char full[COMMIT_ID_LENGTH + 1];

	return *id ? blob_read(out, full, r->repo, id, r->err) : 0;
}

/*
 * Where bytes `span` of the text that the commit made are in the text of
 * today; false if they are gone.
 */
static bool follow(struct span *span, const struct prose_passages *since)
{
	struct span found = *span;
	size_t before = 0, now = 0;	/* ends of the passage before */
	bool started = false;

	for (size_t i = 0; i < since->count; i++) {
		const struct prose_passage *p = &since->items[i];

		if (p->base.end <= span->start && p->base.start < span->start) {
			before = p->base.end;
			now = p->theirs.end;
			continue;
		}
		if (p->base.start >= span->end)
			break;
		if (!started)
			found.start = p->base.start > span->start ?
				      now + (span->start - before) :
				      p->theirs.start;
		started = true;
		before = p->base.end;
		now = p->theirs.end;
	}
	if (!started)
		found.start = now + (span->start - before);
	found.end = span->end > before ? now + (span->end - before) : now;
	*span = found;
	return found.end > found.start;
}

/* The sentences that the commit made, as they are now, each once. */
static void add_sentences(struct reader *r, struct slice ours,
			  const struct prose_passages *made,
			  const struct prose_passages *since)
{
	struct span last = { 0, 0 };

	for (size_t i = 0; i < made->count && r->out->len <= LONGEST; i++) {
		struct span span = made->items[i].theirs;

		if (made->items[i].layout)
			continue;
		if (span.start == span.end)	/* taken out: what is there */
			span = sentences_around(made->theirs, span);
		if (!follow(&span, since))
			continue;
		if (span.start < last.end)
			span.start = last.end;
		if (span.start >= span.end)
			continue;
		if (r->out->len)
			strbuf_adds(r->out, last.end && slice_is_blank(
				slice_sub(ours, last.end, span.start)) ?
				" " : GAP);
		text_run_on(r->out, slice_sub(ours, span.start, span.end),
			    LONGEST);
		last = span;
	}
}

static int visit_file(const struct tree_difference *d, void *data)
{
	struct strbuf base = STRBUF_INIT, theirs = STRBUF_INIT;
	struct prose_passages made = PROSE_PASSAGES_INIT;
	struct prose_passages since = PROSE_PASSAGES_INIT;
	struct strbuf ours = STRBUF_INIT;
	struct reader *r = data;
	int rc = 0;

	if (r->out->len > LONGEST || !tree_has(r->head, d->path))
		return 0;
	if ((rc = read_blob(&base, r, d->old_blob)) == 0 &&
	    (rc = read_blob(&theirs, r, d->new_blob)) == 0 &&
	    (rc = tree_read(&ours, r->head, d->path, r->err)) == 0) {
		prose_show(&made, strbuf_slice(&base), strbuf_slice(&theirs));
		prose_show(&since, strbuf_slice(&theirs),
			   strbuf_slice(&ours));
		add_sentences(r, strbuf_slice(&ours), &made, &since);
	}
	prose_passages_release(&made);
	prose_passages_release(&since);
	strbuf_release(&base);
	strbuf_release(&theirs);
	strbuf_release(&ours);
	return rc;
}

struct commit {
	char tree[COMMIT_ID_LENGTH + 1], parent[COMMIT_ID_LENGTH + 1];
	bool reworded;
};

/* "[Ada Author: reworded]", alone in its line */
static bool is_reworded(struct slice message)
{
	struct slice line;

	while (slice_next_line(&line, &message))
		if (slice_starts_with(line, SLICE("[")) &&
		    slice_ends_with(slice_trim_end(line),
				    SLICE(": reworded]")))
			return true;
	return false;
}

static int visit_commit(const struct history_entry *entry, void *data)
{
	struct commit *c = data;

	memcpy(c->tree, entry->tree, sizeof(c->tree));
	memcpy(c->parent, entry->parent, sizeof(c->parent));
	c->reworded = is_reworded(entry->message);
	return 0;
}

int reads_now(struct strbuf *out, bool *reworded, struct repository *repo,
	      struct tree *head, const char *commit, struct error *err)
{
	struct strbuf text = STRBUF_INIT;
	struct reader r = { &text, repo, head, err };
	struct commit own = { "", "", false }, before = { "", "", false };
	int rc = history_read(repo, commit, visit_commit, &own, err);

	if (!rc && *own.parent)
		rc = history_read(repo, own.parent, visit_commit, &before,
				  err);
	if (!rc)
		rc = tree_diff(repo, before.tree, own.tree, visit_file, &r,
			       err);
	if (reworded)
		*reworded = own.reworded;
	if (!rc)
		cut(&text, 0, LONGEST);
	strbuf_add_slice(out, strbuf_slice(&text));
	strbuf_release(&text);
	return rc;
}
