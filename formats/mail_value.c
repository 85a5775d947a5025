/* SPDX-License-Identifier: MIT */
/* What stands in header fields: words, people, dates, ids. */
#include <gmime/gmime.h>
#include <string.h>

#include "mail_decode.h"
#include "mail_header.h"
#include "strbuf.h"
#include "utf8.h"

#define VALUE_LIMIT ((size_t)64 << 10)

/* Unfold: line ends go, the blanks after them stay. NULs and the like are
 * nothing that a header can have. */
static void unfold(struct strbuf *out, struct slice value)
{
	for (size_t i = 0; i < value.len; i++) {
		unsigned char c = (unsigned char)value.ptr[i];

		if (c == '\n' || c == '\r')
			continue;
		strbuf_addch(out, c < ' ' || c == 127 ? ' ' : (char)c);
	}
}

/* UTF-8 on one line, RFC 2047 words still as they are. */
static void as_utf8(struct strbuf *out, struct slice value)
{
	struct strbuf line = STRBUF_INIT;

	unfold(&line, slice_sub(value, 0, VALUE_LIMIT));
	mail_decode_unlabelled(out, strbuf_slice(&line));
	strbuf_release(&line);
}

/* A copy in which an encoded word brings in no controls, and blanks at both
 * ends are gone. */
static const char *clean(struct arena *arena, const char *text)
{
	struct slice s = slice_trim(slice_of(text ? text : ""));
	char *copy = arena_copy(arena, s);

	for (size_t i = 0; i < s.len;) {
		unsigned c;
		size_t n = utf8_decode(&c, slice_sub(s, i, s.len));

		if (!n) {
			copy[i] = '?';
			n = 1;
		} else if (utf8_is_control(c) || c == '\t' || c == '\n' ||
			   c == '\r') {
			memset(copy + i, ' ', n);
		}
		i += n;
	}
	return copy;
}

const char *mail_header_text(struct arena *arena, struct slice value)
{
	struct strbuf text = STRBUF_INIT;
	const char *result;
	char *decoded;

	as_utf8(&text, value);
	if (!strstr(text.buf, "=?")) {
		result = clean(arena, text.buf);
		goto out;
	}
	decoded = g_mime_utils_header_decode_text(NULL, text.buf);
	result = clean(arena, decoded);
	g_free(decoded);
out:
	strbuf_release(&text);
	return result;
}

/* The first mailbox, also in a group of them. */
static InternetAddressMailbox *first_mailbox(InternetAddressList *list)
{
	for (int i = 0; list && i < internet_address_list_length(list); i++) {
		InternetAddress *a = internet_address_list_get_address(list, i);
		InternetAddressMailbox *in;

		if (INTERNET_ADDRESS_IS_MAILBOX(a))
			return INTERNET_ADDRESS_MAILBOX(a);
		if (!INTERNET_ADDRESS_IS_GROUP(a))
			continue;
		in = first_mailbox(internet_address_group_get_members(
			INTERNET_ADDRESS_GROUP(a)));
		if (in)
			return in;
	}
	return NULL;
}

/* "ann at example.org", as archives of mailing lists write it */
static void undo_at(struct strbuf *text)
{
	char *at = strstr(text->buf, " at ");

	if (!at || strchr(text->buf, '@'))
		return;
	*at = '@';
	memmove(at + 1, at + 4, strlen(at + 4) + 1);
	text->len -= 3;
}

/* "Ann" <ann@example.org>; (Ann) is a name, too; "ann" alone is one */
struct person mail_address(struct arena *arena, struct slice value)
{
	struct strbuf text = STRBUF_INIT;
	struct person who = { "", "" };
	InternetAddressMailbox *mailbox;
	InternetAddressList *list;

