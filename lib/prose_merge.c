/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "line_ends.h"
#include "prose_merge.h"
#include "prose_place.h"
#include "strbuf.h"

/* --- the result --- */

struct merger {
	struct strbuf *out;
	struct slice base, theirs, ours;
	const struct prose_merge_options *options;
	size_t done;		/* bytes of ours that are in the result */
	size_t start;		/* where the result starts in `out` */
	size_t conflicts;
};

static void start_line(struct merger *m)
{
	if (m->out->len > m->start && m->out->buf[m->out->len - 1] != '\n')
		strbuf_addch(m->out, '\n');
}

static void add_marker(struct merger *m, char c, struct slice label)
{
	size_t size = m->options->marker_size ? m->options->marker_size : 7;

	start_line(m);
	while (size--)
		strbuf_addch(m->out, c);
	if (label.len) {
		strbuf_addch(m->out, ' ');
		strbuf_add_slice(m->out, label);
	}
	strbuf_addch(m->out, '\n');
}

/* `from`: what ours has before it is in the result already. */
static void add_conflict(struct merger *m, const struct prose_change *c,
			 size_t from)
{
	struct slice ours = slice_sub(m->ours, from, c->ours.end);
	struct slice base = slice_sub(m->base, c->base.start, c->base.end);
	struct slice theirs = slice_sub(m->theirs, c->theirs.start,
					c->theirs.end);

	m->conflicts += m->options->favor == MERGE_MARK;
	switch (m->options->favor) {
	case MERGE_OURS:
		strbuf_add_slice(m->out, ours);
		return;
	case MERGE_THEIRS:
		strbuf_add_slice(m->out, theirs);
		return;
	case MERGE_UNION:
		strbuf_add_slice(m->out, ours);
		if (ours.len && theirs.len)
			strbuf_addch(m->out, ' ');
		strbuf_add_slice(m->out, theirs);
		return;
	case MERGE_MARK:
		break;
	}
	/* what was a space before the marker need not end the line */
	while (m->out->len > m->start && m->out->buf[m->out->len - 1] == ' ')
		strbuf_truncate(m->out, m->out->len - 1);
	add_marker(m, '<', m->options->our_label);
	strbuf_add_slice(m->out, ours);
	if (!m->options->without_base) {
		add_marker(m, '|', m->options->base_label);
		strbuf_add_slice(m->out, base);
	}
	add_marker(m, '=', (struct slice){ NULL, 0 });
	strbuf_add_slice(m->out, theirs);
	add_marker(m, '>', m->options->their_label);
	/* the line goes on after the marker's */
	while (m->done < m->ours.len && (m->ours.ptr[m->done] == ' ' ||
					 m->ours.ptr[m->done] == '\t'))
		m->done++;
	if (m->done < m->ours.len && m->ours.ptr[m->done] == '\n')
		m->done++;
}

static void add_ours(struct merger *m, size_t to)
{
	if (to <= m->done)
		return;
	strbuf_add(m->out, m->ours.ptr + m->done, to - m->done);
	m->done = to;
}

struct ordered {
	const struct prose_change *change;
	size_t number;
};

/* By their place in ours; those that change nothing last. */
static int by_place(const void *a, const void *b)
{
	const struct ordered *x = a, *y = b;
	const struct span *s = &x->change->ours, *t = &y->change->ours;

	if (s->start != t->start)
		return s->start < t->start ? -1 : 1;
	if (s->end != t->end)
		return s->end < t->end ? -1 : 1;
	return x->number < y->number ? -1 : 1;
}

static void apply(struct merger *m, const struct prose_changes *changes)
{
	struct ordered *order = xreallocarray(NULL, changes->count + 1,
					      sizeof(*order));
	size_t count = 0;

	for (size_t i = 0; i < changes->count; i++)
		if (changes->items[i].outcome != PROSE_ALREADY)
			order[count++] = (struct ordered){
				&changes->items[i], i
			};
	qsort(order, count, sizeof(*order), by_place);
	for (size_t i = 0; i < count; i++) {
		const struct prose_change *c = order[i].change;
		bool refused = c->outcome != PROSE_PLACED;
		size_t from = c->ours.start;

		/* two that want the same place: the first has it */
		if (i && from < m->done) {
			refused = true;
			from = m->done;
		}
		add_ours(m, from);
		if (m->done < c->ours.end)
			m->done = c->ours.end;
		if (refused)
			add_conflict(m, c, from);
		else
			strbuf_add_slice(m->out, c->words);
	}
	add_ours(m, m->ours.len);
	free(order);
}

size_t prose_merge(struct strbuf *out, struct slice ours, struct slice base,
		   struct slice theirs,
		   const struct prose_merge_options *options)
{
	static const struct prose_merge_options defaults = { 0 };
	struct strbuf copies[3] = { STRBUF_INIT, STRBUF_INIT, STRBUF_INIT };
	struct strbuf result = STRBUF_INIT;
	struct prose_changes changes = PROSE_CHANGES_INIT;
	enum line_end o = line_end_of(ours), b = line_end_of(base);
	enum line_end t = line_end_of(theirs), end;
	struct merger m = { .out = out, .start = out->len,
			    .options = options ? options : &defaults };

	end = o == LINE_END_ANY ? t :
	      o == b && t != LINE_END_ANY ? t : o;
	m.ours = line_end_to_lf(ours, &copies[0]);
	m.base = line_end_to_lf(base, &copies[1]);
	m.theirs = line_end_to_lf(theirs, &copies[2]);
	if (end == LINE_END_CRLF) {
		m.out = &result;
		m.start = 0;
	}
	if (slice_eq(m.base, m.ours)) {
		strbuf_add_slice(m.out, m.theirs);
	} else if (slice_eq(m.base, m.theirs) || slice_eq(m.ours, m.theirs)) {
		strbuf_add_slice(m.out, m.ours);
	} else {
		prose_place_in(&changes, m.base, m.theirs, m.ours);
		apply(&m, &changes);
	}
	if (end == LINE_END_CRLF)
		line_end_add_crlf(out, strbuf_slice(&result));
	prose_changes_release(&changes);
	strbuf_release(&result);
	for (size_t i = 0; i < 3; i++)
		strbuf_release(&copies[i]);
	return m.conflicts;
}
