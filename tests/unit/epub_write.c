/* SPDX-License-Identifier: MIT */
/* What an e-book is made of: files, contents, notes, pictures. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>
#include <libxml/parser.h>

#include "shelf.h"

static void the_first_entries_say_what_it_is(void **state)
{
	struct shelf *shelf = *state;

	put_str(shelf, "SUMMARY.md", "# Summary\n\n- [Fog](fog.md)\n");
	put_str(shelf, "fog.md", "# Fog\n\nFog came.\n");
	make_epub(shelf);
	assert_string_equal("mimetype", shelf->files.items[0]);
	assert_string_equal("application/epub+zip", shelf->texts[0]);
	assert_string_equal("META-INF/container.xml", shelf->files.items[1]);
	assert_has(text_of(shelf, "EPUB/text/fog.xhtml"), "Fog came.");
}

static void the_same_commit_gives_the_same_bytes(void **state)
{
	struct shelf *shelf = *state;

	put_str(shelf, "SUMMARY.md", "# Summary\n\n- [Fog](fog.md)\n");
	put_str(shelf, "fog.md", "# Fog\n\nFog^[thick] came.\n");
	make_epub(shelf);
	setenv("TZ", "Pacific/Kiritimati", 1);
	tzset();
	assert_int_equal(0, try_export(shelf, "again.epub"));
	unsetenv("TZ");
	tzset();
	run(shelf, "cmp out.epub again.epub");
}

static void metadata_tells_of_the_draft(void **state)
{
	struct shelf *shelf = *state;
	const char *opf;

	put_str(shelf, "SUMMARY.md", "# Summary\n\n- [Fog](fog.md)\n");
	put_str(shelf, "fog.md", "# Fog\n\nFog came.\n");
	put_str(shelf, "galley.conf",
		"[book]\ntitle = The Harbour & <Sea>\nauthor = A. Writer\n"
		"author = B. Helper\nlanguage = en_GB\nrights = none\n"
		"date = 1888\n");
	make_epub(shelf);
	opf = text_of(shelf, "EPUB/package.opf");
	assert_has(opf, ">The Harbour &amp; &lt;Sea&gt;</dc:title>");
	assert_has(opf, ">Harbour &amp; &lt;Sea&gt;, The</meta>");
	assert_has(opf, ">Writer, A.</meta>");
	assert_has(opf, "id=\"creator-2\">B. Helper</dc:creator>");
	assert_has(opf, "<dc:language>en-GB</dc:language>");
	assert_has(opf, "<dc:date>1888</dc:date>");
	assert_has(opf, "<dc:rights>none</dc:rights>");
	assert_has(opf, "\"dcterms:modified\">2026-01-02T03:04:05Z<");
	assert_has(opf, "urn:uuid:");
	assert_has(opf, "pageNavigation");
	assert_has_not(opf, "accessMode\">visual");
}

static void parts_hold_chapters_and_chapters_sections(void **state)
{
	struct shelf *shelf = *state;
	const char *nav, *text;

	put_str(shelf, "SUMMARY.md",
		"# Summary\n\n[Foreword](foreword.md)\n\n# Part One\n\n"
		"- [Fog](fog.md)\n  - [Bank](bank.md)\n- [Later]()\n\n"
		"# Part Two\n\n- [Never]()\n\n---\n\n[Afterword](after.md)\n");
	put_str(shelf, "foreword.md", "# Foreword\n\nHello.\n");
	put_str(shelf, "fog.md", "# Fog\n\nFog came.\n\n## \"Thick\" *fog*\n"
		"\nMore.\n");
	put_str(shelf, "bank.md", "# Bank\n\nA bank.\n");
	put_str(shelf, "after.md", "# Afterword\n\nBye.\n");
	make_epub(shelf);
	nav = text_of(shelf, "EPUB/nav.xhtml");
	assert_has(nav, ">Foreword</a></li>\n<li><a href=\"text/part-one"
			".xhtml\">Part One</a><ol>\n<li><a href=\"text/fog"
			".xhtml\">Fog</a><ol>");
	assert_has(nav, ">\xe2\x80\x9cThick\xe2\x80\x9d fog</a></li>");
	assert_has(nav, ">Bank</a></li>\n</ol></li>\n</ol></li>\n");
	assert_has_not(nav, "Later");
	assert_has_not(nav, "Part Two");
	assert_has_not(nav, "Never");
	assert_has(text_of(shelf, "EPUB/text/part-one.xhtml"),
		   ">Part One</h1>");
	text = text_of(shelf, "EPUB/text/fog.xhtml");
	assert_has(text, "role=\"doc-chapter\"");
	assert_has(text, "<body epub:type=\"bodymatter\">");
	assert_has(text, "<h2 ");
	assert_has(text, "<h3 ");
	assert_has(text, "<title>Fog</title>");
	text = text_of(shelf, "EPUB/text/foreword.xhtml");
	assert_has(text, "role=\"doc-foreword\"");
	assert_has(text, "<body epub:type=\"frontmatter\">");
	assert_has(text, "<h1 ");
	assert_has(text_of(shelf, "EPUB/text/after.xhtml"),
		   "<body epub:type=\"backmatter\">");
	assert_has(text_of(shelf, "EPUB/toc.ncx"), "playOrder=\"4\"");
}

static size_t count_files(const struct shelf *shelf, const char *start)
{
	size_t count = 0;

	for (size_t i = 0; i < shelf->files.count; i++)
		count += !strncmp(shelf->files.items[i], start, strlen(start));
	return count;
}

/* A chapter of `count` times the words, %d being which time it is. */
static void put_long(const struct shelf *shelf, const char *name,
		     const char *words, int count)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_adds(&text, "# Long\n\nTo [the end](#the-end), [far](b.md"
			   "#section-777) and [near](a.md#section-3).\n");
	for (int i = 0; i < count; i++) {
		if (i % 40 == 0)
			strbuf_addf(&text, "\n## Section %d\n", i / 40);
		strbuf_addch(&text, '\n');
		strbuf_adds(&text, words);
		strbuf_addf(&text, " %d\n", i);
	}
	strbuf_adds(&text, "\n## Section 777\n\n## The end\n\nThat was it."
			   "^[All of it.]\n");
	put(shelf, name, strbuf_slice(&text));
	strbuf_release(&text);
}

