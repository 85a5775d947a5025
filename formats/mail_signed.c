/* SPDX-License-Identifier: MIT */
#include "mail_signed.h"
#include "strbuf.h"

static const struct slice begin = { "-----BEGIN PGP SIGNED MESSAGE-----", 34 };

/* "Hash: SHA256" and the blank line after such */
static void skip_fields(struct slice *text)
{
	struct slice line;

	while (slice_next_line(&line, text) && !slice_is_blank(line))
		;
}

/* What is signed, up to the signature, which goes. */
static void add_signed(struct strbuf *out, struct slice *text)
{
	struct slice line;

	while (slice_next_line(&line, text)) {
		if (slice_starts_with(line,
				      SLICE("-----BEGIN PGP SIGNATURE")))
			break;
		if (slice_starts_with(line, SLICE("- ")))
			line = slice_sub(line, 2, line.len);
		strbuf_add_slice(out, line);
	}
	while (slice_next_line(&line, text))
		if (slice_starts_with(line, SLICE("-----END PGP SIGNATURE")))
			break;
}

struct slice mail_without_armour(struct strbuf *scratch, struct slice text)
{
	struct slice line;

	if (slice_find_slice(text, begin) == text.len)
		return text;
	while (slice_next_line(&line, &text)) {
		if (slice_starts_with(line, begin)) {
			skip_fields(&text);
			add_signed(scratch, &text);
		} else {
			strbuf_add_slice(scratch, line);
		}
	}
	return strbuf_slice(scratch);
}
