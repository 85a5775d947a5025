/* SPDX-License-Identifier: MIT */
/*
 * What a manuscript says of itself at its front: a YAML block, or pandoc's
 * "%" lines (BLOCK_METADATA). Of YAML only what books use is read: strings in
 * all their quotings, lists, and maps with a name in them; the rest is passed
 * over.
 */
#ifndef FRONT_MATTER_H
#define FRONT_MATTER_H

#include "settings.h"
#include "slice.h"

/**
 * Add to `settings` what `metadata` has: book.title, book.subtitle,
 * book.author (as often as there are authors), book.language, book.date,
 * book.rights, book.description, book.publisher, book.identifier, book.cover.
 */
void front_matter_read(struct settings *settings, struct slice metadata);

#endif
