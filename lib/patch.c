/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "patch.h"

void patch_release(struct patch *patch)
{
	for (size_t i = 0; i < patch->file_count; i++)
		free(patch->files[i].hunks);
	free(patch->files);
	arena_release(&patch->arena);
	*patch = (struct patch)PATCH_INIT;
}

const char *patch_repair_name(unsigned repair)
{
	static const char *const names[REPAIR_COUNT] = {
		"line ends", "doubled spaces at line starts", "wrapped lines",
		"lost spaces at line ends", "no-break spaces or tabs",
		"curly quotes, dashes or dots", "rewritten links",
		"another place"
	};
	size_t i = 0;

	while (i + 1 < REPAIR_COUNT && !(repair >> i & 1))
		i++;
	return names[i];
}
