/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "draft_origin.h"
#include "epub_package.h"
#include "generator.h"
#include "html_escape.h"
#include "metadata.h"
#include "strbuf.h"

void epub_package_init(struct epub_package *package, const struct book *book)
{
	const struct manuscript *ms = book_manuscript(book);
	struct strbuf language = STRBUF_INIT;

	memset(package, 0, sizeof(*package));
	package->book = book;
	metadata_language(&language, manuscript_language(ms));
	package->language = epub_package_string(package, language.buf);
	package->rtl = metadata_is_rtl(ms);
	package->vertical = metadata_is_vertical(ms);
	strbuf_release(&language);
}

void epub_package_release(struct epub_package *package)
{
	arena_release(&package->arena);
	free(package->items);
	free(package->headings);
	free(package->labels);
}

const char *epub_package_string(struct epub_package *package, const char *s)
{
	return s ? arena_strdup(&package->arena, s) : NULL;
}

void epub_package_item(struct epub_package *package, const char *id,
		       const char *href, const char *media_type,
		       const char *properties, bool in_spine)
{
	GROW(package->items, package->item_count, package->item_capacity);
	package->items[package->item_count++] = (struct epub_item){
		epub_package_string(package, id),
		epub_package_string(package, href),
		epub_package_string(package, media_type),
		epub_package_string(package, properties), in_spine
	};
}

void epub_package_heading(struct epub_package *package, unsigned depth,
			  const char *title, const char *href)
{
	const struct epub_heading *last = package->heading_count
		? &package->headings[package->heading_count - 1] : NULL;

	if (!*title)
		return;
	if (depth > (last ? last->depth : 0) + 1)
		depth = (last ? last->depth : 0) + 1;
	GROW(package->headings, package->heading_count,
	     package->heading_capacity);
	package->headings[package->heading_count++] = (struct epub_heading){
		depth, epub_package_string(package, title),
		epub_package_string(package, href), false
	};
}

void epub_package_own_page(struct epub_package *package, enum string_id title,
			   const char *href)
{
	epub_package_heading(package, 1, string_get(package->language, title),
			     href);
	package->headings[package->heading_count - 1].own = true;
}

const char *epub_package_own_language(const struct epub_package *package)
{
	return *string_language(package->language)
		       ? " lang=\"en\" xml:lang=\"en\" dir=\"ltr\""
		       : "";
}

void epub_package_labels(struct epub_package *package, const char *chapter,
			 uint32_t from, uint32_t to, const char *href)
{
	if (to < from)
		return;
	GROW(package->labels, package->label_count, package->label_capacity);
	package->labels[package->label_count++] = (struct epub_labels){
		epub_package_string(package, chapter),
		epub_package_string(package, href), from, to
	};
}

/* ---- package document ------------------------------------------------- */

static void add_meta(struct strbuf *out, const char *property,
		     const char *value)
{
	strbuf_addf(out, "<meta property=\"%s\">", property);
	html_escape_str(out, value);
	strbuf_adds(out, "</meta>\n");
}

static void add_refinement(struct strbuf *out, const char *id,
			   const char *property, const char *value)
{
	strbuf_addf(out, "<meta refines=\"#%s\" property=\"%s\">", id,
		    property);
	html_escape_str(out, value);
	strbuf_adds(out, "</meta>\n");
}

static void add_element(struct strbuf *out, const char *name, const char *id,
			const char *value)
{
	strbuf_addf(out, "<dc:%s", name);
	if (id)
		strbuf_addf(out, " id=\"%s\"", id);
	strbuf_addch(out, '>');
	html_escape_str(out, value);
	strbuf_addf(out, "</dc:%s>\n", name);
}

static void add_titles(struct strbuf *out, const struct epub_package *package)
{
	const struct manuscript *ms = book_manuscript(package->book);
	const char *title = manuscript_title(ms);
	struct strbuf file_as = STRBUF_INIT;

	add_element(out, "title", "title", title);
	add_refinement(out, "title", "title-type", "main");
	metadata_title_file_as(&file_as, title, package->language);
	add_refinement(out, "title", "file-as", file_as.buf);
	strbuf_release(&file_as);
	if (*manuscript_subtitle(ms)) {
		add_element(out, "title", "subtitle", manuscript_subtitle(ms));
		add_refinement(out, "subtitle", "title-type", "subtitle");
	}
	add_element(out, "title", "edition", book_draft_name(package->book));
	add_refinement(out, "edition", "title-type", "edition");
}

