/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <strings.h>

#include "alloc.h"
#include "answers.h"
#include "mailmap.h"

struct waiting {
	struct person who;
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
	int order = strcasecmp(x->who.email, y->who.email);

	return order ? order : (x->at > y->at) - (x->at < y->at);
}

static int by_first(const void *a, const void *b)
{
	const struct answer_reader *x = a, *y = b;

	return (*x->comments > *y->comments) - (*x->comments < *y->comments);
}

/* They are who they were when they wrote last. */
static struct answer_reader make_reader(const struct review *review,
					const struct waiting *all,
					const size_t *comments, size_t count)
{
	size_t latest = 0;

	for (size_t i = 1; i < count; i++)
		if (review->items[all[i].at].comment.when.seconds >
		    review->items[all[latest].at].comment.when.seconds)
			latest = i;
	return (struct answer_reader){ all[latest].who, comments, count };
}

void answer_list_make(struct answer_list *list, const struct review *review,
		      const struct mailmap *map)
{
	struct waiting *all = xcalloc(review->count + 1, sizeof(*all));
	size_t count = 0, next;

	for (size_t i = 0; i < review->count; i++)
		if (review_wants_answer(&review->items[i]))
			all[count++] = (struct waiting){
				mailmap_person(map, &review->items[i]
							     .comment.reader),
				i
			};
	qsort(all, count, sizeof(*all), by_email);
	list->comments = xcalloc(count + 1, sizeof(*list->comments));
	list->items = xcalloc(count + 1, sizeof(*list->items));
	for (size_t i = 0; i < count; i = next) {
		for (next = i; next < count &&
		     !strcasecmp(all[next].who.email, all[i].who.email);
		     next++)
			list->comments[next] = all[next].at;
		list->items[list->count++] = make_reader(
			review, all + i, list->comments + i, next - i);
	}
	qsort(list->items, list->count, sizeof(*list->items), by_first);
	free(all);
}
