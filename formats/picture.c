/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "error.h"
#include "picture.h"
#include "repository.h"
#include "strbuf.h"
#include "xml_svg.h"

#define PICTURE_MAX (100u << 20)

static const struct {
	struct picture_kind kind;
	const char *magic;
	size_t len;
} kinds[] = {
	{ { "image/png", "png" }, "\x89PNG\r\n\x1a\n", 8 },
	{ { "image/jpeg", "jpg" }, "\xff\xd8\xff", 3 },
	{ { "image/gif", "gif" }, "GIF8", 4 },
};

static int tell_kind(struct picture_kind *kind, struct slice bytes,
		     struct error *err)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (slice_starts_with(bytes, (struct slice){ kinds[i].magic,
							     kinds[i].len })) {
			*kind = kinds[i].kind;
			return 0;
		}
	if (bytes.len > 12 && !memcmp(bytes.ptr, "RIFF", 4) &&
	    !memcmp(bytes.ptr + 8, "WEBP", 4)) {
		*kind = (struct picture_kind){ "image/webp", "webp" };
		return 0;
	}
	if (slice_find_slice(bytes, SLICE("<svg")) < bytes.len) {
		*kind = (struct picture_kind){ "image/svg+xml", "svg" };
		return svg_check(bytes, err);
	}
	return error_set(err, ERROR_MALFORMED,
			 "is no PNG, JPEG, GIF, WebP or SVG");
}

int picture_read(struct strbuf *bytes, struct picture_kind *kind,
		 struct tree *tree, const char *path, struct error *err)
{
	int rc;

	strbuf_truncate(bytes, 0);
	if (tree_size(tree, path) > PICTURE_MAX)
		return error_set(err, ERROR_LIMIT, "is larger than 100 MB");
	rc = tree_read(bytes, tree, path, err);
	if (rc == ERROR_NOT_FOUND)
		return error_set(err, rc, "is missing");
	return rc < 0 ? rc : tell_kind(kind, strbuf_slice(bytes), err);
}
