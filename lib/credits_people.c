/* SPDX-License-Identifier: MIT */
/* Who is behind the names and addresses of commits, and how to call them. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "credits_private.h"
#include "error.h"
#include "mailmap.h"
#include "repository.h"
#include "settings.h"
#include "strbuf.h"
#include "utf8.h"

void contributors_release(struct contributors *people)
{
	free(people->items);
	id_map_release(&people->by_address);
	id_map_release(&people->by_email);
	mailmap_close(people->map);
}

/* --- settings ------------------------------------------------------------- */

#define NAME_KEY "credits.name"
#define OMIT_KEY "credits.omit"

/* The code at the front of a setting, as reader_code() makes them. */
static struct slice code_of(const char *value)
{
	struct slice code = slice_trim(slice_of(value));

	code.len = slice_find(code, ' ');
	if (code.len != 6 || *code.ptr != 'R')
		return slice_sub(code, 0, 0);
	for (size_t i = 1; i < code.len; i++)
		if (!strchr("0123456789ABCDEFGHJKMNPQRSTVWXYZ", code.ptr[i]))
			return slice_sub(code, 0, 0);
	return code;
}

/* What follows the code. */
static struct slice name_of(const char *value, struct slice code)
{
	return slice_trim(slice_of(code.ptr + code.len));
}

int credits_check_settings(const struct settings *settings, struct error *err)
{
	for (size_t i = 0; i < settings->count; i++) {
		const struct setting *s = &settings->items[i];
		bool name = !strcmp(s->key, NAME_KEY);
		struct slice code;

		if (!name && strcmp(s->key, OMIT_KEY))
			continue;
		code = code_of(s->value);
		if (!code.len || !name != !name_of(s->value, code).len)
			return error_set(err, ERROR_MALFORMED, "galley.conf:"
					 "%zu: %s is a reader's code%s, such "
					 "as '%s'", s->line, s->key, name ?
					 " and the name to print" : "", name ?
					 "R7K3QX The Ferryman" : "R7K3QX");
	}
	return 0;
}

static bool is_omitted(const struct settings *settings, const char *code)
{
	const char *value;

	for (size_t i = 0; (value = settings_get_nth(settings, OMIT_KEY, i));
	     i++)
		if (slice_eq_str(code_of(value), code))
			return true;
	return false;
}

static struct slice pen_name(const struct settings *settings,
			     const char *code)
{
	struct slice found = { NULL, 0 };
	const char *value;

	for (size_t i = 0; (value = settings_get_nth(settings, NAME_KEY, i));
	     i++)
		if (slice_eq_str(code_of(value), code))
			found = name_of(value, code_of(value));
	return found;
}

/* --- names ---------------------------------------------------------------- */

/* UTF-8 without what moves other characters about. */
static void add_printable(struct strbuf *out, struct slice name)
{
	while (name.len) {
		unsigned c;
		size_t n = utf8_decode(&c, name);

		if (n && c >= ' ' && !utf8_is_bidi_control(c))
			strbuf_add(out, name.ptr, n);
		name = slice_sub(name, n ? n : 1, name.len);
	}
}

/*
 * No address, nor the half of one that stands for a name where there was none.
 */
static bool is_name(const char *name, const char *email)
{
	size_t at = strcspn(email, "@");

	if (!*name || strchr(name, '@') || !strcmp(name, "Unknown reader"))
		return false;
	return strlen(name) != at || memcmp(name, email, at) != 0;
}

static const char *name_to_print(struct contributors *people,
				 const struct person *who,
				 const struct person *raw, const char *code)
{
	struct slice pen = pen_name(people->settings, code);
	struct strbuf clean = STRBUF_INIT, out = STRBUF_INIT;
	const char *name;

	add_printable(&clean, pen.len ? pen : slice_of(who->name));
	person_clean(&out, clean.buf);
	if (!is_name(out.buf, who->email) || !is_name(out.buf, raw->email))
		strbuf_truncate(&out, 0);
	name = arena_strdup(people->arena, out.buf);
	strbuf_release(&clean);
	strbuf_release(&out);
	return name;
}

/* --- people --------------------------------------------------------------- */

static void address_key(char key[COMMIT_ID_LENGTH + 1], const char *address)
{
	struct strbuf low = STRBUF_INIT;

	for (const char *p = address; *p; p++)
		strbuf_addch(&low, *p >= 'A' && *p <= 'Z' ?
			     (char)(*p - 'A' + 'a') : *p);
	blob_id(key, strbuf_slice(&low));
	strbuf_release(&low);
}

static size_t person_of(struct contributors *people, const struct person *who)
{
	char key[COMMIT_ID_LENGTH + 1];
	size_t at;

	address_key(key, who->email);
	if (id_map_find(&at, &people->by_email, key))
		return at;
	GROW(people->items, people->count, people->capacity);
	at = people->count++;
	people->items[at] = (struct contributor){
		.credit = { .name = "" },
		.email = arena_strdup(people->arena, who->email)
	};
	reader_code(people->items[at].credit.code, who->email);
	id_map_add(&people->by_email, key, at);
	return at;
}

/* Each address may have a code that settings name. */
static void note_address(struct contributors *people, struct contributor *c,
			 const struct person *who, const struct person *raw)
{
	char code[READER_CODE_SIZE];
	const char *name;

	reader_code(code, raw->email);
	c->omitted |= is_omitted(people->settings, code) ||
		      is_omitted(people->settings, c->credit.code);
	name = name_to_print(people, who, raw,
			     pen_name(people->settings, code).len ? code :
			     c->credit.code);
	if (*name && (!*c->credit.name ||
		      pen_name(people->settings, code).len))
		c->credit.name = name;
}

size_t contributor_find(struct contributors *people, const struct person *who)
{
	char key[COMMIT_ID_LENGTH + 1];
	struct person mapped;
	size_t at;

	address_key(key, who->email);
	if (id_map_find(&at, &people->by_address, key) &&
	    *people->items[at].credit.name)
		return at;
	mapped = mailmap_person(people->map, who);
	at = person_of(people, &mapped);
	note_address(people, &people->items[at], &mapped, who);
	id_map_add(&people->by_address, key, at);
	return at;
}
