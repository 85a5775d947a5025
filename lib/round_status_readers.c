/* SPDX-License-Identifier: MIT */
/* The readers of a round: who wrote, who waits, who was sent it. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "id_map.h"
#include "mailmap.h"
#include "round_status_private.h"

struct finder {
	struct round_status *status;
	const struct status_sources *from;
	struct mailmap *map;
	struct id_map known;		/* by hashes of addresses */
	size_t round;			/* in the list; SIZE_MAX: in none */
};

static struct status_reader *reader_of(struct finder *f,
				       const struct person *sender)
{
	struct person who = mailmap_person(f->map, sender);
	struct round_status *status = f->status;
	char *email = arena_strdup(&status->arena, who.email);
	char key[COMMIT_ID_LENGTH + 1];
	size_t at;

	for (char *p = email; *p; p++)
		*p = *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;
	blob_id(key, slice_of(email));
	if (id_map_find(&at, &f->known, key))
		return &status->readers[at];
	GROW(status->readers, status->reader_count, status->reader_capacity);
	at = status->reader_count++;
	id_map_add(&f->known, key, at);
	status->readers[at] = (struct status_reader){
		.person = { arena_strdup(&status->arena, who.name),
			    arena_strdup(&status->arena, who.email) },
		.count = STATUS_NOTHING
	};
	return &status->readers[at];
}

/* They may have been sent it at the address that they wrote from. */
static void note_sent(struct finder *f, struct status_reader *reader,
		      const char *address)
{
	const struct receipt *receipt = f->round == SIZE_MAX ? NULL :
		receipt_of(f->from->receipts, address, f->round);

	if (receipt && !reader->sent)
		reader->sent = receipt->time;
}

static void add_senders(struct finder *f, const struct status_round *round)
{
	const struct review *review = f->from->review;

	for (size_t i = 0; i < review->count; i++) {
		const struct review_comment *c = &review->items[i];
		struct status_reader *reader;

		if (!status_counts(c, round->name))
			continue;
		reader = reader_of(f, &c->comment.reader);
		status_count_comment(&reader->count, c, round->by_mail);
		note_sent(f, reader, c->comment.reader.email);
	}
}

static void add_listed(struct finder *f)
{
	const struct reader_list *list = f->from->readers;

	for (size_t i = 0; list && i < list->count; i++) {
		const struct reader *r = &list->items[i];
		struct status_reader *reader =
			reader_of(f, &(struct person){ r->name, r->address });

		reader->listed = true;
		reader->stop = r->stop;
		note_sent(f, reader, r->address);
	}
}

/* Of those who are in no list any more, only receipts tell. */
static void count_sent(struct finder *f)
{
	const struct receipt_list *list = f->from->receipts;
	const struct receipt *last = NULL;

	for (size_t i = 0; i < list->count; i++) {
		const struct receipt *r = &list->items[i];

		if (r->round_index != f->round)
			continue;
		f->status->sent += !last || strcmp(last->code, r->code) ||
				   strcmp(last->check, r->check);
		last = r;
	}
	for (size_t i = 0; i < f->status->reader_count; i++) {
		const struct status_reader *r = &f->status->readers[i];

		f->status->heard += r->count.said > 0;
		f->status->sent_heard += r->count.said && r->sent;
	}
}

static int by_waiting(const void *a, const void *b)
{
	const struct status_reader *x = a, *y = b;

	if (x->count.since != y->count.since)
		return x->count.since < y->count.since ? -1 : 1;
	if (!x->count.said != !y->count.said)
		return x->count.said ? -1 : 1;
	if (strcmp(x->person.name, y->person.name))
		return strcmp(x->person.name, y->person.name);
	return strcmp(x->person.email, y->person.email);
}

int status_read_readers(struct round_status *status,
			const struct status_sources *from, struct error *err)
{
	const struct status_round *round = &status->rounds[status->at];
	struct finder f = { .status = status, .from = from,
			    .known = ID_MAP_INIT,
			    .round = round->round ? (size_t)(round->round -
				     from->rounds->items) : SIZE_MAX };
	int rc = mailmap_open(&f.map, from->ms->tree, err);

	if (rc < 0)
		return rc;
	add_senders(&f, round);
	add_listed(&f);
	count_sent(&f);
	if (status->reader_count)
		qsort(status->readers, status->reader_count,
		      sizeof(*status->readers), by_waiting);
	mailmap_close(f.map);
	id_map_release(&f.known);
	return 0;
}
