/* SPDX-License-Identifier: MIT */
/*
 * The prose merge: what a reader changed in the text they saw (base, theirs)
 * goes into the text as it is now (ours), word by word, or is refused.
 *
 * First law: never wrong. The rules, which hold for a merge of three files as
 * for a mailed patch (prose_place.h):
 *
 * Words. A text is a row of words and block breaks (tokens.h). Gaps, where
 * lines are wrapped, are not part of it: they are kept as ours has them
 * wherever words were changed, and taken from theirs where ours has them as
 * base had and theirs has not. A gap that changes what the text says (none
 * against some; a hard line break; a quote mark) is a change like a word.
 *
 * Changes. Base and theirs are compared (prose_diff.h): whole lines first,
 * then the words of the paragraphs that differ. A change is a run of words
 * taken out, put in or replaced. Where equal words stand around it, so that
 * it could be read in several ways, its place is all of them.
 *
 * 1. The place. Base and ours are compared the same way. A change goes in
 *    where the words that it takes out, and the word on each side of it, all
 *    stand in ours, side by side, with nothing put between: what the author
 *    changed must not even touch what the reader changed. One exception:
 *    whole sentences and paragraphs may come, go or be parted and joined
 *    right beside it, but for where both put some in: then a word has to stand
 *    between them, and four where they are paragraphs.
 *    Texts are read from both ends: what was not read as the same words both
 *    times, a word that stands in both between two rewrites, and words that
 *    stand at both ends of what replaced others, are changed.
 * 2. The sentence. At least half of the other words of its sentence still
 *    stand around it; else the author has rewritten or cut the sentence, and
 *    what the reader said about it is not said of what stands there now. A
 *    sentence of few words is judged together with those around it. And the
 *    other way round: where the reader has rewritten a sentence, nothing in
 *    it may have been changed by the author.
 * 3. The same change. Where both sides have changed the same words of base to
 *    the same words, it is one change, and already there.
 * 4. Moved text. A change whose sentence is gone from its place by rule 2,
 *    and only such a one, is looked for in all of ours that did not stand
 *    there before (and in the other texts). It goes in where rules 1 to 3
 *    hold, if that is the one place: no other place must hold three quarters
 *    as many of the words around the change; no place where its words were
 *    changed may be as much like the passage; and no other passage of base
 *    may be as much like it as the place found. And where a quarter of what
 *    stood around it stands both here and there, this is a copy.
 * 5. What is not placed is a conflict: of the whole sentences that it is in,
 *    with all that both sides did to them. Changes elsewhere go in.
 *
 * 6. Copies. Where lines were put in, taken out or moved in ours, and not just
 *    edited, a place found by rule 1, 3 or 4 may have a rival: another place
 *    of ours that is like the passage or its paragraph, or another passage of
 *    base that is like the place. Rivals that have always been other passages
 *    are none, if there are as many in ours as in base. Else it goes in only
 *    where the words around, on both sides, stand as near as they did, and
 *    tell for the place and not for the rival (prose_evidence.h); so a
 *    paragraph that was copied right beside itself is refused.
 *
 * 7. Moves by the reader. Words taken out at one place and put in at another
 *    are one change: it goes in as a whole, or not at all (prose_moves.h).
 *
 * How much words tell is counted in points, a word three and a letter of a
 * script that parts no words one, so that the rules are the same in all.
 *
 * Known limits: where a passage of very few words is copied and the original
 * edited, a change may still go to the copy; and where a reader puts one short
 * line in the place of another, part of that may go in without the rest.
 *
 * What follows. If base is ours the result is theirs; if theirs is base, or
 * theirs is ours, it is ours. Two readers' changes that both go in do so in
 * either order with the same result (but for where lines are wrapped, when
 * both wrapped the same ones anew; and for the limits above). A merge changes
 * no byte but at the places of the changes. Words that theirs put in are in
 * the result, words that it took out are not, where there is no conflict.
 *
 * Line ends: if all lines of a text end in CRLF, that is a property of the
 * text and merged as one.
 *
 * Time is near-linear in the three texts, whatever they are.
 */
#ifndef PROSE_MERGE_H
#define PROSE_MERGE_H

#include <stdbool.h>
#include <stddef.h>

#include "prose_change.h"
#include "slice.h"

struct strbuf;

enum merge_favor {
	MERGE_MARK,		/* conflicts are marked in the text */
	MERGE_OURS,		/* in a conflict, ours stays */
	MERGE_THEIRS,		/* theirs is taken */
	MERGE_UNION		/* ours, then theirs */
};

struct prose_merge_options {
	enum merge_favor favor;
	bool without_base;	/* marked conflicts show ours and theirs */
	size_t marker_size;	/* 0: 7 */
	struct slice our_label, base_label, their_label;
};

/**
 * Merge what changed from `base` to `theirs` into `ours`, and add the result
 * to `out`. Conflicts are marked as git marks them, each marker on a line of
 * its own, around the sentences that conflict. `options` may be NULL. Texts
 * must be smaller than 4 GiB. Returns the number of conflicts marked: none
 * unless MERGE_MARK is asked for.
 */
size_t prose_merge(struct strbuf *out, struct slice ours, struct slice base,
		   struct slice theirs,
		   const struct prose_merge_options *options);

#endif
