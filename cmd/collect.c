/* SPDX-License-Identifier: MIT */
/* galley-collect: what readers sent becomes comments. */
#include "collect_report.h"
#include "collecting.h"
#include "command.h"
#include "error.h"
#include "stop_report.h"

static const char usage[] =
	"galley-collect [-n] [-q] [-r <round>] [--from=<who>] [<path>...]";

int main(int argc, char **argv)
{
	struct collect_options collect_options = { .from = { "", "" } };
	const char *from = NULL;
	bool quiet = false;
	const struct option options[] = {
		OPTION_FLAG('n', "dry-run", &collect_options.dry_run,
			    "say what would be kept, keep nothing"),
		OPTION_FLAG('q', "quiet", &quiet,
			    "only say what could not be placed"),
		OPTION_STRING('r', "round", &collect_options.round, "round",
			      "the round that all of it is about"),
		OPTION_STRING(0, "from", &from, "who",
			      "who said it: 'Name <address>'"),
		OPTION_END
	};
	struct collecting collecting = COLLECTING_INIT;
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	int status = STATUS_OK;

	argc = parse_options(argc, argv, options, usage);
	if (from)
		collect_options.from = person_parse(&arena, slice_of(from));
	if (collecting_run(&collecting, &collect_options, argv, argc,
			   &err) < 0) {
		status = report_fatal(&err);
		goto out;
	}
	if (collect_report(&collecting.made, quiet))
		status = STATUS_NO;
	stop_report(&collecting.in.list, collecting.ms);
out:
	collecting_release(&collecting);
	arena_release(&arena);
	return finish(status);
}
