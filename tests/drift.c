/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "drift.h"
#include "drift_text.h"

/* --- words --- */

struct drift_language {
	const char *const *words;
	size_t count;
	const char *comma, *semicolon, *stop, *question;
	bool spaces;		/* between words */
	bool sentence_space;
};

static const char *const english[] = {
	"the", "a", "of", "and", "to", "in", "it", "was", "that", "had", "he",
	"she", "his", "her", "with", "for", "on", "as", "at", "but", "fog",
	"harbour", "bell", "lamp", "rain", "quay", "boat", "rope", "window",
	"letter", "captain", "morning", "evening", "stone", "bread", "salt",
	"sea", "gull", "door", "stair", "hand", "voice", "silence", "road",
	"came", "went", "rang", "stood", "waited", "spoke", "turned", "fell",
	"carried", "watched", "knew", "forgot", "opened", "closed", "slowly",
	"again", "never", "always", "twice", "grey", "cold", "dark", "old",
	"small", "far", "three", "four", "under", "over", "between", "before",
	"after", "until", "because", "though", "don't", "it's", "half-light",
	"tide", "keel", "anchor", "market", "tower", "clock", "winter"
};
static const char *const japanese[] = {
	"海", "は", "静か", "で", "霧", "が", "港", "に", "来た", "鐘", "の",
	"音", "を", "聞いた", "彼", "彼女", "と", "船", "も", "夜", "朝",
	"手紙", "窓", "開けた", "閉めた", "歩いた", "待って", "いた", "石",
	"雨", "カモメ", "ランプ", "少し", "また", "遠く", "から", "まで"
};
static const char *const thai[] = {
	"ทะเล", "เงียบ", "หมอก", "มา", "ท่าเรือ", "ระฆัง", "เสียง", "เขา", "เธอ",
	"เรือ", "กลางคืน", "เช้า", "จดหมาย", "หน้าต่าง", "เปิด", "ปิด", "เดิน",
	"รอ", "หิน", "ฝน", "โคม", "อีก", "ไกล", "จาก", "ถึง", "และ", "ที่"
};
static const char *const arabic[] = {
	"البحر", "كان", "هادئا", "الضباب", "جاء", "إلى", "الميناء", "الجرس",
	"صوت", "هو", "هي", "سفينة", "ليل", "صباح", "رسالة", "نافذة", "فتح",
	"أغلق", "مشى", "انتظر", "حجر", "مطر", "مصباح", "مرة", "بعيد", "من",
	"في", "على", "ثم", "لم", "قبل", "بعد"
};

#define LANGUAGE(words, ...) { words, sizeof(words) / sizeof(*(words)), \
			       __VA_ARGS__ }
static const struct drift_language languages[] = {
	LANGUAGE(english, ",", ";", ".", "?", true, true),
	LANGUAGE(japanese, "、", "，", "。", "？", false, false),
	LANGUAGE(thai, ",", ";", ".", "?", false, true),
	LANGUAGE(arabic, "،", "؛", ".", "؟", true, true)
};

static uint32_t dice(struct drift *d, uint32_t n)
{
	d->seed ^= d->seed << 13;
	d->seed ^= d->seed >> 7;
	d->seed ^= d->seed << 17;
	return (uint32_t)((d->seed >> 20) % n);
}

static bool chance(struct drift *d, uint32_t percent)
{
	return dice(d, 100) < percent;
}

static const char *some_word(struct drift *d)
{
	/* some words are everywhere */
	return d->language->words[chance(d, 40) ? dice(d, 12) :
				  dice(d, (uint32_t)d->language->count)];
}

/* --- items --- */

static void add_word(struct drift_text *t, const char *text, uint8_t gap)
{
	drift_add(t, &(struct drift_item){ .text = text, .gap = gap });
}

/* With a capital letter, as sentences start. */
static const char *capital(struct drift *d, const char *word)
{
	static char words[sizeof(english) / sizeof(*english)][16];
	size_t i = 0;

	if (d->language != &languages[0])
		return word;
	while (strcmp(english[i], word))
		i++;
	strcpy(words[i], word);
	if (*word >= 'a')
		words[i][0] = (char)(*word - 'a' + 'A');
	return words[i];
}

