/* SPDX-License-Identifier: MIT */
/* galley-init: makes a manuscript; asks nothing that it can know. */
#define _XOPEN_SOURCE 700 /* realpath */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "block_scan.h"
#include "command.h"
#include "error.h"
#include "git_driver.h"
#include "manuscript.h"
#include "outline_inline.h"
#include "strbuf.h"

static const char usage[] =
	"galley-init [-n] [--title=<title>] [--author=<name>] "
	"[--language=<tag>] [--merge-driver] [--diff-driver] [<dir>]";

#define FIRST_CHUNK "01-chapter-one.md"

static const char first_text[] =
	"# Chapter One\n"
	"\n"
	"This is where your book begins. Write in this file, in plain text; "
	"an empty line\nstarts a new paragraph, and *stars* make words stand "
	"out.\n"
	"\n"
	"* * *\n"
	"\n"
	"Three stars make a break between scenes. When a chapter is done, add "
	"the next\none to the list in SUMMARY.md.\n";

struct init {
	bool dry_run, merge, diff; /* drivers for git */
	const char *title, *author, *language;
	const char *folder;
	bool new_repository;
	struct repository *repo;	/* NULL in a dry run without one */
	struct manuscript *ms;		/* NULL before the repository is */
	struct outline outline;
	struct settings settings;
	struct strbuf own_title, own_author, own_language;
};

/* "the-harbour": "The harbour" */
static void title_of_folder(struct strbuf *out, const char *folder)
{
	char *path = realpath(folder, NULL);
	const char *from = path ? path : folder, *name;
	size_t len = strlen(from);

	while (len > 1 && from[len - 1] == '/')
		len--;
	name = from + len;
	while (name > from && name[-1] != '/')
		name--;
	for (; name < from + len; name++)
		strbuf_addch(out, *name == '-' || *name == '_' ? ' ' : *name);
	if (out->len)
		*out->buf = (char)toupper((unsigned char)*out->buf);
	free(path);
}

/* "de_AT.UTF-8": "de-AT"; the locales of programs are English. */
static void language_of_locale(struct strbuf *out)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	const char *locale = NULL;
	size_t len;

	for (size_t i = 0; i < 3 && (!locale || !*locale); i++)
		locale = getenv(names[i]);
	len = locale ? strcspn(locale, ".@") : 0;
	if (len < 2 || !strncmp(locale, "POSIX", len) || locale[0] == 'C') {
		strbuf_adds(out, "en");
		return;
	}
	for (size_t i = 0; i < len; i++)
		strbuf_addch(out, locale[i] == '_' ? '-' : locale[i]);
}

/* Is there a repository at the folder, rather than around it? */
static int find_repository(struct init *init, struct error *err)
{
	struct strbuf root = STRBUF_INIT;
	const char *work_tree;
	struct stat here, there;
	int rc;

	if (stat(init->folder, &here) < 0) {
		if (errno != ENOENT)
			return error_set_errno(err, "cannot read '%s'",
					       init->folder);
		init->new_repository = true;
		return 0;
	}
	if (!S_ISDIR(here.st_mode))
		return error_set(err, ERROR_EXISTS, "'%s' is not a folder",
				 init->folder);
	rc = repository_open(&init->repo, init->folder, err);
	if (rc == ERROR_NOT_FOUND) {
		init->new_repository = true;
		return 0;
	}
	if (rc < 0)
		return rc;
	work_tree = repository_work_tree(init->repo);
	if (!work_tree)
		return error_set(err, ERROR_INVALID, "'%s' is a bare "
				 "repository: it has no work tree",
				 init->folder);
	if (stat(work_tree, &there) < 0 || there.st_dev != here.st_dev ||
	    there.st_ino != here.st_ino) {
		strbuf_adds(&root, work_tree);
		rc = error_set(err, ERROR_INVALID, "'%s' is inside the "
			       "repository at '%s'; for a book of its own, "
			       "run 'git init' in it first", init->folder,
			       root.buf);
		strbuf_release(&root);
	}
	return rc;
}

static bool is_text_name(const char *name)
{
	static const char *const ends[] = { ".md", ".markdown" };
	size_t len = strlen(name);

	for (size_t i = 0; i < 2; i++) {
		size_t n = strlen(ends[i]);

		if (len > n && !strcasecmp(name + len - n, ends[i]))
			return true;
	}
	return false;
}

/* The words of the first heading, or "" */
static void first_heading(struct strbuf *out, struct slice text)
{
	struct block_scanner scanner;
	struct block block;

	block_scanner_init(&scanner, text);
	while (block_scanner_next(&scanner, &block))
		if (block.type == BLOCK_HEADING) {
			outline_plain_title(out, block.title);
			return;
		}
}

