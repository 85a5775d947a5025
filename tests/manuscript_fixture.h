/* SPDX-License-Identifier: MIT */
/*
 * For tests: a manuscript in a repository of its own in a temporary folder,
 * made of texts or of the files of a sample.
 */
#ifndef MANUSCRIPT_FIXTURE_H
#define MANUSCRIPT_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "error.h"
#include "manuscript.h"
#include "repository.h"
#include "strbuf.h"

struct fixture_file {
	const char *path, *text;
};

struct fixture {
	char folder[40];
	struct repository *repo;
	struct manuscript *ms;
};

static inline void fixture_fail(const char *what, const struct error *err)
{
	fprintf(stderr, "%s: %s\n", what, err->message);
	abort();
}

/* Files end with one that has no path. */
static inline void fixture_open(struct fixture *f,
				const struct fixture_file *files)
{
	struct error err = ERROR_INIT;
	struct change *change;

	strcpy(f->folder, "/tmp/galley-fixture-XXXXXX");
	if (!mkdtemp(f->folder) ||
	    repository_init(&f->repo, f->folder, &err) < 0 ||
	    change_begin(&change, f->repo, &err) < 0)
		fixture_fail("cannot make a repository", &err);
	for (; files->path; files++)
		if (change_write(change, files->path, slice_of(files->text),
				 &err) < 0)
			fixture_fail(files->path, &err);
	if (change_commit(NULL, change, "test", &err) < 0)
		fixture_fail("cannot commit", &err);
	change_end(change);
	if (manuscript_open(&f->ms, f->folder, NULL, &err) < 0)
		fixture_fail("cannot open", &err);
}

static inline void fixture_close(struct fixture *f)
{
	char command[80];

	manuscript_close(f->ms);
	repository_close(f->repo);
	snprintf(command, sizeof(command), "rm -rf %s", f->folder);
	if (system(command))
		abort();
}

/* The bytes of a file of the project, from its root. */
static inline char *fixture_read(const char *path)
{
	struct strbuf out = STRBUF_INIT;
	FILE *in = fopen(path, "rb");
	int c;

	if (!in)
		abort();
	while ((c = getc(in)) != EOF)
		strbuf_addch(&out, (char)c);
	fclose(in);
	return strbuf_detach(&out, NULL);
}

/* The handbook of samples/, with tables, notes and figures. */
static inline void fixture_open_handbook(struct fixture *f)
{
	static const char *const names[] = {
		"SUMMARY.md", "galley.conf", "foreword.md", "glossary.md",
		"colophon.md", "01-water/part.md", "01-water/pond.md",
		"01-water/gates.md", "01-water/wheel.md",
		"01-water/reckoning.md", "02-stones/stones.md",
		"02-stones/dressing.md", "02-stones/grinding.md",
		"03-keeping/timetable.md", "03-keeping/log.md"
	};
	struct fixture_file files[16] = { { NULL, NULL } };
	size_t count = sizeof(names) / sizeof(names[0]);

	for (size_t i = 0; i < count; i++) {
		char path[80];

		snprintf(path, sizeof(path), "samples/handbook/%s", names[i]);
		files[i].path = names[i];
		files[i].text = fixture_read(path);
	}
	fixture_open(f, files);
	for (size_t i = 0; i < count; i++)
		free((char *)files[i].text);
}

static inline void fixture_open_novella(struct fixture *f)
{
	char *text = fixture_read("samples/the-tide-table.md");

	fixture_open(f, (struct fixture_file[]){
		{ "SUMMARY.md", "- [The Tide Table](book.md)\n" },
		{ "book.md", text }, { NULL, NULL } });
	free(text);
}

#endif
