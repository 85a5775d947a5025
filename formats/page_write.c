/* SPDX-License-Identifier: MIT */
#include "beside.h"
#include "error.h"
#include "page_write.h"
#include "picture.h"
#include "web_private.h"

/* Content Security Policy: the inline style and script by their hashes. */
static const char policy[] =
	"default-src 'none'; img-src data:; style-src '"
#include "formats/draft.css.sha256"
	"'; script-src '"
#include "formats/scripts.js.sha256"
	"'; base-uri 'none'; form-action 'none'";

/* The same with the style of a redline. */
static const char redline_policy[] =
	"default-src 'none'; img-src data:; style-src '"
#include "formats/draft.css.sha256"
	"' '"
#include "formats/redline.css.sha256"
	"'; script-src '"
#include "formats/scripts.js.sha256"
	"'; base-uri 'none'; form-action 'none'";

struct page {
	struct web web;
	struct beside beside;
};

static void add_base64(struct strbuf *out, struct slice bytes)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *p = (const unsigned char *)bytes.ptr;
	size_t left = bytes.len;
	char *to;

	strbuf_grow(out, (left + 2) / 3 * 4);
	to = out->buf + out->len;
	for (; left; left -= left < 3 ? left : 3, p += 3) {
		unsigned long x = (unsigned long)p[0] << 16 |
				  (left > 1 ? (unsigned long)p[1] << 8 : 0) |
				  (left > 2 ? p[2] : 0);

		*to++ = digits[x >> 18];
		*to++ = digits[x >> 12 & 63];
		*to++ = left > 1 ? digits[x >> 6 & 63] : '=';
		*to++ = left > 2 ? digits[x & 63] : '=';
	}
	*to = '\0';
	out->len = (size_t)(to - out->buf);
}

static int embed_picture(struct web *web, struct strbuf *out,
			 const char *path, struct error *err)
{
	struct picture_kind kind;
	int rc = picture_read(&web->bytes, &kind, web->pictures, path, err);

	if (rc < 0)
		return rc;
	strbuf_addf(out, "data:%s;base64,", kind.media_type);
	add_base64(out, strbuf_slice(&web->bytes));
	return 0;
}

static int flush(struct page *page, struct error *err)
{
	int rc = beside_write(&page->beside, web_finished(&page->web), err);

	strbuf_truncate(&page->web.out, 0);
	return rc;
}

static void write_front(struct page *page)
{
	struct web *web = &page->web;

	bool redline = book_redline(web->book);

	web_begin(web, "", NULL, redline ? redline_policy : policy);
	strbuf_adds(&web->out, "<style>");
	strbuf_add_slice(&web->out, slice_trim_end(web_style));
	strbuf_adds(&web->out, "</style>\n");
	if (redline) {
		strbuf_adds(&web->out, "<style>");
		strbuf_add_slice(&web->out, slice_trim_end(web_redline_style));
		strbuf_adds(&web->out, "</style>\n");
	}
	strbuf_adds(&web->out, "<script>");
	strbuf_add_slice(&web->out, slice_trim_end(web_script));
	strbuf_adds(&web->out, "</script>\n");
	web_begin_body(web, "#contents");
	web_add_title_page(web);
	web_add_contents(web);
}

static int write_all(struct page *page, const char *path, struct error *err)
{
	struct web *web = &page->web;
	int rc = web_open_changes(web, err);

	if (rc < 0)
		return rc;
	rc = beside_open(&page->beside, path, err);
	if (rc < 0)
		return rc;
	write_front(page);
	for (size_t i = 0; i < book_count(web->book); i++) {
		rc = web_read_chapter(web, i, err);
		if (rc >= 0 && web_has_page(web, i))
			rc = web_add_chapter(web, err);
		if (rc >= 0)
			rc = flush(page, err);
		if (rc < 0)
			return rc;
	}
	web_add_about(web);
	strbuf_adds(&web->out, "</main>\n</body>\n</html>\n");
	rc = flush(page, err);
	return rc < 0 ? rc : beside_close(&page->beside, err);
}

int page_write(struct book *book, const char *path, struct error *err)
{
	struct page page = { .beside = BESIDE_INIT };
	int rc;

	web_init(&page.web, book);
	page.web.single = true;
	page.web.picture = embed_picture;
	rc = write_all(&page, path, err);
	beside_release(&page.beside);
	web_release(&page.web);
	return rc;
}
