/* SPDX-License-Identifier: MIT */
/* galley-review: what readers said, one after the other, to be decided. */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "comment_choice.h"
#include "error.h"
#include "identity.h"
#include "review_session.h"
#include "strbuf.h"

static const char usage[] =
	"galley-review [-r <round>] [--from=<reader>] [--chunk=<path>]\n"
	"galley-review <comment>...";

/* --- one comment ---------------------------------------------------------- */

static int look(struct looked *looked, struct session *session, size_t at,
		unsigned part, struct error *err)
{
	int rc;

	*looked = (struct looked){ .at = at, .part = part,
				   .comment = &session->review->items[at],
				   .view = COMMENT_VIEW_INIT };
	if ((rc = comment_view_read(&looked->view, session->ms->repo,
				    &looked->comment->comment, err)) == 0 &&
	    (rc = applier_open(&looked->applier, session->ms, session->review,
			       people_of_environment(), err)) == 0 &&
	    (rc = applier_try(&looked->application, looked->applier, at, part,
			      err)) == 0)
		rc = applier_sentence(&looked->sentence, looked->applier, at,
				      part, err);
	return rc;
}

static void looked_release(struct looked *looked)
{
	comment_view_release(&looked->view);
	applier_close(looked->applier);
}

static bool is_remark(const struct looked *looked)
{
	return looked->comment->comment.is_remark || !looked->view.passages;
}

/* What may be answered, as letters. */
static void find_letters(char *out, const struct looked *looked)
{
	enum apply_result result = looked->application.result;
	bool several = looked->view.passages > 1 && !looked->part;
	bool place = looked->sentence.has_place;

	if (is_remark(looked))
		*out++ = 'k';
	else if (result == APPLY_DONE || result == APPLY_ALREADY)
		*out++ = 'a';
	*out++ = 'd';
	*out++ = 'l';
	if (place && result != APPLY_ALREADY &&
	    (is_remark(looked) || !several))
		*out++ = 'e';
	if (place && result != APPLY_ALREADY)
		*out++ = 'm';
	if (several && !is_remark(looked))
		*out++ = 's';
	*out++ = 'n';
	*out++ = 'q';
	*out = '\0';
}

/* A line of standard input, without white space around; NULL: its end. */
static const char *read_line(struct strbuf *line)
{
	int c;

	strbuf_truncate(line, 0);
	while ((c = getchar()) != EOF && c != '\n')
		if (line->len < 4096 && c)
			strbuf_addch(line, (char)c);
	if (c == EOF && !line->len)
		return NULL;
	strbuf_truncate(line, slice_trim_end(strbuf_slice(line)).len);
	return line->buf + strspn(line->buf, " \t");
}

/* Why? An empty line is no answer, where one is needed. */
static int ask_reason(bool *done, struct session *session,
		      const struct looked *looked, enum comment_state state,
		      struct error *err)
{
	bool needed = state == COMMENT_DECLINED;
	struct strbuf line = STRBUF_INIT;
	const char *words;
	int rc = 0;

	if (needed) {
		fputs("Why, for ", stdout);
		print_safe(stdout, slice_of(looked->comment->comment.reader
					    .name));
		fputs("? ", stdout);
	} else {
		fputs(state == COMMENT_DEFERRED ? "Until when, or why? " :
		      "A word to the reader? ", stdout);
	}
	fflush(stdout);
	words = read_line(&line);
	session->quit = !words;
	*done = words && (*words || !needed);
	if (*done)
		rc = review_note(session, looked, state, words, err);
	strbuf_release(&line);
	return rc;
}

static int act(bool *done, char letter, struct session *session,
	       struct looked *looked, struct error *err)
{
	bool writes = strchr("aem", letter) && looked->application.result !=
					       APPLY_ALREADY;

	*done = true;
	if (writes && !review_may_write(session, looked))
		return 0;
	switch (letter) {
	case 'a':
		if (!writes)
			return review_note(session, looked, COMMENT_ALREADY,
					   "", err);
		return review_apply(done, session, looked, false, err);
	case 'm':
		return review_apply(done, session, looked, true, err);
	case 'e':
		return review_edit(done, session, looked, err);
	case 'd':
		return ask_reason(done, session, looked, COMMENT_DECLINED,
				  err);
	case 'l':
		return ask_reason(done, session, looked, COMMENT_DEFERRED,
				  err);
	case 'k':
		return ask_reason(done, session, looked, COMMENT_NOTED, err);
	case 'q':
		session->quit = true;
		break;
	}
	return 0;
}

/* Ask until there is an answer, and do it. `split`: passage by passage. */
static int ask(bool *split, struct session *session, struct looked *looked,
	       struct error *err)
{
	struct strbuf line = STRBUF_INIT;
	char letters[16];
	bool done = false;
	int rc = 0;

	find_letters(letters, looked);
	while (!rc && !done && !session->quit) {
		const char *answer;

		review_print_question(session, looked, letters);
		answer = read_line(&line);
		if (!answer) {
			putchar('\n');
			session->quit = true;
		} else if (strlen(answer) != 1 || !strchr(letters, *answer)) {
			review_print_help(looked, letters);
		} else if (*answer == 's') {
			*split = done = true;
		} else {
			rc = act(&done, *answer, session, looked, err);
		}
	}
	if (!session->quit)
		putchar('\n');
	strbuf_release(&line);
	return rc;
}

static int review_one(unsigned *passages, bool *split,
		      struct session *session, size_t at, unsigned part,
		      struct error *err)
{
	struct looked looked;
	int rc = look(&looked, session, at, part, err);

	if (!rc) {
		*passages = (unsigned)looked.view.passages;
		review_print(session, &looked);
		session->last = looked.comment;
		rc = ask(split, session, &looked, err);
	}
	looked_release(&looked);
	return rc;
}

