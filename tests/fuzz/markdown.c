/* SPDX-License-Identifier: MIT */
#include <stdint.h>

#include "markdown_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct definitions elsewhere = DEFINITIONS_INIT;
	struct slice source = { (const char *)data, size };

	if (!elsewhere.count) {
		struct span nowhere = { 0, 0 };

		definitions_add(&elsewhere, false, SLICE("far"),
				SLICE("[far]: /there 'T'"), 0, nowhere);
		definitions_add(&elsewhere, true, SLICE("note"),
				SLICE("[^note]: words"), 0, nowhere);
	}
	check_markdown(source, NULL);
	check_markdown(source, &elsewhere);
	return 0;
}
