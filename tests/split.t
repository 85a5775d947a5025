#!/bin/sh
# SPDX-License-Identifier: MIT
# galley split: a file becomes a manuscript, a chunk several.
. "${0%/*}/lib.sh"

cat >novel.md <<'END'
---
title: The Harbour
author: A. Writer
lang: en-GB
cover-image: pictures/cover.jpg
---

*For nobody.*

# Part One

## The Quay

It was dark. ![The map](pictures/map%201.png) Nobody came.

* * *

Then somebody came, with a lantern and two dogs, over the wet stones.

## Fog

![Not there](pictures/missing.png)

- a list
- that goes on

  # with no chapter in it

# Part Two

## High Water

The end.
END
mkdir pictures
printf 'map' >'pictures/map 1.png'
printf 'cover' >pictures/cover.jpg

check 'nothing is made with -n, and the plan is a tree' '
	galley-split -n novel.md >out &&
	grep -q "^Part One  (01-part-one.md, 2 words)$" out &&
	grep -q "^  The Quay  (02-the-quay.md, " out &&
	grep -q "^6 chunks, " out && ! [ -e the-harbour ]'
check 'a novel becomes a manuscript in a folder named after it' '
	galley-split novel.md >out 2>err &&
	grep -q "^Split novel.md into 6 chunks, in the-harbour$" out &&
	grep -q "The Harbour, by A. Writer: 2 parts, 3 chapters" out &&
	ls the-harbour >files && cat >expected <<-END &&
	00-front.md
	01-part-one.md
	02-the-quay.md
	03-fog.md
	04-part-two.md
	05-high-water.md
	SUMMARY.md
	galley.conf
	pictures
	END
	diff expected files'
check 'it is one commit, and nothing is left to commit' '
	cd the-harbour && [ "$(git rev-list --count HEAD)" = 1 ] &&
	git log -1 --format=%s | grep -x "Split novel.md into 6 chunks" &&
	[ -z "$(git status --porcelain)" ] && git fsck --strict'
check 'settings and outline say what the text says' '
	cd the-harbour && git config -f galley.conf book.title >../title &&
	grep -x "The Harbour" ../title &&
	[ "$(git config -f galley.conf book.author)" = "A. Writer" ] &&
	[ "$(git config -f galley.conf book.language)" = en-GB ] &&
	grep -x "# \[Part One\](01-part-one.md)" SUMMARY.md &&
	grep -x -e "- \[Fog\](03-fog.md)" SUMMARY.md'
check 'pictures come along, missing ones are named' '
	cmp pictures/cover.jpg the-harbour/pictures/cover.jpg &&
	cmp "pictures/map 1.png" "the-harbour/pictures/map 1.png" &&
	grep -x "warning: picture .pictures/missing.png. is not there" err'
check 'join gives back every byte' '
	cd the-harbour && galley-join | cmp - ../novel.md'
check 'a chunk that is a list is not cut in it' '
	grep -q "with no chapter in it" the-harbour/03-fog.md'

check 'a chunk is cut in place at its scenes' '
	cd the-harbour && galley-split 02-the-quay.md >../out &&
	grep -x "  02-the-quay-2.md" ../out &&
	grep -x "  - \[The Quay, 2\](02-the-quay-2.md)" SUMMARY.md &&
	galley-join | cmp - ../novel.md && [ -z "$(git status --porcelain)" ]'
check 'git follows the new file to the old, and blames it' '
	cd the-harbour &&
	git log --follow --format=%s 02-the-quay-2.md | tail -n 1 |
		grep -x "Split novel.md into 6 chunks" &&
	first=$(git rev-list HEAD | tail -n 1) &&
	git blame -C -s -l 02-the-quay-2.md | grep "somebody came" |
		grep "$(echo "$first" | cut -c 1-30)" &&
	git blame -s -l 02-the-quay.md | grep -q "It was dark"'
check 'small pieces of many are followed too' '
	galley-split --title=Pieces novel.md pieces >/dev/null 2>&1 &&
	cd pieces && for i in 1 2 3 4 5 6 7 8 9; do
		printf "## S%s\n\nLine %s of many lines, %s.\n\n" $i $i$i$i \
			"all of them longer than what git takes for chance"
	done >>05-high-water.md && git commit -qam more &&
	galley-split 05-high-water.md >../out &&
	grep -x "  05-high-water-7-s6.md" ../out &&
	git log --follow --format=%s 05-high-water-7-s6.md | grep -x more &&
	git blame -C 05-high-water-7-s6.md | grep "666" >../blame &&
	git log -1 --format=%h :/more >../id &&
	grep "^$(cut -c 1-6 ../id)" ../blame'
