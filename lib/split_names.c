/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "slug.h"
#include "split_private.h"
#include "strbuf.h"
#include "utf8.h"

#define LONGEST_NAME 60		/* bytes of a file's name */
#define FOLDERS_FROM 30		/* chunks, for a folder to each part */
#define CROWDED_FROM 100	/* chunks, for folders without parts */
#define FOLDER_SIZE 50

static int digits(size_t n)
{
	int count = 1;

	while (n > 9) {
		n /= 10;
		count++;
	}
	return count;
}

static const char *word_for(enum split_level level)
{
	switch (level) {
	case SPLIT_FRONT: return "front";
	case SPLIT_PART: return "part";
	case SPLIT_SECTION: return "section";
	case SPLIT_SCENE: return "scene";
	default: return "chapter";
	}
}

/* "The Fog, 2" of a scene: "the-fog-2" */
static void add_slug(struct strbuf *out, const struct split_piece *piece,
		     size_t max)
{
	struct slice title = slice_of(piece->title);
	size_t before = out->len, number = title.len;
	bool is_words = false;

	if (piece->level == SPLIT_FRONT) {
		strbuf_adds(out, "front");
		return;
	}
	while (number && title.ptr[number - 1] >= '0' &&
	       title.ptr[number - 1] <= '9')
		number--;
	if (piece->level != SPLIT_SCENE)
		number = title.len;
	slug_add(out, slice_sub(title, 0, number),
		 max - (title.len - number) - 1);
	is_words = out->len > before;
	if (!is_words)
		strbuf_adds(out, word_for(piece->level));
	if (number < title.len) {
		strbuf_addch(out, '-');
		strbuf_add(out, title.ptr + number, title.len - number);
	}
}

struct namer {
	struct strbuf folder;	/* ends in '/', or is empty */
	int width;		/* of the numbers of files */
	int part_width;
	size_t number, part;
	bool by_part, crowded;
};

static void enter_part(struct namer *n, const struct split_piece *piece)
{
	strbuf_truncate(&n->folder, 0);
	strbuf_addf(&n->folder, "%0*zu-", n->part_width, ++n->part);
	add_slug(&n->folder, piece, LONGEST_NAME - 8);
	strbuf_addch(&n->folder, '/');
}

static void enter_fifty(struct namer *n, size_t number)
{
	size_t from = number ? (number - 1) / FOLDER_SIZE * FOLDER_SIZE + 1
			     : 1;

	strbuf_truncate(&n->folder, 0);
	strbuf_addf(&n->folder, "%0*zu-%0*zu/", n->width, from, n->width,
		    from + FOLDER_SIZE - 1);
}

static void name_piece(struct strbuf *path, struct namer *n,
		       const struct split_piece *piece)
{
	size_t number = piece->level == SPLIT_FRONT ? 0 : ++n->number;

	if (n->by_part && piece->level == SPLIT_PART)
		enter_part(n, piece);
	else if (n->crowded)
		enter_fifty(n, number);
	strbuf_truncate(path, 0);
	strbuf_add_slice(path, strbuf_slice(&n->folder));
	strbuf_addf(path, "%0*zu-", n->width, number);
	add_slug(path, piece, LONGEST_NAME - (size_t)n->width - 4);
	strbuf_adds(path, ".md");
}

void split_name_pieces(struct split_plan *plan, bool flat)
{
	struct namer n = { .folder = STRBUF_INIT };
	struct strbuf path = STRBUF_INIT;
	size_t parts = 0, before = 0;

	for (size_t i = 0; i < plan->count; i++) {
		parts += plan->items[i].level == SPLIT_PART;
		before += !parts && plan->items[i].level != SPLIT_FRONT;
	}
	n.width = digits(plan->count);
	n.width = n.width < 2 ? 2 : n.width;
	n.part_width = digits(parts);
	n.by_part = !flat && parts && plan->count > FOLDERS_FROM;
	n.crowded = !flat && !parts && plan->count > CROWDED_FROM;
	if (n.by_part && before) {
		/* files would sort among the parts' folders */
		strbuf_addf(&n.folder, "%0*d-front/", n.part_width, 0);
	}
	for (size_t i = 0; i < plan->count; i++) {
		name_piece(&path, &n, &plan->items[i]);
		plan->items[i].path = arena_copy(&plan->arena,
						 strbuf_slice(&path));
	}
	strbuf_release(&n.folder);
	strbuf_release(&path);
}

/* Re-cutting a chunk. */

/* "part/03-fog.md": the folder and "03-fog" */
static struct slice stem_of(const char *path)
{
	struct slice stem = slice_of(path);
	const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');

	if (dot && dot > path && (!slash || dot > slash + 1))
		stem.len = (size_t)(dot - path);
	return stem;
}

static void name_beside(struct strbuf *path, const char *chunk, size_t number,
			const struct split_piece *piece, size_t attempt)
{
	struct slice stem = stem_of(chunk);
	const char *slash = strrchr(chunk, '/');
	size_t folder = slash ? (size_t)(slash - chunk) + 1 : 0;
	size_t longest = folder + LONGEST_NAME / 2;

	strbuf_truncate(path, 0);
	strbuf_add_slice(path, slice_sub(stem, 0, longest));
	path->len = utf8_valid_prefix(strbuf_slice(path));
	strbuf_addf(path, "-%zu", number);
	if (piece->level != SPLIT_SCENE) {
		strbuf_addch(path, '-');
		add_slug(path, piece, LONGEST_NAME / 2 - 12);
	}
	if (attempt)
		strbuf_addf(path, "-%zu", attempt + 1);
	strbuf_adds(path, chunk + stem.len);
}

/* At the chunk's own level, or below it. */
static void place_beside(struct split_piece *piece,
			 const struct outline_entry *entry, unsigned nested)
{
	piece->kind = entry->kind;
	piece->depth = entry->depth;
	if (entry->kind == OUTLINE_PART) {
		piece->kind = OUTLINE_CHAPTER;
		piece->depth = nested ? nested - 1 : 0;
	} else if (entry->kind == OUTLINE_CHAPTER) {
		piece->depth += nested;
	}
}

void split_plan_in_place(struct split_plan *plan,
			 const struct outline_entry *entry,
			 bool (*taken)(const char *path, void *data),
			 void *data)
{
	struct strbuf path = STRBUF_INIT;
	struct split_piece *first = &plan->items[0];
	struct split_nesting nesting = { 0 };

	first->path = arena_strdup(&plan->arena, entry->path);
	first->title = arena_strdup(&plan->arena, entry->title);
	first->kind = entry->kind;
	first->depth = entry->depth;
	split_nest(&nesting, first->level);
	for (size_t i = 1; i < plan->count; i++) {
		struct split_piece *piece = &plan->items[i];
		size_t attempt = 0;

		do {
			name_beside(&path, entry->path, i + 1, piece,
				    attempt++);
		} while (taken(path.buf, data));
		piece->path = arena_copy(&plan->arena, strbuf_slice(&path));
		place_beside(piece, entry, split_nest(&nesting, piece->level));
	}
	strbuf_release(&path);
}
