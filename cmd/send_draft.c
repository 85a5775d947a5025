/* SPDX-License-Identifier: MIT */
/* A copy of the book for one reader. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "book.h"
#include "command.h"
#include "error.h"
#include "format.h"
#include "markdown_read.h"
#include "send.h"

#define DRAFT "galley-draft"

bool send_way(const struct format **format, bool *link,
	      const struct send *send, const struct reader *reader)
{
	const char *way = reader->format;
	bool attach = settings_get_bool(&send->ms->settings, "review.attach",
					true);

	*format = NULL;
	*link = *send->site;
	if (!*way || !strcmp(way, "epub"))
		*format = attach || *way || !*link ? format_named("epub") :
						     NULL;
	else if (!strcmp(way, "page"))
		*format = format_named("html");
	else if (strcmp(way, "link") && strcmp(way, "none"))
		return false;
	if (!strcmp(way, "none"))
		*link = false;
	return true;
}

int send_open_book(struct book **out, const struct send *send,
		   const struct reader *reader, struct error *err)
{
	int rc = book_open(out, send->ms, markdown_read, NULL, NULL, err);

	if (!rc)
		book_stamp(*out, reader->name, reader->code);
	return rc;
}

void send_sweep(struct repository *repo)
{
	const char *folder = repository_path(repo);
	DIR *dir = opendir(folder);
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		struct strbuf path = STRBUF_INIT;

		strbuf_addf(&path, "%s%s", folder, entry->d_name);
		if (!strncmp(entry->d_name, DRAFT, strlen(DRAFT)))
			unlink(path.buf);
		strbuf_release(&path);
	}
	if (dir)
		closedir(dir);
}

/* In git's folder, where the lock of sending keeps others away. */
int send_draft(struct strbuf *bytes, struct strbuf *name,
	       const struct send *send, struct book *book,
	       const struct format *format, struct error *err)
{
	struct strbuf path = STRBUF_INIT;
	int rc;

	strbuf_addf(name, "%s%s", book_file_stem(book), format->extension);
	strbuf_addf(&path, "%s" DRAFT "%s",
		    repository_path(send->ms->repo), format->extension);
	rc = format->write(book, path.buf, err);
	if (!rc)
		rc = read_file(bytes, path.buf, err);
	unlink(path.buf);
	strbuf_release(&path);
	return rc;
}
