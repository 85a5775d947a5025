/* SPDX-License-Identifier: MIT */
/*
 * HTML Living Standard, 13.1 (the syntax) and 3.2.5 (content models), as far
 * as the allow-list goes.
 */
#include <stdint.h>
#include <string.h>

#include "html_escape.h"
#include "html_sanitize.h"
#include "html_tag.h"
#include "strbuf.h"
#include "utf8.h"

/* What an element is, and what it may hold. */
enum {
	PHRASING = 1 << 0, FLOW = 1 << 1, ITEM = 1 << 2, TERM = 1 << 3,
	GROUP = 1 << 4, ROW = 1 << 5, CELL = 1 << 6, CAPTION = 1 << 7,
	SUMMARY = 1 << 8, RUBY_TEXT = 1 << 9, LEGEND = 1 << 10,
	IN_FLOW = PHRASING | FLOW,
	NOTHING = 0
};

/* Attributes beyond class, lang, dir and title, and other peculiarities. */
enum {
	VOID = 1 << 0, HREF = 1 << 1, IMAGE = 1 << 2, SPANS = 1 << 3,
	START = 1 << 4, DATETIME = 1 << 5, NEEDS_DATETIME = 1 << 6,
	NEEDS_DIR = 1 << 7, OPEN = 1 << 8, HEADING = 1 << 9, ONCE = 1 << 10,
	CENTERED = 1 << 11, SCOPE = 1 << 12
};

struct element {
	const char *name;	/* as the author writes it */
	const char *as;		/* as we do */
	uint16_t is, holds, more;
};

enum { CHILD_SEEN = 1, BODY_SEEN = 2 };

/* By name, for a binary search. */
static const struct element elements[] = {
	{ "a", "a", PHRASING, PHRASING, HREF },
	{ "abbr", "abbr", PHRASING, PHRASING, 0 },
	{ "acronym", "abbr", PHRASING, PHRASING, 0 },
	{ "aside", "div", FLOW, IN_FLOW, 0 },
	{ "b", "b", PHRASING, PHRASING, 0 },
	{ "bdi", "bdi", PHRASING, PHRASING, 0 },
	{ "bdo", "bdo", PHRASING, PHRASING, NEEDS_DIR },
	{ "blockquote", "blockquote", FLOW, IN_FLOW, 0 },
	{ "br", "br", PHRASING, NOTHING, VOID },
	{ "caption", "caption", CAPTION, PHRASING, ONCE },
	{ "center", "div", FLOW, IN_FLOW, CENTERED },
	{ "cite", "cite", PHRASING, PHRASING, 0 },
	{ "code", "code", PHRASING, PHRASING, 0 },
	{ "dd", "dd", TERM, IN_FLOW, 0 },
	{ "del", "del", PHRASING, PHRASING, DATETIME },
	{ "details", "details", FLOW, IN_FLOW | SUMMARY, OPEN },
	{ "dfn", "dfn", PHRASING, PHRASING, 0 },
	{ "div", "div", FLOW, IN_FLOW, 0 },
	{ "dl", "dl", FLOW, TERM, 0 },
	{ "dt", "dt", TERM, PHRASING, 0 },
	{ "em", "em", PHRASING, PHRASING, 0 },
	{ "figcaption", "figcaption", LEGEND, IN_FLOW, ONCE },
	{ "figure", "figure", FLOW, IN_FLOW | LEGEND, 0 },
	{ "h1", "h1", FLOW, PHRASING, HEADING },
	{ "h2", "h2", FLOW, PHRASING, HEADING },
	{ "h3", "h3", FLOW, PHRASING, HEADING },
	{ "h4", "h4", FLOW, PHRASING, HEADING },
	{ "h5", "h5", FLOW, PHRASING, HEADING },
	{ "h6", "h6", FLOW, PHRASING, HEADING },
	{ "hr", "hr", FLOW, NOTHING, VOID },
	{ "i", "i", PHRASING, PHRASING, 0 },
	{ "img", "img", PHRASING, NOTHING, VOID | IMAGE },
	{ "ins", "ins", PHRASING, PHRASING, DATETIME },
	{ "kbd", "kbd", PHRASING, PHRASING, 0 },
	{ "li", "li", ITEM, IN_FLOW, 0 },
	{ "mark", "mark", PHRASING, PHRASING, 0 },
	{ "ol", "ol", FLOW, ITEM, START },
	{ "p", "p", FLOW, PHRASING, 0 },
	{ "pre", "pre", FLOW, PHRASING, 0 },
	{ "q", "q", PHRASING, PHRASING, 0 },
	{ "rb", "span", PHRASING, PHRASING, 0 },
	{ "rp", "rp", RUBY_TEXT, PHRASING, 0 },
	{ "rt", "rt", RUBY_TEXT, PHRASING, 0 },
	{ "ruby", "ruby", PHRASING, PHRASING | RUBY_TEXT, 0 },
	{ "s", "s", PHRASING, PHRASING, 0 },
	{ "samp", "samp", PHRASING, PHRASING, 0 },
	{ "section", "div", FLOW, IN_FLOW, 0 },
	{ "small", "small", PHRASING, PHRASING, 0 },
	{ "span", "span", PHRASING, PHRASING, 0 },
	{ "strike", "s", PHRASING, PHRASING, 0 },
	{ "strong", "strong", PHRASING, PHRASING, 0 },
	{ "sub", "sub", PHRASING, PHRASING, 0 },
	{ "summary", "summary", SUMMARY, PHRASING, ONCE },
	{ "sup", "sup", PHRASING, PHRASING, 0 },
	{ "table", "table", FLOW, GROUP | CAPTION, 0 },
	{ "tbody", "tbody", GROUP, ROW, 0 },
	{ "td", "td", CELL, IN_FLOW, SPANS },
	{ "tfoot", "tfoot", GROUP, ROW, 0 },
	{ "th", "th", CELL, IN_FLOW, SPANS | SCOPE },
	{ "thead", "thead", GROUP, ROW, 0 },
	{ "time", "time", PHRASING, PHRASING, DATETIME | NEEDS_DATETIME },
	{ "tr", "tr", ROW, CELL, 0 },
	{ "tt", "code", PHRASING, PHRASING, 0 },
	{ "u", "u", PHRASING, PHRASING, 0 },
	{ "ul", "ul", FLOW, ITEM, 0 },
	{ "var", "var", PHRASING, PHRASING, 0 },
	{ "wbr", "wbr", PHRASING, NOTHING, VOID },
};
#define ELEMENT_COUNT (sizeof(elements) / sizeof(elements[0]))

