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
#include "reader_list.h"
#include "strbuf.h"

static const char usage[] =
	"galley-export [-n] [-t epub|html|site|md] [-o <path>] "
	"[--for=<reader>]\n"
	"              [<rev>]";

static const struct format *choose(const char *name, const char *path)
{
	const struct format *f = path ? format_of_path(path) : NULL;

	if (name && !(f = format_named(name)))
		usage_error(usage, "no format named '%s'", name);
	return f ? f : formats;
}

/* For "Mara Quill <mara@example.org>", or one whom the list of readers has. */
static int stamp(struct book *book, const char *who, struct error *err)
{
	struct reader_list list = READER_LIST_INIT;
	const struct reader *reader = NULL;
	int rc;

	if (strchr(who, '<'))
		rc = reader_list_parse(&list, slice_of(who), "--for", err);
	else
		rc = reader_list_read(&list, book_manuscript(book), err);
	if (!rc && strchr(who, '<') && !list.count)
		rc = error_set(err, ERROR_MALFORMED, "no reader in '%s'", who);
	else if (!rc && strchr(who, '<'))
		reader = &list.items[0];
	else if (!rc)
		rc = reader_list_find(&reader, &list, who, err);
	if (!rc)
		book_stamp(book, reader->name, reader->code);
	reader_list_release(&list);
	return rc;
}

int main(int argc, char **argv)
{
	const char *name = NULL, *path = NULL, *reader = NULL;
	bool dry_run = false;
	const struct option options[] = {
		OPTION_FLAG('n', "dry-run", &dry_run,
			    "say what would be made, make nothing"),
		OPTION_STRING('t', "to", &name, "format",
			      "epub, html (one page), site (a folder) or md"),
		OPTION_STRING('o', "output", &path, "path",
			      "where to put it"),
		OPTION_STRING(0, "for", &reader, "reader",
			      "a copy for one: a name, address or code"),
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
	    book_open(&book, ms, markdown_read, report_about, NULL, &err) < 0 ||
	    (reader && stamp(book, reader, &err) < 0)) {
		status = report_fatal(&err);
		goto out;
	}
	if (!path) {
		strbuf_addf(&own_path, "%s%s", book_file_stem(book),
			    format->extension);
		path = own_path.buf;
	}
	book_tell_progress(book, report_progress_of, "export");
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
