/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <unictype.h>
#include <uninorm.h>

#include "alloc.h"
#include "text_fold.h"
#include "utf8.h"

enum kind {
	KIND_NONE,	/* no word is at hand */
	KIND_LETTERS,
	KIND_DIGITS,
	KIND_SINGLE,	/* one character, and the marks that go with it */
	KIND_DASH,
	KIND_STOP,	/* one full stop */
	KIND_STOPS,	/* two, or an ellipsis */
	KIND_MARK,	/* goes with the character before */
	KIND_NOTHING,	/* no part of the text */
	KIND_SPACE,
	KIND_QUOTE,
	KIND_LIGATURE,
	KIND_RAISED	/* a digit, as the marks of notes are */
};

void text_words_release(struct text_words *words)
{
	free(words->items);
	*words = (struct text_words)TEXT_WORDS_INIT;
}

void text_fold_init(struct text_fold *fold, struct vocabulary *vocabulary,
		    struct text_words *words)
{
	*fold = (struct text_fold){ .vocabulary = vocabulary, .words = words,
				    .pending = STRBUF_INIT };
}

void text_fold_release(struct text_fold *fold)
{
	strbuf_release(&fold->pending);
}

/* ---- kinds of characters ---------------------------------------------- */

static enum kind kind_of_ascii(unsigned char c)
{
	static const uint8_t kinds[128] = {
		['\t'] = KIND_SPACE, ['\n'] = KIND_SPACE, ['\v'] = KIND_SPACE,
		['\f'] = KIND_SPACE, ['\r'] = KIND_SPACE, [' '] = KIND_SPACE,
		['"'] = KIND_QUOTE, ['\''] = KIND_QUOTE, ['`'] = KIND_QUOTE,
		['-'] = KIND_DASH, ['.'] = KIND_STOP
	};

	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
		return KIND_LETTERS;
	if (c >= '0' && c <= '9')
		return KIND_DIGITS;
	return kinds[c] ? (enum kind)kinds[c] : KIND_SINGLE;
}

/* Thai to Myanmar, Khmer, kana and ideographs, Hangul aside. */
static bool is_unspaced(unsigned c)
{
	return (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) ||
	       (c >= 0x1780 && c <= 0x17FF) || (c >= 0x2E80 && c <= 0xA4CF) ||
	       (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF66 && c <= 0xFF9F) ||
	       (c >= 0x20000 && c <= 0x3FFFF);
}

static enum kind kind_of_punctuation(unsigned c)
{
	switch (c) {
	case 0x00A0: case 0x1680: case 0x2028: case 0x2029: case 0x202F:
	case 0x205F: case 0x3000: case 0x0085:
		return KIND_SPACE;
	case 0x00AD: case 0x061C: case 0x2060: case 0xFEFF:
		return KIND_NOTHING;
	case 0x00AB: case 0x00BB: case 0x00B4: case 0x2018: case 0x2019:
	case 0x201A: case 0x201B: case 0x201C: case 0x201D: case 0x201E:
	case 0x201F: case 0x2032: case 0x2033: case 0x2039: case 0x203A:
	case 0x02BC: case 0x05F3: case 0x05F4: case 0x300C: case 0x300D:
	case 0x300E: case 0x300F: case 0xFF02: case 0xFF07:
		return KIND_QUOTE;
	case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014:
	case 0x2015: case 0x2212: case 0xFE58: case 0xFE63: case 0xFF0D:
		return KIND_DASH;
	case 0x2026:
		return KIND_STOPS;
	case 0x00B2: case 0x00B3: case 0x00B9: case 0x2070:
		return KIND_RAISED;
	default:
		break;
	}
	if (c >= 0x2000 && c <= 0x200A)
		return KIND_SPACE;
	if ((c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
	    (c >= 0x2066 && c <= 0x2069) || (c >= 0xFE00 && c <= 0xFE0F))
		return KIND_NOTHING;
	if (c >= 0xFB00 && c <= 0xFB06)
		return KIND_LIGATURE;
	if (c >= 0x2074 && c <= 0x2079)
		return KIND_RAISED;
	return KIND_NONE;
}

static enum kind kind_of(unsigned c)
{
	enum kind kind;

