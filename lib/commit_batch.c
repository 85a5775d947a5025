/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "arena.h"
#include "commit_batch.h"
#include "commit_text.h"
#include "error.h"
#include "object_list.h"
#include "refs.h"
#include "repository_git.h"
#include "strbuf.h"
#include "tree_edit.h"

#define MOST_EDITS 4	/* trees kept open: most drafts are of one round */

/* A tree that drafts start from, or go on with. */
struct start {
	git_oid root;		/* as it is when rewound */
	git_oid last;		/* as the last draft made it; not rewound */
	struct tree_edit *edit;
	size_t used;		/* when: larger is later */
};

struct commit_batch {
	struct repository *repo;
	struct object_list *objects;
	struct arena arena;
	struct start starts[MOST_EDITS];
	size_t clock;
	struct ref_update *refs;
	size_t ref_count, ref_capacity;
	struct strbuf text;
};

int commit_batch_new(struct commit_batch **out, struct repository *repo,
		     struct error *err)
{
	struct object_list *objects = NULL;
	struct commit_batch *batch;
	int rc = object_list_new(&objects, repo, err);

	if (rc < 0)
		return rc;
	batch = xcalloc(1, sizeof(*batch));
	batch->repo = repo;
	batch->objects = objects;
	batch->text = (struct strbuf)STRBUF_INIT;
	*out = batch;
	return 0;
}

void commit_batch_free(struct commit_batch *batch)
{
	if (!batch)
		return;
	for (size_t i = 0; i < MOST_EDITS; i++)
		tree_edit_free(batch->starts[i].edit);
	object_list_free(batch->objects);
	arena_release(&batch->arena);
	strbuf_release(&batch->text);
	free(batch->refs);
	free(batch);
}

/* The tree of the draft's parent, with nothing changed since the mark. */
static struct start *open_start(struct commit_batch *batch,
				const git_oid *root)
{
	struct start *start = &batch->starts[0];

	for (size_t i = 0; i < MOST_EDITS; i++) {
		struct start *s = &batch->starts[i];

		if (s->edit && git_oid_equal(&s->root, root)) {
			tree_edit_rewind(s->edit);
			start = s;
			goto out;
		}
	}
	for (size_t i = 0; i < MOST_EDITS; i++) {
		struct start *s = &batch->starts[i];

		/* a series: the next goes on where the last one is */
		if (s->edit && git_oid_equal(&s->last, root)) {
			tree_edit_mark(s->edit);
			start = s;
			goto out;
		}
		if (s->used < start->used)
			start = s;
	}
	tree_edit_free(start->edit);
	start->edit = tree_edit_new(batch->objects, root);
	tree_edit_mark(start->edit);
out:
	start->root = start->last = *root;
	start->used = ++batch->clock;
	return start;
}

static int read_parent(git_oid *commit, git_oid *tree,
		       struct commit_batch *batch, const char *id,
		       struct error *err)
{
	size_t number;
	int rc;

	if (!id || strlen(id) != GIT_OID_HEXSZ ||
	    git_oid_fromstr(commit, id) < 0)
		return error_set(err, ERROR_INVALID, "'%s' is not the id of a "
				 "commit", id ? id : "");
	if ((rc = object_list_find(&number, batch->objects, commit, err)) < 0)
		return rc;
	strbuf_truncate(&batch->text, 0);
	rc = object_list_read(&batch->text, batch->objects, number, err);
	if (!rc && (object_list_type(batch->objects, number) !=
		    GIT_OBJECT_COMMIT ||
		    !commit_text_tree(tree, strbuf_slice(&batch->text))))
		rc = error_set(err, ERROR_INVALID, "'%s' is not a commit", id);
	return rc;
}

/* The text's blob; kept as what differs from the one that was there. */
static int set_file(struct commit_batch *batch, struct tree_edit *edit,
		    const struct commit_file *file, bool keep,
		    struct error *err)
{
	size_t base = NO_OBJECT;
	git_oid id, old;

