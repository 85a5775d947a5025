/* SPDX-License-Identifier: MIT */
/*
 * A message is read part by part. A part with a diff in it is a patch; its
 * message is what stands above, or the words of the mail it is attached to.
 * All other words are a reply.
 */
#include <gmime/gmime.h>
#include <stdio.h>
#include <string.h>

#include "error.h"
#include "mail_cut.h"
#include "mail_decode.h"
#include "mail_message.h"
#include "mail_read.h"
#include "mail_read_private.h"
#include "mail_reply.h"
#include "mbox.h"

#define WORDS_LIMIT ((size_t)2 << 20)	/* of plain text: a long novel */

/* ---- parts ------------------------------------------------------------ */

/* Nobody misses these when they are not read. */
static bool is_decoration(const struct mail_part *part)
{
	static const char *const types[] = { "image/", "audio/", "video/",
		"font/", "text/calendar", "text/x-vcard", "text/vcard",
		"text/x-amp-html", "text/rfc822-headers",
		"application/pgp-signature", "application/pkcs7-signature",
		"application/x-pkcs7-signature", "application/pgp-keys",
		"message/delivery-status",
		"message/disposition-notification", NULL };

	for (const char *const *t = types; *t; t++)
		if (!strncmp(part->type, *t, strlen(*t)))
			return true;
	return false;
}

static void not_read(struct mail_state *m, const struct mail_part *part)
{
	bool tnef = strstr(part->type, "ms-tnef") ||
		    !strcmp(part->name, "winmail.dat");
	const char *name = *part->name ? part->name
				       : tnef ? "winmail.dat" : part->type;

	if (m->unread++ >= 5)
		return;
	if (m->trouble.len)
		strbuf_adds(&m->trouble, "; ");
	strbuf_addf(&m->trouble, tnef
		    ? "'%s', which only Outlook reads, was not opened"
		    : "the attached file '%s' was not read",
		    mail_header_text(&m->parts.arena, slice_of(name)));
}

static void add_trouble(struct mail_state *m, const char *trouble)
{
	if (!trouble)
		return;
	if (m->trouble.len)
		strbuf_adds(&m->trouble, "; ");
	strbuf_adds(&m->trouble, trouble);
}

static bool is_mails(const struct mail_part *part, struct slice bytes)
{
	struct mail_header header;
	struct mbox mbox;

	if (!strcmp(part->type, "message/rfc822") ||
	    !strcmp(part->type, "application/mbox"))
		return true;
	mbox_init(&mbox, bytes);
	mail_header_read(&header, bytes);
	return mbox.is_mbox || (header.values[MAIL_FROM].len &&
				header.values[MAIL_SUBJECT].len);
}

static bool has_suffix(const char *name, const char *suffix)
{
	return slice_ends_with(slice_of(name), slice_of(suffix));
}

static bool is_text_file(const struct mail_part *part)
{
	static const char *const suffixes[] = { ".md", ".markdown", ".txt" };

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++)
		if (has_suffix(part->name, suffixes[i]))
			return true;
	return false;
}

/* A part that a mailing list adds begins with a row of underscores. */
static bool is_footer(struct slice text)
{
	size_t n = 0;

	text = slice_trim(slice_sub(text, 0, 2000));
	while (n < text.len && text.ptr[n] == '_')
		n++;
	return n >= 20 && n < text.len && text.len < 2000;
}

/* A chapter that was edited, or, in a .txt, what somebody has to say. */
static void read_copy(struct mail_reader *r, struct mail_state *m,
		      const struct mail_part *part, struct slice text)
{
	size_t before = r->list->count;
	struct feedback *item;

	text = mail_read_keep(r, text);
	if (has_suffix(part->name, ".txt"))
		mail_read_words(r, m, text);
	before = r->list->count - before;
	item = feedback_list_add(r->list, FEEDBACK_COPY);
	*item = m->head;
	item->kind = FEEDBACK_COPY;
	item->channel = "copy";
	item->label = "";
	item->file = text;
	item->file_name = mail_header_text(&r->list->arena,
					   slice_of(part->name));
	item->otherwise = before;
}

