/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "beside.h"
#include "error.h"

static int cannot_write(const struct beside *beside, struct error *err)
{
	return error_set_errno(err, "cannot write '%s'", beside->path);
}

int beside_open(struct beside *beside, const char *path, struct error *err)
{
	mode_t mask = umask(0);
	int fd;

	umask(mask);
	beside->path = path;
	strbuf_addf(&beside->name, "%s.XXXXXX", path);
	fd = mkstemp(beside->name.buf);
	if (fd < 0) {
		strbuf_truncate(&beside->name, 0);
		return cannot_write(beside, err);
	}
	beside->file = fdopen(fd, "wb");
	if (!beside->file)
		close(fd);
	if (!beside->file || fchmod(fd, 0666 & ~mask))
		return cannot_write(beside, err);
	/* whoever has little to say gathers it: a chapter is one write */
	setvbuf(beside->file, NULL, _IONBF, 0);
	return 0;
}

int beside_write(struct beside *beside, struct slice bytes, struct error *err)
{
	if (fwrite(bytes.ptr, 1, bytes.len, beside->file) == bytes.len)
		return 0;
	return cannot_write(beside, err);
}

int beside_close(struct beside *beside, struct error *err)
{
	FILE *file = beside->file;

	beside->file = NULL;
	if (fclose(file) || rename(beside->name.buf, beside->path))
		return cannot_write(beside, err);
	strbuf_truncate(&beside->name, 0);
	return 0;
}

void beside_release(struct beside *beside)
{
	if (beside->file)
		fclose(beside->file);
	if (beside->name.len)
		unlink(beside->name.buf);
	strbuf_release(&beside->name);
	beside->file = NULL;
}
