/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "alloc.h"
#include "error.h"
#include "mailmap.h"
#include "repository_git.h"

struct mailmap {
	git_mailmap *git;
};

int mailmap_open(struct mailmap **out, struct repository *repo,
		 struct error *err)
{
	git_mailmap *git;

	if (git_mailmap_from_repository(&git, repo->git) < 0)
		return error_set_git(err, "cannot read the mailmap");
	*out = xcalloc(1, sizeof(**out));
	(*out)->git = git;
	return 0;
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
