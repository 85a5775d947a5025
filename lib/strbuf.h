/* SPDX-License-Identifier: MIT */
/*
 * A byte string that grows. `buf` always ends in a NUL that `len` does not
 * count, so it can be read as a C string where no NUL was added.
 */
#ifndef STRBUF_H
#define STRBUF_H

#include <stddef.h>
#include <string.h>

#include "slice.h"

struct strbuf {
	char *buf;
	size_t len;
	size_t capacity;	/* 0: buf is the shared empty string */
};

extern char strbuf_empty[];
#define STRBUF_INIT { strbuf_empty, 0, 0 }

void strbuf_release(struct strbuf *sb);		/* back to STRBUF_INIT */
void strbuf_grow(struct strbuf *sb, size_t extra); /* room for extra + NUL */
void strbuf_truncate(struct strbuf *sb, size_t len); /* keeps the memory */

static inline void strbuf_add(struct strbuf *sb, const void *p, size_t n)
{
	if (!n)
		return;
	if (sb->capacity - sb->len <= n)
		strbuf_grow(sb, n);
	memcpy(sb->buf + sb->len, p, n);
	sb->len += n;
	sb->buf[sb->len] = '\0';
}

static inline void strbuf_addch(struct strbuf *sb, char c)
{
	strbuf_add(sb, &c, 1);
}

static inline void strbuf_adds(struct strbuf *sb, const char *s)
{
	strbuf_add(sb, s, strlen(s));
}

static inline void strbuf_add_slice(struct strbuf *sb, struct slice s)
{
	strbuf_add(sb, s.ptr, s.len);
}

void strbuf_addf(struct strbuf *sb, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/** Append the number in decimal digits; faster than strbuf_addf(). */
void strbuf_add_number(struct strbuf *sb, size_t number);

/** Append the character, encoded as UTF-8. */
void strbuf_add_utf8(struct strbuf *sb, unsigned codepoint);

static inline struct slice strbuf_slice(const struct strbuf *sb)
{
	return (struct slice){ sb->buf, sb->len };
}

/** Give the bytes to the caller, who frees them; `sb` is empty again. */
char *strbuf_detach(struct strbuf *sb, size_t *len);

#endif
