/* SPDX-License-Identifier: MIT */
/* Items and texts of items, for drift.c and drift_truth.c alone. */
#ifndef DRIFT_TEXT_H
#define DRIFT_TEXT_H

#include "drift.h"

void drift_text_release(struct drift_text *t);

/** Add a copy of the item. */
void drift_add(struct drift_text *t, const struct drift_item *item);

/** Take `out` items out at `at`, and put `count` in. */
void drift_splice_items(struct drift_text *t, size_t at, size_t out,
			const struct drift_item *in, size_t count);

/** The block that item `at` is in, from its start to the next one's. */
size_t drift_block_start(const struct drift_text *t, size_t at);
size_t drift_block_end(const struct drift_text *t, size_t at);

/** Add the text as bytes. */
void drift_render(struct strbuf *out, const struct drift_text *t, bool crlf);

#endif
