/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "alloc.h"
#include "error.h"
#include "manuscript.h"
#include "reader_list.h"
#include "sha1.h"
#include "strbuf.h"
#include "utf8.h"

#define ADDRESS_MAX 254		/* RFC 5321, 4.5.3.1.3 */

struct parser {
	struct reader_list *list;
	const char *path;
	size_t line;
	struct error *err;
};

void reader_list_release(struct reader_list *list)
{
	arena_release(&list->arena);
	free(list->items);
	free(list->by_code);
	*list = (struct reader_list)READER_LIST_INIT;
}

void reader_code(char out[READER_CODE_SIZE], const char *address)
{
	static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	unsigned char hash[SHA1_SIZE];
	struct sha1 sha;
	unsigned long bits;

	sha1_init(&sha);
	for (const char *c = address; *c; c++) {
		unsigned char small = (unsigned char)*c;

		if (small >= 'A' && small <= 'Z')
			small = (unsigned char)(small + ('a' - 'A'));
		sha1_update(&sha, &small, 1);
	}
	sha1_final(hash, &sha);
	bits = (unsigned long)hash[0] << 24 | (unsigned long)hash[1] << 16 |
	       (unsigned long)hash[2] << 8 | hash[3];
	out[0] = 'R';
	for (int i = 0; i < 5; i++)
		out[1 + i] = digits[bits >> (27 - 5 * i) & 31];
	out[6] = '\0';
}

static int malformed(const struct parser *p, const char *what,
		     struct slice about)
{
	return error_set(p->err, ERROR_MALFORMED, "%s:%zu: %s '%.*s'",
			 p->path, p->line, what, SLICE_ARG(about));
}

/* What stands in an address without quotes (RFC 5322, 3.2.3), and '@'. */
static bool is_address_byte(unsigned char c)
{
	return c > ' ' && c < 0x7F && !strchr("()<>[]:;,\\\"", c);
}

/* A '-' first would be an option to who knows which program. */
bool mail_address_is_valid(struct slice s)
{
	size_t at = slice_find(s, '@');

	if (!at || at + 1 >= s.len || s.len > ADDRESS_MAX || *s.ptr == '-')
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (!is_address_byte((unsigned char)s.ptr[i]) ||
		    (i != at && s.ptr[i] == '@'))
			return false;
	return s.ptr[at + 1] != '.' && s.ptr[s.len - 1] != '.';
}

/* Letters and digits in runs with '-' between. */
static bool is_tag(struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!isalnum((unsigned char)s.ptr[i]) &&
		    (s.ptr[i] != '-' || !i || i + 1 == s.len))
			return false;
	return s.len > 0 && s.len <= 35;
}

static int read_word(struct parser *p, struct reader *reader,
		     struct slice word)
{
	struct arena *arena = &p->list->arena;
	size_t equals = slice_find(word, '=');
	struct slice key = slice_sub(word, 0, equals);
	struct slice value = slice_sub(word, equals + 1, word.len);

	if (slice_eq(word, SLICE("stop"))) {
		reader->stop = true;
		return 0;
	}
	if (slice_eq(key, SLICE("lang")) && is_tag(value)) {
		reader->language = arena_copy(arena, value);
		return 0;
	}
	if (slice_eq(key, SLICE("format")) && is_tag(value)) {
		reader->format = arena_copy(arena, value);
		return 0;
	}
	return malformed(p, "neither 'stop' nor 'lang=' nor 'format=' with "
			 "a word after it:", word);
}

static struct slice unquoted(struct slice name)
{
	name = slice_trim(name);
	if (name.len > 1 && *name.ptr == '"' && name.ptr[name.len - 1] == '"')
		name = slice_trim(slice_sub(name, 1, name.len - 1));
	return name;
}

/* Controls would find their way into headers and terminals. */
static bool is_printable(struct slice s)
{
	unsigned c;

	for (size_t n; s.len; s = slice_sub(s, n, s.len))
		if (!(n = utf8_decode(&c, s)) || c == '\r' ||
		    utf8_is_control(c) || utf8_is_bidi_control(c))
			return false;
	return true;
}

static size_t word_length(struct slice s)
{
	size_t n = 0;

	while (n < s.len && s.ptr[n] != ' ' && s.ptr[n] != '\t')
		n++;
	return n;
}

/* "Name <address> words", or the address alone in the place of both. */
static int split_line(struct parser *p, struct slice *name,
		      struct slice *address, struct slice *words,
		      struct slice line)
{
	size_t from = slice_find(line, '<'), to;

