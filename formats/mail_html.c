/* SPDX-License-Identifier: MIT */
/*
 * No tree is built: a mail program's HTML is lines of text, and all that
 * matters is which elements end a line, and which are quotes. Elements that
 * are not ended are ended by what is around them.
 */
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "error.h"
#include "html_tag.h"
#include "mail_html.h"
#include "mail_html_private.h"
#include "strbuf.h"

#define HTML_LIMIT ((size_t)8 << 20)

enum { DEPTH_LIMIT = 256, QUOTE_LIMIT = 20 };

/* What an element does. */
enum {
	BLOCK = 1,		/* its lines are its own */
	PARAGRAPH = 2,		/* blank lines around it */
	PRE = 4,
	DROPPED = 8,		/* with all that it holds */
	VOID = 16,		/* has no end tag */
	QUOTE = 32,
	CELL = 64,
	ITEM = 128
};

static const struct element {	/* by name, for a binary search */
	const char *name;
	unsigned what;
} elements[] = {
	{ "address", BLOCK },
	{ "article", BLOCK },
	{ "blockquote", BLOCK | QUOTE },
	{ "body", BLOCK },
	{ "center", BLOCK },
	{ "dd", BLOCK },
	{ "div", BLOCK },
	{ "dl", BLOCK | PARAGRAPH },
	{ "dt", BLOCK },
	{ "footer", BLOCK },
	{ "form", BLOCK },
	{ "h1", BLOCK | PARAGRAPH },
	{ "h2", BLOCK | PARAGRAPH },
	{ "h3", BLOCK | PARAGRAPH },
	{ "h4", BLOCK | PARAGRAPH },
	{ "h5", BLOCK | PARAGRAPH },
	{ "h6", BLOCK | PARAGRAPH },
	{ "head", DROPPED },
	{ "header", BLOCK },
	{ "hr", BLOCK | VOID },
	{ "li", BLOCK | ITEM },
	{ "main", BLOCK },
	{ "ol", BLOCK | PARAGRAPH },
	{ "p", BLOCK | PARAGRAPH },
	{ "pre", BLOCK | PARAGRAPH | PRE },
	{ "script", DROPPED },
	{ "section", BLOCK },
	{ "select", DROPPED },
	{ "span", 0 },		/* for its style */
	{ "style", DROPPED },
	{ "svg", DROPPED },
	{ "table", BLOCK },
	{ "tbody", BLOCK },
	{ "td", CELL },
	{ "template", DROPPED },
	{ "th", CELL },
	{ "title", DROPPED },
	{ "tr", BLOCK },
	{ "ul", BLOCK | PARAGRAPH }
};

/* An element that is open. */
struct level {
	const struct element *element;
	unsigned what;
	unsigned below;		/* quotes that began in it, as Outlook's do */
};

struct converter {
	struct strbuf *out;
	struct strbuf text;	/* a run of it, references resolved */
	struct level levels[DEPTH_LIMIT];
	size_t depth;
	unsigned quote, pre, dropped;	/* how many of them are open */
	unsigned last_quote;	/* of the line before */
	bool in_line;		/* this line has something in it */
	bool blank_wanted;	/* before the next line, unless there is one */
	bool space;		/* before the next word */
};

/* ---- lines ------------------------------------------------------------ */

static void add_prefix(struct converter *c, unsigned quote, bool blank)
{
	for (unsigned i = 0; i < quote && i < QUOTE_LIMIT; i++)
		strbuf_addch(c->out, '>');
	if (quote && !blank)
		strbuf_addch(c->out, ' ');
}

static void add_blank_line(struct converter *c)
{
	add_prefix(c, c->quote < c->last_quote ? c->quote : c->last_quote,
		   true);
	strbuf_addch(c->out, '\n');
}

