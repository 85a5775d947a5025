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

/* Read it from the repository and show it; the arena is emptied before. */
static int visit_object(git_odb *odb, const git_oid *id, struct arena *arena,
			history_visit *visit, void *data, struct error *err)
{
	struct history_entry entry;
	git_odb_object *object = NULL;
	char hex[GIT_OID_HEXSZ + 1];
	git_object_t type;
	int rc;

	git_oid_tostr(hex, sizeof(hex), id);
	rc = git_odb_read(&object, odb, id);
	if (rc == GIT_ENOTFOUND)
		return set_no_object(err, hex);
	if (rc < 0)
		return error_set_git(err, "cannot read '%s'", hex);
	type = git_odb_object_type(object);
	arena_reset(arena);
	if ((type != GIT_OBJECT_COMMIT && type != GIT_OBJECT_TAG) ||
	    !commit_text_read(&entry, arena, (struct slice){
		git_odb_object_data(object), git_odb_object_size(object) })) {
		rc = error_set(err, ERROR_INVALID, "'%s' is not a commit",
			       hex);
	} else {
		memcpy(entry.id, hex, sizeof(hex));
		rc = visit(&entry, data);
	}
	git_odb_object_free(object);
	return rc;
}

int history_read(struct repository *repo, const char *id,
		 history_visit *visit, void *data, struct error *err)
{
	struct arena arena = ARENA_INIT;
	git_odb *odb = NULL;
	git_oid oid;
	int rc;

	if (strlen(id) != GIT_OID_HEXSZ || git_oid_fromstr(&oid, id) < 0)
		return set_no_object(err, id);
	if (git_repository_odb(&odb, repo->git) < 0)
		return error_set_git(err, "cannot open '%s'", repo->name);
	rc = visit_object(odb, &oid, &arena, visit, data, err);
	git_odb_free(odb);
	arena_release(&arena);
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
	struct arena arena = ARENA_INIT;
	git_revwalk *walk = NULL;
	git_odb *odb = NULL;
	git_oid id;
	int rc = resolve(&id, repo, from, err);

	if (rc == ERROR_NOT_FOUND && !from)
		return 0;
	if (rc < 0 || (rc = start_walk(&walk, repo, &id, stops, stop_count,
				       err)) < 0)
		return rc;
	if (git_repository_odb(&odb, repo->git) < 0)
		rc = error_set_git(err, "cannot open '%s'", repo->name);
	while (!rc && !(rc = git_revwalk_next(&id, walk)))
		rc = visit_object(odb, &id, &arena, visit, data, err);
	if (rc == GIT_ITEROVER)
		rc = 0;
	git_revwalk_free(walk);
	git_odb_free(odb);
	arena_release(&arena);
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
static int expand_id(git_oid *out, git_odb *odb, const char *id,
		     struct error *err)
{
	struct choice choice = { .odb = odb, .len = strlen(id) };
	size_t len = choice.len;
	int rc;

	if (len < GIT_OID_MINPREFIXLEN || len > GIT_OID_HEXSZ ||
	    strspn(id, "0123456789abcdefABCDEF") < len ||
	    git_oid_fromstrn(&choice.prefix, id, len) < 0)
		return set_no_object(err, id);
	rc = git_odb_exists_prefix(out, odb, &choice.prefix, len);
	if (rc == GIT_EAMBIGUOUS) {
		git_odb_foreach(odb, choose_blob, &choice);
		*out = choice.found;
		rc = choice.count == 1 ? 0 : GIT_EAMBIGUOUS;
	}
	if (rc == GIT_EAMBIGUOUS)
		return error_set(err, ERROR_AMBIGUOUS,
				 "'%s' could be several objects", id);
	return rc < 0 ? set_no_object(err, id) : 0;
}

int blob_read(struct strbuf *out, char full_id[COMMIT_ID_LENGTH + 1],
	      struct repository *repo, const char *id, struct error *err)
{
	git_odb_object *object = NULL;
	git_odb *odb = NULL;
	git_oid oid;
	int rc;

	if (git_repository_odb(&odb, repo->git) < 0)
		return error_set_git(err, "cannot open '%s'", repo->name);
	if ((rc = expand_id(&oid, odb, id, err)) < 0)
		goto out;
	if (git_odb_read(&object, odb, &oid) < 0) {
		rc = error_set_git(err, "cannot read '%s'", id);
	} else if (git_odb_object_type(object) != GIT_OBJECT_BLOB) {
		rc = error_set(err, ERROR_NOT_FOUND, "'%s' is not a text",
			       id);
	} else {
		strbuf_add(out, git_odb_object_data(object),
			   git_odb_object_size(object));
		if (full_id)
			git_oid_tostr(full_id, COMMIT_ID_LENGTH + 1, &oid);
	}
out:
	git_odb_object_free(object);
	git_odb_free(odb);
	return rc;
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
