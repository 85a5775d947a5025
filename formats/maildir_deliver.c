/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "error.h"
#include "maildir.h"

static int make_folder(const char *path, struct error *err)
{
	if (!mkdir(path, 0777) || errno == EEXIST)
		return 0;
	return error_set_errno(err, "cannot make the folder '%s'", path);
}

static int list_names(struct strbuf *names, const char *path,
		      struct error *err)
{
	DIR *dir = opendir(path);
	struct dirent *entry;

	if (!dir)
		return error_set_errno(err, "cannot read '%s'", path);
	while ((entry = readdir(dir)))
		strbuf_addf(names, "/%s", entry->d_name);
	closedir(dir);
	return 0;
}

int maildir_outbox_open(struct maildir_outbox *outbox, const char *path,
			struct error *err)
{
	static const char *const folders[] = { "", "/tmp", "/new", "/cur" };
	struct strbuf name = STRBUF_INIT;
	int rc = 0;

	outbox->path = path;
	for (size_t i = 0; i < 4 && !rc; i++) {
		strbuf_truncate(&name, 0);
		strbuf_addf(&name, "%s%s", path, folders[i]);
		rc = make_folder(name.buf, err);
		if (!rc && i > 1)
			rc = list_names(&outbox->names, name.buf, err);
	}
	strbuf_release(&name);
	return rc;
}

void maildir_outbox_release(struct maildir_outbox *outbox)
{
	strbuf_release(&outbox->names);
	*outbox = (struct maildir_outbox)MAILDIR_OUTBOX_INIT;
}

/* What is left of the '@'; nothing in it that a file's name cannot have. */
static void add_id(struct strbuf *out, const char *id)
{
	for (; *id && *id != '@'; id++)
		strbuf_addch(out, strchr("/:,;", *id) || *id <= ' ' ? '_'
								    : *id);
}

static int write_mail(const char *path, struct slice mail, struct error *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	bool ok = fd >= 0;

	while (ok && mail.len) {
		ssize_t n = write(fd, mail.ptr, mail.len);

		if (n > 0)
			mail = slice_sub(mail, (size_t)n, mail.len);
		else
			ok = n < 0 && errno == EINTR;
	}
	ok = ok && (!fsync(fd) || errno == EINVAL);
	if (fd >= 0 && close(fd) < 0)
		ok = false;
	if (ok)
		return 0;
	error_set_errno(err, "cannot write '%s'", path);
	if (fd >= 0)
		unlink(path);
	return ERROR_IO;
}

int maildir_deliver(struct maildir_outbox *outbox, struct slice mail,
		    const char *id, int64_t when, bool draft,
		    struct error *err)
{
	struct strbuf tail = STRBUF_INIT, from = STRBUF_INIT, to = STRBUF_INIT;
	int rc = 0;

	strbuf_addch(&tail, '.');
	add_id(&tail, id);
	strbuf_adds(&tail, ".galley");
	if (strstr(outbox->names.buf, tail.buf))
		goto out;
	strbuf_addf(&from, "%s/tmp/%" PRId64 "%s", outbox->path, when,
		    tail.buf);
	strbuf_addf(&to, "%s/%s/%" PRId64 "%s%s", outbox->path,
		    draft ? "cur" : "new", when, tail.buf,
		    draft ? ":2,DS" : "");
	rc = write_mail(from.buf, mail, err);
	if (!rc && rename(from.buf, to.buf) < 0) {
		rc = error_set_errno(err, "cannot write '%s'", to.buf);
		unlink(from.buf);
	}
	if (!rc)
		strbuf_adds(&outbox->names, tail.buf);
out:
	strbuf_release(&tail);
	strbuf_release(&from);
	strbuf_release(&to);
	return rc;
}
