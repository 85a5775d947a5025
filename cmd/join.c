/* SPDX-License-Identifier: MIT */
/* galley-join: the whole manuscript, or one revision of it, as one file. */
#include <stdio.h>

#include "command.h"
#include "error.h"
#include "join.h"
#include "manuscript.h"
#include "strbuf.h"

static const char usage[] = "galley-join [-o <file>] [<rev>]";

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
	    join_manuscript(&text, ms, &err) < 0 ||
	    write_file(path, strbuf_slice(&text), &err) < 0)
		status = report_fatal(&err);
	strbuf_release(&text);
	manuscript_close(ms);
	return finish(status);
}