static void long_chapters_are_cut_and_links_follow(void **state)
{
	static const char *const words[] = {
		"a",
		"Fog everywhere. Fog up the river, where it flows among green "
		"aits and meadows; fog down the river.",
		"<&> \"' -- ... ! ? ; : &amp; \"<\" \"&\"",
		"*a* **b** `c` [d](a.md#section-3) ^[e]",
		"- \"a\"\n- 'b'\n  > c",
		"| a\n|     b\n| c",
		"[\xe2\x80\xa6]{.small-caps lang=fr}",
		"`` <<<<<<&&&&&&&&&&&&&&&&&&& ``",
	};
	struct shelf *shelf = *state;

	put_str(shelf, "SUMMARY.md",
		"# Summary\n\n- [A](a.md)\n- [B](b.md)\n- [C](c.md)\n");
	put_str(shelf, "c.md", "# Short\n\nTo [a](a.md#section-3) and "
		"[b](b.md#section-777).\n");
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		put_long(shelf, "a.md", words[i], 4000);
		put_long(shelf, "b.md", words[i], 3000 + (int)i);
		make_epub(shelf);
		assert_true(count_files(shelf, "EPUB/text/a.") > 2);
		assert_true(has_file(shelf, "EPUB/text/b.2.xhtml"));
		assert_has(text_of(shelf, "EPUB/text/b.2.xhtml"),
			   "<title>Long</title>");
	}
}

static void files_of_a_cut_chapter_are_not_small(void **state)
{
	struct shelf *shelf = *state;

	put_str(shelf, "SUMMARY.md", "# Summary\n\n- [A](a.md)\n");
	put_long(shelf, "a.md", "Fog everywhere. Fog up the river, where it "
		 "flows among green aits and meadows; fog down the river, "
		 "where it rolls defiled among the tiers of shipping and the "
		 "waterside pollutions of a great (and dirty) city.", 4000);
	make_epub(shelf);
	for (size_t i = 0; i + 1 < shelf->files.count; i++)
		if (!strncmp(shelf->files.items[i], "EPUB/text/a.", 12) &&
		    !strncmp(shelf->files.items[i + 1], "EPUB/text/a.", 12))
			assert_true(strlen(shelf->texts[i]) > 120000);
}