	as_utf8(&text, slice_sub(value, 0, 4096));
	undo_at(&text);
	list = internet_address_list_parse(NULL, text.buf);
	mailbox = first_mailbox(list);
	if (mailbox) {
		who.name = clean(arena, internet_address_get_name(
			INTERNET_ADDRESS(mailbox)));
		who.email = clean(arena,
			internet_address_mailbox_get_addr(mailbox));
	}
	if (list)
		g_object_unref(list);
	if (!strchr(who.email, '@')) {
		if (!*who.name)
			who.name = *who.email ? who.email
				: mail_header_text(arena, value);
		who.email = "";
	}
	strbuf_release(&text);
	return who;
}

/* Where " via LIST" begins in a name that a list has rewritten, or NULL. */
static const char *find_via(const char *name)
{
	const char *via = NULL;

	for (const char *p = strstr(name, " via "); p;
	     p = strstr(p + 1, " via "))
		via = p;
	return via;
}

struct person mail_header_sender(struct arena *arena,
				 const struct mail_header *header)
{
	struct person who = mail_address(arena, header->values[MAIL_FROM]);
	const char *via = find_via(who.name);
	struct person other;
	struct slice name;

	if (header->values[MAIL_ORIGINAL_FROM].len) {
		other = mail_address(arena,
				     header->values[MAIL_ORIGINAL_FROM]);
		if (*other.email && *other.name)
			return other;
		if (via && *other.email)
			who.email = other.email;
	}
	if (!via)
		return who;
	other = mail_address(arena, header->values[MAIL_REPLY_TO]);
	name = (struct slice){ who.name, (size_t)(via - who.name) };
	name = slice_trim(name);
	if (name.len > 1 && *name.ptr == '\'' &&
	    name.ptr[name.len - 1] == '\'')
		name = slice_sub(name, 1, name.len - 1);
	who.name = arena_copy(arena, name);
	if (header->values[MAIL_ORIGINAL_FROM].len)
		return who;
	/* The list's address would be the wrong one. */
	who.email = strcmp(other.email, who.email) ? other.email : "";
	if (!name.len)
		who.name = other.name;
	return who;
}

bool mail_date(struct moment *out, struct slice value)
{
	struct strbuf text = STRBUF_INIT;
	GDateTime *date = NULL;
	gint64 seconds;
	int offset;

	unfold(&text, slice_sub(slice_trim(value), 0, 200));
	if (text.len)
		date = g_mime_utils_header_decode_date(text.buf);
	strbuf_release(&text);
	if (!date)
		return false;
	seconds = g_date_time_to_unix(date);
	offset = (int)(g_date_time_get_utc_offset(date) / G_TIME_SPAN_MINUTE);
	g_date_time_unref(date);
	if (seconds < 0 || offset < -14 * 60 || offset > 14 * 60)
		return false;
	*out = (struct moment){ seconds, offset };
	return true;
}

void mail_header_date(struct feedback *item, const struct mail_header *header)
{
	struct slice received = header->values[MAIL_RECEIVED];
	size_t n = received.len;

	item->undated = !mail_date(&item->when, header->values[MAIL_DATE]);
	if (!item->undated)
		return;
	while (n && received.ptr[n - 1] != ';')
		n--;
	if (n)
		mail_date(&item->when, slice_sub(received, n, received.len));
}

/* The id that begins at the '<' of `value`, or nothing. */
static struct slice id_at(struct slice value)
{
	size_t end = slice_find(value, '>');
	struct slice id = slice_trim(slice_sub(value, 1, end));

	if (end == value.len || id.len > 998)
		return (struct slice){ NULL, 0 };
	for (size_t i = 0; i < id.len; i++)
		if ((unsigned char)id.ptr[i] <= ' ' || id.ptr[i] == '<' ||
		    id.ptr[i] == 127)
			return (struct slice){ NULL, 0 };
	return id;
}

struct slice mail_first_id(struct slice value)
{
	size_t at = slice_find(value, '<');

	return id_at(slice_sub(value, at, value.len));
}

struct slice mail_last_id(struct slice value)
{
	size_t at = value.len;

	while (at && value.ptr[at - 1] != '<')
		at--;
	return at ? id_at(slice_sub(value, at - 1, value.len))
		  : (struct slice){ NULL, 0 };
}
