/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "commit_text.h"
#include "error.h"
#include "notes_private.h"
#include "object_list.h"
#include "refs.h"
#include "strbuf.h"

static int by_line(const void *a, const void *b)
{
	return slice_cmp(*(const struct slice *)a, *(const struct slice *)b);
}

struct lines {
	struct slice *items;
	size_t count, capacity;
};

static void add_lines(struct lines *lines, struct slice text)
{
	while (text.len) {
		size_t n = slice_find(text, '\n');

		if (n) {
			GROW(lines->items, lines->count, lines->capacity);
			lines->items[lines->count++] = slice_sub(text, 0, n);
		}
		text = slice_sub(text, n + 1, text.len);
	}
}

/* As `git notes merge -s cat_sort_uniq` does it. */
static void union_lines(struct strbuf *out, struct lines *lines)
{
	if (lines->count)
		qsort(lines->items, lines->count, sizeof(*lines->items),
		      by_line);
	for (size_t i = 0; i < lines->count; i++) {
		if (i && slice_eq(lines->items[i], lines->items[i - 1]))
			continue;
		strbuf_add_slice(out, lines->items[i]);
		strbuf_addch(out, '\n');
	}
}

struct writer {
	struct note_tree tree;
	struct object_list *objects;
	const struct note *notes;
	const struct note **sorted;
	size_t count;
	bool replace;
	struct note_entry *made;	/* the notes as they are to be */
	size_t made_count, made_capacity;
	struct error *err;
};

static int by_id(const void *a, const void *b)
{
	const struct note *const *x = a, *const *y = b;
	int order = strcmp((*x)->id, (*y)->id);

	return order ? order : (*x > *y) - (*x < *y);
}

/* What is known about one object: notes that are there, and given ones. */
struct group {
	const struct note_entry *old;
	size_t old_count;	/* two, when merged by hand in two fan-outs */
	const struct note *const *given;
	size_t given_count;
};

static int unite(struct strbuf *out, struct writer *w, const struct group *g)
{
	struct strbuf before = STRBUF_INIT;
	struct lines lines = { NULL, 0, 0 };
	int rc = 0;

	for (size_t i = 0; i < g->old_count && !rc; i++) {
		rc = note_read_blob(&before, w->tree.repo, &g->old[i].blob,
			       w->err);
		strbuf_addch(&before, '\n');
	}
	add_lines(&lines, strbuf_slice(&before));
	for (size_t i = 0; i < g->given_count; i++)
		add_lines(&lines, g->given[i]->text);
	union_lines(out, &lines);
	free(lines.items);
	strbuf_release(&before);
	return rc;
}

static int make_note(struct writer *w, const struct group *g)
{
	struct note_entry entry = { .mode = GIT_FILEMODE_BLOB };
	struct strbuf text = STRBUF_INIT;
	int rc = 0;

	if (!g->given_count && g->old_count == 1) {
		entry = *g->old;
		goto out;
	}
	if (g->old_count)
		entry.object = g->old->object;
	else if (git_oid_fromstr(&entry.object, (*g->given)->id) < 0)
		return error_set(w->err, ERROR_INVALID, "'%s' is not an id",
				 (*g->given)->id);
	if (w->replace && g->given_count)
		strbuf_add_slice(&text, g->given[g->given_count - 1]->text);
	else
		rc = unite(&text, w, g);
	if (rc < 0 || !text.len) {
		strbuf_release(&text);
		return rc;
	}
	object_id(&entry.blob, GIT_OBJECT_BLOB, strbuf_slice(&text));
	object_list_add(w->objects, GIT_OBJECT_BLOB, strbuf_slice(&text),
			&entry.blob);
	strbuf_release(&text);
out:
	GROW(w->made, w->made_count, w->made_capacity);
	w->made[w->made_count++] = entry;
	return 0;
}

/* Old and new, both sorted. */
static int make_notes(struct writer *w)
{
	const struct note_tree *t = &w->tree;
	size_t i = 0, j = 0;
	int rc = 0;

	while ((i < t->count || j < w->count) && !rc) {
		struct group g = { t->items + i, 0, w->sorted + j, 0 };
		char hex[GIT_OID_HEXSZ + 1];
		int order = i == t->count ? 1 : -1;

		if (i < t->count)
			git_oid_tostr(hex, sizeof(hex), &g.old->object);
		if (i < t->count && j < w->count)
			order = strcmp(hex, (*g.given)->id);
		for (; order <= 0 && i < t->count &&
		       git_oid_equal(&t->items[i].object, &g.old->object); i++)
			g.old_count++;
		for (; order >= 0 && j < w->count &&
		       !strcmp(w->sorted[j]->id, (*g.given)->id); j++)
			g.given_count++;
		rc = make_note(w, &g);
	}
	return rc;
}

static unsigned nibble(const git_oid *id, size_t n)
{
	return n % 2 ? id->id[n / 2] & 15U : id->id[n / 2] >> 4;
}

