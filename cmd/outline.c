/* SPDX-License-Identifier: MIT */
/* galley-outline: the chunks in order, with their words and reading time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "command.h"
#include "document.h"
#include "error.h"
#include "json_out.h"
#include "manuscript.h"
#include "markdown_read.h"
#include "strbuf.h"
#include "words.h"

static const char usage[] = "galley-outline [--json] [<rev>]";

#define WORDS_A_MINUTE 230

struct measure {
	size_t words;
	bool missing;		/* the outline names a file that is not there */
};

struct totals {
	size_t words, chunks, missing, planned;
};

static size_t minutes_for(size_t words)
{
	return (words + WORDS_A_MINUTE - 1) / WORDS_A_MINUTE;
}

/* The words that a reader sees, those in notes too. */
static int count_words(size_t *words, struct document *doc, struct slice text,
		       struct error *err)
{
	struct strbuf plain = STRBUF_INIT;
	int rc;

	document_reset(doc);
	if ((rc = markdown_read(doc, text, NULL, err)) < 0)
		return rc;
	node_plain_text(&plain, doc->root);
	for (const struct node *note = doc->footnotes->first; note;
	     note = note->next)
		for (const struct node *n = note->first; n; n = n->next) {
			strbuf_addch(&plain, '\n');
			node_plain_text(&plain, n);
		}
	*words = words_count(strbuf_slice(&plain));
	strbuf_release(&plain);
	return 0;
}

static int measure_chunks(struct measure *measures, struct totals *totals,
			  const struct manuscript *ms, struct error *err)
{
	struct document doc = DOCUMENT_INIT;
	struct strbuf text = STRBUF_INIT;
	int rc = 0;

	for (size_t i = 0; i < ms->outline.count && !rc; i++) {
		const struct outline_entry *e = &ms->outline.items[i];
		struct measure *m = &measures[i];

		totals->planned += !e->path && e->kind != OUTLINE_PART &&
				   e->kind != OUTLINE_SEPARATOR;
		if (!e->path)
			continue;
		totals->chunks++;
		strbuf_truncate(&text, 0);
		rc = manuscript_read(&text, ms, e, err);
		if (rc == ERROR_NOT_FOUND) {
			m->missing = true;
			totals->missing++;
			rc = 0;
			continue;
		}
		if (!rc)
			rc = count_words(&m->words, &doc, strbuf_slice(&text),
					 err);
		totals->words += m->words;
	}
	document_release(&doc);
	strbuf_release(&text);
	return rc;
}

/* "12,345" */
static const char *with_commas(char out[32], size_t n)
{
	char digits[24];
	int len = snprintf(digits, sizeof(digits), "%zu", n), at = 0;

	for (int i = 0; i < len; i++) {
		if (i && (len - i) % 3 == 0)
			out[at++] = ',';
		out[at++] = digits[i];
	}
	out[at] = '\0';
	return out;
}

static void print_entry(const struct outline_entry *e,
			const struct measure *m, int indent, int width)
{
	char number[32];

	if (e->kind == OUTLINE_SEPARATOR)
		return;
	printf("%*s", indent, "");
	print_safe(stdout, slice_of(e->title));
	if (!e->path && e->kind == OUTLINE_PART) {
		putchar('\n');
		return;
	}
	printf("%*s  ", width - indent - safe_columns(e->title), "");
	if (!e->path) {
		printf("%9s\n", "planned");
	} else if (m->missing) {
		printf("%9s  ", "missing");
		print_safe(stdout, slice_of(e->path));
		putchar('\n');
	} else {
		printf("%9s  %4zu min\n", with_commas(number, m->words),
		       minutes_for(m->words));
	}
}

/* "7 h 12 min" */
static void print_time(size_t minutes)
{
	if (minutes >= 60)
		printf("%zu h ", minutes / 60);
	printf("%zu min", minutes % 60);
}

