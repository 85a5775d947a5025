/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "commit_text.h"
#include "history.h"
#include "strbuf.h"

#define LARGEST_OFFSET (99 * 60 + 59)	/* four digits: +9959 */
#define LAST_SECOND INT64_C(253402300799)	/* of the year 9999 */

static void add_id(struct strbuf *out, const char *key, const git_oid *id)
{
	char hex[GIT_OID_HEXSZ + 1];

	git_oid_tostr(hex, sizeof(hex), id);
	strbuf_adds(out, key);
	strbuf_addch(out, ' ');
	strbuf_add(out, hex, GIT_OID_HEXSZ);
	strbuf_addch(out, '\n');
}

/* git dies of dates before 1970, there or in Greenwich. */
static struct moment valid_moment(struct moment m)
{
	if (m.seconds < 0)
		m.seconds = 0;
	if (m.seconds > LAST_SECOND)
		m.seconds = LAST_SECOND;
	if (m.offset > LARGEST_OFFSET || m.offset < -LARGEST_OFFSET ||
	    m.seconds + (int64_t)m.offset * 60 < 0)
		m.offset = 0;
	return m;
}

/* A name must not be empty. */
static void add_person(struct strbuf *out, const char *role,
		       const struct person *who, const struct moment *date)
{
	struct moment when = valid_moment(*date);
	int minutes = abs(when.offset);
	size_t start;

	strbuf_adds(out, role);
	strbuf_addch(out, ' ');
	start = out->len;
	person_clean(out, who->name);
	if (out->len == start)
		person_clean(out, who->email);
	if (out->len == start)
		strbuf_adds(out, "unknown");
	strbuf_adds(out, " <");
	person_clean(out, who->email);
	strbuf_addf(out, "> %lld %c%02d%02d\n",
		    (long long)when.seconds, when.offset < 0 ? '-' : '+',
		    minutes / 60, minutes % 60);
}

static void add_message(struct strbuf *out, const char *message)
{
	strbuf_addch(out, '\n');
	strbuf_adds(out, message);
	if (out->buf[out->len - 1] != '\n')
		strbuf_addch(out, '\n');
}

void commit_text_write(struct strbuf *out, const struct commit_text *commit)
{
	add_id(out, "tree", commit->tree);
	if (commit->parent)
		add_id(out, "parent", commit->parent);
	add_person(out, "author", &commit->author, &commit->authored);
	add_person(out, "committer", &commit->committer, &commit->committed);
	add_message(out, commit->message);
}

void tag_text_write(struct strbuf *out, const git_oid *commit,
		    const char *name, const struct person *tagger,
		    const struct moment *when, const char *message)
{
	add_id(out, "object", commit);
	strbuf_addf(out, "type commit\ntag %s\n", name);
	add_person(out, "tagger", tagger, when);
	add_message(out, message);
}

static void copy_id(char out[COMMIT_ID_LENGTH + 1], struct slice value)
{
	size_t n = value.len < COMMIT_ID_LENGTH ? value.len
						: COMMIT_ID_LENGTH;

	memcpy(out, value.ptr, n);
	out[n] = '\0';
}

/* "Name <address> 1767323045 +0100"; what is broken is empty, or 1970. */
static void read_person(struct person *who, struct moment *when,
			struct arena *arena, struct slice value)
{
	size_t open = slice_find(value, '<'), close = value.len;
	struct slice name, email;
	const char *date;
	char *end;
	long zone;

	while (close > open && value.ptr[close - 1] != '>')
		close--;
	name = slice_trim(slice_sub(value, 0, open));
	email = close > open + 1 ? slice_sub(value, open + 1, close - 1)
				 : SLICE("");
	who->name = arena_copy(arena, name);
	who->email = arena_copy(arena, email);
	date = arena_copy(arena, slice_sub(value, close, value.len));
	when->seconds = strtoll(date, &end, 10);
	zone = strtol(end, NULL, 10);
	if (zone < -9959 || zone > 9959)
		zone = 0;
	when->offset = (int)(zone / 100 * 60 + zone % 100);
}

static bool take_key(struct slice *value, struct slice line, const char *key)
{
	size_t n = strlen(key);

	if (line.len <= n || memcmp(line.ptr, key, n) || line.ptr[n] != ' ')
		return false;
	*value = slice_sub(line, n + 1, line.len);
	return true;
}

/* A line ends in LF; a CR is part of it. */
static bool next_line(struct slice *line, struct slice *rest)
{
	size_t n = slice_find(*rest, '\n');

	if (!rest->len)
		return false;
	*line = slice_sub(*rest, 0, n);
	*rest = slice_sub(*rest, n + 1, rest->len);
	return true;
}

bool commit_text_read(struct history_entry *out, struct arena *arena,
		      struct slice text)
{
	struct slice line, value;

	*out = (struct history_entry){
		.author = { "", "" }, .committer = { "", "" }
	};
	while (next_line(&line, &text) && line.len) {
		if (take_key(&value, line, "parent")) {
			if (!out->parents++)
				copy_id(out->parent, value);
		} else if (take_key(&value, line, "tree") ||
			   take_key(&value, line, "object")) {
			copy_id(out->tree, value);
		} else if (take_key(&value, line, "author")) {
			read_person(&out->author, &out->authored, arena,
				    value);
		} else if (take_key(&value, line, "committer")) {
			read_person(&out->committer, &out->committed, arena,
				    value);
		} else if (take_key(&value, line, "tagger")) {
			read_person(&out->author, &out->authored, arena,
				    value);
			out->committer = out->author;
			out->committed = out->authored;
		}
	}
	out->message = text;
	return strlen(out->tree) == COMMIT_ID_LENGTH;
}

bool commit_text_tree(git_oid *out, struct slice text)
{
	return text.len > 5 + GIT_OID_HEXSZ && !memcmp(text.ptr, "tree ", 5) &&
	       !git_oid_fromstrn(out, text.ptr + 5, GIT_OID_HEXSZ);
}
