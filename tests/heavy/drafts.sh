#!/bin/sh
# SPDX-License-Identifier: MIT
#
# drafts.sh FOLDER: the samples, the books of tests/drafts and a novel of 1 MB,
# from Markdown to drafts: FOLDER/NAME.epub, FOLDER/NAME.html,
# FOLDER/NAME-site/; some chapters of a sample, FOLDER/short/NAME.epub; a
# sample in three rounds, FOLDER/rounds/{1,2,3}-site and .html, and a book whose
# lines run down in two, FOLDER/rounds/japanese-{1,2}.html; a novel of 5 MB as
# one page, FOLDER/long/novel.html. What galley says on the way is left in
# FOLDER/NAME.log.
set -eu
here=$(cd "${0%/*}/../.." && pwd -P)
: "${B:=$here/build}"
PATH=$B/bin:$PATH
out=$1
rm -rf "$out"
mkdir -p "$out"
out=$(cd "$out" && pwd -P)
export PATH HOME="$out" GIT_CONFIG_NOSYSTEM=1 TZ=UTC LC_ALL=C.UTF-8
export GIT_AUTHOR_DATE='2026-01-02T03:04:05Z'
export GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE
git config --global user.name 'Ada Author'
git config --global user.email ada@example.org
git config --global init.defaultBranch main

# make_drafts NAME [OPTION]: of the repository FOLDER/NAME-book
make_drafts() {
	(
		cd "$out/$1-book"
		galley-export ${2+"$2"} -t epub -o "$out/$1.epub"
		galley-export ${2+"$2"} -t html -o "$out/$1.html"
		galley-export ${2+"$2"} -t site -o "$out/$1-site"
	) >>"$out/$1.log" 2>&1 || {
		cat "$out/$1.log" >&2
		exit 1
	}
}

# one Markdown file is split; a folder with an outline becomes a repository
for sample in "$here"/samples/* "$here"/tests/drafts/*; do
	name=${sample##*/}
	case $sample in
	*/README.md) continue ;;
	*.md)
		name=${name%.md}
		galley-split "$sample" "$out/$name-book" >"$out/$name.log" 2>&1
		;;
	*)
		[ -f "$sample/SUMMARY.md" ] || [ -f "$sample/book.toml" ] ||
			continue
		cp -R "$sample" "$out/$name-book"
		(cd "$out/$name-book" && git init -q && git add . &&
			git commit -q -m "$name")
		;;
	esac
	case $name in
	german) make_drafts "$name" --for='Jörg Weiß <joerg@example.org>' ;;
	*) make_drafts "$name" ;;
	esac
done
"$B/tests/bench/novel" 1000000 >"$out/novel.md"
galley-split "$out/novel.md" "$out/novel-book" >"$out/novel.log" 2>&1
make_drafts novel

# Ace needs a second for each chapter: those with nothing that is not in others
# are left out
mkdir "$out/short"
cp -R "$out/the-tide-table-book" "$out/short/book"
(
	cd "$out/short/book"
	perl -ni -e 'print unless /\((0[5-8]|1[0-3]|15)-/' SUMMARY.md
	galley-export -t epub -o ../the-tide-table.epub
) >>"$out/the-tide-table.log" 2>&1

mkdir "$out/long"
"$B/tests/bench/novel" 5000000 >"$out/long/novel.md"
galley-split "$out/long/novel.md" "$out/long/book" >>"$out/novel.log" 2>&1
(cd "$out/long/book" && galley-export -t html -o ../novel.html) \
	>>"$out/novel.log" 2>&1

# Three rounds: in the second a paragraph is new, one rewritten, one cut; in
# the third another chapter's is rewritten, and a chapter comes in.
mkdir "$out/rounds"
cp -R "$out/the-tide-table-book" "$out/rounds/book"
cd "$out/rounds/book"
next_round() {
	git add -A
	git commit -q --allow-empty -m "round $1"
	GIT_COMMITTER_DATE="2026-0$1-02T03:04:05Z" \
		git tag -a -m "Round $1" "round/$1"
}
next_round 1
perl -0pi -e 's/There was one porter\./There were two porters./;
	s/"Yes\."\n\n//; s/(a short conversation.*\n)/$1\nNew words.\n/' \
	03-the-reader.md
next_round 2
printf '\nAnd one thing more.\n' >>05-miss-dace.md
printf '## Another\n\nIt came later.\n' >06-another.md
perl -pi -e 'print "- [Another](06-another.md)\n" if /06-the-drawer/' SUMMARY.md
next_round 3
for round in 1 2 3; do
	galley-export -t site -o "../$round-site" "round/$round"
	galley-export -t html -o "../$round.html" "round/$round"
done >>"$out/the-tide-table.log" 2>&1

# A book whose lines run down, in two.
cp -R "$out/japanese-book" "$out/rounds/japanese"
cd "$out/rounds/japanese"
next_round 1
perl -pi -e 's/誰も、縦には/誰ひとり、縦には/; s/^彼は本を閉じた/男は本を閉じた/' \
	02-tateyomi.md
next_round 2
for round in 1 2; do
	galley-export -t html -o "../japanese-$round.html" "round/$round"
done >>"$out/japanese.log" 2>&1
