/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sentences.h"

static const char text[] = "# Fog\n"
			   "\n"
			   "It came in. The gulls\n"
			   "walked. Nobody spoke.\n"
			   "\n"
			   "> She rang the bell.\n";

/* Where `words` stand. */
static struct span find(const char *words)
{
	const char *p = strstr(text, words);

	assert_non_null(p);
	return (struct span){ (size_t)(p - text),
			      (size_t)(p - text) + strlen(words) };
}

static void assert_span(const char *words, struct span span)
{
	struct slice found = slice_sub(slice_of(text), span.start, span.end);

	if (!slice_eq_str(found, words))
		fail_msg("'%.*s' is not '%s'", SLICE_ARG(found), words);
}

static struct span at(size_t place)
{
	return (struct span){ place, place };
}

static void words_have_their_whole_sentences(void **state)
{
	struct slice all = slice_of(text);

	assert_span("The gulls\nwalked.", sentences_around(all, find("gulls")));
	assert_span("It came in.", sentences_around(all, find("It")));
	assert_span("It came in.", sentences_around(all, find("n.")));
	assert_span("Nobody spoke.", sentences_around(all, find("spoke")));
	assert_span("She rang the bell.", sentences_around(all, find("rang")));
	assert_span("# Fog", sentences_around(all, find("og")));
	assert_span("The gulls\nwalked. Nobody spoke.",
		    sentences_around(all, find("walked. Nobody")));
}

static void words_have_their_whole_paragraphs(void **state)
{
	struct slice all = slice_of(text);

	assert_span("It came in. The gulls\nwalked. Nobody spoke.",
		    paragraphs_around(all, find("gulls")));
	assert_span("She rang the bell.", paragraphs_around(all, find("bell")));
	assert_span("It came in. The gulls\nwalked. Nobody spoke.\n\n> She "
		    "rang the bell.",
		    paragraphs_around(all, find("spoke.\n\n> She")));
}

static void white_space_at_the_ends_does_not_count(void **state)
{
	struct slice all = slice_of(text);

	assert_span(" The gulls\nwalked. ",
		    sentences_around(all, find(" The gulls\nwalked. ")));
	assert_span("\n\nIt came in.", sentences_around(all, find("\n\nIt")));
}

static void a_place_belongs_to_the_word_before_it(void **state)
{
	struct slice all = slice_of(text);

	assert_span("It came in.", sentences_around(all,
						    at(find("in.").end)));
	assert_span("The gulls\nwalked.",
		    sentences_around(all, at(find("gul").end)));
	assert_span("Nobody spoke.",
		    sentences_around(all, at(find("spoke.").end)));
	/* but what stands before a block goes with the block */
	assert_span("It came in.", sentences_around(all, at(find("It").start)));
}

static void any_place_of_any_text_has_something_around_it(void **state)
{
	static const char *const texts[] = { "", " ", "\n", "a", "a\n", "\na",
		"a. B", "> ", "# ", "\n\n\n", "- a\n- b", "\xff\xfe", "。" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct slice all = slice_of(texts[i]);

		for (size_t from = 0; from <= all.len; from++)
			for (size_t to = from; to <= all.len; to++) {
				struct span in = { from, to };
				struct span s = sentences_around(all, in);
				struct span p = paragraphs_around(all, in);

				assert_true(s.start <= from && s.end >= to);
				assert_true(s.end <= all.len);
				assert_true(p.start <= s.start);
				assert_true(p.end >= s.end);
				assert_true(p.end <= all.len);
			}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_have_their_whole_sentences),
		cmocka_unit_test(words_have_their_whole_paragraphs),
		cmocka_unit_test(white_space_at_the_ends_does_not_count),
		cmocka_unit_test(a_place_belongs_to_the_word_before_it),
		cmocka_unit_test(any_place_of_any_text_has_something_around_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
