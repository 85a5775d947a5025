/* SPDX-License-Identifier: MIT */
/* galley-thanks: each reader is told what became of what they said. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "command.h"
#include "error.h"
#include "mail_out.h"
#include "mail_sender.h"
#include "mailmap.h"
#include "review_round.h"
#include "thanks.h"

static const char usage[] =
	"galley-thanks [-n] [--from=<reader>]\n"
	"galley-thanks [-n] [-i] [--from=<reader>] "
	"--send|--outbox=<Maildir>|-o <mbox>";

struct options {
	bool dry_run, send, edit;
	struct mail_out_choice target;
	const char *from;
};

/* --- whom to write to ----------------------------------------------------- */

static const struct person *writer_of(const struct thanks *thanks,
				      const struct answer_reader *to, size_t i)
{
	return &thanks->review.items[to->comments[i]].comment.reader;
}

/* They may be in the list with an address of theirs that they wrote from. */
static const struct reader *find_listed(const struct thanks *thanks,
					const struct answer_reader *to)
{
	const struct reader *found = reader_list_address(&thanks->readers,
							 to->who.email);

	for (size_t i = 0; i < to->count; i++) {
		const struct reader *other = reader_list_address(
			&thanks->readers, writer_of(thanks, to, i)->email);

		if (other && (!found || (other->stop && !found->stop)))
			found = other;
	}
	return found;
}

/* Why nothing can be sent to somebody; NULL: it can. */
static const char *trouble_with(const struct answer_reader *to,
				const struct reader *listed)
{
	struct slice email = slice_of(to->who.email);

	if (listed && listed->stop)
		return "wants no more mails";
	if (slice_ends_with(email, SLICE(".invalid")) ||
	    !mail_address_is_valid(email))
		return "has no address";
	return NULL;
}

static void report_unsent(const struct answer_reader *to, const char *why)
{
	struct strbuf name = STRBUF_INIT;

	strbuf_adds(&name, to->who.name);
	for (char *c = name.buf; *c; c++)
		if ((unsigned char)*c < ' ')
			*c = ' ';
	report_warning("'%s' %s: %zu answer%s not sent", name.buf, why,
		       to->count, to->count == 1 ? "" : "s");
	strbuf_release(&name);
}

static bool is_asked_for(const struct thanks *thanks,
			 const struct answer_reader *to, const char *from)
{
	if (!from || person_has(&to->who, from))
		return true;
	for (size_t i = 0; i < to->count; i++)
		if (person_has(writer_of(thanks, to, i), from))
			return true;
	return false;
}

/* Those readers that are asked for and can be written to. */
static int choose_mails(struct thanks *thanks, const struct options *o,
			struct error *err)
{
	for (size_t i = 0; i < thanks->answers.count; i++) {
		const struct answer_reader *to = &thanks->answers.items[i];
		const struct reader *listed = find_listed(thanks, to);
		const char *why = trouble_with(to, listed);
		struct thanks_mail *mail;
		int rc;

		if (!is_asked_for(thanks, to, o->from))
			continue;
		if (why) {
			report_unsent(to, why);
			continue;
		}
		GROW(thanks->mails, thanks->count, thanks->capacity);
		mail = &thanks->mails[thanks->count++];
		*mail = (struct thanks_mail){
			.to = to, .name = to->who.name,
			.subject = STRBUF_INIT, .head = STRBUF_INIT,
			.tail = STRBUF_INIT
		};
		if ((rc = letters_get(&mail->letter, thanks->letters,
				      listed ? listed->language : "",
				      err)) < 0)
			return rc;
	}
	return 0;
}

