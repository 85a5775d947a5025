/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "error.h"
#include "merge_driver.h"
#include "repository_git.h"
#include "strbuf.h"

static const char driver[] =
	"galley merge-file -q --marker-size=%L -L ours -L base -L theirs "
	"%A %O %B";

/* "*.md merge=galley", "*.md -merge text", but not "*.md text". */
static bool says_how(struct slice line)
{
	const struct slice name = SLICE("merge");

	line = slice_trim(line);
	if (!slice_starts_with(line, SLICE("*.md")) ||
	    (line.len > 4 && line.ptr[4] != ' ' && line.ptr[4] != '\t'))
		return false;
	for (size_t i = 5; i < line.len; i++) {
		struct slice rest = slice_sub(line, i, line.len);
		bool ends;

		if (line.ptr[i - 1] != ' ' && line.ptr[i - 1] != '\t')
			continue;
		if (rest.ptr[0] == '-' || rest.ptr[0] == '!')
			rest = slice_sub(rest, 1, rest.len);
		ends = rest.len == name.len || (rest.len > name.len &&
		       (rest.ptr[name.len] == '=' ||
			rest.ptr[name.len] == ' ' ||
			rest.ptr[name.len] == '\t'));
		if (ends && slice_starts_with(rest, name))
			return true;
	}
	return false;
}

bool merge_driver_attributes(struct strbuf *out, struct slice old)
{
	struct slice rest = old, line;

	while (slice_next_line(&line, &rest))
		if (says_how(line))
			return false;
	strbuf_add_slice(out, old);
	if (old.len && old.ptr[old.len - 1] != '\n')
		strbuf_addch(out, '\n');
	strbuf_adds(out, "*.md merge=galley\n");
	return true;
}

bool merge_driver_is_set(struct repository *repo)
{
	char *value = NULL;
	bool set = repository_config(&value, repo, "merge.galley.driver",
				     NULL) == 0;

	free(value);
	return set;
}

int merge_driver_set(struct repository *repo, struct error *err)
{
	git_config *all = NULL, *own = NULL;
	int rc = 0;

	if (git_repository_config(&all, repo->git) < 0 ||
	    git_config_open_level(&own, all, GIT_CONFIG_LEVEL_LOCAL) < 0 ||
	    git_config_set_string(own, "merge.galley.name",
				  "prose, word by word") < 0 ||
	    git_config_set_string(own, "merge.galley.driver", driver) < 0)
		rc = error_set_git(err, "cannot write the repository's "
				   "configuration");
	git_config_free(own);
	git_config_free(all);
	return rc;
}
