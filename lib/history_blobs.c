/* SPDX-License-Identifier: MIT */
/* Where blobs stand in the history: what each commit changed, oldest first. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "alloc.h"
#include "error.h"
#include "history.h"
#include "repository_git.h"
#include "strbuf.h"
#include "tree_entries.h"

#define DEEPEST_FOLDER 512

struct search {
	struct repository *repo;
	git_odb *odb;
	struct blob_place *places;
	size_t count, open;
	unsigned char starts[1 << 13];	/* a bit for each 16 bits that the id
					 * of a question starts with */
	struct strbuf path;
	const char *commit;
	git_odb_object *last[DEEPEST_FOLDER + 1]; /* the folder read last at
						   * that depth: most often
						   * the next commit's old */
	struct error *err;
};

/* A folder of git being read, entry by entry. */
struct reader {
	git_odb_object *object;
	struct slice rest;
	struct tree_entry entry;
	bool more;		/* there is an entry */
};

static void next_entry(struct reader *r)
{
	r->more = tree_entry_read(&r->entry, r->rest);
	if (r->more)
		r->rest = slice_sub(r->rest, r->entry.len, r->rest.len);
}

/* A NULL id is an empty folder. */
static int open_reader(struct reader *r, struct search *s, const git_oid *id,
		       unsigned depth)
{
	git_odb_object *last = s->last[depth];

	*r = (struct reader){ .object = NULL };
	if (!id)
		return 0;
	if (last && git_oid_equal(git_odb_object_id(last), id))
		git_odb_object_dup(&r->object, last);
	else if (git_odb_read(&r->object, s->odb, id) < 0)
		return error_set_git(s->err, "cannot read the history");
	r->rest = (struct slice){ git_odb_object_data(r->object),
				  git_odb_object_size(r->object) };
	next_entry(r);
	return 0;
}

static unsigned start_of(const unsigned char *id)
{
	return (unsigned)id[0] << 8 | id[1];
}

/* Such as "" or "xyz" ask for nothing. */
static bool is_id(const char *blob)
{
	size_t len = strlen(blob);

	return len >= 4 && len <= GIT_OID_HEXSZ &&
	       strspn(blob, "0123456789abcdefABCDEF") == len;
}

static void answer(struct search *s, const unsigned char *id)
{
	char hex[GIT_OID_HEXSZ + 1];
	git_oid oid;

	if (!(s->starts[start_of(id) >> 3] & 1U << (start_of(id) & 7)))
		return;
	git_oid_fromraw(&oid, id);
	git_oid_tostr(hex, sizeof(hex), &oid);
	for (size_t i = 0; i < s->count; i++) {
		struct blob_place *p = &s->places[i];

		if (*p->commit || !is_id(p->blob) ||
		    strncasecmp(hex, p->blob, strlen(p->blob)) ||
		    (p->path && strcmp(p->path, s->path.buf)))
			continue;
		strcpy(p->commit, s->commit);
		if (!p->path)
			p->found_path = xstrdup(s->path.buf);
		s->open--;
	}
}

static int compare_trees(struct search *s, const git_oid *old,
			 const git_oid *new, unsigned depth);

/* An entry that is new, or differs from the one that was there. */
static int look_at(struct search *s, const struct tree_entry *now,
		   const unsigned char *before, unsigned depth)
{
	size_t len = s->path.len;
	git_oid old, new;
	int rc = 0;

	strbuf_add_slice(&s->path, now->name);
	if (tree_entry_is_folder(now)) {
		strbuf_addch(&s->path, '/');
		git_oid_fromraw(&new, now->id);
		if (before)
			git_oid_fromraw(&old, before);
		rc = compare_trees(s, before ? &old : NULL, &new, depth + 1);
	} else if (S_ISREG(now->mode)) {
		answer(s, now->id);
	}
	strbuf_truncate(&s->path, len);
	return rc;
}

static int compare_trees(struct search *s, const git_oid *old,
			 const git_oid *new, unsigned depth)
{
	struct reader a = { .object = NULL }, b = { .object = NULL };
	int rc = 0;

	if (depth > DEEPEST_FOLDER || (old && git_oid_equal(old, new)))
		return 0;
	if ((rc = open_reader(&a, s, old, depth)) < 0 ||
	    (rc = open_reader(&b, s, new, depth)) < 0)
		goto out;
	while (b.more && s->open && !rc) {
		int order = a.more ? tree_entry_compare(&a.entry, &b.entry)
				   : 1;

		if (order < 0) {
			next_entry(&a);
			continue;
		}
		if (order || memcmp(a.entry.id, b.entry.id, GIT_OID_RAWSZ))
			rc = look_at(s, &b.entry, order ? NULL : a.entry.id,
				     depth);
		next_entry(&b);
		if (!order)
			next_entry(&a);
	}
out:
	git_odb_object_free(a.object);
	if (b.object) {
		git_odb_object_free(s->last[depth]);
		s->last[depth] = b.object;
	}
	return rc;
}

static int keep_tree(const struct history_entry *entry, void *data)
{
	return git_oid_fromstr(data, entry->tree);
}

#define DONE 1

/*
 * To compare with one parent is enough: what came by the others has been
 * there in an older commit, which was seen before.
 */
static int visit_commit(const struct history_entry *entry, void *data)
{
	struct search *s = data;
	git_oid new, old;
	int rc = 0;

	s->commit = entry->id;
	if (git_oid_fromstr(&new, entry->tree) < 0)
		return error_set_git(s->err, "cannot read the history");
	if (entry->parents)
		rc = history_read(s->repo, entry->parent, keep_tree, &old,
				  s->err);
	/* a shallow clone ends here */
	if (rc == ERROR_NOT_FOUND)
		rc = compare_trees(s, NULL, &new, 0);
	else if (!rc)
		rc = compare_trees(s, entry->parents ? &old : NULL, &new, 0);
	return rc < 0 ? rc : s->open ? 0 : DONE;
}

static void ask(struct search *s)
{
	for (size_t i = 0; i < s->count; i++) {
		struct blob_place *p = &s->places[i];
		git_oid id;
		unsigned start;

		*p->commit = '\0';
		if (!p->path)
			p->found_path = NULL;
		if (!is_id(p->blob) || git_oid_fromstrp(&id, p->blob) < 0)
			continue;
		start = start_of(id.id);
		s->starts[start >> 3] |= (unsigned char)(1U << (start & 7));
		s->open++;
	}
}

int history_find_blobs(struct blob_place *places, size_t count,
		       struct repository *repo, struct error *err)
{
	struct search search = {
		.repo = repo, .places = places, .count = count,
		.path = STRBUF_INIT, .err = err
	};
	int rc = 0;

	ask(&search);
	if (git_repository_odb(&search.odb, repo->git) < 0)
		return error_set_git(err, "cannot open '%s'", repo->name);
	if (search.open)
		rc = history_walk(repo, NULL, NULL, 0, visit_commit, &search,
				  err);
	for (size_t i = 0; i <= DEEPEST_FOLDER; i++)
		git_odb_object_free(search.last[i]);
	strbuf_release(&search.path);
	git_odb_free(search.odb);
	return rc < 0 ? rc : 0;
}