/* Files: mails, patches, chapters, and words in a .txt. */
static void read_attached(struct mail_reader *r, struct mail_state *m,
			  const struct mail_part *part)
{
	struct slice text;

	mail_text_bytes(&r->text, part, &m->container);
	if (is_mails(part, r->text.text)) {
		if (m->depth < MAIL_DEPTH_LIMIT)
			mail_read_inner(r, m, mail_read_keep(r, r->text.text));
		else
			m->parts.limit = "its parts are nested too deep";
		return;
	}
	if (slice_find(slice_sub(r->text.text, 0, 8000), '\0') <
	    slice_sub(r->text.text, 0, 8000).len) {
		not_read(m, part);	/* no text */
		return;
	}
	mail_text_read(&r->text, part, &m->container);
	text = r->text.text;
	if (is_footer(text))
		return;
	if (mail_read_patch(r, m, part, text))
		add_trouble(m, r->text.trouble);
	else if (is_text_file(part) && text.len <= WORDS_LIMIT)
		read_copy(r, m, part, text);
	else if (!strcmp(part->type, "text/plain") && !*part->name)
		mail_read_words(r, m, text);
	else
		not_read(m, part);
}

static void read_inline(struct mail_reader *r, struct mail_state *m,
			const struct mail_part *part)
{
	struct slice text;

	mail_text_read(&r->text, part, &m->container);
	text = r->text.text;
	add_trouble(m, r->text.trouble);
	if (is_footer(text) || mail_read_patch(r, m, part, text))
		return;
	if (m->words.len)
		strbuf_adds(&m->words, "\n\n");
	strbuf_add_slice(&m->words, text);
}

static bool is_inline(const struct mail_part *part)
{
	return !part->attached && !is_text_file(part) &&
	       (!strcmp(part->type, "text/plain") ||
		!strcmp(part->type, "text/html"));
}

static void read_parts(struct mail_reader *r, struct mail_state *m)
{
	for (size_t i = 0; i < m->parts.count; i++) {
		const struct mail_part *part = &m->parts.items[i];

		if (is_decoration(part))
			continue;
		if (is_inline(part))
			read_inline(r, m, part);
		else
			read_attached(r, m, part);
	}
}

/* ---- words ------------------------------------------------------------ */

static void lose(struct mail_reader *r, struct mail_state *m,
		 const char *format, const char *what)
{
	struct feedback *item = feedback_list_add(r->list, FEEDBACK_LOST);
	struct strbuf words = STRBUF_INIT;

	strbuf_addf(&words, format, what);
	*item = m->head;
	item->kind = FEEDBACK_LOST;
	item->trouble = arena_copy(&r->list->arena, strbuf_slice(&words));
	strbuf_release(&words);
}

/* A comment that galley made and git format-patch sent back: it changes
 * nothing, so there is no diff. */
static bool read_comment(struct mail_reader *r, struct mail_state *m,
			 struct slice text)
{
	struct mail_message message;
	struct strbuf words = STRBUF_INIT;
	struct feedback *item;
	bool is_comment;

	mail_message_read(&message, &words, text);
	is_comment = mail_message_is_comment(strbuf_slice(&words));
	if (is_comment) {
		item = feedback_list_add(r->list, FEEDBACK_REMARK);
		*item = m->head;
		item->kind = FEEDBACK_REMARK;
		mail_read_override(r, item, &message);
		item->words = arena_copy(&r->list->arena,
					 strbuf_slice(&words));
	}
	strbuf_release(&words);
	return is_comment;
}

void mail_read_words(struct mail_reader *r, struct mail_state *m,
		     struct slice text)
{
	struct strbuf scratch = STRBUF_INIT;
	struct feedback head = m->head;
	struct mail_message message;

