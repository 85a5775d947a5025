/* SPDX-License-Identifier: MIT */
#include <stddef.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "manuscript.h"
#include "metadata.h"
#include "strbuf.h"

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Length of a language's first subtag: "en" of "en-GB". */
static size_t primary_length(const char *language)
{
	size_t n = 0;

	while (is_letter(language[n]))
		n++;
	return n;
}

static bool in_language(const char *language, const char *primary)
{
	size_t n = strlen(primary);

	return primary_length(language) == n &&
	       !strncasecmp(language, primary, n);
}

void metadata_language(struct strbuf *out, const char *language)
{
	size_t start = out->len, run = 0;
	size_t primary = primary_length(language);

	/* RFC 5646, 2.1: subtags of at most eight letters and digits */
	if (primary < 2 || primary > 3)
		goto unknown;
	for (const char *p = language; *p; p++) {
		if (*p == '-' || *p == '_') {
			if (!run)
				goto unknown;
			run = 0;
			strbuf_addch(out, '-');
		} else if ((is_letter(*p) || is_digit(*p)) && ++run <= 8) {
			strbuf_addch(out, *p);
		} else {
			goto unknown;
		}
	}
	if (run)
		return;
unknown:
	strbuf_truncate(out, start);
	strbuf_adds(out, "und");
}

bool metadata_is_rtl(const struct manuscript *ms)
{
	static const char *const languages[] = {
		"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ps", "sd",
		"syr", "ug", "ur", "yi" };
	static const char *const scripts[] = {
		"Arab", "Hebr", "Syrc", "Thaa", "Nkoo" };
	const char *set = settings_get(&ms->settings, "book.direction");
	const char *language = manuscript_language(ms);
	const char *rest = language + primary_length(language);

	if (set && (!strcasecmp(set, "rtl") || !strcasecmp(set, "ltr")))
		return !strcasecmp(set, "rtl");
	if (*rest && primary_length(rest + 1) == 4) {
		for (size_t i = 0; i < sizeof(scripts) / sizeof(*scripts); i++)
			if (!strncasecmp(rest + 1, scripts[i], 4))
				return true;
		return false;
	}
	for (size_t i = 0; i < sizeof(languages) / sizeof(*languages); i++)
		if (in_language(language, languages[i]))
			return true;
	return false;
}

bool metadata_has_italics(const struct manuscript *ms)
{
	const char *language = manuscript_language(ms);

	return !metadata_is_rtl(ms) && !in_language(language, "ja") &&
	       !in_language(language, "zh") && !in_language(language, "ko");
}

bool metadata_is_vertical(const struct manuscript *ms)
{
	const char *set = settings_get(&ms->settings, "book.writing");

	return set && !strcmp(set, "vertical");
}

static const char *articles_of(const char *language)
{
	static const struct {
		const char *language, *articles;
	} table[] = {
		{ "en", "the a an" },
		{ "de", "der die das ein eine" },
		{ "fr", "le la les l' l\xe2\x80\x99 un une" },
		{ "es", "el la los las un una" },
		{ "it", "il lo la i gli le l' l\xe2\x80\x99 un uno una" },
		{ "pt", "o a os as um uma" },
		{ "nl", "de het een" },
		{ "sv", "en ett den det" },
		{ "da", "en et den det" },
		{ "no", "en et ei den det" },
		{ "nb", "en et ei den det" },
		{ "ca", "el la els les un una l' l\xe2\x80\x99" },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
		if (in_language(language, table[i].language))
			return table[i].articles;
	return "";
}

void metadata_title_file_as(struct strbuf *out, const char *title,
			    const char *language)
{
	const char *p = articles_of(language);

	while (*p) {
		size_t n = strcspn(p, " ");
		bool elided = p[n - 1] == '\'' || p[n - 1] == '\x99';
		const char *rest = title + n + !elided;

		if (strlen(title) > n + 1 && !strncasecmp(title, p, n) &&
		    (elided || title[n] == ' ')) {
			strbuf_adds(out, rest);
			strbuf_adds(out, ", ");
			strbuf_add(out, title, n);
			return;
		}
		p += n;
		p += *p == ' ';
	}
	strbuf_adds(out, title);
}

static bool is_suffix(struct slice word)
{
	static const char *const suffixes[] = {
		"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV" };

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++)
		if (slice_eq_str(word, suffixes[i]))
			return true;
	return false;
}

/* Where the last word of `s` starts. */
static size_t last_word(struct slice s)
{
	size_t i = s.len;

	while (i && s.ptr[i - 1] != ' ')
		i--;
	return i;
}

