/* SPDX-License-Identifier: MIT */
#include "patch_private.h"

int patch_apply(struct strbuf *out, const struct patch_file *file,
		struct slice base, struct patch_report *report,
		struct error *err)
{
	struct patch_report unused;

	if (!report)
		report = &unused;
	*report = (struct patch_report){ 0 };
	if (patch_apply_clean(out, file, base, report))
		return 0;
	return patch_apply_repaired(out, file, base, report, err);
}
