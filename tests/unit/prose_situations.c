/* SPDX-License-Identifier: MIT */
/* What authors and readers do to a text, and what a careful editor makes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "prose_merge.h"
#include "strbuf.h"

#define YES "\"Yes.\"\n\n"
#define STANZA "The tide goes out,  \nthe tide comes in,  \nthe bell is mute."

static const struct situation {
	const char *name;
	const char *base, *ours, *theirs;
	const char *merged;	/* NULL: the editor has to decide */
} situations[] = {
	{ "list items swapped, one corrected",
	  "- salt and bread\n- rope for the keel\n- a lamp with oyl\n",
	  "- a lamp with oyl\n- salt and bread\n- rope for the keel\n",
	  "- salt and bread\n- rope for the keel\n- a lamp with oil\n",
	  "- a lamp with oil\n- salt and bread\n- rope for the keel\n" },
	{ "a paragraph copied right beside itself, then corrected",
	  "It began at dusk.\n\nThe keeper lit the lamp and went to bed.\n\n"
	  "Nobody saw the ship.\n",
	  "It began at dusk.\n\nThe keeper lit the lamp and went to bed.\n\n"
	  "The keeper lit the lamp and went to bed.\n\n"
	  "Nobody saw the ship.\n",
	  "It began at dusk.\n\nThe keeper lit the lamp and went to sleep.\n\n"
	  "Nobody saw the ship.\n", NULL },
	{ "one of two equal lines is taken out, the other corrected",
	  "He knocked.\n\n" YES YES "Nobody came to the door that night.\n",
	  "He knocked.\n\n" YES "Nobody came to the door that night.\n",
	  "He knocked.\n\n\"Yes?\"\n\n" YES
	  "Nobody came to the door that night.\n", NULL },
	{ "dialogue that repeats, one answer corrected",
	  "\"Was it fog?\"\n\n" YES "\"Was it late?\"\n\n" YES
	  "\"Did it ring?\"\n\n" YES,
	  "\"Was it the fog?\"\n\n" YES "\"Was it late?\"\n\n" YES
	  "\"Did the bell ring?\"\n\n" YES,
	  "\"Was it fog?\"\n\n" YES "\"Was it late?\"\n\n\"It was.\"\n\n"
	  "\"Did it ring?\"\n\n" YES,
	  "\"Was it the fog?\"\n\n" YES "\"Was it late?\"\n\n\"It was.\"\n\n"
	  "\"Did the bell ring?\"\n\n" YES },
	{ "a stanza that repeats with one word changed",
	  STANZA "\n\nNobody sings.\n\n" STANZA "\n",
	  STANZA "\n\nNobody sings at night.\n\n" STANZA "\n",
	  STANZA "\n\nNobody sings.\n\nThe tide goes out,  \nthe tide comes "
	  "in,  \nthe bell is loud.\n",
	  STANZA "\n\nNobody sings at night.\n\nThe tide goes out,  \nthe "
	  "tide comes in,  \nthe bell is loud.\n" },
	{ "a row of a table moved, a word of it corrected",
	  "| ship | her end |\n| --- | --- |\n"
	  "| Heron | lost with all hands off the cape |\n"
	  "| Gannet | sold to a brewer in the north |\n"
	  "| Sandpiper | sank at her moorings in a clam |\n",
	  "| ship | her end |\n| --- | --- |\n"
	  "| Sandpiper | sank at her moorings in a clam |\n"
	  "| Heron | lost with all hands off the cape |\n"
	  "| Gannet | sold to a brewer in the north |\n",
	  "| ship | her end |\n| --- | --- |\n"
	  "| Heron | lost with all hands off the cape |\n"
	  "| Gannet | sold to a brewer in the north |\n"
	  "| Sandpiper | sank at her moorings in a calm |\n",
	  "| ship | her end |\n| --- | --- |\n"
	  "| Sandpiper | sank at her moorings in a calm |\n"
	  "| Heron | lost with all hands off the cape |\n"
	  "| Gannet | sold to a brewer in the north |\n" },
	{ "a heading renamed, the old one corrected",
	  "# The Harbor\n\nFog came in at four.\n",
	  "# What the Bell Said\n\nFog came in at four.\n",
	  "# The Harbour\n\nFog came in at four.\n", NULL },
	{ "a paragraph parted, a correction in each half",
	  "Fog came in at fore. The bell rang twice. Nobody at the quay "
	  "herd it. The ship went on.\n",
	  "Fog came in at fore. The bell rang twice.\n\nNobody at the quay "
	  "herd it. The ship went on.\n",
	  "Fog came in at four. The bell rang twice. Nobody at the quay "
	  "heard it. The ship went on.\n",
	  "Fog came in at four. The bell rang twice.\n\nNobody at the quay "
	  "heard it. The ship went on.\n" },
	{ "the same slip corrected by two in two ways",
	  "The lantern was to bright for him.\n",
	  "The lantern was too bright for him.\n",
	  "The lantern was so bright for him.\n", NULL },
	{ "the same slip corrected by two in one way",
	  "The lantern was to bright for him.\n",
	  "The lantern was too bright for him.\n",
	  "The lantern was too bright for him.\n",
	  "The lantern was too bright for him.\n" },
	{ "notes moved to the end, one corrected",
	  "Fog came in.[^1]\n\n[^1]: At fore, says the log of the Heron.\n\n"
	  "The bell rang.\n",
	  "Fog came in.[^1]\n\nThe bell rang.\n\n"
	  "[^1]: At fore, says the log of the Heron.\n",
	  "Fog came in.[^1]\n\n[^1]: At four, says the log of the Heron.\n\n"
	  "The bell rang.\n",
	  "Fog came in.[^1]\n\nThe bell rang.\n\n"
	  "[^1]: At four, says the log of the Heron.\n" },
	{ "a number corrected beside another",
	  "She was built in 1871 and lost in 1890 off the cape.\n",
	  "She was built in 1872 and lost in 1890 off the cape.\n",
	  "She was built in 1871 and lost in 1891 off the cape.\n",
	  "She was built in 1872 and lost in 1891 off the cape.\n" },
	{ "a comma put in, words changed elsewhere",
	  "When the fog came the bell rang on its own.\n",
	  "When the fog came the bell rang all by itself.\n",
	  "When the fog came, the bell rang on its own.\n",
	  "When the fog came, the bell rang all by itself.\n" },
	{ "quotes made curly, a word changed within",
	  "\"The ship is late,\" he said to the keeper.\n",
	  "\xE2\x80\x9CThe ship is late,\xE2\x80\x9D he said to the keeper.\n",
	  "\"The ship is overdue,\" he said to the keeper.\n",
	  "\xE2\x80\x9CThe ship is overdue,\xE2\x80\x9D he said to the "
	  "keeper.\n" },
	{ "a hyphen made a dash, a word changed",
	  "He waited - as always - for the tide to turn.\n",
	  "He waited \xE2\x80\x93 as always \xE2\x80\x93 for the tide to "
	  "turn.\n",
	  "He waited - as always - for the tide to fall.\n",
	  "He waited \xE2\x80\x93 as always \xE2\x80\x93 for the tide to "
	  "fall.\n" },
	{ "lines of ours end otherwise",
	  "Fog came in.\n\nThe bell rang twice.\n",
	  "Fog came in at last.\r\n\r\nThe bell rang twice.\r\n",
	  "Fog came in.\n\nThe bell rang thrice.\n",
	  "Fog came in at last.\r\n\r\nThe bell rang thrice.\r\n" },
	{ "a hard line break put in, a word changed",
	  "The tide goes out,\nthe tide comes in again.\n",
	  "The tide goes out,  \nthe tide comes in again.\n",
	  "The tide goes out,\nthe tide comes home again.\n",
	  "The tide goes out,  \nthe tide comes home again.\n" },
	{ "front matter changed by both",
	  "---\ntitle: The Tide\ndraft: yes\n---\n\nFog came in.\n",
	  "---\ntitle: The Tide Table\ndraft: yes\n---\n\nFog came in.\n",
	  "---\ntitle: The Tide\ndraft: no\n---\n\nFog came in.\n",
	  "---\ntitle: The Tide Table\ndraft: no\n---\n\nFog came in.\n" },
	{ "a paragraph cut that a reader corrected",
	  "Fog came in.\n\nThe keeper, who was old, forgot teh lamp.\n\n"
	  "The bell rang.\n",
	  "Fog came in.\n\nThe bell rang.\n",
	  "Fog came in.\n\nThe keeper, who was old, forgot the lamp.\n\n"
	  "The bell rang.\n", NULL },
	{ "a sentence added by each at the same place",
	  "Fog came in. The bell rang.\n",
	  "Fog came in. It was cold. The bell rang.\n",
	  "Fog came in. Gulls cried. The bell rang.\n", NULL },
	{ "Japanese, two corrections in one sentence",
	  "港に霧が来た。鐘の音を聞いた彼は、窓を開けた。\n",
	  "港に深い霧が来た。鐘の音を聞いた彼は、窓を開けた。\n",
	  "港に霧が来た。鐘の音を聞いた彼は、窓を閉めた。\n",
	  "港に深い霧が来た。鐘の音を聞いた彼は、窓を閉めた。\n" },
	{ "two words in stars, side by side",
	  "He read the letter aloud to them.\n",
	  "He read the *letter* aloud to them.\n",
	  "He read the letter *aloud* to them.\n", NULL },
	{ "paragraphs joined, a full stop taken out between them",
	  "She asked when it was due.\n\nThat nobody knew at all.\n",
	  "She asked when it was due. That nobody knew at all.\n",
	  "She asked when it was due\n\nThat nobody knew at all.\n",
	  "She asked when it was due That nobody knew at all.\n" },
	{ "blocks put in by both at one place",
	  "Fog came in at four.\n\nThe bell rang twice.\n",
	  "Fog came in at four. It was cold.\n\n# The bell\n\nThe bell rang "
	  "twice.\n",
	  "Fog came in at four.\n\nGulls cried.\n\nThe bell rang twice.\n",
	  NULL },
	{ "a word put in between two that were changed",
	  "The old grey gate swung open at dusk.\n",
	  "The new grey door swung open at dusk.\n",
	  "The old grey grey gate swung open at dusk.\n", NULL },
	{ "a row of a table moved and edited, a cell of two words corrected",
	  "| port | high | low |\n| --- | --- | --- |\n| Old Harbour | four "
	  "fathoms | two fathoms |\n| North Quay | three fathoms | one fathom "
	  "|\n| Heron Rock | five fathoms | two feet |\n",
	  "| port | high | low |\n| --- | --- | --- |\n| Heron Rock | nine "
	  "fathoms | two feet |\n| Old Harbour | four fathoms | two fathoms |\n"
	  "| North Quay | three fathoms | one fathom |\n",
	  "| port | high | low |\n| --- | --- | --- |\n| Old Harbour | four "
	  "fathoms | two fathoms |\n| North Quay | three fathoms | one fathom "
	  "|\n| Heron Rock | five fathoms | three feet |\n",
	  "| port | high | low |\n| --- | --- | --- |\n| Heron Rock | nine "
	  "fathoms | three feet |\n| Old Harbour | four fathoms | two fathoms "
	  "|\n| North Quay | three fathoms | one fathom |\n" },
};

static void a_merge_is_what_an_editor_makes(void **state)
{
	struct strbuf out = STRBUF_INIT;
	size_t wrong = 0;

	for (size_t i = 0; i < sizeof(situations) / sizeof(*situations); i++) {
		const struct situation *s = &situations[i];
		size_t conflicts;

		strbuf_truncate(&out, 0);
		conflicts = prose_merge(&out, slice_of(s->ours),
					slice_of(s->base),
					slice_of(s->theirs), NULL);
		if (s->merged ? !conflicts && slice_eq_str(strbuf_slice(&out),
							   s->merged) :
		    conflicts > 0)
			continue;
		printf("# %s: %zu conflicts:\n%.*s", s->name, conflicts,
		       (int)out.len, out.buf);
		wrong++;
	}
	assert_int_equal(0, wrong);
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_merge_is_what_an_editor_makes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
