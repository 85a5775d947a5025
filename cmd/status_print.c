/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "calendar.h"
#include "command.h"
#include "duration.h"
#include "slice.h"
#include "status_print.h"

#define NAME_WIDTH 28	/* columns */
#define BAR_WIDTH 20
#define MOST_READERS 12	/* that are shown; JSON has all */

/* "9 comments", "1 comment" */
static void print_number(size_t n, const char *one)
{
	printf("%zu %s%s", n, one, n == 1 ? "" : "s");
}

/* In so many columns, cut where it is longer. */
static void print_name(const char *name)
{
	struct slice text = slice_of(name);
	size_t columns = 0, end = 0;

	while (end < text.len) {
		size_t n, width = safe_columns_at(
				  &n, slice_sub(text, end, text.len));

		if (columns + width > NAME_WIDTH - (end + n < text.len))
			break;
		columns += width;
		end += n;
	}
	fputs("    ", stdout);
	print_safe(stdout, slice_sub(text, 0, end));
	if (end < text.len) {
		fputs("\xE2\x80\xA6", stdout); /* … */
		columns++;
	}
	if (columns < NAME_WIDTH)
		printf("%*s", (int)(NAME_WIDTH - columns), "");
}

/* As long as its share of the longest; something is never nothing. */
static void print_bar(uint64_t part, uint64_t longest)
{
	unsigned full = longest ? (unsigned)((double)part * BAR_WIDTH /
					     (double)longest + 0.5) : 0;

	full = part && !full ? 1 : full;
	fputs("  ", stdout);
	for (unsigned i = 0; i < BAR_WIDTH; i++)
		fputs(i < full ? "\xE2\x96\x87" : " ", stdout); /* ▇ */
}

static void print_since(int64_t since, const struct moment *now)
{
	char words[DURATION_SIZE];

	duration_words(words, since < now->seconds ? now->seconds - since : 0);
	fputs(words, stdout);
}

/* --- the round ------------------------------------------------------------ */

static void print_head(const struct status_round *r, const struct moment *now)
{
	char day[CALENDAR_DAY_SIZE];

	if (!strcmp(r->name, COMMENT_NO_ROUND)) {
		puts("Outside of rounds");
		return;
	}
	fputs("Round ", stdout);
	print_safe(stdout, slice_of(r->name));
	if (r->round) {
		calendar_day(day, &r->round->opened);
		printf(", opened on %s, ", day);
		print_since(r->round->opened.seconds, now);
		fputs(" ago", stdout);
		if (r->round->closed) {
			calendar_day(day, &r->round->closed_at);
			printf(", closed on %s", day);
		} else if (*r->round->due) {
			printf(", due on %s", r->round->due);
		}
	}
	putchar('\n');
}

static void print_counts(const struct round_status *status)
{
	const struct status_count *count = &status->rounds[status->at].count;

	if (!count->said) {
		puts("Nobody has said anything yet");
		return;
	}
	print_number(count->said, "comment");
	fputs(" by ", stdout);
	print_number(status->heard, "reader");
	printf(": %zu open, %zu put off, %zu decided\n", count->open,
	       count->put_off, count->decided);
}

/* Who has it, and is silent: to be asked again, or left in peace. */
static void print_sent(const struct round_status *status)
{
	size_t shown = 0, silent = status->sent - status->sent_heard;

	if (!status->sent)
		return;
	fputs("Sent to ", stdout);
	print_number(status->sent, "reader");
	printf(", of whom %zu %s written", status->sent_heard,
	       status->sent_heard == 1 ? "has" : "have");
	for (size_t i = 0; i < status->reader_count; i++) {
		const struct status_reader *r = &status->readers[i];

		if (!r->sent || r->count.said)
			continue;
		if (shown == MOST_READERS)
			break;
		fputs(shown++ ? ", " : "; not yet: ", stdout);
		print_safe(stdout, slice_of(r->person.name));
	}
	if (shown && silent > shown)
		printf(" and %zu more", silent - shown);
	putchar('\n');
}

static void print_waiting(const struct status_round *r,
			  const struct moment *now)
{
	if (r->count.untold) {
		print_number(r->count.untold, "answer");
		printf(" %s not been sent; to send them: galley thanks\n",
		       r->count.untold == 1 ? "has" : "have");
	}
	if (!status_waiting(&r->count)) {
		if (r->count.said)
			puts("Nobody waits");
		return;
	}
	fputs("The oldest has waited for ", stdout);
	print_since(r->count.since, now);
	putchar('\n');
}