static void add_creator(struct strbuf *out, const struct epub_package *package,
			const char *name, size_t n)
{
	struct strbuf id = STRBUF_INIT, file_as = STRBUF_INIT;

	strbuf_addf(&id, n ? "creator-%zu" : "creator", n + 1);
	metadata_name_file_as(&file_as, name, package->language);
	add_element(out, "creator", id.buf, name);
	add_refinement(out, id.buf, "file-as", file_as.buf);
	strbuf_addf(out, "<meta refines=\"#%s\" property=\"role\" scheme="
		    "\"marc:relators\">aut</meta>\n", id.buf);
	strbuf_release(&id);
	strbuf_release(&file_as);
}

static void add_creators(struct strbuf *out,
			 const struct epub_package *package)
{
	const struct manuscript *ms = book_manuscript(package->book);
	const char *name = manuscript_author(ms);
	size_t n = 0;

	if (!settings_get_nth(&ms->settings, "book.author", 0)) {
		if (*name)
			add_creator(out, package, name, 0);
		return;
	}
	for (; (name = settings_get_nth(&ms->settings, "book.author", n)); n++)
		if (*name)
			add_creator(out, package, name, n);
}

static void add_dates(struct strbuf *out, const struct epub_package *package)
{
	const struct manuscript *ms = book_manuscript(package->book);
	const char *set = settings_get(&ms->settings, "book.date");
	struct strbuf date = STRBUF_INIT;

	if (set && metadata_is_date(set))
		strbuf_adds(&date, set);
	else
		metadata_date(&date, metadata_time(ms), false);
	add_element(out, "date", NULL, date.buf);
	strbuf_truncate(&date, 0);
	metadata_date(&date, metadata_time(ms), true);
	add_meta(out, "dcterms:modified", date.buf);
	strbuf_release(&date);
}

static void add_settings(struct strbuf *out,
			 const struct epub_package *package)
{
	static const char *const names[] = {
		"rights", "publisher", "description" };
	const struct manuscript *ms = book_manuscript(package->book);
	struct strbuf key = STRBUF_INIT;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *value;

		strbuf_truncate(&key, 0);
		strbuf_addf(&key, "book.%s", names[i]);
		value = settings_get(&ms->settings, key.buf);
		if (value && !slice_is_blank(slice_of(value)))
			add_element(out, names[i], NULL, value);
	}
	strbuf_release(&key);
}

/* What the label list counts by: this manuscript at this commit. */
static void add_source(struct strbuf *out, const struct epub_package *package)
{
	const struct manuscript *ms = book_manuscript(package->book);
	struct strbuf source = STRBUF_INIT;

	if (!package->has_page_list)
		return;
	strbuf_adds(&source, manuscript_title(ms));
	strbuf_adds(&source, ", manuscript");
	if (ms->has_commit)
		strbuf_addf(&source, ", commit %s", ms->commit.id);
	add_element(out, "source", "source", source.buf);
	add_refinement(out, "source", "source-of", "pagination");
	strbuf_release(&source);
}

static void add_accessibility(struct strbuf *out,
			      const struct epub_package *package)
{
	static const char feature[] = "schema:accessibilityFeature";

	add_meta(out, "schema:accessMode", "textual");
	if (package->has_pictures)
		add_meta(out, "schema:accessMode", "visual");
	if (!package->lacks_alternatives) {
		add_meta(out, "schema:accessModeSufficient", "textual");
		add_meta(out, feature, "alternativeText");
	} else {
		add_meta(out, "schema:accessModeSufficient",
			 "textual,visual");
	}
	add_meta(out, feature, "displayTransformability");
	if (package->has_page_list) {
		add_meta(out, feature, "pageBreakMarkers");
		add_meta(out, feature, "pageNavigation");
	}
	add_meta(out, feature, "readingOrder");
	add_meta(out, feature, "structuralNavigation");
	add_meta(out, feature, "tableOfContents");
	add_meta(out, "schema:accessibilityHazard",
		 package->may_flash ? "unknown" : "none");
	strbuf_addf(out, "<meta property=\"schema:accessibilitySummary\" "
		    "xml:lang=\"en\">A draft for review: text that flows, "
		    "with headings, a table of contents%s%s.</meta>\n",
		    package->label_count ? ", a label on each paragraph" : "",
		    !package->has_pictures ? ""
		    : package->lacks_alternatives
		    ? ", and pictures, some without a description"
		    : ", and pictures with descriptions");
}

