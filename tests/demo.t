#!/bin/sh
# SPDX-License-Identifier: MIT
# make demo: every word of samples/readers.mbox ends up somewhere, under the
# name of who wrote it. The mails are a file of the project, so they have to
# fit the novella: who changes that makes those patches anew.
. "${0%/*}/lib.sh"

demo=$directory/b/demo
book=$demo/the-tide-table
mbox=$samples/readers.mbox
mkdir "$directory/b" && ln -s "$B/bin" "$directory/b/bin"
mkdir copy && cp -R "$samples" copy/
run_demo() {
	B=$directory/b sh "$directory/work/copy/samples/demo.sh"
}
run_demo >out 2>err
ended=$?

# in_book: the checks below look at the repository that the demo made
in_book() {
	cd "$book" || return
}
# mailers: the address of each who wrote a mail
mailers() {
	sed -n 's/^From: .*<\(.*\)>$/\1/p' "$mbox" | sort -u
}
# comments FORMAT: of each comment, in an order that does not change
comments() {
	git for-each-ref --format="$1" refs/comments | sort
}
# text_of EPUB: what is to be read in it, in one line
text_of() {
	perl -MIO::Uncompress::Unzip -e '
		my $u = IO::Uncompress::Unzip->new(shift) or exit 1;
		for (my $s = 1; $s > 0; $s = $u->nextStream()) {
			my $name = $u->getHeaderInfo->{Name};
			my ($text, $part) = ("", "");
			$text .= $part while $u->read($part) > 0;
			next unless $name =~ /xhtml$/;
			$text =~ s/<[^>]*>//g;
			$text =~ s/\s+/ /g;
			print $text;
		}' "$1"
}

check 'the demo runs to its end and complains of nothing' '
	cat out err
	[ "$ended" = 0 ] && ! [ -s err ]'
check 'it says where to look, and only names what is there' '
	grep -F "$demo/drafts" out
	in_book
	sed -n "s/^  galley \([a-z]*\) .*/\1/p" ../../../work/out >named
	[ -s named ]
	while read -r name; do
		galley-$name -h >/dev/null
	done <named
	rm named'

check 'each patch names the text of round 1 that it was made from' '
	in_book
	sed -n "s|^--- a/|file |p; s/^index \([0-9a-f]*\)\.\..*/blob \1/p" \
		"$mbox" >lines
	[ "$(grep -c ^blob lines)" = 7 ] && [ "$(grep -c ^file lines)" = 7 ]
	while read -r kind value; do
		case $kind in
		blob)
			blob=$value
			;;
		file)
			case $(git rev-parse "round/1:$value") in
			$blob*) ;;
			*) echo "$value was not $blob"; exit 1 ;;
			esac
			;;
		esac
	done <lines
	rm lines'
check 'and is, whatever the mail did to it, what its reader made' '
	in_book
	for blob in $(sed -n "s/^index .*\.\.\([0-9a-f]*\) .*/\1/p" "$mbox"); do
		for ref in $(comments "%(refname)"); do
			git diff-tree --no-commit-id -r --abbrev=7 $ref
		done | grep -F "$blob" || {
			echo "no comment makes $blob"; exit 1; }
	done'

check 'each reader has a comment, by their own name and address' '
	in_book
	mailers >wanted
	comments "%(authoremail)" | tr -d "<>" | uniq | diff wanted -
	rm wanted'
check 'no comment is without an outcome' '
	in_book
	for state in open applied marked already declined deferred \
		superseded noted; do
		galley-list -q --state=$state
	done | sort >ids
	comments "%(objectname)" | sort | diff - ids
	rm ids'
check 'what was said and not applied is to be read in the list' '
	in_book
	galley-list -a >list
	for words in "on the tram" "draw a map" "Keep the bun" 拝啓 \
		"24 times 365" "a word from here" "swore at it in Greek" \
		"-politely-" "a good week"; do
		grep -F -e "$words" list || { echo "not there: $words"; exit 1; }
	done
	rm list'
check 'a mail that could not be placed is kept as it came' '
	in_book
	id=$(galley-list -q --from=Quayle)
	galley-show --mail $id | grep "which was in the version that you read"'
