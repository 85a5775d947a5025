/* SPDX-License-Identifier: MIT */
/*
 * Mails out: by the author's mailer, into a Maildir or an mbox, each with the
 * notes that say that it went (hand_over.h).
 */
#ifndef MAIL_OUT_H
#define MAIL_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "hand_over.h"
#include "identity.h"
#include "slice.h"

struct error;
struct mail_out;
struct repository;

/** Where to; all of them nothing: the author's mailer. */
struct mail_out_choice {
	const char *maildir, *mbox;	/* paths; an mbox may be "-" */
	bool draft;			/* Maildir: as drafts */
};

/**
 * Before it is read who was sent what: keep others from sending meanwhile, and
 * note what was left of a run that was killed; that a mail may have gone out
 * for nothing then is warned of. `me` outlives it. ERROR_BUSY: somebody else
 * is at it; in a dry run that is no matter.
 */
int mail_out_open(struct mail_out **out, struct repository *repo,
		  const struct identity *me, bool dry_run, struct error *err);

/** Find out where mails go: to be called before the first. */
int mail_out_target(struct mail_out *out, const struct mail_out_choice *choice,
		    struct error *err);

/** A mail, its envelope, and what to note when it went. */
struct outgoing {
	struct slice bytes;
	const char *id;			/* Message-ID, without <> */
	const char *from, *to;		/* addresses */
	const char *name;		/* of whom it is for */
	const struct hand_over_note *notes;
	size_t note_count;
};

/**
 * Hand one over: 0; 1 if it was refused, or not taken now, which is told: the
 * rest can go on, and the same command tries again. Errors are fatal.
 */
int mail_out_send(struct mail_out *out, const struct outgoing *mail,
		  struct error *err);

/** Do mails go to standard output, so that nothing else should? */
bool mail_out_is_stdout(const struct mail_out *out);

/**
 * End: an mbox is written now, whole or not at all, and all is noted. `rc` is
 * how it went so far, with what is in `err`. Errors are told, and that some
 * mails were not sent. Returns the exit status. Frees in any case.
 */
int mail_out_finish(struct mail_out *out, int rc, struct error *err);

/** Nothing was sent: end without a word. NULL is nothing. */
void mail_out_close(struct mail_out *out);

#endif
