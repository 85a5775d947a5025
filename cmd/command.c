/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdint.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "beside.h"
#include "command.h"
#include "error.h"
#include "repository.h"
#include "slice.h"
#include "strbuf.h"
#include "utf8.h"

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

static struct {
	struct timespec start, last;
	bool shown;
} progress;

static double seconds_between(const struct timespec *a,
			      const struct timespec *b)
{
	return (double)(b->tv_sec - a->tv_sec) +
	       (double)(b->tv_nsec - a->tv_nsec) / 1e9;
}

static void clear_progress(void)
{
	if (progress.shown)
		fputs("\r\033[K", stderr);
	progress.shown = false;
}

void report_progress(const char *what, size_t done, size_t all)
{
	struct timespec now;

	if (done >= all) {
		clear_progress();
		return;
	}
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (!progress.start.tv_sec)
		progress.start = now;
	if (seconds_between(&progress.start, &now) < 1 ||
	    seconds_between(&progress.last, &now) < 0.1 ||
	    !isatty(STDERR_FILENO))
		return;
	progress.last = now;
	progress.shown = true;
	fprintf(stderr, "\r%s: %3zu%% (%zu/%zu)\033[K", what,
		done * 100 / all, done, all);
	fflush(stderr);
}

void report_progress_of(void *what, size_t done, size_t all)
{
	report_progress(what, done, all);
}

void report_about(void *data, const char *path, size_t line,
		  const char *message)
{
	if (path && line)
		report_warning("%s:%zu: %s", path, line, message);
	else if (path)
		report_warning("%s: %s", path, message);
	else
		report_warning("%s", message);
}

/* One line of a message; what comes from outside is made harmless. */
static void report(const char *kind, const char *words)
{
	fflush(stdout);
	clear_progress();
	fprintf(stderr, "%s: ", kind);
	print_safe(stderr, slice_of(words));
	putc('\n', stderr);
}

static void vreport(const char *kind, const char *format, va_list args)
{
	char words[2048];

	vsnprintf(words, sizeof(words), format, args);
	report(kind, words);
}

int report_fatal(const struct error *err)
{
	report("fatal", err->message);
	return STATUS_FATAL;
}

void report_warning(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vreport("warning", format, args);
	va_end(args);
}

void report_hint(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vreport("hint", format, args);
	va_end(args);
}

void report_error(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vreport("error", format, args);
	va_end(args);
}

void print_safe(void *stream, struct slice text)
{
	FILE *out = stream;
	size_t from = 0, i = 0;

	while (i < text.len) {
		unsigned c = (unsigned char)text.ptr[i];
		size_t n = 1;

		if (c >= 0x80)
			n = utf8_decode(&c, slice_sub(text, i, text.len));
		if (n && !utf8_is_control(c) && !utf8_is_bidi_control(c)) {
			i += n;
			continue;
		}
		fwrite(text.ptr + from, 1, i - from, out);
		fprintf(out, !n || utf8_is_control(c) ? "\\x%02x" : "\\u%04x",
			n ? c : (unsigned char)text.ptr[i]);
		i += n ? n : 1;
		from = i;
	}
	fwrite(text.ptr + from, 1, i - from, out);
}

bool color_wanted(void)
{
	static int wanted = -1; /* stdout may become a pager's */
	const char *no_color, *term;

	if (wanted < 0) {
		no_color = getenv("NO_COLOR");
		term = getenv("TERM");
		wanted = isatty(STDOUT_FILENO) && !(no_color && *no_color) &&
			 term && strcmp(term, "dumb");
	}
	return wanted;
}

#define LARGEST_FILE ((size_t)0x7FFFFFFF)
#define AT_ONCE ((size_t)1 << 20)

int read_file(struct strbuf *out, const char *path, struct error *err)
{
	return read_file_until(out, path, NULL, NULL, err);
}

int read_file_until(struct strbuf *out, const char *path,
		    bool (*more)(void *data, struct strbuf *read), void *data,
		    struct error *err)
{
	bool from_stdin = !strcmp(path, "-");
	const char *name = from_stdin ? "standard input" : path;
	FILE *in = from_stdin ? stdin : fopen(path, "rb");
	struct stat st;
	int rc = 0;

	if (!in)
		return error_set_errno(err, "cannot read '%s'", name);
	if (!fstat(fileno(in), &st)) {
		if (S_ISDIR(st.st_mode)) {
			errno = EISDIR;
			rc = error_set_errno(err, "cannot read '%s'", name);
			goto out;
		}
		if (S_ISREG(st.st_mode) && st.st_size > 0 &&
		    (uintmax_t)st.st_size < LARGEST_FILE)
			strbuf_grow(out, (size_t)st.st_size + 1);
	}
	for (;;) {
		size_t room, n;

		strbuf_grow(out, 65536);
		room = out->capacity - out->len - 1;
		room = room < AT_ONCE ? room : AT_ONCE;
		n = fread(out->buf + out->len, 1, room, in);
		out->len += n;
		out->buf[out->len] = '\0';
		if (out->len > LARGEST_FILE) {
			rc = error_set(err, ERROR_LIMIT,
				       "'%s' is larger than 2 GiB", name);
			goto out;
		}
		if ((more && more(data, out)) || n < room)
			break;
	}
	if (ferror(in))
		rc = error_set_errno(err, "cannot read '%s'", name);
out:
	if (!from_stdin)
		fclose(in);
	return rc;
}

int write_file(const char *path, struct slice bytes, struct error *err)
{
	struct beside beside = BESIDE_INIT;
	int rc;

	if (!strcmp(path, "-")) {
		fwrite(bytes.ptr, 1, bytes.len, stdout);
		return 0; /* finish() tells of trouble */
	}
	rc = beside_open(&beside, path, err);
	if (!rc)
		rc = beside_write(&beside, bytes, err);
	if (!rc)
		rc = beside_close(&beside, err);
	beside_release(&beside);
	return rc;
}

const struct change_people *people_of_environment(void)
{
	static struct change_people people;

	people.author = (struct change_person){
		getenv("GIT_AUTHOR_NAME"), getenv("GIT_AUTHOR_EMAIL"),
		getenv("GIT_AUTHOR_DATE")
	};
	people.committer = (struct change_person){
		getenv("GIT_COMMITTER_NAME"), getenv("GIT_COMMITTER_EMAIL"),
		getenv("GIT_COMMITTER_DATE")
	};
	return &people;
}

int finish(int status)
{
	bool failed;

	clear_progress();
	failed = ferror(stdout) || fflush(stdout);
	if (!failed || errno == EPIPE)
		return status;
	fprintf(stderr, "fatal: cannot write to standard output: %s\n",
		strerror(errno));
	return STATUS_FATAL;
}
