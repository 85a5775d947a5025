/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "prose_index.h"
#include "prose_placer.h"
#include "prose_rivals.h"

#define LIKE 3			/* a rival has one in so many of the words */

/* The word of base that stands at token `at` of ours; NOWHERE. */
static size_t token_of_base(const struct region *r, size_t at)
{
	size_t low = 0, high = r->ours.hunks.count, i;
	const struct prose_hunk *before;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (r->ours.hunks.items[middle].b0 <= at)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low)
		return at;
	before = &r->ours.hunks.items[low - 1];
	if (at < before->b1)
		return NOWHERE;
	i = at - before->b1 + before->a1;
	return i < r->base.count ? i : NOWHERE;
}

/*
 * Does the rival stand where another passage has stood all the time?
 */
static bool is_another(const struct placer *p, const struct known *place,
		       const struct rival *rival)
{
	const struct region *r = &p->region;
	bool in_base = rival->in_base;
	const struct token_list *t = in_base ? &r->base : &r->ours.tokens;
	size_t start = in_base ? r->base_at : r->ours_at;
	size_t at = rival->at, there;

	if (prose_drift_stayed(&there, p->drift, at, in_base))
		return there != (in_base ? place->pair.there :
				 place->pair.base);
	if (at < start || at >= start + t->text.len)
		return false;
	at = region_token(t, at - start);
	if (!in_base)
		at = token_of_base(r, at);
	return at != NOWHERE && r->ours.map[at] != NOWHERE &&
	       r->ours.kept[at + 1] > r->ours.kept[at];
}

/* Is it the word of ours that the word of base is, in the region? */
static bool is_pair(const struct region *r, struct pairing pair)
{
	size_t i = region_token(&r->base, pair.base - r->base_at);

	return pair.base >= r->base_at && r->ours.map[i] != NOWHERE &&
	       r->base_at + r->base.items[i].start == pair.base &&
	       r->ours_at + r->ours.tokens.items[r->ours.map[i]].start ==
		       pair.there;
}

/*
 * Add the rival whose word of base stands at `pair.there`, unless it is the
 * place itself: its words have moved by as much.
 */
static void add_rival(struct rivals *rivals, struct placer *p,
		      const struct known *place,
		      const struct rival_source *source, struct rival rival,
		      struct pairing pair)
{
	if (rival.in_base ? pair.there == pair.base :
	    rival.number == place->number &&
	    (pair.there - place->pair.there == pair.base - place->pair.base ||
	     (source->pieces && is_pair(&p->region, pair))))
		return;
	rival.at = pair.there;
	for (size_t i = 0; i < rivals->count; i++)
		if (rivals->items[i].at == rival.at &&
		    rivals->items[i].number == rival.number &&
		    rivals->items[i].in_base == rival.in_base)
			return;
	rival.is_another = source->pieces && is_another(p, place, &rival);
	if (rivals->count < MOST_RIVALS)
		rivals->items[rivals->count++] = rival;
}

/* What is looked for: the passage's sentences, or the words around, too. */
struct search {
	const struct passage *passage;
	const struct region_hull *words;
	size_t anchor;		/* the word that the place is known by */
	size_t most;		/* runs that the best place has; 0: any */
	size_t few;		/* as many are next to nothing */
};

/* Which word of the passage is the place known by? NOWHERE: none of them. */
static size_t anchor_of(const struct region *r,
			const struct region_hull *words,
			const struct known *place)
{
	size_t token = region_token(&r->base, place->pair.base - r->base_at);

	if (token < words->base0 || token >= words->base1 ||
	    !(r->base.items[token].flags & TOKEN_COUNTED))
		return NOWHERE;
	return placer_words(r, words->base0, token);
}

/* What was found, as a rival that is compared there. */
static struct rival rival_of(const struct placer *p,
			     const struct rival_source *source,
			     const struct prose_found *found,
			     struct text_part *here)
{
	struct rival rival = { .number = found->text,
			       .in_base = source->in_base };

