/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "mail_subject.h"
#include "strbuf.h"

/* What is in `want`: the text; then "v2 3/7" where there is a series or a
 * version; "round 2"; "label 3.14"; "reply". */
static const struct {
	const char *subject, *want;
} cases[] = {
	{ "", "" },
	{ "grey, not gray", "grey, not gray" },
	/* answers */
	{ "Re: grey", "grey; reply" },
	{ "RE: Re: re: grey", "grey; reply" },
	{ "AW: grey", "grey; reply" },
	{ "Antw: Re: grey", "grey; reply" },
	{ "SV: VS: grey", "grey; reply" },
	{ "Re[2]: grey", "grey; reply" },
	{ "Re^3: grey", "grey; reply" },
	{ "Re (2): grey", "grey; reply" },
	{ "Ré: grey", "Ré: grey" },
	{ "RÉF : grey", "grey; reply" },
	{ "Re : grey", "grey; reply" },
	{ "Odp: Fwd: grey", "grey; reply" },
	{ "Отв: Ответ: grey", "grey; reply" },
	{ "ΑΠ: grey", "grey; reply" },
	{ "回复：grey", "grey; reply" },
	{ "답장: grey", "grey; reply" },
	{ "Vá: grey", "grey; reply" },
	{ "R: grey", "grey; reply" },
	{ "Fwd: WG: TR: grey", "grey" },
	{ "転送: grey", "grey" },
	{ "Regarding: grey", "Regarding: grey" },
	{ "Re", "Re" },
	{ "Re:", "; reply" },
	{ "Chapter 3: grey", "Chapter 3: grey" },
	/* patches */
	{ "[PATCH] grey", "grey" },
	{ "[PATCH v2] grey", "grey; v2" },
	{ "[PATCH v2 3/7] grey", "grey; v2 3/7" },
	{ "[PATCH 3/7 v2] grey", "grey; v2 3/7" },
	{ "[PATCH,v2] grey", "grey; v2" },
	{ "[PATCHv3 1/2] grey", "grey; v3 1/2" },
	{ "[Patch] grey", "grey" },
	{ "[RFC PATCH v2 03/17] grey", "grey; v2 3/17" },
	{ "[PATCH 3/2] grey", "grey; v1 3/2" },
	{ "[PATCH 0/3] some words", "some words; v1 0/3" },
	{ "[novel][PATCH 1/2] grey", "grey; v1 1/2" },
	{ "Re: [novel] [PATCH v2 3/7] grey", "grey; v2 3/7; reply" },
	{ "[PATCH] Re: [PATCH] grey", "grey; reply" },
	{ "[PATCH book 2/2] grey", "grey; v1 2/2" },
	{ "[EXTERN] AW: [Leseprobe] grey", "grey; reply" },
	{ "[PATCH v2", "[PATCH v2" },
	{ "[PATCH 1/9999999] grey", "grey" },
	{ "[PATCH 1/0] grey", "grey" },
	{ "[PATCH v0] grey", "grey" },
	{ "[vol2] grey", "grey" },
	{ "[1/2", "[1/2" },
	/* rounds and labels */
	{ "The Fog, round 2", "The Fog, round 2; round 2" },
	{ "Re: The Fog, round 2, 3.14",
	  "The Fog, round 2, 3.14; round 2; label 3.14; reply" },
	{ "The Fog, round second, A.2",
	  "The Fog, round second, A.2; round second; label A.2" },
	{ "The Fog, round 2, 3", "The Fog, round 2, 3; round 2; label 3" },
	{ "The Fog, Round 12: 7.1",
	  "The Fog, Round 12: 7.1; round 12; label 7.1" },
	{ "AW: Der Nebel, Runde 2", "Der Nebel, Runde 2; round 2; reply" },
	{ "my words on round 3 of it", "my words on round 3 of it; round 3" },
	{ "Round 1 comments", "Round 1 comments; round 1" },
	{ "Ground 2 cover", "Ground 2 cover" },
	{ "all round, 2 things", "all round, 2 things" },
	{ "The 2 of us", "The 2 of us" },
	{ "[fog r3 R07] 3", "3; round 3; from R07; label 3" },
	{ "Re: [fog r3 R07] 3.14",
	  "3.14; round 3; from R07; label 3.14; reply" },
	{ "[fog rsecond R07] words", "words; round second; from R07" },
	{ "[the-fog r2 R7K3QX] 3", "3; round 2; from R7K3QX; label 3" },
	{ "AW: [the-fog r2 R7K3QX] 3", "3; round 2; from R7K3QX; label 3; reply" },
	{ "[the-fog r2] 3.14", "3.14; round 2; label 3.14" },
	{ "[the-fog r2] A", "A; round 2; label A" },
	{ "[the-fog r2 R7K3QX] Foreword", "Foreword; round 2; from R7K3QX" },
	{ "[the-fog 1a2b3c4 R7K3QX] 3", "3; from R7K3QX; label 3" },
	{ "[the-fog 1a2b3c4] 3", "3; label 3" },
	{ "[the-fog rsecond] 3", "3; round second" },
	{ "[list] Re: [the-fog r2 R7K3QX] 3",
	  "3; round 2; from R7K3QX; label 3; reply" },
	{ "[book review] The Fog, round 2, 3",
	  "The Fog, round 2, 3; round 2; label 3" },
	{ "[book review] it drags", "it drags; round eview" },
	{ "[r2] 3", "3" },
	{ "[R7K3QX] 3", "3" },
	{ "[the-fog r2 r7k3qx] 3", "3; round 7k3qx" },
	{ "[the-fog r2 R7K3QX9999] 3", "3" },
	{ "[PATCH round 1] grey", "grey; round 1" },
	{ "[PATCH v2 round/3 2/7] grey", "grey; v2 2/7; round 3" },
	{ "[PATCH 2/7 v2 round second] grey", "grey; v2 2/7; round second" },
	{ "Re: [book] [PATCH Round-2] grey", "grey; round 2; reply" },
	{ "[PATCH round/] grey", "grey" },
	{ "[PATCH round] grey", "grey" },
	{ "[book round 2 1/3] grey", "grey; v1 1/3; round 2" },
	{ "[book r2] grey", "grey; round 2" },
	{ "[3.14] too slow", "too slow; label 3.14" },
	{ "3.14", "3.14" },
};

