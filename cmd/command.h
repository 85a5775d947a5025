/* SPDX-License-Identifier: MIT */
/*
 * What the commands share: options, messages, exit status.
 */
#ifndef COMMAND_H
#define COMMAND_H

#include <stdbool.h>
#include <stddef.h>

struct change_people;
struct error;
struct strbuf;
struct slice;

enum status {
	STATUS_OK = 0,
	STATUS_NO = 1,		/* done, and the answer is no */
	STATUS_FATAL = 128,
	STATUS_USAGE = 129
};

enum option_type {
	OPTION_TYPE_END, OPTION_TYPE_FLAG, OPTION_TYPE_STRING,
	OPTION_TYPE_VALUES
};

/** What an option was given that may be given several times. */
struct option_values {
	const char *items[8];
	size_t count;
};

struct option {
	enum option_type type;
	char letter;		/* 0: none */
	const char *name;	/* without "--"; NULL: none */
	void *value;		/* bool *, const char **, option_values * */
	const char *argument;	/* its name in the usage, "file"; not FLAG */
	const char *help;
};

#define OPTION_FLAG(letter, name, value, help)                               \
	{ OPTION_TYPE_FLAG, (letter), (name), (1 ? (value) : (bool *)0),     \
	  NULL, (help) }
#define OPTION_STRING(letter, name, value, argument, help)                   \
	{ OPTION_TYPE_STRING, (letter), (name),                              \
	  (1 ? (value) : (const char **)0), (argument), (help) }
#define OPTION_VALUES(letter, name, value, argument, help)                   \
	{ OPTION_TYPE_VALUES, (letter), (name),                              \
	  (1 ? (value) : (struct option_values *)0), (argument), (help) }
#define OPTION_END { OPTION_TYPE_END, 0, NULL, NULL, NULL, NULL }

/**
 * Set up the program (locale, signals) and read its options. They may stand
 * among the arguments, as in git; "--" ends them; "-abc", "-ofile", "--name
 * value", "--name=value", unique beginnings of long names and "--no-name" for
 * flags work. -h and --help print the usage to stdout and exit with 0;
 * misuse prints it to stderr and exits with 129.
 *
 * `usage` is the synopsis, several forms on lines of their own:
 * "galley-join [-o <file>] [<rev>]". Returns how many arguments are left;
 * they are moved to argv[0], argv[1], …, and NULL.
 */
int parse_options(int argc, char **argv, const struct option *options,
		  const char *usage);

/** "usage: ...", "   or: ..." for each line of it, to `stream`, a FILE *. */
void print_synopsis(void *stream, const char *usage);

/** Misuse found later: "error: ..." and the usage; exits with 129. */
void usage_error(const char *usage, const char *format, ...)
	__attribute__((noreturn, format(printf, 2, 3)));

/** "fatal: <message>" to stderr; returns STATUS_FATAL. */
int report_fatal(const struct error *err);

/** "warning: ...", "hint: ..." and "error: ..." lines to stderr. */
void report_warning(const char *format, ...)
	__attribute__((format(printf, 1, 2)));
void report_hint(const char *format, ...)
	__attribute__((format(printf, 1, 2)));
void report_error(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

/**
 * "<what>: 31% (310/1000)" on a line of its own on stderr, if that is a
 * terminal and a second has passed since the first call; done == all, and any
 * other message, takes it away. A program shows one at a time.
 */
void report_progress(const char *what, size_t done, size_t all);

/** The same for a `book_progress`; `what` is a const char *. */
void report_progress_of(void *what, size_t done, size_t all);

/**
 * A `book_warning`: "warning: <path>:<line>: <message>"; `path` may be NULL,
 * `line` 0; `data` is not used.
 */
void report_about(void *data, const char *path, size_t line,
		  const char *message);

/**
 * Print text from outside to `stream`, a FILE *: control characters and
 * bidirectional controls, and bytes that are not UTF-8, come out as "\x1b"
 * and the like. Line ends and tabs stay.
 */
void print_safe(void *stream, struct slice text);

/**
 * The columns that it takes on a terminal; safe_columns_at() says so of the
 * character at the front, and how many bytes that has, 1 at least.
 */
int safe_columns(const char *text);
size_t safe_columns_at(size_t *len, struct slice text);

/**
 * True when stdout was a terminal that takes colours (NO_COLOR, TERM) when
 * this was first asked.
 */
bool color_wanted(void);

/**
 * Read a whole file, "-" being stdin. ERROR_IO names the file; a folder is an
 * error. Files of 2 GiB and more are refused.
 */
int read_file(struct strbuf *out, const char *path, struct error *err);

/**
 * The same, but `more` is told each time that bytes were added to what was
 * read, may take some away, and says true when no more are needed.
 */
int read_file_until(struct strbuf *out, const char *path,
		    bool (*more)(void *data, struct strbuf *read), void *data,
		    struct error *err);

/**
 * Write a file: beside `path`, then renamed, so that it is whole or as
 * before. "-" is stdout.
 */
int write_file(const char *path, struct slice bytes, struct error *err);

/**
 * Who makes commits and when, as GIT_AUTHOR_NAME, GIT_COMMITTER_DATE and the
 * others of that kind say: for change_set_people().
 */
const struct change_people *people_of_environment(void);

/** Flush stdout; a write that failed there is fatal. Returns the status. */
int finish(int status);

#endif
