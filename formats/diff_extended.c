/* SPDX-License-Identifier: MIT */
/* The lines between "diff --git" and "---". */
#include <string.h>

#include "diff_private.h"

size_t diff_hex_digits(struct slice s)
{
	size_t n = 0;

	while (n < s.len &&
	       ((s.ptr[n] >= '0' && s.ptr[n] <= '9') ||
		((s.ptr[n] | 0x20) >= 'a' && (s.ptr[n] | 0x20) <= 'f')))
		n++;
	return n;
}

const char *diff_id(struct patch *patch, struct slice s)
{
	char *id = arena_copy(&patch->arena, s);

	for (char *c = id; *c; c++)
		*c = (char)(*c >= 'A' && *c <= 'F' ? *c | 0x20 : *c);
	return id[strspn(id, "0")] ? id : NULL;
}

/* Anything but a plain file: a program, a link, another repository. */
static void read_mode(struct patch_file *file, struct slice mode)
{
	mode = slice_trim(mode);
	if (mode.len && !slice_eq(mode, SLICE("100644")) &&
	    !slice_eq(mode, SLICE("100664")))
		file->traits |= PATCH_MODE;
}

/*
 * "index 1a2b3c4..5d6e7f8 100644": the mode stays, and may be a program's: so
 * is every file on some file systems. A link's is not a text's.
 */
static void read_index(struct patch *patch, struct patch_file *file,
		       struct slice s)
{
	size_t n = diff_hex_digits(s), m;
	struct slice rest = slice_sub(s, n, s.len);

	if (n < 4 || n > 64 || !slice_starts_with(rest, SLICE("..")))
		return;
	rest = slice_sub(rest, 2, rest.len);
	m = diff_hex_digits(rest);
	if (m < 4 || m > 64)
		return;
	file->old_blob = diff_id(patch, slice_sub(s, 0, n));
	file->new_blob = diff_id(patch, slice_sub(rest, 0, m));
	rest = slice_trim(slice_sub(rest, m, rest.len));
	if (!slice_eq(rest, SLICE("100755")))
		read_mode(file, rest);
}

bool diff_read_extended(struct patch *patch, struct patch_file *f,
			struct slice line)
{
	struct slice rest;

	if (diff_keyword(&rest, line, "index ")) {
		read_index(patch, f, rest);
	} else if (diff_keyword(&rest, line, "new file mode ")) {
		f->traits |= PATCH_NEW;
		f->old_path = NULL;
		read_mode(f, rest);
	} else if (diff_keyword(&rest, line, "deleted file mode ")) {
		f->traits |= PATCH_DELETED;
		f->new_path = NULL;
	} else if (diff_starts(line, "old mode ") ||
		   diff_starts(line, "new mode ")) {
		f->traits |= PATCH_MODE;
	} else if (diff_keyword(&rest, line, "rename from ") ||
		   diff_keyword(&rest, line, "copy from ")) {
		f->traits |= PATCH_RENAMED;
		f->old_path = diff_path(patch, rest);
	} else if (diff_keyword(&rest, line, "rename to ") ||
		   diff_keyword(&rest, line, "copy to ")) {
		f->traits |= PATCH_RENAMED;
		f->new_path = diff_path(patch, rest);
	} else if (diff_starts(line, "Binary files ") ||
		   diff_starts(line, "GIT binary patch")) {
		f->traits |= PATCH_BINARY;
	} else {
		return diff_starts(line, "similarity index ") ||
		       diff_starts(line, "dissimilarity index ");
	}
	return true;
}
