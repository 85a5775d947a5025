/* SPDX-License-Identifier: MIT */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive_read.h"
#include "archive_write.h"
#include "error.h"
#include "strbuf.h"

static struct error err = ERROR_INIT;

static void load(struct strbuf *out, const char *path)
{
	FILE *in = fopen(path, "rb");
	char buf[4096];
	size_t n;

	assert_non_null(in);
	while ((n = fread(buf, 1, sizeof(buf), in)) > 0)
		strbuf_add(out, buf, n);
	fclose(in);
}

/* An archive of two files, the second of 5,000 bytes. */
static void make(struct strbuf *out, const char *name)
{
	struct archive_write *archive;
	char path[] = "/tmp/archive-read-XXXXXX";
	struct strbuf text = STRBUF_INIT;
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	close(fd);
	while (text.len < 5000)
		strbuf_adds(&text, "fog ");
	archive_write_open(&archive, path, 1767323045);
	assert_int_equal(0, archive_write_add(archive, "a", SLICE("first"),
					      ARCHIVE_STORE, &err));
	assert_int_equal(0, archive_write_add(archive, name,
					      strbuf_slice(&text),
					      ARCHIVE_DEFLATE, &err));
	assert_int_equal(0, archive_write_commit(archive, &err));
	archive_write_close(archive);
	load(out, path);
	unlink(path);
	strbuf_release(&text);
}

static void what_was_written_is_read(void **state)
{
	struct strbuf bytes = STRBUF_INIT, text = STRBUF_INIT;
	struct archive_read *archive;

	make(&bytes, "EPUB/text/fog.xhtml");
	assert_int_equal(0, archive_read_open(&archive, strbuf_slice(&bytes),
					      "x", &err));
	assert_int_equal(2, archive_read_count(archive));
	assert_string_equal("a", archive_read_name(archive, 0));
	assert_int_equal(1, archive_read_find(archive, "EPUB/text/fog.xhtml"));
	assert_true(archive_read_find(archive, "EPUB/text") == SIZE_MAX);
	assert_int_equal(0, archive_read_entry(&text, archive, 0, &err));
	assert_int_equal(0, archive_read_entry(&text, archive, 1, &err));
	assert_int_equal(5 + 5000, text.len);
	assert_memory_equal("firstfog fog ", text.buf, 13);
	archive_read_close(archive);
	strbuf_release(&bytes);
	strbuf_release(&text);
}

static void names_that_lead_elsewhere_are_refused(void **state)
{
	static const char *const names[] = {
		"/x", "../x", "a/../x", "a/..", "a//x", "./x", "a\\x", "a\nx",
		"a\x7fx"
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct strbuf bytes = STRBUF_INIT;
		struct archive_read *archive = NULL;

		make(&bytes, names[i]);
		if (archive_read_open(&archive, strbuf_slice(&bytes), "x",
				      &err) != ERROR_MALFORMED)
			fail_msg("taken: '%s'", names[i]);
		strbuf_release(&bytes);
	}
}

/* Whatever byte is another one, and wherever it ends: an error or not, and
 * never more bytes than were promised. */
static void damage_is_noticed(void **state)
{
	struct strbuf bytes = STRBUF_INIT, text = STRBUF_INIT;
	struct archive_read *archive;
	size_t wrong = 0;

	make(&bytes, "b");
	for (size_t i = 0; i < 2 * bytes.len; i++) {
		size_t at = i % bytes.len;
		bool cut = i >= bytes.len;
		struct slice some = { bytes.buf, cut ? at : bytes.len };

		bytes.buf[at] ^= (char)(cut ? 0 : 0x55);
		if (!archive_read_open(&archive, some, "x", &err)) {
			for (size_t k = 0; k < archive_read_count(archive);
			     k++) {
				strbuf_truncate(&text, 0);
				if (archive_read_entry(&text, archive, k,
						       &err))
					continue;
				wrong += text.len != 5 && text.len != 5000;
				wrong += text.len == 5000 &&
					 memcmp(text.buf, "fog fog ", 8);
			}
			archive_read_close(archive);
		}
		bytes.buf[at] ^= (char)(cut ? 0 : 0x55);
	}
	assert_int_equal(0, wrong);
	strbuf_release(&bytes);
	strbuf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_written_is_read),
		cmocka_unit_test(names_that_lead_elsewhere_are_refused),
		cmocka_unit_test(damage_is_noticed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
