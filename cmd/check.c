/* SPDX-License-Identifier: MIT */
/* galley-check: what would trip a reader or an export, a finding a line. */
#include <stdio.h>

#include "check.h"
#include "command.h"
#include "error.h"
#include "markdown_read.h"
#include "slice.h"

static const char usage[] = "galley-check [<rev>]";

static void print_finding(const struct check_finding *f, void *data)
{
	print_safe(stdout, slice_of(f->path));
	if (f->line)
		printf(":%zu", f->line);
	if (f->column)
		printf(":%zu", f->column);
	fputs(": warning: ", stdout);
	print_safe(stdout, slice_of(f->message));
	putchar('\n');
}

int main(int argc, char **argv)
{
	const struct option options[] = { OPTION_END };
	struct manuscript *ms = NULL;
	struct error err = ERROR_INIT;
	int status = STATUS_OK, count;

	argc = parse_options(argc, argv, options, usage);
	if (argc > 1)
		usage_error(usage, "one revision at a time");
	if (manuscript_open(&ms, ".", argv[0], &err) < 0 ||
	    (count = check_manuscript(ms, markdown_read, print_finding, NULL,
				      &err)) < 0)
		status = report_fatal(&err);
	else if (count)
		status = STATUS_NO;
	manuscript_close(ms);
	return finish(status);
}
