/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "alloc.h"
#include "arena.h"
#include "credential.h"
#include "error.h"
#include "mailer.h"
#include "mailer_smtp.h"
#include "strbuf.h"

#define PASSWORD_FD 3
#define READ_PASSWORD "cat <&3"		/* msmtp has a shell run it */

struct mailer_smtp {
	struct arena arena;
	struct repository *repo;
	const char *words[16];
	size_t count;
	const char *password;		/* NULL: none is asked for */
	struct credential credential;
	bool filled;			/* the password is from there */
};

static const char *setting(struct mailer_smtp *s, const char *key)
{
	char *value = mailer_config(s->repo, key);
	const char *copy = value ? arena_strdup(&s->arena, value) : NULL;

	free(value);
	return copy;
}

static void add(struct mailer_smtp *s, const char *option, const char *value)
{
	struct strbuf word = STRBUF_INIT;

	strbuf_addf(&word, "%s%s", option, value);
	s->words[s->count++] = arena_copy(&s->arena, strbuf_slice(&word));
	strbuf_release(&word);
}

/* --- where, and how it is encrypted --------------------------------------- */

/* A number, or a name as /etc/services has it. */
static int add_port(const char **port, struct mailer_smtp *s, bool ssl,
		    struct error *err)
{
	const char *set = setting(s, "smtpserverport");
	const struct servent *service;
	char number[16];

	*port = set ? set : ssl ? "465" : "25";
	if ((*port)[strspn(*port, "0123456789")]) {
		service = getservbyname(*port, "tcp");
		if (!service)
			return error_set(err, ERROR_INVALID, "sendemail."
					 "smtpServerPort: no port is called "
					 "'%s'", *port);
		snprintf(number, sizeof(number), "%u",
			 (unsigned)ntohs((uint16_t)service->s_port));
		*port = arena_strdup(&s->arena, number);
	}
	add(s, "--port=", *port);
	return 0;
}

/* msmtp takes a file; a folder only if it is the system's own. */
static int add_trust(struct mailer_smtp *s, struct error *err)
{
	const char *path;
	struct stat st;

	if (mailer_config_is_empty(s->repo, "smtpsslcertpath")) {
		add(s, "--tls-certcheck=", "off");
		return 0;
	}
	path = setting(s, "smtpsslcertpath");
	if (path && !stat(path, &st) && S_ISDIR(st.st_mode)) {
		if (strcmp(path, "/etc/ssl/certs"))
			return error_set(err, ERROR_INVALID, "sendemail."
					 "smtpSSLCertPath is a folder, '%s': "
					 "msmtp needs a file", path);
		path = NULL;
	}
	add(s, "--tls-trust-file=", path ? path : "system");
	return 0;
}

static int add_encryption(bool *ssl, struct mailer_smtp *s,
			  struct error *err)
{
	const char *how = setting(s, "smtpencryption");
	const char *old = setting(s, "smtpssl");

	if (!how)
		how = old && strcasecmp(old, "false") && strcmp(old, "0") ?
		      "ssl" : "none";
	*ssl = !strcasecmp(how, "ssl");
	if (!strcasecmp(how, "none")) {
		add(s, "--tls=", "off");
		return 0;
	}
	if (!*ssl && strcasecmp(how, "tls"))
		return error_set(err, ERROR_INVALID, "sendemail."
				 "smtpEncryption is 'tls', 'ssl' or 'none', "
				 "not '%s'", how);
	add(s, "--tls=", "on");
	add(s, "--tls-starttls=", *ssl ? "off" : "on");
	return add_trust(s, err);
}

/* --- who ------------------------------------------------------------------ */

/* Of the ways that git may try, "LOGIN PLAIN", the first; msmtp tries one. */
static void add_method(struct mailer_smtp *s, const char *methods)
{
	char *first = arena_copy(&s->arena, slice_sub(slice_of(methods), 0,
		strcspn(methods, " ")));

	for (char *c = first; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	add(s, "--auth=", *first ? first : "on");
}

static int add_user(struct mailer_smtp *s, const char *server,
		    const char *port, struct error *err)
{
	const char *user = setting(s, "smtpuser");
	const char *methods = setting(s, "smtpauth");
	struct strbuf host = STRBUF_INIT;
	int rc = 0;

	if (!user || (methods && !strcasecmp(methods, "none")))
		return 0;
	s->password = setting(s, "smtppass");
	if (!s->password) {
		strbuf_addf(&host, "%s:%s", server, port);
		rc = credential_fill(&s->credential, "smtp", host.buf, user,
				     err);
		s->filled = !rc;
		s->password = s->credential.password.buf;
		strbuf_release(&host);
	}
	if (rc < 0)
		return rc;
	add_method(s, methods ? methods : "");
	add(s, "--user=", user);
	add(s, "--passwordeval=", READ_PASSWORD);
	return 0;
}

int mailer_smtp_open(struct mailer_smtp **out, struct repository *repo,
		     const char *server, const char *program,
		     struct error *err)
{
	struct mailer_smtp *s = xcalloc(1, sizeof(*s));
	const char *domain, *port;
	bool ssl = false;
	int rc;

	s->repo = repo;
	s->credential = (struct credential)CREDENTIAL_INIT;
	add(s, program, "");
	add(s, "--host=", server);
	if ((rc = add_encryption(&ssl, s, err)) < 0 ||
	    (rc = add_port(&port, s, ssl, err)) < 0 ||
	    (rc = add_user(s, server, port, err)) < 0) {
		mailer_smtp_close(s);
		return rc;
	}
	domain = setting(s, "smtpdomain");
	if (domain)
		add(s, "--domain=", domain);
	*out = s;
	return 0;
}

void mailer_smtp_close(struct mailer_smtp *s)
{
	if (!s)
		return;
	credential_release(&s->credential);
	arena_release(&s->arena);
	free(s);
}

const char *const *mailer_smtp_words(const struct mailer_smtp *s,
				     size_t *count)
{
	*count = s->count;
	return s->words;
}

/* A pipe has room for it. */
void mailer_smtp_prepare(const struct mailer_smtp *s)
{
	size_t len = s->password ? strlen(s->password) : 0;
	int ends[2];

	if (!s->password || len > 4000 || pipe(ends) < 0)
		return;
	if (write(ends[1], s->password, len) < 0 ||
	    write(ends[1], "\n", 1) < 0)
		_exit(EX_IOERR);
	close(ends[1]);
	if (ends[0] != PASSWORD_FD) {
		dup2(ends[0], PASSWORD_FD);
		close(ends[0]);
	}
}

void mailer_smtp_judge(struct mailer_smtp *s, int status)
{
	if (!s->filled || (status && status != EX_NOPERM))
		return;
	if (status)
		credential_reject(&s->credential);
	else
		credential_approve(&s->credential);
	s->filled = false;	/* once is enough */
}
