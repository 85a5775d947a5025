/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "alloc.h"
#include "command.h"
#include "error.h"
#include "feedback_in.h"
#include "mail_cut.h"
#include "mail_read.h"
#include "maildir.h"
#include "notes.h"
#include "person.h"
#include "review.h"

void feedback_in_release(struct feedback_in *in)
{
	feedback_list_release(&in->list);
	for (size_t i = 0; i < in->count; i++)
		strbuf_release(&in->files[i]);
	free(in->files);
	*in = (struct feedback_in)FEEDBACK_IN_INIT;
}

static struct strbuf *add_bytes(struct feedback_in *in)
{
	GROW(in->files, in->count, in->capacity);
	in->files[in->count] = (struct strbuf)STRBUF_INIT;
	return &in->files[in->count++];
}

static bool cut_more(void *cut, struct strbuf *file)
{
	return mail_cut_more(cut, file);
}

/* Nothing but one item that could not be read. */
static bool is_lost(const struct feedback_in *in, size_t before)
{
	return in->list.count == before + 1 &&
	       in->list.items[before].kind == FEEDBACK_LOST;
}

static void add_quoted(struct strbuf *out, const char *words)
{
	size_t start = out->len + 1;

	strbuf_addch(out, '"');
	person_clean(out, words);
	for (size_t i = start; i < out->len; i++)
		if (out->buf[i] == '"' || out->buf[i] == '\\')
			out->buf[i] = '\'';
	strbuf_addch(out, '"');
}

/* So that it is theirs, too, when it is looked at again. */
static void add_sender(struct strbuf *out, const struct person *sender)
{
	if (!*sender->name)
		return;
	strbuf_adds(out, "From: ");
	add_quoted(out, sender->name);
	strbuf_adds(out, " <");
	person_clean(out, *sender->email ? sender->email :
		     "unknown@mail.invalid");
	strbuf_adds(out, ">\n");
}

/* Of a chapter, maybe: "fog.md" of "drafts/fog.md"; NULL: a name of no text. */
static const char *text_name(const char *path)
{
	static const char *const suffixes[] = { ".md", ".markdown", ".txt" };
	const char *slash = strrchr(path, '/'), *end = path + strlen(path);

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++)
		if (strlen(path) > strlen(suffixes[i]) &&
		    !strcasecmp(end - strlen(suffixes[i]), suffixes[i]))
			return slash ? slash + 1 : path;
	return NULL;
}

/* Without a sender nothing is anybody's words; a chapter shows what it is. */
static void keep_copies(struct feedback_list *list, size_t before)
{
	size_t count = before;

	for (size_t i = before; i < list->count; i++) {
		if (list->items[i].kind != FEEDBACK_COPY)
			continue;
		list->items[count] = list->items[i];
		list->items[count++].otherwise = 0;
	}
	list->count = count;
}

/*
 * What is neither a mail nor a patch: an edited chapter, as if attached; or
 * what somebody wrote, or read off a sheet of paper. A mail without headers.
 */
static int read_bare(struct feedback_in *in, size_t before,
		     struct slice words, const char *path, struct error *err)
{
	struct feedback lost = in->list.items[before];
	const char *name = text_name(path);
	struct strbuf *bytes = add_bytes(in);
	int rc;

	add_sender(bytes, &in->sender);
	strbuf_adds(bytes, "MIME-Version: 1.0\n"
		    "Content-Type: text/plain; charset=utf-8\n");
	if (name) {
		strbuf_adds(bytes, "Content-Disposition: attachment; "
			    "filename=");
		add_quoted(bytes, name);
		strbuf_addch(bytes, '\n');
	}
	strbuf_addch(bytes, '\n');
	strbuf_add_slice(bytes, words);
	in->list.count = before;
	rc = mail_read(&in->list, strbuf_slice(bytes), path, err);
	if (!*in->sender.name)
		keep_copies(&in->list, before);
	if (!rc && (in->list.count == before || is_lost(in, before))) {
		in->list.count = before;
		*feedback_list_add(&in->list, FEEDBACK_LOST) = lost;
	}
	return rc;
}

static int read_one(struct feedback_in *in, const char *path,
		    struct error *err)
{
	const char *name = strcmp(path, "-") ? path : "standard input";
	struct strbuf *file = add_bytes(in);
	size_t before = in->list.count;
	struct mail_cut cut = MAIL_CUT_INIT;
	int rc = read_file_until(file, path, cut_more, &cut, err);
	struct slice bytes = strbuf_slice(file);

	if (!rc)
		rc = mail_read(&in->list, bytes, name, err);
	if (!rc && is_lost(in, before) &&
	    (*in->sender.name || text_name(path)))
		rc = read_bare(in, before, bytes, name, err);
	if (!rc && is_lost(in, before) && !*in->sender.name &&
	    !*in->list.items[before].who.name &&
	    !*in->list.items[before].who.email)
		report_hint("if '%s' is what a reader wrote, say who: "
			    "--from='Name <address>'", name);
	return rc;
}

int feedback_in_again(struct feedback_in *in, const struct manuscript *ms,
		      struct error *err)
{
	struct review review = REVIEW_INIT;
	int rc = review_read(&review, ms, NULL, err);

	in->again = in->list.count;
	for (size_t i = 0; i < review.count && !rc; i++) {
		const struct review_comment *c = &review.items[i];
		struct strbuf *bytes;

		if (!c->comment.unplaced.len ||
		    c->state.state != COMMENT_OPEN)
			continue;
		bytes = add_bytes(in);
		rc = notes_read(bytes, ms->repo, REVIEW_MAIL_NOTES,
				c->comment.id, err);
		if (rc == ERROR_NOT_FOUND)
			rc = 0;
		else if (!rc)
			rc = mail_read(&in->list, strbuf_slice(bytes),
				       "a mail that was kept", err);
	}
	review_release(&review);
	return rc;
}

static int read_folder(struct feedback_in *in, const char *path,
		       struct error *err)
{
	struct maildir maildir = MAILDIR_INIT;
	int rc;

	if (!maildir_is(path))
		return error_set(err, ERROR_INVALID, "'%s' is a folder, but "
				 "no Maildir: name the files in it", path);
	rc = maildir_list(&maildir, path, err);

	for (size_t i = 0; i < maildir.count && !rc; i++) {
		rc = read_one(in, maildir.paths[i], err);
		report_progress("read", i, maildir.count);
	}
	report_progress("read", 1, 1);
	maildir_release(&maildir);
	return rc;
}

int feedback_in_read(struct feedback_in *in, char **paths, int count,
		     struct error *err)
{
	struct stat st;
	int rc = 0;

	if (!count)
		return read_one(in, "-", err);
	for (int i = 0; i < count && !rc; i++) {
		bool folder = strcmp(paths[i], "-") &&
			      !stat(paths[i], &st) && S_ISDIR(st.st_mode);

		rc = folder ? read_folder(in, paths[i], err) :
			      read_one(in, paths[i], err);
	}
	return rc;
}
