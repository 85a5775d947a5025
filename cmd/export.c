/* SPDX-License-Identifier: MIT */
/* galley-export: a draft of the book, as a file or folder for its readers. */
#include <stdio.h>
#include <string.h>

#include "book.h"
#include "command.h"
#include "error.h"
#include "format.h"
#include "manuscript.h"
#include "markdown_read.h"
#include "strbuf.h"

static const char usage[] =
	"galley-export [-n] [-t epub|html|site|md] [-o <path>] [<rev>]";

static void warn(void *data, const char *path, size_t line,
		 const char *message)
{
	if (path && line)
		report_warning("%s:%zu: %s", path, line, message);
	else if (path)
		report_warning("%s: %s", path, message);
	else
		report_warning("%s", message);
}

static void show_progress(void *data, size_t done, size_t all)
{
	report_progress("export", done, all);
}

static const struct format *choose(const char *name, const char *path)
{
	const struct format *f = path ? format_of_path(path) : NULL;

	if (name && !(f = format_named(name)))
		usage_error(usage, "no format named '%s'", name);
	return f ? f : formats;
}

int main(int argc, char **argv)
{
	const char *name = NULL, *path = NULL;
	bool dry_run = false;
	const struct option options[] = {
		OPTION_FLAG('n', "dry-run", &dry_run,
			    "say what would be made, make nothing"),
		OPTION_STRING('t', "to", &name, "format",
			      "epub, html (one page), site (a folder) or md"),
		OPTION_STRING('o', "output", &path, "path",
			      "where to put it"),
		OPTION_END
	};
	struct strbuf own_path = STRBUF_INIT;
	struct manuscript *ms = NULL;
	struct book *book = NULL;
	struct error err = ERROR_INIT;
	const struct format *format;
	int status = STATUS_OK;

	argc = parse_options(argc, argv, options, usage);
	if (argc > 1)
		usage_error(usage, "one revision at a time");
	if (path && !*path)
		usage_error(usage, "the output needs a name");
	format = choose(name, path);
	if (manuscript_open(&ms, ".", argv[0], &err) < 0 ||
	    book_open(&book, ms, markdown_read, warn, NULL, &err) < 0) {
		status = report_fatal(&err);
		goto out;
	}
	if (!path) {
		strbuf_addf(&own_path, "%s%s", book_file_stem(book),
			    format->extension);
		path = own_path.buf;
	}
	book_tell_progress(book, show_progress, NULL);
	if (!dry_run && format->write(book, path, &err) < 0) {
		status = report_fatal(&err);
		goto out;
	}
	report_progress("export", 1, 1);
	printf("%s\n", path);
out:
	book_close(book);
	manuscript_close(ms);
	strbuf_release(&own_path);
	return finish(status);
}