/* An outline of the chunks that git tracks, by their own headings. */
static int outline_chunks(struct init *init, struct error *err)
{
	const struct outline *found = &init->ms->outline;
	struct strbuf text = STRBUF_INIT, title = STRBUF_INIT;
	int rc = 0;

	for (size_t i = 0; i < found->count; i++) {
		struct outline_entry entry = found->items[i];

		strbuf_truncate(&text, 0);
		strbuf_truncate(&title, 0);
		rc = manuscript_read(&text, init->ms, &entry, err);
		if (rc == ERROR_NOT_FOUND)
			continue;	/* tracked, and deleted since */
		if (rc < 0)
			break;
		first_heading(&title, strbuf_slice(&text));
		if (title.len)
			entry.title = title.buf;
		outline_add(&init->outline, &entry);
	}
	strbuf_release(&text);
	strbuf_release(&title);
	return rc == ERROR_NOT_FOUND ? 0 : rc;
}

static void fill_settings(struct init *init)
{
	char *name = NULL;

	if (!init->title) {
		title_of_folder(&init->own_title, init->folder);
		init->title = init->own_title.buf;
	}
	if (!init->author && init->repo &&
	    !repository_config(&name, init->repo, "user.name", NULL)) {
		strbuf_adds(&init->own_author, name);
		init->author = init->own_author.buf;
	}
	if (!init->language) {
		language_of_locale(&init->own_language);
		init->language = init->own_language.buf;
	}
	settings_add(&init->settings, "book.title", init->title);
	if (init->author && *init->author)
		settings_add(&init->settings, "book.author", init->author);
	settings_add(&init->settings, "book.language", init->language);
	free(name);
}

static const char *root_of(const struct init *init)
{
	return init->repo ? repository_work_tree(init->repo) : init->folder;
}

/* True when the author has such a file, tracked or not. */
static bool is_there(const struct init *init, const char *name)
{
	struct strbuf path = STRBUF_INIT;
	struct stat st;
	bool there;

	strbuf_addf(&path, "%s/%s", root_of(init), name);
	there = !lstat(path.buf, &st);
	strbuf_release(&path);
	return there;
}

/* Markdown that git does not know would be left out of the outline. */
static void warn_of_untracked(const struct init *init)
{
	DIR *dir = opendir(root_of(init));
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		if (*entry->d_name == '.' || !is_text_name(entry->d_name) ||
		    !strcmp(entry->d_name, FIRST_CHUNK))
			continue;
		report_warning("'%s' is not in git yet, and so not in the "
			       "outline", entry->d_name);
		report_hint("when it belongs to the book, add it to "
			    "SUMMARY.md, then 'git add' and 'git commit'");
		break;
	}
	if (dir)
		closedir(dir);
}

static int put_file(struct init *init, struct change *change,
		    const char *path, struct slice bytes, struct error *err)
{
	if (init->dry_run) {
		printf("would write %s\n", path);
		return 0;
	}
	printf("%s\n", path);
	return change_write(change, path, bytes, err);
}

/* The drivers that are asked for, until one is NULL. */
static void list_drivers(const struct git_driver *list[3],
			 const struct init *init)
{
	size_t n = 0;

	if (init->merge)
		list[n++] = &merge_driver;
	if (init->diff)
		list[n++] = &diff_driver;
	list[n] = NULL;
}

/* 1: it was put, 0: it has all that is asked for. */
static int put_attributes(struct init *init, struct change *change,
			  struct error *err)
{
	struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;
	struct strbuf new = STRBUF_INIT;
	const struct git_driver *drivers[3];
	bool more = false;
	int rc = 0;

	list_drivers(drivers, init);
	strbuf_addf(&path, "%s/.gitattributes", root_of(init));
	if (is_there(init, ".gitattributes"))
		rc = read_file(&text, path.buf, err);
	for (size_t i = 0; !rc && drivers[i]; i++) {
		strbuf_truncate(&new, 0);
		if (!git_driver_attributes(&new, strbuf_slice(&text),
					   drivers[i]))
			continue;
		strbuf_truncate(&text, 0);
		strbuf_add_slice(&text, strbuf_slice(&new));
		more = true;
	}
	if (!rc && more) {
		rc = put_file(init, change, ".gitattributes",
			      strbuf_slice(&text), err);
		rc = rc < 0 ? rc : 1;
	}
	strbuf_release(&path);
	strbuf_release(&text);
	strbuf_release(&new);
	return rc;
}

static int set_drivers(struct init *init, struct error *err)
{
	const struct git_driver *drivers[3];
	int rc = 0;

	list_drivers(drivers, init);
	for (size_t i = 0; !rc && drivers[i]; i++) {
		if (init->repo && git_driver_is_set(init->repo, drivers[i]))
			continue;
		printf("%s%s\n", init->dry_run ? "would set " : "",
		       drivers[i]->settings[0][0]);
		if (!init->dry_run)
			rc = git_driver_set(init->repo, drivers[i], err);
	}
	return rc;
}

static int put_files(struct init *init, struct change *change,
		     struct error *err)
{
	struct strbuf settings = STRBUF_INIT, outline = STRBUF_INIT;
	const struct outline_entry first = {
		.kind = OUTLINE_CHAPTER, .title = "Chapter One",
		.path = FIRST_CHUNK
	};
	bool fresh = !init->outline.count;
	int rc = 0;

