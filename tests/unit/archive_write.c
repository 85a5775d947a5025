/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <signal.h>
#include <dirent.h>
#include <zip.h>

#include <cmocka.h>

#include "archive_write.h"
#include "error.h"
#include "strbuf.h"

#define WHEN 1700000001 /* 2023-11-14 22:13:21 UTC */

static char folder[64];

static const char *in_folder(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

static size_t files_in_folder(void)
{
	DIR *dir = opendir(folder);
	size_t count = 0;

	for (struct dirent *d; (d = readdir(dir));)
		count += d->d_name[0] != '.';
	closedir(dir);
	return count;
}

static int make_folder(void **state)
{
	snprintf(folder, sizeof(folder), "/tmp/archive_write.XXXXXX");
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -r '%s'", folder);
	return system(command);
}

static void slurp(struct strbuf *out, const char *path)
{
	FILE *in = fopen(path, "rb");
	size_t n;

	assert_non_null(in);
	do {
		strbuf_grow(out, 65536);
		n = fread(out->buf + out->len, 1, 65536, in);
		out->len += n;
	} while (n);
	fclose(in);
}

static void fill(struct strbuf *out, size_t size)
{
	uint32_t seed = 7;

	while (out->len < size) {
		seed = seed * 1664525 + 1013904223;
		strbuf_addf(out, "%x fog ", seed >> 20);
	}
}

static void write_small(const char *path, int64_t when)
{
	struct archive_write *archive;
	struct error err = ERROR_INIT;
	struct strbuf text = STRBUF_INIT;

	fill(&text, 10000);
	archive_write_open(&archive, path, when);
	assert_int_equal(0, archive_write_add(
		archive, "mimetype", SLICE("application/epub+zip"),
		ARCHIVE_STORE, &err));
	assert_int_equal(0, archive_write_add(
		archive, "META-INF/container.xml", SLICE("<container/>"),
		ARCHIVE_DEFLATE, &err));
	assert_int_equal(0, archive_write_add(
		archive, "EPUB/one.xhtml", strbuf_slice(&text),
		ARCHIVE_DEFLATE, &err));
	assert_int_equal(0, archive_write_add(
		archive, "EPUB/empty.css", SLICE(""), ARCHIVE_DEFLATE, &err));
	assert_int_equal(0, archive_write_commit(archive, &err));
	archive_write_close(archive);
	strbuf_release(&text);
}

static void an_epub_says_what_it_is_in_its_first_bytes(void **state)
{
	struct strbuf bytes = STRBUF_INIT;

	write_small(in_folder("a.epub"), WHEN);
	slurp(&bytes, in_folder("a.epub"));
	assert_memory_equal("PK\003\004", bytes.buf, 4);
	assert_int_equal(0, bytes.buf[6] & 8);	/* no data descriptor */
	assert_int_equal(0, bytes.buf[8]);	/* stored */
	assert_memory_equal("mimetypeapplication/epub+zip", bytes.buf + 30,
			    28);
	/* 22:13:20, 2023-11-14 */
	assert_memory_equal("\xaa\xb1\x6e\x57", bytes.buf + 10, 4);
	strbuf_release(&bytes);
}

static void no_header_has_an_extra_field(void **state)
{
	struct strbuf bytes = STRBUF_INIT;
	size_t headers = 0;

	write_small(in_folder("a.epub"), WHEN);
	slurp(&bytes, in_folder("a.epub"));
	for (size_t i = 0; i + 46 < bytes.len; i++) {
		const unsigned char *p = (unsigned char *)bytes.buf + i;

		if (!memcmp(p, "PK\003\004", 4)) {
			headers++;
			assert_int_equal(0, p[28] | p[29]);
			assert_int_equal(0, p[6] & 8);
		} else if (!memcmp(p, "PK\001\002", 4)) {
			headers++;
			assert_int_equal(0, p[30] | p[31] | p[32] | p[33]);
			assert_int_equal(3, p[5]); /* Unix */
			assert_memory_equal("\0\0\xa4\x81", p + 38, 4);
		}
	}
	assert_int_equal(8, headers);
	strbuf_release(&bytes);
}

static void assert_same_files(const char *a, const char *b)
{
	struct strbuf x = STRBUF_INIT, y = STRBUF_INIT;

	slurp(&x, a);
	slurp(&y, b);
	assert_int_equal(x.len, y.len);
	assert_memory_equal(x.buf, y.buf, x.len);
	strbuf_release(&x);
	strbuf_release(&y);
}

static void the_time_zone_changes_nothing(void **state)
{
	/* the last is an hour that New York did not have */
	static const int64_t when[] = { 0, WHEN, 1710037800, 5000000000 };
	static const char *const zone[] = {
		"America/New_York", "Asia/Kathmandu", "Pacific/Apia" };
	char plain[128];

	snprintf(plain, sizeof(plain), "%s", in_folder("utc.zip"));
	for (size_t i = 0; i < sizeof(when) / sizeof(*when); i++) {
		setenv("TZ", "UTC", 1);
		tzset();
		write_small(plain, when[i]);
		for (size_t j = 0; j < sizeof(zone) / sizeof(*zone); j++) {
			setenv("TZ", zone[j], 1);
			tzset();
			write_small(in_folder("zone.zip"), when[i]);
			assert_same_files(plain, in_folder("zone.zip"));
		}
	}
	unsetenv("TZ");
	tzset();
}

static void an_hour_the_zone_never_had_is_kept(void **state)
{
	struct strbuf bytes = STRBUF_INIT;

	setenv("TZ", "America/New_York", 1);
	tzset();
	write_small(in_folder("gap.zip"), 1710037800); /* 02:30 UTC */
	slurp(&bytes, in_folder("gap.zip"));
	assert_memory_equal("\xc0\x13\x6a\x58", bytes.buf + 10, 4);
	unsetenv("TZ");
	tzset();
	strbuf_release(&bytes);
}

static void entries_come_back(void **state)
{
	struct strbuf text = STRBUF_INIT, back = STRBUF_INIT;
	struct archive_write *archive;
	struct error err = ERROR_INIT;
	char name[32];
	zip_t *zip;

	fill(&text, 3000000); /* and more than is kept in memory */
	archive_write_open(&archive, in_folder("big.zip"), WHEN);
	for (int i = 0; i < 9; i++) {
		snprintf(name, sizeof(name), "text/%d", i);
		assert_int_equal(0, archive_write_add(
			archive, name,
			slice_sub(strbuf_slice(&text), (size_t)i, text.len),
			i % 3 ? ARCHIVE_DEFLATE : ARCHIVE_STORE, &err));
	}
	assert_int_equal(0, archive_write_commit(archive, &err));
	archive_write_close(archive);

	zip = zip_open(in_folder("big.zip"), ZIP_CHECKCONS, NULL);
	assert_non_null(zip);
	assert_int_equal(9, zip_get_num_entries(zip, 0));
	strbuf_grow(&back, text.len);
	for (int i = 0; i < 9; i++) {
		zip_file_t *file = zip_fopen_index(zip, (zip_uint64_t)i, 0);
		size_t size = text.len - (size_t)i;
		zip_stat_t st;

		assert_int_equal(0, zip_stat_index(zip, (zip_uint64_t)i, 0,
						   &st));
		assert_int_equal(i % 3 ? ZIP_CM_DEFLATE : ZIP_CM_STORE,
				 st.comp_method);
		assert_int_equal(size, zip_fread(file, back.buf, size));
		assert_memory_equal(text.buf + i, back.buf, size);
		assert_int_equal(0, zip_fclose(file)); /* the check sum */
	}
	zip_close(zip);
	assert_int_equal(1, files_in_folder());
	strbuf_release(&text);
	strbuf_release(&back);
}

static void what_does_not_shrink_is_stored(void **state)
{
	struct strbuf noise = STRBUF_INIT;
	struct archive_write *archive;
	struct error err = ERROR_INIT;
	uint32_t seed = 1;
	zip_stat_t st;
	zip_t *zip;

	for (int i = 0; i < 5000; i++) {
		seed = seed * 1664525 + 1013904223;
		strbuf_addch(&noise, (char)(seed >> 24));
	}
	archive_write_open(&archive, in_folder("a.zip"), WHEN);
	assert_int_equal(0, archive_write_add(archive, "noise",
					      strbuf_slice(&noise),
					      ARCHIVE_DEFLATE, &err));
	assert_int_equal(0, archive_write_commit(archive, &err));
	archive_write_close(archive);
	zip = zip_open(in_folder("a.zip"), ZIP_CHECKCONS, NULL);
	assert_int_equal(0, zip_stat_index(zip, 0, 0, &st));
	assert_int_equal(ZIP_CM_STORE, st.comp_method);
	zip_close(zip);
	strbuf_release(&noise);
}

static void an_archive_that_is_given_up_leaves_nothing(void **state)
{
	struct archive_write *archive;
	struct error err = ERROR_INIT;
	struct strbuf text = STRBUF_INIT;

	fill(&text, 4000000);
	archive_write_open(&archive, in_folder("a.zip"), WHEN);
	assert_int_equal(0, archive_write_add(archive, "x",
					      strbuf_slice(&text),
					      ARCHIVE_STORE, &err));
	archive_write_close(archive);
	assert_int_equal(0, files_in_folder());
	strbuf_release(&text);
}

static void a_full_disk_leaves_the_old_archive(void **state)
{
	struct rlimit old, low = { 6000, 6000 };
	struct strbuf text = STRBUF_INIT;
	struct archive_write *archive;
	struct error err = ERROR_INIT;

	write_small(in_folder("a.zip"), WHEN);
	write_small(in_folder("b.zip"), WHEN);
	fill(&text, 40000);
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &old);
	low.rlim_max = old.rlim_max;
	archive_write_open(&archive, in_folder("a.zip"), WHEN);
	assert_int_equal(0, archive_write_add(archive, "x",
					      strbuf_slice(&text),
					      ARCHIVE_STORE, &err));
	setrlimit(RLIMIT_FSIZE, &low);
	assert_int_equal(ERROR_IO, archive_write_commit(archive, &err));
	setrlimit(RLIMIT_FSIZE, &old);
	archive_write_close(archive);
	assert_non_null(strstr(err.message, "a.zip"));
	assert_int_equal(2, files_in_folder());
	write_small(in_folder("b.zip"), WHEN);
	strbuf_release(&text);
}

