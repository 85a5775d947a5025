/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <gmime/gmime.h>
#include <string.h>

#include "arena.h"
#include "error.h"
#include "mail_encode.h"
#include "mail_flowed.h"
#include "mail_id.h"
#include "mail_write.h"
#include "moment.h"
#include "reader_list.h"
#include "sha1.h"
#include "strbuf.h"
#include "utf8.h"

#define HASH_SIZE 17		/* 16 digits and a NUL */
#define REFERENCES_MAX 20	/* more would only make the header long */

struct writer {
	struct arena arena;
	const struct mail_draft *draft;
	struct strbuf body;	/* as flowed lines */
	bool delsp;
	char hash[HASH_SIZE];
	GMimeMessage *message;
};

/* UTF-8 without controls: what a mail may have as its words. */
static void clean_body(struct strbuf *out, struct slice s)
{
	for (size_t n; s.len; s = slice_sub(s, n, s.len)) {
		unsigned c;

		n = utf8_decode(&c, s);
		if (!n)
			strbuf_add_utf8(out, UTF8_REPLACEMENT);
		else if (!utf8_is_control(c) && c != '\r')
			strbuf_add(out, s.ptr, n);
		n = n ? n : 1;
	}
}

/* What may stand in a header, on one line. */
static const char *clean(struct writer *w, const char *text)
{
	struct strbuf out = STRBUF_INIT;
	struct slice s = slice_of(text);
	const char *copy;

	for (size_t n; s.len; s = slice_sub(s, n, s.len)) {
		unsigned c;

		n = utf8_decode(&c, s);
		if (!n)
			c = UTF8_REPLACEMENT;
		n = n ? n : 1;
		if (c < ' ' || utf8_is_control(c))
			c = ' ';
		if (!utf8_is_bidi_control(c))
			strbuf_add_utf8(&out, c);
	}
	copy = arena_copy(&w->arena, slice_trim(strbuf_slice(&out)));
	strbuf_release(&out);
	return copy;
}

/* --- names that the bytes decide ------------------------------------------ */

static void hash_string(struct sha1 *sha, const char *text)
{
	sha1_update(sha, text, strlen(text) + 1);
}

/* All but the date. */
static void make_hash(struct writer *w)
{
	const struct mail_draft *d = w->draft;
	unsigned char hash[SHA1_SIZE];
	const char *const texts[] = {
		d->from.name, d->from.email, d->to.name, d->to.email,
		d->subject, d->body, d->language, d->id, d->reply_to,
		d->in_reply_to, d->unsubscribe, d->auto_submitted
	};
	struct sha1 sha;

	sha1_init(&sha);
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		hash_string(&sha, texts[i]);
	for (size_t i = 0; i < d->reference_count; i++)
		hash_string(&sha, d->references[i]);
	for (size_t i = 0; i < d->attachment_count; i++) {
		const struct mail_attachment *a = &d->attachments[i];

		hash_string(&sha, a->name);
		hash_string(&sha, a->type);
		sha1_update(&sha, a->bytes.ptr, a->bytes.len);
	}
	sha1_final(hash, &sha);
	for (size_t i = 0; i < HASH_SIZE / 2; i++)
		snprintf(w->hash + 2 * i, 3, "%02x", hash[i]);
}

static void make_id(struct strbuf *id, const struct writer *w)
{
	const char *at = strchr(w->draft->from.email, '@');

	strbuf_addf(id, "%s.%s@%s", w->draft->id, w->hash, at + 1);
}

/* Of a file: no folder, nothing that a shell or a file system minds. */
static const char *safe_name(struct writer *w, const char *name)
{
	char *safe = arena_strdup(&w->arena, name);

	for (char *c = safe; *c; c++)
		if (!isalnum((unsigned char)*c) && !strchr("._-", *c))
			*c = '-';
	while (*safe == '.' || *safe == '-')
		safe++;
	return *safe ? safe : "attached";
}

/* --- headers -------------------------------------------------------------- */

