/* SPDX-License-Identifier: MIT */
/* Of things that stand in two orders, as many as are in the same in both. */
#ifndef LONGEST_CHAIN_H
#define LONGEST_CHAIN_H

#include <stddef.h>

#define CHAIN_NONE ((size_t)-1)

/**
 * The longest sequence of indices whose values grow, none of them CHAIN_NONE:
 * written to `chain`, which has room for `n`, in order. Returns how many. Time
 * n log n. Of several that are the longest it is always the same one.
 */
size_t longest_chain(size_t *chain, const size_t *values, size_t n);

#endif