static void every_label_of_a_small_book_is_a_page(void **state)
{
	struct shelf *shelf = *state;
	const char *nav;

	put_str(shelf, "SUMMARY.md",
		"# Summary\n\n- [Fog](fog.md)\n- [Sea](sea.md)\n");
	put_str(shelf, "fog.md", "# Fog\n\nOne.\n\n> Two.\n\n- three\n- four\n"
		"\n```\nfive\n```\n\n| a |\n| - |\n| six |\n");
	put_str(shelf, "sea.md", "# Sea\n\nOne.\n");
	make_epub(shelf);
	nav = text_of(shelf, "EPUB/nav.xhtml");
	assert_has(nav, "<a href=\"text/fog.xhtml#l-1-1\">1.1</a>");
	assert_has(nav, "#l-1-6\">1.6</a></li>\n"
			"<li><a href=\"text/sea.xhtml#l-2-1\">2.1</a>");
	assert_has_not(nav, "1.7");
}

static void notes_lead_there_and_back(void **state)
{
	struct shelf *shelf = *state;
	const char *notes, *text;

	put_str(shelf, "SUMMARY.md",
		"# Summary\n\n- [Fog](fog.md)\n- [Sea](sea.md)\n");
	put_str(shelf, "fog.md", "# Fog\n\nOne[^a] and ^[inline, *really*] and "
		"again[^a].\n\n[^a]: First, with ^[a note of its own].\n");
	put_str(shelf, "sea.md", "# Sea\n\nThree.[^b]\n\n[^b]: See [fog]"
		"(fog.md).\n\n    > Quoted\n");
	make_epub(shelf);
	notes = text_of(shelf, "EPUB/notes.xhtml");
	text = text_of(shelf, "EPUB/text/fog.xhtml");
	assert_has(text, "role=\"doc-noteref\" href=\"../notes.xhtml#n");
	assert_has(text, ">1</a>");
	assert_has(notes, "epub:type=\"endnote footnote\"");
	assert_has(notes, "href=\"text/fog.xhtml#n");
	assert_has(notes, "href=\"text/sea.xhtml#n");
	assert_has(notes, "href=\"text/fog.xhtml\"");
	assert_has(notes, "aria-label=\"Back to note 4\"");
	assert_has(text_of(shelf, "EPUB/nav.xhtml"), "epub:type=\"endnotes\"");
}

static void many_notes_make_several_files(void **state)
{
	struct shelf *shelf = *state;
	struct strbuf text = STRBUF_INIT;

	put_str(shelf, "SUMMARY.md",
		"# Summary\n\n- [A](a.md)\n- [B](b.md)\n");
	strbuf_adds(&text, "# A\n\n");
	for (int i = 0; i < 700; i++)
		strbuf_addf(&text, i % 50 ? "Word^[note %d].\n\n"
			    : "Word^[note ^[of note %d]].\n\n", i);
	put(shelf, "a.md", strbuf_slice(&text));
	strbuf_truncate(&text, 0);
	strbuf_adds(&text, "# B\n\n");
	for (int i = 0; i < 300; i++) {
		strbuf_addf(&text, "Word^[");
		for (int j = 0; j < 200; j++)
			strbuf_adds(&text, "fog & sea, ");
		strbuf_addf(&text, "%d].\n\n", i);
	}
	put(shelf, "b.md", strbuf_slice(&text));
	strbuf_release(&text);
	make_epub(shelf);
	assert_true(has_file(shelf, "EPUB/notes-3.xhtml"));
	assert_has(text_of(shelf, "EPUB/notes-2.xhtml"), "<ol start=\"501\">");
}

#define PNG "\x89PNG\r\n\x1a\nrest"

