/* SPDX-License-Identifier: MIT */
/* galley-apply: what readers said goes into the text, under their names. */
#include <stdio.h>

#include "apply_report.h"
#include "command.h"
#include "comment_choice.h"
#include "decide.h"
#include "error.h"
#include "identity.h"

static const char usage[] =
	"galley-apply [-n] [-q] [--mark] <comment>...\n"
	"galley-apply [-n] [-q] [--mark] --stdin\n"
	"galley-apply [-n] --with=<rev> (--stdin|<comment>...)\n"
	"galley-apply [-n] [-q] --clean [-r <round>]";

int main(int argc, char **argv)
{
	struct comment_choice choice = COMMENT_CHOICE_INIT;
	bool clean = false;
	struct apply_run run = { .dry_run = false };
	struct identity me = IDENTITY_INIT;
	struct review review = REVIEW_INIT;
	struct manuscript *ms = NULL;
	const char *round = NULL, *with = NULL;
	bool from_stdin = false, mark = false;
	const struct option options[] = {
		OPTION_FLAG('n', "dry-run", &run.dry_run,
			    "say what would fit, change nothing"),
		OPTION_FLAG('q', "quiet", &run.quiet,
			    "only say what is left"),
		OPTION_FLAG(0, "clean", &clean,
			    "all that is open and fits beyond doubt"),
		OPTION_FLAG(0, "mark", &mark,
			    "put the rest into the text as CriticMarkup"),
		OPTION_STRING(0, "with", &with, "rev",
			      "this commit of yours answers them already"),
		OPTION_FLAG(0, "stdin", &from_stdin,
			    "read the comments' ids from standard input"),
		OPTION_STRING('r', "round", &round, "round",
			      "with --clean: of this round only"),
		OPTION_END
	};
	struct error err = ERROR_INIT;
	int status = STATUS_OK;

	argc = parse_options(argc, argv, options, usage);
	if (!argc + !from_stdin + !clean != 2)
		usage_error(usage, "name comments, or --stdin, or --clean");
	if (clean && mark)
		usage_error(usage, "--clean takes what needs no mark");
	if (with && (clean || mark))
		usage_error(usage, "--with is for comments that you name");
	if (manuscript_open(&ms, ".", "HEAD", &err) < 0 ||
	    identity_read(&me, ms->repo, &people_of_environment()->committer,
			  &err) < 0 ||
	    review_read(&review, ms, round, &err) < 0)
		goto fatal;
	if (clean)
		comment_choice_open(&choice, &review);
	else if (comment_choice_read(&choice, &review, argv, argc,
				     from_stdin, &err) < 0)
		goto fatal;
	if (with) {
		if (decide_answer(ms, &review, &choice, with, &me, run.dry_run,
				  &err) < 0)
			goto fatal;
		goto out;
	}
	run.marks = mark ? APPLY_MARK_REST : APPLY_MARK_NONE;
	run.ms = ms;
	run.review = &review;
	run.me = &me;
	if (apply_run(&run, choice.order, choice.parts, choice.count,
		      &err) < 0)
		goto fatal;
	if (!choice.count && !run.quiet)
		puts("nothing to apply");
	status = run.left ? STATUS_NO : STATUS_OK;
	goto out;
fatal:
	status = report_fatal(&err);
out:
	comment_choice_release(&choice);
	review_release(&review);
	identity_release(&me);
	manuscript_close(ms);
	return finish(status);
}
