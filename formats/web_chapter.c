/* SPDX-License-Identifier: MIT */
/* A chapter of a page or a site: text, notes, how to comment, index. */
#include <stdio.h>
#include <stdlib.h>

#include "alloc.h"
#include "draft_name.h"
#include "html_escape.h"
#include "html_upright.h"
#include "metadata.h"
#include "review_address.h"
#include "strings.h"
#include "typography.h"
#include "web_private.h"

/* ---- reading ---------------------------------------------------------- */

void web_init(struct web *web, struct book *book)
{
	*web = (struct web){
		.book = book, .ms = book_manuscript(book),
		.language = STRBUF_INIT, .out = STRBUF_INIT,
		.upright = STRBUF_INIT, .bytes = STRBUF_INIT,
		.arena = ARENA_INIT, .trace = HTML_TRACE_INIT, .mail = STRBUF_INIT
	};
	web->pictures = web->ms->tree;
	web->vertical = metadata_is_vertical(web->ms);
	metadata_language(&web->language, manuscript_language(web->ms));
	web->html = (struct html_options){
		.flavour = HTML_PAGE,
		.rules = typography_for(web->language.buf),
		.rtl = metadata_is_rtl(web->ms),
		.upright = !metadata_has_italics(web->ms)
	};
	web_init_links(web);
	web_init_source(web);
	web_init_redline(web);
}

void web_release(struct web *web)
{
	strbuf_release(&web->language);
	strbuf_release(&web->out);
	strbuf_release(&web->upright);
	strbuf_release(&web->bytes);
	strbuf_release(&web->mail);
	html_trace_release(&web->trace);
	changed_since_close(web->changed);
	free(web->notes);
	free(web->headings);
	free(web->chunk_numbers);
	arena_release(&web->arena);
}

struct slice web_finished(struct web *web)
{
	if (!web->vertical)
		return strbuf_slice(&web->out);
	strbuf_truncate(&web->upright, 0);
	html_add_upright(&web->upright, strbuf_slice(&web->out));
	return strbuf_slice(&web->upright);
}

int web_read_chapter(struct web *web, size_t index, struct error *err)
{
	int rc = book_read_chapter(&web->chapter, web->book, index, err);

	if (rc < 0)
		return rc;
	web_number_sources(web);
	for (size_t i = 0; i < web->chapter->note_count; i++) {
		const struct book_note *note = &web->chapter->notes[i];

		GROW(web->notes, web->note_count, web->note_capacity);
		web->notes[web->note_count++] = (struct web_note){
			index, arena_strdup(&web->arena, note->id) };
	}
	return 0;
}

bool web_has_page(const struct web *web, size_t index)
{
	const struct book_entry *entry = book_entry(web->book, index);

	if (book_is_left_out(web->book, index))
		return false;
	if (entry->role != ROLE_PART ||
	    web->ms->outline.items[entry->first].path)
		return entry->written;
	if (!web->single)
		return false;
	/* a part without words of its own is a heading over its chapters */
	for (size_t i = index + 1; i < book_count(web->book); i++) {
		const struct book_entry *next = book_entry(web->book, i);

		if (next->part != index)
			break;
		if (next->written)
			return true;
	}
	return false;
}

size_t web_next(const struct web *web, size_t index)
{
	for (index++; index < book_count(web->book); index++)
		if (web_has_page(web, index))
			return index;
	return SIZE_MAX;
}

size_t web_previous(const struct web *web, size_t index)
{
	while (index-- > 0)
		if (web_has_page(web, index))
			return index;
	return SIZE_MAX;
}

/* ---- writing ---------------------------------------------------------- */

static const char *const role_names[] = {
	[ROLE_CHAPTER] = "", [ROLE_PART] = " part",
	[ROLE_PROLOGUE] = " prologue", [ROLE_EPILOGUE] = " epilogue",
	[ROLE_FOREWORD] = " foreword", [ROLE_PREFACE] = " preface",
	[ROLE_INTRODUCTION] = " introduction",
	[ROLE_DEDICATION] = " dedication-page",
	[ROLE_EPIGRAPH] = " epigraph-page",
	[ROLE_ACKNOWLEDGMENTS] = " acknowledgments",
	[ROLE_AFTERWORD] = " afterword", [ROLE_APPENDIX] = " appendix",
	[ROLE_COLOPHON] = " colophon", [ROLE_GLOSSARY] = " glossary",
	[ROLE_BIBLIOGRAPHY] = " bibliography",
	[ROLE_CONCLUSION] = " conclusion", [ROLE_COPYRIGHT] = " copyright-page"
};

static int add_sections(struct web *web, struct error *err)
{
	const struct book_chapter *chapter = web->chapter;
	int rc = 0;

	for (size_t i = 0; rc >= 0 && i < chapter->section_count; i++) {
		web->section = &chapter->sections[i];
		/* links to the first go to the chapter */
		if (i)
			strbuf_addf(&web->out, "<div class=\"chunk\" id=\"%s\""
				    ">\n", web->section->id);
		web_trace_section(web, web->section);
		rc = html_write(&web->out, web->section->doc.root, &web->html,
				err);
		if (i)
			strbuf_adds(&web->out, "</div>\n");
	}
	return rc;
}

static void make_back_link(struct strbuf *back, const struct web *web,
			   const struct book_note *note)
{
	char number[16];

	snprintf(number, sizeof(number), "%u", (unsigned)note->number);
	strbuf_truncate(back, 0);
	strbuf_addf(back, "<a class=\"backlink\" role=\"doc-backlink\"%s "
		    "href=\"#%s\" aria-label=\"",
		    string_language(web->language.buf), note->reference);
	string_add(back, web->language.buf, STRING_BACK_TO_NOTE, number, NULL);
	/* U+FE0E: an arrow, not a picture of one; to where lines begin */
	strbuf_addf(back, "\">%s\uFE0E</a>",
		    metadata_is_rtl(web->ms) ? "\u21AA" : "\u21A9");
}

