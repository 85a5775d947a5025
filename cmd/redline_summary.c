/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "command.h"
#include "json_out.h"
#include "redline_book.h"
#include "redline_print.h"

static void add_tally(struct redline_tally *sum,
		      const struct redline_tally *tally)
{
	sum->count += tally->count;
	sum->added += tally->added;
	sum->cut += tally->cut;
	sum->moved += tally->moved;
}

static json_t *tally_json(const struct redline_tally *tally)
{
	json_t *o = json_object();

	json_object_set_new(o, "changes", json_integer((json_int_t)
						       tally->count));
	json_object_set_new(o, "words_added", json_integer((json_int_t)
							   tally->added));
	json_object_set_new(o, "words_cut", json_integer((json_int_t)
							 tally->cut));
	json_object_set_new(o, "moved", json_integer((json_int_t)
						     tally->moved));
	return o;
}

static void add_chapter(json_t *chapters, const struct book *book,
			size_t index, const struct redline_tally *tally)
{
	const struct book_entry *entry = book_entry(book, index);
	const char *path = book_manuscript(book)->outline.items[entry->first]
				   .path;
	json_t *o = tally_json(tally), *title = json_string(entry->title);

	json_object_set_new(o, "label", json_string(entry->label));
	json_object_set_new(o, "title", title ? title : json_string(""));
	title = path ? json_string(path) : NULL;
	json_object_set_new(o, "chunk", title ? title : json_null());
	json_array_append_new(chapters, o);
}

static void print_json(const struct redline_book *rb)
{
	const struct book *book = redline_book(rb);
	struct redline_tally sum = { 0 }, tally;
	json_t *chapters = json_array(), *o;

	for (size_t i = 0; i < book_count(book); i++) {
		redline_book_tally(&tally, rb, i);
		add_tally(&sum, &tally);
		add_chapter(chapters, book, i, &tally);
	}
	o = tally_json(&sum);
	json_object_set_new(o, "draft", json_string(book_draft_name(book)));
	json_object_set_new(o, "chapters", chapters);
	json_print(o);
}

static void print_numbers(const struct redline_tally *tally)
{
	char added[24], cut[24];

	snprintf(added, sizeof(added), "+%zu", tally->added);
	snprintf(cut, sizeof(cut), "-%zu", tally->cut);
	printf("  %4zu %s  %6s %6s", tally->count,
	       tally->count == 1 ? "change, " : "changes,", added, cut);
	if (tally->moved)
		printf("  %zu moved", tally->moved);
	putchar('\n');
}

static void print_row(const struct book_entry *entry, int width,
		      const struct redline_tally *tally)
{
	printf("%4s  ", entry->label);
	print_safe(stdout, slice_of(entry->title));
	printf("%*s", width - safe_columns(entry->title), "");
	print_numbers(tally);
}

void redline_print_summary(const struct redline_book *rb, bool json)
{
	const struct book *book = redline_book(rb);
	struct redline_tally sum = { 0 }, tally;
	int width = 5; /* "total" */

	if (json) {
		print_json(rb);
		return;
	}
	for (size_t i = 0; i < book_count(book); i++) {
		int own = safe_columns(book_entry(book, i)->title);

		if (own > width && book_changes(book, i, NULL))
			width = own;
	}
	for (size_t i = 0; i < book_count(book); i++) {
		redline_book_tally(&tally, rb, i);
		add_tally(&sum, &tally);
		if (tally.count)
			print_row(book_entry(book, i), width, &tally);
	}
	printf("%4s  %-*s", "", width, "total");
	print_numbers(&sum);
}
