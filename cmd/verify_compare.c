/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "alloc.h"
#include "error.h"
#include "mail_html.h"
#include "prose_show.h"
#include "strbuf.h"
#include "utf8.h"
#include "verify_compare.h"
#include "verify_files.h"

/* Bytes of what stays, and of what changes, that are shown. */
#define KEPT_SHOWN 60
#define CHANGE_SHOWN 200

void draft_comparison_release(struct draft_comparison *comparison)
{
	arena_release(&comparison->arena);
	free(comparison->items);
	*comparison = (struct draft_comparison)DRAFT_COMPARISON_INIT;
}

/* ---- words ------------------------------------------------------------ */

static bool has_words(const char *name)
{
	static const char *const ends[] = { "", ".xhtml", ".html" };

	if (!*name)
		return true;
	for (size_t i = 1; i < sizeof(ends) / sizeof(*ends); i++)
		if (slice_ends_with(slice_of(name), slice_of(ends[i])))
			return true;
	return false;
}

/* The first, or the last, bytes of `s`, in whole characters. */
static struct slice some_of(struct slice s, size_t most, bool last)
{
	size_t at = last ? s.len - most : most;

	if (s.len <= most)
		return s;
	while (at < s.len && ((unsigned char)s.ptr[at] & 0xC0) == 0x80)
		at++;
	return last ? slice_sub(s, at, s.len) : slice_sub(s, 0, at);
}

static void add_line(struct strbuf *out, struct slice words)
{
	for (size_t i = 0; i < words.len; i++)
		strbuf_addch(out, words.ptr[i] == '\n' ? ' ' : words.ptr[i]);
}

static void add_kept(struct strbuf *out, struct slice words, bool first,
		     bool last)
{
	struct slice start = some_of(words, KEPT_SHOWN, false);
	struct slice end = some_of(words, KEPT_SHOWN, true);

	if ((first ? 1u : 2u) * KEPT_SHOWN >= words.len && !(first && last)) {
		add_line(out, words);
		return;
	}
	if (!first)
		add_line(out, start);
	strbuf_adds(out, "…");
	if (!last)
		add_line(out, end);
}

static void add_passage(struct strbuf *out,
			const struct prose_passage *passage)
{
	for (size_t i = 0; i < passage->part_count; i++) {
		const struct prose_part *part = &passage->parts[i];
		bool deleted = part->kind == PROSE_DELETED;
		struct slice words = some_of(part->words, CHANGE_SHOWN, false);

		if (part->kind == PROSE_KEPT) {
			add_kept(out, part->words, !i,
				 i + 1 == passage->part_count);
			continue;
		}
		strbuf_adds(out, deleted ? "[-" : "{+");
		add_line(out, words);
		strbuf_adds(out, words.len < part->words.len ? "…" : "");
		strbuf_adds(out, deleted ? "-]" : "+}");
	}
}

static void note_passages(struct draft_comparison *out,
			  struct file_difference *d, struct slice made,
			  struct slice given)
{
	struct prose_passages passages = PROSE_PASSAGES_INIT;

	prose_show(&passages, made, given);
	for (size_t i = 0; i < passages.count; i++) {
		struct strbuf text = STRBUF_INIT;

		if (passages.items[i].layout)
			continue;
		d->passage_count++;
		if (d->shown == SHOWN_PASSAGES)
			continue;
		add_passage(&text, &passages.items[i]);
		d->passages[d->shown++] = arena_copy(&out->arena,
						     strbuf_slice(&text));
		strbuf_release(&text);
	}
	prose_passages_release(&passages);
}

/* Without <button>: a page that a browser saved has those that its scripts
 * made; and without these, which may speak of it. */
static struct slice without_scripts(struct strbuf *out, struct slice page)
{
	const struct slice tags[][2] = {
		{ SLICE("<script"), SLICE("</script>") },
		{ SLICE("<button"), SLICE("</button>") }
	};

	while (page.len) {
		size_t script = slice_find_slice(page, tags[0][0]);
		size_t button = slice_find_slice(
			slice_sub(page, 0, script), tags[1][0]);
		bool is_button = button < script;
		size_t at = is_button ? button : script;
		struct slice rest = slice_sub(page, at, page.len);

		strbuf_add_slice(out, slice_sub(page, 0, at));
		at = slice_find_slice(rest, tags[is_button][1]);
		page = slice_sub(rest, at + tags[is_button][1].len, rest.len);
	}
	return strbuf_slice(out);
}

static void compare_words(struct draft_comparison *out,
			  struct file_difference *d, struct slice made,
			  struct slice given)
{
	struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;
	struct strbuf x = STRBUF_INIT, y = STRBUF_INIT;

	if (utf8_valid_prefix(given) < given.len ||
	    memchr(given.ptr, '\0', given.len))
		return;
	d->words = !mail_html_text(&a, without_scripts(&x, made), NULL) &&
		   !mail_html_text(&b, without_scripts(&y, given), NULL);
	if (d->words)
		note_passages(out, d, strbuf_slice(&a), strbuf_slice(&b));
	strbuf_release(&x);
	strbuf_release(&y);
	strbuf_release(&a);
	strbuf_release(&b);
}

/* ---- files ------------------------------------------------------------ */

static struct file_difference *add_difference(struct draft_comparison *out,
					      enum file_change change,
					      const char *name)
{
	GROW(out->items, out->count, out->capacity);
	out->items[out->count] = (struct file_difference){
		.change = change, .name = arena_strdup(&out->arena, name) };
	return &out->items[out->count++];
}

static int compare_file(struct draft_comparison *out,
			const struct draft_files *made, size_t m,
			const struct draft_files *given, size_t g,
			struct error *err)
{
	struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;
	struct file_difference *d;
	int rc = draft_files_read(&a, made, m, err);

	if (!rc)
		rc = draft_files_read(&b, given, g, err);
	if (!rc && !slice_eq(strbuf_slice(&a), strbuf_slice(&b))) {
		d = add_difference(out, FILE_CHANGED, given->names[g]);
		if (has_words(d->name))
			compare_words(out, d, strbuf_slice(&a),
				      strbuf_slice(&b));
	}
	strbuf_release(&a);
	strbuf_release(&b);
	return rc;
}

int draft_compare(struct draft_comparison *out, const struct draft_files *made,
		  const struct draft_files *given, struct error *err)
{
	size_t m = 0, g = 0;
	int rc = 0;

	while (!rc && (m < made->count || g < given->count)) {
		int order = m == made->count ? 1 : g == given->count ? -1 :
			    strcmp(made->names[m], given->names[g]);

		if (order < 0)
			add_difference(out, FILE_REMOVED, made->names[m++]);
		else if (order > 0)
			add_difference(out, FILE_ADDED, given->names[g++]);
		else
			rc = compare_file(out, made, m++, given, g++, err);
	}
	return rc;
}
