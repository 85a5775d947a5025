/* SPDX-License-Identifier: MIT */
/* Raw HTML of any kind comes out well-formed, without a forbidden tag. */
#include <libxml/parser.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "html_escape.h"
#include "html_sanitize.h"
#include "strbuf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int address(struct strbuf *out, struct slice url, void *data,
		   struct error *err)
{
	html_escape_url(out, url);
	return 0;
}

static void check_element(xmlNodePtr node)
{
	static const char *const forbidden[] = {
		"script", "style", "iframe", "object", "embed", "form",
		"input", "svg", "math", "link", "meta", "base"
	};

	for (size_t i = 0; i < sizeof(forbidden) / sizeof(*forbidden); i++)
		if (!strcmp((const char *)node->name, forbidden[i]))
			abort();
	for (xmlAttrPtr a = node->properties; a; a = a->next)
		if (!strncmp((const char *)a->name, "on", 2) ||
		    !strcmp((const char *)a->name, "style") ||
		    !strcmp((const char *)a->name, "id"))
			abort();
}

static void check_tree(xmlNodePtr root)
{
	xmlNodePtr node = root;

	while (node) {
		if (node->type == XML_COMMENT_NODE ||
		    node->type == XML_PI_NODE ||
		    node->type == XML_CDATA_SECTION_NODE)
			abort();
		if (node->type == XML_ELEMENT_NODE) {
			check_element(node);
			if (node->children) {
				node = node->children;
				continue;
			}
		}
		while (node != root && !node->next)
			node = node->parent;
		node = node == root ? NULL : node->next;
	}
}

static void check(struct strbuf *out)
{
	struct strbuf page = STRBUF_INIT;
	xmlDocPtr doc;

	strbuf_adds(&page, "<div>");
	strbuf_add_slice(&page, strbuf_slice(out));
	strbuf_adds(&page, "</div>");
	doc = xmlReadMemory(page.buf, (int)page.len, "x", "UTF-8",
			    XML_PARSE_NONET | XML_PARSE_NOERROR |
				    XML_PARSE_NOWARNING | XML_PARSE_HUGE);
	if (!doc)
		abort();
	check_tree(xmlDocGetRootElement(doc));
	xmlFreeDoc(doc);
	strbuf_release(&page);
}

/* Text reaches the sanitizer as UTF-8. */
static char *clean(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);

	for (size_t i = 0; i < size; i++)
		text[i] = data[i] < 0x80 ? (char)data[i] : '?';
	text[size] = '\0';
	return text;
}

/* NUL bytes part the pieces; the first bit says whether they are blocks. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct html_sanitizer s = HTML_SANITIZER_INIT;
	struct strbuf out = STRBUF_INIT;
	char *text = clean(data, size), *p = text;
	int outer = 0, inner = 0;
	bool block = size && (data[0] & 1);

	s.link = s.image = address;
	while (p < text + size) {
		size_t n = strlen(p);

		html_sanitize(&out, &s, (struct slice){ p, n }, &outer, block,
			      NULL);
		if (block)
			html_sanitize_before_block(&out, &s, &outer);
		strbuf_adds(&out, block ? "<p>" : "<em>");
		html_sanitize(&out, &s, (struct slice){ p, n / 2 }, &inner,
			      false, NULL);
		html_sanitize_leave(&out, &s, &inner);
		strbuf_adds(&out, block ? "</p>" : "</em>");
		p += n + 1;
	}
	html_sanitize_leave(&out, &s, &outer);
	if (s.count)
		abort();
	check(&out);
	strbuf_release(&out);
	free(text);
	return 0;
}
