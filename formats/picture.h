/* SPDX-License-Identifier: MIT */
/* Pictures of a manuscript, for drafts. */
#ifndef PICTURE_H
#define PICTURE_H

struct error;
struct strbuf;
struct tree;

struct picture_kind {
	const char *media_type;	/* "image/png" */
	const char *extension;	/* "png" */
};

/**
 * Read a picture of `path` into `bytes` (which are replaced) and tell its
 * kind, by its bytes: extensions lie. SVG is taken only if it carries nothing
 * that runs or is fetched (xml_svg.h).
 *
 * ERROR_NOT_FOUND, ERROR_MALFORMED, ERROR_LIMIT (above 100 MB): the draft can
 * do without it; `err` says what it does: "is missing", "has a script".
 */
int picture_read(struct strbuf *bytes, struct picture_kind *kind,
		 struct tree *tree, const char *path, struct error *err);

#endif
