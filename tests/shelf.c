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
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <zip.h>

#include "alloc.h"
#include "book.h"
#include "epub_write.h"
#include "markdown_read.h"
#include "shelf.h"

#define MAX_FILE (260u * 1024)

static void add_name(struct names *names, const char *name)
{
	GROW(names->items, names->count, names->capacity);
	names->items[names->count++] = xstrdup(name);
}

static void free_names(struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->items[i]);
	free(names->items);
	*names = (struct names){ NULL, 0, 0 };
}

void run(const struct shelf *shelf, const char *command)
{
	struct strbuf line = STRBUF_INIT;

	strbuf_addf(&line, "cd '%s' && { %s; } >/dev/null 2>&1 </dev/null",
		    shelf->folder, command);
	assert_int_equal(0, system(line.buf));
	strbuf_release(&line);
}

void put(const struct shelf *shelf, const char *name, struct slice text)
{
	char path[200];
	FILE *out;

	snprintf(path, sizeof(path), "%s/book/%s", shelf->folder, name);
	out = fopen(path, "wb");
	assert_non_null(out);
	assert_int_equal(text.len, fwrite(text.ptr, 1, text.len, out));
	assert_int_equal(0, fclose(out));
}

void put_str(const struct shelf *shelf, const char *name, const char *text)
{
	put(shelf, name, slice_of(text));
}

