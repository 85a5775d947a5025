/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "book.h"
#include "command.h"
#include "error.h"
#include "format.h"
#include "manuscript.h"
#include "markdown_read.h"
#include "review_round.h"
#include "round_drafts.h"
#include "strbuf.h"

/* What each round is sent out as. */
static const char *const draft_formats[] = { "epub", "site" };

static void add_path(struct strbuf *out, const char *folder,
		     const struct book *book, const struct format *format)
{
	size_t len = folder ? strlen(folder) : 0;

	if (len)
		strbuf_addf(out, "%s%s", folder,
			    folder[len - 1] == '/' ? "" : "/");
	strbuf_addf(out, "%s%s", book_file_stem(book), format->extension);
}

static int open_book(struct manuscript **ms, struct book **book,
		     const struct review_round *round, book_warning *warning,
		     struct error *err)
{
	int rc = manuscript_open_round(ms, ".", round->commit, round->name,
				       err);

	if (rc < 0)
		return rc;
	return book_open(book, *ms, markdown_read, warning, NULL, err);
}

/* Make a draft of the round, unless `dry_run`, and find out its path. */
static int make_draft(struct strbuf *path, const struct review_round *round,
		      const char *folder,
		      const char *format_name, bool dry_run,
		      book_warning *warning, struct error *err)
{
	const struct format *format = format_named(format_name);
	struct manuscript *ms = NULL;
	struct book *book = NULL;
	int rc = open_book(&ms, &book, round, warning, err);

	if (rc < 0)
		goto out;
	add_path(path, folder, book, format);
	book_tell_progress(book, report_progress_of,
			   (void *)format->name);
	if (!dry_run)
		rc = format->write(book, path->buf, err);
	report_progress(format->name, 1, 1);
out:
	book_close(book);
	manuscript_close(ms);
	return rc;
}

int round_drafts(struct strbuf *paths, const struct review_round *round,
		 const char *folder, bool dry_run, struct error *err)
{
	size_t count = sizeof(draft_formats) / sizeof(*draft_formats);
	int rc = 0;

	for (size_t i = 0; !rc && i < count; i++) {
		struct strbuf path = STRBUF_INIT;

		/* what one of them warns of, the others do as well */
		rc = make_draft(&path, round, folder, draft_formats[i],
				dry_run, i || dry_run ? NULL : report_about,
				err);
		if (!rc)
			strbuf_addf(paths, "%s\n", path.buf);
		strbuf_release(&path);
	}
	return rc;
}
