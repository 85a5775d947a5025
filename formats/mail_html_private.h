/* SPDX-License-Identifier: MIT */
/* What mail programs mean by the attributes of their elements. */
#ifndef MAIL_HTML_PRIVATE_H
#define MAIL_HTML_PRIVATE_H

#include <stdbool.h>

struct html_tag;

/**
 * No blank lines are seen around this paragraph: Outlook's, and those of
 * programs that make one of each line.
 */
bool mail_html_has_no_margin(const struct html_tag *tag);

/** An element that holds a quote and says so. */
bool mail_html_is_quote_box(const struct html_tag *tag);

/** A blockquote with which Gmail and Apple's program indent a paragraph. */
bool mail_html_is_indent(const struct html_tag *tag);

/** Outlook's line above "From:": all that follows is a quote. */
bool mail_html_is_quote_below(const struct html_tag *tag);

bool mail_html_is_hidden(const struct html_tag *tag);

/** Its blanks and line ends are seen. */
bool mail_html_is_pre(const struct html_tag *tag);

#endif
