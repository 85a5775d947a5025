/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "error.h"
#include "object_list.h"
#include "refs.h"
#include "repository_git.h"

struct update {
	struct repository *repo;
	struct ref_update *items;
	size_t count;
	struct ref_locks *locks;
	struct packed_refs packed;
	git_odb *odb;
	struct object_list *objects;
	size_t *loose;		/* those of `items` that have a file */
	size_t loose_count, loose_capacity;
};

static int by_name(const void *a, const void *b)
{
	const struct ref_update *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static int check_names(struct update *u, struct error *err)
{
	for (size_t i = 0; i < u->count; i++) {
		const char *name = u->items[i].name;
		int valid = 0;

		if (git_reference_name_is_valid(&valid, name) < 0 || !valid ||
		    (strncmp(name, "refs/", 5) && strcmp(name, "HEAD")))
			return error_set(err, ERROR_INVALID,
					 "git cannot name anything '%s'",
					 name);
		if (i && !strcmp(u->items[i - 1].name, name))
			return error_set(err, ERROR_INVALID,
					 "'%s' is named twice", name);
	}
	return 0;
}

/* The packed ref of that name, or NULL. */
static const struct packed_ref *find_packed(const struct update *u,
					    struct slice name)
{
	size_t at = packed_refs_find(&u->packed, name);

	return at < u->packed.count &&
	       slice_eq(u->packed.items[at].name, name)
	     ? &u->packed.items[at] : NULL;
}

static int set_moved(struct error *err, const char *name)
{
	return error_set(err, ERROR_BUSY, "another command has changed '%s' "
			 "meanwhile; try again", name);
}

/*
 * Compare a ref with what it should be. It is locked if it is there: nobody
 * else makes new ones of these names, or else makes the same.
 */
static int check_old(struct update *u, size_t n, bool locked,
		     struct error *err)
{
	const struct ref_update *item = &u->items[n];
	const struct packed_ref *packed;
	git_oid now = { { 0 } };
	enum loose_ref kind = loose_ref_read(&now, u->repo, item->name);
	int rc;

	if (kind == LOOSE_SYMBOLIC || kind == LOOSE_BROKEN)
		return error_set(err, ERROR_INVALID, "'%s' is %s", item->name,
				 kind == LOOSE_BROKEN ? "damaged" :
				 "another name for a branch");
	packed = kind == LOOSE_ID ? NULL
				  : find_packed(u, slice_of(item->name));
	if ((kind == LOOSE_ID || packed) && !locked) {
		rc = ref_locks_take(u->locks, item->name, err);
		return rc < 0 ? rc : check_old(u, n, true, err);
	}
	if (packed)
		now = packed->id;
	if (item->checked && !git_oid_equal(&now, &item->old))
		return set_moved(err, item->name);
	if (kind == LOOSE_ID) {
		GROW(u->loose, u->loose_count, u->loose_capacity);
		u->loose[u->loose_count++] = n;
	}
	return 0;
}

static int set_folder(struct error *err, struct slice name,
		      struct slice folder)
{
	return error_set(err, ERROR_EXISTS, "git cannot have both '%.*s' and "
			 "'%.*s'", SLICE_ARG(folder), SLICE_ARG(name));
}

static bool is_item(const struct update *u, const char *name)
{
	struct ref_update key = { .name = name };

	return u->count &&
	       bsearch(&key, u->items, u->count, sizeof(key), by_name);
}

/* Is a part of the name itself a name? `last` is one that was looked at. */
static int check_parents(const struct update *u, const char *name,
			 const char *last, struct error *err)
{
	struct strbuf parent = STRBUF_INIT;
	const char *slash = strchr(name, '/');
	git_oid id;
	int rc = 0;

	for (slash = slash ? strchr(slash + 1, '/') : NULL; slash && !rc;
	     slash = strchr(slash + 1, '/')) {
		size_t len = (size_t)(slash - name);

		if (last && !strncmp(name, last, len + 1))
			continue;
		strbuf_truncate(&parent, 0);
		strbuf_add(&parent, name, len);
		if (is_item(u, parent.buf) ||
		    find_packed(u, strbuf_slice(&parent)) ||
		    loose_ref_read(&id, u->repo, parent.buf) != LOOSE_NONE)
			rc = set_folder(err, slice_of(name),
					strbuf_slice(&parent));
	}
	strbuf_release(&parent);
	return rc;
}

static bool has_loose_below(const char *path, unsigned depth)
{
	struct strbuf below = STRBUF_INIT;
	struct dirent *entry;
	DIR *dir = depth < 16 ? opendir(path) : NULL;
	bool found = false;

	while (dir && !found && (entry = readdir(dir))) {
		if (*entry->d_name == '.')
			continue;
		strbuf_truncate(&below, 0);
		strbuf_addf(&below, "%s/%s", path, entry->d_name);
		found = has_loose_below(below.buf, depth + 1);
	}
	if (dir)
		closedir(dir);
	strbuf_release(&below);
	return found || (!dir && errno == ENOTDIR);
}

/* Is the name a folder of others? */
static int check_below(const struct update *u, const char *name,
		       struct error *err)
{
	struct strbuf path = STRBUF_INIT;
	size_t at;
	int rc = 0;

	strbuf_addf(&path, "%s/", name);
	at = packed_refs_find(&u->packed, strbuf_slice(&path));
	if (at < u->packed.count &&
	    slice_starts_with(u->packed.items[at].name, strbuf_slice(&path)))
		rc = set_folder(err, u->packed.items[at].name,
				slice_of(name));
	strbuf_truncate(&path, 0);
	strbuf_addf(&path, "%s%s", git_repository_commondir(u->repo->git),
		    name);
	if (!rc && access(path.buf, F_OK) == 0 &&
	    has_loose_below(path.buf, 0))
		rc = loose_ref_read(&(git_oid){ { 0 } }, u->repo, name) ==
				     LOOSE_NONE
		   ? set_folder(err, SLICE("others below it"),
				slice_of(name)) : 0;
	strbuf_release(&path);
	return rc;
}

static int check_folders(const struct update *u, struct error *err)
{
	const char *last = NULL;
	int rc = 0;

	for (size_t i = 0; i < u->count && !rc; i++) {
		const char *name = u->items[i].name;

		if (find_packed(u, slice_of(name)))
			continue;
		if ((rc = check_parents(u, name, last, err)) == 0)
			rc = check_below(u, name, err);
		last = name;
	}
	return rc;
}

static git_object_t type_of(const struct update *u, const git_oid *id)
{
	size_t number = u->objects ? object_list_number(u->objects, id)
				   : NO_OBJECT;
	git_object_t type = GIT_OBJECT_INVALID;
	size_t size;

	if (number != NO_OBJECT)
		return object_list_type(u->objects, number);
	if (git_odb_read_header(&size, &type, u->odb, id) < 0)
		return GIT_OBJECT_INVALID;
	return type;
}

/* What a tag of the repository points at in the end. */
static bool peel(git_oid *out, const struct update *u, const git_oid *id)
{
	git_object *tag = NULL, *peeled = NULL;
	bool ok = type_of(u, id) == GIT_OBJECT_TAG &&
		  !git_object_lookup(&tag, u->repo->git, id,
				     GIT_OBJECT_TAG) &&
		  !git_object_peel(&peeled, tag, GIT_OBJECT_ANY);

	if (ok)
		*out = *git_object_id(peeled);
	git_object_free(tag);
	git_object_free(peeled);
	return ok;
}

static void add_line(struct strbuf *out, const struct update *u,
		     const char *name, const git_oid *id)
{
	char hex[GIT_OID_HEXSZ + 1];
	git_oid peeled;

	git_oid_tostr(hex, sizeof(hex), id);
	strbuf_addf(out, "%s %s\n", hex, name);
	if (peel(&peeled, u, id)) {
		git_oid_tostr(hex, sizeof(hex), &peeled);
		strbuf_addf(out, "^%s\n", hex);
	}
}

/* packed-refs with the updates; or with the files' refs as they are. */
static int write_packed(struct update *u, bool old, struct error *err)
{
	const struct packed_refs *packed = &u->packed;
	size_t count = old ? u->loose_count : u->count, i = 0, j = 0;
	struct strbuf text = STRBUF_INIT;
	int rc;

	strbuf_addf(&text, "# pack-refs with:%s%s sorted \n",
		    packed->peeled ? " peeled" : "",
		    packed->fully_peeled ? " fully-peeled" : "");
	while (i < packed->count || j < count) {
		const struct ref_update *item = j == count ? NULL :
			&u->items[old ? u->loose[j] : j];
		int order = i == packed->count ? 1 : !item ? -1 :
			    slice_cmp(packed->items[i].name,
				      slice_of(item->name));
		git_oid id;

		if (order < 0) {
			strbuf_add_slice(&text, packed->items[i++].lines);
			continue;
		}
		i += !order;
		j++;
		if (old)
			loose_ref_read(&id, u->repo, item->name);
		else
			id = item->id;
		add_line(&text, u, item->name, &id);
	}
	rc = ref_locks_write(u->locks, "packed-refs", strbuf_slice(&text),
			     err);
	strbuf_release(&text);
	return rc;
}

/*
 * A ref's file hides its line. So the files go first: their refs stay what
 * they are, packed; then one rename changes all.
 */
static int pack_loose(struct update *u, struct error *err)
{
	struct strbuf path = STRBUF_INIT;
	int rc;

	if (!u->loose_count)
		return 0;
	rc = write_packed(u, true, err);
	for (size_t i = 0; i < u->loose_count && !rc; i++) {
		strbuf_truncate(&path, 0);
		strbuf_addf(&path, "%s%s",
			    git_repository_commondir(u->repo->git),
			    u->items[u->loose[i]].name);
		if (unlink(path.buf) < 0 && errno != ENOENT)
			rc = error_set_errno(err, "cannot write '%s'",
					     path.buf);
	}
	strbuf_release(&path);
	return rc;
}

static int update_packed(struct update *u, struct error *err)
{
	int rc;

	if ((rc = ref_locks_take(u->locks, "packed-refs", err)) < 0 ||
	    (rc = packed_refs_read(&u->packed, u->repo, err)) < 0)
		return rc;
	for (size_t i = 0; i < u->count && !rc; i++)
		rc = check_old(u, i, false, err);
	if (rc < 0 || (rc = check_folders(u, err)) < 0 ||
	    (rc = pack_loose(u, err)) < 0)
		return rc;
	if (u->loose_count) {
		packed_refs_release(&u->packed);
		if ((rc = packed_refs_read(&u->packed, u->repo, err)) < 0)
			return rc;
	}
	return write_packed(u, false, err);
}

/* A file, as git itself would write it. */
static int update_loose(struct update *u, struct error *err)
{
	const char *name = u->items[0].name;
	char line[GIT_OID_HEXSZ + 2];
	int rc;

	if ((rc = ref_locks_take(u->locks, name, err)) < 0 ||
	    (rc = packed_refs_read(&u->packed, u->repo, err)) < 0 ||
	    (rc = check_folders(u, err)) < 0 ||
	    (rc = check_old(u, 0, true, err)) < 0)
		return rc;
	git_oid_tostr(line, GIT_OID_HEXSZ + 1, &u->items[0].id);
	line[GIT_OID_HEXSZ] = '\n';
	return ref_locks_write(u->locks, name,
			       (struct slice){ line, GIT_OID_HEXSZ + 1 }, err);
}

/* A folder, though empty, where the file would be. */
static bool is_folder(const struct update *u)
{
	struct strbuf path = STRBUF_INIT;
	DIR *dir;

	strbuf_addf(&path, "%s%s", git_repository_commondir(u->repo->git),
		    u->items[0].name);
	if ((dir = opendir(path.buf)))
		closedir(dir);
	strbuf_release(&path);
	return dir;
}

int refs_update(struct repository *repo, struct ref_update *updates,
		size_t count, struct object_list *objects, struct error *err)
{
	struct update update = {
		.repo = repo, .items = updates, .count = count,
		.packed = PACKED_REFS_INIT, .objects = objects
	};
	int rc;

	if (!count)
		return 0;
	/* whoever was killed since the repository was opened */
	refs_recover(repo);
	qsort(updates, count, sizeof(*updates), by_name);
	if ((rc = check_names(&update, err)) < 0)
		return rc;
	if (git_repository_odb(&update.odb, repo->git) < 0)
		return error_set_git(err, "cannot open '%s'", repo->name);
	if ((rc = ref_locks_open(&update.locks, repo, err)) == 0)
		rc = count == 1 && !is_folder(&update)
		   ? update_loose(&update, err)
		   : update_packed(&update, err);
	ref_locks_close(update.locks);
	packed_refs_release(&update.packed);
	git_odb_free(update.odb);
	free(update.loose);
	return rc;
}
