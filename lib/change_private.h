/* SPDX-License-Identifier: MIT */
/*
 * What change.c (the commits), change_check.c (is the author's work in the
 * way?) and change_publish.c (work tree, index, HEAD) share.
 */
#ifndef CHANGE_PRIVATE_H
#define CHANGE_PRIVATE_H

#include <time.h>

#include "arena.h"
#include "object_list.h"
#include "person.h"
#include "repository_git.h"

struct tree_edit;

struct change_file {
	const char *path;
	size_t object;		/* its text, a number of the object list */
	size_t size;
	size_t order;		/* in which they were asked for */
	bool remove;
	bool in_place;		/* the work tree has it so already */
	bool is_new;		/* the work tree has nothing there */
	bool executable;	/* the file in the work tree is */
	uint32_t mode;		/* as it is committed */
	git_oid id;
};

struct signature {
	struct person who;	/* strings: arena */
	struct moment when;
};

struct change {
	struct repository *repo;
	struct arena arena;
	struct change_file *files;	/* of all commits, in their order */
	size_t count, capacity;
	size_t applied;			/* those that have been committed */
	git_commit *head;		/* NULL before the first commit */
	bool bare;
	struct object_list *objects;
	struct tree_edit *tree;		/* of the last commit */
	git_oid last;			/* the last commit that was made */
	size_t made;			/* how many */
	const char *last_message;
	git_index *index;
	int work_tree;
	struct timespec index_time;
	struct file_list in_head, in_index;	/* paths: arena or index */
	struct staging *staging;
	struct said {
		const char *name, *email;	/* NULL: as in git config */
		bool dated;
		struct moment when;
	} said_author, said_committer;
	bool is_signed;
	struct signature author, committer;
};

/** Know author and committer, once: all commits are of one moment. */
int change_sign(struct change *change, struct error *err);

/** What HEAD and the index have, read now. */
int change_read_lists(struct change *change, struct error *err);
void change_forget_lists(struct change *change);

/** May all files be put in their places? Fills in what is there. */
int change_check_files(struct change *change, struct error *err);

/** Put the files and the index in their places; HEAD comes after that. */
int change_stage_files(struct change *change, struct error *err);
int change_place_files(struct change *change, const git_oid *commit,
		       struct error *err);

int change_move_head(struct change *change, const git_oid *commit,
		     struct error *err);

#endif