	if (!file->blob || git_oid_fromstr(&id, file->blob) < 0)
		object_id(&id, GIT_OBJECT_BLOB, file->bytes);
	if (keep && !tree_edit_find(&old, NULL, edit, file->path, NULL) &&
	    object_list_find(&base, batch->objects, &old, NULL) < 0)
		base = NO_OBJECT;
	if (keep)
		object_list_add_like(batch->objects, GIT_OBJECT_BLOB,
				     file->bytes, &id, base);
	return tree_edit_set(edit, file->path, &id, err);
}

static int make_tree(git_oid *tree, struct commit_batch *batch,
		     const git_oid *parent, const struct commit_draft *draft,
		     bool keep, struct error *err)
{
	struct start *start;
	int rc = 0;

	if (!draft->file_count) {
		*tree = *parent;
		return 0;
	}
	start = open_start(batch, parent);
	for (size_t i = 0; i < draft->file_count && !rc; i++)
		rc = set_file(batch, start->edit, &draft->files[i], keep,
			      err);
	if (rc < 0) {
		tree_edit_rewind(start->edit);
	} else if (keep) {
		tree_edit_write(tree, start->edit);
		start->last = *tree;
	} else {
		tree_edit_probe(tree, start->edit);
	}
	return rc;
}

static int make_commit(char id[COMMIT_ID_LENGTH + 1], git_oid *oid,
		       struct commit_batch *batch,
		       const struct commit_draft *draft, bool keep,
		       struct error *err)
{
	struct commit_text text = {
		.author = draft->author, .committer = draft->committer,
		.authored = draft->authored, .committed = draft->committed,
		.message = draft->message
	};
	git_oid parent, parent_tree, tree;
	int rc;

	if ((rc = read_parent(&parent, &parent_tree, batch, draft->parent,
			      err)) < 0 ||
	    (rc = make_tree(&tree, batch, &parent_tree, draft, keep,
			    err)) < 0)
		return rc;
	text.tree = &tree;
	text.parent = &parent;
	strbuf_truncate(&batch->text, 0);
	commit_text_write(&batch->text, &text);
	object_id(oid, GIT_OBJECT_COMMIT, strbuf_slice(&batch->text));
	git_oid_tostr(id, COMMIT_ID_LENGTH + 1, oid);
	return 0;
}

int commit_batch_add(char id[COMMIT_ID_LENGTH + 1],
		     struct commit_batch *batch,
		     const struct commit_draft *draft, struct error *err)
{
	git_oid oid;
	int rc = make_commit(id, &oid, batch, draft, true, err);

	if (!rc)
		object_list_add(batch->objects, GIT_OBJECT_COMMIT,
				strbuf_slice(&batch->text), &oid);
	return rc;
}

int commit_batch_probe(char id[COMMIT_ID_LENGTH + 1], bool *known,
		       struct commit_batch *batch,
		       const struct commit_draft *draft, struct error *err)
{
	git_oid oid;
	int rc = make_commit(id, &oid, batch, draft, false, err);

	if (!rc)
		*known = object_list_has(batch->objects, &oid);
	return rc;
}

void commit_batch_ref(struct commit_batch *batch, const char *name,
		      const char *id, const char *old)
{
	struct ref_update *ref;

	GROW(batch->refs, batch->ref_count, batch->ref_capacity);
	ref = &batch->refs[batch->ref_count++];
	*ref = (struct ref_update){
		.name = arena_strdup(&batch->arena, name), .checked = old
	};
	git_oid_fromstr(&ref->id, id);
	if (old && *old)
		git_oid_fromstr(&ref->old, old);
}

int commit_batch_write(struct commit_batch *batch, struct error *err)
{
	int rc = object_list_write(batch->objects, err);

	if (!rc)
		rc = refs_update(batch->repo, batch->refs, batch->ref_count,
				 batch->objects, err);
	if (!rc) {
		repository_remember(batch->repo, batch->objects);
		batch->objects = NULL;
	}
	return rc;
}

int commit_batch_hold(struct commit_batch *batch, struct error *err)
{
	return object_list_hold(batch->objects, err);
}
