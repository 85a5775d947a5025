/* SPDX-License-Identifier: MIT */
/*
 * The lines of a hunk as they came: what kind each is, whether they are lines
 * of the text, and what damage they look like.
 */
#include <stdlib.h>

#include "alloc.h"
#include "patch_reader.h"

#define EN_DASH "\xE2\x80\x93"
#define EM_DASH "\xE2\x80\x94"
#define NO_BREAK_SPACE "\xC2\xA0"

static bool starts(struct slice s, const char *bytes)
{
	return slice_starts_with(s, slice_of(bytes));
}

static void classify(struct patch_raw *raw)
{
	struct slice s = raw->text;

	raw->blank = slice_is_blank(s);
	raw->prefix = 1;
	if (raw->blank)
		raw->kind = ' ';
	else if (starts(s, "\\ "))
		raw->kind = '\\';
	else if (*s.ptr == ' ' || *s.ptr == '-' || *s.ptr == '+')
		raw->kind = *s.ptr;
	else
		raw->prefix = 0;
	if (raw->prefix)
		return;
	if (starts(s, NO_BREAK_SPACE)) {
		raw->kind = ' ';
		raw->prefix = 2;
	} else if (starts(s, EN_DASH) || starts(s, EM_DASH)) {
		raw->kind = '-';
		raw->prefix = 3;
	}
}

void patch_raws_read(struct patch_reader *r, struct arena *arena, bool unlink)
{
	struct slice rest = r->hunk->lines, line;
	bool ended;

	while (patch_next_line(&line, &ended, &rest)) {
		struct patch_raw raw = { .ended = ended };

		if (line.len && line.ptr[line.len - 1] == '\r') {
			raw.cr = true;
			line.len--;
		}
		raw.sent = line;
		raw.text = unlink ? patch_unlink(arena, line) : line;
		classify(&raw);
		raw.fold = r->folded.len;
		patch_fold(&r->folded, slice_sub(raw.text, raw.prefix,
						 raw.text.len));
		raw.fold_end = r->folded.len;
		GROW(r->raws, r->count, r->capacity);
		r->raws[r->count++] = raw;
	}
}

/* "-- " and git's version: nothing stands between a hunk and that. */
void patch_raws_sign(struct patch_reader *r)
{
	for (size_t i = r->count > 1 ? r->count - 1 : 0; i--;) {
		struct slice next = r->raws[i + 1].text;

		if (patch_is_signature(r->raws[i].text) && next.len &&
		    *next.ptr >= '0' && *next.ptr <= '9') {
			r->signature = i;
			return;
		}
	}
}

struct slice patch_raw_folded(const struct patch_reader *r,
			      const struct patch_raw *raw)
{
	return slice_sub(strbuf_slice(&r->folded), raw->fold, raw->fold_end);
}

/* --- one line of the text ------------------------------------------------ */

bool patch_raw_match_part(struct slice want, size_t *at, struct slice part)
{
	struct slice rest = slice_sub(want, *at, want.len);

	if (slice_starts_with(rest, part)) {
		*at += part.len;
		return true;
	}
	if (part.len && *part.ptr == '-' && *at &&
	    want.ptr[*at - 1] == '-') {
		part = slice_sub(part, 1, part.len);
		*at += part.len;
		return slice_starts_with(rest, part);
	}
	return false;
}

/* The same for a line without a prefix of its own: all of it counts. */
static bool match_whole(const struct patch_reader *r, struct slice want,
			size_t *at, const struct patch_raw *raw)
{
	if (raw->kind && raw->kind != ' ' &&
	    !patch_raw_match_part(want, at, (struct slice){ &raw->kind, 1 }))
		return false;
	return patch_raw_match_part(want, at, patch_raw_folded(r, raw));
}

/*
 * How the first line begins: after a prefix; or with a dash that is the
 * prefix and what followed it, too.
 */
static bool match_first(const struct patch_reader *r, struct slice want,
			size_t *at, const struct patch_raw *raw)
{
	if (patch_raw_match_part(want, at, patch_raw_folded(r, raw)))
		return true;
	*at = 0;
	return raw->prefix == 3 && patch_raw_match_part(want, at, SLICE("-")) &&
	       patch_raw_match_part(want, at, patch_raw_folded(r, raw));
}

/* The lines of the mail from `i` that are line `line`: their end, or 0. */
size_t patch_raw_match(struct patch_reader *r, size_t i, size_t line)
{
	struct slice want = patch_text_folded(r->text, line);
	size_t at = 0;

	if (!match_first(r, want, &at, &r->raws[i]) || (want.len && !at))
		return 0;
	for (i++; at < want.len; i++) {
		if (i == r->count || r->raws[i].blank ||
		    !match_whole(r, want, &at, &r->raws[i]))
			return 0;
	}
	r->work += want.len / 64;
	return i;
}

/* --- what it looks like -------------------------------------------------- */

unsigned patch_suspect(const struct patch_hunk *hunk)
{
	struct slice rest = hunk->lines, line;
	size_t before = hunk->old_count, after = hunk->new_count, context = 0;
	size_t stuffed = 0, crs = 0, lines = 0;
	unsigned seen = 0;
	struct arena arena = ARENA_INIT;
	bool ended = true;

	while ((before || after) && patch_next_line(&line, &ended, &rest)) {
		struct patch_raw raw = { .text = line };
		struct patch_unit unit;

		classify(&raw);
		lines++;
		crs += line.len && line.ptr[line.len - 1] == '\r';
		seen |= !raw.kind ? REPAIR_WRAPPED : 0;
		seen |= !line.len ? REPAIR_BLANK : 0;
		if (patch_is_rewritten(line) ||
		    patch_unlink(&arena, line).ptr != line.ptr)
			seen |= REPAIR_LINKS;
		context += raw.kind == ' ' && !raw.blank;
		stuffed += starts(line, "  ") && !raw.blank;
		for (size_t at = 0; patch_next_unit(&unit, line, at);
		     at = unit.end) {
			if (unit.class > CLASS_MARK && !unit.ascii)
				seen |= REPAIR_TYPOGRAPHY;
			if (patch_has_nbsp(slice_sub(line, at, unit.start)))
				seen |= REPAIR_NBSP;
		}
		before -= before && (raw.kind == ' ' || raw.kind == '-');
		after -= after && (raw.kind == ' ' || raw.kind == '+');
	}
	arena_release(&arena);
	seen |= before || after || !ended ? REPAIR_CUT : 0;
	/* more lines than there should be, of the patch or not */
	if (patch_next_line(&line, &ended, &rest) && !slice_is_blank(line) &&
	    !patch_is_signature(line))
		seen |= REPAIR_WRAPPED | (patch_has_signature(hunk) ? 0 :
					  REPAIR_FOOTER);
	seen |= crs == lines && crs ? REPAIR_CRLF : 0;
	seen |= stuffed == context && stuffed ? REPAIR_STUFFED : 0;
	return seen;
}
