/* SPDX-License-Identifier: MIT */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"
#include "editor.h"
#include "error.h"
#include "repository.h"
#include "strbuf.h"

static void choose(struct strbuf *out, struct repository *repo)
{
	static const char *const names[] = { "VISUAL", "EDITOR" };
	const char *said = getenv("GIT_EDITOR");
	char *configured = NULL;

	if (!said && !repository_config(&configured, repo, "core.editor",
					NULL))
		said = configured;
	for (size_t i = 0; i < 2 && (!said || !*said); i++)
		said = getenv(names[i]);
	strbuf_adds(out, said && *said ? said : "vi");
	free(configured);
}

static void run_editor(const char *editor, const char *path)
{
	struct strbuf command = STRBUF_INIT;

	/* it may have arguments of its own */
	strbuf_addf(&command, "%s \"$@\"", editor);
	execl("/bin/sh", "sh", "-c", command.buf, editor, path, (char *)NULL);
	_exit(127);
}

/* Ctrl-C is the editor's while it runs. */
static int run(const char *editor, const char *path, struct error *err)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN }, interrupt, quit;
	int status = -1;
	pid_t child;

	fflush(stdout);
	sigaction(SIGINT, &ignore, &interrupt);
	sigaction(SIGQUIT, &ignore, &quit);
	child = fork();
	if (!child) {
		sigaction(SIGINT, &interrupt, NULL);
		sigaction(SIGQUIT, &quit, NULL);
		run_editor(editor, path);
	}
	while (child > 0 && waitpid(child, &status, 0) < 0)
		;
	sigaction(SIGINT, &interrupt, NULL);
	sigaction(SIGQUIT, &quit, NULL);
	if (child < 0 || !WIFEXITED(status) || WEXITSTATUS(status))
		return error_set(err, ERROR_IO, "there was trouble with the "
				 "editor '%s'", editor);
	return 0;
}

int editor_edit(struct strbuf *text, struct repository *repo,
		const char *name, struct error *err)
{
	struct strbuf editor = STRBUF_INIT, path = STRBUF_INIT;
	int rc;

	choose(&editor, repo);
	strbuf_addf(&path, "%s%s", repository_path(repo), name);
	rc = write_file(path.buf, strbuf_slice(text), err);
	if (!rc && strcmp(editor.buf, ":"))
		rc = run(editor.buf, path.buf, err);
	if (!rc) {
		strbuf_truncate(text, 0);
		rc = read_file(text, path.buf, err);
	}
	strbuf_release(&editor);
	strbuf_release(&path);
	return rc;
}
