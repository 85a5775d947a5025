/* SPDX-License-Identifier: MIT */
/* galley-credits: whom the book has to thank. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "credits.h"
#include "error.h"
#include "json_out.h"
#include "manuscript.h"
#include "review.h"
#include "strbuf.h"

static const char usage[] =
	"galley-credits [--format=<format>] [-o <file>] [<rev>]";

/* So that it is read as it stands: a name may have '*' or '[' in it. */
static void add_markdown(struct strbuf *out, struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (strchr("\\`*_{}[]<>#&|~^$\"", c) && c)
			strbuf_addch(out, '\\');
		/* what would begin a list or a heading, at the front alone */
		else if (!i && strchr("+-=:@", c) && c)
			strbuf_addch(out, '\\');
		else if (i && (c == '.' || c == ')') &&
			 strspn(text.ptr, "0123456789") == i)
			strbuf_addch(out, '\\');
		strbuf_addch(out, c);
	}
}

static void write_markdown(struct strbuf *out, const struct credits *credits,
			   const char *language)
{
	for (int part = CREDITS_WORDS; part <= CREDITS_REMARKS; part++) {
		struct strbuf sentence = STRBUF_INIT;

		credits_sentence(&sentence, credits, (enum credits_part)part,
				 language);
		if (sentence.len && out->len)
			strbuf_addch(out, '\n');
		add_markdown(out, strbuf_slice(&sentence));
		if (sentence.len)
			strbuf_addch(out, '\n');
		strbuf_release(&sentence);
	}
}

static void add_count(struct strbuf *out, size_t count, const char *words)
{
	if (count)
		strbuf_addf(out, "%s%zu %s", out->len &&
			    out->buf[out->len - 1] != '\t' ? ", " : "", count,
			    words);
}

/* For the author: each with their code, and what it was. */
static void write_text(struct strbuf *out, const struct credits *credits)
{
	for (size_t i = 0; i < credits->count; i++) {
		const struct credit *c = &credits->items[i];

		strbuf_addf(out, "%s\t%s\t", c->code,
			    *c->name ? c->name : "(no name)");
		add_count(out, c->edits, c->edits == 1 ? "correction" :
			  "corrections");
		add_count(out, c->first, "the first to see");
		add_count(out, c->also, "seen by another before");
		add_count(out, c->remarks, c->remarks == 1 ? "remark" :
			  "remarks");
		strbuf_addch(out, '\n');
	}
}

static void write_json(struct strbuf *out, const struct credits *credits)
{
	json_t *list = json_array();
	char *text;

	for (size_t i = 0; i < credits->count; i++) {
		const struct credit *c = &credits->items[i];
		json_t *o = json_object();

		json_object_set_new(o, "name", json_string(c->name));
		json_object_set_new(o, "code", json_string(c->code));
		json_set_number(o, "corrections", c->edits);
		json_set_number(o, "first", c->first);
		json_set_number(o, "also", c->also);
		json_set_number(o, "remarks", c->remarks);
		json_array_append_new(list, o);
	}
	text = json_dumps(list, JSON_INDENT(2));
	strbuf_addf(out, "%s\n", text);
	free(text);
	json_decref(list);
}

static int write_out(const char *path, const struct strbuf *text,
		     struct error *err)
{
	if (path && strcmp(path, "-"))
		return write_file(path, strbuf_slice(text), err);
	print_safe(stdout, strbuf_slice(text));
	return 0;
}

int main(int argc, char **argv)
{
	struct credits credits = CREDITS_INIT;
	struct review review = REVIEW_INIT;
	const char *format = "md", *path = NULL;
	const struct option options[] = {
		OPTION_STRING(0, "format", &format, "format",
			      "md: to be printed; text, json: who, and for "
			      "what"),
		OPTION_STRING('o', "output", &path, "file",
			      "write it to this file"),
		OPTION_END
	};
	struct strbuf out = STRBUF_INIT;
	struct manuscript *ms = NULL;
	struct error err = ERROR_INIT;
	int status = STATUS_OK;

	argc = parse_options(argc, argv, options, usage);
	if (argc > 1)
		usage_error(usage, "one revision at a time");
	if (strcmp(format, "md") && strcmp(format, "text") &&
	    strcmp(format, "json"))
		usage_error(usage, "no format '%s': md, text, json", format);
	if (manuscript_open(&ms, ".", argc ? argv[0] : NULL, &err) < 0 ||
	    review_read(&review, ms, NULL, &err) < 0 ||
	    credits_read(&credits, ms, &review, &err) < 0)
		goto fatal;
	if (!strcmp(format, "json"))
		write_json(&out, &credits);
	else if (!strcmp(format, "text"))
		write_text(&out, &credits);
	else
		write_markdown(&out, &credits, manuscript_language(ms));
	if (write_out(path, &out, &err) < 0)
		goto fatal;
	goto out;
fatal:
	status = report_fatal(&err);
out:
	strbuf_release(&out);
	credits_release(&credits);
	review_release(&review);
	manuscript_close(ms);
	return finish(status);
}
