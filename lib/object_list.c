/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "repository_git.h"

void object_list_release(struct object_list *list)
{
	free(list->items);
	*list = (struct object_list)OBJECT_LIST_INIT;
}

void object_list_add(struct object_list *list, const char *type,
		     struct slice bytes, const git_oid *id)
{
	GROW(list->items, list->count, list->capacity);
	list->items[list->count++] = (struct object){ type, bytes, *id };
}

static int write_loose(const struct object_list *list, git_odb *odb)
{
	int rc = 0;

	for (size_t i = 0; i < list->count && !rc; i++) {
		const struct object *o = &list->items[i];
		git_oid id;

		rc = git_odb_write(&id, odb, o->bytes.ptr ? o->bytes.ptr : "",
				   o->bytes.len,
				   git_object_string2type(o->type));
	}
	return rc;
}

int object_list_write(struct object_list *list, struct repository *repo,
		      struct error *err)
{
	git_odb *odb = NULL;
	int rc = git_repository_odb(&odb, repo->git);

	if (!rc)
		rc = write_loose(list, odb);
	if (rc < 0)
		rc = error_set_git(err, "cannot write to '%s'", repo->name);
	git_odb_free(odb);
	return rc;
}
