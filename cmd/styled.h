/* SPDX-License-Identifier: MIT */
/* Text with colours, on lines as wide as the terminal. */
#ifndef STYLED_H
#define STYLED_H

#include <stddef.h>

#include "slice.h"
#include "strbuf.h"

#define STYLE_RED "\033[31m"
#define STYLE_GREEN "\033[32m"
#define STYLE_BOLD "\033[1m"
#define STYLE_PROMPT "\033[1;34m"
#define STYLE_MARKED "\033[4m"
#define STYLE_RESET "\033[m"

struct styled_run {
	size_t end;		/* in the text */
	const char *style;	/* "" for none */
};

struct styled {
	struct strbuf text;
	struct styled_run *runs;
	size_t count, capacity;
};

#define STYLED_INIT { STRBUF_INIT, NULL, 0, 0 }

void styled_release(struct styled *styled);

/** Append words; without colours (color_wanted()) they have no style. */
void styled_add(struct styled *styled, const char *style, struct slice words);

/**
 * Print it to stdout, made safe, each line after `indent`, with a line end.
 * Lines are wrapped between words at the terminal's width; and where they end
 * in the text.
 */
void styled_print(const struct styled *styled, const char *indent);

/** How wide the terminal is on stdout; 0 if that is none. Asked once. */
size_t terminal_width(void);

#endif
