/* SPDX-License-Identifier: MIT */
/* What is new for a reader since the round that they had last. */
#include <stdio.h>
#include <string.h>

#include "book.h"
#include "changed_since.h"
#include "error.h"
#include "send.h"

#define MOST_CHAPTERS 15	/* in a mail; the draft itself has all */

struct chapters {
	struct strbuf lines;
	const struct letter *letter;
	size_t count, left;	/* shown; and not */
};

static void add_chapter(struct chapters *list, const char *section,
			const char *title, unsigned places)
{
	char count[16];
	const struct letter_value values[] = {
		{ "chapter", title }, { "count", count }
	};

	snprintf(count, sizeof(count), "%u", places);
	if (list->count++ >= MOST_CHAPTERS)
		list->left++;
	else
		letter_fill(&list->lines, list->letter, section, values, 2);
}

static void add_left(struct chapters *list)
{
	char count[24];
	const struct letter_value value = { "count", count };

	if (!list->left)
		return;
	snprintf(count, sizeof(count), "%zu", list->left);
	letter_fill(&list->lines, list->letter, "more", &value, 1);
}

/* Rounds after number `had` are new. */
static void list_chapters(struct chapters *list, const struct send *send,
			  unsigned had)
{
	const struct changed_since *changed = send->changed;
	unsigned rounds = changed_since_rounds(changed);

	for (size_t i = 0; i < book_count(send->book); i++) {
		const struct book_entry *entry = book_entry(send->book, i);
		unsigned places = 0;

		for (unsigned round = had + 1; round <= rounds; round++)
			places += changed_since_count(changed, i, round);
		if (!places || !entry->written)
			continue;
		add_chapter(list, changed_since_oldest(changed, i) > had ?
			    "new" : "chapter", entry->title, places);
	}
	add_left(list);
}

int send_changes(struct strbuf *out, struct send *send,
		 const struct letter *letter, const char *since,
		 const char *redline, const char *redline_link,
		 struct error *err)
{
	struct chapters list = { STRBUF_INIT, letter, 0, 0 };
	struct letter_value values[5];
	unsigned had = 0, rounds;
	int rc = 0;

	if (!send->changed)
		rc = changed_since_open(&send->changed, send->book, err);
	if (rc < 0)
		return rc;
	rounds = changed_since_rounds(send->changed);
	for (unsigned i = 0; i < rounds; i++)
		if (!strcmp(changed_since_name(send->changed, i), since))
			had = i;
	list_chapters(&list, send, had);
	values[0] = (struct letter_value){ "since", since };
	values[1] = (struct letter_value){ "round", send->round->name };
	values[2] = (struct letter_value){ "list", list.lines.buf };
	values[3] = (struct letter_value){ "redline", redline };
	values[4] = (struct letter_value){ "redline-link", redline_link };
	letter_fill(out, letter,
		    list.count || *redline ? "changed" : "unchanged", values,
		    5);
	strbuf_release(&list.lines);
	return 0;
}
