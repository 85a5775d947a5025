/* SPDX-License-Identifier: MIT */
/* Whom of the readers a word means. */
#include <string.h>
#include <strings.h>

#include "error.h"
#include "person.h"
#include "reader_list.h"

/* The first of the readers, sorted by code, whose code is not smaller. */
static size_t find_code(const struct reader_list *list, const char *code)
{
	size_t from = 0, to = list->count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (strcasecmp(list->by_code[middle]->code, code) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static bool has_code(const struct reader_list *list, size_t at,
		     const char *code)
{
	return at < list->count && !strcasecmp(list->by_code[at]->code, code);
}

const struct reader *reader_list_address(const struct reader_list *list,
					 const char *address)
{
	char code[READER_CODE_SIZE];

	reader_code(code, address);
	for (size_t i = find_code(list, code); has_code(list, i, code); i++)
		if (!strcasecmp(list->by_code[i]->address, address))
			return list->by_code[i];
	return NULL;
}

static int ambiguous(const char *who, const struct reader *a,
		     const struct reader *b, struct error *err)
{
	return error_set(err, ERROR_AMBIGUOUS, "'%s' may be %s <%s> or %s "
			 "<%s>", who, a->name, a->address, b->name,
			 b->address);
}

/* The one whose name is, or has in it, what was asked for. */
static int find_name(const struct reader **out, const struct reader_list *list,
		     const char *who, bool whole, struct error *err)
{
	const struct reader *found = NULL;

	for (size_t i = 0; i < list->count; i++) {
		const struct reader *r = &list->items[i];

		if (whole ? strcasecmp(r->name, who) :
		    !*who || !person_has(&(struct person){ r->name, "" }, who))
			continue;
		if (found)
			return ambiguous(who, found, r, err);
		found = r;
	}
	if (!found)
		return error_set(err, ERROR_NOT_FOUND,
				 "no reader '%s' in '%s'", who, list->path);
	*out = found;
	return 0;
}

int reader_list_find(const struct reader **out, const struct reader_list *list,
		     const char *who, struct error *err)
{
	size_t at = list->by_code ? find_code(list, who) : 0;
	const struct reader *found;
	int rc;

	if (list->by_code && has_code(list, at, who)) {
		if (has_code(list, at + 1, who))
			return ambiguous(who, list->by_code[at],
					 list->by_code[at + 1], err);
		*out = list->by_code[at];
		return 0;
	}
	found = list->by_code ? reader_list_address(list, who) : NULL;
	if (found) {
		*out = found;
		return 0;
	}
	rc = find_name(out, list, who, true, err);
	if (rc == ERROR_NOT_FOUND)
		rc = find_name(out, list, who, false, err);
	return rc;
}
