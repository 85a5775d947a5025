/* SPDX-License-Identifier: MIT */
#include <string.h>
#include <strings.h>

#include "mail_subject.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Answers, and mails passed on, in the languages of mail programs. Letters
 * beyond ASCII stand here as those programs write them. */
static const char *const answers[] = {
	"re", "aw", "antw", "antwort", "sv", "vs", "odp", "res", "rif", "ref",
	"réf", "RÉF", "r", "ynt", "atb", "vá", "Vá", "bls", "ang", "svar",
	"На", "НА", "Отв", "Ответ", "Відп", "Отговор", "Απ", "ΑΠ", "Σχετ",
	"ΣΧΕΤ", "回复", "回覆", "答复", "答覆", "返信", "回信", "답장", NULL
};
static const char *const passed_on[] = {
	"fwd", "fw", "wg", "tr", "rv", "enc", "vb", "vl", "doorst", "pd",
	"ilt", "İlt", "İLT", "továbbítás", "Továbbítás", "Пересл", "Πρθ",
	"ΠΡΘ", "转发", "轉寄", "転送", "전달", NULL
};

/* Past "[2]", "^2", " (2)" and a blank: how often it was answered. */
static size_t skip_count(struct slice s, size_t n)
{
	n += n < s.len && is_blank(s.ptr[n]);
	if (n < s.len && strchr("[^(", s.ptr[n])) {
		n++;
		while (n < s.len && is_digit(s.ptr[n]))
			n++;
		n += n < s.len && strchr("])", s.ptr[n]);
		n += n < s.len && is_blank(s.ptr[n]);
	}
	return n;
}

/* The length of the first word of `words` that `s` starts with and that a
 * colon, "[2]:" or "^2:" follows, all of it; or 0. */
static size_t prefix_length(struct slice s, const char *const *words)
{
	for (; *words; words++) {
		size_t n = strlen(*words);

		if (n > s.len || strncasecmp(s.ptr, *words, n))
			continue;
		n = skip_count(s, n);
		if (n < s.len && s.ptr[n] == ':')
			return n + 1;
		if (slice_starts_with(slice_sub(s, n, s.len),
				      SLICE("\xEF\xBC\x9A"))) /* ： */
			return n + 3;
	}
	return 0;
}

/* Most subjects have none near their front: no need to look closer. */
static bool has_colon(struct slice s)
{
	return slice_find(s, ':') < s.len ||
	       slice_find_slice(s, SLICE("\xEF\xBC\x9A")) < s.len;
}

/* At most six digits at the front of `s`; how many in `used`. */
static unsigned number_of(struct slice s, size_t *used)
{
	unsigned n = 0;
	size_t i = 0;

	while (i < s.len && i < 6 && is_digit(s.ptr[i]))
		n = n * 10 + (unsigned)(s.ptr[i++] - '0');
	*used = i;
	return n;
}

/* "3/7" */
static bool read_series(struct mail_subject *out, struct slice word)
{
	size_t n, m;
	unsigned number = number_of(word, &n), total;

	if (!n || n == word.len || word.ptr[n] != '/')
		return false;
	total = number_of(slice_sub(word, n + 1, word.len), &m);
	if (!m || n + 1 + m != word.len || !total)
		return false;
	out->number = number;
	out->total = total;
	out->in_series = true;
	return true;
}

/* "v2", "PATCHv2" */
static bool read_version(struct mail_subject *out, struct slice word)
{
	size_t at = word.len, n;
	unsigned version;

	while (at && is_digit(word.ptr[at - 1]))
		at--;
	if (!at || at == word.len ||
	    (word.ptr[at - 1] != 'v' && word.ptr[at - 1] != 'V') ||
	    (at > 1 && (at != 6 || strncasecmp(word.ptr, "patch", 5))))
		return false;
	version = number_of(slice_sub(word, at, word.len), &n);
	if (at + n != word.len || !version)
		return false;
	out->version = version;
	return true;
}

