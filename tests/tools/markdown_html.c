/* SPDX-License-Identifier: MIT */
/*
 * Markdown on stdin, plain HTML on stdout. With -n, many texts in one run:
 * each ends with a NUL, and so does its HTML.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "html_write.h"
#include "markdown_read.h"
#include "strbuf.h"

static int convert(struct slice source)
{
	const struct html_options options = { .flavour = HTML_PLAIN };
	struct document doc = DOCUMENT_INIT;
	struct strbuf out = STRBUF_INIT;
	int rc = markdown_read(&doc, source, NULL, NULL);

	if (!rc)
		rc = html_write(&out, doc.root, &options, NULL);
	fwrite(out.buf, 1, out.len, stdout);
	strbuf_release(&out);
	document_release(&doc);
	return rc;
}

int main(int argc, char **argv)
{
	bool many = argc > 1 && !strcmp(argv[1], "-n");
	struct strbuf in = STRBUF_INIT;
	struct slice rest;
	char buffer[65536];
	size_t n;
	int rc = 0;

	while ((n = fread(buffer, 1, sizeof(buffer), stdin)))
		strbuf_add(&in, buffer, n);
	rest = strbuf_slice(&in);
	if (!many)
		rc = convert(rest);
	while (many && rest.len && !rc) {
		size_t end = slice_find(rest, '\0');

		rc = convert(slice_sub(rest, 0, end));
		putchar('\0');
		rest = slice_sub(rest, end + 1, rest.len);
	}
	strbuf_release(&in);
	return rc || ferror(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
