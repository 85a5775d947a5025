/* SPDX-License-Identifier: MIT */
/* What a command says: messages, progress, and how it ends. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "command.h"
#include "display_width.h"
#include "error.h"
#include "slice.h"
#include "utf8.h"

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

size_t safe_columns_at(size_t *len, struct slice text)
{
	unsigned c = 0;

	*len = utf8_decode(&c, text);
	if (!*len) {
		*len = 1;
		return 4; /* \x1b */
	}
	if (utf8_is_bidi_control(c))
		return 6; /* \u202e */
	return utf8_is_control(c) ? 4 : display_width(c);
}

int safe_columns(const char *text)
{
	struct slice rest = slice_of(text);
	size_t columns = 0, n;

	for (; rest.len; rest = slice_sub(rest, n, rest.len))
		columns += safe_columns_at(&n, rest);
	return (int)columns;
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
