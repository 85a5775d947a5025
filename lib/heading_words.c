/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "heading_words.h"
#include "slug.h"
#include "strbuf.h"

#define LONGEST_HEADING 100	/* bytes of a line of plain text */

static const char *const part_words[] = {
	"part", "book", "volume", "vol", "teil", "buch", "band", "partie",
	"livre", "tome", "parte", "libro", "tomo", "volumen", "livro", NULL
};
static const char *const chapter_words[] = {
	"chapter", "chap", "kapitel", "kap", "chapitre", "capitulo",
	"capitolo", "cap", NULL
};
static const char *const matter_words[] = {
	"prologue", "epilogue", "foreword", "preface", "introduction",
	"afterword", "conclusion", "interlude", "intermezzo", "appendix",
	"acknowledgments", "acknowledgements", "dedication", "glossary",
	"postscript", "prolog", "epilog", "vorwort", "nachwort", "einleitung",
	"zwischenspiel", "anhang", "danksagung", "widmung", "nachspiel",
	"vorspiel", "avant-propos", "postface", "interlude", "annexe",
	"remerciements", "dedicace", "prologo", "epilogo", "prefacio",
	"introduccion", "interludio", "apendice", "agradecimientos",
	"prefazione", "introduzione", "ringraziamenti", "appendice",
	"introducao", "posfacio", "agradecimentos", "conclusao", NULL
};
/* "erst" is any of erste, erster, erstes, ersten: see is_number_word() */
static const char *const number_words[] = {
	"one", "two", "three", "four", "five", "six", "seven", "eight",
	"nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
	"sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty",
	"forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred",
	"first", "second", "third", "fourth", "fifth", "sixth", "seventh",
	"eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth",
	"fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
	"nineteenth", "twentieth", "thirtieth", "fortieth", "fiftieth",
	"last",
	"ein", "eins", "zwei", "drei", "vier", "funf", "sechs", "sieben",
	"acht", "neun", "zehn", "elf", "zwolf", "dreizehn", "vierzehn",
	"funfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn",
	"un", "une", "deux", "trois", "quatre", "cinq", "sept", "huit",
	"neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze",
	"seize", "vingt", "trente", "quarante", "cinquante", "premier",
	"premiere", "seconde", "dernier", "derniere",
	"uno", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete",
	"ocho", "nueve", "diez", "once", "doce", "trece", "catorce", "quince",
	"veinte", "treinta", "primer", "primero", "primera", "segundo",
	"segunda", "tercer", "tercero", "tercera", "cuarto", "cuarta",
	"quinto", "quinta", "sexto", "sexta", "septimo", "septima", "octavo",
	"octava", "noveno", "novena", "decimo", "decima", "ultimo", "ultima",
	"due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove",
	"dieci", "undici", "dodici", "tredici", "quattordici", "quindici",
	"venti", "trenta", "primo", "prima", "secondo", "seconda", "terzo",
	"terza", "quarto", "quarta", "sesto", "sesta", "settimo", "settima",
	"ottavo", "ottava", "nono", "nona",
	"um", "uma", "dois", "duas", "quatro", "sete", "oito", "dez", "doze",
	"treze", "vinte", "trinta", "primeiro", "primeira", "terceiro",
	"terceira", "setimo", "setima", "oitavo", "oitava", NULL
};
static const char *const german_ordinals[] = {
	"erst", "zweit", "dritt", "viert", "funft", "sechst", "siebt",
	"siebent", "acht", "neunt", "zehnt", "elft", "zwolft", "dreizehnt",
	"vierzehnt", "funfzehnt", "letzt", NULL
};
static const char *const number_ends[] = {
	"zig", "zigste", "zigster", "zigstes", "ieme", "esimo", "esima",
	"zehnte", "zehnter", "zehntes", NULL
};

static bool is_in(const char *const *words, struct slice word)
{
	for (; *words; words++)
		if (slice_eq_str(word, *words))
			return true;
	return false;
}

