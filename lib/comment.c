/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "alloc.h"
#include "comment.h"
#include "error.h"
#include "strbuf.h"
#include "trailers.h"
#include "tree_diff.h"

void comment_ref(struct strbuf *out, const char *round, const char *id)
{
	strbuf_addf(out, COMMENT_REFS "%s/%.*s", round, COMMENT_REF_DIGITS,
		    id);
}

static bool is_own_key(struct slice key)
{
	static const char *const keys[] = {
		"Round", "Chunk", "Label", "Kind", "Channel", "Message-Id",
		"Part", "Unplaced", "Date"
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (slice_eq_str(key, keys[i]))
			return true;
	return false;
}

/* Where our trailers start: those before them are the reader's own words. */
static size_t own_trailers(struct slice message)
{
	struct slice rest = trailers_of(message), key, value;
	size_t end = message.len;

	while (trailers_next(&key, &value, &rest))
		if (is_own_key(key))
			return (size_t)(key.ptr - message.ptr);
	return end;
}

static unsigned read_part(struct slice text)
{
	unsigned n = 0;

	for (size_t i = 0; i < text.len && text.ptr[i] >= '0' &&
	     text.ptr[i] <= '9' && n < 100000; i++)
		n = n * 10 + (unsigned)(text.ptr[i] - '0');
	return n ? n : 1;
}

static void read_message(struct comment *c, struct slice message)
{
	size_t end = own_trailers(message), line = slice_find(message, '\n');

	c->subject = slice_sub(message, 0, line);
	c->body = line < end ? slice_trim(slice_sub(message, line, end)) :
			       slice_sub(message, line, line);
	c->trailers = slice_sub(message, end, message.len);
	c->chunk = trailers_get(c->trailers, "Chunk");
	c->label = trailers_get(c->trailers, "Label");
	c->channel = trailers_get(c->trailers, "Channel");
	c->message_id = trailers_get(c->trailers, "Message-Id");
	c->unplaced = trailers_get(c->trailers, "Unplaced");
	c->part = read_part(trailers_get(c->trailers, "Part"));
	c->is_remark = slice_eq_str(trailers_get(c->trailers, "Kind"),
				    "remark");
}

void comment_read(struct comment *c, struct arena *arena, const char *round,
		  const struct history_entry *entry)
{
	struct slice message = arena_slice(arena, entry->message);

	memcpy(c->id, entry->id, sizeof(c->id));
	memcpy(c->parent, entry->parent, sizeof(c->parent));
	memcpy(c->tree, entry->tree, sizeof(c->tree));
	c->round = arena_strdup(arena, round);
	c->reader.name = arena_strdup(arena, entry->author.name);
	c->reader.email = arena_strdup(arena, entry->author.email);
	c->when = entry->authored;
	c->message = message.ptr;
	read_message(c, message);
}

/* comment_message() leaves the body whole where it shortens the subject. */
static bool is_start_of(struct slice subject, struct slice body)
{
	struct slice dots = SLICE("\xE2\x80\xA6"); /* … */
	size_t at = 0;

	if (slice_ends_with(subject, dots))
		subject.len -= dots.len;
	for (size_t i = 0; i < body.len && at < subject.len; i++) {
		if (body.ptr[i] == '\n' || body.ptr[i] == ' ')
			at += subject.ptr[at] == ' ';
		else if (body.ptr[i] == subject.ptr[at])
			at++;
		else if (at)
			return false;
	}
	return at == subject.len;
}

void comment_add_words(struct strbuf *out, const struct comment *comment)
{
	if (!comment->body.len ||
	    !is_start_of(comment->subject, comment->body)) {
		strbuf_add_slice(out, comment->subject);
		if (comment->body.len)
			strbuf_adds(out, "\n\n");
	}
	strbuf_add_slice(out, comment->body);
}

void comment_changes_release(struct comment_changes *changes)
{
	free(changes->items);
	arena_release(&changes->arena);
	*changes = (struct comment_changes)COMMENT_CHANGES_INIT;
}

static int add_change(const struct tree_difference *d, void *data)
{
	struct comment_changes *changes = data;
	struct comment_change *c;

	GROW(changes->items, changes->count, changes->capacity);
	c = &changes->items[changes->count++];
	c->path = arena_strdup(&changes->arena, d->path);
	memcpy(c->base, d->old_blob, sizeof(c->base));
	memcpy(c->theirs, d->new_blob, sizeof(c->theirs));
	return 0;
}

struct tree_of {
	char id[COMMIT_ID_LENGTH + 1];
};

static int set_tree(const struct history_entry *entry, void *data)
{
	struct tree_of *tree = data;

	memcpy(tree->id, entry->tree, sizeof(tree->id));
	return 0;
}

int comment_changes_read(struct comment_changes *changes,
			 struct repository *repo,
			 const struct comment *comment, struct error *err)
{
	struct tree_of parent = { "" };
	int rc = 0;

	changes->count = 0;
	arena_reset(&changes->arena);
	if (*comment->parent)
		rc = history_read(repo, comment->parent, set_tree, &parent,
				  err);
	if (rc < 0)
		return rc;
	return tree_diff(repo, parent.id, comment->tree, add_change, changes,
			 err);
}
