/* SPDX-License-Identifier: MIT */
/* A file that somebody edited, without what the editor did to it. */
#ifndef EDITED_COPY_H
#define EDITED_COPY_H

#include "slice.h"
#include "strbuf.h"

/**
 * Append what the copy makes of `chunk`: a paragraph with the same words
 * (text_fold.h) is the chunk's, byte for byte, since editors wrap lines anew
 * and change quotes; in one that was edited, the words that stayed are, each by
 * itself. Line ends, a byte order mark and the end of the file are as the chunk
 * has them. Near-linear in both texts, which are under 4 GiB.
 */
void edited_copy_mend(struct strbuf *out, struct slice chunk,
		      struct slice copy);

#endif