	if (c < 0x80)
		return kind_of_ascii((unsigned char)c);
	/* the letters of most European languages */
	if (c >= 0xC0 && c < 0x2BC && c != 0xD7 && c != 0xF7)
		return KIND_LETTERS;
	kind = kind_of_punctuation(c);
	if (kind != KIND_NONE)
		return kind;
	if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_M))
		return KIND_MARK;
	if (is_unspaced(c))
		return KIND_SINGLE;
	if (uc_is_general_category_withtable(
		    c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N))
		return KIND_LETTERS;
	return KIND_SINGLE;
}

/* May text with this character be other than NFC? */
static bool may_compose(unsigned c)
{
	return c >= 0x300 && ((c >= 0x1100 && c <= 0x11FF) || c == 0x2126 ||
			      c == 0x212A || c == 0x212B ||
			      (c >= 0xF900 && c <= 0xFAFF) ||
			      (c >= 0x1F00 && c <= 0x1FFF) ||
			      (c >= 0xFB1D && c <= 0xFB4F));
}

static const char *ligature(unsigned c)
{
	static const char *const letters[] = { "ff", "fi", "fl", "ffi", "ffl",
					       "st", "st" };

	return letters[c - 0xFB00];
}

static const char *raised(unsigned c)
{
	static const char *const digits[] = { "0", "1", "2", "3", "4", "5",
					      "6", "7", "8", "9" };

	return digits[c >= 0x2070 ? c - 0x2070 : c == 0xB9 ? 1 : c - 0xB0];
}

/* ---- words ------------------------------------------------------------ */

static void emit(struct text_fold *f, struct slice bytes, uint32_t start,
		 uint32_t end)
{
	struct text_words *w = f->words;

	GROW(w->items, w->count, w->capacity);
	w->items[w->count++] = (struct text_word){
		vocabulary_add(f->vocabulary, bytes), start, end };
}

static void emit_composed(struct text_fold *f)
{
	size_t len = 0;
	uint8_t *nfc = u8_normalize(UNINORM_NFC, (uint8_t *)f->pending.buf,
				    f->pending.len, NULL, &len);

	if (nfc && len)
		emit(f, (struct slice){ (char *)nfc, len }, f->start, f->end);
	else
		emit(f, strbuf_slice(&f->pending), f->start, f->end);
	free(nfc);
}

void text_fold_end(struct text_fold *f)
{
	switch (f->kind) {
	case KIND_NONE:
		return;
	case KIND_DASH:
		emit(f, SLICE("-"), f->start, f->end);
		break;
	case KIND_STOP:
		emit(f, SLICE("."), f->start, f->end);
		break;
	case KIND_STOPS:
		emit(f, SLICE("..."), f->start, f->end);
		break;
	default:
		if (f->compose)
			emit_composed(f);
		else
			emit(f, strbuf_slice(&f->pending), f->start, f->end);
		break;
	}
	f->kind = KIND_NONE;
	f->compose = false;
	strbuf_truncate(&f->pending, 0);
}

static void begin(struct text_fold *f, enum kind kind, struct slice bytes,
		  uint32_t start, uint32_t end)
{
	text_fold_end(f);
	f->kind = kind;
	f->start = start;
	f->end = end;
	strbuf_add_slice(&f->pending, bytes);
}

static void go_on(struct text_fold *f, struct slice bytes, uint32_t end)
{
	strbuf_add_slice(&f->pending, bytes);
	f->end = end;
}