/* "3", "3.14", "A.2", "3.14.1" */
static bool is_label(struct slice s)
{
	size_t i = 0;

	if (s.len > 20)
		return false;
	if (s.len > 1 && is_letter(s.ptr[0]) && s.ptr[1] == '.')
		i = 2;
	for (bool digit = false; i <= s.len; i++) {
		if (i == s.len || s.ptr[i] == '.') {
			if (!digit)
				return false;
			digit = false;
		} else if (is_digit(s.ptr[i])) {
			digit = true;
		} else {
			return false;
		}
	}
	return true;
}

/* "R7K3QX" */
static bool is_code(struct slice word)
{
	if (word.len < 2 || word.len > 8 || *word.ptr != 'R')
		return false;
	for (size_t i = 1; i < word.len; i++)
		if (!is_digit(word.ptr[i]) &&
		    !(word.ptr[i] >= 'A' && word.ptr[i] <= 'Z'))
			return false;
	return true;
}

/* "1a2b3c4", the commit of a draft that is no round */
static bool is_commit(struct slice word)
{
	for (size_t i = 0; i < word.len; i++)
		if (!is_digit(word.ptr[i]) &&
		    !(word.ptr[i] >= 'a' && word.ptr[i] <= 'f'))
			return false;
	return word.len >= 7 && word.len <= 40;
}

/* What is found in the tag of drafts' own links, "the-fog r2 R7K3QX". */
struct own_tag {
	struct slice round, code;
	bool is_sure;		/* no other tag looks like it */
};

static void read_own_word(struct own_tag *own, struct slice word,
			  struct slice next, bool first)
{
	unsigned number;
	size_t n;

	if (!next.len && !first && is_code(word)) {
		own->code = word;
		own->is_sure = true;
	} else if (word.len > 1 && *word.ptr == 'r' &&
		   (is_code(next) || (!next.len && !first))) {
		own->round = slice_sub(word, 1, word.len);
		number = number_of(own->round, &n);
		own->is_sure |= is_code(next) ||
				(number && n == own->round.len);
	} else if (!first && is_commit(word) && !own->round.len) {
		own->is_sure |= is_code(next) || !next.len;
	}
}

/* "round/3", "round-second" in the tag of a patch: "[PATCH v2 round/3 2/7]" */
static bool read_round_word(struct mail_subject *out, struct slice word)
{
	if (word.len < 5 || strncasecmp(word.ptr, "round", 5) ||
	    (word.len > 5 && word.ptr[5] != '/' && word.ptr[5] != '-'))
		return false;
	if (word.len > 6)
		out->round = slice_sub(word, 6, word.len);
	return true;
}

static struct slice next_word(struct slice *tag)
{
	struct slice word;
	size_t n = 0;

	while (tag->len && (is_blank(*tag->ptr) || *tag->ptr == ',' ||
			    *tag->ptr == ';'))
		*tag = slice_sub(*tag, 1, tag->len);
	while (n < tag->len && !is_blank(tag->ptr[n]) && tag->ptr[n] != ',' &&
	       tag->ptr[n] != ';')
		n++;
	word = slice_sub(*tag, 0, n);
	*tag = slice_sub(*tag, n, tag->len);
	return word;
}

/* What stands in brackets. */
static void read_tag(struct mail_subject *out, struct own_tag *own,
		     struct slice tag)
{
	struct own_tag here = { .is_sure = false };
	struct slice word = next_word(&tag), next;

	if (!tag.len && is_label(word) && strchr("0123456789.", *word.ptr))
		out->label = word;	/* "[3.14] too slow" */
	for (bool first = true; word.len; word = next, first = false) {
		next = next_word(&tag);
		/* "[PATCH round 1]" */
		if (word.len == 5 && !strncasecmp(word.ptr, "round", 5) &&
		    next.len) {
			out->round = next;
			next = next_word(&tag);
			continue;
		}
		if (!read_series(out, word) && !read_version(out, word) &&
		    !read_round_word(out, word))
			read_own_word(&here, word, next, first);
	}
	if (here.is_sure || (!own->is_sure && here.round.len))
		*own = here;
}

