#!/bin/sh
# SPDX-License-Identifier: MIT
#
# drafts.sh FOLDER: the samples and a novel of 1 MB, from Markdown to drafts:
# FOLDER/NAME.epub, FOLDER/NAME.html, FOLDER/NAME-site/, and the start of the
# novel, FOLDER/short/novel.epub. What galley says on the way is left in
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

# make_drafts NAME: of the repository FOLDER/NAME-book
make_drafts() {
	(
		cd "$out/$1-book"
		galley-export -t epub -o "$out/$1.epub"
		galley-export -t html -o "$out/$1.html"
		galley-export -t site -o "$out/$1-site"
	) >>"$out/$1.log" 2>&1 || {
		cat "$out/$1.log" >&2
		exit 1
	}
}

# one Markdown file is split; a folder with an outline becomes a repository
for sample in "$here"/samples/*; do
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
	make_drafts "$name"
done
"$B/tests/bench/novel" 1000000 >"$out/novel.md"
galley-split "$out/novel.md" "$out/novel-book" >"$out/novel.log" 2>&1
make_drafts novel

# Ace needs a second for each chapter, and the later ones have nothing new
mkdir "$out/short"
"$B/tests/bench/novel" 100000 >"$out/short/novel.md"
galley-split "$out/short/novel.md" "$out/short/book" >>"$out/novel.log" 2>&1
(cd "$out/short/book" && galley-export -t epub -o ../novel.epub) \
	>>"$out/novel.log" 2>&1
