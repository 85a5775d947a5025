/* SPDX-License-Identifier: MIT */
/* The author's editor, as git finds it. */
#ifndef EDITOR_H
#define EDITOR_H

struct error;
struct repository;
struct strbuf;

/**
 * Let the author edit `text` in the file `name` of git's own folder, with the
 * editor that GIT_EDITOR, core.editor, VISUAL or EDITOR name, else vi. `text`
 * becomes what the file has then; it stays there for as long as nobody edits
 * another. ERROR_IO: the editor could not be run, or said no.
 */
int editor_edit(struct strbuf *text, struct repository *repo,
		const char *name, struct error *err);

#endif
