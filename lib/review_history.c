/* SPDX-License-Identifier: MIT */
/* What history says of comments: applied, reverted, cherry-picked. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "history.h"
#include "review_private.h"
#include "strbuf.h"
#include "trailers.h"

/* What a commit did about a comment. */
struct effect {
	size_t comment;
	unsigned part, parts;
	enum comment_state state;	/* OPEN: it was taken out again */
	enum decision_source source;
	size_t next;			/* of the same commit, plus one */
};

struct reader {
	struct review *review;
	const struct id_map *ids;
	struct effect *effects;
	size_t count, capacity;
	struct id_map commits;		/* -> their first effect */
	struct id_map messages;		/* hash of a comment's message -> it */
	struct link *links;		/* that notes have */
	size_t link_count, link_capacity;
	struct id_map linked;		/* commit -> the first of its links */
};

/* A commit that was made the answer to a comment afterwards. */
struct link {
	size_t comment;
	struct answer_link answer;
	size_t next;			/* of the same commit, plus one */
};

static void note(struct reader *r, const struct history_entry *entry,
		 struct effect effect)
{
	struct review_comment *c = &r->review->items[effect.comment];
	char *id = arena_strdup(&r->review->arena, entry->id);
	size_t first;
	struct effect *e;

	GROW(r->effects, r->count, r->capacity);
	e = &r->effects[r->count++];
	*e = effect;
	e->next = 0;
	if (id_map_find(&first, &r->commits, entry->id)) {
		e->next = r->effects[first].next;
		r->effects[first].next = r->count;
	} else {
		id_map_add(&r->commits, entry->id, r->count - 1);
	}
	review_set_state(c, &(struct decision){
		effect.state, effect.part, entry->committed.seconds, "",
		effect.state == COMMENT_OPEN ? "" : id, effect.parts,
		effect.source });
	GROW(c->effects, c->effect_count, c->effect_capacity);
	c->effects[c->effect_count++] = (struct review_effect){
		id, entry->committed.seconds, effect.part
	};
}

/* "Comment: <id>", "Comment: <id>.2/3" */
static bool read_trailers(struct reader *r, const struct history_entry *entry)
{
	struct slice rest = trailers_of(entry->message), key, value;
	bool found = false;

	while (trailers_next(&key, &value, &rest)) {
		bool marked = slice_eq_str(key, "Comment-Marked");
		unsigned part = 0, parts = 0;
		struct slice id;
		size_t at;

		if ((!marked && !slice_eq_str(key, "Comment")) ||
		    !line_names_commit(&id, value, ""))
			continue;
		found = true;
		if (!id_map_find(&at, r->ids, value.ptr))
			continue;
		if (value.len > COMMIT_ID_LENGTH &&
		    !event_part_read(&part, &parts,
				     slice_sub(value, COMMIT_ID_LENGTH + 1,
					       value.len)))
			continue;
		note(r, entry, (struct effect){
			at, part, parts,
			marked ? COMMENT_MARKED : COMMENT_APPLIED,
			DECIDED_BY_COMMIT, 0 });
	}
	return found;
}

static enum comment_state opposite(enum comment_state state)
{
	return state == COMMENT_OPEN ? COMMENT_APPLIED : COMMENT_OPEN;
}

/* As `git revert` and `git cherry-pick -x` write it. */
static bool read_lines(struct reader *r, const struct history_entry *entry)
{
	struct slice rest = entry->message, line, id;
	bool found = false;
	size_t at;

	while (slice_next_line(&line, &rest)) {
		if (line_names_commit(&id, line, "This reverts commit ")) {
			if (!id_map_find(&at, &r->commits, id.ptr))
				continue;
			for (at++; at; at = r->effects[at - 1].next) {
				struct effect e = r->effects[at - 1];

				e.state = opposite(e.state);
				note(r, entry, e);
			}
			found = true;
		} else if (line_names_commit(&id, line, "(cherry picked from "
							"commit ")) {
			if (!id_map_find(&at, r->ids, id.ptr))
				continue;
			note(r, entry, (struct effect){
				at, 0, 0, COMMENT_APPLIED, DECIDED_BY_COMMIT,
				0 });
			found = true;
		}
	}
	return found;
}

static void hash_messages(struct reader *r)
{
	char id[COMMIT_ID_LENGTH + 1];

	for (size_t i = 0; i < r->review->count; i++) {
		blob_id(id, slice_of(r->review->items[i].comment.message));
		id_map_add(&r->messages, id, i);
	}
}

