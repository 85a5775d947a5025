/* SPDX-License-Identifier: MIT */
/*
 * A document tree as HTML that is well-formed XML at the same time: lower
 * case, quoted attributes, <br />, and no entities but &amp; &lt; &gt; &quot;.
 *
 * Every call leaves its output balanced, whatever the tree has: raw HTML goes
 * through the allow-list of html_sanitize.h (but for HTML_PLAIN), and what it
 * leaves open is closed with its container. Time is linear, and depth costs no
 * stack. CriticMarkup never shows: insertions are text, deletions and
 * comments are gone; but for the marks of a redline.
 */
#ifndef HTML_WRITE_H
#define HTML_WRITE_H

#include <stdint.h>

#include "slice.h"

struct changed_since;
struct error;
struct html_trace;
struct node;
struct strbuf;
struct typography_rules;

enum html_flavour {
	HTML_PLAIN,	/* CommonMark's reference output; raw HTML as it is,
			 * no ids, labels or smart punctuation, callbacks not
			 * called. For tests */
	HTML_PAGE,	/* HTML 5 for browsers */
	HTML_EPUB	/* XHTML 5 with epub:type and roles; the file declares
			 * the prefix epub */
};

struct html_options {
	enum html_flavour flavour;
	const struct typography_rules *rules; /* NULL: punctuation as typed.
			 * A div with a lang of its own has that one's */
	bool rtl;		/* the text runs from right to left */
	bool upright;		/* its letters are not slanted: what is
				 * stressed in Latin ones has class "latin" */
	const char *label;	/* the chapter's, "3": block 14 is "3.14". NULL
				 * or "": no labels */
	uint32_t pages;		/* HTML_EPUB: a chapter's first label and every
				 * so-many'th are page breaks, for the list of
				 * pages; 0: none is */
	int shift;		/* added to heading levels; kept in 1..6 */
	struct html_trace *trace; /* HTML_PAGE: says where words come from;
				 * NULL: nothing does */
	const struct changed_since *changed; /* HTML_PAGE: blocks say what is
				 * new in them; NULL: nothing does */
	const char *mail;	/* HTML_PAGE: a label is a link to this with
				 * the label after it; NULL: to its block.
				 * Escaped */

	/*
	 * All three may be NULL: links and pictures then are dead, notes have
	 * no marks. A negative return ends html_write() with it.
	 */
	void *data;

	/**
	 * Append the target of a link (of an image) to `out` as it stands in
	 * the attribute, escaped (html_escape_url). Append nothing if it is
	 * dead: the words (the alternative text) are shown alone. `url` is as
	 * written, entities resolved; from raw HTML too.
	 */
	int (*link)(struct strbuf *out, struct slice url, void *data,
		    struct error *err);
	int (*image)(struct strbuf *out, struct slice url, void *data,
		     struct error *err);

	/**
	 * The same for the mark of note `number`: where its text stands,
	 * "#note-1", "notes.xhtml#note-1". The mark has the id of its node.
	 */
	int (*note)(struct strbuf *out, uint32_t number, void *data,
		    struct error *err);

	/*
	 * For a redline (redline.h), whose marks are <ins class="added">, <del
	 * class="cut"> and such classes of blocks. All may be NULL.
	 */
	const char *added_words, *cut_words; /* what the marks say to those
				 * who do not see them: their data-is */

	/** The target of a picture of the old text. */
	int (*old_image)(struct strbuf *out, struct slice url, void *data,
			 struct error *err);

	/** Append, at the start of `block`, what says that with it begins
	 * block->change: the id that leads there, ways on. Phrasing content. */
	int (*change)(struct strbuf *out, const struct node *block, void *data,
		      struct error *err);
};

/** Append `node` and all below it; of a NODE_DOCUMENT, what it holds. */
int html_write(struct strbuf *out, const struct node *node,
	       const struct html_options *options, struct error *err);

/**
 * Append the blocks `first` and its next siblings up to, not including,
 * `until` (NULL: to the last), balanced. For cutting a long chapter.
 */
int html_write_range(struct strbuf *out, const struct node *first,
		     const struct node *until,
		     const struct html_options *options, struct error *err);

/**
 * Append the content of a note (FOOTNOTE: its blocks; INLINE_NOTE: one <p>)
 * with `back`, HTML, at the end of its last paragraph, or in one of its own.
 */
int html_write_note(struct strbuf *out, const struct node *content,
		    const char *back, const struct html_options *options,
		    struct error *err);

/** Of a note's content in a redline: "added", "cut", or NULL. */
const char *html_note_class(const struct node *content);

/**
 * Append what is new in the block of that id, or before or after it, as
 * attributes with numbers of rounds: data-since, data-cut, data-cut-after.
 * Nothing if it is from the oldest round.
 */
void html_add_changes(struct strbuf *out, const struct changed_since *changed,
		      const char *id);

/**
 * The id of a label that is a page break in HTML_EPUB, "l-3-14", into `out`;
 * it is "l-", the label, '.' being '-'.
 */
#define HTML_LABEL_ID_SIZE 32
void html_label_id(char out[HTML_LABEL_ID_SIZE], const char *chapter_label,
		   uint32_t number);

#endif