static int open_all(struct thanks *thanks, bool dry_run, struct error *err)
{
	struct review_round_list rounds = REVIEW_ROUND_LIST_INIT;
	int rc;

	if ((rc = manuscript_open(&thanks->ms, ".", NULL, err)) < 0 ||
	    (rc = identity_read(&thanks->me, thanks->ms->repo,
				&people_of_environment()->committer,
				err)) < 0 ||
	    (rc = mail_out_open(&thanks->out, thanks->ms->repo, &thanks->me,
				dry_run, err)) < 0 ||
	    (rc = review_read(&thanks->review, thanks->ms, NULL, err)) < 0 ||
	    (rc = review_round_list_read(&rounds, thanks->ms->repo,
					 err)) < 0)
		goto out;
	rc = reader_list_read(&thanks->readers, thanks->ms, err);
	if (rc == ERROR_NOT_FOUND) /* nobody needs one to answer */
		rc = 0;
	if (rc < 0)
		goto out;
	thanks->round = rounds.count ? arena_strdup(&thanks->me.arena,
		rounds.items[rounds.count - 1].name) : "";
	thanks->from = mail_sender(&thanks->me, thanks->ms->repo);
	thanks->reply_to = letters_reply_to(thanks->ms);
	thanks->letters = letters_new(&letter_thanks, thanks->ms);
	rc = mailmap_open(&thanks->map, thanks->ms->tree, err);
	if (!rc)
		answer_list_make(&thanks->answers, &thanks->review,
				 thanks->map);
out:
	review_round_list_release(&rounds);
	return rc;
}

static void close_all(struct thanks *thanks)
{
	mail_out_close(thanks->out);
	for (size_t i = 0; i < thanks->count; i++)
		thanks_mail_release(&thanks->mails[i]);
	free(thanks->mails);
	letters_free(thanks->letters);
	tree_close(thanks->head);
	reader_list_release(&thanks->readers);
	answer_list_release(&thanks->answers);
	mailmap_close(thanks->map);
	review_release(&thanks->review);
	identity_release(&thanks->me);
	manuscript_close(thanks->ms);
}

/* --- telling -------------------------------------------------------------- */

/* "Ann Reader <ann@example.org>: 3 answers: 2 applied, 1 declined" */
static void print_mail(const struct thanks *thanks,
		       const struct thanks_mail *mail)
{
	size_t counts[COMMENT_STATES] = { 0 }, all = 0;
	const char *before = ": ";

	for (size_t i = 0; i < mail->to->count; i++) {
		size_t at = mail->to->comments[i];

		if (mail->blocks && mail->blocks[i].dropped)
			continue;
		counts[thanks->review.items[at].state.state]++;
		all++;
	}
	print_safe(stdout, slice_of(mail->name));
	fputs(" <", stdout);
	print_safe(stdout, slice_of(mail->to->who.email));
	printf(">: %zu answer%s", all, all == 1 ? "" : "s");
	for (size_t i = 0; i < COMMENT_STATES; i++) {
		if (!counts[i])
			continue;
		printf("%s%zu %s", before, counts[i], comment_state_name(
			(enum comment_state)i));
		before = ", ";
	}
	putchar('\n');
}

static bool is_dropped(const struct thanks_mail *mail)
{
	for (size_t i = 0; i < mail->count; i++)
		if (!mail->blocks[i].dropped)
			return false;
	return true;
}

/* --- sending -------------------------------------------------------------- */

/* A line for each comment that the mail answers. */
static int make_notes(struct hand_over_note *notes, size_t *count,
		      struct arena *arena, const struct thanks *thanks,
		      const struct thanks_mail *mail, const char *id,
		      struct error *err)
{
	struct strbuf line = STRBUF_INIT;
	int rc = 0;

	*count = 0;
	for (size_t i = 0; i < mail->count && !rc; i++) {
		const struct review_comment *c =
			&thanks->review.items[mail->blocks[i].at];

		if (mail->blocks[i].dropped)
			continue;
		strbuf_truncate(&line, 0);
		rc = review_answer_line(&line, thanks->ms->repo, c,
					&thanks->me.when, id, err);
		notes[(*count)++] = (struct hand_over_note){
			REVIEW_NOTES, c->comment.id,
			arena_slice(arena, strbuf_slice(&line))
		};
	}
	strbuf_release(&line);
	return rc;
}

static int send_one(struct thanks *thanks, const struct thanks_mail *mail,
		    struct error *err)
{
	struct hand_over_note *notes = xcalloc(mail->count + 1,
					       sizeof(*notes));
	struct strbuf bytes = STRBUF_INIT, id = STRBUF_INIT;
	struct arena arena = ARENA_INIT;
	size_t count;
	int rc = thanks_write(&bytes, &id, mail, thanks, err);

