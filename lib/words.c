/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <unictype.h>
#include <uniwbrk.h>

#include "alloc.h"
#include "utf8.h"
#include "words.h"

/* Classes of UAX #29, table 3, as far as ASCII has them. */
enum word_class {
	OTHER, SPACE, LETTER, DIGIT, UNDERSCORE,
	MIDDLE_OF_LETTERS,	/* ':' */
	MIDDLE_OF_DIGITS,	/* ',' ';' */
	MIDDLE_OF_EITHER,	/* '.' '\'' */
	NOT_ASCII
};

static enum word_class class_of(unsigned char c)
{
	if ((unsigned char)((c | 0x20) - 'a') < 26)
		return LETTER;
	if ((unsigned char)(c - '0') < 10)
		return DIGIT;
	if (c >= 0x80)
		return NOT_ASCII;
	switch (c) {
	case ' ':
	case '\t':
	case '\n':
	case '\v':
	case '\f':
	case '\r':
		return SPACE;
	case '_':
		return UNDERSCORE;
	case ':':
		return MIDDLE_OF_LETTERS;
	case ',':
	case ';':
		return MIDDLE_OF_DIGITS;
	case '.':
	case '\'':
		return MIDDLE_OF_EITHER;
	default:
		return OTHER;
	}
}

static bool is_counted(unsigned c)
{
	return uc_is_general_category_withtable(
		c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_Nd |
		   UC_CATEGORY_MASK_Nl);
}

/* Count by the whole of the standard; `text` is valid UTF-8. */
static size_t count_valid(const char *text, size_t len, char *breaks)
{
	bool counted = false;
	size_t words = 0;

	u8_wordbreaks((const uint8_t *)text, len, breaks);
	for (size_t i = 0; i < len;) {
		unsigned c = 0;
		size_t n = utf8_decode(&c, (struct slice){ text + i,
							   len - i });

		if (breaks[i])
			counted = false;
		if (!counted && is_counted(c)) {
			counted = true;
			words++;
		}
		i += n;
	}
	return words;
}

/* A run without white space that has more in it than ASCII. */
static size_t count_token(struct slice token)
{
	char small[512], *copy = small;
	size_t words, at = 0;

	if (2 * token.len > sizeof(small))
		copy = xmalloc(2 * token.len);
	memcpy(copy, token.ptr, token.len);
	/* a bad byte counts as a letter */
	while ((at += utf8_valid_prefix(slice_sub(token, at, token.len))) <
	       token.len)
		copy[at++] = 'x';
	words = count_valid(copy, token.len, copy + token.len);
	if (copy != small)
		free(copy);
	return words;
}

/* WB5 to WB13b: no boundary between `before` (`middle`) and `now`. */
static bool joins(enum word_class before, enum word_class middle,
		  enum word_class now)
{
	switch (middle) {
	case OTHER:
		return before == LETTER || before == DIGIT ||
		       before == UNDERSCORE;
	case MIDDLE_OF_EITHER:
		return before == now && (now == LETTER || now == DIGIT);
	case MIDDLE_OF_LETTERS:
		return before == LETTER && now == LETTER;
	case MIDDLE_OF_DIGITS:
		return before == DIGIT && now == DIGIT;
	default:
		return false;
	}
}

size_t words_count(struct slice text)
{
	const unsigned char *p = (const unsigned char *)text.ptr;
	size_t words = 0, words_before = 0, token = 0, end;
	enum word_class before = OTHER, middle = OTHER;
	bool counted = false;

	for (size_t i = 0; i < text.len; i++) {
		enum word_class now = class_of(p[i]);

		switch (now) {
		case SPACE:
			before = middle = OTHER;
			token = i + 1;
			words_before = words;
			break;
		case LETTER:
		case DIGIT:
		case UNDERSCORE:
			counted = counted && joins(before, middle, now);
			if (!counted && now != UNDERSCORE) {
				counted = true;
				words++;
			}
			before = now;
			middle = OTHER;
			break;
		case NOT_ASCII:
			/* once more, from where the white space ended */
			for (end = i; end < text.len &&
				      class_of(p[end]) != SPACE; end++)
				;
			words = words_before +
				count_token(slice_sub(text, token, end));
			i = end - 1;
			before = middle = OTHER;
			break;
		default:
			/* one mark may stand in the middle of a word */
			if (middle != OTHER || now == OTHER)
				before = OTHER;
			middle = now;
		}
	}
	return words;
}
