/* SPDX-License-Identifier: MIT */
/* galley: runs galley-NAME, or says what was meant. */
#define _XOPEN_SOURCE 700
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "command.h"
#include "error.h"
#include "slice.h"
#include "strbuf.h"

static const char usage[] = "galley [-C <dir>] <command> [<args>]\n"
			    "galley help [<command>]\n"
			    "galley --version";

/* What the pages' first lines say, in the Makefile's order. */
static const struct {
	const char *name, *does;
} commands[] = {
#include "cmd/commands.inc"
};
#define COMMAND_COUNT (sizeof(commands) / sizeof(*commands))

static void print_help(FILE *out)
{
	print_synopsis(out, usage);
	putc('\n', out);
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		fprintf(out, "    %-10s %s\n", commands[i].name,
			commands[i].does);
	fputs("\n'galley help <command>' shows a command's manual page\n",
	      out);
}

/*
 * Put this program's own folder first in PATH, so that its commands are found
 * wherever it is called from.
 */
static void look_beside_us(const char *self)
{
	struct strbuf path = STRBUF_INIT;
	const char *old = getenv("PATH");
	char link[4096];
	ssize_t n = readlink("/proc/self/exe", link, sizeof(link) - 1);
	const char *slash;

	if (n > 0) {
		link[n] = '\0';
		self = link;
	}
	slash = strrchr(self, '/');
	if (!slash)
		return; /* found in PATH: so are the commands */
	strbuf_add(&path, self, (size_t)(slash - self) + (slash == self));
	if (old && *old)
		strbuf_addf(&path, ":%s", old);
	setenv("PATH", path.buf, 1);
	strbuf_release(&path);
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/*
 * Letters to add, drop, change or swap with their neighbour to make `b` of
 * `a` (Damerau and Levenshtein). Names are short; longer words do not count.
 */
#define LONGEST_NAME 31
static size_t distance(const char *a, const char *b)
{
	size_t d[LONGEST_NAME + 1][LONGEST_NAME + 1];
	size_t n = strlen(a), m = strlen(b);

	if (n > LONGEST_NAME || m > LONGEST_NAME)
		return LONGEST_NAME;
	for (size_t i = 0; i <= n; i++) {
		for (size_t j = 0; j <= m; j++) {
			if (!i || !j) {
				d[i][j] = i + j;
				continue;
			}
			d[i][j] = least(least(d[i - 1][j], d[i][j - 1]) + 1,
					d[i - 1][j - 1] +
						(a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
		}
	}
	return d[n][m];
}

/* The command that the word is nearest to, or begins; NULL: none is near. */
static const char *meant(const char *word)
{
	size_t best = 1 + strlen(word) / 3;
	const char *name = NULL;

	for (size_t i = 0; i < COMMAND_COUNT; i++) {
		bool begins = strlen(word) > 1 &&
			      slice_starts_with(slice_of(commands[i].name),
						slice_of(word));
		size_t d = begins ? 0 : distance(word, commands[i].name);

		if (d < best || (d == best && !name)) {
			best = d;
			name = commands[i].name;
		}
	}
	return name;
}

/* Become the program; returns only when that fails. */
static int run(const char *program, char **argv)
{
	argv[0] = (char *)program;
	execvp(program, argv);
	return errno;
}

static int run_command(const char *name, char **argv)
{
	struct strbuf program = STRBUF_INIT;
	struct error err = ERROR_INIT;
	const char *other;
	int status = STATUS_USAGE;

	strbuf_addf(&program, "galley-%s", name);
	errno = ENOENT;
	if (!strchr(name, '/') && *name)
		errno = run(program.buf, argv);
	if (errno == ENOENT) {
		other = meant(name);
		report_error("no command named '%s'", name);
		if (other)
			report_hint("did you mean 'galley %s'?", other);
		else
			report_hint("'galley help' lists the commands");
	} else {
		error_set_errno(&err, "cannot run '%s'", program.buf);
		status = report_fatal(&err);
	}
	strbuf_release(&program);
	return status;
}

static int help(const char *name)
{
	struct strbuf page = STRBUF_INIT;
	struct error err = ERROR_INIT;
	char *argv[] = { NULL, NULL, NULL };
	int status;

	if (!name) {
		print_help(stdout);
		return finish(STATUS_OK);
	}
	strbuf_addf(&page, "galley-%s", name);
	argv[1] = page.buf;
	errno = run("man", argv);
	error_set_errno(&err, "cannot run 'man'");
	status = report_fatal(&err);
	strbuf_release(&page);
	return status;
}

int main(int argc, char **argv)
{
	struct error err = ERROR_INIT;
	int at = 1;

	while (at + 1 < argc && !strcmp(argv[at], "-C")) {
		if (chdir(argv[at + 1]) < 0) {
			error_set_errno(&err, "cannot change to '%s'",
					argv[at + 1]);
			return report_fatal(&err);
		}
		at += 2;
	}
	if (at == argc) {
		print_help(stderr);
		return STATUS_USAGE;
	}
	if (!strcmp(argv[at], "help") || !strcmp(argv[at], "-h") ||
	    !strcmp(argv[at], "--help"))
		return help(argv[at + 1]);
	if (!strcmp(argv[at], "--version")) {
		puts("galley " VERSION);
		return finish(STATUS_OK);
	}
	if (argv[at][0] == '-')
		usage_error(usage, "unknown option '%s'", argv[at]);
	look_beside_us(argv[0]);
	return run_command(argv[at], argv + at);
}
