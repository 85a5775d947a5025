/* SPDX-License-Identifier: MIT */
/* One walk over a tree; shared by html_write.c and the files beside it. */
#ifndef HTML_WRITE_PRIVATE_H
#define HTML_WRITE_PRIVATE_H

#include <stdbool.h>

#include "document.h"
#include "html_sanitize.h"
#include "html_write.h"
#include "strbuf.h"
#include "typography.h"

struct language_scope {
	const struct node *node;	/* a div with a lang of its own */
	const struct typography_rules *outside;
};

struct html_writer {
	struct strbuf *out;
	const struct html_options *options;
	struct error *err;
	int rc;			/* what a callback returned; < 0 ends it all */
	const struct node *until;
	struct html_trace *trace; /* NULL: none, or not of this */

	struct html_sanitizer raw;
	struct typography typography;
	const struct typography_rules *rules;
	struct language_scope *scopes;
	size_t scope_count, scope_capacity;
	struct strbuf scratch;

	const struct node *link;	/* that is open as an <a> */
	bool in_verse;			/* in a div made for line blocks */
	const struct node *back_at;	/* paragraph that `back` ends */
	const char *back;
	unsigned plain_images;		/* HTML_PLAIN: depth of <img> */

	const struct node *cut;		/* of a redline: that is open */
	struct typography before_cut;
	uint32_t change;		/* the last that was begun */
};

/* html_redline.c */

/** "added", "cut moved", …, or NULL. */
const char *html_mark_class(const struct node *node);

/** Around the words of a block or mark that is in one text alone. */
void html_open_mark(struct html_writer *w, const struct node *node);
void html_close_mark(struct html_writer *w, const struct node *node);

/** Is only its start and end shown, and all of it when it is asked for? A
 * paragraph that has moved away. */
bool html_is_folded(const struct html_writer *w, const struct node *node);
void html_open_fold(struct html_writer *w, const struct node *node);
void html_close_fold(struct html_writer *w);

/** Say which change begins with this block. */
void html_begin_change(struct html_writer *w, const struct node *node);

/** HTML that the author wrote; the lines of a code block; HTML that was cut,
 * as it was written. */
void html_add_html_block(struct html_writer *w, const struct node *node);
void html_add_code_lines(struct html_writer *w, const struct node *code);
void html_add_cut_html(struct html_writer *w, const struct node *node);

/* html_blocks.c */

/** Append the start tag of a block, with its attributes and `class`. */
void html_open_block(struct html_writer *w, const char *element,
		     const struct node *node, const char *class);

/** Append the label of a block, and what a redline says of it. */
void html_add_label(struct html_writer *w, const struct node *node);

/** Words follow of which no others stand before them. */
void html_start_typography(struct html_writer *w);

/** Append "<code", from left to right whatever is around it. */
void html_open_code(struct html_writer *w);

/**
 * The words of `leaf` begin and end: html_trace.h, if there is one, says where
 * they come from. `own_tag`: a start tag of its own ends the output.
 */
void html_begin_leaf(struct html_writer *w, const struct node *leaf,
		     bool own_tag);
void html_end_leaf(struct html_writer *w);

/** An inline of it is shown as `printed`, before it is escaped. */
void html_shown(struct html_writer *w, const struct node *node,
		struct slice printed);

/* html_paragraphs.c */

/** In an item of a list without blank lines, where it has no <p>. */
bool html_is_tight(const struct node *paragraph);

/** Is the node in a div of the class "verse", or a line block? */
bool html_is_verse(const struct node *block);

void html_enter_paragraph(struct html_writer *w, const struct node *node);
void html_leave_paragraph(struct html_writer *w, const struct node *node);
void html_enter_item(struct html_writer *w, const struct node *node);
void html_enter_stanza(struct html_writer *w, const struct node *node);
void html_leave_stanza(struct html_writer *w, const struct node *node);
void html_enter_line(struct html_writer *w, const struct node *node);
void html_leave_line(struct html_writer *w, const struct node *node);

/* html_words.c */
void html_add_text(struct html_writer *w, const struct node *node);
void html_add_soft_break(struct html_writer *w, const struct node *node);
void html_add_line_break(struct html_writer *w, const struct node *node);

/** Words that follow have `codepoint` before them, printed by others. */
void html_skip(struct html_writer *w, unsigned codepoint);

/** A node begins: true when what it holds is to be written, and its end. */
typedef bool html_enter(struct html_writer *w, const struct node *node);
typedef void html_leave(struct html_writer *w, const struct node *node);

html_enter html_enter_plain, html_enter_block, html_enter_inline;
html_leave html_leave_plain, html_leave_block, html_leave_inline;

/* html_attributes.c */

/** Append the attributes of a node, from its id to its lang; `class`, which
 * may be NULL, comes before its own classes. */
void html_add_attributes(struct html_writer *w, const struct node *node,
			 const char *class);

/** Append an address, as ` href="..."`; false, and nothing, when it is dead. */
bool html_add_address(struct html_writer *w, const char *attribute,
		      struct slice url, bool image);

/** Append the title of a link or picture, if it has one. */
void html_add_title(struct html_writer *w, struct slice title);

#endif
