/* SPDX-License-Identifier: MIT */
/* Files and people; command_options.c and command_report.c have the rest. */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "beside.h"
#include "command.h"
#include "error.h"
#include "repository.h"
#include "slice.h"
#include "strbuf.h"

#define LARGEST_FILE ((size_t)0x7FFFFFFF)
#define AT_ONCE ((size_t)1 << 20)

int read_file(struct strbuf *out, const char *path, struct error *err)
{
	return read_file_until(out, path, NULL, NULL, err);
}

int read_file_until(struct strbuf *out, const char *path,
		    bool (*more)(void *data, struct strbuf *read), void *data,
		    struct error *err)
{
	bool from_stdin = !strcmp(path, "-");
	const char *name = from_stdin ? "standard input" : path;
	FILE *in = from_stdin ? stdin : fopen(path, "rb");
	struct stat st;
	int rc = 0;

	if (!in)
		return error_set_errno(err, "cannot read '%s'", name);
	if (!fstat(fileno(in), &st)) {
		if (S_ISDIR(st.st_mode)) {
			errno = EISDIR;
			rc = error_set_errno(err, "cannot read '%s'", name);
			goto out;
		}
		if (S_ISREG(st.st_mode) && st.st_size > 0 &&
		    (uintmax_t)st.st_size < LARGEST_FILE)
			strbuf_grow(out, (size_t)st.st_size + 1);
	}
	for (;;) {
		size_t room, n;

		strbuf_grow(out, 65536);
		room = out->capacity - out->len - 1;
		room = room < AT_ONCE ? room : AT_ONCE;
		n = fread(out->buf + out->len, 1, room, in);
		out->len += n;
		out->buf[out->len] = '\0';
		if (out->len > LARGEST_FILE) {
			rc = error_set(err, ERROR_LIMIT,
				       "'%s' is larger than 2 GiB", name);
			goto out;
		}
		if ((more && more(data, out)) || n < room)
			break;
	}
	if (ferror(in))
		rc = error_set_errno(err, "cannot read '%s'", name);
out:
	if (!from_stdin)
		fclose(in);
	return rc;
}

int write_file(const char *path, struct slice bytes, struct error *err)
{
	struct beside beside = BESIDE_INIT;
	int rc;

	if (!strcmp(path, "-")) {
		fwrite(bytes.ptr, 1, bytes.len, stdout);
		return 0; /* finish() tells of trouble */
	}
	rc = beside_open(&beside, path, err);
	if (!rc)
		rc = beside_write(&beside, bytes, err);
	if (!rc)
		rc = beside_close(&beside, err);
	beside_release(&beside);
	return rc;
}

const struct change_people *people_of_environment(void)
{
	static struct change_people people;

	people.author = (struct change_person){
		getenv("GIT_AUTHOR_NAME"), getenv("GIT_AUTHOR_EMAIL"),
		getenv("GIT_AUTHOR_DATE")
	};
	people.committer = (struct change_person){
		getenv("GIT_COMMITTER_NAME"), getenv("GIT_COMMITTER_EMAIL"),
		getenv("GIT_COMMITTER_DATE")
	};
	return &people;
}
