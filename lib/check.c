/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "alloc.h"
#include "book.h"
#include "check_private.h"
#include "error.h"
#include "strbuf.h"
#include "utf8.h"

/* Wider ones do not fit a small e-reader. */
#define MAX_COLUMNS 4

static void tell(struct checker *c, const char *path, size_t line,
		 size_t column, const char *message)
{
	const struct check_finding f = { path, line, column, message };

	c->count++;
	c->tell(&f, c->data);
}

void check_note(struct checker *c, size_t offset, const char *format, ...)
{
	char words[512];
	va_list args;

	va_start(args, format);
	vsnprintf(words, sizeof(words), format, args);
	va_end(args);
	GROW(c->found, c->found_count, c->found_capacity);
	c->found[c->found_count] =
		(struct found){ offset, c->found_count,
				arena_strdup(&c->arena, words) };
	c->found_count++;
}

static int by_offset(const void *a, const void *b)
{
	const struct found *x = a, *y = b;

	if (x->offset != y->offset)
		return x->offset < y->offset ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

/* Tell what was noted, by place; lines and columns are counted once for all,
 * though a chapter may be one line with a thousand findings. */
static void tell_notes(struct checker *c, const char *path, struct slice text)
{
	size_t line = 1, column = 1, at = 0;

	if (c->found_count)
		qsort(c->found, c->found_count, sizeof(*c->found), by_offset);
	for (size_t i = 0; i < c->found_count; i++) {
		while (at < c->found[i].offset && at < text.len) {
			struct slice rest = slice_sub(text, at, text.len);
			size_t n = 1;
			unsigned ch;

			if (*rest.ptr == '\n' ||
			    (*rest.ptr == '\r' &&
			     (rest.len == 1 || rest.ptr[1] != '\n'))) {
				line++;
				column = 1;
			} else {
				n = utf8_decode(&ch, rest);
				column++;
			}
			at += n ? n : 1;
		}
		tell(c, path, line, column, c->found[i].message);
	}
	c->found_count = 0;
	arena_reset(&c->arena);
}

/* ---- the tree --------------------------------------------------------- */

static bool empty_url(struct slice url)
{
	return !slice_trim(url).len;
}

static int check_link(struct checker *c, const struct book_section *s,
		      const struct node *n, struct error *err)
{
	const char *what = n->type == NODE_IMAGE ? "picture" : "link";
	struct slice url = n->link.url;
	struct book_target t;
	int rc = book_resolve(&t, c->book, s, url, err);

	if (rc < 0)
		return rc;
	if (empty_url(url)) {
		check_note(c, n->start, "%s without a target", what);
	} else if (n->type == NODE_IMAGE && t.kind == TARGET_OUTSIDE) {
		check_note(c, n->start,
			   "picture '%.*s' is not in the manuscript: a draft "
			   "shows its words instead", SLICE_ARG(url));
	} else if (t.kind == TARGET_DEAD ||
		   (n->type == NODE_IMAGE && t.kind != TARGET_FILE)) {
		check_note(c, n->start, n->type == NODE_IMAGE
					  ? "no picture '%.*s'"
					  : "link to '%.*s' leads nowhere",
			   SLICE_ARG(url));
	} else if (t.no_anchor) {
		check_note(c, n->start,
			   "link to '%.*s': the chunk is there, the place in "
			   "it is not", SLICE_ARG(url));
	}
	return 0;
}

/* Text that looks like a note or reference, and was none. */
static void check_references(struct checker *c, const struct node *n)
{
	struct slice t = n->text;

	if (n->flags & NODE_LITERAL)
		return;
	for (size_t i = 0; i + 1 < t.len; i++) {
		size_t end;

		if (t.ptr[i] != '[' ||
		    (t.ptr[i + 1] != '^' && !(i && t.ptr[i - 1] == ']')))
			continue;
		end = i + slice_find(slice_sub(t, i, t.len), ']');
		if (end == t.len)
			break;
		if (t.ptr[i + 1] == '^')
			check_note(c, n->start + i, "no note '%.*s' is defined",
				   SLICE_ARG(slice_sub(t, i + 2, end)));
		else if (end > i + 1)
			check_note(c, n->start + i, "no link '%.*s' is defined",
				   SLICE_ARG(slice_sub(t, i + 1, end)));
		i = end;
	}
}

static void check_id(struct checker *c, const struct book_section *s,
		     const struct node *n)
{
	struct slice id = n->attributes ? n->attributes->id : SLICE("");
	struct span span = { n->start, n->end };
	size_t entry = (size_t)(s->entry - c->ms->outline.items);
	const struct definition *first;

	if (!id.len ||
	    definitions_add(&c->ids, false, id, SLICE(""), entry, span))
		return;
	first = definitions_find(&c->ids, false, id);
	check_note(c, n->start, "id '%.*s' is used before, in '%s'",
		   SLICE_ARG(id), c->ms->outline.items[first->chunk].path);
}

static void check_table(struct checker *c, const struct node *table)
{
	size_t columns = 0;

	if (!table->first)
		return;
	for (const struct node *n = table->first->first; n; n = n->next)
		columns++;
	if (columns > MAX_COLUMNS)
		check_note(c, table->start,
			   "table of %zu columns: a small e-reader shows %d",
			   columns, MAX_COLUMNS);
}

static int check_node(struct checker *c, const struct book_section *s,
		      const struct node *n, int *level, struct error *err)
{
	struct strbuf words = STRBUF_INIT;

	check_id(c, s, n);
	switch (n->type) {
	case NODE_IMAGE:
		node_plain_text(&words, n);
		if (slice_is_blank(strbuf_slice(&words)) &&
		    !slice_eq_str(node_attribute(n, "role"), "presentation"))
			check_note(c, n->start,
				   "picture without a description: put one "
				   "between the brackets");
		strbuf_release(&words);
		return check_link(c, s, n, err);
	case NODE_LINK:
		return check_link(c, s, n, err);
	case NODE_HEADING:
		node_plain_text(&words, n);
		if (slice_is_blank(strbuf_slice(&words)))
			check_note(c, n->start, "heading without words");
		strbuf_release(&words);
		if (*level && n->level > *level + 1)
			check_note(c, n->start,
				   "heading of level %d after one of level %d",
				   n->level, *level);
		*level = n->level;
		break;
	case NODE_TEXT:
		check_references(c, n);
		break;
	case NODE_TABLE:
		check_table(c, n);
		break;
	case NODE_INSERTION:
	case NODE_DELETION:
	case NODE_HIGHLIGHT:
	case NODE_COMMENT:
		check_note(c, n->start, "CriticMarkup left in the text");
		break;
	default:
		break;
	}
	return 0;
}

/* Levels are checked as the author wrote them, so of a document of our own,
 * not of the book's, where they are mended. */
static int check_tree(struct checker *c, const struct book_section *s,
		      struct document *doc, struct error *err)
{
	const struct node *roots[] = { doc->root, doc->footnotes };
	struct definitions labels = DEFINITIONS_INIT;
	int level = 0, rc = 0;

	for (size_t i = 0; i < 2; i++)
		for (const struct node *n = roots[i]; !rc && n;
		     n = node_next(n, roots[i]))
			rc = check_node(c, s, n, &level, err);
	for (const struct node *n = doc->footnotes->first; n; n = n->next) {
		struct span span = { n->start, n->end };

		if (!definitions_add(&labels, true, n->text, SLICE(""), 0,
				     span))
			check_note(c, n->start, "note '%.*s' is defined twice",
				   SLICE_ARG(n->text));
	}
	definitions_release(&labels);
	return rc;
}

struct pass {
	struct checker *checker;
	document_reader *reader;
	struct cited *cited;	/* first pass: filled; second: asked */
	bool second;
	struct document doc;
};

static int check_section(struct pass *p, const struct book_section *s,
			 struct error *err)
{
	struct checker *c = p->checker;
	size_t entry = (size_t)(s->entry - c->ms->outline.items);
	struct slice text = s->doc.source;
	int rc;

	if (!s->entry->path)
		return 0;
	if (!p->second) {
		check_cited_add(p->cited, &s->doc, entry);
		return 0;
	}
	/* the book has changed its own tree: read the text once more, with
	 * nothing from elsewhere left out */
	check_text(c, text);
	document_reset(&p->doc);
	rc = p->reader(&p->doc, text, book_definitions(c->book), err);
	if (!rc)
		rc = check_tree(c, s, &p->doc, err);
	if (!rc)
		check_uncited(c, p->cited, &p->doc, entry);
	tell_notes(c, s->entry->path, text);
	return rc;
}

static int run_pass(struct pass *p, book_warning *warn, struct error *err)
{
	struct checker *c = p->checker;
	int rc = book_open(&c->book, c->ms, p->reader, warn, c, err);

	for (size_t i = 0; !rc && i < book_count(c->book); i++) {
		const struct book_chapter *chapter;

		rc = book_read_chapter(&chapter, c->book, i, err);
		for (size_t k = 0; !rc && k < chapter->section_count; k++)
			rc = check_section(p, &chapter->sections[k], err);
	}
	book_close(c->book);
	c->book = NULL;
	return rc;
}

/* ---- files and outline ------------------------------------------------ */

static bool is_text_name(struct slice path)
{
	static const char *const ends[] = { ".md", ".markdown", ".txt" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (slice_ends_with(path, slice_of(ends[i])))
			return true;
	return false;
}

/* Files that a repository has beside its text. */
static bool is_about_repository(const char *path)
{
	static const char *const names[] = {
		"README",    "LICENSE", "LICENCE",   "COPYING", "CONTRIBUTING",
		"CHANGELOG", "CHANGES", "CODE_OF_CONDUCT", "AUTHORS",
		"SECURITY",  "NEWS",    "TODO",      "SUMMARY",
	};
	const char *slash = strrchr(path, '/');
	const char *base = slash ? slash + 1 : path;
	size_t len = strcspn(base, ".");

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (len == strlen(names[i]) &&
		    !strncasecmp(base, names[i], len))
			return true;
	return path[0] == '.' || strstr(path, "/.");
}

static int check_listed(const char *path, void *data)
{
	struct checker *c = data;
	struct slice s = slice_of(path);

	if (!slice_starts_with(s, slice_of(c->ms->folder)) ||
	    !is_text_name(s) || is_about_repository(path) ||
	    definitions_find(&c->ids, false, s))
		return 0;
	tell(c, path, 0, 0, "not in the outline: no draft has it");
	return 0;
}

static void tell_missing(void *data, const char *path, size_t line,
			 const char *message)
{
	tell(data, path ? path : "SUMMARY.md", line, 0, message);
}

static int check_files(struct checker *c, struct error *err)
{
	const struct outline *o = &c->ms->outline;
	int rc;

	if (!c->ms->outline_path)
		return 0;
	for (size_t i = 0; i < o->count; i++)
		if (o->items[i].path)
			definitions_add(&c->ids, false,
					slice_of(o->items[i].path), SLICE(""),
					i, (struct span){ 0, 0 });
	rc = tree_each(c->ms->tree, check_listed, c, err);
	definitions_release(&c->ids);
	return rc;
}

int check_manuscript(const struct manuscript *ms, document_reader *reader,
		     void (*found)(const struct check_finding *, void *data),
		     void *data, struct error *err)
{
	struct checker c = { .ms = ms, .tell = found, .data = data };
	struct cited cited = { DEFINITIONS_INIT, DEFINITIONS_INIT };
	struct pass pass = { &c, reader, &cited, false, DOCUMENT_INIT };
	int rc = check_files(&c, err);

	if (!rc)
		rc = run_pass(&pass, NULL, err);
	pass.second = true;
	if (!rc)
		rc = run_pass(&pass, tell_missing, err);
	document_release(&pass.doc);
	definitions_release(&cited.here);
	definitions_release(&cited.elsewhere);
	definitions_release(&c.ids);
	arena_release(&c.arena);
	free(c.found);
	return rc < 0 ? rc : c.count;
}
