/* SPDX-License-Identifier: MIT */
/*
 * Runs a fuzz target over the corpus in the folder named after it,
 * tests/fuzz/<target>/, or over the files given, and speaks TAP: what `make
 * check` does where `make fuzz` searches.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "strbuf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay(const char *path)
{
	struct strbuf bytes = STRBUF_INIT;
	FILE *in = fopen(path, "rb");
	size_t n;

	if (!in)
		return -1;
	do {
		strbuf_grow(&bytes, 65536);
		n = fread(bytes.buf + bytes.len, 1, 65536, in);
		bytes.len += n;
	} while (n);
	fclose(in);
	LLVMFuzzerTestOneInput((const uint8_t *)bytes.buf, bytes.len);
	strbuf_release(&bytes);
	return 0;
}

static int visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

int main(int argc, char **argv)
{
	const char *name = strrchr(argv[0], '/');
	struct strbuf path = STRBUF_INIT;
	struct dirent **entries;
	int n;

	if (argc > 1) {
		for (int i = 1; i < argc; i++)
			if (replay(argv[i]) < 0)
				return 1;
		return 0;
	}
	name = name ? name + 1 : argv[0];
	strbuf_addf(&path, "tests/fuzz/%s", name);
	n = scandir(path.buf, &entries, visible, alphasort);
	if (n < 0) {
		printf("1..0 # SKIP no corpus in %s\n", path.buf);
		return 0;
	}
	printf("1..%d\n", n);
	for (int i = 0; i < n; i++) {
		strbuf_truncate(&path, 0);
		strbuf_addf(&path, "tests/fuzz/%s/%s", name,
			    entries[i]->d_name);
		printf("%sok %d - %s %s\n", replay(path.buf) < 0 ? "not " : "",
		       i + 1, name, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	strbuf_release(&path);
	return 0;
}