/* "ab/cd/ef...", with a '/' after each of the first `fanout` bytes. */
static const char *note_path(struct note_tree *t, const git_oid *id,
			     size_t fanout)
{
	char hex[GIT_OID_HEXSZ + 1];
	size_t n = 0;

	git_oid_tostr(hex, sizeof(hex), id);
	strbuf_truncate(&t->path, 0);
	for (; n < fanout; n++) {
		strbuf_add(&t->path, hex + 2 * n, 2);
		strbuf_addch(&t->path, '/');
	}
	strbuf_adds(&t->path, hex + 2 * n);
	return arena_strdup(&t->arena, t->path.buf);
}

/*
 * git adds a folder where each of the 16 next digits is that of two notes or
 * more (its notes.c, determine_fanout()).
 */
static bool is_crowded(const struct note_entry *entries, size_t count, size_t n)
{
	unsigned seen[16] = { 0 };

	for (size_t i = 0; i < count; i++)
		seen[nibble(&entries[i].object, n)]++;
	for (size_t i = 0; i < 16; i++)
		if (seen[i] < 2)
			return false;
	return true;
}

static void lay_out(struct file_list *files, struct note_tree *t,
		    const struct note_entry *entries, size_t count, size_t fanout)
{
	size_t n = 0;

	if (count < 32 || !is_crowded(entries, count, 2 * fanout)) {
		for (size_t i = 0; i < count; i++) {
			GROW(files->items, files->count, files->capacity);
			files->items[files->count++] = (git_index_entry){
				.mode = entries[i].mode,
				.id = entries[i].blob,
				.path = note_path(t, &entries[i].object,
						  fanout)
			};
		}
		return;
	}
	for (size_t i = 0; i < count; i += n) {
		unsigned byte = entries[i].object.id[fanout];

		for (n = 1; i + n < count &&
		     entries[i + n].object.id[fanout] == byte; n++)
			;
		lay_out(files, t, entries + i, n, fanout + 1);
	}
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const git_index_entry *)a)->path,
		      ((const git_index_entry *)b)->path);
}

static int add_tree(void *data, const git_oid *id, struct slice bytes)
{
	object_list_add(data, GIT_OBJECT_TREE, bytes, id);
	return 0;
}

static void make_tree(git_oid *root, struct writer *w)
{
	struct file_list files = FILE_LIST_INIT;
	const struct file_list *others = &w->tree.others;

	lay_out(&files, &w->tree, w->made, w->made_count, 0);
	for (size_t i = 0; i < others->count; i++) {
		GROW(files.items, files.count, files.capacity);
		files.items[files.count++] = others->items[i];
	}
	if (files.count)
		qsort(files.items, files.count, sizeof(*files.items),
		      by_path);
	file_list_tree_id(root, &files, add_tree, w->objects);
	file_list_release(&files);
}

static int commit_notes(struct writer *w, const char *ref,
			const struct person *who, const struct moment *when,
			const char *message)
{
	struct ref_update update = {
		.name = ref, .checked = true
	};
	struct strbuf text = STRBUF_INIT;
	git_oid root;
	int rc = 0;

	make_tree(&root, w);
	if (w->tree.exists ? git_oid_equal(&root, &w->tree.root)
			   : !w->made_count)
		return 0;
	commit_text_write(&text, &(struct commit_text){
		.tree = &root, .parent = w->tree.exists ? &w->tree.commit
							: NULL,
		.author = *who, .committer = *who, .authored = *when,
		.committed = *when, .message = message
	});
	object_id(&update.id, GIT_OBJECT_COMMIT, strbuf_slice(&text));
	object_list_add(w->objects, GIT_OBJECT_COMMIT, strbuf_slice(&text),
			&update.id);
	strbuf_release(&text);
	if (w->tree.exists)
		update.old = w->tree.commit;
	if ((rc = object_list_write(w->objects, w->err)) == 0)
		rc = refs_update(w->tree.repo, &update, 1, w->objects, w->err);
	return rc;
}

static int write_notes(struct writer *w, struct repository *repo,
		       const char *ref, const struct person *who,
		       const struct moment *when, const char *message)
{
	int rc = note_tree_read(&w->tree, repo, ref, w->err);

	w->sorted = xreallocarray(NULL, w->count + 1, sizeof(*w->sorted));
	for (size_t i = 0; i < w->count; i++)
		w->sorted[i] = &w->notes[i];
	qsort(w->sorted, w->count, sizeof(*w->sorted), by_id);
	if (!rc && (rc = object_list_new(&w->objects, repo, w->err)) == 0 &&
	    (rc = make_notes(w)) == 0)
		rc = commit_notes(w, ref, who, when, message);
	object_list_free(w->objects);
	note_tree_release(&w->tree);
	free(w->sorted);
	free(w->made);
	return rc;
}

int notes_add_lines(struct repository *repo, const char *ref,
		    const struct note *notes, size_t count,
		    const struct person *who, const struct moment *when,
		    const char *message, struct error *err)
{
	struct writer writer = { .notes = notes, .count = count, .err = err };

	return write_notes(&writer, repo, ref, who, when, message);
}

int notes_set(struct repository *repo, const char *ref,
	      const struct note *notes, size_t count,
	      const struct person *who, const struct moment *when,
	      const char *message, struct error *err)
{
	struct writer writer = {
		.notes = notes, .count = count, .replace = true, .err = err
	};

	return write_notes(&writer, repo, ref, who, when, message);
}
