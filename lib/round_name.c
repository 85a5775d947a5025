/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <uninorm.h>

#include "error.h"
#include "repository_git.h"
#include "review_round.h"
#include "round_name.h"
#include "utf8.h"

static bool is_nfc(const char *name)
{
	size_t len = strlen(name), n = 0;
	uint8_t *normal = u8_normalize(UNINORM_NFC, (const uint8_t *)name, len,
				       NULL, &n);
	bool same;

	if (!normal)
		abort(); /* out of memory, as in alloc.c */
	same = n == len && !memcmp(normal, name, n);
	free(normal);
	return same;
}

/* A line of a terminal or a subject shows it as it is. */
static bool is_plain(const char *name)
{
	struct slice rest = slice_of(name);

	while (rest.len) {
		unsigned c = 0;
		size_t n = utf8_decode(&c, rest);

		if (!n || utf8_is_control(c) ||
		    uc_is_property_bidi_control(c) ||
		    uc_is_property_white_space(c))
			return false;
		rest = slice_sub(rest, n, rest.len);
	}
	return true;
}

static bool is_ref(const char *name)
{
	char ref[sizeof(ROUND_TAGS) + ROUND_NAME_MAX];
	int valid = 0;

	memcpy(ref, ROUND_TAGS, strlen(ROUND_TAGS));
	memcpy(ref + strlen(ROUND_TAGS), name, strlen(name) + 1);
	return !git_reference_name_is_valid(&valid, ref) && valid;
}

int review_round_check_name(const char *name, struct error *err)
{
	if (!*name)
		return error_set(err, ERROR_INVALID, "a round needs a name");
	if (strlen(name) > ROUND_NAME_MAX)
		return error_set(err, ERROR_INVALID, "a round's name has %d "
				 "bytes at most", ROUND_NAME_MAX);
	if (*name == '-' || strchr(name, '/') || !is_plain(name) ||
	    !is_nfc(name) || !is_ref(name))
		return error_set(err, ERROR_INVALID, "a round cannot be called "
				 "'%s'; take letters, digits and single '-'",
				 name);
	return 0;
}

const char *review_round_name(const char *rev)
{
	static const char *const before[] = { ROUND_TAGS, "tags/round/",
					      "round/" };

	for (size_t i = 0; i < sizeof(before) / sizeof(*before); i++)
		if (!strncmp(rev, before[i], strlen(before[i])))
			return rev + strlen(before[i]);
	return NULL;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t count_digits(const char *s)
{
	size_t n = 0;

	while (is_digit(s[n]))
		n++;
	return n;
}

/* Two runs of digits, as numbers of any length; moves on behind them. */
static int compare_numbers(const char **a, const char **b)
{
	size_t m, n;
	int order;

	*a += strspn(*a, "0");
	*b += strspn(*b, "0");
	m = count_digits(*a);
	n = count_digits(*b);
	order = m != n ? (m > n) - (m < n) : memcmp(*a, *b, n);
	*a += m;
	*b += n;
	return order;
}

int round_name_compare(const char *a, const char *b)
{
	const char *x = a, *y = b;
	int order = 0;

	while (!order && (*x || *y)) {
		if (is_digit(*x) && is_digit(*y)) {
			order = compare_numbers(&x, &y);
			continue;
		}
		order = (unsigned char)*x - (unsigned char)*y;
		x++;
		y++;
	}
	return order ? order : strcmp(a, b);
}

unsigned long round_name_number(const char *name)
{
	size_t n = count_digits(name);

	if (!n || n > 9 || *name == '0' || (name[n] && name[n] != '/'))
		return 0;
	return strtoul(name, NULL, 10);
}
