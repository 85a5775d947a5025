/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "split_private.h"

void split_plan_release(struct split_plan *plan)
{
	free(plan->items);
	settings_release(&plan->settings);
	arena_release(&plan->arena);
	memset(plan, 0, sizeof(*plan));
}

int split_options_parse(struct split_options *options, const char *at,
			struct error *err)
{
	static const char *const names[] = {
		"part", "chapter", "section", "scene"
	};

	options->words = 0;
	for (int i = 0; i < 4; i++)
		if (!strcmp(at, names[i])) {
			options->at = (enum split_level)(SPLIT_PART + i);
			return 0;
		}
	if (!strncmp(at, "words:", 6)) {
		char *end;
		unsigned long n = strtoul(at + 6, &end, 10);

		if (at[6] >= '1' && at[6] <= '9' && !*end && n < 100000000) {
			options->at = SPLIT_CHAPTER;
			options->words = n;
			return 0;
		}
	}
	return error_set(err, ERROR_INVALID, "cannot cut at '%s': say part, "
			 "chapter, section, scene or words:<n>", at);
}

/* Pieces. */

static struct split_piece *add_piece(struct split_plan *plan, size_t start,
				     size_t line, enum split_level level,
				     const char *title)
{
	struct split_piece *piece;

	GROW(plan->items, plan->count, plan->capacity);
	piece = &plan->items[plan->count++];
	memset(piece, 0, sizeof(*piece));
	piece->span.start = start;
	piece->line = line;
	piece->level = level;
	piece->title = title;
	return piece;
}

bool split_can_start(struct slice text, size_t at)
{
	struct slice rest = slice_sub(text, at, text.len), line;

	if (slice_starts_with(rest, SLICE("\xEF\xBB\xBF")))
		return false;
	slice_next_line(&line, &rest);
	line = slice_trim_end(line);
	if (line.len && *line.ptr == '%')
		return line.len > 1 && line.ptr[1] != ' ' &&
		       line.ptr[1] != '\t';
	if (!slice_eq_str(line, "---") || !slice_next_line(&line, &rest) ||
	    slice_is_blank(line))
		return true;
	/* to the next such line at most: linear for all of them together */
	do {
		line = slice_trim_end(line);
		if (slice_eq_str(line, "---") || slice_eq_str(line, "..."))
			return false;
	} while (slice_next_line(&line, &rest));
	return true;
}

static void cut_at_marks(struct split_plan *plan,
			 const struct split_marks *marks,
			 enum split_level at, const char *above)
{
	size_t scenes = 1;

	for (size_t i = 0; i < marks->count; i++) {
		const struct split_mark *m = &marks->items[i];

		if (m->level == SPLIT_FRONT || m->level > at)
			continue;
		if (m->start && !split_can_start(plan->text, m->start))
			continue;
		if (m->level == SPLIT_SCENE) {
			add_piece(plan, m->start, m->line, m->level,
				  split_numbered(plan, above, ++scenes));
			continue;
		}
		above = split_title(plan, m);
		scenes = 1;
		add_piece(plan, m->start, m->line, m->level, above);
	}
}

/* What stands before the first piece becomes one, or part of it. */
static void add_front(struct split_plan *plan,
		      const struct split_marks *marks, const char *title)
{
	size_t end = plan->count ? plan->items[0].span.start : plan->text.len;

	if (end <= marks->body && plan->count) {
		plan->items[0].span.start = 0;
		plan->items[0].line = 1;
		return;
	}
	add_piece(plan, 0, 1, SPLIT_FRONT, title);
	memmove(plan->items + 1, plan->items,
		(plan->count - 1) * sizeof(*plan->items));
	plan->items[0] = (struct split_piece){
		.level = plan->count > 1 ? SPLIT_FRONT : SPLIT_CHAPTER,
		.line = 1, .title = title
	};
	/* a text that has scenes and nothing else is one chapter */
	if (plan->count > 1 && plan->items[1].level == SPLIT_SCENE)
		plan->items[0].level = SPLIT_CHAPTER;
}

static void set_ends(struct split_plan *plan)
{
	for (size_t i = 0; i < plan->count; i++)
		plan->items[i].span.end = i + 1 < plan->count
			? plan->items[i + 1].span.start : plan->text.len;
}

/* The outline. */

static bool is_matter(const struct split_piece *piece)
{
	return piece->level == SPLIT_CHAPTER &&
	       heading_kind_of(slice_of(piece->title), false) ==
	       HEADING_MATTER;
}

unsigned split_nest(struct split_nesting *nesting, enum split_level level)
{
	while (nesting->count && nesting->levels[nesting->count - 1] >= level)
		nesting->count--;
	nesting->levels[nesting->count++] = level;
	return nesting->count - 1;
}

/* Prologues before the first part, and epilogues after the last, are links
 * outside the lists. */
static void set_kinds(struct split_plan *plan)
{
	size_t first_part = 0, last = plan->count;
	struct split_nesting nesting = { 0 };

	while (first_part < plan->count &&
	       plan->items[first_part].level != SPLIT_PART)
		first_part++;
	while (first_part < plan->count && last &&
	       is_matter(&plan->items[last - 1]))
		last--;
	for (size_t i = 0; i < plan->count; i++) {
		struct split_piece *p = &plan->items[i];

		if (p->level == SPLIT_FRONT ||
		    (first_part < plan->count && i < first_part))
			p->kind = OUTLINE_PREFIX;
		else if (p->level == SPLIT_PART)
			p->kind = OUTLINE_PART;
		else
			p->kind = i < last ? OUTLINE_CHAPTER : OUTLINE_SUFFIX;
		if (p->kind == OUTLINE_CHAPTER)
			p->depth = split_nest(&nesting, p->level);
		else
			nesting.count = 0;
	}
}

void split_plan_outline(struct outline *outline,
			const struct split_plan *plan)
{
	for (size_t i = 0; i < plan->count; i++) {
		const struct split_piece *p = &plan->items[i];
		const struct outline_entry entry = {
			.kind = p->kind, .depth = p->depth,
			.title = p->title, .path = p->path
		};

		outline_add(outline, &entry);
	}
}

static bool is_plain_text(const char *name)
{
	size_t len = name ? strlen(name) : 0;

	return len > 4 && (!strcmp(name + len - 4, ".txt") ||
			   !strcmp(name + len - 4, ".TXT"));
}

int split_plan_make(struct split_plan *plan, struct slice text,
		    const struct split_options *options, struct error *err)
{
	struct split_marks marks;
	const char *title;

	if (text.len && memchr(text.ptr, '\0', text.len))
		return error_set(err, ERROR_MALFORMED,
				 "this is no text: it has NUL bytes");
	plan->text = text;
	split_marks_read(&marks, text, is_plain_text(options->name));
	plan->unclosed = marks.unclosed;
	split_read_settings(plan, &marks, options);
	title = settings_get(&plan->settings, "book.title");
	if (options->at)
		cut_at_marks(plan, &marks, options->at, title);
	if (!plan->count || plan->items[0].span.start)
		add_front(plan, &marks, title);
	if (options->words)
		split_at_words(plan, options->words);
	if (!plan->count) /* nothing at all: one empty chunk */
		add_piece(plan, 0, 1, SPLIT_CHAPTER, title);
	set_ends(plan);
	set_kinds(plan);
	split_name_pieces(plan, options->flat);
	split_marks_release(&marks);
	return 0;
}
