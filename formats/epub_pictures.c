/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "epub_private.h"
#include "error.h"
#include "picture.h"
#include "slug.h"

void epub_picture_name(struct strbuf *out, struct epub_pictures *pictures,
		       const char *path, const char *extension)
{
	const char *base = strrchr(path, '/');
	struct slice stem = slice_of(base ? base + 1 : path);
	size_t start = out->len, end, dot = stem.len;

	while (dot && stem.ptr[dot - 1] != '.')
		dot--;
	if (dot > 1)
		stem = slice_sub(stem, 0, dot - 1);
	strbuf_adds(out, "images/");
	slug_add(out, stem, 60);
	if (out->buf[out->len - 1] == '/')
		strbuf_adds(out, "picture");
	end = out->len;
	/* a number that is rarely taken: no search through a thousand */
	for (size_t n = pictures->count;; n++) {
		strbuf_addf(out, ".%s", extension);
		if (definitions_add(&pictures->names, false,
				    slice_sub(strbuf_slice(out), start,
					      out->len),
				    SLICE(""), 0, (struct span){ 0, 0 }))
			return;
		strbuf_truncate(out, end);
		strbuf_addf(out, "-%zu", n);
	}
}

static struct epub_picture *find(const struct epub *epub, const char *path)
{
	const struct epub_pictures *pictures = &epub->pictures;
	const struct definition *seen = definitions_find(
		&pictures->paths, false, slice_of(path));
	size_t i = seen ? seen->chunk : SIZE_MAX;

	for (; i != SIZE_MAX; i = pictures->items[i].same)
		if (!strcmp(pictures->items[i].path, path) &&
		    pictures->items[i].files == epub->files)
			return &pictures->items[i];
	return NULL;
}

/* Labels are compared without regard to case, paths with: those of the same
 * label make a chain. */
static size_t remember(struct epub *epub, const char *path)
{
	struct epub_pictures *p = &epub->pictures;
	const struct definition *seen =
		definitions_find(&p->paths, false, slice_of(path));

	GROW(p->items, p->count, p->capacity);
	p->items[p->count] = (struct epub_picture){
		epub_package_string(&epub->package, path), epub->files, NULL,
		SIZE_MAX };
	if (seen) {
		p->items[p->count].same = p->items[seen->chunk].same;
		p->items[seen->chunk].same = p->count;
	} else {
		definitions_add(&p->paths, false, slice_of(path), SLICE(""),
				p->count, (struct span){ 0, 0 });
	}
	return p->count++;
}

static void warn(const struct epub *epub, const char *from, const char *path,
		 const char *what, const char *then)
{
	struct error message = ERROR_INIT;

	error_set(&message, ERROR_MALFORMED, "picture '%s' %s; %s", path, what,
		  then);
	book_warn(epub->book, from, 0, message.message);
}

static bool is_kind(const struct picture_kind *kind, const char *extension)
{
	return !strcmp(kind->extension, extension);
}

/* Put a picture that was read into the book. */
static int put_picture(struct epub *epub, struct epub_picture *picture,
		       const struct picture_kind *kind, const char *id,
		       const char *properties, struct error *err)
{
	struct strbuf *bytes = &epub->pictures.bytes;
	struct strbuf name = STRBUF_INIT;
	char made[32];
	int rc;

	epub_picture_name(&name, &epub->pictures, picture->path,
			  kind->extension);
	picture->href = epub_package_string(&epub->package, name.buf);
	strbuf_release(&name);
	snprintf(made, sizeof(made), "image-%zu", epub->pictures.count);
	epub_package_item(&epub->package, id ? id : made, picture->href,
			  kind->media_type, properties, false);
	if (is_kind(kind, "gif") || is_kind(kind, "webp"))
		epub->package.may_flash = true;
	rc = epub_add(epub, picture->href, strbuf_slice(bytes),
		      is_kind(kind, "svg") ? ARCHIVE_DEFLATE : ARCHIVE_STORE,
		      err);
	if (bytes->capacity > 1u << 20)
		strbuf_release(bytes);
	return rc;
}

static int add_picture(struct epub *epub, struct epub_picture *picture,
		       const char *from, const char *id,
		       const char *properties, struct error *err)
{
	struct error why = ERROR_INIT;
	struct picture_kind kind;
	int rc = picture_read(&epub->pictures.bytes, &kind, epub->files,
			      picture->path, &why);

	if (rc == ERROR_NOT_FOUND || rc == ERROR_MALFORMED ||
	    rc == ERROR_LIMIT) {
		warn(epub, from, picture->path, why.message,
		     id ? "a cover is drawn instead"
			: "its description is shown instead");
		return 0;
	}
	if (rc < 0)
		return error_set(err, rc, "%s", why.message);
	if (is_kind(&kind, "webp"))
		warn(epub, from, picture->path,
		     "is WebP, which many e-readers do not show",
		     "PNG and JPEG are safe");
	return put_picture(epub, picture, &kind, id, properties, err);
}

int epub_picture(const char **href, struct epub *epub, const char *path,
		 const char *from, const char *id, const char *properties,
		 struct error *err)
{
	struct epub_picture *picture = find(epub, path);
	int rc = 0;

	if (!picture) {
		size_t i = remember(epub, path);

		picture = &epub->pictures.items[i];
		rc = add_picture(epub, picture, from, id, properties, err);
	}
	*href = picture->href;
	return rc;
}

void epub_pictures_release(struct epub_pictures *pictures)
{
	free(pictures->items);
	definitions_release(&pictures->paths);
	definitions_release(&pictures->names);
	definitions_release(&pictures->missing);
	strbuf_release(&pictures->bytes);
}
