/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "feedback_place.h"
#include "place_private.h"
#include "quote.h"

void placed_release(struct placed *placed)
{
	strbuf_release(&placed->theirs);
	strbuf_release(&placed->why);
	*placed = (struct placed)PLACED_INIT;
}

void placing_say(struct placing *p, const char *words)
{
	if (p->placed->why.len)
		strbuf_adds(&p->placed->why, "; ");
	strbuf_adds(&p->placed->why, words);
}

/* ---- the target ------------------------------------------------------- */

static void by_label(struct placing *p)
{
	const char *label = p->f->label;
	struct target *t = &p->target;

	if (!*label) {
		t->kind = TARGET_BOOK;
		return;
	}
	if (text_map_label_words(&t->words, p->map, label)) {
		t->kind = TARGET_LABEL;
		t->exact = true;
		return;
	}
	t->chapter = text_map_chapter(p->map, label, strlen(label));
	t->kind = t->chapter ? TARGET_CHAPTER_TEXT : TARGET_NOWHERE;
	if (!t->chapter) {
		placing_say(p, strchr(label, '.') ? "there is no paragraph "
					  : "there is no chapter ");
		strbuf_addf(&p->placed->why, "%.20s", label);
	}
}

static void by_quote(struct placing *p)
{
	const struct quote quote = { p->f->quotes, p->f->quote_count,
				     p->f->label };
	struct error err = ERROR_INIT;
	struct quote_place place;
	int rc = quote_find(&place, p->map, &quote, true, &err);

	if (!rc) {
		p->target.kind = place.repeated ? TARGET_LABEL : TARGET_WORDS;
		if (place.repeated)
			placing_say(p, "what is quoted stands there more than "
				    "once");
		p->target.words = p->f->quote_count > 1 ? place.last
							: place.words;
		p->target.all = place.words;
		p->target.exact = place.exact;
		return;
	}
	by_label(p);
	if (rc == ERROR_INVALID)
		return;
	placing_say(p, err.message);
	/* a label says enough by itself, a chapter does not */
	if (p->target.kind != TARGET_LABEL)
		p->target.kind = TARGET_NOWHERE;
}

static void find_target(struct placing *p)
{
	p->target = (struct target){ .kind = TARGET_BOOK };
	if (p->f->quote_count)
		by_quote(p);
	else
		by_label(p);
}

/* ---- remarks ---------------------------------------------------------- */

void placing_name_block(struct placing *p, const struct text_block *b)
{
	text_map_label(p->placed->label, p->map, b);
	p->placed->path = p->map->chunks[b->chunk].path;
}

static void remark_at(struct placing *p, struct span words, bool at_end,
		      struct slice remark)
{
	const struct text_block *b;

	if (words.end <= words.start) { /* a picture: it has no words */
		const struct text_chapter *c = text_map_chapter(
			p->map, p->f->label, strcspn(p->f->label, "."));
		size_t number = strtoul(strchr(p->f->label, '.') + 1, NULL, 10);

		placing_name_block(p, &p->map->blocks[p->map->labels[
					  c->first_label + number - 1].first]);
		return;
	}
	if (!at_end)
		words = place_passage(p->map, words);
	b = text_map_block(p->map, words.end - 1);
	placing_name_block(p, b);
	p->placed->changed = slice_trim(remark).len &&
			     place_remark(&p->placed->theirs, p->map, words,
					  at_end, remark);
	if (!p->placed->changed)
		strbuf_truncate(&p->placed->theirs, 0);
}

void placing_remark(struct placing *p, struct slice remark)
{
	struct target *t = &p->target;
	const struct text_chapter *c = t->chapter;

	p->placed->is_remark = true;
	switch (t->kind) {
	case TARGET_WORDS:
	case TARGET_LABEL:
		remark_at(p, t->words, t->kind == TARGET_LABEL, remark);
		break;
	case TARGET_CHAPTER_TEXT:
		if (c->first_chunk != SIZE_MAX)
			p->placed->path = p->map->chunks[c->first_chunk].path;
		break;
	case TARGET_NOWHERE:
		p->placed->misplaced = true;
		break;
	case TARGET_BOOK:
		break;
	}
}

int feedback_place(struct placed *placed, struct text_map *map,
		   const struct feedback *feedback, struct error *err)
{
	struct placing p = { .placed = placed, .map = map, .f = feedback };

	find_target(&p);
	if (feedback->kind == FEEDBACK_EDIT)
		placing_edit(&p);
	else
		placing_remark(&p, slice_of(feedback->words));
	return 0;
}
