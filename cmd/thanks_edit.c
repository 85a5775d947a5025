/* SPDX-License-Identifier: MIT */
/*
 * All mails in one text, for the author's editor:
 *
 *	=== mail 1: Ann Reader <ann@example.net>
 *	Subject: The Fog: what became of your remarks
 *
 *	Dear Ann Reader, …
 *
 *	=== answer 1a2b3c4d5e6f
 *	> The fog was grey.
 *	…
 *	=== end
 *	Thank you again. …
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "editor.h"
#include "error.h"
#include "thanks.h"

#define MARK "=== "
#define ID_DIGITS 12
#define FILE_NAME "GALLEY_THANKS"

static const char help[] =
	"# What goes out when you save this and leave. Change what you like.\n"
	"# An answer that you delete, from its line '=== answer' to the next\n"
	"# line with '===', is not sent and waits for the next time; so does a\n"
	"# whole mail. With nothing left, nothing is sent.\n";

/* --- writing -------------------------------------------------------------- */

static void add_text(struct strbuf *out, const struct strbuf *text)
{
	struct slice words = slice_trim(strbuf_slice(text));

	strbuf_addf(out, "%.*s\n", SLICE_ARG(words));
}

static void write_mails(struct strbuf *out, const struct thanks *thanks)
{
	strbuf_adds(out, help);
	for (size_t i = 0; i < thanks->count; i++) {
		const struct thanks_mail *mail = &thanks->mails[i];

		strbuf_addf(out, "\n" MARK "mail %zu: %s <%s>\nSubject: ",
			    i + 1, mail->name, mail->to->who.email);
		add_text(out, &mail->subject);
		strbuf_addch(out, '\n');
		add_text(out, &mail->head);
		for (size_t k = 0; k < mail->count; k++) {
			const struct thanks_block *block = &mail->blocks[k];

			strbuf_addf(out, "\n" MARK "answer %.*s\n", ID_DIGITS,
				    thanks->review.items[block->at]
					    .comment.id);
			add_text(out, &block->text);
		}
		strbuf_adds(out, "\n" MARK "end\n");
		add_text(out, &mail->tail);
	}
}

/* --- reading -------------------------------------------------------------- */

struct edit_reader {
	struct thanks *thanks;
	struct thanks_mail *mail;	/* at hand; NULL before the first */
	struct strbuf *text;		/* where lines go; NULL: nowhere */
	size_t line;
	struct error *err;
};

static int malformed(const struct edit_reader *r, const char *what)
{
	return error_set(r->err, ERROR_MALFORMED, FILE_NAME ":%zu: %s; "
			 "nothing was sent, and the text is there still",
			 r->line, what);
}

static int begin_mail(struct edit_reader *r, struct slice number)
{
	unsigned long n = 0;

	for (; number.len && *number.ptr >= '0' && *number.ptr <= '9' &&
	     n < 100000000; number = slice_sub(number, 1, number.len))
		n = n * 10 + (unsigned long)(*number.ptr - '0');
	if (!n || n > r->thanks->count || !slice_starts_with(number,
							     SLICE(":")))
		return malformed(r, "there was no such mail");
	r->mail = &r->thanks->mails[n - 1];
	if (r->mail->subject.len)
		return malformed(r, "this mail is there twice");
	r->text = &r->mail->head;
	return 0;
}

static int begin_answer(struct edit_reader *r, struct slice id)
{
	struct thanks_mail *mail = r->mail;

	if (!mail || r->text == &mail->tail)
		return malformed(r, "an answer that is in no mail");
	for (size_t i = 0; i < mail->count; i++) {
		struct thanks_block *block = &mail->blocks[i];
		const char *own = r->thanks->review.items[block->at]
					  .comment.id;

		if (!slice_eq(id, (struct slice){ own, ID_DIGITS }))
			continue;
		if (!block->dropped)
			return malformed(r, "this answer is there twice");
		block->dropped = false;
		r->text = &block->text;
		return 0;
	}
	return malformed(r, "there was no such answer in this mail");
}

static int read_mark(struct edit_reader *r, struct slice mark)
{
	if (slice_starts_with(mark, SLICE("mail ")))
		return begin_mail(r, slice_sub(mark, 5, mark.len));
	if (slice_starts_with(mark, SLICE("answer ")))
		return begin_answer(r, slice_trim(slice_sub(mark, 7,
							    mark.len)));
	if (slice_eq(slice_trim(mark), SLICE("end")) && r->mail) {
		r->text = &r->mail->tail;
		return 0;
	}
	return malformed(r, "neither 'mail' nor 'answer' nor 'end'");
}

static int read_line(struct edit_reader *r, struct slice line)
{
	struct slice subject = SLICE("Subject:");

	if (slice_starts_with(line, SLICE(MARK)))
		return read_mark(r, slice_sub(line, strlen(MARK), line.len));
	if (!r->mail) {
		if (slice_is_blank(line) || *line.ptr == '#')
			return 0;
		return malformed(r, "words before the first mail");
	}
	if (r->text == &r->mail->head && !r->mail->subject.len) {
		if (slice_is_blank(line))
			return 0;
		if (!slice_starts_with(line, subject))
			return malformed(r, "a mail begins with 'Subject:'");
		strbuf_add_slice(&r->mail->subject, slice_trim(
			slice_sub(line, subject.len, line.len)));
		if (!r->mail->subject.len)
			return malformed(r, "the subject is empty");
		return 0;
	}
	strbuf_addf(r->text, "%.*s\n", SLICE_ARG(line));
	return 0;
}

/* All is dropped until it is seen again. */
static void forget(struct thanks *thanks)
{
	for (size_t i = 0; i < thanks->count; i++) {
		struct thanks_mail *mail = &thanks->mails[i];

		strbuf_truncate(&mail->subject, 0);
		strbuf_truncate(&mail->head, 0);
		strbuf_truncate(&mail->tail, 0);
		for (size_t k = 0; k < mail->count; k++) {
			strbuf_truncate(&mail->blocks[k].text, 0);
			mail->blocks[k].dropped = true;
		}
	}
}

static int read_mails(struct thanks *thanks, struct slice text,
		      struct error *err)
{
	struct edit_reader r = { .thanks = thanks, .err = err };
	struct slice line;
	int rc = 0;

	forget(thanks);
	while (!rc && slice_next_line(&line, &text)) {
		r.line++;
		rc = read_line(&r, slice_chomp(line));
	}
	return rc;
}

int thanks_edit(struct thanks *thanks, struct error *err)
{
	struct strbuf text = STRBUF_INIT;
	int rc;

	write_mails(&text, thanks);
	rc = editor_edit(&text, thanks->ms->repo, FILE_NAME, err);
	if (!rc)
		rc = read_mails(thanks, strbuf_slice(&text), err);
	strbuf_release(&text);
	return rc;
}
