/* SPDX-License-Identifier: MIT */
/* galley-split: cuts a manuscript, or one chunk of it, into chunks. */
#define _XOPEN_SOURCE 700 /* realpath */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "command.h"
#include "error.h"
#include "manuscript.h"
#include "slug.h"
#include "split.h"
#include "split_book.h"
#include "strbuf.h"

static const char usage[] =
	"galley-split [-n] [--at=<level>] [--title=<title>] <file> [<dir>]\n"
	"galley-split [-n] [--at=<level>] <chunk>";

static void print_count(size_t count, const char *one, const char *several)
{
	printf("%zu %s", count, count == 1 ? one : several);
}

/* As the outline shows it: parts flush, chapters and what is in them below. */
static void print_plan(const struct split_plan *plan)
{
	size_t words = 0;

	for (size_t i = 0; i < plan->count; i++) {
		const struct split_piece *p = &plan->items[i];
		size_t n = split_count_words(slice_sub(
			plan->text, p->span.start, p->span.end));

		printf("%*s", p->kind == OUTLINE_CHAPTER
			? 2 + 2 * (int)p->depth : 0, "");
		print_safe(stdout, slice_of(p->title));
		printf("  (");
		print_safe(stdout, slice_of(p->path));
		fputs(", ", stdout);
		print_count(n, "word", "words");
		puts(")");
		words += n;
	}
	print_count(plan->count, "chunk", "chunks");
	fputs(", ", stdout);
	print_count(words, "word", "words");
	putchar('\n');
}

static size_t count_level(const struct split_plan *plan,
			  enum split_level level)
{
	size_t count = 0;

	for (size_t i = 0; i < plan->count; i++)
		count += plan->items[i].level == level;
	return count;
}

static void print_book(const struct split_plan *plan, const char *file,
		       const char *dir, const struct commit_info *commit)
{
	const char *author = settings_get_nth(&plan->settings, "book.author",
					      0);
	size_t parts = count_level(plan, SPLIT_PART);

	fputs("Split ", stdout);
	print_safe(stdout, slice_of(file));
	fputs(" into ", stdout);
	print_count(plan->count, "chunk", "chunks");
	fputs(", in ", stdout);
	print_safe(stdout, slice_of(dir));
	fputs("\n  ", stdout);
	print_safe(stdout,
		   slice_of(settings_get(&plan->settings, "book.title")));
	if (author) {
		fputs(", by ", stdout);
		print_safe(stdout, slice_of(author));
	}
	fputs(": ", stdout);
	if (parts) {
		print_count(parts, "part", "parts");
		fputs(", ", stdout);
	}
	print_count(count_level(plan, SPLIT_CHAPTER), "chapter", "chapters");
	printf("\n  commit %s; look at it with: cd ", commit->short_id);
	print_safe(stdout, slice_of(dir));
	puts(" && galley outline");
}

/* What may surprise: too few chunks, or one, and nobody asked for that. */
static void tell_odd(const struct split_plan *plan, const char *file,
		     const char *at)
{
	if (plan->unclosed)
		report_warning("%s:%zu: what opens here is never closed, so "
			       "nothing after it was cut", file,
			       plan->unclosed);
	if (plan->count == 1 && !at)
		report_hint("no chapters found to cut at; "
			    "--at=scene or --at=words:3000 may do");
}

static bool path_taken(const char *path, void *data)
{
	return tree_has(data, path);
}

static int recut(const struct split_book *book, const char *at, bool dry_run,
		 struct manuscript *ms, size_t entry, struct error *err)
{
	struct split_plan plan = SPLIT_PLAN_INIT;
	struct strbuf text = STRBUF_INIT;
	struct commit_info commit;
	int rc;

	rc = manuscript_read(&text, ms, &ms->outline.items[entry], err);
	if (!rc)
		rc = split_chunk_plan(&plan, strbuf_slice(&text),
				      &book->options, at != NULL,
				      &ms->outline.items[entry], path_taken,
				      ms->tree, err);
	if (rc)
		goto out;
	if (plan.count == 1) {
		rc = error_set(err, ERROR_NOT_FOUND, "nothing to cut at in "
			       "'%s'", ms->outline.items[entry].path);
		goto out;
	}
	if (dry_run) {
		print_plan(&plan);
		goto out;
	}
	rc = split_chunk_commit(&commit, &plan, ms, entry,
					book->people, err);
	if (rc)
		goto out;
	fputs("Split ", stdout);
	print_safe(stdout, slice_of(ms->outline.items[entry].path));
	fputs(" into ", stdout);
	print_count(plan.count, "chunk", "chunks");
	printf(", commit %s\n", commit.short_id);
	for (size_t i = 0; i < plan.count; i++) {
		fputs("  ", stdout);
		print_safe(stdout, slice_of(plan.items[i].path));
		putchar('\n');
	}
out:
	split_plan_release(&plan);
	strbuf_release(&text);
	return rc;
}