static void a_full_disk_is_met_while_adding_too(void **state)
{
	struct rlimit old, low = { 100000, 0 };
	struct strbuf text = STRBUF_INIT;
	struct archive_write *archive;
	struct error err = ERROR_INIT;

	fill(&text, 4000000);
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &old);
	low.rlim_max = old.rlim_max;
	setrlimit(RLIMIT_FSIZE, &low);
	archive_write_open(&archive, in_folder("a.zip"), WHEN);
	assert_int_equal(ERROR_IO, archive_write_add(
		archive, "x", strbuf_slice(&text), ARCHIVE_STORE, &err));
	setrlimit(RLIMIT_FSIZE, &old);
	archive_write_close(archive);
	assert_int_equal(0, files_in_folder());
	strbuf_release(&text);
}

static void a_folder_that_is_not_there_is_named(void **state)
{
	struct archive_write *archive;
	struct error err = ERROR_INIT;

	archive_write_open(&archive, in_folder("none/a.zip"), WHEN);
	assert_int_equal(0, archive_write_add(archive, "x", SLICE("x"),
					      ARCHIVE_STORE, &err));
	assert_int_equal(ERROR_IO, archive_write_commit(archive, &err));
	assert_non_null(strstr(err.message, "none/a.zip'"));
	assert_non_null(strstr(err.message, "No such file"));
	archive_write_close(archive);
}

