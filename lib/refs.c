/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "arena.h"
#include "error.h"
#include "history.h"
#include "refs.h"
#include "repository_git.h"

#define HEADER "# pack-refs with:"
#define DEEPEST_NAME 64		/* parts of a ref's name */

static int by_name(const void *a, const void *b)
{
	const struct packed_ref *x = a, *y = b;

	return slice_cmp(x->name, y->name);
}

void packed_refs_release(struct packed_refs *refs)
{
	strbuf_release(&refs->text);
	free(refs->items);
	*refs = (struct packed_refs)PACKED_REFS_INIT;
}

static int read_file(struct strbuf *out, int dir, const char *name)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
	struct stat st;
	ssize_t n = -1;

	if (fd < 0)
		return -1;
	if (!fstat(fd, &st))
		strbuf_grow(out, (size_t)st.st_size + 1);
	else
		strbuf_grow(out, 1);
	while ((n = read(fd, out->buf + out->len,
			 out->capacity - out->len - 1)) > 0) {
		out->len += (size_t)n;
		strbuf_grow(out, 1);
	}
	out->buf[out->len] = '\0';
	close(fd);
	return n < 0 ? -1 : 0;
}

static bool has_word(struct slice line, const char *word)
{
	struct slice rest = line;
	struct slice needle = slice_of(word);
	size_t at;

	while ((at = slice_find_slice(rest, needle)) < rest.len) {
		bool starts = !at || rest.ptr[at - 1] == ' ';

		rest = slice_sub(rest, at + needle.len, rest.len);
		if (starts && (!rest.len || *rest.ptr == ' ' ||
			       *rest.ptr == '\n'))
			return true;
	}
	return false;
}

/* "<id> <name>", "^<id>" behind it for what a tag points at */
static bool read_line(struct packed_refs *refs, struct slice line)
{
	struct packed_ref *last = refs->count ? &refs->items[refs->count - 1]
					      : NULL;
	struct packed_ref ref = { .lines = line };

	if (*line.ptr == '^') {
		if (last)
			last->lines.len += line.len;
		return last;
	}
	if (line.len < GIT_OID_HEXSZ + 2 || line.ptr[GIT_OID_HEXSZ] != ' ' ||
	    git_oid_fromstrn(&ref.id, line.ptr, GIT_OID_HEXSZ) < 0)
		return false;
	ref.name = slice_sub(line, GIT_OID_HEXSZ + 1, line.len);
	if (ref.name.len && ref.name.ptr[ref.name.len - 1] == '\n')
		ref.name.len--;
	GROW(refs->items, refs->count, refs->capacity);
	refs->items[refs->count++] = ref;
	return true;
}

static bool parse(struct packed_refs *refs)
{
	struct slice rest = strbuf_slice(&refs->text);
	bool sorted = true;

	if (rest.len && rest.ptr[rest.len - 1] != '\n')
		return false;
	while (rest.len) {
		struct slice line = slice_sub(rest, 0,
					      slice_find(rest, '\n') + 1);

		rest = slice_sub(rest, line.len, rest.len);
		if (*line.ptr == '#') {
			refs->peeled = has_word(line, "peeled");
			refs->fully_peeled = has_word(line, "fully-peeled");
		} else if (!read_line(refs, line)) {
			return false;
		}
	}
	for (size_t i = 1; i < refs->count && sorted; i++)
		sorted = by_name(&refs->items[i - 1], &refs->items[i]) < 0;
	if (!sorted)
		qsort(refs->items, refs->count, sizeof(*refs->items), by_name);
	return true;
}

int packed_refs_read(struct packed_refs *out, struct repository *repo,
		     struct error *err)
{
	struct strbuf path = STRBUF_INIT;
	int rc = 0;

	*out = (struct packed_refs)PACKED_REFS_INIT;
	strbuf_addf(&path, "%spacked-refs",
		    git_repository_commondir(repo->git));
	if (read_file(&out->text, AT_FDCWD, path.buf) < 0) {
		if (errno != ENOENT)
			rc = error_set_errno(err, "cannot read '%s'",
					     path.buf);
		out->peeled = out->fully_peeled = true;
	} else if (!parse(out)) {
		rc = error_set(err, ERROR_MALFORMED, "'%s' is damaged",
			       path.buf);
	}
	if (rc < 0)
		packed_refs_release(out);
	strbuf_release(&path);
	return rc;
}

