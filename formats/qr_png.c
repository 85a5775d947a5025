/* SPDX-License-Identifier: MIT */
/*
 * Portable Network Graphics (ISO/IEC 15948): one bit a point, three chunks.
 */
#include <errno.h>
#include <libdeflate.h>
#include <qrencode.h>
#include <stdint.h>
#include <stdlib.h>

#include "error.h"
#include "qr_png.h"
#include "strbuf.h"

#define QUIET 4			/* modules on each side, as 6.3.8 wants */
#define SCALE 6			/* points of a module */

static void put32(char *to, uint32_t n)
{
	for (int i = 0; i < 4; i++)
		to[i] = (char)(n >> (24 - 8 * i));
}

static void add_chunk(struct strbuf *out, const char *type, struct slice data)
{
	char number[4];
	size_t start;

	put32(number, (uint32_t)data.len);
	strbuf_add(out, number, 4);
	start = out->len;
	strbuf_add(out, type, 4);
	strbuf_add_slice(out, data);
	put32(number, libdeflate_crc32(0, out->buf + start,
				       out->len - start));
	strbuf_add(out, number, 4);
}

/* Rows of bits, white ones set, a filter byte (0: none) before each. */
static void add_rows(struct strbuf *rows, const QRcode *code, size_t side)
{
	size_t width = (size_t)code->width, bytes = (side + 7) / 8;

	for (size_t y = 0; y < side; y++) {
		size_t row = y / SCALE - QUIET;
		char *bits;

		strbuf_grow(rows, bytes + 1);
		bits = rows->buf + rows->len + 1;
		memset(bits - 1, 0, 1);
		memset(bits, 0xFF, bytes);
		rows->len += bytes + 1;
		rows->buf[rows->len] = '\0';
		for (size_t x = 0; row < width && x < side; x++) {
			size_t column = x / SCALE - QUIET; /* wraps: quiet */

			if (column < width &&
			    (code->data[row * width + column] & 1))
				bits[x / 8] &= (char)~(0x80 >> x % 8);
		}
	}
}

static void add_picture(struct strbuf *out, const QRcode *code)
{
	size_t side = ((size_t)code->width + 2 * QUIET) * SCALE, n;
	struct libdeflate_compressor *compressor =
		libdeflate_alloc_compressor(9);
	struct strbuf rows = STRBUF_INIT, packed = STRBUF_INIT;
	char header[13] = { 0 };

	if (!compressor)
		abort(); /* out of memory */
	put32(header, (uint32_t)side);
	put32(header + 4, (uint32_t)side);
	header[8] = 1; /* bit of grey, and nothing else */
	add_rows(&rows, code, side);
	n = libdeflate_zlib_compress_bound(compressor, rows.len);
	strbuf_grow(&packed, n);
	packed.len = libdeflate_zlib_compress(compressor, rows.buf, rows.len,
					      packed.buf, n);
	strbuf_adds(out, "\x89PNG\r\n\x1a\n");
	add_chunk(out, "IHDR", (struct slice){ header, sizeof(header) });
	add_chunk(out, "IDAT", strbuf_slice(&packed));
	add_chunk(out, "IEND", SLICE(""));
	libdeflate_free_compressor(compressor);
	strbuf_release(&rows);
	strbuf_release(&packed);
}

int qr_png(struct strbuf *out, const char *text, struct error *err)
{
	QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);

	if (!code && errno == ENOMEM)
		abort();
	if (!code)
		return error_set(err, ERROR_LIMIT,
				 "no QR code can hold an address of %zu bytes",
				 strlen(text));
	add_picture(out, code);
	QRcode_free(code);
	return 0;
}
