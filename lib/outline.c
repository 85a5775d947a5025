/* SPDX-License-Identifier: MIT */
/*
 * Reading and keeping outlines; outline_write.c writes them.
 */
#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "outline.h"
#include "outline_inline.h"
#include "outline_line.h"
#include "strbuf.h"

#define DEEPEST_ENTRY 32

struct parser {
	struct outline *outline;
	const char *folder, *name;
	size_t line;
	bool seen_list, in_comment, in_fence;
	char fence;
	struct {
		size_t content;		/* column where the item's text starts */
	} items[DEEPEST_ENTRY + 1];
	unsigned depth;			/* open list items */
	bool item_is_bare;		/* the last one had no link yet */
	bool *anchored;			/* of each entry: its link has a '#' */
	size_t anchored_capacity;
	struct strbuf title, path, text;
	struct slice paragraph;		/* the line before, if it was prose */
	struct error *err;
};

void outline_release(struct outline *outline)
{
	arena_release(&outline->arena);
	free(outline->items);
	*outline = (struct outline)OUTLINE_INIT;
}

void outline_add(struct outline *outline, const struct outline_entry *entry)
{
	struct outline_entry copy = *entry;

	copy.title = arena_strdup(&outline->arena, entry->title ? entry->title
								: "");
	if (entry->path)
		copy.path = arena_strdup(&outline->arena, entry->path);
	GROW(outline->items, outline->count, outline->capacity);
	outline->items[outline->count++] = copy;
}

