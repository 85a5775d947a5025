/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "command.h"
#include "comment_show.h"
#include "decide.h"
#include "error.h"
#include "history.h"
#include "strbuf.h"

struct events {
	struct review_event *items;
	size_t count, capacity;
};

static void add_event(struct events *events, const struct review_comment *c,
		      unsigned part, unsigned parts, enum comment_state state,
		      const char *words)
{
	GROW(events->items, events->count, events->capacity);
	events->items[events->count++] = (struct review_event){
		c->comment.id, part, parts, state, words,
		review_last_effect(c)
	};
}

/* How many passages it has, if one of them is meant. */
static int count_parts(unsigned *parts, struct repository *repo,
		       const struct review_comment *c, unsigned part,
		       struct error *err)
{
	struct comment_view view = COMMENT_VIEW_INIT;
	int rc = part ? comment_view_read(&view, repo, &c->comment, err) : 0;

	*parts = (unsigned)view.passages;
	if (!rc && part > *parts)
		rc = error_set(err, ERROR_NOT_FOUND, "comment '%.*s' has %u "
			       "passages, not %u", COMMENT_SHORT_ID,
			       c->comment.id, *parts, part);
	comment_view_release(&view);
	return rc;
}

static int decide_one(struct events *events, struct manuscript *ms,
		      struct review *review, size_t at, unsigned part,
		      enum comment_state state, const char *words,
		      struct error *err)
{
	const struct review_comment *asked = &review->items[at];
	unsigned parts;
	int rc = count_parts(&parts, ms->repo, asked, part, err);

	if (rc < 0)
		return rc;
	if (review_part(asked, part)->state == COMMENT_APPLIED &&
	    review_part(asked, part)->source == DECIDED_BY_COMMIT)
		return error_set(err, ERROR_INVALID, "comment '%.*s' is in "
				 "the text; to take it out: git revert %.*s",
				 COMMENT_SHORT_ID, asked->comment.id,
				 COMMENT_SHORT_ID,
				 review_part(asked, part)->commit);
	for (size_t i = asked->same, next; i != SIZE_MAX; i = next) {
		struct review_comment *c = &review->items[i];

		next = c->next_same;
		if (i != at && review_part(c, part)->state !=
			       review_part(asked, part)->state)
			continue;
		/* a note says so, and may be of the commit's second */
		if (state == COMMENT_APPLIED &&
		    !strcmp(review_part(c, part)->commit, words))
			continue;
		add_event(events, c, part, parts, state, words);
	}
	return 0;
}

int decide(struct manuscript *ms, struct review *review,
	   const struct comment_choice *choice, enum comment_state state,
	   const char *words, const struct identity *me, struct error *err)
{
	struct events events = { NULL, 0, 0 };
	int rc = 0;

	for (size_t i = 0; i < choice->count && !rc; i++)
		rc = decide_one(&events, ms, review, choice->order[i],
				choice->parts[i], state, words, err);
	if (!rc)
		rc = review_decide(ms->repo, events.items, events.count,
				   &me->person, &me->when, err);
	free(events.items);
	return rc;
}

static void print_decided(const struct review *review,
			  const struct comment_choice *choice,
			  const char *words)
{
	for (size_t i = 0; i < choice->count; i++) {
		const struct comment *c =
			&review->items[choice->order[i]].comment;

		printf("%.*s", COMMENT_SHORT_ID, c->id);
		if (choice->parts[i])
			printf(".%u", choice->parts[i]);
		printf(" %s: ", words);
		comment_print_readers(review, choice->order[i]);
		fputs(": ", stdout);
		print_safe(stdout, c->subject);
		putchar('\n');
	}
}

/* Not one that the reader of a comment had in the text already. */
static int check_answer(struct manuscript *ms, const struct review *review,
			const struct comment_choice *choice,
			const struct commit_info *answer, struct error *err)
{
	int rc = history_contains(ms->repo, ms->commit.id, answer->id, err);

	if (rc == 0)
		return error_set(err, ERROR_INVALID, "commit %s is not in the "
				 "text as it is now", answer->short_id);
	for (size_t i = 0; i < choice->count && rc > 0; i++) {
		const struct comment *c =
			&review->items[choice->order[i]].comment;

		rc = history_contains(ms->repo, c->parent, answer->id, err);
		if (rc > 0)
			return error_set(err, ERROR_INVALID, "commit %s was "
					 "in what the reader of '%.*s' saw",
					 answer->short_id, COMMENT_SHORT_ID,
					 c->id);
		rc = rc < 0 ? rc : 1;
	}
	return rc < 0 ? rc : 0;
}

int decide_answer(struct manuscript *ms, struct review *review,
		  const struct comment_choice *choice, const char *rev,
		  const struct identity *me, bool dry_run, struct error *err)
{
	struct strbuf words = STRBUF_INIT;
	struct commit_info answer;
	int rc = repository_resolve(&answer, ms->repo, rev, err);

	if (!rc)
		rc = check_answer(ms, review, choice, &answer, err);
	if (!rc && !dry_run)
		rc = decide(ms, review, choice, COMMENT_APPLIED, answer.id,
			    me, err);
	if (!rc) {
		strbuf_addf(&words, "%sanswered by commit %s",
			    dry_run ? "would be " : "", answer.short_id);
		print_decided(review, choice, words.buf);
	}
	strbuf_release(&words);
	return rc;
}

int decide_command(const struct decide_command *command, char **names,
		   int count)
{
	enum comment_state state = command->undo ? COMMENT_OPEN :
				   command->state;
	struct comment_choice choice = COMMENT_CHOICE_INIT;
	struct identity me = IDENTITY_INIT;
	struct review review = REVIEW_INIT;
	struct manuscript *ms = NULL;
	struct error err = ERROR_INIT;
	int status = STATUS_OK;

	if (!count == !command->from_stdin)
		usage_error(command->usage, "name comments, or --stdin");
	if (manuscript_open(&ms, ".", NULL, &err) < 0 ||
	    identity_read(&me, ms->repo, &people_of_environment()->committer,
			  &err) < 0 ||
	    review_read(&review, ms, NULL, &err) < 0 ||
	    comment_choice_read(&choice, &review, names, count,
				command->from_stdin, &err) < 0 ||
	    (!command->dry_run && decide(ms, &review, &choice, state,
					 command->words, &me, &err) < 0))
		status = report_fatal(&err);
	else
		print_decided(&review, &choice, comment_state_name(state));
	comment_choice_release(&choice);
	review_release(&review);
	identity_release(&me);
	manuscript_close(ms);
	return finish(status);
}
