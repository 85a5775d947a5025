/* SPDX-License-Identifier: MIT */
/* Corrections that put the words in quotes, and say what should be done with
 * them, in some languages. */
#include <string.h>

#include "mail_reply_scan.h"

#define BETWEEN 60	/* bytes of what stands between two quotes */

static const struct {
	const char *open, *close[3];
} pairs[SCAN_PAIRS] = {
	{ "\"", { "\"" } },
	{ "\u201C", { "\u201D", "\u201C" } },
	{ "\u201D", { "\u201D" } },
	{ "\u201E", { "\u201C", "\u201D", "\"" } },
	{ "\u00AB", { "\u00BB" } },
	{ "\u00BB", { "\u00AB" } },
	{ "\u2018", { "\u2019" } },
	{ "\u201A", { "\u2018", "\u2019" } },
	{ "\u2039", { "\u203A" } },
	{ "\u203A", { "\u2039" } },
	{ "\u300C", { "\u300D" } },
	{ "\u300E", { "\u300F" } },
	{ "\u300A", { "\u300B" } },
	{ "\u3008", { "\u3009" } },
	{ "\uFF62", { "\uFF63" } },
	{ "\uFF02", { "\uFF02" } },
	{ "'", { "'" } }, { "`", { "`", "'" } }
};

/* An apostrophe within or after a word closes nothing. */
static bool closes(struct slice s, size_t i, struct slice mark)
{
	bool single = slice_eq_str(mark, "'") ||
		      slice_eq_str(mark, "\u2019");

	return !single || !scan_is_letter(scan_at(s, i + mark.len));
}

static bool take_quoted(struct quoted *out, struct slice s, size_t i,
			size_t pair, size_t *barren)
{
	size_t start = i + strlen(pairs[pair].open);
	size_t limit = start + SCAN_LONGEST < s.len ? start + SCAN_LONGEST
						    : s.len;
	size_t from = *barren > start ? *barren : start;

	for (size_t j = from; j < limit; j++)
		for (int c = 0; c < 3 && pairs[pair].close[c]; c++) {
			struct slice mark = slice_of(pairs[pair].close[c]);

			if (!slice_starts_with(slice_sub(s, j, s.len), mark) ||
			    !closes(s, j, mark))
				continue;
			out->all = (struct span){ i, j + mark.len };
			out->words = slice_sub(s, start, j);
			return j > start;
		}
	if (limit > *barren)
		*barren = limit;
	return false;
}

bool scan_quoted(struct quoted *out, struct slice s, size_t i,
		 size_t barren[SCAN_PAIRS])
{
	struct slice rest = slice_sub(s, i, s.len);

	for (size_t p = 0; p < SCAN_PAIRS; p++) {
		const char *open = pairs[p].open;

		if (!slice_starts_with(rest, slice_of(open)))
			continue;
		if ((*open == '\'' || *open == '`') &&
		    ((i && scan_is_letter(s.ptr[i - 1])) ||
		     scan_at(s, i + 1) == ' '))
			return false;
		return take_quoted(out, s, i, p, &barren[p]);
	}
	return false;
}

/* ---- what stands around them --------------------------------------- */

static const char *const arrows[] = { "-->", "->", "==>", "=>", "\u2192",
				      "\u21D2", "\u27F6", NULL };

