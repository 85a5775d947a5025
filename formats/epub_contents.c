/* SPDX-License-Identifier: MIT */
/* The contents page of an e-book: contents, landmarks, the list of labels; and
 * the NCX. */
#include <string.h>

#include "epub_package.h"
#include "html_escape.h"
#include "html_write.h"
#include "strbuf.h"

#define MAX_DEPTH 3

/* How deep the contents may go for a page of reasonable size. */
static unsigned depth_that_fits(const struct epub_package *package,
				size_t room)
{
	size_t bytes[MAX_DEPTH + 1] = { 0 };
	unsigned depth = MAX_DEPTH;

	for (size_t i = 0; i < package->heading_count; i++) {
		const struct epub_heading *h = &package->headings[i];

		for (unsigned d = h->depth; d <= MAX_DEPTH; d++)
			bytes[d] += strlen(h->title) + strlen(h->href) + 40;
	}
	while (depth > 1 && bytes[depth] > room)
		depth--;
	return depth;
}

static void add_contents(struct strbuf *out,
			 const struct epub_package *package, size_t room)
{
	unsigned most = depth_that_fits(package, room), depth = 0;

	for (size_t i = 0; i < package->heading_count; i++) {
		const struct epub_heading *h = &package->headings[i];

		if (h->depth > most)
			continue;
		if (h->depth > depth) {
			strbuf_adds(out, "<ol>\n");
			depth++; /* never more: see epub_package_heading */
		} else {
			strbuf_adds(out, "</li>\n");
			for (; depth > h->depth; depth--)
				strbuf_adds(out, "</ol></li>\n");
		}
		strbuf_addf(out, "<li><a href=\"%s\"%s>", h->href,
			    h->own ? epub_package_own_language(package) : "");
		html_escape_str(out, h->title);
		strbuf_adds(out, "</a>");
	}
	for (; depth; depth--)
		strbuf_adds(out, "</li>\n</ol>");
	strbuf_addch(out, '\n');
}

static void add_landmark(struct strbuf *out, const char *type,
			 const char *title, const char *href)
{
	if (!href)
		return;
	strbuf_addf(out, "<li><a epub:type=\"%s\" href=\"%s\">", type, href);
	html_escape_str(out, title);
	strbuf_adds(out, "</a></li>\n");
}

static void add_landmarks(struct strbuf *out,
			  const struct epub_package *package)
{
	const char *language = package->language;

	strbuf_addf(out, "<nav epub:type=\"landmarks\" id=\"landmarks\" "
		    "hidden=\"hidden\"%s aria-label=\"",
		    epub_package_own_language(package));
	string_add(out, language, STRING_LANDMARKS, NULL, NULL);
	strbuf_adds(out, "\"><ol>\n");
	add_landmark(out, "cover", string_get(language, STRING_COVER),
		     package->cover);
	add_landmark(out, "toc", string_get(language, STRING_CONTENTS),
		     "#toc");
	add_landmark(out, "bodymatter", string_get(language, STRING_START),
		     package->start);
	add_landmark(out, "endnotes", string_get(language, STRING_NOTES),
		     package->notes);
	strbuf_adds(out, "</ol></nav>\n");
}

/* The first label of a chapter, and every so-many'th. */
static uint32_t next_label(uint32_t n, uint32_t pages)
{
	return n == 1 || n % pages == 0 ? n : (n / pages + 1) * pages;
}

/* Bytes of a line of the list. */
static size_t label_size(const char *href, const char *chapter)
{
	return strlen(href) + 2 * (strlen(chapter) + 8) + 28;
}

static size_t labels_size(const struct epub_package *package)
{
	size_t bytes = 0;

	for (size_t i = 0; package->pages && i < package->label_count; i++) {
		const struct epub_labels *run = &package->labels[i];

		bytes += label_size(run->href, run->chapter) *
			 ((run->to - run->from) / package->pages + 2);
	}
	return bytes;
}

