/* SPDX-License-Identifier: MIT */
/* galley-collect: what readers sent becomes comments. */
#include <stdio.h>
#include <string.h>

#include "collect_report.h"
#include "command.h"
#include "error.h"
#include "feedback_in.h"
#include "identity.h"
#include "markdown_read.h"
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
	struct collection collection = COLLECTION_INIT;
	struct feedback_in in = FEEDBACK_IN_INIT;
	struct identity me = IDENTITY_INIT;
	struct manuscript *ms = NULL;
	struct error err = ERROR_INIT;
	int status = STATUS_OK;

	argc = parse_options(argc, argv, options, usage);
	if (from)
		collect_options.from = person_parse(&collection.arena,
						    slice_of(from));
	in.sender = collect_options.from;
	if (manuscript_open(&ms, ".", "HEAD", &err) < 0 ||
	    identity_read(&me, ms->repo, &people_of_environment()->committer,
			  &err) < 0 ||
	    feedback_in_read(&in, argv, argc, &err) < 0 ||
	    feedback_in_again(&in, ms, &err) < 0)
		goto fatal;
	collect_options.who = me.person;
	collect_options.when = me.when;
	collect_options.again = in.again;
	if (collect(&collection, ms, markdown_read, &in.list,
		    &collect_options, &err) < 0)
		goto fatal;
	status = collect_report(&collection, quiet) ? STATUS_NO : STATUS_OK;
	stop_report(&in.list, ms);
	goto out;
fatal:
	status = report_fatal(&err);
out:
	collection_release(&collection);
	feedback_in_release(&in);
	identity_release(&me);
	manuscript_close(ms);
	return finish(status);
}
