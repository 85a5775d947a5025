/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "alloc.h"
#include "split_book.h"
#include "strbuf.h"
#include "utf8.h"

#define LONGEST_PATH 1024

void split_book_release(struct split_book *book)
{
	free(book->pictures);
	arena_release(&book->arena);
	memset(book, 0, sizeof(*book));
}

static bool is_picture(struct slice path)
{
	static const char *const ends[] = {
		".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif"
	};

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		size_t len = strlen(ends[i]), n = 0;

		if (path.len <= len)
			continue;
		while (n < len && (path.ptr[path.len - len + n] | 32) ==
				  (ends[i][n] | 32))
			n++;
		if (n == len)
			return true;
	}
	return false;
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 32;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void decode(struct strbuf *out, struct slice url)
{
	for (size_t i = 0; i < url.len; i++) {
		char c = url.ptr[i];

		if (c == '%' && i + 2 < url.len && hex(url.ptr[i + 1]) >= 0 &&
		    hex(url.ptr[i + 2]) >= 0) {
			c = (char)(hex(url.ptr[i + 1]) * 16 +
				   hex(url.ptr[i + 2]));
			i += 2;
		}
		strbuf_addch(out, c);
	}
}

/* Relative, and inside the folder; nothing hidden, nothing odd. */
static bool is_inside(struct slice path)
{
	size_t start = 0;

	if (!path.len || slice_find(path, '\0') < path.len ||
	    slice_find(path, ':') < path.len ||
	    slice_find(path, '\\') < path.len ||
	    utf8_valid_prefix(path) < path.len)
		return false;
	for (size_t i = 0; i <= path.len; i++) {
		if (i < path.len && path.ptr[i] != '/')
			continue;
		if (i == start || path.ptr[start] == '.')
			return false;
		start = i + 1;
	}
	return true;
}

static void add_picture(struct split_book *book, struct slice url)
{
	struct strbuf path = STRBUF_INIT;
	size_t end = 0;

	while (end < url.len && url.ptr[end] != '#' && url.ptr[end] != '?')
		end++;
	decode(&path, slice_sub(url, 0, end));
	while (slice_starts_with(strbuf_slice(&path), SLICE("./"))) {
		memmove(path.buf, path.buf + 2, path.len - 1);
		path.len -= 2;
	}
	if (is_picture(strbuf_slice(&path)) && is_inside(strbuf_slice(&path))) {
		GROW(book->pictures, book->count, book->capacity);
		book->pictures[book->count++] = (struct split_picture){
			arena_copy(&book->arena, strbuf_slice(&path)), false
		};
	}
	strbuf_release(&path);
}

/* "](path", "](<a path>", "]: path": from just after the bracket. */
static void read_target(struct split_book *book, struct slice rest)
{
	char close = ')';
	size_t i = 1, start;

	rest = slice_sub(rest, 0, LONGEST_PATH);
	if (!rest.len || (*rest.ptr != '(' && *rest.ptr != ':'))
		return;
	while (i < rest.len && (rest.ptr[i] == ' ' || rest.ptr[i] == '\t'))
		i++;
	if (i < rest.len && rest.ptr[i] == '<') {
		close = '>';
		i++;
	}
	for (start = i; i < rest.len && rest.ptr[i] != close &&
			rest.ptr[i] != '\n' && rest.ptr[i] != '\r' &&
			(close == '>' || rest.ptr[i] != ' '); i++)
		;
	add_picture(book, slice_sub(rest, start, i));
}

static void read_html(struct split_book *book, struct slice text)
{
	static const char start[] = "src=";

	while (text.len) {
		size_t i = slice_find_slice(text, SLICE("src="));
		char quote;

		text = slice_sub(text, i + sizeof(start) - 1, text.len);
		if (!text.len || (*text.ptr != '"' && *text.ptr != '\''))
			continue;
		quote = *text.ptr;
		text = slice_sub(text, 1, text.len);
		i = slice_find(slice_sub(text, 0, LONGEST_PATH), quote);
		add_picture(book, slice_sub(text, 0, i));
	}
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct split_picture *)a)->path,
		      ((const struct split_picture *)b)->path);
}

/* Once each, and whether it is there. */
static void look_for(struct split_book *book, const char *file)
{
	const char *slash = strrchr(file, '/');
	struct strbuf path = STRBUF_INIT;
	size_t count = 0, folder = slash ? (size_t)(slash - file) + 1 : 0;

	if (book->count)
		qsort(book->pictures, book->count, sizeof(*book->pictures),
		      by_path);
	for (size_t i = 0; i < book->count; i++) {
		struct split_picture *p = &book->pictures[count];
		struct stat st;

		if (count && !strcmp(p[-1].path, book->pictures[i].path))
			continue;
		*p = book->pictures[i];
		count++;
		strbuf_truncate(&path, 0);
		strbuf_add(&path, file, folder);
		strbuf_adds(&path, p->path);
		p->there = !stat(path.buf, &st) && S_ISREG(st.st_mode);
		book->options.flat |= p->there;
	}
	book->count = count;
	strbuf_release(&path);
}

void split_book_read_pictures(struct split_book *book, struct slice text,
			      const char *file)
{
	size_t from = 0;

	while (from < text.len) {
		const char *p = memchr(text.ptr + from, ']', text.len - from);

		if (!p)
			break;
		from = (size_t)(p - text.ptr) + 1;
		read_target(book, slice_sub(text, from, text.len));
	}
	read_html(book, text);
	look_for(book, file);
}

void split_book_read_cover(struct split_book *book,
			   const struct split_plan *plan, const char *file)
{
	const char *cover = settings_get(&plan->settings, "book.cover");
	bool flat = book->options.flat;

	if (!cover)
		return;
	add_picture(book, slice_of(cover));
	look_for(book, file);
	book->options.flat = flat; /* its path is from the root */
}

void split_book_each_missing(const struct split_book *book,
			     void (*visit)(const char *path, void *data),
			     void *data)
{
	for (size_t i = 0; i < book->count; i++)
		if (!book->pictures[i].there)
			visit(book->pictures[i].path, data);
}