void epub_package_plan_pages(struct epub_package *package, size_t bound)
{
	static const uint32_t pages[] = {
		1, 5, 10, 20, 50, 100, 200, 500, 1000 };
	size_t count = book_count(package->book), contents = 2000, each = 0;
	size_t room;

	for (size_t i = 0; i < count; i++) {
		const struct book_entry *e = book_entry(package->book, i);
		size_t size = label_size(e->slug, e->label) +
			      strlen("text/-999.xhtml");

		each = size > each ? size : each;
		/* with two sections of its own, where there is room */
		contents += 3 * (strlen(e->title) + strlen(e->slug) + 60);
	}
	if (contents > EPUB_FILE_LIMIT / 2)
		contents = EPUB_FILE_LIMIT / 2;
	room = EPUB_FILE_LIMIT - contents;
	package->pages = 0;
	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++)
		if (each * (bound / pages[i] + 2 * count) <= room) {
			package->pages = pages[i];
			break;
		}
}

static void add_page_list(struct strbuf *out,
			  const struct epub_package *package)
{
	char id[HTML_LABEL_ID_SIZE];

	strbuf_addf(out, "<nav epub:type=\"page-list\" role=\"doc-pagelist\" "
		    "id=\"labels\" hidden=\"hidden\"%s aria-label=\"",
		    epub_package_own_language(package));
	string_add(out, package->language, STRING_PARAGRAPHS, NULL, NULL);
	strbuf_adds(out, "\"><ol>\n");
	for (size_t i = 0; i < package->label_count; i++) {
		const struct epub_labels *run = &package->labels[i];
		uint32_t n = next_label(run->from, package->pages);

		for (; n <= run->to; n = next_label(n + 1, package->pages)) {
			html_label_id(id, run->chapter, n);
			strbuf_addf(out, "<li><a href=\"%s#%s\">%s.%u</a></li>"
				    "\n", run->href, id, run->chapter,
				    (unsigned)n);
		}
	}
	strbuf_adds(out, "</ol></nav>\n");
}

void epub_package_write_nav(struct strbuf *out, struct epub_package *package)
{
	size_t list = labels_size(package) + 2000;

	strbuf_adds(out, "<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\" "
		    "class=\"contents\" aria-labelledby=\"contents\">\n"
		    "<h1 id=\"contents\"");
	strbuf_addf(out, "%s>", epub_package_own_language(package));
	string_add(out, package->language, STRING_CONTENTS, NULL, NULL);
	strbuf_adds(out, "</h1>\n");
	add_contents(out, package, list < EPUB_FILE_LIMIT
					   ? EPUB_FILE_LIMIT - list
					   : 0);
	strbuf_adds(out, "</nav>\n");
	add_landmarks(out, package);
	package->has_page_list = package->pages && package->label_count;
	if (package->has_page_list)
		add_page_list(out, package);
}

/* ---- NCX -------------------------------------------------------------- */

void epub_package_write_ncx(struct strbuf *out,
			    const struct epub_package *package)
{
	unsigned deepest = 1, depth = 0;

	for (size_t i = 0; i < package->heading_count; i++)
		if (package->headings[i].depth > deepest &&
		    package->headings[i].depth <= MAX_DEPTH)
			deepest = package->headings[i].depth;
	strbuf_addf(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
		    "<ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" "
		    "version=\"2005-1\" xml:lang=\"%s\">\n<head>\n"
		    "<meta name=\"dtb:uid\" content=\"%s\"/>\n"
		    "<meta name=\"dtb:depth\" content=\"%u\"/>\n"
		    "<meta name=\"dtb:totalPageCount\" content=\"0\"/>\n"
		    "<meta name=\"dtb:maxPageNumber\" content=\"0\"/>\n"
		    "</head>\n<docTitle><text>", package->language,
		    book_identifier(package->book), deepest);
	html_escape_str(out,
			manuscript_title(book_manuscript(package->book)));
	strbuf_adds(out, "</text></docTitle>\n<navMap>\n");
	for (size_t i = 0; i < package->heading_count; i++) {
		const struct epub_heading *h = &package->headings[i];

		if (h->depth > MAX_DEPTH)
			continue;
		for (; depth >= h->depth; depth--)
			strbuf_adds(out, "</navPoint>\n");
		depth = h->depth;
		strbuf_addf(out, "<navPoint id=\"np-%zu\" playOrder=\"%zu\">"
			    "<navLabel><text>", i + 1, i + 1);
		html_escape_str(out, h->title);
		strbuf_addf(out, "</text></navLabel><content src=\"%s\"/>\n",
			    h->href);
	}
	for (; depth; depth--)
		strbuf_adds(out, "</navPoint>\n");
	strbuf_adds(out, "</navMap>\n</ncx>\n");
}
