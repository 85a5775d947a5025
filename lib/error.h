/* SPDX-License-Identifier: MIT */
/*
 * What went wrong, in words for the person at the terminal. Functions return
 * 0 or a negative enum error_code and set the words where they are known
 * best.
 */
#ifndef ERROR_H
#define ERROR_H

enum error_code {
	ERROR_NOT_FOUND = -1,
	ERROR_EXISTS = -2,
	ERROR_AMBIGUOUS = -3,
	ERROR_MALFORMED = -4,	/* input that is not what it should be */
	ERROR_INVALID = -5,	/* a request that makes no sense */
	ERROR_LIMIT = -6,	/* too large, too many, too deep */
	ERROR_BUSY = -7,	/* locked, or changed by someone else */
	ERROR_IO = -8,
	ERROR_GIT = -9,
	ERROR_LIBRARY = -10	/* another library said no */
};

struct error {
	int code;		/* 0: nothing went wrong yet */
	char message[512];	/* lower case, no full stop, UTF-8 */
};

#define ERROR_INIT { 0, "" }

/**
 * Set `err` (which may be NULL) and return `code`. A message that does not
 * fit is cut at a character.
 */
int error_set(struct error *err, int code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/** ERROR_IO with ": " and the words for errno after the message. */
int error_set_errno(struct error *err, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
