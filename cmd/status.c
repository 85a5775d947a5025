/* SPDX-License-Identifier: MIT */
/* galley-status: what waits for an answer, and since when. */
#include <stdint.h>

#include "command.h"
#include "duration.h"
#include "error.h"
#include "identity.h"
#include "pager.h"
#include "status_print.h"

static const char usage[] =
	"galley-status [-r <round>] [--older-than=<time>] [--json]";

/* Does something wait for so long? In all rounds, unless one is asked for. */
static bool waits(const struct round_status *status, bool one,
		  const struct moment *now, int64_t limit)
{
	for (size_t i = 0; i < status->round_count; i++) {
		int64_t since = status->rounds[i].count.since;

		if ((!one || i == status->at) && since != INT64_MAX &&
		    since < now->seconds && now->seconds - since > limit)
			return true;
	}
	return false;
}

/* A book without a list has no such readers; a bad one is told. */
static void read_list(struct reader_list *list, const struct manuscript *ms)
{
	struct error err = ERROR_INIT;
	int rc = reader_list_read(list, ms, &err);

	if (rc < 0 && rc != ERROR_NOT_FOUND)
		report_warning("%s", err.message);
}

int main(int argc, char **argv)
{
	struct review_round_list rounds = REVIEW_ROUND_LIST_INIT;
	struct receipt_list receipts = RECEIPT_LIST_INIT;
	struct round_status round_status = ROUND_STATUS_INIT;
	struct reader_list readers = READER_LIST_INIT;
	struct review review = REVIEW_INIT;
	struct manuscript *ms = NULL;
	const char *round = NULL, *older = NULL;
	bool json = false;
	const struct option options[] = {
		OPTION_STRING('r', "round", &round, "round",
			      "of this round, not the newest"),
		OPTION_STRING(0, "older-than", &older, "time",
			      "exit with 1 if something waits longer: 12h, "
			      "2d, 3w"),
		OPTION_FLAG(0, "json", &json, "for programs"),
		OPTION_END
	};
	struct error err = ERROR_INIT;
	struct moment now;
	int64_t limit = INT64_MAX;
	int status = STATUS_OK;

	argc = parse_options(argc, argv, options, usage);
	if (argc)
		usage_error(usage, "'%s' is no option; a round is named by "
			    "--round=%s", argv[0], argv[0]);
	if (older && duration_parse(&limit, older, &err) < 0)
		usage_error(usage, "%s", err.message);
	if (manuscript_open(&ms, ".", NULL, &err) < 0 ||
	    identity_now(&now, people_of_environment()->committer.date,
			 &err) < 0 ||
	    review_round_list_read(&rounds, ms->repo, &err) < 0 ||
	    receipt_list_read(&receipts, ms->repo, &rounds, &err) < 0 ||
	    review_read(&review, ms, NULL, &err) < 0)
		goto fatal;
	read_list(&readers, ms);
	if (round_status_read(&round_status, &(struct status_sources){
			ms, &review, &rounds, &readers, &receipts }, round,
			      &err) < 0)
		goto fatal;
	pager_begin(ms->repo);
	if (json)
		status_print_json(&round_status, &now);
	else
		status_print(&round_status, &now);
	if (waits(&round_status, round, &now, limit))
		status = STATUS_NO;
	goto out;
fatal:
	status = report_fatal(&err);
out:
	round_status_release(&round_status);
	reader_list_release(&readers);
	receipt_list_release(&receipts);
	review_release(&review);
	review_round_list_release(&rounds);
	manuscript_close(ms);
	status = finish(status);
	pager_end();
	return status;
}
