/* SPDX-License-Identifier: MIT */
#include "check_private.h"
#include "document.h"
#include "strbuf.h"

static const struct span nowhere = { 0, 0 };

static void key_of(struct strbuf *out, size_t entry, struct slice label)
{
	strbuf_truncate(out, 0);
	strbuf_addf(out, "%zu ", entry);
	strbuf_add_slice(out, label);
}

static void add_cited(struct cited *cited, const struct node *root,
		      const struct definitions *own, size_t entry)
{
	struct strbuf key = STRBUF_INIT;

	for (const struct node *n = root; n; n = node_next(n, root)) {
		if (n->type != NODE_FOOTNOTE_REFERENCE)
			continue;
		key_of(&key, entry, n->text);
		if (definitions_find(own, true, n->text))
			definitions_add(&cited->here, true, strbuf_slice(&key),
					SLICE(""), 0, nowhere);
		else
			definitions_add(&cited->elsewhere, true, n->text,
					SLICE(""), 0, nowhere);
	}
	strbuf_release(&key);
}

void check_cited_add(struct cited *cited, const struct document *doc,
		     size_t entry)
{
	struct definitions own = DEFINITIONS_INIT;

	for (const struct node *n = doc->footnotes->first; n; n = n->next)
		definitions_add(&own, true, n->text, SLICE(""), 0, nowhere);
	add_cited(cited, doc->root, &own, entry);
	add_cited(cited, doc->footnotes, &own, entry);
	definitions_release(&own);
}

void check_uncited(struct checker *c, const struct cited *cited,
		   const struct document *doc, size_t entry)
{
	struct strbuf key = STRBUF_INIT;

	for (const struct node *n = doc->footnotes->first; n; n = n->next) {
		key_of(&key, entry, n->text);
		if (!definitions_find(&cited->here, true,
				      strbuf_slice(&key)) &&
		    !definitions_find(&cited->elsewhere, true, n->text))
			check_note(c, n->start, "nothing cites note '%.*s'",
				   SLICE_ARG(n->text));
	}
	strbuf_release(&key);
}
