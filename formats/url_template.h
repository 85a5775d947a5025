/* SPDX-License-Identifier: MIT */
/*
 * Addresses that settings give, with places in braces:
 *
 *	https://example.org/tide/{round}/{chapter}.html?reader={code}
 *
 * What stands for a place is percent-encoded, each as often as wanted.
 */
#ifndef URL_TEMPLATE_H
#define URL_TEMPLATE_H

#include <stdbool.h>

struct strbuf;

/** A list of these ends with a NULL name. */
struct url_value {
	const char *name;	/* of the place, without braces */
	const char *value;	/* NULL: there is nothing for it */
};

/**
 * Is it one? https alone, a host that is one and that nothing is put into, no
 * name or password before it, and no other braces than those of the names.
 */
bool url_template_is_valid(const char *text, const struct url_value *values);

/** Append the address, not escaped for HTML. False, and nothing appended, when
 * it is none, or has a place for which there is nothing. */
bool url_template_fill(struct strbuf *url, const char *text,
		       const struct url_value *values);

#endif
