/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "alloc.h"
#include "credits_private.h"
#include "error.h"
#include "history.h"
#include "mailmap.h"
#include "manuscript.h"
#include "review.h"
#include "trailers.h"

void credits_release(struct credits *credits)
{
	free(credits->items);
	arena_release(&credits->arena);
	*credits = (struct credits)CREDITS_INIT;
}

/* What a commit counts for somebody. */
enum merit { MERIT_EDIT, MERIT_FIRST, MERIT_ALSO, MERIT_REMARK };

struct effect {
	size_t person;
	enum merit merit;
	int sign;			/* -1: it was taken out again */
	size_t next;			/* of the same commit, plus one */
};

struct walk {
	struct contributors people;
	struct repository *repo;
	struct effect *effects;
	size_t count, capacity;
	struct id_map commits;		/* -> their first effect */
	struct error *err;
};

static size_t *counter(struct credit *c, enum merit merit)
{
	switch (merit) {
	case MERIT_EDIT:
		return &c->edits;
	case MERIT_FIRST:
		return &c->first;
	case MERIT_ALSO:
		return &c->also;
	case MERIT_REMARK:
		break;
	}
	return &c->remarks;
}

static void note(struct walk *r, const char *commit, size_t person,
		 enum merit merit, int sign)
{
	struct credit *credit = &r->people.items[person].credit;
	size_t first;

	GROW(r->effects, r->count, r->capacity);
	r->effects[r->count++] = (struct effect){ person, merit, sign, 0 };
	if (id_map_find(&first, &r->commits, commit)) {
		r->effects[r->count - 1].next = r->effects[first].next;
		r->effects[first].next = r->count;
	} else {
		id_map_add(&r->commits, commit, r->count - 1);
	}
	*counter(credit, merit) += (size_t)sign;
}

/* As `git revert` writes it: what the commit did is undone. */
static bool read_revert(struct walk *r, const struct history_entry *entry)
{
	struct slice rest = entry->message, line, id;
	bool found = false;
	size_t at;

	while (slice_next_line(&line, &rest)) {
		if (!line_names_commit(&id, line, "This reverts commit "))
			continue;
		found = true;
		if (!id_map_find(&at, &r->commits, id.ptr))
			continue;
		for (at++; at; at = r->effects[at - 1].next) {
			struct effect e = r->effects[at - 1];

			note(r, entry->id, e.person, e.merit, -e.sign);
		}
	}
	return found;
}

static bool is_key(struct slice key, const char *name)
{
	return key.len == strlen(name) &&
	       !strncasecmp(key.ptr, name, key.len);
}

/* Those who are named below; true if the text has words of its author's. */
static bool read_trailers(struct walk *r, const struct history_entry *entry,
			  bool own)
{
	struct slice rest = trailers_of(entry->message), key, value;
	bool marked = false;

	while (trailers_next(&key, &value, &rest)) {
		bool also = is_key(key, "Suggested-by");
		bool wrote = is_key(key, "Co-authored-by");
		struct person who;

		marked |= is_key(key, "Comment-Marked");
		if (!also && !wrote && !is_key(key, "Reported-by"))
			continue;
		who = person_parse(r->people.arena, value);
		if (!*who.email)
			continue;
		note(r, entry->id, contributor_find(&r->people, &who),
		     wrote ? MERIT_EDIT : also && !own ? MERIT_ALSO :
		     MERIT_REMARK, 1);
	}
	return !marked;
}

static bool has_suggesters(struct slice message)
{
	return trailers_get(trailers_of(message), "Suggested-by").len > 0;
}

static int read_tree(const struct history_entry *entry, void *data)
{
	memcpy(data, entry->tree, COMMIT_ID_LENGTH + 1);
	return 0;
}

/* An empty commit has no words in the text. */
static int changes(const struct history_entry *entry, struct walk *r)
{
	char tree[COMMIT_ID_LENGTH + 1] = "";
	int rc = *entry->parent ? history_read(r->repo, entry->parent,
					       read_tree, tree, r->err) : 0;

	if (rc == ERROR_NOT_FOUND) /* a shallow clone does not have it */
		rc = 0;
	return rc < 0 ? rc : strcmp(tree, entry->tree) != 0;
}

