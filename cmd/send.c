/* SPDX-License-Identifier: MIT */
/* galley-send: a round goes out to its readers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "book.h"
#include "changed_since.h"
#include "command.h"
#include "error.h"
#include "format.h"
#include "mail_out.h"
#include "mail_sender.h"
#include "markdown_read.h"
#include "send.h"

static const char usage[] =
	"galley-send [-n] [-r <round>] [--since-last] [--to=<reader>] ... "
	"[--outbox=<Maildir> [--draft]|-o <mbox>]";

struct options {
	bool dry_run;
	const char *round;
	struct option_values to;
	struct mail_out_choice target;
};

/* --- what goes out, and who gets it --------------------------------------- */

static int find_round(struct send *send, const char *name, struct error *err)
{
	int rc = review_round_find(&send->round, &send->rounds, name, err);

	if (rc < 0)
		return rc;
	if (send->round->closed)
		return error_set(err, ERROR_INVALID, "round '%s' is closed",
				 send->round->name);
	send->round_index = (size_t)(send->round - send->rounds.items);
	return 0;
}

static int open_book(struct send *send, struct error *err)
{
	int rc = manuscript_open_round(&send->ms, ".", send->round->commit,
				       send->round->name, err);

	if (rc < 0)
		return rc;
	return book_open(&send->book, send->ms, markdown_read, report_about,
			 NULL, err);
}

static const char *site_of(const struct manuscript *ms)
{
	const char *site = settings_get(&ms->settings, "review.site");

	return site && (!strncmp(site, "https://", 8) ||
			!strncmp(site, "http://", 7)) ? site : "";
}

static int open_all(struct send *send, const struct options *o,
		    struct repository *repo, struct error *err)
{
	int rc;

	if ((rc = identity_read(&send->me, repo,
				&people_of_environment()->committer,
				err)) < 0 ||
	    (rc = mail_out_open(&send->out, repo, &send->me, o->dry_run,
				err)) < 0 ||
	    (rc = review_round_list_read(&send->rounds, repo, err)) < 0 ||
	    (rc = find_round(send, o->round, err)) < 0 ||
	    (rc = open_book(send, err)) < 0 ||
	    (rc = send_redline_check(send, err)) < 0 ||
	    (rc = reader_list_read(&send->readers, send->ms, err)) < 0 ||
	    (rc = receipt_list_read(&send->receipts, repo, &send->rounds,
				    err)) < 0)
		return rc;
	send->from = mail_sender(&send->me, repo);
	send->reply_to = letters_reply_to(send->ms);
	send->site = site_of(send->ms);
	send->letters = letters_new(&letter_send, send->ms);
	return 0;
}

static void close_all(struct send *send)
{
	mail_out_close(send->out);
	letters_free(send->letters);
	receipt_list_release(&send->receipts);
	reader_list_release(&send->readers);
	send_redlines_release(send);
	changed_since_close(send->changed);
	book_close(send->book);
	manuscript_close(send->ms);
	review_round_list_release(&send->rounds);
	identity_release(&send->me);
}

struct chosen {
	const struct reader **items;
	size_t count;
	size_t had, stopped;	/* readers who get none */
};

static void add_reader(struct chosen *chosen, const struct send *send,
		       const struct reader *reader)
{
	for (size_t i = 0; i < chosen->count; i++)
		if (chosen->items[i] == reader && send->readers.count < 1000)
			return;
	if (reader->stop)
		chosen->stopped++;
	else if (receipt_of(&send->receipts, reader->address,
			    send->round_index))
		chosen->had++;
	else
		chosen->items[chosen->count++] = reader;
}

/* What is wrong with a line of theirs is found before the first mail. */
static int check_reader(const struct send *send, const struct reader *reader,
			struct error *err)
{
	const struct letter *letter;
	const struct format *format;
	bool link;

	if (!send_way(&format, &link, send, reader))
		return error_set(err, ERROR_MALFORMED, "%s:%zu: the book goes "
				 "out as 'epub', 'page', 'link' or 'none', "
				 "not as '%s'", send->readers.path,
				 reader->line, reader->format);
	return letters_get(&letter, send->letters, reader->language, err);
}

static int choose(struct chosen *chosen, const struct send *send,
		  const struct options *o, struct error *err)
{
	int rc = 0;

	chosen->items = xcalloc(send->readers.count + o->to.count + 1,
				sizeof(*chosen->items));
	for (size_t i = 0; i < o->to.count && !rc; i++) {
		const struct reader *reader;

		rc = reader_list_find(&reader, &send->readers,
				      o->to.items[i], err);
		if (!rc)
			add_reader(chosen, send, reader);
	}
	for (size_t i = 0; !o->to.count && i < send->readers.count; i++)
		add_reader(chosen, send, &send->readers.items[i]);
	for (size_t i = 0; i < chosen->count && !rc; i++)
		rc = check_reader(send, chosen->items[i], err);
	return rc;
}

/* --- telling -------------------------------------------------------------- */

/*
 * "Ann Reader <ann@example.org>: epub, had round 1", or "redline since round
 * 1". Before any was made, it is only found out whether there will be one.
 */
