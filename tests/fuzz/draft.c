/* SPDX-License-Identifier: MIT */
/* Drafts that galley-verify is given: archives, and what stands in them. */
#include <stdint.h>

#include "archive_read.h"
#include "draft_origin.h"
#include "strbuf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_origin(struct slice text)
{
	struct draft_origin origin = DRAFT_ORIGIN_INIT;

	draft_origin_read(&origin, text);
	draft_origin_release(&origin);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice bytes = { (const char *)data, size };
	struct archive_read *archive = NULL;
	struct strbuf text = STRBUF_INIT;

	read_origin(bytes);
	if (archive_read_open(&archive, bytes, "draft", NULL) < 0)
		return 0;
	for (size_t i = 0; i < archive_read_count(archive) && i < 20; i++) {
		strbuf_truncate(&text, 0);
		if (!archive_read_entry(&text, archive, i, NULL))
			read_origin(strbuf_slice(&text));
	}
	strbuf_release(&text);
	archive_read_close(archive);
	return 0;
}