static int add_notes(struct web *web, int level, struct error *err)
{
	const struct book_chapter *chapter = web->chapter;
	struct strbuf back = STRBUF_INIT;
	int rc = 0;

	if (!chapter->note_count)
		return 0;
	strbuf_addf(&web->out, "<section class=\"notes\">\n<h%d%s>", level,
		    string_language(web->language.buf));
	string_add(&web->out, web->language.buf, STRING_NOTES, NULL, NULL);
	strbuf_addf(&web->out, "</h%d>\n<ol start=\"%u\">\n", level,
		    (unsigned)chapter->notes[0].number);
	for (size_t i = 0; rc >= 0 && i < chapter->note_count; i++) {
		const struct book_note *note = &chapter->notes[i];
		const char *mark;

		web->section = note->section;
		web_trace_section(web, note->section);
		make_back_link(&back, web, note);
		mark = html_note_class(note->content);
		strbuf_addf(&web->out, "<li id=\"%s\"", note->id);
		if (mark)
			strbuf_addf(&web->out, " class=\"%s\"", mark);
		html_add_changes(&web->out, web->changed, note->id);
		strbuf_addch(&web->out, '>');
		rc = html_write_note(&web->out, note->content, back.buf,
				     &web->html, err);
		strbuf_adds(&web->out, "</li>\n");
	}
	strbuf_adds(&web->out, "</ol>\n</section>\n");
	strbuf_release(&back);
	return rc;
}

static void add_invitation(struct web *web)
{
	const struct book_entry *entry = web->chapter->entry;

	if (!*entry->label || !review_address(web->ms))
		return;
	strbuf_adds(&web->out, "<p class=\"invitation\">");
	html_escape_str(&web->out, entry->label);
	strbuf_adds(&web->out, " \u00B7 ");
	draft_name_add_html(&web->out, web->book, web->language.buf);
	strbuf_adds(&web->out, " \u00B7 ");
	review_address_link(&web->out, web->book, entry->label);
	strbuf_adds(&web->out, "</p>\n");
}

int web_add_chapter(struct web *web, struct error *err)
{
	const struct book_entry *entry = web->chapter->entry;
	bool headed = entry->titled || entry->role == ROLE_PART;
	const char *element = headed ? "section" : "div";
	int level = 1;
	int rc;

	/* a page of its own has its chapter as the top heading */
	if (web->single)
		level = entry->part == SIZE_MAX ? 2 : 3;
	web->html.shift = level - 1;
	web->html.label = entry->label;
	strbuf_addf(&web->out, "<%s class=\"chapter%s%s\"", element,
		    role_names[entry->role], level == 3 ? " in-part" : "");
	if (web->single)
		strbuf_addf(&web->out, " id=\"ch-%s\"", entry->slug);
	if (web->suggests)
		strbuf_addf(&web->out, " data-label=\"%s\" data-order=\"%zu"
			    "\"", entry->label, web->chapter->index);
	strbuf_adds(&web->out, ">\n");
	if (!headed && !web->single) {
		strbuf_adds(&web->out, "<h1 class=\"unseen\">");
		html_escape_str(&web->out, entry->title);
		strbuf_adds(&web->out, "</h1>\n");
	}
	rc = add_sections(web, err);
	if (rc >= 0)
		rc = add_notes(web, headed ? level + 1 : 2, err);
	add_invitation(web);
	strbuf_addf(&web->out, "</%s>\n", element);
	web_add_sources(web);
	return rc;
}

/* ---- the search index ------------------------------------------------- */

static void add_indexed(struct strbuf *out, const struct web *web,
			const struct node *node, struct strbuf *words,
			struct strbuf *printed)
{
	struct typography t;

	strbuf_truncate(words, 0);
	strbuf_truncate(printed, 0);
	node_plain_text(words, node);
	if (slice_is_blank(strbuf_slice(words)))
		return;
	typography_start(&t, web->html.rules);
	typography_add(printed, &t, strbuf_slice(words), 0);
	strbuf_adds(out, ",\n\"");
	strbuf_adds(out, node->id);
	strbuf_adds(out, "\",");
	strbuf_add_number(out, node->number);
	strbuf_addch(out, ',');
	web_add_json(out, strbuf_slice(printed));
}

void web_add_index(struct strbuf *out, const struct web *web)
{
	const struct book_entry *entry = web->chapter->entry;
	struct strbuf words = STRBUF_INIT, printed = STRBUF_INIT;
	struct strbuf href = STRBUF_INIT;

	web_add_href(&href, web, web->chapter->index);
	strbuf_adds(out, "[");
	web_add_json(out, strbuf_slice(&href));
	strbuf_adds(out, ",");
	web_add_json(out, slice_of(entry->label));
	strbuf_adds(out, ",");
	web_add_json(out, slice_of(entry->title));
	for (size_t i = 0; i < web->chapter->section_count; i++) {
		const struct node *root = web->chapter->sections[i].doc.root;
		const struct node *n = root;

		while (n) {
			bool whole = n->id && (n->number ||
					       n->type == NODE_HEADING) &&
				     !NODE_IS_INLINE(n->type);

			if (whole)
				add_indexed(out, web, n, &words, &printed);
			n = whole ? node_skip(n, root) : node_next(n, root);
		}
	}
	strbuf_adds(out, "],\n");
	strbuf_release(&words);
	strbuf_release(&printed);
	strbuf_release(&href);
}