static void add_sentence(struct drift *d, struct drift_text *t, size_t words)
{
	const struct drift_language *l = d->language;
	size_t first = t->count;
	bool quoted = l->spaces && chance(d, 10);

	if (quoted)
		add_word(t, "\"", DRIFT_SPACE);
	for (size_t i = 0; i < words; i++) {
		const char *word = some_word(d);

		add_word(t, i ? word : capital(d, word),
			 (!i && quoted) || !l->spaces ? DRIFT_NONE :
			 DRIFT_SPACE);
		if (i + 1 < words && chance(d, 9))
			add_word(t, l->comma, DRIFT_NONE);
	}
	add_word(t, chance(d, 8) ? l->question : l->stop, DRIFT_NONE);
	if (quoted)
		add_word(t, "\"", DRIFT_NONE);
	if (l->sentence_space)
		t->items[first].gap = DRIFT_SPACE;
	t->items[first].sentence = true;
}

static void start_block(struct drift_text *t, const char *text, uint8_t width)
{
	drift_add(t, &(struct drift_item){ .text = text, .block = true,
					  .width = width });
}

static void add_sentences(struct drift *d, struct drift_text *t, size_t count)
{
	while (count--)
		add_sentence(d, t, 2 + dice(d, 14));
}

/* Lines that look alike: dialogue, rows of a table, code. */
static void add_lines(struct drift *d, struct drift_text *t, const char *start)
{
	for (size_t n = 2 + dice(d, 5); n; n--) {
		start_block(t, start, 0);
		for (size_t i = 0, m = 1 + dice(d, 3); i < m; i++) {
			add_word(t, d->language->words[dice(d, 5)], i ?
				 DRIFT_SPACE : DRIFT_NONE);
			t->items[t->count - 1].sentence = !i;
		}
		if (chance(d, 70))
			add_word(t, d->language->stop, DRIFT_NONE);
	}
}

static void add_verse(struct drift *d, struct drift_text *t)
{
	start_block(t, "\n\n", 0);
	for (size_t n = 3 + dice(d, 3), i = 0; i < n; i++) {
		size_t first = t->count;

		add_sentence(d, t, 3 + dice(d, 4));
		t->items[first].gap = i ? DRIFT_HARD : DRIFT_NONE;
	}
}

static void add_block(struct drift *d, struct drift_text *t, uint8_t width)
{
	switch (dice(d, 14)) {
	case 0:
		start_block(t, chance(d, 50) ? "\n\n# " : "\n\n## ", 0);
		add_sentence(d, t, 1 + dice(d, 3));
		t->count--; /* the stop */
		break;
	case 1:
		for (size_t n = 2 + dice(d, 4); n; n--) {
			start_block(t, "\n- ", 0);
			add_sentence(d, t, 2 + dice(d, 6));
		}
		break;
	case 2:
		add_lines(d, t, "\n\n");
		break;
	case 3:
		add_lines(d, t, chance(d, 50) ? "\n| " : "\n\n    ");
		break;
	case 4:
		add_verse(d, t);
		break;
	case 5:
		start_block(t, chance(d, 50) ? "\n\n> " : "\n\n[^1]: ", 0);
		add_sentences(d, t, 1 + dice(d, 2));
		break;
	default:
		start_block(t, "\n\n", width);
		add_sentences(d, t, 1 + dice(d, 7));
	}
}

static size_t sentence_start(const struct drift_text *t, size_t at)
{
	while (at && !t->items[at].sentence && !t->items[at].block)
		at--;
	return at;
}

static size_t sentence_end(const struct drift_text *t, size_t at)
{
	for (at++; at < t->count && !t->items[at].block &&
	     !t->items[at].sentence; at++)
		;
	return at;
}

static bool same_block(const struct drift_text *t, size_t a, size_t b)
{
	size_t count = drift_block_end(t, a) - a;

	if (drift_block_end(t, b) - b != count)
		return false;
	for (size_t i = 0; i < count; i++)
		if (strcmp(t->items[a + i].text, t->items[b + i].text))
			return false;
	return true;
}

/* Blocks of the same words cannot be told apart by their words. */
static void number_block(struct drift_text *t, size_t at)
{
	size_t twin = 0;

	while (!same_block(t, twin, at))
		twin = drift_block_end(t, twin);
	for (size_t i = at, to = drift_block_end(t, at); i < to; i++)
		t->items[i].twin = (uint32_t)(twin + i - at) + 1;
}

