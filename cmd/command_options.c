/* SPDX-License-Identifier: MIT */
/* The options of a command, and its usage, which they write. */
#include <locale.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "slice.h"

void print_synopsis(void *stream, const char *usage)
{
	struct slice rest = slice_of(usage), line;
	const char *start = "usage: ";

	while (slice_next_line(&line, &rest)) {
		line = slice_chomp(line);
		fprintf(stream, "%s%.*s\n", start, SLICE_ARG(line));
		start = "   or: ";
	}
}

static void print_usage(FILE *out, const struct option *options,
			const char *usage)
{
	print_synopsis(out, usage);
	if (options->type != OPTION_TYPE_END)
		putc('\n', out);
	for (const struct option *o = options; o->type != OPTION_TYPE_END;
	     o++) {
		int width = 4;

		fputs("    ", out);
		if (o->letter)
			width += fprintf(out, "-%c%s", o->letter,
					 o->name ? ", " : "");
		if (o->name)
			width += fprintf(out, "--%s", o->name);
		if (o->type != OPTION_TYPE_FLAG)
			width += fprintf(out, "%s<%s>", o->name ? "=" : " ",
					 o->argument);
		if (width >= 28) {
			putc('\n', out);
			width = 0;
		}
		fprintf(out, "%*s%s\n", 28 - width, "", o->help);
	}
}

void usage_error(const char *usage, const char *format, ...)
{
	static const struct option none[] = { OPTION_END };
	va_list args;

	fputs("error: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	putc('\n', stderr);
	print_usage(stderr, none, usage);
	exit(STATUS_USAGE);
}

static const struct option *find_letter(const struct option *options, char c)
{
	for (; options->type != OPTION_TYPE_END; options++)
		if (options->letter == c)
			return options;
	return NULL;
}

/* The option whose name starts with the word; exact before unique. */
static const struct option *find_name(const struct option *options,
				      struct slice word, const char *usage)
{
	const struct option *found = NULL;

	for (; options->type != OPTION_TYPE_END; options++) {
		if (!options->name)
			continue;
		if (slice_eq_str(word, options->name))
			return options;
		if (!slice_starts_with(slice_of(options->name), word))
			continue;
		if (found)
			usage_error(usage,
				    "option '--%.*s' could be --%s or --%s",
				    SLICE_ARG(word), found->name,
				    options->name);
		found = options;
	}
	return found;
}

struct parser {
	const struct option *options;
	const char *usage;
	char **argv;
	int argc, at;
};

static const char *argument_of(struct parser *p, const struct option *o,
			       const char *attached)
{
	if (attached)
		return attached;
	if (p->at + 1 >= p->argc) {
		if (o->name)
			usage_error(p->usage, "option '--%s' needs a value",
				    o->name);
		usage_error(p->usage, "option '-%c' needs a value", o->letter);
	}
	return p->argv[++p->at];
}

static void set_value(struct parser *p, const struct option *o,
		      const char *attached)
{
	struct option_values *values = o->value;
	const char *value = argument_of(p, o, attached);

	if (o->type == OPTION_TYPE_STRING) {
		*(const char **)o->value = value;
		return;
	}
	if (values->count == sizeof(values->items) / sizeof(*values->items))
		usage_error(p->usage, "an option is given too often");
	values->items[values->count++] = value;
}

static void read_long(struct parser *p, const char *text)
{
	struct slice word = slice_of(text);
	size_t equals = slice_find(word, '=');
	const char *value = equals < word.len ? text + equals + 1 : NULL;
	const struct option *o;
	bool on = true;

	word.len = equals;
	if (slice_eq_str(word, "help")) {
		print_usage(stdout, p->options, p->usage);
		exit(finish(STATUS_OK));
	}
	o = word.len ? find_name(p->options, word, p->usage) : NULL;
	if (!o && slice_starts_with(word, SLICE("no-"))) {
		o = find_name(p->options, slice_sub(word, 3, word.len),
			      p->usage);
		if (o && o->type != OPTION_TYPE_FLAG)
			o = NULL;
		on = false;
	}
	if (!o)
		usage_error(p->usage, "unknown option '--%.*s'",
			    SLICE_ARG(word));
	if (o->type != OPTION_TYPE_FLAG) {
		set_value(p, o, value);
		return;
	}
	if (value)
		usage_error(p->usage, "option '--%s' takes no value", o->name);
	*(bool *)o->value = on;
}

static void read_letters(struct parser *p, const char *letters)
{
	for (; *letters; letters++) {
		const struct option *o = find_letter(p->options, *letters);

		if (!o && *letters == 'h') {
			print_usage(stdout, p->options, p->usage);
			exit(finish(STATUS_OK));
		}
		if (!o)
			usage_error(p->usage, "unknown option '-%c'",
				    *letters);
		if (o->type != OPTION_TYPE_FLAG) {
			set_value(p, o, letters[1] ? letters + 1 : NULL);
			return;
		}
		*(bool *)o->value = true;
	}
}

int parse_options(int argc, char **argv, const struct option *options,
		  const char *usage)
{
	struct parser p = { options, usage, argv, argc, 1 };
	bool only_arguments = false;
	int left = 0;

	setlocale(LC_CTYPE, "");
	/* a full disk or a closed pipe is told of by write(2) */
	signal(SIGXFSZ, SIG_IGN);
	for (; p.at < argc; p.at++) {
		const char *arg = argv[p.at];

		if (only_arguments || arg[0] != '-' || !arg[1])
			argv[left++] = argv[p.at];
		else if (!strcmp(arg, "--"))
			only_arguments = true;
		else if (arg[1] == '-')
			read_long(&p, arg + 2);
		else
			read_letters(&p, arg + 1);
	}
	argv[left] = NULL;
	return left;
}
