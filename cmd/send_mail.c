/* SPDX-License-Identifier: MIT */
/* The mail that brings a round to one reader. */
#include <string.h>

#include "book.h"
#include "error.h"
#include "format.h"
#include "html_escape.h"
#include "mail_decode.h"
#include "mail_id.h"
#include "mail_write.h"
#include "review_address.h"
#include "send.h"

#define WRAPPED 50		/* columns: a longer line goes on in the next */

static bool is_list_item(struct slice line)
{
	static const char *const marks[] = { "- ", "* ", "+ ", "> ", "  " };

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (slice_starts_with(line, slice_of(marks[i])))
			return true;
	return line.len && *line.ptr >= '0' && *line.ptr <= '9';
}

/*
 * The words to readers, a paragraph a line: lines that an editor broke are
 * joined, short ones and lists are not.
 */
static void unwrap(struct strbuf *out, struct slice text)
{
	struct slice line;
	size_t last = 0;	/* length of the line before; 0: a blank one */

	while (slice_next_line(&line, &text)) {
		line = slice_trim_end(line);
		if (out->len)
			strbuf_addch(out, last > WRAPPED && line.len &&
				     !is_list_item(line) ? ' ' : '\n');
		strbuf_add_slice(out, line);
		last = line.len;
	}
}

static void add_words(struct strbuf *out, const struct send *send)
{
	struct strbuf words = STRBUF_INIT;

	mail_decode_unlabelled(&words, slice_of(send->round->words));
	unwrap(out, strbuf_slice(&words));
	strbuf_release(&words);
}

/* A mail to this address with this subject is one that collect knows. */
static void add_unsubscribe(struct strbuf *out, const struct send *send,
			    const struct book *book)
{
	struct strbuf subject = STRBUF_INIT;

	if (review_address_is_mail(send->ms)) {
		review_address_url(out, book, "stop");
		return;
	}
	strbuf_addch(&subject, '[');
	book_add_tag(&subject, book);
	strbuf_adds(&subject, "] stop");
	strbuf_addf(out, "mailto:%s?subject=", send->from.email);
	html_escape_path(out, strbuf_slice(&subject));
	strbuf_release(&subject);
}

/* What is put into the letter, and attached to it. */
struct parts {
	const struct letter *letter;
	const struct format *format;	/* of the files; NULL: none */
	struct strbuf tag, words, changes, file, bytes;
	struct strbuf subject, body, unsubscribe, id, redline_link;
	const struct send_redline *redline; /* NULL: none */
	bool link;
};

#define PARTS_INIT { NULL, NULL, STRBUF_INIT, STRBUF_INIT, STRBUF_INIT,       \
		     STRBUF_INIT, STRBUF_INIT, STRBUF_INIT, STRBUF_INIT,       \
		     STRBUF_INIT, STRBUF_INIT, STRBUF_INIT, NULL, false }

static void parts_release(struct parts *p)
{
	struct strbuf *const all[] = { &p->tag, &p->words, &p->changes,
		&p->file, &p->bytes, &p->subject, &p->body, &p->unsubscribe,
		&p->id, &p->redline_link };

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		strbuf_release(all[i]);
}

/* What is new to this reader, in words and, if it is wanted, in the text. */
static int add_changes(struct parts *p, struct send *send,
		       const struct reader *reader, const struct receipt *had,
		       struct error *err)
{
	int rc = 0;

	if (send->since_last)
		send_redline_link(&p->redline_link, send, reader, had);
	if (send->since_last && p->format)
		rc = send_redline(&p->redline, send, had, p->format, err);
	if (rc < 0)
		return rc;
	if (p->redline && !p->redline->any)
		p->redline = NULL;
	return send_changes(&p->changes, send, p->letter, had->round,
			    p->redline ? p->redline->name.buf : "",
			    p->redline_link.buf, err);
}

static int collect_parts(struct parts *p, struct send *send,
			 const struct reader *reader, struct book *book,
			 struct error *err)
{
	const struct receipt *had = receipt_last(&send->receipts,
		reader->address, send->round_index);
	int rc = letters_get(&p->letter, send->letters, reader->language,
			     err);

	send_way(&p->format, &p->link, send, reader);
	if (!rc && had)
		rc = add_changes(p, send, reader, had, err);
	if (!rc && p->format)
		rc = send_draft(&p->bytes, &p->file, send, book, p->format,
				err);
	add_words(&p->words, send);
	book_add_tag(&p->tag, book);
	add_unsubscribe(&p->unsubscribe, send, book);
	mail_id_start(&p->id, send->round->name, reader->code);
	return rc;
}

/* An address that stands for a name is no word to greet with. */
static const char *name_of(const struct reader *reader)
{
	return strcmp(reader->name, reader->address) ? reader->name : "";
}

static void write_letter(struct parts *p, const struct send *send,
			 const struct reader *reader)
{
	const struct letter_value values[] = {
		{ "name", name_of(reader) },
		{ "title", manuscript_title(send->ms) },
		{ "author", send->from.name },
		{ "round", send->round->name }, { "tag", p->tag.buf },
		{ "words", p->words.buf }, { "changes", p->changes.buf },
		{ "file", p->file.buf },
		{ "link", p->link ? send->site : "" },
		{ "due", send->round->due }
	};
	size_t count = sizeof(values) / sizeof(*values);

	letter_fill(&p->subject, p->letter, "subject", values, count);
	letter_fill(&p->body, p->letter, "letter", values, count);
}

static size_t list_files(struct mail_attachment files[2],
			 const struct parts *p)
{
	const char *type;

	if (!p->format)
		return 0;
	type = strcmp(p->format->name, "epub") ? "text/html" :
						 "application/epub+zip";
	files[0] = (struct mail_attachment){ p->file.buf, type,
					     strbuf_slice(&p->bytes) };
	if (!p->redline)
		return 1;
	files[1] = (struct mail_attachment){
		p->redline->name.buf, type, strbuf_slice(&p->redline->bytes)
	};
	return 2;
}

int send_write(struct strbuf *out, struct strbuf *id, struct send *send,
	       const struct reader *reader, struct error *err)
{
	struct parts parts = PARTS_INIT;
	struct mail_attachment files[2];
	struct book *book = NULL;
	int rc = send_open_book(&book, send, reader, err);

	if (!rc)
		rc = collect_parts(&parts, send, reader, book, err);
	if (!rc) {
		write_letter(&parts, send, reader);
		rc = mail_write(out, id, &(struct mail_draft){
			.from = send->from,
			.to = { name_of(reader), reader->address },
			.when = send->me.when, .subject = parts.subject.buf,
			.body = parts.body.buf,
			.language = letter_language(parts.letter),
			.id = parts.id.buf, .reply_to = send->reply_to,
			.in_reply_to = "",
			.unsubscribe = parts.unsubscribe.buf,
			.auto_submitted = "auto-generated",
			.attachments = files,
			.attachment_count = list_files(files, &parts) }, err);
	}
	parts_release(&parts);
	book_close(book);
	return rc;
}
