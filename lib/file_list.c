/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "repository_git.h"
#include "strbuf.h"

void file_list_release(struct file_list *list)
{
	free(list->items);
	*list = (struct file_list)FILE_LIST_INIT;
}

void file_list_read_index(struct file_list *list, git_index *index)
{
	size_t count = git_index_entrycount(index);

	list->items = xreallocarray(list->items, count + 1,
				    sizeof(*list->items));
	list->capacity = count + 1;
	for (size_t i = 0; i < count; i++)
		list->items[i] = *git_index_get_byindex(index, i);
	list->count = count;
}

void object_id(git_oid *out, git_object_t type, struct slice bytes)
{
	struct sha1 sha;
	char header[48] = "";	/* "blob 1234", and its NUL */
	const char *name = git_object_type2string(type);
	size_t at = sizeof(header) - 1, rest = bytes.len;

	do
		header[--at] = (char)('0' + rest % 10);
	while (rest /= 10);
	header[--at] = ' ';
	at -= strlen(name);
	memcpy(header + at, name, strlen(name));
	sha1_init(&sha);
	sha1_update(&sha, header + at, sizeof(header) - at);
	sha1_update(&sha, bytes.ptr, bytes.len);
	sha1_final(out->id, &sha);
}

void blob_id(char out[COMMIT_ID_LENGTH + 1], struct slice bytes)
{
	git_oid id;

	object_id(&id, GIT_OBJECT_BLOB, bytes);
	git_oid_tostr(out, COMMIT_ID_LENGTH + 1, &id);
}

struct tree_builder {
	const struct file_list *list;
	size_t at;		/* the next file */
	tree_visit *visit;
	void *data;
};

static void add_entry(struct strbuf *tree, uint32_t mode, const char *name,
		      size_t len, const git_oid *id)
{
	strbuf_addf(tree, "%o ", (unsigned)mode);
	strbuf_add(tree, name, len);
	strbuf_addch(tree, '\0');
	strbuf_add(tree, id->id, sizeof(id->id));
}

/* The tree of the files that share the first `prefix` bytes of their paths. */
static int build_tree(git_oid *out, bool *empty, struct tree_builder *b,
		      size_t prefix)
{
	const char *first = b->at < b->list->count
			  ? b->list->items[b->at].path : "";
	struct strbuf tree = STRBUF_INIT;
	int rc = 0;

	while (b->at < b->list->count && !rc) {
		const git_index_entry *e = &b->list->items[b->at];
		const char *name = e->path + prefix, *slash;
		bool nothing = false;
		git_oid id;

		if (strncmp(e->path, first, prefix))
			break;
		slash = strchr(name, '/');
		if (slash) {
			rc = build_tree(&id, &nothing, b,
					(size_t)(slash - e->path) + 1);
			if (!rc && !nothing)
				add_entry(&tree, GIT_FILEMODE_TREE, name,
					  (size_t)(slash - name), &id);
			continue;
		}
		b->at++;
		if (!(e->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD))
			add_entry(&tree, e->mode, name, strlen(name), &e->id);
	}
	*empty = !tree.len;
	if (!rc) {
		object_id(out, GIT_OBJECT_TREE, strbuf_slice(&tree));
		if (b->visit && (tree.len || !prefix))
			rc = b->visit(b->data, out, strbuf_slice(&tree));
	}
	strbuf_release(&tree);
	return rc;
}

int file_list_tree_id(git_oid *out, const struct file_list *list,
		      tree_visit *visit, void *data)
{
	struct tree_builder builder = { list, 0, visit, data };
	bool empty;

	return build_tree(out, &empty, &builder, 0);
}

static void add_be32(struct strbuf *out, uint32_t x)
{
	char bytes[4] = { (char)(x >> 24), (char)(x >> 16), (char)(x >> 8),
			  (char)x };

	strbuf_add(out, bytes, sizeof(bytes));
}

static void add_be16(struct strbuf *out, unsigned x)
{
	strbuf_addch(out, (char)(x >> 8));
	strbuf_addch(out, (char)x);
}

/* gitformat-index(5), "Index entry" */
static void write_entry(struct strbuf *out, const git_index_entry *e)
{
	static const char zeros[8];
	size_t start = out->len, len = strlen(e->path);
	unsigned extended = e->flags_extended &
			    GIT_INDEX_ENTRY_EXTENDED_FLAGS;
	unsigned flags = e->flags & (GIT_INDEX_ENTRY_VALID |
				     GIT_INDEX_ENTRY_STAGEMASK);

	add_be32(out, (uint32_t)e->ctime.seconds);
	add_be32(out, e->ctime.nanoseconds);
	add_be32(out, (uint32_t)e->mtime.seconds);
	add_be32(out, e->mtime.nanoseconds);
	add_be32(out, e->dev);
	add_be32(out, e->ino);
	add_be32(out, e->mode);
	add_be32(out, e->uid);
	add_be32(out, e->gid);
	add_be32(out, e->file_size);
	strbuf_add(out, e->id.id, sizeof(e->id.id));
	flags |= len < GIT_INDEX_ENTRY_NAMEMASK ? (unsigned)len
						: GIT_INDEX_ENTRY_NAMEMASK;
	add_be16(out, flags | (extended ? GIT_INDEX_ENTRY_EXTENDED : 0));
	if (extended)
		add_be16(out, extended);
	strbuf_add(out, e->path, len);
	strbuf_add(out, zeros, 8 - ((out->len - start) & 7));
}

void file_list_write_index(struct strbuf *out, const struct file_list *list)
{
	unsigned char id[SHA1_SIZE];
	struct sha1 sha;
	size_t start = out->len;
	uint32_t version = 2;

	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].flags_extended &
		    GIT_INDEX_ENTRY_EXTENDED_FLAGS)
			version = 3;
	strbuf_adds(out, "DIRC");
	add_be32(out, version);
	add_be32(out, (uint32_t)list->count);
	for (size_t i = 0; i < list->count; i++)
		write_entry(out, &list->items[i]);
	sha1_init(&sha);
	sha1_update(&sha, out->buf + start, out->len - start);
	sha1_final(id, &sha);
	strbuf_add(out, id, sizeof(id));
}

const git_index_entry *file_list_find(const struct file_list *list,
				      const char *path)
{
	size_t low = 0, high = list->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(list->items[middle].path, path);

		if (!order)
			return &list->items[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}
