/* SPDX-License-Identifier: MIT */
/*
 * Novels of any size for tests and benchmarks: made-up words that are as
 * frequent, and sentences and paragraphs as long, as in English prose; parts,
 * chapters, scenes, dialogue, emphasis, notes. The same seed makes the same
 * bytes on every machine.
 */
#ifndef NOVEL_H
#define NOVEL_H

#include <stddef.h>
#include <stdint.h>

struct strbuf;

/** Append a novel of `size` bytes or a little more, ending with a paragraph. */
void novel_write(struct strbuf *out, size_t size, uint64_t seed);

#endif