static int print_sent(struct send *send, const struct reader *reader,
		      bool made, struct error *err)
{
	const struct receipt *had = receipt_last(&send->receipts,
		reader->address, send->round_index);
	const struct send_redline *redline = NULL;
	const struct format *format;
	bool link;
	int rc = 0;

	send_way(&format, &link, send, reader);
	if (send->since_last && had && format)
		rc = send_redline(&redline, send, had, made ? format : NULL,
				  err);
	if (rc < 0)
		return rc;
	print_safe(stdout, slice_of(reader->name));
	printf(" <%s>: %s", reader->address, format ? format->name : "");
	if (link)
		printf("%slink", format ? " and " : "");
	if (!format && !link)
		fputs("words alone", stdout);
	if (had)
		printf(", %s round %s", redline && redline->any ?
		       "redline since" : "had", had->round);
	putchar('\n');
	return 0;
}

static void report_others(const struct send *send,
			  const struct chosen *chosen)
{
	if (chosen->had)
		report_hint("%zu had round '%s' before", chosen->had,
			    send->round->name);
	if (chosen->stopped)
		report_hint("%zu want%s no more mails", chosen->stopped,
			    chosen->stopped == 1 ? "s" : "");
}

static int print_all(struct send *send, const struct chosen *chosen,
		     struct error *err)
{
	int rc = 0;

	for (size_t i = 0; i < chosen->count && !rc; i++)
		rc = print_sent(send, chosen->items[i], false, err);
	report_others(send, chosen);
	return rc;
}

/* --- sending -------------------------------------------------------------- */

static int send_one(struct send *send, const struct reader *reader,
		    struct error *err)
{
	struct strbuf bytes = STRBUF_INIT, id = STRBUF_INIT;
	struct strbuf line = STRBUF_INIT;
	struct hand_over_note note = { RECEIPT_NOTES, send->round->tag,
				       { NULL, 0 } };
	int rc = send_write(&bytes, &id, send, reader, err);

	if (!rc) {
		receipt_add_line(&line, &send->me.when, reader->address,
				 id.buf);
		note.line = strbuf_slice(&line);
		rc = mail_out_send(send->out, &(struct outgoing){
			strbuf_slice(&bytes), id.buf, send->from.email,
			reader->address, reader->name, &note, 1 }, err);
	}
	if (!rc && !mail_out_is_stdout(send->out))
		rc = print_sent(send, reader, true, err);
	strbuf_release(&bytes);
	strbuf_release(&id);
	strbuf_release(&line);
	return rc < 0 ? rc : 0;
}

static int send_all(struct send *send, const struct options *o,
		    const struct chosen *chosen, struct error *err)
{
	int rc = 0, status;

	if (chosen->count)
		rc = mail_out_target(send->out, &o->target, err);
	if (rc < 0)
		return report_fatal(err);
	send_sweep(send->ms->repo);
	for (size_t i = 0; i < chosen->count && !rc; i++) {
		report_progress("send", i, chosen->count);
		rc = send_one(send, chosen->items[i], err);
	}
	report_progress("send", 1, 1);
	status = mail_out_finish(send->out, rc, err);
	send->out = NULL;
	return status;
}

static int run(struct send *send, const struct options *o)
{
	struct chosen chosen = { NULL, 0, 0, 0 };
	struct repository *repo = NULL;
	struct error err = ERROR_INIT;
	int status = STATUS_OK;

	if (repository_open(&repo, ".", &err) < 0 ||
	    open_all(send, o, repo, &err) < 0 ||
	    choose(&chosen, send, o, &err) < 0) {
		status = report_fatal(&err);
	} else if (o->dry_run) {
		if (print_all(send, &chosen, &err) < 0)
			status = report_fatal(&err);
	} else {
		report_others(send, &chosen);
		status = send_all(send, o, &chosen, &err);
	}
	free(chosen.items);
	close_all(send);
	repository_close(repo);
	return status;
}

int main(int argc, char **argv)
{
	struct options o = { .dry_run = false };
	struct send send = { .rounds = REVIEW_ROUND_LIST_INIT,
			     .readers = READER_LIST_INIT,
			     .receipts = RECEIPT_LIST_INIT,
			     .me = IDENTITY_INIT };
	const struct option options[] = {
		OPTION_FLAG('n', "dry-run", &o.dry_run,
			    "say who would get it, send nothing"),
		OPTION_STRING('r', "round", &o.round, "round",
			      "the round to send (the newest)"),
		OPTION_FLAG(0, "since-last", &send.since_last,
			    "with the changes since the round that each had "
			    "last, marked"),
		OPTION_VALUES(0, "to", &o.to, "reader",
			      "only to this one: a name, address or code"),
		OPTION_STRING(0, "outbox", &o.target.maildir, "Maildir",
			      "into this Maildir"),
		OPTION_FLAG(0, "draft", &o.target.draft,
			    "as drafts, for you to send"),
		OPTION_STRING('o', "output", &o.target.mbox, "mbox",
			      "add them to this mbox"),
		OPTION_END
	};

	argc = parse_options(argc, argv, options, usage);
	if (argc)
		usage_error(usage, "'%s' is no option; to send to one "
			    "reader: --to=%s", argv[0], argv[0]);
	if (o.target.maildir && o.target.mbox)
		usage_error(usage, "either --outbox or -o");
	if (o.target.draft && !o.target.maildir)
		usage_error(usage, "--draft goes with --outbox");
	if ((o.target.maildir && !*o.target.maildir) ||
	    (o.target.mbox && !*o.target.mbox))
		usage_error(usage, "where the mails go needs a name");
	return finish(run(&send, &o));
}
