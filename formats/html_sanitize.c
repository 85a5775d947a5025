/* SPDX-License-Identifier: MIT */
/*
 * HTML Living Standard, 13.1 (the syntax) and 3.2.5 (content models), as far
 * as the allow-list goes.
 */
#include <string.h>

#include "html_allow.h"
#include "strbuf.h"

enum { CHILD_SEEN = 1, BODY_SEEN = 2 };

/* ---- what is open ----------------------------------------------------- */

static const struct element *top(const struct html_sanitizer *s)
{
	return &allow_elements[s->open[s->count - 1].element];
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
	s->open[s->count].element = (unsigned char)(e - allow_elements);
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
		e = allow_find(slice_of(name));
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
	return name && below(allow_find(slice_of(name))->is, wanted);
}

/* Make the place one where something of kind `wanted` may stand, by closing
 * and opening elements of the container; false, and nothing done, when there
 * is no such place. `outside`: what the container holds. */
static bool make_room(struct strbuf *out, struct html_sanitizer *s,
		      unsigned wanted, unsigned outside, const void *container)
{
	size_t i = s->count;

	while (i > 0 && s->open[i - 1].container == container &&
	       !could_stand_in(&allow_elements[s->open[i - 1].element], wanted))
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
		if (allow_elements[s->open[i].element].more & HREF)
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
		const struct element *o =
			&allow_elements[s->open[i - 1].element];

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
			return allow_find(SLICE("tbody"));
		*seen |= CHILD_SEEN | BODY_SEEN;
	} else if (e->is & GROUP) {
		*seen |= BODY_SEEN;
	}
	return e;
}

static int open_tag(struct strbuf *out, struct html_sanitizer *s,
		    const struct element *e, const struct html_tag *tag,
		    const void *container, unsigned outside, struct error *err)
{
	size_t start, name_end;
	struct slice alt;
	int rc;

	if (!allow_is_complete(e, tag) ||
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
		rc = allow_add_address(out, s, tag, e->more & IMAGE, err);
		if (rc < 0)
			return rc;
		if (out->len == name_end) {
			strbuf_truncate(out, start);
			if (e->more & IMAGE &&
			    html_tag_attribute(&alt, tag, "alt"))
				allow_escape(out, alt);
			return 0;
		}
	}
	if (e->more & IMAGE)
		allow_add_picture(out, tag);
	allow_add_common(out, s, e, tag);
	allow_add_own(out, e, tag);
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
	allow_escape(out, text);
}

/* Go past the end tag of the element that is dropped; false, and past all of
 * it, if it has none. */
static bool skip_dropped(struct slice *html, unsigned char which)
{
	struct slice name = slice_of(allow_dropped[which - 1]);

	while (html->len) {
		*html = slice_sub(*html, slice_find(*html, '<'), html->len);
		if (html->len > name.len + 2 && html->ptr[1] == '/' &&
		    !html_name_compare(slice_sub(*html, 2, 2 + name.len),
				       name.ptr) &&
		    !html_is_letter(html->ptr[2 + name.len])) {
			size_t close = slice_find(*html, '>');

			*html = slice_sub(*html, close + 1, html->len);
			return true;
		}
		*html = slice_sub(*html, 1, html->len);
	}
	return false;
}

static int on_tag(struct strbuf *out, struct html_sanitizer *s,
		  struct html_pieces *html, const void *container, bool block,
		  struct error *err)
{
	unsigned outside = block ? IN_FLOW : PHRASING;
	const struct html_tag *tag = &html->tag;
	const struct element *e = allow_find(tag->name);
	bool is_empty = html->rest.ptr[-2] == '/'; /* <script/> */

	if (e && tag->closing) {
		close_tag(out, s, e, container);
	} else if (e) {
		return open_tag(out, s, e, tag, container, outside, err);
	} else if (!tag->closing && allow_find_dropped(tag->name) &&
		   !is_empty) {
		s->dropped = allow_find_dropped(tag->name);
		if (!skip_dropped(&html->rest, s->dropped) && !block)
			s->dropping = container;
	}
	return 0;
}

int html_sanitize(struct strbuf *out, struct html_sanitizer *s,
		  struct slice html, const void *container, bool block,
		  struct error *err)
{
	struct html_pieces pieces = HTML_PIECES_INIT(html);
	unsigned outside = block ? IN_FLOW : PHRASING;
	int rc = 0;

	if (s->dropping && skip_dropped(&pieces.rest, s->dropped))
		s->dropping = NULL;
	while (rc >= 0 && html_next_piece(&pieces)) {
		add_text(out, s, pieces.text, container, outside);
		if (pieces.tag.name.len)
			rc = on_tag(out, s, &pieces, container, block, err);
	}
	return rc;
}