check 'the same correction by two readers is declined at once, with a reason' '
	in_book
	[ "$(galley-list -q --state=declined | wc -l)" = 2 ]
	for id in $(galley-list -q --state=declined); do
		git notes --ref=comments show $id |
			grep "declined Hester will see it too"
	done'
check 'a mail that came twice is one comment' '
	in_book
	[ "$(comments "%(authoremail)" | grep -c kitty)" = 1 ]'

check 'the words of readers are in the e-book of round 2, and not of 1' '
	text_of "$demo"/drafts/*-round-1-*.epub >1
	text_of "$demo"/drafts/*-round-2-*.epub >2
	for words in "four postcards to find her" "frame, but he had not" \
		"might see it done" "like a mangle; it was" "many aunts" \
		"sake, as she said" "circus in the nineties" \
		"a small square hand"; do
		! grep -qF "$words" 1 || { echo "in 1: $words"; exit 1; }
		grep -qF "$words" 2 || { echo "not in 2: $words"; exit 1; }
	done'
check 'so are those of the author; what was declined is not' '
	grep -F "bore it over the Gullet like a waiter" 2 >/dev/null
	grep -F "Crake, of the bees, came" 2 >/dev/null
	grep -F "PRINTING &amp; STATIONARY" 2 >/dev/null'
check 'nothing else has changed' '
	in_book
	git diff --word-diff=porcelain -U0 round/1 round/2 -- \
		":!SUMMARY.md" ":!06-*" ":!*-2.md" | grep "^[-+][^-+]" >words
	cat words
	[ "$(grep -c "^-" words)" = 9 ] && [ "$(grep -c "^+" words)" = 12 ]
	galley-join round/2 | grep -c . >lines
	galley-join round/1 | grep -c . | diff lines -
	rm words lines'
check 'history has those whose words are in the text' '
	in_book
	for name in "Anneli Koskinen" "Bram Oduya" "Delphine Roux" \
		"Henrik Voss" "Kitty Marlowe" "Priya Nair"; do
		git shortlog -s round/1..round/2 | grep -F "$name"
	done'
check 'the repository is sound, and its work tree clean' '
	in_book
	git fsck --strict
	git status --porcelain >status && cat status
	[ "$(wc -l <status)" = 1 ] && rm status'
check 'the mails once more change nothing' '
	in_book
	git for-each-ref >before
	exits 1 galley-collect -q "$mbox"
	git for-each-ref | diff before -
	rm before'
check 'a comment that git formats as a patch is the same comment again' '
	in_book
	git for-each-ref >before
	for ref in $(comments "%(refname)"); do
		git format-patch -1 --stdout "$ref"
	done >patches
	galley-collect patches
	git for-each-ref | diff before -
	rm before patches'
check 'the demo is the same each time' '
	in_book
	git for-each-ref >"$directory/first"
	cd "$directory/work"
	run_demo >again
	diff out again
	git -C "$book" for-each-ref | diff "$directory/first" -'
check 'each reader has both rounds, and one answer to all that was decided' '
	in_book
	box=$demo/outbox/new
	readers=$(mailers | wc -l)
	for round in 1 2; do
		[ $(grep -l "^Message-Id: <galley.r$round\\." "$box"/* |
			wc -l) = "$readers" ]
	done
	grep -l "^Message-Id: <galley\\.t\\." "$box"/* | xargs cat >answers
	sed -n "s/^To: //p" answers >to
	[ -s to ] && [ -z "$(sort to | uniq -d)" ]
	galley-list -aq --state=applied >decided
	galley-list -aq --state=already >>decided
	galley-list -aq --state=declined >>decided
	while read -r id; do
		git notes --ref=comments show "$id" | grep " answered <galley.t"
	done <decided >answered
	[ $(wc -l <decided) = $(wc -l <answered) ]
	# each has its reader'"'"'s own words, once
	[ $(grep -c "STATIONERY" answers) = 2 ]
	[ -z "$(galley-thanks)" ]
	rm answers to decided answered'
finished
