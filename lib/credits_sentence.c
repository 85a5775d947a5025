/* SPDX-License-Identifier: MIT */
/* Names in order, and in a sentence. */
#include <stdlib.h>
#include <string.h>

#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#include "alloc.h"
#include "credits_private.h"
#include "strbuf.h"

/* --- order ---------------------------------------------------------------- */

/* Small letters without accents; the name itself decides between equals. */
static char *sort_key(struct arena *arena, const char *name)
{
	size_t len = 0;
	uint8_t *low = u8_casefold((const uint8_t *)name, strlen(name), NULL,
				   UNINORM_NFKD, NULL, &len);
	struct strbuf key = STRBUF_INIT;
	char *copy;

	for (size_t i = 0; low && i < len;) {
		ucs4_t c;
		int n = u8_mbtoucr(&c, low + i, len - i);

		n = n > 0 ? n : 1;
		if (uc_combining_class(c) == UC_CCC_NR)
			strbuf_add(&key, (const char *)low + i, (size_t)n);
		i += (size_t)n;
	}
	free(low);
	copy = arena_strdup(arena, key.buf);
	strbuf_release(&key);
	return copy;
}

struct sorted {
	const char *key;
	struct credit credit;
};

static int by_name(const void *a, const void *b)
{
	const struct sorted *x = a, *y = b;
	int order;

	if (!*x->credit.name != !*y->credit.name)
		return *x->credit.name ? -1 : 1;
	order = strcmp(x->key, y->key);
	if (!order)
		order = strcmp(x->credit.name, y->credit.name);
	return order ? order : strcmp(x->credit.code, y->credit.code);
}

void credits_sort(struct credits *credits)
{
	struct sorted *order = xreallocarray(NULL, credits->count + 1,
					     sizeof(*order));

	for (size_t i = 0; i < credits->count; i++)
		order[i] = (struct sorted){
			sort_key(&credits->arena, credits->items[i].name),
			credits->items[i]
		};
	qsort(order, credits->count, sizeof(*order), by_name);
	for (size_t i = 0; i < credits->count; i++)
		credits->items[i] = order[i].credit;
	free(order);
}

/* --- sentences ------------------------------------------------------------ */

/* A list after a colon needs no grammar: "de", "d'", "di" and "degli". */
static const struct language {
	const char *tag;
	const char *comma, *and;
	const char *words, *remarks, *end;
} languages[] = {
	{ "en", ", ", " and ",
	  "Readers whose words are in this book: ",
	  "Readers whose remarks changed this book: ", "." },
	{ "de", ", ", " und ",
	  "Leserinnen und Leser, deren Worte in diesem Buch stehen: ",
	  "Leserinnen und Leser, deren Anmerkungen dieses Buch verändert "
	  "haben: ", "." },
	{ "es", ", ", " y ",
	  "Lectores cuyas palabras están en este libro: ",
	  "Lectores cuyas observaciones cambiaron este libro: ", "." },
	{ "fr", ", ", " et ",
	  "Lecteurs dont les mots sont dans ce livre\u00A0: ",
	  "Lecteurs dont les remarques ont changé ce livre\u00A0: ", "." },
	{ "it", ", ", " e ",
	  "Lettori le cui parole sono in questo libro: ",
	  "Lettori le cui osservazioni hanno cambiato questo libro: ", "." },
	{ "ja", "、", "、",
	  "本書に言葉を寄せた読者：", "指摘により本書を改めた読者：", "。" },
	{ "pt", ", ", " e ",
	  "Leitores cujas palavras estão neste livro: ",
	  "Leitores cujas observações mudaram este livro: ", "." },
};
static const struct language other = { "", ", ", ", ", "", "", "" };

static const struct language *find_language(const char *tag)
{
	for (size_t i = 0; i < sizeof(languages) / sizeof(*languages); i++)
		if ((tag[0] | 0x20) == languages[i].tag[0] && tag[0] &&
		    (tag[1] | 0x20) == languages[i].tag[1] &&
		    (!tag[2] || tag[2] == '-'))
			return &languages[i];
	return &other;
}

/* Spanish: "e" before the sound of i, but not before "hie" and the like. */
static const char *word_for_and(const struct language *language,
				const char *next)
{
	bool i = (next[0] | 0x20) == 'i' ||
		 !strncmp(next, "Í", 2) || !strncmp(next, "í", 2);

	if ((next[0] | 0x20) == 'h' && (next[1] | 0x20) == 'i')
		i = (next[2] | 0x20) != 'e' && (next[2] | 0x20) != 'a';
	return i && !strcmp(language->tag, "es") ? " e " : language->and;
}

static bool is_in(const struct credit *c, enum credits_part part)
{
	bool words = c->edits || c->also;

	return *c->name && (part == CREDITS_NAMES ||
			    words == (part == CREDITS_WORDS));
}

/* Two readers of one name are one in print, and sorted they stand together. */
static bool is_next(const struct credits *credits, size_t at,
		    enum credits_part part, const char *last)
{
	const struct credit *c = &credits->items[at];

	if (!is_in(c, part) || (last && !strcmp(last, c->name)))
		return false;
	/* whose words are there is not said to have made remarks, too */
	for (size_t i = 0; part == CREDITS_REMARKS && i < credits->count; i++)
		if (is_in(&credits->items[i], CREDITS_WORDS) &&
		    !strcmp(credits->items[i].name, c->name))
			return false;
	return true;
}

void credits_sentence(struct strbuf *out, const struct credits *credits,
		      enum credits_part part, const char *tag)
{
	const struct language *language = find_language(tag);
	const char **names = xreallocarray(NULL, credits->count + 1,
					   sizeof(*names));
	size_t count = 0;

	for (size_t i = 0; i < credits->count; i++)
		if (is_next(credits, i, part, count ? names[count - 1] : NULL))
			names[count++] = credits->items[i].name;
	if (count && part != CREDITS_NAMES)
		strbuf_adds(out, part == CREDITS_WORDS ? language->words :
			    language->remarks);
	for (size_t i = 0; i < count; i++) {
		if (i)
			strbuf_adds(out, i + 1 < count ? language->comma :
				    word_for_and(language, names[i]));
		strbuf_adds(out, names[i]);
	}
	if (count)
		strbuf_adds(out, language->end);
	free(names);
}
