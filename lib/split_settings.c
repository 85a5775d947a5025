/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "front_matter.h"
#include "language_guess.h"
#include "split_private.h"
#include "strbuf.h"
#include "utf8.h"

static void add_words(struct settings *settings, const char *key,
		      struct slice words)
{
	struct strbuf plain = STRBUF_INIT;

	split_plain_title(&plain, words);
	plain.len = utf8_valid_prefix(strbuf_slice(&plain));
	plain.buf[plain.len] = '\0';
	if (plain.len)
		settings_add(settings, key, plain.buf);
	strbuf_release(&plain);
}

static struct slice name_as_title(const char *name, struct strbuf *out)
{
	const char *slash = strrchr(name, '/'), *dot;

	name = slash ? slash + 1 : name;
	dot = strrchr(name, '.');
	strbuf_add(out, name, dot && dot > name ? (size_t)(dot - name)
						: strlen(name));
	for (size_t i = 0; i < out->len; i++)
		if (out->buf[i] == '_' || out->buf[i] == '-')
			out->buf[i] = ' ';
	if (out->len && *out->buf >= 'a' && *out->buf <= 'z')
		*out->buf -= 32;
	return strbuf_slice(out);
}

static struct slice only_heading(const struct split_marks *marks)
{
	struct slice title = { NULL, 0 };
	size_t count = 0;

	for (size_t i = 0; i < marks->count; i++)
		if (marks->items[i].heading == 1 && !count++)
			title = marks->items[i].title;
	return count == 1 ? title : (struct slice){ NULL, 0 };
}

void split_read_settings(struct split_plan *plan,
			  const struct split_marks *marks,
			  const struct split_options *options)
{
	struct settings said = SETTINGS_INIT;
	struct strbuf name = STRBUF_INIT;
	const char *language;

	front_matter_read(&said, marks->metadata);
	if (options->title)
		settings_add(&plan->settings, "book.title", options->title);
	else if (settings_get(&said, "book.title"))
		settings_add(&plan->settings, "book.title",
			     settings_get_nth(&said, "book.title", 0));
	else if (marks->book_title.len)
		add_words(&plan->settings, "book.title", marks->book_title);
	else if (only_heading(marks).len)
		add_words(&plan->settings, "book.title", only_heading(marks));
	if (!settings_get(&plan->settings, "book.title") && options->name)
		add_words(&plan->settings, "book.title",
			  name_as_title(options->name, &name));
	if (!settings_get(&plan->settings, "book.title"))
		settings_add(&plan->settings, "book.title", "Untitled");
	for (size_t i = 0; i < said.count; i++)
		if (strcmp(said.items[i].key, "book.title"))
			settings_add(&plan->settings, said.items[i].key,
				     said.items[i].value);
	if (!settings_get(&said, "book.language")) {
		language = language_guess(slice_sub(plan->text, marks->body,
						    plan->text.len));
		if (language)
			settings_add(&plan->settings, "book.language",
				     language);
	}
	settings_release(&said);
	strbuf_release(&name);
}
