/* SPDX-License-Identifier: MIT */
/* galley-round: opens, lists, shows and closes rounds of review. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "book.h"
#include "command.h"
#include "error.h"
#include "identity.h"
#include "manuscript.h"
#include "markdown_read.h"
#include "review_round.h"
#include "round_drafts.h"
#include "round_print.h"
#include "strbuf.h"

static const char usage[] =
	"galley-round [list] [--json]\n"
	"galley-round show [--json] [<round>]\n"
	"galley-round open [-n] [-m <words>] ... [-F <file>] [--due=<date>] "
	"[--at=<rev>] [-o <folder>] [--no-drafts] [<name>]\n"
	"galley-round close [<round>]";

struct round_options {
	bool json;
	bool dry_run, no_drafts;	/* these and below: open */
	struct option_values words;
	const char *words_file, *due, *rev, *folder;
};

/* ---- open ------------------------------------------------------------- */

/* "-m" as often as you like, as in git: each is a paragraph. */
static int read_words(struct strbuf *out, const struct round_options *options,
		      struct error *err)
{
	int rc;

	for (size_t i = 0; i < options->words.count; i++)
		strbuf_addf(out, "%s%s", i ? "\n\n" : "",
			    options->words.items[i]);
	if (!options->words_file)
		return 0;
	rc = read_file(out, options->words_file, err);
	if (!rc && memchr(out->buf, '\0', out->len))
		rc = error_set(err, ERROR_INVALID, "'%s' is no text",
			       options->words_file);
	return rc;
}

/* The manuscript must be one, and what readers get must be committed. */
static int open_manuscript(struct manuscript **ms,
			   const struct round_options *options)
{
	struct error err = ERROR_INIT;
	struct book *book = NULL;

	if (manuscript_open(ms, ".", options->rev, &err) < 0)
		return report_fatal(&err);
	if (!(*ms)->has_commit) {
		error_set(&err, ERROR_NOT_FOUND, "nothing is committed yet");
		report_fatal(&err);
		report_hint("a round is of a commit: 'git add' your files, "
			    "then 'git commit'");
		return STATUS_FATAL;
	}
	if ((*ms)->modified) {
		error_set(&err, ERROR_BUSY, "some files have changes that are "
			  "not committed");
		report_fatal(&err);
		report_hint("'git commit -a' takes them into the round; "
			    "--at=HEAD sends the last commit without them");
		return STATUS_FATAL;
	}
	/* trouble that a draft would have, before there is a round */
	if (book_open(&book, *ms, markdown_read, NULL, NULL, &err) < 0)
		return report_fatal(&err);
	book_close(book);
	return STATUS_OK;
}

/* The folder for drafts; `*made` if it was not there. */
static int make_folder(bool *made, const char *path, struct error *err)
{
	struct stat st;

	*made = !mkdir(path, 0777);
	if (*made)
		return 0;
	if (errno != EEXIST)
		return error_set_errno(err, "cannot make the folder '%s'",
				       path);
	if (!stat(path, &st) && !S_ISDIR(st.st_mode))
		return error_set(err, ERROR_EXISTS, "'%s' is not a folder",
				 path);
	return 0;
}

/*
 * The tag comes first, since drafts are named after it. Killed after that, the
 * same command finds the round there, and makes them.
 */
static int open_round(const struct review_round **round, bool *known,
		      struct review_round_list *list, struct repository *repo,
		      const struct review_round_plan *plan,
		      const struct round_options *options, struct error *err)
{
	bool folder = options->folder && !options->no_drafts &&
		      !options->dry_run;
	bool made = false;
	int rc = 0;

	if (folder)
		rc = make_folder(&made, options->folder, err);
	if (!rc)
		rc = review_round_open(round, known, list, repo, plan,
				       options->dry_run, err);
	if (rc < 0 && made)
		rmdir(options->folder);
	return rc;
}

/* What to do if it could not be opened. */
static void report_way_on(const struct review_round_list *list,
			  const struct error *err, const char *name)
{
	if (err->code == ERROR_EXISTS && name)
		report_hint("without a name, the next number is taken");
	else if (err->code == ERROR_EXISTS && list->count)
		report_hint("to open another round of the same text, give it "
			    "a name");
}

static int make_drafts(const struct review_round *round,
		       const struct round_options *options)
{
	struct strbuf paths = STRBUF_INIT;
	struct error err = ERROR_INIT;
	int status = STATUS_OK;

	if (round_drafts(&paths, round, options->folder, options->dry_run,
			 &err) < 0) {
		status = report_fatal(&err);
		if (!options->dry_run)
			report_hint("round '%s' is open; the same command "
				    "makes its drafts", round->name);
	}
	fwrite(paths.buf, 1, paths.len, stdout);
	strbuf_release(&paths);
	return status;
}

static int command_open(const struct round_options *options, const char *name)
{
	struct review_round_list list = REVIEW_ROUND_LIST_INIT;
	struct identity me = IDENTITY_INIT;
	struct review_round_plan plan = { .name = name, .due = options->due };
	const struct review_round *round;
	struct strbuf words = STRBUF_INIT;
	struct manuscript *ms = NULL;
	struct error err = ERROR_INIT;
	bool known;
	int status = open_manuscript(&ms, options);

	if (status != STATUS_OK)
		goto out;
	if (read_words(&words, options, &err) < 0 ||
	    identity_read(&me, ms->repo, &people_of_environment()->committer,
			  &err) < 0 ||
	    review_round_list_read(&list, ms->repo, &err) < 0) {
		status = report_fatal(&err);
		goto out;
	}
	plan.commit = ms->commit.id;
	plan.opener = me.person;
	plan.opened = me.when;
	if (options->words.count || options->words_file)
		plan.words = words.buf;
	if (open_round(&round, &known, &list, ms->repo, &plan, options,
		       &err) < 0) {
		status = report_fatal(&err);
		report_way_on(&list, &err, name);
		goto out;
	}
	if (known)
		report_hint("round '%s' of this text is open already%s",
			    round->name, options->no_drafts ? "" :
			    "; here are its drafts");
	if (options->no_drafts)
		printf("round/%s\n", round->name);
	else
		status = make_drafts(round, options);
out:
	review_round_list_release(&list);
	identity_release(&me);
	strbuf_release(&words);
	manuscript_close(ms);
	return status;
}

