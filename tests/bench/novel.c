/* SPDX-License-Identifier: MIT */
/* novel <bytes> [<seed>]: a novel of that size, to stdout. */
#include <stdio.h>
#include <stdlib.h>

#include "novel.h"
#include "strbuf.h"

int main(int argc, char **argv)
{
	struct strbuf text = STRBUF_INIT;

	if (argc < 2 || argc > 3) {
		fputs("usage: novel <bytes> [<seed>]\n", stderr);
		return 129;
	}
	novel_write(&text, strtoul(argv[1], NULL, 10),
		    argc > 2 ? strtoul(argv[2], NULL, 10) : 1);
	fwrite(text.buf, 1, text.len, stdout);
	strbuf_release(&text);
	return fflush(stdout) || ferror(stdout) ? 128 : 0;
}