static int review_passages(struct session *session, size_t at,
			   unsigned passages, struct error *err)
{
	const struct review_comment *c = &session->review->items[at];
	bool split = false;
	int rc = 0;

	for (unsigned n = 1; n <= passages && !rc && !session->quit; n++) {
		enum comment_state state = review_part(c, n)->state;

		if (state == COMMENT_OPEN || state == COMMENT_DEFERRED)
			rc = review_one(&passages, &split, session, at, n,
					err);
	}
	return rc;
}

/* --- all of them ---------------------------------------------------------- */

static bool is_first(const struct review *review, size_t at,
		     const struct comment_filter *filter)
{
	const struct review_comment *c = &review->items[at];
	const struct review_comment *first = &review->items[c->same];

	return c->same == at || first->state.state != c->state.state ||
	       !comment_filter_passes(filter, first);
}

/* In reading order; what several said, once. */
static void choose_open(struct comment_choice *choice,
			const struct review *review,
			const struct comment_filter *filter)
{
	for (size_t i = 0; i < review->count; i++)
		if (review->items[i].state.state == COMMENT_OPEN &&
		    comment_filter_passes(filter, &review->items[i]) &&
		    is_first(review, i, filter))
			comment_choice_add(choice, i, 0);
}

static int count_passages(unsigned *passages, const struct session *session,
			  const struct comment *comment, struct error *err)
{
	struct comment_view view = COMMENT_VIEW_INIT;
	int rc = comment_view_read(&view, session->ms->repo, comment, err);

	*passages = (unsigned)view.passages;
	comment_view_release(&view);
	return rc;
}

/* The whole, and what is left of it passage by passage. */
static int review_item(struct session *session, size_t at, unsigned part,
		       struct error *err)
{
	const struct review_comment *c = &session->review->items[at];
	bool split = !part && c->part_count;
	unsigned passages = 0;
	int rc = split ? count_passages(&passages, session, &c->comment,
					err) :
			 review_one(&passages, &split, session, at, part, err);

	if (!rc && split)
		rc = review_passages(session, at, passages, err);
	return rc;
}

/* It is in the text, or its reader said something else instead. */
static bool is_settled(const struct review_comment *c, unsigned part)
{
	const struct decision *d = review_part(c, part);

	if (d->state != COMMENT_APPLIED && d->state != COMMENT_SUPERSEDED)
		return false;
	printf("%.*s ", COMMENT_SHORT_ID, c->comment.id);
	comment_print_state(d);
	putchar('\n');
	return true;
}

static int review_all(struct session *session,
		      const struct comment_choice *choice, struct error *err)
{
	int rc = 0;

	session->count = choice->count;
	for (size_t i = 0; i < choice->count && !rc; i++) {
		size_t at = choice->order[i];
		unsigned part = choice->parts[i];
		const struct review_comment *c = &session->review->items[at];
		struct decision was = *review_part(c, part);
		const struct decision *is;

		session->number = i + 1;
		if (!session->quit && is_settled(c, part))
			continue;
		if (!session->quit)
			rc = review_item(session, at, part, err);
		is = review_part(c, part);
		if (is->state == was.state && is->time == was.time)
			session->left++;
		else
			session->decided[is->state]++;
	}
	return rc;
}

static void print_summary(const struct session *session)
{
	static const struct {
		enum comment_state state;
		const char *words;
	} said[] = {
		{ COMMENT_APPLIED, "applied" },
		{ COMMENT_MARKED, "marked" },
		{ COMMENT_ALREADY, "already there" },
		{ COMMENT_NOTED, "noted" },
		{ COMMENT_DECLINED, "declined" },
		{ COMMENT_DEFERRED, "put off" },
	};

	for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++)
		if (session->decided[said[i].state])
			printf("%zu %s, ", session->decided[said[i].state],
			       said[i].words);
	printf("%zu left\n", session->left);
}

int main(int argc, char **argv)
{
	struct comment_choice choice = COMMENT_CHOICE_INIT;
	struct comment_filter filter = { NULL, NULL };
	struct identity me = IDENTITY_INIT;
	struct review review = REVIEW_INIT;
	struct session session = { .review = &review };
	const char *round = NULL;
	const struct option options[] = {
		OPTION_STRING('r', "round", &round, "round",
			      "of this round only"),
		OPTION_STRING(0, "from", &filter.from, "reader",
			      "whose name or address has this in it"),
		OPTION_STRING(0, "chunk", &filter.chunk, "path",
			      "about this chunk, or those in this folder"),
		OPTION_END
	};
	struct error err = ERROR_INIT;
	int status = STATUS_OK;

	argc = parse_options(argc, argv, options, usage);
	if (argc && (round || filter.from || filter.chunk))
		usage_error(usage, "either comments or which ones");
	if (manuscript_open(&session.ms, ".", "HEAD", &err) < 0 ||
	    identity_read(&me, session.ms->repo,
			  &people_of_environment()->committer, &err) < 0 ||
	    review_read(&review, session.ms, round, &err) < 0 ||
	    comment_choice_read(&choice, &review, argv, argc, false,
				&err) < 0)
		goto fatal;
	if (!argc)
		choose_open(&choice, &review, &filter);
	if (review_all(&session, &choice, &err) < 0)
		goto fatal;
	if (choice.count)
		print_summary(&session);
	else
		puts("nothing is open");
	status = session.left ? STATUS_NO : STATUS_OK;
	goto out;
fatal:
	status = report_fatal(&err);
out:
	comment_choice_release(&choice);
	review_release(&review);
	identity_release(&me);
	manuscript_close(session.ms);
	return finish(status);
}