/* `verb` before both, `between` them, `after` both; NULL: anything. */
static const struct form {
	const char *verb, *between, *after;
} forms[] = {
	{ "replace", "by", NULL }, { "replace", "with", NULL },
	{ "change", "to", NULL }, { "change", "into", NULL },
	{ "for", "read", NULL }, { "for", "please read", NULL },
	{ NULL, "should be", NULL }, { NULL, "should read", NULL },
	{ NULL, "should say", NULL }, { NULL, "must be", NULL },
	{ NULL, "must read", NULL }, { NULL, "ought to be", NULL },
	{ NULL, "ought to read", NULL },
	{ NULL, "should be replaced by", NULL },
	{ NULL, "should be replaced with", NULL },
	{ "ersetze", "durch", NULL }, { "ersetzen sie", "durch", NULL },
	{ "ersetzen", "durch", NULL }, { "bitte", "durch", "ersetzen" },
	{ NULL, "durch", "ersetzen" }, { NULL, "bitte durch", "ersetzen" },
	{ NULL, "sollte", "heißen" }, { NULL, "sollte", "sein" },
	{ NULL, "sollte", "lauten" }, { NULL, "soll", "heißen" },
	{ NULL, "soll", "lauten" }, { NULL, "soll", "sein" },
	{ NULL, "muss", "heißen" }, { NULL, "muss", "sein" },
	{ NULL, "muss", "lauten" }, { NULL, "müsste", "heißen" },
	{ NULL, "müsste", "sein" }, { NULL, "sollte", "heissen" },
	{ NULL, "muss", "heissen" },
	{ "remplacer", "par", NULL }, { "remplacez", "par", NULL },
	{ "remplace", "par", NULL }, { "changer", "en", NULL },
	{ "changez", "en", NULL }, { NULL, "à remplacer par", NULL },
	{ NULL, "devrait être", NULL }, { NULL, "doit être", NULL },
	{ NULL, "devrait se lire", NULL }, { NULL, "doit se lire", NULL },
	{ NULL, "devrait être remplacé par", NULL },
	{ NULL, "doit être remplacé par", NULL },
	{ "cambiar", "por", NULL }, { "cambia", "por", NULL },
	{ "cambie", "por", NULL }, { "sustituir", "por", NULL },
	{ "sustituye", "por", NULL }, { "sustituya", "por", NULL },
	{ "reemplazar", "por", NULL }, { "reemplaza", "por", NULL },
	{ "donde dice", "debe decir", NULL },
	{ "donde dice", "debería decir", NULL },
	{ NULL, "debería ser", NULL }, { NULL, "debe ser", NULL },
	{ NULL, "debería decir", NULL }, { NULL, "debe decir", NULL },
	{ "substituir", "por", NULL }, { "substitua", "por", NULL },
	{ "trocar", "por", NULL }, { "troque", "por", NULL },
	{ NULL, "deveria ser", NULL }, { NULL, "deve ser", NULL },
	{ NULL, "devia ser", NULL },
	{ "sostituire", "con", NULL }, { "sostituisci", "con", NULL },
	{ "cambiare", "in", NULL }, { NULL, "dovrebbe essere", NULL },
	{ NULL, "deve essere", NULL }, { NULL, "andrebbe", NULL },
	{ "vervang", "door", NULL }, { "vervangen", "door", NULL },
	{ NULL, "moet", "zijn" }, { NULL, "moet zijn", NULL },
	{ "byt", "mot", NULL }, { NULL, "ska vara", NULL },
	{ NULL, "bör vara", NULL }
};
#define FORMS (sizeof(forms) / sizeof(forms[0]))

static bool is_phrase(struct slice s, const char *phrase)
{
	return s.len == strlen(phrase) && reply_starts(s, phrase);
}

/* Does `before` end in the verb, with up to two words after it ("the", "the
 * word")? Sets where it starts. */
static bool ends_in_verb(struct slice before, const char *verb, size_t *start)
{
	size_t n = strlen(verb), words = 0, i = before.len;

	while (i > 0 && words < 4) {
		size_t end;

		while (i > 0 && (unsigned char)before.ptr[i - 1] <= ' ')
			i--;
		for (end = i; i > 0 && (unsigned char)before.ptr[i - 1] > ' ';)
			i--;
		if (end == i)
			return false;
		if (end - i && reply_starts(slice_sub(before, i, before.len),
					    verb) &&
		    (i + n >= before.len || before.ptr[i + n] == ' ' ||
		     before.ptr[i + n] == '\n')) {
			*start = i;
			return true;
		}
		words++;
	}
	return false;
}

static const char *const nots[] = { "not ", "n't ", "n\u2019t ", "never ",
				    "nicht ", "ne ", "pas ", "no ", "não ",
				    "non ", "niet ", "inte ", NULL };

/* "don't replace …"; but not the end of another word, as in "line 3". */
static bool is_denied(struct slice before)
{
	struct slice near = slice_sub(before, before.len > 24 ?
				      before.len - 24 : 0, before.len);

	for (size_t i = 0; i < near.len; i++)
		for (int k = 0; nots[k]; k++)
			if (reply_starts(slice_sub(near, i, near.len),
					 nots[k]) &&
			    (nots[k][1] == '\'' || nots[k][1] == '\xE2' ||
			     !i || !scan_is_letter(near.ptr[i - 1])))
				return true;
	return false;
}

