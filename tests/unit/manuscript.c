/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "error.h"
#include "manuscript.h"
#include "strbuf.h"

static char place[64];

static int run(const char *command)
{
	char line[2048];

	snprintf(line, sizeof(line), "cd '%s' && { %s; } >>out 2>&1", place,
		 command);
	return system(line);
}

static int setup(void **state)
{
	strcpy(place, "/tmp/galley-unit-XXXXXX");
	assert_non_null(mkdtemp(place));
	assert_int_equal(0, setenv("HOME", place, 1));
	unsetenv("XDG_CONFIG_HOME");
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	return run("git config --global user.name 'A. Writer' && "
		   "git config --global user.email w@example.org && "
		   "git init -q harbour");
}

static int teardown(void **state)
{
	char line[128];

	snprintf(line, sizeof(line), "rm -rf '%s'", place);
	return system(line);
}

static struct manuscript *open_at(const char *folder, const char *rev)
{
	struct manuscript *ms = NULL;
	struct error err = ERROR_INIT;
	char path[128];
	int rc;

	snprintf(path, sizeof(path), "%s/%s", place, folder);
	rc = manuscript_open(&ms, path, rev, &err);
	if (rc < 0)
		print_message("%s\n", err.message);
	assert_int_equal(0, rc);
	return ms;
}

static void settings_outline_and_chunks_are_found(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct error err = ERROR_INIT;
	struct manuscript *ms;

	assert_int_equal(0, run("cd harbour && mkdir part && "
		"printf '[book]\\ntitle = T\\nauthor = A\\nauthor = B\\n"
		"language = de\\n' >galley.conf && "
		"printf -- '- [Fog](part/a.md)\\n- [Later]()\\n' >SUMMARY.md "
		"&& printf words >part/a.md"));
	ms = open_at("harbour/part", NULL);
	assert_false(ms->has_commit);
	assert_string_equal("T", manuscript_title(ms));
	assert_string_equal("A", manuscript_author(ms));
	assert_string_equal("de", manuscript_language(ms));
	assert_string_equal("SUMMARY.md", ms->outline_path);
	assert_string_equal("", ms->folder);
	assert_int_equal(2, ms->outline.count);
	assert_int_equal(0, manuscript_read(&text, ms, &ms->outline.items[0],
					    &err));
	assert_string_equal("words", text.buf);
	assert_int_equal(ERROR_NOT_FOUND, manuscript_read(
		&text, ms, &ms->outline.items[1], &err));
	assert_string_equal("'Later' is not written yet", err.message);
	manuscript_close(ms);
	strbuf_release(&text);
}

static void a_revision_is_read_as_it_was_bare_too(void **state)
{
	struct manuscript *ms;

	assert_int_equal(0, run("cd harbour && "
		"printf -- '# The Harbour\\n- [Fog](a.md)\\n' >SUMMARY.md && "
		"printf one >a.md && git add . && git commit -qm 1 && "
		"git tag -am 1 round/1 && "
		"printf '[book]\\ntitle = New\\n' >galley.conf && "
		"rm a.md SUMMARY.md && git add . && git commit -qam 2 && "
		"git clone -q --bare . ../bare.git"));
	for (int i = 0; i < 2; i++) {
		ms = open_at(i ? "bare.git" : "harbour", "round/1");
		assert_true(ms->has_commit);
		assert_false(ms->modified);
		assert_string_equal("1", ms->round);
		assert_string_equal("The Harbour", manuscript_title(ms));
		assert_string_equal("", manuscript_author(ms));
		assert_string_equal("en", manuscript_language(ms));
		assert_string_equal("a.md", ms->outline.items[0].path);
		assert_string_equal(i ? "bare" : "harbour",
				    repository_name(ms->repo));
		manuscript_close(ms);
	}
	ms = open_at("bare.git", NULL);
	assert_string_equal("New", manuscript_title(ms));
	assert_null(ms->round);
	manuscript_close(ms);
}

static void a_repository_made_for_mdbook_opens(void **state)
{
	struct manuscript *ms;

	assert_int_equal(0, run("cd harbour && mkdir text && "
		"printf '[book]\\ntitle = \"M\"\\nauthors = [\"X\", \"Y\"]\\n"
		"language = \"fr\"\\nsrc = \"./text/\"\\n' >book.toml && "
		"printf -- '# Summary\\n- [Fog](a.md)\\n' >text/SUMMARY.md"));
	ms = open_at("harbour", NULL);
	assert_string_equal("M", manuscript_title(ms));
	assert_string_equal("X", manuscript_author(ms));
	assert_string_equal("Y", settings_get_nth(&ms->settings,
						  "book.author", 1));
	assert_string_equal("fr", manuscript_language(ms));
	assert_string_equal("text/", ms->folder);
	assert_string_equal("text/a.md", ms->outline.items[0].path);
	manuscript_close(ms);
	assert_int_equal(0, run("cd harbour && printf '[book]\\nauthor = Z\\n'"
				" >galley.conf"));
	ms = open_at("harbour", NULL);
	assert_string_equal("Z", manuscript_author(ms));
	assert_null(settings_get_nth(&ms->settings, "book.author", 1));
	manuscript_close(ms);
}

static void without_an_outline_every_tracked_text_is_a_chunk(void **state)
{
	struct manuscript *ms;

	assert_int_equal(0, run("cd harbour && mkdir b .github && "
		"touch README.md LICENSE.txt 02-the_fog.md b/x.markdown "
		"a.TXT pic.png .github/y.md && git add . && "
		"touch untracked.md"));
	ms = open_at("harbour", NULL);
	assert_null(ms->outline_path);
	assert_int_equal(3, ms->outline.count);
	assert_string_equal("The fog", ms->outline.items[0].title);
	assert_string_equal("a.TXT", ms->outline.items[1].path);
	assert_string_equal("b/x.markdown", ms->outline.items[2].path);
	manuscript_close(ms);
	assert_int_equal(0, run("cd harbour && git rm -qf --cached a.TXT b/* "
				"02*"));
	ms = open_at("harbour", NULL);
	assert_int_equal(2, ms->outline.count);
	manuscript_close(ms);
}

static void trouble_is_named(void **state)
{
	struct manuscript *ms = NULL;
	struct error err = ERROR_INIT;
	char path[128];

	snprintf(path, sizeof(path), "%s/harbour", place);
	assert_int_equal(ERROR_NOT_FOUND, manuscript_open(&ms, "/", NULL,
							  &err));
	assert_string_equal("no git repository at '/', nor in a folder above "
			    "it", err.message);
	assert_int_equal(ERROR_NOT_FOUND, manuscript_open(&ms, path, "x",
							  &err));
	assert_string_equal("no revision 'x'", err.message);
	assert_int_equal(0, run("printf '[book]\\noutline = o.md\\n' "
				">harbour/galley.conf"));
	assert_int_equal(ERROR_NOT_FOUND, manuscript_open(&ms, path, NULL,
							  &err));
	assert_string_equal("galley.conf: there is no outline 'o.md'",
			    err.message);
	assert_int_equal(0, run("echo '[' >harbour/galley.conf"));
	assert_int_equal(ERROR_MALFORMED, manuscript_open(&ms, path, NULL,
							  &err));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(settings_outline_and_chunks_are_found),
		TEST(a_revision_is_read_as_it_was_bare_too),
		TEST(a_repository_made_for_mdbook_opens),
		TEST(without_an_outline_every_tracked_text_is_a_chunk),
		TEST(trouble_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