	text = mail_without_cr(&scratch, text);
	if (text.len > WORDS_LIMIT)
		lose(r, m, "the mail has more than %s of words", "2 MiB");
	else if (!slice_is_blank(text) && !read_comment(r, m, text)) {
		if (mail_message_fields(&message, &text))
			mail_read_override(r, &head, &message);
		mail_reply_read(r->list, &head, text);
	}
	strbuf_release(&scratch);
}

/* "Ann Reader (2):", from where git lists the patches of a series */
static bool is_shortlog(struct slice line)
{
	size_t n;

	line = slice_chomp(line);
	if (!slice_ends_with(line, SLICE("):")))
		return false;
	for (n = line.len - 2; n && line.ptr[n - 1] >= '0' &&
	     line.ptr[n - 1] <= '9'; n--)
		;
	return n < line.len - 2 && n > 1 && line.ptr[n - 1] == '(' &&
	       line.ptr[n - 2] == ' ';
}

static bool is_about_nothing(const struct feedback *f)
{
	return f->kind == FEEDBACK_REMARK && !*f->label && !f->quote_count;
}

static bool has_copy(const struct mail_reader *r, const struct mail_state *m)
{
	for (size_t i = m->first; i < r->list->count; i++)
		if (r->list->items[i].kind == FEEDBACK_COPY &&
		    !r->list->items[i].otherwise)
			return true;
	return false;
}

/* The mail's own words; with a copy, if they are about nothing else, they
 * are what its reader has to say of that. */
static void read_letter(struct mail_reader *r, struct mail_state *m)
{
	size_t before = r->list->count;
	const struct feedback *only;

	mail_read_words(r, m, strbuf_slice(&m->words));
	only = &r->list->items[before];
	if (r->list->count != before + 1 || !is_about_nothing(only) ||
	    !has_copy(r, m))
		return;
	for (size_t i = m->first; i < before; i++)
		if (r->list->items[i].kind == FEEDBACK_COPY)
			r->list->items[i].words = only->words;
	r->list->count--;
}

/* A cover letter: what its writer has to say of the series as a whole. */
static void read_cover(struct mail_reader *r, struct mail_state *m)
{
	struct slice text = strbuf_slice(&m->words), rest = text, line;
	struct strbuf words = STRBUF_INIT;
	struct feedback *item;

	while (slice_next_line(&line, &rest))
		if (is_shortlog(line)) {
			text.len = (size_t)(line.ptr - text.ptr);
			break;
		}
	text = slice_trim(text);
	/* git's own words, where nothing was written */
	if (!text.len || slice_find_slice(text, SLICE("*** BLURB HERE ***")) <
			 text.len)
		return;
	item = feedback_list_add(r->list, FEEDBACK_REMARK);
	*item = m->head;
	item->kind = FEEDBACK_REMARK;
	item->label = "";
	strbuf_addf(&words, "%s\n\n%.*s", item->subject, SLICE_ARG(text));
	item->words = arena_copy(&r->list->arena, strbuf_slice(&words));
	strbuf_release(&words);
}

/* ---- the message ------------------------------------------------------ */

/* What could not be read, told with what could; or alone. */
static void tell_trouble(struct mail_reader *r, struct mail_state *m)
{
	bool empty = m->first == r->list->count;
	const char *trouble;

	if (m->parts.closed && empty)
		lose(r, m, "the mail is %s and cannot be read",
		     m->parts.closed);
	else if (m->parts.limit)
		lose(r, m, "not all of the mail was read: %s",
		     m->parts.limit);
	else if (empty && m->unread)
		lose(r, m, "there are no words in the mail: %s",
		     m->trouble.buf);
	if (!m->trouble.len)
		return;
	trouble = arena_copy(&r->list->arena, strbuf_slice(&m->trouble));
	for (size_t i = m->first; i < r->list->count; i++)
		if (!*r->list->items[i].trouble)
			r->list->items[i].trouble = trouble;
}

/* What was said in this mail, numbered from 1. */
static void number_parts(struct feedback_list *list, size_t first,
			 const char *message_id)
{
	unsigned part = 0;

	for (size_t i = first; i < list->count; i++)
		if (!strcmp(list->items[i].message_id, message_id))
			list->items[i].part = ++part;
}

