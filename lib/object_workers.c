/* SPDX-License-Identifier: MIT */
#include <unistd.h>

#include <libdeflate.h>

#include "alloc.h"
#include "object_list.h"
#include "object_private.h"

void object_want(struct object_list *list, size_t number)
{
	while (number != NO_OBJECT && !list->items[number].wanted) {
		list->items[number].wanted = true;
		GROW(list->queue, list->queued, list->queue_capacity);
		list->queue[list->queued++] = number;
		number = list->items[number].base;
	}
}

void object_workers_stop(struct object_list *list, bool give_up)
{
	pthread_mutex_lock(&list->mutex);
	list->closed = true;
	if (give_up)
		list->next = list->queued;
	pthread_cond_broadcast(&list->changed);
	pthread_mutex_unlock(&list->mutex);
	for (size_t i = 0; i < list->worker_count; i++)
		pthread_join(list->workers[i], NULL);
	list->worker_count = 0;
}

/* Pack objects until there are no more to come. */
static void *pack_objects(void *data)
{
	/* level 1: this is the author's wait; git gc packs tighter */
	struct libdeflate_compressor *compressor =
		libdeflate_alloc_compressor(1);
	struct object_list *list = data;
	struct strbuf scratch = STRBUF_INIT;

	pthread_mutex_lock(&list->mutex);
	for (;;) {
		struct object o, *done;
		size_t n;

		if (list->next == list->queued) {
			if (list->closed)
				break;
			pthread_cond_wait(&list->changed, &list->mutex);
			continue;
		}
		n = list->queue[list->next++];
		o = list->items[n];
		pthread_mutex_unlock(&list->mutex);
		object_pack(&o, &scratch, compressor);
		pthread_mutex_lock(&list->mutex);
		done = &list->items[n];
		done->packed = o.packed;
		done->packed_len = o.packed_len;
		done->unpacked_len = o.unpacked_len;
	}
	pthread_mutex_unlock(&list->mutex);
	libdeflate_free_compressor(compressor);
	strbuf_release(&scratch);
	return NULL;
}

void object_workers_start(struct object_list *list)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	size_t wanted = processors > MOST_WORKERS ? MOST_WORKERS
		      : processors > 2 ? (size_t)processors - 1 : 1;

	while (list->worker_count < wanted &&
	       !pthread_create(&list->workers[list->worker_count], NULL,
			       pack_objects, list))
		list->worker_count++;
}

void object_workers_finish(struct object_list *list)
{
	pthread_mutex_lock(&list->mutex);
	list->closed = true;
	pthread_cond_broadcast(&list->changed);
	pthread_mutex_unlock(&list->mutex);
	pack_objects(list);
	object_workers_stop(list, false);
}
