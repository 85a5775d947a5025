/* SPDX-License-Identifier: MIT */
/* A book that shows what changed since an earlier draft of it. */
#include <stdio.h>
#include <stdlib.h>

#include "alloc.h"
#include "book_private.h"
#include "redline.h"

/* The chapter that a chunk of the redline is shown in. */
static size_t chapter_of(const struct book *book, size_t chunk)
{
	for (size_t i = 0; i < book->ms->outline.count; i++)
		if (book->redline.chunks[i] == chunk)
			return book->chunks[i].chapter;
	return SIZE_MAX;
}

void book_set_redline(struct book *book, const struct book_redline *redline)
{
	const struct redline_change *changes;
	size_t count, chapter = SIZE_MAX;

	book->redline = *redline;
	free(book->changes);
	book->changes = xcalloc(book->count + 1, sizeof(*book->changes));
	changes = redline_changes(redline->redline, &count);
	for (size_t i = 0; i < count; i++) {
		if (!i || changes[i].chunk != changes[i - 1].chunk)
			chapter = chapter_of(book, changes[i].chunk);
		if (chapter != SIZE_MAX && !book->changes[chapter].count++)
			book->changes[chapter].first = i + 1;
	}
	book_name_redline(book, book_draft_name(redline->old));
}

const struct book_redline *book_redline(const struct book *book)
{
	return book->redline.redline ? &book->redline : NULL;
}

size_t book_changes(const struct book *book, size_t index, size_t *first)
{
	if (first)
		*first = book->changes ? book->changes[index].first : 0;
	return book->changes ? book->changes[index].count : 0;
}

size_t book_change_chapter(const struct book *book, size_t number)
{
	for (size_t i = 0; book->changes && i < book->count; i++)
		if (number - book->changes[i].first < book->changes[i].count)
			return i;
	return SIZE_MAX;
}

void book_find_change(struct book_target *target, struct book *book,
		      size_t number)
{
	size_t count, chapter = book_change_chapter(book, number);
	const struct redline_change *changes;
	char id[32];

	*target = (struct book_target){ .kind = TARGET_DEAD };
	if (chapter == SIZE_MAX)
		return;
	changes = redline_changes(book->redline.redline, &count);
	target->kind = TARGET_CHAPTER;
	target->chapter = chapter;
	target->offset = changes[number - 1].at;
	target->change = number;
	for (size_t i = book->entries[chapter].first;
	     book->redline.chunks[i] != changes[number - 1].chunk; i++)
		target->section += book->chunks[i].there;
	snprintf(id, sizeof(id), "change-%zu", number);
	target->id = arena_strdup(&book->current.arena, id);
}

bool book_is_left_out(const struct book *book, size_t index)
{
	if (!book->redline.changed_only || book->changes[index].count)
		return false;
	/* a part stays for the sake of its chapters */
	for (size_t i = 0; book->entries[index].role == ROLE_PART &&
	     i < book->count; i++)
		if (book->entries[i].part == index && book->changes[i].count)
			return false;
	return true;
}
