/* SPDX-License-Identifier: MIT */
/* What is decided is done at once. */
#include <stdint.h>
#include <stdio.h>

#include "apply_report.h"
#include "command.h"
#include "decide.h"
#include "error.h"
#include "identity.h"
#include "review_session.h"
#include "strbuf.h"
#include "styled.h"

bool review_may_write(const struct session *session,
		      const struct looked *looked)
{
	struct strbuf words = STRBUF_INIT;
	struct styled out = STYLED_INIT;
	struct applier *applier = NULL;
	struct error err = ERROR_INIT;
	bool may;

	/* as of now: the author may have made commits since it was shown */
	may = !applier_open(&applier, session->ms, session->review,
			    people_of_environment(), &err) &&
	      !applier_check(applier, looked->at, looked->part, &err);
	applier_close(applier);
	if (may)
		return true;
	strbuf_addf(&words, "Not now: %s. This one stays open.", err.message);
	styled_add(&out, "", strbuf_slice(&words));
	styled_print(&out, "");
	styled_release(&out);
	strbuf_release(&words);
	return false;
}

int review_apply(bool *done, struct session *session, struct looked *looked,
		 bool mark, struct error *err)
{
	struct identity me = IDENTITY_INIT;
	struct apply_run run = { .ms = session->ms,
				 .review = session->review, .me = &me,
				 .marks = mark ? APPLY_MARK_ALL :
						 APPLY_MARK_NONE,
				 .quiet = true };
	int rc = identity_read(&me, session->ms->repo,
			       &people_of_environment()->committer, err);

	if (!rc)
		rc = apply_run(&run, &looked->at, &looked->part, 1, err);
	*done = !rc && !run.left;
	identity_release(&me);
	return rc;
}

/* The same in memory. */
static void set_state(struct session *session, const struct looked *looked,
		      enum comment_state state, const char *words,
		      const struct identity *me)
{
	struct review *review = session->review;
	enum comment_state was = review_part(looked->comment,
					     looked->part)->state;
	struct decision decision = {
		state, looked->part, me->when.seconds,
		arena_strdup(&review->arena, words), "",
		(unsigned)looked->view.passages, DECIDED_IN_NOTE
	};

	for (size_t i = review->items[looked->at].same; i != SIZE_MAX;
	     i = review->items[i].next_same) {
		struct review_comment *c = &review->items[i];

		if (review_part(c, looked->part)->state == was)
			review_set_state(c, &decision);
	}
}

int review_note(struct session *session, const struct looked *looked,
		enum comment_state state, const char *words,
		struct error *err)
{
	size_t at = looked->at;
	unsigned part = looked->part;
	struct comment_choice choice = { &at, &part, 1, 0, 0 };
	struct identity me = IDENTITY_INIT;
	int rc = identity_read(&me, session->ms->repo,
			       &people_of_environment()->committer, err);

	if (!rc)
		rc = decide(session->ms, session->review, &choice, state,
			    words, &me, err);
	if (!rc)
		set_state(session, looked, state, words, &me);
	identity_release(&me);
	return rc;
}
