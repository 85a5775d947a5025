/* SPDX-License-Identifier: MIT */
/*
 * "::: credits" in a chunk: the acknowledgements stand there in a draft. What
 * the author wrote between the colons stays, with the names below it; else
 * sentences say what they are.
 *
 * Paragraphs made here have no source, and therefore no label: there is
 * nothing in them that a reader could change, and those of the text count on.
 */
#include "book_private.h"
#include "credits.h"

static void add_paragraph(struct document *doc, struct node *div,
			  const struct credits *credits,
			  enum credits_part part, const char *language)
{
	struct strbuf words = STRBUF_INIT;
	struct node *paragraph, *text;

	credits_sentence(&words, credits, part, language);
	if (words.len) {
		paragraph = node_new(doc, NODE_PARAGRAPH, 0, 0);
		text = node_new(doc, NODE_TEXT, 0, 0);
		text->flags = NODE_LITERAL;
		text->text = arena_slice(&doc->arena, strbuf_slice(&words));
		node_append(paragraph, text);
		node_append(div, paragraph);
	}
	strbuf_release(&words);
}

static int read_credits(struct book *book, struct error *err)
{
	int rc = 0;

	if (!book->credits_read)
		rc = credits_read(&book->credits, book->ms, NULL, err);
	book->credits_read = true;
	return rc;
}

int book_fill_credits(struct book *book, struct document *doc,
		      struct error *err)
{
	const char *language = manuscript_language(book->ms);
	struct slice word = SLICE("credits");
	int rc = 0;

	if (slice_find_slice(doc->source, word) == doc->source.len)
		return 0;
	for (struct node *n = doc->root; n && !rc;
	     n = node_next(n, doc->root)) {
		if (n->type != NODE_DIV || !node_has_class(n, "credits"))
			continue;
		if ((rc = read_credits(book, err)) < 0)
			break;
		if (n->first) {
			add_paragraph(doc, n, &book->credits, CREDITS_NAMES,
				      language);
			continue;
		}
		add_paragraph(doc, n, &book->credits, CREDITS_WORDS,
			      language);
		add_paragraph(doc, n, &book->credits, CREDITS_REMARKS,
			      language);
	}
	return rc;
}
