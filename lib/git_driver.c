/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "error.h"
#include "git_driver.h"
#include "repository_git.h"
#include "strbuf.h"

static const char *const merge_settings[][2] = {
	{ "merge.galley.driver",
	  "galley merge-file -q --marker-size=%L -L ours -L base -L theirs "
	  "%A %O %B" },
	{ "merge.galley.name", "prose, word by word" },
	{ NULL, NULL }
};

/*
 * Words with what is in them ("tide-table", "can't"), and every mark by
 * itself; headings in the hunks' heads; paragraphs on one line.
 */
static const char *const diff_settings[][2] = {
	{ "diff.galley.wordRegex",
	  "[^[:space:][:punct:]]+([-'][^[:space:][:punct:]]+)*|"
	  "[^[:space:]]" },
	{ "diff.galley.xfuncname", "^#+[ \t]+(.*)$" },
	{ "diff.galley.textconv", "galley redline --textconv" },
	{ "difftool.galley.cmd",
	  "galley redline --no-index --name=\"$MERGED\" \"$LOCAL\" "
	  "\"$REMOTE\"" },
	{ NULL, NULL }
};

const struct git_driver merge_driver = { "merge", "*.md merge=galley",
					 merge_settings };
const struct git_driver diff_driver = { "diff", "*.md diff=galley",
					diff_settings };

/* "*.md merge=galley", "*.md -merge text", but not "*.md text". */
static bool says_how(struct slice line, struct slice name)
{
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

bool git_driver_attributes(struct strbuf *out, struct slice old,
			   const struct git_driver *driver)
{
	struct slice rest = old, line;

	while (slice_next_line(&line, &rest))
		if (says_how(line, slice_of(driver->attribute)))
			return false;
	strbuf_add_slice(out, old);
	if (old.len && old.ptr[old.len - 1] != '\n')
		strbuf_addch(out, '\n');
	strbuf_addf(out, "%s\n", driver->line);
	return true;
}

bool git_driver_is_set(struct repository *repo,
		       const struct git_driver *driver)
{
	char *value = NULL;
	bool set = repository_config(&value, repo, driver->settings[0][0],
				     NULL) == 0;

	free(value);
	return set;
}

int git_driver_set(struct repository *repo, const struct git_driver *driver,
		   struct error *err)
{
	git_config *all = NULL, *own = NULL;
	int rc = git_repository_config(&all, repo->git);

	if (rc >= 0)
		rc = git_config_open_level(&own, all, GIT_CONFIG_LEVEL_LOCAL);
	for (size_t i = 0; rc >= 0 && driver->settings[i][0]; i++)
		rc = git_config_set_string(own, driver->settings[i][0],
					   driver->settings[i][1]);
	if (rc < 0)
		rc = error_set_git(err, "cannot write the repository's "
				   "configuration");
	git_config_free(own);
	git_config_free(all);
	return rc;
}
