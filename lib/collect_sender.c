/* SPDX-License-Identifier: MIT */
/* Whose words they are: of the mail's sender, or of a reader by their code. */
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "collect_private.h"
#include "error.h"
#include "strbuf.h"

int collect_read_readers(struct collector *c,
			 const struct feedback_list *list)
{
	struct error err = ERROR_INIT;
	size_t i = 0;
	int rc;

	while (i < list->count && !*list->items[i].copy)
		i++;
	if (i == list->count || *c->options->from.name)
		return 0;
	rc = reader_list_read(&c->readers, c->ms, &err);
	/* a list that cannot be read would lose names: it is to be mended */
	return !rc || rc == ERROR_NOT_FOUND
		       ? 0 : error_set(c->err, rc, "%s", err.message);
}

static bool is_break(char c)
{
	return c == ' ' || c == ',' || c == '.' || c == '"' || c == '\'';
}

static bool next_part(struct slice *part, struct slice *name)
{
	size_t n = 0;

	while (name->len && is_break(*name->ptr))
		*name = slice_sub(*name, 1, name->len);
	while (n < name->len && !is_break(name->ptr[n]))
		n++;
	*part = slice_sub(*name, 0, n);
	*name = slice_sub(*name, n, name->len);
	return n;
}

static bool has_part(struct slice name, struct slice wanted)
{
	struct slice part;

	while (next_part(&part, &name))
		if (part.len == wanted.len &&
		    !strncasecmp(part.ptr, wanted.ptr, part.len))
			return true;
	return false;
}

/* Has the one name all that the other has? "Quill, Mara"; "Mara". */
static bool has_all(const char *name, const char *other)
{
	struct slice rest = slice_of(other), part;
	bool some = false;

	while (next_part(&part, &rest)) {
		if (!has_part(slice_of(name), part))
			return false;
		some = true;
	}
	return some;
}

static bool is_name_of(const struct reader *reader, const char *name)
{
	return has_all(reader->name, name) || has_all(name, reader->name);
}

/* The reader whose copy it is, if these are their words. */
static const struct reader *reader_of_copy(const struct collector *c,
					   const struct feedback *f,
					   const char *name,
					   const char *email)
{
	const struct reader *reader;

	if (!*f->copy || !c->readers.count ||
	    reader_list_find(&reader, &c->readers, f->copy, NULL) < 0 ||
	    strcasecmp(reader->code, f->copy))
		return NULL;
	if (reader_list_address(&c->readers, email))
		return NULL; /* it is known who that is */
	return !*name || is_name_of(reader, name) ? reader : NULL;
}

void collect_find_sender(struct sender *out, struct collector *c,
			 const struct feedback *f, bool again)
{
	const struct person *said = *c->options->from.name && !again ?
				    &c->options->from : &f->who;
	const struct reader *reader = NULL;
	struct strbuf name = STRBUF_INIT, email = STRBUF_INIT;

	person_clean(&name, said->name);
	person_clean(&email, said->email);
	out->sent_from = "";
	if (said == &f->who)
		reader = reader_of_copy(c, f, name.buf, email.buf);
	if (reader) {
		out->sent_from = arena_strdup(c->arena, email.buf);
		strbuf_truncate(&name, 0);
		strbuf_truncate(&email, 0);
		person_clean(&name, reader->name);
		person_clean(&email, reader->address);
	}
	if (!name.len && email.len)
		strbuf_add(&name, email.buf, strcspn(email.buf, "@"));
	if (!name.len)
		strbuf_adds(&name, "Unknown reader");
	if (!email.len)
		strbuf_addf(&email, "unknown@%s.invalid", f->channel);
	out->who.name = arena_strdup(c->arena, name.buf);
	out->who.email = arena_strdup(c->arena, email.buf);
	strbuf_release(&name);
	strbuf_release(&email);
}
