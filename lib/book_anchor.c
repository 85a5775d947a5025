/* SPDX-License-Identifier: MIT */
/* What links can name in a chunk: headings, and whatever has {#an-id}. */
#include "book_private.h"

struct anchors {
	struct arena *ids;
	const char *chunk_id;
	struct definitions taken; /* fragments: label -> times it came */
	void (*each)(void *, struct slice, const struct node *);
	void *data;
	struct strbuf fragment, id;
};

/* "summary", then "summary-1", "summary-2": as GitHub and mdBook count. */
static void make_unique(struct anchors *a)
{
	size_t len = a->fragment.len;

	for (size_t n = 1; !definitions_add(&a->taken, false,
					    strbuf_slice(&a->fragment),
					    SLICE(""), 0,
					    (struct span){ 0, 0 });
	     n++) {
		const struct definition *first;

		strbuf_truncate(&a->fragment, len);
		first = definitions_find(&a->taken, false,
					 strbuf_slice(&a->fragment));
		/* not from 1 again for each of a thousand equal headings */
		if (n == 1 && first)
			n = ++((struct definition *)first)->chunk;
		strbuf_addf(&a->fragment, "-%zu", n);
	}
}

static void set_id(struct anchors *a, struct node *node)
{
	strbuf_truncate(&a->id, 0);
	strbuf_adds(&a->id, a->chunk_id);
	strbuf_adds(&a->id, "--");
	id_from_words(&a->id, strbuf_slice(&a->fragment));
	node->id = arena_copy(a->ids, strbuf_slice(&a->id));
	if (a->each)
		a->each(a->data,
			arena_slice(a->ids, strbuf_slice(&a->fragment)), node);
}

static void visit(struct anchors *a, struct node *root, bool given)
{
	struct node *n = root, *next;

	for (; n; n = next) {
		bool has_id = n->attributes && n->attributes->id.len;

		/* what was cut from a redline can't be linked to */
		next = n->flags & NODE_CUT ? node_skip(n, root) :
		       node_next(n, root);
		if (n->flags & NODE_CUT || given != has_id ||
		    (!given && n->type != NODE_HEADING))
			continue;
		strbuf_truncate(&a->fragment, 0);
		if (given) {
			strbuf_add_slice(&a->fragment, n->attributes->id);
		} else {
			struct strbuf words = STRBUF_INIT;

			node_plain_text(&words, n);
			id_heading_slug(&a->fragment, strbuf_slice(&words));
			strbuf_release(&words);
		}
		make_unique(a);
		set_id(a, n);
	}
}

void book_set_anchors(struct arena *ids, struct document *doc,
		      const char *chunk_id,
		      void (*each)(void *data, struct slice fragment,
				   const struct node *node),
		      void *data)
{
	struct anchors a = { ids, chunk_id, DEFINITIONS_INIT, each,
			     data, STRBUF_INIT, STRBUF_INIT };

	/* those that the author chose come first: they keep their names */
	visit(&a, doc->root, true);
	visit(&a, doc->footnotes, true);
	visit(&a, doc->root, false);
	visit(&a, doc->footnotes, false);
	definitions_release(&a.taken);
	strbuf_release(&a.fragment);
	strbuf_release(&a.id);
}
