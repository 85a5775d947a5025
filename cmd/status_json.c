/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "calendar.h"
#include "json_out.h"
#include "status_print.h"

static json_t *time_json(int64_t seconds)
{
	return json_time(&(struct moment){ seconds, 0 });
}

static void set_counts(json_t *out, const struct status_count *count)
{
	json_set_number(out, "said", count->said);
	json_set_number(out, "open", count->open);
	json_set_number(out, "untold", count->untold);
	json_set_number(out, "put_off", count->put_off);
	json_set_number(out, "decided", count->decided);
	json_set_number(out, "waiting", status_waiting(count));
	json_object_set_new(out, "oldest", status_waiting(count) ?
			    time_json(count->since) : json_null());
}

static json_t *seconds_json(int64_t seconds)
{
	return seconds < 0 ? json_null() : json_integer(seconds);
}

static json_t *round_json(const struct status_round *r)
{
	json_t *out = json_object();

	json_object_set_new(out, "name", json_text(
		strcmp(r->name, COMMENT_NO_ROUND) ? r->name : ""));
	json_object_set_new(out, "opened", r->round ?
		time_json(r->round->opened.seconds) : json_null());
	json_object_set_new(out, "closed", r->round && r->round->closed ?
		time_json(r->round->closed_at.seconds) : json_null());
	set_counts(out, &r->count);
	json_object_set_new(out, "by_mail", json_boolean(r->by_mail));
	json_set_number(out, "answered", r->answered);
	json_object_set_new(out, "median", seconds_json(r->median));
	json_object_set_new(out, "slowest", seconds_json(r->slowest));
	return out;
}

static json_t *chapters_json(const struct round_status *status)
{
	json_t *list = json_array();

	for (size_t i = 0; i < status->chapter_count; i++) {
		const struct status_chapter *c = &status->chapters[i];
		json_t *out = json_object();

		json_object_set_new(out, "title", json_text(c->title));
		json_object_set_new(out, "path", json_text(c->path));
		set_counts(out, &c->count);
		json_array_append_new(list, out);
	}
	return list;
}

static json_t *readers_json(const struct round_status *status)
{
	json_t *list = json_array();

	for (size_t i = 0; i < status->reader_count; i++) {
		const struct status_reader *r = &status->readers[i];
		json_t *out = json_object();

		json_object_set_new(out, "name", json_text(r->person.name));
		json_object_set_new(out, "email", json_text(r->person.email));
		json_object_set_new(out, "sent", r->sent ?
				    time_json(r->sent) : json_null());
		json_object_set_new(out, "listed", json_boolean(r->listed));
		json_object_set_new(out, "stop", json_boolean(r->stop));
		set_counts(out, &r->count);
		json_array_append_new(list, out);
	}
	return list;
}

void status_print_json(const struct round_status *status,
		       const struct moment *now)
{
	const struct status_round *round = &status->rounds[status->at];
	json_t *out = json_object(), *rounds = json_array();

	for (size_t i = 0; i < status->round_count; i++)
		json_array_append_new(rounds,
				      round_json(&status->rounds[i]));
	json_object_set_new(out, "now", time_json(now->seconds));
	json_object_set_new(out, "round", json_text(
		strcmp(round->name, COMMENT_NO_ROUND) ? round->name : ""));
	json_set_number(out, "sent", status->sent);
	json_set_number(out, "sent_heard", status->sent_heard);
	json_object_set_new(out, "chapters", chapters_json(status));
	json_object_set_new(out, "readers", readers_json(status));
	json_object_set_new(out, "rounds", rounds);
	json_print(out);
}
