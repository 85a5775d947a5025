/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "git_date.h"
#include "history.h"
#include "notes.h"
#include "review_round.h"
#include "round_message.h"
#include "round_name.h"
#include "strbuf.h"
#include "utf8.h"

#define EVENTS "refs/notes/comments"
#define CLOSED " closed"

void review_round_list_release(struct review_round_list *list)
{
	arena_release(&list->arena);
	free(list->items);
	*list = (struct review_round_list)REVIEW_ROUND_LIST_INIT;
}

/* ---- reading ---------------------------------------------------------- */

struct reading {
	struct review_round_list *list;
	struct repository *repo;
	struct error *err;
};

static void set_message(struct review_round *round, struct arena *arena,
			struct slice message)
{
	struct strbuf words = STRBUF_INIT;

	round_message_read(&words, round->due, round->name, message);
	round->words = arena_copy(arena, strbuf_slice(&words));
	strbuf_release(&words);
}

struct tag_visit {
	struct review_round *round;
	struct arena *arena;
};

static int visit_tag(const struct history_entry *entry, void *data)
{
	struct tag_visit *v = data;
	struct review_round *round = v->round;

	round->opener.name = arena_strdup(v->arena, entry->author.name);
	round->opener.email = arena_strdup(v->arena, entry->author.email);
	round->opened = entry->authored;
	set_message(round, v->arena, entry->message);
	return 0;
}

/* "2026-01-02T03:04:05Z closed" */
static bool read_closed(struct moment *when, struct slice line)
{
	char date[32];

	line = slice_trim_end(line);
	if (!slice_ends_with(line, SLICE(CLOSED)))
		return false;
	line.len -= strlen(CLOSED);
	if (line.len >= sizeof(date))
		return false;
	memcpy(date, line.ptr, line.len);
	date[line.len] = '\0';
	return !git_date_parse(&when->seconds, &when->offset, date, NULL);
}

/* Two may have closed it, each in their copy: the first did. */
static int read_events(struct review_round *round, struct repository *repo,
		       struct error *err)
{
	struct strbuf text = STRBUF_INIT;
	struct slice rest, line;
	struct moment when;
	int rc = notes_read(&text, repo, EVENTS, round->tag, err);

	rest = strbuf_slice(&text);
	while (!rc && slice_next_line(&line, &rest)) {
		if (!read_closed(&when, line) ||
		    (round->closed &&
		     when.seconds >= round->closed_at.seconds))
			continue;
		round->closed = true;
		round->closed_at = when;
	}
	strbuf_release(&text);
	return rc == ERROR_NOT_FOUND ? 0 : rc;
}

static int add_round(const char *ref, const char *id, void *data)
{
	struct reading *r = data;
	struct review_round_list *list = r->list;
	struct review_round round = { .name = ref + strlen(ROUND_TAGS) };
	struct tag_visit visit = { &round, &list->arena };
	struct commit_info commit;
	int rc;

	if (!*round.name || strchr(round.name, '/'))
		return 0;
	rc = repository_resolve(&commit, r->repo, id, r->err);
	if (rc == ERROR_INVALID || (!rc && !strcmp(commit.id, id)))
		return 0; /* not on a commit; without a message */
	if (rc < 0)
		return rc;
	round.name = arena_strdup(&list->arena, round.name);
	memcpy(round.tag, id, sizeof(round.tag));
	memcpy(round.commit, commit.id, sizeof(round.commit));
	memcpy(round.short_commit, commit.short_id,
	       sizeof(round.short_commit));
	if ((rc = history_read(r->repo, id, visit_tag, &visit, r->err)) < 0 ||
	    (rc = read_events(&round, r->repo, r->err)) < 0)
		return rc;
	GROW(list->items, list->count, list->capacity);
	list->items[list->count++] = round;
	return 0;
}

static int by_age(const void *a, const void *b)
{
	const struct review_round *x = a, *y = b;
	int64_t s = x->opened.seconds, t = y->opened.seconds;

	return s != t ? (s > t) - (s < t) : round_name_compare(x->name,
							       y->name);
}

