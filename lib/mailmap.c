/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "mailmap.h"
#include "repository_git.h"
#include "strbuf.h"

struct mailmap {
	git_mailmap *git;
};

static void lower(char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] >= 'A' && text[i] <= 'Z')
			text[i] = (char)(text[i] - 'A' + 'a');
}

/*
 * The last address of each line is the one that is looked up: to git in any
 * letter case, to libgit2 not.
 */
static void lower_keys(struct strbuf *text)
{
	char *line = text->buf, *end, *key;

	for (; *line; line = *end ? end + 1 : end) {
		end = line + strcspn(line, "\n");
		for (key = end; key > line && *key != '<'; key--)
			;
		if (*key == '<')
			lower(key, (size_t)(end - key));
	}
}

int mailmap_open(struct mailmap **out, struct tree *tree, struct error *err)
{
	struct strbuf text = STRBUF_INIT;
	git_mailmap *git = NULL;
	int rc = tree_read(&text, tree, ".mailmap", NULL);

	if (rc == ERROR_NOT_FOUND)
		rc = 0;
	if (!rc && text.len)
		lower_keys(&text);
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
	struct strbuf email = STRBUF_INIT;
	struct person out = *who;

	strbuf_adds(&email, who->email);
	lower(email.buf, email.len);
	if (git_mailmap_resolve(&out.name, &out.email, map->git, who->name,
				email.buf) < 0)
		out = *who;
	if (out.email == email.buf)
		out.email = who->email;
	strbuf_release(&email);
	return out;
}
