/* SPDX-License-Identifier: MIT */
/*
 * Corrections that leave no doubt, and nothing else: s/old/new/,
 * "old" -> "new", replace "old" by "new", "old" should be "new", and the like
 * in German and French.
 */
#include <string.h>

#include "alloc.h"
#include "mail_reply_private.h"
#include "text_fold.h"

#define LONGEST 4000	/* bytes of what is put in quotes */
#define BETWEEN 60	/* of what stands between two quotes */

#define PAIRS 13

struct scan {
	struct reply_edits *edits;
	struct slice s;
	const struct reply_context *context;
	size_t done;		/* up to here it is part of an edit */
	size_t no_diff;		/* lines before here have been tried */
	size_t barren[PAIRS];	/* no such quote closes before here: so that
				 * many that open are not searched again */
};

void reply_edits_add(struct reply_edits *edits, struct span span,
		     struct slice old_words, struct slice new_words,
		     bool everywhere)
{
	GROW(edits->items, edits->count, edits->capacity);
	edits->items[edits->count++] = (struct reply_edit){
		.span = span, .old_words = old_words, .new_words = new_words,
		.everywhere = everywhere };
}

static char at(struct slice s, size_t i)
{
	return i < s.len ? s.ptr[i] : '\0';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* A question is not beyond doubt. */
static bool is_asked(struct slice s, size_t end)
{
	while (at(s, end) == ' ' || at(s, end) == ')')
		end++;
	return at(s, end) == '?';
}

static bool put(struct scan *x, struct span span, struct slice old_words,
		struct slice new_words, bool everywhere)
{
	struct arena *arena = x->edits->arena;

	old_words = reply_one_line(arena, old_words);
	new_words = reply_one_line(arena, new_words);
	if (!old_words.len || is_asked(x->s, span.end))
		return false;
	reply_edits_add(x->edits, span, old_words, new_words, everywhere);
	x->done = span.end;
	return true;
}

/* ---- s/old/new/ ---------------------------------------------------- */

/* Up to the delimiter, which a backslash takes its sense from. Its index, or
 * s.len. */
static size_t sed_part(struct slice s, size_t i, char delimiter)
{
	size_t limit = i + LONGEST < s.len ? i + LONGEST : s.len;

	for (; i < limit; i++) {
		if (s.ptr[i] == '\\' && at(s, i + 1) == delimiter)
			i++;
		else if (s.ptr[i] == delimiter)
			return i;
	}
	return s.len;
}

static struct slice without_backslashes(struct arena *arena, struct slice s,
					char delimiter)
{
	struct strbuf out = STRBUF_INIT;
	struct slice copy;

	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '\\' && at(s, i + 1) == delimiter)
			i++;
		strbuf_addch(&out, s.ptr[i]);
	}
	copy = arena_slice(arena, strbuf_slice(&out));
	strbuf_release(&out);
	return copy;
}

static bool take_sed(struct scan *x, size_t i, bool line_start)
{
	struct slice s = x->s, old_words, new_words;
	char d = at(s, i + 1);
	struct arena *arena = x->edits->arena;
	size_t middle, end, flags;
	bool every = false;

	if (d != '/' && !(line_start && d && strchr("|#,", d)))
		return false;
	middle = sed_part(s, i + 2, d);
	if (middle >= s.len || middle == i + 2)
		return false;
	end = sed_part(s, middle + 1, d);
	if (end >= s.len) {
		/* the last one is often left out */
		end = middle + 1 + slice_find(slice_sub(s, middle + 1, s.len),
					      '\n');
		if (!line_start || d != '/' || end - middle > 80)
			return false;
		flags = end;
	} else {
		for (flags = end + 1; at(s, flags) == 'g' ||
				      at(s, flags) == 'i'; flags++)
			every |= s.ptr[flags] == 'g';
		if (is_letter(at(s, flags)) || at(s, flags) == d)
			return false;
	}
	old_words = without_backslashes(arena, slice_sub(s, i + 2, middle), d);
	new_words = without_backslashes(arena, slice_sub(s, middle + 1, end),
					d);
	return put(x, (struct span){ i, flags }, old_words, new_words, every);
}

/* ---- words in quotes ----------------------------------------------- */

