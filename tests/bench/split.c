/* SPDX-License-Identifier: MIT */
/*
 * split [<megabytes>...]: what scanning, planning and joining cost in memory,
 * on generated novels. Name, input size, time, MB/s; the best of five.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "block_scan.h"
#include "join.h"
#include "novel.h"
#include "split.h"
#include "strbuf.h"

struct run {
	struct slice text;
	struct split_plan plan;
	struct strbuf joined;
	const char *at;
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static size_t scan(struct run *run)
{
	struct block_scanner scanner;
	struct block block;
	size_t count = 0;

	block_scanner_init(&scanner, run->text);
	while (block_scanner_next(&scanner, &block))
		count++;
	return count;
}

static size_t plan(struct run *run)
{
	struct split_options options = { .name = "novel.md" };

	split_plan_release(&run->plan);
	if (split_options_parse(&options, run->at, NULL) < 0 ||
	    split_plan_make(&run->plan, run->text, &options, NULL) < 0)
		abort();
	return run->plan.count;
}

static size_t join(struct run *run)
{
	struct joiner joiner;

	strbuf_truncate(&run->joined, 0);
	joiner_init(&joiner, &run->joined);
	for (size_t i = 0; i < run->plan.count; i++)
		joiner_add(&joiner, slice_sub(run->text,
					      run->plan.items[i].span.start,
					      run->plan.items[i].span.end));
	if (!slice_eq(run->text, strbuf_slice(&run->joined)))
		abort();
	return run->plan.count;
}

static void measure(const char *name, size_t (*step)(struct run *),
		    struct run *run)
{
	double best = 1e9;
	size_t count = 0;

	for (int i = 0; i < 5; i++) {
		double start = now(), time;

		count = step(run);
		time = now() - start;
		best = time < best ? time : best;
	}
	printf("%-18s %9zu bytes %9.3f ms %8.0f MB/s  (%zu)\n", name,
	       run->text.len, best * 1e3, (double)run->text.len / best / 1e6,
	       count);
}

static void bench(const struct strbuf *text)
{
	struct run run = { .text = strbuf_slice(text), .at = "chapter" };

	measure("scan", scan, &run);
	measure("plan-chapters", plan, &run);
	measure("join-chapters", join, &run);
	run.at = "scene";
	measure("plan-scenes", plan, &run);
	measure("join-scenes", join, &run);
	run.at = "words:2000";
	measure("plan-words", plan, &run);
	split_plan_release(&run.plan);
	strbuf_release(&run.joined);
}

/* The same words without a mark: every line may be a heading. */
static void make_plain(struct strbuf *text)
{
	for (size_t i = 0; i < text->len; i++)
		if (text->buf[i] == '#' || text->buf[i] == '*')
			text->buf[i] = ' ';
}

static void make_chapters(struct strbuf *text, size_t count)
{
	struct strbuf novel = STRBUF_INIT;
	struct slice rest, line;

	novel_write(&novel, 5000000, 2);
	rest = strbuf_slice(&novel);
	strbuf_truncate(text, 0);
	for (size_t i = 1; i <= count; i++) {
		size_t end = text->len + 5000;

		strbuf_addf(text, "# Chapter %zu\n\n", i);
		while (text->len < end) {
			if (!slice_next_line(&line, &rest))
				rest = strbuf_slice(&novel);
			else if (*line.ptr >= 'A')
				strbuf_addf(text, "%.*s\n", SLICE_ARG(line));
		}
	}
	strbuf_release(&novel);
}

int main(int argc, char **argv)
{
	static const double sizes[] = { 1, 5, 50 };
	struct strbuf text = STRBUF_INIT;
	int count = argc > 1 ? argc - 1 : 3;

	for (int i = 0; i < count; i++) {
		double mb = argc > 1 ? atof(argv[i + 1]) : sizes[i];
		struct run plain = { .at = "chapter" };

		strbuf_truncate(&text, 0);
		novel_write(&text, (size_t)(mb * 1e6), 1);
		bench(&text);
		make_plain(&text);
		plain.text = strbuf_slice(&text);
		measure("plan-plain", plan, &plain);
		split_plan_release(&plain.plan);
	}
	puts("10,000 chapters:");
	make_chapters(&text, 10000);
	bench(&text);
	strbuf_release(&text);
	return 0;
}
