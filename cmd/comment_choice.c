/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "command.h"
#include "comment_choice.h"
#include "error.h"
#include "strbuf.h"

void comment_choice_release(struct comment_choice *choice)
{
	free(choice->order);
	free(choice->parts);
	*choice = (struct comment_choice)COMMENT_CHOICE_INIT;
}

void comment_choice_add(struct comment_choice *choice, size_t at,
			unsigned part)
{
	for (size_t i = 0; i < choice->count && choice->count < 1000; i++)
		if (choice->order[i] == at && choice->parts[i] == part)
			return;
	GROW(choice->order, choice->count, choice->order_capacity);
	GROW(choice->parts, choice->count, choice->part_capacity);
	choice->order[choice->count] = at;
	choice->parts[choice->count++] = part;
}

static bool is_in(struct slice path, const char *wanted)
{
	size_t n = strlen(wanted);

	while (n && wanted[n - 1] == '/')
		n--;
	return path.len >= n && (!n || !memcmp(path.ptr, wanted, n)) &&
	       (path.len == n || path.ptr[n] == '/');
}

bool comment_filter_passes(const struct comment_filter *filter,
			   const struct review_comment *c)
{
	if (filter->from && !person_has(&c->comment.reader, filter->from))
		return false;
	return !filter->chunk || is_in(slice_of(c->path), filter->chunk) ||
	       is_in(c->comment.chunk, filter->chunk);
}

static int add_named(struct comment_choice *choice,
		     const struct review *review, const char *name,
		     struct error *err)
{
	unsigned part;
	size_t at;
	int rc = review_find(&at, &part, review, name, err);

	if (!rc)
		comment_choice_add(choice, at, part);
	return rc;
}

static int read_stdin(struct comment_choice *choice,
		      const struct review *review, struct error *err)
{
	struct strbuf text = STRBUF_INIT, name = STRBUF_INIT;
	struct slice rest, line;
	int rc = read_file(&text, "-", err);

	rest = strbuf_slice(&text);
	while (!rc && slice_next_line(&line, &rest)) {
		line = slice_trim(line);
		line.len = slice_find(line, ' ');
		if (!line.len)
			continue;
		strbuf_truncate(&name, 0);
		strbuf_add_slice(&name, line);
		rc = add_named(choice, review, name.buf, err);
	}
	strbuf_release(&text);
	strbuf_release(&name);
	return rc;
}

struct chosen {
	unsigned depth;
	size_t position, at;
	unsigned part;
};

static int by_depth(const void *a, const void *b)
{
	const struct chosen *x = a, *y = b;

	if (x->depth != y->depth)
		return x->depth < y->depth ? -1 : 1;
	return x->position < y->position ? -1 : x->position > y->position;
}

/* A patch that was made on top of another fits only after that. */
static void sort_by_depth(struct comment_choice *choice,
			  const struct review *review)
{
	struct chosen *order = xreallocarray(NULL, choice->count + 1,
					     sizeof(*order));

	for (size_t i = 0; i < choice->count; i++)
		order[i] = (struct chosen){
			review->items[choice->order[i]].depth, i,
			choice->order[i], choice->parts[i]
		};
	qsort(order, choice->count, sizeof(*order), by_depth);
	for (size_t i = 0; i < choice->count; i++) {
		choice->order[i] = order[i].at;
		choice->parts[i] = order[i].part;
	}
	free(order);
}

int comment_choice_read(struct comment_choice *choice,
			const struct review *review, char **names, int count,
			bool from_stdin, struct error *err)
{
	int rc = 0;

	for (int i = 0; i < count && !rc; i++)
		rc = add_named(choice, review, names[i], err);
	if (!rc && from_stdin)
		rc = read_stdin(choice, review, err);
	sort_by_depth(choice, review);
	return rc;
}

struct dated {
	const struct comment *comment;
	size_t at;
	unsigned depth;
};

static int by_date(const void *a, const void *b)
{
	unsigned p = ((const struct dated *)a)->depth;
	unsigned q = ((const struct dated *)b)->depth;
	const struct comment *x = ((const struct dated *)a)->comment;
	const struct comment *y = ((const struct dated *)b)->comment;

	if (p != q)
		return p < q ? -1 : 1;
	if (x->when.seconds != y->when.seconds)
		return x->when.seconds < y->when.seconds ? -1 : 1;
	return strcmp(x->id, y->id);
}

static bool is_open_edit(const struct review *review, size_t at)
{
	const struct review_comment *c = &review->items[at];

	return c->changes && !c->comment.is_remark &&
	       c->state.state == COMMENT_OPEN;
}

void comment_choice_open(struct comment_choice *choice,
			 const struct review *review)
{
	struct dated *order = xreallocarray(NULL, review->count + 1,
					    sizeof(*order));
	size_t count = 0;

	for (size_t i = 0; i < review->count; i++)
		if (is_open_edit(review, i) &&
		    (review->items[i].same == i ||
		     !is_open_edit(review, review->items[i].same)))
			order[count++] = (struct dated){
				&review->items[i].comment, i,
				review->items[i].depth
			};
	qsort(order, count, sizeof(*order), by_date);
	choice->order = xreallocarray(NULL, count + 1,
				      sizeof(*choice->order));
	choice->parts = xcalloc(count + 1, sizeof(*choice->parts));
	choice->order_capacity = choice->part_capacity = count + 1;
	choice->count = count;
	for (size_t i = 0; i < count; i++)
		choice->order[i] = order[i].at;
	free(order);
}
