#!/bin/sh
# SPDX-License-Identifier: MIT
# galley export -t site: a folder of pages.
. "${0%/*}/lib.sh"

mkdir book && cd book || exit 1
git init -q
mkdir text images
cat >galley.conf <<'END'
[book]
	title = The Harbour
	author = A. Writer
	language = fr
END
cat >SUMMARY.md <<'END'
# Summary

# Part One

- [Index](index.md)
- [Fog](text/fog.md)
	- [Deep](text/deep.md)
END
cat >index.md <<'END'
# Index

"Oui !"[^1] Read [deep](text/deep.md) and [the table](tide.csv).

[^1]: A note.
END
printf '# Fog\n\nFog "came" \\\\.[^2]\n\n[^2]: Another.\n' >text/fog.md
printf '# Deep\n\n![dot](../images/dot.svg)\n\n![dot again](../images/dot.svg)\n' >text/deep.md
printf '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>' \
	>images/dot.svg
echo '1,2' >tide.csv
git add . && git commit -q -m 'the book' || exit 1

check 'each chapter is a page; no name hides the first one' '
	galley-export -t site -o site >out && [ "$(cat out)" = site ] &&
	ls site >names && for name in index.html index_.html fog.html \
		draft.css draft.js search.js images files; do
		grep -qx "$name" names || exit 1
	done'
check 'they are well-formed XML too' '
	command -v xmllint >/dev/null || exit 0
	xmllint --noout site/*.html'
check 'they follow each other' '
	grep -q "rel=\"next\" href=\"fog.html\"" site/index_.html &&
	grep -q "rel=\"prev\" href=\"index_.html\"" site/fog.html &&
	! grep -q "rel=\"next\"" site/fog.html'
check 'every link has its target' '
	cd site && for page in *.html; do
		grep -o "href=\"[^\"]*" "$page" | sed "s/href=\"//" |
		while read -r link; do
			file=${link%%#*} id=${link#*#}
			case $link in data:* | mailto:*) continue ;; esac
			[ -e "${file:-$page}" ] || { echo "$page: $link"; exit 1; }
			case $link in *"#"*)
				grep -qF " id=\"$id\"" "${file:-$page}" ||
					{ echo "$page: $link"; exit 1; } ;;
			esac
		done || exit 1
	done'
check 'a picture is there once' '
	[ "$(ls site/images | wc -l)" -eq 1 ] &&
	grep -c "images/dot-" site/fog.html && ls site/files | grep csv'
check 'its own words are in the language of the book' '
	grep -q "Table des matières" site/index.html &&
	grep -q "lang=\"fr\"" site/fog.html'
check 'the words that the scripts say are there by name' '
	cat "$project"/formats/*.js | grep -o "[^.]\bwords\.[a-zA-Z]*" |
	sed "s/.*\.//" | sort -u >names && [ -s names ] &&
	sed -n "s/.* data-words=\"\([^\"]*\)\".*/\1/p" site/index.html |
	tr "|" "\n" | sed "s/=.*//" | sort >there &&
	diff names there && rm names there'
check 'the scripts are small' '[ "$(wc -c <site/draft.js)" -lt 40000 ]'
check 'the character set is told where browsers look for it' '
	for page in site/*.html; do
		head -c 1024 "$page" | grep -q "charset=\"utf-8\"" || exit 1
	done'
check 'the index for searching is a script, with the words as printed' '
	grep -q "^draftIndex(\[" site/search.js &&
	printf "« Oui ! »" | sed "s/ /\xe2\x80\xaf/g" >phrase &&
	grep -qFf phrase site/search.js && grep -qF "\\\\" site/search.js'
check 'lines can run down, and short numbers then stand upright' '
	printf "# Fog\n\n12月、1934年。\n" >text/fog.md
	git config -f galley.conf book.writing vertical
	galley-export -t site -o down >/dev/null
	git checkout -q .
	grep -q "^<html .* class=\"site vertical\">" down/fog.html
	grep -q "<span class=\"upright\">12</span>月、1934年" down/fog.html
	grep -q "12月、1934年" down/search.js
	exits 1 grep -q "upright\"" site/*.html
	rm -r down'
check 'numbers of notes go on from page to page' '
	grep -q "<ol start=\"2\">" site/fog.html'
check 'a draft takes the place of a draft' '
	printf "# Fog\n\nNone.\n" >text/fog.md &&
	galley-export -t site -o site/ >/dev/null &&
	grep -q None site/fog.html && ! grep -rq "came" site/fog.html &&
	[ "$(ls -d site* | wc -l)" -eq 1 ] && git checkout -q .'
check 'zone, locale and umask change no byte' '
	galley-export -t site -o one >/dev/null
	TZ=Pacific/Kiritimati LC_ALL=C LANG=C sh -c "
		umask 077; galley-export -t site -o two" >/dev/null &&
	diff -r one two && chmod -R u+w two && rm -r one two'
check 'a folder that is no draft is left alone' '
	mkdir other && echo mine >other/file &&
	exits 128 galley-export -t site -o other 2>err &&
	grep "^fatal: folder .other. is there and is no draft" err &&
	[ "$(cat other/file)" = mine ]'
check 'so is a draft that somebody put something into' '
	echo mine >site/CNAME && exits 128 galley-export -t site -o site 2>err &&
	grep "something that is not the draft.s: .CNAME." err &&
	[ "$(cat site/CNAME)" = mine ] && rm site/CNAME &&
	mkdir site/.git && exits 128 galley-export -t site -o site 2>err &&
	[ -d site/.git ] && rmdir site/.git'
check 'so is a file' '
	echo mine >file && exits 128 galley-export -t site -o file 2>err &&
	grep "is a file" err && [ "$(cat file)" = mine ]'
check 'an empty folder is filled' '
	mkdir empty && galley-export -t site -o empty >/dev/null &&
	[ -f empty/index.html ]'
check 'a folder that cannot be made is told of' '
	exits 128 galley-export -t site -o no/such/place 2>err &&
	grep "^fatal: cannot make folder .no/such/place." err'
finished
