/* SPDX-License-Identifier: MIT */
/*
 * A manuscript: a git repository with settings, an outline and chunks, read
 * from its work tree or from any revision.
 */
#ifndef MANUSCRIPT_H
#define MANUSCRIPT_H

#include <stdbool.h>

#include "outline.h"
#include "repository.h"
#include "settings.h"

struct manuscript {
	struct repository *repo;
	struct tree *tree;
	struct settings settings;
	struct outline outline;
	char *outline_path;	/* "SUMMARY.md", "src/SUMMARY.md"; NULL when
				 * there is none and the outline is every
				 * tracked text file, by path */
	char *folder;		/* where chunks start: "" or "src/" */
	bool has_commit;	/* false before the first commit */
	bool modified;		/* of the work tree: differs from `commit` */
	struct commit_info commit;
	char *round;		/* name of the round at the commit, or NULL; the
				 * one that `rev` names if it names one */
};

/**
 * Open the manuscript that holds `path`. `rev` NULL: the work tree, or HEAD
 * of a bare repository; else a revision in git's syntax, or, if it is none, the
 * name of a round. The outline is the file that galley.conf names
 * (book.outline), or SUMMARY.md at the root, or what book.toml says
 * (src/SUMMARY.md unless it names another folder).
 */
int manuscript_open(struct manuscript **out, const char *path,
		    const char *rev, struct error *err);

/**
 * The same at a commit, of which a round is taken: its commit may have others,
 * and the round may not be there yet. "": of none.
 */
int manuscript_open_round(struct manuscript **out, const char *path,
			  const char *commit, const char *round,
			  struct error *err);

void manuscript_close(struct manuscript *ms);

/**
 * Title, subtitle, first author and language: from the settings, else the
 * outline's title or the repository's name; "" without a subtitle or an
 * author; "en". Never NULL.
 */
const char *manuscript_title(const struct manuscript *ms);
const char *manuscript_subtitle(const struct manuscript *ms);
const char *manuscript_author(const struct manuscript *ms);
const char *manuscript_language(const struct manuscript *ms);

/** Read one chunk of the outline: appends its bytes. */
int manuscript_read(struct strbuf *out, const struct manuscript *ms,
		    const struct outline_entry *entry, struct error *err);

#endif