static void make_base(struct drift *d)
{
	struct drift_text *t = &d->base_items;
	uint8_t width = chance(d, 50) ? 72 : 0;
	size_t blocks = 3 + dice(d, 14);

	while (blocks--) {
		add_block(d, t, width);
		/* what stands there already, once more: a refrain */
		if (chance(d, 12)) {
			size_t from = drift_block_start(t, dice(d,
						  (uint32_t)t->count));
			size_t to = drift_block_end(t, from);

			for (size_t i = from; i < to; i++) {
				struct drift_item item = t->items[i];

				drift_add(t, &item);
			}
		}
	}
	for (size_t i = 0; i < t->count; i++)
		t->items[i].origin = (uint32_t)i + 1;
	for (size_t i = 0; i < t->count; i = drift_block_end(t, i))
		number_block(t, i);
}

/* --- the author --- */

static size_t some_place(struct drift *d, const struct drift_text *t)
{
	size_t at = dice(d, (uint32_t)t->count);

	return t->items[at].block && at + 1 < t->count ? at + 1 : at;
}

/* Where a block starts, or the end. */
static size_t some_block(struct drift *d, const struct drift_text *t)
{
	return chance(d, 5) ? t->count :
	       drift_block_start(t, dice(d, (uint32_t)t->count));
}

static void change_words(struct drift *d, struct drift_text *t)
{
	size_t at = some_place(d, t), out = dice(d, 2);
	struct drift_item word = { .text = some_word(d),
				   .gap = t->items[at].gap };

	word.sentence = out && t->items[at].sentence;
	if (word.sentence)
		word.text = capital(d, word.text);
	if (t->items[at].block || (!out && (t->items[at].sentence ||
	    (d->language->spaces && t->items[at].gap != DRIFT_SPACE))))
		return;
	if (!strcmp(t->items[at].text, word.text))
		out = 0;
	drift_splice_items(t, at, out, &word, 1);
}

static void take_word(struct drift *d, struct drift_text *t)
{
	size_t at = some_place(d, t);

	if (!t->items[at].block && !t->items[at].sentence)
		drift_splice_items(t, at, 1, NULL, 0);
}

static void put_sentence(struct drift *d, struct drift_text *t)
{
	struct drift_text made = { NULL, 0, 0 };
	size_t at = sentence_end(t, some_place(d, t));

	if (!t->items[at - 1].block) {
		add_sentence(d, &made, 2 + dice(d, 10));
		drift_splice_items(t, at, 0, made.items, made.count);
	}
	drift_text_release(&made);
}

static void take_sentence(struct drift *d, struct drift_text *t)
{
	size_t at = sentence_start(t, some_place(d, t));

	if (!t->items[at].block)
		drift_splice_items(t, at, sentence_end(t, at) - at, NULL, 0);
}

/* Three words of four become others; but chance may leave more. */
static void rewrite_sentence(struct drift *d, struct drift_text *t)
{
	size_t at = sentence_start(t, some_place(d, t)), count = 0;
	size_t end = sentence_end(t, at);

	if (t->items[at].block)
		return;
	for (size_t i = at; i + 1 < end; i++) {
		struct drift_item *item = &t->items[i];

		const char *word;

		if (!chance(d, 75))
			continue;
		word = item->sentence ? capital(d, some_word(d)) :
		       some_word(d);
		if (!strcmp(item->text, word))
			continue; /* nobody sees it */
		item->text = word;
		item->origin = item->twin = 0;
		count++;
	}
	for (size_t i = at; i < end; i++)
		t->items[i].rewritten |= 3 * count > 2 * (end - at);
}

/* Copy blocks, or move them. */
static void take_elsewhere(struct drift *d, struct drift_text *t, bool copy)
{
	struct drift_text taken = { NULL, 0, 0 };
	size_t from = drift_block_start(t, some_place(d, t)), to = from, at;
	uint16_t number = (uint16_t)(1 + dice(d, 60000));

	for (size_t n = chance(d, 70) ? 1 : 2 + dice(d, 4);
	     n && to < t->count; n--)
		to = drift_block_end(t, to);
	for (size_t i = from; i < to; i++) {
		struct drift_item item = t->items[i];

		if (copy)
			item.copy = number;
		drift_add(&taken, &item);
	}
	if (!copy)
		drift_splice_items(t, from, to - from, NULL, 0);
	at = t->count ? some_block(d, t) : 0;
	drift_splice_items(t, at, 0, taken.items, taken.count);
	drift_text_release(&taken);
}

