/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "credential.h"
#include "error.h"
#include "slice.h"

void credential_release(struct credential *credential)
{
	strbuf_release(&credential->all);
	strbuf_release(&credential->password);
}

static void run_git(const char *verb, int in, int out)
{
	dup2(in, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	for (int fd = STDERR_FILENO + 1; fd <= in || fd <= out; fd++)
		close(fd);
	execlp("git", "git", "credential", verb, (char *)NULL);
	_exit(127);
}

static void read_all(struct strbuf *out, int fd)
{
	char bytes[1024];
	ssize_t n;

	while ((n = read(fd, bytes, sizeof(bytes))) > 0 ||
	       (n < 0 && errno == EINTR))
		if (n > 0)
			strbuf_add(out, bytes, (size_t)n);
}

/* Give git what it asks for, which a pipe has room for, and take its answer. */
static int ask(struct strbuf *answer, const char *verb, struct slice question)
{
	int to[2], from[2], status = -1;
	pid_t child;

	if (question.len > 4096 || pipe(to) < 0)
		return -1;
	if (pipe(from) < 0) {
		close(to[0]);
		close(to[1]);
		return -1;
	}
	fflush(stdout);
	child = write(to[1], question.ptr, question.len) ==
		(ssize_t)question.len ? fork() : -1;
	if (!child) {
		close(to[1]);
		close(from[0]);
		run_git(verb, to[0], from[1]);
	}
	close(to[0]);
	close(to[1]);
	close(from[1]);
	if (child > 0)
		read_all(answer, from[0]);
	close(from[0]);
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

int credential_fill(struct credential *out, const char *protocol,
		    const char *host, const char *user, struct error *err)
{
	struct strbuf question = STRBUF_INIT;
	struct slice rest, line;
	int status = -1;

	strbuf_addf(&question, "protocol=%s\nhost=%s\nusername=%s\n",
		    protocol, host, user);
	if (!strpbrk(host, "\r\n") && !strpbrk(user, "\r\n"))
		status = ask(&out->all, "fill", strbuf_slice(&question));
	rest = strbuf_slice(&out->all);
	while (slice_next_line(&line, &rest))
		if (slice_starts_with(line, SLICE("password=")))
			strbuf_add_slice(&out->password, slice_chomp(
				slice_sub(line, 9, line.len)));
	strbuf_release(&question);
	if (status || !out->password.len)
		return error_set(err, ERROR_NOT_FOUND, "no password for '%s' "
				 "at %s: 'git credential' knows none", user,
				 host);
	return 0;
}

static void tell(const struct credential *credential, const char *verb)
{
	struct strbuf answer = STRBUF_INIT;

	ask(&answer, verb, strbuf_slice(&credential->all));
	strbuf_release(&answer);
}

void credential_approve(const struct credential *credential)
{
	tell(credential, "approve");
}

void credential_reject(const struct credential *credential)
{
	tell(credential, "reject");
}