static void default_folder(struct strbuf *out, const struct split_plan *plan)
{
	slug_add(out, slice_of(settings_get(&plan->settings, "book.title")),
		 60);
	if (!out->len)
		strbuf_adds(out, "book");
}

static void warn_missing(const char *path, void *data)
{
	report_warning("picture '%s' is not there", path);
}

static int split_file(struct split_book *book, const char *file,
		      const char *dir, const char *at, bool dry_run,
		      struct error *err)
{
	struct split_plan plan = SPLIT_PLAN_INIT;
	struct strbuf text = STRBUF_INIT, folder = STRBUF_INIT;
	struct commit_info commit;
	struct error why = ERROR_INIT;
	int rc;

	if ((rc = read_file(&text, file, err)) < 0)
		goto out;
	book->options.name = strcmp(file, "-") ? file : "Untitled";
	split_book_read_pictures(book, strbuf_slice(&text), file);
	rc = split_plan_make(&plan, strbuf_slice(&text), &book->options, &why);
	if (rc) {
		error_set(err, rc, "cannot split '%s': %s", file, why.message);
		goto out;
	}
	split_book_read_cover(book, &plan, file);
	if (dir)
		strbuf_adds(&folder, dir);
	else
		default_folder(&folder, &plan);
	if (dry_run) {
		print_plan(&plan);
		tell_odd(&plan, file, at);
		goto out;
	}
	rc = split_book_write(&commit, book, &plan, file, folder.buf,
			      read_file, err);
	if (rc)
		goto out;
	split_book_each_missing(book, warn_missing, NULL);
	print_book(&plan, file, folder.buf, &commit);
	tell_odd(&plan, file, at);
out:
	split_plan_release(&plan);
	strbuf_release(&text);
	strbuf_release(&folder);
	return rc;
}

/*
 * The entry of the outline that `file` is, of the manuscript around us. None
 * around us is no failure; one that cannot be read is.
 */
static int find_chunk(bool *found, struct manuscript **ms, size_t *entry,
		      const char *file, struct error *err)
{
	char *path = realpath(file, NULL);
	const char *root;
	int rc = path ? manuscript_open(ms, ".", NULL, err) : 0;

	if (path && !rc && (root = repository_work_tree((*ms)->repo)) &&
	    !strncmp(path, root, strlen(root)))
		for (size_t i = 0; i < (*ms)->outline.count && !*found; i++) {
			const char *chunk = (*ms)->outline.items[i].path;

			*found = chunk && !strcmp(chunk, path + strlen(root));
			*entry = i;
		}
	free(path);
	return rc == ERROR_NOT_FOUND ? 0 : rc;
}

int main(int argc, char **argv)
{
	struct split_book book = SPLIT_BOOK_INIT;
	const char *at = NULL;
	bool dry_run = false, chunk = false;
	const struct option options[] = {
		OPTION_FLAG('n', "dry-run", &dry_run,
			    "show what would be made, and make nothing"),
		OPTION_STRING(0, "at", &at, "level", "part, chapter, section, "
			      "scene or words:<n>"),
		OPTION_STRING(0, "title", &book.options.title, "title",
			      "the book's title"),
		OPTION_END
	};
	struct manuscript *ms = NULL;
	struct error err = ERROR_INIT;
	size_t entry = 0;
	int rc = 0;

	book.people = people_of_environment();
	argc = parse_options(argc, argv, options, usage);
	if (argc < 1)
		usage_error(usage, "which file?");
	if (argc > 2)
		usage_error(usage, "one file at a time");
	if (at && split_options_parse(&book.options, at, &err) < 0)
		usage_error(usage, "%s", err.message);
	if (argc == 1 && !book.options.title)
		rc = find_chunk(&chunk, &ms, &entry, argv[0], &err);
	if (!rc && chunk)
		rc = recut(&book, at, dry_run, ms, entry, &err);
	else if (!rc)
		rc = split_file(&book, argv[0], argv[1], at, dry_run, &err);
	manuscript_close(ms);
	split_book_release(&book);
	return finish(rc < 0 ? report_fatal(&err) : STATUS_OK);
}
