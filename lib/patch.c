/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "patch.h"
#include "strbuf.h"

void patch_release(struct patch *patch)
{
	for (size_t i = 0; i < patch->file_count; i++)
		free(patch->files[i].hunks);
	free(patch->files);
	arena_release(&patch->arena);
	*patch = (struct patch)PATCH_INIT;
}

static const struct {
	const char *repair, *damage;
} names[REPAIR_COUNT] = {
	{ "line ends", "changed its line ends" },
	{ "doubled spaces at line starts", "put a space before its lines" },
	{ "wrapped lines", "wrapped its lines" },
	{ "lost spaces at line ends", "removed spaces at line ends" },
	{ "no-break spaces", "made spaces into no-break spaces" },
	{ "tabs and spaces", "changed its tabs or spaces" },
	{ "curly quotes, dashes or dots",
	  "changed its quotes, dashes or dots" },
	{ "rewritten links", "rewritten its links" },
	{ "another place", NULL },
	{ "HTML", "sent it as HTML" },
	{ "words below", "put other words below it" },
	{ "a missing end", "cut off its end" },
};

const char *patch_repair_name(unsigned repair)
{
	size_t i = 0;

	while (i + 1 < REPAIR_COUNT && !(repair >> i & 1))
		i++;
	return names[i].repair;
}

void patch_damage_describe(struct strbuf *out, unsigned repairs)
{
	unsigned left = repairs & ((1u << REPAIR_COUNT) - 1) &
			~(unsigned)REPAIR_OFFSET;
	const char *before = "";

	for (size_t i = 0; left; i++) {
		if (!(left >> i & 1))
			continue;
		left &= ~(1u << i);
		strbuf_addf(out, "%s%s", before, names[i].damage);
		before = left & (left - 1) ? ", " : " and ";
	}
}
