/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "collect_report.h"
#include "command.h"
#include "comment_show.h"
#include "slice.h"
#include "strbuf.h"

#define SHORT_ID 8

static void print_place(const struct collected *made)
{
	if (*made->label)
		printf(" %s", made->label);
	else if (*made->chunk) {
		putchar(' ');
		print_safe(stdout, slice_of(made->chunk));
	}
}

static void print_below(const char *what, const char *why)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_addf(&text, "%s%s", what, why);
	comment_print_text(strbuf_slice(&text), "    ");
	strbuf_release(&text);
}

static void print_item(const struct collected *made)
{
	static const char *const marks[] = {
		[COLLECTED_NEW] = " ", [COLLECTED_KNOWN] = "=",
		[COLLECTED_UNPLACED] = "!"
	};
	const struct feedback *f = made->feedback;

	printf("%s %.*s", marks[made->state], SHORT_ID, made->id);
	print_place(made);
	putchar(' ');
	print_safe(stdout, slice_of(made->reader.name));
	fputs(": ", stdout);
	print_safe(stdout, slice_of(made->subject));
	putchar('\n');
	if (*made->why)
		print_below(made->state == COLLECTED_UNPLACED ? "not placed: "
			    : "", made->why);
	if (*f->trouble && f->trouble != made->why)
		print_below("", f->trouble);
}

/* "12 edits, ", "1 remark, " */
static void add_count(struct strbuf *out, size_t count, const char *one,
		      const char *many)
{
	if (count)
		strbuf_addf(out, "%s%zu %s", out->len ? ", " : "", count,
			    count == 1 ? one : many);
}

size_t collect_report(const struct collection *collection, bool quiet)
{
	size_t edits = 0, remarks = 0, known = 0, unplaced = 0;
	struct strbuf summary = STRBUF_INIT;

	for (size_t i = 0; i < collection->count; i++) {
		const struct collected *made = &collection->items[i];

		if (made->state == COLLECTED_UNPLACED)
			unplaced++;
		else if (made->state == COLLECTED_KNOWN)
			known++;
		else if (made->is_remark)
			remarks++;
		else
			edits++;
		if (!quiet || made->state == COLLECTED_UNPLACED)
			print_item(made);
	}
	add_count(&summary, edits, "edit", "edits");
	add_count(&summary, remarks, "remark", "remarks");
	add_count(&summary, known, "already known", "already known");
	add_count(&summary, unplaced, "not placed", "not placed");
	if (!quiet)
		printf("%s\n", summary.len ? summary.buf :
		       "nothing to collect");
	strbuf_release(&summary);
	return unplaced;
}
