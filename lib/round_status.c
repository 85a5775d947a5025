/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "round_status_private.h"
#include "strbuf.h"

void round_status_release(struct round_status *status)
{
	free(status->rounds);
	free(status->chapters);
	free(status->readers);
	arena_release(&status->arena);
	*status = (struct round_status)ROUND_STATUS_INIT;
}

size_t status_waiting(const struct status_count *count)
{
	return count->open + count->untold;
}

/* --- one comment ---------------------------------------------------------- */

/* As collecting makes them up for readers without one. */
static bool has_address(const struct comment *c)
{
	return !slice_ends_with(slice_of(c->reader.email), SLICE(".invalid"));
}

static bool is_open(const struct review_comment *c)
{
	return c->state.state == COMMENT_OPEN ||
	       c->state.state == COMMENT_MARKED;
}

static bool is_told_by_mail(const struct review_comment *c, bool by_mail)
{
	return by_mail && has_address(&c->comment);
}

/* When it had its first answer; 0: it has none. */
static int64_t answered(const struct review_comment *c, bool by_mail)
{
	if (c->answered.time || is_told_by_mail(c, by_mail))
		return c->answered.time;
	return c->decided;
}

void status_count_comment(struct status_count *count,
			  const struct review_comment *c, bool by_mail)
{
	bool waits = true;

	count->said++;
	if (is_open(c)) {
		count->open++;
	} else if (is_told_by_mail(c, by_mail) && review_wants_answer(c)) {
		count->untold++;
	} else {
		waits = false;
	}
	if (c->state.state == COMMENT_DEFERRED)
		count->put_off++;
	else if (!is_open(c))
		count->decided++;
	if (waits && c->comment.when.seconds < count->since)
		count->since = c->comment.when.seconds;
}

bool status_counts(const struct review_comment *c, const char *round)
{
	return c->state.state != COMMENT_SUPERSEDED &&
	       !strcmp(c->comment.round, round);
}

/* --- rounds --------------------------------------------------------------- */

static struct status_round *find_round(struct round_status *status,
				       const char *name)
{
	for (size_t i = 0; i < status->round_count; i++)
		if (!strcmp(status->rounds[i].name, name))
			return &status->rounds[i];
	return NULL;
}

static void add_round(struct round_status *status, const char *name,
		      const struct review_round *round)
{
	status->rounds = xreallocarray(status->rounds,
				       status->round_count + 1,
				       sizeof(*status->rounds));
	status->rounds[status->round_count++] = (struct status_round){
		.name = arena_strdup(&status->arena, name), .round = round,
		.count = STATUS_NOTHING, .median = -1, .slowest = -1
	};
}

/* Those that have tags, and those that only comments tell of. */
static void find_rounds(struct round_status *status,
			const struct review *review,
			const struct review_round_list *rounds)
{
	bool none = !rounds->count;

	for (size_t i = 0; i < rounds->count; i++)
		add_round(status, rounds->items[i].name, &rounds->items[i]);
	for (size_t i = 0; i < review->count; i++) {
		const char *name = review->items[i].comment.round;

		if (!strcmp(name, COMMENT_NO_ROUND))
			none = true;
		else if (!find_round(status, name))
			add_round(status, name, NULL);
	}
	if (none)
		add_round(status, COMMENT_NO_ROUND, NULL);
	for (size_t i = 0; i < review->count; i++)
		if (review->items[i].answered.time)
			find_round(status, review->items[i].comment.round)
				->by_mail = true;
}

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Of an even number, what lies between the two in the middle. */
static int64_t median_of(const int64_t *sorted, size_t count)
{
	int64_t low = sorted[(count - 1) / 2], high = sorted[count / 2];

	return low + (high - low) / 2;
}