check 'with nothing to cut at, a chunk stays' '
	cd the-harbour && exits 128 galley-split 03-fog.md 2>../err &&
	grep -x "fatal: nothing to cut at in .03-fog.md." ../err'
check 'a chunk with changes is not cut' '
	cd pieces && echo more >>02-the-quay.md &&
	exits 128 galley-split 02-the-quay.md 2>../err &&
	grep "02-the-quay.md. has changes that are not committed" ../err &&
	! [ -e 02-the-quay-2.md ]'
check 'a manuscript without an outline gets one' '
	mkdir bare && cd bare && git init -q . &&
	printf "# A\n\na\n\n***\n\nb\n" >a.md && echo "# B" >b.md &&
	git add . && git commit -qm first && galley-join >../before &&
	galley-split a.md && galley-join | cmp - ../before &&
	grep "a-2.md" SUMMARY.md'

check 'front matter, title and language can be guessed' '
	printf "CHAPTER I\n\nThe Fog\n\n%s\n\nCHAPTER II\n\nb\n" \
		"Der Hund und die Katze sind nicht da, und es ist dunkel." \
		>my_book.txt && galley-split my_book.txt &&
	cd my-book && [ "$(git config -f galley.conf book.title)" = "My book" ] &&
	[ "$(git config -f galley.conf book.language)" = de ] &&
	[ -f 01-chapter-i-the-fog.md ] && galley-join | cmp - ../my_book.txt'
check 'a text without chapters is one chunk, with a hint' '
	echo words >words.md && galley-split words.md 2>err &&
	grep "^hint: .*--at=scene" err && [ -f words/01-words.md ]'
check 'a division that is never closed is named' '
	printf "# A\n\n::: x\n\n# B\n\n# C\n" >open.md &&
	galley-split -n open.md 2>err && grep "^warning: open.md:3: " err'
check 'standard input can be split' '
	galley-split --title=Piped - <novel.md >/dev/null 2>&1 &&
	cd piped && galley-join | cmp - ../novel.md'
check '--at and --title are heard' '
	galley-split --at=scene --title="Other name" novel.md >out 2>&1 &&
	[ -f other-name/03-the-quay-2.md ]'
check 'a folder for each part of a long book' '
	for p in 1 2; do
		echo "# Part $p: P" && for c in $(seq 20); do
			printf "## C %s\n\nwords\n" $c
		done
	done >long.md && galley-split long.md && [ -f long/2-part-2-p/23-c-1.md ] &&
	cd long && galley-join | cmp - ../long.md'

for name in crlf bom no-end invalid empty old-mac; do
	case $name in
	crlf) printf '# A\r\n\r\na\r\n\r\n# B\r\n' ;;
	bom) printf '\357\273\277# A\n\n# B\n' ;;
	no-end) printf '# A\n\n# B' ;;
	invalid) printf '# A\377\n\n\376\n\n# B\n' ;;
	empty) ;;
	old-mac) printf '# A\r\ra\r\r# B\r' ;;
	esac >"$name.md"
	check "byte for byte: $name" '
		galley-split "$name.md" "$name" >/dev/null 2>&1 &&
		cd "$name" && galley-join | cmp - "../$name.md" &&
		galley-join -o ../out && cmp ../out "../$name.md" &&
		[ -z "$(git status --porcelain)" ]'
done
check 'byte for byte: one line of 10 MB' '
	head -c 10000000 /dev/zero | tr "\0" x >wide.md &&
	galley-split wide.md >/dev/null 2>&1 && cd wide &&
	galley-join | cmp - ../wide.md'
check 'autocrlf changes no byte' '
	git config --global core.autocrlf true &&
	galley-split crlf.md crlf2 >/dev/null 2>&1 && cd crlf2 &&
	galley-join | cmp - ../crlf.md'
git config --global --unset core.autocrlf

# nothing_left FOLDER: no trace of it
nothing_left() {
	! [ -e "$1" ] && ! ls -d "$1".new* 2>/dev/null
}

check 'a binary file is no text' '
	printf "a\0b" >binary.md && exits 128 galley-split binary.md 2>err &&
	grep "^fatal: cannot split .binary.md.: this is no text" err &&
	nothing_left binary'
check 'a file that is not there, and a folder, are fatal' '
	exits 128 galley-split nothing.md 2>err &&
	grep "^fatal: cannot read .nothing.md.: " err &&
	exits 128 galley-split pictures out 2>err && grep "^fatal: " err &&
	nothing_left nothing'
check 'a folder with things in it is refused' '
	exits 128 galley-split novel.md pictures 2>err &&
	grep "^fatal: .pictures. is not empty" err &&
	[ "$(ls pictures | wc -l)" = 2 ] && ! [ -e pictures/.git ]'
