/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "error.h"
#include "redline_book.h"
#include "redline_print.h"
#include "redline_words.h"

/* --- heads --- */

static void print_styled(const char *style, const char *words)
{
	struct styled line = STYLED_INIT;

	styled_add(&line, style, slice_of(words));
	styled_print(&line, "");
	styled_release(&line);
}

/* "moved here from 'Fog'", or, in one chapter, "moved here from above" */
static void add_move(struct strbuf *out, struct printer *p,
		     const struct node *n, size_t other)
{
	size_t chapter = p->book ? book_change_chapter(p->book, other) :
			 SIZE_MAX;
	bool away = n->flags & NODE_CUT, up = other < n->change;

	if (chapter != SIZE_MAX &&
	    book_entry(p->book, chapter) != p->chapter)
		strbuf_addf(out, away ? "moved away to '%s'" :
			    "moved here from '%s'",
			    book_entry(p->book, chapter)->title);
	else if (away)
		strbuf_adds(out, up ? "moved up" : "moved down");
	else
		strbuf_adds(out, up ? "moved here from above" :
			    "moved here from below");
}

static void print_title(struct printer *p)
{
	struct strbuf title = STRBUF_INIT;

	if (!p->chapter || p->titled)
		return;
	p->titled = true;
	if (p->any)
		putchar('\n');
	if (*p->chapter->label)
		strbuf_addf(&title, "%s. ", p->chapter->label);
	strbuf_adds(&title, p->chapter->title);
	print_styled(STYLE_BOLD, title.buf);
	strbuf_release(&title);
}

static size_t line_of(struct printer *p, size_t at)
{
	while (p->at < at) {
		size_t end = p->at + slice_find(slice_sub(p->text, p->at, at),
						'\n');

		p->line += end < at;
		p->at = end < at ? end + 1 : at;
	}
	return p->line + 1;
}

/* "@@ 3.14 changed @@" */
static void print_head(struct printer *p, const struct node *n)
{
	static const char *const kinds[] = { "changed", "added", "cut" };
	size_t count;
	const struct redline_change *changes =
		redline_changes(p->redline, &count);
	const struct redline_change *c = n->change ? &changes[n->change - 1] :
					 NULL;
	struct strbuf head = STRBUF_INIT;
	char label[BOOK_LABEL_SIZE];

	strbuf_adds(&head, "@@ ");
	if (!p->book && n->type != NODE_FOOTNOTE)
		strbuf_addf(&head, "line %zu ", line_of(p, n->start));
	else if (n->number && p->chapter && n->type != NODE_FOOTNOTE) {
		book_label(label, p->chapter, n);
		strbuf_addf(&head, "%s ", label);
	} else if (n->type == NODE_FOOTNOTE || n->type == NODE_INLINE_NOTE) {
		strbuf_addf(&head, "note %u ", (unsigned)n->number);
	}
	if (n->flags & NODE_MOVED && c) {
		add_move(&head, p, n, c->other);
	} else {
		strbuf_adds(&head, kinds[n->flags & NODE_CUT ? 2 :
					 n->flags & NODE_ADDED ? 1 : 0]);
	}
	if (c && c->people)
		strbuf_addf(&head, ", suggested by %s", c->people);
	strbuf_adds(&head, " @@");
	print_styled("\033[36m", head.buf);
	strbuf_release(&head);
}

static void print_away(struct printer *p, const struct node *n)
{
	struct strbuf text = STRBUF_INIT;

	redline_add_ends(&text, n);
	p->mark = CUT;
	printer_add(p, strbuf_slice(&text));
	printer_close_mark(p);
	strbuf_release(&text);
}

