/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "error.h"
#include "mail_decode.h"
#include "mail_flowed.h"
#include "mail_html.h"
#include "mail_signed.h"
#include "mail_text.h"
#include "mbox.h"

/* One buffer for each step, so that none reads what it writes. */
enum { UNQUOTED, LINES, DECODED, CHARSET, NULS, SIGNED, FLOWED, HTML };

#define KEPT ((size_t)1 << 20)	/* memory worth keeping for the next mail */

void mail_text_init(struct mail_text *text)
{
	*text = (struct mail_text){ .trouble = NULL };
	for (int i = 0; i < MAIL_TEXT_STEPS; i++)
		text->steps[i] = (struct strbuf)STRBUF_INIT;
}

void mail_text_release(struct mail_text *text)
{
	for (int i = 0; i < MAIL_TEXT_STEPS; i++)
		strbuf_release(&text->steps[i]);
}

static void reset(struct mail_text *text)
{
	text->trouble = NULL;
	for (int i = 0; i < MAIL_TEXT_STEPS; i++) {
		if (text->steps[i].capacity > KEPT)
			strbuf_release(&text->steps[i]);
		strbuf_truncate(&text->steps[i], 0);
	}
}

void mail_text_bytes(struct mail_text *text, const struct mail_part *part,
		     const struct mail_container *container)
{
	struct strbuf *steps = text->steps;

	reset(text);
	text->text = part->body;
	if (container->quoted && mbox_unquote(&steps[UNQUOTED], text->text))
		text->text = strbuf_slice(&steps[UNQUOTED]);
	if (container->crlf)
		text->text = mail_without_cr(&steps[LINES], text->text);
	text->text = mail_decode_transfer(&steps[DECODED], text->text,
					  part->encoding);
}

/* The charset that HTML says itself, where the mail says none. */
static const char *html_charset(char out[32], struct slice html)
{
	size_t at, n = 0;

	html = slice_sub(html, 0, 2048);
	at = slice_find_slice(html, SLICE("charset="));
	html = slice_sub(html, at + 8, html.len);
	if (html.len && (*html.ptr == '"' || *html.ptr == '\''))
		html = slice_sub(html, 1, html.len);
	while (n < html.len && n < 31 &&
	       !strchr("\"' />;\n", html.ptr[n])) {
		out[n] = html.ptr[n];
		n++;
	}
	out[n] = '\0';
	return out;
}

static void read_html(struct mail_text *text, const char *charset)
{
	struct error err = ERROR_INIT;
	char own[32];

	if (!*charset)
		charset = html_charset(own, text->text);
	text->text = mail_decode_charset(&text->steps[CHARSET], text->text,
					 charset);
	text->text = mail_without_nul(&text->steps[NULS], text->text);
	if (mail_html_text(&text->steps[HTML], text->text, &err) < 0)
		text->trouble = "its HTML was too large or too deep to be "
				"read to the end";
	text->text = strbuf_slice(&text->steps[HTML]);
}

void mail_text_read(struct mail_text *text, const struct mail_part *part,
		    const struct mail_container *container)
{
	struct slice with_nul;

	mail_text_bytes(text, part, container);
	if (!strcmp(part->type, "text/html")) {
		read_html(text, part->charset);
		return;
	}
	text->text = mail_decode_charset(&text->steps[CHARSET], text->text,
					 part->charset);
	with_nul = text->text;
	text->text = mail_without_nul(&text->steps[NULS], text->text);
	if (text->text.len < with_nul.len)
		text->trouble = "it had NUL bytes, which were left out";
	if (slice_starts_with(text->text, SLICE("\xEF\xBB\xBF")))
		text->text = slice_sub(text->text, 3, text->text.len);
	text->text = mail_without_armour(&text->steps[SIGNED], text->text);
	if (!part->flowed || !mail_is_flowed(text->text))
		return;
	mail_unflow(&text->steps[FLOWED], text->text, part->delsp);
	text->text = strbuf_slice(&text->steps[FLOWED]);
}
