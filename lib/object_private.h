/* SPDX-License-Identifier: MIT */
/* What object_list.c and object_pack.c share: an object, and its packing. */
#ifndef OBJECT_PRIVATE_H
#define OBJECT_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <git2.h>

#include "slice.h"

struct error;
struct libdeflate_compressor;
struct strbuf;

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
