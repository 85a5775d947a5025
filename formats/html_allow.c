/* SPDX-License-Identifier: MIT */
#include "html_allow.h"

/* By name, for a binary search. */
const struct element allow_elements[] = {
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
#define ELEMENT_COUNT (sizeof(allow_elements) / sizeof(allow_elements[0]))

/* Those that go with all they hold. */
const char *const allow_dropped[] = {
	"applet", "audio", "canvas", "embed", "form", "frameset", "head",
	"iframe", "math", "noembed", "noframes", "noscript", "object",
	"script", "select", "style", "svg", "template", "textarea", "title",
	"video", "xmp"
};
#define DROPPED_COUNT (sizeof(allow_dropped) / sizeof(allow_dropped[0]))

const struct element *allow_find(struct slice name)
{
	size_t low = 0, high = ELEMENT_COUNT;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int d = html_name_compare(name, allow_elements[middle].name);

		if (!d)
			return &allow_elements[middle];
		if (d < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

/* Its index and one more, or 0. */
unsigned char allow_find_dropped(struct slice name)
{
	for (size_t i = 0; i < DROPPED_COUNT; i++)
		if (!html_name_compare(name, allow_dropped[i]))
			return (unsigned char)(i + 1);
	return 0;
}
