/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <strings.h>

#include "alloc.h"
#include "answers.h"

struct waiting {
	const char *email;
	size_t at;
};

void answer_list_release(struct answer_list *list)
{
	free(list->items);
	free(list->comments);
	*list = (struct answer_list)ANSWER_LIST_INIT;
}

static int by_email(const void *a, const void *b)
{
	const struct waiting *x = a, *y = b;
	int order = strcasecmp(x->email, y->email);

	return order ? order : (x->at > y->at) - (x->at < y->at);
}

static int by_first(const void *a, const void *b)
{
	const struct answer_reader *x = a, *y = b;

	return (*x->comments > *y->comments) - (*x->comments < *y->comments);
}

/* Those of one reader, from `first` up to `end`. */
static struct answer_reader make_reader(const struct review *review,
					const size_t *comments, size_t count)
{
	const struct comment *latest = &review->items[*comments].comment;

	for (size_t i = 1; i < count; i++) {
		const struct comment *c = &review->items[comments[i]].comment;

		if (c->when.seconds > latest->when.seconds)
			latest = c;
	}
	return (struct answer_reader){ latest->reader, comments, count };
}

void answer_list_make(struct answer_list *list, const struct review *review)
{
	struct waiting *all = xcalloc(review->count + 1, sizeof(*all));
	size_t count = 0, next;

	for (size_t i = 0; i < review->count; i++)
		if (review_wants_answer(&review->items[i]))
			all[count++] = (struct waiting){
				review->items[i].comment.reader.email, i
			};
	qsort(all, count, sizeof(*all), by_email);
	list->comments = xcalloc(count + 1, sizeof(*list->comments));
	list->items = xcalloc(count + 1, sizeof(*list->items));
	for (size_t i = 0; i < count; i = next) {
		for (next = i; next < count &&
		     !strcasecmp(all[next].email, all[i].email); next++)
			list->comments[next] = all[next].at;
		list->items[list->count++] = make_reader(
			review, list->comments + i, next - i);
	}
	qsort(list->items, list->count, sizeof(*list->items), by_first);
	free(all);
}