	if (from == line.len) {
		to = word_length(line);
		*name = *address = slice_sub(line, 0, to);
		*words = slice_sub(line, to, line.len);
		return 0;
	}
	*address = slice_sub(line, from + 1, line.len);
	to = slice_find(*address, '>');
	if (to == address->len)
		return malformed(p, "'>' is missing after the address:",
				 *address);
	*words = slice_sub(*address, to + 1, address->len);
	*address = slice_trim(slice_sub(*address, 0, to));
	*name = unquoted(slice_sub(line, 0, from));
	if (!name->len)
		*name = *address;
	return 0;
}

static int read_line(struct parser *p, struct slice line)
{
	struct reader_list *list = p->list;
	struct reader reader = { .language = "", .format = "" };
	struct slice name, address, words, rest;
	char code[READER_CODE_SIZE];
	int rc;

	if (!is_printable(line))
		return error_set(p->err, ERROR_MALFORMED, "%s:%zu: a control "
				 "character, or no UTF-8", p->path, p->line);
	if ((rc = split_line(p, &name, &address, &words, line)) < 0)
		return rc;
	if (!mail_address_is_valid(address))
		return malformed(p, "no mail address:", address);
	reader.name = arena_copy(&list->arena, name);
	for (char *tab; (tab = strchr(reader.name, '\t'));)
		*tab = ' ';
	reader.address = arena_copy(&list->arena, address);
	reader_code(code, reader.address);
	reader.code = arena_strdup(&list->arena, code);
	reader.line = p->line;
	while ((rest = slice_trim(words)).len) {
		size_t n = word_length(rest);

		if ((rc = read_word(p, &reader, slice_sub(rest, 0, n))) < 0)
			return rc;
		words = slice_sub(rest, n, rest.len);
	}
	GROW(list->items, list->count, list->capacity);
	list->items[list->count++] = reader;
	return 0;
}

static int compare_codes(const void *a, const void *b)
{
	const struct reader *x = *(const struct reader *const *)a;
	const struct reader *y = *(const struct reader *const *)b;
	int order = strcmp(x->code, y->code);

	if (!order)
		order = strcasecmp(x->address, y->address);
	return order ? order : (x->line > y->line) - (x->line < y->line);
}

static int sort_by_code(struct parser *p)
{
	struct reader_list *list = p->list;

	list->by_code = xreallocarray(list->by_code, list->count + 1,
				      sizeof(*list->by_code));
	for (size_t i = 0; i < list->count; i++)
		list->by_code[i] = &list->items[i];
	if (list->count)
		qsort(list->by_code, list->count, sizeof(*list->by_code),
		      compare_codes);
	for (size_t i = 1; i < list->count; i++) {
		const struct reader *a = list->by_code[i - 1];
		const struct reader *b = list->by_code[i];

		if (!strcasecmp(a->address, b->address))
			return error_set(p->err, ERROR_MALFORMED, "%s:%zu: "
					 "'%s' is in line %zu already",
					 p->path, b->line, b->address,
					 a->line);
	}
	return 0;
}

int reader_list_parse(struct reader_list *list, struct slice text,
		      const char *path, struct error *err)
{
	struct parser p = { list, path, 0, err };
	struct slice line;
	int rc;

	list->path = arena_strdup(&list->arena, path);
	if (slice_starts_with(text, SLICE("\xEF\xBB\xBF")))
		text = slice_sub(text, 3, text.len);
	while (slice_next_line(&line, &text)) {
		line = slice_trim(line);
		p.line++;
		if (!line.len || *line.ptr == '#')
			continue;
		if ((rc = read_line(&p, line)) < 0)
			return rc;
	}
	return sort_by_code(&p);
}

static int read_text(struct strbuf *text, const struct manuscript *ms,
		     const char *path, struct error *err)
{
	struct tree *tree = NULL;
	int rc = tree_open_now(&tree, ms->repo, err);

	if (!rc)
		rc = tree_read(text, tree, path, err);
	tree_close(tree);
	if (rc == ERROR_NOT_FOUND)
		return error_set(err, rc, "no readers: write a file '%s' with "
				 "a line 'Name <address>' for each", path);
	return rc;
}

int reader_list_read(struct reader_list *list, const struct manuscript *ms,
		     struct error *err)
{
	const char *path = settings_get(&ms->settings, "review.readers");
	struct strbuf text = STRBUF_INIT;
	int rc;

	if (!path || !*path)
		path = "readers";
	list->path = arena_strdup(&list->arena, path);
	if ((rc = read_text(&text, ms, path, err)) == 0)
		rc = reader_list_parse(list, strbuf_slice(&text), path, err);
	strbuf_release(&text);
	return rc;
}
