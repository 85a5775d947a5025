/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "block_scan.h"
#include "book_private.h"
#include "book_role.h"
#include "error.h"
#include "typography.h"

/* Of the texts that are read at the start, so many bytes are kept, so that a
 * book of usual size is read once. */
#define KEPT_TEXT ((size_t)8 << 20)

/* What one look through a chunk tells. */
struct glance {
	bool has_heading, has_text;
	struct strbuf title;	/* plain, as typed */
	enum book_role role;	/* from a class; else ROLE_CHAPTER */
};

/* ---- chunks ----------------------------------------------------------- */

/* The words and classes of a heading, as the reader of the format has them. */
static int read_heading(struct glance *g, struct book *book,
			struct slice source, struct error *err)
{
	struct document doc = DOCUMENT_INIT;
	int rc = book->reader(&doc, source, NULL, err);

	for (struct node *n = rc < 0 ? NULL : doc.root; n;
	     n = node_next(n, doc.root)) {
		const struct attributes *a = n->attributes;

		if (n->type != NODE_HEADING)
			continue;
		node_plain_text(&g->title, n);
		for (size_t i = 0; a && i < a->class_count; i++)
			if (g->role == ROLE_CHAPTER)
				g->role = book_role_of_class(a->classes[i]);
		g->has_heading = true;
		break;
	}
	document_release(&doc);
	return rc;
}

/* "]:", as in every definition; brackets are rare in prose. */
static bool may_define(struct slice text)
{
	for (;;) {
		size_t at = slice_find(text, ']');

		if (at + 1 >= text.len)
			return false;
		if (text.ptr[at + 1] == ':')
			return true;
		text = slice_sub(text, at + 1, text.len);
	}
}

/* Look through a chunk: all of it only where it may define something. */
static int glance_at(struct glance *g, struct book *book, size_t at,
		     struct slice text, struct error *err)
{
	bool defines = may_define(text);
	struct block_scanner scanner;
	struct block b;

	block_scanner_init(&scanner, text);
	while (block_scanner_next(&scanner, &b)) {
		struct slice source = slice_sub(text, b.span.start, b.span.end);
		int rc;

		switch (b.type) {
		case BLOCK_BLANK:
		case BLOCK_METADATA:
			break;
		case BLOCK_HEADING:
			if (g->has_heading)
				break;
			rc = read_heading(g, book, source, err);
			if (rc < 0)
				return rc;
			break;
		case BLOCK_FOOTNOTE:
		case BLOCK_LINK_DEFINITION:
			definitions_add(&book->definitions,
					b.type == BLOCK_FOOTNOTE, b.label,
					source, at, b.span);
			break;
		default:
			g->has_text = true;
			break;
		}
		if (!defines && g->has_heading && g->has_text)
			break;
	}
	return 0;
}

/* ---- chapters --------------------------------------------------------- */

static bool starts_chapter(const struct book *book,
			   const struct outline_entry *e)
{
	const struct book_entry *last = book->count
						? &book->entries[book->count - 1]
						: NULL;

	if (e->kind != OUTLINE_CHAPTER || !e->depth)
		return true;
	return !last || last->role == ROLE_PART;
}

/* A title for readers: quotes and dashes as they are printed. */
static const char *printed(struct book *book, struct slice title)
{
	struct strbuf out = STRBUF_INIT;
	struct typography t;
	const char *result;

	typography_start(&t, typography_for(manuscript_language(book->ms)));
	typography_add(&out, &t, slice_trim(title), 0);
	result = arena_copy(&book->arena, strbuf_slice(&out));
	strbuf_release(&out);
	return result;
}

static void add_entry(struct book *book, size_t at)
{
	const struct outline_entry *e = &book->ms->outline.items[at];
	struct book_entry *entry;

	GROW(book->entries, book->count, book->capacity);
	entry = &book->entries[book->count++];
	*entry = (struct book_entry){ .role = e->kind == OUTLINE_PART
						      ? ROLE_PART
						      : ROLE_CHAPTER,
				      .label = "",
				      .part = SIZE_MAX,
				      .first = at,
				      .count = 1,
				      .written = e->kind == OUTLINE_PART };
	entry->title = printed(book, slice_of(e->title));
	entry->titled = e->kind != OUTLINE_PREFIX;
}

/* What the first chunk of a chapter says of it. False: nothing to show. */
static bool settle_entry(struct book *book, struct book_entry *entry,
			 const struct outline_entry *e, const struct glance *g)
{
	struct slice title = strbuf_slice(&g->title);

	if (e->kind == OUTLINE_PREFIX && g->has_heading &&
	    slice_eq_str(slice_trim(title), manuscript_title(book->ms))) {
		/* the title page has it already */
		entry->titled = false;
		return g->has_text;
	}
	if (g->has_heading) {
		entry->titled = true;
		if (title.len)
			entry->title = printed(book, title);
	}
	if (entry->role != ROLE_PART) {
		entry->role = g->role != ROLE_CHAPTER
				      ? g->role
				      : book_role_of_title(slice_of(
						entry->title));
	}
	return g->has_heading || g->has_text || e->kind != OUTLINE_PREFIX;
}

void book_warn(const struct book *book, const char *path, size_t line,
	       const char *message)
{
	if (book->warn)
		book->warn(book->warn_data, path, line, message);
}

/* Keep a chunk's text, if there is room, and look through it. What is missing
 * is warned of. */
static int read_chunk(struct glance *g, struct book *book, size_t at,
		      struct strbuf *text, struct error *err)
{
	const struct outline_entry *e = &book->ms->outline.items[at];
	struct chunk *chunk = &book->chunks[at];
	struct error missing = ERROR_INIT;
	int rc;

