/* SPDX-License-Identifier: MIT */
#include "error.h"
#include "patch_private.h"

int patch_apply_repaired(struct strbuf *out, const struct patch_file *file,
			 struct slice base, struct patch_report *report,
			 struct error *err)
{
	return error_set(err, ERROR_NOT_FOUND,
			 "these lines are not in the text");
}