/* Plain `git cherry-pick` keeps the whole message, and who wrote it. */
static void read_pick(struct reader *r, const struct history_entry *entry)
{
	char id[COMMIT_ID_LENGTH + 1];
	const struct comment *c;
	size_t at;

	if (!comment_message_is_own(entry->message))
		return;
	if (!r->messages.count)
		hash_messages(r);
	blob_id(id, entry->message);
	if (!id_map_find(&at, &r->messages, id))
		return;
	c = &r->review->items[at].comment;
	if (c->when.seconds == entry->authored.seconds &&
	    !strcmp(c->reader.email, entry->author.email) &&
	    !strcmp(c->reader.name, entry->author.name) &&
	    strcmp(c->id, entry->id))
		note(r, entry, (struct effect){ at, 0, 0, COMMENT_APPLIED,
						DECIDED_BY_COMMIT, 0 });
}

static void read_links(struct reader *r, const struct comment_notes *notes)
{
	for (size_t i = 0; i < notes->count; i++) {
		const struct comment_note *note = &notes->items[i];
		struct answer_link answer;
		size_t first;

		for (size_t n = 0; comment_note_link(&answer, note->text, n);
		     n++) {
			struct link *link;

			GROW(r->links, r->link_count, r->link_capacity);
			link = &r->links[r->link_count++];
			*link = (struct link){ note->comment, answer, 0 };
			if (id_map_find(&first, &r->linked, answer.commit)) {
				link->next = r->links[first].next;
				r->links[first].next = r->link_count;
			} else {
				id_map_add(&r->linked, answer.commit,
					   r->link_count - 1);
			}
		}
	}
}

static void follow_links(struct reader *r, const struct history_entry *entry)
{
	size_t at;

	if (!id_map_find(&at, &r->linked, entry->id))
		return;
	for (at++; at; at = r->links[at - 1].next) {
		const struct link *link = &r->links[at - 1];

		note(r, entry, (struct effect){
			link->comment, link->answer.part, link->answer.parts,
			COMMENT_APPLIED, DECIDED_BY_LINK, 0 });
	}
}

static int read_commit(const struct history_entry *entry, void *data)
{
	struct reader *r = data;

	follow_links(r, entry);
	if (read_trailers(r, entry) || read_lines(r, entry))
		return 0;
	read_pick(r, entry);
	return 0;
}

#define MOST_TEXTS 32	/* that readers saw: with more, all is walked */

/*
 * What was applied came after the text that its reader saw: find the one that
 * all others come after, or NULL.
 */
static int find_oldest(const char **oldest, const struct review *review,
		       struct repository *repo, struct error *err)
{
	struct id_map seen = ID_MAP_INIT;
	int rc = 0;

	*oldest = NULL;
	for (size_t i = 0; i < review->count && rc >= 0; i++) {
		const char *parent = review->items[i].comment.parent;

		if (!*parent || !id_map_add(&seen, parent, i))
			continue;
		if (seen.count == 1) {
			*oldest = parent;
			continue;
		}
		rc = seen.count > MOST_TEXTS ? 0 :
		     history_contains(repo, parent, *oldest, err);
		if (!rc) /* not after it: before it, or beside it */
			rc = seen.count > MOST_TEXTS ? 0 :
			     history_contains(repo, *oldest, parent, err);
		else
			continue;
		*oldest = rc > 0 ? parent : NULL;
		if (!*oldest)
			break;
	}
	id_map_release(&seen);
	return rc < 0 ? rc : 0;
}

int review_read_history(struct review *review, const struct id_map *ids,
			const struct comment_notes *notes,
			struct repository *repo, struct error *err)
{
	struct reader r = { .review = review, .ids = ids,
			    .commits = ID_MAP_INIT, .messages = ID_MAP_INIT,
			    .linked = ID_MAP_INIT };
	const char *stop;
	int rc = find_oldest(&stop, review, repo, err);

	read_links(&r, notes);
	if (!rc && review->count)
		rc = history_walk(repo, NULL, &stop, stop ? 1 : 0,
				  read_commit, &r, err);
	free(r.effects);
	free(r.links);
	id_map_release(&r.linked);
	id_map_release(&r.commits);
	id_map_release(&r.messages);
	return rc;
}
