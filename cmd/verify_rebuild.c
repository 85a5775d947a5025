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

static int open_manuscript(struct manuscript **ms,
			   const struct draft_origin *origin,
			   struct error *err)
{
	struct repository *repo = NULL;
	struct commit_info commit;
	int rc = repository_open(&repo, ".", err);

	if (rc < 0) /* without one, nothing can be answered */
		return rc == ERROR_NOT_FOUND ? ERROR_GIT : rc;
	rc = repository_resolve(&commit, repo, origin->commit, NULL);
	repository_close(repo);
	if (rc < 0)
		return error_set(err, ERROR_NOT_FOUND, "commit %.12s is not in "
				 "this repository", origin->commit);
	rc = manuscript_open_round(ms, ".", origin->commit, origin->round,
				   err);
	if (!rc)
		rc = check_round(*ms, origin->round, err);
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
	struct manuscript *ms = NULL;
	struct book *book = NULL;
	int rc = open_manuscript(&ms, origin, err);

	if (!rc)
		rc = book_open(&book, ms, markdown_read, NULL, NULL, err);
	if (!rc)
		rc = make_folder(out, err);
	if (!rc) {
		if (*origin->code)
			book_stamp(book, origin->reader, origin->code);
		strbuf_addf(&out->path, "%s/draft%s", out->folder.buf,
			    format->extension);
		rc = format->write(book, out->path.buf, err);
	}
	book_close(book);
	manuscript_close(ms);
	return rc;
}
