#!/bin/sh
# SPDX-License-Identifier: MIT
# A reader's words, from the page in Chromium to the author's Markdown.
. "${0%/*}/judge.sh"

# The helpers for tools are bash's.
use_browser() {
	bash -c '. "$tools/common.sh" && need_npm core && need_chromium &&
		NODE_PATH=$npm_dir/node_modules exec node "$@"' - "$@"
}

mkdir book out && cd book || exit 1
git init -q
cat >galley.conf <<'END'
[book]
	title = The Fog
	author = A. Writer
	language = en-GB
[review]
	address = ada@example.org
END
cat >SUMMARY.md <<'END'
# Summary

- [The Fog](fog.md)
- [East](east.md)
- [Hidden](hidden.md)
END
printf '# Hidden\n\nAn open word. {>>a secret<<}\n' >hidden.md
cat >fog.md <<'END'
# The Fog

She read *The Tide Table* and said "it's [the log](https://example.org/) that
is wrong", in the end. There was no other.

He said nothing of it, and it was late.

- Bring the *old* lamp
- Bring oil

| Hour | Height       |
|------|--------------|
| noon | *high* water |
| six  | low          |

| The sea is calm
|   to-night

It was at four.[^1] Then five.

## The second watch

The bell rang. The watch was changed.[^2]

See <https://example.net/>.

[^1]: By the harbour clock.
END
cat >east.md <<'END'
# East

::: {lang=ja}
明日は東京に
行く。
:::

::: {lang=ar dir=rtl}
ذهب الولد إلى البيت. ثم نام.
:::

[^2]: As seen from afar.
END
git add . && git commit -q -m 'the book' && galley-round open --no-drafts \
	>/dev/null && galley-export -t site -o ../site round/1 >/dev/null &&
	galley-export -t html -o ../page.html round/1 >/dev/null || exit 1
cd ..

# what the reader meant
meant() {
	sed -e 's/Tide Table\*/Tide Tables*/' -e "s/it's/it is/" \
		-e 's/the log\]/the logbook]/' -e 's/lamp/lantern/' \
		-e 's/\*high\* water/*high* tide/' -e 's/second/middle/' \
		-e 's/to-night/tonight/' -e 's/clock/bell/' \
		-e 's/東京/京都/' -e 's/البيت/المدرسة/' "$1"
}

# without remarks
unmarked() { sed 's/{==\([^=]*\)==}{>>[^<]*<<}/\1/g' "$1"; }

author_goes_on() {
	sed -e 's/There was no other/There had never been another/' \
		-e 's/and it was late/for it was late/' \
		-e 's/Bring oil/Bring some oil/' -e 's/ | low  /| lower/' \
		-e 's/The sea is calm/The sea was calm/' \
		-e 's/Then five/Then half past five/' \
		-e 's/ثم نام/ثم نام طويلا/' -e 's/The bell rang/A bell rang/' \
		"$1"
}

check 'the scripts without a page' '
	use_browser --test "$project/tests/heavy/scripts.test.cjs" >said 2>&1 ||
		{ cat said; exit 1; }'
check 'suggestions from the site are exported' '
	use_browser "$project/tests/heavy/suggest.cjs" edits site "$PWD/out"'
check 'plain git am takes the file on a clone at the round' '
	git clone -q book am && cd am && git checkout -q round/1 &&
	git am -q ../out/page.mbox &&
	unmarked fog.md >fog.now && meant ../book/fog.md | cmp - fog.now &&
	meant ../book/east.md | cmp - east.md &&
	grep -qF "He {==said nothing==}{>>Why not?<<} of it" fog.md &&
	[ "$(git log -1 --format=%an)" = "Zoë Réader" ]'
check 'in any order' '
	git clone -q book turned && cd turned && git checkout -q round/1 &&
	git mailsplit -o"$PWD/.git" ../out/page.mbox >/dev/null &&
	git am -q $(ls -r .git/00*) &&
	unmarked fog.md >fog.now && meant ../book/fog.md | cmp - fog.now'
for way in page plain flowed html wrapped; do
	check "collect and apply, $way: on a text that the author went on with" '
		git clone -q book "$way" && cd "$way" &&
		git fetch -q origin "refs/notes/*:refs/notes/*" &&
		for file in fog.md east.md; do
			author_goes_on "$file" >new && mv new "$file"
		done && git commit -q -a -m "goes on" &&
		galley-collect "../out/$way.mbox" >said 2>&1 || cat said
		galley-apply --clean >>said 2>&1 || cat said
		for file in fog.md east.md; do
			author_goes_on "../book/$file" >was &&
			meant was | diff -u - "$file"
		done'
done
check 'remarks are remarks' '
	for way in page plain flowed html wrapped; do
		(cd "$way" && galley-list --open >../list)
		grep -q "> said nothing" list && grep -q "Why not?" list ||
			{ cat list; exit 1; }
	done'
check 'from the single page; a note of another chapter is told in words' '
	use_browser "$project/tests/heavy/suggest.cjs" page page.html \
		"$PWD/out" &&
	git clone -q book single && cd single && git checkout -q round/1 &&
	git am -q ../out/single.mbox && grep -q "old\* lantern" fog.md &&
	grep -q "harbour bell" fog.md && grep -q "京都" east.md &&
	git log --format=%B round/1.. | grep "afar.*far away"'
for scene in keyboard names kept doubt full no-script; do
	check "site: $scene" '
		use_browser "$project/tests/heavy/suggest.cjs" "$scene" site \
			"$PWD/out"'
done
check 'what could not be put into the text is a remark, and applies too' '
	git clone -q book doubt && cd doubt && git checkout -q round/1 &&
	git am -q ../out/doubt.mbox &&
	grep -F "{>>" fog.md | grep -q "example\.com" &&
	grep -qF "| noon \| twelve | *high* water |" fog.md &&
	galley-export -t html -o ../doubt.html >/dev/null 2>&1 &&
	grep -q ">noon | twelve</td>" ../doubt.html &&
	[ -z "$(sed -n "/<main/,\$p" ../doubt.html | grep ebb)" ] &&
	grep -qF "{==Hour==}{>>ebb &#124; slack?<<}" fog.md &&
	git log --format=%B | grep -q "3\.1: .* -> .An plain word" &&
	galley-collect ../out/doubt.mbox >said && galley-list --open >list &&
	grep -q "plain word" list'
check 'a page of a novel is there in a second' '
	use_browser "$project/tests/heavy/suggest.cjs" speed \
		"$drafts/novel-site"'
check '200 edits at random places: none wrong' '
	git clone -q "$drafts/the-tide-table-book" random &&
	(cd random && galley-export -t html -o ../before.html >/dev/null 2>&1) &&
	use_browser "$project/tests/heavy/suggest.cjs" random before.html \
		random texts.json &&
	(cd random && git commit -q -a -m edits &&
	 galley-export -t html -o ../after.html >/dev/null 2>&1) &&
	use_browser "$project/tests/heavy/suggest.cjs" random-read after.html \
		random texts.json'
finished