static void part_block(struct drift *d, struct drift_text *t)
{
	size_t at = sentence_start(t, some_place(d, t));
	struct drift_item block = { .text = "\n\n", .block = true };

	if (t->items[at].block || t->items[at - 1].block)
		return;
	block.width = t->items[drift_block_start(t, at)].width;
	drift_splice_items(t, at, 0, &block, 1);
}

static void join_blocks(struct drift *d, struct drift_text *t)
{
	size_t at = drift_block_start(t, some_place(d, t));

	if (at && at + 1 < t->count && t->items[at + 1].sentence &&
	    !strcmp(t->items[at].text, "\n\n"))
		drift_splice_items(t, at, 1, NULL, 0);
}

static void take_block(struct drift *d, struct drift_text *t)
{
	size_t at = drift_block_start(t, some_place(d, t));
	size_t end = drift_block_end(t, at);

	if (end - at < t->count)
		drift_splice_items(t, at, end - at, NULL, 0);
}

static void put_block(struct drift *d, struct drift_text *t)
{
	struct drift_text made = { NULL, 0, 0 };

	add_block(d, &made, 0);
	drift_splice_items(t, some_block(d, t), 0, made.items, made.count);
	drift_text_release(&made);
}

static void author_changes(struct drift *d)
{
	struct drift_text *t = &d->ours_items;

	for (size_t n = 1 + dice(d, 7); n; n--) {
		switch (dice(d, 16)) {
		case 0: case 1: case 2:
			change_words(d, t);
			break;
		case 3:
			take_word(d, t);
			break;
		case 4:
			put_sentence(d, t);
			break;
		case 5:
			take_sentence(d, t);
			break;
		case 6:
			rewrite_sentence(d, t);
			break;
		case 7: case 8:
			take_elsewhere(d, t, false);
			break;
		case 9: case 10:
			take_elsewhere(d, t, true);
			break;
		case 11:
			part_block(d, t);
			break;
		case 12:
			join_blocks(d, t);
			break;
		case 13:
			take_block(d, t);
			break;
		case 14:
			put_block(d, t);
			break;
		default: /* wrap lines anew */
			t->items[drift_block_start(t, some_place(d, t))].width =
				chance(d, 50) ? 60 : 0;
		}
	}
	if (chance(d, 10))
		for (size_t i = 0; i < t->count; i++)
			if (t->items[i].width)
				t->items[i].width = 66;
}

/* --- the reader --- */

/* Items from..to of base become others: what, in `change`. */
static bool choose_change(struct drift *d, struct drift_change *c)
{
	const struct drift_text *t = &d->base_items;
	const struct drift_language *l = d->language;
	size_t at = some_place(d, t);
	uint8_t gap = l->spaces ? DRIFT_SPACE : DRIFT_NONE;

	*c = (struct drift_change){ at, at + 1, { NULL, 0, 0 }, false };
	if (t->items[at].block ||
	    (t->items[at].gap == DRIFT_NONE && l->spaces && chance(d, 90)))
		return false;
	switch (dice(d, 12)) {
	case 0: /* a mark put in, taken out, changed */
		if (t->items[at].sentence)
			return false;
		if (!strcmp(t->items[at].text, l->comma)) {
			if (chance(d, 50))
				add_word(&c->words, l->semicolon, DRIFT_NONE);
			return true;
		}
		c->to = at;
		add_word(&c->words, l->comma, DRIFT_NONE);
		return t->items[at].gap == DRIFT_SPACE ||
		       (!l->spaces && strcmp(t->items[at].text, l->stop));
	case 1: /* a word put in */
		c->to = at;
		add_word(&c->words, some_word(d), gap);
		return !t->items[at].sentence && t->items[at].gap == gap;
	case 2: /* words taken out */
		c->to += dice(d, 3);
		for (size_t i = at; i < c->to; i++)
			if (i >= t->count || t->items[i].block ||
			    t->items[i].sentence)
				return false;
		return true;
	case 3: /* a sentence taken out */
		c->from = sentence_start(t, at);
		c->to = sentence_end(t, at);
		c->whole = true;
		return !t->items[c->from].block &&
		       !t->items[c->from - 1].block;
	case 4: /* a sentence put in */
		c->from = c->to = sentence_end(t, at);
		c->whole = true;
		add_sentence(d, &c->words, 2 + dice(d, 8));
		return l->sentence_space && c->from < t->count;
	case 5: /* a block put in before another */
		c->from = c->to = drift_block_start(t, at);
		c->whole = true;
		start_block(&c->words, "\n\n", 0);
		add_sentence(d, &c->words, 2 + dice(d, 8));
		return c->from && !strcmp(t->items[c->from].text, "\n\n");
	case 6: /* a word in stars */
		add_word(&c->words, "*", t->items[at].gap);
		drift_add(&c->words, &t->items[at]);
		c->words.items[1].gap = DRIFT_NONE;
		add_word(&c->words, "*", DRIFT_NONE);
		return l->spaces && !t->items[at].sentence &&
		       t->items[at].text[0] >= 'a';
	case 7: /* a few words for others */
		c->to += 1 + dice(d, 3);
		for (size_t i = at; i < c->to; i++)
			if (i >= t->count || t->items[i].block ||
			    (i > at && t->items[i].sentence))
				return false;
		/* fall through */
	default:
		add_word(&c->words, some_word(d), t->items[at].gap);
		c->words.items[0].sentence = t->items[at].sentence;
		if (t->items[at].sentence)
			c->words.items[0].text =
				capital(d, c->words.items[0].text);
		return strcmp(c->words.items[0].text, t->items[at].text) &&
		       strcmp(c->words.items[0].text,
			      t->items[c->to - 1].text);
	}
}