static void describe(struct strbuf *out, struct slice subject)
{
	struct mail_subject s;

	mail_subject_read(&s, subject);
	strbuf_add_slice(out, s.text);
	if (s.in_series)
		strbuf_addf(out, "; v%u %u/%u", s.version, s.number, s.total);
	else if (s.version > 1)
		strbuf_addf(out, "; v%u", s.version);
	if (s.round.len)
		strbuf_addf(out, "; round %.*s", SLICE_ARG(s.round));
	if (s.code.len)
		strbuf_addf(out, "; from %.*s", SLICE_ARG(s.code));
	if (s.label.len)
		strbuf_addf(out, "; label %.*s", SLICE_ARG(s.label));
	if (s.is_reply)
		strbuf_adds(out, "; reply");
}

static void subjects_say_what_they_are_about(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct strbuf have = STRBUF_INIT;

		describe(&have, slice_of(cases[i].subject));
		assert_string_equal(cases[i].want, have.buf);
		strbuf_release(&have);
	}
}

static void subjects_can_be_cut_anywhere(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct slice all = slice_of(cases[i].subject);

		for (size_t n = 0; n <= all.len; n++) {
			struct strbuf have = STRBUF_INIT;
			char *copy = malloc(n + 1); /* ends where it ends */

			memcpy(copy, all.ptr, n);
			describe(&have, (struct slice){ copy, n });
			strbuf_release(&have);
			free(copy);
		}
	}
}

static void hostile_subjects_take_linear_time(void **state)
{
	static const char *const parts[] = { "Re: ", "[a] ", "[", "round ",
		"1 ", "round 2 ", ", round ", "3.14", "re[", ":" };
	clock_t start = clock();

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		struct strbuf text = STRBUF_INIT, have = STRBUF_INIT;

		while (text.len < 1 << 20)
			strbuf_adds(&text, parts[i]);
		describe(&have, strbuf_slice(&text));
		strbuf_release(&text);
		strbuf_release(&have);
	}
	assert_true(clock() - start < 10 * CLOCKS_PER_SEC);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(subjects_say_what_they_are_about),
		cmocka_unit_test(subjects_can_be_cut_anywhere),
		cmocka_unit_test(hostile_subjects_take_linear_time),
	};

	return cmocka_run_group_tests_name("mail_subject", tests, NULL, NULL);
}