static bool is_roman(struct slice s)
{
	static const struct {
		const char *letters;
		unsigned value;
	} steps[] = {
		{ "m", 1000 }, { "cm", 900 }, { "d", 500 }, { "cd", 400 },
		{ "c", 100 }, { "xc", 90 }, { "l", 50 }, { "xl", 40 },
		{ "x", 10 }, { "ix", 9 }, { "v", 5 }, { "iv", 4 }, { "i", 1 }
	};

	if (!s.len || s.len > 15)
		return false;
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		/* letters that repeat do so three times; the others once */
		int times = i % 4 == 0 ? 3 : 1;

		while (times-- &&
		       slice_starts_with(s, slice_of(steps[i].letters)))
			s = slice_sub(s, strlen(steps[i].letters), s.len);
	}
	return !s.len;
}

static bool is_digits(struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
	return s.len && s.len <= 4;
}

static bool is_number_word(struct slice s)
{
	static const char *const declined[] = { "er", "es", "en", "e" };

	if (is_in(number_words, s))
		return true;
	for (const char *const *end = number_ends; *end; end++)
		if (slice_ends_with(s, slice_of(*end)))
			return true;
	for (size_t i = 0; i < 4; i++) {
		struct slice end = slice_of(declined[i]);

		if (slice_ends_with(s, end))
			return is_in(german_ordinals,
				     slice_sub(s, 0, s.len - end.len));
	}
	return false;
}

static bool is_number(struct slice s)
{
	return is_digits(s) || is_roman(s) || is_number_word(s);
}

/* The line as words in plain small letters, with where each ends. */
#define MOST_WORDS 5
struct words {
	char text[MOST_WORDS][24];
	const char *end[MOST_WORDS];
	size_t count;
};

static bool is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (unsigned char)c >= 0xC0 ||
	       ((unsigned char)c >= 0x80 && (unsigned char)c < 0xC0);
}

/* Dashes and typographic quotes, which are no letters: U+2000..U+206F. */
static bool is_punctuation(const char *p, const char *end)
{
	return end - p >= 3 && (unsigned char)p[0] == 0xE2 &&
	       ((unsigned char)p[1] == 0x80 || (unsigned char)p[1] == 0x81);
}

static void fold(char out[24], const char *p, size_t len)
{
	struct strbuf slug = STRBUF_INIT;

	for (size_t i = 0; i < len; i++)
		if ((unsigned char)p[i] >= 0x80)
			goto letters;
	len = len < 24 ? len : 0;
	for (size_t i = 0; i < len; i++)
		out[i] = p[i] >= 'A' && p[i] <= 'Z' ? p[i] + 32 : p[i];
	out[len] = '\0';
	return;
letters:
	slug_add(&slug, (struct slice){ p, len }, 40);
	out[0] = '\0';
	if (slug.len < 24)
		strcpy(out, slug.buf);
	strbuf_release(&slug);
}

static void read_words(struct words *w, struct slice line)
{
	const char *p = line.ptr, *end = p + line.len;

	w->count = 0;
	while (w->count < MOST_WORDS) {
		const char *start;

		while (p < end && (*p == ' ' || *p == '\t' ||
				   (*p == '-' && w->count) ||
				   (*p == '.' && w->count == 1)))
			p++;
		for (start = p; p < end && is_word_byte(*p) &&
				!is_punctuation(p, end); p++)
			;
		if (p == start)
			return;
		fold(w->text[w->count], start, (size_t)(p - start));
		w->end[w->count++] = p;
	}
}

static struct slice word_of(const struct words *w, size_t i)
{
	return i < w->count ? slice_of(w->text[i]) : (struct slice){ "", 0 };
}

/* How many words from the `i`th on are a number: "the twenty-first". */
static size_t number_length(const struct words *w, size_t i)
{
	size_t n = i;

	if (slice_eq_str(word_of(w, n), "the"))
		n++;
	if (!is_number(word_of(w, n)))
		return 0;
	for (n++; n < w->count && w->end[n - 1][0] == '-' &&
		  is_number_word(word_of(w, n)); n++)
		;
	return n - i;
}

static bool is_upper_case(struct slice s)
{
	bool any = false;

	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] >= 'a' && s.ptr[i] <= 'z')
			return false;
		any |= s.ptr[i] >= 'A' && s.ptr[i] <= 'Z';
	}
	return any;
}

static bool starts_small(struct slice s)
{
	return s.len && *s.ptr >= 'a' && *s.ptr <= 'z';
}