size_t packed_refs_find(const struct packed_refs *refs, struct slice name)
{
	size_t low = 0, high = refs->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (slice_cmp(refs->items[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static enum loose_ref read_loose(git_oid *id, int dir, const char *name)
{
	char bytes[GIT_OID_HEXSZ + 1];
	int fd = openat(dir, name, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return errno == ENOENT || errno == ENOTDIR ? LOOSE_NONE
							   : LOOSE_BROKEN;
	n = read(fd, bytes, sizeof(bytes));
	if (n < 0 && errno == EISDIR)
		n = -2;
	close(fd);
	if (n == -2)
		return LOOSE_NONE;
	if (n >= 5 && !memcmp(bytes, "ref: ", 5))
		return LOOSE_SYMBOLIC;
	if (n < GIT_OID_HEXSZ ||
	    git_oid_fromstrn(id, bytes, GIT_OID_HEXSZ) < 0)
		return LOOSE_BROKEN;
	return LOOSE_ID;
}

enum loose_ref loose_ref_read(git_oid *id, struct repository *repo,
			      const char *name)
{
	struct strbuf path = STRBUF_INIT;
	enum loose_ref kind;

	strbuf_addf(&path, "%s%s", git_repository_commondir(repo->git), name);
	kind = read_loose(id, AT_FDCWD, path.buf);
	strbuf_release(&path);
	return kind;
}

/* Those that have a file each. */
struct loose_list {
	struct arena arena;
	struct packed_ref *items;
	size_t count, capacity;
	struct strbuf name;	/* of the folder that is read now, with '/' */
	struct slice prefix;
	git_repository *git;
};

static bool may_match(struct slice name, struct slice prefix)
{
	size_t n = name.len < prefix.len ? name.len : prefix.len;

	return !memcmp(name.ptr, prefix.ptr, n);
}

static void list_folder(struct loose_list *list, int dir, unsigned depth);

static void list_one(struct loose_list *list, int dir, const char *name,
		     unsigned depth)
{
	struct packed_ref ref = { .lines = SLICE("") };
	size_t len = list->name.len;
	enum loose_ref kind;
	int below;

	strbuf_adds(&list->name, name);
	if (!may_match(strbuf_slice(&list->name), list->prefix))
		goto out;
	kind = read_loose(&ref.id, dir, name);
	if (kind == LOOSE_NONE) {
		below = openat(dir, name,
			       O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		strbuf_addch(&list->name, '/');
		if (below >= 0)
			list_folder(list, below, depth + 1);
		goto out;
	}
	if (kind == LOOSE_SYMBOLIC &&
	    !git_reference_name_to_id(&ref.id, list->git, list->name.buf))
		kind = LOOSE_ID;
	if (kind != LOOSE_ID || list->name.len < list->prefix.len)
		goto out;
	ref.name = arena_slice(&list->arena, strbuf_slice(&list->name));
	GROW(list->items, list->count, list->capacity);
	list->items[list->count++] = ref;
out:
	strbuf_truncate(&list->name, len);
}

/* Closes `dir`. */
static void list_folder(struct loose_list *list, int dir, unsigned depth)
{
	DIR *d = fdopendir(dir);
	struct dirent *entry;

	if (!d)
		close(dir);
	while (d && depth < DEEPEST_NAME && (entry = readdir(d))) {
		size_t len = strlen(entry->d_name);

		if (*entry->d_name != '.' &&
		    (len < 5 || strcmp(entry->d_name + len - 5, ".lock")))
			list_one(list, dirfd(d), entry->d_name, depth);
	}
	if (d)
		closedir(d);
}

static void list_loose(struct loose_list *list, struct repository *repo,
		       const char *prefix)
{
	const char *slash = strrchr(prefix, '/');
	size_t len = slash ? (size_t)(slash - prefix) + 1 : 0;
	struct strbuf path = STRBUF_INIT;
	int dir;

	list->git = repo->git;
	list->prefix = slice_of(prefix);
	strbuf_adds(&list->name, "refs/");
	if (len > list->name.len && !strncmp(prefix, "refs/", 5)) {
		strbuf_truncate(&list->name, 0);
		strbuf_add(&list->name, prefix, len);
	}
	strbuf_addf(&path, "%s%s", git_repository_commondir(repo->git),
		    list->name.buf);
	dir = open(path.buf, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir >= 0)
		list_folder(list, dir, 0);
	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items),
		      by_name);
	strbuf_release(&path);
}

struct visitor {
	int (*visit)(const char *name, const char *id, void *data);
	void *data;
	struct strbuf name;
};

static int visit_ref(struct visitor *v, const struct packed_ref *ref)
{
	char id[GIT_OID_HEXSZ + 1];

	strbuf_truncate(&v->name, 0);
	strbuf_add_slice(&v->name, ref->name);
	git_oid_tostr(id, sizeof(id), &ref->id);
	return v->visit(v->name.buf, id, v->data);
}

/* Both sorted by name; a file counts more than a line. */
static int visit_merged(struct visitor *v, const struct packed_refs *packed,
			const struct loose_list *loose, const char *prefix)
{
	size_t i = packed_refs_find(packed, slice_of(prefix)), j = 0;
	int rc = 0;

	while (!rc) {
		bool more = i < packed->count &&
			    slice_starts_with(packed->items[i].name,
					      slice_of(prefix));
		int order = !more ? 1 : j == loose->count ? -1 :
			    by_name(&packed->items[i], &loose->items[j]);

		if (!more && j == loose->count)
			break;
		if (order < 0) {
			rc = visit_ref(v, &packed->items[i++]);
			continue;
		}
		i += !order;
		rc = visit_ref(v, &loose->items[j++]);
	}
	return rc;
}

int refs_each(struct repository *repo, const char *prefix,
	      int (*visit)(const char *name, const char *id, void *data),
	      void *data, struct error *err)
{
	struct visitor visitor = { visit, data, STRBUF_INIT };
	struct loose_list loose = { .name = STRBUF_INIT };
	struct packed_refs packed;
	int rc;

	/* before packed-refs, or those packed meanwhile would be missed */
	list_loose(&loose, repo, prefix);
	if ((rc = packed_refs_read(&packed, repo, err)) == 0)
		rc = visit_merged(&visitor, &packed, &loose, prefix);
	packed_refs_release(&packed);
	strbuf_release(&loose.name);
	strbuf_release(&visitor.name);
	free(loose.items);
	arena_release(&loose.arena);
	return rc;
}

int ref_read(char id[COMMIT_ID_LENGTH + 1], struct repository *repo,
	     const char *name, struct error *err)
{
	git_oid oid;
	int rc = git_reference_name_to_id(&oid, repo->git, name);

	if (rc == GIT_ENOTFOUND || rc == GIT_EINVALIDSPEC)
		return error_set(err, ERROR_NOT_FOUND, "no '%s' in '%s'",
				 name, repo->name);
	if (rc < 0)
		return error_set_git(err, "cannot read '%s'", name);
	git_oid_tostr(id, COMMIT_ID_LENGTH + 1, &oid);
	return 0;
}
