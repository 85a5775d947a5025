#!/bin/sh
# SPDX-License-Identifier: MIT
# galley init makes a manuscript, and writes over nothing.
. "${0%/*}/lib.sh"

check 'a folder becomes a manuscript, in one commit' '
	galley-init the-harbour >out
	printf "galley.conf\nSUMMARY.md\n01-chapter-one.md\n" | diff - out
	cd the-harbour
	[ -z "$(git status --porcelain)" ] && git fsck --strict
	[ "$(git rev-list --count main)" = 1 ]
	[ "$(git config -f galley.conf book.title)" = "The harbour" ]
	[ "$(git config -f galley.conf book.author)" = "Ada Author" ]
	[ "$(git config -f galley.conf book.language)" = en ]
	galley-outline'
check 'again, there is nothing to do' '
	cd the-harbour && before=$(git rev-parse HEAD)
	galley-init | grep "already a manuscript"
	[ "$(git rev-parse HEAD)" = "$before" ]'
check 'what is given stands in the settings' '
	LC_ALL=de_AT.UTF-8 galley-init --title="A; \"B\"" --author=X one
	[ "$(git config -f one/galley.conf book.title)" = "A; \"B\"" ]
	[ "$(git config -f one/galley.conf book.author)" = X ]
	[ "$(git config -f one/galley.conf book.language)" = de-AT ]
	galley-init --language=fr two
	[ "$(git config -f two/galley.conf book.language)" = fr ]'
check '-n makes nothing' '
	galley-init -n dry >out && ! [ -e dry ]
	grep "would make a repository in .dry." out
	grep "would write SUMMARY.md" out
	mkdir empty && (cd empty && galley-init -n) && ! ls -A empty | grep .'
check 'chapters that git has become the outline, by their headings' '
	git init -q old && cd old && mkdir b
	printf "# The *Fog*\n\nwords\n" >02.md
	printf "words\n" >b/03-the-end.md
	echo about >README.md && git add . && git commit -qm old
	galley-init
	printf "# Summary\n\n- [The Fog](02.md)\n- [The end](b/03-the-end.md)\n" |
		diff - SUMMARY.md
	[ -z "$(git status --porcelain)" ]
	[ "$(git rev-list --count HEAD)" = 2 ]'
check 'what mdBook made is a manuscript already' '
	git init -q md && cd md && mkdir src && echo "[book]" >book.toml
	echo "- [a](a.md)" >src/SUMMARY.md
	galley-init | grep "already a manuscript" && ! [ -e SUMMARY.md ]'
check 'settings that are there stay' '
	git init -q set && cd set
	printf "[book]\n\ttitle = Mine\n" >galley.conf
	git add . && git commit -qm 1 && galley-init
	[ "$(git config -f galley.conf book.title)" = Mine ]'
check 'a folder of a repository is not made a book of its own' '
	mkdir the-harbour/part
	exits 128 galley-init the-harbour/part 2>err
	grep "^fatal: .the-harbour/part. is inside the repository" err
	! [ -e the-harbour/part/.git ] && rmdir the-harbour/part'
check 'an author without a name is told what to run' '
	unset GIT_AUTHOR_NAME GIT_COMMITTER_NAME
	HOME=$PWD exits 128 galley-init nameless 2>err
	grep "^fatal: git does not know your name; run: git config" err
	! [ -e nameless/SUMMARY.md ]
	galley-init nameless && [ -e nameless/SUMMARY.md ]'
check 'the same day makes the same commit' '
	mkdir x y && (cd x && galley-init same) && (cd y && galley-init same)
	[ "$(git -C x/same rev-parse HEAD)" = "$(git -C y/same rev-parse HEAD)" ]
	[ "$(git -C x/same log --format=%aI)" = 2026-01-02T03:04:05+00:00 ]
	GIT_COMMITTER_DATE=soon exits 128 galley-init z 2>err
	grep "^fatal: cannot read the date .soon." err'
check 'a locked repository is left alone' '
	git init -q locked && : >locked/.git/index.lock
	exits 128 galley-init locked 2>err
	grep "^fatal: the repository is locked.*index.lock" err
	! [ -e locked/SUMMARY.md ]'
check 'a bare repository, and a file, are no place for it' '
	git init -q --bare bare.git
	exits 128 galley-init bare.git 2>err && grep "bare repository" err
	: >file && exits 128 galley-init file 2>err
	grep "^fatal: .file. is not a folder" err'
check '--merge-driver: git merges the text word by word' '
	galley-init --merge-driver driven >out
	grep -qx .gitattributes out && grep -qx merge.galley.driver out
	cd driven && [ "$(cat .gitattributes)" = "*.md merge=galley" ]
	git config merge.galley.driver | grep -q "galley merge-file.*%A %O %B"
	[ -z "$(git status --porcelain)" ] && [ "$(git rev-list --count HEAD)" = 1 ]
	before=$(git rev-parse HEAD) && galley-init --merge-driver >out && ! [ -s out ]
	[ "$(git rev-parse HEAD)" = "$before" ]'
check '--merge-driver for a manuscript that is there, and what it says stays' '
	galley-init late && cd late && printf "*.png binary" >.gitattributes
	git add . && git commit -qm a && galley-init -n --merge-driver >../out
	grep -qx "would write .gitattributes" ../out &&
	grep -qx "would set merge.galley.driver" ../out
	galley-init --merge-driver && [ -z "$(git status --porcelain)" ]
	printf "*.png binary\n*.md merge=galley\n" | diff - .gitattributes
	galley-init ../mine && cd ../mine && echo "*.md merge=union" >.gitattributes
	git add . && git commit -qm a && git config merge.galley.driver mine
	galley-init --merge-driver && [ "$(git config merge.galley.driver)" = mine ]
	[ "$(cat .gitattributes)" = "*.md merge=union" ]'
check 'misuse' '
	exits 129 galley-init a b 2>err && exits 129 galley-init --nonsense'
finished