/* A value that is as it has to be, folds included. */
static void set_raw(struct writer *w, const char *name,
		    const struct strbuf *value)
{
	GMimeHeaderList *headers = g_mime_object_get_header_list(
		GMIME_OBJECT(w->message));
	struct strbuf raw = STRBUF_INIT;

	if (!value->len)
		return;
	strbuf_addf(&raw, " %s\n", value->buf);
	g_mime_header_list_set(headers, name, "", NULL);
	g_mime_header_set_raw_value(
		g_mime_header_list_get_header(headers, name), raw.buf);
	strbuf_release(&raw);
}

static void set_header(struct writer *w, const char *name, const char *text)
{
	struct strbuf value = STRBUF_INIT;

	mail_encode_text(&value, slice_of(clean(w, text)), strlen(name) + 2);
	set_raw(w, name, &value);
	strbuf_release(&value);
}

static void set_address(struct writer *w, const char *header,
			const char *name, const char *address)
{
	struct strbuf value = STRBUF_INIT;

	mail_encode_mailbox(&value, clean(w, name), address,
			    strlen(header) + 2);
	set_raw(w, header, &value);
	strbuf_release(&value);
}

static void set_addresses(struct writer *w)
{
	const struct mail_draft *d = w->draft;

	set_address(w, "From", d->from.name, d->from.email);
	set_address(w, "To", d->to.name, d->to.email);
	if (*d->reply_to)
		set_address(w, "Reply-To", "", d->reply_to);
}

static void set_date(struct writer *w)
{
	struct strbuf date = STRBUF_INIT;

	moment_add_mail(&date, &w->draft->when);
	set_raw(w, "Date", &date);
	strbuf_release(&date);
}

static void set_thread(struct writer *w)
{
	const struct mail_draft *d = w->draft;
	size_t count = d->reference_count;
	struct strbuf ids = STRBUF_INIT;

	if (mail_id_is_valid(slice_of(d->in_reply_to))) {
		strbuf_addf(&ids, "<%s>", d->in_reply_to);
		set_raw(w, "In-Reply-To", &ids);
	}
	strbuf_truncate(&ids, 0);
	for (size_t i = count > REFERENCES_MAX ? count - REFERENCES_MAX : 0;
	     i < count; i++)
		if (mail_id_is_valid(slice_of(d->references[i])))
			strbuf_addf(&ids, "%s<%s>", ids.len ? "\n " : "",
				    d->references[i]);
	set_raw(w, "References", &ids);
	strbuf_release(&ids);
}

/* A URL is never encoded: what has other letters in it is none. */
static void set_unsubscribe(struct writer *w)
{
	const char *url = w->draft->unsubscribe;
	struct strbuf value = STRBUF_INIT;

	for (const char *c = url; *c; c++)
		if (*c <= ' ' || (unsigned char)*c >= 127 || strchr("<>", *c))
			return;
	if (*url)
		strbuf_addf(&value, "<%s>", url);
	set_raw(w, "List-Unsubscribe", &value);
	strbuf_release(&value);
}

static void set_headers(struct writer *w, const char *id)
{
	const struct mail_draft *d = w->draft;

	set_addresses(w);
	set_header(w, "Subject", d->subject);
	set_date(w);
	g_mime_message_set_message_id(w->message, id);
	set_thread(w);
	set_header(w, "Auto-Submitted", d->auto_submitted);
	set_unsubscribe(w);
}

/* --- parts ---------------------------------------------------------------- */

static void set_content(GMimePart *part, struct slice bytes,
			GMimeContentEncoding encoding)
{
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(
		bytes.len ? bytes.ptr : "", bytes.len);
	GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream(
		stream, GMIME_CONTENT_ENCODING_DEFAULT);

	g_mime_part_set_content(part, content);
	g_mime_part_set_content_encoding(part, encoding);
	g_object_unref(content);
	g_object_unref(stream);
}

/* ASCII in lines that nobody has to break. */
static bool is_plain(struct slice text)
{
	size_t width = 0;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		width = c == '\n' ? 0 : width + 1;
		if (c >= 127 || (c < ' ' && c != '\n' && c != '\t') ||
		    width > 500)
			return false;
	}
	return true;
}

