/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "commit_text.h"
#include "error.h"
#include "history.h"
#include "object_list.h"
#include "refs.h"
#include "repository_git.h"
#include "strbuf.h"

static int set_no_object(struct error *err, const char *id)
{
	return error_set(err, ERROR_NOT_FOUND, "no object '%s'", id);
}

/* What commits are read into, one after the other. */
struct reading {
	struct repository *repo;
	struct strbuf bytes;
	struct arena arena;
};

static void reading_release(struct reading *r)
{
	strbuf_release(&r->bytes);
	arena_release(&r->arena);
}

static int visit_object(struct reading *r, const git_oid *id,
			history_visit *visit, void *data, struct error *err)
{
	struct history_entry entry;
	char hex[GIT_OID_HEXSZ + 1];
	git_object_t type;
	int rc;

	git_oid_tostr(hex, sizeof(hex), id);
	strbuf_truncate(&r->bytes, 0);
	rc = repository_object(&r->bytes, &type, r->repo, id);
	if (rc == GIT_ENOTFOUND)
		return set_no_object(err, hex);
	if (rc < 0)
		return error_set_git(err, "cannot read '%s'", hex);
	arena_reset(&r->arena);
	if ((type != GIT_OBJECT_COMMIT && type != GIT_OBJECT_TAG) ||
	    !commit_text_read(&entry, &r->arena, strbuf_slice(&r->bytes)))
		return error_set(err, ERROR_INVALID, "'%s' is not a commit",
				 hex);
	memcpy(entry.id, hex, sizeof(hex));
	return visit(&entry, data);
}

int history_read(struct repository *repo, const char *id,
		 history_visit *visit, void *data, struct error *err)
{
	struct reading reading = { repo, STRBUF_INIT, ARENA_INIT };
	git_oid oid;
	int rc;

	if (strlen(id) != GIT_OID_HEXSZ || git_oid_fromstr(&oid, id) < 0)
		return set_no_object(err, id);
	rc = visit_object(&reading, &oid, visit, data, err);
	reading_release(&reading);
	return rc;
}

/* Parents before children, without what the stops reach. */
static int start_walk(git_revwalk **out, struct repository *repo,
		      const git_oid *from, const char *const *stops,
		      size_t stop_count, struct error *err)
{
	git_revwalk *walk = NULL;
	git_odb *odb = NULL;
	git_oid id;
	int rc;

	if (git_repository_odb(&odb, repo->git) < 0 ||
	    git_revwalk_new(&walk, repo->git) < 0 ||
	    git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL |
				      GIT_SORT_REVERSE) < 0 ||
	    git_revwalk_push(walk, from) < 0) {
		rc = error_set_git(err, "cannot read the history");
		goto out;
	}
	rc = 0;
	for (size_t i = 0; i < stop_count && !rc; i++)
		if (strlen(stops[i]) == GIT_OID_HEXSZ &&
		    !git_oid_fromstr(&id, stops[i]) &&
		    git_odb_exists(odb, &id) && git_revwalk_hide(walk, &id) < 0)
			rc = error_set_git(err, "cannot read the history");
out:
	git_odb_free(odb);
	if (rc < 0)
		git_revwalk_free(walk);
	else
		*out = walk;
	return rc;
}

static int resolve(git_oid *out, struct repository *repo, const char *from,
		   struct error *err)
{
	git_commit *commit = NULL;
	int rc = from ? repository_commit(&commit, repo, from, err)
		      : repository_head(&commit, repo, err);

	if (!rc)
		*out = *git_commit_id(commit);
	git_commit_free(commit);
	return rc;
}

int history_walk(struct repository *repo, const char *from,
		 const char *const *stops, size_t stop_count,
		 history_visit *visit, void *data, struct error *err)
{
	struct reading reading = { repo, STRBUF_INIT, ARENA_INIT };
	git_revwalk *walk = NULL;
	git_oid id;
	int rc = resolve(&id, repo, from, err);

	if (rc == ERROR_NOT_FOUND && !from)
		return 0;
	if (rc < 0 || (rc = start_walk(&walk, repo, &id, stops, stop_count,
				       err)) < 0)
		return rc;
	while (!rc && !(rc = git_revwalk_next(&id, walk)))
		rc = visit_object(&reading, &id, visit, data, err);
	if (rc == GIT_ITEROVER)
		rc = 0;
	git_revwalk_free(walk);
	reading_release(&reading);
	return rc;
}

