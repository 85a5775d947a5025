/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "error.h"
#include "maildir.h"

static char folder[] = "/tmp/maildir-XXXXXX";

static int enter_folder(void **state)
{
	return !mkdtemp(folder) || chdir(folder);
}

static int leave_folder(void **state)
{
	char command[64];

	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return chdir("/") || system(command);
}

static void make_file(const char *path)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fclose(f);
}

static void messages_are_in_cur_and_new_alone(void **state)
{
	static const char *const files[] = { "box/new/1700000003.b.host",
		"box/cur/1700000001.a.host:2,S", "box/tmp/1700000000.t.host",
		"box/cur/.hidden", "box/cur/1700000002.c.host:2,",
		"box/dovecot.index" };
	static const char *const want[] = { "box/cur/1700000001.a.host:2,S",
		"box/cur/1700000002.c.host:2,", "box/new/1700000003.b.host" };
	struct maildir maildir = MAILDIR_INIT;

	mkdir("box", 0777);
	mkdir("box/cur", 0777);
	mkdir("box/tmp", 0777);
	assert_false(maildir_is("box"));
	mkdir("box/new", 0777);
	assert_true(maildir_is("box"));
	mkdir("box/cur/folder", 0777);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		make_file(files[i]);
	assert_int_equal(0, symlink("/etc/hostname", "box/cur/17.link"));
	assert_int_equal(0, maildir_list(&maildir, "box/", NULL));
	assert_int_equal(3, maildir.count);
	for (size_t i = 0; i < 3; i++)
		assert_string_equal(want[i], maildir.paths[i]);
	maildir_release(&maildir);
}

static void what_is_no_maildir_is_said(void **state)
{
	struct maildir maildir = MAILDIR_INIT;
	struct error err = ERROR_INIT;

	assert_false(maildir_is("nowhere"));
	assert_int_equal(ERROR_IO, maildir_list(&maildir, "nowhere", &err));
	assert_non_null(strstr(err.message, "cannot read 'nowhere/cur'"));
	maildir_release(&maildir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(messages_are_in_cur_and_new_alone),
		cmocka_unit_test(what_is_no_maildir_is_said),
	};

	return cmocka_run_group_tests_name("maildir", tests, enter_folder,
					   leave_folder);
}