	here->span = found->span;
	if (source->pieces) {
		const struct moved_piece *piece = &source->pieces[found->text];

		rival.in_base = !piece->is_ours;
		rival.number = p->own;
		rival.text = piece->is_ours ? p->ours : p->base;
		here->span.start += piece->at;
		here->span.end += piece->at;
	} else {
		rival.text = prose_index_text(source->index, found->text);
	}
	here->text = rival.text;
	return rival;
}

/* The token of base that is counted word `n` of a passage. */
static size_t token_of_word(const struct region *r,
			    const struct region_hull *words, size_t n)
{
	size_t i = words->base0;

	while (i < words->base1 &&
	       (!(r->base.items[i].flags & TOKEN_COUNTED) || n--))
		i++;
	return i;
}

/* Is it so near that words put in, or taken out, could be between? */
static bool is_near(const struct placer *p, const struct known *place,
		    const struct rival *rival, const struct search *search,
		    size_t at, size_t times)
{
	const struct token *t = p->region.base.items;
	size_t of = rival->in_base ? place->pair.base : place->pair.there;
	size_t apart = at > of ? at - of : of - at;

	return (rival->in_base || rival->number == place->number) &&
	       times * apart < t[search->words->base1 - 1].end -
				       t[search->words->base0].start;
}

/*
 * Is what was found no more than the passage where it stands? Its words there
 * are the ones that they were compared with.
 */
static bool is_itself(const struct placer *p,
		      const struct rival_source *source,
		      const struct search *search,
		      const struct prose_found *found)
{
	const struct region *r = &p->region;
	const struct moved_piece *piece = source->pieces + found->text;
	size_t i = token_of_word(r, search->words, found->word), at, base;

	if (i == search->words->base1 ||
	    !prose_index_byte(&at, source->index, found, found->word))
		return true;
	at += piece->at;
	base = r->base_at + r->base.items[i].start;
	return piece->is_ours ? is_pair(r, (struct pairing){ base, at }) :
	       at == base;
}

static void try_found(struct rivals *rivals, struct placer *p,
		      const struct known *place,
		      const struct rival_source *source,
		      const struct search *search,
		      const struct prose_found *found)
{
	struct text_part here;
	struct rival rival = rival_of(p, source, found, &here);
	struct pairing plain = { place->pair.base, 0 }, pair;
	bool is_plain = prose_index_byte(&plain.there, source->index, found,
					 search->anchor);

	if (source->pieces)
		plain.there += source->pieces[found->text].at;
	if (is_plain && plain.there == (rival.in_base ? place->pair.base :
					place->pair.there) &&
	    (rival.in_base || rival.number == place->number))
		return; /* it stands there word for word */
	/* its sentence is gone, but much of the passage may be here */
	if (is_plain && search->most && LIKE * found->votes >= search->most &&
	    !(source->pieces ?
	      is_itself(p, source, search, found) &&
	      is_near(p, place, &rival, search, plain.there, 1) :
	      is_near(p, place, &rival, search, plain.there, 2)))
		add_rival(rivals, p, place, source, rival, plain);
	if (found->votes <= search->few)
		return;
	if (placer_try(p, search->passage, here, true).fate != FATE_GONE &&
	    placer_pair(&pair, p->window,
			&p->window->theirs.hunks.items[placer_same_hunk(
				p->window, &search->passage->hunk)],
			place->pair.base))
		add_rival(rivals, p, place, source, rival, pair);
}

void rivals_find(struct rivals *rivals, struct placer *p,
		 const struct passage *passage, const struct known *place,
		 const struct rival_source *source)
{
	const struct region_hull *const hulls[] = {
		&passage->tokens, &passage->blocks, &passage->sentences
	};
	struct prose_found found[MOST_PLACES];

	for (size_t k = 0; k < sizeof(hulls) / sizeof(*hulls); k++) {
		struct search search = { passage, hulls[k], 0, 0, 0 };
		size_t count = placer_find(p, source->index, hulls[k], true,
					   found);

		if (!count) /* the others are of its words */
			return;
		search.anchor = anchor_of(&p->region, hulls[k], place);
		search.most = k ? found[0].votes : 0;
		search.few = placer_words(&p->region, hulls[k]->base0,
					  hulls[k]->base1) / 8;
		for (size_t i = 0; i < count; i++)
			try_found(rivals, p, place, source, &search,
				  &found[i]);
	}
}