/* What every comment of the round says of it; `times` has room for all. */
static void measure_round(struct status_round *round,
			  const struct review *review, int64_t *times)
{
	size_t count = 0;

	for (size_t i = 0; i < review->count; i++) {
		const struct review_comment *c = &review->items[i];
		int64_t answer;

		if (!status_counts(c, round->name))
			continue;
		status_count_comment(&round->count, c, round->by_mail);
		answer = answered(c, round->by_mail);
		if (!answer)
			continue;
		/* a clock may be wrong: nobody answers before the question */
		answer -= c->comment.when.seconds;
		times[count++] = answer < 0 ? 0 : answer;
	}
	round->answered = count;
	if (!count)
		return;
	qsort(times, count, sizeof(*times), by_size);
	round->median = median_of(times, count);
	round->slowest = times[count - 1];
}

static int choose_round(struct round_status *status,
			const struct review_round_list *rounds,
			const char *name, struct error *err)
{
	const struct review_round *chosen;
	struct status_round *found;
	int rc;

	if (name && !strcmp(name, COMMENT_NO_ROUND)) {
		found = find_round(status, COMMENT_NO_ROUND);
		if (!found)
			return error_set(err, ERROR_NOT_FOUND, "nothing was "
					 "said outside of rounds");
	} else if (!name && !rounds->count) {
		found = find_round(status, COMMENT_NO_ROUND);
	} else {
		rc = review_round_find(&chosen, rounds, name, err);
		if (rc < 0)
			return rc;
		found = find_round(status, chosen->name);
	}
	status->at = (size_t)(found - status->rounds);
	return 0;
}

/* --- chapters ------------------------------------------------------------- */

/* The entry that begins the chapter which entry `at` of the outline is in. */
static size_t chapter_of(const struct outline *outline, size_t at)
{
	while (at && outline->items[at].kind == OUTLINE_CHAPTER &&
	       outline->items[at].depth)
		at--;
	return at;
}

static void add_to_chapter(struct round_status *status, const char *title,
			   const char *path, const struct review_comment *c,
			   bool by_mail)
{
	struct status_chapter *last = status->chapter_count ?
		&status->chapters[status->chapter_count - 1] : NULL;

	if (!last || strcmp(last->path, path) || strcmp(last->title, title)) {
		GROW(status->chapters, status->chapter_count,
		     status->chapter_capacity);
		last = &status->chapters[status->chapter_count++];
		*last = (struct status_chapter){
			arena_strdup(&status->arena, title),
			arena_strdup(&status->arena, path), STATUS_NOTHING
		};
	}
	status_count_comment(&last->count, c, by_mail);
}

/* What is about no chunk of the outline comes last in a review. */
static void count_chapters(struct round_status *status,
			   const struct outline *outline,
			   const struct review *review)
{
	const struct status_round *round = &status->rounds[status->at];
	struct strbuf path = STRBUF_INIT;

	for (int whole = 1; whole >= 0; whole--)
		for (size_t i = 0; i < review->count; i++) {
			const struct review_comment *c = &review->items[i];
			const struct outline_entry *e = NULL;

			if (!status_counts(c, round->name) ||
			    whole != !c->comment.chunk.len)
				continue;
			if (c->chunk != SIZE_MAX)
				e = &outline->items[chapter_of(outline,
							       c->chunk)];
			strbuf_truncate(&path, 0);
			if (e && e->path)
				strbuf_adds(&path, e->path);
			else if (!e)
				strbuf_add_slice(&path, c->comment.chunk);
			add_to_chapter(status, e ? e->title : "", path.buf, c,
				       round->by_mail);
		}
	strbuf_release(&path);
}

int round_status_read(struct round_status *status,
		      const struct status_sources *from, const char *round,
		      struct error *err)
{
	const struct review *review = from->review;
	int64_t *times = xreallocarray(NULL, review->count + 1,
				       sizeof(*times));
	int rc;

	find_rounds(status, review, from->rounds);
	for (size_t i = 0; i < status->round_count; i++)
		measure_round(&status->rounds[i], review, times);
	free(times);
	rc = choose_round(status, from->rounds, round, err);
	if (rc < 0)
		return rc;
	count_chapters(status, &from->ms->outline, review);
	return status_read_readers(status, from, err);
}
