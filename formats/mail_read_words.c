/* SPDX-License-Identifier: MIT */
/* The words of a message that are no patch's. */
#include <string.h>
#include <strings.h>

#include "mail_decode.h"
#include "mail_digest.h"
#include "mail_message.h"
#include "mail_read_private.h"
#include "mail_reply.h"

/* A comment that galley made and git format-patch sent back: it changes
 * nothing, so there is no diff. */
static bool read_comment(struct mail_reader *r, struct mail_state *m,
			 struct slice text)
{
	struct mail_message message;
	struct strbuf words = STRBUF_INIT;
	struct feedback *item;
	bool is_comment;

	mail_message_read(&message, &words, text);
	is_comment = mail_message_is_comment(strbuf_slice(&words));
	if (is_comment) {
		item = feedback_list_add(r->list, FEEDBACK_REMARK);
		*item = m->head;
		item->kind = FEEDBACK_REMARK;
		mail_read_override(r, item, &message);
		item->words = arena_copy(&r->list->arena,
					 strbuf_slice(&words));
	}
	strbuf_release(&words);
	return is_comment;
}

static bool has_address(const char *value, const char *email)
{
	size_t n = strlen(email);

	for (; *value; value++)
		if (!strncasecmp(value, email, n))
			return true;
	return false;
}

/* Does the mail go to that address? Then its owner wrote what is answered. */
static bool goes_to(const struct mail_state *m, const char *email)
{
	struct arena arena = ARENA_INIT;
	bool found = false;

	for (int i = MAIL_TO; i <= MAIL_CC && *email; i++)
		found |= has_address(mail_header_text(&arena,
						      m->header.values[i]),
				     email);
	arena_release(&arena);
	return found;
}

/* The words of the mail, and of one that it passes on, which are somebody
 * else's. */
static void read_reply(struct mail_reader *r, struct mail_state *m,
		       const struct feedback *head, struct slice text)
{
	struct feedback other = *head;
	struct reply_forward forward;

	if (mail_reply_forward(&forward, text)) {
		other.who = mail_address(&r->list->arena, forward.sender);
		if (!goes_to(m, other.who.email)) {
			mail_reply_read(r->list, head, forward.above);
			mail_reply_read(r->list, &other, forward.words);
			return;
		}
	}
	mail_reply_read(r->list, head, text);
}

/* Each mail of a list's digest is its own writer's. */
static bool read_digest(struct mail_reader *r, struct mail_state *m,
			struct slice text)
{
	struct arena *arena = &r->list->arena;
	struct mail_header header;
	bool digest = false;

	if (slice_find_slice(text, SLICE("\nToday's Topics:")) == text.len &&
	    !strstr(m->head.subject, "Digest"))
		return false;
	while (mail_digest_next(&header, &text)) {
		struct feedback head = m->head;

		digest = true;
		head.who = mail_header_sender(arena, &header);
		mail_header_date(&head, &header);
		mail_read_subject(arena, &head, header.values[MAIL_SUBJECT]);
		mail_reply_read(r->list, &head, header.body);
	}
	return digest;
}

void mail_read_words(struct mail_reader *r, struct mail_state *m,
		     struct slice text)
{
	struct strbuf scratch = STRBUF_INIT;
	struct feedback head = m->head;
	struct mail_message message;

	text = mail_without_cr(&scratch, text);
	if (text.len > MAIL_WORDS_LIMIT)
		mail_read_lose(r, m, "the mail has more than %s of words",
			       "2 MiB");
	else if (!slice_is_blank(text) && !read_comment(r, m, text)) {
		if (mail_message_fields(&message, &text))
			mail_read_override(r, &head, &message);
		if (!read_digest(r, m, text))
			read_reply(r, m, &head, text);
	}
	strbuf_release(&scratch);
}

/* "Ann Reader (2):", from where git lists the patches of a series */
static bool is_shortlog(struct slice line)
{
	size_t n;

	line = slice_chomp(line);
	if (!slice_ends_with(line, SLICE("):")))
		return false;
	for (n = line.len - 2; n && line.ptr[n - 1] >= '0' &&
	     line.ptr[n - 1] <= '9'; n--)
		;
	return n < line.len - 2 && n > 1 && line.ptr[n - 1] == '(' &&
	       line.ptr[n - 2] == ' ';
}

static bool is_about_nothing(const struct feedback *f)
{
	return f->kind == FEEDBACK_REMARK && !*f->label && !f->quote_count;
}

static bool has_copy(const struct mail_reader *r, const struct mail_state *m)
{
	for (size_t i = m->first; i < r->list->count; i++)
		if (r->list->items[i].kind == FEEDBACK_COPY &&
		    !r->list->items[i].otherwise)
			return true;
	return false;
}

/* All that there is stands in the subject: three words, and no answer's. */
static bool is_all_subject(const struct mail_state *m)
{
	const char *space = strchr(m->head.subject, ' ');

	return slice_is_blank(strbuf_slice(&m->words)) && !m->unread &&
	       !*m->head.in_reply_to && !m->head.total && space &&
	       strchr(space + 1, ' ');
}

void mail_read_letter(struct mail_reader *r, struct mail_state *m)
{
	size_t before = r->list->count;
	const struct feedback *only;

	mail_read_words(r, m, before == m->first && is_all_subject(m) ?
			slice_of(m->head.subject) : strbuf_slice(&m->words));
	only = &r->list->items[before];
	if (r->list->count != before + 1 || !is_about_nothing(only) ||
	    !has_copy(r, m))
		return;
	for (size_t i = m->first; i < before; i++)
		if (r->list->items[i].kind == FEEDBACK_COPY)
			r->list->items[i].words = only->words;
	r->list->count--;
}

void mail_read_cover(struct mail_reader *r, struct mail_state *m)
{
	struct slice text = strbuf_slice(&m->words), rest = text, line;
	struct strbuf words = STRBUF_INIT;
	struct feedback *item;

	while (slice_next_line(&line, &rest))
		if (is_shortlog(line)) {
			text.len = (size_t)(line.ptr - text.ptr);
			break;
		}
	text = slice_trim(text);
	/* git's own words, where nothing was written */
	if (!text.len || slice_find_slice(text, SLICE("*** BLURB HERE ***")) <
			 text.len)
		return;
	item = feedback_list_add(r->list, FEEDBACK_REMARK);
	*item = m->head;
	item->kind = FEEDBACK_REMARK;
	item->label = "";
	strbuf_addf(&words, "%s\n\n%.*s", item->subject, SLICE_ARG(text));
	item->words = arena_copy(&r->list->arena, strbuf_slice(&words));
	strbuf_release(&words);
}
