/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "strbuf.h"
#include "tokens.h"
#include "vocabulary.h"

static const char *const pieces[] = {
	"fog", "Fog", "don't", "3.14", "caf\xC3\xA9",
	"\xE6\xB8\xAF\xE3\x81\xAE", "\xE3\x80\x82", "\xFF", ".", "?\"", "J.", ">", "-", "|", "#", "<p>",
	"[a]:", "* * *", "1.", "`", "```", " ", " ", " ", " ", "  \n", "\n",
	"\n", "\n\n", "\n\n", "\n\n", "\n\n\n", "\r\n\r\n", "\n> ", "\n>\n",
	"\n- ", "\n\n- ", "\n\n> ", "\n\n# ", "\t", "\xEF\xBB\xBF"
};

static uint32_t seed = 7;

static uint32_t below(uint32_t n)
{
	seed = seed * 1103515245 + 12345;
	return (seed >> 8) % n;
}

static void add_pieces(struct strbuf *out, uint32_t count)
{
	while (count--)
		strbuf_adds(out, pieces[below(sizeof(pieces) /
					      sizeof(*pieces))]);
}

/* With some of its bytes cut out and others put in. */
static void edit(struct strbuf *out, struct slice text)
{
	size_t from = below((uint32_t)text.len + 1);
	size_t to = from + below(20);

	strbuf_truncate(out, 0);
	strbuf_add_slice(out, slice_sub(text, 0, from));
	add_pieces(out, below(6));
	strbuf_add_slice(out, slice_sub(text, to, text.len));
}

static void assert_same(const struct token_list *a, const struct token_list *b)
{
	assert_int_equal(a->count, b->count);
	for (size_t i = 0; i < a->count; i++) {
		assert_int_equal(a->items[i].start, b->items[i].start);
		assert_int_equal(a->items[i].end, b->items[i].end);
		assert_int_equal(a->items[i].word, b->items[i].word);
		assert_int_equal(a->items[i].gap, b->items[i].gap);
		assert_int_equal(a->items[i].flags, b->items[i].flags);
	}
}

static void a_text_like_another_is_read_as_by_itself(void **state)
{
	struct vocabulary vocabulary = VOCABULARY_INIT;
	struct token_list base = TOKEN_LIST_INIT, alone = TOKEN_LIST_INIT;
	struct token_list like = TOKEN_LIST_INIT;
	struct strbuf text = STRBUF_INIT, edited = STRBUF_INIT;

	for (unsigned i = 0; i < 20000; i++) {
		strbuf_truncate(&text, 0);
		add_pieces(&text, below(60));
		edit(&edited, strbuf_slice(&text));
		token_list_read(&base, &vocabulary, strbuf_slice(&text));
		token_list_read(&alone, &vocabulary, strbuf_slice(&edited));
		token_list_read_like(&like, &vocabulary,
				     strbuf_slice(&edited), &base);
		assert_same(&alone, &like);
		token_list_read_like(&like, &vocabulary, strbuf_slice(&text),
				     &base);
		assert_same(&base, &like);
	}
	token_list_release(&base);
	token_list_release(&alone);
	token_list_release(&like);
	vocabulary_release(&vocabulary);
	strbuf_release(&text);
	strbuf_release(&edited);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_like_another_is_read_as_by_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
