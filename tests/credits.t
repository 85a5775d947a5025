#!/bin/sh
# SPDX-License-Identifier: MIT
# Whom the book has to thank, from its history alone.
. "${0%/*}/lib.sh"
. "$project/tests/handbook.sh"

# says NAME FILE SED: a reader's patch is collected
says() {
	patch_by "$1" round/2 "$2" "$3" | galley-collect -q
}
# wrote NAME COMMAND...: git, as somebody who is no author of the book
wrote() (
	GIT_AUTHOR_NAME=$1
	GIT_AUTHOR_EMAIL=$(echo "$1" | tr 'A-Z ' 'a-z.')@example.net
	export GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL
	shift
	"$@"
)
handbook book

check 'at first there is nobody' '
	cd book && galley-credits >out && ! [ -s out ]
	[ -z "$(galley-credits --format=text)" ]
	[ "$(galley-credits --format=json)" = "[]" ]'
check 'whoever has words in the text is named' '
	cd book
	says "Ann Reader" glossary.md s/still/quiet/
	says "Zoë Last" foreword.md s/keep/hold/
	says "Ben Writer" foreword.md s/trade/craft/
	says "Cat Declined" colophon.md s/e/E/
	galley-decline -m no $(galley-list -q --from=Cat)
	galley-apply --clean
	galley-credits >out
	echo "Readers whose words are in this book:" \
		"Ann Reader, Ben Writer and Zoë Last." | diff - out
	! grep @ out'
check 'the first of several, the others, and those who only remarked' '
	cp -R book more && cd more
	when=2026-02-15T09:00:00Z says "Dan First" glossary.md \
		"s/The great tide/The big tide/"
	when=2026-02-16T09:00:00Z says "Eve Also" glossary.md \
		"s/The great tide/The big tide/"
	galley-apply --clean
	echo "A better line." >>colophon.md
	git commit -qam "Say it" -m "Suggested-by: Fay Remark <fay@example.org>"
	galley-credits --format=text | sed "s/^R.....	//" >out
	grep "^Dan First	1 correction, 1 the first to see$" out
	grep "^Eve Also	1 seen by another before$" out
	grep "^Fay Remark	1 remark$" out
	galley-credits >out
	diff - out <<-END
		Readers whose words are in this book: Ann Reader, Ben Writer, Dan First, Eve Also and Zoë Last.

		Readers whose remarks changed this book: Fay Remark.
	END
	galley-credits --format=json >json
	grep "\"first\": 1" json && ! grep @ json
	galley-credits round/2 >out && ! [ -s out ]
	galley-credits -o file && galley-credits | diff - file'
check 'who was answered by a commit that does not say so, as notes know' '
	cp -R book with && cd with
	says "Gus Quiet" foreword.md s/rule/law/
	says "Hal Quiet" foreword.md s/first/second/
	gus=$(galley-list -oq --from=Gus) hal=$(galley-list -oq --from=Hal)
	perl -pi -e s/rule/precept/ foreword.md
	git commit -qam "Mine" -m "Suggested-by: Hal Quiet <hal.quiet@example.net>"
	galley-credits >before
	galley-apply --with=HEAD $gus $hal
	galley-credits >out
	diff - out <<-END
		Readers whose words are in this book: Ann Reader, Ben Writer and Zoë Last.

		Readers whose remarks changed this book: Gus Quiet and Hal Quiet.
	END
	galley-credits --format=text | grep "Hal Quiet	1 remark$"
	galley-credits HEAD^ >out && ! grep Gus out
	galley-decline --undo $gus
	galley-credits | diff before -
	galley-apply --with=HEAD $gus
	git revert --no-edit HEAD && galley-credits >out && ! grep Quiet out'
check 'what is reverted does not count, until that is' '
	cp -R book undone && cd undone
	git revert --no-edit HEAD
	galley-credits >now && [ $(grep -c "Ben\|Zoë\|Ann" now) = 1 ]
	galley-credits --format=text | grep -c . | grep "^2$"
	git revert --no-edit HEAD
	galley-credits >now && (cd ../book && galley-credits) | diff - now'
check 'words need no comment: patches by git am, and by who may push' '
	cp -R "$made" plain && cd plain
	echo "By mail." >>colophon.md
	wrote "Ann Mailed" git commit -qam "By mail"
	echo "Pushed." >>glossary.md
	GIT_COMMITTER_NAME="Ben Pushed" GIT_COMMITTER_EMAIL=ben.pushed@example.net \
		wrote "Ben Pushed" git commit -qam "Pushed"
	wrote "Cat Empty" git commit -q --allow-empty -m "Empty"
	echo "Mine." >>glossary.md
	git commit -qam "Mine" -m "Co-Authored-By: Dan Co <d@example.org>"
	galley-credits >out
	echo "Readers whose words are in this book:" \
		"Ann Mailed, Ben Pushed and Dan Co." | diff - out'
