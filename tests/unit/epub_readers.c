/* SPDX-License-Identifier: MIT */
/* What an e-book says to its readers: where to write, whose copy it is, what
 * is new. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <libxml/parser.h>

#include "shelf.h"

/* A book of one chapter, "Fog", with these settings of [review]. */
static void make_review(struct shelf *shelf, const char *settings)
{
	static unsigned times;
	char text[80];
	struct strbuf conf = STRBUF_INIT;

	strbuf_addf(&conf, "[book]\ntitle = Q & A\n[review]\n%s", settings);
	put_str(shelf, "SUMMARY.md", "# Summary\n\n- [Fog](fog.md)\n");
	snprintf(text, sizeof(text), "# Fog \"thick\"\n\nFog %u.\n\nMore.\n",
		 ++times);
	put_str(shelf, "fog.md", text);
	put_str(shelf, "galley.conf", conf.buf);
	strbuf_release(&conf);
	make_epub(shelf);
}

static const char *fog(const struct shelf *shelf)
{
	return text_of(shelf, "EPUB/text/fog.xhtml");
}

static void readers_learn_where_to_write(void **state)
{
	struct shelf *shelf = *state;

	make_review(shelf, "address = me@example.org\n");
	assert_has(text_of(shelf, "EPUB/comment.xhtml"),
		   ">me@example.org</a>");
	assert_has(text_of(shelf, "EPUB/nav.xhtml"), "comment.xhtml");
	assert_has(text_of(shelf, "EPUB/package.opf"), "idref=\"comment\"");
	assert_has(fog(shelf), ">Say something about this chapter: Fog "
			       "“thick”</a>");
	assert_has(fog(shelf),
		   "href=\"mailto:me@example.org?subject=%5Bq-a%20");
	assert_has(fog(shelf), "%5D%201\"");
	assert_has(fog(shelf), "Write to me@example.org: “1.2 …”");
	assert_has_not(fog(shelf), "class=\"qr\"");
	make_review(shelf, "address = javascript:x\n");
	assert_has_not(fog(shelf), "invitation");
	assert_has_not(text_of(shelf, "EPUB/comment.xhtml"), "javascript");
	assert_has(text_of(shelf, "EPUB/comment.xhtml"),
		   "whoever sent you this draft");
}

static void mails_name_round_reader_and_chapter(void **state)
{
	struct shelf *shelf = *state;

	make_review(shelf, "address = me@example.org\n");
	run(shelf, "cd book && git tag -a -m 2 round/2");
	forget(shelf);
	shelf->reader = "Mara Quill";
	assert_int_equal(0, try_export(shelf, "r.epub"));
	shelf->reader = NULL;
	{
		char path[120];

		snprintf(path, sizeof(path), "%s/r.epub", shelf->folder);
		open_epub(shelf, path);
	}
	assert_has(fog(shelf), "?subject=%5Bq-a%20r2%20R7K3QX%5D%201\"");
	assert_has(fog(shelf), ": “r2 1.2 …”");
	assert_has(text_of(shelf, "EPUB/comment.xhtml"), "“r2 3.14”");
	assert_has(text_of(shelf, "EPUB/comment.xhtml"), "R7K3QX: so what");
	assert_has(text_of(shelf, "EPUB/about.xhtml"),
		   "Copy for Mara Quill, R7K3QX<");
}

static void links_go_where_the_setting_says(void **state)
{
	static const char *const bad[] = {
		"http://example.org/{chapter}", "javascript:alert(1)",
		"https://{chapter}.example.org/", "https://a@example.org/",
		"https://example.org/{user}", "https://example.org/}",
		"https:///x", "https://example.org/a b", "data:,x",
	};
	struct shelf *shelf = *state;

	make_review(shelf, "link = \"https://example.org/{book}/{chapter}.html"
			   "?a=1&reader={code}#{label}\"\n");
	assert_has(fog(shelf), "href=\"https://example.org/q-a/fog.html?a=1"
			       "&amp;reader=#1\"");
	/* for rounds alone, and this is none */
	make_review(shelf, "address = me@example.org\n"
			   "link = https://example.org/{round}/{chapter}\n");
	assert_has(fog(shelf), "href=\"mailto:");
	assert_string_equal("", shelf->warnings.buf);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		char settings[200];

		snprintf(settings, sizeof(settings),
			 "address = me@example.org\nlink = \"%s\"\n", bad[i]);
		make_review(shelf, settings);
		assert_has(fog(shelf), "href=\"mailto:");
		assert_has(shelf->warnings.buf, "review.link is neither");
	}
}