static bool starts_separator(struct slice s)
{
	return s.len && (strchr(".:-)", *s.ptr) ||
			 is_punctuation(s.ptr, s.ptr + s.len));
}

/* What stands after the number makes a heading of the line, or prose. */
static bool is_heading_rest(struct slice line, const char *from)
{
	struct slice rest = slice_sub(line, (size_t)(from - line.ptr),
				      line.len);
	char last = line.ptr[line.len - 1];

	rest = slice_trim(rest);
	if (!rest.len)
		return true;
	if (line.len > LONGEST_HEADING || last == ',' || last == ';')
		return false;
	if (starts_separator(rest))
		return true;
	if (is_upper_case(line))
		return true;
	return !starts_small(rest) && is_word_byte(*rest.ptr) &&
	       last != '.' && last != '"' && last != ':';
}

static enum heading_kind kind_of_word(struct slice word)
{
	return is_in(part_words, word) ? HEADING_PART
		: is_in(chapter_words, word) ? HEADING_CHAPTER
		: HEADING_WORDS;
}

static bool is_matter(struct slice line, const struct words *w)
{
	struct slice rest;

	if (is_in(matter_words, word_of(w, 0)))
		rest = slice_sub(line, (size_t)(w->end[0] - line.ptr),
				 line.len);
	else if (!strcmp(w->text[0], "avant") && w->count > 1 &&
		 !strcmp(w->text[1], "propos"))
		rest = slice_sub(line, (size_t)(w->end[1] - line.ptr),
				 line.len);
	else
		return false;
	rest = slice_trim(rest);
	return !rest.len || starts_separator(rest) ||
	       (is_upper_case(line) && line.len < LONGEST_HEADING);
}

static struct slice without_marks(struct slice s)
{
	s = slice_trim(s);
	while (s.len > 2 && (*s.ptr == '*' || *s.ptr == '_') &&
	       s.ptr[s.len - 1] == *s.ptr)
		s = slice_trim(slice_sub(s, 1, s.len - 1));
	return s;
}

enum heading_kind heading_kind_of(struct slice line, bool alone)
{
	struct words w;
	enum heading_kind kind;
	size_t used;

	line = without_marks(line);
	if (!line.len || (alone && starts_small(line)) ||
	    !is_word_byte(*line.ptr))
		return HEADING_WORDS;
	read_words(&w, slice_sub(line, 0, 2 * LONGEST_HEADING));
	if (!w.count)
		return HEADING_WORDS;
	if (is_matter(line, &w))
		return HEADING_MATTER;
	kind = kind_of_word(word_of(&w, 0));
	used = kind ? number_length(&w, 1) : 0;
	if (used) {
		used++;
	} else if (is_number_word(word_of(&w, 0))) {
		used = number_length(&w, 0);
		kind = kind_of_word(word_of(&w, used));
		used += kind != HEADING_WORDS;
	} else if (slice_trim(slice_sub(line, (size_t)(w.end[0] - line.ptr),
					line.len)).len <= 1 &&
		   (is_digits(word_of(&w, 0)) ||
		    (is_roman(word_of(&w, 0)) && is_upper_case(line)))) {
		char last = line.ptr[line.len - 1];

		return last == '.' || is_word_byte(last) ? HEADING_NUMBER
							 : HEADING_WORDS;
	} else {
		return HEADING_WORDS;
	}
	if (kind == HEADING_WORDS)
		return kind;
	return !alone || is_heading_rest(line, w.end[used - 1])
		? kind : HEADING_WORDS;
}

bool heading_is_title(struct slice line)
{
	size_t words = 0, capitals = 0;
	bool start = true;
	char last;

	line = without_marks(line);
	if (!line.len || line.len > 80 || starts_small(line) ||
	    strchr("\"'([>|-+#", *line.ptr))
		return false;
	last = line.ptr[line.len - 1];
	if (last == ',' || last == ';' || last == ':' || last == '"')
		return false;
	if (is_upper_case(line))
		return true;
	if (last == '.')
		return false;
	for (size_t i = 0; i < line.len; i++) {
		char c = line.ptr[i];

		if (start && c != ' ') {
			words++;
			capitals += !(c >= 'a' && c <= 'z');
		}
		start = c == ' ';
	}
	return words <= 12 && capitals * 2 >= words;
}
