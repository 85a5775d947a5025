/* SPDX-License-Identifier: MIT */
/* Our own letters, and what the author's may have in them. */
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "letter_private.h"

static const char *const about[] = { "name", "title", "author", "round",
				     NULL };
static const char *const thanks_letter[] = { "name", "title", "author",
					     "round", "answers", NULL };
static const char *const answer[] = { "name", "title", "author", "round",
				      "now", "why", "who", "label", NULL };
static const char *const send_subject[] = { "name", "title", "author",
					    "round", "tag", NULL };
static const char *const send_letter[] = { "name", "title", "author", "round",
					   "tag", "words", "changes", "file",
					   "link", "due", NULL };
static const char *const since[] = { "since", "round", "list", "redline",
				     "redline-link", NULL };
static const char *const chapter[] = { "chapter", "count", NULL };

const struct letter_kind letter_thanks = { "thanks",
	(const struct letter_section[]){
		{ "subject", about, NULL },
		{ "letter", thanks_letter, "answers" },
		{ "applied", answer, NULL },
		{ "reworded", answer, NULL },
		{ "mended", answer, NULL },
		{ "already", answer, NULL },
		{ "already-by", answer, NULL },
		{ "declined", answer, NULL },
		{ "declined-why", answer, "why" },
		{ "deferred", answer, NULL },
		{ "deferred-why", answer, "why" },
		{ "noted", answer, NULL },
		{ "noted-why", answer, "why" },
		{ NULL, NULL, NULL }
	} };

const struct letter_kind letter_send = { "send",
	(const struct letter_section[]){
		{ "subject", send_subject, NULL },
		{ "letter", send_letter, NULL },
		{ "changed", since, "list" },
		{ "unchanged", since, NULL },
		{ "chapter", chapter, NULL },
		{ "new", chapter, NULL },
		{ "more", chapter, NULL },
		{ NULL, NULL, NULL }
	} };

static const char thanks_en[] = {
#include "formats/letters/thanks.en.txt.inc"
};
static const char thanks_de[] = {
#include "formats/letters/thanks.de.txt.inc"
};
static const char thanks_fr[] = {
#include "formats/letters/thanks.fr.txt.inc"
};
static const char thanks_es[] = {
#include "formats/letters/thanks.es.txt.inc"
};
static const char thanks_it[] = {
#include "formats/letters/thanks.it.txt.inc"
};
static const char thanks_pt[] = {
#include "formats/letters/thanks.pt.txt.inc"
};
static const char thanks_ja[] = {
#include "formats/letters/thanks.ja.txt.inc"
};
static const char send_en[] = {
#include "formats/letters/send.en.txt.inc"
};
static const char send_de[] = {
#include "formats/letters/send.de.txt.inc"
};
static const char send_fr[] = {
#include "formats/letters/send.fr.txt.inc"
};
static const char send_es[] = {
#include "formats/letters/send.es.txt.inc"
};
static const char send_it[] = {
#include "formats/letters/send.it.txt.inc"
};
static const char send_pt[] = {
#include "formats/letters/send.pt.txt.inc"
};
static const char send_ja[] = {
#include "formats/letters/send.ja.txt.inc"
};

#define TEXT(bytes) { bytes, sizeof(bytes) }

static const struct {
	const char *language;
	struct slice thanks, send;
} texts[] = {
	{ "en", TEXT(thanks_en), TEXT(send_en) },
	{ "de", TEXT(thanks_de), TEXT(send_de) },
	{ "fr", TEXT(thanks_fr), TEXT(send_fr) },
	{ "es", TEXT(thanks_es), TEXT(send_es) },
	{ "it", TEXT(thanks_it), TEXT(send_it) },
	{ "pt", TEXT(thanks_pt), TEXT(send_pt) },
	{ "ja", TEXT(thanks_ja), TEXT(send_ja) },
};

/* "de" is what "de-AT" is in. */
static bool is_in(const char *tag, const char *language)
{
	size_t n = strlen(language);

	return !strncasecmp(tag, language, n) && (!tag[n] || tag[n] == '-');
}

struct slice letter_own_text(const char **language,
			     const struct letter_kind *kind,
			     const char *wanted)
{
	size_t found = 0;

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (is_in(wanted, texts[i].language))
			found = i;
	*language = texts[found].language;
	return kind == &letter_send ? texts[found].send : texts[found].thanks;
}
