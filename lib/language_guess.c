/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "language_guess.h"
#include "utf8.h"

#define SAMPLE 200000
#define LANGUAGES 7

static const struct {
	const char *tag, *words;	/* each between spaces */
} languages[LANGUAGES] = {
	{ "en", " the of and to was that with his her had she for not you "
		"they from this were which would there their what been is " },
	{ "de", " der die und das nicht ist ein eine ich mit sich auf dem den "
		"sie er war wie auch noch nur sein hatte von zu es im " },
	{ "fr", " le les des et une dans qui pas est vous pour sur avec il "
		"elle que ne je mais tout plus se ce son au du " },
	{ "es", " el los las y una que por con para como pero sus le lo del "
		"habia estaba muy era ella mi sin cuando al no se " },
	{ "it", " il gli che di una per con non del della nel sono era come "
		"anche alla mi ma si e piu lo dei aveva suo " },
	{ "pt", " o os uma que nao com para como mas seu sua ele ela era do "
		"da em na no ao as dos pela pelo tinha estava e " },
	{ "nl", " de het een en van niet was dat met zijn hij voor op aan er "
		"maar zij naar ook haar bij nog wel zo toen " }
};

enum script { LATIN, KANA, HAN, HANGUL, CYRILLIC, GREEK, ARABIC, HEBREW,
	      OTHER, SCRIPTS };

static enum script script_of(unsigned c)
{
	if (c < 0x250)
		return (c | 32) >= 'a' && ((c | 32) <= 'z' || c >= 0xC0)
			? LATIN : OTHER;
	if (c >= 0x370 && c < 0x400)
		return GREEK;
	if (c >= 0x400 && c < 0x530)
		return CYRILLIC;
	if (c >= 0x590 && c < 0x600)
		return HEBREW;
	if (c >= 0x600 && c < 0x780)
		return ARABIC;
	if (c >= 0x3040 && c < 0x3100)
		return KANA;
	if (c >= 0x3400 && c < 0xA000)
		return HAN;
	if (c >= 0xAC00 && c < 0xD7B0)
		return HANGUL;
	return OTHER;
}

static void count_word(size_t counts[LANGUAGES], const char *word, size_t len)
{
	char spaced[12] = " ";

	if (!len || len > 8)
		return;
	memcpy(spaced + 1, word, len);
	spaced[len + 1] = ' ';
	spaced[len + 2] = '\0';
	for (size_t i = 0; i < LANGUAGES; i++)
		counts[i] += strstr(languages[i].words, spaced) != NULL;
}

static const char *by_words(struct slice text)
{
	size_t counts[LANGUAGES] = { 0 }, best = 0, len = 0;
	char word[9];

	for (size_t i = 0; i <= text.len; i++) {
		unsigned char c = i < text.len ? (unsigned char)text.ptr[i]
					       : ' ';

		if ((c | 32) >= 'a' && (c | 32) <= 'z') {
			if (len < 9)
				word[len] = (char)(c | 32);
			len++;
		} else if (c >= 0x80) {
			len = 10; /* with a mark on it: in no list */
		} else {
			count_word(counts, word, len);
			len = 0;
		}
	}
	for (size_t i = 1; i < LANGUAGES; i++)
		if (counts[i] > counts[best])
			best = i;
	return counts[best] >= 5 ? languages[best].tag : NULL;
}

const char *language_guess(struct slice text)
{
	static const char *const tags[SCRIPTS] = {
		NULL, "ja", "zh", "ko", "ru", "el", "ar", "he", NULL
	};
	size_t counts[SCRIPTS] = { 0 };
	enum script best = LATIN;

	text = slice_sub(text, 0, SAMPLE);
	for (size_t i = 0; i < text.len;) {
		unsigned c = 0;
		size_t n = utf8_decode(&c, slice_sub(text, i, text.len));

		counts[n ? script_of(c) : OTHER]++;
		i += n ? n : 1;
	}
	if (counts[KANA] * 10 > counts[HAN] && counts[KANA]) {
		counts[KANA] += counts[HAN];
		counts[HAN] = 0;
	}
	for (int s = LATIN + 1; s < OTHER; s++)
		if (counts[s] > counts[best])
			best = (enum script)s;
	return best == LATIN ? by_words(text) : tags[best];
}
