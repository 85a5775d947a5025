/* SPDX-License-Identifier: MIT */
/* One mail to one reader, with all that became of what they said. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "mail_id.h"
#include "mail_write.h"
#include "thanks.h"

#define ANSWERS "\001"		/* stands where the answers go */

void thanks_mail_release(struct thanks_mail *mail)
{
	for (size_t i = 0; i < mail->count; i++)
		strbuf_release(&mail->blocks[i].text);
	free(mail->blocks);
	strbuf_release(&mail->subject);
	strbuf_release(&mail->head);
	strbuf_release(&mail->tail);
}

static void fill(struct strbuf *out, const struct thanks_mail *mail,
		 const struct thanks *thanks, const char *section)
{
	const struct letter_value values[] = {
		{ "name", mail->name },
		{ "title", manuscript_title(thanks->ms) },
		{ "author", thanks->from.name },
		{ "round", thanks->round }, { "answers", ANSWERS }
	};

	letter_fill(out, mail->letter, section, values,
		    sizeof(values) / sizeof(*values));
}

/* What comes before the answers, and after. */
static void split_letter(struct thanks_mail *mail,
			 const struct thanks *thanks)
{
	struct strbuf letter = STRBUF_INIT;
	struct slice text;
	size_t at;

	fill(&letter, mail, thanks, "letter");
	text = strbuf_slice(&letter);
	at = slice_find(text, *ANSWERS);
	strbuf_add_slice(&mail->head, slice_trim(slice_sub(text, 0, at)));
	strbuf_add_slice(&mail->tail, slice_trim(slice_sub(text, at + 1,
							   text.len)));
	strbuf_release(&letter);
}

int thanks_compose(struct thanks_mail *mail, const struct thanks *thanks,
		   struct error *err)
{
	int rc = 0;

	fill(&mail->subject, mail, thanks, "subject");
	split_letter(mail, thanks);
	mail->blocks = xcalloc(mail->to->count + 1, sizeof(*mail->blocks));
	for (size_t i = 0; i < mail->to->count && !rc; i++) {
		struct thanks_block *block = &mail->blocks[mail->count++];

		*block = (struct thanks_block){ mail->to->comments[i],
						STRBUF_INIT, false };
		rc = thanks_block(&block->text, thanks, mail, block->at, err);
	}
	return rc;
}

/* --- the thread that it belongs to ---------------------------------------- */

struct thread {
	struct arena arena;
	const struct comment **comments;	/* by time */
	const char **ids;
	size_t count;
};

static int by_time(const void *a, const void *b)
{
	const struct comment *x = *(const struct comment *const *)a;
	const struct comment *y = *(const struct comment *const *)b;

	if (x->when.seconds != y->when.seconds)
		return x->when.seconds < y->when.seconds ? -1 : 1;
	return strcmp(x->id, y->id);
}

/* Made of a hash, since the mail had none: nobody else knows it. */
static bool is_made(struct slice id)
{
	return slice_ends_with(id, SLICE("@mail.invalid"));
}

/* The mails that are answered, each once, the oldest first. */
static void read_thread(struct thread *t, const struct thanks_mail *mail,
			const struct review *review)
{
	size_t count = 0;

	t->comments = xcalloc(mail->count + 1, sizeof(*t->comments));
	t->ids = xcalloc(mail->count + 1, sizeof(*t->ids));
	for (size_t i = 0; i < mail->count; i++)
		if (!mail->blocks[i].dropped)
			t->comments[count++] =
				&review->items[mail->blocks[i].at].comment;
	qsort(t->comments, count, sizeof(*t->comments), by_time);
	for (size_t i = 0; i < count; i++) {
		struct slice id = t->comments[i]->message_id;
		bool known = is_made(id) || !mail_id_is_valid(id);

		for (size_t k = t->count; k-- > 0 && !known;)
			known = slice_eq_str(id, t->ids[k]);
		if (!known)
			t->ids[t->count++] = arena_copy(&t->arena, id);
	}
}

static void release_thread(struct thread *t)
{
	free(t->comments);
	free(t->ids);
	arena_release(&t->arena);
}

/* --- as a mail ------------------------------------------------------------ */

static void add_part(struct strbuf *out, struct slice text)
{
	text = slice_trim(text);
	if (!text.len)
		return;
	if (out->len)
		strbuf_addch(out, '\n');
	strbuf_addf(out, "%.*s\n", SLICE_ARG(text));
}

static void make_body(struct strbuf *out, const struct thanks_mail *mail)
{
	add_part(out, strbuf_slice(&mail->head));
	for (size_t i = 0; i < mail->count; i++) {
		if (mail->blocks[i].dropped)
			continue;
		if (out->len)
			strbuf_addch(out, '\n'); /* two lines between two */
		add_part(out, strbuf_slice(&mail->blocks[i].text));
	}
	if (out->len && mail->tail.len)
		strbuf_addch(out, '\n');
	add_part(out, strbuf_slice(&mail->tail));
}

int thanks_write(struct strbuf *out, struct strbuf *id,
		 const struct thanks_mail *mail, const struct thanks *thanks,
		 struct error *err)
{
	struct strbuf body = STRBUF_INIT, start = STRBUF_INIT;
	struct thread thread = { ARENA_INIT, NULL, NULL, 0 };
	char code[READER_CODE_SIZE];
	int rc;

	reader_code(code, mail->to->who.email);
	mail_id_start(&start, NULL, code);
	make_body(&body, mail);
	read_thread(&thread, mail, &thanks->review);
	rc = mail_write(out, id, &(struct mail_draft){
		.from = thanks->from,
		.to = { mail->name, mail->to->who.email },
		.when = thanks->me.when, .subject = mail->subject.buf,
		.body = body.buf, .language = letter_language(mail->letter),
		.id = start.buf, .reply_to = thanks->reply_to,
		.in_reply_to = thread.count ? thread.ids[thread.count - 1] :
					      "",
		.references = thread.ids, .reference_count = thread.count,
		.unsubscribe = "", .auto_submitted = "" }, err);
	release_thread(&thread);
	strbuf_release(&body);
	strbuf_release(&start);
	return rc;
}
