/* SPDX-License-Identifier: MIT */
/* What the files that apply and repair patches share. */
#ifndef PATCH_PRIVATE_H
#define PATCH_PRIVATE_H

#include "patch.h"

/**
 * The patch as its writer sent it, where its lines stand in base byte by byte
 * and at their numbers, and nothing casts doubt on them. False: look closer;
 * `out` is then as it was.
 */
bool patch_apply_clean(struct strbuf *out, const struct patch_file *file,
		       struct slice base);

/** The patch by the one reading of its lines that agrees with base. */
int patch_apply_repaired(struct strbuf *out, const struct patch_file *file,
			 struct slice base, struct patch_report *report,
			 struct error *err);

/** True if git names these bytes so; the id may be short. */
bool patch_is_blob(struct slice text, const char *id);

/**
 * Take the next line off `rest`: its prefix and all, without its line feed.
 * `ended`: it had one. A lone carriage return ends no line here.
 */
bool patch_next_line(struct slice *line, bool *ended, struct slice *rest);

/**
 * True if an added line has what a mail program may have made of something
 * else: typographic marks, no-break spaces, rewritten links.
 */
bool patch_is_doubtful(struct slice added);

/**
 * True if the line that follows a hunk whose last line was added may be the
 * rest of that line.
 */
bool patch_may_go_on(struct slice after);

#endif