struct quoted {
	struct span all;	/* with its quotes */
	struct slice words;
};

static const struct {
	const char *open, *close[3];
} pairs[PAIRS] = {
	{ "\"", { "\"" } },
	{ "\u201C", { "\u201D", "\u201C" } },
	{ "\u201D", { "\u201D" } },
	{ "\u201E", { "\u201C", "\u201D", "\"" } },
	{ "\u00AB", { "\u00BB" } },
	{ "\u00BB", { "\u00AB" } },
	{ "\u2018", { "\u2019" } },
	{ "\u201A", { "\u2018", "\u2019" } },
	{ "\u2039", { "\u203A" } },
	{ "\u300C", { "\u300D" } },
	{ "\u300E", { "\u300F" } },
	{ "'", { "'" } }, { "`", { "`", "'" } }
};

/* An apostrophe within or after a word closes nothing. */
static bool closes(struct slice s, size_t i, struct slice mark)
{
	bool single = slice_eq_str(mark, "'") ||
		      slice_eq_str(mark, "\u2019");

	return !single || !is_letter(at(s, i + mark.len));
}

static bool take_quoted(struct quoted *out, struct slice s, size_t i,
			size_t pair, size_t *barren)
{
	size_t start = i + strlen(pairs[pair].open);
	size_t limit = start + LONGEST < s.len ? start + LONGEST : s.len;
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

static bool quoted_at(struct quoted *out, struct slice s, size_t i,
		      size_t barren[PAIRS])
{
	struct slice rest = slice_sub(s, i, s.len);

	for (size_t p = 0; p < PAIRS; p++) {
		const char *open = pairs[p].open;

		if (!slice_starts_with(rest, slice_of(open)))
			continue;
		if ((*open == '\'' || *open == '`') &&
		    ((i && is_letter(s.ptr[i - 1])) ||
		     at(s, i + 1) == ' '))
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
	{ NULL, "doit être remplacé par", NULL }
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
				    "nicht ", "ne ", "pas ", NULL };

/* "don't replace …" */
static bool is_denied(struct slice before)
{
	struct slice near = slice_sub(before, before.len > 24 ?
				      before.len - 24 : 0, before.len);

	for (int i = 0; nots[i]; i++)
		if (reply_has(near, nots[i]))
			return true;
	return false;
}

static bool is_arrow(struct slice between)
{
	for (int i = 0; arrows[i]; i++)
		if (slice_eq_str(between, arrows[i]))
			return true;
	return false;
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
	return put(x, span, a->words, b->words, false);
}

/* Two quoted runs of words with a phrase between them. */
static bool take_pair(struct scan *x, const struct quoted *a)
{
	size_t limit = a->all.end + BETWEEN;
	struct slice between;
	struct quoted b;
	size_t i = a->all.end;

	while (i < x->s.len && i < limit && !quoted_at(&b, x->s, i, x->barren))
		i++;
	if (i >= x->s.len || i >= limit)
		return false;
	between = reply_one_line(x->edits->arena,
				 slice_sub(x->s, a->all.end, i));
	if (is_arrow(between))
		return put(x, (struct span){ a->all.start, b.all.end },
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

static bool take_whole(struct scan *x, const struct quoted *q)
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
		    is_asked(x->s, q->all.end))
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

/* ---- lines of their own -------------------------------------------- */

static struct slice without_quotes(struct slice s)
{
	size_t barren[PAIRS] = { 0 };
	struct quoted q;

	s = slice_trim(s);
	if (quoted_at(&q, s, 0, barren) && q.all.end == s.len)
		return q.words;
	return s;
}

/* "gray (as in 2.3)": what is in the last brackets is why. */
static struct slice cut_reason(struct slice s, size_t *end)
{
	size_t i;

	s = slice_trim_end(s);
	if (!slice_ends_with(s, SLICE(")")))
		return s;
	for (i = s.len - 1; i > 0 && s.ptr[i] != '('; i--)
		;
	if (i < 2 || s.ptr[i - 1] != ' ')
		return s;
	*end -= s.len - i;
	return slice_trim_end(slice_sub(s, 0, i));
}

/* Do the words stand in the quote, or the end of a very long one? */
static bool is_quoted(const struct scan *x, struct slice words)
{
	struct slice quote = x->context->quote;

	if (quote.len > LONGEST)
		quote = slice_sub(quote, quote.len - LONGEST, quote.len);
	return quote.len && text_fold_has(quote, words);
}

/* old -> new, alone in its line, where it is known what it is about. */
static bool take_bare(struct scan *x, size_t i)
{
	struct slice line = slice_sub(x->s, i, x->s.len), old, new;
	size_t found = 0, arrow = 0, n = 0, end;

	line.len = slice_find(line, '\n');
	if (line.len > 400)
		return false;
	for (size_t j = 0; j < line.len; j++)
		for (int a = 0; arrows[a]; a++) {
			if (!slice_starts_with(slice_sub(line, j, line.len),
					       slice_of(arrows[a])))
				continue;
			arrow = j;
			n = strlen(arrows[a]);
			found++;
			j += n - 1;
			break;
		}
	if (found != 1)
		return false;
	end = i + slice_trim_end(line).len;
	old = without_quotes(slice_sub(line, 0, arrow));
	new = without_quotes(cut_reason(slice_sub(line, arrow + n, line.len),
					&end));
	if (!old.len || !new.len)
		return false;
	if (!x->context->labelled && !is_quoted(x, old))
		return false;
	return put(x, (struct span){ i, end }, old, new, false);
}

/* Lines from `i` on that start with the sign, without it. */
static size_t take_signed(struct strbuf *out, struct slice s, size_t i,
			  char sign)
{
	while (at(s, i) == sign && at(s, i + 1) != sign) {
		struct slice line = slice_sub(s, i + 1, s.len);

		line.len = slice_find(line, '\n');
		strbuf_add_slice(out, slice_trim(line));
		strbuf_addch(out, ' ');
		i += 1 + line.len;
		i += at(s, i) == '\n';
	}
	return i;
}

/* "- old" and below it "+ new". */
static bool take_diff(struct scan *x, size_t i)
{
	struct strbuf old = STRBUF_INIT, new = STRBUF_INIT;
	size_t middle, end;
	bool done = false;

	if (i < x->no_diff)
		return false;
	middle = take_signed(&old, x->s, i, '-');
	end = take_signed(&new, x->s, middle, '+');
	if (middle > i && end > middle &&
	    (x->context->labelled ||
	     is_quoted(x, strbuf_slice(&old))))
		done = put(x, (struct span){ i, end }, strbuf_slice(&old),
			   strbuf_slice(&new), false);
	x->no_diff = middle;
	strbuf_release(&old);
	strbuf_release(&new);
	return done;
}

/* ---- all of them --------------------------------------------------- */

/* What may stand right before "s/". */
static bool may_begin(struct slice s, size_t i)
{
	return !i || strchr(" \n\t(:;,`\"'", s.ptr[i - 1]);
}

static size_t first_of_line(struct slice s, size_t i)
{
	while (at(s, i) == ' ' || at(s, i) == '*' ||
	       (at(s, i) == '-' && at(s, i + 1) == ' '))
		i++;
	return i;
}

static bool take_at(struct scan *x, size_t i, size_t *next)
{
	struct quoted q;
	bool start = !i || x->s.ptr[i - 1] == '\n';
	size_t first = start ? first_of_line(x->s, i) : i;

	if (start && at(x->s, i) == '-' && take_diff(x, i))
		return true;
	if (at(x->s, first) == 's' && may_begin(x->s, first) &&
	    take_sed(x, first, start))
		return true;
	if (quoted_at(&q, x->s, i, x->barren)) {
		if (take_pair(x, &q) || take_whole(x, &q))
			return true;
		if (!start || !take_bare(x, first)) {
			*next = q.all.end;
			return false;
		}
		return true;
	}
	return start && take_bare(x, first);
}

void reply_edits_read(struct reply_edits *edits, struct slice paragraph,
		      const struct reply_context *context)
{
	struct scan x = { .edits = edits, .s = paragraph, .context = context };

	if (reply_critic_read(edits, paragraph))
		return;
	for (size_t i = 0; i < paragraph.len;) {
		size_t next = i + 1;

		if (take_at(&x, i, &next))
			next = x.done > i ? x.done : i + 1;
		i = next;
	}
}
