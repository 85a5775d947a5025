/* SPDX-License-Identifier: MIT */
#include "repository_git.h"
#include "strbuf.h"

void repository_remember(struct repository *repo, struct object_list *objects)
{
	object_list_free(repo->written);
	repo->written = objects;
}

int repository_object(struct strbuf *out, git_object_t *type,
		      struct repository *repo, const git_oid *id)
{
	size_t number = repo->written ? object_list_number(repo->written, id)
				      : NO_OBJECT;
	git_odb_object *object = NULL;
	git_odb *odb = NULL;
	int rc;

	if (number != NO_OBJECT &&
	    !object_list_read(out, repo->written, number, NULL)) {
		*type = object_list_type(repo->written, number);
		return 0;
	}
	if ((rc = git_repository_odb(&odb, repo->git)) == 0 &&
	    (rc = git_odb_read(&object, odb, id)) == 0) {
		*type = git_odb_object_type(object);
		strbuf_add(out, git_odb_object_data(object),
			   git_odb_object_size(object));
	}
	git_odb_object_free(object);
	git_odb_free(odb);
	return rc;
}
