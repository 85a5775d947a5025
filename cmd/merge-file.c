/* SPDX-License-Identifier: MIT */
/* galley-merge-file: git merge-file for prose, word by word. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "error.h"
#include "prose_merge.h"
#include "strbuf.h"

static const char usage[] =
	"galley-merge-file [-p] [-q] [-L <label>] ... [--ours|--theirs|--union] "
	"[--diff3|--no-diff3] [--marker-size=<n>] <ours> <base> <theirs>";

/* As git merge-file ends: conflicts up to 127; more is an error to git. */
enum { MOST_CONFLICTS = 127, STATUS_ERROR = 255 };

static int read_text(struct strbuf *out, const char *path, struct error *err)
{
	int rc = read_file(out, path, err);

	if (!rc && memchr(out->buf, '\0', out->len))
		rc = error_set(err, ERROR_MALFORMED,
			       "cannot merge binary files: '%s'", path);
	return rc;
}

static size_t marker_size(const char *text)
{
	char *end;
	unsigned long n;

	if (!text)
		return 0;
	n = strtoul(text, &end, 10);
	if (*end || end == text || *text == '-' || n > 1000)
		usage_error(usage, "'%s' is no marker size", text);
	return n;
}

int main(int argc, char **argv)
{
	bool print = false, quiet = false, diff3 = true;
	bool ours = false, theirs = false, both = false;
	const char *size = NULL;
	struct option_values labels = { { NULL }, 0 };
	const struct option options[] = {
		OPTION_FLAG('p', "stdout", &print,
			    "print the result, leave the file alone"),
		OPTION_FLAG('q', "quiet", &quiet, "do not warn of conflicts"),
		OPTION_VALUES('L', NULL, &labels, "label",
			      "name ours, base and theirs in conflicts"),
		OPTION_FLAG(0, "ours", &ours, "in conflicts take our words"),
		OPTION_FLAG(0, "theirs", &theirs,
			    "in conflicts take their words"),
		OPTION_FLAG(0, "union", &both, "in conflicts take both"),
		OPTION_FLAG(0, "diff3", &diff3,
			    "show base in conflicts (as it is)"),
		OPTION_STRING(0, "marker-size", &size, "n",
			      "length of conflict markers (7)"),
		OPTION_END
	};
	struct strbuf texts[3] = { STRBUF_INIT, STRBUF_INIT, STRBUF_INIT };
	struct strbuf result = STRBUF_INIT;
	struct prose_merge_options merge = { .favor = MERGE_MARK };
	struct error err = ERROR_INIT;
	size_t conflicts = 0;
	int status;

	argc = parse_options(argc, argv, options, usage);
	if (argc != 3)
		usage_error(usage, "three files: ours, base and theirs");
	if (labels.count > 3)
		usage_error(usage, "three files have three labels");
	if (ours + theirs + both > 1)
		usage_error(usage, "one of --ours, --theirs and --union");
	for (size_t i = labels.count; i < 3; i++)
		labels.items[i] = argv[i];
	merge.favor = ours ? MERGE_OURS : theirs ? MERGE_THEIRS :
		      both ? MERGE_UNION : MERGE_MARK;
	merge.without_base = !diff3;
	merge.marker_size = marker_size(size);
	merge.our_label = slice_of(labels.items[0]);
	merge.base_label = slice_of(labels.items[1]);
	merge.their_label = slice_of(labels.items[2]);

	if (read_text(&texts[0], argv[0], &err) < 0 ||
	    read_text(&texts[1], argv[1], &err) < 0 ||
	    read_text(&texts[2], argv[2], &err) < 0)
		goto fatal;
	conflicts = prose_merge(&result, strbuf_slice(&texts[0]),
				strbuf_slice(&texts[1]),
				strbuf_slice(&texts[2]), &merge);
	if (write_file(print ? "-" : argv[0], strbuf_slice(&result),
		       &err) < 0)
		goto fatal;
	if (conflicts && !quiet)
		report_warning("%zu conflict%s in '%s'", conflicts,
			       conflicts == 1 ? "" : "s", labels.items[0]);
	status = conflicts > MOST_CONFLICTS ? MOST_CONFLICTS : (int)conflicts;
	if (finish(status) != status)
		status = STATUS_ERROR;
	goto out;
fatal:
	report_fatal(&err);
	status = STATUS_ERROR;
out:
	for (size_t i = 0; i < 3; i++)
		strbuf_release(&texts[i]);
	strbuf_release(&result);
	return status;
}
