/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include "error.h"
#include "outline.h"
#include "outline_line.h"
#include "strbuf.h"

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* True when the byte of a title would be read as markup. */
static bool needs_escape(const char *title, size_t i)
{
	char c = title[i], after = title[i + 1];

	switch (c) {
	case '\\':
	case '`':
	case '*':
	case '[':
	case ']':
		return true;
	case '_':
		return !i || !is_word(title[i - 1]) || !is_word(after);
	case '<':
		return isalpha((unsigned char)after) || after == '/' ||
		       after == '!';
	case '&':
		return isalnum((unsigned char)after) || after == '#';
	case '#':
		return !after;	/* else it closes a heading */
	default:
		return false;
	}
}

static void write_title(struct strbuf *out, const char *title)
{
	for (size_t i = 0; title[i]; i++) {
		if (needs_escape(title, i))
			strbuf_addch(out, '\\');
		strbuf_addch(out, (unsigned char)title[i] < ' ' ||
				  title[i] == 0x7F ? ' ' : title[i]);
	}
}

static void write_percents(struct strbuf *out, struct slice path)
{
	static const char special[] = " %#?<>()\\\"'`[]*_&|";

	for (size_t i = 0; i < path.len; i++) {
		unsigned char c = (unsigned char)path.ptr[i];

		if (c == '_' || (c > ' ' && c != 0x7F && !strchr(special, c)))
			strbuf_addch(out, (char)c);
		else
			strbuf_addf(out, "%%%02X", c);
	}
}

/* The path as it is written in a file of the folder. */
static void write_path(struct strbuf *out, const char *path,
		       const char *folder)
{
	struct slice to = slice_of(path), from = slice_of(folder), first;
	size_t n = 0;

	/* the longest start, of whole folders, that both have */
	for (size_t i = 0; i < to.len && i < from.len &&
			   to.ptr[i] == from.ptr[i]; i++)
		if (to.ptr[i] == '/')
			n = i + 1;
	to = slice_sub(to, n, to.len);
	from = slice_sub(from, n, from.len);
	if (from.len) {
		for (size_t i = 0; i < from.len; i++)
			if (from.ptr[i] == '/')
				strbuf_adds(out, "../");
	} else {
		/* "a:b.md" would be another site */
		first = slice_sub(to, 0, slice_find(to, '/'));
		if (slice_find(first, ':') < first.len)
			strbuf_adds(out, "./");
	}
	write_percents(out, to);
}

static void write_link(struct strbuf *out, const struct outline_entry *e,
		       const char *folder)
{
	strbuf_addch(out, '[');
	write_title(out, e->title);
	strbuf_adds(out, "](");
	if (e->path)
		write_path(out, e->path, folder);
	strbuf_addch(out, ')');
}

static void write_part(struct strbuf *out, const struct outline_entry *e,
		       const char *folder)
{
	if (e->path)
		write_link(out, e, folder);
	else
		write_title(out, e->title);
}

void outline_write(struct strbuf *out, const struct outline *outline,
		   const char *folder)
{
	bool in_list = false;

	if (outline->title) {
		strbuf_adds(out, "# ");
		write_title(out, outline->title);
		strbuf_addch(out, '\n');
	}
	for (size_t i = 0; i < outline->count; i++) {
		const struct outline_entry *e = &outline->items[i];
		bool chapter = e->kind == OUTLINE_CHAPTER;

		if (!(chapter && in_list) && out->len)
			strbuf_addch(out, '\n');
		in_list = chapter;
		switch (e->kind) {
		case OUTLINE_PART:
			/* a first heading with one # would be the title */
			strbuf_adds(out, i || outline->title ? "# " : "## ");
			write_part(out, e, folder);
			break;
		case OUTLINE_SEPARATOR:
			strbuf_adds(out, "---");
			break;
		case OUTLINE_CHAPTER:
			for (unsigned n = 0; n < e->depth; n++)
				strbuf_addch(out, '\t');
			strbuf_adds(out, "- ");
			/* fall through */
		case OUTLINE_PREFIX:
		case OUTLINE_SUFFIX:
			write_link(out, e, folder);
		}
		strbuf_addch(out, '\n');
	}
}