static GMimeObject *make_text(struct writer *w)
{
	GMimePart *part = g_mime_part_new_with_type("text", "plain");
	GMimeContentType *type = g_mime_object_get_content_type(
		GMIME_OBJECT(part));
	struct slice text = strbuf_slice(&w->body);

	g_mime_content_type_set_parameter(type, "charset", "utf-8");
	g_mime_content_type_set_parameter(type, "format", "flowed");
	if (w->delsp)
		g_mime_content_type_set_parameter(type, "delsp", "yes");
	if (*w->draft->language)
		g_mime_object_set_header(GMIME_OBJECT(part),
					 "Content-Language",
					 clean(w, w->draft->language), NULL);
	set_content(part, text, is_plain(text) ?
		    GMIME_CONTENT_ENCODING_7BIT :
		    GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
	return GMIME_OBJECT(part);
}

static GMimeObject *make_attached(struct writer *w,
				  const struct mail_attachment *attachment)
{
	GMimeContentType *type = g_mime_content_type_parse(NULL,
							   attachment->type);
	GMimePart *part = g_mime_part_new_with_type(
		g_mime_content_type_get_media_type(type),
		g_mime_content_type_get_media_subtype(type));

	g_object_unref(type);
	g_mime_object_set_disposition(GMIME_OBJECT(part),
				      GMIME_DISPOSITION_ATTACHMENT);
	g_mime_part_set_filename(part, safe_name(w, attachment->name));
	set_content(part, attachment->bytes, GMIME_CONTENT_ENCODING_BASE64);
	return GMIME_OBJECT(part);
}

static void set_body(struct writer *w)
{
	GMimeObject *body = make_text(w);
	GMimeMultipart *all;
	char boundary[HASH_SIZE + 16];

	if (w->draft->attachment_count) {
		all = g_mime_multipart_new_with_subtype("mixed");
		/* "=_" is in no quoted-printable or base 64 */
		snprintf(boundary, sizeof(boundary), "=_galley_%s", w->hash);
		g_mime_multipart_set_boundary(all, boundary);
		g_mime_multipart_add(all, body);
		g_object_unref(body);
		body = GMIME_OBJECT(all);
	}
	for (size_t i = 0; i < w->draft->attachment_count; i++) {
		GMimeObject *part = make_attached(w,
			&w->draft->attachments[i]);

		g_mime_multipart_add(GMIME_MULTIPART(body), part);
		g_object_unref(part);
	}
	g_mime_message_set_mime_part(w->message, body);
	g_object_unref(body);
}

/* --- all ------------------------------------------------------------------ */

static void write_out(struct strbuf *out, struct writer *w)
{
	GMimeStream *stream = g_mime_stream_mem_new();
	GByteArray *bytes;

	g_mime_object_write_to_stream(GMIME_OBJECT(w->message), NULL, stream);
	bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
	strbuf_add(out, bytes->data, bytes->len);
	if (!bytes->len || bytes->data[bytes->len - 1] != '\n')
		strbuf_addch(out, '\n');
	g_object_unref(stream);
}

static int check_address(const char *address, struct error *err)
{
	if (mail_address_is_valid(slice_of(address)))
		return 0;
	return error_set(err, ERROR_INVALID, "no mail address: '%s'",
			 address);
}

int mail_write(struct strbuf *out, struct strbuf *id,
	       const struct mail_draft *draft, struct error *err)
{
	struct writer w = { .arena = ARENA_INIT, .draft = draft,
			    .body = STRBUF_INIT };
	struct strbuf words = STRBUF_INIT;
	size_t before = id->len;
	int rc;

	if ((rc = check_address(draft->from.email, err)) < 0 ||
	    (rc = check_address(draft->to.email, err)) < 0 ||
	    (*draft->reply_to &&
	     (rc = check_address(draft->reply_to, err)) < 0))
		return rc;
	g_mime_init();
	clean_body(&words, slice_of(draft->body));
	w.delsp = mail_flow(&w.body, strbuf_slice(&words));
	strbuf_release(&words);
	make_hash(&w);
	make_id(id, &w);
	w.message = g_mime_message_new(FALSE);
	set_headers(&w, id->buf + before);
	set_body(&w);
	write_out(out, &w);
	g_object_unref(w.message);
	strbuf_release(&w.body);
	arena_release(&w.arena);
	return 0;
}
