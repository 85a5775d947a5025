/* SPDX-License-Identifier: MIT */
/* The parts of a message: words, files with words or patches, mails. */
#include <string.h>

#include "mail_read_private.h"
#include "mbox.h"

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
	else if (is_text_file(part) && text.len <= MAIL_WORDS_LIMIT)
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

void mail_read_parts(struct mail_reader *r, struct mail_state *m)
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
