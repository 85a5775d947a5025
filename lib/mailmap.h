/* SPDX-License-Identifier: MIT */
/*
 * Who somebody is called by now: .mailmap, as git reads it (gitmailmap(5)).
 * A reader who wants a pen name, or who wrote from two addresses, has a line
 * there.
 */
#ifndef MAILMAP_H
#define MAILMAP_H

#include "person.h"

struct error;
struct mailmap;
struct tree;

/**
 * Read .mailmap of a work tree or of a revision; without one, nobody is called
 * otherwise. What mailmap.file and mailmap.blob of git config name is not
 * read: a draft says the same on every machine.
 */
int mailmap_open(struct mailmap **out, struct tree *tree, struct error *err);
void mailmap_close(struct mailmap *map);

/** Strings are the map's, or those of `who`. */
struct person mailmap_person(const struct mailmap *map,
			     const struct person *who);

#endif
