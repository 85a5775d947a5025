/* SPDX-License-Identifier: MIT */
/*
 * A damaged patch, or one that casts doubt: its lines are read against the
 * text, the result is drafted, and what can be read in more than one way is
 * chosen. The proof is the name that git gave the result, when the patch says
 * it and was made for this very text; else nothing may be in doubt.
 */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "patch_repair.h"

#define MOST_BYTES ((size_t)64 << 20)	/* of text or patch to be repaired */

/* --- the draft ----------------------------------------------------------- */

static const struct patch_reading *reading_of(const struct repair *r, size_t i)
{
	return &r->readings[i].items[r->way[i]];
}

static void gather(struct repair *r)
{
	r->evidence = (struct patch_evidence){ 0 };
	for (size_t i = 0; i < r->file->hunk_count; i++) {
		const struct patch_reading *reading = reading_of(r, i);

		for (size_t k = 0; k < reading->count; k++) {
			const struct patch_op *op = &reading->ops[k];

			if (op->kind == '+')
				patch_gather_new(&r->evidence, op);
			else
				patch_gather(&r->evidence, op, &r->text);
			if (op->kind == '-')
				patch_draft_learn(&r->draft, op);
		}
	}
}

static void keep_lines(struct repair *r, size_t from, size_t to)
{
	patch_draft_add(&r->draft, slice_sub(r->text.text, r->text.at[from],
					     r->text.at[to]));
}

static void draft_group(struct repair *r, const struct patch_op *ops,
			size_t count, size_t *line)
{
	struct group_span span = { .piece = r->draft.count,
				   .line = *line, .at = ops->at };

	for (size_t i = 0; i < count; i++)
		*line += ops[i].kind == '-';
	patch_draft_group(&r->draft, ops, count);
	span.piece_end = r->draft.count;
	span.line_end = *line;
	GROW(r->groups, r->group_count, r->group_capacity);
	r->groups[r->group_count++] = span;
}

static void draft_hunk(struct repair *r, const struct patch_reading *reading,
		       size_t *line)
{
	const struct patch_op *ops = reading->ops;

	for (size_t i = 0, n; i < reading->count; i += n) {
		n = 1;
		if (ops[i].kind == ' ')
			continue;
		while (i + n < reading->count && ops[i + n].kind != ' ')
			n++;
		keep_lines(r, *line, ops[i].line);
		*line = ops[i].line;
		draft_group(r, ops + i, n, line);
	}
}

static void draft(struct repair *r)
{
	size_t line = 0;

	patch_draft_release(&r->draft);
	r->group_count = 0;
	r->draft.text = &r->text;
	r->draft.evidence = &r->evidence;
	r->draft.habits = r->habits;
	r->draft.has_tabs = slice_find(r->text.text, '\t') < r->text.text.len;
	r->draft.has_ends = patch_has_ends(r->text.text);
	gather(r);
	for (size_t i = 0; i < r->file->hunk_count; i++)
		draft_hunk(r, reading_of(r, i), &line);
	keep_lines(r, line, r->text.count);
}

/* --- the choices, where it has none -------------------------------------- */

#define MOST_ALIKE 8		/* of lines that stand there often, a diff may
				 * take out one and put in another */

static bool stands_in(struct repair *r, const struct group_span *g,
		      struct slice line)
{
	size_t alike, at = patch_text_find(&r->text, line, &alike);

	for (; at && alike <= MOST_ALIKE; at = r->text.next[at - 1])
		if (at > g->line && at <= g->line_end)
			return true;
	return false;
}

/*
 * Its new lines are its old ones; or one of them is, in a patch with nothing
 * to prove it: no diff has a line like that.
 */
static bool is_idle(struct repair *r, const struct group_span *g,
		    struct slice new)
{
	struct slice line;

	if (slice_eq(new, slice_sub(r->text.text, r->text.at[g->line],
				    r->text.at[g->line_end])))
		return true;
	while (patch_is_nameless(r->file) && slice_next_line(&line, &new))
		if (!slice_is_blank(line) && stands_in(r, g, line))
			return true;
	return false;
}

/* The first group that damage made idle; NULL: none. */
static const struct group_span *idle_group(struct repair *r)
{
	struct strbuf new = STRBUF_INIT;
	const struct group_span *idle = NULL;

	for (size_t i = 0; i < r->group_count && !idle; i++) {
		const struct group_span *g = &r->groups[i];

		strbuf_truncate(&new, 0);
		for (size_t k = g->piece; k < g->piece_end; k++)
			patch_piece_add(&new, &r->draft.pieces[k]);
		if (is_idle(r, g, strbuf_slice(&new)))
			idle = g;
	}
	strbuf_release(&new);
	return idle;
}

/* What damage may have been done where nothing shows it. */
static unsigned suspect_result(const struct repair *r)
{
	unsigned suspected = patch_seen(&r->evidence) |
			     patch_suspect_all(r->file);

	for (size_t i = 0; i < r->draft.choice_count; i++)
		suspected |= r->draft.choices[i]->repair;
	if (r->draft.doubtful)
		suspected |= REPAIR_TYPOGRAPHY;
	if (patch_is_open(r))
		suspected |= REPAIR_CUT;
	/* spaces may be lost where nothing shows it */
	return suspected ? suspected : REPAIR_BLANK;
}

static const struct patch_choice *first_doubt(const struct repair *r)
{
	for (size_t i = 0; i < r->draft.choice_count; i++)
		if (!r->draft.choices[i]->certain)
			return r->draft.choices[i];
	return NULL;
}

static const struct patch_op *last_op(const struct repair *r)
{
	const struct patch_reading *last = reading_of(r,
						      r->file->hunk_count - 1);

	return last->count ? &last->ops[last->count - 1] : NULL;
}

