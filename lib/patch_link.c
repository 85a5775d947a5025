/* SPDX-License-Identifier: MIT */
/*
 * Addresses that mail programs and scanners on the way have decorated:
 *
 *	a@b.c<mailto:a@b.c>			Outlook
 *	http://x.y<http://x.y/>			Outlook
 *	https://n.safelinks.protection.outlook.com/?url=http%3A%2F%2Fx.y&data=…
 *	https://urldefense.proofpoint.com/v2/url?u=http-3A__x.y&d=…
 *	https://urldefense.com/v3/__http://x.y__;!!…$
 */
#include <string.h>

#include "patch_private.h"

static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvw"
			     "xyz0123456789-_";

static struct slice after(struct slice s, size_t n)
{
	return slice_sub(s, n, s.len);
}

static bool has(struct slice s, const char *needle)
{
	return slice_find_slice(s, slice_of(needle)) < s.len;
}

bool patch_is_rewritten(struct slice text)
{
	return has(text, "<mailto:") ||
	       has(text, ".safelinks.protection.outlook.com") ||
	       has(text, "//urldefense.");
}

bool patch_has_links(struct slice text)
{
	return patch_is_rewritten(text) || has(text, "<http");
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Percent escapes decoded; `percent` is the sign for them. */
static void decode_percent(struct strbuf *out, struct slice s, char percent)
{
	for (size_t i = 0; i < s.len; i++) {
		int high, low;

		if (s.ptr[i] == percent && i + 2 < s.len &&
		    (high = hex_value(s.ptr[i + 1])) >= 0 &&
		    (low = hex_value(s.ptr[i + 2])) >= 0) {
			strbuf_addch(out, (char)(high * 16 + low));
			i += 2;
		} else if (percent == '-' && s.ptr[i] == '_') {
			strbuf_addch(out, '/');
		} else {
			strbuf_addch(out, s.ptr[i]);
		}
	}
}

/* The value of a parameter, "url=" or "u=", up to the next one. */
static bool parameter(struct slice *value, struct slice url, const char *name)
{
	size_t at = slice_find(url, '?');
	struct slice rest = after(url, at + 1);

	while (rest.len) {
		size_t n = slice_find(rest, '&');

		if (slice_starts_with(rest, slice_of(name))) {
			*value = slice_sub(rest, strlen(name), n);
			return value->len;
		}
		rest = after(rest, n + 1);
		if (slice_starts_with(rest, SLICE("amp;")))
			rest = after(rest, 4);
	}
	return false;
}

static void decode_base64(struct strbuf *out, struct slice s)
{
	unsigned bits = 0, count = 0;

	for (size_t i = 0; i < s.len; i++) {
		const char *digit = s.ptr[i] ? strchr(base64, s.ptr[i]) : NULL;

		if (!digit)
			return;
		bits = (bits << 6 | (unsigned)(digit - base64)) & 0xFFFFFF;
		if ((count += 6) < 8)
			continue;
		count -= 8;
		strbuf_addch(out, (char)(bits >> count & 0xFF));
	}
}

/*
 * Version 3: "__<address>__;<base64>!!…$"; a "*" of the address stands for
 * the next of the bytes in base64, "**A" for two of them, "**B" for three.
 */
static bool decode_v3(struct strbuf *out, struct slice s)
{
	size_t end = slice_find_slice(s, SLICE("__;")), used = 0;
	struct slice address = slice_sub(s, 0, end), rest = after(s, end + 3);
	struct strbuf bytes = STRBUF_INIT;

	if (end == s.len)
		return false;
	decode_base64(&bytes, slice_sub(rest, 0, slice_find(rest, '!')));
	for (size_t i = 0; i < address.len; i++) {
		size_t run = 1;
		const char *digit;

		if (address.ptr[i] != '*' || used == bytes.len) {
			strbuf_addch(out, address.ptr[i]);
			continue;
		}
		if (i + 2 < address.len && address.ptr[i + 1] == '*' &&
		    address.ptr[i + 2] &&
		    (digit = strchr(base64, address.ptr[i + 2]))) {
			run = (size_t)(digit - base64) + 2;
			i += 2;
		}
		for (; run && used < bytes.len; run--)
			strbuf_addch(out, bytes.buf[used++]);
	}
	strbuf_release(&bytes);
	return true;
}

/* The address within a rewritten one; false if it is not rewritten. */
static bool decode_url(struct strbuf *out, struct slice url)
{
	static const char mark[] = "/v3/__";
	struct slice value;
	size_t at;

	if (has(url, ".safelinks.protection.outlook.com/") &&
	    parameter(&value, url, "url=")) {
		decode_percent(out, value, '%');
		return true;
	}
	if (!has(url, "//urldefense."))
		return false;
	at = slice_find_slice(url, slice_of(mark));
	if (at < url.len)
		return decode_v3(out, after(url, at + strlen(mark)));
	if (!has(url, "/v2/url?") || !parameter(&value, url, "u="))
		return false;
	decode_percent(out, value, '-');
	return true;
}

/* An address at the end of a line may go on below; each ends in its way. */
static bool is_whole(struct slice url, struct slice rest)
{
	return url.len < rest.len || slice_ends_with(url, SLICE("$")) ||
	       slice_ends_with(url, SLICE("reserved=0")) ||
	       (has(url, "/v2/url?") && has(url, "&e="));
}

static size_t url_length(struct slice s)
{
	size_t n = 0;

	if (!slice_starts_with(s, SLICE("http://")) &&
	    !slice_starts_with(s, SLICE("https://")))
		return 0;
	while (n < s.len && (unsigned char)s.ptr[n] > ' ' &&
	       !strchr("<>\"()[]", s.ptr[n]))
		n++;
	return n;
}

static struct slice without(struct slice s, const char *start)
{
	return slice_starts_with(s, slice_of(start)) ?
	       after(s, strlen(start)) : s;
}

/* "<mailto:a@b.c>" at `s`, when the same stands before it: its length. */
static size_t doubled(struct slice before, struct slice s)
{
	struct strbuf plain = STRBUF_INIT;
	size_t end = slice_find(slice_sub(s, 0, 4096), '>');
	struct slice inner = slice_sub(s, 1, end), bare;
	bool same;

	if (end >= 4096 || end == s.len)
		return 0;
	if (slice_starts_with(inner, SLICE("mailto:"))) {
		inner = without(inner, "mailto:");
		inner = slice_sub(inner, 0, slice_find(inner, '?'));
	} else if (url_length(inner) != inner.len) {
		return 0;
	}
	if (decode_url(&plain, inner))
		inner = strbuf_slice(&plain);
	bare = without(without(without(inner, "mailto:"), "http://"),
		       "https://");
	same = bare.len && (slice_ends_with(before, bare) ||
			    (bare.ptr[bare.len - 1] == '/' &&
			     slice_ends_with(before, slice_sub(
						bare, 0, bare.len - 1))));
	strbuf_release(&plain);
	return same ? end + 1 : 0;
}

struct slice patch_unlink(struct arena *arena, struct slice line)
{
	struct strbuf out = STRBUF_INIT;
	struct slice result = line;
	size_t at = 0, n, url;

	if (!patch_has_links(line))
		return line;
	while (at < line.len) {
		struct slice rest = after(line, at);

		if (*rest.ptr == '<' &&
		    (n = doubled(strbuf_slice(&out), rest))) {
			at += n;
		} else if ((url = url_length(rest)) &&
			   is_whole(slice_sub(rest, 0, url), rest) &&
			   decode_url(&out, slice_sub(rest, 0, url))) {
			at += url;
		} else {
			n = url ? url : 1;
			strbuf_add(&out, rest.ptr, n);
			at += n;
		}
	}
	if (!slice_eq(strbuf_slice(&out), line))
		result = arena_slice(arena, strbuf_slice(&out));
	strbuf_release(&out);
	return result;
}
