/* SPDX-License-Identifier: MIT */
/* A pager for long lists, as git has it. */
#ifndef PAGER_H
#define PAGER_H

struct repository;

/**
 * If stdout is a terminal, let what is printed from now on go through the
 * pager that GIT_PAGER, core.pager or PAGER name, else less. finish() of
 * command.h must be followed by pager_end().
 */
void pager_begin(struct repository *repo);

/** Wait until the person has seen enough. */
void pager_end(void);

#endif