/* One character, of `kind`, from these bytes of the source. */
static void add_character(struct text_fold *f, enum kind kind, unsigned c,
			  struct slice bytes, uint32_t start, uint32_t end)
{
	switch (kind) {
	case KIND_NOTHING:
		return;
	case KIND_SPACE:
		text_fold_end(f);
		return;
	case KIND_LIGATURE:
		bytes = slice_of(ligature(c));
		kind = KIND_LETTERS;
		break;
	case KIND_RAISED:
		bytes = slice_of(raised(c));
		kind = KIND_DIGITS;
		break;
	case KIND_MARK:
		f->compose = true;
		if (f->kind == KIND_LETTERS || f->kind == KIND_SINGLE) {
			go_on(f, bytes, end);
			return;
		}
		kind = KIND_LETTERS;
		break;
	case KIND_QUOTE:
		begin(f, KIND_SINGLE, SLICE("'"), start, end);
		text_fold_end(f);
		return;
	case KIND_STOPS:
	case KIND_STOP:
		if (f->kind == KIND_STOP || f->kind == KIND_STOPS) {
			f->kind = KIND_STOPS;
			f->end = end;
			return;
		}
		break;
	default:
		break;
	}
	if (kind == f->kind && kind != KIND_SINGLE)
		go_on(f, bytes, end);
	else
		begin(f, kind, bytes, start, end);
	f->compose |= may_compose(c);
}

/* A run of ASCII letters or digits, in one go. */
static size_t ascii_run(struct slice text, size_t at, enum kind kind)
{
	size_t end = at;

	while (end < text.len && (unsigned char)text.ptr[end] < 0x80 &&
	       kind_of_ascii((unsigned char)text.ptr[end]) == kind)
		end++;
	return end - at;
}

static size_t add_one(struct text_fold *f, struct slice text, size_t at,
		      uint32_t start, uint32_t whole_end, bool whole)
{
	unsigned c = (unsigned char)text.ptr[at];
	size_t n = 1;
	enum kind kind;
	uint32_t from = whole ? start : start + (uint32_t)at;

	if (c >= 0x80) {
		c = UTF8_REPLACEMENT;
		n = utf8_decode(&c, slice_sub(text, at, text.len));
		n += !n;
	}
	kind = kind_of(c);
	if (c < 0x80 && (kind == KIND_LETTERS || kind == KIND_DIGITS)) {
		n = ascii_run(text, at, kind);
		/* most words: nothing of them is pending */
		if (f->kind != kind && !whole && at + n < text.len &&
		    (unsigned char)text.ptr[at + n] < 0x80) {
			text_fold_end(f);
			emit(f, slice_sub(text, at, at + n), from,
			     from + (uint32_t)n);
			return n;
		}
	}
	add_character(f, kind, c, slice_sub(text, at, at + n), from,
		      whole ? whole_end : from + (uint32_t)n);
	return n;
}

void text_fold_add(struct text_fold *f, struct slice text, uint32_t source)
{
	for (size_t at = 0; at < text.len;)
		at += add_one(f, text, at, source, 0, false);
}

void text_fold_add_from(struct text_fold *f, struct slice text,
			uint32_t start, uint32_t end)
{
	for (size_t at = 0; at < text.len;)
		at += add_one(f, text, at, start, end, true);
}

/* ---- plain texts ------------------------------------------------------ */

void text_fold_read(struct text_words *words, struct vocabulary *vocabulary,
		    struct slice text)
{
	struct text_fold fold;

	words->count = 0;
	text_fold_init(&fold, vocabulary, words);
	text_fold_add(&fold, text, 0);
	text_fold_end(&fold);
	text_fold_release(&fold);
}

static bool same_words(const struct text_word *a, const struct text_word *b,
		       size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (a[i].word != b[i].word)
			return false;
	return true;
}

bool text_fold_has(struct slice text, struct slice needle)
{
	struct vocabulary v = VOCABULARY_INIT;
	struct text_words a = TEXT_WORDS_INIT, b = TEXT_WORDS_INIT;
	bool found = false;

	text_fold_read(&a, &v, text);
	text_fold_read(&b, &v, needle);
	for (size_t i = 0; !found && b.count && i + b.count <= a.count; i++)
		found = same_words(a.items + i, b.items, b.count);
	text_words_release(&a);
	text_words_release(&b);
	vocabulary_release(&v);
	return found;
}
