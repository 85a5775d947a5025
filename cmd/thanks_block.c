/* SPDX-License-Identifier: MIT */
/* What became of one comment, in the words of the letter. */
#include <stdio.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "comment_show.h"
#include "error.h"
#include "reads_now.h"
#include "thanks.h"
#include "typography.h"

#define MOST_COMPARED 300	/* comments, to find who was first */

struct teller {
	const struct thanks *thanks;
	const struct thanks_mail *mail;
	const struct review_comment *comment;
	struct strbuf *out;
	struct error *err;
};

/* --- who was first -------------------------------------------------------- */

static bool is_other(const struct review_comment *a,
		     const struct review_comment *b)
{
	return strcasecmp(a->comment.reader.email, b->comment.reader.email);
}

/* Another reader whose words are what stands there. */
static int find_first(const char **who, const struct teller *t,
		      struct slice now)
{
	const struct review *review = &t->thanks->review;
	struct strbuf other = STRBUF_INIT;
	size_t compared = 0;
	int rc = 0;

	*who = NULL;
	for (size_t i = 0; i < review->count && now.len && !*who && !rc &&
	     compared < MOST_COMPARED; i++) {
		const struct review_comment *c = &review->items[i];

		if (c->state.state != COMMENT_APPLIED || !*c->state.commit ||
		    c->comment.is_remark || !is_other(c, t->comment) ||
		    strcmp(c->path, t->comment->path))
			continue;
		compared++;
		strbuf_truncate(&other, 0);
		rc = reads_now(&other, NULL, t->thanks->ms->repo,
			       t->thanks->head, c->state.commit, t->err);
		if (!rc && slice_eq(now, strbuf_slice(&other)))
			*who = c->comment.reader.name;
	}
	strbuf_release(&other);
	return rc;
}

/* --- what is said --------------------------------------------------------- */

static const char *with_why(const char *with, const char *without,
			    const struct decision *state)
{
	return *state->words ? with : without;
}

/* The section of the letter, and what stands in the text now. */
static int choose(const char **section, struct strbuf *now, const char **who,
		  const struct teller *t, const struct decision *state)
{
	const struct comment *c = &t->comment->comment;
	struct repository *repo = t->thanks->ms->repo;
	bool reworded = false;
	int rc = 0;

	switch (state->state) {
	case COMMENT_APPLIED:
		if (*state->commit)
			rc = reads_now(now, &reworded, repo, t->thanks->head,
				       state->commit, t->err);
		*section = c->is_remark ? "mended" :
			   reworded ? "reworded" : "applied";
		break;
	case COMMENT_ALREADY:
		rc = reads_now(now, NULL, repo, t->thanks->head, c->id,
			       t->err);
		if (!rc)
			rc = find_first(who, t, strbuf_slice(now));
		*section = *who ? "already-by" : "already";
		break;
	case COMMENT_DECLINED:
		*section = with_why("declined-why", "declined", state);
		break;
	case COMMENT_DEFERRED:
		*section = with_why("deferred-why", "deferred", state);
		break;
	default:
		*section = with_why("noted-why", "noted", state);
		break;
	}
	return rc;
}

/* With the marks that the book is printed with. */
static void typeset(struct strbuf *out, const struct teller *t,
		    struct slice text)
{
	const char *language = manuscript_language(t->thanks->ms);
	struct typography typography;
	struct slice line;

	while (slice_next_line(&line, &text)) {
		typography_start(&typography, typography_for(language));
		typography_add(out, &typography, line, 0);
	}
}

static int tell(const struct teller *t, const struct decision *state)
{
	const struct comment *c = &t->comment->comment;
	struct strbuf source = STRBUF_INIT, now = STRBUF_INIT;
	struct strbuf why = STRBUF_INIT;
	const char *section = "", *who = NULL;
	char label[64];
	int rc = choose(&section, &source, &who, t, state);

	typeset(&now, t, strbuf_slice(&source));
	strbuf_release(&source);
	snprintf(label, sizeof(label), "%.*s", SLICE_ARG(c->label));
	text_run_on(&why, slice_of(state->words), 4000);
	if (!rc) {
		const struct letter_value values[] = {
			{ "name", t->mail->name },
			{ "title", manuscript_title(t->thanks->ms) },
			{ "author", t->thanks->from.name },
			{ "round", t->thanks->round },
			{ "now", now.buf }, { "why", why.buf },
			{ "who", who }, { "label", label }
		};

		strbuf_addch(t->out, '\n');
		letter_fill(t->out, t->mail->letter, section, values,
			    sizeof(values) / sizeof(*values));
	}
	strbuf_release(&now);
	strbuf_release(&why);
	return rc;
}

/* Passages that were decided each by itself, and not all in the same way. */
static bool is_mixed(const struct review_comment *c)
{
	for (size_t i = 1; i < c->part_count; i++)
		if (c->parts[i].state != c->parts[0].state ||
		    strcmp(c->parts[i].words, c->parts[0].words))
			return true;
	return false;
}

static int tell_parts(const struct teller *t, const struct comment_view *view)
{
	int rc = 0;

	for (unsigned part = 1; part <= view->passages && !rc; part++) {
		if (part > 1)
			strbuf_addch(t->out, '\n');
		thanks_said(t->out, view, &t->comment->comment, part);
		rc = tell(t, review_part(t->comment, part));
	}
	return rc;
}

int thanks_block(struct strbuf *out, const struct thanks *thanks,
		 const struct thanks_mail *mail, size_t at,
		 struct error *err)
{
	const struct review_comment *c = &thanks->review.items[at];
	struct teller t = { thanks, mail, c, out, err };
	struct comment_view view = COMMENT_VIEW_INIT;
	int rc = comment_view_read(&view, thanks->ms->repo, &c->comment, err);

	if (!rc && c->comment.label.len)
		strbuf_addf(out, "%.*s\n", SLICE_ARG(c->comment.label));
	if (!rc && is_mixed(c)) {
		rc = tell_parts(&t, &view);
	} else if (!rc) {
		thanks_said(out, &view, &c->comment, 0);
		rc = tell(&t, &c->state);
	}
	comment_view_release(&view);
	return rc;
}