static void pictures_come_along_once(void **state)
{
	struct shelf *shelf = *state;
	const char *text;

	run(shelf, "mkdir -p book/art book/other");
	put_str(shelf, "SUMMARY.md", "# Summary\n\n- [Fog](fog.md)\n");
	put_str(shelf, "fog.md",
		"# Fog\n\n![A map](<art/Die Karte ä.png>)\n\n![Same](<art/Die "
		"Karte ä.png>) and ![Other](<other/die karte Ä.PNG>) and "
		"![Case](<art/die Karte ä.png>)\n\n![Gone](none.png)\n\n![Gone](none.png)\n\n"
		"![Bad](bad.svg) ![Remote](https://example.org/x.png)\n");
	put(shelf, "art/Die Karte \xc3\xa4.png", SLICE(PNG));
	put(shelf, "art/die Karte \xc3\xa4.png", SLICE(PNG "2"));
	put(shelf, "other/die karte \xc3\x84.PNG", SLICE(PNG "3"));
	put_str(shelf, "bad.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\">"
				  "<script/></svg>");
	make_epub(shelf);
	text = text_of(shelf, "EPUB/text/fog.xhtml");
	assert_int_equal(4, count_files(shelf, "EPUB/images/"));
	assert_has(text, "src=\"../images/die-karte-a.png\" alt=\"A map\"");
	assert_has(text, "src=\"../images/die-karte-a.png\" alt=\"Same\"");
	assert_has(text, "Gone");
	assert_has(text, "Remote");
	assert_has_not(text, "bad.svg");
	assert_has(shelf->warnings.buf, "fog.md: picture 'none.png' is missing"
					"; its description is shown instead");
	assert_null(strstr(strstr(shelf->warnings.buf, "none.png") + 1,
			   "none.png")); /* though it is there twice */
	assert_has(shelf->warnings.buf, "picture 'bad.svg' has a script");
	assert_has(shelf->warnings.buf, "'https://example.org/x.png'");
	assert_has(text_of(shelf, "EPUB/package.opf"), "alternativeText");
	assert_has(text_of(shelf, "EPUB/package.opf"), "accessMode\">visual");
}

static void without_descriptions_none_are_promised(void **state)
{
	struct shelf *shelf = *state;

	put_str(shelf, "SUMMARY.md", "# Summary\n\n- [Fog](fog.md)\n");
	put_str(shelf, "fog.md", "# Fog\n\nA ![](map.png) here.\n");
	put(shelf, "map.png", SLICE(PNG));
	make_epub(shelf);
	assert_has_not(text_of(shelf, "EPUB/package.opf"), "alternativeText");
}

static void a_cover_can_be_given(void **state)
{
	struct shelf *shelf = *state;

	put_str(shelf, "SUMMARY.md", "# Summary\n\n- [Fog](fog.md)\n");
	put_str(shelf, "fog.md", "# Fog\n\n![It](front.png)\n");
	put(shelf, "front.png", SLICE(PNG));
	put_str(shelf, "galley.conf", "[book]\ntitle = T\ncover = front.png\n");
	make_epub(shelf);
	assert_int_equal(1, count_files(shelf, "EPUB/images/"));
	assert_has(text_of(shelf, "EPUB/package.opf"),
		   "<item id=\"cover-image\" href=\"images/front.png\" "
		   "media-type=\"image/png\" properties=\"cover-image\"/>");
	assert_has(text_of(shelf, "EPUB/cover.xhtml"), "images/front.png");

	put_str(shelf, "galley.conf", "[book]\ntitle = T\ncover = no.png\n");
	make_epub(shelf);
	assert_has(shelf->warnings.buf, "galley.conf: picture 'no.png' is "
					"missing; a cover is drawn instead");
	assert_has(text_of(shelf, "EPUB/cover.xhtml"), "images/cover.svg");
}

