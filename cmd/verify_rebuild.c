/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700 /* nftw() */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "book.h"
#include "error.h"
#include "format.h"
#include "manuscript.h"
#include "markdown_read.h"
#include "redline_book.h"
#include "verify_rebuild.h"

static int remove_entry(const char *path, const struct stat *st, int kind,
			struct FTW *ftw)
{
	return remove(path);
}

void rebuilt_release(struct rebuilt *rebuilt)
{
	if (rebuilt->folder.len)
		nftw(rebuilt->folder.buf, remove_entry, 16,
		     FTW_DEPTH | FTW_PHYS);
	strbuf_release(&rebuilt->folder);
	strbuf_release(&rebuilt->path);
}

static int make_folder(struct rebuilt *out, struct error *err)
{
	const char *temporary = getenv("TMPDIR");

	strbuf_addf(&out->folder, "%s/galley-verify.XXXXXX",
		    temporary && *temporary ? temporary : "/tmp");
	if (mkdtemp(out->folder.buf))
		return 0;
	error_set_errno(err, "cannot make a folder in '%s'",
			temporary && *temporary ? temporary : "/tmp");
	strbuf_truncate(&out->folder, 0);
	return ERROR_IO;
}

/* Is the round that is named the one of this commit? */
static int check_round(const struct manuscript *ms, const char *round,
		       struct error *err)
{
	struct commit_info commit;
	struct strbuf ref = STRBUF_INIT;
	int rc = 0;

	strbuf_addf(&ref, "refs/tags/round/%s", round);
	if (*round && (repository_resolve(&commit, ms->repo, ref.buf,
					  NULL) < 0 ||
		       strcmp(commit.id, ms->commit.id)))
		rc = error_set(err, ERROR_NOT_FOUND, "round '%s' is not on "
			       "commit %s in this repository", round,
			       ms->commit.short_id);
	strbuf_release(&ref);
	return rc;
}

static int open_manuscript(struct manuscript **ms, const char *id,
			   const char *round, struct error *err)
{
	struct repository *repo = NULL;
	struct commit_info commit;
	int rc = repository_open(&repo, ".", err);

	if (rc < 0) /* without one, nothing can be answered */
		return rc == ERROR_NOT_FOUND ? ERROR_GIT : rc;
	rc = repository_resolve(&commit, repo, id, NULL);
	repository_close(repo);
	if (rc < 0)
		return error_set(err, ERROR_NOT_FOUND, "commit %.12s is not in "
				 "this repository", id);
	rc = manuscript_open_round(ms, ".", id, round, err);
	if (!rc)
		rc = check_round(*ms, round, err);
	return rc;
}

/* What a draft is made of; of a redline both. */
struct source {
	struct manuscript *ms, *old;
	struct book *book;
	struct redline_book *redline;
};

static void source_close(struct source *source)
{
	if (!source->redline)
		book_close(source->book);
	redline_book_close(source->redline);
	manuscript_close(source->old);
	manuscript_close(source->ms);
}

static int source_open(struct source *out, const struct draft_origin *origin,
		       struct error *err)
{
	int rc = open_manuscript(&out->ms, origin->commit, origin->round, err);

	if (rc < 0)
		return rc;
	if (!*origin->since)
		return book_open(&out->book, out->ms, markdown_read, NULL,
				 NULL, err);
	rc = open_manuscript(&out->old, origin->since, origin->since_round,
			     err);
	if (!rc)
		rc = redline_book_open(&out->redline, out->old, out->ms,
				       markdown_read, origin->changed_only ?
				       REDLINE_CHANGED_ONLY : 0, NULL, NULL,
				       err);
	if (!rc)
		out->book = redline_book(out->redline);
	return rc;
}

int rebuild_draft(struct rebuilt *out, const struct draft_origin *origin,
		  enum draft_kind kind, struct error *err)
{
	static const char *const names[] = {
		[DRAFT_EPUB] = "epub", [DRAFT_PAGE] = "html",
		[DRAFT_SITE] = "site"
	};
	const struct format *format = format_named(names[kind]);
	struct source source = { NULL, NULL, NULL, NULL };
	int rc = source_open(&source, origin, err);

	if (!rc)
		rc = make_folder(out, err);
	if (!rc) {
		if (*origin->code)
			book_stamp(source.book, origin->reader, origin->code);
		strbuf_addf(&out->path, "%s/draft%s", out->folder.buf,
			    format->extension);
		rc = format->write(source.book, out->path.buf, err);
	}
	source_close(&source);
	return rc;
}
