/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "arena.h"
#include "error.h"
#include "letter_private.h"
#include "strbuf.h"
#include "utf8.h"

#define SECTIONS_MAX 16

struct letter {
	struct arena arena;
	const struct letter_kind *kind;
	const char *language;
	struct slice texts[SECTIONS_MAX];	/* in the order of the kind */
	bool given[SECTIONS_MAX];
	struct letter *own;			/* for the rest; may be NULL */
};

struct reader {
	struct letter *letter;
	const char *path;
	size_t line;
	const struct letter_section *section;	/* NULL: before the first */
	size_t number;				/* of it */
	const char *start;			/* of its text */
	bool needed;				/* the place was there */
	struct error *err;
};

void letter_free(struct letter *letter)
{
	if (!letter)
		return;
	letter_free(letter->own);
	arena_release(&letter->arena);
	free(letter);
}

const char *letter_language(const struct letter *letter)
{
	return letter->language;
}

/* --- reading -------------------------------------------------------------- */

static int malformed(const struct reader *r, const char *what,
		     struct slice about)
{
	return error_set(r->err, ERROR_MALFORMED, "%s:%zu: %s '%.*s'",
			 r->path, r->line, what, SLICE_ARG(about));
}

static void list_places(struct strbuf *out, const struct letter_section *s)
{
	for (const char *const *p = s->places; *p; p++)
		strbuf_addf(out, "%s{%s}", p == s->places ? "" : " ", *p);
}

static int check_place(struct reader *r, struct slice name)
{
	struct strbuf places = STRBUF_INIT;
	int rc;

	for (const char *const *p = r->section->places; *p; p++)
		if (slice_eq_str(name, *p)) {
			if (r->section->needed &&
			    slice_eq_str(name, r->section->needed))
				r->needed = true;
			return 0;
		}
	list_places(&places, r->section);
	rc = error_set(r->err, ERROR_MALFORMED, "%s:%zu: nothing is called "
		       "'{%.*s}' in [%s]; there is %s", r->path, r->line,
		       SLICE_ARG(name), r->section->name, places.buf);
	strbuf_release(&places);
	return rc;
}

/* The braces of a line. */
static int check_line(struct reader *r, struct slice line)
{
	while (line.len) {
		size_t at = slice_find(line, '{'), end;
		int rc;

		line = slice_sub(line, at + 1, line.len);
		if (!line.len)
			break;
		if (*line.ptr == '{') {
			line = slice_sub(line, 1, line.len);
			continue;
		}
		end = slice_find(line, '}');
		if (end == line.len)
			return malformed(r, "'}' is missing after", line);
		if ((rc = check_place(r, slice_sub(line, 0, end))) < 0)
			return rc;
		line = slice_sub(line, end + 1, line.len);
	}
	return 0;
}

static int end_section(struct reader *r, const char *end)
{
	struct letter *letter = r->letter;
	struct slice text;

	if (!r->section)
		return 0;
	text = slice_trim((struct slice){ r->start,
					  (size_t)(end - r->start) });
	if (r->section->needed && !r->needed)
		return error_set(r->err, ERROR_MALFORMED, "%s:%zu: [%s] needs "
				 "a line '{%s}'", r->path, r->line,
				 r->section->name, r->section->needed);
	/* others are words that may be left out */
	if (!text.len && (!strcmp(r->section->name, "subject") ||
			  !strcmp(r->section->name, "letter")))
		return error_set(r->err, ERROR_MALFORMED, "%s:%zu: nothing "
				 "stands in [%s]", r->path, r->line,
				 r->section->name);
	letter->texts[r->number] = text;
	letter->given[r->number] = true;
	return 0;
}

/* "[declined]" alone in its line */
static bool is_heading(struct slice *name, struct slice line)
{
	line = slice_trim_end(line);
	if (line.len < 3 || *line.ptr != '[' || line.ptr[line.len - 1] != ']')
		return false;
	*name = slice_sub(line, 1, line.len - 1);
	return slice_find(*name, ' ') == name->len;
}

static int begin_section(struct reader *r, struct slice name,
			 const char *start)
{
	const struct letter_section *sections = r->letter->kind->sections;
	size_t n = 0;

	while (sections[n].name && !slice_eq_str(name, sections[n].name))
		n++;
	if (!sections[n].name)
		return malformed(r, "no section is called", name);
	if (r->letter->given[n])
		return malformed(r, "a second section", name);
	r->section = &sections[n];
	r->number = n;
	r->start = start;
	r->needed = false;
	return 0;
}