/* The `n`th line (from 1) of the text, with its end; and where it starts. */
static struct slice find_line(struct slice text, size_t n, size_t *start)
{
	struct slice rest = text, line = { text.ptr, 0 };

	while (n-- && slice_next_line(&line, &rest))
		;
	*start = text.len - rest.len - line.len;
	return line;
}

/*
 * What stands before the entry's words: "\t- ", "2. ", "## ". For what is
 * nested below it: as many blanks as the text is in, or a tab where the
 * author indents by tabs.
 */
struct lead {
	struct slice marker;
	struct slice indent;	/* the blanks of it */
	struct slice end;	/* "\n", "\r\n" */
	size_t step;		/* blanks for each level; 0: a tab */
};

static void find_lead(struct lead *lead, struct slice text, size_t start,
		      struct slice bytes)
{
	struct slice line = slice_chomp(bytes);
	struct outline_line scanned;
	size_t blanks = 0;

	if (!start && slice_starts_with(line, SLICE("\xEF\xBB\xBF")))
		line = slice_sub(line, 3, line.len);
	outline_scan_line(&scanned, line);
	while (blanks < line.len &&
	       (line.ptr[blanks] == ' ' || line.ptr[blanks] == '\t'))
		blanks++;
	lead->indent = slice_sub(line, 0, blanks);
	lead->marker = slice_sub(line, 0, scanned.text.len
				 ? (size_t)(scanned.text.ptr - line.ptr)
				 : line.len);
	lead->step = scanned.content - scanned.indent;
	if (slice_find_slice(text, SLICE("\n\t")) < text.len &&
	    lead->step <= 4 && slice_find(lead->indent, ' ') == blanks)
		lead->step = 0;
	lead->end = slice_sub(bytes, line.len +
			      (size_t)(line.ptr - bytes.ptr), bytes.len);
	if (!lead->end.len)
		lead->end = slice_find_slice(text, SLICE("\r\n")) < text.len
			  ? SLICE("\r\n") : SLICE("\n");
}

static void write_replacement(struct strbuf *out, const struct lead *lead,
			      const struct outline_entry *old,
			      const struct outline_entry *e,
			      unsigned base, const char *folder)
{
	unsigned deeper = e->depth > base ? e->depth - base : 0;

	if (old->kind == OUTLINE_PART && e->kind == OUTLINE_CHAPTER) {
		for (unsigned i = 0; i < e->depth; i++)
			strbuf_addch(out, '\t');
		strbuf_adds(out, "- ");
		write_link(out, e, folder);
		return;
	}
	if (old->kind == OUTLINE_CHAPTER && deeper) {
		strbuf_add_slice(out, lead->indent);
		for (size_t i = 0; i < deeper * (lead->step ? lead->step : 1);
		     i++)
			strbuf_addch(out, lead->step ? ' ' : '\t');
		strbuf_add_slice(out, slice_sub(lead->marker,
						lead->indent.len,
						lead->marker.len));
	} else {
		strbuf_add_slice(out, lead->marker);
	}
	if (old->kind == OUTLINE_PART)
		write_part(out, e, folder);
	else
		write_link(out, e, folder);
}

int outline_replace(struct strbuf *out, struct slice text,
		    const struct outline *outline, size_t at,
		    const struct outline_entry *replacement, size_t count,
		    const char *folder, struct error *err)
{
	const struct outline_entry *old = &outline->items[at];
	size_t start, end;
	struct slice line;
	struct lead lead;

	line = find_line(text, old->line, &start);
	if (!line.len)
		return error_set(err, ERROR_INVALID,
				 "the outline has no line %zu", old->line);
	end = start + line.len;
	find_lead(&lead, text, start, line);
	strbuf_add(out, text.ptr, start);
	for (size_t i = 0; i < count; i++) {
		write_replacement(out, &lead, old, &replacement[i],
				  replacement[0].depth, folder);
		/* the file's last line may have no end, and keeps none */
		if (i + 1 < count || end < text.len ||
		    slice_chomp(line).len < line.len)
			strbuf_add_slice(out, lead.end);
	}
	strbuf_add_slice(out, slice_sub(text, end, text.len));
	return 0;
}
