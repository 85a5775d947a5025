/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>

#include "alloc.h"
#include "apply_report.h"
#include "command.h"
#include "decide.h"
#include "error.h"
#include "slice.h"

#define SHORT_ID 8

static const char *words_for(const struct apply_run *run,
			     const struct application *a,
			     const struct review_comment *c)
{
	switch (a->result) {
	case APPLY_DONE:
		if (a->marked)
			return run->dry_run ? "would be marked" : "marked";
		return run->dry_run ? "fits" : "applied";
	case APPLY_ALREADY:
		return "already there";
	case APPLY_CONFLICT:
		return "does not fit";
	case APPLY_REMARK:
		return c->comment.unplaced.len ? "not placed" : "a remark";
	case APPLY_DECIDED:
		return comment_state_name(c->state.state);
	}
	return "";
}

static void print_line(const struct apply_run *run,
		       const struct application *a,
		       const struct review_comment *c, unsigned part)
{
	printf("%.*s", SHORT_ID, c->comment.id);
	if (part)
		printf(".%u", part);
	printf(" %s: ", words_for(run, a, c));
	print_safe(stdout, slice_of(c->comment.reader.name));
	fputs(": ", stdout);
	print_safe(stdout, c->comment.subject);
	putchar('\n');
	if (!*a->why)
		return;
	fputs("    ", stdout);
	if (*a->path) {
		print_safe(stdout, slice_of(a->path));
		if (a->line)
			printf(":%zu", a->line);
		fputs(": ", stdout);
	}
	printf("%s\n", a->why);
}

struct outcome {
	struct application application;
	unsigned part;
	size_t at;
};

static bool is_left(const struct outcome *o)
{
	switch (o->application.result) {
	case APPLY_CONFLICT:
	case APPLY_REMARK:
		return true;
	case APPLY_DONE:
	case APPLY_ALREADY:
	case APPLY_DECIDED: /* there is nothing left to do */
		break;
	}
	return false;
}

static void print_outcomes(struct apply_run *run,
			   const struct outcome *outcomes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct outcome *o = &outcomes[i];
		bool left = is_left(o);

		run->applied += o->application.result == APPLY_DONE;
		run->already += o->application.result == APPLY_ALREADY;
		run->left += left;
		if (!run->quiet || left)
			print_line(run, &o->application,
				   &run->review->items[o->at], o->part);
	}
	if (run->quiet || !count)
		return;
	printf("%zu %s", run->applied, run->dry_run ? "would be applied" :
	       run->marks ? "applied or marked" : "applied");
	if (run->already)
		printf(", %zu already there", run->already);
	if (run->left)
		printf(", %zu left", run->left);
	putchar('\n');
}

/* The text said so already, and no note does. */
static bool is_news(const struct apply_run *run, const struct outcome *o)
{
	const struct review_comment *c = &run->review->items[o->at];

	return o->application.result == APPLY_ALREADY &&
	       review_part(c, o->part)->state != COMMENT_ALREADY;
}

/* What the text said already: there is no commit to say it. */
static int note_already(const struct apply_run *run,
			const struct outcome *outcomes, size_t count,
			struct error *err)
{
	struct review_event *events = xreallocarray(NULL, count + 1,
						    sizeof(*events));
	size_t used = 0;
	int rc = 0;

	for (size_t i = 0; i < count && !rc; i++) {
		size_t at = outcomes[i].at;
		unsigned part = outcomes[i].part;
		const struct review_comment *c = &run->review->items[at];

		if (!is_news(run, &outcomes[i]))
			continue;
		if (part)
			rc = decide(run->ms, run->review,
				    &(struct comment_choice){ &at, &part, 1,
							      0, 0 },
				    COMMENT_ALREADY, "", run->me, err);
		else
			events[used++] = (struct review_event){
				c->comment.id, 0, 0, COMMENT_ALREADY, "",
				review_last_effect(c)
			};
	}
	if (!rc && used)
		rc = review_decide(run->ms->repo, events, used,
				   &run->me->person, &run->me->when, err);
	free(events);
	return rc;
}

static int apply_each(struct apply_run *run, struct applier *applier,
		      struct outcome *outcomes, size_t count,
		      struct error *err)
{
	int rc = 0;

	for (size_t i = 0; i < count && !rc; i++) {
		struct outcome *o = &outcomes[i];

		rc = applier_add(&o->application, applier, o->at, o->part,
				 run->marks, err);
		report_progress("apply", i, count);
	}
	report_progress("apply", 1, 1);
	return rc;
}

int apply_run(struct apply_run *run, const size_t *order,
	      const unsigned *parts, size_t count, struct error *err)
{
	struct outcome *outcomes = xcalloc(count + 1, sizeof(*outcomes));
	struct applier *applier = NULL;
	int rc = applier_open(&applier, run->ms, run->review,
			      people_of_environment(), err);

	for (size_t i = 0; i < count; i++) {
		outcomes[i].at = order[i];
		outcomes[i].part = parts ? parts[i] : 0;
	}
	if (!rc)
		rc = apply_each(run, applier, outcomes, count, err);
	if (!rc)
		rc = run->dry_run ? applier_settle(applier, err)
				  : applier_finish(applier, err);
	if (!rc && !run->dry_run)
		rc = note_already(run, outcomes, count, err);
	if (!rc)
		print_outcomes(run, outcomes, count);
	applier_close(applier);
	free(outcomes);
	return rc;
}
