/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "alloc.h"
#include "arena.h"
#include "command.h"
#include "error.h"
#include "mail_out.h"
#include "maildir.h"
#include "mailer.h"
#include "mbox.h"
#include "strbuf.h"

#define ID_LINE "Message-Id: <"

struct mail_out {
	struct mail_out_choice choice;
	struct repository *repo;
	const struct identity *me;
	struct hand_over *hand_over;
	struct mailer *mailer;
	struct maildir_outbox outbox;
	struct strbuf mbox;		/* as it is to be */
	struct strbuf ids;		/* of our mails that it had before */
	struct arena arena;
	struct hand_over_note *later;	/* mbox: to be noted once it is written */
	size_t later_count, later_capacity;
	size_t failed;			/* mails that were not taken */
};

static void release(struct mail_out *o)
{
	mailer_close(o->mailer);
	maildir_outbox_release(&o->outbox);
	strbuf_release(&o->mbox);
	strbuf_release(&o->ids);
	free(o->later);
	arena_release(&o->arena);
	free(o);
}

/* What is in the mbox already stays there. */
static int read_mbox(struct mail_out *o, struct error *err)
{
	struct slice rest, line;
	struct stat st;
	int rc;

	if (mail_out_is_stdout(o) ||
	    (stat(o->choice.mbox, &st) < 0 && errno == ENOENT))
		return 0;
	if ((rc = read_file(&o->mbox, o->choice.mbox, err)) < 0)
		return rc;
	rest = strbuf_slice(&o->mbox);
	while (slice_next_line(&line, &rest))
		if (slice_starts_with(line, SLICE(ID_LINE)))
			strbuf_add_slice(&o->ids, line);
	return 0;
}

int mail_out_target(struct mail_out *o, const struct mail_out_choice *choice,
		    struct error *err)
{
	o->choice = *choice;
	if (choice->maildir)
		return maildir_outbox_open(&o->outbox, choice->maildir, err);
	if (choice->mbox)
		return read_mbox(o, err);
	return mailer_open(&o->mailer, o->repo, err);
}

int mail_out_open(struct mail_out **out, struct repository *repo,
		  const struct identity *me, bool dry_run, struct error *err)
{
	struct mail_out *o = xcalloc(1, sizeof(*o));
	const char *doubt;
	int rc;

	o->repo = repo;
	o->me = me;
	o->outbox = (struct maildir_outbox)MAILDIR_OUTBOX_INIT;
	o->mbox = o->ids = (struct strbuf)STRBUF_INIT;
	rc = hand_over_open(&o->hand_over, repo, &me->person, &me->when, err);
	if (rc < 0 && !(rc == ERROR_BUSY && dry_run)) {
		release(o);
		return rc;
	}
	doubt = o->hand_over ? hand_over_doubt(o->hand_over) : NULL;
	if (doubt)
		report_warning("the last run was ended while the mail to %s "
			       "was handed over; it may come twice", doubt);
	*out = o;
	return 0;
}

/* Is it in there already, from a run that was killed before it was noted? */
static bool has_mail(const struct mail_out *o, const char *id)
{
	struct strbuf line = STRBUF_INIT;
	bool found;

	strbuf_addf(&line, ID_LINE "%s>\n", id);
	found = strstr(o->ids.buf, line.buf);
	strbuf_release(&line);
	return found;
}

static int add_to_mbox(struct mail_out *o, const struct outgoing *mail)
{
	if (!has_mail(o, mail->id))
		mbox_add(&o->mbox, mail->bytes, mail->from,
			 o->me->when.seconds);
	for (size_t i = 0; i < mail->note_count; i++) {
		const struct hand_over_note *note = &mail->notes[i];

		GROW(o->later, o->later_count, o->later_capacity);
		o->later[o->later_count++] = (struct hand_over_note){
			note->ref, arena_strdup(&o->arena, note->id),
			arena_slice(&o->arena, note->line)
		};
	}
	return 0;
}

static int begin(struct mail_out *o, const struct outgoing *mail,
		 struct error *err)
{
	struct strbuf whom = STRBUF_INIT;
	int rc;

	strbuf_addf(&whom, "%s <%s>", mail->name, mail->to);
	rc = hand_over_begin(o->hand_over, whom.buf, err);
	strbuf_release(&whom);
	return rc;
}

static int done(struct mail_out *o, const struct outgoing *mail,
		struct error *err)
{
	return hand_over_done(o->hand_over, mail->notes, mail->note_count,
			      err);
}

static int send(struct mail_out *o, const struct outgoing *mail,
		struct error *err)
{
	int rc, failed;

	if (o->choice.mbox)
		return add_to_mbox(o, mail);
	if (o->choice.maildir) {
		/* it is there once, however often: nothing is in doubt */
		rc = maildir_deliver(&o->outbox, mail->bytes, mail->id,
				     o->me->when.seconds, o->choice.draft,
				     err);
		return rc < 0 ? rc : done(o, mail, err);
	}
	if ((rc = begin(o, mail, err)) < 0)
		return rc;
	rc = mailer_send(o->mailer, mail->bytes, mail->from, mail->to, err);
	if (!rc)
		return done(o, mail, err);
	failed = hand_over_failed(o->hand_over, NULL);
	return failed < 0 ? failed : rc;
}

int mail_out_send(struct mail_out *o, const struct outgoing *mail,
		  struct error *err)
{
	int rc = send(o, mail, err);

	if (rc != ERROR_INVALID && rc != ERROR_BUSY)
		return rc;
	report_error("%s <%s>: %s", mail->name, mail->to, err->message);
	o->failed++;
	return 1;
}

bool mail_out_is_stdout(const struct mail_out *o)
{
	return o->choice.mbox && !strcmp(o->choice.mbox, "-");
}

/* The mails first, then that they were sent. */
static int finish_mbox(struct mail_out *o, struct error *err)
{
	int rc = 0;

	if (!o->later_count)
		return 0;
	rc = write_file(o->choice.mbox, strbuf_slice(&o->mbox), err);
	if (!rc)
		rc = hand_over_done(o->hand_over, o->later, o->later_count,
				    err);
	return rc;
}

static int close_all(struct mail_out *o, struct error *err)
{
	int rc = 0, noted;

	if (o->choice.mbox)
		rc = finish_mbox(o, err);
	noted = hand_over_close(o->hand_over, rc < 0 ? NULL : err);
	release(o);
	return rc < 0 ? rc : noted;
}

int mail_out_finish(struct mail_out *o, int rc, struct error *err)
{
	size_t failed = o->failed;
	int closed = close_all(o, rc < 0 ? NULL : err);

	if (rc < 0 || closed < 0)
		return report_fatal(err);
	if (failed)
		report_hint("%zu not sent; the same command tries again",
			    failed);
	return failed ? STATUS_NO : STATUS_OK;
}

void mail_out_close(struct mail_out *o)
{
	if (o)
		close_all(o, NULL);
}
