/* SPDX-License-Identifier: MIT */
/* galley-join: the whole manuscript, or one revision of it, as one file. */
#include <stdio.h>

#include "command.h"
#include "error.h"
#include "join.h"
#include "manuscript.h"
#include "strbuf.h"

static const char usage[] = "galley-join [-o <file>] [<rev>]";

static int join_chunks(struct strbuf *out, const struct manuscript *ms,
		       struct error *err)
{
	struct strbuf chunk = STRBUF_INIT;
	struct joiner joiner;
	int rc = 0;

	joiner_init(&joiner, out);
	for (size_t i = 0; i < ms->outline.count && !rc; i++) {
		const struct outline_entry *entry = &ms->outline.items[i];

		if (!entry->path)
			continue;
		strbuf_truncate(&chunk, 0);
		rc = manuscript_read(&chunk, ms, entry, err);
		if (!rc)
			joiner_add(&joiner, strbuf_slice(&chunk));
	}
	strbuf_release(&chunk);
	return rc;
}

int main(int argc, char **argv)
{
	const char *path = "-";
	const struct option options[] = {
		OPTION_STRING('o', "output", &path, "file",
			      "write to the file, not to standard output"),
		OPTION_END
	};
	struct manuscript *ms = NULL;
	struct strbuf text = STRBUF_INIT;
	struct error err = ERROR_INIT;
	int status = STATUS_OK;

	argc = parse_options(argc, argv, options, usage);
	if (argc > 1)
		usage_error(usage, "one revision at a time");
	if (manuscript_open(&ms, ".", argv[0], &err) < 0 ||
	    join_chunks(&text, ms, &err) < 0 ||
	    write_file(path, strbuf_slice(&text), &err) < 0)
		status = report_fatal(&err);
	strbuf_release(&text);
	manuscript_close(ms);
	return finish(status);
}
