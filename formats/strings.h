/* SPDX-License-Identifier: MIT */
/* The few words of our own in a draft, by its language: see strings.def. */
#ifndef STRINGS_H
#define STRINGS_H

/* STRING_CONTENTS, STRING_NOTES, … */
enum string_id {
#define STRING(id, ...) STRING_##id,
#include "strings.def"
#undef STRING
	STRING_COUNT
};

/**
 * The words in the language of BCP 47 tag `language`, English if we have no
 * others. Static. %s stands where strings.def names a value.
 */
const char *string_get(const char *language, enum string_id id);

/** ` lang="en" dir="ltr"` where our words are English for want of others,
 * else "". */
const char *string_language(const char *language);

/** The languages that we have words in, "en" first; NULL after the last. */
extern const char *const string_languages[];

struct strbuf;

/** Append the words with their %s replaced, escaped for HTML; NULL: "". */
void string_add(struct strbuf *out, const char *language, enum string_id id,
		const char *first, const char *second);

/** The same with one value that is HTML already. */
void string_add_html(struct strbuf *out, const char *language,
		     enum string_id id, const char *html);

#endif
