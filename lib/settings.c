/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "alloc.h"
#include "settings.h"
#include "settings_reader.h"
#include "strbuf.h"

void settings_release(struct settings *settings)
{
	arena_release(&settings->arena);
	free(settings->items);
	*settings = (struct settings)SETTINGS_INIT;
}

void settings_add_at(struct settings *settings, const char *key,
		     const char *value, size_t line)
{
	GROW(settings->items, settings->count, settings->capacity);
	settings->items[settings->count++] = (struct setting){
		arena_strdup(&settings->arena, key),
		arena_strdup(&settings->arena, value), line
	};
}

void settings_add(struct settings *settings, const char *key,
		  const char *value)
{
	settings_add_at(settings, key, value, 0);
}

const char *settings_get(const struct settings *settings, const char *key)
{
	for (size_t i = settings->count; i--;)
		if (!strcmp(settings->items[i].key, key))
			return settings->items[i].value;
	return NULL;
}

const char *settings_get_nth(const struct settings *settings, const char *key,
			     size_t n)
{
	for (size_t i = 0; i < settings->count; i++)
		if (!strcmp(settings->items[i].key, key) && !n--)
			return settings->items[i].value;
	return NULL;
}

int settings_get_bool(const struct settings *settings, const char *key,
		      int otherwise)
{
	static const char *const words[2][4] = {
		{ "false", "no", "off", "" }, { "true", "yes", "on", "1" }
	};
	const char *value = settings_get(settings, key);
	char *end;
	long n;

	if (!value)
		return otherwise;
	for (int truth = 0; truth < 2; truth++)
		for (size_t i = 0; i < 4; i++)
			if (!strcasecmp(value, words[truth][i]))
				return truth;
	n = strtol(value, &end, 10);
	return *end ? otherwise : n != 0;
}

static void write_value(struct strbuf *out, const char *value)
{
	size_t len = strlen(value);
	bool quote = len && (is_blank(value[0]) || is_blank(value[len - 1]) ||
			     strpbrk(value, "#;\r"));

	if (quote)
		strbuf_addch(out, '"');
	for (; *value; value++) {
		switch (*value) {
		case '\n':
			strbuf_adds(out, "\\n");
			break;
		case '\t':
			strbuf_adds(out, "\\t");
			break;
		case '\b':
			strbuf_adds(out, "\\b");
			break;
		case '"':
		case '\\':
			strbuf_addch(out, '\\');
			/* fall through */
		default:
			strbuf_addch(out, *value);
		}
	}
	if (quote)
		strbuf_addch(out, '"');
	strbuf_addch(out, '\n');
}

/* "book." is [book]; "a.B c." is [a "B c"] */
static void write_section(struct strbuf *out, struct slice section)
{
	size_t dot = slice_find(section, '.');

	if (out->len)
		strbuf_addch(out, '\n');
	strbuf_addch(out, '[');
	strbuf_add(out, section.ptr, dot);
	if (dot + 1 < section.len) {
		strbuf_adds(out, " \"");
		for (size_t i = dot + 1; i + 1 < section.len; i++) {
			if (section.ptr[i] == '"' || section.ptr[i] == '\\')
				strbuf_addch(out, '\\');
			strbuf_addch(out, section.ptr[i]);
		}
		strbuf_addch(out, '"');
	}
	strbuf_adds(out, "]\n");
}

void settings_write(struct strbuf *out, const struct settings *settings)
{
	struct slice section = { NULL, 0 };

	for (size_t i = 0; i < settings->count; i++) {
		const struct setting *s = &settings->items[i];
		const char *dot = strrchr(s->key, '.');
		struct slice its = { s->key,
				     dot ? (size_t)(dot - s->key) + 1 : 0 };

		if (!i || !slice_eq(its, section))
			write_section(out, its);
		section = its;
		strbuf_addf(out, "\t%s = ", s->key + its.len);
		write_value(out, s->value);
	}
}