check 'authors are not thanked, by whatever address' '
	cp -R book own && cd own
	git config -f galley.conf --add book.author "Ann Reader"
	echo "Web." >>glossary.md
	GIT_AUTHOR_EMAIL=other@example.org GIT_COMMITTER_NAME=Hub \
		GIT_COMMITTER_EMAIL=hub@example.org git commit -qam web
	galley-credits >out
	echo "Readers whose words are in this book:" \
		"Ben Writer and Zoë Last." | diff - out'
check 'a reader is called what .mailmap says, of that revision' '
	cp -R book mapped && cd mapped
	echo "The Glazier <ann.reader@example.net>" >.mailmap
	echo "The Glazier <ann.reader@example.net> <ben.writer@example.net>" \
		>>.mailmap
	git add .mailmap && git commit -qm "Names"
	galley-credits >out && grep ": The Glazier and Zoë Last\.$" out
	galley-credits --format=text | grep "The Glazier	2 corrections$"
	galley-credits HEAD^ >out && grep ": Ann Reader, Ben" out'
check 'pen names, and those not to be named, by code' '
	cp -R book pens && cd pens
	code() {
		galley-credits --format=text | sed -n "s/^\(R.....\)	$1.*/\1/p"
	}
	ann=$(code Ann) ben=$(code Ben)
	git config -f galley.conf credits.omit $ann
	git config -f galley.conf credits.name "$ben The *Ferryman*"
	galley-credits >out
	echo "Readers whose words are in this book:" \
		"The \*Ferryman\* and Zoë Last." | diff - out
	! galley-credits --format=json | grep "Ann\|$ann"
	git config -f galley.conf credits.omit Ann
	exits 128 galley-credits 2>err
	grep "^fatal: galley.conf:[0-9]*: credits.omit is a reader.s code" err'
check 'neither addresses nor halves of them, nor controls' '
	cp -R "$made" hostile && cd hostile
	n=0
	for name in ann.1980 "ben@example.org" "Eve$(printf "\342\200\256")lived" \
		"Fay [f](http://evil)"; do
		n=$((n + 1))
		echo "$n" >>colophon.md
		GIT_AUTHOR_NAME=$name GIT_AUTHOR_EMAIL=ann.1980@example.org
		[ $n = 1 ] || GIT_AUTHOR_EMAIL=x$n@example.org
		export GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL
		git commit -qam $n
	done
	galley-credits >out
	echo "Readers whose words are in this book:" \
		"Evelived and Fay \[f\](http://evil)." | diff - out
	[ $(galley-credits --format=text | grep -c "(no name)") = 2 ]
	! galley-credits --format=text | grep "1980\|@"'

# drafts
check 'a division is filled with them in a draft, the same each time' '
	cp -R book div && cd div
	printf "# Thanks\n\nBefore.\n\n::: credits\n:::\n\nAfter.\n" >thanks.md
	echo "[Thanks](thanks.md)" >>SUMMARY.md
	git add . && git commit -qm Thanks
	galley-export -t html -o one.html && galley-export -t html -o two.html
	cmp one.html two.html
	grep "<p[^>]*>Readers whose words are in this book: Ann Reader, Ben" one.html
	grep "data-label=\"[A-Z].1\".*Before" one.html
	grep "data-label=\"[A-Z].2\".*After" one.html
	galley-export -t epub -o one.epub
	perl -MIO::Uncompress::Unzip=:all -e "
		my \$u = IO::Uncompress::Unzip->new(shift) or die;
		for (my \$s = 1; \$s > 0; \$s = \$u->nextStream()) {
			print while <\$u>;
		}" one.epub | grep "<p>Readers whose words are in this book: Ann"
	galley-export -t site -o site
	grep -r "<p[^>]*>Readers whose words are in this book: Ann" site
	# and a machine that has no comments makes the same
	git clone -q . ../clone
	(cd ../clone && galley-export -t html -o two.html HEAD)
	galley-export -t html -o one.html HEAD && cmp one.html ../clone/two.html'
check 'what the author says there stays, with the names below' '
	cp -R div own-words && cd own-words
	perl -0pi -e "s/credits\n/credits\nI thank *you*:\n/" thanks.md
	galley-export -t html -o out.html
	grep -A 1 "I thank <em>you</em>:" out.html |
		grep "<p>Ann Reader, Ben Writer and Zoë Last.</p>"'
check 'a reader of the draft who quotes what follows is understood' '
	cd div && galley-round open --no-drafts -m More
	cat >mail <<-END
		From: Gus <gus@example.org>
		Date: Thu, 5 Mar 2026 10:00:00 +0000
		Message-ID: <gus@example.org>
		Subject: Re: round 3

		> After.

		Too short.

		> Ann Reader, Ben Writer

		That is my aunt.
	END
	exits 1 galley-collect mail >out
	grep "^  [0-9a-f]* [A-Z].2 Gus: Too short" out
	grep "^! .* Gus: That is my aunt" out'
check 'misuse is told' '
	cd book && exits 129 galley-credits --format=pdf 2>err
	grep "^error: no format .pdf.: md, text, json$" err
	exits 129 galley-credits HEAD HEAD
	exits 128 galley-credits none 2>err && grep none err
	mkdir ../empty && cd ../empty && git init -q . && echo x >a.md
	galley-credits >out && ! [ -s out ]'
finished