/* --- charts --------------------------------------------------------------- */

static void print_row(const char *name, const struct status_count *count,
		      size_t most, const struct moment *now)
{
	print_name(name);
	print_bar(status_waiting(count), most);
	printf(" %5zu  ", status_waiting(count));
	print_since(count->since, now);
	putchar('\n');
}

static void print_chapters(const struct round_status *status,
			   const struct moment *now)
{
	size_t most = 0;

	for (size_t i = 0; i < status->chapter_count; i++) {
		size_t n = status_waiting(&status->chapters[i].count);

		most = n > most ? n : most;
	}
	if (!most)
		return;
	puts("\nWaiting, by chapter");
	for (size_t i = 0; i < status->chapter_count; i++) {
		const struct status_chapter *c = &status->chapters[i];

		if (status_waiting(&c->count))
			print_row(*c->title ? c->title : *c->path ? c->path :
				  "the book", &c->count, most, now);
	}
}

static void print_readers(const struct round_status *status,
			  const struct moment *now)
{
	size_t most = 0, waiting = 0;

	for (size_t i = 0; i < status->reader_count; i++) {
		size_t n = status_waiting(&status->readers[i].count);

		most = n > most ? n : most;
		waiting += n > 0;
	}
	if (!most)
		return;
	puts("\nWaiting, by reader");
	for (size_t i = 0; i < waiting && i < MOST_READERS; i++)
		print_row(status->readers[i].person.name,
			  &status->readers[i].count, most, now);
	if (waiting > MOST_READERS)
		printf("    and %zu more\n", waiting - MOST_READERS);
}

static void print_speed(const struct status_round *r, int64_t longest)
{
	char median[DURATION_SIZE], slowest[DURATION_SIZE];
	char name[ROUND_NAME_MAX + 16];

	duration_words(median, r->median);
	duration_words(slowest, r->slowest);
	snprintf(name, sizeof(name), "round %s", r->name);
	print_name(strcmp(r->name, COMMENT_NO_ROUND) ? name :
		   "outside of rounds");
	if (r->answered) {
		print_bar((uint64_t)r->median, (uint64_t)longest);
		printf("  %s, at most %s; ", median, slowest);
	} else {
		print_bar(0, 0);
		fputs("  ", stdout);
	}
	printf("%zu of %zu answered\n", r->answered, r->count.said);
}

/* The median of each round, so that it is seen whether they grow. */
static void print_speeds(const struct round_status *status)
{
	int64_t longest = 0;
	bool any = false;

	for (size_t i = 0; i < status->round_count; i++) {
		const struct status_round *r = &status->rounds[i];

		longest = r->median > longest ? r->median : longest;
		any |= r->answered;
	}
	if (!any)
		return;
	puts("\nTime to the first answer, half of them within");
	for (size_t i = 0; i < status->round_count; i++)
		if (status->rounds[i].count.said)
			print_speed(&status->rounds[i], longest);
}

/* Rounds that are over can wait, too. */
static void print_others(const struct round_status *status,
			 const struct moment *now)
{
	for (size_t i = 0; i < status->round_count; i++) {
		const struct status_round *r = &status->rounds[i];

		if (i == status->at || !status_waiting(&r->count))
			continue;
		printf("%zu more %s ", status_waiting(&r->count),
		       status_waiting(&r->count) == 1 ? "waits" : "wait");
		if (strcmp(r->name, COMMENT_NO_ROUND)) {
			fputs("in round ", stdout);
			print_safe(stdout, slice_of(r->name));
		} else {
			fputs("outside of rounds", stdout);
		}
		fputs(", the oldest for ", stdout);
		print_since(r->count.since, now);
		putchar('\n');
	}
}

void status_print(const struct round_status *status, const struct moment *now)
{
	const struct status_round *round = &status->rounds[status->at];

	print_head(round, now);
	print_counts(status);
	print_sent(status);
	print_waiting(round, now);
	print_others(status, now);
	print_chapters(status, now);
	print_readers(status, now);
	print_speeds(status);
}
