/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "alloc.h"
#include "error.h"
#include "mailmap.h"
#include "repository_git.h"
#include "strbuf.h"

struct mailmap {
	git_mailmap *git;
};

int mailmap_open(struct mailmap **out, struct tree *tree, struct error *err)
{
	struct strbuf text = STRBUF_INIT;
	git_mailmap *git = NULL;
	int rc = tree_read(&text, tree, ".mailmap", NULL);

	if (rc == ERROR_NOT_FOUND)
		rc = 0;
	if (rc < 0 || git_mailmap_from_buffer(&git, text.buf, text.len) < 0) {
		rc = error_set_git(err, "cannot read '.mailmap'");
	} else {
		*out = xcalloc(1, sizeof(**out));
		(*out)->git = git;
	}
	strbuf_release(&text);
	return rc;
}

void mailmap_close(struct mailmap *map)
{
	if (!map)
		return;
	git_mailmap_free(map->git);
	free(map);
}

struct person mailmap_person(const struct mailmap *map,
			     const struct person *who)
{
	struct person out = *who;

	if (git_mailmap_resolve(&out.name, &out.email, map->git, who->name,
				who->email) < 0)
		return *who;
	return out;
}
