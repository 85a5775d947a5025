/* SPDX-License-Identifier: MIT */
#include "change_mark.h"
#include "epub_private.h"
#include "strings.h"

static int add_place_of(struct strbuf *out, size_t number, void *data,
			struct error *err)
{
	struct epub *epub = data;
	struct book_target target;

	book_find_change(&target, epub->book, number);
	return target.kind == TARGET_CHAPTER ?
	       epub_add_place(out, epub, &target, err) : 0;
}

static int add_change(struct strbuf *out, const struct node *block, void *data,
		      struct error *err)
{
	struct epub *epub = data;

	return change_mark_add(out, &(struct change_mark){
		epub->book, epub->package.language, epub_own_language(epub),
		epub, add_place_of }, block, err);
}

/* From the files of the draft before. */
static int add_old_image(struct strbuf *out, struct slice url, void *data,
			 struct error *err)
{
	struct epub *epub = data;
	struct book *old = book_redline(epub->book)->old;
	int rc;

	epub->files = book_manuscript(old)->tree;
	rc = epub_add_image(out, epub, old, url, err);
	epub->files = epub->ms->tree;
	return rc;
}

void epub_init_redline(struct epub *epub)
{
	const char *language = manuscript_language(epub->ms);

	if (!book_redline(epub->book))
		return;
	epub->html.added_words = string_get(language, STRING_WORDS_ADDED);
	epub->html.cut_words = string_get(language, STRING_WORDS_CUT);
	epub->html.change = add_change;
	epub->html.old_image = add_old_image;
}

void epub_add_count(struct strbuf *out, const struct epub *epub,
		    size_t chapter)
{
	size_t count = book_changes(epub->book, chapter, NULL);

	if (count)
		strbuf_addf(out, " (%zu)", count);
}