static void add_name(struct strbuf *out, const char *name, const char *content)
{
	if (!content)
		return;
	strbuf_addf(out, "<meta name=\"%s\" content=\"", name);
	html_escape_str(out, content);
	strbuf_adds(out, "\"/>\n");
}

static void add_own(void *out, const char *name, const char *value)
{
	char whole[32];

	snprintf(whole, sizeof(whole), "galley:%s", name);
	add_name(out, whole, value);
}

/* Readers of e-books pass over what it takes to make the same again. */
static void add_origin(struct strbuf *out, const struct epub_package *package)
{
	add_name(out, "cover", package->cover_image);
	/* as Kindles know it */
	add_name(out, "primary-writing-mode",
		 package->vertical ? "vertical-rl" : NULL);
	add_name(out, "generator", generator);
	draft_origin_tell(package->book, add_own, out);
}

static void add_manifest(struct strbuf *out,
			 const struct epub_package *package)
{
	strbuf_adds(out, "<manifest>\n");
	for (size_t i = 0; i < package->item_count; i++) {
		const struct epub_item *item = &package->items[i];

		strbuf_addf(out, "<item id=\"%s\" href=\"%s\" media-type="
			    "\"%s\"", item->id, item->href, item->media_type);
		if (item->properties)
			strbuf_addf(out, " properties=\"%s\"",
				    item->properties);
		strbuf_adds(out, "/>\n");
	}
	strbuf_addf(out, "</manifest>\n<spine toc=\"ncx\" "
		    "page-progression-direction=\"%s\">\n",
		    package->rtl || package->vertical ? "rtl" : "ltr");
	for (size_t i = 0; i < package->item_count; i++)
		if (package->items[i].in_spine)
			strbuf_addf(out, "<itemref idref=\"%s\"/>\n",
				    package->items[i].id);
	strbuf_adds(out, "</spine>\n");
}

static void add_guide_reference(struct strbuf *out, const char *type,
				const char *title, const char *href)
{
	strbuf_addf(out, "<reference type=\"%s\" title=\"", type);
	html_escape_str(out, title);
	strbuf_addf(out, "\" href=\"%s\"/>\n", href);
}

static void add_guide(struct strbuf *out, const struct epub_package *package)
{
	const char *language = package->language;

	strbuf_adds(out, "<guide>\n");
	if (package->cover)
		add_guide_reference(out, "cover",
				    string_get(language, STRING_COVER),
				    package->cover);
	add_guide_reference(out, "toc", string_get(language, STRING_CONTENTS),
			    "nav.xhtml");
	if (package->start)
		add_guide_reference(out, "text",
				    string_get(language, STRING_START),
				    package->start);
	strbuf_adds(out, "</guide>\n");
}

void epub_package_write(struct strbuf *out, const struct epub_package *package)
{
	strbuf_addf(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
		    "<package xmlns=\"http://www.idpf.org/2007/opf\" "
		    "version=\"3.0\" unique-identifier=\"pub-id\" "
		    "xml:lang=\"%s\" dir=\"%s\">\n"
		    "<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
		    "\n", package->language, package->rtl ? "rtl" : "ltr");
	add_element(out, "identifier", "pub-id",
		    book_identifier(package->book));
	add_titles(out, package);
	add_creators(out, package);
	add_element(out, "language", NULL, package->language);
	add_dates(out, package);
	add_settings(out, package);
	add_source(out, package);
	add_accessibility(out, package);
	add_origin(out, package);
	strbuf_adds(out, "</metadata>\n");
	add_manifest(out, package);
	add_guide(out, package);
	strbuf_adds(out, "</package>\n");
}
