/* SPDX-License-Identifier: MIT */
/* A comment's message: what a reader wrote, made safe to be mailed again. */
#include <string.h>
#include <strings.h>

#include "comment.h"
#include "moment.h"
#include "strbuf.h"
#include "trailers.h"
#include "utf8.h"

#define SUBJECT_LENGTH 72	/* characters that `git log` shows at once */

/* UTF-8 without controls; line ends and tabs stay. */
static void add_clean(struct strbuf *out, struct slice text)
{
	while (text.len) {
		unsigned c = 0;
		size_t n = utf8_decode(&c, text);

		if (n && c == '\r')
			;
		else if (n && c == '\t')
			strbuf_addch(out, ' ');
		else if (!n || utf8_is_control(c))
			strbuf_add_utf8(out, UTF8_REPLACEMENT);
		else
			strbuf_add(out, text.ptr, n);
		n = n ? n : 1;
		text = slice_sub(text, n, text.len);
	}
}

static bool starts_with(struct slice line, const char *word)
{
	size_t n = strlen(word);

	return line.len >= n && !strncasecmp(line.ptr, word, n);
}

/*
 * Lines that mean something to who reads the message from a mail (git
 * mailinfo: diffs, the end of the message, headers at its top, mbox), or from
 * the history: they are not for a reader's words to say.
 */
static bool is_taken(struct slice line, bool first_paragraph)
{
	static const char *const always[] = {
		"---", "diff -", "Index: ", "-- ", "From ", ">From ",
		"# HG changeset patch", "This reverts commit ",
		"(cherry picked from commit ", "base-commit: "
	};
	static const char *const keys[] = { "Comment:", "Comment-Marked:" };
	static const char *const at_top[] = { "From:", "Date:", "Subject:",
					      "[PATCH" };

	for (size_t i = 0; i < sizeof(always) / sizeof(*always); i++)
		if (slice_starts_with(line, slice_of(always[i])))
			return true;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (starts_with(line, keys[i]))
			return true;
	if (slice_find_slice(line, SLICE(">8")) < line.len ||
	    slice_find_slice(line, SLICE("8<")) < line.len)
		return true; /* scissors */
	for (size_t i = 0; first_paragraph &&
	     i < sizeof(at_top) / sizeof(*at_top); i++)
		if (starts_with(line, at_top[i]))
			return true;
	return slice_eq(line, SLICE("--"));
}

bool comment_trailers_are_own(struct slice trailers)
{
	struct moment when;

	return trailers_get(trailers, "Channel").len &&
	       !moment_parse_mail(&when, trailers_get(trailers, "Date"));
}

bool comment_message_is_own(struct slice message)
{
	return comment_trailers_are_own(trailers_of(message));
}

/* As `git stripspace` has it, with what is taken moved to the right. */
static void add_body(struct strbuf *out, struct slice text)
{
	struct slice trailers = trailers_of_body(text), line;
	bool own = comment_trailers_are_own(trailers);
	size_t start = out->len;
	bool blank = false, first_paragraph = true;

	while (slice_next_line(&line, &text)) {
		line = slice_trim_end(line);
		if (!line.len) {
			blank = true;
			continue;
		}
		if (blank && out->len > start) {
			strbuf_addch(out, '\n');
			first_paragraph = false;
		}
		blank = false;
		if (own && line.ptr >= trailers.ptr)
			first_paragraph = false; /* our "Date:" */
		/* once is enough, also when it is mailed again */
		if (*line.ptr != ' ' && is_taken(line, first_paragraph))
			strbuf_addch(out, ' ');
		strbuf_add_slice(out, line);
		strbuf_addch(out, '\n');
	}
}

/* One line, single spaces, without what git takes off a mail's subject. */
static void add_subject(struct strbuf *out, struct slice text)
{
	size_t start = out->len;
	bool space = false;

	for (;;) {
		text = slice_trim(text);
		if (starts_with(text, "re:")) {
			text = slice_sub(text, 3, text.len);
		} else if (text.len && *text.ptr == ':') {
			text = slice_sub(text, 1, text.len);
		} else if (text.len && *text.ptr == '[' &&
			   slice_find(text, ']') < text.len) {
			text = slice_sub(text, slice_find(text, ']') + 1,
					 text.len);
		} else {
			break;
		}
	}
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == ' ' || text.ptr[i] == '\n') {
			space = out->len > start;
			continue;
		}
		if (space)
			strbuf_addch(out, ' ');
		space = false;
		strbuf_addch(out, text.ptr[i]);
	}
}