check 'a manuscript is refused' '
	exits 128 galley-split novel.md the-harbour 2>err &&
	grep "^fatal: .the-harbour. has a manuscript in it already" err &&
	[ -z "$(git -C the-harbour status --porcelain)" ]'
check 'a file in the way is named' '
	exits 128 galley-split novel.md novel.md 2>err &&
	grep "^fatal: there is a file at .novel.md." err'
check 'an empty folder is taken' '
	mkdir free && galley-split novel.md free >/dev/null 2>&1 &&
	[ -f free/SUMMARY.md ] && git -C free log -1 >/dev/null'
check 'a repository without a manuscript is taken' '
	git init -q code && echo x >code/README && git -C code add . &&
	git -C code commit -qm x && galley-split novel.md code >/dev/null 2>&1 &&
	[ "$(git -C code rev-list --count HEAD)" = 2 ] &&
	[ -f code/README ] && [ -f code/SUMMARY.md ]'
check 'a file in the way in a repository stays' '
	git init -q busy && echo mine >busy/03-fog.md &&
	exits 128 galley-split novel.md busy 2>err &&
	grep "03-fog.md" err && [ "$(cat busy/03-fog.md)" = mine ] &&
	! [ -e busy/SUMMARY.md ] && ! [ -e busy/00-front.md ]'
check 'a locked repository is left alone' '
	git init -q locked && : >locked/.git/index.lock &&
	exits 128 galley-split novel.md locked 2>err && grep locked err &&
	! [ -e locked/SUMMARY.md ] && rm locked/.git/index.lock &&
	galley-split novel.md locked >/dev/null 2>&1'
check 'a locked repository: its chunk stays as it is' '
	cd free && : >.git/index.lock &&
	exits 128 galley-split 02-the-quay.md 2>../err && rm .git/index.lock &&
	[ -z "$(git status --porcelain)" ] &&
	[ "$(git rev-list --count HEAD)" = 1 ]'
check 'without a name in git nothing is made' '
	(unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME \
		GIT_COMMITTER_EMAIL && mkdir nobody && HOME=$PWD/nobody &&
	export HOME && exits 128 galley-split novel.md unnamed 2>err) &&
	grep "^fatal: git does not know your name" err && nothing_left unnamed'
check 'misuse is told from failure' '
	exits 129 galley-split 2>err && exits 129 galley-split a b c 2>err &&
	exits 129 galley-split --at=page novel.md 2>err &&
	grep "part, chapter, section, scene or words:<n>" err &&
	exits 129 galley-split --at=words:0 novel.md 2>err'
check 'pictures outside the folder are not taken' '
	mkdir inside && echo secret >secret.png &&
	printf "![a](../secret.png) ![b](/etc/x.png) ![c](./.git/d.png)\n" \
		>inside/a.md && galley-split inside/a.md hidden >/dev/null 2>&1 &&
	! find hidden -name "*.png" -not -path "*/.git/*" | grep .'

if [ "$(id -u)" = 0 ]; then
	skip 'a read-only folder: nothing is left' 'root may write anywhere'
	skip 'an unreadable file is fatal' 'root may read anything'
else
	check 'a read-only folder: nothing is left' '
		mkdir closed && chmod a-w closed &&
		exits 128 galley-split novel.md closed/book 2>err &&
		grep "^fatal: cannot make .closed/book.: " err &&
		[ -z "$(ls -A closed)" ]'
	check 'an unreadable file is fatal' '
		cp novel.md dark.md && chmod 0 dark.md &&
		exits 128 galley-split dark.md 2>err &&
		grep "^fatal: cannot read .dark.md.: " err'
fi
if mkdir frozen && mount -t tmpfs -o ro tmpfs frozen 2>/dev/null; then
	check 'a read-only disk: a clear message' '
		exits 128 galley-split novel.md frozen/book 2>err &&
		grep "^fatal: cannot make .frozen/book.: " err'
	umount frozen
else
	skip 'a read-only disk: a clear message' 'cannot mount one here'
fi
if mkdir full && mount -t tmpfs -o size=200k tmpfs full 2>/dev/null; then
	check 'a full disk: nothing is left' '
		head -c 300000 /dev/urandom | base64 >huge.md &&
		exits 128 galley-split huge.md full/book 2>err &&
		grep -i "no space left" err && [ -z "$(ls -A full)" ]'
	umount full
else
	skip 'a full disk: nothing is left' 'cannot mount one here'
fi
check 'a limit on the size of files is a full disk' '
	head -c 3000000 /dev/urandom | base64 >large.md &&
	(ulimit -f 1000 && trap "" XFSZ &&
		exits 128 galley-split large.md large 2>err) &&
	grep "^fatal: " err && nothing_left large'
finished