/* Does it stay clear of the others? */
static bool is_apart(const struct drift_reader *r,
		     const struct drift_change *c)
{
	for (size_t i = 0; i < r->count; i++)
		if (c->from <= r->changes[i].to + 1 &&
		    r->changes[i].from <= c->to + 1)
			return false;
	return true;
}

static void read_text(struct drift *d, struct drift_reader *r)
{
	struct drift_text t = { NULL, 0, 0 };

	for (size_t n = 1 + dice(d, DRIFT_MOST_CHANGES), tries = 20;
	     r->count < n && tries; tries--) {
		struct drift_change c;

		if (choose_change(d, &c) && is_apart(r, &c))
			r->changes[r->count++] = c;
		else
			drift_text_release(&c.words);
	}
	for (size_t i = 0; i < d->base_items.count; i++)
		drift_add(&t, &d->base_items.items[i]);
	/* from the last to the first: numbers stay */
	for (size_t done = t.count + 1, k; r->count;) {
		const struct drift_change *c = NULL;

		for (k = 0; k < r->count; k++)
			if (r->changes[k].from < done &&
			    (!c || r->changes[k].from > c->from))
				c = &r->changes[k];
		if (!c)
			break;
		drift_splice_items(&t, c->from, c->to - c->from, c->words.items,
		       c->words.count);
		done = c->from;
	}
	if (chance(d, 10))
		for (size_t i = 0; i < t.count; i++)
			t.items[i].width = t.items[i].width ? 64 : 0;
	drift_render(&r->theirs, &t, d->crlf);
	drift_text_release(&t);
}

void drift_make(struct drift *d, uint64_t seed)
{
	*d = (struct drift){ .seed = seed * UINT64_C(0x9E3779B97F4A7C15) + 1,
			     .base = STRBUF_INIT, .ours = STRBUF_INIT };
	for (size_t i = 0; i < 8; i++)
		dice(d, 2);
	d->language = &languages[chance(d, 60) ? 0 : dice(d, 4)];
	d->crlf = chance(d, 20);
	make_base(d);
	for (size_t i = 0; i < d->base_items.count; i++)
		drift_add(&d->ours_items, &d->base_items.items[i]);
	author_changes(d);
	drift_number(d);
	drift_render(&d->base, &d->base_items, d->crlf);
	drift_render(&d->ours, &d->ours_items, d->crlf);
	for (size_t i = 0; i < DRIFT_READERS; i++) {
		d->readers[i].theirs = (struct strbuf)STRBUF_INIT;
		read_text(d, &d->readers[i]);
	}
}

void drift_release(struct drift *d)
{
	for (size_t i = 0; i < DRIFT_READERS; i++) {
		for (size_t k = 0; k < d->readers[i].count; k++)
			drift_text_release(&d->readers[i].changes[k].words);
		strbuf_release(&d->readers[i].theirs);
	}
	drift_text_release(&d->base_items);
	drift_text_release(&d->ours_items);
	strbuf_release(&d->base);
	strbuf_release(&d->ours);
}
