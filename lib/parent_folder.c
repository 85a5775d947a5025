/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* O_NOFOLLOW, O_DIRECTORY */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "parent_folder.h"

static int open_parent(int root, const char *path, const char **name,
		       size_t *blocked, folder_made *made, void *data)
{
	const char *at = path;
	int dir = root;

	for (;;) {
		size_t n = strcspn(at, "/");
		char part[NAME_MAX + 1];
		int next;

		*name = at;
		if (!at[n])
			return dir == root ? dup(root) : dir;
		if (blocked)
			*blocked = (size_t)(at - path) + n;
		if (n > NAME_MAX) {
			errno = ENAMETOOLONG;
			goto fail;
		}
		memcpy(part, at, n);
		part[n] = '\0';
		next = openat(dir, part,
			      O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (next < 0 && errno == ENOENT && made &&
		    !mkdirat(dir, part, 0777)) {
			made(data, (struct slice){ path,
						   (size_t)(at - path) + n });
			next = openat(dir, part, O_RDONLY | O_DIRECTORY |
						 O_NOFOLLOW | O_CLOEXEC);
		}
		if (next < 0)
			goto fail;
		if (dir != root)
			close(dir);
		dir = next;
		at += n + 1;
	}
fail:
	if (dir != root) {
		int saved = errno;

		close(dir);
		errno = saved;
	}
	return -1;
}

void parent_init(struct parent *parent, int root)
{
	*parent = (struct parent){ root, -1, NULL };
}

void parent_release(struct parent *parent)
{
	if (parent->fd >= 0)
		close(parent->fd);
	free(parent->folder);
	parent_init(parent, parent->root);
}

int parent_open(struct parent *parent, const char *path, const char **name,
		size_t *blocked, folder_made *made, void *data)
{
	const char *slash = strrchr(path, '/');
	size_t len = slash ? (size_t)(slash - path) + 1 : 0;

	if (parent->fd >= 0 && strlen(parent->folder) == len &&
	    !memcmp(parent->folder, path, len)) {
		*name = path + len;
		return parent->fd;
	}
	parent_release(parent);
	parent->fd = open_parent(parent->root, path, name, blocked, made,
				 data);
	if (parent->fd < 0)
		return -1;
	parent->folder = xmalloc(len + 1);
	memcpy(parent->folder, path, len);
	parent->folder[len] = '\0';
	return parent->fd;
}