int history_contains(struct repository *repo, const char *id,
		     const char *ancestor, struct error *err)
{
	git_odb *odb = NULL;
	git_oid a, b;
	int rc;

	if (git_oid_fromstr(&a, id) < 0 || git_oid_fromstr(&b, ancestor) < 0)
		return error_set(err, ERROR_INVALID,
				 "'%s' is not the id of a commit", ancestor);
	if (git_oid_equal(&a, &b))
		return 1;
	if (git_repository_odb(&odb, repo->git) < 0)
		return error_set_git(err, "cannot open '%s'", repo->name);
	rc = !git_odb_exists(odb, &b) ? 0 :
	     git_graph_descendant_of(repo->git, &a, &b);
	git_odb_free(odb);
	return rc < 0 ? error_set_git(err, "cannot read the history") : rc;
}

/* Of several objects whose ids start so, the text. */
struct choice {
	git_odb *odb;
	git_oid prefix, found;
	size_t len, count;
};

static int choose_blob(const git_oid *id, void *data)
{
	struct choice *c = data;
	git_object_t type;
	size_t size;

	if (git_oid_ncmp(id, &c->prefix, c->len) ||
	    (c->count && git_oid_equal(id, &c->found)) ||
	    git_odb_read_header(&size, &type, c->odb, id) < 0 ||
	    type != GIT_OBJECT_BLOB)
		return 0;
	c->found = *id;
	c->count++;
	return 0;
}

/* The id that an abbreviated one stands for. */
static int expand_id(git_oid *out, struct repository *repo, const char *id,
		     struct error *err)
{
	struct choice choice = { .len = strlen(id) };
	size_t len = choice.len;
	int rc;

	if (len == GIT_OID_HEXSZ && !git_oid_fromstr(out, id))
		return 0;
	if (len < GIT_OID_MINPREFIXLEN || len > GIT_OID_HEXSZ ||
	    strspn(id, "0123456789abcdefABCDEF") < len ||
	    git_oid_fromstrn(&choice.prefix, id, len) < 0)
		return set_no_object(err, id);
	if (git_repository_odb(&choice.odb, repo->git) < 0)
		return error_set_git(err, "cannot open '%s'", repo->name);
	rc = git_odb_exists_prefix(out, choice.odb, &choice.prefix, len);
	if (rc == GIT_EAMBIGUOUS) {
		git_odb_foreach(choice.odb, choose_blob, &choice);
		*out = choice.found;
		rc = choice.count == 1 ? 0 : GIT_EAMBIGUOUS;
	}
	git_odb_free(choice.odb);
	if (rc == GIT_EAMBIGUOUS)
		return error_set(err, ERROR_AMBIGUOUS,
				 "'%s' could be several objects", id);
	return rc < 0 ? set_no_object(err, id) : 0;
}

int blob_read(struct strbuf *out, char full_id[COMMIT_ID_LENGTH + 1],
	      struct repository *repo, const char *id, struct error *err)
{
	size_t start = out->len;
	git_object_t type;
	git_oid oid;
	int rc = expand_id(&oid, repo, id, err);

	if (rc < 0)
		return rc;
	rc = repository_object(out, &type, repo, &oid);
	if (rc == GIT_ENOTFOUND)
		return set_no_object(err, id);
	if (rc < 0)
		return error_set_git(err, "cannot read '%s'", id);
	if (type != GIT_OBJECT_BLOB) {
		strbuf_truncate(out, start);
		return error_set(err, ERROR_NOT_FOUND, "'%s' is not a text",
				 id);
	}
	if (full_id)
		git_oid_tostr(full_id, COMMIT_ID_LENGTH + 1, &oid);
	return 0;
}

int tag_create(char id[COMMIT_ID_LENGTH + 1], struct repository *repo,
	       const char *name, const char *commit,
	       const struct person *tagger, const struct moment *when,
	       const char *message, struct error *err)
{
	struct object_list *objects = NULL;
	struct strbuf text = STRBUF_INIT, ref = STRBUF_INIT;
	struct ref_update update = { .checked = true };
	git_oid oid;
	int rc;

	if (git_oid_fromstr(&oid, commit) < 0)
		return error_set(err, ERROR_INVALID,
				 "'%s' is not the id of a commit", commit);
	strbuf_addf(&ref, "refs/tags/%s", name);
	if (!ref_read(id, repo, ref.buf, NULL)) {
		rc = error_set(err, ERROR_EXISTS, "there is a tag '%s' "
			       "already", name);
		goto out;
	}
	tag_text_write(&text, &oid, name, tagger, when, message);
	object_id(&update.id, GIT_OBJECT_TAG, strbuf_slice(&text));
	update.name = ref.buf;
	if ((rc = object_list_new(&objects, repo, err)) < 0)
		goto out;
	object_list_add(objects, GIT_OBJECT_TAG, strbuf_slice(&text),
			&update.id);
	if ((rc = object_list_write(objects, err)) == 0 &&
	    (rc = refs_update(repo, &update, 1, objects, err)) == 0)
		git_oid_tostr(id, COMMIT_ID_LENGTH + 1, &update.id);
out:
	object_list_free(objects);
	strbuf_release(&text);
	strbuf_release(&ref);
	return rc;
}
