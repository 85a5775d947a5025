/* SPDX-License-Identifier: MIT */
/*
 * Files that are chunks which readers edited. Whose copy one is must be beyond
 * doubt: its name is that of one chunk, more or less, and most of the words of
 * each are in the other, in their order. The round is the one that it has the
 * most in common with.
 */
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "collect_private.h"
#include "edited_copy.h"
#include "error.h"
#include "prose_diff.h"
#include "vocabulary.h"

#define COMMON 70 /* per cent of the points of either text */

/* --- by name ------------------------------------------------------------- */

/* "03-fog" of "drafts/03-fog.md"; two suffixes, as in "03-fog.md.txt". */
static struct slice stem_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct slice stem = slice_of(slash ? slash + 1 : path);
	static const char *const suffixes[] = { ".txt", ".md", ".markdown" };

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++) {
		size_t n = strlen(suffixes[i]);

		if (stem.len > n &&
		    !strncasecmp(stem.ptr + stem.len - n, suffixes[i], n))
			stem.len -= n;
	}
	return stem;
}

static bool goes_on(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* "fog (1)", "fog_AR", "Copy of fog", "03-fog" of "fog" */
static bool is_named_like(struct slice name, struct slice chunk)
{
	size_t rest = name.len - chunk.len;

	if (!chunk.len || name.len < chunk.len)
		return false;
	if (!strncasecmp(name.ptr, chunk.ptr, chunk.len) &&
	    (!rest || !goes_on(name.ptr[chunk.len])))
		return true;
	return !strncasecmp(name.ptr + rest, chunk.ptr, chunk.len) &&
	       !goes_on(name.ptr[rest - 1]);
}

/* --- by words ------------------------------------------------------------ */

struct likeness {
	size_t before, after; /* points of the chunk, and of the copy */
	size_t common;
};

static size_t points_of(const struct token_list *list, size_t from, size_t to)
{
	size_t points = 0;

	for (; from < to; from++)
		points += token_points(&list->items[from]);
	return points;
}

static void compare(struct likeness *like, struct slice chunk,
		    struct slice copy)
{
	struct token_list a = TOKEN_LIST_INIT, b = TOKEN_LIST_INIT;
	struct vocabulary words = VOCABULARY_INIT;
	struct prose_hunks hunks = PROSE_HUNKS_INIT;

	token_list_read(&a, &words, chunk);
	token_list_read(&b, &words, copy);
	prose_diff(&hunks, &a, &b);
	like->before = points_of(&a, 0, a.count);
	like->after = points_of(&b, 0, b.count);
	like->common = like->before;
	for (size_t i = 0; i < hunks.count; i++)
		like->common -= points_of(&a, hunks.items[i].a0,
					  hunks.items[i].a1);
	prose_hunks_release(&hunks);
	token_list_release(&a);
	token_list_release(&b);
	vocabulary_release(&words);
}

static bool is_copy(const struct likeness *like)
{
	return like->common * 100 > like->before * COMMON &&
	       like->common * 100 > like->after * COMMON;
}

/* --- which chunk of which round ------------------------------------------ */

struct found {
	struct base *base;
	const struct base_text *text;
	size_t changed; /* points */
	bool twice;	/* two chunks of that base */
	bool named;	/* one of that name, with other words */
};

/* Is that chunk what it is a copy of? Sets `here` if it is. */
static int look_at(struct found *here, bool *is, struct collector *c,
		   const struct feedback *f, struct base *base,
		   const char *path)
{
	const struct base_text *text;
	struct likeness like;
	struct error err = ERROR_INIT;
	int rc = base_text(&text, base, &c->bases, path, &err);

	*is = false;
	if (rc == ERROR_INVALID) /* a picture of that name */
		return 0;
	if (rc < 0)
		return error_set(c->err, rc, "%s", err.message);
	compare(&like, text->bytes, f->file);
	*is = is_copy(&like);
	here->named = true;
	if (!*is)
		return 0;
	here->base = base;
	here->text = text;
	here->changed = like.before + like.after - 2 * like.common;
	return 0;
}

static int look_in(struct found *best, struct collector *c,
		   const struct feedback *f, struct base *base)
{
	struct slice name = stem_of(f->file_name);
	struct found here = { NULL, NULL, 0, false, false };
	size_t count = 0;
	int rc = base_open(base, &c->bases, c->err);

	for (size_t i = 0; !rc && i < base->path_count; i++) {
		bool is = false;

		if (is_named_like(name, stem_of(base->paths[i])))
			rc = look_at(&here, &is, c, f, base, base->paths[i]);
		count += is;
	}
	best->named |= here.named;
	if (count && (!best->base || here.changed < best->changed)) {
		*best = here;
		best->twice = count > 1;
	}
	return rc;
}

/* The rounds that were open when it was sent, else the others; without any,
 * the last commit. */
static int look_for(struct found *best, struct collector *c,
		    const struct feedback *f)
{
	struct base *base = named_round(c, f);
	size_t count = c->bases.round_count;
	int rc = base ? look_in(best, c, f, base) : 0;

	if (c->asked || rc < 0 || best->base)
		return rc;
	for (int open = 1; open >= 0 && !best->base; open--)
		for (size_t i = 0; i < count && !rc; i++)
			if (base_was_open(c->bases.items[i], f) == open)
				rc = look_in(best, c, f, c->bases.items[i]);
	if (!rc && !count) {
		rc = bases_head(&base, &c->bases, c->err);
		if (!rc)
			rc = look_in(best, c, f, base);
	}
	return rc;
}

static const char *why_not(struct collector *c, const struct found *best,
			   const char *name)
{
	struct strbuf why = STRBUF_INIT;
	const char *copy;

	strbuf_addf(&why, "the file '%s' ", name);
	if (best->twice)
		strbuf_adds(&why, "may be a copy of two chapters");
	else if (best->named)
		strbuf_adds(&why, "has other words than the chapter of that "
				  "name");
	else
		strbuf_adds(&why, "has the name of no chapter");
	copy = arena_strdup(c->arena, why.buf);
	strbuf_release(&why);
	return copy;
}

static void take_copy(struct collector *c, struct item *item,
		      const struct found *found)
{
	struct strbuf theirs = STRBUF_INIT;

	edited_copy_mend(&theirs, found->text->bytes, item->feedback->file);
	item->base = found->base;
	patched_add(&item->patched, c->arena, found->text,
		    strbuf_slice(&theirs));
	strbuf_release(&theirs);
}

/* The file is a copy, or what else was read in it: not both. */
static void drop_others(struct item *item, bool is_copy)
{
	size_t others = item->feedback->otherwise;

	item->dropped = !is_copy && others;
	for (size_t i = 1; is_copy && i <= others; i++)
		item[-(ptrdiff_t)i].dropped = true;
}

int collect_find_copies(struct collector *c)
{
	int rc = 0;

	for (size_t i = 0; i < c->count && rc >= 0; i++) {
		struct item *item = &c->items[i];
		struct found best = { NULL, NULL, 0, false, false };

		if (item->feedback->kind != FEEDBACK_COPY)
			continue;
		rc = look_for(&best, c, item->feedback);
		if (rc < 0)
			break;
		if (best.base && !best.twice)
			take_copy(c, item, &best);
		else
			item->why = why_not(c, &best,
					    item->feedback->file_name);
		drop_others(item, item->base);
	}
	return rc < 0 ? rc : 0;
}
