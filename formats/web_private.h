/* SPDX-License-Identifier: MIT */
/* What a page and a site share: chapters, contents, the frame around them. */
#ifndef WEB_PRIVATE_H
#define WEB_PRIVATE_H

#include <stdbool.h>

#include "arena.h"
#include "book.h"
#include "changed_since.h"
#include "html_trace.h"
#include "html_write.h"
#include "strbuf.h"

struct web_note {
	size_t chapter;		/* where it stands */
	const char *id;
};

/** A section's heading, for the contents of a site. */
struct web_heading {
	size_t chapter;
	const char *id, *title;
};

struct web {
	struct book *book;
	const struct manuscript *ms;
	bool single;		/* one page for all */
	bool vertical;		/* lines run down */
	struct strbuf language;	/* BCP 47 */
	struct html_options html;
	struct strbuf out;	/* what is in work: a page, or a part of one */
	struct strbuf upright;	/* the same as it is written, if vertical */
	const struct book_chapter *chapter;
	const struct book_section *section;
	struct web_note *notes;	/* of all chapters read, by their numbers */
	size_t note_count, note_capacity;
	struct web_heading *headings;
	size_t heading_count, heading_capacity;
	struct arena arena;	/* ids and titles of these two */
	struct changed_since *changed;
	bool suggests;		/* web_source.c: readers can suggest words */
	struct html_trace trace;
	size_t *chunk_numbers;	/* in the page, of the chapter's sections;
				 * SIZE_MAX: its source is not told */
	size_t chunk_count;	/* of those of the page in work */
	struct strbuf mail;	/* of one about a label: html_options.mail */

	/**
	 * Append the address of a picture (of another file) of the
	 * manuscript; append nothing when the draft can't have it.
	 */
	int (*picture)(struct web *web, struct strbuf *out, const char *path,
		       struct error *err);
	int (*file)(struct web *web, struct strbuf *out, const char *path,
		    struct error *err); /* NULL: never */
	struct strbuf bytes;	/* of the picture in work */
	struct tree *pictures;	/* where they are: the draft's files, or those
				 * of the draft before it */
	void *data;
};

void web_init(struct web *web, struct book *book);
void web_release(struct web *web);

/** Read chapter `index` and remember where its notes stand. */
int web_read_chapter(struct web *web, size_t index, struct error *err);

/** Has the chapter a place of its own (a file, a section)? */
bool web_has_page(const struct web *web, size_t index);

/** The next chapter after `index` that has, or the last before; or SIZE_MAX.
 * web_next(web, SIZE_MAX) is the first. */
size_t web_next(const struct web *web, size_t index);
size_t web_previous(const struct web *web, size_t index);

/** What is in `out`, as it is written: with short numbers upright. */
struct slice web_finished(struct web *web);

/** Append the start of a page up to where its style and scripts go. `title`
 * and `label` ("" for none) are the chapter's, NULL for the book's. */
void web_begin(struct web *web, const char *label, const char *title,
	       const char *policy);

/** Append the end of the head, and the bar on top of the page. */
void web_begin_body(struct web *web, const char *contents);

/** Append the chapter that was read, its notes and how to comment on it. */
int web_add_chapter(struct web *web, struct error *err);

void web_add_title_page(struct web *web);
void web_add_contents(struct web *web);
void web_add_about(struct web *web);

/** Append a link with rel="next" or "prev" for the foot of a page. */
void web_add_neighbour(struct web *web, size_t index, bool next);

/** Append the chapter's words as an item of the search index. */
void web_add_index(struct strbuf *out, const struct web *web);

/** The bytes of draft.css, and of all scripts together. */
extern const struct slice web_style, web_script;

/** Append the attributes with the words that the scripts say. */
void web_add_words(struct strbuf *out, const char *language);

/** Append draft.html: the tools, windows and forms of the scripts. */
void web_add_template(struct strbuf *out, const char *language);

/* ---- web_links.c: where links, pictures and notes lead ------------------- */

/** Have the links of what is written lead there. */
void web_init_links(struct web *web);

/** Append the address of a chapter: "#ch-fog", "fog.html". */
void web_add_href(struct strbuf *out, const struct web *web, size_t index);

/** Append the address of a place in a chapter, from the one in work. `id`
 * NULL: its start. */
void web_add_place(struct strbuf *out, const struct web *web, size_t chapter,
		   const char *id);

/** As html_options.image, for a file of web->pictures. */
int web_add_image(struct strbuf *out, struct web *web, struct book *book,
		  struct slice url, struct error *err);

/* ---- web_changes.c: what is new for those who read an earlier round ----- */

/** Compare with the earlier rounds: before anything is written. */
int web_open_changes(struct web *web, struct error *err);

/** Append which book and round it is, and those before, as attributes of
 * <html>. */
void web_add_rounds(struct web *web);

/** Append what the script must know of a chapter, attributes in the contents;
 * and what is said of it there: new since the round before. */
void web_add_entry_rounds(struct web *web, size_t index);
void web_add_entry_changes(struct web *web, size_t index);

/** Append since when, below the heading of the contents. */
void web_add_changes_note(struct web *web);

/** Append a line of script that lists the chapters, for all pages of a site. */
void web_add_changes_list(struct web *web);

/* ---- web_redline.c: what changed since a draft before it ----------------- */

/** The bytes of redline.css. */
extern const struct slice web_redline_style;

/** Have marks of a redline, if the book is one. */
void web_init_redline(struct web *web);

/* ---- web_source.c: what suggestions are made from ----------------------- */

/** Is this a draft that readers can suggest words for? */
void web_init_source(struct web *web);

/** Append what the scripts must know of the draft, attributes of <html>. */
void web_add_review(struct web *web);

/** Number the sections of the chapter that was read. */
void web_number_sources(struct web *web);

/** The words that follow are of this section. */
void web_trace_section(struct web *web, const struct book_section *section);

/** Append the Markdown of the chapter's sections, outside of its text. */
void web_add_sources(struct web *web);

/** Append a string of JSON, which may stand in a <script>. */
void web_add_json(struct strbuf *out, struct slice text);

#endif
