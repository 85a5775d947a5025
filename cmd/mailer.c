/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "alloc.h"
#include "error.h"
#include "mailer.h"
#include "mailer_smtp.h"
#include "repository.h"
#include "strbuf.h"

#define WORDS_MAX 32

struct mailer {
	char *command;		/* as it is configured, or a path */
	struct mailer_smtp *smtp; /* if there is a server: `command` is msmtp */
	char *envelope;		/* sendemail.envelopeSender; NULL: From's */
	char *words;		/* the command cut into words, if it needs no
				 * shell */
	const char *argv[WORDS_MAX + 8];
	size_t count;		/* of words; 0: for a shell */
};

/* The value of the identity, or of all; NULL: it is not set. */
static char *config(struct repository *repo, const char *key)
{
	struct strbuf name = STRBUF_INIT;
	char *identity = NULL, *value = NULL;

	repository_config(&identity, repo, "sendemail.identity", NULL);
	if (identity && *identity) {
		strbuf_addf(&name, "sendemail.%s.%s", identity, key);
		repository_config(&value, repo, name.buf, NULL);
	}
	if (!value) {
		strbuf_truncate(&name, 0);
		strbuf_addf(&name, "sendemail.%s", key);
		repository_config(&value, repo, name.buf, NULL);
	}
	free(identity);
	strbuf_release(&name);
	return value;
}

char *mailer_config(struct repository *repo, const char *key)
{
	char *value = config(repo, key);

	if (value && !*value) {
		free(value);
		value = NULL;
	}
	return value;
}

bool mailer_config_is_empty(struct repository *repo, const char *key)
{
	char *value = config(repo, key);
	bool empty = value && !*value;

	free(value);
	return empty;
}

/* --- which program -------------------------------------------------------- */

/* "folder/name" if it can be run. */
static char *program_in(struct slice folder, const char *name)
{
	struct strbuf path = STRBUF_INIT;

	if (!folder.len)
		return NULL;
	strbuf_addf(&path, "%.*s/%s", SLICE_ARG(folder), name);
	if (access(path.buf, X_OK) < 0) {
		strbuf_release(&path);
		return NULL;
	}
	return strbuf_detach(&path, NULL);
}

static char *program_on_path(const char *name)
{
	struct slice rest = slice_of(getenv("PATH") ? getenv("PATH") : "");
	char *found = NULL;

	while (rest.len && !found) {
		size_t n = slice_find(rest, ':');

		found = program_in(slice_sub(rest, 0, n), name);
		rest = slice_sub(rest, n + 1, rest.len);
	}
	return found;
}

/* Where git looks for it, too. */
static char *find_program(void)
{
	char *found = program_in(SLICE("/usr/sbin"), "sendmail");

	if (!found)
		found = program_in(SLICE("/usr/lib"), "sendmail");
	if (!found)
		found = program_on_path("sendmail");
	return found ? found : program_on_path("msmtp");
}

/* msmtp, with the server's settings as its options. */
static int choose_server(struct mailer *m, struct repository *repo,
			 const char *server, struct error *err)
{
	const char *const *words;
	int rc;

	m->command = program_on_path("msmtp");
	if (!m->command)
		return error_set(err, ERROR_NOT_FOUND, "sendemail.smtpServer "
				 "is '%s', and msmtp, which mails to a server "
				 "are handed to, is not installed", server);
	rc = mailer_smtp_open(&m->smtp, repo, server, m->command, err);
	if (rc < 0)
		return rc;
	words = mailer_smtp_words(m->smtp, &m->count);
	assert(m->count <= WORDS_MAX);
	memcpy(m->argv, words, m->count * sizeof(*words));
	return 0;
}

static int choose(struct mailer *m, struct repository *repo,
		  struct error *err)
{
	char *server;
	int rc;

	m->command = mailer_config(repo, "sendmailcmd");
	if (m->command)
		return 0;
	server = mailer_config(repo, "smtpserver");
	if (server && *server != '/') {
		rc = choose_server(m, repo, server, err);
		free(server);
		return rc;
	}
	m->command = server ? server : find_program();
	if (m->command)
		return 0;
	return error_set(err, ERROR_NOT_FOUND, "no program that sends mail: "
			 "install msmtp, and name your server in "
			 "sendemail.smtpServer of git's config");
}

