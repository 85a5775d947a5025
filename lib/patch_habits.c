/* SPDX-License-Identifier: MIT */
#include "patch_private.h"

static bool is_space(struct slice text, size_t at)
{
	return at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '\n' ||
				 text.ptr[at] == '\r');
}

/* Hyphens: those that begin a line are markup, those in words are no dashes. */
static void read_hyphens(struct patch_habits *habits, struct slice text,
			 const struct patch_unit *unit)
{
	bool spaced = unit->start && text.ptr[unit->start - 1] == ' ' &&
		      is_space(text, unit->end);

	if (!unit->start || text.ptr[unit->start - 1] == '\n')
		return;
	if (spaced || unit->end - unit->start > 1) {
		habits->ascii[CLASS_DASH] = true;
		habits->dashes[spaced] = true;
	}
}

void patch_habits_read(struct patch_habits *habits, struct slice text)
{
	struct patch_unit unit;
	size_t dots = 0, last = 0;

	*habits = (struct patch_habits){ .ascii = { false } };
	for (size_t at = 0; patch_next_unit(&unit, text, at); at = unit.end) {
		if (unit.class < CLASS_SINGLE)
			continue;
		if (!unit.ascii) {
			habits->printed[unit.class] = true;
		} else if (unit.class == CLASS_DASH) {
			read_hyphens(habits, text, &unit);
		} else if (unit.class == CLASS_DOTS) {
			dots = dots && last == unit.start ? dots + 1 : 1;
			last = unit.end;
			habits->ascii[CLASS_DOTS] |= dots == 3;
		} else {
			habits->ascii[unit.class] = true;
		}
	}
}