int review_round_list_read(struct review_round_list *list,
			   struct repository *repo, struct error *err)
{
	struct reading reading = { list, repo, err };
	int rc = refs_each(repo, ROUND_TAGS, add_round, &reading, err);

	if (rc < 0)
		return rc;
	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items), by_age);
	return 0;
}

static const struct review_round *named(const struct review_round_list *list,
					const char *name)
{
	for (size_t i = 0; i < list->count; i++)
		if (!strcmp(list->items[i].name, name))
			return &list->items[i];
	return NULL;
}

int review_round_find(const struct review_round **out,
		      const struct review_round_list *list, const char *name,
		      struct error *err)
{
	const struct review_round *found = NULL;
	const char *bare = name ? review_round_name(name) : NULL;

	if (name)
		found = named(list, bare ? bare : name);
	else if (list->count)
		found = &list->items[list->count - 1];
	if (!found && !list->count)
		return error_set(err, ERROR_NOT_FOUND, "no round yet");
	if (!found)
		return error_set(err, ERROR_NOT_FOUND, "no round named '%s'",
				 name);
	*out = found;
	return 0;
}

/* ---- opening ---------------------------------------------------------- */

static int count_number(const char *ref, const char *id, void *data)
{
	unsigned long *most = data;
	unsigned long n = round_name_number(ref + strlen(ROUND_TAGS));

	*most = n > *most ? n : *most;
	return 0;
}

/* After the highest number that any tag there has. */
static int next_name(char out[ROUND_NAME_MAX + 1], struct repository *repo,
		     struct error *err)
{
	unsigned long most = 0;
	int rc = refs_each(repo, ROUND_TAGS, count_number, &most, err);

	snprintf(out, ROUND_NAME_MAX + 1, "%lu", most + 1);
	return rc;
}

/* The round that the plan means, if it is there: by name, or by commit. */
static const struct review_round *meant(const struct review_round_list *list,
					const struct review_round_plan *plan)
{
	if (plan->name)
		return named(list, plan->name);
	for (size_t i = list->count; i; i--)
		if (!strcmp(list->items[i - 1].commit, plan->commit))
			return &list->items[i - 1];
	return NULL;
}

static int set_exists(struct error *err, const struct review_round *round,
		      const char *but)
{
	return error_set(err, ERROR_EXISTS, "round '%s' is there already, %s",
			 round->name, but);
}

/* Is all that is said as the round has it? */
static int check_same(const struct review_round *round,
		      const struct review_round_plan *plan, struct error *err)
{
	struct strbuf message = STRBUF_INIT, words = STRBUF_INIT;
	char due[CALENDAR_DAY_SIZE] = "", said[CALENDAR_DAY_SIZE];
	int rc;

	if (strcmp(round->commit, plan->commit))
		return error_set(err, ERROR_EXISTS, "round '%s' is there "
				 "already, of another version (commit %s)",
				 round->name, round->short_commit);
	if (round->closed)
		return set_exists(err, round, "and closed");
	/* "in two weeks" means after it was opened, also the second time */
	if (plan->due &&
	    (rc = calendar_day_parse(due, plan->due, &round->opened, err)) < 0)
		return rc;
	round_message_write(&message, round->name,
			    slice_of(plan->words ? plan->words : ""), due);
	round_message_read(&words, said, round->name, strbuf_slice(&message));
	rc = 0;
	if (plan->words && strcmp(words.buf, round->words))
		rc = set_exists(err, round, "with other words to its readers");
	else if (plan->due && strcmp(said, round->due))
		rc = set_exists(err, round, "due on another day");
	strbuf_release(&message);
	strbuf_release(&words);
	return rc;
}