/* Those that go with all they hold. */
static const char *const dropped[] = {
	"applet", "audio", "canvas", "embed", "form", "frameset", "head",
	"iframe", "math", "noembed", "noframes", "noscript", "object",
	"script", "select", "style", "svg", "template", "textarea", "title",
	"video", "xmp"
};
#define DROPPED_COUNT (sizeof(dropped) / sizeof(dropped[0]))

static const struct element *find_element(struct slice name)
{
	size_t low = 0, high = ELEMENT_COUNT;

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

/* Its index and one more, or 0. */
static unsigned char find_dropped(struct slice name)
{
	for (size_t i = 0; i < DROPPED_COUNT; i++)
		if (!html_name_compare(name, dropped[i]))
			return (unsigned char)(i + 1);
	return 0;
}

static void escape_again(struct strbuf *out, struct slice text)
{
	struct strbuf plain = STRBUF_INIT;

	if (slice_find(text, '&') == text.len) {
		html_escape(out, text);
		return;
	}
	html_resolve_references(&plain, text);
	html_escape(out, strbuf_slice(&plain));
	strbuf_release(&plain);
}

/* ---- attributes ------------------------------------------------------- */

static void add_attribute(struct strbuf *out, const char *name,
			  struct slice value)
{
	strbuf_addch(out, ' ');
	strbuf_adds(out, name);
	strbuf_adds(out, "=\"");
	escape_again(out, value);
	strbuf_addch(out, '"');
}

/* BCP 47, roughly: "el", "zh-Hant-TW", "grc-x-attic". */
static bool is_language(struct slice value)
{
	size_t part = 0;

	if (value.len < 2 || value.len > 35)
		return false;
	for (size_t i = 0; i < value.len; i++) {
		char c = value.ptr[i];

		if (c == '-') {
			if (!part)
				return false;
			part = 0;
		} else if (!html_is_letter(c) && (!html_is_digit(c) || i < 2)) {
			return false;
		} else if (++part > 8) {
			return false;
		}
	}
	return part > 0 && value.ptr[1] != '-';
}

static bool is_direction(struct slice value)
{
	return !html_name_compare(value, "ltr") ||
	       !html_name_compare(value, "rtl");
}

static bool is_number(struct slice value, size_t digits, bool negative)
{
	if (negative && value.len && value.ptr[0] == '-')
		value = slice_sub(value, 1, value.len);
	if (!value.len || value.len > digits)
		return false;
	for (size_t i = 0; i < value.len; i++)
		if (!html_is_digit(value.ptr[i]))
			return false;
	return true;
}

/* A date: "1851", "1851-10", "1851-10-18". */
static bool is_date(struct slice value)
{
	static const char form[] = "dddd-dd-dd";

	if (value.len != 4 && value.len != 7 && value.len != 10)
		return false;
	for (size_t i = 0; i < value.len; i++)
		if (form[i] == 'd' ? !html_is_digit(value.ptr[i]) :
				     value.ptr[i] != form[i])
			return false;
	if (value.len >= 7 && (value.ptr[5] > '1' || value.ptr[5] < '0' ||
			       !memcmp(value.ptr + 5, "00", 2) ||
			       (value.ptr[5] == '1' && value.ptr[6] > '2')))
		return false;
	/* the 29th to 31st are not in every month */
	return memcmp(value.ptr, "0000", 4) &&
	       (value.len < 10 ||
		(value.ptr[8] < '3' && memcmp(value.ptr + 8, "00", 2) &&
		 memcmp(value.ptr + 8, "29", 2)));
}

static void add_class(struct strbuf *out, const struct html_tag *tag,
		      bool centered)
{
	struct slice value = { NULL, 0 };
	bool given = html_tag_attribute(&value, tag, "class") &&
		     !slice_is_blank(value);

	if (!given && !centered)
		return;
	strbuf_adds(out, " class=\"");
	if (centered)
		strbuf_adds(out, given ? "center " : "center");
	escape_again(out, slice_trim(value));
	strbuf_addch(out, '"');
}

static void add_common(struct strbuf *out, const struct html_sanitizer *s,
		       const struct element *e, const struct html_tag *tag)
{
	struct slice value;

	add_class(out, tag, e->more & CENTERED);
	if (html_tag_attribute(&value, tag, "lang") && is_language(value)) {
		add_attribute(out, "lang", value);
		if (s->xml_lang)
			add_attribute(out, "xml:lang", value);
	}
	if (html_tag_attribute(&value, tag, "dir") && is_direction(value)) {
		bool left = html_lower(value.ptr[0]) == 'l';

		strbuf_adds(out, left ? " dir=\"ltr\"" : " dir=\"rtl\"");
	}
	if (html_tag_attribute(&value, tag, "title"))
		add_attribute(out, "title", value);
}

static void add_span(struct strbuf *out, const struct html_tag *tag,
		     const char *name)
{
	struct slice value;

	if (html_tag_attribute(&value, tag, name) &&
	    is_number(value, 2, false) &&
	    !slice_eq_str(value, "0") && !slice_eq_str(value, "00"))
		add_attribute(out, name, value);
}

static void add_scope(struct strbuf *out, const struct html_tag *tag)
{
	struct slice value;

	if (html_tag_attribute(&value, tag, "scope") &&
	    (slice_eq_str(value, "row") || slice_eq_str(value, "col")))
		add_attribute(out, "scope", value);
}

static void add_own(struct strbuf *out, const struct element *e,
		    const struct html_tag *tag)
{
	struct slice value;

	if (e->more & SPANS) {
		add_span(out, tag, "colspan");
		add_span(out, tag, "rowspan");
	}
	if (e->more & SCOPE)
		add_scope(out, tag);
	if (e->more & START && html_tag_attribute(&value, tag, "start") &&
	    is_number(value, 9, true))
		add_attribute(out, "start", value);
	if (e->more & DATETIME && html_tag_attribute(&value, tag, "datetime") &&
	    is_date(value))
		add_attribute(out, "datetime", value);
	if (e->more & OPEN && html_tag_attribute(&value, tag, "open"))
		strbuf_adds(out, " open=\"open\"");
}

/* Ask the caller for an address. Appends nothing and returns 0 when it is
 * dead. */
static int add_address(struct strbuf *out, const struct html_sanitizer *s,
		       const struct html_tag *tag, bool image,
		       struct error *err)
{
	struct strbuf url = STRBUF_INIT;
	struct slice value;
	size_t start = out->len, before;
	int rc = 0;

	if (!html_tag_attribute(&value, tag, image ? "src" : "href") ||
	    !(image ? s->image : s->link))
		return 0;
	html_resolve_references(&url, slice_trim(value));
	strbuf_adds(out, image ? " src=\"" : " href=\"");
	before = out->len;
	rc = (image ? s->image : s->link)(out, strbuf_slice(&url), s->data,
					  err);
	if (rc < 0 || out->len == before)
		strbuf_truncate(out, start);
	else
		strbuf_addch(out, '"');
	strbuf_release(&url);
	return rc;
}

static void add_picture(struct strbuf *out, const struct html_tag *tag)
{
	struct slice value = { "", 0 };

	html_tag_attribute(&value, tag, "alt");
	add_attribute(out, "alt", value);
	if (html_tag_attribute(&value, tag, "width") &&
	    is_number(value, 4, false))
		add_attribute(out, "width", value);
	if (html_tag_attribute(&value, tag, "height") &&
	    is_number(value, 4, false))
		add_attribute(out, "height", value);
}

/* ---- what is open ----------------------------------------------------- */

static const struct element *top(const struct html_sanitizer *s)
{
	return &elements[s->open[s->count - 1].element];
}

static bool any_open(const struct html_sanitizer *s, const void *container)
{
	return s->count && s->open[s->count - 1].container == container;
}

static void add_name(struct strbuf *out, const struct html_sanitizer *s,
		     const struct element *e)
{
	int level;

	if (!(e->more & HEADING)) {
		strbuf_adds(out, e->as);
		return;
	}
	level = e->as[1] - '0' + s->shift;
	level = level < 1 ? 1 : level > 6 ? 6 : level;
	strbuf_addch(out, 'h');
	strbuf_addch(out, (char)('0' + level));
}

/* What can be folded away has a summary, before all else. */
static void complete_details(struct strbuf *out, struct html_sanitizer *s)
{
	if (!(top(s)->holds & SUMMARY) || s->open[s->count - 1].seen)
		return;
	strbuf_adds(out, "<summary>\u2026</summary>");
	s->open[s->count - 1].seen = CHILD_SEEN;
}

static void pop(struct strbuf *out, struct html_sanitizer *s)
{
	complete_details(out, s);
	strbuf_adds(out, "</");
	add_name(out, s, top(s));
	strbuf_addch(out, '>');
	s->count--;
}

static void push(struct html_sanitizer *s, const struct element *e,
		 const void *container)
{
	s->open[s->count].container = container;
	s->open[s->count].element = (unsigned char)(e - elements);
	s->open[s->count].seen = 0;
	s->count++;
}

/* What stands between a list and its words, and so on; NULL: nothing does. */
static const char *implied(unsigned holds)
{
	if (holds & IN_FLOW)
		return NULL;
	return holds & ITEM ? "li" :
	       holds & TERM ? "dd" :
	       holds & GROUP ? "tbody" :
	       holds & ROW ? "tr" :
	       holds & CELL ? "td" : NULL;
}

/* Is what is wanted of a kind that may stand below one of kind `is`? */
static bool below(unsigned is, unsigned wanted)
{
	if (is & (ITEM | TERM | CELL))
		return wanted & IN_FLOW;
	if (is & ROW)
		return wanted & (IN_FLOW | CELL);
	return wanted & (IN_FLOW | CELL | ROW); /* GROUP */
}

/* Open the elements that must stand between the top and something of kind
 * `wanted`. True when it can stand there then. */
static bool descend(struct strbuf *out, struct html_sanitizer *s,
		    unsigned wanted, const void *container)
{
	while (!(top(s)->holds & wanted)) {
		const char *name = implied(top(s)->holds);
		const struct element *e;

		if (!name || s->count == HTML_SANITIZE_DEPTH)
			return false;
		e = find_element(slice_of(name));
		if (!below(e->is, wanted))
			return false;
		strbuf_addf(out, "<%s>", e->as);
		if (e->is & GROUP)
			s->open[s->count - 1].seen |= BODY_SEEN;
		push(s, e, container);
	}
	return true;
}

/* Could it stand in the `i`th open element, with what is implied between? */
static bool could_stand_in(const struct element *e, unsigned wanted)
{
	const char *name;

	if (e->holds & wanted)
		return true;
	name = implied(e->holds);
	return name && below(find_element(slice_of(name))->is, wanted);
}

/* Make the place one where something of kind `wanted` may stand, by closing
 * and opening elements of the container; false, and nothing done, when there
 * is no such place. `outside`: what the container holds. */
static bool make_room(struct strbuf *out, struct html_sanitizer *s,
		      unsigned wanted, unsigned outside, const void *container)
{
	size_t i = s->count;

	while (i > 0 && s->open[i - 1].container == container &&
	       !could_stand_in(&elements[s->open[i - 1].element], wanted))
		i--;
	if (i == 0 || s->open[i - 1].container != container) {
		if (!(outside & wanted))
			return false;
		while (any_open(s, container))
			pop(out, s);
		return true;
	}
	while (s->count > i)
		pop(out, s);
	if (!(wanted & SUMMARY))
		complete_details(out, s);
	return descend(out, s, wanted, container);
}

bool html_sanitize_in_link(const struct html_sanitizer *s)
{
	for (size_t i = s->count; i-- > 0;)
		if (elements[s->open[i].element].more & HREF)
			return true;
	return false;
}

void html_sanitize_leave(struct strbuf *out, struct html_sanitizer *s,
			 const void *container)
{
	while (any_open(s, container))
		pop(out, s);
	if (s->dropping == container)
		s->dropping = NULL;
}

void html_sanitize_before_block(struct strbuf *out, struct html_sanitizer *s,
				const void *container)
{
	if (any_open(s, container))
		make_room(out, s, FLOW, IN_FLOW, container);
}

/* ---- pieces ----------------------------------------------------------- */

/* A cell or a table's edge: closing tags do not reach over it. */
static bool is_fence(const struct element *e)
{
	return e->is & (CELL | CAPTION | LEGEND | SUMMARY);
}

static void close_tag(struct strbuf *out, struct html_sanitizer *s,
		      const struct element *e, const void *container)
{
	size_t i = s->count;

	while (i > 0 && s->open[i - 1].container == container) {
		const struct element *o = &elements[s->open[i - 1].element];

		if (o == e)
			break;
		if (e->is == PHRASING && o->is != PHRASING)
			return;
		if (is_fence(o) && !(e->is & (GROUP | ROW | CELL | ITEM)) &&
		    strcmp(e->name, "table") && strcmp(e->name, "figure") &&
		    strcmp(e->name, "details"))
			return;
		i--;
	}
	if (i == 0 || s->open[i - 1].container != container)
		return;
	while (s->count >= i)
		pop(out, s);
}

/* Children that a parent has once, or only in some order. */
static const struct element *in_order(struct html_sanitizer *s,
				      const struct element *e)
{
	unsigned char *seen = &s->open[s->count - 1].seen;

	if (e->more & ONCE) {
		/* a table's comes first */
		if (*seen)
			return NULL;
		*seen = CHILD_SEEN;
	} else if (!strcmp(e->name, "thead")) {
		if (*seen & BODY_SEEN)
			return find_element(SLICE("tbody"));
		*seen |= CHILD_SEEN | BODY_SEEN;
	} else if (e->is & GROUP) {
		*seen |= BODY_SEEN;
	}
	return e;
}

/* Is there all that the element can't do without? */
static bool is_complete(const struct element *e, const struct html_tag *tag)
{
	struct slice value;

	if (e->more & NEEDS_DATETIME)
		return html_tag_attribute(&value, tag, "datetime") &&
		       is_date(value);
	if (e->more & NEEDS_DIR)
		return html_tag_attribute(&value, tag, "dir") &&
		       is_direction(value);
	return true;
}

static int open_tag(struct strbuf *out, struct html_sanitizer *s,
		    const struct element *e, const struct html_tag *tag,
		    const void *container, unsigned outside, struct error *err)
{
	size_t start, name_end;
	struct slice alt;
	int rc;

	if (!is_complete(e, tag) ||
	    (e->more & HREF && html_sanitize_in_link(s)) ||
	    !make_room(out, s, e->is, outside, container) ||
	    s->count == HTML_SANITIZE_DEPTH)
		return 0;
	if (any_open(s, container)) {
		e = in_order(s, e);
		if (!e)
			return 0;
	}
	start = out->len;
	strbuf_addch(out, '<');
	add_name(out, s, e);
	name_end = out->len;
	if (e->more & (HREF | IMAGE)) {
		rc = add_address(out, s, tag, e->more & IMAGE, err);
		if (rc < 0)
			return rc;
		if (out->len == name_end) {
			strbuf_truncate(out, start);
			if (e->more & IMAGE &&
			    html_tag_attribute(&alt, tag, "alt"))
				escape_again(out, alt);
			return 0;
		}
	}
	if (e->more & IMAGE)
		add_picture(out, tag);
	add_common(out, s, e, tag);
	add_own(out, e, tag);
	strbuf_adds(out, e->more & VOID ? " />" : ">");
	if (!(e->more & VOID))
		push(s, e, container);
	return 0;
}

static void add_text(struct strbuf *out, struct html_sanitizer *s,
		     struct slice text, const void *container,
		     unsigned outside)
{
	if (!text.len)
		return;
	if (slice_is_blank(text)) {
		strbuf_add_slice(out, text);
		return;
	}
	if (any_open(s, container) &&
	    !make_room(out, s, PHRASING, outside, container))
		return;
	escape_again(out, text);
}

/* Past the end tag of the element that is dropped; `end` if it has none. */
static const char *skip_dropped(const char *p, const char *end,
				unsigned char which, bool *ended)
{
	struct slice name = slice_of(dropped[which - 1]);

	for (; p < end; p++) {
		p = memchr(p, '<', (size_t)(end - p));
		if (!p)
			break;
		if ((size_t)(end - p) > name.len + 2 && p[1] == '/' &&
		    !html_name_compare((struct slice){ p + 2, name.len },
				  name.ptr) &&
		    !html_is_letter(p[2 + name.len])) {
			const char *close =
				memchr(p, '>', (size_t)(end - p));

			*ended = true;
			return close ? close + 1 : end;
		}
	}
	*ended = false;
	return end;
}

static const char *on_tag(struct strbuf *out, struct html_sanitizer *s,
			  const struct html_tag *tag, const char *next,
			  const char *end, const void *container, bool block,
			  int *rc, struct error *err)
{
	unsigned outside = block ? IN_FLOW : PHRASING;
	const struct element *e = find_element(tag->name);
	bool ended;

	if (e && tag->closing) {
		close_tag(out, s, e, container);
	} else if (e) {
		*rc = open_tag(out, s, e, tag, container, outside, err);
	} else if (!tag->closing && find_dropped(tag->name) &&
		   next[-2] != '/') {
		s->dropped = find_dropped(tag->name);
		next = skip_dropped(next, end, s->dropped, &ended);
		if (!ended && !block)
			s->dropping = container;
	}
	return next;
}

int html_sanitize(struct strbuf *out, struct html_sanitizer *s,
		  struct slice html, const void *container, bool block,
		  struct error *err)
{
	const char *p = html.len ? html.ptr : "", *end = p + html.len;
	const char *run = p;
	unsigned outside = block ? IN_FLOW : PHRASING;
	int rc = 0, unended = 0;
	bool ended;

	if (s->dropping) {
		p = run = skip_dropped(p, end, s->dropped, &ended);
		if (ended)
			s->dropping = NULL;
	}
	while (rc >= 0 && unended < HTML_UNENDED_LIMIT && end - p >= 2) {
		const char *next;
		struct html_tag tag;
		bool is_tag;

		p = memchr(p, '<', (size_t)(end - p) - 1);
		if (!p)
			break;
		is_tag = html_is_letter(p[1]) ||
			 (p[1] == '/' && end - p > 2 && html_is_letter(p[2]));
		next = is_tag ? html_tag_read(&tag, p, end)
			      : html_skip_markup(p, end);
		if (!next) {
			unended += is_tag;
			p++;
			continue;
		}
		add_text(out, s, (struct slice){ run, (size_t)(p - run) },
			 container, outside);
		if (is_tag)
			next = on_tag(out, s, &tag, next, end, container,
				      block, &rc, err);
		p = run = next;
	}
	if (rc >= 0)
		add_text(out, s, (struct slice){ run, (size_t)(end - run) },
			 container, outside);
	return rc;
}
