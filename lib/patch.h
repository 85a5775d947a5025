/* SPDX-License-Identifier: MIT */
/*
 * A unified diff as it came in a mail, and what it makes of the text that its
 * writer had. Mail programs wrap, stuff, fold and decorate lines; each repair
 * is proposed, tried on the base, and taken only if it is the one reading
 * that agrees with the base.
 */
#ifndef PATCH_H
#define PATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "slice.h"

struct error;
struct strbuf;

/**
 * A hunk. Its lines are kept as they came, since what they mean may depend
 * on the base: the prefix (' ', '+', '-', '\\') may be gone or doubled.
 */
struct patch_hunk {
	size_t old_start, old_count;	/* of "@@ -1,3 +1,4 @@"; lines count
					 * from 1 */
	size_t new_start, new_count;
	bool counted;		/* false: the header had no numbers ("@@") */
	struct slice lines;	/* with their line ends; up to the next hunk,
				 * file or the end of the text: the counts say
				 * how much of it belongs here */
	bool headed;		/* words follow the second "@@": where lines
				 * were broken they may go on in the first */
	size_t line;		/* of the text, from 1: for messages */
};

enum patch_trait {		/* what a file's header asks for */
	PATCH_NEW = 1,		/* a file that is not there yet */
	PATCH_DELETED = 2,
	PATCH_RENAMED = 4,	/* or copied */
	PATCH_MODE = 8,		/* a change of mode, a link, a submodule */
	PATCH_BINARY = 16
};

struct patch_file {
	const char *old_path, *new_path; /* without a/ and b/, unquoted; NULL
					  * for /dev/null. As in the mail:
					  * not checked */
	const char *old_blob, *new_blob; /* of "index 1a2b3c4..5d6e7f8", in
					  * hexadecimal, may be short; or NULL */
	unsigned traits;	/* enum patch_trait */
	struct patch_hunk *hunks;
	size_t hunk_count, hunk_capacity;
	size_t line;
	bool from_html;		/* the mail had it as HTML alone */
	bool attached;		/* it came as a file, which mail programs
				 * leave alone */
};

struct patch {
	struct arena arena;
	struct patch_file *files;
	size_t file_count, file_capacity;
	const char *base_commit; /* of "base-commit: <id>", or NULL */
};

#define PATCH_INIT { ARENA_INIT, NULL, 0, 0, NULL }

void patch_release(struct patch *patch);

/** What mail programs do; rows of the table that the manual pages show. */
enum patch_repair {
	REPAIR_CRLF = 1 << 0,		/* line ends */
	REPAIR_STUFFED = 1 << 1,	/* format=flowed without its label */
	REPAIR_WRAPPED = 1 << 2,	/* lines joined again */
	REPAIR_BLANK = 1 << 3,		/* spaces at line ends were lost */
	REPAIR_NBSP = 1 << 4,		/* spaces became no-break spaces */
	REPAIR_TABS = 1 << 5,		/* tabs became spaces */
	REPAIR_TYPOGRAPHY = 1 << 6,	/* curly quotes, dashes, dots */
	REPAIR_LINKS = 1 << 7,		/* <mailto:...>, rewritten URLs */
	REPAIR_OFFSET = 1 << 8,		/* it stands elsewhere than it says:
					 * no damage, told for completeness */
	/* these are not repaired, but a reason why the rest was not */
	REPAIR_HTML = 1 << 9,		/* the mail had nothing but HTML */
	REPAIR_FOOTER = 1 << 10,	/* other words follow without a sign */
	REPAIR_CUT = 1 << 11,		/* its end is missing */
	REPAIR_COUNT = 12
};

/** "line ends", "wrapped lines" …: for one repair. Static. */
const char *patch_repair_name(unsigned repair);

/**
 * Add "wrapped its lines and changed its tabs or spaces", what a mail program
 * may have done; nothing if no bit of a damage is set.
 */
void patch_damage_describe(struct strbuf *out, unsigned repairs);

/** What patch_apply() found. */
struct patch_report {
	unsigned repairs;	/* enum patch_repair */
	unsigned suspected;	/* where it failed: what damage it looked like */
	size_t hunk;		/* the hunk that failed, from 0 */
};

/**
 * Append to `out` what the hunks of `file` make of `base`, the text its
 * writer had. Line ends and bytes that the patch does not touch stay as base
 * has them. `report` may be NULL.
 *
 * ERROR_NOT_FOUND: the context of a hunk does not stand in base;
 * ERROR_AMBIGUOUS: it stands there twice, or two readings of damaged lines
 * fit; ERROR_MALFORMED: lines are missing. The words name the hunk's line and
 * the damage suspected. `out` is then as it was.
 */
int patch_apply(struct strbuf *out, const struct patch_file *file,
		struct slice base, struct patch_report *report,
		struct error *err);

#endif
