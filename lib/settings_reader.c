/* SPDX-License-Identifier: MIT */
#include "error.h"
#include "settings.h"
#include "settings_reader.h"
#include "utf8.h"

static int check_utf8(struct slice text, const char *name, struct error *err)
{
	size_t valid = utf8_valid_prefix(text), line = 1;

	if (valid == text.len)
		return 0;
	for (size_t i = 0; i < valid; i++)
		line += text.ptr[i] == '\n';
	return error_set(err, ERROR_MALFORMED, "%s:%zu: not UTF-8", name, line);
}

int settings_reader_init(struct settings_reader *r, struct settings *settings,
			 struct slice text, const char *name, struct error *err)
{
	*r = (struct settings_reader){.text = text,
				      .line = 1,
				      .name = name,
				      .settings = settings,
				      .section = STRBUF_INIT,
				      .word = STRBUF_INIT,
				      .err = err};
	if (slice_starts_with(text, SLICE("\xEF\xBB\xBF")))
		r->at = 3;
	return check_utf8(text, name, err);
}

void settings_reader_release(struct settings_reader *r)
{
	strbuf_release(&r->section);
	strbuf_release(&r->word);
}

int bad_setting(const struct settings_reader *r, const char *what)
{
	return error_set(r->err, ERROR_MALFORMED, "%s:%zu: %s", r->name,
			 r->line, what);
}
