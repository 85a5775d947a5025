/* SPDX-License-Identifier: MIT */
/* Whose words the changes are. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "history.h"
#include "prose_index.h"
#include "prose_show.h"
#include "redline_private.h"
#include "trailers.h"
#include "tree_diff.h"

#define FEW_WORDS 3		/* of a passage: these are anywhere */
#define FOUND 4			/* places that are looked at */

struct search {
	struct redline *r;
	struct repository *repo;
	struct prose_index *index[2]; /* of blocks that changed */
	uint32_t *leaves[2];	/* of the texts in it */
	struct token_list tokens;
	char parent_tree[COMMIT_ID_LENGTH + 1];
	const char *name;	/* of the commit's author */
	struct strbuf texts[2];
	struct error *err;
};

static void index_leaves(struct search *s, enum redline_side side)
{
	const struct rl_side *of = &s->r->sides[side];
	size_t count = 0;

	s->index[side] = prose_index_new(&s->r->vocabulary);
	s->leaves[side] = xreallocarray(NULL, of->leaf_count + 1,
					sizeof(uint32_t));
	for (size_t i = 0; i < of->leaf_count; i++) {
		const struct node *node = leaf_node(s->r, side, i);

		if (!of->leaves[i].change || !node)
			continue;
		strbuf_truncate(&s->r->scratch, 0);
		node_plain_text(&s->r->scratch, node);
		prose_index_add(s->index[side],
				arena_slice(&s->r->arena,
					    strbuf_slice(&s->r->scratch)));
		s->leaves[side][count++] = (uint32_t)i;
	}
}

static bool has_name(const char *people, const char *name)
{
	size_t len = strlen(name);

	for (const char *at = people; (at = strstr(at, name)); at++)
		if ((at == people || at[-1] == ' ') &&
		    (!at[len] || at[len] == ','))
			return true;
	return false;
}

static void add_name(struct search *s, struct redline_change *change)
{
	struct strbuf people = STRBUF_INIT;

	if (change->people && has_name(change->people, s->name))
		return;
	if (change->people)
		strbuf_addf(&people, "%s, ", change->people);
	strbuf_adds(&people, s->name);
	change->people = arena_copy(&s->r->arena, strbuf_slice(&people));
	strbuf_release(&people);
}

/* The block that has a passage's words is the one that it is in. */
static bool find_passage(struct search *s, enum redline_side side,
			 struct slice words)
{
	const struct rl_side *of = &s->r->sides[side];
	struct prose_found found[FOUND];
	uint32_t *list;
	size_t counted = 0, count = 0, places;

	token_list_read(&s->tokens, &s->r->vocabulary, words);
	list = xreallocarray(NULL, s->tokens.count, sizeof(*list));
	for (size_t i = 0; i < s->tokens.count; i++)
		if (s->tokens.items[i].flags & TOKEN_COUNTED)
			list[count++] = s->tokens.items[i].word;
	counted = count;
	places = counted < FEW_WORDS ? 0 :
		 prose_index_find(s->index[side], list, count, false, found,
				  FOUND);
	free(list);
	if (!places || 3 * found[0].votes < counted - 2)
		return false;
	add_name(s, &s->r->changes[of->leaves[s->leaves[side][
			 found[0].text]].change - 1]);
	return true;
}

static int visit_file(const struct tree_difference *d, void *data)
{
	struct search *s = data;
	struct prose_passages passages = PROSE_PASSAGES_INIT;
	char id[COMMIT_ID_LENGTH + 1];
	int rc = 0;

	if (!*d->old_blob || !*d->new_blob)
		return 0;
	for (int side = 0; !rc && side < 2; side++) {
		strbuf_truncate(&s->texts[side], 0);
		rc = blob_read(&s->texts[side], id, s->repo,
			       side ? d->new_blob : d->old_blob, s->err);
	}
	if (rc < 0)
		return rc;
	prose_show(&passages, strbuf_slice(&s->texts[0]),
		   strbuf_slice(&s->texts[1]));
	for (size_t i = 0; i < passages.count; i++) {
		const struct prose_passage *p = &passages.items[i];

		if (p->layout ||
		    find_passage(s, REDLINE_NEW, slice_sub(
			passages.theirs, p->theirs.start, p->theirs.end)))
			continue;
		find_passage(s, REDLINE_OLD, slice_sub(
			passages.base, p->base.start, p->base.end));
	}
	prose_passages_release(&passages);
	return 0;
}

static int keep_tree(const struct history_entry *entry, void *data)
{
	struct search *s = data;

	memcpy(s->parent_tree, entry->tree, sizeof(s->parent_tree));
	return 0;
}

static int visit_commit(const struct history_entry *entry, void *data)
{
	struct search *s = data;
	char tree[COMMIT_ID_LENGTH + 1];
	int rc;

	if (entry->parents != 1 ||
	    !trailers_get(trailers_of(entry->message), "Comment").len)
		return 0;
	memcpy(tree, entry->tree, sizeof(tree));
	s->name = arena_strdup(&s->r->arena, entry->author.name);
	rc = history_read(s->repo, entry->parent, keep_tree, s, s->err);
	return rc < 0 ? rc : tree_diff(s->repo, s->parent_tree, tree,
				       visit_file, s, s->err);
}

int redline_find_people(struct redline *r, struct repository *repo,
			const char *old, const char *new, struct error *err)
{
	struct search s = { .r = r, .repo = repo, .tokens = TOKEN_LIST_INIT,
			    .texts = { STRBUF_INIT, STRBUF_INIT },
			    .err = err };
	int rc;

	index_leaves(&s, REDLINE_OLD);
	index_leaves(&s, REDLINE_NEW);
	rc = history_walk(repo, new, &old, 1, visit_commit, &s, err);
	for (int side = 0; side < 2; side++) {
		prose_index_free(s.index[side]);
		free(s.leaves[side]);
		strbuf_release(&s.texts[side]);
	}
	token_list_release(&s.tokens);
	return rc;
}
