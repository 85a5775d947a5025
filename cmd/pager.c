/* SPDX-License-Identifier: MIT */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"
#include "pager.h"
#include "repository.h"
#include "styled.h"

static pid_t pager;

/* git's order; "" and "cat" are no pager. NULL: none. */
static char *choose(struct repository *repo)
{
	const char *name = getenv("GIT_PAGER");
	char *configured = NULL;

	if (!name && !repository_config(&configured, repo, "core.pager",
					NULL))
		name = configured;
	if (!name)
		name = getenv("PAGER");
	if (!name)
		name = "less";
	if (!*name || !strcmp(name, "cat")) {
		free(configured);
		return NULL;
	}
	return configured ? configured : strdup(name);
}

static void run(const char *command, int in)
{
	dup2(in, STDIN_FILENO);
	close(in);
	/* leave when all fits on the screen, show colours, keep the screen */
	setenv("LESS", "FRX", 0);
	execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(127);
}

void pager_begin(struct repository *repo)
{
	char *command;
	int ends[2];

	if (!isatty(STDOUT_FILENO) || !(command = choose(repo)))
		return;
	/* asked while stdout is the terminal still */
	(void)color_wanted();
	(void)terminal_width();
	if (pipe(ends) < 0)
		goto out;
	fflush(stdout);
	pager = fork();
	if (!pager) {
		close(ends[1]);
		run(command, ends[0]);
	}
	close(ends[0]);
	if (pager > 0) {
		dup2(ends[1], STDOUT_FILENO);
		signal(SIGINT, SIG_IGN); /* it is the pager's */
		signal(SIGPIPE, SIG_IGN);
	}
	close(ends[1]);
out:
	free(command);
}

void pager_end(void)
{
	if (pager <= 0)
		return;
	fclose(stdout);
	while (waitpid(pager, NULL, 0) < 0)
		;
	pager = 0;
}
