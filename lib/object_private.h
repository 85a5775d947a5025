/* SPDX-License-Identifier: MIT */
/*
 * What object_list.c, object_workers.c (packs meanwhile) and object_pack.c
 * (the pack on disk) share.
 */
#ifndef OBJECT_PRIVATE_H
#define OBJECT_PRIVATE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <git2.h>

#include "arena.h"
#include "slice.h"
#include "strbuf.h"

struct error;
struct libdeflate_compressor;
struct repository;

struct object {
	git_object_t type;
	git_oid id;
	struct slice bytes;	/* of a delta: what is between the ends; NULL
				 * when the repository has them */
	size_t len;		/* of the whole object */
	size_t base;		/* number of the object it derives from, which
				 * is smaller than its own; or NO_OBJECT */
	size_t base_len, prefix, suffix;
	unsigned char depth;	/* how many deltas make it */
	bool known;		/* the repository has it */
	bool wanted;		/* it is written to the pack */
	unsigned char *packed;	/* what follows its header in the pack */
	size_t packed_len, unpacked_len;
	uint32_t crc, offset;
};

#define MOST_WORKERS 8

struct object_list {
	struct repository *repo;
	git_odb *odb;
	struct arena arena;		/* the objects' bytes */
	struct object *items;
	size_t count, capacity;
	size_t fresh;			/* how many the repository lacks */
	struct object_slot {
		uint32_t number;	/* and 1; 0: free */
		uint32_t tag;		/* of the id: of others no object is
					 * looked at */
	} *table;
	size_t table_size;		/* a power of two */
	struct strbuf scratch;
	/* what follows is shared with the workers */
	size_t *queue;			/* numbers of those to be packed */
	size_t queued, queue_capacity;
	size_t next;			/* the first that nobody packs yet */
	bool closed;			/* no more are to come */
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	pthread_t workers[MOST_WORKERS];
	size_t worker_count;
};

/** Have the object, and what it derives from, packed. Holds the mutex. */
void object_want(struct object_list *list, size_t number);

/** One thread less than there are processors: the caller's works too. */
void object_workers_start(struct object_list *list);

/** Pack all that is left, in this thread too. */
void object_workers_finish(struct object_list *list);

/** End them; at once, if `give_up`. */
void object_workers_stop(struct object_list *list, bool give_up);

/** Compress: sets `packed`, `packed_len` and `unpacked_len`. */
void object_pack(struct object *object, struct strbuf *scratch,
		 struct libdeflate_compressor *compressor);

/**
 * Write those that are wanted, all of them compressed, as a pack and its
 * index into the folder, which ends in '/'.
 */
int object_pack_write(struct object *objects, size_t count,
		      const char *folder, struct error *err);

#endif
