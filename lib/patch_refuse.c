/* SPDX-License-Identifier: MIT */
#include "error.h"
#include "patch_repair.h"

#define MOST_WAYS 64			/* readings of all hunks together */

int patch_refuse(struct repair *r, int code, size_t hunk, size_t line,
		 unsigned suspected, const char *trouble)
{
	struct strbuf damage = STRBUF_INIT;

	if (r->file->from_html)
		suspected |= REPAIR_HTML;
	patch_damage_describe(&damage, suspected);
	r->report->hunk = hunk;
	r->report->suspected = suspected;
	error_set(r->err, code, "line %zu of the patch: %s%s%s", line, trouble,
		  damage.len ? "; a mail program seems to have " : "",
		  damage.buf ? damage.buf : "");
	strbuf_release(&damage);
	return code;
}

unsigned patch_suspect_all(const struct patch_file *file)
{
	unsigned suspected = 0;

	for (size_t i = 0; i < file->hunk_count; i++)
		suspected |= patch_suspect(&file->hunks[i]);
	return suspected;
}

/* --- what the hunks say -------------------------------------------------- */

static bool has_printed(const struct patch_habits *habits)
{
	for (int i = CLASS_SINGLE; i < CLASS_COUNT; i++)
		if (habits->printed[i])
			return true;
	return false;
}

/* The lines that the hunk names are longer in the text than in the mail. */
static bool is_narrower(const struct repair *r, const struct patch_hunk *hunk)
{
	struct slice rest = hunk->lines, line;
	size_t longest = 0, own = 0, i = hunk->old_start;
	bool ended;

	while (patch_next_line(&line, &ended, &rest))
		own = line.len > own ? line.len : own;
	for (; i && i <= r->text.count &&
	     i - hunk->old_start < hunk->old_count; i++) {
		line = patch_text_words(&r->text, i - 1);
		longest = line.len + 1 > longest ? line.len + 1 : longest;
	}
	return longest > own;
}

static int refuse_hunk(struct repair *r, size_t i)
{
	const struct patch_hunk *hunk = &r->file->hunks[i];
	const struct patch_readings *found = &r->readings[i];
	unsigned suspected = patch_suspect_all(r->file);

	/* signs say little where the text has them itself */
	if (slice_find(r->text.text, '\r') < r->text.text.len)
		suspected &= ~(unsigned)REPAIR_CRLF;
	if (has_printed(&r->habits) &&
	    suspected & ~(unsigned)REPAIR_TYPOGRAPHY)
		suspected &= ~(unsigned)REPAIR_TYPOGRAPHY;
	if (!suspected && is_narrower(r, hunk))
		suspected = REPAIR_WRAPPED;
	if (!hunk->counted)
		return patch_refuse(r, ERROR_NOT_FOUND, i, hunk->line,
				    suspected | (hunk->lines.len ?
						 REPAIR_WRAPPED : REPAIR_CUT),
				    "the line that says what this change is "
				    "about is damaged");
	if (found->late)
		suspected |= REPAIR_CUT;
	if (found->cut_off && !(suspected & REPAIR_CUT))
		suspected |= REPAIR_CUT | REPAIR_WRAPPED;
	if (found->cut_off)
		return patch_refuse(r, ERROR_MALFORMED, i, hunk->line,
				    suspected,
				    "lines are missing from this change");
	if (found->given_up)
		return patch_refuse(r, ERROR_AMBIGUOUS, i, hunk->line,
				    suspected,
				    "this change can be read in too many ways");
	return patch_refuse(r, ERROR_NOT_FOUND, i, hunk->line, suspected,
			    "the lines of this change do not stand in the "
			    "text");
}

static size_t end_of(const struct patch_readings *readings,
		     const struct patch_hunk *hunk, size_t from)
{
	const struct patch_reading *reading = &readings->items[0];

	return reading->count ? reading->ops[0].line + hunk->old_count : from;
}

bool patch_is_open(const struct repair *r)
{
	size_t last = r->file->hunk_count - 1;

	return !patch_has_signature(&r->file->hunks[last]);
}

static unsigned suspect_ways(const struct repair *r,
			     const struct patch_hunk *hunk)
{
	return patch_suspect(hunk) | REPAIR_WRAPPED |
	       (patch_is_open(r) ? REPAIR_FOOTER : 0);
}

int patch_read_hunks(struct repair *r)
{
	size_t from = 0, budget = 100000 + 16 * r->text.count;

	for (size_t i = 0; i < r->file->hunk_count; i++)
		budget += r->file->hunks[i].lines.len;
	r->ways = 1;
	for (size_t i = 0; i < r->file->hunk_count; i++) {
		const struct patch_hunk *hunk = &r->file->hunks[i];
		struct patch_readings *found = &r->readings[i];

		if (hunk->counted)
			patch_read_hunk(found, &r->arena, hunk, &r->text, from,
					&budget, r->unlink);
		if (!found->count || found->given_up)
			return refuse_hunk(r, i);
		if (found->elsewhere && found->count > 1)
			return patch_refuse(r, ERROR_AMBIGUOUS, i, hunk->line,
					    patch_suspect(hunk),
					    "this change fits two places");
		if (found->elsewhere)
			r->report->repairs |= REPAIR_OFFSET;
		r->ways *= found->count;
		if (r->ways > MOST_WAYS ||
		    (r->ways > 1 && !r->proven))
			return patch_refuse(r, ERROR_AMBIGUOUS, i, hunk->line,
					    suspect_ways(r, hunk),
					    "this change can be read in two "
					    "ways");
		from = end_of(found, hunk, from);
	}
	return 0;
}