int setup(void **state)
{
	struct shelf *shelf = xcalloc(1, sizeof(*shelf));

	shelf->warnings = (struct strbuf)STRBUF_INIT;
	strcpy(shelf->folder, "/tmp/galley-epub-XXXXXX");
	assert_non_null(mkdtemp(shelf->folder));
	setenv("HOME", shelf->folder, 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	unsetenv("XDG_CONFIG_HOME");
	setenv("GIT_AUTHOR_DATE", "2026-01-02T03:04:05Z", 1);
	setenv("GIT_COMMITTER_DATE", "2026-01-02T03:04:05Z", 1);
	run(shelf, "git config --global user.name 'A. Writer' && "
		   "git config --global user.email writer@example.org && "
		   "git init -q book");
	put_str(shelf, "galley.conf",
		"[book]\ntitle = The Harbour\nauthor = A. Writer\n"
		"language = en-GB\n");
	*state = shelf;
	return 0;
}

void forget(struct shelf *shelf)
{
	for (size_t i = 0; i < shelf->files.count; i++)
		free(shelf->texts[i]);
	free(shelf->texts);
	shelf->texts = NULL;
	free_names(&shelf->files);
	free_names(&shelf->ids);
	free_names(&shelf->links);
	strbuf_truncate(&shelf->warnings, 0);
}

int teardown(void **state)
{
	struct shelf *shelf = *state;

	run(shelf, "rm -rf \"$PWD\"");
	forget(shelf);
	strbuf_release(&shelf->warnings);
	free(shelf);
	return 0;
}

/* ---- what holds for all e-books --------------------------------------- */

/* "EPUB/text/a.xhtml" and "../notes.xhtml#n" make "EPUB/notes.xhtml#n". */
static void resolve(struct strbuf *out, const char *from, const char *href)
{
	size_t len;

	strbuf_adds(out, from);
	if (*href == '#') {
		strbuf_adds(out, href);
		return;
	}
	len = (size_t)(strrchr(from, '/') + 1 - from);
	strbuf_truncate(out, len);
	for (; !strncmp(href, "../", 3); href += 3) {
		strbuf_truncate(out, out->len - 1);
		strbuf_truncate(out, (size_t)(strrchr(out->buf, '/') + 1 -
					      out->buf));
	}
	strbuf_adds(out, href);
}

static void note_attribute(struct shelf *shelf, const char *file,
			   const xmlNode *node, const char *name)
{
	xmlChar *value = xmlGetNoNsProp(node, BAD_CAST name);
	struct strbuf full = STRBUF_INIT;

	if (!value)
		return;
	if (!strcmp(name, "id")) {
		strbuf_addf(&full, "%s#%s", file, (char *)value);
		add_name(&shelf->ids, full.buf);
	} else if (!strchr((char *)value, ':')) {
		resolve(&full, file, (char *)value);
		add_name(&shelf->links, full.buf);
	}
	strbuf_release(&full);
	xmlFree(value);
}

static void note_node(struct shelf *shelf, const char *file,
		      const xmlNode *root)
{
	const xmlNode *n = root;

	while (n) {
		if (n->type == XML_ELEMENT_NODE) {
			note_attribute(shelf, file, n, "id");
			note_attribute(shelf, file, n, "href");
			note_attribute(shelf, file, n, "src");
		}
		if (n->children) {
			n = n->children;
			continue;
		}
		while (n != root && !n->next)
			n = n->parent;
		n = n == root ? NULL : n->next;
	}
}

static void check_file(struct shelf *shelf, const char *name,
		       struct slice text)
{
	const char *dot = strrchr(name, '.');
	xmlDoc *doc;

	if (!dot || !strcmp(dot, ".css") || !strcmp(dot, ".png"))
		return;
	if (!strcmp(dot, ".xhtml") && text.len > MAX_FILE)
		fail_msg("%s has %zu bytes", name, text.len);
	doc = xmlReadMemory(text.ptr, (int)text.len, name, NULL,
			    XML_PARSE_NONET | XML_PARSE_HUGE |
			    XML_PARSE_NOERROR);
	if (!doc)
		fail_msg("%s is not well-formed:\n%.2000s", name, text.ptr);
	if (strcmp(dot, ".svg"))
		note_node(shelf, name, xmlDocGetRootElement(doc));
	xmlFreeDoc(doc);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool has_name(const struct names *sorted, const char *name)
{
	return sorted->count &&
	       bsearch(&name, sorted->items, sorted->count, sizeof(char *),
		       by_name);
}

static void check_links(struct shelf *shelf)
{
	struct names files = { NULL, 0, 0 };

	for (size_t i = 0; i < shelf->files.count; i++)
		add_name(&files, shelf->files.items[i]);
	qsort(files.items, files.count, sizeof(char *), by_name);
	qsort(shelf->ids.items, shelf->ids.count, sizeof(char *), by_name);
	for (size_t i = 1; i < shelf->ids.count; i++)
		if (!strcmp(shelf->ids.items[i - 1], shelf->ids.items[i]))
			fail_msg("id twice: %s", shelf->ids.items[i]);
	for (size_t i = 0; i < shelf->links.count; i++) {
		const char *link = shelf->links.items[i];

		if (!has_name(strchr(link, '#') ? &shelf->ids : &files, link))
			fail_msg("dead link: %s", link);
	}
	qsort(shelf->links.items, shelf->links.count, sizeof(char *), by_name);
	for (size_t i = 0; i < files.count; i++)
		if (strcmp(files.items[i], "mimetype") &&
		    strncmp(files.items[i], "META-INF/", 9) &&
		    strcmp(files.items[i], "EPUB/package.opf") &&
		    !has_name(&shelf->links, files.items[i]))
			fail_msg("not in the manifest: %s", files.items[i]);
	free_names(&files);
}

void open_epub(struct shelf *shelf, const char *path)
{
	zip_t *zip = zip_open(path, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
	zip_int64_t count;

	assert_non_null(zip);
	count = zip_get_num_entries(zip, 0);
	shelf->texts = xcalloc((size_t)count, sizeof(char *));
	for (zip_int64_t i = 0; i < count; i++) {
		zip_file_t *file = zip_fopen_index(zip, (zip_uint64_t)i, 0);
		zip_stat_t st;

		assert_int_equal(0, zip_stat_index(zip, (zip_uint64_t)i, 0,
						   &st));
		shelf->texts[i] = xmalloc(st.size + 1);
		assert_int_equal(st.size, zip_fread(file, shelf->texts[i],
						    st.size));
		shelf->texts[i][st.size] = '\0';
		assert_int_equal(0, zip_fclose(file));
		add_name(&shelf->files, st.name);
		check_file(shelf, st.name,
			   (struct slice){ shelf->texts[i], st.size });
	}
	zip_close(zip);
	check_links(shelf);
}

static void note_warning(void *data, const char *path, size_t line,
			 const char *message)
{
	struct shelf *shelf = data;

	strbuf_addf(&shelf->warnings, "%s: %s\n", path ? path : "", message);
}

int try_export(struct shelf *shelf, const char *name)
{
	struct manuscript *ms = NULL;
	struct book *book = NULL;
	char from[80], to[120];
	int rc;

	snprintf(from, sizeof(from), "%s/book", shelf->folder);
	snprintf(to, sizeof(to), "%s/%s", shelf->folder, name);
	rc = manuscript_open(&ms, from, NULL, &shelf->err);
	if (!rc)
		rc = book_open(&book, ms, markdown_read, note_warning, shelf,
			       &shelf->err);
	if (!rc && shelf->reader)
		book_stamp(book, shelf->reader, "R7K3QX");
	if (!rc)
		rc = epub_write(book, to, &shelf->err);
	book_close(book);
	manuscript_close(ms);
	return rc;
}

void make_epub(struct shelf *shelf)
{
	char path[120];

	forget(shelf);
	run(shelf, "cd book && git add -A && git commit -qm book");
	if (try_export(shelf, "out.epub") < 0)
		fail_msg("%s", shelf->err.message);
	snprintf(path, sizeof(path), "%s/out.epub", shelf->folder);
	open_epub(shelf, path);
}

const char *text_of(const struct shelf *shelf, const char *name)
{
	for (size_t i = 0; i < shelf->files.count; i++)
		if (!strcmp(shelf->files.items[i], name))
			return shelf->texts[i];
	fail_msg("no file %s", name);
	return NULL;
}

bool has_file(const struct shelf *shelf, const char *name)
{
	for (size_t i = 0; i < shelf->files.count; i++)
		if (!strcmp(shelf->files.items[i], name))
			return true;
	return false;
}