	if (!rc)
		rc = make_notes(notes, &count, &arena, thanks, mail, id.buf,
				err);
	if (!rc)
		rc = mail_out_send(thanks->out, &(struct outgoing){
			strbuf_slice(&bytes), id.buf, thanks->from.email,
			mail->to->who.email, mail->name, notes, count }, err);
	if (!rc && !mail_out_is_stdout(thanks->out))
		print_mail(thanks, mail);
	strbuf_release(&bytes);
	strbuf_release(&id);
	arena_release(&arena);
	free(notes);
	return rc < 0 ? rc : 0;
}

/* All are written before the first goes out. */
static int prepare(struct thanks *thanks, const struct options *o,
		   struct error *err)
{
	int rc = tree_open_revision(&thanks->head, thanks->ms->repo, "HEAD",
				    err);

	for (size_t i = 0; i < thanks->count && !rc; i++) {
		report_progress("thanks", i, thanks->count);
		rc = thanks_compose(&thanks->mails[i], thanks, err);
	}
	report_progress("thanks", 1, 1);
	if (!rc && o->edit && thanks->count)
		rc = thanks_edit(thanks, err);
	return rc;
}

static int send_all(struct thanks *thanks, const struct options *o,
		    struct error *err)
{
	int rc, status;

	if ((rc = prepare(thanks, o, err)) < 0 ||
	    (rc = mail_out_target(thanks->out, &o->target, err)) < 0)
		return report_fatal(err);
	for (size_t i = 0; i < thanks->count && !rc; i++)
		if (!is_dropped(&thanks->mails[i]))
			rc = send_one(thanks, &thanks->mails[i], err);
	status = mail_out_finish(thanks->out, rc, err);
	thanks->out = NULL;
	return status;
}

static void check_use(const struct options *o)
{
	int targets = o->send + !!o->target.maildir + !!o->target.mbox;

	if (targets > 1)
		usage_error(usage, "one of --send, --outbox and -o");
	if (!targets && o->edit)
		usage_error(usage, "-i goes with --send, --outbox or -o");
	if ((o->target.maildir && !*o->target.maildir) ||
	    (o->target.mbox && !*o->target.mbox))
		usage_error(usage, "where the mails go needs a name");
}

int main(int argc, char **argv)
{
	struct options o = { .dry_run = false };
	const struct option options[] = {
		OPTION_FLAG('n', "dry-run", &o.dry_run,
			    "say who would be written to"),
		OPTION_FLAG(0, "send", &o.send,
			    "the way that git send-email would"),
		OPTION_STRING(0, "outbox", &o.target.maildir, "Maildir",
			      "into this Maildir"),
		OPTION_STRING('o', "output", &o.target.mbox, "mbox",
			      "add them to this mbox"),
		OPTION_FLAG('i', "interactive", &o.edit,
			    "open them all in your editor before"),
		OPTION_STRING(0, "from", &o.from, "reader",
			      "only those whose name or address has this"),
		OPTION_END
	};
	struct thanks thanks = { .review = REVIEW_INIT,
				 .answers = ANSWER_LIST_INIT,
				 .readers = READER_LIST_INIT,
				 .me = IDENTITY_INIT };
	struct error err = ERROR_INIT;
	int status = STATUS_OK;

	argc = parse_options(argc, argv, options, usage);
	if (argc)
		usage_error(usage, "'%s' is no option", argv[0]);
	check_use(&o);
	o.dry_run = o.dry_run ||
		    (!o.send && !o.target.maildir && !o.target.mbox);
	if (open_all(&thanks, o.dry_run, &err) < 0 ||
	    choose_mails(&thanks, &o, &err) < 0) {
		status = report_fatal(&err);
	} else if (o.dry_run) {
		for (size_t i = 0; i < thanks.count; i++)
			print_mail(&thanks, &thanks.mails[i]);
	} else {
		status = send_all(&thanks, &o, &err);
	}
	close_all(&thanks);
	return finish(status);
}