void metadata_name_file_as(struct strbuf *out, const char *name,
			   const char *language)
{
	static const char *const family_first[] = {
		"hu", "ja", "ko", "vi", "zh" };
	struct slice given = slice_trim(slice_of(name)), family;
	struct slice suffix = { NULL, 0 };

	for (size_t i = 0; i < sizeof(family_first) / sizeof(char *); i++)
		if (in_language(language, family_first[i]))
			goto as_is;
	if (strchr(name, ',') || !last_word(given))
		goto as_is;
	family = slice_sub(given, last_word(given), given.len);
	if (is_suffix(family)) {
		suffix = family;
		given = slice_trim(slice_sub(given, 0, last_word(given)));
		if (!last_word(given))
			goto as_is;
		family = slice_sub(given, last_word(given), given.len);
	}
	given = slice_trim(slice_sub(given, 0, last_word(given)));
	strbuf_add_slice(out, family);
	strbuf_adds(out, ", ");
	strbuf_add_slice(out, given);
	if (suffix.len) {
		strbuf_adds(out, ", ");
		strbuf_add_slice(out, suffix);
	}
	return;
as_is:
	strbuf_adds(out, name);
}

void metadata_authors(struct strbuf *out, const struct manuscript *ms)
{
	const char *name;
	size_t start = out->len;

	for (size_t n = 0;
	     (name = settings_get_nth(&ms->settings, "book.author", n)); n++) {
		if (!*name)
			continue;
		if (out->len > start)
			strbuf_adds(out, ", ");
		strbuf_adds(out, name);
	}
	if (out->len == start)
		strbuf_adds(out, manuscript_author(ms));
}

static void split_time(struct tm *tm, int64_t seconds)
{
	/* four digits of a year */
	const int64_t first = -62135596800, last = 253402300799;
	time_t t = (time_t)(seconds < first ? first
			  : seconds > last ? last : seconds);

	memset(tm, 0, sizeof(*tm));
	gmtime_r(&t, tm);
}

void metadata_date(struct strbuf *out, int64_t seconds, bool clock)
{
	struct tm tm;

	split_time(&tm, seconds);
	strbuf_addf(out, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1,
		    tm.tm_mday);
	if (clock)
		strbuf_addf(out, "T%02d:%02d:%02dZ", tm.tm_hour, tm.tm_min,
			    tm.tm_sec);
}

void metadata_date_in_words(struct strbuf *out, int64_t seconds,
			    const char *language)
{
	static const struct {
		const char *language, *of_first, *first, *second, *months[12];
	} table[] = {
		{ "en", "", " ", " ",
		  { "January", "February", "March", "April", "May", "June",
		    "July", "August", "September", "October", "November",
		    "December" } },
		{ "de", "", ". ", " ",
		  { "Januar", "Februar", "März", "April", "Mai", "Juni",
		    "Juli", "August", "September", "Oktober", "November",
		    "Dezember" } },
		{ "fr", "er", " ", " ",
		  { "janvier", "février", "mars", "avril", "mai", "juin",
		    "juillet", "août", "septembre", "octobre", "novembre",
		    "décembre" } },
		{ "es", "", " de ", " de ",
		  { "enero", "febrero", "marzo", "abril", "mayo", "junio",
		    "julio", "agosto", "septiembre", "octubre", "noviembre",
		    "diciembre" } },
		{ "it", "º", " ", " ",
		  { "gennaio", "febbraio", "marzo", "aprile", "maggio",
		    "giugno", "luglio", "agosto", "settembre", "ottobre",
		    "novembre", "dicembre" } },
		{ "pt", ".º", " de ", " de ",
		  { "janeiro", "fevereiro", "março", "abril", "maio",
		    "junho", "julho", "agosto", "setembro", "outubro",
		    "novembro", "dezembro" } },
	};
	struct tm tm;
	size_t at = 0;

	split_time(&tm, seconds);
	if (in_language(language, "ja")) {
		strbuf_addf(out, "%d年%d月%d日", tm.tm_year + 1900,
			    tm.tm_mon + 1, tm.tm_mday);
		return;
	}
	for (size_t i = 1; i < sizeof(table) / sizeof(*table); i++)
		if (in_language(language, table[i].language))
			at = i;
	/* its own words between the three */
	strbuf_addf(out, "%d%s%s%s%s%d", tm.tm_mday,
		    tm.tm_mday == 1 ? table[at].of_first : "",
		    table[at].first, table[at].months[tm.tm_mon],
		    table[at].second, tm.tm_year + 1900);
}

int64_t metadata_time(const struct manuscript *ms)
{
	return ms->has_commit ? ms->commit.time : 315532800;
}

bool metadata_is_date(const char *date)
{
	static const char pattern[] = "0000-00-00";
	size_t n = 0;

	for (; date[n]; n++)
		if (n >= sizeof(pattern) - 1 ||
		    (pattern[n] == '0' ? !is_digit(date[n])
				       : date[n] != pattern[n]))
			return false;
	return n == 4 || n == 7 || n == 10;
}
