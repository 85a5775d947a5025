/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "error.h"
#include "utf8.h"

static void set_words(struct error *err, int code, const char *format,
		      va_list args)
{
	char words[sizeof(err->message)];
	size_t len;

	/* not straight into err: the arguments may be its own message */
	vsnprintf(words, sizeof(words), format, args);
	len = strlen(words);
	if (len == sizeof(words) - 1)
		len = utf8_valid_prefix((struct slice){ words, len });
	words[len] = '\0';
	memcpy(err->message, words, len + 1);
	err->code = code;
}

int error_set(struct error *err, int code, const char *format, ...)
{
	va_list args;

	if (err) {
		va_start(args, format);
		set_words(err, code, format, args);
		va_end(args);
	}
	return code;
}

int error_set_errno(struct error *err, const char *format, ...)
{
	int saved = errno;
	va_list args;
	size_t len;

	if (err) {
		va_start(args, format);
		set_words(err, ERROR_IO, format, args);
		va_end(args);
		len = strlen(err->message);
		snprintf(err->message + len, sizeof(err->message) - len,
			 ": %s", strerror(saved));
	}
	return ERROR_IO;
}