static int read_line(struct reader *r, struct slice line, const char *next)
{
	struct slice name;
	int rc;

	if (is_heading(&name, line)) {
		if ((rc = end_section(r, line.ptr)) < 0)
			return rc;
		return begin_section(r, name, next);
	}
	if (r->section)
		return check_line(r, line);
	if (!slice_is_blank(line) && *line.ptr != '#')
		return malformed(r, "before the first [section]:", line);
	return 0;
}

static int read_text(struct letter *letter, struct slice text,
		     const char *path, struct error *err)
{
	struct reader r = { .letter = letter, .path = path, .err = err };
	struct slice line, rest;
	int rc = 0;

	text = arena_slice(&letter->arena, text);
	if (slice_starts_with(text, SLICE("\xEF\xBB\xBF")))
		text = slice_sub(text, 3, text.len);
	rest = text;
	if (utf8_valid_prefix(text) < text.len ||
	    slice_find(text, '\0') < text.len)
		return error_set(err, ERROR_MALFORMED, "%s: no text in UTF-8",
				 path);
	while (!rc && slice_next_line(&line, &rest)) {
		r.line++;
		rc = read_line(&r, slice_chomp(line), rest.ptr);
	}
	return rc ? rc : end_section(&r, text.ptr + text.len);
}

struct letter *letter_own(const struct letter_kind *kind,
			  const char *language)
{
	struct letter *letter = xcalloc(1, sizeof(*letter));
	struct slice text;
	int rc;

	letter->kind = kind;
	text = letter_own_text(&letter->language, kind, language);
	rc = read_text(letter, text, kind->name, NULL);
	assert(!rc);
	(void)rc;
	return letter;
}

int letter_parse(struct letter **out, struct slice text, const char *path,
		 const struct letter_kind *kind, const char *language,
		 struct error *err)
{
	struct letter *letter = xcalloc(1, sizeof(*letter));
	int rc;

	letter->kind = kind;
	letter->language = arena_strdup(&letter->arena, language);
	letter->own = letter_own(kind, language);
	if ((rc = read_text(letter, text, path, err)) < 0) {
		letter_free(letter);
		return rc;
	}
	*out = letter;
	return 0;
}

/* --- filling in ----------------------------------------------------------- */

static const char *value_of(struct slice place,
			    const struct letter_value *values, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (slice_eq_str(place, values[i].place))
			return values[i].value ? values[i].value : "";
	return "";
}

/* False if there is nothing for one of its places. */
static bool fill_line(struct strbuf *out, struct slice line,
		      const struct letter_value *values, size_t count)
{
	while (line.len) {
		size_t at = slice_find(line, '{'), end;
		const char *value;

		strbuf_add_slice(out, slice_sub(line, 0, at));
		line = slice_sub(line, at + 1, line.len);
		if (!line.len)
			break;
		if (*line.ptr == '{') {
			strbuf_addch(out, '{');
			line = slice_sub(line, 1, line.len);
			continue;
		}
		end = slice_find(line, '}');
		value = value_of(slice_sub(line, 0, end), values, count);
		if (!*value)
			return false;
		strbuf_add_slice(out, slice_trim(slice_of(value)));
		line = slice_sub(line, end + 1, line.len);
	}
	return true;
}

static struct slice section_text(const struct letter *letter,
				 const char *section)
{
	size_t n = 0;

	while (strcmp(letter->kind->sections[n].name, section))
		n++;
	for (; letter; letter = letter->own)
		if (letter->given[n])
			return letter->texts[n];
	return SLICE("");
}

void letter_fill(struct strbuf *out, const struct letter *letter,
		 const char *section, const struct letter_value *values,
		 size_t count)
{
	struct slice text = section_text(letter, section), line;
	struct strbuf filled = STRBUF_INIT;
	bool empty = true, blank = false;

	while (slice_next_line(&line, &text)) {
		line = slice_chomp(line);
		strbuf_truncate(&filled, 0);
		if (slice_is_blank(line)) {
			blank = true;
			continue;
		}
		if (!fill_line(&filled, line, values, count))
			continue;
		if (blank && !empty)
			strbuf_addch(out, '\n');
		strbuf_addf(out, "%s\n", filled.buf);
		blank = false;
		empty = false;
	}
	strbuf_release(&filled);
}
