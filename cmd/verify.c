/* SPDX-License-Identifier: MIT */
/* galley-verify: where a draft is from, and whether it is still as it was. */
#include <stdio.h>
#include <stdlib.h>

#include "command.h"
#include "error.h"
#include "verify_compare.h"
#include "verify_files.h"
#include "verify_print.h"
#include "verify_rebuild.h"

static const char usage[] = "galley-verify [-q] [--json] <draft>...";

/* It has the same files: are they packed the same? */
static bool is_same_file(const struct draft_files *a,
			 const struct draft_files *b)
{
	return slice_eq(strbuf_slice(&a->bytes), strbuf_slice(&b->bytes));
}

static int compare(struct verified *v, const struct draft_files *given,
		   struct error *err)
{
	struct draft_files made = DRAFT_FILES_INIT;
	struct rebuilt rebuilt = REBUILT_INIT;
	bool of_site = given->kind == DRAFT_PAGE && !v->origin.single;
	int rc = rebuild_draft(&rebuilt, &v->origin, of_site ? DRAFT_SITE :
			       given->kind, err);

	if (!rc)
		rc = draft_files_open(&made, rebuilt.path.buf, err);
	if (!rc && of_site)
		rc = draft_files_pick(&made, given, err);
	if (rc == ERROR_NOT_FOUND) {
		v->verdict = VERDICT_ELSEWHERE;
		v->why = arena_strdup(&v->origin.arena, err->message);
		rc = 0;
		goto out;
	}
	if (!rc)
		rc = draft_compare(&v->comparison, &made, given, err);
	v->verdict = v->comparison.count ? VERDICT_ALTERED :
		     is_same_file(&made, given) ? VERDICT_SAME :
		     VERDICT_PACKED;
out:
	draft_files_release(&made);
	rebuilt_release(&rebuilt);
	return rc;
}

static void set_damaged(struct verified *v, const struct error *err)
{
	v->verdict = VERDICT_DAMAGED;
	v->why = arena_strdup(&v->origin.arena, err->message);
}

static int verify(struct verified *v, struct error *err)
{
	struct draft_files given = DRAFT_FILES_INIT;
	int rc = draft_files_open(&given, v->path, err);

	v->kind = given.kind;
	if (!rc)
		rc = draft_files_origin(&v->origin, &given, err);
	if (rc < 0)
		goto out;
	if (!*v->origin.generator) {
		v->verdict = VERDICT_NOT_OURS;
		v->why = "no draft of galley's";
	} else if (v->origin.changes) {
		v->verdict = VERDICT_CHANGES;
	} else if (!*v->origin.commit) {
		v->verdict = VERDICT_ELSEWHERE;
		v->why = "it does not say which commit it was made from";
	} else {
		rc = compare(v, &given, err);
	}
out:
	draft_files_release(&given);
	/* what is wrong with the draft itself is an answer */
	if (rc == ERROR_MALFORMED || rc == ERROR_LIMIT) {
		set_damaged(v, err);
		rc = 0;
	}
	return rc;
}

static void print_json(json_t *all)
{
	char *text = json_dumps(all, JSON_INDENT(2));

	puts(text);
	free(text);
	json_decref(all);
}

int main(int argc, char **argv)
{
	bool json = false, quiet = false;
	const struct option options[] = {
		OPTION_FLAG('q', "quiet", &quiet,
			    "only of those that are not the same"),
		OPTION_FLAG(0, "json", &json, "as JSON"),
		OPTION_END
	};
	struct error err = ERROR_INIT;
	json_t *all = NULL;
	int status = STATUS_OK;

	argc = parse_options(argc, argv, options, usage);
	if (!argc)
		usage_error(usage, "which draft?");
	if (json)
		all = json_array();
	for (int i = 0; i < argc && status != STATUS_FATAL; i++) {
		struct verified v = { .path = argv[i], .why = "",
			.origin = DRAFT_ORIGIN_INIT,
			.comparison = DRAFT_COMPARISON_INIT };

		if (verify(&v, &err) < 0)
			status = report_fatal(&err);
		else if (v.verdict != VERDICT_SAME)
			status = STATUS_NO;
		if (status != STATUS_FATAL &&
		    (!quiet || v.verdict != VERDICT_SAME)) {
			if (json)
				json_array_append_new(all, verified_json(&v));
			else
				verified_print(&v);
		}
		draft_comparison_release(&v.comparison);
		draft_origin_release(&v.origin);
	}
	if (json)
		print_json(all);
	return finish(status);
}
