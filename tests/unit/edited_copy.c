/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "edited_copy.h"

#define FOG "\"Grey,\" he said --- \"and it's cold.\"\n\n" \
	"The fog came.\n\nEnd.\n"

static void expect(const char *want, const char *copy)
{
	struct strbuf out = STRBUF_INIT;

	edited_copy_mend(&out, SLICE(FOG), slice_of(copy));
	assert_string_equal(want, out.buf);
	strbuf_release(&out);
}

static void what_an_editor_does_is_no_change(void **state)
{
	expect(FOG, FOG);
	expect(FOG, "\xEF\xBB\xBF\u201CGrey,\u201D he said \u2014\r\n"
	       "\u201Cand it\u2019s cold.\u201D\r\n\r\n"
	       "The fog came.\r\n\r\nEnd.");
}

static void an_edited_paragraph_keeps_the_quotes_of_its_words(void **state)
{
	expect("\"Gray,\" he said --- \"and it's cold.\"\n\nThe fog came.\n\n"
	       "End.\n",
	       "\u201CGray,\u201D he said \u2014 \u201Cand it\u2019s cold."
	       "\u201D\n\nThe fog came.\n\nEnd.\n");
	/* words put in are their writer's */
	expect("\"Grey,\" he said --- \"and it's cold, \u2018very\u2019.\"\n\n"
	       "The fog came.\n\nEnd.\n",
	       "\u201CGrey,\u201D he said \u2014 \u201Cand it\u2019s cold, "
	       "\u2018very\u2019.\u201D\n\nThe fog came.\n\nEnd.\n");
}

static void the_one_before_may_be_new_or_gone(void **state)
{
	expect("\u201CNew\u201D words at the front of it all.\n\n"
	       "\"Gray,\" he said --- \"and it's cold.\"\n\nThe fog came.\n\n"
	       "End.\n",
	       "\u201CNew\u201D words at the front of it all.\n\n"
	       "\u201CGray,\u201D he said \u2014 \u201Cand it\u2019s cold."
	       "\u201D\n\nThe fog came.\n\nEnd.\n");
	expect("The fog came in.\n\nEnd.\n", "The fog came in.\n\nEnd.\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_an_editor_does_is_no_change),
		cmocka_unit_test(
			an_edited_paragraph_keeps_the_quotes_of_its_words),
		cmocka_unit_test(the_one_before_may_be_new_or_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
