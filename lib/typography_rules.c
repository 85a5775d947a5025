/* SPDX-License-Identifier: MIT */
/*
 * Which marks a language has: from the Unicode CLDR, and from the habits of
 * its book printers where the two differ.
 */
#include <stdbool.h>
#include <string.h>

#include "typography_private.h"

#define ENGLISH_ELIDED                                                     \
	" tis twas twere twill twould twasn tisn twouldn twon em til n "    \
	"nuff nother bout neath gainst cept scuse pon fraid kay im ello "   \
	"ome ouse erself imself eard undred coz cuz tain tude "
#define ENGLISH_PERHAPS " cause round till "
#define GERMAN_ELIDED " s n ne nen nem ner nes "
#define DUTCH_ELIDED " s t n k m r ns d "

#define GUILLEMETS { "«", "»" }
#define GUILLEMETS_SINGLE { "‹", "›" }
#define GUILLEMETS_INWARD { "»", "«" }
#define HIGH { "“", "”" }
#define HIGH_SINGLE { "‘", "’" }
#define LOW_HIGH { "„", "“" }
#define LOW_HIGH_SINGLE { "‚", "‘" }
#define LOW_RIGHT { "„", "”" }
#define LOW_RIGHT_SINGLE { "‚", "’" }
#define RIGHT { "”", "”" }
#define RIGHT_SINGLE { "’", "’" }
#define CORNERS { "「", "」" }
#define CORNERS_WHITE { "『", "』" }

/* English is the first; after it, longer tags need not come first. */
static const struct typography_rules table[] = {
	{ "en", HIGH, HIGH_SINGLE, 0, ENGLISH_ELIDED, ENGLISH_PERHAPS },
	{ "ar", GUILLEMETS, GUILLEMETS_SINGLE, 0, NULL, NULL },
	{ "be", GUILLEMETS, LOW_HIGH, 0, NULL, NULL },
	{ "bg", LOW_HIGH, LOW_HIGH_SINGLE, 0, NULL, NULL },
	{ "bs", LOW_RIGHT, LOW_RIGHT_SINGLE, 0, NULL, NULL },
	{ "ca", GUILLEMETS, HIGH, 0, NULL, NULL },
	{ "cs", LOW_HIGH, LOW_HIGH_SINGLE, 0, NULL, NULL },
	{ "da", GUILLEMETS_INWARD, { "›", "‹" }, 0, NULL, NULL },
	{ "de", LOW_HIGH, LOW_HIGH_SINGLE, 0, GERMAN_ELIDED, NULL },
	{ "de-CH", GUILLEMETS, GUILLEMETS_SINGLE, 0, GERMAN_ELIDED, NULL },
	{ "de-LI", GUILLEMETS, GUILLEMETS_SINGLE, 0, GERMAN_ELIDED, NULL },
	{ "el", GUILLEMETS, HIGH, 0, NULL, NULL },
	{ "es", GUILLEMETS, HIGH, 0, NULL, NULL },
	{ "es-419", HIGH, HIGH_SINGLE, 0, NULL, NULL },
	{ "es-MX", HIGH, HIGH_SINGLE, 0, NULL, NULL },
	{ "es-US", HIGH, HIGH_SINGLE, 0, NULL, NULL },
	{ "et", LOW_HIGH, LOW_HIGH_SINGLE, 0, NULL, NULL },
	{ "fa", GUILLEMETS, GUILLEMETS_SINGLE, 0, NULL, NULL },
	{ "fi", RIGHT, RIGHT_SINGLE, 0, NULL, NULL },
	{ "fr", GUILLEMETS, HIGH, FRENCH, NULL, NULL },
	{ "fr-CH", GUILLEMETS, GUILLEMETS_SINGLE, FRENCH, NULL, NULL },
	{ "gl", GUILLEMETS, HIGH, 0, NULL, NULL },
	{ "he", RIGHT, RIGHT_SINGLE, HEBREW, NULL, NULL },
	{ "hr", LOW_RIGHT, LOW_RIGHT_SINGLE, 0, NULL, NULL },
	{ "hu", LOW_RIGHT, GUILLEMETS_INWARD, 0, NULL, NULL },
	{ "is", LOW_HIGH, LOW_HIGH_SINGLE, 0, NULL, NULL },
	{ "it", GUILLEMETS, HIGH, 0, " ndrangheta ", NULL },
	{ "it-CH", GUILLEMETS, GUILLEMETS_SINGLE, 0, NULL, NULL },
	{ "ja", CORNERS, CORNERS_WHITE, 0, NULL, NULL },
	{ "ka", LOW_HIGH, LOW_HIGH_SINGLE, 0, NULL, NULL },
	{ "lt", LOW_HIGH, LOW_HIGH_SINGLE, 0, NULL, NULL },
	{ "mk", LOW_HIGH, LOW_HIGH_SINGLE, 0, NULL, NULL },
	{ "nb", GUILLEMETS, HIGH_SINGLE, 0, NULL, NULL },
	{ "nl", HIGH, HIGH_SINGLE, 0, DUTCH_ELIDED, NULL },
	{ "nn", GUILLEMETS, HIGH_SINGLE, 0, NULL, NULL },
	{ "no", GUILLEMETS, HIGH_SINGLE, 0, NULL, NULL },
	{ "pl", LOW_RIGHT, GUILLEMETS, 0, NULL, NULL },
	{ "pt-PT", GUILLEMETS, HIGH, 0, NULL, NULL },
	{ "ro", LOW_RIGHT, GUILLEMETS, 0, NULL, NULL },
	{ "ru", GUILLEMETS, LOW_HIGH, 0, NULL, NULL },
	{ "sk", LOW_HIGH, LOW_HIGH_SINGLE, 0, NULL, NULL },
	{ "sl", LOW_HIGH, LOW_HIGH_SINGLE, 0, NULL, NULL },
	{ "sr", LOW_RIGHT, LOW_RIGHT_SINGLE, 0, NULL, NULL },
	{ "sv", RIGHT, RIGHT_SINGLE, 0, NULL, NULL },
	{ "uk", GUILLEMETS, LOW_HIGH, 0, NULL, NULL },
	{ "ur", { "”", "“" }, { "’", "‘" }, 0, NULL, NULL },
	{ "zh-Hant", CORNERS, CORNERS_WHITE, 0, NULL, NULL },
	{ "zh-HK", CORNERS, CORNERS_WHITE, 0, NULL, NULL },
	{ "zh-TW", CORNERS, CORNERS_WHITE, 0, NULL, NULL },
};

char typography_lower(char c)
{
	if (c == '_') /* as in the names of locales */
		return '-';
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* True when `tag` is `prefix` or goes on with a subtag of its own. */
static bool tag_starts_with(const char *tag, const char *prefix)
{
	while (*prefix && typography_lower(*tag) == typography_lower(*prefix)) {
		tag++;
		prefix++;
	}
	return !*prefix && (!*tag || typography_lower(*tag) == '-');
}

const struct typography_rules *typography_for(const char *language)
{
	const struct typography_rules *best = &table[0];
	size_t length = 0;

	if (!language)
		return best;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		size_t n = strlen(table[i].language);

		if (n > length &&
		    tag_starts_with(language, table[i].language)) {
			best = &table[i];
			length = n;
		}
	}
	return best;
}
