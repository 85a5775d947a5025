/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "strbuf.h"
#include "typography.h"

#define NNBSP "\u202F"

struct sample {
	const char *language, *typed, *printed;
};

static void check(const struct sample *samples, size_t count)
{
	struct strbuf out = STRBUF_INIT;
	struct typography t;

	for (size_t i = 0; i < count; i++) {
		strbuf_truncate(&out, 0);
		typography_start(&t, typography_for(samples[i].language));
		typography_add(&out, &t, slice_of(samples[i].typed), 0);
		assert_string_equal(samples[i].printed, out.buf);
	}
	strbuf_release(&out);
}
#define CHECK(samples) check(samples, sizeof(samples) / sizeof(samples[0]))

static void english_quotes_turn_by_their_neighbours(void **state)
{
	static const struct sample samples[] = {
		{ "en", "\"Come,\" she said.", "“Come,” she said." },
		{ "en", "He said, \"Go 'away' now.\"",
		  "He said, “Go ‘away’ now.”" },
		{ "en", "\"'Tis late,\" he said.", "“’Tis late,” he said." },
		{ "en", "'\"Help,\" she cried,' he told us.",
		  "‘“Help,” she cried,’ he told us." },
		{ "en", "\"I never—\"", "“I never—”" },
		{ "en", "\"I never--\"", "“I never–”" },
		{ "en", "\"I never---\" He stopped.",
		  "“I never—” He stopped." },
		{ "en", "She---\"alone\"---went.", "She—“alone”—went." },
		{ "en", "(\"so\")", "(“so”)" },
		{ "en", "\"...and so on\"", "“…and so on”" },
		{ "en", "\"Well...\" he said", "“Well…” he said" },
		{ "en", "\"What?\"—\"Nothing.\"", "“What?”—“Nothing.”" },
		{ "en", "\"A\" \"B\"", "“A” “B”" },
		{ "en", "\"\"", "“”" },
		{ "en", "\"", "“" },
		{ "en", "", "" },
		{ "en", "a \"b 'c' d\" e", "a “b ‘c’ d” e" },
		{ "en", "\"He said 'no'\"", "“He said ‘no’”" },
		{ "en", "\"He said 'no'.\"", "“He said ‘no’.”" },
		{ "en-GB", "'Come,' she said, 'and see \"it\".'",
		  "‘Come,’ she said, ‘and see “it”.’" },
		{ "en-GB", "'Don't,' she said.", "‘Don’t,’ she said." },
	};

	CHECK(samples);
}

static void an_apostrophe_is_no_quote(void **state)
{
	static const struct sample samples[] = {
		{ "en", "don't, o'clock, O'Brien", "don’t, o’clock, O’Brien" },
		{ "en", "'tis, 'Twas, 'em", "’tis, ’Twas, ’em" },
		{ "en", "the '90s and '68.", "the ’90s and ’68." },
		{ "en", "rock 'n' roll", "rock ’n’ roll" },
		{ "en", "fish 'n' chips 'n' peas", "fish ’n’ chips ’n’ peas" },
		{ "en", "the dogs' bowls", "the dogs’ bowls" },
		{ "en", "James's and Ross' own", "James’s and Ross’ own" },
		{ "en", "the \"Times\"'s word", "the “Times”’s word" },
		{ "en", "walkin' and talkin'", "walkin’ and talkin’" },
		{ "en", "\"'Cause I can,\" he said", "“’Cause I can,” he said" },
		{ "en", "'Cause and effect,' he said",
		  "‘Cause and effect,’ he said" },
		{ "en", "'Get 'em!' he cried.", "‘Get ’em!’ he cried." },
		{ "en", "'1888 was a year,' he said",
		  "‘1888 was a year,’ he said" },
		{ "en", "'90' is a number", "‘90’ is a number" },
		{ "fr", "l'eau, qu'il, aujourd'hui",
		  "l’eau, qu’il, aujourd’hui" },
		{ "it", "l'acqua, un po' di", "l’acqua, un po’ di" },
		{ "de", "'s ist gut, 'ne Idee, Hans' Hut",
		  "’s ist gut, ’ne Idee, Hans’ Hut" },
		{ "nl", "'s morgens en 't huis", "’s morgens en ’t huis" },
	};

	CHECK(samples);
}

