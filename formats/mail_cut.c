/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "mail_cut.h"
#include "mbox.h"

#define KEPT ((size_t)1 << 20)
#define LONG_LINE 1000		/* no line "From " is longer */

void mail_cut_add(struct strbuf *out, struct slice mail)
{
	strbuf_adds(out, MAIL_CUT_FIELD ": larger than 64 MiB\n");
	strbuf_add_slice(out, slice_sub(mail, 0, KEPT));
}

static struct slice line_at(const struct strbuf *file, size_t at)
{
	struct slice rest = slice_sub(strbuf_slice(file), at, file->len);

	return slice_sub(rest, 0, slice_find(rest, '\n') + 1);
}

static bool is_whole(struct slice line)
{
	return line.len > LONG_LINE || slice_ends_with(line, SLICE("\n"));
}

/* The next line that begins a mail is at `cut->at`: true; or what stands there
 * is not enough to tell. */
static bool find_start(struct mail_cut *cut, const struct strbuf *file)
{
	while (cut->at < file->len) {
		struct slice line = line_at(file, cut->at);
		size_t next = cut->at + line.len;

		if (!cut->in_line && cut->at > cut->start &&
		    slice_starts_with(line, SLICE("From "))) {
			if (!is_whole(line) || !is_whole(line_at(file, next)))
				return false;
			if (mbox_starts(slice_sub(strbuf_slice(file), cut->at,
						  file->len)))
				return true;
		} else if (!cut->in_line && !is_whole(line)) {
			return false;
		}
		cut->in_line = !slice_ends_with(line, SLICE("\n"));
		cut->at = next;
	}
	return false;
}

static void remove_bytes(struct strbuf *file, size_t from, size_t to)
{
	memmove(file->buf + from, file->buf + to, file->len - to);
	strbuf_truncate(file, file->len - (to - from));
}

/* Keep the beginning of the mail at hand, of what there is up to `cut->at`. */
static void keep_beginning(struct mail_cut *cut, struct strbuf *file)
{
	struct strbuf kept = STRBUF_INIT;
	struct slice mail = slice_sub(strbuf_slice(file), cut->start, cut->at);
	struct slice line;

	if (slice_starts_with(mail, SLICE("From ")) &&
	    slice_next_line(&line, &mail))
		strbuf_add_slice(&kept, line);
	mail_cut_add(&kept, mail);
	strbuf_addch(&kept, '\n');
	memcpy(file->buf + cut->start, kept.buf, kept.len);
	cut->kept = cut->start + kept.len;
	strbuf_release(&kept);
}

/* Without what was left of a mail that was cut. */
static void drop_rest(struct mail_cut *cut, struct strbuf *file)
{
	remove_bytes(file, cut->kept, cut->at);
	cut->at = cut->kept;
}

bool mail_cut_more(struct mail_cut *cut, struct strbuf *file)
{
	struct mbox mbox;

	if (!cut->kept && file->len - cut->start <= MAIL_SIZE_LIMIT)
		return false;
	mbox_init(&mbox, strbuf_slice(file));
	if (!mbox.is_mbox) {
		cut->at = file->len;
		keep_beginning(cut, file);
		strbuf_truncate(file, cut->kept);
		return true;
	}
	if (!cut->start)
		cut->start = (size_t)(mbox.rest.ptr - file->buf);
	while (find_start(cut, file)) {
		if (!cut->kept && cut->at - cut->start > MAIL_SIZE_LIMIT)
			keep_beginning(cut, file);
		if (cut->kept)
			drop_rest(cut, file);
		cut->start = cut->at;
		cut->kept = 0;
	}
	if (!cut->kept && cut->at - cut->start > MAIL_SIZE_LIMIT)
		keep_beginning(cut, file);
	if (cut->kept)
		drop_rest(cut, file);
	return false;
}
