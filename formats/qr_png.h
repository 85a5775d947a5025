/* SPDX-License-Identifier: MIT */
/* QR codes (ISO/IEC 18004) as pictures: the home of libqrencode. */
#ifndef QR_PNG_H
#define QR_PNG_H

struct error;
struct strbuf;

/**
 * Append a PNG of `text` as a QR code, black on white, with the quiet zone
 * that it needs: a few hundred bytes, the same for the same text. ERROR_LIMIT
 * when there is too much of it, some 2,300 bytes.
 */
int qr_png(struct strbuf *out, const char *text, struct error *err);

#endif
