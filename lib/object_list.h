/* SPDX-License-Identifier: MIT */
/*
 * Objects of git on their way into the repository: many of them in a pack of
 * their own, few of them one by one, as git does what it fetches. Compressing
 * them starts at once, in threads of their own.
 *
 * Texts and folders change little from one commit to the next. Such an object
 * is kept, and packed, as what it shares with another one and what is between
 * that, so that its cost is that of the change.
 */
#ifndef OBJECT_LIST_H
#define OBJECT_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <git2.h>

#include "slice.h"

struct error;
struct repository;
struct strbuf;
struct object_list;

#define NO_OBJECT SIZE_MAX	/* the number of none */

/** The id of an object of git. */
void object_id(git_oid *out, git_object_t type, struct slice bytes);

/** The repository outlives the list. */
int object_list_new(struct object_list **out, struct repository *repo,
		    struct error *err);
void object_list_free(struct object_list *list);

/**
 * Add an object; its bytes are copied. Returns its number. What the list has
 * already is not written again, nor what the repository has; but commits and
 * deltas are not looked for there.
 */
size_t object_list_add(struct object_list *list, git_object_t type,
		       struct slice bytes, const git_oid *id);

/** How an object differs from another: in what is between two ends. */
struct object_delta {
	size_t base;		/* the other's number, or NO_OBJECT */
	size_t prefix, suffix;	/* bytes that are the same */
};

/** Add an object that differs from another one so. */
size_t object_list_add_delta(struct object_list *list, git_object_t type,
			     struct slice bytes, const git_oid *id,
			     const struct object_delta *delta);

/** Add an object that may have much in common with object `base`. */
size_t object_list_add_like(struct object_list *list, git_object_t type,
			    struct slice bytes, const git_oid *id,
			    size_t base);

/** The number of an object of the list, or NO_OBJECT. */
size_t object_list_number(const struct object_list *list, const git_oid *id);

/**
 * The same, where the repository is looked in too: what it has there is
 * remembered, and written only if others are packed as deltas to it.
 * ERROR_NOT_FOUND.
 */
int object_list_find(size_t *out, struct object_list *list,
		     const git_oid *id, struct error *err);

/** Does the list, or the repository, have the object? */
bool object_list_has(struct object_list *list, const git_oid *id);

/** Append the bytes of object `number` to `out`. */
int object_list_read(struct strbuf *out, struct object_list *list,
		     size_t number, struct error *err);
git_object_t object_list_type(const struct object_list *list, size_t number);

/** Write all; nothing can be added after that. */
int object_list_write(struct object_list *list, struct error *err);

/**
 * Let the repository have all of them in memory alone, until it is closed: it
 * writes no objects to the disk any more.
 */
int object_list_hold(struct object_list *list, struct error *err);

#endif
