#!/bin/sh
# SPDX-License-Identifier: MIT
# galley export -t epub: the file as readers get it.
. "${0%/*}/lib.sh"

mkdir book && cd book || exit 1
git init -q
mkdir text
cat >galley.conf <<'END'
[book]
	title = The Harbour
	subtitle = A Book & its Sea
	author = A. Writer
	language = en-GB
[review]
	address = writer@example.org
END
cat >SUMMARY.md <<'END'
# Summary

[Foreword](text/foreword.md)

# Part One

- [Fog](text/fog.md)
- [Not written yet]()
END
printf '# Foreword\n\nRead [on](fog.md).\n' >text/foreword.md
printf '# Fog\n\nFog came.^[So it did.]\n\n* * *\n\nIt went.\n' >text/fog.md
git add . && git commit -q -m 'the book' || exit 1

# entries FILE PATTERN: the bytes of the entries whose names match
entries() {
	perl -MIO::Uncompress::Unzip -e '
		my $zip = IO::Uncompress::Unzip->new($ARGV[0]) or exit 1;
		do {
			local $/;
			my $bytes = <$zip>;
			print $bytes if $zip->getHeaderInfo->{Name} =~ $ARGV[1];
		} while $zip->nextStream > 0' "$1" "$2"
}
check 'a draft is named after the book and its commit' '
	galley-export -t epub >out &&
	name=$(cat out) && [ -f "$name" ] &&
	case $name in the-harbour-*.epub) ;; *) false ;; esac &&
	mv "$name" "$directory/first.epub"'
check 'the subtitle stands on the title page and in the metadata' '
	entries "$directory/first.epub" titlepage | grep -q "doc-subtitle.*>A Book &amp; its Sea</p>" &&
	entries "$directory/first.epub" opf >opf &&
	grep -q "<dc:title id=\"subtitle\">A Book &amp; its Sea</dc:title>" opf &&
	grep -q "refines=\"#subtitle\" property=\"title-type\">subtitle<" opf'
check 'its first bytes say what it is' '
	dd if="$directory/first.epub" bs=1 skip=30 count=28 2>/dev/null >out &&
	[ "$(cat out)" = mimetypeapplication/epub+zip ]'
check 'zone, locale and umask change no byte' '
	TZ=Pacific/Kiritimati LC_ALL=C LANG=C sh -c "
		umask 077; galley-export -o again.epub" >/dev/null &&
	cmp again.epub "$directory/first.epub" && rm again.epub'
check 'a revision gives what its work tree gave' '
	echo "More." >>text/fog.md &&
	galley-export -o "$directory/old.epub" HEAD >/dev/null &&
	cmp "$directory/old.epub" "$directory/first.epub"'
check 'changes that are not committed make another draft' '
	galley-export -o "$directory/new.epub" >/dev/null &&
	! cmp -s "$directory/new.epub" "$directory/first.epub" &&
	git checkout -q text/fog.md'
check 'a bare repository does' '
	git clone -q --bare . "$directory/bare.git" &&
	cd "$directory/bare.git" &&
	galley-export -o "$directory/bare.epub" >/dev/null &&
	cmp "$directory/bare.epub" "$directory/first.epub"'
check 'a round is named in the draft' '
	git tag -a -m "second" round/2 &&
	galley-export -t epub >out && grep round-2 out &&
	rm "$(cat out)" && git tag -d round/2'
check 'a copy for a reader names them, not their address' '
	galley-export --for="Mara Quill <mara@example.org>" >out &&
	copy=$(cat out) &&
	case $copy in the-harbour-*-mara-quill-R?????.epub) ;; *) false ;; esac
	code=${copy##*-} && code=${code%.epub} &&
	entries "$copy" titlepage >../words && grep "Copy for Mara Quill, $code" ../words
	entries "$copy" "^EPUB/text" >../words && grep "%20$code%5D%201" ../words
	sed "s/%20$code//" ../words >../copy
	entries "$directory/first.epub" "^EPUB/text" >../words &&
		cmp ../words ../copy
	entries "$copy" . >../words && ! grep -i "mara@\|mara%40" ../words
	TZ=Pacific/Kiritimati galley-export --for="mara <MARA@example.org>" \
		-o again.epub HEAD >/dev/null
	entries again.epub titlepage >../words && grep "$code" ../words
	mv again.epub "$directory/mara.epub" && rm "$copy"'
check 'the list of readers is asked' '
	printf "Mara Quill <mara@example.org>\nBo <bo@example.org>\n" >readers &&
	for who in Quill mara@example.org; do
		galley-export --for=$who -o x.epub HEAD >/dev/null
		entries x.epub titlepage >../words && grep "Copy for Mara Quill" ../words
	done
	galley-export --for=Mara -o y.epub HEAD >/dev/null && cmp x.epub y.epub
	exits 128 galley-export --for=Nobody -o z.epub 2>err && ! [ -e z.epub ]
	grep "^fatal: .*Nobody" err
	galley-export -t html --for=Bo -o x.html HEAD >/dev/null
	grep "data-reader=\"Bo\"" x.html && rm x.* y.* readers err
	exits 128 galley-export --for=Bo 2>err && grep "^fatal: " err
	exits 128 galley-export --for="Bo <bo" 2>err && grep "^fatal: " err'
check 'what stood at the path is replaced whole' '
	echo old >x.epub && galley-export -o x.epub >/dev/null &&
	cmp x.epub "$directory/first.epub" && rm x.epub'
check 'a folder that is not there is named, and nothing is made' '
	exits 128 galley-export -o none/x.epub 2>err &&
	grep "^fatal: .*none/x.epub" err && ! [ -e none ]'
check 'a picture that is missing is told of' '
	printf "\n![A map](map.png)\n" >>text/fog.md &&
	galley-export -o x.epub 2>err >/dev/null &&
	grep "^warning: text/fog.md.*map.png" err &&
	git checkout -q text/fog.md && rm x.epub'
check 'in a book of 6,000 paragraphs the pages and their list agree' '
	mkdir "$directory/long" && cd "$directory/long" && git init -q &&
	for i in 1 2 3; do
		printf -- "- [Chapter $i](a-chapter-$i.md)\n" >>SUMMARY.md
		{ echo "# Chapter $i"; seq 2000 | sed "s/.*/\nParagraph &./"; } \
			>"a-chapter-$i.md"
	done && git add . && git commit -qm x &&
	galley-export -o long.epub >/dev/null &&
	entries long.epub "^EPUB/text/" >text && entries long.epub nav >nav &&
	grep -c "role=\"doc-pagebreak\"" text >pages &&
	grep -c "#l-" nav >listed && [ "$(cat listed)" -gt 1000 ] &&
	cmp pages listed && [ "$(grep -c "data-label=" text)" = 6000 ] &&
	[ "$(wc -c <nav)" -lt 266240 ]'
if command -v python3 >/dev/null; then
	check 'the house rules find nothing' '
		python3 "$tools/lib/epub_lint.py" --strict --reproducible \
			"$directory/first.epub" "$directory/new.epub"'
fi
finished
