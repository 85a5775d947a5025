/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "block_scan.h"
#include "book_private.h"
#include "book_role.h"
#include "error.h"
#include "slug.h"
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

/* "part-one/03-fog.md" is "c-part-one.03-fog": no two paths are the same. */
static const char *chunk_id(struct arena *arena, const char *path,
			    size_t index)
{
	struct strbuf words = STRBUF_INIT, id = STRBUF_INIT;
	const char *dot = path ? strrchr(path, '.') : NULL;
	const char *result;

	strbuf_adds(&id, "c-");
	if (!path) {
		strbuf_addf(&id, "entry-%zu", index + 1);
	} else {
		size_t len = dot && !strchr(dot, '/') ? (size_t)(dot - path)
						      : strlen(path);

		strbuf_add(&words, path, len);
		if (memchr(words.buf, '.', len)) /* taken for '/' below */
			id_from_words(&id, slice_of(path));
		for (size_t i = 0; i < len; i++)
			if (words.buf[i] == '/')
				words.buf[i] = '.';
		if (id.len == 2)
			id_from_words(&id, strbuf_slice(&words));
	}
	result = arena_copy(arena, strbuf_slice(&id));
	strbuf_release(&words);
	strbuf_release(&id);
	return result;
}

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
	entry->title = e->title;
	entry->titled = e->kind != OUTLINE_PREFIX;
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

static int add_chunk(struct book *book, size_t at, struct strbuf *text,
		     struct error *err)
{
	const struct outline_entry *e = &book->ms->outline.items[at];
	struct chunk *chunk = &book->chunks[at];
	struct glance g = { false, false, STRBUF_INIT, ROLE_CHAPTER };
	struct error missing = ERROR_INIT;
	struct book_entry *entry;
	bool shown = true;
	int rc = 0;

	chunk->path = e->path;
	chunk->chapter = SIZE_MAX;
	if (e->kind == OUTLINE_SEPARATOR)
		return 0;
	chunk->id = chunk_id(&book->arena, e->path, at);
	if (e->path) {
		strbuf_truncate(text, 0);
		rc = manuscript_read(text, book->ms, e, &missing);
		if (rc == ERROR_NOT_FOUND) {
			book_warn(book, book->ms->outline_path, e->line,
				  missing.message);
		} else if (rc < 0) {
			return error_set(err, rc, "%s", missing.message);
		} else {
			chunk->there = true;
			if (book->kept + text->len <= KEPT_TEXT) {
				book->kept += text->len;
				chunk->text = arena_slice(&book->arena,
							  strbuf_slice(text));
			}
			rc = glance_at(&g, book, at, strbuf_slice(text), err);
			if (rc < 0)
				goto out;
		}
		rc = 0;
	}
	if (starts_chapter(book, e)) {
		add_entry(book, at);
		entry = &book->entries[book->count - 1];
		entry->title = printed(book, slice_of(e->title));
		if (chunk->there)
			shown = settle_entry(book, entry, e, &g);
		if (!shown)
			book->count--;
	} else {
		entry = &book->entries[book->count - 1];
		entry->count = at - entry->first + 1;
	}
	if (shown) {
		chunk->chapter = book->count - 1;
		entry->written |= chunk->there;
	}
out:
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

/* ---- names for files -------------------------------------------------- */

static const char *entry_slug(struct book *book, size_t index)
{
	const struct book_entry *e = &book->entries[index];
	const struct outline_entry *o = &book->ms->outline.items[e->first];
	struct strbuf out = STRBUF_INIT;
	struct slice name = slice_of(e->title);
	const char *result;

	if (o->path) { /* the chunk's name; of README.md its folder's */
		const char *start = strrchr(o->path, '/');
		const char *dot;

		name = slice_of(start ? start + 1 : o->path);
		dot = strrchr(name.ptr, '.');
		name.len = dot ? (size_t)(dot - name.ptr) : name.len;
		if (start && (slice_eq_str(name, "README") ||
			      slice_eq_str(name, "index"))) {
			name = (struct slice){ o->path,
					       (size_t)(start - o->path) };
			while (slice_find(name, '/') < name.len)
				name = slice_sub(name,
						 slice_find(name, '/') + 1,
						 name.len);
		}
	}
	slug_add(&out, name, 60);
	if (!out.len)
		strbuf_addf(&out, "chapter-%zu", index + 1);
	result = arena_copy(&book->arena, strbuf_slice(&out));
	strbuf_release(&out);
	return result;
}

static _Thread_local struct book *sorting; /* qsort has no context */

static int compare_slugs(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;
	int order = strcmp(sorting->entries[x].slug, sorting->entries[y].slug);

	return order ? order : (x > y) - (x < y);
}

/* Until no two are the same; a round more is only ever needed by names such
 * as "fog-2" beside two called "fog". */
static void make_slugs_unique(struct book *book)
{
	size_t *order = xreallocarray(NULL, book->count + 1, sizeof(size_t));
	bool again = true;

	for (size_t i = 0; i < book->count; i++) {
		book->entries[i].slug = entry_slug(book, i);
		order[i] = i;
	}
	for (int rounds = 0; again && rounds < 64; rounds++) {
		again = false;
		sorting = book;
		qsort(order, book->count, sizeof(size_t), compare_slugs);
		for (size_t i = 1; i < book->count; i++) {
			struct book_entry *e = &book->entries[order[i]];
			struct strbuf out = STRBUF_INIT;

			if (strcmp(e->slug, book->entries[order[i - 1]].slug))
				continue;
			strbuf_addf(&out, "%s-%zu", e->slug, order[i] + 1);
			e->slug = arena_copy(&book->arena, strbuf_slice(&out));
			strbuf_release(&out);
			again = true;
		}
	}
	free(order);
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
		make_slugs_unique(book);
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
