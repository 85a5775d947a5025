/* SPDX-License-Identifier: MIT */
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include <libxml/xmlreader.h>

#include "error.h"
#include "xml_svg.h"

static void be_quiet(void *data, const char *message,
		     xmlParserSeverities severity, xmlTextReaderLocatorPtr at)
{
}

static bool is_one_of(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (!strcasecmp(name, *names))
			return true;
	return false;
}

/* CSS, in a style sheet or an attribute, that fetches something. */
static bool fetches(const char *css)
{
	if (strchr(css, '\\') || strstr(css, "@import"))
		return true;
	while ((css = strstr(css, "url("))) {
		css += 4;
		css += strspn(css, " \t\r\n\"'");
		if (*css != '#')
			return true;
	}
	return false;
}

static bool is_inner_address(const char *href)
{
	static const char *const allowed[] = {
		"#", "data:image/png;", "data:image/jpeg;", "data:image/gif;"
	};

	for (size_t i = 0; i < sizeof(allowed) / sizeof(*allowed); i++)
		if (!strncmp(href, allowed[i], strlen(allowed[i])))
			return true;
	return !*href;
}

static const char *trouble_in_attribute(xmlTextReaderPtr reader)
{
	const char *name = (const char *)xmlTextReaderConstLocalName(reader);
	const char *value = (const char *)xmlTextReaderConstValue(reader);

	if (!value)
		return NULL;
	if (!strncasecmp(name, "on", 2))
		return "has a script";
	if (!strcasecmp(name, "href") || !strcasecmp(name, "src"))
		return is_inner_address(value)
			? NULL : "refers to something outside";
	if (xmlTextReaderIsNamespaceDecl(reader) == 1)
		return NULL;
	return fetches(value) ? "refers to something outside" : NULL;
}

static const char *trouble_in_element(xmlTextReaderPtr reader)
{
	static const char *const active[] = {
		"script", "handler", "listener", "foreignObject", "iframe",
		"object", "embed", "audio", "video", "a", NULL };
	const char *name = (const char *)xmlTextReaderConstLocalName(reader);
	const char *space =
		(const char *)xmlTextReaderConstNamespaceUri(reader);
	const char *trouble = NULL;

	if (xmlTextReaderDepth(reader) == 0 &&
	    (strcmp(name, "svg") || !space ||
	     strcmp(space, "http://www.w3.org/2000/svg")))
		return "is no SVG";
	if (is_one_of(name, active))
		return !strcmp(name, "a") ? "has a link" : "has a script";
	while (!trouble && xmlTextReaderMoveToNextAttribute(reader) == 1)
		trouble = trouble_in_attribute(reader);
	xmlTextReaderMoveToElement(reader);
	return trouble;
}

static const char *trouble_in_node(xmlTextReaderPtr reader, bool *in_style)
{
	const char *text;

	switch (xmlTextReaderNodeType(reader)) {
	case XML_READER_TYPE_ELEMENT:
		*in_style = !xmlStrcmp(xmlTextReaderConstLocalName(reader),
				       BAD_CAST "style");
		return trouble_in_element(reader);
	case XML_READER_TYPE_END_ELEMENT:
		*in_style = false;
		return NULL;
	case XML_READER_TYPE_TEXT:
	case XML_READER_TYPE_CDATA:
		text = (const char *)xmlTextReaderConstValue(reader);
		return *in_style && text && fetches(text)
			? "refers to something outside" : NULL;
	case XML_READER_TYPE_PROCESSING_INSTRUCTION:
		return "refers to something outside";
	case XML_READER_TYPE_ENTITY_REFERENCE:
		return "has entities of its own";
	default:
		return NULL;
	}
}

int svg_check(struct slice bytes, struct error *err)
{
	const char *trouble = NULL;
	xmlTextReaderPtr reader;
	bool in_style = false;
	int rc;

	if (bytes.len > INT_MAX)
		return error_set(err, ERROR_MALFORMED, "is too large");
	if (slice_find_slice(bytes, SLICE("<!ENTITY")) < bytes.len ||
	    slice_find_slice(bytes, SLICE("<!ATTLIST")) < bytes.len)
		return error_set(err, ERROR_MALFORMED,
				 "has entities of its own");
	reader = xmlReaderForMemory(bytes.ptr, (int)bytes.len, NULL, NULL,
				    XML_PARSE_NONET | XML_PARSE_NOERROR |
				    XML_PARSE_NOWARNING);
	if (!reader)
		return error_set(err, ERROR_MALFORMED, "is no SVG");
	xmlTextReaderSetErrorHandler(reader, be_quiet, NULL);
	while (!trouble && (rc = xmlTextReaderRead(reader)) == 1)
		trouble = trouble_in_node(reader, &in_style);
	if (!trouble && rc < 0)
		trouble = "is not well-formed";
	xmlFreeTextReader(reader);
	return trouble ? error_set(err, ERROR_MALFORMED, "%s", trouble) : 0;
}