/* The first paragraph of a text; `rest` is what follows it. */
static struct slice first_paragraph(struct slice text, struct slice *rest)
{
	struct slice line, all = text;
	size_t end = 0;

	*rest = text;
	while (slice_next_line(&line, rest)) {
		size_t at = (size_t)(line.ptr - all.ptr);

		if (slice_is_blank(line) && end)
			break;
		if (!slice_is_blank(line))
			end = at + line.len;
	}
	return slice_sub(all, 0, end);
}

/* Cut at a space so that at most `most` characters stay. */
static void shorten(struct strbuf *s, size_t start, size_t most)
{
	struct slice text = slice_sub(strbuf_slice(s), start, s->len);
	size_t cut = 0, at = 0, count = 0;

	while (at < text.len && count < most - 1) {
		unsigned c;
		size_t n = utf8_decode(&c, slice_sub(text, at, text.len));

		if (c == ' ')
			cut = at;
		at += n ? n : 1;
		count++;
	}
	strbuf_truncate(s, start + (cut > at / 2 ? cut : at));
	strbuf_adds(s, "\xE2\x80\xA6"); /* … */
}

/*
 * The subject from the start of the body, which is left whole where the
 * subject does not say all of its first paragraph.
 */
static struct slice add_subject_of_body(struct strbuf *out, struct slice body)
{
	struct slice rest, first = first_paragraph(body, &rest);
	size_t start = out->len;

	add_subject(out, first);
	if (utf8_count(slice_sub(strbuf_slice(out), start, out->len)) >
	    SUBJECT_LENGTH) {
		shorten(out, start, SUBJECT_LENGTH);
		return body;
	}
	/* what git takes off would be lost */
	if (slice_trim(first).len != out->len - start)
		return body;
	return rest;
}

static void add_trailers(struct strbuf *out, const struct comment_words *w)
{
	struct strbuf date = STRBUF_INIT, part = STRBUF_INIT;

	if (w->part > 1)
		strbuf_addf(&part, "%u", w->part);
	if (strcmp(w->round, COMMENT_NO_ROUND))
		trailers_add(out, "Round", slice_of(w->round));
	trailers_add(out, "Chunk", slice_of(w->chunk));
	trailers_add(out, "Label", slice_of(w->label));
	trailers_add(out, "Kind", slice_of(w->is_remark ? "remark" : "edit"));
	trailers_add(out, "Channel", slice_of(w->channel));
	trailers_add(out, "Message-Id", slice_of(w->message_id));
	trailers_add(out, "Part", strbuf_slice(&part));
	trailers_add(out, "Unplaced", slice_of(w->unplaced));
	trailers_add(out, "Copy", slice_of(w->copy ? w->copy : ""));
	trailers_add(out, "Sent-From",
		     slice_of(w->sent_from ? w->sent_from : ""));
	moment_add_mail(&date, &w->when);
	trailers_add(out, "Date", strbuf_slice(&date));
	strbuf_release(&date);
	strbuf_release(&part);
}

void comment_message(struct strbuf *out, const struct comment_words *words)
{
	struct strbuf subject = STRBUF_INIT, body = STRBUF_INIT;
	struct strbuf message = STRBUF_INIT;
	struct slice rest;

	add_clean(&subject, slice_of(words->subject));
	add_clean(&body, slice_of(words->body));
	rest = strbuf_slice(&body);
	add_subject(&message, strbuf_slice(&subject));
	if (!message.len)
		rest = add_subject_of_body(&message, rest);
	if (!message.len)
		strbuf_adds(&message, "(no words)");
	strbuf_addch(&message, '\n');
	if (!slice_is_blank(rest)) {
		strbuf_addch(&message, '\n');
		add_body(&message, rest);
	}
	if (!comment_message_is_own(strbuf_slice(&message)))
		add_trailers(&message, words);
	strbuf_add_slice(out, strbuf_slice(&message));
	strbuf_release(&subject);
	strbuf_release(&body);
	strbuf_release(&message);
}
