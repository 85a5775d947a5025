/* SPDX-License-Identifier: MIT */
/*
 *	batch <count> [<bytes>]
 *
 * In the repository here: make <count> commits on HEAD as comments are made,
 * a ref for each, and have refs/notes/seen point at the last, in one batch.
 * Each changes README.md, which is filled up to <bytes>. With a count of 1
 * there is no ref but refs/notes/seen.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commit_batch.h"
#include "error.h"
#include "strbuf.h"

static int add(char id[COMMIT_ID_LENGTH + 1], struct commit_batch *batch,
	       const char *parent, unsigned n, size_t size,
	       struct error *err)
{
	struct strbuf text = STRBUF_INIT;
	struct commit_file file = { .path = "README.md" };
	struct commit_draft draft = {
		.parent = parent, .files = &file, .file_count = 1,
		.author = { "Ann Reader", "ann@example.org" },
		.committer = { "Ann Reader", "ann@example.org" },
		.authored = { 1767323045 + n, 0 },
		.committed = { 1767323045 + n, 0 },
		.message = "A comment"
	};
	int rc;

	strbuf_addf(&text, "comment %u\n", n);
	while (text.len < size)
		strbuf_adds(&text, "and more of it\n");
	file.bytes = strbuf_slice(&text);
	rc = commit_batch_add(id, batch, &draft, err);
	strbuf_release(&text);
	return rc;
}

static int run(struct commit_batch *batch, const char *head, unsigned count,
	       size_t size, struct error *err)
{
	char id[COMMIT_ID_LENGTH + 1], ref[64];
	int rc = 0;

	for (unsigned i = 0; i < count && !rc; i++) {
		rc = add(id, batch, head, i, size, err);
		snprintf(ref, sizeof(ref), "refs/comments/1/%.12s", id);
		if (!rc && count > 1)
			commit_batch_ref(batch, ref, id, NULL);
	}
	if (rc < 0)
		return rc;
	commit_batch_ref(batch, "refs/notes/seen", id, NULL);
	return commit_batch_write(batch, err);
}

int main(int argc, char **argv)
{
	struct error err = ERROR_INIT;
	struct repository *repo = NULL;
	struct commit_batch *batch = NULL;
	struct commit_info head;
	int rc = ERROR_INVALID;

	if (argc > 1 && (rc = repository_open(&repo, ".", &err)) == 0 &&
	    (rc = repository_resolve(&head, repo, "HEAD", &err)) == 0 &&
	    (rc = commit_batch_new(&batch, repo, &err)) == 0)
		rc = run(batch, head.id, (unsigned)atoi(argv[1]),
			 argc > 2 ? (size_t)atol(argv[2]) : 0, &err);
	if (rc < 0)
		fprintf(stderr, "fatal: %s\n", err.message);
	commit_batch_free(batch);
	repository_close(repo);
	return rc < 0 ? 128 : 0;
}