static void each_language_has_its_marks(void **state)
{
	static const struct sample samples[] = {
		{ "de", "Er sagte: \"Komm 'mal' her!\"",
		  "Er sagte: „Komm ‚mal‘ her!“" },
		{ "de", "\"Ja\", sagte er, \"nein.\"",
		  "„Ja“, sagte er, „nein.“" },
		{ "de", "\"Ja!\" - \"Nein!\"", "„Ja!“ - „Nein!“" },
		{ "de-CH", "\"Komm 'mal' her!\"", "«Komm ‹mal› her!»" },
		{ "de-AT", "\"Komm\"", "„Komm“" },
		{ "de_CH", "\"Komm\"", "«Komm»" },
		{ "es", "\"Ven 'acá'\"", "«Ven “acá”»" },
		{ "es", "\"¿Qué?\", dijo.", "«¿Qué?», dijo." },
		{ "es-MX", "\"Ven 'acá'\"", "“Ven ‘acá’”" },
		{ "it", "\"Vieni\"", "«Vieni»" },
		{ "pt-BR", "\"Vem\"", "“Vem”" },
		{ "pt-PT", "\"Vem\"", "«Vem»" },
		{ "nl", "\"Kom 'eens' hier\"", "“Kom ‘eens’ hier”" },
		{ "da", "\"Kom 'nu' her\"", "»Kom ›nu‹ her«" },
		{ "sv", "\"Kom 'nu' hit\"", "”Kom ’nu’ hit”" },
		{ "fi", "\"Tule\"", "”Tule”" },
		{ "nb", "\"Kom 'nå' hit\"", "«Kom ‘nå’ hit»" },
		{ "pl", "\"Chodź 'tu' zaraz\"", "„Chodź «tu» zaraz”" },
		{ "cs", "\"Pojď 'sem' hned\"", "„Pojď ‚sem‘ hned“" },
		{ "sk", "\"Poď\"", "„Poď“" },
		{ "hu", "\"Gyere 'ide' most\"", "„Gyere »ide« most”" },
		{ "ro", "\"Vino 'aici' acum\"", "„Vino «aici» acum”" },
		{ "ru", "\"Иди 'сюда' скорей\"", "«Иди „сюда“ скорей»" },
		{ "uk", "\"Іди 'сюди' зараз\"", "«Іди „сюди“ зараз»" },
		{ "uk", "п'ять", "п’ять" },
		{ "el", "\"Έλα 'εδώ' τώρα\"", "«Έλα “εδώ” τώρα»" },
		{ "tr", "\"Gel 'buraya' şimdi\", İstanbul'da",
		  "“Gel ‘buraya’ şimdi”, İstanbul’da" },
		{ "ja", "彼は\"来て'ここ'へ\"と言った。",
		  "彼は「来て『ここ』へ」と言った。" },
		{ "zh", "他说\"你好\"。", "他说“你好”。" },
		{ "zh-TW", "他說\"你好\"。", "他說「你好」。" },
		{ "zh-Hant-HK", "\"你好\"", "「你好」" },
		{ "ar", "قال \"تعال\" الآن", "قال «تعال» الآن" },
		{ "he", "הוא אמר \"בוא\" עכשיו", "הוא אמר ”בוא” עכשיו" },
		{ "he", "צה\"ל וג'ירפה", "צה״ל וג׳ירפה" },
		{ "xx", "\"so\"", "“so”" },
		{ "english", "\"so\"", "“so”" },
		{ NULL, "\"so\"", "“so”" },
	};

	CHECK(samples);
}

static void french_spaces_are_narrow_and_hold(void **state)
{
	static const struct sample samples[] = {
		{ "fr", "Il dit : \"Viens !\" Pourquoi ?",
		  "Il dit" NNBSP ": «" NNBSP "Viens" NNBSP "!" NNBSP
		  "» Pourquoi" NNBSP "?" },
		{ "fr", "\" Viens \"", "«" NNBSP "Viens" NNBSP "»" },
		{ "fr", "« Viens », dit-il ; va !",
		  "«" NNBSP "Viens" NNBSP "», dit-il" NNBSP "; va" NNBSP
		  "!" },
		{ "fr", "«Viens»", "«" NNBSP "Viens" NNBSP "»" },
		{ "fr", "«\u00A0Viens\u00A0»", "«\u00A0Viens\u00A0»" },
		{ "fr", "Quoi?", "Quoi?" },
		{ "fr", "http://example.org", "http://example.org" },
		{ "fr", "dit \"'Viens' ici\"",
		  "dit «" NNBSP "“Viens” ici" NNBSP "»" },
		{ "fr-CH", "\"Viens 'ici' donc\"",
		  "«" NNBSP "Viens ‹ici› donc" NNBSP "»" },
		{ "en", "So : what ?", "So : what ?" },
		{ "fr", "\xC2", "\xC2" },
		{ "fr", "«", "«" },
		{ "fr", "»", "»" },
	};

	CHECK(samples);
}

