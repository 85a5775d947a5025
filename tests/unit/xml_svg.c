/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cover.h"
#include "error.h"
#include "strbuf.h"
#include "xml_svg.h"

#define SVG(content) "<svg xmlns=\"http://www.w3.org/2000/svg\" " \
	"xmlns:xlink=\"http://www.w3.org/1999/xlink\">" content "</svg>"

static int check(const char *svg)
{
	struct error err = ERROR_INIT;

	return svg_check(slice_of(svg), &err);
}

static void a_picture_passes(void **state)
{
	assert_int_equal(0, check(SVG("<style>.a{fill:url(#g)}</style>"
				      "<use xlink:href=\"#x\"/>"
				      "<rect style=\"fill:red\"/>")));
	assert_int_equal(0, check("<?xml version=\"1.0\"?>\n<!-- map -->"
				  SVG("<image href=\"data:image/png;base64,"
				      "AAAA\"/>")));
}

static void what_runs_or_fetches_is_refused(void **state)
{
	static const char *const bad[] = {
		SVG("<script>1</script>"),
		SVG("<SCRIPT>1</SCRIPT>"),
		SVG("<g onclick=\"x()\"/>"),
		SVG("<foreignObject/>"),
		SVG("<image href=\"http://example.org/x.png\"/>"),
		SVG("<image xlink:href=\"other.png\"/>"),
		SVG("<use href=\"data:image/svg+xml;base64,AA\"/>"),
		SVG("<a href=\"#x\"/>"),
		SVG("<style>@import 'x.css';</style>"),
		SVG("<style><![CDATA[a{fill:url( 'http://x/')}]]></style>"),
		SVG("<g style=\"fill:url(http://example.org/)\"/>"),
		"<?xml-stylesheet href=\"x.css\"?>" SVG(""),
		"<!DOCTYPE svg [<!ENTITY a \"b\">]>" SVG("&a;"),
		SVG("<g>"),
		"<html xmlns=\"http://www.w3.org/1999/xhtml\"/>",
		"<svg/>",
		"",
		"GIF89a",
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(ERROR_MALFORMED, check(bad[i]));
}

static void every_cover_is_such_a_picture(void **state)
{
	static const char *const titles[] = {
		"", "A", "The Harbour", "Donaudampfschifffahrtsgesellschaft",
		"a & b < c > \"d\"", "\xe6\xb5\xb7\xe8\xbe\xba",
		"controls \x01 too",
		"a title that goes on and on and on and on and on and on and "
		"on and on and on and on and on and on and on and on and on "
		"and on and on and on and on and on and on and on and on" };
	struct strbuf svg = STRBUF_INIT;

	for (size_t i = 0; i < sizeof(titles) / sizeof(*titles); i++) {
		strbuf_truncate(&svg, 0);
		cover_draw(&svg, titles[i], i % 2 ? "A. Writer" : "",
			   "draft for review");
		assert_int_equal(0, check(svg.buf));
	}
	strbuf_release(&svg);
}

static void a_cover_follows_from_its_words(void **state)
{
	struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;

	cover_draw(&a, "The Harbour", "A. Writer", "round 1");
	cover_draw(&b, "The Harbour", "A. Writer", "round 1");
	assert_string_equal(a.buf, b.buf);
	strbuf_truncate(&b, 0);
	cover_draw(&b, "The Sea", "A. Writer", "round 1");
	assert_string_not_equal(a.buf, b.buf);
	strbuf_release(&a);
	strbuf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_picture_passes),
		cmocka_unit_test(what_runs_or_fetches_is_refused),
		cmocka_unit_test(every_cover_is_such_a_picture),
		cmocka_unit_test(a_cover_follows_from_its_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
