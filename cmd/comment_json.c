/* SPDX-License-Identifier: MIT */
/* Comments for programs: see comment_show.h. */
#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "calendar.h"
#include "comment_show.h"
#include "error.h"

static json_t *text_json(struct slice text)
{
	json_t *s = json_stringn(text.ptr ? text.ptr : "", text.len);

	return s ? s : json_string("");
}

static json_t *passage_json(const struct shown_file *file, size_t n,
			    const struct review_comment *c)
{
	const struct prose_passage *p = &file->passages.items[n];
	unsigned number = (unsigned)(file->first + n + 1);
	static const char *const kinds[] = { "kept", "deleted", "inserted" };
	json_t *parts = json_array(), *passage = json_object();

	for (size_t i = 0; i < p->part_count; i++) {
		json_t *part = json_object();

		json_object_set_new(part, kinds[p->parts[i].kind],
				    text_json(p->parts[i].words));
		json_array_append_new(parts, part);
	}
	json_object_set_new(passage, "number", json_integer(number));
	json_object_set_new(passage, "state", json_string(
		comment_state_name(review_part(c, number)->state)));
	json_object_set_new(passage, "chunk", json_string(file->path));
	json_object_set_new(passage, "old", text_json(slice_sub(file->base,
		p->base.start, p->base.end)));
	json_object_set_new(passage, "new", text_json(slice_sub(file->theirs,
		p->theirs.start, p->theirs.end)));
	json_object_set_new(passage, "parts", parts);
	return passage;
}

static json_t *passages_json(const struct comment_view *view,
			     const struct review_comment *c)
{
	json_t *passages = json_array();

	for (size_t i = 0; i < view->count; i++)
		for (size_t k = 0; k < view->files[i].passages.count; k++)
			json_array_append_new(passages, passage_json(
				&view->files[i], k, c));
	return passages;
}

static void set_date(json_t *object, const char *key,
		     const struct moment *when)
{
	char date[CALENDAR_TIME_SIZE];

	calendar_time(date, when);
	json_object_set_new(object, key, json_string(date));
}

static json_t *comment_json(const struct comment_view *view,
		     const struct review *review, size_t at)
{
	const struct review_comment *rc = &review->items[at];
	const struct comment *c = &rc->comment;
	json_t *o = json_object();

	json_object_set_new(o, "id", json_string(c->id));
	json_object_set_new(o, "kind", json_string(c->is_remark ? "remark" :
						   "edit"));
	json_object_set_new(o, "state", json_string(
		comment_state_name(rc->state.state)));
	json_object_set_new(o, "why", json_string(rc->state.words));
	json_object_set_new(o, "applied_by", json_string(rc->state.commit));
	json_object_set_new(o, "round", json_string(
		strcmp(c->round, COMMENT_NO_ROUND) ? c->round : ""));
	json_object_set_new(o, "chunk", json_string(rc->path));
	json_object_set_new(o, "label", text_json(c->label));
	json_object_set_new(o, "name", json_string(c->reader.name));
	json_object_set_new(o, "email", json_string(c->reader.email));
	set_date(o, "date", &c->when);
	json_object_set_new(o, "subject", text_json(c->subject));
	json_object_set_new(o, "body", text_json(c->body));
	json_object_set_new(o, "unplaced", text_json(c->unplaced));
	json_object_set_new(o, "message_id", text_json(c->message_id));
	json_object_set_new(o, "same_as", json_string(rc->same == at ? "" :
		review->items[rc->same].comment.id));
	json_object_set_new(o, "passages", passages_json(view, rc));
	return o;
}

int comment_print_json(const struct review *review, const size_t *order,
		       size_t count, struct repository *repo,
		       struct error *err)
{
	json_t *list = json_array();
	int rc = 0;

	for (size_t i = 0; i < count && !rc; i++) {
		struct comment_view view = COMMENT_VIEW_INIT;

		rc = comment_view_read(&view, repo,
				       &review->items[order[i]].comment, err);
		if (!rc)
			json_array_append_new(list, comment_json(&view, review,
								 order[i]));
		comment_view_release(&view);
	}
	if (!rc) {
		json_dumpf(list, stdout, JSON_INDENT(2));
		putchar('\n');
	}
	json_decref(list);
	return rc;
}