static void dashes_and_dots_join(void **state)
{
	static const struct sample samples[] = {
		{ "en", "a-b", "a-b" },
		{ "en", "1--2", "1–2" },
		{ "en", "so---yes", "so—yes" },
		{ "en", "----", "––" },
		{ "en", "-----", "—–" },
		{ "en", "------", "——" },
		{ "en", "-------", "—––" },
		{ "en", "wait...", "wait…" },
		{ "en", "wait....", "wait…." },
		{ "en", "a.. b", "a.. b" },
	};

	CHECK(samples);
}

static void what_the_author_set_stays(void **state)
{
	static const struct sample samples[] = {
		{ "de", "“Come,” she said—‘now’…", "“Come,” she said—‘now’…" },
		{ "en", "„Komm“ «viens» 「来」", "„Komm“ «viens» 「来」" },
		{ "en", "“He said 'no'”", "“He said ‘no’”" },
		{ "en", "‘\"No\"’", "‘“No”’" },
		{ "de", "„'Nein' ist gut“", "„‚Nein‘ ist gut“" },
	};

	CHECK(samples);
}

static void feet_and_inches_are_primes(void **state)
{
	static const struct sample samples[] = {
		{ "en", "6' 2\" tall", "6′ 2″ tall" },
		{ "en", "\"He's 6' 2\",\" she said", "“He’s 6′ 2″,” she said" },
		{ "en", "born in \"1945\"", "born in “1945”" },
		{ "en", "\"born in 1945\" he", "“born in 1945” he" },
		{ "en", "a 12\" gun", "a 12″ gun" },
	};

	CHECK(samples);
}

/* A quote may open in one inline and close in another. */
static void the_parts_of_a_block_know_each_other(void **state)
{
	struct strbuf out = STRBUF_INIT;
	struct typography t;

	typography_start(&t, typography_for("en"));
	typography_add(&out, &t, SLICE("\""), 'W');
	typography_add(&out, &t, SLICE("Well,\" he said, \""), 'g');
	typography_add(&out, &t, SLICE("go"), '"');
	typography_add(&out, &t, SLICE("\""), ' ');
	typography_skip(&t, ' ');
	typography_add(&out, &t, SLICE("'I' and "), 'x');
	typography_skip(&t, 'x');
	typography_add(&out, &t, SLICE("'s end"), 0);
	assert_string_equal("“Well,” he said, “go”‘I’ and ’s end", out.buf);
	strbuf_release(&out);
}

static void any_bytes_pass(void **state)
{
	static const char bytes[] = "\"\xFF'\xC2'\xE2\x80\"\x80-\xF0--.\xAB";
	static const char *const languages[] = { "en", "fr", "he", "ja" };
	struct strbuf out = STRBUF_INIT;
	struct typography t;

	for (size_t l = 0; l < 4; l++)
		for (size_t from = 0; from < sizeof(bytes); from++)
			for (size_t n = 0; from + n < sizeof(bytes); n++) {
				struct slice s = { bytes + from, n };

				typography_start(
					&t, typography_for(languages[l]));
				typography_add(&out, &t, s, 0);
				typography_add(&out, &t, s, 'a');
			}
	assert_true(out.len > 0);
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(english_quotes_turn_by_their_neighbours),
		cmocka_unit_test(an_apostrophe_is_no_quote),
		cmocka_unit_test(each_language_has_its_marks),
		cmocka_unit_test(french_spaces_are_narrow_and_hold),
		cmocka_unit_test(dashes_and_dots_join),
		cmocka_unit_test(what_the_author_set_stays),
		cmocka_unit_test(feet_and_inches_are_primes),
		cmocka_unit_test(the_parts_of_a_block_know_each_other),
		cmocka_unit_test(any_bytes_pass),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
