/* SPDX-License-Identifier: MIT */
/* A page or a site that shows what changed since an earlier draft. */
#include "change_mark.h"
#include "strings.h"
#include "web_private.h"

static const char style[] = {
#include "formats/redline.css.inc"
};
const struct slice web_redline_style = { style, sizeof(style) };

static int add_place_of(struct strbuf *out, size_t number, void *data,
			struct error *err)
{
	const struct web *web = data;
	struct book_target target;

	book_find_change(&target, web->book, number);
	if (target.kind == TARGET_CHAPTER && web_has_page(web, target.chapter))
		web_add_place(out, web, target.chapter, target.id);
	return 0;
}

static int add_change(struct strbuf *out, const struct node *block, void *data,
		      struct error *err)
{
	struct web *web = data;

	return change_mark_add(out, &(struct change_mark){
		web->book, web->language.buf,
		string_language(web->language.buf), web, add_place_of },
		block, err);
}

/* From the files of the draft before. */
static int add_old_image(struct strbuf *out, struct slice url, void *data,
			 struct error *err)
{
	struct web *web = data;
	struct book *old = book_redline(web->book)->old;
	int rc;

	web->pictures = book_manuscript(old)->tree;
	rc = web_add_image(out, web, old, url, err);
	web->pictures = web->ms->tree;
	return rc;
}

void web_init_redline(struct web *web)
{
	if (!book_redline(web->book))
		return;
	web->html.added_words = string_get(web->language.buf,
					   STRING_WORDS_ADDED);
	web->html.cut_words = string_get(web->language.buf, STRING_WORDS_CUT);
	web->html.change = add_change;
	web->html.old_image = add_old_image;
}
