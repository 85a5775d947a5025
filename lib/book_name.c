/* SPDX-License-Identifier: MIT */
/* What a draft is called, and for whom it is. */
#include <stdlib.h>
#include <string.h>
#include <uuid.h>

#include "alloc.h"
#include "book_private.h"
#include "person.h"
#include "slug.h"

static char *urn_of(const struct strbuf *name)
{
	struct strbuf out = STRBUF_INIT;
	char urn[UUID_STR_LEN];
	uuid_t id;

	uuid_generate_sha1(id, *uuid_get_template("url"), name->buf, name->len);
	uuid_unparse_lower(id, urn);
	strbuf_addf(&out, "urn:uuid:%s", urn);
	return strbuf_detach(&out, NULL);
}

void book_name_draft(struct book *book)
{
	const struct manuscript *ms = book->ms;
	const char *own = settings_get(&ms->settings, "book.identifier");
	struct strbuf out = STRBUF_INIT;

	if (ms->round)
		strbuf_addf(&out, "round %s", ms->round);
	else if (ms->has_commit)
		strbuf_addf(&out, "draft %s", ms->commit.short_id);
	else
		strbuf_adds(&out, "draft");
	if (ms->modified)
		strbuf_adds(&out, " with changes");
	if (book->since)
		strbuf_addf(&out, ", changes since %s", book->since);
	book->draft_name = strbuf_detach(&out, NULL);

	/* one for the book; and one that all copies of a draft share */
	strbuf_addf(&out, "%s\n%s",
		    own ? own : manuscript_title(ms), manuscript_author(ms));
	book->key = urn_of(&out);
	strbuf_addf(&out, "\n%s\n%s", ms->has_commit ? ms->commit.id : "",
		    book->draft_name);
	book->identifier = urn_of(&out);

	strbuf_truncate(&out, 0);
	slug_add(&out, slice_of(manuscript_title(ms)), 60);
	if (!out.len)
		strbuf_adds(&out, "book");
	book->slug = xstrdup(out.buf);
	if (ms->round) {
		strbuf_adds(&out, "-round-");
		slug_add(&out, slice_of(ms->round), 40);
	}
	if (ms->has_commit)
		strbuf_addf(&out, "-%s", ms->commit.short_id);
	if (ms->modified)
		strbuf_adds(&out, "-with-changes");
	if (book->since) {
		strbuf_adds(&out, "-since-");
		slug_add(&out, slice_of(book->since), 60);
	}
	book->file_stem = strbuf_detach(&out, &book->stem_len);
}

void book_name_redline(struct book *book, const char *old)
{
	char *since = xstrdup(old);

	free(book->since);
	book->since = since;
	free(book->draft_name);
	free(book->key);
	free(book->identifier);
	free(book->slug);
	free(book->file_stem);
	book_name_draft(book);
}

/* "Mara Quill" is "mara-quill-R7K3QX"; one in another script the code alone. */
static void add_to_stem(struct book *book)
{
	struct strbuf out = STRBUF_INIT;

	strbuf_add(&out, book->file_stem, book->stem_len);
	if (book->reader_name) {
		strbuf_addch(&out, '-');
		if (strcmp(book->reader_name, book->reader_code))
			slug_add(&out, slice_of(book->reader_name), 40);
		if (out.buf[out.len - 1] != '-')
			strbuf_addch(&out, '-');
		strbuf_adds(&out, book->reader_code);
	}
	free(book->file_stem);
	book->file_stem = strbuf_detach(&out, NULL);
}

void book_stamp(struct book *book, const char *name, const char *code)
{
	struct strbuf clean = STRBUF_INIT, letters = STRBUF_INIT;

	if (name && code)
		person_clean(&clean, name);
	for (; clean.len && *code; code++)
		if ((*code >= '0' && *code <= '9') ||
		    (*code >= 'A' && *code <= 'Z') ||
		    (*code >= 'a' && *code <= 'z'))
			strbuf_addch(&letters, *code);
	free(book->reader_name);
	free(book->reader_code);
	book->reader_name = book->reader_code = NULL;
	if (letters.len) {
		if (strchr(clean.buf, '@')) {
			strbuf_truncate(&clean, 0);
			strbuf_add_slice(&clean, strbuf_slice(&letters));
		}
		book->reader_name = strbuf_detach(&clean, NULL);
		book->reader_code = strbuf_detach(&letters, NULL);
	}
	strbuf_release(&clean);
	strbuf_release(&letters);
	add_to_stem(book);
}

const char *book_draft_name(const struct book *book)
{
	return book->draft_name;
}

const char *book_key(const struct book *book)
{
	return book->key;
}

const char *book_identifier(const struct book *book)
{
	return book->identifier;
}

const char *book_slug(const struct book *book)
{
	return book->slug;
}

void book_add_tag(struct strbuf *out, const struct book *book)
{
	const struct manuscript *ms = book->ms;

	strbuf_adds(out, book->slug);
	if (ms->round)
		strbuf_addf(out, " r%s", ms->round);
	else if (ms->has_commit)
		strbuf_addf(out, " %s", ms->commit.short_id);
	if (book->reader_code)
		strbuf_addf(out, " %s", book->reader_code);
}

const char *book_file_stem(const struct book *book)
{
	return book->file_stem;
}

const char *book_reader(const struct book *book)
{
	return book->reader_name;
}

const char *book_reader_code(const struct book *book)
{
	return book->reader_code;
}

void book_add_reader(struct strbuf *out, const struct book *book)
{
	if (!book->reader_name)
		return;
	if (strcmp(book->reader_name, book->reader_code))
		strbuf_addf(out, "%s, ", book->reader_name);
	strbuf_adds(out, book->reader_code);
}
