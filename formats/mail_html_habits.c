/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "html_tag.h"
#include "mail_html_private.h"

/* The value of a style property without blanks, in small letters: enough of
 * it to be compared. */
static const char *squeezed(char out[512], struct slice value)
{
	size_t n = 0;

	for (size_t i = 0; i < value.len && n < 511; i++)
		if (!html_is_space(value.ptr[i]))
			out[n++] = html_lower(value.ptr[i]);
	out[n] = '\0';
	return out;
}

static const char *attribute(char out[512], const struct html_tag *tag,
			     const char *name)
{
	struct slice value = { NULL, 0 };

	html_tag_attribute(&value, tag, name);
	return squeezed(out, value);
}

bool mail_html_has_no_margin(const struct html_tag *tag)
{
	char value[512];

	attribute(value, tag, "class");
	if (strstr(value, "msonormal") || strstr(value, "msoplaintext"))
		return true;
	attribute(value, tag, "style");
	return strstr(value, "margin:0") || strstr(value, "margin-top:0");
}

bool mail_html_is_quote_box(const struct html_tag *tag)
{
	char value[512];

	attribute(value, tag, "id");
	if (!strncmp(value, "yahoo_quoted", 12) ||
	    !strcmp(value, "olk_src_body_section") ||
	    !strcmp(value, "mail-editor-reference-message-container"))
		return true;
	return strstr(attribute(value, tag, "class"), "yahoo_quoted") != NULL;
}

bool mail_html_is_indent(const struct html_tag *tag)
{
	char value[512];

	attribute(value, tag, "type");
	if (!strcmp(value, "cite"))
		return false;
	attribute(value, tag, "style");
	return strstr(value, "margin:00040px") && strstr(value, "border:none");
}

bool mail_html_is_quote_below(const struct html_tag *tag)
{
	char value[512];

	attribute(value, tag, "id");
	if (!strcmp(value, "divrplyfwdmsg") ||
	    !strcmp(value, "x_divrplyfwdmsg"))
		return true;
	attribute(value, tag, "style");
	return strstr(value, "border-top:solid#") &&
	       strstr(value, "border:none");
}

bool mail_html_is_hidden(const struct html_tag *tag)
{
	char value[512];

	return strstr(attribute(value, tag, "style"), "display:none") != NULL;
}

bool mail_html_is_pre(const struct html_tag *tag)
{
	char value[512];

	return strstr(attribute(value, tag, "style"), "white-space:pre") !=
	       NULL;
}
