/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "alloc.h"
#include "longest_chain.h"

/* `chain` has for each length the index that ends the chain with the smallest
 * value, until all are read (patience sorting). */
size_t longest_chain(size_t *chain, const size_t *values, size_t n)
{
	size_t *before = xreallocarray(NULL, n + 1, sizeof(*before));
	size_t length = 0, at;

	for (size_t i = 0; i < n; i++) {
		size_t low = 0, high = length;

		if (values[i] == CHAIN_NONE)
			continue;
		while (low < high) {
			size_t middle = (low + high) / 2;

			if (values[chain[middle]] < values[i])
				low = middle + 1;
			else
				high = middle;
		}
		before[i] = low ? chain[low - 1] : CHAIN_NONE;
		chain[low] = i;
		if (low == length)
			length++;
	}
	at = length ? chain[length - 1] : CHAIN_NONE;
	for (size_t i = length; i--; at = before[at])
		chain[i] = at;
	free(before);
	return length;
}
