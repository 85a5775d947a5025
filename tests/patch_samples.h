/* SPDX-License-Identifier: MIT */
/*
 * Patches for tests, made by git from texts with all that prose has: quotes
 * and dashes typed as printed or not, verse, lists with tabs, lines wrapped or
 * as long as a paragraph, carriage returns.
 */
#ifndef PATCH_SAMPLES_H
#define PATCH_SAMPLES_H

#include <stddef.h>
#include <stdint.h>

#include "slice.h"
#include "strbuf.h"

struct patch_sample {
	struct strbuf base, after;
	struct strbuf diff;	/* of git, with a signature after it */
	struct strbuf nameless;	/* the same without names of blobs */
	size_t number;		/* of its file, below 1000 */
};

#define PATCH_SAMPLE_INIT { STRBUF_INIT, STRBUF_INIT, STRBUF_INIT, \
			    STRBUF_INIT, 0 }

/**
 * Make `count` of them, at most 1000; the same for the same seed. Needs git.
 * The samples are the caller's, to be released.
 */
void patch_samples_make(struct patch_sample *samples, size_t count,
			uint32_t seed);

/** Make another one of the same base, for the text `after`. */
void patch_sample_remake(struct patch_sample *other,
			 const struct patch_sample *sample,
			 struct slice after);

void patch_samples_release(struct patch_sample *samples, size_t count);

#endif
