/* SPDX-License-Identifier: MIT */
/*
 * What a page says of its Markdown, so that readers can suggest other words
 * in it: each chunk once, with its path and the id of its blob, in a
 * <script type="application/json">, which no browser runs; and for each block
 * where its words come from (html_trace.h). Of committed text alone: what a
 * work tree has besides, nobody could find again. Nor of chunks with words
 * that readers are not meant to see.
 */
#include <stdint.h>
#include <string.h>

#include "alloc.h"
#include "byte_search.h"
#include "html_escape.h"
#include "manuscript.h"
#include "repository.h"
#include "review_address.h"
#include "utf8.h"
#include "web_private.h"

/* To the next eight bytes of which one needs an escape, or the last few. */
static size_t skip_plain(struct slice text, size_t i)
{
	uint64_t x;

	for (; i + 8 <= text.len; i += 8) {
		memcpy(&x, text.ptr + i, 8);
		if (BYTE_BELOW(x, 0x20) | BYTE_IS(x, '"') |
		    BYTE_IS(x, '\\') | BYTE_IS(x, '<'))
			break;
	}
	return i;
}

void web_add_json(struct strbuf *out, struct slice text)
{
	size_t run = 0;

	strbuf_addch(out, '"');
	for (size_t i = 0; (i = skip_plain(text, i)) < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		/* "<" may begin </script> or <!-- */
		if (c >= 0x20 && c != '"' && c != '\\' && c != '<')
			continue;
		strbuf_add(out, text.ptr + run, i - run);
		if (c == '\n')
			strbuf_adds(out, "\\n");
		else if (c == '\t')
			strbuf_adds(out, "\\t");
		else if (c < 0x20 || c == '<')
			strbuf_addf(out, "\\u%04x", c);
		else
			strbuf_addf(out, "\\%c", c);
		run = i + 1;
	}
	strbuf_add(out, text.ptr + run, text.len - run);
	strbuf_addch(out, '"');
}

void web_init_source(struct web *web)
{
	const struct manuscript *ms = web->ms;
	struct strbuf url = STRBUF_INIT;

	web->suggests = ms->has_commit && !ms->modified &&
			!book_redline(web->book) &&
			settings_get_bool(&ms->settings, "review.suggest", 1);
	if (!review_address_is_mail(ms))
		return;
	review_address_url(&url, web->book, NULL);
	html_escape(&web->mail, strbuf_slice(&url));
	strbuf_adds(&web->mail, "%20"); /* and then a label */
	web->html.mail = web->mail.buf;
	strbuf_release(&url);
}

static void add_data(struct strbuf *out, const char *name, const char *value)
{
	if (!value)
		return;
	strbuf_addf(out, " data-%s=\"", name);
	html_escape_str(out, value);
	strbuf_addch(out, '"');
}

void web_add_review(struct web *web)
{
	struct strbuf tag = STRBUF_INIT;

	if (!web->suggests)
		return;
	book_add_tag(&tag, web->book);
	add_data(&web->out, "tag", tag.buf);
	add_data(&web->out, "commit", web->ms->commit.id);
	add_data(&web->out, "round", web->ms->round);
	if (review_address_is_mail(web->ms))
		add_data(&web->out, "address", review_address(web->ms));
	strbuf_release(&tag);
}

/* ---- chunks ------------------------------------------------------------ */

/* Has it what readers are not meant to see: the author's remarks to
 * themselves, words struck out, comments of HTML? */
static bool has_hidden(const struct node *root)
{
	for (const struct node *n = root; n; n = node_next(n, root)) {
		if (n->type == NODE_COMMENT || n->type == NODE_DELETION)
			return true;
		if ((n->type == NODE_HTML_INLINE ||
		     n->type == NODE_HTML_BLOCK) &&
		    slice_find_slice(n->text, SLICE("<!--")) < n->text.len)
			return true;
	}
	return false;
}

static bool can_tell(const struct book_section *section)
{
	struct slice source = section->doc.source;

	return section->entry->path && source.len &&
	       utf8_valid_prefix(source) == source.len &&
	       !memchr(source.ptr, 0, source.len) &&
	       !has_hidden(section->doc.root) &&
	       !has_hidden(section->doc.footnotes);
}

void web_number_sources(struct web *web)
{
	const struct book_chapter *chapter = web->chapter;

	web->chunk_numbers = xreallocarray(web->chunk_numbers,
					   chapter->section_count + 1,
					   sizeof(*web->chunk_numbers));
	if (!web->single)
		web->chunk_count = 0;
	for (size_t i = 0; i < chapter->section_count; i++)
		web->chunk_numbers[i] =
			web->suggests && can_tell(&chapter->sections[i])
				? web->chunk_count++ : SIZE_MAX;
}

void web_trace_section(struct web *web, const struct book_section *section)
{
	const struct book_chapter *c = web->chapter;
	size_t chunk = SIZE_MAX;

	/* a note of another chapter was read by itself, without its place */
	if (section >= c->sections && section < c->sections + c->section_count)
		chunk = web->chunk_numbers[section - c->sections];
	web->html.trace = web->suggests ? &web->trace : NULL;
	html_trace_chunk(&web->trace, chunk,
			 chunk == SIZE_MAX ? (struct slice){ NULL, 0 }
					   : section->doc.source);
}

void web_add_sources(struct web *web)
{
	const struct book_chapter *chapter = web->chapter;
	struct strbuf *out = &web->out;
	char id[COMMIT_ID_LENGTH + 1];

	for (size_t i = 0; i < chapter->section_count; i++) {
		const struct book_section *s = &chapter->sections[i];

		if (web->chunk_numbers[i] == SIZE_MAX)
			continue;
		blob_id(id, s->doc.source);
		strbuf_addf(out, "<script type=\"application/json\" class=\""
			    "source\" data-blob=\"%s\" data-path=\"", id);
		html_escape_str(out, s->entry->path);
		strbuf_adds(out, "\">");
		web_add_json(out, s->doc.source);
		strbuf_adds(out, "</script>\n");
	}
}