/* Is only its beginning left, or all that is kept of it? */
static bool is_cut(struct mail_reader *r, struct mail_state *m)
{
	struct strbuf kept = STRBUF_INIT;

	if (m->header.values[MAIL_CUT].len)
		return true;
	if (m->head.mail.len <= MAIL_SIZE_LIMIT)
		return false;
	mail_cut_add(&kept, m->head.mail);
	m->head.mail = arena_slice(&r->list->arena, strbuf_slice(&kept));
	strbuf_release(&kept);
	return true;
}

static void read_message(struct mail_reader *r, struct mail_state *m)
{
	if (is_cut(r, m)) {
		lose(r, m, "the mail is larger than %s; only its beginning was "
		     "kept", "64 MiB");
		return;
	}
	mail_parts_read(&m->parts, &m->header);
	read_parts(r, m);
	if (!m->header.known && m->first == r->list->count)
		lose(r, m, "'%s' is neither a mail nor a patch",
		     m->head.source);
	else if (m->is_series && !m->head.number)
		read_cover(r, m);
	else if (!m->words_used)
		read_letter(r, m);
	mail_read_stop(r, m);
	tell_trouble(r, m);
	number_parts(r->list, m->first, m->head.message_id);
}

/* What a mail inside another does not say itself. A patch that is attached
 * has no id, and hangs where the mail hangs. */
static void inherit(struct mail_state *m, const struct mail_state *outer)
{
	struct feedback *head = &m->head;
	const struct feedback *from = &outer->head;

	if (!*head->round)
		head->round = from->round;
	if (!m->header.values[MAIL_FROM].len)
		head->who = from->who;
	if (head->undated && !head->when.seconds) {
		head->when = from->when;
		head->undated = from->undated;
	}
	if (!m->header.values[MAIL_MESSAGE_ID].len && !*head->thread) {
		head->in_reply_to = from->in_reply_to;
		head->thread = from->thread;
	}
}

static void read_one(struct mail_reader *r, struct slice bytes,
		     bool quoted, const struct mail_state *outer)
{
	struct mail_state m = { .parts = MAIL_PARTS_INIT,
				.words = STRBUF_INIT,
				.trouble = STRBUF_INIT };

	m.depth = outer ? outer->depth + 1 : 0;
	m.first = r->list->count;
	mail_read_head(r, &m, bytes);
	if (outer)
		inherit(&m, outer);
	m.container = (struct mail_container){ m.header.crlf, quoted };
	read_message(r, &m);
	mail_parts_release(&m.parts);
	strbuf_release(&m.words);
	strbuf_release(&m.trouble);
}

void mail_read_inner(struct mail_reader *r, struct mail_state *outer,
		     struct slice bytes)
{
	struct mbox_message message;
	struct mbox mbox;

	mbox_init(&mbox, bytes);
	while (mbox_next(&message, &mbox)) {
		if (++r->inner > MAIL_PART_LIMIT) {
			outer->parts.limit = "it has more than 1,000 mails "
					     "in it";
			return;
		}
		read_one(r, message.bytes,
			 outer->container.quoted ||
			 (mbox.is_mbox && !message.from_git), outer);
	}
}

/* GMime does not start a second time, so it is never shut down. */
static void init_once(void)
{
	static bool done;

	if (!done)
		g_mime_init();
	done = true;
}

int mail_read(struct feedback_list *list, struct slice bytes,
	      const char *name, struct error *err)
{
	struct mail_reader r = { .list = list, .bytes = bytes, .name = name };
	struct mbox_message message;
	struct mbox mbox;

	init_once();
	mail_text_init(&r.text);
	mbox_init(&mbox, bytes);
	r.is_mbox = mbox.is_mbox;
	while (mbox_next(&message, &mbox)) {
		r.number++;
		r.inner = 0;
		read_one(&r, message.bytes,
			 mbox.is_mbox && !message.from_git, NULL);
	}
	mail_text_release(&r.text);
	return 0;
}
