/* SPDX-License-Identifier: MIT */
#include "beside.h"
#include "join.h"
#include "markdown_write.h"

int markdown_write(struct book *book, const char *path, struct error *err)
{
	struct beside beside = BESIDE_INIT;
	struct strbuf text = STRBUF_INIT;
	int rc = join_manuscript(&text, book_manuscript(book), err);

	if (!rc)
		rc = beside_open(&beside, path, err);
	if (!rc)
		rc = beside_write(&beside, strbuf_slice(&text), err);
	if (!rc)
		rc = beside_close(&beside, err);
	beside_release(&beside);
	strbuf_release(&text);
	return rc;
}