	strbuf_truncate(text, 0);
	rc = manuscript_read(text, book->ms, e, &missing);
	if (rc == ERROR_NOT_FOUND) {
		book_warn(book, book->ms->outline_path, e->line,
			  missing.message);
		return 0;
	}
	if (rc < 0)
		return error_set(err, rc, "%s", missing.message);
	chunk->there = true;
	if (book->kept + text->len <= KEPT_TEXT) {
		book->kept += text->len;
		chunk->text = arena_slice(&book->arena, strbuf_slice(text));
	}
	return glance_at(g, book, at, strbuf_slice(text), err);
}

/* Into a chapter of its own or the one before; false: it isn't shown. */
static bool place_chunk(struct book *book, size_t at, const struct glance *g)
{
	const struct outline_entry *e = &book->ms->outline.items[at];
	struct book_entry *entry;

	if (!starts_chapter(book, e)) {
		entry = &book->entries[book->count - 1];
		entry->count = at - entry->first + 1;
		return true;
	}
	add_entry(book, at);
	entry = &book->entries[book->count - 1];
	if (!book->chunks[at].there || settle_entry(book, entry, e, g))
		return true;
	book->count--;
	return false;
}

static int add_chunk(struct book *book, size_t at, struct strbuf *text,
		     struct error *err)
{
	const struct outline_entry *e = &book->ms->outline.items[at];
	struct chunk *chunk = &book->chunks[at];
	struct glance g = { false, false, STRBUF_INIT, ROLE_CHAPTER };
	int rc = 0;

	chunk->path = e->path;
	chunk->chapter = SIZE_MAX;
	if (e->kind == OUTLINE_SEPARATOR)
		return 0;
	chunk->id = id_of_chunk(&book->arena, e->path, at);
	if (e->path)
		rc = read_chunk(&g, book, at, text, err);
	if (!rc && place_chunk(book, at, &g)) {
		chunk->chapter = book->count - 1;
		book->entries[chunk->chapter].written |= chunk->there;
	}
	strbuf_release(&g.title);
	return rc;
}

/* "1", "2", …; "A" … "Z", "AA" … for what has no number. */
static const char *letters(struct book *book, unsigned n)
{
	char buf[16];
	size_t at = sizeof(buf) - 1;

	buf[at] = '\0';
	for (n++; n; n = (n - 1) / 26)
		buf[--at] = (char)('A' + (n - 1) % 26);
	return arena_strdup(&book->arena, buf + at);
}

static void number_entries(struct book *book)
{
	unsigned number = 0, letter = 0;
	size_t part = SIZE_MAX;
	bool body = false;

	for (size_t i = 0; i < book->count; i++) {
		struct book_entry *e = &book->entries[i];
		enum outline_kind kind =
			book->ms->outline.items[e->first].kind;
		char digits[16];

		e->matter = book_matter_of(e->role, kind, body);
		body |= e->matter == MATTER_BODY;
		e->part = kind == OUTLINE_CHAPTER ? part : SIZE_MAX;
		if (e->role == ROLE_PART) {
			part = i;
			/* its own words are labelled too */
			e->label = letters(book, letter++);
		} else if (e->role == ROLE_CHAPTER &&
			   kind == OUTLINE_CHAPTER) {
			snprintf(digits, sizeof(digits), "%u", ++number);
			e->label = arena_strdup(&book->arena, digits);
		} else {
			e->label = letters(book, letter++);
		}
	}
}

int book_open(struct book **out, const struct manuscript *ms,
	      document_reader *reader, book_warning *warn, void *data,
	      struct error *err)
{
	struct book *book = xcalloc(1, sizeof(*book));
	struct strbuf text = STRBUF_INIT;
	int rc = 0;

	book->ms = ms;
	book->reader = reader;
	book->warn = warn;
	book->warn_data = data;
	book->arena = (struct arena)ARENA_INIT;
	book->definitions = (struct definitions)DEFINITIONS_INIT;
	book->scratch = (struct strbuf)STRBUF_INIT;
	book->credits = (struct credits)CREDITS_INIT;
	book->chunks = xcalloc(ms->outline.count, sizeof(*book->chunks));
	for (size_t i = 0; !rc && i < ms->outline.count; i++)
		rc = add_chunk(book, i, &text, err);
	if (!rc) {
		book_index_paths(book);
		number_entries(book);
		book_name_files(book);
		book_name_draft(book);
		*out = book;
	} else {
		book_close(book);
	}
	strbuf_release(&text);
	return rc;
}

void book_close(struct book *book)
{
	if (!book)
		return;
	for (size_t i = 0; i < book->ms->outline.count; i++)
		free(book->chunks[i].anchors);
	reading_release(&book->current);
	reading_release(&book->peek);
	definitions_release(&book->definitions);
	credits_release(&book->credits);
	strbuf_release(&book->scratch);
	arena_release(&book->arena);
	free(book->entries);
	free(book->chunks);
	free(book->by_path);
	free(book->draft_name);
	free(book->identifier);
	free(book->key);
	free(book->slug);
	free(book->file_stem);
	free(book->reader_name);
	free(book->reader_code);
	free(book->changes);
	free(book->since);
	free(book);
}

void book_tell_progress(struct book *book, book_progress *tell, void *data)
{
	book->tell = tell;
	book->tell_data = data;
}

size_t book_count(const struct book *book)
{
	return book->count;
}

const struct book_entry *book_entry(const struct book *book, size_t index)
{
	return &book->entries[index];
}

const struct manuscript *book_manuscript(const struct book *book)
{
	return book->ms;
}

document_reader *book_document_reader(const struct book *book)
{
	return book->reader;
}

const struct definitions *book_definitions(const struct book *book)
{
	return &book->definitions;
}
