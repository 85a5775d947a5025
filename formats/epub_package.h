/* SPDX-License-Identifier: MIT */
/*
 * What holds an e-book together: its package document, contents (and the NCX
 * of readers that know EPUB 2 only), landmarks, and the list of paragraph
 * labels as pages. EPUB 3.3; EPUB Accessibility 1.1.
 *
 * Filled while the book is written, then written last.
 */
#ifndef EPUB_PACKAGE_H
#define EPUB_PACKAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "book.h"
#include "strings.h"

struct strbuf;

/** No XHTML file of ours is larger: Adobe's readers fail at 300 KB. */
#define EPUB_FILE_LIMIT 240000u

struct epub_item {
	const char *id, *href, *media_type, *properties;
	bool in_spine;
};

struct epub_heading {
	unsigned depth;		/* 1.. */
	const char *title, *href;
	bool own;		/* words of ours: see strings.h */
};

/** Labels `from` to `to` of a chapter, which stand in file `href`. */
struct epub_labels {
	const char *chapter, *href;
	uint32_t from, to;
};

struct epub_package {
	struct arena arena;
	const struct book *book;
	const char *language;	/* BCP 47 */
	bool rtl;
	bool vertical;		/* lines run down, the next one to the left:
				 * book.writing */
	struct epub_item *items;
	size_t item_count, item_capacity;
	struct epub_heading *headings;
	size_t heading_count, heading_capacity;
	struct epub_labels *labels;
	size_t label_count, label_capacity;
	uint32_t pages;		/* as in html_write.h */
	const char *cover_image; /* id of an item */
	const char *cover, *start, *notes; /* addresses for landmarks; NULL */
	bool has_pictures, lacks_alternatives, may_flash;
	bool has_page_list;	/* set by epub_package_write_nav() */
};

void epub_package_init(struct epub_package *package, const struct book *book);
void epub_package_release(struct epub_package *package);

/**
 * Add a file. `href` is relative to the package document and, like all
 * strings here, copied; `properties` NULL: none. Files in the spine are read
 * in the order they are added.
 */
void epub_package_item(struct epub_package *package, const char *id,
		       const char *href, const char *media_type,
		       const char *properties, bool in_spine);

/** Add a line of contents: plain text. Depths are 1 and more. */
void epub_package_heading(struct epub_package *package, unsigned depth,
			  const char *title, const char *href);

/** Add a page of ours. */
void epub_package_own_page(struct epub_package *package, enum string_id title,
			   const char *href);

/** Attributes for words of our own that are English in a book that is not;
 * else "". */
const char *epub_package_own_language(const struct epub_package *package);

/**
 * Decide which labels are pages, so that the list of them fits: all, every
 * 5th, 10th …, none. `bound`: as of book_label_bound(). Before any is written.
 */
void epub_package_plan_pages(struct epub_package *package, size_t bound);

/** Add labels; nothing when `to` is less than `from`. */
void epub_package_labels(struct epub_package *package, const char *chapter,
			 uint32_t from, uint32_t to, const char *href);

/** A string that lives as long as the package. */
const char *epub_package_string(struct epub_package *package, const char *s);

/** Append the package document; after the contents page. */
void epub_package_write(struct strbuf *out,
			const struct epub_package *package);

/**
 * Append what the body of the contents page holds. What would make the page
 * too large is left out: sections, then chapters of parts.
 */
void epub_package_write_nav(struct strbuf *out, struct epub_package *package);

/** Append the NCX (DAISY/NISO Z39.86-2005, 8). */
void epub_package_write_ncx(struct strbuf *out,
			    const struct epub_package *package);

#endif
