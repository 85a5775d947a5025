/* SPDX-License-Identifier: MIT */
/* Texts with diffs in them, and the messages above them. */
#include <string.h>

#include "diff_read.h"
#include "mail_changeset.h"
#include "mail_message.h"
#include "mail_read_private.h"
#include "patch.h"

/* Worth a closer look: a diff has one of these. */
static bool may_have_diff(struct slice text)
{
	static const struct slice marks[] = {
		{ "@@", 2 }, { "diff --git", 10 }, { "rename from", 11 },
		{ "\n+++", 4 }
	};

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (slice_find_slice(text, marks[i]) < text.len)
			return true;
	return false;
}

struct slice mail_read_keep(struct mail_reader *r, struct slice text)
{
	if (text.ptr >= r->bytes.ptr &&
	    text.ptr + text.len <= r->bytes.ptr + r->bytes.len)
		return text;
	return arena_slice(&r->list->arena, text);
}

void mail_read_override(struct mail_reader *r, struct feedback *item,
			const struct mail_message *message)
{
	struct arena *arena = &r->list->arena;

	if (message->from.len) {
		struct person who = mail_address(arena, message->from);

		if (*who.email || *who.name)
			item->who = who;
	}
	if (message->date.len && mail_date(&item->when, message->date))
		item->undated = false;
	if (message->subject.len)
		mail_read_subject(arena, item, message->subject);
}

/* A change as git or Mercurial show it: who made it stands there, and its
 * subject first. */
static bool read_changeset(struct mail_reader *r, struct feedback *item,
			   struct strbuf *words, struct slice above)
{
	struct arena *arena = &r->list->arena;
	struct strbuf message = STRBUF_INIT;
	struct mail_changeset changeset;
	struct slice line, rest;
	bool is;

	is = mail_changeset_read(&changeset, &message, above);
	if (is) {
		item->who = mail_address(arena, changeset.author);
		item->undated = !changeset.dated;
		item->when = changeset.when;
		rest = slice_trim(strbuf_slice(&message));
		if (slice_next_line(&line, &rest))
			item->subject = mail_header_text(arena, line);
		strbuf_add_slice(words, slice_trim(rest));
	}
	strbuf_release(&message);
	return is;
}

/* Without the signature of a mail that only carries a patch. */
static struct slice without_signature(struct slice words)
{
	size_t n = slice_find_slice(words, SLICE("\n-- \n"));

	return slice_starts_with(words, SLICE("-- \n"))
		? slice_sub(words, 0, 0)
		: slice_sub(words, 0, n < words.len ? n + 1 : n);
}

/* What mail programs may have done to it on the way. */
static void note_way(struct patch *patch, const struct mail_part *part)
{
	for (size_t i = 0; i < patch->file_count; i++) {
		patch->files[i].from_html = !part->attached &&
					    !strcmp(part->type, "text/html");
		patch->files[i].attached = part->attached;
	}
}

bool mail_read_patch(struct mail_reader *r, struct mail_state *m,
		     const struct mail_part *part, struct slice text)
{
	struct mail_message message;
	struct strbuf words = STRBUF_INIT;
	struct feedback *item;
	struct patch *patch;
	struct slice above;
	size_t start = 0;

	if (!may_have_diff(text))
		return false;
	text = mail_read_keep(r, text);
	patch = arena_alloc(&r->list->arena, sizeof(*patch));
	*patch = (struct patch)PATCH_INIT;
	if (diff_read(patch, &start, text, NULL) < 0) {
		patch_release(patch);
		return false;
	}
	note_way(patch, part);
	above = slice_sub(text, 0, start);
	if (slice_is_blank(above) && m->words.len) {
		above = without_signature(strbuf_slice(&m->words));
		m->words_used = true;
	}
	item = feedback_list_add(r->list, FEEDBACK_PATCH);
	*item = m->head;
	item->kind = FEEDBACK_PATCH;
	item->channel = "patch";
	item->label = "";
	item->patch = patch;
	if (!read_changeset(r, item, &words, above)) {
		mail_message_read(&message, &words, above);
		mail_read_override(r, item, &message);
	}
	item->words = arena_copy(&r->list->arena, strbuf_slice(&words));
	strbuf_release(&words);
	return true;
}
