/* SPDX-License-Identifier: MIT */
/* galley-show: one comment, with all that is known of it. */
#include <stdio.h>
#include <string.h>

#include "apply.h"
#include "command.h"
#include "comment_choice.h"
#include "comment_show.h"
#include "error.h"
#include "manuscript.h"
#include "moment.h"
#include "notes.h"
#include "pager.h"
#include "strbuf.h"

static const char usage[] = "galley-show [--json|--mail] <comment>...";

static void print_field(const char *name, struct slice value)
{
	if (!value.len)
		return;
	printf("%-9s ", name);
	print_safe(stdout, value);
	putchar('\n');
}

/* "03-mist.md (was 03-fog.md)" */
static void print_chunk(const struct review_comment *c)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_adds(&text, c->path);
	if (!slice_eq_str(c->comment.chunk, c->path))
		strbuf_addf(&text, " (was %.*s)", SLICE_ARG(c->comment.chunk));
	print_field("Chunk:", strbuf_slice(&text));
	strbuf_release(&text);
}

static void print_head(const struct review *review, size_t at)
{
	const struct review_comment *rc = &review->items[at];
	const struct comment *c = &rc->comment;
	struct strbuf date = STRBUF_INIT;

	printf("%s %s\n", c->is_remark ? "remark" : "edit", c->id);
	fputs("From:     ", stdout);
	print_safe(stdout, slice_of(c->reader.name));
	fputs(" <", stdout);
	print_safe(stdout, slice_of(c->reader.email));
	fputs(">\n", stdout);
	if (rc->same != at || rc->next_same != (size_t)-1) {
		fputs("Same by:  ", stdout);
		comment_print_readers(review, at);
		putchar('\n');
	}
	moment_add_mail(&date, &c->when);
	print_field("Date:", strbuf_slice(&date));
	if (strcmp(c->round, COMMENT_NO_ROUND))
		print_field("Round:", slice_of(c->round));
	print_chunk(rc);
	print_field("Label:", c->label);
	fputs("State:    ", stdout);
	comment_print_state(&rc->state);
	putchar('\n');
	for (size_t i = 0; i < rc->part_count; i++) {
		printf("          passage %u: ", rc->parts[i].part);
		comment_print_state(&rc->parts[i]);
		putchar('\n');
	}
	strbuf_release(&date);
}

/* Would it go in as the text is now? Known where there is a work tree. */
static void print_fit(struct applier *applier, size_t at, unsigned part)
{
	struct application a;

	if (!applier || applier_try(&a, applier, at, part, NULL) < 0)
		return;
	if (a.result == APPLY_DONE) {
		fputs("It fits the text as it is now", stdout);
		if (a.line)
			printf(": %s:%zu", a.path, a.line);
		putchar('\n');
	} else if (a.result == APPLY_ALREADY) {
		puts("The text says so already");
	} else if (a.result == APPLY_CONFLICT) {
		printf("It does not fit: %s:%zu: %s\n", a.path, a.line,
		       a.why);
	}
}

static int print_comment(struct applier *applier, const struct review *review,
			 size_t at, unsigned part, struct repository *repo,
			 struct error *err)
{
	const struct comment *c = &review->items[at].comment;
	struct comment_view view = COMMENT_VIEW_INIT;
	int rc = comment_view_read(&view, repo, c, err);

	if (!rc) {
		print_head(review, at);
		putchar('\n');
		if (!c->is_remark) {
			comment_print_text(c->subject, "    ");
			if (c->body.len)
				putchar('\n');
			comment_print_text(c->body, "    ");
			putchar('\n');
		}
		comment_print_words(&view, c, part, "    ");
		if (c->unplaced.len) {
			fputs("\nIt could not be placed: ", stdout);
			print_safe(stdout, c->unplaced);
			printf("\nIts mail: galley show --mail %.*s\n",
			       COMMENT_SHORT_ID, c->id);
		}
		if (!c->is_remark && review->items[at].state.state ==
				     COMMENT_OPEN) {
			putchar('\n');
			print_fit(applier, at, part);
		}
	}
	comment_view_release(&view);
	return rc;
}

static int print_mail(const struct comment *c, struct repository *repo,
		      struct error *err)
{
	struct strbuf mail = STRBUF_INIT;
	int rc = notes_read(&mail, repo, REVIEW_MAIL_NOTES, c->id, err);

	if (rc == ERROR_NOT_FOUND)
		rc = error_set(err, rc, "the mail of '%.*s' was not kept: it "
			       "could be placed", COMMENT_SHORT_ID, c->id);
	if (!rc)
		print_safe(stdout, strbuf_slice(&mail));
	strbuf_release(&mail);
	return rc;
}

int main(int argc, char **argv)
{
	struct comment_choice choice = COMMENT_CHOICE_INIT;
	bool json = false, mail = false;
	const struct option options[] = {
		OPTION_FLAG(0, "json", &json, "for programs"),
		OPTION_FLAG(0, "mail", &mail,
			    "the mail of one that could not be placed"),
		OPTION_END
	};
	struct review review = REVIEW_INIT;
	struct applier *applier = NULL;
	struct manuscript *ms = NULL;
	struct error err = ERROR_INIT;
	int status = STATUS_OK, rc = 0;

	argc = parse_options(argc, argv, options, usage);
	if (!argc)
		usage_error(usage, "which comment? 'galley list' shows them");
	if (manuscript_open(&ms, ".", NULL, &err) < 0 ||
	    review_read(&review, ms, NULL, &err) < 0 ||
	    comment_choice_read(&choice, &review, argv, argc, false,
				&err) < 0)
		goto fatal;
	/* without a work tree, or while it is locked, it is not said */
	if (!json && !mail)
		applier_open(&applier, ms, &review, NULL, NULL);
	pager_begin(ms->repo);
	if (json)
		rc = comment_print_json(&review, choice.order, choice.count,
					ms->repo, &err);
	for (size_t i = 0; i < choice.count && !json && !rc; i++) {
		size_t at = choice.order[i];

		if (i)
			putchar('\n');
		rc = mail ? print_mail(&review.items[at].comment, ms->repo,
				       &err) :
			    print_comment(applier, &review, at,
					  choice.parts[i], ms->repo, &err);
	}
	if (!rc)
		goto out;
fatal:
	status = report_fatal(&err);
out:
	applier_close(applier);
	comment_choice_release(&choice);
	review_release(&review);
	manuscript_close(ms);
	status = finish(status);
	pager_end();
	return status;
}
