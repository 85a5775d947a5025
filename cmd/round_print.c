/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "calendar.h"
#include "command.h"
#include "history.h"
#include "json_out.h"
#include "review_round.h"
#include "round_print.h"
#include "strbuf.h"

static int count_one(const char *name, const char *id, void *data)
{
	++*(size_t *)data;
	return 0;
}

static int count_comments(size_t *count, struct repository *repo,
			  const struct review_round *round, struct error *err)
{
	struct strbuf prefix = STRBUF_INIT;
	int rc;

	*count = 0;
	strbuf_addf(&prefix, "refs/comments/%s/", round->name);
	rc = refs_each(repo, prefix.buf, count_one, count, err);
	strbuf_release(&prefix);
	return rc;
}

static json_t *round_json(const struct review_round *round, size_t comments)
{
	json_t *out = json_object(), *opener = json_object();

	json_object_set_new(out, "name", json_text(round->name));
	json_object_set_new(out, "state", json_string(
			    round->closed ? "closed" : "open"));
	json_object_set_new(out, "commit", json_string(round->commit));
	json_object_set_new(out, "tag", json_string(round->tag));
	json_object_set_new(opener, "name", json_text(round->opener.name));
	json_object_set_new(opener, "email", json_text(round->opener.email));
	json_object_set_new(out, "opener", opener);
	json_object_set_new(out, "opened", json_time(&round->opened));
	json_object_set_new(out, "due", *round->due ? json_string(round->due)
						    : json_null());
	json_object_set_new(out, "closed", round->closed
			    ? json_time(&round->closed_at) : json_null());
	json_object_set_new(out, "words", json_text(round->words));
	json_object_set_new(out, "comments",
			    json_integer((json_int_t)comments));
	return out;
}

/* "2  open    2026-02-01  1a2b3c4  due 2026-03-01  3 comments" */
static void print_line(const struct review_round *round, int width,
		       size_t comments)
{
	char day[CALENDAR_DAY_SIZE];

	calendar_day(day, &round->opened);
	print_safe(stdout, slice_of(round->name));
	printf("%*s  %-6s  %s  %s", width - safe_columns(round->name), "",
	       round->closed ? "closed" : "open", day, round->short_commit);
	if (*round->due && !round->closed)
		printf("  due %s", round->due);
	if (comments)
		printf("  %zu comment%s", comments, comments == 1 ? "" : "s");
	putchar('\n');
}

int round_print_list(const struct review_round_list *list,
		     struct repository *repo, bool json, struct error *err)
{
	json_t *array = json ? json_array() : NULL;
	size_t comments;
	int width = 0, rc = 0;

	for (size_t i = 0; i < list->count; i++) {
		int own = safe_columns(list->items[i].name);

		width = own > width ? own : width;
	}
	for (size_t i = 0; i < list->count; i++) {
		const struct review_round *round = &list->items[i];

		if ((rc = count_comments(&comments, repo, round, err)) < 0)
			break;
		if (json)
			json_array_append_new(array,
					      round_json(round, comments));
		else
			print_line(round, width, comments);
	}
	if (json && !rc)
		json_print(array);
	else
		json_decref(array);
	return rc;
}

static void print_text(const struct review_round *round, size_t comments,
		       struct slice drafts)
{
	struct slice rest = slice_of(round->words), line;
	char day[CALENDAR_DAY_SIZE];
	const char *start = "Drafts:   ";

	fputs("Round:    ", stdout);
	print_safe(stdout, slice_of(round->name));
	calendar_day(day, &round->closed_at);
	if (round->closed)
		printf(", closed on %s", day);
	else
		printf(", open%s%s", *round->due ? ", due " : "", round->due);
	calendar_day(day, &round->opened);
	printf("\nOpened:   %s, by ", day);
	print_safe(stdout, slice_of(round->opener.name));
	fputs(" <", stdout);
	print_safe(stdout, slice_of(round->opener.email));
	printf(">\nCommit:   %s\nComments: %zu\n", round->commit, comments);
	for (; slice_next_line(&line, &drafts); start = "          ")
		printf("%s%.*s", start, SLICE_ARG(line));
	if (*round->words)
		putchar('\n');
	while (slice_next_line(&line, &rest)) {
		line = slice_chomp(line);
		if (line.len)
			fputs("    ", stdout);
		print_safe(stdout, line);
		putchar('\n');
	}
}

static void print_round_json(const struct review_round *round,
			     size_t comments, struct slice drafts)
{
	json_t *out = round_json(round, comments), *array = json_array();
	struct slice line;

	while (slice_next_line(&line, &drafts)) {
		line = slice_chomp(line);
		json_array_append_new(array, json_stringn(line.ptr, line.len));
	}
	json_object_set_new(out, "drafts", array);
	json_print(out);
}

int round_print(const struct review_round *round, struct repository *repo,
		struct slice drafts, bool json, struct error *err)
{
	size_t comments;
	int rc = count_comments(&comments, repo, round, err);

	if (rc < 0)
		return rc;
	if (json)
		print_round_json(round, comments, drafts);
	else
		print_text(round, comments, drafts);
	return 0;
}