#define LEAD 20		/* bytes that may stand before what is cited */
#define CITED 3		/* words, at least; or bytes of Japanese for them */

static bool is_enough(struct slice words)
{
	size_t others = 0;

	for (size_t i = 0; i < words.len; i++)
		others += (unsigned char)words.ptr[i] >= 0xE3;
	return reply_count_words(words) >= CITED || others > CITED;
}

bool reply_cited(struct slice *out, struct slice paragraph)
{
	size_t barren[SCAN_PAIRS] = { 0 };
	struct quoted q;

	for (size_t i = 0; i < paragraph.len && i <= LEAD; i++) {
		if (!scan_quoted(&q, paragraph, i, barren))
			continue;
		*out = q.words;
		return is_enough(q.words);
	}
	return false;
}

size_t scan_arrow(struct slice s)
{
	for (int i = 0; arrows[i]; i++)
		if (slice_starts_with(s, slice_of(arrows[i])))
			return strlen(arrows[i]);
	return 0;
}

static bool is_arrow(struct slice between)
{
	return between.len && scan_arrow(between) == between.len;
}

static bool take_form(struct scan *x, const struct form *f,
		      const struct quoted *a, const struct quoted *b)
{
	struct slice before = slice_sub(x->s, x->done, a->all.start);
	struct slice after = slice_trim(slice_sub(x->s, b->all.end, x->s.len));
	struct span span = { a->all.start, b->all.end };
	size_t verb = 0;

	if (f->verb && !ends_in_verb(before, f->verb, &verb))
		return false;
	if (f->verb)
		span.start = x->done + verb;
	if (is_denied(f->verb ? slice_sub(before, 0, verb) : before))
		return false;
	if (f->after) {
		if (!reply_starts(after, f->after))
			return false;
		span.end = (size_t)(after.ptr - x->s.ptr) + strlen(f->after);
	}
	return scan_put(x, span, a->words, b->words, false);
}

/* Two quoted runs of words with a phrase between them. */
bool scan_take_pair(struct scan *x, const struct quoted *a)
{
	size_t limit = a->all.end + BETWEEN;
	struct slice between;
	struct quoted b;
	size_t i = a->all.end;

	while (i < x->s.len && i < limit &&
	       !scan_quoted(&b, x->s, i, x->barren))
		i++;
	if (i >= x->s.len || i >= limit)
		return false;
	between = reply_one_line(x->edits->arena,
				 slice_sub(x->s, a->all.end, i));
	if (is_arrow(between))
		return scan_put(x, (struct span){ a->all.start, b.all.end },
			   a->words, b.words, false);
	for (size_t f = 0; f < FORMS; f++)
		if (is_phrase(between, forms[f].between) &&
		    take_form(x, &forms[f], a, &b))
			return true;
	return false;
}

/* "should read: " and then the words, where it is known what should. */
static const char *const whole[] = {
	"should read", "should be", "must read", "better", "this should read",
	"this should be", "it should read", "should say", "make it",
	"sollte heißen", "soll heißen", "muss heißen", "sollte lauten",
	"besser", "das sollte heißen", "devrait se lire", "devrait être",
	"plutôt", NULL
};

bool scan_take_whole(struct scan *x, const struct quoted *q)
{
	struct slice before = slice_trim(slice_sub(x->s, 0, q->all.start));
	struct slice new_words;

	if (before.len > BETWEEN || x->done ||
	    !(x->context->labelled || x->context->quote.len))
		return false;
	while (before.len && strchr(":,", before.ptr[before.len - 1]))
		before = slice_trim(slice_sub(before, 0, before.len - 1));
	for (int i = 0; whole[i]; i++) {
		if (!is_phrase(before, whole[i]) ||
		    scan_is_asked(x->s, q->all.end))
			continue;
		new_words = reply_one_line(x->edits->arena, q->words);
		if (!new_words.len)
			return false;
		reply_edits_add(x->edits, (struct span){ 0, q->all.end },
				(struct slice){ "", 0 }, new_words, false);
		x->done = q->all.end;
		return true;
	}
	return false;
}