static void print_text(const struct manuscript *ms,
		       const struct measure *measures,
		       const struct totals *totals)
{
	const char *author = manuscript_author(ms);
	int *indents = xcalloc(ms->outline.count + 1, sizeof(*indents));
	bool in_part = false;
	char number[32];
	int width = 24;

	for (size_t i = 0; i < ms->outline.count; i++) {
		const struct outline_entry *e = &ms->outline.items[i];
		int end;

		in_part = in_part || e->kind == OUTLINE_PART;
		if (e->kind == OUTLINE_CHAPTER)
			indents[i] = 2 * ((int)e->depth + in_part);
		end = indents[i] + safe_columns(e->title);
		if (end > width)
			width = end < 60 ? end : 60;
	}
	print_safe(stdout, slice_of(manuscript_title(ms)));
	if (*author) {
		fputs(", by ", stdout);
		print_safe(stdout, slice_of(author));
	}
	fputs("\n\n", stdout);
	for (size_t i = 0; i < ms->outline.count; i++)
		print_entry(&ms->outline.items[i], &measures[i], indents[i],
			    width);
	printf("\n%s words, ", with_commas(number, totals->words));
	print_time(minutes_for(totals->words));
	printf(", %zu chunk%s", totals->chunks,
	       totals->chunks == 1 ? "" : "s");
	if (totals->planned)
		printf(", %zu planned", totals->planned);
	if (totals->missing)
		printf(", %zu missing", totals->missing);
	putchar('\n');
	free(indents);
}

static json_t *entry_json(const struct outline_entry *e,
			  const struct measure *m)
{
	static const char *const kinds[] = { "part", "prefix", "chapter",
					     "suffix", "separator" };
	json_t *out = json_object();

	json_object_set_new(out, "kind", json_string(kinds[e->kind]));
	json_object_set_new(out, "depth", json_integer(e->depth));
	json_object_set_new(out, "title", json_text(e->title));
	json_object_set_new(out, "path", e->path ? json_text(e->path)
						 : json_null());
	if (e->path)
		json_object_set_new(out, "missing", json_boolean(m->missing));
	json_object_set_new(out, "words", json_integer((json_int_t)m->words));
	return out;
}

static void print_json(const struct manuscript *ms,
		       const struct measure *measures,
		       const struct totals *totals)
{
	json_t *out = json_object(), *entries = json_array();

	json_object_set_new(out, "title", json_text(manuscript_title(ms)));
	json_object_set_new(out, "author", json_text(manuscript_author(ms)));
	json_object_set_new(out, "language",
			    json_text(manuscript_language(ms)));
	json_object_set_new(out, "outline",
			    ms->outline_path ? json_text(ms->outline_path)
					     : json_null());
	json_object_set_new(out, "commit", ms->has_commit
			    ? json_string(ms->commit.id) : json_null());
	json_object_set_new(out, "modified", json_boolean(ms->modified));
	json_object_set_new(out, "round", ms->round ? json_text(ms->round)
						    : json_null());
	json_object_set_new(out, "words",
			    json_integer((json_int_t)totals->words));
	json_object_set_new(out, "minutes", json_integer(
			    (json_int_t)minutes_for(totals->words)));
	for (size_t i = 0; i < ms->outline.count; i++)
		json_array_append_new(entries, entry_json(
			&ms->outline.items[i], &measures[i]));
	json_object_set_new(out, "entries", entries);
	json_print(out);
}

int main(int argc, char **argv)
{
	bool json = false;
	const struct option options[] = {
		OPTION_FLAG(0, "json", &json, "for programs"),
		OPTION_END
	};
	struct measure *measures = NULL;
	struct totals totals = { 0 };
	struct manuscript *ms = NULL;
	struct error err = ERROR_INIT;
	int status = STATUS_OK;

	argc = parse_options(argc, argv, options, usage);
	if (argc > 1)
		usage_error(usage, "too many arguments");
	if (manuscript_open(&ms, ".", argv[0], &err) < 0) {
		status = report_fatal(&err);
		goto out;
	}
	measures = xcalloc(ms->outline.count + 1, sizeof(*measures));
	if (measure_chunks(measures, &totals, ms, &err) < 0)
		status = report_fatal(&err);
	else if (json)
		print_json(ms, measures, &totals);
	else
		print_text(ms, measures, &totals);
out:
	free(measures);
	manuscript_close(ms);
	return finish(status);
}
