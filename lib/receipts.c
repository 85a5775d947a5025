/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "calendar.h"
#include "error.h"
#include "git_date.h"
#include "notes.h"
#include "receipts.h"
#include "sha1.h"
#include "strbuf.h"

void receipt_list_release(struct receipt_list *list)
{
	arena_release(&list->arena);
	free(list->items);
	*list = (struct receipt_list)RECEIPT_LIST_INIT;
}

/* Bits of the hash that are not in the code. */
static void make_check(char out[RECEIPT_CHECK_SIZE], const char *address)
{
	unsigned char hash[SHA1_SIZE];
	struct sha1 sha;

	sha1_init(&sha);
	for (; *address; address++) {
		char c = *address;

		if (c >= 'A' && c <= 'Z')
			c = (char)(c + ('a' - 'A'));
		sha1_update(&sha, &c, 1);
	}
	sha1_final(hash, &sha);
	for (int i = 0; i < 4; i++)
		snprintf(out + 2 * i, 3, "%02x", hash[4 + i]);
}

void receipt_add_line(struct strbuf *out, const struct moment *when,
		      const char *address, const char *message_id)
{
	char date[CALENDAR_TIME_SIZE], code[READER_CODE_SIZE];
	char check[RECEIPT_CHECK_SIZE];

	calendar_time(date, when);
	reader_code(code, address);
	make_check(check, address);
	strbuf_addf(out, "%s sent %s <%s> %s\n", date, code, message_id,
		    check);
}

static const char *take_word(struct arena *arena, struct slice *line)
{
	struct slice word;

	*line = slice_trim(*line);
	word = slice_sub(*line, 0, slice_find(*line, ' '));
	*line = slice_sub(*line, word.len, line->len);
	return arena_copy(arena, word);
}

static void read_line(struct receipt_list *list, struct slice line,
		      const struct review_round *round, size_t index)
{
	struct receipt r = { .round = round->name, .round_index = index };
	const char *date = take_word(&list->arena, &line), *id;
	size_t len;
	int offset;

	if (strcmp(take_word(&list->arena, &line), "sent") ||
	    git_date_parse(&r.time, &offset, date, NULL) < 0)
		return;
	r.round = arena_strdup(&list->arena, round->name);
	r.code = take_word(&list->arena, &line);
	id = take_word(&list->arena, &line);
	r.check = take_word(&list->arena, &line);
	len = strlen(id);
	if (len > 1 && *id == '<' && id[len - 1] == '>')
		r.message_id = arena_copy(&list->arena, (struct slice){
			id + 1, len - 2 });
	else
		r.message_id = "";
	GROW(list->items, list->count, list->capacity);
	list->items[list->count++] = r;
}

static int by_reader(const void *a, const void *b)
{
	const struct receipt *x = a, *y = b;
	int order = strcmp(x->code, y->code);

	if (order)
		return order;
	if (x->round_index != y->round_index)
		return x->round_index < y->round_index ? -1 : 1;
	return (x->time > y->time) - (x->time < y->time);
}

int receipt_list_read(struct receipt_list *list, struct repository *repo,
		      const struct review_round_list *rounds,
		      struct error *err)
{
	struct strbuf text = STRBUF_INIT;
	struct slice rest, line;
	int rc = 0;

	for (size_t i = 0; i < rounds->count && rc >= 0; i++) {
		strbuf_truncate(&text, 0);
		rc = notes_read(&text, repo, RECEIPT_NOTES,
				rounds->items[i].tag, err);
		if (rc == ERROR_NOT_FOUND)
			rc = 0;
		rest = strbuf_slice(&text);
		while (slice_next_line(&line, &rest))
			read_line(list, slice_chomp(line), &rounds->items[i],
				  i);
	}
	strbuf_release(&text);
	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items),
		      by_reader);
	return rc;
}

/* The first receipt whose code is not smaller. */
static size_t find_code(const struct receipt_list *list, const char *code)
{
	size_t from = 0, to = list->count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (strcmp(list->items[middle].code, code) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

/* The last of the reader that `first <= round_index < end`. */
static const struct receipt *find(const struct receipt_list *list,
				  const char *address, size_t first,
				  size_t end)
{
	char code[READER_CODE_SIZE], check[RECEIPT_CHECK_SIZE];
	const struct receipt *found = NULL;

	reader_code(code, address);
	make_check(check, address);
	for (size_t i = find_code(list, code);
	     i < list->count && !strcmp(list->items[i].code, code); i++) {
		const struct receipt *r = &list->items[i];

		if (r->round_index >= first && r->round_index < end &&
		    (!*r->check || !strcmp(r->check, check)))
			found = r;
	}
	return found;
}

const struct receipt *receipt_last(const struct receipt_list *list,
				   const char *address, size_t before)
{
	return find(list, address, 0, before);
}

const struct receipt *receipt_of(const struct receipt_list *list,
				 const char *address, size_t round_index)
{
	return find(list, address, round_index, round_index + 1);
}