/* ---- list, show, close ------------------------------------------------- */

static int command_list(const struct review_round_list *list,
			struct repository *repo,
			const struct round_options *options)
{
	struct error err = ERROR_INIT;

	if (round_print_list(list, repo, options->json, &err) < 0)
		return report_fatal(&err);
	return STATUS_OK;
}

static int report_not_found(const struct review_round_list *list,
			    const struct error *err)
{
	report_fatal(err);
	if (err->code == ERROR_NOT_FOUND && list->count)
		report_hint("'galley round' lists them");
	else if (err->code == ERROR_NOT_FOUND)
		report_hint("'galley round open' opens the first");
	return STATUS_FATAL;
}

static int command_show(struct repository *repo,
			const struct review_round *round,
			const struct round_options *options)
{
	struct strbuf drafts = STRBUF_INIT;
	struct error err = ERROR_INIT;
	int status = STATUS_OK;

	if (round_drafts(&drafts, round, NULL, true, &err) < 0)
		report_warning("no draft can be made of it: %s", err.message);
	if (round_print(round, repo, strbuf_slice(&drafts), options->json,
			&err) < 0)
		status = report_fatal(&err);
	strbuf_release(&drafts);
	return status;
}

static int command_close(struct repository *repo,
			 const struct review_round *round)
{
	struct identity me = IDENTITY_INIT;
	struct error err = ERROR_INIT;
	int status = STATUS_OK;

	if (identity_read(&me, repo, &people_of_environment()->committer,
			  &err) < 0 ||
	    review_round_close(repo, round, &me.person, &me.when, &err) < 0)
		status = report_fatal(&err);
	else if (round->closed)
		report_hint("round '%s' is closed already", round->name);
	else
		printf("round '%s' is closed\n", round->name);
	identity_release(&me);
	return status;
}

/* Of the rounds there are. */
static int run_of_rounds(const char *command, struct repository *repo,
			 const struct round_options *options,
			 const char *name)
{
	struct review_round_list list = REVIEW_ROUND_LIST_INIT;
	const struct review_round *round = NULL;
	struct error err = ERROR_INIT;
	int rc = review_round_list_read(&list, repo, &err), status;

	if (rc >= 0 && strcmp(command, "list"))
		rc = review_round_find(&round, &list, name, &err);
	if (rc < 0)
		status = report_not_found(&list, &err);
	else if (!round)
		status = command_list(&list, repo, options);
	else if (!strcmp(command, "show"))
		status = command_show(repo, round, options);
	else
		status = command_close(repo, round);
	review_round_list_release(&list);
	return status;
}

/* ---- all -------------------------------------------------------------- */

static int run(const char *command, const struct round_options *options,
	       const char *name)
{
	struct repository *repo = NULL;
	struct error err = ERROR_INIT;
	int status;

	if (!strcmp(command, "open"))
		return command_open(options, name);
	if (repository_open(&repo, ".", &err) < 0)
		return report_fatal(&err);
	status = run_of_rounds(command, repo, options, name);
	repository_close(repo);
	return status;
}

static void check_use(const char *command, const struct round_options *o,
		      int arguments)
{
	bool open = !strcmp(command, "open"), list = !strcmp(command, "list");

	if (!open && !list && strcmp(command, "show") &&
	    strcmp(command, "close"))
		usage_error(usage, "'%s' is none of list, show, open and "
			    "close", command);
	if (arguments > !list)
		usage_error(usage, "too many arguments");
	if (!open && (o->dry_run || o->no_drafts || o->words.count ||
		      o->words_file || o->due || o->rev || o->folder))
		usage_error(usage, "'%s' does not take that option", command);
	if (o->json && (open || !strcmp(command, "close")))
		usage_error(usage, "'%s' does not take --json", command);
	if (o->words.count && o->words_file)
		usage_error(usage, "-m or -F, not both");
	if (o->folder && !*o->folder)
		usage_error(usage, "the folder needs a name");
}

int main(int argc, char **argv)
{
	struct round_options o = { .json = false };
	const struct option options[] = {
		OPTION_FLAG('n', "dry-run", &o.dry_run,
			    "say what drafts would be made, make nothing"),
		OPTION_VALUES('m', "message", &o.words, "words",
			      "what to tell readers; a paragraph each time"),
		OPTION_STRING('F', "file", &o.words_file, "file",
			      "what to tell readers, from a file"),
		OPTION_STRING(0, "due", &o.due, "date",
			      "until when: 2026-12-24, +14d, 2w"),
		OPTION_STRING(0, "at", &o.rev, "rev",
			      "the commit that readers get (HEAD)"),
		OPTION_STRING('o', "output", &o.folder, "folder",
			      "where to put the drafts"),
		OPTION_FLAG(0, "no-drafts", &o.no_drafts, "make no drafts"),
		OPTION_FLAG(0, "json", &o.json, "for programs"),
		OPTION_END
	};
	const char *command;

	argc = parse_options(argc, argv, options, usage);
	command = argc ? argv[0] : "list";
	check_use(command, &o, argc ? argc - 1 : 0);
	return finish(run(command, &o, argc > 1 ? argv[1] : NULL));
}