/* Words with nothing in them that is anything to a shell. */
static void split(struct mailer *m)
{
	char *rest;

	if (strpbrk(m->command, "|&;<>()$`\\\"'*?[]#~=%{}\n\t!"))
		return;
	m->words = xstrdup(m->command);
	for (char *word = strtok_r(m->words, " ", &rest); word;
	     word = strtok_r(NULL, " ", &rest)) {
		if (m->count == WORDS_MAX) {
			m->count = 0;
			return;
		}
		m->argv[m->count++] = word;
	}
}

int mailer_open(struct mailer **out, struct repository *repo,
		struct error *err)
{
	struct mailer *m = xcalloc(1, sizeof(*m));
	int rc = choose(m, repo, err);

	if (rc < 0) {
		mailer_close(m);
		return rc;
	}
	m->envelope = mailer_config(repo, "envelopesender");
	if (!m->smtp)
		split(m);
	*out = m;
	return 0;
}

void mailer_close(struct mailer *m)
{
	if (!m)
		return;
	free(m->command);
	free(m->envelope);
	free(m->words);
	mailer_smtp_close(m->smtp);
	free(m);
}

/* --- running it ----------------------------------------------------------- */

static void run_program(struct mailer *m, int in, const char *from,
			const char *to)
{
	struct strbuf line = STRBUF_INIT;
	size_t n = m->count;

	dup2(in, STDIN_FILENO);
	close(in);
	/* what it prints is no result of ours */
	dup2(STDERR_FILENO, STDOUT_FILENO);
	if (m->smtp)
		mailer_smtp_prepare(m->smtp);
	if (!n) {
		/* as git runs what has more than words */
		strbuf_addf(&line, "%s \"$@\"", m->command);
		m->argv[n++] = "/bin/sh";
		m->argv[n++] = "-c";
		m->argv[n++] = line.buf;
		m->argv[n++] = m->command;
	}
	m->argv[n++] = "-i";
	if (*from) {
		m->argv[n++] = "-f";
		m->argv[n++] = from;
	}
	m->argv[n++] = "--";
	m->argv[n++] = to;
	m->argv[n] = NULL;
	execvp(m->argv[0], (char *const *)m->argv);
	_exit(127);
}

/*
 * The mail as a file, which is gone when it is closed. By a pipe, what we had
 * written when we are killed would be a whole mail to the program.
 */
static FILE *mail_file(struct slice mail)
{
	FILE *file = tmpfile();

	if (file && (fwrite(mail.ptr, 1, mail.len, file) != mail.len ||
		     fflush(file) || lseek(fileno(file), 0, SEEK_SET) < 0)) {
		fclose(file);
		return NULL;
	}
	return file;
}

/* What its exit status means (sysexits(3)); msmtp's are the same. */
static int judge(const struct mailer *m, int status, struct error *err)
{
	int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;

	if (m->smtp)
		mailer_smtp_judge(m->smtp, code);
	switch (code) {
	case 0:
		return 0;
	case 127:
		return error_set(err, ERROR_NOT_FOUND, "'%s' cannot be run",
				 m->command);
	case EX_NOPERM: /* and nobody else will be let in, either */
		return error_set(err, ERROR_IO, "'%s' was not let in: user or "
				 "password", m->command);
	case EX_DATAERR:
	case EX_NOUSER:
		return error_set(err, ERROR_INVALID, "refused");
	case -1:
		return error_set(err, ERROR_BUSY, "'%s' was ended by signal "
				 "%d", m->command, WTERMSIG(status));
	default:
		return error_set(err, ERROR_BUSY, "'%s' did not take it "
				 "(status %d)", m->command, code);
	}
}

int mailer_send(struct mailer *m, struct slice mail, const char *from,
		const char *to, struct error *err)
{
	bool automatic = !m->envelope || !strcmp(m->envelope, "auto");
	FILE *file = mail_file(mail);
	int status = 0;
	pid_t child;

	if (!file)
		return error_set_errno(err, "cannot write a temporary file");
	fflush(stdout);
	child = fork();
	if (!child)
		run_program(m, fileno(file), automatic ? from : m->envelope,
			    to);
	if (child < 0)
		error_set_errno(err, "cannot run '%s'", m->command);
	fclose(file);
	while (child > 0 && waitpid(child, &status, 0) < 0)
		;
	return child < 0 ? ERROR_IO : judge(m, status, err);
}