static void some_books_run_from_right_to_left(void **state)
{
	struct shelf *shelf = *state;

	put_str(shelf, "SUMMARY.md", "# Summary\n\n- [Fog](fog.md)\n");
	put_str(shelf, "fog.md", "# ضباب\n\nجاء `3.14: a` ^[نعم.]\n");
	put_str(shelf, "galley.conf", "[book]\ntitle = T\nlanguage = ar\n"
				      "[review]\naddress = a@example.org\n");
	make_epub(shelf);
	assert_has(text_of(shelf, "EPUB/package.opf"),
		   "page-progression-direction=\"rtl\"");
	assert_has(text_of(shelf, "EPUB/text/fog.xhtml"), "dir=\"rtl\"");
	assert_has(text_of(shelf, "EPUB/text/fog.xhtml"),
		   "<code dir=\"ltr\">3.14: a</code>");
	assert_has(text_of(shelf, "EPUB/text/fog.xhtml"),
		   ": <bdi lang=\"ar\" xml:lang=\"ar\">ضباب</bdi></a>");
	assert_has(text_of(shelf, "EPUB/nav.xhtml"), "comment.xhtml\" "
		   "lang=\"en\" xml:lang=\"en\" dir=\"ltr\">How to comment");
	assert_has(text_of(shelf, "EPUB/notes.xhtml"), "↪");
}

static void lines_can_run_down(void **state)
{
	struct shelf *shelf = *state;

	put_str(shelf, "SUMMARY.md", "# Summary\n\n- [Fog](fog.md)\n");
	put_str(shelf, "fog.md", "# 霧\n\n12月3日、1934年、3.14、B12、"
				 "`12`、え!?^[注 12。]\n\n*霧* *Fog*\n");
	put_str(shelf, "galley.conf", "[book]\ntitle = 港\nlanguage = ja\n"
				      "writing = vertical\n");
	make_epub(shelf);
	assert_has(text_of(shelf, "EPUB/package.opf"),
		   "page-progression-direction=\"rtl\"");
	assert_has(text_of(shelf, "EPUB/package.opf"), " dir=\"ltr\"");
	assert_has(text_of(shelf, "EPUB/text/fog.xhtml"),
		   " class=\"ja vertical\">");
	assert_has(text_of(shelf, "EPUB/text/fog.xhtml"),
		   "<span class=\"upright\">12</span>月"
		   "<span class=\"upright\">3</span>日、1934年、3.14、B12、"
		   "<code>12</code>、え<span class=\"upright\">!?</span>");
	assert_has(text_of(shelf, "EPUB/text/fog.xhtml"), ">1</a></p>");
	assert_has(text_of(shelf, "EPUB/text/fog.xhtml"),
		   "<em>霧</em> <em class=\"latin\">Fog</em>");
	assert_has(text_of(shelf, "EPUB/notes.xhtml"),
		   "注 <span class=\"upright\">12</span>。");
	put_str(shelf, "galley.conf", "[book]\ntitle = 港\nlanguage = ja\n");
	make_epub(shelf);
	assert_has(text_of(shelf, "EPUB/package.opf"),
		   "page-progression-direction=\"ltr\"");
	assert_has(text_of(shelf, "EPUB/text/fog.xhtml"), " class=\"ja\">");
	assert_has(text_of(shelf, "EPUB/text/fog.xhtml"), ">12月3日、");
	assert_has(text_of(shelf, "EPUB/titlepage.xhtml"), "2026年1月2日");
}

static void hostile_words_stay_words(void **state)
{
	struct shelf *shelf = *state;

	put_str(shelf, "SUMMARY.md",
		"# Summary\n\n- [\"><b>&](fog.md)\n- [x](empty.md)\n"
		"- [y](bytes.md)\n");
	put_str(shelf, "fog.md", "# \"><b>& {#a\"b}\n\n<p onclick=x>a</i>\n\n"
		"<script>x</script>\n\n[x](javascript:x) <a name=q>\x01\n");
	put_str(shelf, "empty.md", "");
	put(shelf, "bytes.md", SLICE("# \xff\xfe\x00\n\n\xc3( \xef\xbf\xbf"));
	put_str(shelf, "galley.conf",
		"[book]\ntitle = \"]]><&\\\"\"\nauthor = <b>\n"
		"identifier = <\nrights = &\nlanguage = \"><\"\n");
	make_epub(shelf);
	assert_has_not(text_of(shelf, "EPUB/text/fog.xhtml"), "<script");
	assert_has_not(text_of(shelf, "EPUB/text/fog.xhtml"), "javascript:");
}

