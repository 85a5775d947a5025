/* SPDX-License-Identifier: MIT */
/* Labels as readers write them: "3.14: ", "§3.14", "[A.2]", "Chapter 3:". */
#include <stdio.h>
#include <string.h>

#include "mail_reply_private.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

static char at(struct slice s, size_t i)
{
	return i < s.len ? s.ptr[i] : '\0';
}

/* "3.14", "A.2" at `i`: its length, or 0. */
static size_t paragraph_label(struct slice s, size_t i)
{
	size_t start = i, digits;

	while (is_digit(at(s, i)) && i - start < 4)
		i++;
	if (i == start)
		while (is_capital(at(s, i)) && i - start < 2)
			i++;
	if (i == start || at(s, i) != '.')
		return 0;
	digits = ++i;
	while (is_digit(at(s, i)) && i - digits < 5)
		i++;
	if (i == digits || is_digit(at(s, i)) ||
	    (at(s, i) == '.' && is_digit(at(s, i + 1))))
		return 0;
	return i - start;
}

/* "3", "A". */
static size_t chapter_label(struct slice s, size_t i)
{
	size_t start = i;

	while (is_digit(at(s, i)) && i - start < 4)
		i++;
	if (i > start)
		return is_digit(at(s, i)) ? 0 : i - start;
	return is_capital(at(s, i)) && !is_capital(at(s, i + 1)) &&
			       (at(s, i + 1) | 0x20) == (at(s, i + 1))
		       ? 1 : 0;
}

/* What parts a label from the words, from `i` on: where the words start. */
static size_t skip_separator(struct slice s, size_t i, bool *marked)
{
	static const char *const dashes[] = { "\u2014", "\u2013", NULL };

	*marked = false;
	while (at(s, i) == ' ')
		i++;
	if (at(s, i) == ':' || at(s, i) == ')' || at(s, i) == ',' ||
	    at(s, i) == ';') {
		*marked = at(s, i) == ':' || at(s, i) == ')';
		i++;
		if (at(s, i - 1) == ')' && at(s, i) == ':')
			i++;
	} else if (at(s, i) == '-' && at(s, i + 1) == ' ') {
		*marked = true;
		i++;
	} else {
		for (int d = 0; dashes[d]; d++)
			if (slice_starts_with(slice_sub(s, i, s.len),
					      slice_of(dashes[d])) &&
			    !is_digit(at(s, i + strlen(dashes[d])))) {
				*marked = true;
				i += strlen(dashes[d]);
				break;
			}
	}
	while (at(s, i) == ' ')
		i++;
	return i;
}

static const char *const paragraph_words[] = {
	"paragraph ", "para. ", "para ", "par. ", "absatz ", "paragraphe ",
	"label ", "p. ", "nr. ", "no. ", NULL
};

static const char *const chapter_words[] = {
	"chapter ", "chap. ", "ch. ", "ch ", "kapitel ", "kap. ",
	"chapitre ", "capítulo ", "cap. ", "capitolo ", "hoofdstuk ",
	"rozdział ", "kapitola ", "глава ", "Глава ", "section ", NULL
};

/* "zu 3.14: …": only where a label is marked as one */
static const char *const about_words[] = {
	"re ", "re: ", "on ", "in ", "ad ", "zu ", "bei ", "à ", "bij ",
	"till ", "til ", "к ", "К ", NULL
};

static bool has_colon(struct slice s, size_t i)
{
	while (at(s, i) == ' ')
		i++;
	return at(s, i) == ':';
}

static size_t skip_word(struct slice s, const char *const *words)
{
	for (; *words; words++)
		if (reply_starts(s, *words))
			return strlen(*words);
	return 0;
}

/* "chapter 3", and "ch3", "ch.3". */
static size_t skip_chapter_word(struct slice s)
{
	size_t n = skip_word(s, chapter_words);

	for (size_t i = 0; !n && chapter_words[i]; i++) {
		size_t space = strlen(chapter_words[i]) - 1;
		char stem[24];

		snprintf(stem, sizeof(stem), "%.*s", (int)space,
			 chapter_words[i]);
		if (is_digit(at(s, space)) && reply_starts(s, stem))
			n = space;
	}
	return n;
}

/* "Chapter 3, second paragraph: …": what comes before the colon is for the
 * author to find. */
static bool names_place(struct slice s, size_t i)
{
	struct slice near = slice_sub(s, i, i + 40);

	return slice_find(near, ':') < near.len;
}

static void copy(char out[REPLY_LABEL_SIZE], struct slice s, size_t i,
		 size_t n)
{
	snprintf(out, REPLY_LABEL_SIZE, "%.*s", (int)n, s.ptr + i);
}

/* "[3.14]", "(3.14)", "§ 3.14", "para 3.14", "3.14". */
static size_t read_paragraph(char out[REPLY_LABEL_SIZE], struct slice s,
			     bool mid)
{
	size_t about = skip_word(s, about_words);
	size_t i = about ? about : skip_word(s, paragraph_words), n, end;
	char open = at(s, i), after;
	bool sign = i > about, marked;

	if (open == '[' || open == '(') {
		i++;
	} else if (slice_starts_with(s, SLICE("§")) ||
		   slice_starts_with(s, SLICE("¶"))) {
		sign = true;
		for (i = 2; at(s, i) == ' ';)
			i++;
	}
	n = paragraph_label(s, i);
	if (!n)
		return 0;
	end = i + n;
	if (open == '[' || open == '(') {
		if (at(s, end) != (open == '[' ? ']' : ')'))
			return 0;
		end++;
		sign = true;
	}
	after = at(s, end);
	/* "3.14s", "3.14%", "3.14pm" */
	if (after && !strchr(" :),;-", after) && (unsigned char)after < 0x80)
		return 0;
	end = skip_separator(s, end, &marked);
	if ((mid && !sign && !marked) || (about && !has_colon(s, i + n)))
		return 0;
	copy(out, s, i, n);
	return end;
}