	init->outline.title = "Summary";
	if (fresh)
		outline_add(&init->outline, &first);
	settings_write(&settings, &init->settings);
	outline_write(&outline, &init->outline, "");
	if (!is_there(init, "galley.conf"))
		rc = put_file(init, change, "galley.conf",
			      strbuf_slice(&settings), err);
	if (!rc)
		rc = put_file(init, change, "SUMMARY.md",
			      strbuf_slice(&outline), err);
	if (!rc && fresh && !is_there(init, FIRST_CHUNK))
		rc = put_file(init, change, FIRST_CHUNK, slice_of(first_text),
			      err);
	if (!rc && (init->merge || init->diff))
		rc = put_attributes(init, change, err);
	strbuf_release(&settings);
	strbuf_release(&outline);
	return rc < 0 ? rc : 0;
}

static int write_manuscript(struct init *init, struct error *err)
{
	struct strbuf message = STRBUF_INIT;
	struct change *change = NULL;
	int rc;

	if (init->dry_run)
		return put_files(init, NULL, err);
	strbuf_addf(&message, "Begin '%s'\n\nSettings and outline, by galley "
		    "init.\n", init->title);
	if ((rc = change_begin(&change, init->repo, err)) == 0 &&
	    (rc = change_set_people(change, people_of_environment(),
				    err)) == 0 &&
	    (rc = put_files(init, change, err)) == 0)
		rc = change_commit(NULL, change, message.buf, err);
	change_end(change);
	strbuf_release(&message);
	return rc;
}

/* Drivers for a manuscript that is there. */
static int add_drivers(struct init *init, struct error *err)
{
	const char *message = init->merge ?
		"Merge prose word by word\n\nA merge driver, by galley init.\n" :
		"Compare prose word by word\n\nA diff driver, by galley init.\n";
	struct change *change = NULL;
	int rc;

	if (init->dry_run) {
		rc = put_attributes(init, NULL, err);
		return rc < 0 ? rc : set_drivers(init, err);
	}
	if ((rc = change_begin(&change, init->repo, err)) == 0 &&
	    (rc = change_set_people(change, people_of_environment(),
				    err)) == 0 &&
	    (rc = put_attributes(init, change, err)) > 0)
		rc = change_commit(NULL, change, message, err);
	change_end(change);
	return rc < 0 ? rc : set_drivers(init, err);
}

static int make_repository(struct init *init, struct error *err)
{
	if (init->dry_run) {
		printf("would make a repository in '%s'\n", init->folder);
		return 0;
	}
	return repository_init(&init->repo, init->folder, err);
}

static int run(struct init *init, struct error *err)
{
	bool known = false;
	int rc;

	if ((rc = find_repository(init, err)) < 0)
		return rc;
	if (init->new_repository)
		rc = make_repository(init, err);
	else if ((rc = manuscript_open(&init->ms, init->folder, NULL,
				       err)) == 0)
		known = init->ms->outline_path != NULL;
	if (rc < 0)
		return rc;
	if (known && (init->merge || init->diff))
		return add_drivers(init, err);
	if (known) {
		printf("'%s' is already a manuscript; nothing to do\n",
		       init->folder);
		return 0;
	}
	if (init->ms && (rc = outline_chunks(init, err)) < 0)
		return rc;
	if (!init->outline.count)
		warn_of_untracked(init);
	fill_settings(init);
	rc = write_manuscript(init, err);
	return rc < 0 ? rc : set_drivers(init, err);
}

int main(int argc, char **argv)
{
	struct init init = {
		.outline = OUTLINE_INIT, .settings = SETTINGS_INIT,
		.own_title = STRBUF_INIT, .own_author = STRBUF_INIT,
		.own_language = STRBUF_INIT
	};
	const struct option options[] = {
		OPTION_FLAG('n', "dry-run", &init.dry_run,
			    "say what would be made, make nothing"),
		OPTION_STRING(0, "title", &init.title, "title",
			      "the book's title, else the folder's name"),
		OPTION_STRING(0, "author", &init.author, "name",
			      "else user.name of git config"),
		OPTION_STRING(0, "language", &init.language, "tag",
			      "of the book, as en-GB; else the locale's"),
		OPTION_FLAG(0, "merge-driver", &init.merge,
			    "have git merge its text word by word"),
		OPTION_FLAG(0, "diff-driver", &init.diff,
			    "have git compare its text word by word"),
		OPTION_END
	};
	struct error err = ERROR_INIT;
	int status = STATUS_OK;

	argc = parse_options(argc, argv, options, usage);
	if (argc > 1)
		usage_error(usage, "too many arguments");
	init.folder = argc ? argv[0] : ".";
	if (run(&init, &err) < 0)
		status = report_fatal(&err);
	manuscript_close(init.ms);
	repository_close(init.repo);
	outline_release(&init.outline);
	settings_release(&init.settings);
	strbuf_release(&init.own_title);
	strbuf_release(&init.own_author);
	strbuf_release(&init.own_language);
	return finish(status);
}