static int read_commit(const struct history_entry *entry, void *data)
{
	struct walk *r = data;
	size_t author, committer;
	bool own;
	int rc;

	if (entry->parents > 1 || read_revert(r, entry))
		return 0;
	author = contributor_find(&r->people, &entry->author);
	committer = contributor_find(&r->people, &entry->committer);
	own = author == committer;
	if (!own || !entry->parents)
		r->people.items[committer].writes = true;
	if (!read_trailers(r, entry, own))
		return 0;
	rc = r->people.items[author].writes ? 0 : changes(entry, r);
	if (rc <= 0)
		return rc;
	note(r, entry->id, author, MERIT_EDIT, 1);
	if (!own && has_suggesters(entry->message))
		note(r, entry->id, author, MERIT_FIRST, 1);
	return 0;
}

/* --- by notes ------------------------------------------------------------- */

static bool is_credited(const struct walk *r, const char *commit,
			size_t person)
{
	size_t at;

	if (!id_map_find(&at, &r->commits, commit))
		return false;
	for (at++; at; at = r->effects[at - 1].next)
		if (r->effects[at - 1].person == person)
			return true;
	return false;
}

static int add_answered(struct walk *r, const struct manuscript *ms,
			const struct comment *comment,
			const struct decision *decision)
{
	size_t person;
	int rc;

	if (decision->state != COMMENT_APPLIED ||
	    decision->source != DECIDED_BY_LINK)
		return 0;
	rc = history_contains(ms->repo, ms->commit.id, decision->commit,
			      r->err);
	if (rc <= 0)
		return rc;
	person = contributor_find(&r->people, &comment->reader);
	if (!is_credited(r, decision->commit, person))
		note(r, decision->commit, person, MERIT_REMARK, 1);
	return 0;
}

/* What commits of the author's own answered, though they do not say so. */
static int read_review(struct walk *r, const struct manuscript *ms,
		       const struct review *review)
{
	int rc = 0;

	for (size_t i = 0; i < review->count && rc >= 0; i++) {
		const struct review_comment *c = &review->items[i];

		rc = add_answered(r, ms, &c->comment, &c->state);
		for (size_t k = 0; k < c->part_count && rc >= 0; k++)
			rc = add_answered(r, ms, &c->comment, &c->parts[k]);
	}
	return rc;
}

/* --- all ------------------------------------------------------------------ */

/* By name: who writes from two addresses writes the book with both. */
static bool is_writer(const struct contributors *people,
		      const struct contributor *who)
{
	const char *author;

	if (who->writes)
		return true;
	for (size_t i = 0; (author = settings_get_nth(people->settings,
						      "book.author", i)); i++)
		if (*who->credit.name && !strcmp(author, who->credit.name))
			return true;
	for (size_t i = 0; i < people->count && *who->credit.name; i++)
		if (people->items[i].writes &&
		    !strcmp(people->items[i].credit.name, who->credit.name))
			return true;
	return false;
}

static void take_credits(struct credits *out,
			 const struct contributors *people)
{
	for (size_t i = 0; i < people->count; i++) {
		const struct contributor *who = &people->items[i];
		const struct credit *c = &who->credit;

		if (who->omitted || is_writer(people, who) ||
		    (!c->edits && !c->also && !c->remarks))
			continue;
		GROW(out->items, out->count, out->capacity);
		out->items[out->count++] = *c;
	}
	credits_sort(out);
}

int credits_read(struct credits *credits, const struct manuscript *ms,
		 const struct review *review, struct error *err)
{
	struct walk r = {
		.people = { .arena = &credits->arena,
			    .settings = &ms->settings,
			    .by_address = ID_MAP_INIT,
			    .by_email = ID_MAP_INIT },
		.repo = ms->repo, .commits = ID_MAP_INIT, .err = err
	};
	int rc = credits_check_settings(&ms->settings, err);

	if (!rc)
		rc = mailmap_open(&r.people.map, ms->tree, err);
	if (!rc && ms->has_commit)
		rc = history_walk(ms->repo, ms->commit.id, NULL, 0,
				  read_commit, &r, err);
	if (!rc && ms->has_commit && review)
		rc = read_review(&r, ms, review);
	if (!rc)
		take_credits(credits, &r.people);
	contributors_release(&r.people);
	id_map_release(&r.commits);
	free(r.effects);
	return rc;
}