static void too_many_entries_are_refused(void **state)
{
	struct archive_write *archive;
	struct error err = ERROR_INIT;

	archive_write_open(&archive, in_folder("a.zip"), WHEN);
	for (int i = 0; i < 65534; i++)
		assert_int_equal(0, archive_write_add(
			archive, "x", SLICE(""), ARCHIVE_STORE, &err));
	assert_int_equal(ERROR_LIMIT, archive_write_add(
		archive, "x", SLICE(""), ARCHIVE_STORE, &err));
	archive_write_close(archive);
}

#define IN_FOLDER(test)                                                       \
	cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(an_epub_says_what_it_is_in_its_first_bytes),
		IN_FOLDER(no_header_has_an_extra_field),
		IN_FOLDER(the_time_zone_changes_nothing),
		IN_FOLDER(an_hour_the_zone_never_had_is_kept),
		IN_FOLDER(entries_come_back),
		IN_FOLDER(what_does_not_shrink_is_stored),
		IN_FOLDER(an_archive_that_is_given_up_leaves_nothing),
		IN_FOLDER(a_full_disk_leaves_the_old_archive),
		IN_FOLDER(a_full_disk_is_met_while_adding_too),
		IN_FOLDER(a_folder_that_is_not_there_is_named),
		IN_FOLDER(too_many_entries_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
