/* SPDX-License-Identifier: MIT */
/* galley-redline: what changed between two revisions, word by word. */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "error.h"
#include "format.h"
#include "manuscript.h"
#include "markdown_read.h"
#include "pager.h"
#include "redline_book.h"
#include "redline_print.h"
#include "strbuf.h"

static const char usage[] =
	"galley-redline [--all] <old> [<new>]\n"
	"galley-redline [-n] [--changed] -t html|site|epub [-o <path>] <old> "
	"[<new>]\n"
	"galley-redline --summary [--json] <old> [<new>]\n"
	"galley-redline --no-index [--all] [--name=<name>] <old-file> "
	"<new-file>\n"
	"galley-redline --textconv <file>";

struct redline_options {
	const char *name, *path, *title;
	const struct format *format;	/* NULL: text */
	bool dry_run, all, changed, summary, json, no_index, textconv;
};

/* --- two files --- */

static int compare_files(char **argv, const struct redline_options *options,
			 struct error *err)
{
	struct redline *redline = redline_new(markdown_read);
	struct strbuf texts[2] = { STRBUF_INIT, STRBUF_INIT };
	struct document doc = DOCUMENT_INIT;
	int rc = 0;

	for (int side = 0; !rc && side < 2; side++) {
		rc = read_file(&texts[side], argv[side], err);
		if (!rc)
			redline_add(redline, (enum redline_side)side,
				    strbuf_slice(&texts[side]), NULL, "",
				    NULL);
	}
	if (!rc)
		rc = redline_compare(redline, false, err);
	if (!rc)
		rc = redline_document(&doc, redline, 0, err);
	if (rc > 0 || (!rc && options->all))
		redline_print_document(rc ? &doc :
				       redline_source(redline, REDLINE_NEW, 0),
				       redline, options->title,
				       strbuf_slice(&texts[1]), options->all);
	document_release(&doc);
	redline_free(redline);
	strbuf_release(&texts[0]);
	strbuf_release(&texts[1]);
	return rc < 0 ? rc : 0;
}

/* A file as it is read, a paragraph a line: what git compares. */
static int print_file(const char *path, struct error *err)
{
	struct strbuf text = STRBUF_INIT;
	struct document doc = DOCUMENT_INIT;
	int rc = read_file(&text, path, err);

	if (!rc)
		rc = markdown_read(&doc, strbuf_slice(&text), NULL, err);
	if (!rc)
		redline_print_document(&doc, NULL, NULL, strbuf_slice(&text),
				       true);
	document_release(&doc);
	strbuf_release(&text);
	return rc;
}

/* --- two revisions --- */

static int make_draft(struct book *book,
		      const struct redline_options *options,
		      struct error *err)
{
	struct strbuf own_path = STRBUF_INIT;
	const char *path = options->path;
	int rc = 0;

	if (!path) {
		strbuf_addf(&own_path, "%s%s", book_file_stem(book),
			    options->format->extension);
		path = own_path.buf;
	}
	book_tell_progress(book, report_progress_of, "redline");
	if (!options->dry_run)
		rc = options->format->write(book, path, err);
	report_progress("redline", 1, 1);
	if (rc >= 0)
		printf("%s\n", path);
	strbuf_release(&own_path);
	return rc;
}

static int show(const struct redline_book *rb,
		const struct redline_options *options,
		struct repository *repo, struct error *err)
{
	if (options->summary) {
		redline_print_summary(rb, options->json);
		return 0;
	}
	if (options->format)
		return make_draft(redline_book(rb), options, err);
	pager_begin(repo);
	return redline_print(rb, options->all, err);
}

static int compare_revisions(char **argv,
			     const struct redline_options *options,
			     struct error *err)
{
	struct manuscript *old = NULL, *new = NULL;
	struct redline_book *rb = NULL;
	unsigned flags = (options->changed ? REDLINE_CHANGED_ONLY : 0) |
			 (options->summary ? REDLINE_COUNT : 0);
	int rc = manuscript_open(&old, ".", argv[0], err);

	if (rc >= 0)
		rc = manuscript_open(&new, ".", argv[1], err);
	if (rc >= 0)
		rc = redline_book_open(&rb, old, new, markdown_read,
				       flags, report_about, NULL, err);
	if (rc >= 0)
		rc = show(rb, options, new->repo, err);
	redline_book_close(rb);
	manuscript_close(new);
	manuscript_close(old);
	return rc;
}

/* Formats that can have marks; text is none of the table. */
static void choose_format(struct redline_options *o)
{
	static const char *const names[] = { "epub", "html", "site" };
	const struct format *f = o->path ? format_of_path(o->path) : NULL;

	if (o->path && !*o->path)
		usage_error(usage, "the output needs a name");
	if (o->name && !strcmp(o->name, "text")) {
		if (o->path)
			usage_error(usage, "text goes to standard output");
		return;
	}
	if (o->name && !(f = format_named(o->name)))
		usage_error(usage, "no format named '%s'", o->name);
	if (!f && o->path)
		usage_error(usage, "which format? say -t");
	for (size_t i = 0; f && i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(f->name, names[i]))
			o->format = f;
	if (f && !o->format)
		usage_error(usage, "no redline as '%s'", f->name);
}

static void check_arguments(int argc, const struct redline_options *o)
{
	bool text = o->no_index || o->textconv;

	if (o->textconv && argc != 1)
		usage_error(usage, "one file, please");
	if (!o->textconv && (argc < 1 || argc > 2 || (text && argc != 2)))
		usage_error(usage, "two %s, please",
			    text ? "files" : "revisions");
	if (text && (o->name || o->path || o->summary))
		usage_error(usage, "files are shown as text");
	if (o->summary && (o->name || o->path || o->all))
		usage_error(usage, "a summary goes to standard output");
	if (o->title && !o->no_index)
		usage_error(usage, "--name goes with --no-index");
	if (o->json && !o->summary)
		usage_error(usage, "--json goes with --summary");
}

int main(int argc, char **argv)
{
	struct redline_options o = { NULL };
	const struct option options[] = {
		OPTION_FLAG('n', "dry-run", &o.dry_run,
			    "say what would be made, make nothing"),
		OPTION_STRING('t', "to", &o.name, "format",
			      "text, html (one page), site (a folder) or "
			      "epub"),
		OPTION_STRING('o', "output", &o.path, "path",
			      "where to put it"),
		OPTION_FLAG(0, "all", &o.all,
			    "text: all of the book, not only what changed"),
		OPTION_FLAG(0, "changed", &o.changed,
			    "leave out chapters where nothing changed"),
		OPTION_FLAG(0, "summary", &o.summary,
			    "how much changed in each chapter"),
		OPTION_FLAG(0, "json", &o.json,
			    "the summary for programs"),
		OPTION_FLAG(0, "no-index", &o.no_index,
			    "compare two files"),
		OPTION_STRING(0, "name", &o.title, "name",
			      "files: what to print above the changes"),
		OPTION_FLAG(0, "textconv", &o.textconv,
			    "print a file as it is read, a paragraph a line"),
		OPTION_END
	};
	struct error err = ERROR_INIT;
	int status = STATUS_OK;

	argc = parse_options(argc, argv, options, usage);
	check_arguments(argc, &o);
	choose_format(&o);
	if ((o.textconv ? print_file(argv[0], &err) :
	     o.no_index ? compare_files(argv, &o, &err) :
	     compare_revisions(argv, &o, &err)) < 0)
		status = report_fatal(&err);
	status = finish(status);
	pager_end();
	return status;
}