static void begin_line(struct converter *c)
{
	if (c->in_line)
		return;
	if (c->blank_wanted && c->out->len)
		add_blank_line(c);
	c->blank_wanted = c->space = false;
	add_prefix(c, c->quote, false);
	c->in_line = true;
	c->last_quote = c->quote;
}

/* The line's end, without blanks before it: a line of NBSPs is empty. */
static void end_line(struct converter *c)
{
	if (!c->in_line)
		return;
	while (c->out->len && c->out->buf[c->out->len - 1] == ' ')
		strbuf_truncate(c->out, c->out->len - 1);
	strbuf_addch(c->out, '\n');
	c->in_line = c->space = false;
}

static void line_break(struct converter *c)
{
	begin_line(c);
	end_line(c);
}

/* ---- text ------------------------------------------------------------- */

static void add_preformatted(struct converter *c, struct slice s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '\r')
			continue;
		begin_line(c);
		if (s.ptr[i] == '\n')
			end_line(c);
		else
			strbuf_addch(c->out, s.ptr[i]);
	}
}

static bool is_nbsp(struct slice s, size_t i)
{
	return s.ptr[i] == '\xC2' && i + 1 < s.len && s.ptr[i + 1] == '\xA0';
}

/* U+FEFF, which Apple's program puts before a quote: nothing to be seen. */
static bool is_mark(struct slice s, size_t i)
{
	return s.ptr[i] == '\xEF' && i + 2 < s.len &&
	       s.ptr[i + 1] == '\xBB' && s.ptr[i + 2] == '\xBF';
}

static void add_words(struct converter *c, struct slice s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (html_is_space(s.ptr[i])) {
			c->space = c->in_line;
			continue;
		}
		if (is_mark(s, i)) {
			i += 2;
			continue;
		}
		begin_line(c);
		if (c->space)
			strbuf_addch(c->out, ' ');
		c->space = false;
		if (is_nbsp(s, i)) {
			strbuf_addch(c->out, ' ');
			i++;
		} else {
			strbuf_addch(c->out, s.ptr[i]);
		}
	}
}

static void add_text(struct converter *c, struct slice s)
{
	if (!s.len || c->dropped)
		return;
	strbuf_truncate(&c->text, 0);
	html_resolve_references(&c->text, s);
	if (c->pre)
		add_preformatted(c, strbuf_slice(&c->text));
	else
		add_words(c, strbuf_slice(&c->text));
}

/* ---- elements --------------------------------------------------------- */

static unsigned effect(const struct element *e, const struct html_tag *tag)
{
	unsigned what = e->what;

	if (what & VOID || !tag->count)
		return what;
	if (what & PARAGRAPH && mail_html_has_no_margin(tag))
		what &= ~(unsigned)PARAGRAPH;
	if (what & QUOTE && mail_html_is_indent(tag))
		what &= ~(unsigned)QUOTE;
	if (mail_html_is_quote_box(tag))
		what |= QUOTE;
	if (mail_html_is_hidden(tag))
		what |= DROPPED;
	if (mail_html_is_pre(tag))
		what |= PRE;
	return what;
}

