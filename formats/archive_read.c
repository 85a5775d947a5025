/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "alloc.h"
#include "archive_read.h"
#include "error.h"
#include "strbuf.h"
#include "utf8.h"

struct archive_read {
	zip_t *zip;
	char *name;
	char **names;		/* in the archive's order */
	size_t *sizes, *at;	/* and where libzip has them */
	size_t *by_name;	/* indexes, sorted by name */
	size_t count;
};

static int malformed(const struct archive_read *archive, const char *why,
		     struct error *err)
{
	return error_set(err, ERROR_MALFORMED, "'%s' is no archive that can "
			 "be read: %s", archive->name, why);
}

static int error_set_zip(const struct archive_read *archive, zip_error_t *why,
			 struct error *err)
{
	return malformed(archive, zip_error_strerror(why), err);
}

/* One part of a path: "..", "" and the like are none. */
static bool is_part(const char *start, size_t len)
{
	return len && !(len == 1 && *start == '.') &&
	       !(len == 2 && start[0] == '.' && start[1] == '.');
}

static bool is_path(const char *name, size_t len)
{
	const char *start = name, *p = name, *end = name + len;

	if (utf8_valid_prefix(slice_of(name)) != strlen(name) ||
	    strlen(name) > 1000)
		return false;
	for (;; p++) {
		if (p < end && (*p == '\\' || (unsigned char)*p < ' ' ||
				*p == 0x7F))
			return false;
		if (p < end && *p != '/')
			continue;
		if (!is_part(start, (size_t)(p - start)))
			return false;
		if (p == end)
			return true;
		start = p + 1;
	}
}

/* "EPUB/" */
static bool is_folder(const zip_stat_t *st)
{
	return slice_ends_with(slice_of(st->name), SLICE("/")) && !st->size;
}

/* What cannot be is said of the first entry that is so. */
static int check_entry(const struct archive_read *archive,
		       const zip_stat_t *st, size_t all, struct error *err)
{
	const zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE |
				    ZIP_STAT_COMP_METHOD;

	if ((st->valid & needed) != needed ||
	    !is_path(st->name, strlen(st->name) - is_folder(st)))
		return malformed(archive, "the name of an entry is no path "
				 "inside it", err);
	if ((st->valid & ZIP_STAT_ENCRYPTION_METHOD) &&
	    st->encryption_method != ZIP_EM_NONE)
		return malformed(archive, "it is encrypted", err);
	if (st->comp_method != ZIP_CM_STORE &&
	    st->comp_method != ZIP_CM_DEFLATE)
		return malformed(archive, "it is packed in a way that e-books "
				 "are not", err);
	if (st->size > ARCHIVE_READ_ENTRY ||
	    all + st->size > ARCHIVE_READ_ALL)
		return error_set(err, ERROR_LIMIT, "there is too much in '%s'",
				 archive->name);
	return 0;
}

static _Thread_local char **sorting; /* qsort has no context */

static int by_name(const void *a, const void *b)
{
	return strcmp(sorting[*(const size_t *)a],
		      sorting[*(const size_t *)b]);
}

static int sort_names(struct archive_read *archive, struct error *err)
{
	for (size_t i = 0; i < archive->count; i++)
		archive->by_name[i] = i;
	sorting = archive->names;
	qsort(archive->by_name, archive->count, sizeof(size_t), by_name);
	for (size_t i = 1; i < archive->count; i++)
		if (!strcmp(archive->names[archive->by_name[i - 1]],
			    archive->names[archive->by_name[i]]))
			return malformed(archive, "a name is there twice",
					 err);
	return 0;
}

static int read_names(struct archive_read *archive, struct error *err)
{
	zip_int64_t count = zip_get_num_entries(archive->zip, 0);
	size_t all = 0;
	int rc;

	if (count > (zip_int64_t)ARCHIVE_READ_ENTRIES)
		return error_set(err, ERROR_LIMIT,
				 "there are too many files in '%s'",
				 archive->name);
	archive->names = xcalloc((size_t)count + 1, sizeof(*archive->names));
	archive->sizes = xcalloc((size_t)count + 1, sizeof(*archive->sizes));
	archive->at = xcalloc((size_t)count + 1, sizeof(*archive->at));
	archive->by_name = xcalloc((size_t)count + 1, sizeof(size_t));
	for (zip_int64_t i = 0; i < count; i++) {
		zip_stat_t st;

		if (zip_stat_index(archive->zip, (zip_uint64_t)i, 0, &st) < 0)
			return error_set_zip(archive,
					     zip_get_error(archive->zip), err);
		rc = check_entry(archive, &st, all, err);
		if (rc < 0)
			return rc;
		if (is_folder(&st))
			continue;
		all += st.size;
		archive->at[archive->count] = (size_t)i;
		archive->sizes[archive->count] = st.size;
		archive->names[archive->count++] = xstrdup(st.name);
	}
	return sort_names(archive, err);
}

int archive_read_open(struct archive_read **out, struct slice bytes,
		      const char *name, struct error *err)
{
	struct archive_read *archive = xcalloc(1, sizeof(*archive));
	zip_source_t *source;
	zip_error_t why;
	int rc = 0;

	archive->name = xstrdup(name);
	zip_error_init(&why);
	source = zip_source_buffer_create(bytes.ptr, bytes.len, 0, &why);
	if (source)
		archive->zip = zip_open_from_source(source, ZIP_RDONLY, &why);
	if (!archive->zip) {
		zip_source_free(source);
		rc = error_set_zip(archive, &why, err);
	}
	zip_error_fini(&why);
	if (!rc)
		rc = read_names(archive, err);
	if (rc < 0)
		archive_read_close(archive);
	else
		*out = archive;
	return rc;
}

void archive_read_close(struct archive_read *archive)
{
	if (!archive)
		return;
	if (archive->zip)
		zip_discard(archive->zip);
	for (size_t i = 0; i < archive->count; i++)
		free(archive->names[i]);
	free(archive->names);
	free(archive->sizes);
	free(archive->at);
	free(archive->by_name);
	free(archive->name);
	free(archive);
}

size_t archive_read_count(const struct archive_read *archive)
{
	return archive->count;
}

const char *archive_read_name(const struct archive_read *archive, size_t at)
{
	return archive->names[at];
}

int archive_read_entry(struct strbuf *out, struct archive_read *archive,
		       size_t at, struct error *err)
{
	size_t before = out->len, size = archive->sizes[at];
	zip_file_t *file = zip_fopen_index(archive->zip, archive->at[at], 0);
	zip_int64_t n = 0;
	char more;

	if (!file)
		return error_set_zip(archive, zip_get_error(archive->zip),
				     err);
	strbuf_grow(out, size);
	while (out->len - before < size &&
	       (n = zip_fread(file, out->buf + out->len,
			      size - (out->len - before))) > 0)
		out->len += (size_t)n;
	out->buf[out->len] = '\0';
	/* the check sum is looked at when there is no more */
	if (n >= 0 && out->len - before == size)
		n = zip_fread(file, &more, 1);
	zip_fclose(file);
	if (n == 0 && out->len - before == size)
		return 0;
	strbuf_truncate(out, before);
	return error_set(err, ERROR_MALFORMED, "'%s' in '%s' is damaged",
			 archive->names[at], archive->name);
}

size_t archive_read_find(const struct archive_read *archive, const char *name)
{
	size_t from = 0, to = archive->count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		size_t at = archive->by_name[middle];
		int order = strcmp(archive->names[at], name);

		if (!order)
			return at;
		if (order < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return SIZE_MAX;
}
