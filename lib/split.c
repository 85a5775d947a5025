/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "block_scan.h"
#include "error.h"
#include "front_matter.h"
#include "language_guess.h"
#include "split_private.h"
#include "strbuf.h"
#include "utf8.h"

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

/* Words of a title. */

/* Past "](target)" or "][label]"; or just past the bracket. */
static size_t skip_target(struct slice s, size_t i)
{
	char close;

	if (++i >= s.len || (s.ptr[i] != '(' && s.ptr[i] != '['))
		return i;
	close = s.ptr[i] == '(' ? ')' : ']';
	for (size_t end = i + 1; end < s.len; end++)
		if (s.ptr[end] == close)
			return end + 1;
	return i;
}

static bool is_word_character(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static size_t skip_note(struct slice s, size_t i)
{
	size_t end = i;

	while (end < s.len && s.ptr[end] != ']')
		end++;
	return end < s.len ? end + 1 : i + 1;
}

static void add_folded(struct strbuf *out, size_t start, char c)
{
	bool space = c == ' ' || (c >= '\t' && c <= '\r') || !c;

	if (!space)
		strbuf_addch(out, c);
	else if (out->len > start && out->buf[out->len - 1] != ' ')
		strbuf_addch(out, ' ');
}

void split_plain_title(struct strbuf *out, struct slice s)
{
	size_t start = out->len, i = 0;

	while (i < s.len) {
		char c = s.ptr[i], next = i + 1 < s.len ? s.ptr[i + 1] : 0;

		if (c == '\\' && next && !is_word_character(next) &&
		    next != ' ') {
			add_folded(out, start, next);
			i += 2;
		} else if (c == '[' && next == '^') {
			i = skip_note(s, i);
		} else if (c == '*' || c == '`' || c == '[') {
			i++;
		} else if (c == '_' && !(i && is_word_character(s.ptr[i - 1])
					 && is_word_character(next))) {
			i++;
		} else if (c == ']') {
			i = skip_target(s, i);
		} else {
			add_folded(out, start, c);
			i++;
		}
	}
	while (out->len > start && out->buf[out->len - 1] == ' ')
		strbuf_truncate(out, out->len - 1);
}

/* "CHAPTER IV." and "The Fog" below it: "CHAPTER IV. The Fog". */
static const char *title_of(struct split_plan *plan,
			    const struct split_mark *mark)
{
	struct strbuf title = STRBUF_INIT;
	char *copy;

	split_plain_title(&title, mark->title);
	if (mark->subtitle.len) {
		char last = title.len ? title.buf[title.len - 1] : ' ';

		strbuf_adds(&title, last == '.' || last == ':' ? " " : ": ");
		split_plain_title(&title, mark->subtitle);
	}
	title.len = utf8_valid_prefix(strbuf_slice(&title));
	copy = arena_copy(&plan->arena, slice_sub(strbuf_slice(&title), 0,
						  400));
	strbuf_release(&title);
	return copy;
}

size_t split_count_words(struct slice text)
{
	size_t count = 0;
	bool inside = false;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (c <= ' ') {
			inside = false;
		} else if (c >= 0xE3 && c <= 0xED) {
			count++; /* kana, ideographs, syllables of hangul */
			inside = true;
		} else if (!inside && is_word_character((char)c)) {
			count++;
			inside = true;
		}
	}
	return count;
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

/*
 * A chunk is read alone: what is one thing here may be another at the front
 * of a file. "---" may begin metadata there, and a byte order mark vanishes.
 */
static bool can_start_file(struct slice text, size_t at)
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

static const char *numbered(struct split_plan *plan, const char *title,
			    size_t number)
{
	struct strbuf words = STRBUF_INIT;
	const char *copy;

	if (*title)
		strbuf_addf(&words, "%s, %zu", title, number);
	else
		strbuf_addf(&words, "%zu", number);
	copy = arena_copy(&plan->arena, strbuf_slice(&words));
	strbuf_release(&words);
	return copy;
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
		if (m->start && !can_start_file(plan->text, m->start))
			continue;
		if (m->level == SPLIT_SCENE) {
			add_piece(plan, m->start, m->line, m->level,
				  numbered(plan, above, ++scenes));
			continue;
		}
		above = title_of(plan, m);
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

/* Words. */

struct word_cutter {
	struct split_plan *old;
	struct split_piece *pieces;
	size_t count, capacity;
	size_t words;		/* in the piece so far */
	size_t number;		/* of the piece in its chapter */
};

static void start_piece(struct word_cutter *c, struct split_piece piece)
{
	GROW(c->pieces, c->count, c->capacity);
	c->pieces[c->count++] = piece;
	c->words = 0;
}

static bool is_good_start(const struct block *block)
{
	return block->type != BLOCK_FOOTNOTE &&
	       block->type != BLOCK_LINK_DEFINITION &&
	       block->type != BLOCK_BLANK;
}

/* Cut on what has `limit` words, at the next block that can begin a file. */
static void cut_at_words(struct split_plan *plan, size_t limit)
{
	struct word_cutter c = { .old = plan };
	struct block_scanner scanner;
	struct block block;
	size_t next = 0;
	enum block_type before = BLOCK_BLANK;

	block_scanner_init(&scanner, plan->text);
	while (block_scanner_next(&scanner, &block)) {
		if (next < plan->count &&
		    block.span.start >= plan->items[next].span.start) {
			c.number = 1;
			start_piece(&c, plan->items[next++]);
		} else if (c.words >= limit && is_good_start(&block) &&
			   before != BLOCK_HEADING &&
			   before != BLOCK_SCENE_BREAK &&
			   can_start_file(plan->text, block.span.start)) {
			struct split_piece piece = plan->items[next - 1];

			piece.span.start = block.span.start;
			piece.line = block.line;
			piece.level = SPLIT_SCENE;
			piece.title = numbered(plan, piece.title, ++c.number);
			start_piece(&c, piece);
		}
		c.words += split_count_words(slice_sub(
			plan->text, block.span.start, block.span.end));
		before = block.type;
	}
	free(plan->items);
	plan->items = c.pieces;
	plan->count = c.count;
	plan->capacity = c.capacity;
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
	while (first_part < plan->count && last && is_matter(&plan->items[last - 1]))
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

/* What is known of the book. */

static void add_words(struct settings *settings, const char *key,
		      struct slice words)
{
	struct strbuf plain = STRBUF_INIT;

	split_plain_title(&plain, words);
	plain.len = utf8_valid_prefix(strbuf_slice(&plain));
	plain.buf[plain.len] = '\0';
	if (plain.len)
		settings_add(settings, key, plain.buf);
	strbuf_release(&plain);
}

static struct slice name_as_title(const char *name, struct strbuf *out)
{
	const char *slash = strrchr(name, '/'), *dot;

	name = slash ? slash + 1 : name;
	dot = strrchr(name, '.');
	strbuf_add(out, name, dot && dot > name ? (size_t)(dot - name)
						: strlen(name));
	for (size_t i = 0; i < out->len; i++)
		if (out->buf[i] == '_' || out->buf[i] == '-')
			out->buf[i] = ' ';
	if (out->len && *out->buf >= 'a' && *out->buf <= 'z')
		*out->buf -= 32;
	return strbuf_slice(out);
}

static struct slice only_heading(const struct split_marks *marks)
{
	struct slice title = { NULL, 0 };
	size_t count = 0;

	for (size_t i = 0; i < marks->count; i++)
		if (marks->items[i].heading == 1 && !count++)
			title = marks->items[i].title;
	return count == 1 ? title : (struct slice){ NULL, 0 };
}

/* A title given on the command line goes before what the text says. */
static void read_settings(struct split_plan *plan,
			  const struct split_marks *marks,
			  const struct split_options *options)
{
	struct settings said = SETTINGS_INIT;
	struct strbuf name = STRBUF_INIT;
	const char *language;

	front_matter_read(&said, marks->metadata);
	if (options->title)
		settings_add(&plan->settings, "book.title", options->title);
	else if (settings_get(&said, "book.title"))
		settings_add(&plan->settings, "book.title",
			     settings_get_nth(&said, "book.title", 0));
	else if (marks->book_title.len)
		add_words(&plan->settings, "book.title", marks->book_title);
	else if (only_heading(marks).len)
		add_words(&plan->settings, "book.title", only_heading(marks));
	if (!settings_get(&plan->settings, "book.title") && options->name)
		add_words(&plan->settings, "book.title",
			  name_as_title(options->name, &name));
	if (!settings_get(&plan->settings, "book.title"))
		settings_add(&plan->settings, "book.title", "Untitled");
	for (size_t i = 0; i < said.count; i++)
		if (strcmp(said.items[i].key, "book.title"))
			settings_add(&plan->settings, said.items[i].key,
				     said.items[i].value);
	if (!settings_get(&said, "book.language")) {
		language = language_guess(slice_sub(plan->text, marks->body,
						    plan->text.len));
		if (language)
			settings_add(&plan->settings, "book.language",
				     language);
	}
	settings_release(&said);
	strbuf_release(&name);
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
	read_settings(plan, &marks, options);
	title = settings_get(&plan->settings, "book.title");
	if (options->at)
		cut_at_marks(plan, &marks, options->at, title);
	if (!plan->count || plan->items[0].span.start)
		add_front(plan, &marks, title);
	if (options->words)
		cut_at_words(plan, options->words);
	if (!plan->count) /* nothing at all: one empty chunk */
		add_piece(plan, 0, 1, SPLIT_CHAPTER, title);
	set_ends(plan);
	set_kinds(plan);
	split_name_pieces(plan, options->flat);
	split_marks_release(&marks);
	return 0;
}