static const struct element *find_element(struct slice name)
{
	size_t low = 0, high = sizeof(elements) / sizeof(elements[0]);

	while (low < high) {
		size_t middle = (low + high) / 2;
		int d = html_name_compare(name, elements[middle].name);

		if (!d)
			return &elements[middle];
		if (d < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

static void leave(struct converter *c)
{
	struct level *level = &c->levels[--c->depth];

	if (level->what & BLOCK)
		end_line(c);
	if (level->what & (PARAGRAPH | QUOTE))
		c->blank_wanted = true;
	c->quote -= (level->what & QUOTE ? 1 : 0) + level->below;
	c->pre -= level->what & PRE ? 1 : 0;
	c->dropped -= level->what & DROPPED ? 1 : 0;
}

/* These are ended by the next of their kind, or by a block. */
static bool ends_before(const struct element *open, const struct element *next)
{
	if (!strcmp(open->name, "p"))
		return next->what & BLOCK;
	if (!strcmp(open->name, "head"))
		return next->what && !(next->what & DROPPED);
	return open == next && (next->what & (ITEM | CELL));
}

static void count_quote_below(struct converter *c)
{
	size_t i = c->depth;

	/* It lasts to the end of the quote that it stands in, if any. */
	while (i && !(c->levels[i - 1].what & QUOTE))
		i--;
	if (i)
		c->levels[i - 1].below++;
	c->quote++;
}

static int enter(struct converter *c, const struct element *e,
		 const struct html_tag *tag, struct error *err)
{
	unsigned what = effect(e, tag);

	while (c->depth && ends_before(c->levels[c->depth - 1].element, e))
		leave(c);
	if (c->depth == DEPTH_LIMIT)
		return error_set(err, ERROR_LIMIT,
				 "the HTML of a mail is nested too deep");
	if (what & BLOCK)
		end_line(c);
	if (what & PARAGRAPH)
		c->blank_wanted = true;
	if (what & CELL)
		c->space = c->in_line;
	if (what & VOID)
		return 0;
	if (what & BLOCK && mail_html_is_quote_below(tag) && !c->dropped)
		count_quote_below(c);
	c->levels[c->depth++] = (struct level){ e, what, 0 };
	c->quote += what & QUOTE ? 1 : 0;
	c->pre += what & PRE ? 1 : 0;
	c->dropped += what & DROPPED ? 1 : 0;
	if (what & ITEM)
		add_text(c, SLICE("- "));
	return 0;
}

/* End the innermost element of that name, and those in it; a cell or a table
 * is not ended by what began outside of it. */
static void close_element(struct converter *c, const struct element *e)
{
	size_t i = c->depth;

	while (i && c->levels[i - 1].element != e) {
		i--;
		if (c->levels[i].element->what & CELL && !(e->what & BLOCK))
			return;
	}
	if (!i)
		return;
	while (c->depth >= i)
		leave(c);
}

static int on_tag(struct converter *c, const struct html_tag *tag,
		  struct error *err)
{
	const struct element *e;

	if (!html_name_compare(tag->name, "br")) {
		if (!c->dropped)
			line_break(c);
		return 0;
	}
	e = find_element(tag->name);
	if (!e)
		return 0;
	if (tag->closing) {
		close_element(c, e);
		return 0;
	}
	return enter(c, e, tag, err);
}

/* To the end tag of the style or script that `tag` began. */
static void skip_raw(struct slice *html, const struct html_tag *tag)
{
	while (html->len) {
		*html = slice_sub(*html, slice_find(*html, '<'), html->len);
		if (html->len > tag->name.len + 2 && html->ptr[1] == '/' &&
		    !strncasecmp(html->ptr + 2, tag->name.ptr, tag->name.len))
			return;
		*html = slice_sub(*html, 1, html->len);
	}
}

static bool is_raw(const struct html_tag *tag)
{
	return !tag->closing && (!html_name_compare(tag->name, "style") ||
				 !html_name_compare(tag->name, "script"));
}

int mail_html_text(struct strbuf *out, struct slice html, struct error *err)
{
	struct converter c = { .out = out, .text = STRBUF_INIT };
	struct html_pieces pieces =
		HTML_PIECES_INIT(slice_sub(html, 0, HTML_LIMIT));
	int rc = 0;

	while (rc >= 0 && html_next_piece(&pieces)) {
		add_text(&c, pieces.text);
		if (!pieces.tag.name.len)
			continue;
		rc = on_tag(&c, &pieces.tag, err);
		if (is_raw(&pieces.tag))
			skip_raw(&pieces.rest, &pieces.tag);
	}
	end_line(&c);
	strbuf_release(&c.text);
	if (rc >= 0 && html.len > HTML_LIMIT)
		rc = error_set(err, ERROR_LIMIT,
			       "the HTML of a mail is larger than 8 MiB");
	return rc;
}