static void addresses_that_cannot_be_are_no_links(void **state)
{
	struct shelf *shelf = *state;
	const char *text;

	put_str(shelf, "SUMMARY.md", "# Summary\n\n- [Fog](fog.md)\n");
	put_str(shelf, "fog.md", "# Fog\n\n[a](<http://[bad>) "
		"[b](http://x.example:port/) [c](http://a..b/) "
		"[d](https://x.example:8080/%zz) [e](http:///x) "
		"[f](file.pdf) [g](../../etc/passwd) "
		"[h](HTTPS://M\xc3\xbcller.example/)\n");
	put_str(shelf, "file.pdf", "x");
	make_epub(shelf);
	text = text_of(shelf, "EPUB/text/fog.xhtml");
	assert_has(text, "</span>a b c <a href=\"https://x.example:8080/%25zz"
			 "\">d</a> e f g <a ");
}

/* 60 MB that nobody reads: a picture with a hole in it. */
static void a_book_too_large_for_mail_is_told_of(void **state)
{
	struct shelf *shelf = *state;

	put_str(shelf, "SUMMARY.md", "# Summary\n\n- [Fog](fog.md)\n");
	put_str(shelf, "fog.md", "# Fog\n\n![Map](map.png)\n");
	put(shelf, "map.png", SLICE(PNG));
	run(shelf, "truncate -s 60000000 book/map.png");
	assert_int_equal(0, try_export(shelf, "out.epub"));
	assert_has(shelf->warnings.buf, "has 60 MB");
}

static void an_empty_book_is_a_book(void **state)
{
	struct shelf *shelf = *state;

	put_str(shelf, "SUMMARY.md", "# Summary\n\n- [Later]()\n");
	make_epub(shelf);
	assert_has(text_of(shelf, "EPUB/nav.xhtml"), "about.xhtml");
}

static void a_book_without_a_commit_is_dated_all_the_same(void **state)
{
	struct shelf *shelf = *state;
	char path[120];

	put_str(shelf, "SUMMARY.md", "# Summary\n\n- [Fog](fog.md)\n");
	put_str(shelf, "fog.md", "# Fog\n\nFog.\n");
	assert_int_equal(0, try_export(shelf, "out.epub"));
	snprintf(path, sizeof(path), "%s/out.epub", shelf->folder);
	open_epub(shelf, path);
	assert_has(text_of(shelf, "EPUB/package.opf"), "1980-01-01T00:00:00Z");
}

static void what_cannot_be_written_leaves_nothing(void **state)
{
	struct shelf *shelf = *state;

	put_str(shelf, "SUMMARY.md", "# Summary\n\n- [Fog](fog.md)\n");
	put_str(shelf, "fog.md", "# Fog\n\nFog.\n");
	run(shelf, "cd book && git add -A && git commit -qm x");
	assert_int_equal(ERROR_IO, try_export(shelf, "none/out.epub"));
	assert_has(shelf->err.message, "none/out.epub");
	run(shelf, "mkdir out.epub && touch out.epub/x");
	assert_int_equal(ERROR_IO, try_export(shelf, "out.epub"));
	run(shelf, "rm -r out.epub && ! ls | grep out.epub");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_first_entries_say_what_it_is),
		TEST(the_same_commit_gives_the_same_bytes),
		TEST(metadata_tells_of_the_draft),
		TEST(parts_hold_chapters_and_chapters_sections),
		TEST(long_chapters_are_cut_and_links_follow),
		TEST(files_of_a_cut_chapter_are_not_small),
		TEST(every_label_of_a_small_book_is_a_page),
		TEST(notes_lead_there_and_back),
		TEST(many_notes_make_several_files),
		TEST(pictures_come_along_once),
		TEST(without_descriptions_none_are_promised),
		TEST(a_cover_can_be_given),
		TEST(some_books_run_from_right_to_left),
		TEST(lines_can_run_down),
		TEST(hostile_words_stay_words),
		TEST(addresses_that_cannot_be_are_no_links),
		TEST(a_book_too_large_for_mail_is_told_of),
		TEST(an_empty_book_is_a_book),
		TEST(a_book_without_a_commit_is_dated_all_the_same),
		TEST(what_cannot_be_written_leaves_nothing),
	};
	int rc = cmocka_run_group_tests(tests, NULL, NULL);

	xmlCleanupParser();
	return rc;
}