/* What stands before a block, or between two that are one change. */
static void begin_block(struct printer *p, const struct node *n)
{
	const unsigned marks = NODE_ADDED | NODE_CUT;

	if (p->all) {
		if (p->any && !p->goes_on)
			putchar('\n');
	} else if (n->change && n->change == p->change &&
		   !(n->flags & marks)) {
		putchar('\n');
	} else {
		print_title(p);
		print_head(p, n);
	}
	p->any = true;
	p->change = n->flags & marks ? 0 : n->change;
}

static void print_block(struct printer *p, const struct node *n)
{
	bool away = n->flags & NODE_MOVED && n->flags & NODE_CUT;

	begin_block(p, n);
	p->mark = !p->all && n->flags & NODE_MOVED ? KEPT :
		  p->goes_on || n->flags & NODE_ADDED ? ADDED :
		  n->flags & NODE_CUT ? CUT : KEPT;
	p->goes_on = false;
	printer_add_markers(p, n, true);
	if (away && !p->all)
		print_away(p, n);
	else
		printer_add_block(p, n);
	if (p->goes_on)
		return;
	styled_print(&p->out, "");
	strbuf_truncate(&p->out.text, 0);
	p->out.count = 0;
}

static bool is_leaf(const struct node *n)
{
	return n->type != NODE_BLOCK_QUOTE && n->type != NODE_LIST &&
	       n->type != NODE_ITEM && n->type != NODE_DIV &&
	       n->type != NODE_DOCUMENT && n->type != NODE_FOOTNOTE;
}

static void print_blocks(struct printer *p, const struct node *root)
{
	const struct node *n = root;

	while (n) {
		bool leaf = is_leaf(n);

		if (n->type == NODE_FOOTNOTE && n != root) {
			n = node_skip(n, root);
			continue;
		}
		if (leaf && (p->all || n->change))
			print_block(p, n);
		n = leaf ? node_skip(n, root) : node_next(n, root);
	}
}

static bool has_marks(const struct node *root)
{
	for (const struct node *n = root; n; n = node_next(n, root))
		if (n->flags & (NODE_ADDED | NODE_CUT))
			return true;
	return false;
}

static void print_note(struct printer *p, const struct node *note)
{
	char number[24];

	if (!p->all && !has_marks(note))
		return;
	if (p->all && p->any)
		putchar('\n');
	if (!p->all) {
		print_title(p);
		print_head(p, note);
	}
	p->any = true;
	snprintf(number, sizeof(number), "[^%u]: ", (unsigned)note->number);
	p->mark = KEPT;
	if (p->all)
		printer_add(p, slice_of(number));
	printer_add_block(p, note);
	styled_print(&p->out, "");
	strbuf_truncate(&p->out.text, 0);
	p->out.count = 0;
}

int redline_print(const struct redline_book *rb, bool all, struct error *err)
{
	struct printer p = { .out = STYLED_INIT, .all = all,
			     .redline = redline_book_redline(rb),
			     .book = redline_book(rb) };
	int rc = 0;

	for (size_t i = 0; rc >= 0 && i < book_count(p.book); i++) {
		const struct book_chapter *chapter;

		rc = book_read_chapter(&chapter, p.book, i, err);
		if (rc < 0)
			break;
		p.chapter = chapter->entry;
		p.titled = false;
		for (size_t s = 0; s < chapter->section_count; s++)
			print_blocks(&p, chapter->sections[s].doc.root);
		for (size_t n = 0; n < chapter->note_count; n++)
			if (chapter->notes[n].content->type == NODE_FOOTNOTE)
				print_note(&p, chapter->notes[n].content);
	}
	styled_release(&p.out);
	return rc;
}

void redline_print_document(const struct document *doc,
			    const struct redline *redline, const char *name,
			    struct slice text, bool all)
{
	struct printer p = { .out = STYLED_INIT, .all = all,
			     .redline = redline, .text = text };

	if (name)
		print_styled(STYLE_BOLD, name);
	print_blocks(&p, doc->root);
	for (const struct node *n = doc->footnotes->first; n; n = n->next)
		print_note(&p, n);
	styled_release(&p.out);
}
