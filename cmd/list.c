/* SPDX-License-Identifier: MIT */
/* galley-list: what readers said, in reading order. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "command.h"
#include "comment_choice.h"
#include "comment_show.h"
#include "error.h"
#include "manuscript.h"
#include "pager.h"

static const char usage[] =
	"galley-list [-a|-o|--state=<state>] [-r <round>] [--from=<reader>] "
	"[--chunk=<path>] [-q|--json]";

struct filter {
	bool all, open, has_state;
	enum comment_state state;
	struct comment_filter about;
};

static bool passes(const struct review_comment *c, const struct filter *f)
{
	enum comment_state state = c->state.state;

	if (f->has_state ? state != f->state :
	    f->open ? state != COMMENT_OPEN :
	    !f->all && state != COMMENT_OPEN && state != COMMENT_DEFERRED &&
	    state != COMMENT_MARKED)
		return false;
	return comment_filter_passes(&f->about, c);
}

/*
 * Those who say the same are shown with the first of them, unless that is not
 * shown.
 */
static bool is_shown_elsewhere(const struct review *review, size_t at,
			       const struct filter *f)
{
	const struct review_comment *first =
		&review->items[review->items[at].same];

	return review->items[at].same != at && passes(first, f) &&
	       first->state.state == review->items[at].state.state;
}

static int print_comment(const struct review *review, size_t at,
			 struct repository *repo, struct error *err)
{
	const struct review_comment *c = &review->items[at];
	struct comment_view view = COMMENT_VIEW_INIT;
	int rc = comment_view_read(&view, repo, &c->comment, err);

	if (!rc) {
		printf("%.*s ", COMMENT_SHORT_ID, c->comment.id);
		comment_print_place(c);
		fputs("  ", stdout);
		comment_print_readers(review, at);
		if (c->state.state != COMMENT_OPEN) {
			fputs("  ", stdout);
			comment_print_state(&c->state);
		}
		putchar('\n');
		comment_print_words(&view, &c->comment, 0, "    ");
		if (c->comment.unplaced.len) {
			fputs("    (not placed: ", stdout);
			print_safe(stdout, c->comment.unplaced);
			fputs(")\n", stdout);
		} else if (!c->comment.is_remark && c->comment.body.len) {
			comment_print_text(c->comment.body, "    | ");
		}
	}
	comment_view_release(&view);
	return rc;
}

/* The chunk, once for all that is about it. */
static void print_heading(const char *path, const char **last)
{
	if (*last && !strcmp(*last, path))
		return;
	if (*last)
		putchar('\n');
	*last = path;
	if (*path)
		print_safe(stdout, slice_of(path));
	else
		fputs("the book", stdout);
	putchar('\n');
}

static int print_all(const struct review *review, const struct filter *filter,
		     bool quiet, struct repository *repo, struct error *err)
{
	const char *chunk = NULL;
	int rc = 0;

	for (size_t i = 0; i < review->count && !rc; i++) {
		const struct review_comment *c = &review->items[i];

		if (!passes(c, filter))
			continue;
		if (quiet) {
			printf("%s\n", c->comment.id);
		} else if (!is_shown_elsewhere(review, i, filter)) {
			print_heading(c->path, &chunk);
			rc = print_comment(review, i, repo, err);
		}
	}
	return rc;
}

static int print_json(const struct review *review,
		      const struct filter *filter, struct repository *repo,
		      struct error *err)
{
	size_t *order = xreallocarray(NULL, review->count + 1,
				      sizeof(*order));
	size_t count = 0;
	int rc;

	for (size_t i = 0; i < review->count; i++)
		if (passes(&review->items[i], filter))
			order[count++] = i;
	rc = comment_print_json(review, order, count, repo, err);
	free(order);
	return rc;
}

int main(int argc, char **argv)
{
	struct filter filter = { .all = false };
	const char *round = NULL, *state = NULL;
	bool quiet = false, json = false;
	const struct option options[] = {
		OPTION_FLAG('a', "all", &filter.all,
			    "those that are decided, too"),
		OPTION_FLAG('o', "open", &filter.open,
			    "only those that nobody has decided"),
		OPTION_STRING(0, "state", &state, "state",
			      "open, applied, marked, already, declined, "
			      "deferred, superseded, noted"),
		OPTION_STRING('r', "round", &round, "round",
			      "of this round only"),
		OPTION_STRING(0, "from", &filter.about.from, "reader",
			      "whose name or address has this in it"),
		OPTION_STRING(0, "chunk", &filter.about.chunk, "path",
			      "about this chunk, or those in this folder"),
		OPTION_FLAG('q', "quiet", &quiet, "only their ids"),
		OPTION_FLAG(0, "json", &json, "for programs"),
		OPTION_END
	};
	struct review review = REVIEW_INIT;
	struct manuscript *ms = NULL;
	struct error err = ERROR_INIT;
	int status = STATUS_OK, rc;

	argc = parse_options(argc, argv, options, usage);
	if (argc)
		usage_error(usage, "'%s' is no option; to see one comment: "
			    "galley show %s", argv[0], argv[0]);
	if (state && comment_state_named(&filter.state, slice_of(state)) < 0)
		usage_error(usage, "no state named '%s'", state);
	filter.has_state = state;
	if (quiet && json)
		usage_error(usage, "either --quiet or --json");
	if (manuscript_open(&ms, ".", NULL, &err) < 0 ||
	    review_read(&review, ms, round, &err) < 0) {
		status = report_fatal(&err);
		goto out;
	}
	pager_begin(ms->repo);
	rc = json ? print_json(&review, &filter, ms->repo, &err) :
		    print_all(&review, &filter, quiet, ms->repo, &err);
	if (rc < 0)
		status = report_fatal(&err);
out:
	review_release(&review);
	manuscript_close(ms);
	status = finish(status);
	pager_end();
	return status;
}
