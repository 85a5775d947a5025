/* SPDX-License-Identifier: MIT */
/* Suggestions in the author's own words, by way of the editor. */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "editor.h"
#include "error.h"
#include "identity.h"
#include "review_session.h"
#include "strbuf.h"
#include "utf8.h"

#define FILE_NAME "galley-review.md"
#define SHOWN_MOST 20000	/* bytes of one text in the lines of help */

/* A character that no line of the text starts with. */
static char comment_char(struct slice text)
{
	const char *const all = "#;@!$%^&|:";
	bool used[256] = { false };
	struct slice line;

	while (slice_next_line(&line, &text))
		used[(unsigned char)*line.ptr] = true;
	for (const char *p = all; *p; p++)
		if (!used[(unsigned char)*p])
			return *p;
	return '#';
}

static void add_lines(struct strbuf *out, char mark, const char *indent,
		      struct slice text)
{
	struct slice line, rest = slice_sub(text, 0, SHOWN_MOST);

	while (slice_next_line(&line, &rest)) {
		line = slice_trim_end(line);
		strbuf_addf(out, "%c%s%s%.*s\n", mark, line.len ? " " : "",
			    line.len ? indent : "", SLICE_ARG(line));
	}
}

static void add_shown(struct strbuf *out, char mark, const char *before,
		      struct slice text)
{
	strbuf_addf(out, "%c\n%c %s\n", mark, mark, before);
	add_lines(out, mark, "    ", text.len ? text : SLICE("(nothing)"));
}

static void add_help(struct strbuf *out, char mark,
		     const struct looked *looked)
{
	const struct comment *c = &looked->comment->comment;
	const struct applier_sentence *s = &looked->sentence;
	struct strbuf said = STRBUF_INIT;

	if (c->is_remark) {
		strbuf_addf(out, "%c What %s says of this paragraph:\n", mark,
			    c->reader.name);
		comment_add_words(&said, c);
		add_lines(out, mark, "    ", strbuf_slice(&said));
	} else {
		strbuf_addf(out, "%c What %s suggests, for you to change.\n",
			    mark, c->reader.name);
		if (looked->application.result == APPLY_CONFLICT)
			strbuf_addf(out, "%c It does not fit: %s.\n%c Above "
				    "are the words as they are now.\n", mark,
				    looked->application.why, mark);
		add_shown(out, mark, "The reader saw:", s->base);
		add_shown(out, mark, "and suggests:", s->theirs);
		if (c->body.len)
			add_shown(out, mark, "because:", c->body);
	}
	strbuf_addf(out, "%c\n%c Lines that start with '%c' are left out. If "
		    "nothing else is left, nothing is done.\n", mark, mark,
		    mark);
	strbuf_release(&said);
}

/* Take out the lines of help. */
static void clean(struct strbuf *out, struct slice text, char mark)
{
	struct slice line;

	while (slice_next_line(&line, &text)) {
		if (*line.ptr == mark)
			continue;
		strbuf_add_slice(out, slice_chomp(line));
		strbuf_addch(out, '\n');
	}
}

static bool is_text(struct slice s)
{
	return utf8_valid_prefix(s) == s.len &&
	       slice_find(s, '\0') == s.len;
}

/* The author's words; false if there are none, with a line that says so. */
static bool ask_words(struct strbuf *out, struct session *session,
		      const struct looked *looked)
{
	const struct applier_sentence *s = &looked->sentence;
	bool fits = looked->application.result == APPLY_DONE && s->then.len;
	struct slice start = fits ? s->then : s->now;
	struct strbuf text = STRBUF_INIT;
	struct error err = ERROR_INIT;
	char mark = comment_char(start);
	int rc;

	strbuf_add_slice(&text, start);
	strbuf_adds(&text, "\n\n");
	add_help(&text, mark, looked);
	rc = editor_edit(&text, session->ms->repo, FILE_NAME, &err);
	if (!rc)
		clean(out, strbuf_slice(&text), mark);
	if (rc < 0)
		report_error("%s", err.message);
	else if (slice_is_blank(strbuf_slice(out)))
		puts("No words, nothing done.");
	else if (slice_eq(slice_trim(strbuf_slice(out)), s->now))
		puts("No word is changed, nothing done.");
	else if (!is_text(strbuf_slice(out)))
		puts("That is no text in UTF-8, nothing done.");
	else
		rc = 1;
	strbuf_release(&text);
	return rc > 0;
}

static int put_in(bool *done, struct session *session, struct looked *looked,
		  struct slice words, struct error *err)
{
	struct applier *applier = NULL;
	struct identity me = IDENTITY_INIT;
	struct application application;
	int rc;

	if ((rc = identity_read(&me, session->ms->repo,
				&people_of_environment()->committer,
				err)) == 0 &&
	    (rc = applier_open(&applier, session->ms, session->review,
			       people_of_environment(), err)) == 0 &&
	    (rc = applier_reword(&application, applier, looked->at,
				 looked->part, &looked->sentence, words,
				 me.person.name, err)) == 0)
		rc = applier_finish(applier, err);
	*done = !rc;
	applier_close(applier);
	identity_release(&me);
	return rc;
}

int review_edit(bool *done, struct session *session, struct looked *looked,
		struct error *err)
{
	struct strbuf words = STRBUF_INIT;
	int rc = 0;

	*done = false;
	if (!ask_words(&words, session, looked))
		goto out;
	if (!looked->comment->comment.is_remark &&
	    looked->application.result == APPLY_DONE &&
	    slice_eq(slice_trim(strbuf_slice(&words)), looked->sentence.then))
		rc = review_apply(done, session, looked, false, err);
	else
		rc = put_in(done, session, looked, strbuf_slice(&words), err);
	if (rc == ERROR_BUSY) {
		report_error("%s", err->message);
		report_hint("your words are in '%s%s'",
			    repository_path(session->ms->repo), FILE_NAME);
		*err = (struct error)ERROR_INIT;
		rc = 0;
	}
out:
	strbuf_release(&words);
	return rc;
}
