/* SPDX-License-Identifier: MIT */
/* Attributes of raw HTML that may stay: those of the allow-list whose values
 * are what they should be. */
#include <string.h>

#include "html_allow.h"
#include "html_escape.h"
#include "strbuf.h"

void allow_escape(struct strbuf *out, struct slice text)
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

static void add_attribute(struct strbuf *out, const char *name,
			  struct slice value)
{
	strbuf_addch(out, ' ');
	strbuf_adds(out, name);
	strbuf_adds(out, "=\"");
	allow_escape(out, value);
	strbuf_addch(out, '"');
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
	allow_escape(out, slice_trim(value));
	strbuf_addch(out, '"');
}

void allow_add_common(struct strbuf *out, const struct html_sanitizer *s,
		       const struct element *e, const struct html_tag *tag)
{
	struct slice value;

	add_class(out, tag, e->more & CENTERED);
	if (html_tag_attribute(&value, tag, "lang") &&
	    html_is_language(value)) {
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

void allow_add_own(struct strbuf *out, const struct element *e,
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

int allow_add_address(struct strbuf *out, const struct html_sanitizer *s,
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

void allow_add_picture(struct strbuf *out, const struct html_tag *tag)
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

bool allow_is_complete(const struct element *e, const struct html_tag *tag)
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