static int malformed(struct parser *p, const char *what, const char *which)
{
	return error_set(p->err, ERROR_MALFORMED, "%s:%zu: %s '%.200s'",
			 p->name, p->line, what, which);
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "http:", "mailto:": a letter, then two or more of what a scheme has. */
static bool has_scheme(struct slice url)
{
	size_t i = 0;

	while (i < url.len && (isalnum((unsigned char)url.ptr[i]) ||
			       strchr("+.-", url.ptr[i])))
		i++;
	return i > 1 && i < url.len && url.ptr[i] == ':' &&
	       isalpha((unsigned char)*url.ptr);
}

static void decode_percents(struct strbuf *out, struct slice url)
{
	for (size_t i = 0; i < url.len; i++) {
		int high = -1, low = -1;

		if (url.ptr[i] == '%' && i + 2 < url.len) {
			high = hex_digit(url.ptr[i + 1]);
			low = hex_digit(url.ptr[i + 2]);
		}
		if (high < 0 || low < 0) {
			strbuf_addch(out, url.ptr[i]);
			continue;
		}
		strbuf_addch(out, (char)(high << 4 | low));
		i += 2;
	}
}

/*
 * Append the parts of `url` to the path, "." and ".." resolved. False when
 * it leaves the manuscript.
 */
static bool add_parts(struct strbuf *path, struct slice url)
{
	while (url.len) {
		size_t n = slice_find(url, '/');
		struct slice part = slice_sub(url, 0, n);

		url = slice_sub(url, n + 1, url.len);
		if (!part.len || slice_eq(part, SLICE(".")))
			continue;
		if (!slice_eq(part, SLICE(".."))) {
			if (path->len)
				strbuf_addch(path, '/');
			strbuf_add_slice(path, part);
			continue;
		}
		if (!path->len)
			return false;
		while (path->len && path->buf[path->len - 1] != '/')
			path->len--;
		strbuf_truncate(path, path->len ? path->len - 1 : 0);
	}
	return true;
}

/*
 * Make a path of the link's target. 1: an entry; 0: a link that is none, to
 * another site or a place on this page.
 */
static int read_path(struct parser *p, struct slice url, bool *anchored)
{
	struct strbuf decoded = STRBUF_INIT;
	struct strbuf shown = STRBUF_INIT;
	size_t hash = slice_find(url, '#');
	bool bad;
	int rc = 1;

	*anchored = hash < url.len;
	strbuf_truncate(&p->path, 0);
	if (has_scheme(url) || !hash)
		return !url.len;
	url = slice_sub(url, 0, hash);
	decode_percents(&decoded, url);
	bad = memchr(decoded.buf, '\0', decoded.len) != NULL;
	for (size_t i = 0; i < decoded.len && !bad; i++)
		bad = (unsigned char)decoded.buf[i] < ' ' ||
		      decoded.buf[i] == 0x7F;
	if (bad || (decoded.len && *decoded.buf == '/') ||
	    !add_parts(&p->path, slice_of(p->folder)) ||
	    !add_parts(&p->path, strbuf_slice(&decoded)) || !p->path.len) {
		strbuf_add_slice(&shown, url);
		rc = malformed(p, bad ? "a link cannot lead to"
				      : "a link leaves the manuscript:",
			       shown.buf);
	}
	strbuf_release(&shown);
	strbuf_release(&decoded);
	return rc;
}

static void add_entry(struct parser *p, enum outline_kind kind,
		      const char *path, bool anchored)
{
	struct outline_entry entry = {
		.kind = kind, .path = path, .line = p->line,
		.depth = kind == OUTLINE_CHAPTER ? p->depth - 1 : 0
	};
	size_t n = p->outline->count;

	if (!p->title.len && path) {
		const char *slash = strrchr(path, '/');

		outline_add_clean(&p->title,
				  slice_of(slash ? slash + 1 : path));
		outline_fold_blanks(&p->title, 0);
	}
	entry.title = p->title.buf;
	GROW(p->anchored, n, p->anchored_capacity);
	p->anchored[n] = anchored;
	outline_add(p->outline, &entry);
}

/*
 * Read the entry that `text` is: its first link, or (a heading, a list item)
 * its words. 1: it was one; 0: it is none.
 */
static int read_entry(struct parser *p, struct slice text,
		      enum outline_kind kind)
{
	struct outline_link link;
	bool anchored = false;
	int rc;

	strbuf_truncate(&p->title, 0);
	if (outline_find_link(&link, text)) {
		strbuf_truncate(&p->text, 0);
		outline_unescape(&p->text, link.url);
		rc = read_path(p, strbuf_slice(&p->text), &anchored);
		if (rc <= 0)
			return rc;
		outline_plain_title(&p->title, link.title);
		if (!p->title.len && !p->path.len)
			return 0;
		add_entry(p, kind, p->path.len ? p->path.buf : NULL, anchored);
		return 1;
	}
	if (kind != OUTLINE_CHAPTER && kind != OUTLINE_PART)
		return 0;
	outline_plain_title(&p->title, text);
	if (!p->title.len)
		return 0;
	add_entry(p, kind, NULL, false);
	return 1;
}

static int read_heading(struct parser *p, struct slice text, int level)
{
	struct outline_link link;

	p->depth = 0;
	if (!p->outline->count && !p->outline->title && level == 1 &&
	    !outline_find_link(&link, text)) {
		strbuf_truncate(&p->title, 0);
		outline_plain_title(&p->title, text);
		p->outline->title = arena_strdup(&p->outline->arena,
						 p->title.buf);
		return 0;
	}
	return read_entry(p, text, OUTLINE_PART);
}

static int read_item(struct parser *p, const struct outline_line *line)
{
	int rc;

	while (p->depth && line->indent < p->items[p->depth - 1].content)
		p->depth--;
	if (p->depth >= DEEPEST_ENTRY)
		return error_set(p->err, ERROR_MALFORMED,
				 "%s:%zu: entries nest deeper than %d",
				 p->name, p->line, DEEPEST_ENTRY);
	p->items[p->depth++].content = line->content;
	p->seen_list = true;
	rc = read_entry(p, line->text, OUTLINE_CHAPTER);
	p->item_is_bare = !rc;
	return rc;
}

/* A line of prose; links in it are prefix or suffix chapters. */
static int read_prose(struct parser *p, const struct outline_line *line)
{
	bool inside = p->depth &&
		      line->indent >= p->items[p->depth - 1].content;
	int rc;

	if (inside) {
		/* what goes on after "- " belongs to that item */
		if (!p->item_is_bare)
			return 0;
		rc = read_entry(p, line->text, OUTLINE_CHAPTER);
		p->item_is_bare = !rc;
		return rc;
	}
	if (*line->text.ptr != '[') {
		p->paragraph = line->text;
		return 0;
	}
	p->depth = 0;
	return read_entry(p, line->text, p->seen_list ? OUTLINE_SUFFIX
						      : OUTLINE_PREFIX);
}

/* Fenced code and comments are no part of the outline. True inside them. */
static bool is_hidden(struct parser *p, struct slice line)
{
	struct slice text = slice_trim(line);
	size_t end;

	if (p->in_fence) {
		if (text.len >= 3 && text.ptr[0] == p->fence &&
		    text.ptr[1] == p->fence && text.ptr[2] == p->fence)
			p->in_fence = false;
		return true;
	}
	if (!p->in_comment && slice_starts_with(text, SLICE("<!--"))) {
		p->in_comment = true;
		text = slice_sub(text, 4, text.len);
	}
	if (p->in_comment) {
		end = slice_find_slice(text, SLICE("-->"));
		p->in_comment = end == text.len;
		return true;
	}
	if (slice_starts_with(text, SLICE("```")) ||
	    slice_starts_with(text, SLICE("~~~"))) {
		p->in_fence = true;
		p->fence = *text.ptr;
		return true;
	}
	return false;
}

static int read_line(struct parser *p, struct slice bytes)
{
	struct outline_line line;
	struct slice before = p->paragraph;

	p->paragraph = (struct slice){ NULL, 0 };
	if (is_hidden(p, bytes))
		return 0;
	outline_scan_line(&line, slice_chomp(bytes));
	switch (line.type) {
	case OUTLINE_LINE_BLANK:
		return 0;
	case OUTLINE_LINE_HEADING:
		return read_heading(p, line.text, line.level);
	case OUTLINE_LINE_UNDERLINE:
		return before.len ? read_heading(p, before, 1) : 0;
	case OUTLINE_LINE_SEPARATOR:
		if (before.len && *line.text.ptr == '-' &&
		    !memchr(line.text.ptr, ' ', line.text.len))
			return read_heading(p, before, 2);
		p->depth = 0;
		strbuf_truncate(&p->title, 0);
		add_entry(p, OUTLINE_SEPARATOR, NULL, false);
		return 0;
	case OUTLINE_LINE_ITEM:
		return read_item(p, &line);
	case OUTLINE_LINE_PROSE:
		return read_prose(p, &line);
	}
	return 0;
}

/*
 * The order by which repeated chunks stand together; ties by place. qsort()
 * has no argument for the outline, so the place goes with the path.
 */
struct place {
	const char *path;
	size_t at;
};

static int by_path(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int order = strcmp(x->path, y->path);

	return order ? order : (x->at > y->at) - (x->at < y->at);
}

/*
 * A chunk may be there once. GitBook lists the sections of one as further
 * links to it with an anchor: those are marked to be dropped.
 */
static int mark_repeated(struct parser *p, bool *drop)
{
	struct outline *o = p->outline;
	struct place *places = xreallocarray(NULL, o->count + 1,
					     sizeof(*places));
	size_t n = 0, worst = SIZE_MAX, first = 0;

	for (size_t i = 0; i < o->count; i++)
		if (o->items[i].path)
			places[n++] = (struct place){ o->items[i].path, i };
	if (n)
		qsort(places, n, sizeof(*places), by_path);
	for (size_t i = 1; i < n; i++) {
		size_t at = places[i].at;

		if (strcmp(places[i].path, places[first].path)) {
			first = i;
			continue;
		}
		drop[at] = true;
		if (!p->anchored[at] && !p->anchored[places[first].at] &&
		    at < worst)
			worst = at;
	}
	free(places);
	if (worst == SIZE_MAX)
		return 0;
	p->line = o->items[worst].line;
	return malformed(p, "this chunk is in the outline already:",
			 o->items[worst].path);
}

/* Drop what is marked, and close the gaps that leaves in the nesting. */
static void settle(struct outline *o, const bool *drop)
{
	unsigned open[DEEPEST_ENTRY + 1], depth = 0;
	size_t n = 0;

	for (size_t i = 0; i < o->count; i++) {
		struct outline_entry e = o->items[i];

		if (drop[i])
			continue;
		if (e.kind != OUTLINE_CHAPTER) {
			depth = 0;
		} else {
			while (depth && open[depth - 1] >= e.depth)
				depth--;
			open[depth] = e.depth;
			e.depth = depth++;
		}
		o->items[n++] = e;
	}
	o->count = n;
}

int outline_parse(struct outline *outline, struct slice text,
		  const char *folder, const char *name, struct error *err)
{
	struct parser p = {
		.outline = outline, .folder = folder, .name = name,
		.title = STRBUF_INIT, .path = STRBUF_INIT,
		.text = STRBUF_INIT, .err = err
	};
	bool *drop = NULL;
	struct slice line;
	int rc = 0;

	if (slice_starts_with(text, SLICE("\xEF\xBB\xBF")))
		text = slice_sub(text, 3, text.len);
	while (rc >= 0 && slice_next_line(&line, &text)) {
		p.line++;
		rc = read_line(&p, line);
	}
	if (rc >= 0) {
		drop = xcalloc(outline->count + 1, sizeof(*drop));
		rc = mark_repeated(&p, drop);
	}
	if (rc >= 0)
		settle(outline, drop);
	free(drop);
	free(p.anchored);
	strbuf_release(&p.title);
	strbuf_release(&p.path);
	strbuf_release(&p.text);
	return rc < 0 ? rc : 0;
}
