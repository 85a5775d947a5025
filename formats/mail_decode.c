/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <gmime/gmime.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "mail_decode.h"
#include "strbuf.h"
#include "utf8.h"

static GMimeContentEncoding encoding_of(struct slice value)
{
	char name[32];
	size_t n = 0;

	value = slice_trim(value);
	while (n < value.len && n + 1 < sizeof(name) &&
	       (isalnum((unsigned char)value.ptr[n]) || value.ptr[n] == '-')) {
		name[n] = value.ptr[n];
		n++;
	}
	name[n] = '\0';
	return g_mime_content_encoding_from_string(name);
}

struct slice mail_decode_transfer(struct strbuf *scratch, struct slice body,
				  struct slice encoding)
{
	GMimeEncoding state;
	GMimeContentEncoding kind = encoding_of(encoding);
	size_t n;

	if (kind != GMIME_CONTENT_ENCODING_BASE64 &&
	    kind != GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE &&
	    kind != GMIME_CONTENT_ENCODING_UUENCODE)
		return body;
	g_mime_encoding_init_decode(&state, kind);
	strbuf_grow(scratch, g_mime_encoding_outlen(&state, body.len) + 16);
	n = g_mime_encoding_flush(&state, body.ptr ? body.ptr : "", body.len,
				  scratch->buf);
	scratch->buf[n] = '\0';
	scratch->len = n;
	return strbuf_slice(scratch);
}

/* Windows-1252, 0x80 to 0x9F; 0: nothing stands there. */
static const unsigned short upper[32] = {
	0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
	0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
	0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
	0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178
};

static void add_1252(struct strbuf *out, unsigned char c)
{
	unsigned codepoint = c;

	if (c >= 0x80 && c < 0xA0)
		codepoint = upper[c - 0x80] ? upper[c - 0x80]
					    : UTF8_REPLACEMENT;
	strbuf_add_utf8(out, codepoint);
}

void mail_decode_unlabelled(struct strbuf *out, struct slice bytes)
{
	while (bytes.len) {
		size_t good = utf8_valid_prefix(bytes);

		strbuf_add(out, bytes.ptr, good);
		if (good < bytes.len)
			add_1252(out, (unsigned char)bytes.ptr[good++]);
		bytes = slice_sub(bytes, good, bytes.len);
	}
}

static bool starts_with(const char *label, const char *const *words)
{
	for (; *words; words++)
		if (!strncasecmp(label, *words, strlen(*words)))
			return true;
	return false;
}

/* ASCII stands for other letters here, or NULs are part of them. */
static bool is_shifted(const char *label)
{
	static const char *const words[] = { "iso-2022-jp", "iso-2022-kr",
		"utf-7", "hz-gb-2312", "utf-16", "utf-32", NULL };

	return starts_with(label, words);
}

/* The charsets that mail is written in. Others are not looked for: a library
 * loaded by a name from a stranger's mail is no place to be. */
static bool is_known(const char *label)
{
	static const char *const words[] = { "iso-8859-", "windows-125",
		"cp125", "cp85", "cp437", "cp86", "cp932", "cp936", "cp949",
		"cp950", "ibm", "koi8-", "gb2312", "gbk", "gb18030",
		"gb_2312", "big5", "euc-jp", "euc-kr", "euc-tw", "shift_jis",
		"shift-jis", "sjis", "ks_c_5601", "tis-620", "mac", "utf-",
		"viscii", "armscii", "georgian", NULL };

	if (strlen(label) > 24 || strspn(label, "abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") != strlen(label))
		return false;
	return is_shifted(label) || starts_with(label, words);
}

/* Labels that mean Windows-1252, as browsers have found out. */
static bool is_western(const char *label)
{
	return !strcasecmp(label, "iso-8859-1") ||
	       !strcasecmp(label, "windows-1252") ||
	       !strcasecmp(label, "cp1252") ||
	       !strncasecmp(label, "utf-8", 5);
}

/* All of `in`, each byte that means nothing as U+FFFD. False: no such
 * charset. */
static bool convert(struct strbuf *out, struct slice in, const char *label)
{
	iconv_t cd = iconv_open("UTF-8", g_mime_charset_iconv_name(label));
	char *from = (char *)(uintptr_t)in.ptr;
	size_t left = in.len;

	if (cd == (iconv_t)-1)
		return false;
	while (left) {
		char *to;
		size_t room, rc, before = left;

		strbuf_grow(out, left * 2 + 64);
		to = out->buf + out->len;
		room = out->capacity - out->len - 1;
		rc = iconv(cd, &from, &left, &to, &room);
		out->len = (size_t)(to - out->buf);
		out->buf[out->len] = '\0';
		if (rc != (size_t)-1 || left < before)
			continue;
		if (room > 16) {	/* not for want of room */
			strbuf_add_utf8(out, UTF8_REPLACEMENT);
			from++;
			left--;
		}
	}
	iconv_close(cd);
	return true;
}

struct slice mail_decode_charset(struct strbuf *scratch, struct slice bytes,
				 const char *label)
{
	if (!is_shifted(label) && utf8_valid_prefix(bytes) == bytes.len)
		return bytes;
	if (!is_known(label) || is_western(label) ||
	    !convert(scratch, bytes, label))
		mail_decode_unlabelled(scratch, bytes);
	return strbuf_slice(scratch);
}

struct slice mail_without_cr(struct strbuf *scratch, struct slice text)
{
	if (slice_find_slice(text, SLICE("\r\n")) == text.len)
		return text;
	strbuf_grow(scratch, text.len);
	while (text.len) {
		size_t n = slice_find_slice(text, SLICE("\r\n"));

		strbuf_add(scratch, text.ptr, n);
		text = slice_sub(text, n < text.len ? n + 1 : n, text.len);
	}
	return strbuf_slice(scratch);
}

struct slice mail_without_nul(struct strbuf *scratch, struct slice text)
{
	if (slice_find(text, '\0') == text.len)
		return text;
	for (size_t i = 0; i < text.len;) {
		size_t n = slice_find(slice_sub(text, i, text.len), '\0');

		strbuf_add(scratch, text.ptr + i, n);
		i += n + 1;
	}
	return strbuf_slice(scratch);
}