static int add_opened(const struct review_round **out,
		      struct review_round_list *list, const char *name,
		      const struct review_round_plan *plan, const char *tag,
		      struct repository *repo, struct slice message,
		      struct error *err)
{
	struct review_round round = { .name = arena_strdup(&list->arena,
							   name) };
	struct commit_info commit;
	int rc = repository_resolve(&commit, repo, plan->commit, err);

	if (rc < 0)
		return rc;
	memcpy(round.tag, tag, sizeof(round.tag));
	memcpy(round.commit, commit.id, sizeof(round.commit));
	memcpy(round.short_commit, commit.short_id,
	       sizeof(round.short_commit));
	round.opener.name = arena_strdup(&list->arena, plan->opener.name);
	round.opener.email = arena_strdup(&list->arena, plan->opener.email);
	round.opened = plan->opened;
	set_message(&round, &list->arena, message);
	GROW(list->items, list->count, list->capacity);
	list->items[list->count++] = round;
	qsort(list->items, list->count, sizeof(*list->items), by_age);
	*out = named(list, round.name);
	return 0;
}

static int open_new(const struct review_round **out,
		    struct review_round_list *list, struct repository *repo,
		    const struct review_round_plan *plan, bool dry_run,
		    struct error *err)
{
	char number[ROUND_NAME_MAX + 1], due[CALENDAR_DAY_SIZE] = "";
	char tag[COMMIT_ID_LENGTH + 1] = "";
	struct strbuf message = STRBUF_INIT, ref = STRBUF_INIT;
	const char *name = plan->name;
	int rc = 0;

	if (!name) {
		rc = next_name(number, repo, err);
		name = number;
	}
	if (!rc)
		rc = review_round_check_name(name, err);
	if (!rc && plan->due)
		rc = calendar_day_parse(due, plan->due, &plan->opened, err);
	if (rc < 0)
		goto out;
	round_message_write(&message, name,
			    slice_of(plan->words ? plan->words : ""), due);
	strbuf_addf(&ref, "round/%s", name);
	if (!dry_run)
		rc = tag_create(tag, repo, ref.buf, plan->commit,
				&plan->opener, &plan->opened, message.buf,
				err);
	if (rc == ERROR_EXISTS)
		rc = error_set(err, rc, "git has a tag '%s' already that is "
			       "no round; give another name", ref.buf);
	if (!rc)
		rc = add_opened(out, list, name, plan, tag, repo,
				strbuf_slice(&message), err);
out:
	strbuf_release(&message);
	strbuf_release(&ref);
	return rc;
}

int review_round_open(const struct review_round **out, bool *known,
		      struct review_round_list *list, struct repository *repo,
		      const struct review_round_plan *plan, bool dry_run,
		      struct error *err)
{
	const struct review_round *round = meant(list, plan);
	size_t len = plan->words ? strlen(plan->words) : 0;
	int rc;

	*known = round;
	if (utf8_valid_prefix((struct slice){ plan->words, len }) < len)
		return error_set(err, ERROR_INVALID,
				 "the words to readers are not UTF-8");
	if (!round)
		return open_new(out, list, repo, plan, dry_run, err);
	if ((rc = check_same(round, plan, err)) < 0)
		return rc;
	*out = round;
	return 0;
}

/* ---- closing ---------------------------------------------------------- */

int review_round_close(struct repository *repo,
		       const struct review_round *round,
		       const struct person *who, const struct moment *when,
		       struct error *err)
{
	struct strbuf line = STRBUF_INIT, message = STRBUF_INIT;
	struct note note = { round->tag, { NULL, 0 } };
	char date[CALENDAR_TIME_SIZE];
	int rc;

	if (round->closed)
		return 0;
	calendar_time(date, when);
	strbuf_addf(&line, "%s" CLOSED "\n", date);
	strbuf_addf(&message, "Close round %s\n", round->name);
	note.text = strbuf_slice(&line);
	rc = notes_add_lines(repo, EVENTS, &note, 1, who, when, message.buf,
			     err);
	strbuf_release(&line);
	strbuf_release(&message);
	return rc;
}
