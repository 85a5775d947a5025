/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "diff_read.h"
#include "error.h"
#include "strbuf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds)
{
	if (!holds)
		abort();
}

static bool is_within(struct slice part, struct slice whole)
{
	return part.ptr >= whole.ptr &&
	       part.ptr + part.len <= whole.ptr + whole.len;
}

/* The old lines as they stand in the diff: something that may fit. */
static void add_old_lines(struct strbuf *base, const struct patch_file *file)
{
	for (size_t i = 0; i < file->hunk_count; i++) {
		struct slice rest = file->hunks[i].lines, line;

		while (slice_next_line(&line, &rest)) {
			if (*line.ptr == ' ' || *line.ptr == '-')
				line = slice_sub(line, 1, line.len);
			else if (*line.ptr == '+')
				continue;
			strbuf_add_slice(base, line);
		}
	}
}

/* What is refused leaves no bytes; what is not has a cause if it differs. */
static void apply(const struct patch_file *file, struct slice base)
{
	struct strbuf out = STRBUF_INIT;
	struct patch_report report;
	struct error err = ERROR_INIT;
	int rc = patch_apply(&out, file, base, &report, &err);

	expect(rc <= 0);
	expect(!rc || (out.len == 0 && err.message[0]));
	strbuf_release(&out);
}

/* A diff; after a byte 0x1E, if there is one, the text that it is for. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice all = { (const char *)data, size };
	size_t end = slice_find(all, 0x1E), start = 0;
	struct slice text = slice_sub(all, 0, end);
	struct slice given = slice_sub(all, end + 1, size);
	struct patch patch = PATCH_INIT;
	struct strbuf base = STRBUF_INIT;

	if (diff_read(&patch, &start, text, NULL) == 0) {
		expect(start <= text.len && patch.file_count);
		for (size_t i = 0; i < patch.file_count; i++) {
			const struct patch_file *f = &patch.files[i];

			for (size_t k = 0; k < f->hunk_count; k++)
				expect(is_within(f->hunks[k].lines, text));
			strbuf_truncate(&base, 0);
			add_old_lines(&base, f);
			apply(f, strbuf_slice(&base));
			apply(f, given);
		}
	}
	patch_release(&patch);
	strbuf_release(&base);
	return 0;
}