/* A tag at the front of `s`: its length with the brackets, or 0. */
static size_t tag_length(struct slice s)
{
	size_t end;

	if (!s.len || *s.ptr != '[')
		return 0;
	end = slice_find(slice_sub(s, 0, 1000), ']');
	return end < s.len && s.ptr[end] == ']' ? end + 1 : 0;
}

/* "round 2" in some languages: what stands before the number */
static const char *const round_words[] = {
	"round", "runde", "ronde", "ronda", "runda", "rodada", "tour", "giro",
	"kolo", "omgång", "kierros", "раунд", "第", NULL
};

/* Does a round's name begin at the end of `s`, "…, round "? */
static bool ends_in_round(struct slice s)
{
	s = slice_trim_end(s);
	for (const char *const *w = round_words; *w; w++) {
		size_t n = strlen(*w);

		if (s.len >= n && !strncasecmp(s.ptr + s.len - n, *w, n) &&
		    (s.len == n || !is_letter(s.ptr[s.len - n - 1])))
			return true;
	}
	return false;
}

/* The last "round 2", and a label after it: "The Fog, round 2, 3.14". */
static void find_round(struct mail_subject *out)
{
	struct slice s = out->text;

	for (size_t end = s.len; end > 0; end--) {
		size_t start = end;
		struct slice after;

		if (!is_digit(s.ptr[end - 1]))
			continue;
		while (start && is_digit(s.ptr[start - 1]))
			start--;
		if (end - start <= 6 &&
		    ends_in_round(slice_sub(s, start < 40 ? 0 : start - 40,
					    start))) {
			out->round = slice_sub(s, start, end);
			after = slice_trim(slice_sub(s, end, s.len));
			if (after.len && strchr(",:;", *after.ptr))
				after = slice_trim(
					slice_sub(after, 1, after.len));
			if (is_label(after))
				out->label = after;
			return;
		}
		end = start + 1;
	}
}

/* ", round second, 3.14" as drafts write it when a round has a name */
static void find_named_round(struct mail_subject *out)
{
	struct slice s = out->text, name;
	const char *at = NULL;
	size_t n;

	for (size_t i = 0; i + 8 < s.len; i++)
		if (!memcmp(s.ptr + i, ", round ", 8))
			at = s.ptr + i + 8;
	if (!at)
		return;
	name = slice_sub(s, (size_t)(at - s.ptr), s.len);
	n = slice_find(name, ',');
	s = slice_trim(slice_sub(name, n + 1, name.len));
	name = slice_trim(slice_sub(name, 0, n));
	if (slice_find(name, ' ') < name.len || name.len > 100)
		return;
	out->round = name;
	if (is_label(s))
		out->label = s;
}

/* "A", as chapters without a number are called */
static bool is_letter_label(struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < 'A' || s.ptr[i] > 'Z')
			return false;
	return s.len == 1 || s.len == 2;
}

/* What stands behind the tag of our own links is the place. */
static void take_own(struct mail_subject *out, const struct own_tag *own)
{
	out->round = own->round;
	out->code = own->code;
	if (is_label(out->text) || is_letter_label(out->text))
		out->label = out->text;
}

void mail_subject_read(struct mail_subject *out, struct slice subject)
{
	struct slice s = slice_trim(subject);
	struct own_tag own = { .is_sure = false };

	*out = (struct mail_subject){ .version = 1 };
	for (;;) {
		bool may = has_colon(slice_sub(s, 0, 40));
		size_t answer = may ? prefix_length(s, answers) : 0;
		size_t n = answer || !may ? answer
					  : prefix_length(s, passed_on);

		if (!n && (n = tag_length(s)) > 0)
			read_tag(out, &own, slice_sub(s, 1, n - 1));
		if (!n)
			break;
		out->is_reply = out->is_reply || answer;
		s = slice_trim(slice_sub(s, n, s.len));
	}
	out->text = s;
	if (own.is_sure)
		take_own(out, &own);
	if (!out->round.len)
		find_round(out);
	if (!out->round.len)
		find_named_round(out);
	if (!out->round.len && own.round.len)
		out->round = own.round;	/* "[the-fog rsecond]", maybe */
}