static void a_qr_code_is_there_when_it_is_asked_for(void **state)
{
	struct shelf *shelf = *state;
	const char *png;

	make_review(shelf, "address = me@example.org\nqr\n");
	assert_has(fog(shelf), "<img class=\"qr\" src=\"../images/qr-fog.png\""
			       " alt=\"mailto:me@example.org?subject=");
	png = text_of(shelf, "EPUB/images/qr-fog.png");
	assert_memory_equal("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", png, 16);
	assert_has(text_of(shelf, "EPUB/package.opf"), "accessMode\">visual");
}

static void labels_can_be_left_out(void **state)
{
	struct shelf *shelf = *state;

	make_review(shelf, "address = me@example.org\nlabels = false\n");
	assert_has_not(fog(shelf), "class=\"label\"");
	assert_has(fog(shelf), ": “1 …”");
	assert_has_not(text_of(shelf, "EPUB/nav.xhtml"), "page-list");
	assert_has_not(text_of(shelf, "EPUB/package.opf"), "pageNavigation");
	assert_has_not(text_of(shelf, "EPUB/comment.xhtml"), "3.14");
}

static void a_copy_names_its_reader(void **state)
{
	struct shelf *shelf = *state;

	put_str(shelf, "SUMMARY.md", "# Summary\n\n- [Fog](fog.md)\n");
	put_str(shelf, "fog.md", "# Fog\n\nFog.\n");
	make_epub(shelf);
	assert_has_not(text_of(shelf, "EPUB/package.opf"), "galley:reader");
	assert_has_not(text_of(shelf, "EPUB/titlepage.xhtml"), "Copy for");
	put_str(shelf, "fog.md", "# Fog\n\nMore fog.\n");
	shelf->reader = "M. \"Quill\" & Co";
	make_epub(shelf);
	shelf->reader = NULL;
	assert_has(text_of(shelf, "EPUB/titlepage.xhtml"),
		   "Copy for M. &quot;Quill&quot; &amp; Co, R7K3QX</p>");
	assert_has(text_of(shelf, "EPUB/package.opf"),
		   "<meta name=\"galley:reader\" content="
		   "\"M. &quot;Quill&quot; &amp; Co\"/>");
	assert_has(text_of(shelf, "EPUB/package.opf"),
		   "<meta name=\"galley:code\" content=\"R7K3QX\"/>");
}

static void the_last_pages_say_what_changed_since_the_round_before(void **state)
{
	struct shelf *shelf = *state;
	const char *about;

	put_str(shelf, "galley.conf", "[book]\ntitle = T\nlanguage = de\n");
	put_str(shelf, "SUMMARY.md", "- [Nebel](fog.md)\n- [See](sea.md)\n");
	put_str(shelf, "fog.md", "# Nebel\n\nNebel.\n\nMehr Nebel.\n");
	put_str(shelf, "sea.md", "# See\n\nDie See.\n");
	make_epub(shelf);
	assert_has_not(text_of(shelf, "EPUB/about.xhtml"), "<h2>");
	run(shelf, "cd book && git tag -a -m 1 round/1");
	put_str(shelf, "fog.md", "# Nebel\n\nNebel.\n\nKein Nebel.\n");
	put_str(shelf, "SUMMARY.md", "- [Nebel](fog.md)\n- [See](sea.md)\n"
				     "- [Wind](wind.md)\n");
	put_str(shelf, "wind.md", "# Wind\n\nWind.\n");
	setenv("GIT_COMMITTER_DATE", "2026-02-02T03:04:05Z", 1);
	make_epub(shelf);
	setenv("GIT_COMMITTER_DATE", "2026-01-02T03:04:05Z", 1);
	about = text_of(shelf, "EPUB/about.xhtml");
	assert_has(about, "<h2>Seit Runde 1</h2>");
	assert_has(about, "<a href=\"text/fog.xhtml\">Nebel</a> "
			  "(Änderungen: 1)");
	assert_has(about, "<a href=\"text/wind.xhtml\">Wind</a> (neu)");
	assert_has_not(about, "text/sea.xhtml");
	assert_has(text_of(shelf, "EPUB/titlepage.xhtml"), ">Entwurf ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(readers_learn_where_to_write),
		TEST(mails_name_round_reader_and_chapter),
		TEST(links_go_where_the_setting_says),
		TEST(a_qr_code_is_there_when_it_is_asked_for),
		TEST(labels_can_be_left_out),
		TEST(a_copy_names_its_reader),
		TEST(the_last_pages_say_what_changed_since_the_round_before),
	};
	int rc = cmocka_run_group_tests(tests, NULL, NULL);

	xmlCleanupParser();
	return rc;
}
