/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "alloc.h"
#include "strbuf.h"
#include "utf8.h"

char strbuf_empty[1];

void strbuf_release(struct strbuf *sb)
{
	if (sb->capacity)
		free(sb->buf);
	*sb = (struct strbuf)STRBUF_INIT;
}

void strbuf_grow(struct strbuf *sb, size_t extra)
{
	size_t need, capacity;

	if (extra >= SIZE_MAX / 2 - sb->len)
		abort();
	need = sb->len + extra + 1;
	if (need <= sb->capacity)
		return;
	capacity = sb->capacity * 2;
	if (capacity < need)
		capacity = need;
	if (capacity < 64)
		capacity = 64;
	sb->buf = xrealloc(sb->capacity ? sb->buf : NULL, capacity);
	sb->buf[sb->len] = '\0';
	sb->capacity = capacity;
}

void strbuf_truncate(struct strbuf *sb, size_t len)
{
	if (len >= sb->len)
		return;
	sb->len = len;
	sb->buf[len] = '\0';
}

void strbuf_addf(struct strbuf *sb, const char *format, ...)
{
	size_t room = sb->capacity - sb->len;
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(room ? sb->buf + sb->len : NULL, room, format, args);
	va_end(args);
	if (n <= 0)
		return;
	if ((size_t)n >= room) { /* else it is there already */
		strbuf_grow(sb, (size_t)n);
		va_start(args, format);
		vsnprintf(sb->buf + sb->len, (size_t)n + 1, format, args);
		va_end(args);
	}
	sb->len += (size_t)n;
}

void strbuf_add_number(struct strbuf *sb, size_t number)
{
	char digits[3 * sizeof(number)], *p = digits + sizeof(digits);

	do
		*--p = (char)('0' + number % 10);
	while (number /= 10);
	strbuf_add(sb, p, (size_t)(digits + sizeof(digits) - p));
}

void strbuf_add_utf8(struct strbuf *sb, unsigned codepoint)
{
	char bytes[4];

	strbuf_add(sb, bytes, utf8_encode(bytes, codepoint));
}

char *strbuf_detach(struct strbuf *sb, size_t *len)
{
	char *buf;

	strbuf_grow(sb, 0);
	buf = sb->buf;
	if (len)
		*len = sb->len;
	*sb = (struct strbuf)STRBUF_INIT;
	return buf;
}