/* True if the mail ends within a new line: nothing says that it is whole. */
static bool is_cut(const struct repair *r)
{
	const struct patch_op *op = last_op(r);

	return op && op->kind == '+' && op->cut;
}

/*
 * Nothing in it could be damage, spaces at line ends are there, and git's
 * signature says that nothing is missing: its writer edited the patch.
 */
static bool is_edited(const struct repair *r)
{
	const struct patch_op *op = last_op(r);

	return !r->draft.choice_count && !r->draft.doubtful &&
	       !patch_seen(&r->evidence) &&
	       (r->evidence.ends_kept || !patch_has_ends(r->text.text)) &&
	       r->ways == 1 && op && op->kind == ' ' && !patch_is_open(r);
}

static int settle(struct repair *r)
{
	const struct patch_choice *doubt = first_doubt(r);
	const struct group_span *idle;
	size_t last = r->file->hunk_count - 1;

	patch_render(r);
	if (is_cut(r))
		return patch_refuse(r, ERROR_MALFORMED, last,
				    r->file->hunks[last].line,
				    patch_suspect_all(r->file) | REPAIR_CUT,
				    "this change has no end");
	if (doubt)
		return patch_refuse(r, ERROR_AMBIGUOUS, 0, doubt->line,
				    doubt->repair | patch_seen(&r->evidence),
				    "what was written there cannot be told "
				    "beyond doubt");
	idle = idle_group(r);
	if (idle)
		return patch_refuse(r, ERROR_AMBIGUOUS, 0, idle->at,
				    suspect_result(r),
				    "what changes there cannot be told any "
				    "more");
	return 0;
}

/* --- all of it ----------------------------------------------------------- */

/* A line put in behind one that has no line end would go on in it. */
static int check_ends(struct repair *r)
{
	size_t end = r->result.len, at;

	for (size_t i = r->draft.count; i--;) {
		const struct patch_piece *p = &r->draft.pieces[i];
		struct slice s = p->choice ?
			p->choice->options[p->choice->taken] : p->bytes;

		at = end - s.len;
		if (end < r->result.len && s.len && s.ptr >= r->text.text.ptr &&
		    s.ptr + s.len == r->text.text.ptr + r->text.text.len &&
		    r->result.buf[end - 1] != '\n')
			return patch_refuse(r, ERROR_NOT_FOUND, 0,
					    r->file->line, 0,
					    "the text ends without a line end");
		end = at;
	}
	return 0;
}

static int try_way(struct repair *r)
{
	draft(r);
	if (r->proven && patch_choose(r))
		return 0;
	if (!r->proven || is_edited(r))
		return settle(r);
	return patch_refuse(r, ERROR_AMBIGUOUS, 0, r->file->hunks[0].line,
			    suspect_result(r),
			    "its lines do not make the text that its writer "
			    "had");
}

static bool next_way(struct repair *r)
{
	for (size_t i = 0; i < r->file->hunk_count; i++) {
		if (++r->way[i] < r->readings[i].count)
			return true;
		r->way[i] = 0;
	}
	return false;
}

static void report_repairs(struct repair *r)
{
	unsigned repairs = patch_seen(&r->evidence);

	for (size_t i = 0; i < r->draft.choice_count; i++)
		if (r->draft.choices[i]->taken)
			repairs |= r->draft.choices[i]->repair;
	for (size_t i = 0; i < r->file->hunk_count && r->unlink; i++)
		if (patch_has_links(r->file->hunks[i].lines))
			repairs |= REPAIR_LINKS;
	r->report->repairs |= repairs;
}

static int repair(struct repair *r)
{
	int rc = patch_read_hunks(r);

	if (rc < 0)
		return rc;
	do
		rc = try_way(r);
	while (rc < 0 && next_way(r));
	if (!rc)
		rc = check_ends(r);
	if (!rc)
		report_repairs(r);
	return rc;
}

/* Links are undone unless the text has some that look decorated itself. */
static bool may_unlink(struct repair *r)
{
	struct slice text = r->text.text;

	return !patch_has_links(text) ||
	       patch_unlink(&r->arena, text).ptr == text.ptr;
}

static bool is_too_long(const struct patch_file *file, struct slice base)
{
	size_t total = base.len;

	for (size_t i = 0; i < file->hunk_count && total <= MOST_BYTES; i++)
		total += file->hunks[i].lines.len;
	return total > MOST_BYTES;
}

int patch_apply_repaired(struct strbuf *out, const struct patch_file *file,
			 struct slice base, struct patch_report *report,
			 struct error *err)
{
	struct repair r = { .file = file, .arena = ARENA_INIT,
			    .draft = PATCH_DRAFT_INIT, .result = STRBUF_INIT,
			    .report = report, .err = err };
	int rc;

	if (!file->hunk_count)
		return error_set(err, ERROR_NOT_FOUND,
				 "the patch has no changes in it");
	if (is_too_long(file, base))
		return patch_refuse(&r, ERROR_NOT_FOUND, 0, file->hunks[0].line,
				    0,
				    "the lines of this change do not stand in "
				    "the text, which is too long to look "
				    "closer");
	patch_text_init(&r.text, base);
	r.readings = xcalloc(file->hunk_count, sizeof(*r.readings));
	r.way = xcalloc(file->hunk_count, sizeof(*r.way));
	r.proven = patch_is_provable(file, base);
	r.unlink = may_unlink(&r);
	patch_habits_read(&r.habits, base);
	rc = repair(&r);
	if (!rc)
		strbuf_add_slice(out, strbuf_slice(&r.result));
	patch_draft_release(&r.draft);
	patch_text_release(&r.text);
	arena_release(&r.arena);
	strbuf_release(&r.result);
	free(r.readings);
	free(r.way);
	free(r.groups);
	return rc;
}
