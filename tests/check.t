#!/bin/sh
# SPDX-License-Identifier: MIT
# galley check: each thing that would trip a reader, and where it stands.
. "${0%/*}/lib.sh"

# book TEXT: a manuscript of one chapter with the text below its heading
book() {
	rm -rf book && mkdir book && cd book && git init -q &&
		printf -- '- [One](1.md)\n' >SUMMARY.md &&
		printf '# One\n\n%b\n' "$1" >1.md && git add . &&
		git commit -qm x
}

# finds TEXT LINE...: these and no other findings
finds() {
	book "$1"
	shift
	printf '%s\n' "$@" >../expect
	exits 1 galley check >../out && cmp ../expect ../out ||
		{ diff -u ../expect ../out; return 1; }
}

check 'nothing to find is silent, exit status 0' '
	book "All *well*[^n], [here](#one).\n\n[^n]: A note." &&
	galley check >../out && ! [ -s ../out ]'
check 'the samples have nothing to find' '
	galley split "$samples/the-tide-table.md" novella >/dev/null &&
	(cd novella && galley check) &&
	cp -r "$samples/handbook" . && cd handbook && git init -q &&
	git add . && git commit -qm x && galley check'
check 'a chunk that is not there, and one that is in no outline' '
	book Text && printf -- "- [Two](2.md)\n" >>SUMMARY.md && echo >3.md &&
	git add 3.md && exits 1 galley check >out &&
	grep "^SUMMARY.md:2: warning: no file .2.md.$" out &&
	grep "^3.md: warning: not in the outline" out &&
	[ "$(wc -l <out)" = 2 ]'
check 'what a repository has beside its text is no chunk' '
	book Text && mkdir .github && touch README.md LICENSE.txt \
		.github/a.md && git add . && galley check'
check 'links that lead nowhere' '
	finds "[a](no.md) [b](#no) [c](1.md#no) [d](../../x) [e]()" \
	"1.md:3:1: warning: link to '\''no.md'\'' leads nowhere" \
	"1.md:3:12: warning: link to '\''#no'\'': the chunk is there, the place in it is not" \
	"1.md:3:21: warning: link to '\''1.md#no'\'': the chunk is there, the place in it is not" \
	"1.md:3:34: warning: link to '\''../../x'\'' leads nowhere" \
	"1.md:3:47: warning: link without a target"'
check 'links of a kind that no reader can follow' '
	finds "[a](javascript:x)" \
	"1.md:3:1: warning: link to '\''javascript:x'\'' leads nowhere"'
check 'pictures: missing, from elsewhere, without a description' '
	finds "![a](no.png) ![b](https://example.org/b.png) ![](1.md)" \
	"1.md:3:1: warning: no picture '\''no.png'\''" \
	"1.md:3:14: warning: picture '\''https://example.org/b.png'\'' is not in the manuscript: a draft shows its words instead" \
	"1.md:3:46: warning: picture without a description: put one between the brackets" \
	"1.md:3:46: warning: no picture '\''1.md'\''"'
check 'notes and references' '
	finds "a[^x] [b][y] c[^z]\n\n[^z]: 1\n\n[^z]: 2\n\n[^w]: 3" \
	"1.md:3:2: warning: no note '\''x'\'' is defined" \
	"1.md:3:10: warning: no link '\''y'\'' is defined" \
	"1.md:7:1: warning: note '\''z'\'' is defined twice" \
	"1.md:9:1: warning: nothing cites note '\''w'\''"'
check 'a note may be defined in another chunk' '
	book "a[^far]" && printf -- "- [Two](2.md)\n" >>SUMMARY.md &&
	printf "# Two\n\n[^far]: Here.\n" >2.md && git add . &&
	galley check'
check 'ids that are used twice, also in two chunks' '
	book "## A {#x}\n\n## B {#x}" &&
	printf -- "- [Two](2.md)\n" >>SUMMARY.md &&
	printf "# Two {#x}\n" >2.md && git add . &&
	exits 1 galley check >out && cat out &&
	grep "^1.md:5:1: warning: id .x. is used before, in .1.md.$" out &&
	grep "^2.md:1:1: warning: id .x. is used before, in .1.md.$" out'
check 'headings: a level that is skipped, and no words' '
	finds "### Three\n\n##" \
	"1.md:3:1: warning: heading of level 3 after one of level 1" \
	"1.md:5:1: warning: heading without words"'
check 'tables that a small reader cannot show' '
	finds "|a|b|c|d|e|\n|-|-|-|-|-|" \
	"1.md:3:1: warning: table of 5 columns: a small e-reader shows 4"'
check 'marks left in the text' '
	finds "a {++b++} TODO\n\n<<<<<<< ours\nx\n=======\ny\n>>>>>>> theirs" \
	"1.md:3:3: warning: CriticMarkup left in the text" \
	"1.md:3:11: warning: '\''TODO'\'' left in the text" \
	"1.md:5:1: warning: conflict mark '\''<<<<<<<'\''" \
	"1.md:9:1: warning: conflict mark '\''>>>>>>>'\''"'
check 'a reminder is a word of its own' '
	book "TODOS, TKO and METHODTODO" && galley check'
check 'what is opened and never closed' '
	finds "::: note\n\n\`\`\`" \
	"1.md:3:1: warning: '\'':::'\'' is never closed"'
check 'bytes that are not UTF-8, control and bidirectional characters' '
	finds "a\\0377b\na\\033[1m\na\\0342\\0200\\0256b" \
	"1.md:3:2: warning: not UTF-8: byte 0xff" \
	"1.md:4:2: warning: control character U+001B" \
	"1.md:5:2: warning: bidirectional control character U+202E"'
check 'what is printed cannot drive a terminal' '
	book "[a](\\033]0;x.md)" && exits 1 galley check >out &&
	! grep -q "$(printf "\033")" out && grep -q "x1b" out'
check 'columns count characters, not bytes' '
	finds "äöü €: [a](no)" \
	"1.md:3:8: warning: link to '\''no'\'' leads nowhere"'
check 'a revision is looked at as it was' '
	book "[a](no)" && printf "# One\n" >1.md && git commit -qam y &&
	galley check && exits 1 galley check HEAD^ >out &&
	[ "$(wc -l <out)" = 1 ]'
check 'a bare repository too' '
	book "[a](no)" && git clone -q --bare . ../bare.git &&
	cd ../bare.git && exits 1 galley check >/dev/null'
check 'a thousand findings in one line take no longer than in many' '
	book "$(yes "[a](no)" | head -n 50000 | tr "\n" " ")" &&
	{ timeout 20 galley check >out || :; } && [ "$(wc -l <out)" = 50000 ]'
check 'no manuscript is fatal' 'exits 128 galley check 2>err && grep "^fatal: " err'
check 'two revisions are misuse' 'book x && exits 129 galley check a b 2>/dev/null'
finished
