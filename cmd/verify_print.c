/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "generator.h"
#include "json_out.h"
#include "slice.h"
#include "verify_print.h"

#define FEW_SAME 3		/* files that are named, though their words
				 * are the same */

static void print(const char *words)
{
	print_safe(stdout, slice_of(words));
}

/* "round 2, commit 1a2b3c4d5e6f, for Mara Quill (R7K3QX)" */
static void print_origin(const struct draft_origin *o)
{
	if (*o->round) {
		fputs("round ", stdout);
		print(o->round);
		fputs(", ", stdout);
	}
	printf("commit %.12s", *o->commit ? o->commit : "unknown");
	if (*o->since_round) {
		fputs(", changes since round ", stdout);
		print(o->since_round);
	} else if (*o->since) {
		printf(", changes since commit %.12s", o->since);
	}
	if (!*o->code)
		return;
	fputs(", for ", stdout);
	print(o->reader);
	fputs(" (", stdout);
	print(o->code);
	putchar(')');
}

static void print_verdict(const struct verified *v)
{
	switch (v->verdict) {
	case VERDICT_SAME:
		fputs("the same, byte for byte", stdout);
		break;
	case VERDICT_PACKED:
		fputs("the same files, packed anew", stdout);
		break;
	case VERDICT_ALTERED:
		fputs("altered", stdout);
		break;
	case VERDICT_CHANGES:
		fputs("made with changes that are in no commit", stdout);
		break;
	default:
		print(v->why);
	}
}

static bool same_words(const struct file_difference *d)
{
	return *d->name && d->words && !d->passage_count;
}

static void print_difference(const struct file_difference *d)
{
	static const char *const marks[] = {
		[FILE_ADDED] = "+", [FILE_REMOVED] = "-", [FILE_CHANGED] = "~"
	};

	if (*d->name) {
		printf("  %s ", marks[d->change]);
		print(d->name);
		if (same_words(d))
			fputs(": the words are the same", stdout);
		putchar('\n');
	} else if (d->words && !d->passage_count) {
		puts("    the words are the same");
	}
	for (size_t i = 0; i < d->shown; i++) {
		fputs("      ", stdout);
		print(d->passages[i]);
		putchar('\n');
	}
	if (d->passage_count > d->shown)
		printf("      and %zu more\n", d->passage_count - d->shown);
}

void verified_print(const struct verified *v)
{
	size_t same = 0;

	print(v->path);
	fputs(": ", stdout);
	if (*v->origin.generator) {
		print_origin(&v->origin);
		fputs(": ", stdout);
	}
	print_verdict(v);
	putchar('\n');
	for (size_t i = 0; i < v->comparison.count; i++)
		same += same_words(&v->comparison.items[i]);
	for (size_t i = 0; i < v->comparison.count; i++)
		if (same <= FEW_SAME || !same_words(&v->comparison.items[i]))
			print_difference(&v->comparison.items[i]);
	if (same > FEW_SAME)
		printf("  ~ %zu files in which the words are the same\n",
		       same);
	if (v->verdict != VERDICT_SAME && *v->origin.generator &&
	    strcmp(v->origin.generator, generator)) {
		fputs("  it was made by ", stdout);
		print(v->origin.generator);
		printf(", this is %s\n", generator);
	}
}

/* ---- JSON ------------------------------------------------------------- */

static json_t *said_json(const char *s)
{
	return *s ? json_text(s) : json_null();
}

static json_t *difference_json(const struct file_difference *d)
{
	static const char *const changes[] = {
		[FILE_ADDED] = "added", [FILE_REMOVED] = "removed",
		[FILE_CHANGED] = "changed"
	};
	json_t *out = json_object();

	json_object_set_new(out, "name", json_text(d->name));
	json_object_set_new(out, "change", json_string(changes[d->change]));
	if (d->words) {
		json_t *passages = json_array();

		for (size_t i = 0; i < d->shown; i++)
			json_array_append_new(passages,
					      json_text(d->passages[i]));
		json_object_set_new(out, "passages", json_integer(
					    (json_int_t)d->passage_count));
		json_object_set_new(out, "words", passages);
	}
	return out;
}

json_t *verified_json(const struct verified *v)
{
	static const char *const verdicts[] = {
		[VERDICT_SAME] = "same", [VERDICT_PACKED] = "packed",
		[VERDICT_ALTERED] = "altered", [VERDICT_CHANGES] = "changes",
		[VERDICT_ELSEWHERE] = "elsewhere",
		[VERDICT_NOT_OURS] = "not-ours", [VERDICT_DAMAGED] = "damaged"
	};
	static const char *const kinds[] = {
		[DRAFT_EPUB] = "epub", [DRAFT_PAGE] = "html",
		[DRAFT_SITE] = "site"
	};
	const struct draft_origin *o = &v->origin;
	json_t *out = json_object(), *files = json_array();

	json_object_set_new(out, "path", json_text(v->path));
	json_object_set_new(out, "verdict", json_string(verdicts[v->verdict]));
	json_object_set_new(out, "why", said_json(v->why));
	json_object_set_new(out, "format", *o->generator
			    ? json_string(kinds[v->kind]) : json_null());
	json_object_set_new(out, "generator", said_json(o->generator));
	json_object_set_new(out, "commit", said_json(o->commit));
	json_object_set_new(out, "round", said_json(o->round));
	json_object_set_new(out, "since", said_json(o->since));
	json_object_set_new(out, "reader", said_json(o->reader));
	json_object_set_new(out, "code", said_json(o->code));
	for (size_t i = 0; i < v->comparison.count; i++)
		json_array_append_new(files, difference_json(
					      &v->comparison.items[i]));
	json_object_set_new(out, "files", files);
	return out;
}
