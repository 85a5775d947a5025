/* SPDX-License-Identifier: MIT */
/* galley-am: git am for prose: collects, and applies what fits. */
#include <stdio.h>
#include <stdlib.h>

#include "alloc.h"
#include "apply.h"
#include "apply_report.h"
#include "collect_report.h"
#include "collecting.h"
#include "command.h"
#include "error.h"
#include "id_map.h"
#include "stop_report.h"

static const char usage[] = "galley-am [-n] [-q] [-r <round>] [<mbox>...]";

/* Those that are open, each once, in the order they came in. */
static size_t find_comments(size_t *out, const struct collection *collection,
			    const struct review *review)
{
	struct id_map ids = ID_MAP_INIT, taken = ID_MAP_INIT;
	size_t count = 0, at;

	for (size_t i = 0; i < review->count; i++)
		id_map_add(&ids, review->items[i].comment.id, i);
	for (size_t i = 0; i < collection->count; i++) {
		const char *id = collection->items[i].id;

		if (id_map_find(&at, &ids, id) &&
		    !collection->items[i].superseded &&
		    review->items[at].state.state == COMMENT_OPEN &&
		    id_map_add(&taken, id, at))
			out[count++] = at;
	}
	id_map_release(&ids);
	id_map_release(&taken);
	return count;
}

/* All comments, with those that a dry run has not written. */
static int read_review(struct review *review, const struct manuscript *ms,
		       const struct collection *collection, bool dry_run,
		       struct error *err)
{
	struct review_extra *extras = xreallocarray(NULL,
		collection->count + 1, sizeof(*extras));
	size_t count = dry_run ? collection->count : 0;
	int rc;

	for (size_t i = 0; i < count; i++)
		extras[i] = (struct review_extra){
			collection->items[i].round, collection->items[i].id
		};
	rc = review_read_also(review, ms, extras, count, err);
	free(extras);
	return rc;
}

static int apply_all(size_t *left, const struct collecting *collecting,
		     bool quiet, bool dry_run, struct error *err)
{
	const struct collection *collection = &collecting->made;
	struct review review = REVIEW_INIT;
	struct apply_run run = { .ms = collecting->ms, .review = &review,
				 .me = &collecting->me, .quiet = quiet,
				 .dry_run = dry_run };
	size_t *order;
	int rc = read_review(&review, run.ms, collection, dry_run, err);

	order = xreallocarray(NULL, collection->count + 1, sizeof(*order));
	if (!rc) {
		size_t count = find_comments(order, collection, &review);

		rc = apply_run(&run, order, NULL, count, err);
		if (!rc && !count && !quiet)
			puts("nothing new to apply");
	}
	*left = run.left;
	free(order);
	review_release(&review);
	return rc;
}

int main(int argc, char **argv)
{
	struct collect_options collect_options = { .from = { "", "" } };
	bool quiet = false;
	const struct option options[] = {
		OPTION_FLAG('n', "dry-run", &collect_options.dry_run,
			    "say what would be applied, change nothing"),
		OPTION_FLAG('q', "quiet", &quiet,
			    "only say what could not be applied"),
		OPTION_STRING('r', "round", &collect_options.round, "round",
			      "the round that all of it is about"),
		OPTION_END
	};
	struct collecting collecting = COLLECTING_INIT;
	struct error err = ERROR_INIT;
	size_t unplaced = 0, left = 0;
	int status = STATUS_OK;

	argc = parse_options(argc, argv, options, usage);
	if (collecting_run(&collecting, &collect_options, argv, argc,
			   &err) < 0)
		goto fatal;
	unplaced = collect_report(&collecting.made, true);
	stop_report(&collecting.in.list, collecting.ms);
	if (apply_all(&left, &collecting, quiet, collect_options.dry_run,
		      &err) < 0)
		goto fatal;
	status = unplaced || left ? STATUS_NO : STATUS_OK;
	goto out;
fatal:
	status = report_fatal(&err);
out:
	collecting_release(&collecting);
	return finish(status);
}