/* "Chapter 3: …"; "3: …" where chapters are what is spoken of. */
static size_t read_chapter(char out[REPLY_LABEL_SIZE], struct slice s,
			   bool mid, bool chapters)
{
	size_t i = skip_chapter_word(s), n, end;
	bool marked;

	if (!i && !chapters)
		return 0;
	n = chapter_label(s, i);
	if (!n)
		return 0;
	end = skip_separator(s, i + n, &marked);
	if (!marked && (mid || !i || (end < s.len && !names_place(s, end))))
		return 0;
	copy(out, s, i, n);
	return end;
}

bool reply_item(size_t *words, struct slice line)
{
	static const char *const pages[] = { "p. ", "p.", "pp. ", "page ",
		"pg. ", "pg ", "s. ", "seite ", "line ", "l. ", "zeile ",
		"pág. ", "página ", "pagina ", "pag. ", NULL };
	size_t i = 0, n = 0;

	while (at(line, i) == ' ' && i < 8)
		i++;
	*words = i;
	line = slice_sub(line, i, line.len);
	if (at(line, 0) && strchr("-*", at(line, 0)) && at(line, 1) == ' ')
		*words += 2;
	else if (slice_starts_with(line, SLICE("\u2022 ")))
		*words += 4;
	while (is_digit(at(line, n)) && n < 3)
		n++;
	if (n && (at(line, n) == '.' || at(line, n) == ')') &&
	    at(line, n + 1) == ' ')
		*words += n + 2;
	n = skip_word(line, pages);
	return *words > i || (n && is_digit(at(line, n)));
}

static size_t read_label(char out[REPLY_LABEL_SIZE], struct slice line,
			 bool mid, bool chapters)
{
	size_t n = read_paragraph(out, line, mid);

	return n ? n : read_chapter(out, line, mid, chapters);
}

size_t reply_label(char out[REPLY_LABEL_SIZE], struct slice line, bool mid,
		   bool chapters)
{
	size_t spaces = 0, n, item;

	while (at(line, spaces) == ' ' && spaces < 8)
		spaces++;
	n = read_label(out, slice_sub(line, spaces, line.len), mid, chapters);
	if (n)
		return spaces + n;
	/* an item of a list: "- 3.14: too slow" */
	if (reply_item(&item, line) && item > spaces)
		n = read_label(out, slice_sub(line, item, line.len),
			       mid && !is_digit(at(line, spaces)), false);
	return n ? item + n : 0;
}

size_t reply_round(struct slice *round, struct slice line)
{
	char label[REPLY_LABEL_SIZE];
	size_t digits = 1, end;
	bool marked;

	if (at(line, 0) != 'r' && at(line, 0) != 'R')
		return 0;
	while (is_digit(at(line, digits)) && digits < 7)
		digits++;
	end = skip_separator(line, digits, &marked);
	if (digits == 1 || is_digit(at(line, digits)) ||
	    (end == digits && end < line.len))
		return 0;
	/* a word like any other, "r2 units": no */
	if (!marked && end < line.len &&
	    !reply_label(label, slice_sub(line, end, line.len), false, true))
		return 0;
	*round = slice_sub(line, 1, digits);
	return end;
}

/* "The Tide Table, round 2, 3.14": as the links in drafts have it. */
static bool read_end(char out[REPLY_LABEL_SIZE], struct slice subject)
{
	size_t comma = subject.len, n;
	struct slice last;

	while (comma > 1 && !(subject.ptr[comma - 1] == ' ' &&
			      subject.ptr[comma - 2] == ','))
		comma--;
	if (comma < 2 || !(reply_has(slice_sub(subject, 0, comma), "round ") ||
			   reply_has(slice_sub(subject, 0, comma), "draft ")))
		return false;
	last = slice_trim_end(slice_sub(subject, comma, subject.len));
	n = paragraph_label(last, 0);
	if (!n)
		n = chapter_label(last, 0);
	if (!n || n != last.len)
		return false;
	copy(out, last, 0, n);
	return true;
}

void reply_subject_label(char out[REPLY_LABEL_SIZE], struct slice subject)
{
	out[0] = '\0';
	if (subject.len > 1000)
		return;
	if (read_paragraph(out, subject, false) || read_end(out, subject))
		return;
	for (size_t i = 0; i < subject.len; i++) {
		struct slice s = slice_sub(subject, i, subject.len);
		size_t word, n;

		if (i && subject.ptr[i - 1] != ' ' && at(s, 0) != '\xC2')
			continue;
		if (slice_starts_with(s, SLICE("§")) &&
		    read_paragraph(out, s, false))
			return;
		word = skip_word(s, chapter_words);
		if (!word)
			continue;
		n = paragraph_label(s, word);
		if (!n)
			n = chapter_label(s, word);
		if (n) {
			copy(out, s, word, n);
			return;
		}
	}
}
