/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "html_escape.h"
#include "strbuf.h"
#include "strings.h"

#define LANGUAGES 7
const char *const string_languages[LANGUAGES + 1] = {
	"en", "de", "fr", "es", "it", "pt", "ja", NULL
};

static const char *const strings[STRING_COUNT][LANGUAGES] = {
#define STRING(id, en, de, fr, es, it, pt, ja) { en, de, fr, es, it, pt, ja },
#include "strings.def"
#undef STRING
};

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_language(const char *tag, const char *language)
{
	return lower(tag[0]) == language[0] && lower(tag[1]) == language[1] &&
	       (!tag[2] || strchr("-_", tag[2]));
}

static size_t find(const char *tag)
{
	for (size_t i = 0; tag && *tag && i < LANGUAGES; i++)
		if (is_language(tag, string_languages[i]))
			return i;
	return SIZE_MAX;
}

const char *string_get(const char *language, enum string_id id)
{
	size_t i = find(language);

	return strings[id][i == SIZE_MAX ? 0 : i];
}

const char *string_language(const char *language)
{
	return find(language) == SIZE_MAX ? " lang=\"en\" dir=\"ltr\"" : "";
}

void string_add(struct strbuf *out, const char *language, enum string_id id,
		const char *first, const char *second)
{
	const char *words = string_get(language, id), *gap;

	while ((gap = strstr(words, "%s"))) {
		html_escape(out, (struct slice){
					 words, (size_t)(gap - words) });
		html_escape_str(out, first ? first : "");
		first = second;
		words = gap + 2;
	}
	html_escape_str(out, words);
}

void string_add_html(struct strbuf *out, const char *language,
		     enum string_id id, const char *html)
{
	const char *words = string_get(language, id);
	const char *gap = strstr(words, "%s");

	if (!gap) {
		html_escape_str(out, words);
		return;
	}
	html_escape(out, (struct slice){ words, (size_t)(gap - words) });
	strbuf_adds(out, html);
	html_escape_str(out, gap + 2);
}
