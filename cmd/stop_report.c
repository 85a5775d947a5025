/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "command.h"
#include "feedback.h"
#include "reader_list.h"
#include "stop_report.h"

/* By their address; else by the code of the mail that they answered, if the
 * name is theirs: mails are passed on. */
static const struct reader *find(const struct reader_list *readers,
				 const struct feedback *f)
{
	const struct reader *reader = readers->by_code ?
		reader_list_address(readers, f->who.email) : NULL;

	if (!reader && *f->copy && readers->by_code &&
	    (reader_list_find(&reader, readers, f->copy, NULL) < 0 ||
	     strcasecmp(reader->name, f->who.name)))
		reader = NULL;
	return reader;
}

static void report(const struct reader_list *readers,
		   const struct feedback *f)
{
	const struct reader *reader = find(readers, f);

	if (reader && reader->stop)
		return;
	fputs("! ", stdout);
	print_safe(stdout, slice_of(f->who.name));
	fputs(" <", stdout);
	print_safe(stdout, slice_of(f->who.email));
	fputs("> wants no more mails\n    ", stdout);
	if (reader) {
		printf("add ' stop' to line %zu of '", reader->line);
		print_safe(stdout, slice_of(readers->path));
		fputs("'\n", stdout);
	} else {
		fputs("is not in the list of readers\n", stdout);
	}
}

void stop_report(const struct feedback_list *list, const struct manuscript *ms)
{
	struct reader_list readers = READER_LIST_INIT;
	bool read = false;

	for (size_t i = 0; i < list->count; i++) {
		if (list->items[i].kind != FEEDBACK_STOP)
			continue;
		if (!read && reader_list_read(&readers, ms, NULL) < 0)
			reader_list_release(&readers);
		read = true;
		report(&readers, &list->items[i]);
	}
	reader_list_release(&readers);
}
