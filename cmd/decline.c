/* SPDX-License-Identifier: MIT */
/* galley-decline: no, and why, for the reader. */
#include <stdbool.h>

#include "command.h"
#include "decide.h"

static const char usage[] =
	"galley-decline [-n] -m <why> (--stdin|<comment>...)\n"
	"galley-decline [-n] --undo (--stdin|<comment>...)";

int main(int argc, char **argv)
{
	struct decide_command command = { .usage = usage,
					  .state = COMMENT_DECLINED,
					  .words = "" };
	const char *why = NULL;
	const struct option options[] = {
		OPTION_FLAG('n', "dry-run", &command.dry_run,
			    "say what would be declined, note nothing"),
		OPTION_STRING('m', "message", &why, "why",
			      "the reason, for the reader"),
		OPTION_FLAG(0, "undo", &command.undo, "open them again"),
		OPTION_FLAG(0, "stdin", &command.from_stdin,
			    "read the comments' ids from standard input"),
		OPTION_END
	};

	argc = parse_options(argc, argv, options, usage);
	if (!command.undo && (!why || !*why))
		usage_error(usage, "the reader will want to know why: -m");
	if (command.undo && why)
		usage_error(usage, "to undo needs no reason");
	if (why)
		command.words = why;
	return decide_command(&command, argv, argc);
}
