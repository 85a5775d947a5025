/* SPDX-License-Identifier: MIT */
/* galley-defer: not now. */
#include <stdbool.h>

#include "command.h"
#include "decide.h"
#include "strbuf.h"

static const char usage[] =
	"galley-defer [-n] [--until=<when>] [-m <why>] "
	"(--stdin|<comment>...)\n"
	"galley-defer [-n] --undo (--stdin|<comment>...)";

int main(int argc, char **argv)
{
	struct decide_command command = { .usage = usage,
					  .state = COMMENT_DEFERRED };
	const char *why = NULL, *until = NULL;
	const struct option options[] = {
		OPTION_FLAG('n', "dry-run", &command.dry_run,
			    "say what would be put off, note nothing"),
		OPTION_STRING(0, "until", &until, "when",
			      "a day, a round, in any words"),
		OPTION_STRING('m', "message", &why, "why",
			      "the reason, for the reader"),
		OPTION_FLAG(0, "undo", &command.undo, "open them again"),
		OPTION_FLAG(0, "stdin", &command.from_stdin,
			    "read the comments' ids from standard input"),
		OPTION_END
	};
	struct strbuf words = STRBUF_INIT;
	int status;

	argc = parse_options(argc, argv, options, usage);
	if (command.undo && (why || until))
		usage_error(usage, "to undo needs no reason");
	if (until)
		strbuf_addf(&words, "until %s", until);
	if (why)
		strbuf_addf(&words, "%s%s", words.len ? ": " : "", why);
	command.words = words.buf;
	status = decide_command(&command, argv, argc);
	strbuf_release(&words);
	return status;
}
