/* SPDX-License-Identifier: MIT */
/*
 * For unit tests: a repository in a folder of its own, with git as the judge
 * of what is in it. Include after <cmocka.h>.
 */
#ifndef PLACE_H
#define PLACE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "repository.h"

struct place {
	char path[64];
	struct repository *repo;
	struct error err;
};

static inline int run(const struct place *place, const char *command)
{
	char line[1024];

	snprintf(line, sizeof(line), "cd '%s' && { %s; } >out 2>&1 </dev/null",
		 place->path, command);
	return system(line);
}

static inline struct place *place_new(void)
{
	struct place *place = calloc(1, sizeof(*place));

	strcpy(place->path, "/tmp/galley-unit-XXXXXX");
	assert_non_null(mkdtemp(place->path));
	assert_int_equal(0, setenv("HOME", place->path, 1));
	unsetenv("XDG_CONFIG_HOME");
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	assert_int_equal(0, run(place,
		"git config --global user.name 'A. Writer' && "
		"git config --global user.email writer@example.org && "
		"git config --global init.defaultBranch main && "
		"git init -q book && printf out >book/.git/info/exclude"));
	return place;
}

static inline int setup(void **state)
{
	struct place *place = place_new();
	char path[80];

	snprintf(path, sizeof(path), "%s/book", place->path);
	assert_int_equal(0, repository_open(&place->repo, path, &place->err));
	strcpy(place->path, path);
	*state = place;
	return 0;
}

static inline int teardown(void **state)
{
	struct place *place = *state;
	char line[192];

	repository_close(place->repo);
	*strrchr(place->path, '/') = '\0';
	snprintf(line, sizeof(line), "chmod -R u+rwX '%.63s' && rm -rf '%.63s'",
		 place->path, place->path);
	assert_int_equal(0, system(line));
	free(place);
	return 0;
}

/** Holds if the shell's command does, run in the work tree. */
#define assert_run(place, command) \
	assert_int_equal(0, run(place, command))

#define assert_clean(place) \
	assert_int_equal(0, run(place, "test -z \"$(git status --porcelain)\"" \
			" && git fsck --strict --no-progress"))

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
