/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdlib.h>

#include "block_scan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds)
{
	if (!holds)
		abort();
}

/* The blocks follow each other and cover the text; lines are counted. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = { (const char *)data, size };
	struct slice rest = text, line;
	struct block_scanner scanner;
	struct block block;
	size_t end = 0, number = 1;

	block_scanner_init(&scanner, text);
	while (block_scanner_next(&scanner, &block)) {
		expect(block.span.start == end && block.span.end > end);
		for (; (size_t)(rest.ptr - text.ptr) < end; number++)
			expect(slice_next_line(&line, &rest));
		expect((size_t)(rest.ptr - text.ptr) == end);
		expect(block.line == number);
		if (block.type == BLOCK_HEADING)
			expect(block.level >= 1 && block.level <= 6);
		if (end && text.ptr[end - 1] == '\n')
			/* each looks at all of the text */
			expect(size > 4096 || block_boundary_between(
				slice_sub(text, 0, end),
				slice_sub(text, end, size)));
		end = block.span.end;
	}
	expect(end == size);
	block_boundary_between(slice_sub(text, 0, size / 2),
			       slice_sub(text, size / 2, size));
	return 0;
}
